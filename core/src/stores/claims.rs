//! What the SQL stores ask of their databases: the core's statements, for one receiver's keys.

use super::until;
use crate::host::{Name, claimed};
use crate::sql::{CREATE_INDEX, CREATE_TABLE, Dialect, Statement};
use crate::{Claim, WebhookError};
use std::sync::Arc;
use std::time::Duration;

/// The statements that make the table and its index, for migrations.
///
/// # Examples
///
/// ```
/// let [table, index] = hookseal::stores::schema();
/// assert!(table.starts_with("CREATE TABLE IF NOT EXISTS hookseal_claims"));
/// assert!(index.starts_with("CREATE INDEX IF NOT EXISTS"));
/// ```
#[must_use]
pub const fn schema() -> [&'static str; 2] {
    [CREATE_TABLE, CREATE_INDEX]
}

/// A statement, and its parameters in the order of their numbers.
pub(super) struct Ask {
    pub(super) text: Arc<str>,
    pub(super) values: Vec<Value>,
}

pub(super) enum Value {
    Text(String),
    /// Since 1970.
    Ms(i64),
}

/// What is there after a claim.
pub(super) struct Row {
    pub(super) token: String,
    pub(super) state: String,
    pub(super) until: i64,
}

/// Each statement in a driver's dialect.
#[derive(Debug)]
pub(super) struct Claims {
    name: Name,
    claim: Arc<str>,
    complete: Arc<str>,
    release: Arc<str>,
    sweep: Arc<str>,
}

impl Claims {
    pub(super) fn new(name: &str, dialect: Dialect) -> Result<Self, WebhookError> {
        let text = |name| {
            let statement = Statement::named(name).ok_or(WebhookError::InvalidOption("a statement of the core's"))?;
            Ok(statement.render(dialect).into())
        };
        Ok(Self {
            name: Name::new(name)?,
            claim: text("claim")?,
            complete: text("complete")?,
            release: text("release")?,
            sweep: text(if dialect == Dialect::Dollar { "sweep_unlocked" } else { "sweep" })?,
        })
    }

    pub(super) fn claim(&self, key: &str, token: &str, lease: Duration, now: u64) -> Ask {
        ask(&self.claim, [self.key(key), text(token), ms(until(now, lease)), ms(now)])
    }

    pub(super) fn complete(&self, key: &str, token: &str, retention: Duration, now: u64) -> Ask {
        ask(&self.complete, [self.key(key), text(token), ms(until(now, retention))])
    }

    pub(super) fn release(&self, key: &str, token: &str) -> Ask {
        ask(&self.release, [self.key(key), text(token)])
    }

    pub(super) fn sweep(&self, now: u64) -> Ask {
        ask(&self.sweep, [ms(now)])
    }

    fn key(&self, key: &str) -> Value {
        Value::Text(self.name.key(key))
    }
}

impl Row {
    pub(super) fn claim(&self, token: &str) -> Claim {
        claimed(token, &self.token, &self.state, self.until.try_into().unwrap_or_default())
    }
}

fn ask<const N: usize>(text: &Arc<str>, values: [Value; N]) -> Ask {
    Ask { text: Arc::clone(text), values: values.into() }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn ms(ms: u64) -> Value {
    Value::Ms(ms.try_into().unwrap_or(i64::MAX))
}
