//! An open transaction.

use super::database::{Shared, Turn, any, lock, row};
use crate::Claim;
use crate::stores::claims::{Ask, Row};
use rusqlite::{Connection, ErrorCode};
use std::sync::Arc;
use tokio::runtime::Handle;

/// Rolls back when it is dropped, off the executor. All else here blocks.
#[derive(Debug)]
pub(super) struct Open {
    connection: Shared,
    /// None once the transaction has ended.
    turn: Option<Turn>,
}

/// How a claim ended.
pub(super) enum Claimed {
    /// By this transaction.
    Mine(Open),
    /// Not by this one, which is rolled back.
    Not(Claim),
    /// Another process is at it.
    Busy,
}

impl Open {
    pub(super) fn new(connection: Shared, turn: Turn) -> Self {
        Self { connection, turn: Some(turn) }
    }

    pub(super) fn claim(self, claim: &Ask, token: &str) -> rusqlite::Result<Claimed> {
        let row = begin(&lock(&self.connection), claim);
        if let Ok(Claim::Claimed) = row.as_ref().map(|row| row.claim(token)) {
            return Ok(Claimed::Mine(self));
        }
        self.roll_back();
        match row {
            Ok(row) => Ok(Claimed::Not(row.claim(token))),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(Claimed::Busy),
            Err(error) => Err(error),
        }
    }

    /// Whether there was a claim to complete: if not, or if it fails, nothing has happened.
    pub(super) fn commit(mut self, complete: &Ask, sweep: Option<&Ask>) -> rusqlite::Result<bool> {
        let connection = lock(&self.connection);
        let committed = commit(&connection, complete);
        if !matches!(committed, Ok(true)) {
            roll_back(&connection);
        } else if let Some(sweep) = sweep {
            // That it fails is not the delivery's matter.
            drop(any(&connection, sweep));
        }
        drop(connection);
        self.turn = None;
        committed
    }

    pub(super) fn roll_back(mut self) {
        roll_back(&lock(&self.connection));
        self.turn = None;
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let Some(turn) = self.turn.take() else { return };
        let connection = Arc::clone(&self.connection);
        let roll_back = move || {
            roll_back(&lock(&connection));
            drop(turn);
        };
        match Handle::try_current() {
            Ok(executor) => drop(executor.spawn_blocking(roll_back)),
            // Nobody's executor is kept waiting.
            Err(_) => roll_back(),
        }
    }
}

fn begin(connection: &Connection, claim: &Ask) -> rusqlite::Result<Row> {
    // Left open by a runtime that ended before it could roll back.
    roll_back(connection);
    connection.execute_batch("BEGIN IMMEDIATE")?;
    row(connection, claim)
}

fn commit(connection: &Connection, complete: &Ask) -> rusqlite::Result<bool> {
    let is_done = any(connection, complete)?;
    if is_done {
        connection.execute_batch("COMMIT")?;
    }
    Ok(is_done)
}

/// Some errors make SQLite do so by itself.
fn roll_back(connection: &Connection) {
    if !connection.is_autocommit() {
        drop(connection.execute_batch("ROLLBACK"));
    }
}
