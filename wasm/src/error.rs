//! The core's errors as genuine JavaScript classes.

use hookseal::{Kind, WebhookError};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./errors.js")]
extern "C" {
    type ConfigError;
    #[wasm_bindgen(constructor)]
    fn new(code: &str, message: &str, status: Option<u16>) -> ConfigError;

    type SignatureError;
    #[wasm_bindgen(constructor)]
    fn new(code: &str, message: &str, status: Option<u16>) -> SignatureError;

    type EventError;
    #[wasm_bindgen(constructor)]
    fn new(code: &str, message: &str, status: Option<u16>, offset: Option<usize>, problems: JsValue) -> EventError;
}

/// What to throw for an error of the core's.
pub(crate) fn thrown(error: WebhookError) -> JsValue {
    let (code, message, status) = (error.code().as_str(), error.to_string(), error.status());
    match error.kind() {
        Kind::Config => ConfigError::new(code, &message, status).into(),
        Kind::Signature => SignatureError::new(code, &message, status).into(),
        Kind::Event => {
            let problems = error.problems().serialize(&Serializer::json_compatible()).unwrap_or_default();
            EventError::new(code, &message, status, error.offset(), problems).into()
        }
    }
}
