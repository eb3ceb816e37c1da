//! Numbers: those that every parser holds alike.

use super::decimal::Decimal;
use std::fmt;

/// The largest integer that a double, and so every JSON parser, holds exactly: 2^53 - 1 (RFC 7493, 2.2).
pub const MAX_INTEGER: i64 = (1 << 53) - 1;

/// A number, kept as it was written.
#[derive(Clone, Copy, PartialEq)]
pub enum Number<'a> {
    /// Written without fraction or exponent, within [`MAX_INTEGER`]. `-0` is 0.
    Integer(i64),
    /// Written with a fraction or an exponent; finite as a double. Read as one with [`Number::as_f64`].
    Decimal(&'a str),
}

impl<'a> Number<'a> {
    /// Takes a text that has JSON's grammar of a number already; none where its value is out of bounds.
    pub(super) fn from_grammar(text: &'a str) -> Option<Self> {
        if text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
            Decimal::read(text).is_finite().then_some(Self::Decimal(text))
        } else {
            text.parse().ok().filter(|&value| is_exact(value)).map(Self::Integer)
        }
    }

    /// The integer that this is, whichever way it was written (`25000.0`), within [`MAX_INTEGER`].
    #[must_use]
    pub fn as_integer(self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(value),
            Self::Decimal(text) => Decimal::read(text).as_integer().filter(|&value| is_exact(value)),
        }
    }

    /// The double nearest to what was written.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self {
            // Exact: the bounds of an integer are a double's.
            Self::Integer(value) => value as f64,
            Self::Decimal(text) => text.parse().unwrap_or_default(),
        }
    }
}

impl fmt::Debug for Number<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Number").finish_non_exhaustive()
    }
}

fn is_exact(value: i64) -> bool {
    (-MAX_INTEGER..=MAX_INTEGER).contains(&value)
}

#[cfg(test)]
mod tests {
    use super::Number::{self, Decimal, Integer};

    #[test]
    fn integers_end_where_doubles_lose_them() {
        assert_eq!(Number::from_grammar("9007199254740991"), Some(Integer(9_007_199_254_740_991)));
        assert_eq!(Number::from_grammar("-9007199254740991"), Some(Integer(-9_007_199_254_740_991)));
        assert_eq!(Number::from_grammar("9007199254740992"), None);
        assert_eq!(Number::from_grammar("123456789012345678901234567890"), None);
        assert_eq!(Number::from_grammar("-0"), Some(Integer(0)));
    }

    #[test]
    fn integral_decimals_are_integers() {
        for (text, integer) in [
            ("25000.0", Some(25000)),
            ("2.5e4", Some(25000)),
            ("250000e-1", Some(25000)),
            ("-1.0", Some(-1)),
            ("-0.0", Some(0)),
            ("0e99999999999999999999", Some(0)),
            ("9007199254740991.0", Some(9_007_199_254_740_991)),
            ("9007199254740992.0", None),
            ("0.5", None),
            ("1e16", None),
            ("1e308", None),
        ] {
            assert_eq!(Decimal(text).as_integer(), integer, "{text}");
        }
    }
}
