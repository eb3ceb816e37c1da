//! A receiver a path, all of them with the same handler and observer.

use crate::handler::{handle, on_invalid};
use crate::log::Log;
use crate::stores::{Broken, Fault, Transactional};
use axum::Router;
use hookseal::tower::{Begin, Receiver, receiver};
use hookseal::{Ending, Event, MemoryStore, Options, Provider, Webhook, WebhookError};
use serde_json::Value;
use std::any::Any;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

type Changed<S> = Result<Receiver<S>, WebhookError>;

pub(crate) fn all(log: &Log, secret: &str, other_secret: &str) -> Result<Router, WebhookError> {
    let on = |provider, secret| Webhook::new(provider, secret);
    let plain = || on(Provider::Loop, secret);
    let memory = MemoryStore::default;
    let broken = Broken::new;
    let routes = Routes { log, app: Router::new() }
        .serve("/plain", plain()?, memory(), Ok)?
        .serve("/other", on(Provider::GlycanAge, other_secret)?, memory(), Ok)?
        .serve("/quick", plain()?, memory(), with(quick))?
        .serve("/reported", plain()?, memory(), reporting(log))?
        .serve("/small", plain()?, memory(), with(|options| options.max_payload = 1000))?
        .serve("/aged", plain()?, memory(), with(|options| options.max_age = Some(48 * HOUR)))?
        .serve("/keyed", plain()?, memory(), |receiver| Ok(receiver.key(key)))?
        .serve("/claim-fails", plain()?, broken(Fault::ClaimFails), Ok)?
        .serve("/complete-fails", plain()?, broken(Fault::CompleteFails), Ok)?
        .serve("/complete-fails-once", plain()?, broken(Fault::CompleteFailsOnce), Ok)?
        .serve("/complete-lost", plain()?, broken(Fault::CompleteLost), Ok)?
        .serve("/release-fails", plain()?, broken(Fault::ReleaseFails), Ok)?
        .serve("/claim-hangs", plain()?, broken(Fault::ClaimHangs), with(quick))?
        .serve("/commit-fails", plain()?, Transactional::new(None), Ok)?
        .serve("/commit-lost", plain()?, Transactional::new(Some(Ending::Lost)), Ok)?
        .serve("/commit-late", plain()?, Transactional::new(Some(Ending::Completed)), Ok)?;
    Ok(routes.app)
}

struct Routes<'l> {
    log: &'l Log,
    app: Router,
}

impl Routes<'_> {
    fn serve<S: Begin>(
        self,
        path: &'static str,
        webhook: Webhook,
        store: S,
        change: impl FnOnce(Receiver<S>) -> Changed<S>,
    ) -> Result<Self, WebhookError> {
        let (handled, observed) = (self.log.clone(), self.log.clone());
        let receiver = receiver(webhook, store, move |event, context| {
            // `()` in most routes.
            let tx = (&context.tx as &dyn Any).downcast_ref::<&str>().copied();
            handle(handled.clone(), event, tx)
        });
        let receiver = change(receiver.observe(move |record| observed.observed(path, record)))?;
        Ok(Self { app: self.app.route_service(path, receiver), ..self })
    }
}

fn with<S: Begin>(change: fn(&mut Options)) -> impl FnOnce(Receiver<S>) -> Changed<S> {
    move |receiver| {
        let mut options = Options::default();
        change(&mut options);
        receiver.options(options)
    }
}

fn quick(options: &mut Options) {
    options.deadline = Duration::from_millis(300);
    options.lease = Duration::from_secs(60);
}

fn reporting<S: Begin>(log: &Log) -> impl FnOnce(Receiver<S>) -> Changed<S> {
    let log = log.clone();
    move |receiver| Ok(receiver.on_invalid(move |error, payload| on_invalid(log.clone(), error, payload)))
}

fn key(event: &Event) -> String {
    event.body().pointer("/data/key").and_then(Value::as_str).unwrap_or_default().to_owned()
}
