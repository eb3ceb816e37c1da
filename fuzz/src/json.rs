//! The strict reader: the very offset of the scanner, and what `serde_json` holds.

use crate::number;
use crate::scan::{Rule, Stop, scan};
use hookseal::json::{self, Json, Number};
use serde_json::Value;

pub fn check(payload: &[u8]) {
    let theirs = serde_json::from_slice::<Value>(payload);
    match (json::read(payload), scan(payload)) {
        (Ok(ours), Ok(())) => {
            let theirs = theirs.expect("what is accepted is JSON");
            assert!(same(&ours, &theirs), "read as another value than serde_json's");
            assert!(same(&ours, &Value::from(ours.clone())), "changed on its way into a Value");
            assert!(theirs.is_object() && depth(&theirs) <= 64);
            numbers(&ours);
        }
        (Err(malformed), Err(Stop { at, rule })) => {
            assert_eq!(malformed.offset, at, "expected {} there, and {rule:?} is broken", malformed.expected);
            assert!(at <= payload.len());
            assert!(rule != Rule::Json || theirs.is_err(), "serde_json sees nothing wrong at {at}");
            prefix_is_whole(payload, at);
        }
        (ours, scanned) => panic!("{:?}, but {scanned:?}", ours.map(drop)),
    }
}

/// Nothing before the offset is wrong: up to there, nothing is but that the text ends.
fn prefix_is_whole(payload: &[u8], at: usize) {
    // Where all of it is UTF-8: else the offset is where that ends, whatever else is wrong before.
    if str::from_utf8(payload).is_ok()
        && let Err(earlier) = json::read(&payload[..at])
    {
        assert_eq!(earlier.offset, at, "refused there, and earlier where it is cut there");
    }
}

/// Whether both are one value. As many members as names: a name that was written twice would be one fewer there.
pub(crate) fn same(ours: &Json<'_>, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        // `-0` is 0 here and -0.0 there.
        (Json::Number(Number::Integer(0)), Value::Number(theirs)) => theirs.as_f64() == Some(0.0),
        (Json::Number(Number::Integer(ours)), Value::Number(theirs)) => theirs.as_i64() == Some(*ours),
        (Json::Number(ours), Value::Number(theirs)) => {
            theirs.as_f64().map(f64::to_bits) == Some(ours.as_f64().to_bits())
        }
        (Json::Text(ours), Value::String(theirs)) => ours == theirs,
        (Json::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Json::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|member| theirs.get(&*member.name).is_some_and(|value| same(&member.value, value)))
        }
        _ => false,
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Whichever way an integer is written, it is that integer.
fn numbers(json: &Json<'_>) {
    match json {
        Json::Number(number @ Number::Integer(value)) => assert_eq!(number.as_integer(), Some(*value)),
        Json::Number(number @ Number::Decimal(text)) => {
            assert_eq!(number.as_integer(), number::integer(text), "{text}")
        }
        Json::Array(elements) => elements.iter().for_each(numbers),
        Json::Object(members) => members.iter().for_each(|member| numbers(&member.value)),
        _ => {}
    }
}
