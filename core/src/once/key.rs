//! The idempotency key: from signed bytes only, because whoever replays a captured body can set any header.

use crate::Provider;
use sha2::{Digest, Sha256};

/// The longest id that stands in a key as it is. A choice of our own: it bounds what stores must index.
const MAX_ID_CHARS: usize = 128;

/// The key of the event with this id, or, where the body has none, of the body itself.
pub(crate) fn key(provider: Provider, id: Option<&str>, payload: &[u8]) -> String {
    match id {
        Some(id) if is_plain(id) => format!("{provider}:id:{id}"),
        Some(id) => format!("{provider}:id-sha256:{}", sha256(id.as_bytes())),
        None => format!("{provider}:body-sha256:{}", sha256(payload)),
    }
}

fn is_plain(id: &str) -> bool {
    id.len() <= MAX_ID_CHARS && id.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// A key as it may be shown: an id may be a person's, so a record of a delivery has the key's SHA-256, in hex.
///
/// # Examples
///
/// ```
/// assert_eq!(hookseal::host::hashed("loop:id:evt_1").len(), 64);
/// ```
#[must_use]
pub fn hashed(key: &str) -> String {
    sha256(key.as_bytes())
}
