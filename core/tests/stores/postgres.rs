//! PostgreSQL's own: locks, transactions that are broken, connections that are lost.

use crate::engines::{Effects, Place, Postgres};
use crate::support::{NOW, at_once, claim, complete, fails_to_complete, fresh, fresh_key, ms};
use hookseal::host::sweeps;
use hookseal::stores::{Connect, Connections, PostgresStore, PostgresTransactions};
use hookseal::tower::{Begin, Session, Store};
use hookseal::{Claim, Code, Ending};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::timeout;

async fn transactions(postgres: &Postgres) -> Arc<PostgresTransactions<Connections>> {
    Arc::new(<Postgres as Effects>::store(postgres, "own").await)
}

#[tokio::test]
async fn a_transaction_that_a_handler_broke_and_hid_is_undone() {
    let Some(postgres) = Postgres::new().await else { return };
    let (store, key) = (transactions(&postgres).await, fresh_key());
    let session = Arc::clone(&store).begin().await.unwrap();
    assert_eq!(claim(&session, &key, "a", NOW).await, Claim::Claimed);
    assert!(session.tx().batch_execute("no SQL at all").await.is_err());
    assert!(fails_to_complete(&session, &key, "a", NOW).await);
    let again = store.begin().await.unwrap();
    assert_eq!(claim(&again, &key, "b", NOW).await, Claim::Claimed);
}

#[tokio::test]
async fn what_cannot_be_committed_is_undone() {
    let Some(postgres) = Postgres::new().await else { return };
    let (store, key) = (transactions(&postgres).await, fresh_key());
    let session = Arc::clone(&store).begin().await.unwrap();
    assert_eq!(claim(&session, &key, "a", NOW).await, Claim::Claimed);
    let deferred = "CREATE TEMP TABLE t (a int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO t VALUES (1), (1)";
    session.tx().batch_execute(deferred).await.unwrap();
    assert!(fails_to_complete(&session, &key, "a", NOW).await);
    let again = store.begin().await.unwrap();
    assert_eq!(claim(&again, &key, "b", NOW).await, Claim::Claimed);
}

#[tokio::test]
async fn setting_up_again_and_sweeping_are_in_nobodys_way() {
    let Some(postgres) = Postgres::new().await else { return };
    let (store, expired) = (transactions(&postgres).await, fresh_key());
    let lease = PostgresStore::new(postgres.connections.clone(), "own").unwrap();
    assert_eq!(claim(&lease, &expired, "a", NOW).await, Claim::Claimed);
    let session = Arc::clone(&store).begin().await.unwrap();
    let minute = Duration::from_secs(60);
    assert_eq!(session.claim(&expired, "b", minute, NOW + 1000).await.unwrap(), Claim::Claimed);
    let others = async {
        store.setup().await.unwrap();
        lease.sweep(NOW + 1000).await.unwrap();
        let other = Arc::clone(&store).begin().await.unwrap();
        claim(&other, &fresh_key(), "c", NOW).await
    };
    assert_eq!(timeout(Duration::from_secs(10), others).await.unwrap(), Claim::Claimed);
    assert_eq!(complete(&session, &expired, "b", NOW + 1000).await, Ending::Done);
}

#[tokio::test]
async fn whoever_waits_too_long_for_anothers_transaction_is_to_come_again() {
    let Some(postgres) = Postgres::new().await else { return };
    let (first, key) = (transactions(&postgres).await.begin().await.unwrap(), fresh_key());
    assert_eq!(claim(&first, &key, "a", NOW).await, Claim::Claimed);
    for timeout in [ms(1), ms(100)] {
        let store = PostgresTransactions::new(postgres.connections.clone(), "own").unwrap().lock_timeout(timeout);
        let second = Arc::new(store.unwrap()).begin().await.unwrap();
        assert_eq!(claim(&second, &key, "b", NOW).await, Claim::InProgress { until: NOW + 1000 });
        // It is in no transaction any more.
        assert!(second.tx().batch_execute("SAVEPOINT a").await.is_err());
    }
    assert_eq!(complete(&first, &key, "a", NOW).await, Ending::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_be_serialised_is_to_come_again() {
    let Some(mut postgres) = Postgres::new().await else { return };
    postgres.config.options("-c default_transaction_isolation=serializable");
    postgres.connections = Connections::new(postgres.config.clone(), 4);
    let (store, key) = (transactions(&postgres).await, fresh_key());
    let [first, second] = [Arc::clone(&store).begin().await.unwrap(), store.begin().await.unwrap()];
    assert_eq!(claim(&first, &key, "a", NOW).await, Claim::Claimed);
    let waiting = {
        let key = key.clone();
        tokio::spawn(async move { claim(&second, &key, "b", NOW).await })
    };
    // Once it waits for the first one's row.
    let connection = postgres.connections.connect().await.unwrap();
    let waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()";
    let start = Instant::now();
    while connection.query(waits, &[]).await.unwrap().is_empty() {
        assert!(start.elapsed() < Duration::from_secs(4));
    }
    assert_eq!(complete(&first, &key, "a", NOW).await, Ending::Done);
    assert_eq!(waiting.await.unwrap(), Claim::InProgress { until: NOW + 1000 });
}

/// PostgreSQL makes some of these fail, IF NOT EXISTS or not.
#[tokio::test(flavor = "multi_thread")]
async fn many_may_set_up_at_the_same_time() {
    let Some(mut postgres) = Postgres::new().await else { return };
    let connection = postgres.connections.connect().await.unwrap();
    for _ in 0..5 {
        let schema = format!("rust{}", fresh().replace('-', "_"));
        connection.batch_execute(&format!("CREATE SCHEMA {schema}")).await.unwrap();
        let connections = Connections::new(postgres.config.options(format!("-c search_path={schema}")).clone(), 16);
        let store = Arc::new(PostgresStore::new(connections, "setup").unwrap());
        let made = at_once(16, |_| {
            let store = Arc::clone(&store);
            async move { store.setup().await }
        });
        made.await.into_iter().for_each(Result::unwrap);
        assert_eq!(claim(&*store, "key", "a", NOW).await, Claim::Claimed);
        connection.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).await.unwrap();
    }
}

#[tokio::test]
async fn a_sweep_clears_away_what_has_expired_and_nothing_else() {
    let Some(postgres) = Postgres::new().await else { return };
    let name = format!("sweep-{}", fresh());
    let lease = <Postgres as Place>::store(&postgres, &name).await;
    let transactions = Arc::new(<Postgres as Effects>::store(&postgres, &name).await);
    let sweeping = (0..).map(|n| format!("{n}")).find(|token| sweeps(token)).unwrap();
    for by in 0..3 {
        claim(&lease, "expired", "a", 0).await;
        claim(&lease, "live", "a", NOW).await;
        match by {
            0 => lease.sweep(1000).await.unwrap(),
            1 => drop((claim(&lease, "1", &sweeping, 1000).await, complete(&lease, "1", &sweeping, 1000).await)),
            _ => {
                let session = Arc::clone(&transactions).begin().await.unwrap();
                claim(&session, "2", &sweeping, 1000).await;
                complete(&session, "2", &sweeping, 1000).await;
            }
        }
        let left = "SELECT key FROM hookseal_claims WHERE key = ANY($1)";
        let keys = ["expired", "live"].map(|key| format!("{name}:{key}"));
        let left = postgres.connections.connect().await.unwrap().query(left, &[&&keys[..]]).await.unwrap();
        assert_eq!(left.iter().map(|row| row.get(0)).collect::<Vec<String>>(), [keys[1].clone()]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_leaves_what_is_being_claimed_anew_and_waits_for_nobody() {
    let Some(mut postgres) = Postgres::new().await else { return };
    // Of its own, so that no other test's sweep is in between.
    let schema = format!("rust{}", fresh().replace('-', "_"));
    let connection = postgres.connections.connect().await.unwrap();
    connection.batch_execute(&format!("CREATE SCHEMA {schema}")).await.unwrap();
    postgres.config.options(format!("-c search_path={schema}"));
    postgres.connections = Connections::new(postgres.config.clone(), 4);
    let lease = <Postgres as Place>::store(&postgres, "sweep").await;
    claim(&lease, "expired", "a", 0).await;

    let anew = Arc::new(<Postgres as Effects>::store(&postgres, "sweep").await).begin().await.unwrap();
    assert_eq!(claim(&anew, "expired", "b", NOW).await, Claim::Claimed);
    timeout(Duration::from_secs(10), lease.sweep(5000)).await.unwrap().unwrap();
    assert_eq!(complete(&anew, "expired", "b", NOW).await, Ending::Done);
    assert_eq!(claim(&lease, "expired", "c", NOW).await, Claim::Completed);
    connection.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).await.unwrap();
}

#[tokio::test]
async fn a_handler_that_never_ends_keeps_nothing() {
    let Some(postgres) = Postgres::new().await else { return };
    let (store, key) = (transactions(&postgres).await, fresh_key());
    let stuck = Arc::clone(&store).begin().await.unwrap();
    assert_eq!(stuck.claim(&key, "a", ms(50), NOW).await.unwrap(), Claim::Claimed);
    // Waits until PostgreSQL has ended the first one.
    let next = store.begin().await.unwrap();
    assert_eq!(claim(&next, &key, "b", NOW).await, Claim::Claimed);
    assert_eq!(complete(&next, &key, "b", NOW).await, Ending::Done);
    assert!(fails_to_complete(&stuck, &key, "a", NOW).await);
}

#[tokio::test]
async fn a_store_without_a_database_fails() {
    let nowhere = Connections::new("host=127.0.0.1 port=1 user=a".parse().unwrap(), 1);
    // For PostgreSQL, 0 would be no limit at all.
    for timeout in [Duration::ZERO, Duration::from_secs(24 * 3600 + 1)] {
        let store = PostgresTransactions::new(nowhere.clone(), "a").unwrap().lock_timeout(timeout);
        assert_eq!(store.unwrap_err().code(), Code::InvalidOption);
    }
    let store = PostgresStore::new(nowhere.clone(), "a").unwrap();
    assert!(store.claim("key", "a", ms(1), NOW).await.is_err());
    assert!(Arc::new(PostgresTransactions::new(nowhere, "a").unwrap()).begin().await.is_err());
}
