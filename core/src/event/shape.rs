//! Shapes: what an event's members must be, as tables, and the one walk that checks them.

use super::time;
use crate::Problem;
use crate::json::Json;
use std::borrow::Cow;

/// One member of an object that a provider documents. Members that are not documented pass.
pub(crate) struct Field {
    name: &'static str,
    required: bool,
    shape: Shape,
}

/// What a member's value must be.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// Any value at all.
    Any,
    /// A string.
    Text,
    /// What names the event: a string that is not empty, or an integer.
    Id,
    /// A time in ms since 1970, as any integral number.
    Millis,
    /// A time as RFC 3339 text.
    Rfc3339,
}

impl Field {
    /// A member without which the event means nothing: neither absent nor null.
    pub(crate) const fn required(name: &'static str, shape: Shape) -> Self {
        Self { name, required: true, shape }
    }

    /// A member that may be absent, or null, which says the same.
    pub(crate) const fn optional(name: &'static str, shape: Shape) -> Self {
        Self { name, required: false, shape }
    }
}

impl Shape {
    const fn expected(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Text => "string",
            Self::Id => "non-empty string or integer",
            Self::Millis => "time in ms, an integer from 0 to 253402300799999",
            Self::Rfc3339 => "RFC 3339 time from 1970 to 9999",
        }
    }

    fn accepts(self, value: &Json<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::Text => text(value).is_some(),
            Self::Id => id(value).is_some(),
            Self::Millis => matches!(value, Json::Number(_)) && time::millis(value).is_some(),
            Self::Rfc3339 => matches!(value, Json::Text(_)) && time::millis(value).is_some(),
        }
    }
}

/// What is wrong with an object's documented members, in the order of the table.
pub(crate) fn check(object: &Json<'_>, fields: &[Field]) -> Vec<Problem> {
    fields.iter().filter_map(|field| check_field(object.get(field.name), field)).collect()
}

fn check_field(value: Option<&Json<'_>>, field: &Field) -> Option<Problem> {
    let accepted = match value {
        None | Some(Json::Null) => !field.required,
        Some(value) => field.shape.accepts(value),
    };
    (!accepted).then(|| Problem::new(field.name, field.shape.expected(), value.map_or("nothing", Json::type_name)))
}

pub(super) fn text<'j>(value: &'j Json<'_>) -> Option<&'j str> {
    if let Json::Text(text) = value { Some(text) } else { None }
}

/// An id's text: itself, or the decimal digits of an integer.
pub(super) fn id(value: &Json<'_>) -> Option<String> {
    match value {
        Json::Text(text) => Some(text).filter(|text| !text.is_empty()).map(|text: &Cow<'_, str>| text.to_string()),
        Json::Number(number) => number.as_integer().map(|integer| integer.to_string()),
        _ => None,
    }
}
