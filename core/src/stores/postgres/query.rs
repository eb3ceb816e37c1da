//! What both forms run.

use super::Connect;
use crate::sql::Statement;
use crate::stores::claims::{Ask, Row, Value, schema};
use crate::tower::BoxError;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Error};

/// The row of a claim.
pub(super) async fn row(client: &Client, ask: &Ask) -> Result<Row, BoxError> {
    let row = query(client, ask).await?.pop().ok_or("expected the row of the claim, found none")?;
    Ok(Row { token: row.try_get(0)?, state: row.try_get(1)?, until: row.try_get(2)? })
}

/// Whether there was a row to end.
pub(super) async fn any(client: &Client, ask: &Ask) -> Result<bool, Error> {
    Ok(!query(client, ask).await?.is_empty())
}

/// In one round trip, and without a prepared statement, which some proxies do not let through.
async fn query(client: &Client, Ask { text, values }: &Ask) -> Result<Vec<tokio_postgres::Row>, Error> {
    let values: Vec<_> = values.iter().map(typed).collect();
    client.query_typed(text, &values).await
}

fn typed(value: &Value) -> (&(dyn ToSql + Sync), Type) {
    match value {
        Value::Text(text) => (text, Type::TEXT),
        Value::Ms(ms) => (ms, Type::INT8),
    }
}

/// What PostgreSQL says of a table or an index that somebody else makes at the same time, IF NOT EXISTS or not.
const THERE: [SqlState; 3] = [SqlState::UNIQUE_VIOLATION, SqlState::DUPLICATE_TABLE, SqlState::DUPLICATE_OBJECT];

pub(super) async fn setup(pool: &impl Connect) -> Result<(), BoxError> {
    let connection = pool.connect().await?;
    let is_set_up = Statement::named("is_set_up").ok_or("expected a statement of the core's, found none")?;
    if !connection.query_typed(is_set_up.text, &[]).await?.is_empty() {
        return Ok(());
    }
    for statement in schema() {
        match connection.batch_execute(statement).await {
            Err(error) if is(&error, &THERE) => {
                connection.batch_execute(statement).await?;
            }
            other => other?,
        }
    }
    Ok(())
}

fn is(error: &Error, codes: &[SqlState]) -> bool {
    error.code().is_some_and(|code| codes.contains(code))
}

/// Whether somebody else is at it, and may yet fail.
pub(super) fn is_busy(error: &BoxError) -> bool {
    let codes = [SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_SERIALIZATION_FAILURE];
    error.downcast_ref().is_some_and(|error| is(error, &codes))
}
