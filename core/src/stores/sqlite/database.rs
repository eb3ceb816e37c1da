//! The connection, and whose turn it is.

use crate::stores::claims::{Ask, Row, Value, schema};
use crate::tower::BoxError;
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, ErrorCode, ToSql, params_from_iter};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

pub(super) type Shared = Arc<Mutex<Connection>>;

/// Who has it alone uses the connection. Others wait for it in order, and without a thread each.
pub(super) type Turn = OwnedSemaphorePermit;

/// How long to wait for the other deliveries of this process, and by default for other processes.
const WAIT: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct Database {
    pub(super) connection: Shared,
    turns: Arc<Semaphore>,
}

impl Database {
    pub(super) fn new(connection: Connection) -> Self {
        Self { connection: Arc::new(Mutex::new(connection)), turns: Arc::new(Semaphore::new(1)) }
    }

    /// None where it does not come in time.
    pub(super) async fn turn(&self) -> Option<Turn> {
        timeout(WAIT, Arc::clone(&self.turns).acquire_owned()).await.ok()?.ok()
    }

    /// Runs what commits by itself.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, BoxError> {
        let turn = self.turn().await.ok_or("expected the database within 5 s, found it in use")?;
        let connection = Arc::clone(&self.connection);
        let work = move || {
            let result = work(&lock(&connection));
            drop(turn);
            result
        };
        Ok(spawn_blocking(work).await??)
    }

    pub(super) async fn setup(&self) -> Result<(), BoxError> {
        self.run(|connection| schema().iter().try_for_each(|statement| connection.execute_batch(statement))).await
    }
}

/// With a log of its own for writing, so that whoever reads waits for nobody.
pub(super) fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(WAIT)?;
    // SQLite itself does not wait here for others that do the same, as workers do that start together.
    let end = Instant::now() + WAIT;
    while let Err(error) = connection.pragma_update(None, "journal_mode", "wal") {
        if error.sqlite_error_code() != Some(ErrorCode::DatabaseBusy) || Instant::now() > end {
            return Err(error);
        }
        sleep(Duration::from_millis(10));
    }
    Ok(connection)
}

/// What a handler that panicked did is rolled back: the next one may lock it.
pub(super) fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.clear_poison();
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The row of a claim.
pub(super) fn row(connection: &Connection, ask: &Ask) -> rusqlite::Result<Row> {
    let row = |row: &rusqlite::Row<'_>| Ok(Row { token: row.get(0)?, state: row.get(1)?, until: row.get(2)? });
    rows(connection, ask, row)?.pop().ok_or(rusqlite::Error::QueryReturnedNoRows)
}

/// Whether there was a row to end.
pub(super) fn any(connection: &Connection, ask: &Ask) -> rusqlite::Result<bool> {
    Ok(!rows(connection, ask, |_| Ok(()))?.is_empty())
}

/// All of them: a statement that is left before its end does not say whether it was committed.
fn rows<T>(
    connection: &Connection,
    ask: &Ask,
    row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare(&ask.text)?.query_map(params_from_iter(&ask.values), row)?.collect()
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Text(text) => text.to_sql(),
            Self::Ms(ms) => ms.to_sql(),
        }
    }
}
