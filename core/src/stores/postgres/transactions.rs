//! Claim and effect in one transaction.

use super::query::setup;
use super::{Connect, PostgresSession};
use crate::WebhookError;
use crate::host::lock_timeout;
use crate::sql::Dialect;
use crate::stores::claims::Claims;
use crate::tower::{Begin, BoxError};
use std::sync::Arc;
use std::time::Duration;

/// Claim and effect in one transaction of PostgreSQL's: what a handler writes with its `tx` takes effect exactly once. Each
/// delivery has a connection to itself, so the pool bounds how many are handled at once. A handler that leaves its transaction
/// idle for longer than the lease loses it, and the connection.
///
/// # Examples
///
/// ```no_run
/// use hookseal::{Provider, Webhook, stores::{Connections, PostgresTransactions}, tower::{BoxError, receiver}};
///
/// # async fn run() -> Result<(), BoxError> {
/// let connections = Connections::new("host=localhost user=me".parse()?, 16);
/// let store = PostgresTransactions::new(connections, "reports")?;
/// store.setup().await?;
/// let webhook = Webhook::new(Provider::Loop, "a secret")?;
/// let receiver = receiver(webhook, store, |event, context| async move {
///     context.tx.execute("INSERT INTO received VALUES ($1)", &[&event.id()]).await?;
///     Ok::<_, BoxError>(())
/// });
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct PostgresTransactions<C> {
    pub(super) pool: C,
    pub(super) claims: Claims,
    lock_timeout: Duration,
}

impl<C: Connect> PostgresTransactions<C> {
    /// A store for the receiver of this name.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidOption`] for a name that is not of 1 to 64 letters, digits, `.`, `-` and `_`.
    pub fn new(pool: C, name: &str) -> Result<Self, WebhookError> {
        Ok(Self { pool, claims: Claims::new(name, Dialect::Dollar)?, lock_timeout: Duration::from_secs(5) })
    }

    /// How long a delivery waits for another of the same event, and its handler for any lock: 5 s, by default. Keep it below
    /// the deadline.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidOption`] for less than 1 ms or more than 24 hours.
    pub fn lock_timeout(mut self, timeout: Duration) -> Result<Self, WebhookError> {
        lock_timeout(timeout)?;
        self.lock_timeout = timeout;
        Ok(self)
    }

    /// Makes the table and its index, where they are not there: once, before the first delivery.
    ///
    /// # Errors
    ///
    /// The pool's and PostgreSQL's own.
    pub async fn setup(&self) -> Result<(), BoxError> {
        setup(&self.pool).await
    }

    /// A handler that never ends must not keep the event, and the connection, from all others.
    pub(super) fn begin_statement(&self, lease: Duration) -> String {
        let [lock, idle] = [self.lock_timeout, lease].map(timeout);
        format!("BEGIN; SET LOCAL lock_timeout = {lock}; SET LOCAL idle_in_transaction_session_timeout = {idle}")
    }
}

/// In ms. PostgreSQL takes 0 for no timeout at all, and no more than this.
fn timeout(duration: Duration) -> u128 {
    duration.as_millis().clamp(1, i32::MAX.unsigned_abs().into())
}

impl<C: Connect> Begin for PostgresTransactions<C> {
    type Session = PostgresSession<C>;

    async fn begin(self: Arc<Self>) -> Result<PostgresSession<C>, BoxError> {
        let connection = self.pool.connect().await?;
        Ok(PostgresSession::new(self, connection))
    }
}
