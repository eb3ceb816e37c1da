#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

// The rooms, in the order in which a delivery passes them.
mod payload;
mod provider;
mod secret;
mod headers;
mod signature;
mod webhook;
pub mod json;
mod event;
mod once;
#[cfg(feature = "tower")]
pub mod tower;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "redis"))]
pub mod stores;
#[cfg(feature = "tools")]
pub mod tools;
mod error;

pub use error::{Code, Kind, Problem, WebhookError};
pub use event::shape::{Field, Shape};
pub use event::{
    AssignedSet, AssignmentStatusChanged, Content, Data, Event, KitReceived, OrderStatusChanged, ReportReady,
};
pub use headers::Headers;
pub use once::{Claim, Ending, Full, MemoryStore, Options, Outcome, Reply};
pub use once::{redis, sql};
pub use payload::MAX_PAYLOAD;
pub use provider::{DeliveryPolicy, EventType, Provider};
pub use secret::{Secret, SecretFault, Secrets};
pub use webhook::Webhook;

/// What a binding to another language needs, and a Rust program does not.
pub mod host {
    pub use crate::once::{Facts, Happened, Name, Step, Wanted, admit, claimed, hashed, lock_timeout, sweeps};
    pub use crate::payload::{Host, Limit, NotRaw, check_limit, check_size};
    pub use crate::webhook::Prepared;
}
