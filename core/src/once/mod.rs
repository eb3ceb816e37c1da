//! Handled once: what a receiver does with a delivery, step by step, and how it answers.

mod key;
mod options;
mod admission;
pub(crate) mod step;
mod reply;
mod store;
mod memory;
pub mod sql;
pub mod redis;

pub use admission::admit;
pub use key::hashed;
pub(crate) use key::key;
pub use memory::{Full, MemoryStore};
pub use options::{Options, Wanted, lock_timeout};
pub use reply::{Outcome, Reply};
pub use step::{Facts, Happened, Step};
pub use store::{Claim, Ending, Name, claimed, sweeps};
