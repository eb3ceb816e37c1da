//! The least that can be called a pool.

use super::Connect;
use crate::tower::BoxError;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_postgres::{Client, Config, NoTls};

/// Connections without TLS, for a database on this machine or a network of your own. It opens them as they are needed, up to
/// a number of them, and keeps them open. Clones share them.
///
/// # Examples
///
/// ```no_run
/// use hookseal::stores::{Connections, PostgresStore};
///
/// # async fn run() -> Result<(), hookseal::tower::BoxError> {
/// let connections = Connections::new("host=localhost user=me connect_timeout=3".parse()?, 16);
/// let store = PostgresStore::new(connections, "reports")?;
/// store.setup().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Connections {
    config: Config,
    idle: Arc<Mutex<Vec<Arc<Client>>>>,
    /// One for each that may yet be given.
    free: Arc<Semaphore>,
}

impl Connections {
    /// At the most so many at once: 1, if it is 0. Who finds none left waits for one.
    #[must_use]
    pub fn new(config: Config, most: usize) -> Self {
        let most = most.clamp(1, Semaphore::MAX_PERMITS);
        Self { config, idle: Arc::default(), free: Arc::new(Semaphore::new(most)) }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Arc<Client>>> {
        // Nothing panics with the lock held.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one that came back last, so that those that are not needed grow old.
    fn last(&self) -> Option<Arc<Client>> {
        let mut idle = self.idle();
        std::iter::from_fn(|| idle.pop()).find(|client| !client.is_closed())
    }
}

impl Connect for Connections {
    type Connection = Connection;

    async fn connect(&self) -> Result<Connection, BoxError> {
        let permit = Arc::clone(&self.free).acquire_owned().await?;
        let client = if let Some(client) = self.last() {
            client
        } else {
            let (client, connection) = self.config.connect(NoTls).await?;
            // It ends with its client, or by an error that the client tells.
            tokio::spawn(async { drop(connection.await) });
            Arc::new(client)
        };
        Ok(Connection { client, home: Some(self.clone()), _permit: permit })
    }

    fn discard(&self, mut connection: Connection) {
        connection.home = None;
    }
}

/// One of [`Connections`], to which it comes back when it is dropped.
#[derive(Debug)]
pub struct Connection {
    client: Arc<Client>,
    /// Where it goes to.
    home: Option<Connections>,
    _permit: OwnedSemaphorePermit,
}

impl Deref for Connection {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(home) = &self.home {
            home.idle().push(Arc::clone(&self.client));
        }
    }
}
