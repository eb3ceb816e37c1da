//! Stores in which one thing goes wrong.

use hookseal::tower::{Begin, BoxError, Session, Store};
use hookseal::{Claim, Ending, MemoryStore};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What goes wrong.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Fault {
    ClaimFails,
    ClaimHangs,
    CompleteFails,
    CompleteFailsOnce,
    CompleteLost,
    ReleaseFails,
}

/// A memory store, but for one operation.
pub(crate) struct Broken {
    fault: Fault,
    store: MemoryStore,
    seen: Mutex<HashSet<String>>,
}

const DOWN: &str = "the store is down";

impl Broken {
    pub(crate) fn new(fault: Fault) -> Self {
        Self { fault, store: MemoryStore::default(), seen: Mutex::default() }
    }

    fn is_first(&self, key: &str) -> bool {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned())
    }
}

impl Store for Broken {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        match self.fault {
            Fault::ClaimFails => return Err(DOWN.into()),
            Fault::ClaimHangs => tokio::time::sleep(Duration::from_secs(1)).await,
            _ => {}
        }
        Store::claim(&self.store, key, token, lease, now).await
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        match self.fault {
            Fault::CompleteFails => Err(DOWN.into()),
            Fault::CompleteFailsOnce if self.is_first(key) => Err(DOWN.into()),
            Fault::CompleteLost => Ok(Ending::Lost),
            _ => Store::complete(&self.store, key, token, retention, now).await,
        }
    }

    async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
        if self.fault == Fault::ReleaseFails {
            return Err(DOWN.into());
        }
        Store::release(&self.store, key, token).await
    }
}

/// A transactional store, whose commits all end so, or fail.
pub(crate) struct Transactional {
    ending: Option<Ending>,
    store: MemoryStore,
}

impl Transactional {
    pub(crate) fn new(ending: Option<Ending>) -> Self {
        Self { ending, store: MemoryStore::default() }
    }
}

pub(crate) struct Transaction(Arc<Transactional>);

impl Begin for Transactional {
    type Session = Transaction;

    async fn begin(self: Arc<Self>) -> Result<Transaction, BoxError> {
        Ok(Transaction(self))
    }
}

impl Session for Transaction {
    type Tx = &'static str;

    fn tx(&self) -> &'static str {
        "a transaction"
    }
}

impl Store for Transaction {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        Store::claim(&self.0.store, key, token, lease, now).await
    }

    async fn complete(&self, key: &str, token: &str, _: Duration, _: u64) -> Result<Ending, BoxError> {
        self.0.store.release(key, token);
        self.0.ending.ok_or_else(|| DOWN.into())
    }

    async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
        Store::release(&self.0.store, key, token).await
    }
}
