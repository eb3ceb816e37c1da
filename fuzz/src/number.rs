//! Numbers, from their digits.

/// 2^53 - 1.
const LARGEST: i64 = 9_007_199_254_740_991;

/// Whether every parser holds a number of JSON's grammar alike.
pub(crate) fn is_portable(text: &str) -> bool {
    if text.contains(['.', 'e', 'E']) {
        return text.parse().is_ok_and(f64::is_finite);
    }
    text.parse::<i128>().is_ok_and(|value| value.abs() <= LARGEST.into())
}

/// The integer that a number of JSON's grammar is, to its last digit, if it is one within 2^53 - 1.
pub(crate) fn integer(text: &str) -> Option<i64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{}{fraction}", whole.trim_start_matches('-'));
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    // Where the exponent is beyond an i64, so is the answer: no input of the fuzzer is long enough to make up for it.
    let zeros = (digits.len() - significant.len()) as i64 - fraction.len() as i64;
    let zeros = exponent.parse::<i64>().ok()?.checked_add(zeros)?;
    if !(0..=16).contains(&zeros) {
        return None;
    }
    let text = format!("{}{}", significant.trim_start_matches('0'), "0".repeat(zeros as usize));
    let value = text.parse::<i64>().ok().filter(|&value| value <= LARGEST)?;
    Some(if whole.starts_with('-') { -value } else { value })
}
