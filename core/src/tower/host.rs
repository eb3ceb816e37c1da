//! What only the host has: a clock, and randomness.

use std::time::SystemTime;

/// In ms since 1970.
pub(super) fn now() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    now.as_millis().try_into().unwrap_or(u64::MAX)
}

/// One delivery's own, so that it ends no claim but its own.
pub(super) fn fresh_token() -> Result<String, getrandom::Error> {
    let mut token = [0; 16];
    getrandom::fill(&mut token)?;
    Ok(hex::encode(token))
}
