//! SQLite, by way of `rusqlite`: one connection a store, which deliveries use one after the other, off the executor.

mod database;
mod lease;
mod open;
mod transactions;

pub use lease::SqliteStore;
pub use transactions::{SqliteSession, SqliteTransactions};
