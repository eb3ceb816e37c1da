//! Deliveries, ready to be sent.

use crate::{Webhook, WebhookError};

/// What a provider would send.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// The signed bytes.
    pub body: Vec<u8>,
    /// The signature, under the name that the provider gives it, and the body's type.
    pub headers: [(&'static str, String); 2],
}

/// A delivery of this body, signed under the webhook's first secret.
///
/// # Errors
///
/// [`PayloadTooLarge`](WebhookError::PayloadTooLarge).
///
/// # Examples
///
/// ```
/// use hookseal::{Provider, Webhook, tools};
///
/// let webhook = Webhook::new(Provider::Loop, "a secret")?;
/// let body = tools::sample(Provider::Loop, "protocol.started", &serde_json::json!({ "id": "evt_1" }))?;
/// let delivery = tools::delivery(&webhook, body)?;
/// assert_eq!(webhook.verify(&delivery.body, &delivery.headers)?.id(), Some("evt_1"));
/// # Ok::<(), hookseal::WebhookError>(())
/// ```
pub fn delivery(webhook: &Webhook, body: impl Into<Vec<u8>>) -> Result<Delivery, WebhookError> {
    let body = body.into();
    let signature = webhook.sign(&body)?;
    let headers = [(webhook.signature_header(), signature), ("Content-Type", "application/json".to_owned())];
    Ok(Delivery { body, headers })
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delivery").finish_non_exhaustive()
    }
}
