//! Digests, straight from the crates that define them.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// HMAC-SHA256, as 64 lower-case hex digits.
pub(crate) fn mac(secret: &[u8], payload: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    hex(&mac.chain_update(payload).finalize().into_bytes())
}

/// SHA-256, as 64 lower-case hex digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
