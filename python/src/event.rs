//! Events, as Python sees them.

use crate::json;
use hookseal::json::Json;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

/// What an authentic payload says. Its repr shows no health data.
#[pyclass(frozen, module = "hookseal", get_all)]
pub(crate) struct Event {
    /// Who sent it: `loop` or `glycanage`.
    provider: &'static str,
    /// The event's type, as sent.
    r#type: String,
    /// Whether the type is in the provider's catalogue. Types that are not pass all the same: providers add new ones.
    known: bool,
    /// The id inside the signed body, if it has one; an integer id is its decimal text.
    id: Option<String>,
    /// When the event occurred, in UTC, if the signed body says so.
    occurred_at: Option<Py<PyAny>>,
    /// The whole body.
    body: Py<PyAny>,
    /// The idempotency key, from signed bytes only: equal for every delivery of this event.
    key: String,
    /// The label of the secret that matched, or its index as text, so that an old one can be retired on evidence.
    secret: String,
}

#[pymethods]
impl Event {
    fn __repr__(&self) -> String {
        format!("Event(provider='{}', known={}, ..)", self.provider, if self.known { "True" } else { "False" })
    }
}

impl Event {
    pub(crate) fn new(py: Python<'_>, event: &hookseal::Event<Json<'_>>) -> PyResult<Self> {
        Ok(Self {
            provider: event.provider().name(),
            r#type: event.event_type().to_owned(),
            known: event.known(),
            id: event.id().map(str::to_owned),
            occurred_at: event.occurred_at().map(|millis| datetime(py, millis)).transpose()?,
            body: json::object(py, event.body())?.unbind(),
            key: event.key().to_owned(),
            secret: event.secret().to_owned(),
        })
    }
}

/// An aware `datetime`, from ms since 1970 in exact steps: `fromtimestamp` would go by way of a float.
fn datetime(py: Python<'_>, millis: u64) -> PyResult<Py<PyAny>> {
    static EPOCH: PyOnceLock<(Py<PyAny>, Py<PyAny>)> = PyOnceLock::new();
    let (epoch, timedelta) = EPOCH.get_or_try_init(py, || {
        let datetime = py.import("datetime")?;
        let utc = datetime.getattr("timezone")?.getattr("utc")?;
        let epoch = datetime.getattr("datetime")?.call_method1("fromtimestamp", (0, utc))?;
        Ok::<_, PyErr>((epoch.unbind(), datetime.getattr("timedelta")?.unbind()))
    })?;
    let since = PyDict::new(py);
    since.set_item("milliseconds", millis)?;
    epoch.call_method1(py, "__add__", (timedelta.call(py, (), Some(&since))?,))
}
