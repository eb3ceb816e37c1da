//! Times: ms since 1970, from either provider's way of writing them.

use crate::json::Json;
use std::ops::RangeInclusive;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// From 1970-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z: what JavaScript, Python and RFC 3339 all can say.
const MILLIS: RangeInclusive<i64> = 0..=253_402_300_799_999;

/// The time that a value says, an integral number of ms or RFC 3339 text. What is finer than a millisecond is cut off.
pub(super) fn millis(value: &Json<'_>) -> Option<u64> {
    let millis = match value {
        Json::Number(number) => number.as_integer()?,
        Json::Text(text) => {
            // The parser takes any character for the T between date and time.
            let time = OffsetDateTime::parse(text, &Rfc3339)
                .ok()
                .filter(|_| matches!(text.as_bytes().get(10), Some(b'T' | b't')))?;
            time.unix_timestamp() * 1000 + i64::from(time.millisecond())
        }
        _ => return None,
    };
    u64::try_from(millis).ok().filter(|_| MILLIS.contains(&millis))
}
