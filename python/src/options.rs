//! A receiver's options on their way in, and what the core makes of them.

use crate::error::raised;
use crate::tools;
use hookseal::Options;
use hookseal::host::Wanted;
use pyo3::prelude::*;
use std::time::Duration;

/// `Options::check`; gives all that are numbers, with the defaults where nothing was given.
#[pyfunction]
pub(crate) fn check_options<'py>(
    provider: &Bound<'py, PyAny>,
    max_payload: Option<&Bound<'py, PyAny>>,
    deadline: Option<&Bound<'py, PyAny>>,
    lease: Option<&Bound<'py, PyAny>>,
    retention: Option<&Bound<'py, PyAny>>,
    max_age: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = provider.py();
    let mut options = Options::default();
    options.max_payload = max_payload.map_or(options.max_payload, |bytes| bytes.extract().unwrap_or_default());
    options.deadline = deadline.map_or(options.deadline, duration);
    options.lease = lease.map_or(options.lease, duration);
    options.retention = retention.map_or(options.retention, duration);
    options.max_age = max_age.map(duration);
    options.check(tools::provider(provider)?).map_err(|error| raised(py, &error))?;

    let Options { max_payload, deadline, lease, retention, max_age, .. } = options;
    let class = py.import("hookseal.options")?.getattr("Limits")?;
    class.call1((max_payload, deadline.as_secs_f64(), lease.as_millis(), retention.as_millis(), max_age))
}

/// The error for what a receiver wants and was not given, by its name.
#[pyfunction]
pub(crate) fn wanted<'py>(name: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    let wanted = match tools::text(name) {
        "store" => Wanted::Store,
        "webhook" => Wanted::Webhook,
        "handler" => Wanted::Handler,
        "sync_handler" => Wanted::SyncHandler,
        "sync_store" => Wanted::SyncStore,
        "client" => Wanted::Client,
        "callback" => Wanted::Callback,
        "key" => Wanted::Key,
        _ => Wanted::Name,
    };
    let py = name.py();
    raised(py, &wanted.error()).into_value(py).into_bound(py).into_any()
}

/// What is no duration becomes none, which the core refuses with the right words.
pub(crate) fn duration(given: &Bound<'_, PyAny>) -> Duration {
    let seconds = given.call_method0("total_seconds").and_then(|seconds| seconds.extract::<f64>());
    seconds.ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).unwrap_or_default()
}
