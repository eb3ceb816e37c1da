//! What the stores that many processes share are made of: the core's statements, scripts and words.

use super::memory::{Claimed, key};
use super::millis;
use super::options::duration;
use crate::error::thrown;
use hookseal::host::{self, Name, lock_timeout};
use hookseal::redis;
use hookseal::sql::{self, Dialect, Statement};
use wasm_bindgen::prelude::*;

/// `Name::new`.
#[wasm_bindgen(js_name = checkName)]
pub fn check_name(name: &str) -> Result<(), JsValue> {
    Name::new(name).map(drop).map_err(thrown)
}

/// `Name::key`.
#[wasm_bindgen(js_name = storedKey)]
pub fn stored_key(name: &str, key: &JsValue) -> Result<String, JsValue> {
    let name = Name::new(name).map_err(thrown)?;
    Ok(name.key(&self::key(key)?))
}

/// `claimed`.
#[wasm_bindgen]
pub fn claimed(mine: &str, token: &str, state: &str, until: f64) -> Claimed {
    Claimed::from(host::claimed(mine, token, state, millis(until)))
}

/// `sweeps`.
#[wasm_bindgen]
pub fn sweeps(token: &str) -> bool {
    host::sweeps(token)
}

/// The table and its index, for migrations.
#[wasm_bindgen(js_name = sqlSchema)]
pub fn sql_schema() -> Vec<String> {
    vec![sql::CREATE_TABLE.to_owned(), sql::CREATE_INDEX.to_owned()]
}

/// A statement by its name, with the first parameter written like `dialect`: `$1`, or else `?1`.
#[wasm_bindgen(js_name = sqlStatement)]
pub fn sql_statement(name: &str, dialect: &str) -> Option<String> {
    let dialect = if dialect == "$1" { Dialect::Dollar } else { Dialect::Question };
    Statement::named(name).map(|statement| statement.render(dialect))
}

/// `lock_timeout`, in ms.
#[wasm_bindgen(js_name = lockTimeout)]
pub fn check_lock_timeout(ms: f64) -> Result<f64, JsValue> {
    lock_timeout(duration(ms)).map(|ms| ms as f64).map_err(thrown)
}

/// The scripts that claim, complete, release, and tell how Redis is set up.
#[wasm_bindgen(js_name = redisScripts)]
pub fn redis_scripts() -> Vec<String> {
    [redis::CLAIM, redis::COMPLETE, redis::RELEASE, redis::INFO].map(str::to_owned).into()
}

/// `redis::warnings`.
#[wasm_bindgen(js_name = redisWarnings)]
pub fn redis_warnings(info: &str) -> Vec<String> {
    redis::warnings(info).into_iter().map(str::to_owned).collect()
}
