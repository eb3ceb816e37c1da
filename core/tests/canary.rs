//! Nothing is told: no secret, digest or payload in anything that may end up in a log.

use hookseal::host::{Host, Limit, NotRaw};
use hookseal::{Code, Provider, Secret, SecretFault, Secrets, Webhook, WebhookError};

const SECRET: &str = "canary-secret-7f3a";
const HEALTH: &str = "canary-glycan-age-45.2";

/// Every body that is verified here: what the core computed for any of them must not show either.
const BODIES: [&str; 4] = [
    HEALTH,
    "another body",
    r#"{"canary-glycan-age-45.2":"canary-glycan-age-45.2","canary-glycan-age-45.2":1}"#,
    r#"{"type":["canary-glycan-age-45.2"],"id":"","canary-glycan-age-45.2":1}"#,
];

fn tells_nothing(shown: &str, webhook: &Webhook) {
    let digests = BODIES.map(|body| webhook.sign(body.as_bytes()).unwrap_or_default());
    let digests = digests.iter().map(|digest| &digest[digest.len() - 64..][..16]);
    let shown = shown.to_lowercase();
    for canary in [SECRET, HEALTH, "7f3a", "45.2"].into_iter().chain(digests) {
        assert!(!shown.contains(canary), "{canary} in {shown}");
    }
}

/// One error of each code, made from canaries wherever something can be.
fn failures(webhook: &Webhook, digest: &str) -> Vec<WebhookError> {
    let signed = |body: &str| webhook.sign(body.as_bytes()).and_then(|s| webhook.verify(body.as_bytes(), s.as_str()));
    let [_, another, malformed, invalid] = BODIES;
    let failures = [
        SECRET.parse::<Provider>().map(drop),
        Webhook::new(Provider::Loop, format!(" {SECRET} ")).map(drop),
        Err(WebhookError::InvalidOption("an option")),
        Err(WebhookError::PayloadNotRaw { found: NotRaw::Parsed, host: Host::Python }),
        webhook.verify(HEALTH.repeat(1_000_000).as_bytes(), digest).map(drop),
        webhook.verify(HEALTH.as_bytes(), &[(HEALTH, SECRET)]).map(drop),
        webhook.verify(HEALTH.as_bytes(), &[("x-loop-signature", digest), ("x-loop-signature", digest)]).map(drop),
        webhook.verify(HEALTH.as_bytes(), SECRET).map(drop),
        webhook.verify(another.as_bytes(), digest).map(drop),
        signed(malformed).map(drop),
        signed(invalid).map(drop),
    ];
    failures.into_iter().filter_map(Result::err).collect()
}

#[test]
fn errors_tell_nothing() {
    let webhook = Webhook::new(Provider::Loop, [("label", SECRET)]).unwrap();
    let digest = webhook.sign(HEALTH.as_bytes()).unwrap();
    let failures = failures(&webhook, &digest);
    assert_eq!(failures.iter().map(WebhookError::code).collect::<Vec<_>>(), Code::ALL);
    for error in failures {
        tells_nothing(&format!("{error} {error:?} {error:#?} {:?}", error.problems()), &webhook);
    }
}

#[test]
fn debug_tells_nothing() {
    let webhook = Webhook::new(Provider::Loop, [("label", SECRET)]).unwrap();
    let body = format!(r#"{{"type":"{HEALTH}","id":"{HEALTH}","{HEALTH}":"{HEALTH}"}}"#);
    let digest = webhook.sign(body.as_bytes()).unwrap();
    let event = webhook.verify(body.as_bytes(), digest.as_str()).unwrap();
    let prepared = Webhook::prepare(Provider::Loop, SECRET).unwrap();
    let (secret, secrets) = (Secret::from(SECRET), Secrets::from([SECRET, HEALTH]));
    assert_eq!(event.id(), Some(HEALTH));
    tells_nothing(&format!("{webhook:?} {event:?} {prepared:?} {secret:?} {secrets:?}"), &webhook);
    tells_nothing(&format!("{webhook:#?} {event:#?} {prepared:#?} {secret:#?} {secrets:#?}"), &webhook);
}

#[test]
fn messages_are_one_lower_case_line_without_a_full_stop() {
    let webhook = Webhook::new(Provider::GlycanAge, SECRET).unwrap();
    let faults = [
        SecretFault::Missing,
        SecretFault::Empty,
        SecretFault::Blank,
        SecretFault::Nuls,
        SecretFault::Padded,
        SecretFault::IllFormedText,
        SecretFault::WrongType,
    ];
    let not_raw = [NotRaw::Parsed, NotRaw::Nothing, NotRaw::IllFormedText]
        .map(|found| WebhookError::PayloadNotRaw { found, host: Host::JavaScript });
    let mut errors = failures(&webhook, "sha256=00");
    errors.extend(faults.map(WebhookError::InvalidSecret));
    errors.extend(not_raw);
    errors.push(WebhookError::PayloadTooLarge(Limit::HostMemory));
    for message in errors.iter().map(ToString::to_string) {
        assert!(message.starts_with(|c: char| c.is_ascii_lowercase()), "{message}");
        assert!(!message.contains('\n') && !message.contains("  ") && !message.ends_with('.'), "{message}");
    }
}
