//! The handler, the user's other functions, and what they may do wrong.

use crate::support::{EVENT, Records, delivery, idle, send, webhook};
use hookseal::tower::{BoxError, Context, receiver};
use hookseal::{Event, MemoryStore, Options};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Notify;

#[tokio::test]
async fn a_panic_is_a_failure_after_which_the_event_comes_again() {
    let first = AtomicBool::new(true);
    let (records, receiver) = Records::of(receiver(webhook(), MemoryStore::default(), move |_, _| {
        let panics = first.swap(false, Ordering::SeqCst);
        async move {
            assert!(!panics, "asked to");
            Ok::<_, BoxError>(())
        }
    }));
    assert_eq!(send(&receiver, delivery(EVENT)).await, "500 failed");
    assert_eq!(send(&receiver, delivery(EVENT)).await, "200 handled");
    let [failed, handled] = records.all().try_into().unwrap();
    assert!(failed.starts_with("failed: task ") && failed.contains("asked to"), "{failed}");
    assert_eq!(handled, "handled");
}

#[tokio::test]
async fn whatever_else_of_the_users_panics_is_a_failure_too() {
    fn panics<T>(_: T) -> String {
        panic!("asked to")
    }
    let at_once = receiver(webhook(), MemoryStore::default(), |event, _| {
        drop(panics(event));
        async { Ok::<_, BoxError>(()) }
    });
    assert_eq!(send(&at_once, delivery(EVENT)).await, "500 failed");

    let keyed = idle(MemoryStore::default()).key(|event| panics(event));
    assert_eq!(send(&keyed, delivery(EVENT)).await, "500 failed");

    let reporting = idle(MemoryStore::default()).on_invalid(|error, _| async { Err::<(), _>(panics(error)) });
    assert_eq!(send(&reporting, delivery("not JSON")).await, "500 failed");

    let observed = idle(MemoryStore::default()).observe(|record| drop(panics(record)));
    assert_eq!(send(&observed, delivery(EVENT)).await, "200 handled");
    assert_eq!(send(&observed, delivery(EVENT)).await, "200 duplicate");
}

#[tokio::test]
async fn a_sender_that_hangs_up_cancels_no_handler() {
    let (started, goes_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (starts, waits) = (Arc::clone(&started), Arc::clone(&goes_on));
    let (records, receiver) = Records::of(receiver(webhook(), MemoryStore::default(), move |_, _| {
        let (starts, waits) = (Arc::clone(&starts), Arc::clone(&waits));
        async move {
            starts.notify_one();
            waits.notified().await;
            Ok::<_, BoxError>(())
        }
    }));
    let sender = receiver.clone();
    let sent = tokio::spawn(async move { send(&sender, delivery(EVENT)).await });
    started.notified().await;
    sent.abort();
    assert!(sent.await.unwrap_err().is_cancelled());
    goes_on.notify_one();
    assert_eq!(records.once(1).await, ["handled"]);
    assert_eq!(send(&receiver, delivery(EVENT)).await, "200 duplicate");
}

#[tokio::test]
async fn a_plain_function_is_a_handler() {
    async fn handle(event: Event, _: Context) -> io::Result<()> {
        assert_eq!(event.event_type(), "protocol.started");
        Ok(())
    }
    let receiver = receiver(webhook(), MemoryStore::default(), handle);
    assert_eq!(send(&receiver, delivery(EVENT)).await, "200 handled");
}

#[tokio::test]
async fn receivers_may_share_a_store_by_keys_of_their_own() {
    let store = Arc::new(MemoryStore::default());
    let [one, other] =
        ["one", "other"].map(|name| idle(Arc::clone(&store)).key(move |event| format!("{name}:{}", event.key())));
    assert_eq!(send(&one, delivery(EVENT)).await, "200 handled");
    assert_eq!(send(&other, delivery(EVENT)).await, "200 handled");
    assert_eq!(send(&one, delivery(EVENT)).await, "200 duplicate");
    assert_eq!(store.len(), 2);
}

#[tokio::test]
async fn an_empty_key_is_a_failure() {
    let (records, receiver) = Records::of(idle(MemoryStore::default()).key(|_| String::new()));
    assert_eq!(send(&receiver, delivery(EVENT)).await, "500 failed");
    assert_eq!(records.all(), ["failed: expected a key that is a text, and not an empty one"]);
}

#[test]
fn options_are_checked() {
    let mut options = Options::default();
    assert!(idle(MemoryStore::default()).options(options).is_ok());
    options.lease = Duration::from_secs(1);
    let refused = idle(MemoryStore::default()).options(options).unwrap_err();
    assert_eq!(refused.code().as_str(), "invalid_option");
}
