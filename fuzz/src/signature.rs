//! A delivery's signature: whose secret made it, or which code says why not.

use crate::digest::mac;
use hookseal::{Code, Provider, Webhook};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The secret that the vectors are signed under.
pub(crate) const SECRET: &[u8] = b"a secret of 32 characters or more";

/// Between a payload, a secret and the headers; and between a header's name and its value.
const RECORD: u8 = 0x1e;
const UNIT: u8 = 0x1f;

/// Reads `<how><payload> RS <secret> RS <name> US <value> RS ..`, and compares what the core says of that delivery.
pub fn check(input: &[u8]) {
    let Some((&how, rest)) = input.split_first() else { return };
    let provider = Provider::ALL[usize::from(how & 1)];
    let mut records = rest.split(|&byte| byte == RECORD);
    let (payload, other) = (records.next().unwrap_or_default(), records.next().unwrap_or_default());
    let mut secrets = if how & 2 == 0 { vec![SECRET, other] } else { vec![other, SECRET] };
    // One that stands twice: the first of the two is told.
    secrets.extend_from_within(..usize::from(how >> 2 & 1));
    let headers: Vec<_> = records.map(|record| header(record, payload, other)).collect();

    let webhook = match Webhook::new(provider, secrets.clone()) {
        Ok(webhook) => webhook,
        Err(error) => {
            assert_eq!(error.code(), Code::InvalidSecret);
            return assert!(other.iter().all(|&byte| byte == 0), "a fit secret was refused");
        }
    };
    assert!(other.iter().any(|&byte| byte != 0), "an empty secret was taken");
    assert_eq!(webhook.sign(payload).unwrap(), format!("{}{}", prefix(provider), mac(secrets[0], payload)));

    let verdict = |values: &[&[u8]]| verdict(provider, &secrets, payload, values);
    let values: Vec<_> = values_of(provider, headers.iter().map(|(name, value)| (name.as_bytes(), value.as_slice())));
    assert_eq!(told(webhook.verify_signature(payload, headers.as_slice())), verdict(&values));

    let map = header_map(&headers);
    let values = values_of(provider, map.iter().map(|(name, value)| (name.as_str().as_bytes(), value.as_bytes())));
    assert_eq!(told(webhook.verify_signature(payload, &map)), verdict(&values));

    if let Some((_, value)) = headers.first() {
        assert_eq!(told(webhook.verify_signature(payload, value.as_slice())), verdict(&[value]));
        if let Ok(text) = str::from_utf8(value) {
            assert_eq!(told(webhook.verify_signature(payload, text)), verdict(&[value]));
        }
    }
}

/// A fuzzer never guesses a digest, so some bytes of a value stand for one, or for a piece of one.
fn header(record: &[u8], payload: &[u8], other: &[u8]) -> (String, Vec<u8>) {
    let (name, value) = record.split_at(record.iter().position(|&byte| byte == UNIT).unwrap_or(record.len()));
    let digits = mac(SECRET, payload);
    let mut written = Vec::new();
    for &byte in value.get(1..).unwrap_or_default() {
        match byte {
            0x01 => written.extend_from_slice(digits.as_bytes()),
            0x02 => written.extend_from_slice(mac(other, payload).to_uppercase().as_bytes()),
            0x03 => written.extend_from_slice(&digits.as_bytes()[..63]),
            0x04 => written.extend_from_slice(&digits.as_bytes()[63..]),
            _ => written.push(byte),
        }
    }
    (String::from_utf8_lossy(name).into_owned(), written)
}

fn header_map(headers: &[(String, Vec<u8>)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value)) {
            map.append(name, value);
        }
    }
    map
}

fn told(answer: Result<String, hookseal::WebhookError>) -> Result<String, Code> {
    answer.map_err(|error| error.code())
}

/// The second opinion: the label of the secret, or the code.
fn verdict(provider: Provider, secrets: &[&[u8]], payload: &[u8], values: &[&[u8]]) -> Result<String, Code> {
    let value = match values {
        [] => return Err(Code::MissingSignature),
        [one] if one.contains(&b',') => return Err(Code::RepeatedSignature),
        [b""] => return Err(Code::MissingSignature),
        [one] => *one,
        _ => return Err(Code::RepeatedSignature),
    };
    let (before, digits) = value.split_at(value.len().min(prefix(provider).len()));
    let is_digit = |byte: &u8| b"0123456789abcdefABCDEF".contains(byte);
    if before != prefix(provider).as_bytes() || digits.len() != 64 || !digits.iter().all(is_digit) {
        return Err(Code::MalformedSignature);
    }
    let digits = digits.to_ascii_lowercase();
    let made = secrets.iter().position(|secret| mac(secret, payload).as_bytes() == digits);
    made.map(|index| index.to_string()).ok_or(Code::SignatureMismatch)
}

fn values_of<'h>(provider: Provider, headers: impl Iterator<Item = (&'h [u8], &'h [u8])>) -> Vec<&'h [u8]> {
    let wanted: &[u8] = if provider == Provider::Loop { b"x-loop-signature" } else { b"x-glycanage-signature" };
    headers.filter(|(name, _)| name.to_ascii_lowercase() == wanted).map(|(_, value)| value).collect()
}

const fn prefix(provider: Provider) -> &'static str {
    if matches!(provider, Provider::Loop) { "" } else { "sha256=" }
}
