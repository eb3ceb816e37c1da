//! Options on their way in, and what the core makes of them.

use crate::error::thrown;
use hookseal::{Options, Provider, host};
use std::time::Duration;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./limits.js")]
extern "C" {
    /// All options that are numbers: bytes and ms.
    pub type Checked;
    #[wasm_bindgen(constructor)]
    fn new(max_payload: usize, deadline: f64, lease: f64, retention: f64, max_age: Option<f64>) -> Checked;
}

/// What a receiver wants and was not given.
#[wasm_bindgen]
pub enum Wanted {
    /// The webhook.
    Webhook,
    /// The handler.
    Handler,
    /// The store.
    Store,
    /// A callback among the options.
    Callback,
    /// No other option.
    Name,
    /// The key of an event.
    Key,
    /// What a store reaches its database by.
    Client,
}

/// `Options::check`; gives all options, with the defaults where nothing was given.
#[wasm_bindgen(js_name = checkOptions)]
pub fn check_options(
    provider: &str,
    max_payload: Option<f64>,
    deadline: Option<f64>,
    lease: Option<f64>,
    retention: Option<f64>,
    max_age: Option<f64>,
) -> Result<Checked, JsValue> {
    let provider: Provider = provider.parse().map_err(thrown)?;
    let mut options = Options::default();
    options.max_payload = max_payload.map_or(options.max_payload, bytes);
    options.deadline = deadline.map_or(options.deadline, duration);
    options.lease = lease.map_or(options.lease, duration);
    options.retention = retention.map_or(options.retention, duration);
    options.max_age = max_age.map(duration);
    options.check(provider).map_err(thrown)?;

    // Whole ones, as stores keep them.
    let ms = |duration: Duration| duration.as_millis() as f64;
    let Options { max_payload, deadline, lease, retention, max_age, .. } = options;
    Ok(Checked::new(max_payload, ms(deadline), ms(lease), ms(retention), max_age.map(ms)))
}

/// The error for what a receiver wants.
#[wasm_bindgen]
pub fn wanted(wanted: Wanted) -> JsValue {
    let wanted = match wanted {
        Wanted::Webhook => host::Wanted::Webhook,
        Wanted::Handler => host::Wanted::Handler,
        Wanted::Store => host::Wanted::Store,
        Wanted::Callback => host::Wanted::Callback,
        Wanted::Name => host::Wanted::Name,
        Wanted::Key => host::Wanted::Key,
        Wanted::Client => host::Wanted::Client,
    };
    thrown(wanted.error())
}

/// What is no duration becomes none, which the core refuses with the right words.
pub(super) fn duration(ms: f64) -> Duration {
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}

/// The same for what is no number of bytes.
fn bytes(number: f64) -> usize {
    if number.fract() == 0.0 { usize::try_from(super::millis(number)).unwrap_or_default() } else { 0 }
}
