//! The core's errors as the exceptions of `hookseal.errors`.

use hookseal::{Kind, WebhookError};
use pyo3::prelude::*;

/// What to raise for an error of the core's.
pub(crate) fn raised(py: Python<'_>, error: &WebhookError) -> PyErr {
    exception(py, error).map_or_else(|failure| failure, PyErr::from_value)
}

fn exception<'py>(py: Python<'py>, error: &WebhookError) -> PyResult<Bound<'py, PyAny>> {
    let errors = py.import("hookseal.errors")?;
    let (code, message, status) = (error.code().as_str(), error.to_string(), error.status());
    match error.kind() {
        Kind::Config => errors.getattr("ConfigError")?.call1((code, message, status)),
        Kind::Signature => errors.getattr("SignatureError")?.call1((code, message, status)),
        Kind::Event => {
            let problem = errors.getattr("Problem")?;
            let problems = error.problems().iter().map(|p| problem.call1((&p.path, p.expected, p.found)));
            let problems = problems.collect::<PyResult<Vec<_>>>()?;
            errors.getattr("EventError")?.call1((code, message, status, error.offset(), problems))
        }
    }
}
