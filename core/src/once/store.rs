//! What a store answers. The contract itself is each language's own interface: stores move claims, and the core decides.

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
    /// The lease had run out and the key is not the caller's any more. The effect of the handler stands all the same.
    Lost,
    /// Only a transactional store says so: somebody else completed the key first, so the effect was rolled back.
    Completed,
    /// Only a transactional store says so: it could not commit, so the effect was rolled back.
    Undone,
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
            Self::Undone => "undone",
        }
    }
}
