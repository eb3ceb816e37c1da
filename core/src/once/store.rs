//! What a store answers. The contract itself is each language's own interface: stores move claims, and the core decides.

use crate::WebhookError;

/// What a store says to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claim {
    /// The key is the caller's, until its lease ends.
    Claimed,
    /// Somebody else's claim holds the key until then, in ms since 1970.
    InProgress {
        /// When that claim's lease ends.
        until: u64,
    },
    /// The key was completed, and its retention has not ended.
    Completed,
}

/// What a store says when a claim is completed or released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// As asked.
    Done,
    /// The lease had run out and the key is not the caller's any more. The effect of the handler stands all the same; a
    /// transactional store has rolled it back.
    Lost,
    /// Only a transactional store says so: somebody else completed the key first, so the effect was rolled back.
    Completed,
}

/// What a shared store's answer to a claim means: the token, state and time that are there after it.
///
/// # Examples
///
/// ```
/// use hookseal::{Claim, host::claimed};
///
/// assert_eq!(claimed("mine", "mine", "claimed", 30_000), Claim::Claimed);
/// assert_eq!(claimed("mine", "another's", "claimed", 30_000), Claim::InProgress { until: 30_000 });
/// assert_eq!(claimed("mine", "another's", "completed", 30_000), Claim::Completed);
/// ```
#[must_use]
pub fn claimed(mine: &str, token: &str, state: &str, until: u64) -> Claim {
    match state {
        "completed" => Claim::Completed,
        _ if token == mine => Claim::Claimed,
        _ => Claim::InProgress { until },
    }
}

/// Whether the delivery with this token is one of those, about one of 256, that sweep an SQL store when they are done: a sweep
/// clears away 500 keys at the most, and so keeps up. Tokens are random, so nobody has to count.
#[must_use]
pub fn sweeps(token: &str) -> bool {
    token.bytes().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) == 0
}

/// The name of a receiver in a store that it shares with others: two receivers of one provider must not swallow each other's
/// events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// A name of 1 to 64 letters, digits, `.`, `-` and `_`, of ASCII.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidOption`] for any other text.
    pub fn new(name: &str) -> Result<Self, WebhookError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        if (1..=64).contains(&name.len()) && name.bytes().all(is_plain) {
            Ok(Self(name.to_owned()))
        } else {
            Err(WebhookError::InvalidOption(
                "a name for the receiver's keys: 1 to 64 letters, digits, '.', '-' and '_'",
            ))
        }
    }

    /// The key as it is stored. A name has no colon, so no two names meet.
    ///
    /// # Examples
    ///
    /// ```
    /// let name = hookseal::host::Name::new("reports")?;
    /// assert_eq!(name.key("loop:id:evt_1"), "reports:loop:id:evt_1");
    /// # Ok::<(), hookseal::WebhookError>(())
    /// ```
    #[must_use]
    pub fn key(&self, key: &str) -> String {
        format!("{}:{key}", self.0)
    }
}

impl Claim {
    /// Its name, which stores in every language say.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::InProgress { .. } => "in_progress",
            Self::Completed => "completed",
        }
    }

    /// Until when somebody else's claim holds, in ms since 1970, where one is in the way.
    #[must_use]
    pub const fn until(self) -> Option<u64> {
        if let Self::InProgress { until } = self { Some(until) } else { None }
    }
}

impl Ending {
    /// Its name, which stores in every language say.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Lost => "lost",
            Self::Completed => "completed",
        }
    }
}
