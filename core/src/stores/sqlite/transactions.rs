//! Claim and effect in one transaction.

use super::database::{Database, Shared, open};
use super::open::{Claimed, Open};
use crate::host::sweeps;
use crate::sql::Dialect;
use crate::stores::claims::Claims;
use crate::stores::until;
use crate::tower::{Begin, BoxError, Session, Store};
use crate::{Claim, Ending, WebhookError};
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::spawn_blocking;

/// Claim and effect in one transaction of SQLite's (3.35 or later): what a handler writes with its `tx` takes effect exactly
/// once. Deliveries take turns, in this process and, as SQLite has one writer at a time, in all; one that waits for more than
/// 5 s is answered that its event is in progress.
///
/// A handler locks `tx` for as long as it writes, and never across an `await`. It must not keep it: what is written once the
/// handler has ended joins the transaction of another delivery.
///
/// # Examples
///
/// ```
/// use hookseal::{Provider, Webhook, stores::SqliteTransactions, tower::{BoxError, receiver}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// let database = rusqlite::Connection::open_in_memory()?;
/// database.execute_batch("CREATE TABLE received (id text)")?;
/// let store = SqliteTransactions::new(database, "reports")?;
/// store.setup().await?;
/// let webhook = Webhook::new(Provider::Loop, "a secret")?;
/// let receiver = receiver(webhook, store, |event, context| async move {
///     let database = context.tx.lock().map_err(|_| "a panic")?;
///     database.execute("INSERT INTO received VALUES (?1)", [event.id()])?;
///     Ok::<_, BoxError>(())
/// });
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct SqliteTransactions {
    database: Database,
    claims: Claims,
}

impl SqliteTransactions {
    /// Opens the file, or makes it, with a write-ahead log, and waits 5 s for other processes. It blocks: call it while the program
    /// starts.
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
}

impl Begin for SqliteTransactions {
    type Session = SqliteSession;

    async fn begin(self: Arc<Self>) -> Result<SqliteSession, BoxError> {
        Ok(SqliteSession { store: self, open: Mutex::default() })
    }
}

/// One delivery's transaction, from its claim until it is completed, released or dropped.
#[derive(Debug)]
pub struct SqliteSession {
    store: Arc<SqliteTransactions>,
    open: Mutex<Option<Open>>,
}

impl SqliteSession {
    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        // Nothing panics with the lock held.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session for SqliteSession {
    type Tx = Shared;

    fn tx(&self) -> Shared {
        Arc::clone(&self.store.database.connection)
    }
}

impl Store for SqliteSession {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        let SqliteTransactions { database, claims } = &*self.store;
        let Some(turn) = database.turn().await else {
            return Ok(Claim::InProgress { until: until(now, lease) });
        };
        let (connection, claim) = (Arc::clone(&database.connection), claims.claim(key, token, lease, now));
        let mine = token.to_owned();
        let begin = move || Open::new(connection, turn).claim(&claim, &mine);
        Ok(match spawn_blocking(begin).await?? {
            Claimed::Mine(open) => {
                *self.open() = Some(open);
                Claim::Claimed
            }
            Claimed::Not(claim) => claim,
            Claimed::Busy => Claim::InProgress { until: until(now, lease) },
        })
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        let open = self.open().take();
        let Some(open) = open else { return Ok(Ending::Lost) };
        let claims = &self.store.claims;
        let complete = claims.complete(key, token, retention, now);
        let sweep = sweeps(token).then(|| claims.sweep(now));
        let is_done = spawn_blocking(move || open.commit(&complete, sweep.as_ref())).await??;
        Ok(if is_done { Ending::Done } else { Ending::Lost })
    }

    async fn release(&self, _: &str, _: &str) -> Result<Ending, BoxError> {
        let open = self.open().take();
        if let Some(open) = open {
            spawn_blocking(move || open.roll_back()).await?;
        }
        Ok(Ending::Done)
    }
}
