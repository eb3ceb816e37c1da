//! What the stores that many processes share are made of: the core's statements, scripts and words.

use crate::error::raised;
use crate::memory::{answer, key, millis, token};
use crate::options::duration;
use crate::tools::text;
use hookseal::WebhookError;
use hookseal::host::{self, Name};
use hookseal::redis;
use hookseal::sql::{self, Dialect, Statement};
use pyo3::prelude::*;
use std::collections::HashMap;

/// `Name::new`.
#[pyfunction]
pub(crate) fn check_name(name: &Bound<'_, PyAny>) -> PyResult<()> {
    self::name(name).map(drop)
}

/// `Name::key`.
#[pyfunction]
pub(crate) fn stored_key(name: &Bound<'_, PyAny>, key: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(self::name(name)?.key(self::key(key)?))
}

/// `claimed`.
#[pyfunction]
pub(crate) fn claimed<'py>(
    mine: &Bound<'py, PyAny>,
    token: &Bound<'py, PyAny>,
    state: &Bound<'py, PyAny>,
    until: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let claim = host::claimed(self::token(mine)?, self::token(token)?, text(state), millis(until)?);
    answer(mine.py(), claim)
}

/// `sweeps`.
#[pyfunction]
pub(crate) fn sweeps(token: &Bound<'_, PyAny>) -> bool {
    host::sweeps(text(token))
}

/// `lock_timeout`, in ms.
#[pyfunction]
pub(crate) fn lock_timeout(timeout: &Bound<'_, PyAny>) -> PyResult<u128> {
    host::lock_timeout(duration(timeout)).map_err(|error| raised(timeout.py(), &error))
}

/// The table and its index, for migrations.
#[pyfunction]
pub(crate) fn sql_schema() -> [&'static str; 2] {
    [sql::CREATE_TABLE, sql::CREATE_INDEX]
}

/// Every statement by its name, as a driver wants it.
#[pyfunction]
pub(crate) fn sql_statements(dialect: &Bound<'_, PyAny>) -> PyResult<HashMap<&'static str, String>> {
    let rendering = match text(dialect) {
        "named" => Dialect::Named,
        "percent" => Dialect::Percent,
        _ => return Err(raised(dialect.py(), &WebhookError::InvalidOption("a dialect: 'named' or 'percent'"))),
    };
    Ok(sql::STATEMENTS.iter().map(|statement: &Statement| (statement.name, statement.render(rendering))).collect())
}

/// The scripts that claim, complete, release, and tell how Redis is set up.
#[pyfunction]
pub(crate) fn redis_scripts() -> (&'static str, &'static str, &'static str, &'static str) {
    (redis::CLAIM, redis::COMPLETE, redis::RELEASE, redis::INFO)
}

/// `redis::warnings`.
#[pyfunction]
pub(crate) fn redis_warnings(info: &Bound<'_, PyAny>) -> Vec<&'static str> {
    redis::warnings(text(info))
}

fn name(value: &Bound<'_, PyAny>) -> PyResult<Name> {
    Name::new(text(value)).map_err(|error| raised(value.py(), &error))
}
