//! Who is let in: what can be said of a delivery before its body is read.

use super::Outcome;

/// Nothing, where the body is to be read, or how the delivery ends without it. `limit` is the most bytes that the receiver
/// takes; `length` the `Content-Length` as it came, which promises nothing.
///
/// # Examples
///
/// ```
/// use hookseal::{Outcome, host::admit};
///
/// assert_eq!(admit("POST", None, Some("400"), 1000), None);
/// assert_eq!(admit("GET", None, None, 1000), Some(Outcome::NotPost));
/// assert_eq!(admit("POST", Some("gzip"), None, 1000), Some(Outcome::Encoded));
/// assert_eq!(admit("POST", None, Some("1001"), 1000), Some(Outcome::TooLarge));
/// ```
#[must_use]
pub fn admit(method: &str, encoding: Option<&str>, length: Option<&str>, limit: usize) -> Option<Outcome> {
    let is_plain = |encoding: &str| encoding.is_empty() || encoding.eq_ignore_ascii_case("identity");
    let is_too_long = |length: &str| length.trim_ascii().parse::<u64>().is_ok_and(|length| length > limit as u64);
    if method != "POST" {
        Some(Outcome::NotPost)
    } else if !encoding.map(str::trim_ascii).is_none_or(is_plain) {
        Some(Outcome::Encoded)
    } else if length.is_some_and(is_too_long) {
        Some(Outcome::TooLarge)
    } else {
        None
    }
}
