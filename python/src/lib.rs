//! The wheel's way into the core: one Python method per core function. It converts and never decides.

mod error;
mod event;
mod headers;
mod json;
mod payload;
mod secret;
mod tools;
mod webhook;

use pyo3::prelude::*;

/// What `hookseal` gives to Python.
#[pymodule]
mod _hookseal {
    #[pymodule_export]
    use crate::tools::{catalogue, delivery_policy, sample};
    #[pymodule_export]
    use crate::webhook::Webhook;
}
