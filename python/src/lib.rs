//! The wheel's way into the core: one Python method per core function. It converts and never decides.

mod error;
mod event;
mod headers;
mod json;
mod memory;
mod once;
mod options;
mod payload;
mod secret;
mod shared;
mod tools;
mod webhook;

use pyo3::prelude::*;

/// What `hookseal` gives to Python.
#[pymodule]
mod _hookseal {
    #[pymodule_export]
    use crate::memory::MemoryStore;
    #[pymodule_export]
    use crate::once::{admit, at_deadline, hashed, next_step, reply, unverified, verified};
    #[pymodule_export]
    use crate::options::{check_options, wanted};
    #[pymodule_export]
    use crate::payload::received;
    #[pymodule_export]
    use crate::shared::{check_name, claimed, lock_timeout, redis_scripts, redis_warnings, stored_key, sweeps};
    #[pymodule_export]
    use crate::shared::{sql_schema, sql_statements};
    #[pymodule_export]
    use crate::tools::{catalogue, delivery_policy, sample};
    #[pymodule_export]
    use crate::webhook::Webhook;
}
