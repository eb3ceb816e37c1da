//! Shapes: what an event's members must be, as tables, and the one walk that checks them.

use super::time;
use crate::Problem;
use crate::json::Json;
use std::fmt;

/// How many problems of one event are told. A choice of our own: enough to mend a sender, too few to flood a log.
pub(crate) const MAX_PROBLEMS: usize = 16;

/// One documented member of an object. Members that are not documented pass.
///
/// # Examples
///
/// ```
/// use hookseal::Provider;
///
/// let kit_received = Provider::GlycanAge.event_type("kit-received").unwrap();
/// let required = kit_received.fields.unwrap().iter().filter(|field| field.required).map(|field| field.name);
/// assert_eq!(required.collect::<Vec<_>>(), ["kitCode"]);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Field {
    /// The member's name, as the provider documents it.
    pub name: &'static str,
    /// Whether it must be there and not be null. Null and absent are one for all others.
    pub required: bool,
    /// What its value must be.
    pub shape: Shape,
}

/// What a member's value must be.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// Any value at all.
    Any,
    /// A string.
    Text,
    /// What names an event: a string that is not empty, or an integer.
    Id,
    /// Any integral number (`25000.0` too) within 2^53 - 1.
    Integer,
    /// A time in ms since 1970, as any integral number.
    Millis,
    /// A time as RFC 3339 text.
    Rfc3339,
    /// An object with these members.
    Object(&'static [Field]),
    /// An array of objects with these members.
    Objects(&'static [Field]),
}

impl Field {
    pub(crate) const fn required(name: &'static str, shape: Shape) -> Self {
        Self { name, required: true, shape }
    }

    pub(crate) const fn optional(name: &'static str, shape: Shape) -> Self {
        Self { name, required: false, shape }
    }
}

impl Shape {
    /// What is expected, in the words of an error.
    #[must_use]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Text => "string",
            Self::Id => "non-empty string or integer",
            Self::Integer => "integer",
            Self::Millis => "time in ms, an integer from 0 to 253402300799999",
            Self::Rfc3339 => "RFC 3339 time from 1970 to 9999",
            Self::Object(_) => "object",
            Self::Objects(_) => "array of objects",
        }
    }

    /// The members of the objects that are expected, if they are.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Object(fields) | Self::Objects(fields) => fields,
            _ => &[],
        }
    }
}

/// What is wrong with an object's documented members, in their order.
pub(crate) fn check(object: &Json<'_>, fields: impl Iterator<Item = Field>) -> Vec<Problem> {
    let mut problems = Vec::new();
    fields.for_each(|field| check_member(object, field, &Path::Root, &mut problems));
    problems
}

fn check_member(object: &Json<'_>, field: Field, parent: &Path<'_>, problems: &mut Vec<Problem>) {
    let path = Path::Member(parent, field.name);
    match object.get(field.name) {
        None | Some(Json::Null) if !field.required => {}
        None => tell(problems, &path, field.shape, "nothing"),
        Some(value) => check_value(value, field.shape, &path, problems),
    }
}

fn check_value(value: &Json<'_>, shape: Shape, path: &Path<'_>, problems: &mut Vec<Problem>) {
    match (shape, value) {
        (Shape::Object(fields), Json::Object(_)) => {
            fields.iter().for_each(|field| check_member(value, *field, path, problems));
        }
        (Shape::Objects(fields), Json::Array(elements)) => {
            for (index, element) in elements.iter().enumerate() {
                check_value(element, Shape::Object(fields), &Path::Element(path, index), problems);
            }
        }
        _ if shape.accepts(value) => {}
        _ => tell(problems, path, shape, value.type_name()),
    }
}

fn tell(problems: &mut Vec<Problem>, path: &Path<'_>, shape: Shape, found: &'static str) {
    if problems.len() < MAX_PROBLEMS {
        problems.push(Problem { path: path.to_string(), expected: shape.expected(), found });
    }
}

impl Shape {
    fn accepts(self, value: &Json<'_>) -> bool {
        match self {
            Self::Any => !matches!(value, Json::Null),
            Self::Text => text(value).is_some(),
            Self::Id => id(value).is_some(),
            Self::Integer => integer(value).is_some(),
            Self::Millis => matches!(value, Json::Number(_)) && time::millis(value).is_some(),
            Self::Rfc3339 => matches!(value, Json::Text(_)) && time::millis(value).is_some(),
            Self::Object(_) | Self::Objects(_) => false,
        }
    }
}

/// Where a value stands, written out only if something is wrong with it: `data.sets[0].kitCode`.
enum Path<'a> {
    Root,
    Member(&'a Self, &'static str),
    Element(&'a Self, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Member(Self::Root, name) => f.write_str(name),
            Self::Member(parent, name) => write!(f, "{parent}.{name}"),
            Self::Element(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

pub(super) fn text<'j>(value: &'j Json<'_>) -> Option<&'j str> {
    if let Json::Text(text) = value { Some(text) } else { None }
}

pub(super) fn integer(value: &Json<'_>) -> Option<i64> {
    if let Json::Number(number) = value { number.as_integer() } else { None }
}

/// An id's text: itself, or the decimal digits of an integer.
pub(super) fn id(value: &Json<'_>) -> Option<String> {
    match text(value) {
        Some(text) => Some(text).filter(|text| !text.is_empty()).map(str::to_owned),
        None => integer(value).map(|integer| integer.to_string()),
    }
}
