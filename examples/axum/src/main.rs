//! Receives webhooks with axum.

use axum::Router;
use hookseal::tower::{Context, Receiver, receiver};
use hookseal::{Event, MemoryStore, Provider, Webhook, WebhookError};
use std::{convert::Infallible, env, error::Error};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = Router::new()
        .route_service("/webhooks/loop", webhooks(Provider::Loop, "LOOP_WEBHOOK_SECRET")?)
        .route_service("/webhooks/glycanage", webhooks(Provider::GlycanAge, "GLYCANAGE_WEBHOOK_SECRET")?);

    let port = env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    Ok(axum::serve(TcpListener::bind(("127.0.0.1", port)).await?, app).await?)
}

fn webhooks(provider: Provider, secret: &str) -> Result<Receiver<MemoryStore>, WebhookError> {
    let webhook = Webhook::new(provider, env::var(secret).unwrap_or_default())?;
    // The memory store protects one process: servers that share their events share a store too.
    Ok(receiver(webhook, MemoryStore::default(), handle))
}

async fn handle(event: Event, _: Context) -> Result<(), Infallible> {
    println!("received {}", event.event_type());
    Ok(())
}
