//! Decimals, judged from their digits: whether a double can hold one, and whether it is an integer. Turning them into
//! doubles would bring tables of powers of five into the wasm, 10 kB that it has no other use for.

/// The significant digits of 2^1024 - 2^970, the least value that rounds to infinity; its first stands for 10^308.
const OVERFLOW: &str = "1797693134862315807937289714053034150799341327100378269361737789804449682927647509466490179775872070963\
    3028641669288791094655554785194040263065748867150582068190890200070838367627385484581771153176447573027\
    0069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497792";
const OVERFLOW_POWER: i64 = 308;

/// A number's significant digits, from the first to the last that is not 0, and where they stand.
pub(super) struct Decimal<'a> {
    negative: bool,
    /// Begins and ends with a digit other than 0, and may hold a point; empty for zero.
    significant: &'a str,
    /// The powers of ten that the first and the last significant digit stand for.
    powers: (i64, i64),
}

impl<'a> Decimal<'a> {
    /// Reads a text that has JSON's grammar of a number already.
    pub(super) fn read(text: &'a str) -> Self {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let digits = mantissa.trim_start_matches('-');
        let point = digits.find('.').unwrap_or(digits.len());
        let from_first = digits.trim_start_matches(['0', '.']);
        let significant = from_first.trim_end_matches(['0', '.']);
        let first = digits.len() - from_first.len();
        let last = (first + significant.len()).saturating_sub(1);
        let beyond = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
        let exponent = exponent.parse().unwrap_or(beyond);
        let power = |index| power_of_digit(index, point).saturating_add(exponent);
        Self { negative: mantissa.starts_with('-'), significant, powers: (power(first), power(last)) }
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        self.significant.bytes().filter(|&byte| byte != b'.')
    }

    /// Whether the nearest double is finite.
    pub(super) fn is_finite(&self) -> bool {
        self.significant.is_empty()
            || self.powers.0 < OVERFLOW_POWER
            || self.powers.0 == OVERFLOW_POWER && self.digits().lt(OVERFLOW.bytes())
    }

    /// The integer that this is, if it is one of at most 16 digits.
    pub(super) fn as_integer(&self) -> Option<i64> {
        if self.significant.is_empty() {
            return Some(0);
        }
        let (first, last) = self.powers;
        if last < 0 || first > 15 {
            return None;
        }
        let digits = self.digits().fold(0_i64, |value, digit| value * 10 + i64::from(digit - b'0'));
        let value = digits * 10_i64.pow(u32::try_from(last).ok()?);
        Some(if self.negative { -value } else { value })
    }
}

/// The power of ten that the digit at this index stands for, before the exponent is counted.
fn power_of_digit(index: usize, point: usize) -> i64 {
    let power = if index < point { point - 1 - index } else { index - point };
    let power = i64::try_from(power).unwrap_or(i64::MAX);
    if index < point { power } else { -power }
}

#[cfg(test)]
mod tests {
    use super::{Decimal, OVERFLOW};
    use proptest::prelude::*;

    fn agrees(text: &str) {
        let double: f64 = text.parse().unwrap();
        let decimal = Decimal::read(text);
        assert_eq!(decimal.is_finite(), double.is_finite(), "{text}");
        // A double says whether it is integral only where it holds every digit of the text.
        let exact = text.len() <= 15 && (1e-300..1e15).contains(&double.abs());
        if exact || decimal.significant.is_empty() {
            let integer = (double.fract() == 0.0).then(|| format!("{double:.0}").parse().unwrap());
            assert_eq!(decimal.as_integer(), integer, "{text}");
        }
    }

    #[test]
    fn finite_up_to_the_very_digit_that_rounds_to_infinity() {
        let below = OVERFLOW.replace(|c: char| !c.is_ascii_digit(), "");
        assert_eq!(below.len(), 309);
        let below = format!("{}8.9", &below[..308]);
        let (above, scaled) = (format!("{OVERFLOW}.0"), format!("0.000{OVERFLOW}e3"));
        for text in [&below, &above, &scaled, "1.7976931348623157e308", "1.7976931348623159e308", "-1e309", "0e999"] {
            agrees(text);
        }
    }

    #[test]
    fn exponents_beyond_an_integer_are_still_read() {
        for text in ["1e99999999999999999999", "1e-99999999999999999999", "0.0e99999999999999999999", "1E+400"] {
            agrees(text);
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(text in "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?") {
            agrees(&text);
        }
    }
}
