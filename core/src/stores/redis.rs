//! Claims with a lease, in Redis: one script a call, one key a call.

use super::until;
use crate::host::{Name, claimed};
use crate::redis::{CLAIM, COMPLETE, INFO, RELEASE, warnings};
use crate::tower::{BoxError, Store};
use crate::{Claim, Ending, WebhookError};
use ::redis::aio::ConnectionLike;
use ::redis::{Cmd, cmd};
use std::fmt;
use std::time::Duration;

/// Claims with a lease, in Redis or a cluster of it, by any connection that can be cloned: a `MultiplexedConnection`, a
/// `ConnectionManager`, which connects again by itself, or a `ClusterConnection`.
///
/// What has expired Redis clears away by itself.
///
/// # Examples
///
/// ```no_run
/// use hookseal::{Provider, Webhook, stores::RedisStore, tower::{BoxError, receiver}};
///
/// # async fn run() -> Result<(), BoxError> {
/// let client = redis::Client::open("redis://127.0.0.1:6379")?;
/// let store = RedisStore::new(client.get_connection_manager().await?, "reports")?;
/// for warning in store.warnings().await? {
///     eprintln!("{warning}");
/// }
/// let webhook = Webhook::new(Provider::Loop, "a secret")?;
/// let receiver = receiver(webhook, store, |_, _| async { Ok::<_, BoxError>(()) });
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisStore<C> {
    connection: C,
    name: Name,
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> RedisStore<C> {
    /// A store for the receiver of this name: 1 to 64 letters, digits, `.`, `-` and `_`. Clones of the connection must share
    /// it, or at least must not block each other.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidOption`] for another name.
    pub fn new(connection: C, name: &str) -> Result<Self, WebhookError> {
        Ok(Self { connection, name: Name::new(name)? })
    }

    /// Says how this Redis, or one of its cluster, is set up to evict or forget keys: log it when the program starts. Nothing
    /// where it is set up well.
    ///
    /// # Errors
    ///
    /// Redis's own, also where it does not let a script ask `INFO`. Deliveries do not depend on that.
    pub async fn warnings(&self) -> Result<Vec<&'static str>, BoxError> {
        let info: String = self.run(&self.eval(INFO, "warnings")).await?;
        Ok(warnings(&info))
    }

    fn eval(&self, script: &str, key: &str) -> Cmd {
        let mut eval = cmd("EVAL");
        eval.arg(script).arg(1).arg(self.name.key(key));
        eval
    }

    async fn run<T: ::redis::FromRedisValue>(&self, eval: &Cmd) -> Result<T, BoxError> {
        Ok(eval.query_async(&mut self.connection.clone()).await?)
    }
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> Store for RedisStore<C> {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        let mut eval = self.eval(CLAIM, key);
        eval.arg(token).arg(until(now, lease)).arg(now);
        let (by, state, until): (String, String, u64) = self.run(&eval).await?;
        Ok(claimed(token, &by, &state, until))
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        let mut eval = self.eval(COMPLETE, key);
        eval.arg(token).arg(until(now, retention)).arg(now);
        Ok(ending(self.run(&eval).await?))
    }

    async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
        let mut eval = self.eval(RELEASE, key);
        eval.arg(token);
        Ok(ending(self.run(&eval).await?))
    }
}

fn ending(ended: u8) -> Ending {
    if ended == 1 { Ending::Done } else { Ending::Lost }
}

/// Without the connection, which may know a password.
impl<C> fmt::Debug for RedisStore<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").field("name", &self.name).finish_non_exhaustive()
    }
}
