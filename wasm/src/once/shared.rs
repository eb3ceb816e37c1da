//! What the stores that many processes share are made of: the core's statements, scripts and words.

use super::memory::Claimed;
use super::millis;
use crate::error::thrown;
use hookseal::host::{self, Name};
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
pub fn stored_key(name: &str, key: &str) -> Result<String, JsValue> {
    Name::new(name).map(|name| name.key(key)).map_err(thrown)
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
