//! Keys that no other test has, calls that must succeed, and deliveries.

use bytes::Bytes;
use hookseal::tower::{Begin, Receiver, Store};
use hookseal::{Claim, Ending, Provider, Webhook};
use http::Request;
use http_body_util::{BodyExt, Full};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use tower_service::Service;

pub(crate) const NOW: u64 = 1_800_000_000_000;

/// Some text that no other test has, now or in another run.
pub(crate) fn fresh() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let ns = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
    format!("{ns}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// A key as odd as keys can be.
pub(crate) fn fresh_key() -> String {
    format!(r#"loop:id:it's "a" %s $1 ?1 :key {{0}} \ ~ {}"#, fresh())
}

pub(crate) fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

pub(crate) async fn claim(store: &impl Store, key: &str, token: &str, now: u64) -> Claim {
    store.claim(key, token, ms(1000), now).await.unwrap()
}

pub(crate) async fn complete(store: &impl Store, key: &str, token: &str, now: u64) -> Ending {
    store.complete(key, token, ms(5000), now).await.unwrap()
}

pub(crate) async fn fails_to_complete(store: &impl Store, key: &str, token: &str, now: u64) -> bool {
    store.complete(key, token, ms(5000), now).await.is_err()
}

pub(crate) async fn release(store: &impl Store, key: &str, token: &str) -> Ending {
    store.release(key, token).await.unwrap()
}

/// So many at once; their results in order.
pub(crate) async fn at_once<T: Send + 'static, F>(count: usize, run: impl Fn(usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<_> = (0..count).map(|n| tokio::spawn(run(n))).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

pub(crate) fn webhook() -> Webhook {
    Webhook::new(Provider::Loop, "a secret").unwrap()
}

/// Delivers the event of this id, and gives the reply in one line.
pub(crate) async fn deliver<S: Begin>(mut receiver: Receiver<S>, id: String) -> String {
    let (webhook, payload) = (webhook(), format!(r#"{{"type":"protocol.started","id":"{id}"}}"#));
    let signature = webhook.sign(payload.as_bytes()).unwrap();
    let request = Request::post("/").header(webhook.signature_header(), signature);
    let response = receiver.call(request.body(Full::<Bytes>::from(payload)).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    format!("{status} {}", String::from_utf8_lossy(&body))
}

/// Which replies, and how often each.
pub(crate) fn counted(mut replies: Vec<String>) -> Vec<String> {
    replies.sort();
    replies.chunk_by(String::eq).filter_map(|same| Some(format!("{} x {}", same.len(), same.first()?))).collect()
}
