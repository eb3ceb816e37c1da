//! What helps to test a receiver, and what a deployment does not need.

mod delivery;
mod sample;

pub use delivery::{Delivery, delivery};
pub use sample::sample;
