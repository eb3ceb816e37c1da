//! SQLite's own: files that are locked, threads that wait, memory.

use crate::engines::{Effects, Place, Sqlite};
use crate::support::{NOW, at_once, claim, complete, counted, deliver, fresh, ms, release, webhook};
use hookseal::host::sweeps;
use hookseal::stores::{SqliteStore, SqliteTransactions, schema};
use hookseal::tower::{Begin, BoxError, Session, Store, receiver};
use hookseal::{Claim, Ending};
use rusqlite::Connection;
use std::sync::Arc;
use std::thread;

/// A connection that soon gives up.
fn impatient(sqlite: &Sqlite) -> Connection {
    let connection = sqlite.connect();
    connection.busy_timeout(ms(20)).unwrap();
    connection
}

#[tokio::test]
async fn whoever_finds_the_file_locked_is_to_come_again() {
    let sqlite = Sqlite::new();
    let lease = SqliteStore::new(impatient(&sqlite), "lease").unwrap();
    lease.setup().await.unwrap();
    let transactions = Arc::new(SqliteTransactions::new(impatient(&sqlite), "transactions").unwrap());
    let other = sqlite.connect();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();

    let error = lease.claim("key", "a", ms(1000), NOW).await.unwrap_err();
    assert!(error.to_string().contains("locked"), "{error}");
    let session = Arc::clone(&transactions).begin().await.unwrap();
    assert_eq!(claim(&session, "key", "a", NOW).await, Claim::InProgress { until: NOW + 1000 });

    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(claim(&session, "key", "a", NOW).await, Claim::Claimed);
    assert_eq!(release(&session, "key", "a").await, Ending::Done);
    assert_eq!(claim(&lease, "key", "a", NOW).await, Claim::Claimed);
}

#[tokio::test]
async fn receivers_refuse_as_long_as_the_file_is_locked() {
    let sqlite = Sqlite::new();
    let handle = || async { Ok::<_, BoxError>(()) };
    let lease = SqliteStore::new(impatient(&sqlite), "lease").unwrap();
    lease.setup().await.unwrap();
    let lease = receiver(webhook(), lease, move |_, _| handle());
    let transactions = SqliteTransactions::new(impatient(&sqlite), "transactions").unwrap();
    let transactions = receiver(webhook(), transactions, move |_, _| handle());
    let other = sqlite.connect();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();

    let replies = at_once(10, |_| deliver(lease.clone(), fresh())).await;
    assert_eq!(counted(replies), ["10 x 503 store_failed"]);
    let replies = at_once(10, |_| deliver(transactions.clone(), fresh())).await;
    assert_eq!(counted(replies), ["10 x 409 in_progress"]);

    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(deliver(lease, fresh()).await, "200 handled");
    assert_eq!(deliver(transactions, fresh()).await, "200 handled");
}

/// On one thread: if dropping waited for who has the connection, nothing would go on here.
#[tokio::test]
async fn dropping_waits_for_nobody() {
    let sqlite = Sqlite::new();
    let store = Arc::new(<Sqlite as Effects>::store(&sqlite, "dropped").await);
    let session = Arc::clone(&store).begin().await.unwrap();
    assert_eq!(claim(&session, "key", "a", NOW).await, Claim::Claimed);
    let tx = session.tx();
    {
        let kept = tx.lock().unwrap();
        drop(session);
        kept.execute("INSERT INTO effects VALUES ('late')", []).unwrap();
    }
    let next = Arc::clone(&store).begin().await.unwrap();
    assert_eq!(claim(&next, "key", "b", NOW).await, Claim::Claimed);
    assert_eq!(sqlite.count("late").await, 0);
}

#[tokio::test]
async fn a_handler_that_panics_with_the_connection_locked_keeps_nobody_from_it() {
    let store = SqliteTransactions::new(Connection::open_in_memory().unwrap(), "panics").unwrap();
    store.setup().await.unwrap();
    let receiver = receiver(webhook(), store, |event, context| async move {
        let database = context.tx.lock().map_err(|_| "a panic")?;
        assert_ne!(event.id(), Some("panics"));
        database.execute_batch("SELECT 1")?;
        Ok::<_, BoxError>(())
    });
    assert_eq!(deliver(receiver.clone(), "panics".to_owned()).await, "500 failed");
    assert_eq!(deliver(receiver, "does not".to_owned()).await, "200 handled");
}

#[tokio::test]
async fn what_an_error_rolled_back_is_undone() {
    let sqlite = Sqlite::new();
    let store = Arc::new(<Sqlite as Effects>::store(&sqlite, "broken").await);
    let session = Arc::clone(&store).begin().await.unwrap();
    claim(&session, "key", "a", NOW).await;
    let hidden = "INSERT INTO effects VALUES ('broken'); INSERT OR ROLLBACK INTO effects VALUES (NULL)";
    assert!(session.tx().lock().unwrap().execute_batch(hidden).is_err());
    assert_eq!(complete(&session, "key", "a", NOW).await, Ending::Lost);
    assert_eq!(sqlite.count("broken").await, 0);
    let again = store.begin().await.unwrap();
    assert_eq!(claim(&again, "key", "b", NOW).await, Claim::Claimed);
}

fn keys(sqlite: &Sqlite) -> Vec<String> {
    let connection = sqlite.connect();
    let mut select = connection.prepare("SELECT key FROM hookseal_claims ORDER BY key").unwrap();
    select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[tokio::test]
async fn a_sweep_clears_away_what_has_expired_and_nothing_else() {
    let sqlite = Sqlite::new();
    let store = <Sqlite as Place>::store(&sqlite, "sweep").await;
    claim(&store, "expired", "a", 0).await;
    claim(&store, "live", "a", 1).await;
    store.sweep(1000).await.unwrap();
    assert_eq!(keys(&sqlite), ["sweep:live"]);
}

#[tokio::test]
async fn completing_sweeps_now_and_then() {
    let sqlite = Sqlite::new();
    let lease = <Sqlite as Place>::store(&sqlite, "lease").await;
    let session = Arc::new(<Sqlite as Effects>::store(&sqlite, "tx").await).begin().await.unwrap();
    let [sweeping, other] =
        [true, false].map(|sweep| (0..).map(|n| format!("{n}")).find(|t| sweeps(t) == sweep).unwrap());
    claim(&lease, "expired", "a", 0).await;
    claim(&lease, "one", &other, NOW).await;
    complete(&lease, "one", &other, NOW).await;
    assert_eq!(keys(&sqlite), ["lease:expired", "lease:one"]);
    claim(&lease, "two", &sweeping, NOW).await;
    complete(&lease, "two", &sweeping, NOW).await;
    assert_eq!(keys(&sqlite), ["lease:one", "lease:two"]);

    claim(&session, "key", &sweeping, NOW + 86_400_000).await;
    complete(&session, "key", &sweeping, NOW + 86_400_000).await;
    assert_eq!(keys(&sqlite), ["tx:key"]);
}

#[tokio::test]
async fn the_table_is_the_one_that_migrations_are_shown() {
    let connection = Connection::open_in_memory().unwrap();
    schema().iter().for_each(|statement| connection.execute_batch(statement).unwrap());
    let store = SqliteStore::new(connection, "a").unwrap();
    assert_eq!(claim(&store, "key", "a", NOW).await, Claim::Claimed);
    store.setup().await.unwrap();
    assert_eq!(claim(&store, "key", "b", NOW).await, Claim::InProgress { until: NOW + 1000 });
}

#[test]
fn workers_that_start_together_all_open_the_file() {
    for _ in 0..40 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claims.db");
        let open = || SqliteStore::open(&path, "own").map(drop).map_err(|error| error.to_string());
        let opened: Vec<_> = thread::scope(|scope| {
            let openers: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            openers.into_iter().map(|opener| opener.join().unwrap()).collect()
        });
        assert_eq!(opened, vec![Ok(()); 8]);
    }
}

#[tokio::test]
async fn without_a_table_a_store_fails() {
    let memory = || Connection::open_in_memory().unwrap();
    assert!(SqliteStore::new(memory(), "a").unwrap().claim("key", "a", ms(1), NOW).await.is_err());
    let session = Arc::new(SqliteTransactions::new(memory(), "a").unwrap()).begin().await.unwrap();
    assert!(session.claim("key", "a", ms(1), NOW).await.is_err());
    assert_eq!(complete(&session, "key", "a", NOW).await, Ending::Lost);
}
