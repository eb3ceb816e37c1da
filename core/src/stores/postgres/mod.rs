//! PostgreSQL, by way of `tokio-postgres` and any pool of its connections.

mod connect;
mod connections;
mod query;
mod lease;
mod transactions;
mod session;

pub use connect::Connect;
pub use connections::{Connection, Connections};
pub use lease::PostgresStore;
pub use session::PostgresSession;
pub use transactions::PostgresTransactions;
