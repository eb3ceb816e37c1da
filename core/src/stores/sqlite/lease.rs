//! Claims with a lease, each statement of which commits by itself.

use super::database::{Database, any, open, row};
use crate::host::sweeps;
use crate::sql::Dialect;
use crate::stores::claims::Claims;
use crate::tower::{BoxError, Store};
use crate::{Claim, Ending, WebhookError};
use rusqlite::Connection;
use std::path::Path;
use std::time::Duration;

/// Claims with a lease, in a file of SQLite's (3.35 or later) that the processes of one machine share.
///
/// # Examples
///
/// ```
/// use hookseal::{Provider, Webhook, stores::SqliteStore, tower::{BoxError, receiver}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("claims.db");
/// let store = SqliteStore::open(path, "reports")?;
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
pub struct SqliteStore {
    database: Database,
    claims: Claims,
}

impl SqliteStore {
    /// Opens the file, or makes it, with a write-ahead log. Deliveries wait 5 s for other processes; then the store has failed,
    /// and the sender is to come again. It blocks: call it while the program starts.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidOption`] for a name that is not of 1 to 64 letters, digits, `.`, `-` and `_`; `rusqlite`'s own for
    /// the file.
    pub fn open(path: impl AsRef<Path>, name: &str) -> Result<Self, BoxError> {
        Ok(Self::new(open(path.as_ref())?, name)?)
    }

    /// A store on a connection of your own, which nothing else uses: how long it waits for other processes is its busy timeout.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidOption`] for a name as above.
    pub fn new(connection: Connection, name: &str) -> Result<Self, WebhookError> {
        Ok(Self { claims: Claims::new(name, Dialect::Question)?, database: Database::new(connection) })
    }

    /// Makes the table and its index, where they are not there: once, before the first delivery.
    ///
    /// # Errors
    ///
    /// SQLite's own.
    pub async fn setup(&self) -> Result<(), BoxError> {
        self.database.setup().await
    }

    /// Clears away what has expired by `now`, in ms since 1970: 500 keys at the most. Completing does so by itself, now and then.
    ///
    /// # Errors
    ///
    /// SQLite's own.
    pub async fn sweep(&self, now: u64) -> Result<(), BoxError> {
        let sweep = self.claims.sweep(now);
        self.database.run(move |connection| any(connection, &sweep)).await?;
        Ok(())
    }
}

impl Store for SqliteStore {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        let claim = self.claims.claim(key, token, lease, now);
        Ok(self.database.run(move |connection| row(connection, &claim)).await?.claim(token))
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        let complete = self.claims.complete(key, token, retention, now);
        let is_done = self.database.run(move |connection| any(connection, &complete)).await?;
        if sweeps(token) {
            // That it fails is not the delivery's matter.
            drop(self.sweep(now).await);
        }
        Ok(ending(is_done))
    }

    async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
        let release = self.claims.release(key, token);
        Ok(ending(self.database.run(move |connection| any(connection, &release)).await?))
    }
}

fn ending(is_done: bool) -> Ending {
    if is_done { Ending::Done } else { Ending::Lost }
}
