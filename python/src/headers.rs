//! Headers, in any form that Python's frameworks have.

use hookseal::Headers;
use pyo3::exceptions::{PyException, PyMemoryError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple};
use std::borrow::Cow;

/// The signature as the host found it: several values joined by a comma, as WSGI servers do.
pub(crate) struct Joined(Option<Vec<u8>>);

impl Headers for Joined {
    fn values_of<'h>(&'h self, _: &'h str) -> impl Iterator<Item = &'h [u8]> {
        self.0.as_deref().into_iter()
    }
}

impl Joined {
    /// The value as text, which is what all but signatures are.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        self.0.as_deref().map(String::from_utf8_lossy)
    }
}

/// The signature: its header's value, unless it was handed over alone.
pub(crate) fn signature(headers: &Bound<'_, PyAny>, name: &str) -> PyResult<Joined> {
    match text(headers) {
        Some(signature) => Ok(Joined(Some(signature.into_owned()))),
        None => header(headers, name),
    }
}

/// The value of a header; nothing where it is absent, or where the caller's own object cannot be read.
pub(crate) fn header(headers: &Bound<'_, PyAny>, name: &str) -> PyResult<Joined> {
    match values(headers, name) {
        Ok(values) if values.is_empty() => Ok(Joined(None)),
        Ok(values) => Ok(Joined(Some(values.join(&b", "[..])))),
        Err(error) if is_of_the_callers_making(headers.py(), &error) => Ok(Joined(None)),
        Err(error) => Err(error),
    }
}

/// Whether an exception says that an object of the caller's cannot be read; an interrupt, say, does not.
pub(crate) fn is_of_the_callers_making(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<PyException>(py) && !error.is_instance_of::<PyMemoryError>(py)
}

fn values(headers: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Vec<u8>>> {
    let mut values = Vec::new();
    if headers.is_none() || text(headers).is_some() {
        return Ok(values);
    }
    let name = if is_environ(headers) { &in_environ(name) } else { name };
    let pairs = if headers.hasattr("items")? { &headers.call_method0("items")? } else { headers };
    for pair in pairs.try_iter()? {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
        if text(&key).is_some_and(|key| key.eq_ignore_ascii_case(name.as_bytes())) {
            if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
                value.try_iter()?.try_for_each(|value| value.map(|value| values.extend(one(&value))))?;
            } else {
                values.extend(one(&value));
            }
        }
    }
    Ok(values)
}

/// A WSGI environ, which has every header under a name of its own making. What else
/// stands in one tells: a client may well send a header that is named like an environ's.
fn is_environ(headers: &Bound<'_, PyAny>) -> bool {
    headers.is_instance_of::<PyDict>() && headers.contains("REQUEST_METHOD").unwrap_or(false)
}

/// A header's name in an environ, where CGI's own have no prefix.
fn in_environ(name: &str) -> String {
    let name = name.replace('-', "_");
    if name == "Content_Length" { name } else { format!("HTTP_{name}") }
}

/// One value, unless it is none. What is not text cannot be a signature, and neither can what stands for it here: the
/// core will call it malformed.
fn one(value: &Bound<'_, PyAny>) -> Option<Vec<u8>> {
    (!value.is_none()).then(|| text(value).unwrap_or(Cow::Borrowed(b"not text")).into_owned())
}

fn text<'a>(value: &'a Bound<'_, PyAny>) -> Option<Cow<'a, [u8]>> {
    match value.cast::<PyString>() {
        Ok(text) => Some(match text.to_string_lossy() {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        }),
        Err(_) => value.cast::<PyBytes>().ok().map(|bytes| Cow::Borrowed(bytes.as_bytes())),
    }
}
