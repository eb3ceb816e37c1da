//! A receiver, and what may be set of it.

use super::BoxError;
use super::record::{Observe, Record};
use super::store::{Begin, Session};
use crate::{Event, Options, Webhook, WebhookError};
use bytes::Bytes;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

/// An endpoint for one provider's deliveries, made by [`receiver`]: a `tower_service::Service` over `http::Request`s of any
/// body. Cheap to clone.
pub struct Receiver<S: Begin> {
    pub(super) webhook: Arc<Webhook>,
    pub(super) store: Arc<S>,
    pub(super) handler: Arc<Handler<TxOf<S>>>,
    pub(super) options: Options,
    pub(super) on_invalid: Option<Arc<OnInvalid>>,
    pub(super) observe: Option<Arc<Observe>>,
    pub(super) key: Option<Arc<FindKey>>,
}

/// What a handler gets beside the event.
#[non_exhaustive]
pub struct Context<Tx = ()> {
    /// The store's transaction, for what must take effect with the claim or not at all; `()` where the store has none.
    pub tx: Tx,
}

pub(super) type TxOf<S> = <<S as Begin>::Session as Session>::Tx;
type Failing = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send>>;
type Handler<Tx> = dyn Fn(Event, Context<Tx>) -> Failing + Send + Sync;
type OnInvalid = dyn Fn(WebhookError, Bytes) -> Failing + Send + Sync;
type FindKey = dyn Fn(&Event) -> String + Send + Sync;

/// A receiver that lets `handler` have each event once, as far as `store` reaches: a [`MemoryStore`](crate::MemoryStore)
/// protects one process only.
///
/// An error or a panic of the handler is a failure, after which the sender tries again. A sender that hangs up does not cancel
/// it.
///
/// # Examples
///
/// ```
/// use hookseal::tower::{Context, receiver};
/// use hookseal::{Event, MemoryStore, Provider, Webhook};
/// use tower_service::Service;
///
/// async fn handle(event: Event, _: Context) -> Result<(), std::io::Error> {
///     println!("received {}", event.event_type());
///     Ok(())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let webhook = Webhook::new(Provider::Loop, "a secret")?;
/// let signature = webhook.sign(br#"{"type":"protocol.started"}"#)?;
/// let mut receiver = receiver(webhook, MemoryStore::default(), handle);
///
/// let delivery = http::Request::post("/webhooks/loop")
///     .header("X-Loop-Signature", signature)
///     .body(axum::body::Body::from(r#"{"type":"protocol.started"}"#))?;
/// assert_eq!(receiver.call(delivery).await?.status(), 200);
/// # Ok(())
/// # }
/// ```
pub fn receiver<S, H, F, E>(webhook: Webhook, store: S, handler: H) -> Receiver<S>
where
    S: Begin,
    H: Fn(Event, Context<TxOf<S>>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<BoxError>,
{
    Receiver {
        webhook: Arc::new(webhook),
        store: Arc::new(store),
        handler: Arc::new(move |event, context| boxed(handler(event, context))),
        options: Options::default(),
        on_invalid: None,
        observe: None,
        key: None,
    }
}

impl<S: Begin> Receiver<S> {
    /// Sets limits and times.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidOption`] for what [`Options::check`] refuses.
    ///
    /// # Examples
    ///
    /// ```
    /// use hookseal::{MemoryStore, Options, Provider, Webhook, tower::{BoxError, receiver}};
    /// use std::time::Duration;
    ///
    /// let webhook = Webhook::new(Provider::GlycanAge, "a secret of 32 characters or more")?;
    /// let mut options = Options::default();
    /// options.deadline = Duration::from_secs(5);
    /// let receiver = receiver(webhook, MemoryStore::default(), |_, _| async { Ok::<_, BoxError>(()) }).options(options)?;
    /// # Ok::<(), hookseal::WebhookError>(())
    /// ```
    pub fn options(mut self, options: Options) -> Result<Self, WebhookError> {
        options.check(self.webhook.provider())?;
        self.options = options;
        Ok(self)
    }

    /// Takes what is authentic but not understood: the error says why, the bytes are the payload. Once it has returned well,
    /// the sender hears 200 and does not try again; without it, 422.
    ///
    /// # Examples
    ///
    /// ```
    /// use hookseal::{MemoryStore, Provider, Webhook, tower::{BoxError, receiver}};
    ///
    /// let webhook = Webhook::new(Provider::Loop, "a secret")?;
    /// let receiver = receiver(webhook, MemoryStore::default(), |_, _| async { Ok::<_, BoxError>(()) })
    ///     .on_invalid(|error, payload| async move {
    ///         std::fs::write("set-aside.json", payload)?;
    ///         eprintln!("{error}");
    ///         Ok::<_, std::io::Error>(())
    ///     });
    /// # Ok::<(), hookseal::WebhookError>(())
    /// ```
    #[must_use]
    pub fn on_invalid<H, F, E>(mut self, on_invalid: H) -> Self
    where
        H: Fn(WebhookError, Bytes) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        self.on_invalid = Some(Arc::new(move |error, payload| boxed(on_invalid(error, payload))));
        self
    }

    /// Is told of every delivery, once its reply is known, and again of one that went on after its deadline. It runs before
    /// the reply is sent, so it must not take long.
    #[must_use]
    pub fn observe(mut self, observe: impl Fn(&Record<'_>) + Send + Sync + 'static) -> Self {
        self.observe = Some(Arc::new(observe));
        self
    }

    /// Claims each event under a key of your own, of what is in the event, instead of [`Event::key`]. An empty key is a
    /// failure.
    ///
    /// # Examples
    ///
    /// ```
    /// use hookseal::{MemoryStore, Provider, Webhook, tower::{BoxError, receiver}};
    ///
    /// let webhook = Webhook::new(Provider::Loop, "a secret")?;
    /// let receiver = receiver(webhook, MemoryStore::default(), |_, _| async { Ok::<_, BoxError>(()) })
    ///     .key(|event| format!("{}:{}", event.event_type(), event.key()));
    /// # Ok::<(), hookseal::WebhookError>(())
    /// ```
    #[must_use]
    pub fn key(mut self, key: impl Fn(&Event) -> String + Send + Sync + 'static) -> Self {
        self.key = Some(Arc::new(key));
        self
    }
}

fn boxed<E: Into<BoxError>>(work: impl Future<Output = Result<(), E>> + Send + 'static) -> Failing {
    Box::pin(async move { work.await.map_err(Into::into) })
}

impl<S: Begin> Clone for Receiver<S> {
    fn clone(&self) -> Self {
        Self {
            webhook: self.webhook.clone(),
            store: self.store.clone(),
            handler: self.handler.clone(),
            options: self.options,
            on_invalid: self.on_invalid.clone(),
            observe: self.observe.clone(),
            key: self.key.clone(),
        }
    }
}

impl<S: Begin> fmt::Debug for Receiver<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("webhook", &self.webhook)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl<Tx> fmt::Debug for Context<Tx> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").finish_non_exhaustive()
    }
}
