//! The body: frames, limits, and senders that do not finish.

use crate::support::{EVENT, End, Frames, Records, delivery, idle, send, signed};
use bytes::Bytes;
use hookseal::{MemoryStore, Options};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderValue};
use http::{Method, Request};
use http_body::Frame;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[tokio::test]
async fn frames_are_joined_and_trailers_ignored() {
    let receiver = idle(MemoryStore::default());
    let (first, rest) = EVENT.split_at(10);
    let (second, third) = rest.split_at(10);
    let frames = ["", first, "", second, third, ""].map(|text| Frame::data(Bytes::from(text)));
    let trailers = Frame::trailers(HeaderMap::from_iter([(CONTENT_LENGTH, HeaderValue::from_static("1"))]));
    let body = Frames::of(frames.into_iter().chain([trailers]), End::Whole);
    assert_eq!(send(&receiver, signed(EVENT, body)).await, "200 handled");
    assert_eq!(send(&receiver, delivery(EVENT)).await, "200 duplicate");
}

#[tokio::test]
async fn a_body_of_one_frame_is_not_copied() {
    let seen = Arc::new(Mutex::new(None));
    let payload = Arc::clone(&seen);
    let receiver = idle(MemoryStore::default()).on_invalid(move |_, bytes| {
        *payload.lock().unwrap() = Some(bytes);
        async { Ok::<_, std::io::Error>(()) }
    });
    let sent = Bytes::from("not JSON".to_owned());
    assert_eq!(send(&receiver, signed("not JSON", Frames::new([sent.clone()], End::Whole))).await, "200 ignored");
    assert_eq!(seen.lock().unwrap().as_ref().map(|bytes| bytes.as_ptr()), Some(sent.as_ptr()));
}

#[tokio::test]
async fn what_is_not_understood_is_refused_where_nobody_wants_it() {
    let receiver = idle(MemoryStore::default());
    assert_eq!(send(&receiver, delivery("not JSON")).await, "422 invalid");
}

#[tokio::test]
async fn a_body_is_read_no_further_than_the_limit() {
    let mut options = Options::default();
    options.max_payload = EVENT.len();
    let (records, receiver) = Records::of(idle(MemoryStore::default()).options(options).unwrap());
    let (first, rest) = EVENT.split_at(20);
    assert_eq!(send(&receiver, signed(EVENT, Frames::new([first, rest], End::Whole))).await, "200 handled");

    let body = Frames::new([first, rest, " ", "never asked for"], End::Stalled);
    let polled = body.polled();
    assert_eq!(send(&receiver, signed(EVENT, body)).await, "413 too_large");
    assert_eq!(polled.load(Ordering::SeqCst), 3);

    let told = format!("expected a payload of at most {} bytes, the receiver's limit, found a larger one", EVENT.len());
    assert_eq!(records.all(), ["handled".to_owned(), format!("too_large: {told}")]);
}

#[tokio::test]
async fn what_is_not_let_in_is_not_read() {
    let receiver = idle(MemoryStore::default());
    let refused = |change: &dyn Fn(&mut Request<Frames>)| {
        let mut request = signed(EVENT, Frames::new([EVENT], End::Stalled));
        change(&mut request);
        (request.body().polled(), request)
    };
    let encoded = |values: &'static [&'static [u8]]| {
        refused(&move |request| {
            for value in values {
                request.headers_mut().append(CONTENT_ENCODING, HeaderValue::from_bytes(value).unwrap());
            }
        })
    };
    let cases = [
        (refused(&|request| *request.method_mut() = Method::PUT), "405 not_post"),
        (refused(&|request| drop(request.headers_mut().insert(CONTENT_LENGTH, 2_000_000.into()))), "413 too_large"),
        (encoded(&[b"gzip"]), "415 encoded"),
        (encoded(&[b"identity", b"gzip"]), "415 encoded"),
        (encoded(&[b"gzip\xe9"]), "415 encoded"),
    ];
    for ((polled, request), reply) in cases {
        assert_eq!(send(&receiver, request).await, reply);
        assert_eq!(polled.load(Ordering::SeqCst), 0, "{reply}");
    }
}

#[tokio::test]
async fn a_sender_that_hangs_up_is_told_of_once() {
    let (records, receiver) = Records::of(idle(MemoryStore::default()));
    assert_eq!(send(&receiver, signed(EVENT, Frames::new([EVENT], End::HungUp))).await, "408 unread");
    assert_eq!(records.all(), ["unread: hung up"]);
    assert_eq!(send(&receiver, delivery(EVENT)).await, "200 handled");
}

#[tokio::test(start_paused = true)]
async fn a_sender_that_stalls_keeps_no_buffer_after_the_deadline() {
    let (records, receiver) = Records::of(idle(MemoryStore::default()));
    let body = Frames::new([EVENT], End::Stalled);
    let polled = body.polled();
    let started = tokio::time::Instant::now();
    assert_eq!(send(&receiver, signed(EVENT, body)).await, "408 unread");
    assert_eq!(started.elapsed().as_secs(), 9);
    tokio::time::sleep(Duration::from_secs(100)).await;
    assert_eq!(Arc::strong_count(&polled), 1, "the body is gone");
    assert_eq!(records.all(), ["unread"]);
}
