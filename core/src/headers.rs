//! Where a delivery's signature is looked for.

use std::iter;

/// A delivery's headers, or the signature itself where a host has already picked it out.
///
/// Implemented for `http::HeaderMap` (feature `http`), for slices of `(name, value)` pairs, and for text or bytes, which
/// stand for the signature whatever the header's name is. Only the one header that the provider signs with is ever read.
///
/// # Examples
///
/// ```
/// use hookseal::Headers;
///
/// let pairs = [("X-Loop-Signature", "00ff"), ("Host", "example.com")];
/// assert_eq!(pairs.values_of("x-loop-signature").collect::<Vec<_>>(), [b"00ff"]);
/// ```
pub trait Headers {
    /// Every value of the header, as received and in that order. Names match in any case.
    fn values_of<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h [u8]>;
}

#[cfg(feature = "http")]
impl Headers for http::HeaderMap {
    fn values_of<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h [u8]> {
        self.get_all(name).into_iter().map(http::HeaderValue::as_bytes)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for [(N, V)] {
    fn values_of<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h [u8]> {
        self.iter().filter(move |(n, _)| n.as_ref().eq_ignore_ascii_case(name)).map(|(_, value)| value.as_ref())
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>, const LEN: usize> Headers for [(N, V); LEN] {
    fn values_of<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h [u8]> {
        self.as_slice().values_of(name)
    }
}

impl Headers for str {
    fn values_of<'h>(&'h self, _: &'h str) -> impl Iterator<Item = &'h [u8]> {
        iter::once(self.as_bytes())
    }
}

impl Headers for [u8] {
    fn values_of<'h>(&'h self, _: &'h str) -> impl Iterator<Item = &'h [u8]> {
        iter::once(self)
    }
}
