//! One delivery, as the core's table drives it: do what the step says, tell what happened, until the step is a reply.

use super::arrival::Arrival;
use super::delivery::Delivery;
use super::store::{Begin, Session};
use super::{BoxError, Receiver};
use crate::host::{Facts, Happened, Step};
use crate::{Outcome, Reply};
use http::Request;
use http_body::Body;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

/// What to answer to one delivery, by its deadline.
pub(super) async fn deliver<S, B>(receiver: Receiver<S>, request: Request<B>) -> Reply
where
    S: Begin,
    B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
{
    let (answer, reply) = oneshot::channel();
    // In a task of its own: when a sender hangs up, its server drops this future, and no handler may end by that.
    tokio::spawn(run(receiver, request, answer));
    // Without an answer the runtime is about to end.
    reply.await.unwrap_or_else(|_| Outcome::Failed.reply(None))
}

/// Every step, to the very end. Answers when the deadline passes, or else at the end.
async fn run<S, B>(receiver: Receiver<S>, request: Request<B>, answer: oneshot::Sender<Reply>)
where
    S: Begin,
    B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
{
    let started = Instant::now();
    let deadline = started + receiver.options.deadline;
    // What has not arrived by then is not waited for: a sender that stalls must not keep a buffer.
    let arrived = timeout_at(deadline, Arrival::of(&receiver, request)).await;
    let (arrival, mut step) = arrived.unwrap_or_else(|_| (Arrival::default(), Step::Reply(Step::Read.at_deadline())));
    let delivery = Arc::new(Delivery::new(receiver, started, arrival));

    let mut waiting = Some(answer);
    let outcome = loop {
        if let Step::Reply(outcome) = step {
            break outcome;
        }
        // In a task: whatever panics or blocks there leaves this one to answer in time.
        let mut act = tokio::spawn(Arc::clone(&delivery).act(step));
        let ended = match timeout_at(deadline, &mut act).await {
            Ok(ended) => ended,
            Err(_) => {
                if let Some(answer) = waiting.take() {
                    send(delivery.ends(step.at_deadline()), answer);
                }
                act.await
            }
        };
        let happened = delivery.kept(ended).flatten().unwrap_or(Happened::Failed);
        step = step.next(happened, Facts { late: waiting.is_none(), transactional: S::Session::TRANSACTIONAL });
    };
    let reply = delivery.ends(outcome);
    if let Some(answer) = waiting {
        send(reply, answer);
    }
}

/// Nobody takes it where the sender has hung up.
fn send(reply: Reply, answer: oneshot::Sender<Reply>) {
    drop(answer.send(reply));
}
