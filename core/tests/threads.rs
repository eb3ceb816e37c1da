//! A webhook is shared without a lock, and two of them never mix.

use hookseal::{Code, Event, Provider, Webhook};
use std::thread;

#[test]
fn webhooks_and_events_go_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Webhook>();
    shared::<Event>();
}

#[test]
fn two_secrets_under_load_never_mix() {
    let webhooks = ["one secret", "another secret"].map(|secret| Webhook::new(Provider::Loop, secret).unwrap());
    let [one, another] = &webhooks;
    thread::scope(|scope| {
        for n in 0..8_u8 {
            scope.spawn(move || {
                let (own, other) = if n % 2 == 0 { (one, another) } else { (another, one) };
                for size in 0..500 {
                    let payload = vec![n; size];
                    let signature = own.sign(&payload).unwrap();
                    assert!(own.verify_signature(&payload, signature.as_str()).is_ok());
                    let refused = other.verify_signature(&payload, signature.as_str()).unwrap_err();
                    assert_eq!(refused.code(), Code::SignatureMismatch);
                }
            });
        }
    });
}
