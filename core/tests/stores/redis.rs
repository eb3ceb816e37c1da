//! Redis' own: what it is asked, what it warns of, and a cluster's slots.

use crate::engines::{Cluster, Place, Redis};
use crate::support::{NOW, claim, complete, fresh, ms, release};
use hookseal::stores::{PostgresStore, RedisStore, SqliteStore, SqliteTransactions};
use hookseal::tower::Store;
use hookseal::{Claim, Ending};
use redis::aio::ConnectionLike;
use redis::{Cmd, ErrorKind, Pipeline, RedisFuture, Value, cmd};
use std::sync::{Arc, Mutex};

/// Answers everything alike, and remembers what it was asked.
#[derive(Clone)]
struct Fake {
    answer: Option<Value>,
    asked: Arc<Mutex<Vec<Vec<String>>>>,
}

impl Fake {
    fn new(answer: Option<Value>) -> Self {
        Self { answer, asked: Arc::default() }
    }
}

impl ConnectionLike for Fake {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, Value> {
        let arguments = cmd.args_iter().filter_map(|argument| match argument {
            redis::Arg::Simple(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            _ => None,
        });
        self.asked.lock().unwrap().push(arguments.collect());
        let answer = self.answer.clone().ok_or_else(|| (ErrorKind::Io, "down").into());
        Box::pin(async { answer })
    }

    fn req_packed_commands<'a>(&'a mut self, _: &'a Pipeline, _: usize, _: usize) -> RedisFuture<'a, Vec<Value>> {
        unreachable!("one command a call")
    }

    fn get_db(&self) -> i64 {
        0
    }
}

#[tokio::test]
async fn one_script_a_call_and_one_key_a_call() {
    let fake = Fake::new(Some(Value::Int(1)));
    let store = RedisStore::new(fake.clone(), "reports").unwrap();
    assert_eq!(complete(&store, "key", "a", NOW).await, Ending::Done);
    assert_eq!(release(&store, "key", "a").await, Ending::Done);
    let asked = fake.asked.lock().unwrap();
    let (until, now) = ((NOW + 5000).to_string(), NOW.to_string());
    assert_eq!(asked[0], ["EVAL", hookseal::redis::COMPLETE, "1", "reports:key", "a", &until, &now]);
    assert_eq!(asked[1], ["EVAL", hookseal::redis::RELEASE, "1", "reports:key", "a"]);
}

#[tokio::test]
async fn a_redis_that_is_down_or_talks_nonsense_fails() {
    for answer in [None, Some(Value::Nil), Some(Value::Array(vec![Value::Nil; 3]))] {
        let store = RedisStore::new(Fake::new(answer), "reports").unwrap();
        assert!(store.claim("key", "a", ms(1000), NOW).await.is_err());
        assert!(store.complete("key", "a", ms(1000), NOW).await.is_err());
        assert!(store.release("key", "a").await.is_err());
        assert!(store.warnings().await.is_err());
    }
}

#[tokio::test]
async fn it_warns_where_redis_may_evict_or_forget() {
    let info = "# Memory\r\nmaxmemory_policy:allkeys-lru\r\n# Persistence\r\naof_enabled:0\r\n";
    let store = RedisStore::new(Fake::new(Some(Value::BulkString(info.into()))), "reports").unwrap();
    let [evicts, forgets] = store.warnings().await.unwrap().try_into().unwrap();
    assert!(evicts.starts_with("redis may evict keys"));
    assert!(forgets.starts_with("redis forgets what it has not saved"));
    assert!(!format!("{store:?}").contains("answer"));

    if let Some(redis) = Redis::open().await {
        assert!(redis.store("reports").await.warnings().await.unwrap().is_empty());
    }
    if let Some(cluster) = Cluster::open().await {
        assert!(cluster.store("reports").await.warnings().await.unwrap().is_empty());
    }
}

/// A third of them each master has.
#[tokio::test]
async fn keys_in_all_slots_of_a_cluster_work() {
    let Some(cluster) = Cluster::open().await else { return };
    let (store, run) = (cluster.store("slots").await, fresh());
    let mut thirds = [0; 3];
    for n in 0..300 {
        let key = format!("{run}-{n}");
        let slot: usize = cmd("CLUSTER")
            .arg("KEYSLOT")
            .arg(format!("slots:{key}"))
            .query_async(&mut cluster.0.clone())
            .await
            .unwrap();
        thirds[slot * 3 / 16384] += 1;
        assert_eq!(claim(&store, &key, "a", NOW).await, Claim::Claimed);
        assert_eq!(claim(&store, &key, "b", NOW).await, Claim::InProgress { until: NOW + 1000 });
        assert_eq!(complete(&store, &key, "a", NOW).await, Ending::Done);
        assert_eq!(claim(&store, &key, "b", NOW).await, Claim::Completed);
    }
    assert!(thirds.iter().all(|&keys| keys > 50), "{thirds:?}");
}

#[test]
fn a_name_must_be_one() {
    for name in ["", "a:b", "é", &"x".repeat(65)] {
        assert!(RedisStore::new(Fake::new(None), name).is_err());
        assert!(SqliteStore::open(":memory:", name).is_err());
        assert!(SqliteTransactions::open(":memory:", name).is_err());
        let nowhere = hookseal::stores::Connections::new(tokio_postgres::Config::new(), 1);
        assert!(PostgresStore::new(nowhere, name).is_err());
    }
}
