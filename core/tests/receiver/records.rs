//! What is told of a delivery, and what is not.

use crate::support::{EVENT, Records, delivery, idle, send, webhook};
use hookseal::tower::{BoxError, receiver};
use hookseal::{Code, MemoryStore, Outcome, Provider, WebhookError, host};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_record_says_what_became_of_a_delivery() {
    let told = Arc::new(Mutex::new(0));
    let count = Arc::clone(&told);
    let receiver = receiver(webhook(), MemoryStore::default(), |_, _| async {
        tokio::time::sleep(Duration::from_millis(1500)).await;
        Ok::<_, BoxError>(())
    })
    .observe(move |record| {
        assert_eq!(record.provider, Provider::Loop);
        assert_eq!(record.event_type, Some("protocol.started"));
        assert_eq!(record.outcome, Outcome::Handled);
        assert_eq!((record.code, record.status), (None, 200));
        assert_eq!(record.elapsed, Duration::from_millis(1500));
        assert_eq!(record.key, Some(&*host::hashed("loop:id:evt_1")));
        assert!(record.error.is_none());
        *count.lock().unwrap() += 1;
    });
    assert_eq!(send(&receiver, delivery(EVENT)).await, "200 handled");
    assert_eq!(*told.lock().unwrap(), 1);
}

#[tokio::test]
async fn codes_are_of_the_error_or_else_of_the_outcome() {
    let codes = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&codes);
    let receiver = idle(MemoryStore::default())
        .on_invalid(|error, payload| async move {
            assert!(error.offset().is_some());
            if payload.ends_with(b"!") { Err("asked to") } else { Ok(()) }
        })
        .observe(move |record| {
            let own = record.error.and_then(|error| error.downcast_ref::<WebhookError>()).is_some();
            told.lock().unwrap().push((record.outcome, record.code, own));
        });
    let mut forged = delivery(EVENT);
    forged.headers_mut().clear();
    let mut huge = delivery(EVENT);
    huge.headers_mut().insert("content-length", 2_000_000.into());
    for request in [forged, huge, delivery("not JSON"), delivery("not JSON!")] {
        send(&receiver, request).await;
    }
    assert_eq!(
        *codes.lock().unwrap(),
        [
            (Outcome::Refused, Some(Code::MissingSignature), true),
            (Outcome::TooLarge, Some(Code::PayloadTooLarge), false),
            (Outcome::Ignored, Some(Code::MalformedJson), true),
            // The user's own error tells more.
            (Outcome::Failed, None, false),
        ]
    );
}

#[tokio::test]
async fn nothing_of_a_payload_or_secret_shows() {
    let shown = Arc::new(Mutex::new(String::new()));
    let debug = Arc::clone(&shown);
    let receiver = receiver(webhook(), MemoryStore::default(), |_, context| async move {
        assert_eq!(format!("{context:?}"), "Context { .. }");
        Err::<(), _>("canary")
    })
    .observe(move |record| *debug.lock().unwrap() = format!("{record:?}"));
    send(&receiver, delivery(r#"{"type":"canary","id":"canary"}"#)).await;
    assert!(shown.lock().unwrap().starts_with("Record { provider: Loop, outcome: Failed, "));
    for text in [&*shown.lock().unwrap(), &format!("{receiver:?}")] {
        assert!(!text.contains("canary") && !text.contains("secret\""), "{text}");
        assert!(!text.contains(&host::hashed("loop:id:canary")), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_late_delivery_is_told_of_twice() {
    let (records, receiver) = Records::of(receiver(webhook(), MemoryStore::default(), |_, _| async {
        tokio::time::sleep(Duration::from_secs(20)).await;
        Err::<(), _>("asked to")
    }));
    assert_eq!(send(&receiver, delivery(EVENT)).await, "503 timed_out");
    assert_eq!(records.all(), ["timed_out"]);
    assert_eq!(records.once(2).await, ["timed_out", "failed: asked to"]);
    tokio::time::sleep(Duration::from_secs(100)).await;
    assert_eq!(records.all().len(), 2);
}
