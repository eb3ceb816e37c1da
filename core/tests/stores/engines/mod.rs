//! Where the suites are run.

mod postgres;
mod redis;

pub(crate) use postgres::{Deadpool, Pool, Postgres, write};
pub(crate) use redis::{Cluster, Redis};

use hookseal::MemoryStore;
use hookseal::stores::{SqliteStore, SqliteTransactions};
use hookseal::tower::{Begin, BoxError, Session, Store};
use rusqlite::Connection;
use std::collections::HashSet;
use std::io::{Write, stderr};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex};
use tempfile::TempDir;

/// Gives stores with a lease, all in the same database.
pub(crate) trait Place: Sized {
    type Store: Store;

    /// None where the engine is not there.
    async fn open() -> Option<Self>;
    async fn store(&self, name: &str) -> Self::Store;
}

/// Gives transactional stores, all in the same database, and knows what a handler did there.
pub(crate) trait Effects: Sized {
    type Store: Begin;

    async fn open() -> Option<Self>;
    async fn store(&self, name: &str) -> Self::Store;
    fn write(tx: Tx<Self>, id: String) -> impl Future<Output = Result<(), BoxError>> + Send;
    async fn count(&self, id: &str) -> i64;
}

pub(crate) type Tx<P> = <<<P as Effects>::Store as Begin>::Session as Session>::Tx;

/// Where an engine is. If it is not, that is said once, past the test harness, which swallows what passing tests print.
pub(crate) fn url(variable: &'static str) -> Option<String> {
    static MISSING: LazyLock<Mutex<HashSet<&str>>> = LazyLock::new(Mutex::default);
    let url = std::env::var(variable).ok();
    if url.is_none() && MISSING.lock().unwrap().insert(variable) {
        drop(writeln!(stderr(), "\n{variable} is not set: the tests that need it are LEFT OUT"));
    }
    url
}

pub(crate) struct Memory;

impl Place for Memory {
    type Store = MemoryStore;

    async fn open() -> Option<Self> {
        Some(Self)
    }

    async fn store(&self, _: &str) -> MemoryStore {
        MemoryStore::default()
    }
}

pub(crate) struct Sqlite {
    folder: TempDir,
}

impl Sqlite {
    pub(crate) fn new() -> Self {
        let sqlite = Self { folder: tempfile::tempdir().unwrap() };
        sqlite.connect().execute_batch("CREATE TABLE effects (id text NOT NULL)").unwrap();
        sqlite
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("claims.db")
    }

    pub(crate) fn connect(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }
}

impl Place for Sqlite {
    type Store = SqliteStore;

    async fn open() -> Option<Self> {
        Some(Self::new())
    }

    async fn store(&self, name: &str) -> SqliteStore {
        let store = SqliteStore::open(self.path(), name).unwrap();
        store.setup().await.unwrap();
        store
    }
}

impl Effects for Sqlite {
    type Store = SqliteTransactions;

    async fn open() -> Option<Self> {
        Some(Self::new())
    }

    async fn store(&self, name: &str) -> SqliteTransactions {
        let store = SqliteTransactions::open(self.path(), name).unwrap();
        store.setup().await.unwrap();
        store
    }

    async fn write(tx: Arc<Mutex<Connection>>, id: String) -> Result<(), BoxError> {
        let database = tx.lock().map_err(|_| "a panic")?;
        database.execute("INSERT INTO effects VALUES (?1)", [id])?;
        Ok(())
    }

    async fn count(&self, id: &str) -> i64 {
        let count = "SELECT count(*) FROM effects WHERE id = ?1";
        self.connect().query_row(count, [id], |row| row.get(0)).unwrap()
    }
}
