//! Claims with a lease, each statement of which commits by itself.

use super::Connect;
use super::query::{any, row, setup};
use crate::host::sweeps;
use crate::sql::Dialect;
use crate::stores::claims::{Ask, Claims};
use crate::tower::{BoxError, Store};
use crate::{Claim, Ending, WebhookError};
use std::time::Duration;

/// Claims with a lease, in PostgreSQL: by [`Connections`](super::Connections), or a pool of your own.
///
/// # Examples
///
/// ```no_run
/// use hookseal::{Provider, Webhook, stores::{Connections, PostgresStore}, tower::{BoxError, receiver}};
///
/// # async fn run() -> Result<(), BoxError> {
/// let connections = Connections::new("host=localhost user=me".parse()?, 16);
/// let store = PostgresStore::new(connections, "reports")?;
/// store.setup().await?;
/// let webhook = Webhook::new(Provider::Loop, "a secret")?;
/// let receiver = receiver(webhook, store, |event, _| async move {
///     println!("received {}", event.event_type());
///     Ok::<_, BoxError>(())
/// });
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct PostgresStore<C> {
    pool: C,
    claims: Claims,
}

impl<C: Connect> PostgresStore<C> {
    /// A store for the receiver of this name.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidOption`] for a name that is not of 1 to 64 letters, digits, `.`, `-` and `_`.
    pub fn new(pool: C, name: &str) -> Result<Self, WebhookError> {
        Ok(Self { pool, claims: Claims::new(name, Dialect::Dollar)? })
    }

    /// Makes the table and its index, where they are not there: once, before the first delivery.
    ///
    /// # Errors
    ///
    /// The pool's and PostgreSQL's own.
    pub async fn setup(&self) -> Result<(), BoxError> {
        setup(&self.pool).await
    }

    /// Clears away what has expired by `now`, in ms since 1970: 500 keys at the most. Completing does so by itself, now and then.
    ///
    /// # Errors
    ///
    /// The pool's and PostgreSQL's own.
    pub async fn sweep(&self, now: u64) -> Result<(), BoxError> {
        self.any(&self.claims.sweep(now)).await?;
        Ok(())
    }

    async fn any(&self, ask: &Ask) -> Result<bool, BoxError> {
        let connection = self.pool.connect().await?;
        let result = any(&connection, ask).await;
        self.give_back(connection, result.is_ok());
        Ok(result?)
    }

    fn give_back(&self, connection: C::Connection, is_well: bool) {
        if !is_well {
            self.pool.discard(connection);
        }
    }
}

impl<C: Connect> Store for PostgresStore<C> {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        let claim = self.claims.claim(key, token, lease, now);
        let connection = self.pool.connect().await?;
        let row = row(&connection, &claim).await;
        self.give_back(connection, row.is_ok());
        Ok(row?.claim(token))
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        let is_done = self.any(&self.claims.complete(key, token, retention, now)).await?;
        if sweeps(token) {
            // That it fails is not the delivery's matter.
            drop(self.sweep(now).await);
        }
        Ok(ending(is_done))
    }

    async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
        Ok(ending(self.any(&self.claims.release(key, token)).await?))
    }
}

fn ending(is_done: bool) -> Ending {
    if is_done { Ending::Done } else { Ending::Lost }
}
