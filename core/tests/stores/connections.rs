//! The connections that come with the crate.

use crate::engines::Postgres;
use crate::support::{at_once, ms};
use hookseal::stores::{Connect, Connection, Connections};
use tokio::time::timeout;

async fn pid(connection: &Connection) -> i32 {
    connection.query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_of_them_than_allowed_are_opened() {
    let Some(postgres) = Postgres::new().await else { return };
    for (most, allowed) in [(0, 1), (1, 1), (3, 3)] {
        let connections = Connections::new(postgres.config.clone(), most);
        let pids = at_once(64, |_| {
            let connections = connections.clone();
            async move { pid(&connections.connect().await.unwrap()).await }
        });
        let mut pids = pids.await;
        pids.sort_unstable();
        pids.dedup();
        assert!((1..=allowed).contains(&pids.len()), "{pids:?}");
    }
}

#[tokio::test]
async fn nobody_shares_one_and_everybody_gets_one_again() {
    let Some(postgres) = Postgres::new().await else { return };
    let connections = Connections::new(postgres.config.clone(), 2);
    let first = connections.connect().await.unwrap();
    let second = connections.connect().await.unwrap();
    let (one, other) = (pid(&first).await, pid(&second).await);
    assert_ne!(one, other);
    assert!(timeout(ms(50), connections.connect()).await.is_err());
    drop(first);
    assert_eq!(pid(&connections.connect().await.unwrap()).await, one);
}

#[tokio::test]
async fn one_that_cannot_be_opened_takes_nobodys_place() {
    let nowhere = Connections::new("host=127.0.0.1 port=1 user=a".parse().unwrap(), 1);
    for _ in 0..3 {
        assert!(nowhere.connect().await.is_err());
    }
}

#[test]
fn no_password_is_shown() {
    let connections = Connections::new("host=localhost password=hunter2".parse().unwrap(), 1);
    assert!(!format!("{connections:?}").contains("hunter2"));
}
