//! Every vector of `tests/vectors`, through the public API.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a vector file that cannot be read must fail the test")]

use hookseal::{Secret, Webhook, WebhookError};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use std::path::Path;

/// The bytes that a value of the schema stands for.
fn bytes(value: &Value) -> Vec<u8> {
    match value {
        Value::String(text) => text.clone().into_bytes(),
        value if value["hex"].is_string() => hex::decode(value["hex"].as_str().unwrap()).unwrap(),
        value if value["concat"].is_array() => value["concat"].as_array().unwrap().iter().flat_map(bytes).collect(),
        value if value["numbered"].is_string() => (0..times(value))
            .flat_map(|n| value["numbered"].as_str().unwrap().replace('#', &n.to_string()).into_bytes())
            .collect(),
        value => bytes(&value["repeat"]).repeat(times(value)),
    }
}

fn times(value: &Value) -> usize {
    usize::try_from(value["times"].as_u64().unwrap()).unwrap()
}

fn is_text(value: &Value) -> bool {
    value.is_string() || value["repeat"].is_string()
}

fn secret(value: &Value) -> Secret {
    if let Some(label) = value["label"].as_str() {
        secret(&value["secret"]).labelled(label)
    } else if is_text(value) {
        Secret::from(String::from_utf8(bytes(value)).unwrap())
    } else {
        Secret::from(bytes(value))
    }
}

/// The headers as `http` has them, or as pairs where it will not have them: a newline cannot come over the wire, and is
/// refused all the same.
fn verify<T>(
    pairs: &Value,
    with_map: impl FnOnce(&HeaderMap) -> Result<T, WebhookError>,
    with_pairs: impl FnOnce(&[(String, Vec<u8>)]) -> Result<T, WebhookError>,
) -> Result<T, WebhookError> {
    let pair = |pair: &Value| (pair[0].as_str().unwrap().to_owned(), bytes(&pair[1]));
    let pairs: Vec<_> = pairs.as_array().unwrap().iter().map(pair).collect();
    let header = |(name, value): &(String, Vec<u8>)| {
        Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_bytes(value).ok()?))
    };
    match pairs.iter().map(header).collect::<Option<Vec<_>>>() {
        Some(headers) => {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.append(name, value);
            }
            with_map(&map)
        }
        None => with_pairs(&pairs),
    }
}

/// What hookseal answers, in the form of the schema's `expect`.
fn answer(case: &Value) -> Result<Value, WebhookError> {
    let provider = case["provider"].as_str().unwrap().parse()?;
    let webhook = Webhook::new(provider, case["secrets"].as_array().unwrap().iter().map(secret).collect::<Vec<_>>())?;
    let payload = || bytes(&case["payload"]);
    Ok(match case["call"].as_str().unwrap() {
        "new" => json!({ "made": true }),
        "sign" => json!({ "signature": webhook.sign(&payload())? }),
        "verify_signature" => json!({ "secret": verify(
            &case["headers"],
            |map| webhook.verify_signature(&payload(), map),
            |pairs| webhook.verify_signature(&payload(), pairs),
        )? }),
        "verify" => {
            let verified = verify(
                &case["headers"],
                |map| webhook.verify(&payload(), map),
                |pairs| webhook.verify(&payload(), pairs),
            );
            let event = verified?;
            json!({ "event": {
                "type": event.event_type(), "known": event.known(), "id": event.id(), "occurred_at": event.occurred_at(),
                "key": event.key(), "secret": event.secret(), "body": event.body(),
            } })
        }
        call => panic!("no such call: {call}"),
    })
}

fn error(error: &WebhookError) -> Value {
    let (code, status) = (error.code().as_str(), error.status());
    json!({ "error": match (error.offset(), error.problems()) {
        (Some(offset), _) => json!({ "code": code, "status": status, "offset": offset }),
        (None, []) => json!({ "code": code, "status": status }),
        (None, problems) => json!({ "code": code, "status": status, "problems": problems }),
    } })
}

/// Equal, with integers and the doubles of the same value taken for one, as JSON does.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)))
        }
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

#[test]
fn every_vector_is_answered_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();

    let (mut run, mut faults) = (0, Vec::new());
    for path in files {
        let file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let is_ours = |case: &&Value| case["only"].as_array().is_none_or(|only| only.contains(&json!("rust")));
        for case in file["cases"].as_array().unwrap().iter().filter(is_ours) {
            let found = answer(case).unwrap_or_else(|found| error(&found));
            run += 1;
            if !same(&found, &case["expect"]) {
                faults.push(format!("{}: expected {}, found {found}", case["name"], case["expect"]));
            }
        }
    }
    println!("{run} vectors");
    assert!(run > 500, "only {run} vectors were found");
    assert!(faults.is_empty(), "{} of {run} vectors failed:\n{}", faults.len(), faults.join("\n"));
}
