//! One pass over a payload, byte by byte. Nesting is bounded by [`MAX_DEPTH`], so recursion is too.

use super::{Json, Member, Number};
use std::collections::BTreeSet;

/// How many objects and arrays may stand within each other, the root among them. A choice of our own: the providers'
/// events need four, and the strictest of the parsers that users have allows more.
pub const MAX_DEPTH: usize = 64;

/// Where a text stops being I-JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// In bytes from the payload's start.
    pub offset: usize,
    /// What was expected there.
    pub expected: &'static str,
}

/// Reads a payload as I-JSON.
///
/// # Errors
///
/// [`Malformed`] where the text first stops being I-JSON. Text that is not UTF-8 is found before anything else.
///
/// # Examples
///
/// ```
/// use hookseal::json;
///
/// assert_eq!(json::read(br#"{"a":[1]}"#).unwrap().get("a").unwrap().type_name(), "array");
///
/// let malformed = json::read(br#"{"a":1,"\u0061":2}"#).unwrap_err();
/// assert_eq!((malformed.offset, malformed.expected), (7, "a name that this object does not have yet"));
/// ```
pub fn read(payload: &[u8]) -> Result<Json<'_>, Malformed> {
    let text =
        std::str::from_utf8(payload).map_err(|error| Malformed { offset: error.valid_up_to(), expected: "UTF-8" })?;
    let mut reader = Reader { text, at: 0 };
    reader.skip_whitespace();
    if reader.peek() != Some(b'{') {
        return reader.malformed("an object");
    }
    let root = reader.value(0)?;
    reader.skip_whitespace();
    if reader.peek().is_some() { reader.malformed("the end of the payload") } else { Ok(root) }
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What has been read since `start`.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    pub(super) fn malformed<T>(&self, expected: &'static str) -> Result<T, Malformed> {
        Err(Malformed { offset: self.at, expected })
    }

    /// Takes the byte if it stands next.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    pub(super) fn skip_while(&mut self, accepts: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|&&byte| accepts(byte)).count();
    }

    fn skip_whitespace(&mut self) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn value(&mut self, depth: usize) -> Result<Json<'a>, Malformed> {
        match self.peek() {
            Some(b'{' | b'[') if depth == MAX_DEPTH => self.malformed("a value at most 64 levels deep"),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => self.malformed("a value"),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json<'a>, Malformed> {
        let mut elements = Vec::new();
        self.at += 1;
        self.skip_whitespace();
        if self.take(b']') {
            return Ok(Json::Array(elements));
        }
        loop {
            self.skip_whitespace();
            elements.push(self.value(depth)?);
            self.skip_whitespace();
            if self.take(b']') {
                return Ok(Json::Array(elements));
            }
            if !self.take(b',') {
                return self.malformed("',' or ']'");
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json<'a>, Malformed> {
        let mut members = Vec::new();
        // Ordered, not hashed: a hash would need a seed against crafted names, and the core has no chance in it.
        let mut names = BTreeSet::new();
        self.at += 1;
        self.skip_whitespace();
        if self.take(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            self.skip_whitespace();
            if self.peek() != Some(b'"') {
                return self.malformed("a name in double quotes");
            }
            let start = self.at;
            let name = self.string()?;
            if !names.insert(name.clone()) {
                return Err(Malformed { offset: start, expected: "a name that this object does not have yet" });
            }
            self.skip_whitespace();
            if !self.take(b':') {
                return self.malformed("':'");
            }
            self.skip_whitespace();
            let value = self.value(depth)?;
            members.push(Member { name, value });
            self.skip_whitespace();
            if self.take(b'}') {
                return Ok(Json::Object(members));
            }
            if !self.take(b',') {
                return self.malformed("',' or '}'");
            }
        }
    }

    fn number(&mut self) -> Result<Json<'a>, Malformed> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let number = Number::from_grammar(self.since(start)).map(Json::Number);
        number.ok_or(Malformed { offset: start, expected: "a finite number, or an integer within 2^53 - 1" })
    }

    fn digits(&mut self) -> Result<(), Malformed> {
        let start = self.at;
        self.skip_while(|byte| byte.is_ascii_digit());
        if self.at == start { self.malformed("a digit") } else { Ok(()) }
    }

    fn word(&mut self, word: &'static str, value: Json<'a>) -> Result<Json<'a>, Malformed> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return self.malformed("a value");
        }
        self.at += word.len();
        Ok(value)
    }
}
