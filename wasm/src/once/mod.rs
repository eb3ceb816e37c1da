//! What a receiver asks the core, by the names of the core's own tables.

pub mod memory;
pub mod options;
mod reply;
pub mod shared;

use crate::error::thrown;
use hookseal::host::{self, Facts, Happened, Step, check_limit};
use hookseal::{Code, Outcome};
use reply::Reply;
use std::time::Duration;
use wasm_bindgen::prelude::*;

/// `admit`: an outcome's name, or nothing.
#[wasm_bindgen]
pub fn admit(method: &str, encoding: Option<String>, length: Option<String>, limit: usize) -> Option<String> {
    host::admit(method, encoding.as_deref(), length.as_deref(), limit).map(|outcome| outcome.to_string())
}

/// `check_limit`, for a payload that has been read.
#[wasm_bindgen(js_name = checkLimit)]
pub fn check_payload_limit(bytes: usize, limit: usize) -> Result<(), JsValue> {
    check_limit(bytes, limit).map_err(thrown)
}

/// `Step::verified`; times in ms.
#[wasm_bindgen]
pub fn verified(occurred_at: Option<f64>, max_age: Option<f64>, now: f64) -> String {
    let max_age = max_age.map(|age| Duration::from_millis(millis(age)));
    Step::verified(occurred_at.map(millis), max_age, millis(now)).as_str().to_owned()
}

/// `Step::unverified`; an error that is none of the core's has no code.
#[wasm_bindgen]
pub fn unverified(code: &str, reports: bool) -> String {
    let step = Code::named(code).map_or(Step::Reply(Outcome::Failed), |code| Step::unverified(code, reports));
    step.as_str().to_owned()
}

/// `Step::next`.
#[wasm_bindgen(js_name = nextStep)]
pub fn next_step(step: &str, happened: &str, late: bool, transactional: bool) -> String {
    named(step).next(Happened::named(happened), Facts { late, transactional }).as_str().to_owned()
}

/// `Step::at_deadline`.
#[wasm_bindgen(js_name = atDeadline)]
pub fn at_deadline(step: &str) -> String {
    named(step).at_deadline().to_string()
}

/// `Outcome::reply`; `wait` in ms.
#[wasm_bindgen]
pub fn reply(outcome: &str, wait: Option<f64>) -> Reply {
    let outcome = Outcome::named(outcome).unwrap_or(Outcome::Failed);
    reply::object(outcome, wait.map(|wait| Duration::from_millis(millis(wait))))
}

/// `hashed`.
#[wasm_bindgen]
pub fn hashed(key: &str) -> String {
    host::hashed(key)
}

/// Hosts pass on the names that they were given.
fn named(step: &str) -> Step {
    Step::named(step).unwrap_or(Step::Reply(Outcome::Failed))
}

/// JavaScript's numbers, of which `u64` takes the whole part; what is negative or not a number is 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
fn millis(ms: f64) -> u64 {
    ms as u64
}
