//! What holds for every input.

use hookseal::{Code, Kind, Provider, Webhook, WebhookError};
use proptest::prelude::*;

fn provider() -> impl Strategy<Value = Provider> {
    prop::sample::select(Provider::ALL.as_slice())
}

/// Any bytes that are fit to be a secret.
fn secret() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 1..200)
        .prop_filter("a secret is not only NULs", |bytes| bytes.iter().any(|&b| b != 0))
}

fn payload() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..2000)
}

/// The same bytes with a single bit changed.
fn flip(bytes: &[u8], bit: usize) -> Vec<u8> {
    let at = bit / 8 % bytes.len();
    bytes.iter().enumerate().map(|(index, byte)| if index == at { byte ^ (1 << (bit % 8)) } else { *byte }).collect()
}

/// A key without the NULs that HMAC pads it with: keys that differ in those alone are one key.
fn unpadded(secret: &[u8]) -> &[u8] {
    secret.iter().rposition(|&byte| byte != 0).and_then(|last| secret.get(..=last)).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_signed_is_verified(provider in provider(), secret in secret(), payload in payload()) {
        let webhook = Webhook::new(provider, secret.as_slice())?;
        let headers = [(webhook.signature_header(), webhook.sign(&payload)?)];
        prop_assert_eq!(webhook.verify_signature(&payload, &headers)?, "0");
    }

    #[test]
    fn a_prepared_webhook_is_the_same_webhook(provider in provider(), secret in secret(), payload in payload()) {
        let webhook = Webhook::new(provider, secret.as_slice())?;
        let prepared = Webhook::from_prepared(&Webhook::prepare(provider, secret.as_slice())?.state)?;
        prop_assert_eq!(prepared.provider(), provider);
        prop_assert_eq!(prepared.sign(&payload)?, webhook.sign(&payload)?);
    }

    #[test]
    fn any_changed_bit_of_the_payload_is_refused(
        provider in provider(), secret in secret(), payload in payload(), bit in any::<usize>()
    ) {
        prop_assume!(!payload.is_empty());
        let webhook = Webhook::new(provider, secret.as_slice())?;
        let refused = webhook.verify_signature(&flip(&payload, bit), webhook.sign(&payload)?.as_str());
        prop_assert_eq!(refused.map_err(|error| error.code()), Err(Code::SignatureMismatch));
    }

    #[test]
    fn any_changed_bit_of_the_signature_is_refused(
        provider in provider(), secret in secret(), payload in payload(), bit in any::<usize>()
    ) {
        let webhook = Webhook::new(provider, secret.as_slice())?;
        let signature = webhook.sign(&payload)?;
        let changed = flip(signature.as_bytes(), bit);
        // But for the bit that makes a hex digit's case.
        let prefix = signature.len() - 64;
        prop_assume!(!(changed.eq_ignore_ascii_case(signature.as_bytes()) && changed[..prefix] == signature.as_bytes()[..prefix]));
        prop_assert!(webhook.verify_signature(&payload, changed.as_slice()).is_err());
    }

    #[test]
    fn any_changed_bit_of_the_secret_is_refused(
        provider in provider(), secret in secret(), payload in payload(), bit in any::<usize>()
    ) {
        let other = flip(&secret, bit);
        prop_assume!(!unpadded(&other).is_empty() && unpadded(&other) != unpadded(&secret));
        let signature = Webhook::new(provider, secret)?.sign(&payload)?;
        let refused = Webhook::new(provider, other)?.verify_signature(&payload, signature.as_str());
        prop_assert_eq!(refused.map_err(|error| error.code()), Err(Code::SignatureMismatch));
    }

    #[test]
    fn no_signature_panics(provider in provider(), value in prop::collection::vec(any::<u8>(), 0..200)) {
        let webhook = Webhook::new(provider, "secret")?;
        prop_assert!(webhook.verify_signature(b"payload", value.as_slice()).is_err());
    }

    #[test]
    fn no_signed_bytes_panic(payload in payload()) {
        let read = read(&payload)?;
        prop_assert!(read.map_or_else(|error| error.kind() == Kind::Event, |event| event.body().is_object()));
    }

    /// Of what is nearly JSON, whatever is accepted is what `serde_json` reads too.
    #[test]
    fn what_is_accepted_is_what_serde_json_reads(text in nearly_json()) {
        if let Ok(event) = read(text.as_bytes())? {
            let theirs: serde_json::Value = serde_json::from_str(&text)?;
            prop_assert_eq!(event.body().to_string().replace("-0.0", "0"), theirs.to_string().replace("-0.0", "0"));
        }
    }

    #[test]
    fn no_state_panics(state in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(webhook) = Webhook::from_prepared(&state) {
            prop_assert!(webhook.verify_signature(b"payload", "00").is_err());
        }
    }
}

/// What an authentic payload says.
fn read(payload: &[u8]) -> Result<Result<hookseal::Event, WebhookError>, WebhookError> {
    let webhook = Webhook::new(Provider::Loop, "secret")?;
    Ok(webhook.verify(payload, webhook.sign(payload)?.as_str()))
}

/// Events made of JSON's own pieces, most of them well-formed.
fn nearly_json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,15})(\\.[0-9]{1,8})?([eE][+-]?[0-9]{1,2})?",
        "\"([ -!#-\\[\\]-~]|\\\\[\"\\\\/bfnrt]|\\\\u00[0-9a-f]{2}|\\\\ud83d\\\\ude00|é|漢|😀){0,8}\"",
    ];
    let value = scalar.prop_recursive(4, 32, 4, |inner| {
        let name = "\"[a-e]{1,2}\"";
        let space = "[ \n]{0,2}";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|elements| format!("[{}]", elements.join(","))),
            (prop::collection::vec((name, inner), 0..4), space).prop_map(|(members, space)| {
                let members: Vec<_> = members.iter().map(|(name, value)| format!("{name}{space}:{value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    });
    value.prop_map(|value| format!("{{\"type\":\"t\",\"data\":{value}}}"))
}
