//! The core's memory stores. They stay in here, each under a number, because a pointer into this memory must not outlive the
//! instance, and numbers do no harm in the next one.

use super::millis;
use crate::error::thrown;
use hookseal::{Claim, Ending, MemoryStore, WebhookError};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static STORES: RefCell<Vec<Option<MemoryStore>>> = const { RefCell::new(Vec::new()) };
}

#[wasm_bindgen(raw_module = "./claim.js")]
extern "C" {
    /// What a store says to a claim.
    #[wasm_bindgen(js_name = Claim)]
    pub type Claimed;
    #[wasm_bindgen(constructor, js_class = "Claim")]
    fn new(state: &str, until: Option<f64>) -> Claimed;
}

impl From<Claim> for Claimed {
    fn from(claim: Claim) -> Self {
        Self::new(claim.as_str(), claim.until().map(|until| until as f64))
    }
}

/// `MemoryStore::new`; gives the store's number.
#[wasm_bindgen(js_name = memoryStore)]
pub fn memory_store(bound: &JsValue) -> Result<usize, JsValue> {
    let keys = |bound: f64| usize::try_from(millis(bound)).unwrap_or_default();
    // What is no number is no bound either, and the core says so.
    let bound = if bound.is_undefined() { MemoryStore::BOUND } else { bound.as_f64().map_or(0, keys) };
    let store = Some(MemoryStore::new(bound).map_err(thrown)?);
    Ok(STORES.with_borrow_mut(|stores| {
        let number = stores.iter().position(Option::is_none).unwrap_or(stores.len());
        match stores.get_mut(number) {
            Some(free) => *free = store,
            None => stores.push(store),
        }
        number
    }))
}

/// Ends a store that nothing refers to any more.
#[wasm_bindgen(js_name = memoryEnd)]
pub fn memory_end(store: usize) {
    STORES.with_borrow_mut(|stores| stores.get_mut(store).map(Option::take));
}

/// `MemoryStore::claim`: a claim, or the error of a store that is full, for the package to throw. Thrown from in here, it would
/// pass for an instance that broke off.
#[wasm_bindgen(js_name = memoryClaim)]
pub fn memory_claim(
    store: usize,
    key: &JsValue,
    token: &JsValue,
    lease: &JsValue,
    now: &JsValue,
) -> Result<JsValue, JsValue> {
    let (key, token, lease, now) = (self::key(key)?, self::token(token)?, ms(lease)?, ms(now)?);
    Ok(match with(store, |store| store.claim(&key, &token, lease, now)) {
        Some(Ok(claim)) => Claimed::from(claim).into(),
        Some(Err(full)) => JsError::new(&full.to_string()).into(),
        None => JsError::new("expected a memory store, found one that has ended").into(),
    })
}

/// `MemoryStore::complete`.
#[wasm_bindgen(js_name = memoryComplete)]
pub fn memory_complete(
    store: usize,
    key: &JsValue,
    token: &JsValue,
    retention: &JsValue,
    now: &JsValue,
) -> Result<String, JsValue> {
    let (key, token, retention, now) = (self::key(key)?, self::token(token)?, ms(retention)?, ms(now)?);
    Ok(word(with(store, |store| store.complete(&key, &token, retention, now))))
}

/// `MemoryStore::release`.
#[wasm_bindgen(js_name = memoryRelease)]
pub fn memory_release(store: usize, key: &JsValue, token: &JsValue) -> Result<String, JsValue> {
    let (key, token) = (self::key(key)?, self::token(token)?);
    Ok(word(with(store, |store| store.release(&key, &token))))
}

/// `MemoryStore::sweep`.
#[wasm_bindgen(js_name = memorySweep)]
pub fn memory_sweep(store: usize, now: &JsValue) -> Result<usize, JsValue> {
    let now = ms(now)?;
    Ok(with(store, |store| store.sweep(now)).unwrap_or_default())
}

/// A key: a text, and not an empty one.
pub(super) fn key(value: &JsValue) -> Result<String, JsValue> {
    value.as_string().filter(|key| !key.is_empty()).ok_or_else(|| refused("a key that is text, and not empty"))
}

fn token(value: &JsValue) -> Result<String, JsValue> {
    value.as_string().ok_or_else(|| refused("a token that is text"))
}

fn ms(value: &JsValue) -> Result<u64, JsValue> {
    value.as_f64().filter(|ms| *ms >= 0.0).map(millis).ok_or_else(|| refused("a time in ms, from 0 on"))
}

/// As an error of the core's: what the glue itself throws does not say what was expected.
fn refused(expected: &'static str) -> JsValue {
    thrown(WebhookError::InvalidOption(expected))
}

fn with<T>(store: usize, work: impl FnOnce(&MemoryStore) -> T) -> Option<T> {
    STORES.with_borrow(|stores| stores.get(store)?.as_ref().map(work))
}

fn word(ending: Option<Ending>) -> String {
    ending.unwrap_or(Ending::Lost).as_str().to_owned()
}
