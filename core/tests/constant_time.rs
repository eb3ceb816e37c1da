//! Whether the time of a refusal says where a signature is wrong: Welch's t-test over two classes of forgeries, as dudect
//! does it, with a comparison that stops at the first difference as the control that must be found out.
//!
//! It measures time, so it is no part of the suite: `cargo test --release --test constant_time -- --ignored --nocapture`.

#![expect(clippy::indexing_slicing, reason = "two classes, and digests of 32 bytes")]

use hmac::{Hmac, KeyInit, Mac};
use hookseal::{Provider, Webhook};
use sha2::Sha256;
use std::hint::black_box;
use std::time::Instant;

const SECRET: &[u8] = b"a secret of 32 characters or more";
const PAYLOAD: &[u8] = b"";
const SAMPLES: usize = 1_000_000;
/// Above it dudect holds a leak for certain.
const LEAK: f64 = 10.0;

/// A forgery that is wrong in its first byte alone, or in its last.
fn forgery(right: &[u8; 32], wrong_at: usize) -> [u8; 32] {
    std::array::from_fn(|index| right[index] ^ u8::from(index == wrong_at))
}

/// The t-statistic between the times that a check takes for each class, without the slowest tenth, which others caused.
fn t_statistic(check: impl Fn(usize) -> bool) -> f64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut times: [Vec<f64>; 2] = Default::default();
    for _ in 0..SAMPLES {
        // xorshift: the classes must not alternate in a pattern that a processor learns.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let class = usize::from(state & 1 == 1);
        let start = Instant::now();
        assert!(!black_box(check(black_box(class))));
        times[class].push(start.elapsed().as_secs_f64() * 1e9);
    }
    let [(mean, variance), (other_mean, other_variance)] = times.map(|mut times| {
        times.sort_unstable_by(f64::total_cmp);
        times.truncate(times.len() * 9 / 10);
        let count = times.len() as f64;
        let mean = times.iter().sum::<f64>() / count;
        (mean, times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0) / count)
    });
    (mean - other_mean) / (variance + other_variance).sqrt()
}

#[test]
#[ignore = "measures time: run by hand, in release, on a quiet machine"]
fn the_time_of_a_refusal_does_not_say_where_the_signature_is_wrong() {
    let right: [u8; 32] =
        Hmac::<Sha256>::new_from_slice(SECRET).unwrap().chain_update(PAYLOAD).finalize().into_bytes().into();
    let classes = [forgery(&right, 0), forgery(&right, 31)];

    let webhook = Webhook::new(Provider::Loop, SECRET).unwrap();
    let signatures = classes.map(hex::encode);
    let ours = t_statistic(|class| webhook.verify_signature(PAYLOAD, signatures[class].as_str()).is_ok());

    let key = Hmac::<Sha256>::new_from_slice(SECRET).unwrap();
    let control = t_statistic(|class| {
        let digest = key.clone().chain_update(PAYLOAD).finalize().into_bytes();
        digest.iter().zip(&classes[class]).all(|(one, other)| black_box(one) == other)
    });

    println!("t of verify_signature: {ours:.1}, t of a comparison that stops early: {control:.1}");
    assert!(control.abs() > LEAK, "the control was not found out, so the measurement says nothing");
    assert!(ours.abs() < LEAK);
}
