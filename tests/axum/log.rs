//! What handlers and observers had, in order.

use hookseal::{Code, tower::Record};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<Value>>>);

impl Log {
    pub(crate) fn add(&self, entry: Value) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }

    /// An entry for what an observer was told of a path.
    pub(crate) fn observed(&self, path: &str, record: &Record<'_>) {
        self.add(json!({ "observed": {
            "path": path,
            "provider": record.provider.name(),
            "type": record.event_type,
            "outcome": record.outcome.as_str(),
            "code": record.code.map(Code::as_str),
            "status": record.status,
            "key": record.key,
            "error": record.error.is_some(),
        }}));
    }

    pub(crate) fn json(&self) -> String {
        json!(*self.0.lock().unwrap_or_else(PoisonError::into_inner)).to_string()
    }
}
