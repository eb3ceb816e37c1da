//! What reading costs a byte, in time and in peak memory, for documents made to be costly; and what the 400-byte
//! `report-ready` costs beside `serde_json`.
//!
//! It measures time, so it is no part of the suite: `cargo test --release --all-features --test cost -- --ignored --nocapture`.
#![cfg(feature = "tools")]
#![expect(unsafe_code, reason = "a global allocator that counts is unsafe by its signature")]

use hookseal::{Provider, Webhook, json};
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is the system allocator's own, with the very arguments that were given.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        PEAK.fetch_max(NOW.fetch_add(layout.size(), Relaxed) + layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The median of 21 rounds, in ns a call.
fn nanoseconds(calls: usize, work: impl Fn()) -> f64 {
    let mut rounds = [(); 21].map(|()| {
        let start = Instant::now();
        (0..calls).for_each(|_| work());
        start.elapsed().as_secs_f64() * 1e9 / calls as f64
    });
    rounds.sort_unstable_by(f64::total_cmp);
    rounds[10]
}

/// A kind of document, of about so many bytes.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: [Kind; 5] = [
    ("deep arrays", |bytes| {
        let one = format!("{}0{},", "[".repeat(60), "]".repeat(60));
        format!("{{\"a\":[{}0]}}", one.repeat(bytes / one.len()))
    }),
    ("a wide object", |bytes| {
        format!("{{{}\"z\":0}}", (0..bytes / 12).map(|n| format!("\"k{n:06}\":0,")).collect::<String>())
    }),
    ("a wide array", |bytes| format!("{{\"a\":[{}0]}}", "0,".repeat(bytes / 2))),
    ("a long string", |bytes| format!("{{\"a\":\"{}\"}}", "x".repeat(bytes))),
    ("many escapes", |bytes| format!("{{\"a\":\"{}\"}}", "\\u00e9".repeat(bytes / 6))),
];

#[test]
#[ignore = "measures time: run by hand, in release"]
fn reading_costs_the_same_a_byte_at_any_size() {
    for (name, document) in KINDS {
        for size in [1 << 10, 1 << 14, 1 << 17, 1 << 20] {
            let document = document(size);
            let before = NOW.load(Relaxed);
            PEAK.store(before, Relaxed);
            assert!(json::read(document.as_bytes()).is_ok());
            let (bytes, peak) = (document.len() as f64, (PEAK.load(Relaxed) - before) as f64);
            let time =
                nanoseconds((1 << 18) / size + 1, || drop(black_box(json::read(black_box(document.as_bytes())))));
            println!(
                "{name:14} {bytes:8} bytes: {:6.2} ns and {:5.1} bytes at the peak, a byte",
                time / bytes,
                peak / bytes
            );
        }
    }
}

#[test]
#[ignore = "measures time: run by hand, in release"]
fn reading_the_sample_costs() {
    let sample = Provider::GlycanAge.event_type("report-ready").unwrap().sample.as_bytes();
    let webhook = Webhook::new(Provider::GlycanAge, "a secret of 32 characters or more").unwrap();
    let signature = webhook.sign(sample).unwrap();
    let print = |what: &str, time: f64| println!("{what:20} {time:6.0} ns for {} bytes", sample.len());
    print("json::read", nanoseconds(2000, || drop(black_box(json::read(black_box(sample))))));
    let theirs = || drop(black_box(serde_json::from_slice::<serde_json::Value>(black_box(sample))));
    print("serde_json::Value", nanoseconds(2000, theirs));
    print("verify_signature", nanoseconds(2000, || drop(webhook.verify_signature(sample, signature.as_str()))));
    print("verify", nanoseconds(2000, || drop(webhook.verify(sample, signature.as_str()))));
}
