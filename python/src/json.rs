//! The core's own parse, as Python objects: what Python holds is what the core has checked.

use hookseal::json::{Json, Member};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyInt, PyList, PyString};

pub(crate) fn object<'py>(py: Python<'py>, json: &Json<'_>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match json {
        Json::Null => py.None().into_bound(py),
        Json::Bool(value) => value.into_pyobject(py)?.to_owned().into_any(),
        // However it was written (25000.0): what is typed as an int must be one.
        Json::Number(number) => match number.as_integer() {
            Some(integer) => PyInt::new(py, integer).into_any(),
            None => PyFloat::new(py, number.as_f64()).into_any(),
        },
        Json::Text(text) => PyString::new(py, text).into_any(),
        Json::Array(elements) => {
            let list = PyList::empty(py);
            elements.iter().try_for_each(|element| list.append(object(py, element)?))?;
            list.into_any()
        }
        Json::Object(members) => {
            let dict = PyDict::new(py);
            members.iter().try_for_each(|Member { name, value }| dict.set_item(name.as_ref(), object(py, value)?))?;
            dict.into_any()
        }
    })
}
