//! The webhook: what a deployment needs.

mod event;
mod prepared;

use crate::error::thrown;
use event::Head;
use hookseal::host::{self, check_size};
use hookseal::{Headers, Provider, Secrets, Webhook, WebhookError};
use prepared::{Entry, Prepared};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

/// What stood where the raw body belongs.
#[wasm_bindgen]
pub enum NotRaw {
    /// Any value that is neither bytes nor text.
    Parsed,
    /// `undefined` or `null`.
    Nothing,
    /// Text with a lone surrogate.
    IllFormedText,
    /// Text, in a receiver.
    Decoded,
}

/// Where it stood there.
#[wasm_bindgen]
pub enum Host {
    /// A call of the user's own.
    JavaScript,
    /// The receiver for Express.
    Express,
    /// The receiver for `fetch`.
    Fetch,
}

/// `Webhook::prepare`.
#[wasm_bindgen]
pub fn prepare(provider: &str, secrets: Vec<Entry>) -> Result<Prepared, JsValue> {
    let provider: Provider = provider.parse().map_err(thrown)?;
    let prepared = Webhook::prepare(provider, secrets.iter().map(prepared::secret).collect::<Secrets>());
    prepared.map(|prepared| prepared::keep(provider, prepared)).map_err(thrown)
}

/// `Webhook::verify`; the host reads the body itself, from bytes that are now known to be I-JSON.
#[wasm_bindgen]
pub fn verify(state: Vec<u8>, payload: &[u8], signature: Option<String>) -> Result<Head, JsValue> {
    let webhook = webhook(state)?;
    webhook.verify_borrowed(payload, &Joined(signature)).map(|event| event::head(&event)).map_err(thrown)
}

/// `Webhook::verify_signature`.
#[wasm_bindgen(js_name = verifySignature)]
pub fn verify_signature(state: Vec<u8>, payload: &[u8], signature: Option<String>) -> Result<String, JsValue> {
    webhook(state)?.verify_signature(payload, &Joined(signature)).map_err(thrown)
}

/// `Webhook::sign`.
#[wasm_bindgen]
pub fn sign(state: Vec<u8>, payload: &[u8]) -> Result<String, JsValue> {
    webhook(state)?.sign(payload).map_err(thrown)
}

/// `check_size`, asked before a payload is copied into the wasm's memory.
#[wasm_bindgen(js_name = checkSize)]
pub fn check_payload_size(bytes: usize) -> Result<(), JsValue> {
    check_size(bytes).map_err(thrown)
}

/// The error for a payload that is not the raw body.
#[wasm_bindgen(js_name = notRaw)]
pub fn not_raw(found: NotRaw, host: Host) -> JsValue {
    let found = match found {
        NotRaw::Parsed => host::NotRaw::Parsed,
        NotRaw::Nothing => host::NotRaw::Nothing,
        NotRaw::IllFormedText => host::NotRaw::IllFormedText,
        NotRaw::Decoded => host::NotRaw::Decoded,
    };
    let host = match host {
        Host::JavaScript => host::Host::JavaScript,
        Host::Express => host::Host::Express,
        Host::Fetch => host::Host::Fetch,
    };
    thrown(WebhookError::PayloadNotRaw { found, host })
}

fn webhook(state: Vec<u8>) -> Result<Webhook, JsValue> {
    Webhook::from_prepared(&Zeroizing::new(state)).map_err(thrown)
}

/// The signature as the host found it: several values joined by a comma, as hosts do.
struct Joined(Option<String>);

impl Headers for Joined {
    fn values_of<'h>(&'h self, _: &'h str) -> impl Iterator<Item = &'h [u8]> {
        self.0.iter().map(String::as_bytes)
    }
}
