//! One exported function per core function, with no state between two calls but for the memory stores. It converts and
//! never decides.

mod error;

#[cfg(not(feature = "tools"))]
pub mod once;
#[cfg(feature = "tools")]
pub mod tools;
#[cfg(not(feature = "tools"))]
pub mod webhook;

use hookseal::WebhookError;
use hookseal::host::Limit;
use wasm_bindgen::prelude::*;

/// The error for what the wasm's memory could not hold.
#[wasm_bindgen(js_name = outOfMemory)]
pub fn out_of_memory() -> JsValue {
    error::thrown(WebhookError::PayloadTooLarge(Limit::HostMemory))
}
