//! Strict JSON: I-JSON (RFC 7493), so that nothing can hide between two parsers: all of them read the same value, as far as
//! they round decimals to the nearest double (`serde_json` does so with its feature `float_roundtrip`).
//!
//! UTF-8 without a byte order mark, an object at the root, no duplicate names at any depth (compared after unescaping),
//! no lone surrogates, finite numbers, integers (no fraction and no exponent, as written) within
//! [`MAX_INTEGER`], at most [`MAX_DEPTH`] objects and arrays deep, nothing after the value but whitespace. The one
//! sentence of RFC 7493 that is not enforced forbids noncharacters (such as U+FFFF): parsers do not differ over them.

mod decimal;
mod number;
mod reader;
mod string;

use std::borrow::Cow;
use std::fmt;

pub use number::{MAX_INTEGER, Number};
pub use reader::{MAX_DEPTH, Malformed, read};

/// A value, borrowing from the payload every text that has no escapes. `Debug` shows its type alone.
#[derive(Clone, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A finite number.
    Number(Number<'a>),
    /// Text, unescaped.
    Text(Cow<'a, str>),
    /// An array's elements.
    Array(Vec<Json<'a>>),
    /// An object's members, as many names as members, in the order written.
    Object(Vec<Member<'a>>),
}

/// One member of an object.
#[derive(Clone, PartialEq)]
pub struct Member<'a> {
    /// Its name, unescaped.
    pub name: Cow<'a, str>,
    /// Its value.
    pub value: Json<'a>,
}

impl Json<'_> {
    /// The value of the member of this name; none where this is not an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|member| member.name == name).map(|member| &member.value)
    }

    /// JSON's own word for what this is.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::Text(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }
}

impl fmt::Debug for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Json").field("type", &self.type_name()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Member<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member").finish_non_exhaustive()
    }
}

impl From<Json<'_>> for serde_json::Value {
    fn from(json: Json<'_>) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(Number::Integer(value)) => Self::from(value),
            Json::Number(decimal) => Self::from(decimal.as_f64()),
            Json::Text(text) => Self::String(text.into_owned()),
            Json::Array(elements) => elements.into_iter().map(Self::from).collect(),
            Json::Object(members) => {
                members.into_iter().map(|Member { name, value }| (name.into_owned(), Self::from(value))).collect()
            }
        }
    }
}
