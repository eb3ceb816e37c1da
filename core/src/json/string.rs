//! Strings: borrowed where they can be, unescaped where they must be.

use super::reader::{Malformed, Reader};
use std::borrow::Cow;
use std::iter;
use std::ops::RangeInclusive;

const HIGH_SURROGATES: RangeInclusive<u16> = 0xd800..=0xdbff;

impl<'a> Reader<'a> {
    /// Reads the string whose opening quote stands next.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Malformed> {
        self.at += 1;
        let plain = self.plain();
        if self.take(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        while !self.take(b'"') {
            if !self.take(b'\\') {
                return self.malformed("a character of a string, with control characters escaped");
            }
            text.push(self.escaped()?);
            text.push_str(self.plain());
        }
        Ok(Cow::Owned(text))
    }

    /// The stretch of characters that stand for themselves.
    fn plain(&mut self) -> &'a str {
        let start = self.at;
        self.skip_while(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
        self.since(start)
    }

    /// The character of the escape whose backslash has just been read.
    fn escaped(&mut self) -> Result<char, Malformed> {
        let c = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return self.malformed("an escape that JSON has"),
        };
        self.at += 1;
        Ok(c)
    }

    /// A `\u` escape, or the two of a surrogate pair, standing at the `u`.
    fn unicode(&mut self) -> Result<char, Malformed> {
        let start = self.at - 1;
        let unit = self.code_unit()?;
        let opens_pair = HIGH_SURROGATES.contains(&unit) && self.take(b'\\') && self.peek() == Some(b'u');
        let low = if opens_pair { Some(self.code_unit()?) } else { None };
        let mut decoded = char::decode_utf16(iter::once(unit).chain(low));
        match (decoded.next(), decoded.next()) {
            (Some(Ok(c)), None) => Ok(c),
            _ => Err(Malformed { offset: start, expected: "a surrogate pair, or no surrogate" }),
        }
    }

    fn code_unit(&mut self) -> Result<u16, Malformed> {
        self.at += 1;
        let start = self.at;
        for _ in 0..4 {
            if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                return self.malformed("a hex digit");
            }
            self.at += 1;
        }
        u16::from_str_radix(self.since(start), 16).or_else(|_| self.malformed("four hex digits"))
    }
}
