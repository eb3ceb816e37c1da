//! What hookseal reads in Rust, a line a document: `hookseal-differential DOCUMENTS ANSWERS`.

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use hookseal::{Provider, Webhook};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write as _};

fn main() -> Result<()> {
    let [documents, answers] = std::env::args().skip(1).collect::<Vec<_>>().try_into().ok().context("two paths")?;
    let webhook = Webhook::new(Provider::Loop, "a secret of 32 characters or more")?;
    let mut found = BufWriter::new(File::create(answers)?);
    for line in BufReader::new(File::open(documents)?).lines() {
        let line = line?;
        let document = BASE64_STANDARD.decode(line.rsplit('\t').next().unwrap_or_default())?;
        writeln!(found, "{}", answer(&webhook, &document)?)?;
    }
    Ok(found.flush()?)
}

/// The verdict, and where a refused document is wrong or what an accepted one says.
fn answer(webhook: &Webhook, document: &[u8]) -> Result<String> {
    Ok(match webhook.verify(document, webhook.sign(document)?.as_str()) {
        Ok(event) => {
            let said = canonical(&json!({
                "type": event.event_type(), "known": event.known(), "id": event.id(), "occurred_at": event.occurred_at(),
                "key": event.key(), "body": event.body(),
            }));
            match second_opinion(document) {
                other if other == canonical(event.body()) => format!("accepted {said}"),
                other => format!("accepted {said} where serde_json reads {other}"),
            }
        }
        Err(error) => {
            let offset = error.offset().map(|offset| offset.to_string()).unwrap_or_default();
            format!("refused {} {offset} {error}", error.code())
        }
    })
}

/// What a parser that knows nothing of hookseal makes of what hookseal accepts.
fn second_opinion(document: &[u8]) -> String {
    serde_json::from_slice(document).map_or_else(|_| "nothing".to_owned(), |value| canonical(&value))
}

/// A value in the one form that three languages write alike: pure ASCII, names sorted, numbers as a double's bits.
fn canonical(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => {
            let double = number.as_f64().unwrap_or(f64::NAN);
            // One zero, without a sign.
            format!("{:016x}", if double == 0.0 { 0 } else { double.to_bits() })
        }
        Value::String(text) => quoted(text),
        Value::Array(elements) => format!("[{}]", elements.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let member = |(name, value): (&String, _)| format!("{}:{}", quoted(name), canonical(value));
            let mut members: Vec<_> = members.iter().map(member).collect();
            members.sort();
            format!("{{{}}}", members.join(","))
        }
    }
}

/// A text, everything but letters, digits and spaces by its UTF-16 code units.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii_alphanumeric() || byte == b' ' => quoted.push(char::from(byte)),
            _ => drop(write!(quoted, "\\u{unit:04x}")),
        }
    }
    quoted.push('"');
    quoted
}
