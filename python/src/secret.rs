//! Secrets, on their way in.

use crate::headers::is_of_the_callers_making;
use hookseal::{Secret, SecretFault, Secrets};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyList, PyMemoryView, PyString, PyTuple};

/// One secret, a list, or secrets by label; none for `None`.
pub(crate) fn secrets(given: &Bound<'_, PyAny>) -> PyResult<Secrets> {
    match list(given) {
        Ok(secrets) => Ok(secrets.into_iter().collect()),
        // The caller's own object cannot be read: that is no secret.
        Err(error) if is_of_the_callers_making(given.py(), &error) => {
            Ok(Secret::unusable(SecretFault::WrongType).into())
        }
        Err(error) => Err(error),
    }
}

fn list(given: &Bound<'_, PyAny>) -> PyResult<Vec<Secret>> {
    if given.is_none() {
        Ok(Vec::new())
    } else if let Some(secret) = secret(given)? {
        Ok(vec![secret])
    } else if given.is_instance_of::<PyDict>() || given.hasattr("items")? {
        given.call_method0("items")?.try_iter()?.map(|pair| labelled(&pair?)).collect()
    } else {
        given.try_iter()?.map(|item| one_of_list(&item?)).collect()
    }
}

fn one_of_list(item: &Bound<'_, PyAny>) -> PyResult<Secret> {
    if item.is_instance_of::<PyTuple>() || item.is_instance_of::<PyList>() {
        return labelled(item);
    }
    Ok(secret(item)?.unwrap_or(Secret::unusable(SecretFault::WrongType)))
}

fn labelled(pair: &Bound<'_, PyAny>) -> PyResult<Secret> {
    let (label, value): (String, Bound<'_, PyAny>) = pair.extract()?;
    Ok(secret(&value)?.unwrap_or(Secret::unusable(SecretFault::WrongType)).labelled(label))
}

/// The secret that a text or bytes are; nothing for any other value.
fn secret(value: &Bound<'_, PyAny>) -> PyResult<Option<Secret>> {
    Ok(if let Ok(text) = value.cast::<PyString>() {
        Some(text.to_str().map_or(Secret::unusable(SecretFault::IllFormedText), Secret::from))
    } else if let Ok(bytes) = value.cast::<PyBytes>() {
        Some(Secret::from(bytes.as_bytes()))
    } else if let Ok(array) = value.cast::<PyByteArray>() {
        Some(Secret::from(array.to_vec()))
    } else if let Ok(view) = value.cast::<PyMemoryView>() {
        Some(Secret::from(view.call_method0("tobytes")?.cast::<PyBytes>()?.as_bytes()))
    } else {
        None
    })
}
