//! What arrives: the request let in, its body read, the event in it verified.

use super::store::Begin;
use super::{BoxError, Receiver, body, host};
use crate::host::{Facts, Happened, Step, admit};
use crate::{Event, WebhookError};
use bytes::Bytes;
use http::Request;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderName};
use http_body::Body;
use std::error::Error;

/// What came of it. Nothing, where it was not let in or did not arrive in time.
#[derive(Default)]
pub(super) struct Arrival {
    pub(super) event: Option<Event>,
    /// With the payload, for whoever wants it all the same.
    pub(super) refused: Option<(WebhookError, Bytes)>,
    unread: Option<BoxError>,
}

impl Arrival {
    /// Reads and verifies a delivery; gives the step after that, too.
    pub(super) async fn of<S, B>(receiver: &Receiver<S>, request: Request<B>) -> (Self, Step)
    where
        S: Begin,
        B: Body<Data: Send, Error: Into<BoxError>> + Send,
    {
        let mut arrival = Self::default();
        let step = arrival.receive(receiver, request).await;
        (arrival, step)
    }

    async fn receive<S, B>(&mut self, receiver: &Receiver<S>, request: Request<B>) -> Step
    where
        S: Begin,
        B: Body<Data: Send, Error: Into<BoxError>> + Send,
    {
        let (parts, body) = request.into_parts();
        let (method, headers, options) = (parts.method.as_str(), parts.headers, receiver.options);
        let (encoding, length) = (whole(&headers, &CONTENT_ENCODING), whole(&headers, &CONTENT_LENGTH));
        if let Some(outcome) = admit(method, encoding.as_deref(), length.as_deref(), options.max_payload) {
            return Step::Reply(outcome);
        }
        let read = match body::read(body, options.max_payload).await {
            Ok(read) => read,
            Err(error) => {
                self.unread = Some(error);
                return Step::Read.next(Happened::Failed, Facts::default());
            }
        };
        let (payload, verified) = match read {
            Ok(payload) => (payload.clone(), receiver.webhook.verify(&payload, &headers)),
            Err(too_large) => (Bytes::new(), Err(too_large)),
        };
        match verified {
            Ok(event) => Step::verified(self.event.insert(event).occurred_at(), options.max_age, host::now()),
            Err(error) => {
                let step = Step::unverified(error.code(), receiver.on_invalid.is_some());
                self.refused = Some((error, payload));
                step
            }
        }
    }

    /// Why there is no event.
    pub(super) fn error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        let refusal = self.refused.as_ref().map(|(error, _)| error as _);
        refusal.or(self.unread.as_deref())
    }
}

/// All of a header's values in one, as other languages have them.
fn whole(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let values: Vec<_> = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    if values.is_empty() { None } else { Some(values.join(", ")) }
}
