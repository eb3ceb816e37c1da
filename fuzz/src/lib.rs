//! Second opinions on what the core decides, written from the design and the providers' guides and not from the core's
//! code. Each `check` takes what the fuzzer made and panics where core and opinion differ.
//!
//! `cargo xtask fuzz --seconds 60` runs every target.

pub mod event;
pub mod json;
pub mod signature;

mod data;
mod digest;
mod number;
mod rfc3339;
mod scan;
