//! The core's replies, as objects of the package's.

use hookseal::{Code, Outcome};
use std::time::Duration;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./reply.js")]
extern "C" {
    /// What goes back to the sender.
    pub type Reply;
    #[wasm_bindgen(constructor)]
    fn new(outcome: &str, status: u16, body: &str, headers: Vec<String>, well: bool, code: Option<&str>) -> Reply;
}

/// The headers go name by name, each with its value behind it.
pub(super) fn object(outcome: Outcome, wait: Option<Duration>) -> Reply {
    let reply = outcome.reply(wait);
    let headers = reply.headers.into_iter().flat_map(|(name, value)| [name.to_owned(), value]).collect();
    let code = outcome.code().map(Code::as_str);
    Reply::new(outcome.as_str(), reply.status, reply.body, headers, outcome.is_well(), code)
}
