//! Receivers for axum, hyper and tower: a [`Receiver`] proves who sent a delivery, lets your handler have its event once, and
//! answers the way the sender expects.
//!
//! # Examples
//!
//! ```no_run
//! use axum::Router;
//! use hookseal::{MemoryStore, Provider, Webhook, tower::receiver};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let webhook = Webhook::new(Provider::Loop, std::env::var("LOOP_WEBHOOK_SECRET")?)?;
//!     let loop_platform = receiver(webhook, MemoryStore::default(), |event, _| async move {
//!         println!("received {}", event.event_type());
//!         Ok::<_, std::io::Error>(())
//!     });
//!
//!     let app = Router::new().route_service("/webhooks/loop", loop_platform);
//!     Ok(axum::serve(tokio::net::TcpListener::bind("127.0.0.1:3000").await?, app).await?)
//! }
//! ```
//!
//! It needs a runtime of tokio's whose time is enabled, as it is under `#[tokio::main]`. What a handler still does after its
//! deadline, it does in the background: a program that ends does not wait for it, and the sender tries again.

mod receiver;
mod store;
mod service;
mod run;
mod arrival;
mod body;
mod delivery;
mod record;
mod host;

pub use receiver::{Context, Receiver, receiver};
pub use record::Record;
pub use store::{Begin, Session, Store};

/// Any error: a handler's, a store's, a body's.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
