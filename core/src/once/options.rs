//! What a user may set, the defaults, and what must hold between them.

use crate::{MAX_PAYLOAD, Provider, WebhookError};
use std::time::Duration;

/// How a receiver goes about a delivery. Assign what shall be otherwise than by default.
///
/// # Examples
///
/// ```
/// use hookseal::{Options, Provider};
/// use std::time::Duration;
///
/// let mut options = Options::default();
/// options.deadline = Duration::from_secs(60);
/// let error = options.check(Provider::Loop).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "expected a lease (30 s unless told) that is longer than the deadline (9 s), and at most 24 hours"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The most bytes of a payload: 1 MiB. A choice of our own, far above any event of either provider, below
    /// [`MAX_PAYLOAD`].
    pub max_payload: usize,
    /// How long the sender waits at the most, from when the delivery arrived: 9 s. GlycanAge asks for an answer within
    /// 10 s; Loop does not say.
    pub deadline: Duration,
    /// How long a claim holds when nobody completes or releases it: 30 s. It must exceed the deadline, and is below Loop's
    /// first retry, which comes after a minute.
    pub lease: Duration,
    /// How long a completed key is remembered: 72 h. Loop's last retry comes 26 h 36 min after the first delivery.
    pub retention: Duration,
    /// How old an event's signed time may be: any, by default. It must not be below the provider's last retry, nor exceed
    /// the retention.
    pub max_age: Option<Duration>,
}

const HOUR: Duration = Duration::from_secs(3600);

impl Default for Options {
    fn default() -> Self {
        Self {
            max_payload: 1024 * 1024,
            deadline: Duration::from_secs(9),
            lease: Duration::from_secs(30),
            retention: 72 * HOUR,
            max_age: None,
        }
    }
}

impl Options {
    /// How long a crashed process may keep others from an event. A choice of our own, which also keeps a deadline within
    /// what timers can hold.
    const MAX_LEASE: Duration = Duration::from_secs(24 * 3600);

    /// Ten years: so that a stored time is one that every language and database can hold.
    const MAX_RETENTION: Duration = Duration::from_secs(3650 * 24 * 3600);

    /// Refuses what cannot work.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidOption`], which says what was expected.
    pub fn check(&self, provider: Provider) -> Result<(), WebhookError> {
        let ms = Duration::from_millis(1);
        let last_retry: Duration = provider.delivery_policy().retry_delays.iter().sum();
        let rules = [
            ((1..=MAX_PAYLOAD).contains(&self.max_payload), "a payload limit of 1 to 16777216 bytes"),
            (self.deadline >= ms, "a deadline of at least 1 ms: a number of ms, in Python a timedelta"),
            (
                self.lease > self.deadline && self.lease <= Self::MAX_LEASE,
                "a lease (30 s unless told) that is longer than the deadline (9 s), and at most 24 hours",
            ),
            (
                self.retention >= self.lease && self.retention <= Self::MAX_RETENTION,
                "a retention (72 h unless told) that is no shorter than the lease, and at most 3650 days",
            ),
            (
                self.max_age.is_none_or(|age| (last_retry..=self.retention).contains(&age) && age >= ms),
                "a maximum age that is no shorter than until the provider's last retry, and no longer than the retention",
            ),
        ];
        match rules.iter().find(|(holds, _)| !holds) {
            Some((_, expected)) => Err(WebhookError::InvalidOption(expected)),
            None => Ok(()),
        }
    }
}

/// How long a store waits for a lock of the database's, in whole ms.
///
/// # Errors
///
/// [`WebhookError::InvalidOption`] for less than 1 ms, which databases take for no limit at all, and for more than 24 hours.
pub fn lock_timeout(timeout: Duration) -> Result<u128, WebhookError> {
    if (Duration::from_millis(1)..=Options::MAX_LEASE).contains(&timeout) {
        Ok(timeout.as_millis())
    } else {
        Err(WebhookError::InvalidOption("a lock timeout of 1 ms to 24 hours"))
    }
}

/// What a host must be given for a receiver, for languages in which anything can be handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wanted {
    /// The store.
    Store,
    /// The webhook.
    Webhook,
    /// The handler, which must be callable.
    Handler,
    /// A handler that runs where nothing can await it.
    SyncHandler,
    /// A store that is asked where nothing can await it.
    SyncStore,
    /// The client, connection or function by which a store reaches its database.
    Client,
    /// A callback among the options.
    Callback,
    /// An option by its name.
    Name,
    /// What a key function gives.
    Key,
}

impl Wanted {
    /// The error for its want.
    ///
    /// # Examples
    ///
    /// ```
    /// use hookseal::{Code, host::Wanted};
    ///
    /// assert_eq!(Wanted::Store.error().code(), Code::InvalidOption);
    /// ```
    #[must_use]
    pub const fn error(self) -> WebhookError {
        WebhookError::InvalidOption(match self {
            Self::Store => "a store among the options, such as a MemoryStore, which protects one process",
            Self::Webhook => "a Webhook",
            Self::Handler => {
                "a handler that is a function of the event, and perhaps of the context, and no generator's, which would never run"
            }
            Self::SyncHandler => "a handler that is no coroutine function, because nothing here can await it",
            Self::SyncStore => "a store without coroutine functions, because nothing here can await them",
            Self::Client => "what the store's documentation shows in the first place, such as a pool, or a function",
            Self::Callback => "a function for each of the callbacks among the options, and not a generator's",
            Self::Name => {
                "no options but the store, maxPayload, deadline, lease, retention, maxAge, onInvalid, observe and key, in Python with underscores"
            }
            Self::Key => "a key that is a text, and not an empty one",
        })
    }
}
