//! A sender whose bodies do as told, and the answers that it gets.

use bytes::Bytes;
use hookseal::tower::{Begin, BoxError, Receiver, Record, Store, receiver};
use hookseal::{Claim, Ending, MemoryStore, Provider, Webhook};
use http::{Request, Response};
use http_body::{Body, Frame};
use http_body_util::{BodyExt, Full};
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

pub(crate) const EVENT: &str = r#"{"type":"protocol.started","id":"evt_1"}"#;

pub(crate) fn webhook() -> Webhook {
    Webhook::new(Provider::Loop, "a secret").unwrap()
}

/// A receiver whose handler has nothing to do.
pub(crate) fn idle<S: Begin>(store: S) -> Receiver<S> {
    receiver(webhook(), store, |_, _| async { Ok::<_, BoxError>(()) })
}

/// A body of these frames, and what comes after them.
pub(crate) struct Frames {
    frames: VecDeque<Frame<Bytes>>,
    end: End,
    polled: Arc<AtomicUsize>,
}

#[derive(Clone, Copy)]
pub(crate) enum End {
    Whole,
    HungUp,
    Stalled,
}

impl Frames {
    pub(crate) fn new<const N: usize>(frames: [impl Into<Bytes>; N], end: End) -> Self {
        Self::of(frames.into_iter().map(|frame| Frame::data(frame.into())), end)
    }

    pub(crate) fn of(frames: impl IntoIterator<Item = Frame<Bytes>>, end: End) -> Self {
        Self { frames: frames.into_iter().collect(), end, polled: Arc::default() }
    }

    /// How often it was asked for a frame. Shared with it, for as long as it lives.
    pub(crate) fn polled(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.polled)
    }
}

impl Body for Frames {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.polled.fetch_add(1, Ordering::SeqCst);
        match (self.frames.pop_front(), self.end) {
            (Some(frame), _) => Poll::Ready(Some(Ok(frame))),
            (None, End::Whole) => Poll::Ready(None),
            (None, End::HungUp) => Poll::Ready(Some(Err(io::Error::other("hung up")))),
            (None, End::Stalled) => Poll::Pending,
        }
    }
}

/// A signed delivery of a payload, in whatever body.
pub(crate) fn signed<B>(payload: &str, body: B) -> Request<B> {
    let webhook = webhook();
    let signature = webhook.sign(payload.as_bytes()).unwrap();
    Request::post("/").header(webhook.signature_header(), signature).body(body).unwrap()
}

pub(crate) fn delivery(payload: &str) -> Request<Full<Bytes>> {
    signed(payload, Full::from(payload.to_owned()))
}

/// Delivers, and gives the reply in one line.
pub(crate) async fn send<S, B>(receiver: &Receiver<S>, request: Request<B>) -> String
where
    S: Begin,
    B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
{
    line(receiver.clone().call(request).await.unwrap()).await
}

pub(crate) async fn line(response: Response<Full<Bytes>>) -> String {
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    format!("{status} {}", String::from_utf8_lossy(&body))
}

/// What an observer was told: outcome and error.
#[derive(Clone, Default)]
pub(crate) struct Records(Arc<Mutex<Vec<String>>>);

impl Records {
    pub(crate) fn of<S: Begin>(receiver: Receiver<S>) -> (Self, Receiver<S>) {
        let records = Self::default();
        let told = records.clone();
        (records, receiver.observe(move |record| told.add(record)))
    }

    pub(crate) fn add(&self, record: &Record<'_>) {
        let error = record.error.map(|error| format!(": {error}")).unwrap_or_default();
        self.0.lock().unwrap().push(format!("{}{error}", record.outcome));
    }

    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// All, once there are so many: what goes on in the background is waited for.
    pub(crate) async fn once(&self, count: usize) -> Vec<String> {
        while self.0.lock().unwrap().len() < count {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.all()
    }
}

/// A memory store, of which one operation hangs for a minute.
pub(crate) struct Hanging {
    pub(crate) memory: MemoryStore,
    pub(crate) operation: &'static str,
}

impl Hanging {
    pub(crate) fn new(operation: &'static str) -> Self {
        Self { memory: MemoryStore::default(), operation }
    }

    async fn hang(&self, operation: &str) {
        if self.operation == operation {
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
    }
}

impl Store for Hanging {
    async fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Result<Claim, BoxError> {
        self.hang("claim").await;
        Store::claim(&self.memory, key, token, lease, now).await
    }

    async fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Result<Ending, BoxError> {
        self.hang("complete").await;
        Store::complete(&self.memory, key, token, retention, now).await
    }

    async fn release(&self, key: &str, token: &str) -> Result<Ending, BoxError> {
        self.hang("release").await;
        Store::release(&self.memory, key, token).await
    }
}
