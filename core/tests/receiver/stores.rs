//! Stores: what they are asked, what they may answer, and what of it is told.

use crate::support::{EVENT, Records, delivery, idle, send, webhook};
use hookseal::tower::{Begin, BoxError, Receiver, Session, Store, receiver};
use hookseal::{Claim, Ending, MemoryStore};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A transactional store: what its transactions wrote and committed, and every call that it had.
#[derive(Default)]
struct Database {
    claims: MemoryStore,
    committed: Mutex<Vec<String>>,
    calls: Mutex<Vec<String>>,
    /// What fails.
    down: &'static str,
}

type Rows = Arc<Mutex<Vec<String>>>;

struct Transaction {
    database: Arc<Database>,
    rows: Rows,
}

impl Database {
    fn called(&self, call: &str, token: &str) -> Result<(), BoxError> {
        self.calls.lock().unwrap().push(format!("{call} {token}"));
        assert_ne!(self.down, format!("{call} panics"));
        if self.down == call { Err(format!("{call} is down").into()) } else { Ok(()) }
    }

    fn committed(&self) -> Vec<String> {
        self.committed.lock().unwrap().clone()
    }

    /// The calls since the last time; every token as it is the first or the second.
    fn calls(&self) -> Vec<String> {
        let calls = std::mem::take(&mut *self.calls.lock().unwrap());
        let mut tokens = Vec::new();
        let told = calls.iter().filter_map(|call| {
            let (call, token) = call.split_once(' ')?;
            if token.is_empty() {
                return Some(call.to_owned());
            }
            assert_eq!(token.len(), 32);
            if !tokens.contains(&token) {
                tokens.push(token);
            }
            Some(format!("{call} {}", tokens.iter().position(|other| *other == token)?))
        });
        told.collect()
    }
}

/// So that the test still sees it.
struct Shared(Arc<Database>);

impl Begin for Shared {
    type Session = Transaction;

    async fn begin(self: Arc<Self>) -> Result<Transaction, BoxError> {
        self.0.called("begin", "")?;
        Ok(Transaction { database: Arc::clone(&self.0), rows: Rows::default() })
    }
}

impl Session for Transaction {
    type Tx = Rows;

    fn tx(&self) -> Rows {
        Arc::clone(&self.rows)
    }
}

impl Store for Transaction {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        Store::claim(&self.database, key, token, lease, now).await
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        if self.database.down == "commit" {
            self.database.claims.release(key, token);
            return Err("no commit".into());
        }
        let ending = Store::complete(&self.database, key, token, retention, now).await?;
        self.database.committed.lock().unwrap().append(&mut self.rows.lock().unwrap());
        Ok(ending)
    }

    async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
        Store::release(&self.database, key, token).await
    }
}

/// Without transactions.
impl Store for Database {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        self.called("claim", token)?;
        Store::claim(&self.claims, key, token, lease, now).await
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        self.called("complete", token)?;
        Store::complete(&self.claims, key, token, retention, now).await
    }

    async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
        self.called("release", token)?;
        Store::release(&self.claims, key, token).await
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        drop(self.database.called("drop", ""));
    }
}

/// A receiver whose handler writes the event's id, and fails for `evt_fails`.
fn writing(database: &Arc<Database>) -> (Records, Receiver<Shared>) {
    let (records, observer) = (Records::default(), Arc::clone(database));
    let told = records.clone();
    let receiver = receiver(webhook(), Shared(Arc::clone(database)), |event, context| async move {
        context.tx.lock().unwrap().push(event.id().unwrap().to_owned());
        if event.id() == Some("evt_fails") { Err("asked to") } else { Ok(()) }
    });
    let receiver = receiver.observe(move |record| {
        told.add(record);
        drop(observer.called("told", ""));
    });
    (records, receiver)
}

fn database(down: &'static str) -> Arc<Database> {
    Arc::new(Database { down, ..Database::default() })
}

const FAILS: &str = r#"{"type":"protocol.started","id":"evt_fails"}"#;

#[tokio::test]
async fn a_handler_writes_in_the_transaction_of_its_claim() {
    let database = database("");
    let (records, receiver) = writing(&database);
    assert_eq!(send(&receiver, delivery(EVENT)).await, "200 handled");
    assert_eq!(send(&receiver, delivery(EVENT)).await, "200 duplicate");
    assert_eq!(send(&receiver, delivery(FAILS)).await, "500 failed");
    assert_eq!(database.committed(), ["evt_1"]);
    assert_eq!(records.all(), ["handled", "duplicate", "failed: asked to"]);
    // What claimed nothing is given up before anybody is answered, and every claim has a token of its own.
    let calls = database.calls();
    let told: Vec<_> = calls.iter().map(String::as_str).collect();
    let handled = ["begin", "claim 0", "complete 0", "told", "drop"];
    let duplicate = ["begin", "claim 1", "drop", "told"];
    let failed = ["begin", "claim 2", "release 2", "told", "drop"];
    assert_eq!(told, [&handled[..], &duplicate, &failed].concat());
}

#[tokio::test]
async fn a_store_that_is_down_before_the_handler_runs_nothing() {
    for (down, told) in [("begin", ": begin is down"), ("claim", ": claim is down")] {
        let database = database(down);
        let (records, receiver) = writing(&database);
        assert_eq!(send(&receiver, delivery(EVENT)).await, "503 store_failed");
        assert_eq!(records.all(), [format!("store_failed{told}")]);
        assert!(database.committed().is_empty());
    }
}

#[tokio::test]
async fn a_store_that_is_down_afterwards_undoes_nothing() {
    let completes = database("complete");
    let (records, receiver) = Records::of(idle(Arc::clone(&completes)));
    assert_eq!(send(&receiver, delivery(EVENT)).await, "200 handled");
    assert_eq!(records.all(), ["handled: complete is down"]);
    assert_eq!(completes.calls(), ["claim 0", "complete 0", "complete 0"]);

    let (records, receiver) = writing(&database("release"));
    assert_eq!(send(&receiver, delivery(FAILS)).await, "500 failed");
    assert_eq!(records.all(), ["failed: asked to"], "the first error tells why");
}

#[tokio::test]
async fn a_commit_that_is_undone_makes_the_event_come_again() {
    let database = database("commit");
    let (records, receiver) = writing(&database);
    assert_eq!(send(&receiver, delivery(EVENT)).await, "503 store_failed");
    assert_eq!(send(&receiver, delivery(EVENT)).await, "503 store_failed");
    assert_eq!(records.all(), ["store_failed: no commit", "store_failed: no commit"]);
}

#[tokio::test]
async fn a_transaction_that_fails_to_be_committed_is_not_committed_again() {
    let database = database("complete");
    let (records, receiver) = writing(&database);
    assert_eq!(send(&receiver, delivery(EVENT)).await, "503 store_failed");
    assert_eq!(records.all(), ["store_failed: complete is down"]);
    assert_eq!(database.calls()[1..3], ["claim 0", "complete 0"]);
    assert!(database.committed().is_empty());
}

#[tokio::test]
async fn a_store_that_panics_has_failed() {
    for down in ["claim panics", "complete panics"] {
        let (_, receiver) = writing(&database(down));
        assert_eq!(send(&receiver, delivery(EVENT)).await, "503 store_failed");
    }
}

#[tokio::test]
async fn a_memory_store_without_room_has_failed() {
    let store = Arc::new(MemoryStore::new(1).unwrap());
    let (records, receiver) = Records::of(idle(Arc::clone(&store)));
    let full: &MemoryStore = &store;
    assert_eq!(full.claim("another", "token", 60_000, u64::MAX - 60_000), Ok(Claim::Claimed));
    assert_eq!(send(&receiver, delivery(EVENT)).await, "503 store_failed");
    let [full] = records.all().try_into().unwrap();
    assert!(full.starts_with("store_failed: expected room for one more claim"), "{full}");
}
