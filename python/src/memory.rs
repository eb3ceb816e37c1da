//! The memory store, as Python sees it.

use crate::error::raised;
use hookseal::{Claim, WebhookError};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyString;

/// Remembers keys within one process: for a single server, and for tests.
///
/// What it knows is gone when the process ends, and two processes know nothing of each other: with several workers, it does
/// not make events handled once. At its bound it forgets the key that was completed first, and never a claim. Threads may
/// share it.
///
/// `bound` is how many keys it remembers at the most, some 20 MB by default. All times are whole ms, `now` since 1970.
///
/// >>> from hookseal import MemoryStore
/// >>> store = MemoryStore()
/// >>> store.claim("loop:id:evt_1", "my token", 30_000, 0)
/// Claim(state='claimed', until=None)
/// >>> store.claim("loop:id:evt_1", "another", 30_000, 1)
/// Claim(state='in_progress', until=30000)
/// >>> store.complete("loop:id:evt_1", "my token", 60_000, 2)
/// 'done'
/// >>> store.claim("loop:id:evt_1", "another", 30_000, 3)
/// Claim(state='completed', until=None)
///
/// Raises ConfigError, here and from its methods, for what it cannot take: `invalid_option`.
#[pyclass(frozen, module = "hookseal")]
pub(crate) struct MemoryStore(hookseal::MemoryStore);

#[pymethods]
impl MemoryStore {
    #[new]
    #[pyo3(signature = (bound = None), text_signature = "(bound=100000)")]
    fn new(py: Python<'_>, bound: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let bound = bound.map_or(hookseal::MemoryStore::BOUND, |keys| keys.extract().unwrap_or_default());
        hookseal::MemoryStore::new(bound).map(Self).map_err(|error| raised(py, &error))
    }

    /// Claim a key for `lease` ms, unless it is claimed or completed.
    ///
    /// Raises RuntimeError where all that it could forget are claims.
    fn claim<'py>(
        &self,
        key: &Bound<'py, PyAny>,
        token: &Bound<'py, PyAny>,
        lease: &Bound<'py, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let claim = self.0.claim(self::key(key)?, self::token(token)?, millis(lease)?, millis(now)?);
        answer(key.py(), claim.map_err(|full| PyRuntimeError::new_err(full.to_string()))?)
    }

    /// Remember a claimed key as completed, for `retention` ms: `done`, or `lost` where it is another's by now.
    fn complete(
        &self,
        key: &Bound<'_, PyAny>,
        token: &Bound<'_, PyAny>,
        retention: &Bound<'_, PyAny>,
        now: &Bound<'_, PyAny>,
    ) -> PyResult<&'static str> {
        Ok(self.0.complete(self::key(key)?, self::token(token)?, millis(retention)?, millis(now)?).as_str())
    }

    /// Give a claimed key back, so that the next claim gets it: `done`, or `lost` where it is another's by now.
    fn release(&self, key: &Bound<'_, PyAny>, token: &Bound<'_, PyAny>) -> PyResult<&'static str> {
        Ok(self.0.release(self::key(key)?, self::token(token)?).as_str())
    }

    /// Clear away what has expired, 500 keys at the most; say how many. Claims do the same by and by.
    fn sweep(&self, now: &Bound<'_, PyAny>) -> PyResult<usize> {
        Ok(self.0.sweep(millis(now)?))
    }

    fn __repr__(&self) -> String {
        format!("MemoryStore(len={}, ..)", self.0.len())
    }
}

/// What a store says to a claim, as an instance of `hookseal.store`'s class.
pub(crate) fn answer(py: Python<'_>, claim: Claim) -> PyResult<Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = CLASS.get_or_try_init(py, || py.import("hookseal.store")?.getattr("Claim").map(Bound::unbind))?;
    class.bind(py).call1((claim.as_str(), claim.until()))
}

/// A key: a text that has bytes, and at least one.
pub(crate) fn key<'a>(value: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    let key = text(value).filter(|key| !key.is_empty());
    key.ok_or_else(|| refused(value, "a key that is well-formed text, and not empty"))
}

pub(crate) fn token<'a>(value: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    text(value).ok_or_else(|| refused(value, "a token that is well-formed text"))
}

pub(crate) fn millis(value: &Bound<'_, PyAny>) -> PyResult<u64> {
    value.extract().map_err(|_| refused(value, "a time in whole ms, from 0 on"))
}

fn text<'a>(value: &'a Bound<'_, PyAny>) -> Option<&'a str> {
    value.cast::<PyString>().ok()?.to_str().ok()
}

fn refused(value: &Bound<'_, PyAny>, expected: &'static str) -> PyErr {
    raised(value.py(), &WebhookError::InvalidOption(expected))
}
