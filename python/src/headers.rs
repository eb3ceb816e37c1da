//! Headers, in any form that Python's frameworks have.

use hookseal::Headers;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString, PyTuple};
use std::borrow::Cow;

/// The signature as the host found it: several values joined by a comma, as WSGI servers do.
pub(crate) struct Joined(Option<Vec<u8>>);

impl Headers for Joined {
    fn values_of<'h>(&'h self, _: &'h str) -> impl Iterator<Item = &'h [u8]> {
        self.0.as_deref().into_iter()
    }
}

/// The value of a header; nothing where it is absent, or where the caller's own object cannot be read.
pub(crate) fn header(headers: &Bound<'_, PyAny>, name: &str) -> PyResult<Joined> {
    match values(headers, name) {
        Ok(values) if values.is_empty() => Ok(Joined(None)),
        Ok(values) => Ok(Joined(Some(values.join(&b", "[..])))),
        Err(error) if error.is_instance_of::<PyException>(headers.py()) => Ok(Joined(None)),
        Err(interrupt) => Err(interrupt),
    }
}

fn values(headers: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Vec<u8>>> {
    let mut values = Vec::new();
    if headers.is_none() {
        return Ok(values);
    }
    if let Some(signature) = text(headers) {
        return Ok(vec![signature.into_owned()]);
    }
    let environ_name = format!("HTTP_{}", name.to_ascii_uppercase().replace('-', "_"));
    let pairs = if headers.hasattr("items")? { &headers.call_method0("items")? } else { headers };
    for pair in pairs.try_iter()? {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
        // In its very case: no header of that spelling reaches a mapping of headers, an environ has no other.
        let is_named =
            |key: Cow<'_, [u8]>| key.eq_ignore_ascii_case(name.as_bytes()) || *key == *environ_name.as_bytes();
        if text(&key).is_some_and(is_named) {
            collect(&value, &mut values)?;
        }
    }
    Ok(values)
}

fn collect(value: &Bound<'_, PyAny>, values: &mut Vec<Vec<u8>>) -> PyResult<()> {
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        value.try_iter()?.try_for_each(|value| collect(&value?, values))
    } else if value.is_none() {
        Ok(())
    } else {
        // What is not text cannot be a signature, and neither can this: the core will call it malformed.
        values.push(text(value).unwrap_or(Cow::Borrowed(b"not text")).into_owned());
        Ok(())
    }
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
