//! The receivers of the scenarios, on axum: `tests/npm/receivers` says what is expected of each.

mod handler;
mod log;
mod routes;
mod stores;

use axum::routing::get;
use log::Log;
use std::env;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let log = Log::default();
    let (secret, other_secret) = (env::var("HOOKSEAL_SECRET")?, env::var("HOOKSEAL_OTHER_SECRET")?);
    let app = routes::all(&log, &secret, &other_secret)?.route("/log", get(async move || log.json()));
    let port: u16 = env::var("PORT")?.parse()?;
    Ok(axum::serve(TcpListener::bind(("127.0.0.1", port)).await?, app).await?)
}
