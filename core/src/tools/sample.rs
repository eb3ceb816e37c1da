//! The documented samples, to be changed where a test needs it.

use crate::{EventType, Provider, WebhookError, event};
use serde_json::Value;

const OVERRIDES: &str = "overrides that are an object of I-JSON";

/// A valid event's body: the documented sample of a type, with `overrides` laid over it. Objects are merged member by
/// member, anything else takes the sample's place, and null stands for null.
///
/// # Errors
///
/// [`InvalidOption`](WebhookError::InvalidOption) for a type that is not in the provider's catalogue, and for overrides
/// that are no object of I-JSON. [`InvalidEvent`](WebhookError::InvalidEvent) where they make the body one that a provider
/// never sends.
///
/// # Examples
///
/// ```
/// use hookseal::{Provider, tools};
/// use serde_json::{Value, json};
///
/// let overrides = json!({ "data": { "kitCode": "KIT9" } });
/// let body: Value = serde_json::from_str(&tools::sample(Provider::GlycanAge, "kit-received", &overrides)?)?;
/// assert_eq!(body["data"]["kitCode"], "KIT9");
/// assert_eq!(body["data"]["status"], "inAnalysis");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sample(provider: Provider, event_type: &str, overrides: &Value) -> Result<String, WebhookError> {
    let EventType { sample, .. } =
        provider.event_type(event_type).ok_or(WebhookError::InvalidOption("a type of the provider's catalogue"))?;
    if !overrides.is_object() {
        return Err(WebhookError::InvalidOption(OVERRIDES));
    }
    let mut body: Value = serde_json::from_str(sample).unwrap_or_default();
    lay_over(&mut body, overrides);
    let body = body.to_string();
    match event::read(provider, body.as_bytes(), String::new) {
        Err(WebhookError::MalformedJson(_)) => Err(WebhookError::InvalidOption(OVERRIDES)),
        Err(error) => Err(error),
        Ok(_) => Ok(body),
    }
}

fn lay_over(below: &mut Value, above: &Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (name, value) in above {
                lay_over(below.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (below, above) => *below = above.clone(),
    }
}
