//! Events: every field of one, and every problem of what is none. The reader is trusted here: `json` checks it.

use crate::data::{Is, Row, documented, documented_members, envelope, integer, typed_members};
use crate::digest::{mac, sha256};
use crate::json::same;
use crate::rfc3339;
use crate::signature::SECRET;
use hookseal::json::{self, Json, Malformed};
use hookseal::{Data, Event, Kind, Problem, Provider, Webhook, WebhookError};
use serde_json::Value;
use std::sync::LazyLock;

/// 9999-12-31T23:59:59.999Z.
const LATEST: i64 = 253_402_300_799_999;

static WEBHOOKS: LazyLock<[Webhook; 2]> =
    LazyLock::new(|| Provider::ALL.map(|provider| Webhook::new(provider, SECRET).expect("a fit secret")));

/// Reads `<provider><payload>`, signs it, and compares what the core says of it.
pub fn check(input: &[u8]) {
    let Some((&first, payload)) = input.split_first() else { return };
    let webhook = &WEBHOOKS[usize::from(first & 1)];
    let provider = webhook.provider();
    let prefix = if provider == Provider::Loop { "" } else { "sha256=" };
    let headers = [(webhook.signature_header(), format!("{prefix}{}", mac(SECRET, payload)))];

    let verdict = webhook.verify(payload, &headers);
    let borrowed = webhook.verify_borrowed(payload, &headers);
    assert_eq!(borrowed.map(|event| event.into_owned()), verdict);
    match (verdict, json::read(payload)) {
        (Err(error), Err(malformed)) => refused_as_malformed(&error, malformed),
        (verdict, Ok(body)) => {
            let event_type = text(&body, "type").unwrap_or_default();
            let problems = problems(&body, &envelope(provider, event_type), "");
            match verdict {
                Ok(event) => {
                    assert!(problems.is_empty(), "accepted in spite of {problems:?}");
                    is_what_the_body_says(&event, &body, provider, payload);
                }
                Err(error) => refused_for(&error, &problems, provider),
            }
        }
        (Ok(_), Err(malformed)) => panic!("accepted in spite of {malformed:?}"),
    }
}

fn is_what_the_body_says(event: &Event, body: &Json<'_>, provider: Provider, payload: &[u8]) {
    let theirs: Value = serde_json::from_slice(payload).expect("what is accepted is JSON");
    assert!(same(body, &theirs) && same(body, event.body()), "read as another value than serde_json's");
    assert_eq!((event.provider(), event.secret()), (provider, "0"));
    assert_eq!(Some(event.event_type()), text(body, "type"));

    let documented = documented(provider, event.event_type());
    assert_eq!(event.known(), documented.is_some());
    assert_eq!(event.known(), provider.catalogue().iter().any(|row| row.name == event.event_type()));

    let id = body.get("id").and_then(id);
    let key = match &id {
        Some(id) if id.len() <= 128 && id.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') => {
            format!("{provider}:id:{id}")
        }
        Some(id) => format!("{provider}:id-sha256:{}", sha256(id.as_bytes())),
        None => format!("{provider}:body-sha256:{}", sha256(payload)),
    };
    assert_eq!((event.id(), event.key()), (id.as_deref(), key.as_str()));

    let occurred_at = body.get(if provider == Provider::Loop { "occurred_at" } else { "timestamp" }).and_then(millis);
    assert_eq!(event.occurred_at(), occurred_at.map(i64::unsigned_abs));

    let data = body.get("data").unwrap_or(&Json::Null);
    match (documented, event.data()) {
        (Some(Is::Object(rows)), typed) => assert_eq!(typed_members(typed), Some(documented_members(data, rows))),
        (Some(_), Data::BiomarkerResultCreated(open)) => is_open(event, "biomarker.result.created", open, data),
        (Some(_), Data::ProtocolStarted(open)) => is_open(event, "protocol.started", open, data),
        (Some(_), Data::ClinicalBiomarkerParsedV1(open)) => is_open(event, "clinical.biomarker.parsed.v1", open, data),
        (None, Data::Unknown) => {}
        _ => panic!("the data of another type than {}", event.event_type()),
    }
    let known = event.known();
    assert_eq!(format!("{event:?}"), format!("Event {{ provider: {provider:?}, known: {known}, secret: \"0\", .. }}"));
    assert_eq!(format!("{:?}", event.data()), "Data { .. }");
}

fn is_open(event: &Event, event_type: &str, open: &Value, data: &Json<'_>) {
    assert_eq!(event.event_type(), event_type);
    assert!(same(data, open), "not the data that the body has");
}

fn refused_as_malformed(error: &WebhookError, malformed: Malformed) {
    let Malformed { offset, expected } = malformed;
    assert_eq!((error.kind(), error.code().as_str(), error.offset()), (Kind::Event, "malformed_json", Some(offset)));
    assert_eq!(error.to_string(), format!("authentic, but not I-JSON: expected {expected} at byte {offset}"));
}

/// The whole message is foretold from words of our own, so that nothing of the payload can be in it.
fn refused_for(error: &WebhookError, problems: &[Told], provider: Provider) {
    assert_eq!((error.kind(), error.code().as_str(), error.offset()), (Kind::Event, "invalid_event", None));
    let told: Vec<Told> = error
        .problems()
        .iter()
        .map(|Problem { path, expected, found, .. }| (path.clone(), *expected, *found))
        .collect();
    assert_eq!(told, problems[..problems.len().min(16)]);
    let Some((path, expected, found)) = problems.first() else { panic!("refused for nothing") };
    let more = match told.len() {
        1 => String::new(),
        16 => ", and at least 15 more".to_owned(),
        count => format!(", and {} more", count - 1),
    };
    let message =
        format!("authentic, but not an event of {provider}: expected {expected} at {path}, found {found}{more}");
    assert_eq!(error.to_string(), message);
}

/// Path, expected, found.
type Told = (String, &'static str, &'static str);

fn problems(object: &Json<'_>, rows: &[Row], parent: &str) -> Vec<Told> {
    let mut all = Vec::new();
    for &(name, required, is) in rows {
        let path = format!("{parent}{name}");
        match object.get(name) {
            None if required => all.push((path, expected(is), "nothing")),
            None => {}
            Some(Json::Null) if !required => {}
            Some(value) => all.extend(problems_at(value, is, path)),
        }
    }
    all
}

fn problems_at(value: &Json<'_>, is: Is, path: String) -> Vec<Told> {
    let fits = match (is, value) {
        (Is::Object(rows), Json::Object(_)) => return problems(value, rows, &format!("{path}.")),
        (Is::Objects(rows), Json::Array(elements)) => {
            let each = elements.iter().enumerate();
            return each
                .flat_map(|(at, element)| problems_at(element, Is::Object(rows), format!("{path}[{at}]")))
                .collect();
        }
        (Is::Any, value) => *value != Json::Null,
        (Is::Text, Json::Text(_)) => true,
        (Is::Id, value) => id(value).is_some(),
        (Is::Integer, Json::Number(number)) => integer(*number).is_some(),
        (Is::Millis, Json::Number(_)) | (Is::Rfc3339, Json::Text(_)) => millis(value).is_some(),
        _ => false,
    };
    if fits { Vec::new() } else { vec![(path, expected(is), value.type_name())] }
}

fn expected(is: Is) -> &'static str {
    match is {
        Is::Any => "a value",
        Is::Text => "string",
        Is::Id => "non-empty string or integer",
        Is::Integer => "integer",
        Is::Millis => "time in ms, an integer from 0 to 253402300799999",
        Is::Rfc3339 => "RFC 3339 time from 1970 to 9999",
        Is::Object(_) => "object",
        Is::Objects(_) => "array of objects",
    }
}

fn text<'j>(object: &'j Json<'_>, name: &str) -> Option<&'j str> {
    if let Some(Json::Text(text)) = object.get(name) { Some(text) } else { None }
}

fn id(value: &Json<'_>) -> Option<String> {
    match value {
        Json::Text(text) if !text.is_empty() => Some(text.to_string()),
        Json::Number(number) => integer(*number).map(|value| value.to_string()),
        _ => None,
    }
}

fn millis(value: &Json<'_>) -> Option<i64> {
    let millis = match value {
        Json::Number(number) => integer(*number),
        Json::Text(text) => rfc3339::millis(text),
        _ => None,
    };
    millis.filter(|millis| (0..=LATEST).contains(millis))
}
