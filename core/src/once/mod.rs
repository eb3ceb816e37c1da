//! Handled once.

mod key;

pub(crate) use key::key;
