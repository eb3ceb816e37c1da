//! Events: what a payload says, once its signature has matched.

mod data;
mod glycanage;
pub(crate) mod record;
pub(crate) mod shape;
mod time;

use crate::json::{self, Json};
use crate::{Provider, WebhookError, once};
use serde_json::Value;
use shape::{Field, Shape};
use std::fmt;

pub use data::Data;
pub use glycanage::{AssignedSet, AssignmentStatusChanged, KitReceived, OrderStatusChanged, ReportReady};

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
pub struct Event<C = Content> {
    provider: Provider,
    event_type: String,
    known: bool,
    id: Option<String>,
    occurred_at: Option<u64>,
    key: String,
    secret: String,
    content: C,
}

/// What an event holds beside its envelope: its body, and the data in it.
#[derive(Clone, PartialEq)]
pub struct Content {
    body: Value,
    data: Data,
}

impl<C> Event<C> {
    /// Who sent it.
    pub const fn provider(&self) -> Provider {
        self.provider
    }

    /// The event's type, as sent.
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// Whether the type is in the provider's catalogue. Types that are not pass all the same: providers add new ones.
    pub const fn known(&self) -> bool {
        self.known
    }

    /// The id inside the signed body, if it has one; an integer id is its decimal text.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// When the event occurred, in milliseconds since 1970-01-01T00:00:00Z, if the signed body says so.
    pub const fn occurred_at(&self) -> Option<u64> {
        self.occurred_at
    }

    /// The idempotency key, from signed bytes only: made of the id, or where there is none of the whole body.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The label of the secret that matched, or its index as text, so that an old one can be retired on evidence.
    pub fn secret(&self) -> &str {
        &self.secret
    }
}

impl Event {
    /// The whole body, an object.
    #[must_use]
    pub const fn body(&self) -> &Value {
        &self.content.body
    }

    /// The data, typed, if the type is known.
    #[must_use]
    pub const fn data(&self) -> &Data {
        &self.content.data
    }
}

impl Event<Json<'_>> {
    /// The whole body, an object.
    #[must_use]
    pub const fn body(&self) -> &Json<'_> {
        &self.content
    }

    /// The same event with a body of its own.
    #[must_use]
    pub fn into_owned(self) -> Event {
        let Self { provider, event_type, known, id, occurred_at, key, secret, content } = self;
        let data =
            if known { Data::read(&event_type, content.get("data").unwrap_or(&Json::Null)) } else { Data::Unknown };
        let content = Content { body: content.into(), data };
        Event { provider, event_type, known, id, occurred_at, key, secret, content }
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
    let event_type = body.get("type").and_then(shape::text).unwrap_or_default();
    let known = provider.event_type(event_type);

    let data = known.and_then(|known| known.fields);
    let problems = shape::check(
        &body,
        profile.envelope.iter().map(|field| match data {
            Some(fields) if field.name == "data" => Field { shape: Shape::Object(fields), ..*field },
            _ => *field,
        }),
    );
    if !problems.is_empty() {
        return Err(WebhookError::InvalidEvent { provider, problems });
    }

    let id = body.get("id").and_then(shape::id);
    Ok(Event {
        provider,
        event_type: event_type.to_owned(),
        known: known.is_some(),
        occurred_at: body.get(profile.occurred_at).and_then(time::millis),
        key: once::key(provider, id.as_deref(), payload),
        id,
        secret: secret(),
        content: body,
    })
}

impl<C> fmt::Debug for Event<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("provider", &self.provider)
            .field("known", &self.known)
            .field("secret", &self.secret)
            .finish_non_exhaustive()
    }
}
