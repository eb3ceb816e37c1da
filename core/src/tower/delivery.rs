//! The acts of one delivery, and what becomes known by them.

use super::arrival::Arrival;
use super::host::{fresh_token, now};
use super::receiver::Context;
use super::store::{Begin, Session, Store};
use super::{BoxError, Receiver, Record};
use crate::host::{Happened, Step, Wanted, hashed};
use crate::{Claim, Event, Outcome, Reply};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::time::Instant;

pub(super) struct Delivery<S: Begin> {
    receiver: Receiver<S>,
    started: Instant,
    arrival: Arrival,
    key: OnceLock<String>,
    held: OnceLock<Held<S::Session>>,
    /// How long the claim that is in the way may yet hold.
    wait: OnceLock<Duration>,
    /// What the user's code or the store failed with, first.
    error: OnceLock<BoxError>,
}

/// A claim of its own.
struct Held<Session> {
    session: Session,
    token: String,
}

impl<S: Begin> Delivery<S> {
    pub(super) fn new(receiver: Receiver<S>, started: Instant, arrival: Arrival) -> Self {
        let (key, held, wait, error) = (OnceLock::new(), OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { receiver, started, arrival, key, held, wait, error }
    }

    /// Does what a step after the reading says. Nothing, where it failed.
    pub(super) async fn act(self: Arc<Self>, step: Step) -> Option<Happened> {
        match step {
            Step::Key => self.find_key(),
            Step::Claim => self.claim().await,
            Step::Handle => self.handle().await,
            Step::Complete | Step::CompleteAgain => self.complete().await,
            Step::Release | Step::Withdraw => self.release().await,
            Step::Report => self.report().await,
            Step::Read | Step::Reply(_) => None,
        }
    }

    fn find_key(&self) -> Option<Happened> {
        let event = self.arrival.event.as_ref()?;
        let key = self.receiver.key.as_ref().map_or_else(|| event.key().to_owned(), |key| key(event));
        if key.is_empty() {
            return self.kept(Err(Wanted::Key.error()));
        }
        self.key.set(key).ok()?;
        Some(Happened::Done)
    }

    async fn claim(&self) -> Option<Happened> {
        let token = self.kept(fresh_token())?;
        let session = self.kept(Arc::clone(&self.receiver.store).begin().await)?;
        let now = now();
        let claim = session.claim(self.key.get()?, &token, self.receiver.options.lease, now).await;
        let claim = self.kept(claim)?;
        match claim {
            Claim::Claimed => drop(self.held.set(Held { session, token })),
            Claim::InProgress { until } => drop(self.wait.set(Duration::from_millis(until.saturating_sub(now)))),
            Claim::Completed => {}
        }
        Some(Happened::named(claim.as_str()))
    }

    async fn handle(&self) -> Option<Happened> {
        let context = Context { tx: self.held.get()?.session.tx() };
        let event = self.arrival.event.clone()?;
        self.kept((self.receiver.handler)(event, context).await)?;
        Some(Happened::Done)
    }

    async fn complete(&self) -> Option<Happened> {
        let Held { session, token } = self.held.get()?;
        let ending = session.complete(self.key.get()?, token, self.receiver.options.retention, now()).await;
        Some(Happened::named(self.kept(ending)?.as_str()))
    }

    async fn release(&self) -> Option<Happened> {
        let Held { session, token } = self.held.get()?;
        let ending = session.release(self.key.get()?, token).await;
        Some(Happened::named(self.kept(ending)?.as_str()))
    }

    async fn report(&self) -> Option<Happened> {
        let report = self.receiver.on_invalid.as_ref()?;
        let (error, payload) = self.arrival.refused.clone()?;
        self.kept(report(error, payload).await)?;
        Some(Happened::Done)
    }

    /// What went well; of what did not, the first error is kept.
    pub(super) fn kept<T>(&self, result: Result<T, impl Into<BoxError>>) -> Option<T> {
        result.map_err(|error| self.error.set(error.into())).ok()
    }

    /// Tells whoever observes how it ends; gives the reply to that.
    pub(super) fn ends(&self, outcome: Outcome) -> Reply {
        if let Some(observe) = &self.receiver.observe {
            let error = self.error.get().map(Box::as_ref).or(self.arrival.error());
            let event_type = self.arrival.event.as_ref().map(Event::event_type);
            let key = self.key.get().map(|key| hashed(key));
            let record = Record {
                provider: self.receiver.webhook.provider(),
                event_type,
                outcome,
                code: Record::code(outcome, error),
                status: outcome.status(),
                elapsed: self.started.elapsed(),
                key: key.as_deref(),
                error,
            };
            record.tell(&**observe);
        }
        outcome.reply(self.wait.get().copied())
    }
}
