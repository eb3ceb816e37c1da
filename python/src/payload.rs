//! Payloads: bytes, in any form that Python has.

use crate::error::raised;
use crate::tools::text;
use hookseal::WebhookError;
use hookseal::host::{Host, NotRaw, check_limit, check_size};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};
use std::borrow::Cow;

/// CPython's own `hashlib` gives up the GIL from this many bytes on: below, taking it back costs more than it gains.
pub(crate) const GIL_RELEASE_MIN: usize = 2048;

/// The bytes of a payload, once they are known to be few enough to be copied. What can change while others run is copied.
pub(crate) fn raw_bytes<'a>(payload: &'a Bound<'_, PyAny>, host: Host) -> PyResult<Cow<'a, [u8]>> {
    let py = payload.py();
    let refused = |found| raised(py, &WebhookError::PayloadNotRaw { found, host });
    if let Ok(bytes) = payload.cast::<PyBytes>() {
        Ok(Cow::Borrowed(bytes.as_bytes()))
    } else if let Ok(text) = payload.cast::<PyString>() {
        let text = text.to_str().map_err(|_| refused(NotRaw::IllFormedText))?;
        Ok(Cow::Borrowed(text.as_bytes()))
    } else if let Ok(array) = payload.cast::<PyByteArray>() {
        check_size(array.len()).map_err(|error| raised(py, &error))?;
        Ok(Cow::Owned(array.to_vec()))
    } else if let Ok(view) = payload.cast::<PyMemoryView>() {
        let size = view.getattr("nbytes").and_then(|size| size.extract());
        check_size(size.map_err(|_| refused(NotRaw::Parsed))?).map_err(|error| raised(py, &error))?;
        let bytes = view.call_method0("tobytes").and_then(|bytes| Ok(bytes.cast::<PyBytes>()?.as_bytes().to_vec()));
        bytes.map(Cow::Owned).map_err(|_| refused(NotRaw::Parsed))
    } else if payload.is_none() {
        Err(refused(NotRaw::Nothing))
    } else {
        Err(refused(NotRaw::Parsed))
    }
}

/// The bytes that a receiver was given as a body. No text: nobody knows how it was made of them.
#[pyfunction]
pub(crate) fn received<'py>(
    body: &Bound<'py, PyAny>,
    limit: usize,
    place: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    let (py, host) = (body.py(), host(text(place)));
    if body.is_instance_of::<PyString>() {
        return Err(raised(py, &WebhookError::PayloadNotRaw { found: NotRaw::Decoded, host }));
    }
    let bytes = raw_bytes(body, host)?;
    check_limit(bytes.len(), limit).map_err(|error| raised(py, &error))?;
    // What is bytes already is not copied.
    Ok(body.cast::<PyBytes>().map_or_else(|_| PyBytes::new(py, &bytes), Clone::clone))
}

fn host(place: &str) -> Host {
    match place {
        "flask" => Host::Flask,
        "django" => Host::Django,
        "asgi" => Host::Asgi,
        _ => Host::Python,
    }
}
