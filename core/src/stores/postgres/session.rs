//! One delivery's transaction.

use super::query::{any, is_busy, row};
use super::{Connect, PostgresTransactions};
use crate::host::sweeps;
use crate::stores::claims::{Ask, Row};
use crate::stores::until;
use crate::tower::{BoxError, Session, Store};
use crate::{Claim, Ending};
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Waker};
use std::time::Duration;

/// One delivery's connection, with a transaction from its claim until it is completed, released or dropped.
pub struct PostgresSession<C: Connect> {
    connection: Arc<C::Connection>,
    /// Is dropped after it, and so is the last to have the connection.
    lent: Lent<C>,
}

struct Lent<C: Connect> {
    store: Arc<PostgresTransactions<C>>,
    /// Until it goes back.
    connection: Option<Arc<C::Connection>>,
    state: Mutex<State>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// In no transaction.
    Idle,
    Open,
    /// It failed to roll back, so the connection and its transaction are lost.
    Lost,
}

impl<C: Connect> PostgresSession<C> {
    pub(super) fn new(store: Arc<PostgresTransactions<C>>, connection: C::Connection) -> Self {
        let connection = Arc::new(connection);
        let lent = Lent { store, connection: Some(Arc::clone(&connection)), state: Mutex::new(State::Idle) };
        Self { connection, lent }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics with the lock held.
        self.lent.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn row(&self, claim: &Ask, lease: Duration) -> Result<Row, BoxError> {
        *self.state() = State::Open;
        self.connection.batch_execute(&self.lent.store.begin_statement(lease)).await?;
        row(&self.connection, claim).await
    }

    async fn commit(&self, complete: &Ask) -> Result<bool, tokio_postgres::Error> {
        // In a transaction that the handler has broken this fails, where a mere COMMIT would roll back without a word.
        if !any(&self.connection, complete).await? {
            return Ok(false);
        }
        self.connection.batch_execute("COMMIT").await?;
        *self.state() = State::Idle;
        Ok(true)
    }

    async fn roll_back(&self) {
        if *self.state() == State::Open {
            let is_done = self.connection.batch_execute("ROLLBACK").await.is_ok();
            *self.state() = if is_done { State::Idle } else { State::Lost };
        }
    }
}

impl<C: Connect> Session for PostgresSession<C> {
    type Tx = Arc<C::Connection>;

    fn tx(&self) -> Arc<C::Connection> {
        Arc::clone(&self.connection)
    }
}

impl<C: Connect> Store for PostgresSession<C> {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        let claim = match self.row(&self.lent.store.claims.claim(key, token, lease, now), lease).await {
            Ok(row) => Ok(row.claim(token)),
            Err(error) if is_busy(&error) => Ok(Claim::InProgress { until: until(now, lease) }),
            Err(error) => Err(error),
        };
        if !matches!(claim, Ok(Claim::Claimed)) {
            self.roll_back().await;
        }
        claim
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        let claims = &self.lent.store.claims;
        let committed = self.commit(&claims.complete(key, token, retention, now)).await;
        if !matches!(committed, Ok(true)) {
            self.roll_back().await;
            return committed.map(|_| Ending::Lost).map_err(Into::into);
        }
        if sweeps(token) {
            // That it fails is not the delivery's matter.
            drop(any(&self.connection, &claims.sweep(now)).await);
        }
        Ok(Ending::Done)
    }

    async fn release(&self, _: &str, _: &str) -> Result<Ending, BoxError> {
        self.roll_back().await;
        Ok(Ending::Done)
    }
}

impl<C: Connect> Drop for Lent<C> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        match self.state.get_mut().unwrap_or_else(PoisonError::into_inner) {
            State::Idle => {}
            State::Open => {
                // Asked once, it is sent, before whatever the connection's next user sends. Nobody waits for the answer.
                let roll_back = pin!(connection.batch_execute("ROLLBACK"));
                drop(roll_back.poll(&mut Context::from_waker(Waker::noop())));
            }
            // Where the handler has kept it, it goes back when the handler's is dropped, and knows by then.
            State::Lost => drop(Arc::into_inner(connection).map(|connection| self.store.pool.discard(connection))),
        }
    }
}

impl<C: Connect> fmt::Debug for PostgresSession<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresSession").finish_non_exhaustive()
    }
}
