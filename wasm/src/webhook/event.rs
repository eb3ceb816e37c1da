//! The core's events, but for the body, which JavaScript's own parser builds faster.

use hookseal::{Event, json::Json};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./event.js")]
extern "C" {
    /// An event without its body.
    pub type Head;
    #[wasm_bindgen(constructor)]
    fn new(event_type: &str, known: bool, id: Option<&str>, occurred_at: Option<f64>, key: &str, secret: &str) -> Head;
}

pub(crate) fn head(event: &Event<Json<'_>>) -> Head {
    // A double holds every time that the core lets pass exactly.
    let occurred_at = event.occurred_at().map(|millis| millis as f64);
    Head::new(event.event_type(), event.known(), event.id(), occurred_at, event.key(), event.secret())
}
