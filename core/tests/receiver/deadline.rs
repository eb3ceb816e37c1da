//! The deadline: whatever is slow, the sender has its answer by then, and what goes on in the background ends well.

use crate::support::{EVENT, Hanging, Records, delivery, idle, line, send, webhook};
use hookseal::tower::{Begin, BoxError, Receiver, receiver};
use hookseal::{MemoryStore, Options};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tower_service::Service;

const A_MINUTE: Duration = Duration::from_secs(60);

/// Sends, and says when and what was answered.
async fn answered<S: Begin>(receiver: &Receiver<S>, payload: &str) -> String {
    let started = Instant::now();
    let reply = send(receiver, delivery(payload)).await;
    format!("{reply} after {} s", started.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn a_late_success_still_completes() {
    let (records, receiver) = Records::of(receiver(webhook(), MemoryStore::default(), |_, _| async {
        sleep(A_MINUTE).await;
        Ok::<_, BoxError>(())
    }));
    assert_eq!(answered(&receiver, EVENT).await, "503 timed_out after 9 s");
    assert_eq!(answered(&receiver, EVENT).await, "409 in_progress after 0 s");
    assert_eq!(records.once(3).await, ["timed_out", "in_progress", "handled"]);
    assert_eq!(answered(&receiver, EVENT).await, "200 duplicate after 0 s");
}

#[tokio::test(start_paused = true)]
async fn a_late_claim_is_given_back() {
    let store = Arc::new(Hanging::new("claim"));
    let (records, receiver) = Records::of(idle(Arc::clone(&store)));
    assert_eq!(answered(&receiver, EVENT).await, "503 store_failed after 9 s");
    assert_eq!(records.once(2).await, ["store_failed", "store_failed"]);
    assert!(store.memory.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_slow_completion_is_not_acknowledged_before_it_is_there() {
    let store = Arc::new(Hanging::new("complete"));
    let (records, receiver) = Records::of(idle(Arc::clone(&store)));
    assert_eq!(answered(&receiver, EVENT).await, "503 timed_out after 9 s");
    assert_eq!(records.once(2).await, ["timed_out", "handled"]);
    assert_eq!(answered(&receiver, EVENT).await, "200 duplicate after 0 s");
}

#[tokio::test(start_paused = true)]
async fn a_slow_release_keeps_no_sender_waiting() {
    let (records, receiver) =
        Records::of(receiver(webhook(), Hanging::new("release"), |_, _| async { Err::<(), _>("no") }));
    assert_eq!(answered(&receiver, EVENT).await, "500 failed after 9 s");
    assert_eq!(records.once(2).await, ["failed: no", "failed: no"]);
}

#[tokio::test(start_paused = true)]
async fn a_slow_report_goes_on() {
    let reported = Arc::new(Mutex::new(0));
    let count = Arc::clone(&reported);
    let (records, receiver) = Records::of(idle(MemoryStore::default()).on_invalid(move |_, payload| {
        let count = Arc::clone(&count);
        async move {
            sleep(A_MINUTE).await;
            *count.lock().unwrap() += payload.len();
            Ok::<_, BoxError>(())
        }
    }));
    assert_eq!(answered(&receiver, "not JSON").await, "503 timed_out after 9 s");
    let records = records.once(2).await;
    assert!(records[0].starts_with("timed_out: authentic") && records[1].starts_with("ignored: authentic"));
    assert_eq!(*reported.lock().unwrap(), "not JSON".len());
}

/// Real time, because no other passes while a thread is blocked.
fn within<S: Begin>(milliseconds: u64, receiver: Receiver<S>) -> Receiver<S> {
    let mut options = Options::default();
    options.deadline = Duration::from_millis(milliseconds);
    receiver.options(options).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handler_that_blocks_its_thread_blocks_no_answer() {
    let (goes_on, waits) = mpsc::channel::<()>();
    let waits = Arc::new(Mutex::new(waits));
    let (records, receiver) = Records::of(within(
        500,
        receiver(webhook(), MemoryStore::default(), move |_, _| {
            let waits = Arc::clone(&waits);
            async move { waits.lock().unwrap().recv() }
        }),
    ));
    assert_eq!(send(&receiver, delivery(EVENT)).await, "503 timed_out");
    goes_on.send(()).unwrap();
    assert_eq!(records.once(2).await, ["timed_out", "handled"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_claimed_under_a_key_that_comes_late() {
    let (goes_on, waits) = mpsc::channel::<()>();
    let waits = Mutex::new(waits);
    let store = Arc::new(MemoryStore::default());
    let (records, receiver) = Records::of(within(
        1,
        idle(Arc::clone(&store)).key(move |event| {
            waits.lock().unwrap().recv().unwrap();
            event.key().to_owned()
        }),
    ));
    assert_eq!(send(&receiver, delivery(EVENT)).await, "503 timed_out");
    goes_on.send(()).unwrap();
    assert_eq!(records.once(2).await, ["timed_out", "timed_out"]);
    assert!(store.is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_reply_names_how_long_the_claim_in_the_way_holds() {
    let receiver = receiver(webhook(), MemoryStore::default(), |_, _| async {
        sleep(A_MINUTE).await;
        Ok::<_, BoxError>(())
    });
    send(&receiver, delivery(EVENT)).await;
    let response = receiver.clone().call(delivery(EVENT)).await.unwrap();
    let seconds: u64 = response.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((29..=30).contains(&seconds), "{seconds}");
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    assert_eq!(line(response).await, "409 in_progress");
}
