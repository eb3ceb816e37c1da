//! The core's catalogue, policies and samples, as the classes of `hookseal.tools`.

use crate::error::raised;
use hookseal::json::{self, Json};
use hookseal::{EventType, Field, Provider, WebhookError, tools};
use pyo3::prelude::*;
use pyo3::types::PyString;

/// Each type of event that a provider documents.
#[pyfunction]
pub(crate) fn catalogue<'py>(provider: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let py = provider.py();
    let class = py.import("hookseal.tools")?.getattr("EventType")?;
    let entry = |entry: &EventType| {
        let fields = entry.fields.map(|fields| self::fields(py, fields)).transpose()?;
        class.call1((entry.name, entry.about, entry.scope, fields))
    };
    self::provider(provider)?.catalogue().iter().map(entry).collect()
}

fn fields<'py>(py: Python<'py>, fields: &[Field]) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let class = py.import("hookseal.tools")?.getattr("Field")?;
    let field = |field: &Field| {
        let inner = self::fields(py, field.shape.fields())?;
        class.call1((field.name, field.required, field.shape.expected(), inner))
    };
    fields.iter().map(field).collect()
}

/// How a provider delivers and retries.
#[pyfunction]
pub(crate) fn delivery_policy<'py>(provider: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let policy = self::provider(provider)?.delivery_policy();
    let class = provider.py().import("hookseal.tools")?.getattr("DeliveryPolicy")?;
    class.call1((policy.deadline, policy.retries, policy.retry_delays))
}

/// A documented sample with overrides laid over it, both as JSON.
#[pyfunction]
pub(crate) fn sample(
    provider: &Bound<'_, PyAny>,
    event_type: &Bound<'_, PyAny>,
    overrides: &Bound<'_, PyAny>,
) -> PyResult<String> {
    let of = self::provider(provider)?;
    let overrides = json::read(text(overrides).as_bytes()).unwrap_or(Json::Null).into();
    tools::sample(of, text(event_type), &overrides).map_err(|error| raised(provider.py(), &error))
}

/// The provider of this name.
pub(crate) fn provider(name: &Bound<'_, PyAny>) -> PyResult<Provider> {
    text(name).parse().map_err(|error: WebhookError| raised(name.py(), &error))
}

/// What is not well-formed text names nothing, and is no JSON.
pub(crate) fn text<'a>(value: &'a Bound<'_, PyAny>) -> &'a str {
    value.cast::<PyString>().ok().and_then(|text| text.to_str().ok()).unwrap_or_default()
}
