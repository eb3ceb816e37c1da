//! The receiver for axum, hyper and tower, without a socket: what is hard to show over HTTP. The scenarios show the rest.
#![cfg(feature = "tower")]
#![expect(clippy::unwrap_used, reason = "what is not as it must be fails the test")]

mod support;
mod reading;
mod handling;
mod stores;
mod deadline;
mod records;
