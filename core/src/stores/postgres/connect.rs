//! What the stores need of a pool.

use crate::tower::BoxError;
use std::ops::Deref;
use tokio_postgres::Client;

/// Gives connections to PostgreSQL, which come back to it when they are dropped: [`Connections`](super::Connections), or a
/// pool of your own, so that it has your TLS and your limits.
///
/// # Examples
///
/// With `deadpool-postgres`:
///
/// ```no_run
/// use hookseal::stores::{Connect, PostgresTransactions};
/// use hookseal::tower::BoxError;
/// use std::ops::Deref;
/// use tokio_postgres::{Client, NoTls};
///
/// struct Pool(deadpool_postgres::Pool);
/// struct Pooled(deadpool_postgres::Object);
///
/// impl Connect for Pool {
///     type Connection = Pooled;
///
///     async fn connect(&self) -> Result<Pooled, BoxError> {
///         Ok(Pooled(self.0.get().await?))
///     }
///
///     fn discard(&self, connection: Pooled) {
///         drop(deadpool_postgres::Object::take(connection.0));
///     }
/// }
///
/// impl Deref for Pooled {
///     type Target = Client;
///
///     fn deref(&self) -> &Client {
///         &self.0
///     }
/// }
///
/// let manager = deadpool_postgres::Manager::new("host=localhost user=me".parse()?, NoTls);
/// let pool = Pool(deadpool_postgres::Pool::builder(manager).max_size(16).build()?);
/// let store = PostgresTransactions::new(pool, "reports")?;
/// # Ok::<(), BoxError>(())
/// ```
pub trait Connect: Send + Sync + 'static {
    /// A connection that nobody else uses.
    type Connection: Deref<Target = Client> + Send + Sync + 'static;

    /// Gives one, when there is one. One that [is closed](Client::is_closed) is none.
    fn connect(&self) -> impl Future<Output = Result<Self::Connection, BoxError>> + Send;

    /// Takes one that failed, and that nobody is to have again, even if it is not closed yet. By default it is dropped like any
    /// other.
    fn discard(&self, connection: Self::Connection) {
        drop(connection);
    }
}
