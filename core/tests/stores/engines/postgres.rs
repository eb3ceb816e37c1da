//! PostgreSQL, by the connections of the crate and by a pool that is not its own.

use super::{Effects, Place, url};
use hookseal::stores::{Connect, Connections, PostgresStore, PostgresTransactions};
use hookseal::tower::BoxError;
use std::ops::Deref;
use std::sync::Arc;
use tokio::sync::OnceCell;
use tokio_postgres::{Client, Config, NoTls};

/// As many of either as two tests at once may have.
const MOST: usize = 32;

pub(crate) struct Postgres {
    pub(crate) config: Config,
    pub(crate) connections: Connections,
}

impl Postgres {
    pub(crate) async fn new() -> Option<Self> {
        static TABLES: OnceCell<()> = OnceCell::const_new();
        let config: Config = url("HOOKSEAL_POSTGRES")?.parse().unwrap();
        let connections = Connections::new(config.clone(), MOST);
        let make = async || {
            let connection = connections.connect().await.unwrap();
            connection.batch_execute("CREATE TABLE IF NOT EXISTS effects_in_rust (id text NOT NULL)").await.unwrap();
        };
        TABLES.get_or_init(make).await;
        Some(Self { config, connections })
    }

    pub(crate) async fn count(&self, id: &str) -> i64 {
        let connection = self.connections.connect().await.unwrap();
        let count = "SELECT count(*) FROM effects_in_rust WHERE id = $1";
        connection.query_one(count, &[&id]).await.unwrap().get(0)
    }
}

pub(crate) async fn write(tx: &Client, id: String) -> Result<(), BoxError> {
    tx.execute("INSERT INTO effects_in_rust VALUES ($1)", &[&id]).await?;
    Ok(())
}

impl Place for Postgres {
    type Store = PostgresStore<Connections>;

    async fn open() -> Option<Self> {
        Self::new().await
    }

    async fn store(&self, name: &str) -> PostgresStore<Connections> {
        let store = PostgresStore::new(self.connections.clone(), name).unwrap();
        store.setup().await.unwrap();
        store
    }
}

impl Effects for Postgres {
    type Store = PostgresTransactions<Connections>;

    async fn open() -> Option<Self> {
        Self::new().await
    }

    async fn store(&self, name: &str) -> PostgresTransactions<Connections> {
        let store = PostgresTransactions::new(self.connections.clone(), name).unwrap();
        store.setup().await.unwrap();
        store
    }

    async fn write(tx: Arc<<Connections as Connect>::Connection>, id: String) -> Result<(), BoxError> {
        write(&tx, id).await
    }

    async fn count(&self, id: &str) -> i64 {
        self.count(id).await
    }
}

/// As the documentation of `Connect` shows it.
#[derive(Clone)]
pub(crate) struct Deadpool(deadpool_postgres::Pool);

impl Deadpool {
    pub(crate) fn new(postgres: &Postgres, most: usize) -> Self {
        let manager = deadpool_postgres::Manager::new(postgres.config.clone(), NoTls);
        Self(deadpool_postgres::Pool::builder(manager).max_size(most).build().unwrap())
    }
}

pub(crate) struct Pooled(deadpool_postgres::Object);

impl Connect for Deadpool {
    type Connection = Pooled;

    async fn connect(&self) -> Result<Pooled, BoxError> {
        Ok(Pooled(self.0.get().await?))
    }

    fn discard(&self, connection: Pooled) {
        drop(deadpool_postgres::Object::take(connection.0));
    }
}

impl Deref for Pooled {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

pub(crate) struct Pool {
    postgres: Postgres,
    pool: Deadpool,
}

impl Pool {
    async fn new() -> Option<Self> {
        let postgres = Postgres::new().await?;
        let pool = Deadpool::new(&postgres, MOST);
        Some(Self { postgres, pool })
    }
}

impl Place for Pool {
    type Store = PostgresStore<Deadpool>;

    async fn open() -> Option<Self> {
        Self::new().await
    }

    async fn store(&self, name: &str) -> PostgresStore<Deadpool> {
        let store = PostgresStore::new(self.pool.clone(), name).unwrap();
        store.setup().await.unwrap();
        store
    }
}

impl Effects for Pool {
    type Store = PostgresTransactions<Deadpool>;

    async fn open() -> Option<Self> {
        Self::new().await
    }

    async fn store(&self, name: &str) -> PostgresTransactions<Deadpool> {
        let store = PostgresTransactions::new(self.pool.clone(), name).unwrap();
        store.setup().await.unwrap();
        store
    }

    async fn write(tx: Arc<Pooled>, id: String) -> Result<(), BoxError> {
        write(&tx, id).await
    }

    async fn count(&self, id: &str) -> i64 {
        self.postgres.count(id).await
    }
}
