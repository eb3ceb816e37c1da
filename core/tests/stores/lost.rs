//! Connections to PostgreSQL that are lost: what was not committed is undone, and nobody else gets them.

use crate::engines::{Deadpool, Postgres, write};
use crate::support::{NOW, claim, complete, fails_to_complete, fresh, ms, release};
use hookseal::stores::{Connect, Connections, PostgresStore, PostgresTransactions};
use hookseal::tower::{Begin, Session, Store};
use hookseal::{Claim, Ending};
use std::sync::Arc;
use tokio_postgres::Client;

async fn pid(client: &Client) -> i32 {
    client.query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0)
}

/// As an administrator may do it. The client hears of it later.
async fn end(postgres: &Postgres, pid: i32) {
    let other = postgres.connections.connect().await.unwrap();
    other.execute("SELECT pg_terminate_backend($1)", &[&pid]).await.unwrap();
}

async fn in_a_transaction(postgres: &Postgres, pool: impl Connect + Clone) {
    let store = Arc::new(PostgresTransactions::new(pool.clone(), "lost").unwrap());
    store.setup().await.unwrap();
    let id = fresh();
    for n in 0..60 {
        let session = Arc::clone(&store).begin().await.unwrap();
        assert_eq!(claim(&session, &id, "a", NOW).await, Claim::Claimed);
        write(&session.tx(), id.clone()).await.unwrap();
        let lost = pid(&session.tx()).await;
        end(postgres, lost).await;
        if n % 2 == 0 {
            assert!(fails_to_complete(&session, &id, "a", NOW).await);
        } else {
            assert_eq!(release(&session, &id, "a").await, Ending::Done);
        }
        drop(session);
        assert_ne!(pid(&pool.connect().await.unwrap()).await, lost);
        assert_eq!(postgres.count(&id).await, 0);
    }
    let session = store.begin().await.unwrap();
    assert_eq!(claim(&session, &id, "a", NOW).await, Claim::Claimed);
    assert_eq!(complete(&session, &id, "a", NOW).await, Ending::Done);
}

async fn with_a_lease(postgres: &Postgres, pool: impl Connect + Clone) {
    let store = PostgresStore::new(pool.clone(), "lost").unwrap();
    store.setup().await.unwrap();
    let id = fresh();
    for n in 0..60 {
        let lost = pid(&pool.connect().await.unwrap()).await;
        end(postgres, lost).await;
        // It may fail once, until that is known.
        if store.claim(&id, "a", ms(1000), NOW + n * 1000).await.is_err() {
            assert_eq!(claim(&store, &id, "a", NOW + n * 1000).await, Claim::Claimed);
        }
    }
}

#[tokio::test]
async fn our_connections() {
    let Some(postgres) = Postgres::new().await else { return };
    in_a_transaction(&postgres, Connections::new(postgres.config.clone(), 1)).await;
    with_a_lease(&postgres, Connections::new(postgres.config.clone(), 1)).await;
}

#[tokio::test]
async fn a_pools_connections() {
    let Some(postgres) = Postgres::new().await else { return };
    in_a_transaction(&postgres, Deadpool::new(&postgres, 1)).await;
    with_a_lease(&postgres, Deadpool::new(&postgres, 1)).await;
}
