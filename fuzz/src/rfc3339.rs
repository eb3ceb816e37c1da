//! RFC 3339, by hand.

/// The ms since 1970 that a text says, cut off to whole ones; before 1970 they are negative.
pub(crate) fn millis(text: &str) -> Option<i64> {
    let mut rest = Rest(text.as_bytes());
    let (year, month, day) = (rest.digits(4)?, rest.after(b"-")?.digits(2)?, rest.after(b"-")?.digits(2)?);
    let (hour, minute) = (rest.after(b"Tt")?.digits(2)?, rest.after(b":")?.digits(2)?);
    let (second, millis) = (rest.after(b":")?.digits(2)?, rest.fraction()?);
    let offset = rest.offset()?;
    if !rest.0.is_empty() || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    // A leap second is the last ms of the one before it.
    let (leap, second, millis) = if second == 60 { (true, 59, 999) } else { (false, second, millis) };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days: i64 = (1970..year).map(days_of).sum::<i64>() - (year..1970).map(days_of).sum::<i64>();
    let days = days + (1..month).map(|month| days_in(year, month)).sum::<i64>() + day - 1;
    let minutes = (days * 24 + hour) * 60 + minute - offset;
    // In UTC, which may be a day on from here: leap seconds are the last of a month.
    let day = day + minutes.div_euclid(1440) - days;
    let is_last = minutes.rem_euclid(1440) == 1439 && (day == 0 || day == days_in(year, month));
    (is_last || !leap).then_some((minutes * 60 + second) * 1000 + millis)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64) -> i64 {
    365 + i64::from(is_leap(year))
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What has not been read yet.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    /// Steps over one of these bytes.
    fn after(&mut self, any: &[u8]) -> Option<&mut Self> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        any.contains(first).then_some(self)
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        let all = digits.iter().all(u8::is_ascii_digit);
        all.then(|| digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
    }

    /// Ms, from a fraction of a second that may be absent.
    fn fraction(&mut self) -> Option<i64> {
        if self.0.first() != Some(&b'.') {
            return Some(0);
        }
        let count = self.0.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
        let digits: Vec<_> = self.0.iter().skip(1).take(count).chain(b"000").take(3).collect();
        self.0 = &self.0[1 + count..];
        (count > 0).then(|| digits.iter().fold(0, |value, &digit| value * 10 + i64::from(digit - b'0')))
    }

    /// Minutes east of UTC.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.0.first()? {
            b'Z' | b'z' => return self.after(b"Zz").map(|_| 0),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let (hours, minutes) = (self.after(b"+-")?.digits(2)?, self.after(b":")?.digits(2)?);
        (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
    }
}
