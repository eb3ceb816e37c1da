//! What the receivers are given: a handler that does what the event says, and a taker of what is not understood.

use crate::log::Log;
use axum::body::Bytes;
use hookseal::tower::BoxError;
use hookseal::{Event, WebhookError};
use serde_json::json;
use std::time::Duration;

const ASKED: &str = "asked to fail";

pub(crate) async fn handle(log: Log, event: Event, tx: Option<&str>) -> Result<(), BoxError> {
    let data = &event.body()["data"];
    let what = data["do"].as_str().unwrap_or_default();
    if let Some(tx) = tx {
        log.add(json!({ "tx": tx }));
    }
    log.add(json!({ "handled": event.id() }));
    if what == "throw" {
        return Err(ASKED.into());
    }
    if what.starts_with("wait") {
        tokio::time::sleep(Duration::from_millis(data["ms"].as_u64().unwrap_or_default())).await;
    }
    tokio::task::yield_now().await;
    if what == "reject" || what == "wait-throw" {
        return Err(ASKED.into());
    }
    log.add(json!({ "finished": event.id() }));
    Ok(())
}

pub(crate) async fn on_invalid(log: Log, error: WebhookError, payload: Bytes) -> Result<(), BoxError> {
    log.add(json!({ "reported": error.code().as_str(), "bytes": payload.len() }));
    if payload.windows(5).any(|bytes| bytes == b"throw") { Err(ASKED.into()) } else { Ok(()) }
}
