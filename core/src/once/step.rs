//! The steps of a delivery, as a table that every adapter drives: it does what a step says, tells what happened, and is
//! told the next step, until that is a reply.

use super::Outcome;
use crate::{Code, Kind};
use std::time::Duration;

/// What to do next with a delivery that was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Read the body, up to the limit. Then [`Step::verified`] or [`Step::unverified`] tells the next step.
    Read,
    /// Find the key under which the event is claimed: its own, unless the user has another.
    Key,
    /// Claim the key.
    Claim,
    /// Let the user's handler have the event.
    Handle,
    /// Complete the claim.
    Complete,
    /// Complete the claim, once more.
    CompleteAgain,
    /// Give the claim back: the handler has failed.
    Release,
    /// Give the claim back: it came after the deadline, and the handler has not had the event.
    Withdraw,
    /// Let the user's `onInvalid` have the error and the bytes.
    Report,
    /// Answer; there is nothing more to do.
    Reply(Outcome),
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Happened {
    /// What was to be done.
    Done,
    /// The store says: claimed.
    Claimed,
    /// The store says: in progress.
    InProgress,
    /// The store says: completed.
    Completed,
    /// The store says: lost.
    Lost,
    /// It threw, or gave what it must not.
    Failed,
}

/// What else the next step depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// The deadline has passed, so the sender has its answer already.
    pub late: bool,
    /// The claim is completed in one transaction with what the handler did, or else neither has happened.
    pub transactional: bool,
}

impl Step {
    /// The first step of a delivery that [`admit`](super::admit) lets in.
    pub const FIRST: Self = Self::Read;

    /// Every step that is not a reply.
    pub const ALL: [Self; 9] = [
        Self::Read,
        Self::Key,
        Self::Claim,
        Self::Handle,
        Self::Complete,
        Self::CompleteAgain,
        Self::Release,
        Self::Withdraw,
        Self::Report,
    ];

    /// The step after `verify` gave an event. `max_age` is how old its signed time may be; without one, an event has no
    /// age that could be in order.
    ///
    /// # Examples
    ///
    /// ```
    /// use hookseal::Outcome;
    /// use hookseal::host::Step;
    /// use std::time::Duration;
    ///
    /// let hour = Some(Duration::from_secs(3600));
    /// assert_eq!(Step::verified(Some(1_000), hour, 3_601_000), Step::Key);
    /// assert_eq!(Step::verified(Some(1_000), hour, 3_601_001), Step::Reply(Outcome::Stale));
    /// assert_eq!(Step::verified(None, hour, 3_601_001), Step::Reply(Outcome::Stale));
    /// ```
    #[must_use]
    pub fn verified(occurred_at: Option<u64>, max_age: Option<Duration>, now: u64) -> Self {
        let is_stale = |max_age: Duration| match occurred_at {
            Some(then) => Duration::from_millis(now.saturating_sub(then)) > max_age,
            None => true,
        };
        if max_age.is_some_and(is_stale) { Self::Reply(Outcome::Stale) } else { Self::Key }
    }

    /// The step after `verify` gave an error; `reports` is whether the user wants the bytes of what is not understood.
    #[must_use]
    pub const fn unverified(code: Code, reports: bool) -> Self {
        match (code, code.kind()) {
            (_, Kind::Event) if reports => Self::Report,
            (_, Kind::Event) => Self::Reply(Outcome::Invalid),
            (_, Kind::Signature) => Self::Reply(Outcome::Refused),
            (Code::PayloadTooLarge, _) => Self::Reply(Outcome::TooLarge),
            (_, Kind::Config) => Self::Reply(Outcome::Misused),
        }
    }

    /// The step after this one.
    #[must_use]
    pub const fn next(self, happened: Happened, Facts { late, transactional }: Facts) -> Self {
        use Happened::{Claimed, Completed, Done, Failed, InProgress, Lost};
        use Outcome as O;
        match (self, happened) {
            (Self::Read, _) => Self::Reply(O::Unread),

            // Nothing is claimed yet, and the sender was told to come again.
            (Self::Key, _) if late => Self::Reply(O::TimedOut),
            (Self::Key, Done) => Self::Claim,
            (Self::Key, _) => Self::Reply(O::Failed),

            // The sender was told that the store failed: the handler must not run behind its back.
            (Self::Claim, Claimed) if late => Self::Withdraw,
            (Self::Claim, Claimed) => Self::Handle,
            (Self::Claim, InProgress) => Self::Reply(O::InProgress),
            (Self::Claim, Completed) => Self::Reply(O::Duplicate),
            (Self::Claim, Done | Lost | Failed) => Self::Reply(O::StoreFailed),

            (Self::Handle, Done) => Self::Complete,
            (Self::Handle, _) => Self::Release,

            (Self::Complete | Self::CompleteAgain, Done) => Self::Reply(O::Handled),
            (Self::Complete | Self::CompleteAgain, Completed) => Self::Reply(O::Duplicate),
            // Nothing has happened, or nobody knows whether it has: then the retry finds out.
            (Self::Complete | Self::CompleteAgain, _) if transactional => Self::Reply(O::StoreFailed),
            // After a lease the effect has happened, whatever the store says.
            (Self::Complete, Claimed | InProgress | Lost | Failed) => Self::CompleteAgain,
            (Self::CompleteAgain, Claimed | InProgress | Lost | Failed) => Self::Reply(O::Handled),

            (Self::Release, _) => Self::Reply(O::Failed),
            (Self::Withdraw, _) => Self::Reply(O::StoreFailed),

            (Self::Report, Done) => Self::Reply(O::Ignored),
            (Self::Report, _) => Self::Reply(O::Failed),

            (Self::Reply(outcome), _) => Self::Reply(outcome),
        }
    }

    /// What the sender is told when the deadline passes during this step. The step itself goes on.
    #[must_use]
    pub const fn at_deadline(self) -> Outcome {
        match self {
            Self::Read => Outcome::Unread,
            // Also while the claim is being completed: a transaction may yet be rolled back, and after a lease the retry is a
            // duplicate.
            Self::Key | Self::Handle | Self::Report | Self::Complete | Self::CompleteAgain => Outcome::TimedOut,
            Self::Claim | Self::Withdraw => Outcome::StoreFailed,
            Self::Release => Outcome::Failed,
            Self::Reply(outcome) => outcome,
        }
    }

    /// The step of this name, for hosts that tell them by name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let replies = Outcome::ALL.into_iter().map(Self::Reply);
        Self::ALL.into_iter().chain(replies).find(|step| step.as_str() == name)
    }

    /// The step's name, or for a reply the outcome's.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Key => "key",
            Self::Claim => "claim",
            Self::Handle => "handle",
            Self::Complete => "complete",
            Self::CompleteAgain => "complete_again",
            Self::Release => "release",
            Self::Withdraw => "withdraw",
            Self::Report => "report",
            Self::Reply(outcome) => outcome.as_str(),
        }
    }
}

impl Happened {
    /// Everything that may come of a step.
    pub const ALL: [Self; 6] = [Self::Done, Self::Claimed, Self::InProgress, Self::Completed, Self::Lost, Self::Failed];

    /// What has this name. A store of the user's own may say anything: what is none of its words is a failure.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|happened| happened.as_str() == name).unwrap_or(Self::Failed)
    }

    /// Its name, which is the store's own word where a store says so.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Claimed => "claimed",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Lost => "lost",
            Self::Failed => "failed",
        }
    }
}
