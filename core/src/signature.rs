//! The signature: the header's value, from text to the 32 bytes that are compared.

use crate::provider::Provider;
use crate::secret::Key;
use crate::{Headers, WebhookError};
use subtle::{ConditionallySelectable, ConstantTimeEq};

/// A whole HMAC-SHA256. Being an array, it cannot be cut short.
pub(crate) type Digest = [u8; 32];

/// Reads the one signature of a delivery by its provider's grammar: a fixed prefix and exactly 64 hex digits.
pub(crate) fn read(provider: Provider, headers: &(impl Headers + ?Sized)) -> Result<Digest, WebhookError> {
    let profile = provider.profile();
    let mut values = headers.values_of(profile.signature_header);
    let value = values.next().unwrap_or_default();
    // A comma is how Node, WSGI and proxies join what arrived as two headers.
    if values.next().is_some() || value.contains(&b',') {
        return Err(WebhookError::RepeatedSignature(provider));
    }
    if value.is_empty() {
        return Err(WebhookError::MissingSignature(provider));
    }
    let mut digest = Digest::default();
    value
        .strip_prefix(profile.signature_prefix.as_bytes())
        .and_then(|digits| hex::decode_to_slice(digits, &mut digest).ok())
        .map(|()| digest)
        .ok_or(WebhookError::MalformedSignature(provider))
}

/// The index of the first key whose HMAC of the payload is the digest. Every key is tried and every byte compared, so
/// the time says neither how much of a digest was right nor which key it was.
pub(crate) fn find(keys: &[Key], payload: &[u8], digest: &Digest) -> Option<usize> {
    const NONE: u32 = u32::MAX;
    let found = keys.iter().zip(0_u32..).fold(NONE, |found, (key, index)| {
        let first_match = key.mac(payload).ct_eq(digest) & found.ct_eq(&NONE);
        u32::conditional_select(&found, &index, first_match)
    });
    usize::try_from(found).ok().filter(|_| found != NONE)
}

/// The header's whole value for a digest.
pub(crate) fn write(provider: Provider, digest: &Digest) -> String {
    format!("{}{}", provider.profile().signature_prefix, hex::encode(digest))
}
