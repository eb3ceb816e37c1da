//! Redis, alone and as a cluster.

use super::{Place, url};
use hookseal::stores::RedisStore;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::cluster::ClusterClient;
use redis::cluster_async::ClusterConnection;
use std::time::Duration;

/// Two cores may be shared by many tests.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Redis(ConnectionManager);

impl Place for Redis {
    type Store = RedisStore<ConnectionManager>;

    async fn open() -> Option<Self> {
        let client = redis::Client::open(url("HOOKSEAL_REDIS")?).unwrap();
        let config = ConnectionManagerConfig::new().set_response_timeout(Some(PATIENCE));
        Some(Self(client.get_connection_manager_with_config(config).await.unwrap()))
    }

    async fn store(&self, name: &str) -> RedisStore<ConnectionManager> {
        RedisStore::new(self.0.clone(), name).unwrap()
    }
}

pub(crate) struct Cluster(pub(crate) ClusterConnection);

impl Place for Cluster {
    type Store = RedisStore<ClusterConnection>;

    async fn open() -> Option<Self> {
        let urls = url("HOOKSEAL_REDIS_CLUSTER")?;
        let client = ClusterClient::builder(urls.split(',')).response_timeout(PATIENCE).build().unwrap();
        Some(Self(client.get_async_connection().await.unwrap()))
    }

    async fn store(&self, name: &str) -> RedisStore<ClusterConnection> {
        RedisStore::new(self.0.clone(), name).unwrap()
    }
}
