//! Where a text stops being I-JSON: a scanner with a stack of its own, where the core descends.

use crate::number;
use std::collections::HashSet;

/// The most objects and arrays within each other.
const DEPTH: usize = 64;

/// Where a text is refused. What is wrong as a whole (a word, a number's size, a surrogate, a name) is refused at its
/// start, all else at the first byte that cannot stand there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stop {
    pub(crate) at: usize,
    pub(crate) rule: Rule,
}

/// Whose rule is broken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rule {
    /// JSON's own, so that every parser refuses the text.
    Json,
    /// An object at the root.
    Root,
    /// No name twice in one object.
    Name,
    /// No integer beyond 2^53 - 1.
    Integer,
    /// At most 64 levels.
    Depth,
}

/// What may come next.
#[derive(Clone, Copy)]
enum Want {
    Value,
    ElementOrEnd,
    Name,
    NameOrEnd,
    Colon,
    CommaOrEnd,
}

pub(crate) fn scan(payload: &[u8]) -> Result<(), Stop> {
    let text = str::from_utf8(payload).map_err(|error| Stop { at: error.valid_up_to(), rule: Rule::Json })?;
    Scan { text, at: 0, open: Vec::new() }.run()
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The names so far of each open object; none for an array.
    open: Vec<Option<HashSet<String>>>,
}

impl Scan<'_> {
    fn run(mut self) -> Result<(), Stop> {
        self.skip(b" \t\n\r");
        if self.next() != Some(b'{') {
            return self.stop(Rule::Root);
        }
        let mut want = Want::Value;
        loop {
            self.skip(b" \t\n\r");
            let in_object = matches!(self.open.last(), Some(Some(_)));
            want = match (want, self.next()) {
                (Want::Value | Want::ElementOrEnd, Some(byte)) => match byte {
                    b']' if matches!(want, Want::ElementOrEnd) => self.close(),
                    b'{' | b'[' if self.open.len() == DEPTH => return self.stop(Rule::Depth),
                    b'{' => self.enter(Some(HashSet::new()), Want::NameOrEnd),
                    b'[' => self.enter(None, Want::ElementOrEnd),
                    b'"' => self.string()?,
                    b'-' | b'0'..=b'9' => self.number()?,
                    _ => self.word()?,
                },
                (Want::Name | Want::NameOrEnd, Some(b'"')) => self.name()?,
                (Want::NameOrEnd, Some(b'}')) => self.close(),
                (Want::Colon, Some(b':')) => self.past(Want::Value),
                (Want::CommaOrEnd, Some(b',')) => self.past(if in_object { Want::Name } else { Want::Value }),
                (Want::CommaOrEnd, Some(b'}')) if in_object => self.close(),
                (Want::CommaOrEnd, Some(b']')) if !in_object => self.close(),
                _ => return self.stop(Rule::Json),
            };
            if self.open.is_empty() {
                self.skip(b" \t\n\r");
                return if self.next().is_none() { Ok(()) } else { self.stop(Rule::Json) };
            }
        }
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, bytes: &[u8]) {
        while self.next().is_some_and(|byte| bytes.contains(&byte)) {
            self.at += 1;
        }
    }

    fn stop<T>(&self, rule: Rule) -> Result<T, Stop> {
        Err(Stop { at: self.at, rule })
    }

    fn past(&mut self, want: Want) -> Want {
        self.at += 1;
        want
    }

    fn enter(&mut self, names: Option<HashSet<String>>, want: Want) -> Want {
        self.open.push(names);
        self.past(want)
    }

    fn close(&mut self) -> Want {
        self.open.pop();
        self.past(Want::CommaOrEnd)
    }

    fn name(&mut self) -> Result<Want, Stop> {
        let start = self.at;
        self.string()?;
        // Unescaped by serde_json: names that are spelled differently may be one.
        let name = serde_json::from_str(&self.text[start..self.at]).expect("a string that was just scanned");
        let names = self.open.last_mut().and_then(Option::as_mut).expect("names stand in objects");
        if names.insert(name) { Ok(Want::Colon) } else { Err(Stop { at: start, rule: Rule::Name }) }
    }

    fn string(&mut self) -> Result<Want, Stop> {
        self.at += 1;
        loop {
            match self.next() {
                Some(b'"') => return Ok(self.past(Want::CommaOrEnd)),
                Some(b'\\') => self.escape()?,
                Some(b' '..) => self.at += 1,
                _ => return self.stop(Rule::Json),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let lone = Err(Stop { at: start, rule: Rule::Json });
        self.at += 1;
        if self.next().is_some_and(|byte| b"\"\\/bfnrt".contains(&byte)) {
            self.at += 1;
            return Ok(());
        }
        match self.unit()? {
            0xdc00..=0xdfff => lone,
            0xd800..=0xdbff if !self.text[self.at..].starts_with("\\u") => lone,
            0xd800..=0xdbff => {
                self.at += 1;
                if matches!(self.unit()?, 0xdc00..=0xdfff) { Ok(()) } else { lone }
            }
            _ => Ok(()),
        }
    }

    /// The four hex digits after a `u`.
    fn unit(&mut self) -> Result<u32, Stop> {
        if self.next() != Some(b'u') {
            return self.stop(Rule::Json);
        }
        let mut unit = 0;
        for _ in 0..4 {
            self.at += 1;
            let Some(digit) = self.next().and_then(|byte| char::from(byte).to_digit(16)) else {
                return self.stop(Rule::Json);
            };
            unit = unit * 16 + digit;
        }
        self.at += 1;
        Ok(unit)
    }

    fn number(&mut self) -> Result<Want, Stop> {
        let start = self.at;
        self.at += usize::from(self.next() == Some(b'-'));
        if self.next() == Some(b'0') {
            self.at += 1
        } else {
            self.digits()?
        }
        if self.next() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.next(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.next(), Some(b'+' | b'-')));
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        let rule = if text.contains(['.', 'e', 'E']) { Rule::Json } else { Rule::Integer };
        if number::is_portable(text) { Ok(Want::CommaOrEnd) } else { Err(Stop { at: start, rule }) }
    }

    fn digits(&mut self) -> Result<(), Stop> {
        if !self.next().is_some_and(|byte| byte.is_ascii_digit()) {
            return self.stop(Rule::Json);
        }
        self.skip(b"0123456789");
        Ok(())
    }

    fn word(&mut self) -> Result<Want, Stop> {
        let rest = &self.text[self.at..];
        let Some(word) = ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word)) else {
            return self.stop(Rule::Json);
        };
        self.at += word.len();
        Ok(Want::CommaOrEnd)
    }
}
