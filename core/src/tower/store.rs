//! The contract of stores: what a receiver asks, and what a store must answer.

use super::BoxError;
use crate::{Claim, Ending, MemoryStore};
use std::sync::Arc;
use std::time::Duration;

/// Remembers which keys are claimed and which are completed. `now` is in ms since 1970; a `token` is one delivery's own, so
/// that a late one cannot end the claim of another. A store that cannot do what it is asked gives an error.
///
/// [`MemoryStore`] is one, for a single process. Implementations may write `async fn`.
///
/// # Examples
///
/// A store that never remembers, as a test may want it:
///
/// ```
/// use hookseal::tower::{BoxError, Store};
/// use hookseal::{Claim, Ending};
/// use std::time::Duration;
///
/// struct Forgetful;
///
/// impl Store for Forgetful {
///     async fn claim(&self, _: &str, _: &str, _: Duration, _: u64) -> Result<Claim, BoxError> {
///         Ok(Claim::Claimed)
///     }
///     async fn complete(&self, _: &str, _: &str, _: Duration, _: u64) -> Result<Ending, BoxError> {
///         Ok(Ending::Done)
///     }
///     async fn release(&self, _: &str, _: &str) -> Result<Ending, BoxError> {
///         Ok(Ending::Done)
///     }
/// }
/// # let webhook = hookseal::Webhook::new(hookseal::Provider::Loop, "a secret")?;
/// # hookseal::tower::receiver(webhook, Forgetful, |_, _| async { Ok::<_, BoxError>(()) });
/// # Ok::<(), hookseal::WebhookError>(())
/// ```
pub trait Store: Send + Sync + 'static {
    /// Claims a key until `now` and the lease, unless somebody else's claim holds it or it was completed.
    fn claim(
        &self,
        key: &str,
        token: &str,
        lease: Duration,
        now: u64,
    ) -> impl Future<Output = Result<Claim, BoxError>> + Send;

    /// Remembers a claimed key as completed until `now` and the retention.
    fn complete(
        &self,
        key: &str,
        token: &str,
        retention: Duration,
        now: u64,
    ) -> impl Future<Output = Result<Ending, BoxError>> + Send;

    /// Gives a claimed key back, so that the next claim gets it.
    fn release(&self, key: &str, token: &str) -> impl Future<Output = Result<Ending, BoxError>> + Send;
}

/// A store for one delivery: where it is transactional, `complete` commits or fails, and `release` rolls back, as dropping it
/// must where neither was asked, or `complete` failed.
pub trait Session: Store {
    /// What the handler must write with, so that its effect and the claim are committed together: `()` where nothing is.
    /// Something shared, such as `Arc<Mutex<Connection>>`, because the session keeps it too.
    type Tx: Send + 'static;

    /// Whether what the handler did is undone where the claim cannot be completed, so that the sender must come again.
    const TRANSACTIONAL: bool = true;

    /// The handler's share of the transaction, for its [`Context`](super::Context).
    fn tx(&self) -> Self::Tx;
}

/// What a receiver takes as its store: every [`Store`], and transactional ones, which begin a session a delivery.
///
/// # Examples
///
/// ```
/// use hookseal::tower::{Begin, BoxError, Session, Store};
/// use hookseal::{Claim, Ending, MemoryStore};
/// use std::sync::{Arc, Mutex};
/// use std::time::Duration;
///
/// /// Stands for a database: what is written in a transaction.
/// type Rows = Arc<Mutex<Vec<String>>>;
///
/// #[derive(Default)]
/// struct Database { claims: Arc<MemoryStore>, committed: Rows }
/// struct Transaction { claims: Arc<MemoryStore>, committed: Rows, rows: Rows }
///
/// impl Begin for Database {
///     type Session = Transaction;
///
///     async fn begin(self: Arc<Self>) -> Result<Transaction, BoxError> {
///         Ok(Transaction { claims: self.claims.clone(), committed: self.committed.clone(), rows: Rows::default() })
///     }
/// }
///
/// impl Session for Transaction {
///     type Tx = Rows;
///
///     fn tx(&self) -> Rows {
///         self.rows.clone()
///     }
/// }
///
/// impl Store for Transaction {
///     async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
///         Store::claim(&self.claims, key, token, lease, now).await
///     }
///     async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
///         let mut rows = std::mem::take(&mut *self.rows.lock().map_err(|_| "poisoned")?);
///         self.committed.lock().map_err(|_| "poisoned")?.append(&mut rows);
///         Store::complete(&self.claims, key, token, retention, now).await
///     }
///     async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
///         Store::release(&self.claims, key, token).await
///     }
/// }
/// # let webhook = hookseal::Webhook::new(hookseal::Provider::Loop, "a secret")?;
/// # hookseal::tower::receiver(webhook, Database::default(), |event, context| async move {
/// #     context.tx.lock().map_err(|_| "poisoned")?.push(event.key().to_owned());
/// #     Ok::<_, BoxError>(())
/// # });
/// # Ok::<(), hookseal::WebhookError>(())
/// ```
pub trait Begin: Send + Sync + 'static {
    /// One delivery's.
    type Session: Session;

    /// Begins it. Its claim is the first thing that it is asked.
    fn begin(self: Arc<Self>) -> impl Future<Output = Result<Self::Session, BoxError>> + Send;
}

/// A store that is not transactional is every delivery's session.
impl<S: Store> Begin for S {
    type Session = Arc<S>;

    async fn begin(self: Arc<Self>) -> Result<Arc<S>, BoxError> {
        Ok(self)
    }
}

impl<S: Store> Session for Arc<S> {
    type Tx = ();

    const TRANSACTIONAL: bool = false;

    fn tx(&self) {}
}

/// So that several receivers may share one.
impl<S: Store> Store for Arc<S> {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        S::claim(self, key, token, lease, now).await
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        S::complete(self, key, token, retention, now).await
    }

    async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
        S::release(self, key, token).await
    }
}

impl Store for MemoryStore {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        Ok(Self::claim(self, key, token, millis(lease), now)?)
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        Ok(Self::complete(self, key, token, millis(retention), now))
    }

    async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
        Ok(Self::release(self, key, token))
    }
}

fn millis(duration: Duration) -> u64 {
    duration.as_millis().try_into().unwrap_or(u64::MAX)
}
