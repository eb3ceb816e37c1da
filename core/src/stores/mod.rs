//! Stores that many processes share, for [`tower::receiver`](crate::tower::receiver): each behind the feature of its name, and
//! made with a *name*, which keeps one receiver's keys from another's.
//!
//! | store | where it serves | what it promises |
//! |---|---|---|
//! | `SqliteStore` | the processes of one machine | an event can take effect twice only if a process dies, or outlives its lease, before it has completed it |
//! | `PostgresStore` | many machines | the same |
//! | `RedisStore` | many machines | the same, as long as Redis keeps what it was told |
//! | `SqliteTransactions` | the processes of one machine | what a handler writes with its `tx` takes effect exactly once |
//! | `PostgresTransactions` | many machines | the same |
//!
//! What their constructors and methods take is of the crates `rusqlite` 0.40, `tokio-postgres` 0.7 and `redis` 1. Machines
//! that share a store must agree on the time, well within the lease.

#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod claims;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "redis")]
mod redis;

#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub use claims::schema;
#[cfg(feature = "postgres")]
pub use postgres::{Connect, Connection, Connections, PostgresSession, PostgresStore, PostgresTransactions};
#[cfg(feature = "redis")]
pub use redis::RedisStore;
#[cfg(feature = "sqlite")]
pub use sqlite::{SqliteSession, SqliteStore, SqliteTransactions};

/// When what begins now has ended, in ms since 1970: a number that every database can hold.
fn until(now: u64, duration: std::time::Duration) -> u64 {
    let ms = duration.as_millis().try_into().unwrap_or(u64::MAX);
    now.saturating_add(ms).min(i64::MAX.unsigned_abs())
}
