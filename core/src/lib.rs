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

#[cfg(feature = "tools")]
pub mod tools;

mod error;

pub use error::{Code, Kind, Problem, WebhookError};
pub use event::shape::{Field, Shape};
pub use event::{
    AssignedSet, AssignmentStatusChanged, Content, Data, Event, KitReceived, OrderStatusChanged, ReportReady,
};
pub use headers::Headers;
pub use payload::{Host, Limit, MAX_PAYLOAD, NotRaw, check_size};
pub use provider::{DeliveryPolicy, EventType, Provider};
pub use secret::{Secret, SecretFault, Secrets};
pub use webhook::{Prepared, Webhook};
