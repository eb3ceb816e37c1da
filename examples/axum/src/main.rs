//! Receives webhooks with axum.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::{Router, body::Bytes, routing::post};
use hookseal::{Provider, Webhook};
use std::{env, error::Error, sync::Arc};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let loop_platform = Webhook::new(Provider::Loop, env::var("LOOP_WEBHOOK_SECRET").unwrap_or_default())?;
    let glycanage = Webhook::new(Provider::GlycanAge, env::var("GLYCANAGE_WEBHOOK_SECRET").unwrap_or_default())?;
    let app = Router::new()
        .route("/webhooks/loop", post(receive).with_state(Arc::new(loop_platform)))
        .route("/webhooks/glycanage", post(receive).with_state(Arc::new(glycanage)));

    let port = env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    Ok(axum::serve(TcpListener::bind(("127.0.0.1", port)).await?, app).await?)
}

async fn receive(
    State(webhook): State<Arc<Webhook>>,
    headers: HeaderMap,
    payload: Bytes,
) -> (StatusCode, &'static str) {
    match webhook.verify(&payload, &headers) {
        Ok(event) => {
            println!("received {}", event.event_type());
            (StatusCode::OK, "OK")
        }
        Err(error) => {
            let status = error.status().and_then(|status| StatusCode::from_u16(status).ok());
            (status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), error.code().as_str())
        }
    }
}
