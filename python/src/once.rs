//! What a receiver asks the core, by the names of the core's own tables.

use crate::headers::header;
use crate::memory::key;
use crate::tools::text;
use hookseal::host::{self, Facts, Happened, Step};
use hookseal::{Code, Outcome};
use pyo3::prelude::*;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// `admit`: an outcome's name, or nothing.
#[pyfunction]
pub(crate) fn admit(
    method: &Bound<'_, PyAny>,
    headers: &Bound<'_, PyAny>,
    limit: usize,
) -> PyResult<Option<&'static str>> {
    let encoding = header(headers, "Content-Encoding")?;
    let length = header(headers, "Content-Length")?;
    let refused = host::admit(text(method), encoding.text().as_deref(), length.text().as_deref(), limit);
    Ok(refused.map(Outcome::as_str))
}

/// `Step::verified`; `now` in ms since 1970.
#[pyfunction]
pub(crate) fn verified(occurred_at: Option<SystemTime>, max_age: Option<Duration>, now: u64) -> &'static str {
    let since_1970 = occurred_at.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let millis = since_1970.and_then(|since| u64::try_from(since.as_millis()).ok());
    Step::verified(millis, max_age, now).as_str()
}

/// `Step::unverified`.
#[pyfunction]
pub(crate) fn unverified(code: &Bound<'_, PyAny>, reports: bool) -> &'static str {
    Code::named(text(code)).map_or(Step::Reply(Outcome::Failed), |code| Step::unverified(code, reports)).as_str()
}

/// `Step::next`.
#[pyfunction]
pub(crate) fn next_step(
    step: &Bound<'_, PyAny>,
    happened: &Bound<'_, PyAny>,
    late: bool,
    transactional: bool,
) -> &'static str {
    named(step).next(Happened::named(text(happened)), Facts { late, transactional }).as_str()
}

/// `Step::at_deadline`.
#[pyfunction]
pub(crate) fn at_deadline(step: &Bound<'_, PyAny>) -> &'static str {
    named(step).at_deadline().as_str()
}

/// `Outcome::reply`; `wait` in ms.
#[pyfunction]
#[pyo3(signature = (outcome, wait = None))]
pub(crate) fn reply<'py>(outcome: &Bound<'py, PyAny>, wait: Option<&Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
    let py = outcome.py();
    let outcome = Outcome::named(text(outcome)).unwrap_or(Outcome::Failed);
    // A store of the user's own may say anything: what is no wait is none.
    let wait = wait.map(|wait| Duration::from_millis(wait.extract().unwrap_or_default()));
    let (answer, code) = (outcome.reply(wait), outcome.code().map(Code::as_str));
    let class = py.import("hookseal.reply")?.getattr("Reply")?;
    class.call1((outcome.as_str(), answer.status, answer.body, answer.headers, outcome.is_well(), code))
}

/// `hashed`.
#[pyfunction]
pub(crate) fn hashed(key: &Bound<'_, PyAny>) -> PyResult<String> {
    self::key(key).map(host::hashed)
}

/// Python passes on the names that it was given.
fn named(step: &Bound<'_, PyAny>) -> Step {
    Step::named(text(step)).unwrap_or(Step::Reply(Outcome::Failed))
}
