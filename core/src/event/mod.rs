//! Events: what a payload says, once its signature has matched.

pub(crate) mod shape;
mod time;

use crate::json::{self, Json};
use crate::{Problem, Provider, WebhookError, once};
use serde_json::Value;
use std::fmt;

/// What an authentic payload says. `Debug` shows nothing of the payload.
///
/// # Examples
///
/// ```
/// use hookseal::{Provider, Webhook};
///
/// let webhook = Webhook::new(Provider::Loop, "a secret")?;
/// let payload = br#"{"id":"evt_1","type":"protocol.started","occurred_at":"2026-05-22T12:34:56Z"}"#;
/// let event = webhook.verify(payload, webhook.sign(payload)?.as_str())?;
///
/// assert_eq!(event.event_type(), "protocol.started");
/// assert_eq!(event.id(), Some("evt_1"));
/// assert_eq!(event.occurred_at(), Some(1_779_453_296_000));
/// assert_eq!(event.key(), "loop:id:evt_1");
/// assert_eq!(event.body()["type"], "protocol.started");
/// # Ok::<(), hookseal::WebhookError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Event<B = Value> {
    provider: Provider,
    event_type: String,
    id: Option<String>,
    occurred_at: Option<u64>,
    body: B,
    key: String,
    secret: String,
}

impl<B> Event<B> {
    /// Who sent it.
    pub const fn provider(&self) -> Provider {
        self.provider
    }

    /// The event's type, as sent.
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// Whether the type is in the provider's catalogue. Types that are not pass all the same: providers add new ones.
    pub fn known(&self) -> bool {
        self.provider.profile().event_types.contains(&self.event_type.as_str())
    }

    /// The id inside the signed body, if it has one; an integer id is its decimal text.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// When the event occurred, in milliseconds since 1970-01-01T00:00:00Z, if the signed body says so.
    pub const fn occurred_at(&self) -> Option<u64> {
        self.occurred_at
    }

    /// The whole body, an object.
    pub const fn body(&self) -> &B {
        &self.body
    }

    /// The idempotency key, from signed bytes only: equal for every delivery of this event.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The label of the secret that matched, or its index as text, so that an old one can be retired on evidence.
    pub fn secret(&self) -> &str {
        &self.secret
    }
}

impl Event<Json<'_>> {
    /// The same event with a body of its own.
    #[must_use]
    pub fn into_owned(self) -> Event {
        let Self { provider, event_type, id, occurred_at, body, key, secret } = self;
        Event { provider, event_type, id, occurred_at, body: body.into(), key, secret }
    }
}

/// Reads a payload whose signature has matched.
pub(crate) fn read(
    provider: Provider,
    payload: &[u8],
    secret: impl FnOnce() -> String,
) -> Result<Event<Json<'_>>, WebhookError> {
    let body = json::read(payload).map_err(WebhookError::MalformedJson)?;
    let profile = provider.profile();
    let problems = shape::check(&body, profile.envelope);
    if !problems.is_empty() {
        return Err(WebhookError::InvalidEvent { provider, problems });
    }
    let id = body.get("id").and_then(shape::id);
    Ok(Event {
        provider,
        event_type: body.get("type").and_then(shape::text).unwrap_or_default().to_owned(),
        occurred_at: body.get(profile.occurred_at).and_then(time::millis),
        key: once::key(provider, id.as_deref(), payload),
        id,
        body,
        secret: secret(),
    })
}

impl<B> fmt::Debug for Event<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("provider", &self.provider)
            .field("known", &self.known())
            .field("secret", &self.secret)
            .finish_non_exhaustive()
    }
}

impl Problem {
    fn new(path: &str, expected: &'static str, found: &'static str) -> Self {
        Self { path: path.to_owned(), expected, found }
    }
}
