//! Events, as the classes of `hookseal.events`.

use crate::json;
use hookseal::json::Json;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

/// The event as an instance of its type's class.
pub(crate) fn object<'py>(py: Python<'py>, event: &hookseal::Event<Json<'_>>) -> PyResult<Bound<'py, PyAny>> {
    static CLASSES: PyOnceLock<(Py<PyAny>, Py<PyAny>)> = PyOnceLock::new();
    let (known, unknown) = CLASSES.get_or_try_init(py, || {
        let events = py.import("hookseal.events")?;
        Ok::<_, PyErr>((events.getattr("KNOWN")?.unbind(), events.getattr("UnknownEvent")?.unbind()))
    })?;
    let (provider, event_type) = (event.provider().name(), event.event_type());
    let body = json::object(py, event.body())?;
    let (class, data) = if event.known() {
        (known.bind(py).get_item(provider)?.get_item(event_type)?, body.call_method1("get", ("data",))?)
    } else {
        (unknown.bind(py).clone(), py.None().into_bound(py))
    };
    let occurred_at = event.occurred_at().map(|millis| datetime(py, millis)).transpose()?;
    let (key, secret) = (event.key(), event.secret());
    class.call1((provider, event_type, event.known(), event.id(), occurred_at, data, body, key, secret))
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
