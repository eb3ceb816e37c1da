//! What is told of a delivery to whoever observes.

use crate::{Code, Outcome, Provider, WebhookError};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// What became of one delivery. But for the event's type and the error's own message, nothing in it comes from a payload;
/// its `Debug` shows neither of them.
///
/// # Examples
///
/// ```
/// use hookseal::{MemoryStore, Provider, Webhook, tower::{BoxError, receiver}};
///
/// let webhook = Webhook::new(Provider::Loop, "a secret")?;
/// let receiver = receiver(webhook, MemoryStore::default(), |_, _| async { Ok::<_, BoxError>(()) }).observe(|record| {
///     if !record.outcome.is_well() {
///         eprintln!("{} of {}: {:?}", record.outcome, record.provider, record.code);
///     }
/// });
/// # Ok::<(), hookseal::WebhookError>(())
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Record<'d> {
    /// Whose webhook it is.
    pub provider: Provider,
    /// The event's type, if the delivery was verified.
    pub event_type: Option<&'d str>,
    /// How it ended.
    pub outcome: Outcome,
    /// The code of the error behind it, if it is one of hookseal's.
    pub code: Option<Code>,
    /// The status that it was answered with, or would have been, where it ended after its deadline.
    pub status: u16,
    /// From its arrival until now.
    pub elapsed: Duration,
    /// The SHA-256 of the key, in hex, if one was found: the key itself may hold an id that says who somebody is.
    pub key: Option<&'d str>,
    /// What went wrong: hookseal's [`WebhookError`], or the handler's or the store's own error.
    pub error: Option<&'d (dyn std::error::Error + Send + Sync + 'static)>,
}

/// What the user gives to be told.
pub(super) type Observe = dyn Fn(&Record<'_>) + Send + Sync;

impl Record<'_> {
    /// The code that belongs to an outcome and the error behind it.
    pub(super) fn code(
        outcome: Outcome,
        error: Option<&(dyn std::error::Error + Send + Sync + 'static)>,
    ) -> Option<Code> {
        let error = error.and_then(|error| error.downcast_ref::<WebhookError>());
        error.map(WebhookError::code).or(outcome.code())
    }

    /// An observer has no say in the reply, not even by a panic.
    pub(super) fn tell(&self, observe: &Observe) {
        drop(catch_unwind(AssertUnwindSafe(|| observe(self))));
    }
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("provider", &self.provider)
            .field("outcome", &self.outcome)
            .field("code", &self.code)
            .field("status", &self.status)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}
