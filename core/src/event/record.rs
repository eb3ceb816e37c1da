//! Records: a struct and the table of its members' shapes, from one definition.

use super::shape::{self, Field, Shape};
use super::time;
use crate::json::Json;

/// An object whose members a provider documents.
pub(crate) trait Record: Sized {
    const FIELDS: &'static [Field];

    /// Reads an object that has the shape of `FIELDS`.
    fn read(object: &Json<'_>) -> Self;
}

/// A Rust type of a record's member, and what it asks of the JSON value.
pub(crate) trait Member: Default {
    const SHAPE: Shape;
    const REQUIRED: bool = true;

    fn read(value: &Json<'_>) -> Option<Self>;
}

impl Member for String {
    const SHAPE: Shape = Shape::Text;

    fn read(value: &Json<'_>) -> Option<Self> {
        shape::text(value).map(str::to_owned)
    }
}

impl Member for i64 {
    const SHAPE: Shape = Shape::Integer;

    fn read(value: &Json<'_>) -> Option<Self> {
        shape::integer(value)
    }
}

/// A time in ms.
impl Member for u64 {
    const SHAPE: Shape = Shape::Millis;

    fn read(value: &Json<'_>) -> Option<Self> {
        time::millis(value)
    }
}

impl<R: Record> Member for Vec<R> {
    const SHAPE: Shape = Shape::Objects(R::FIELDS);

    fn read(value: &Json<'_>) -> Option<Self> {
        if let Json::Array(elements) = value { Some(elements.iter().map(R::read).collect()) } else { None }
    }
}

impl<T: Member> Member for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;

    fn read(value: &Json<'_>) -> Option<Self> {
        Some(T::read(value))
    }
}

/// Defines records. A member is required unless its type is an `Option`; its `Debug` shows nothing of a payload.
macro_rules! records {
    ($($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $member:ident: $type:ty = $json:literal,)+ })+) => {$(
        $(#[$about])*
        #[derive(Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$doc])* pub $member: $type,)+
        }

        impl $crate::event::record::Record for $name {
            const FIELDS: &'static [$crate::event::shape::Field] = &[$($crate::event::shape::Field {
                name: $json,
                required: <$type as $crate::event::record::Member>::REQUIRED,
                shape: <$type as $crate::event::record::Member>::SHAPE,
            },)+];

            fn read(object: &$crate::json::Json<'_>) -> Self {
                Self {
                    $($member: object.get($json).and_then($crate::event::record::Member::read).unwrap_or_default(),)+
                }
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

pub(super) use records;
