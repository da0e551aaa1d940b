//! Walks once through JSON that is known to be valid, and takes what it finds on the way.
//!
//! For lists of tens of thousands of entries; `json` takes small values apart field by field. What a reader does not
//! understand is walked over again and kept as it stands.
//!
//! *Limitations*: never used on text that serde_json has not read before.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::value::RawValue;

use super::json::{MAX_DEPTH, count_of, one_line, string_end};
use crate::model::{AttrValue, Attrs, Extra};

/// A place in a JSON text.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// Lists and objects that are open here.
    depth: usize,
    /// Whether some were nested deeper than they may.
    is_too_deep: bool,
}

impl<'a> Cursor<'a> {
    /// At the beginning of a value, which lies in so many lists and objects.
    pub(super) fn new(raw: &'a RawValue, depth: usize) -> Self {
        Self {
            text: raw.get(),
            at: 0,
            depth,
            is_too_deep: false,
        }
    }

    /// What a reader makes of a value.
    pub(super) fn read<T>(
        raw: &'a RawValue,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        read(&mut Self::new(raw, 0))
    }

    /// Whether something was nested deeper than it may.
    pub(super) fn is_too_deep(&self) -> bool {
        self.is_too_deep
    }

    /// What a reader makes of the value here, or the value as it stands. Goes behind it in any case.
    pub(super) fn or_raw<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Result<T, &'a str> {
        let (from, depth) = (self.at, self.depth);
        read(self).ok_or_else(|| {
            (self.at, self.depth) = (from, depth);
            self.raw()
        })
    }

    /// Reads the entries of a list; `None` when the value is not one, or an entry is not understood.
    pub(super) fn list(&mut self, mut entry: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.open(b'[')?;
        while self.goes_on(b']') {
            entry(self)?;
        }
        Some(())
    }

    /// Reads the fields of an object, and returns those that are not understood; `None` when the value is not one, or
    /// holds a key twice.
    pub(super) fn object(
        &mut self,
        mut field: impl FnMut(&str, &mut Self) -> Option<()>,
    ) -> Option<Extra> {
        let start = (self.at, self.depth);
        let mut extra = Extra::default();
        // A bit for each key, so that keys need be compared only where two of them share one.
        let (mut seen, mut may_repeat) = (0_u64, false);
        self.open(b'{')?;
        while self.goes_on(b'}') {
            let key = self.key()?;
            let bit = 1 << (key.bytes().fold(0, |sum: u8, b| sum.wrapping_mul(7) ^ b) % 64);
            may_repeat |= seen & bit != 0;
            seen |= bit;
            if let Err(raw) = self.or_raw(|value| field(&key, value)) {
                extra.0.push((key.into_owned(), one_line(raw)));
            }
        }
        if may_repeat {
            let end = (self.at, self.depth);
            (self.at, self.depth) = start;
            let repeats = self.repeats_a_key();
            (self.at, self.depth) = end;
            if repeats {
                return None;
            }
        }
        Some(extra)
    }

    fn repeats_a_key(&mut self) -> bool {
        let mut keys = HashSet::new();
        self.open(b'{');
        while self.goes_on(b'}') {
            if !self.key().is_some_and(|key| keys.insert(key)) {
                return true;
            }
            self.raw();
        }
        false
    }

    /// A string; `None` when the value is not one, or is half of a surrogate pair.
    pub(super) fn text(&mut self) -> Option<Cow<'a, str>> {
        if self.byte() != b'"' {
            return None;
        }
        let from = self.at;
        let (end, is_plain) = string_end(self.text.as_bytes(), from);
        self.at = end;
        if is_plain {
            Some(Cow::Borrowed(&self.text[from + 1..end - 1]))
        } else {
            serde_json::from_str(&self.text[from..end])
                .ok()
                .map(Cow::Owned)
        }
    }

    /// A count: a number that is whole and not negative.
    pub(super) fn count(&mut self) -> Option<usize> {
        count_of(self.raw())
    }

    /// Attributes; `None` when the value is not an object.
    pub(super) fn attrs(&mut self) -> Option<Attrs> {
        let mut attrs = Attrs::default();
        self.object(|key, value| {
            let value = match value.or_raw(Self::text) {
                Ok(text) => AttrValue::Text(text.into_owned()),
                Err(raw) => AttrValue::Json(one_line(raw)),
            };
            attrs.push(key.to_owned(), value);
            Some(())
        })?;
        Some(attrs)
    }

    /// Goes behind the value here, and returns it as it stands.
    pub(super) fn raw(&mut self) -> &'a str {
        let bytes = self.text.as_bytes();
        let from = self.at;
        let mut open = 0;
        while self.at < bytes.len() {
            match bytes[self.at] {
                b'"' => self.at = string_end(bytes, self.at).0,
                b'{' | b'[' => {
                    open += 1;
                    self.is_too_deep |= self.depth + open > MAX_DEPTH;
                    self.at += 1;
                }
                b'}' | b']' if open == 0 => break,
                b'}' | b']' => {
                    open -= 1;
                    self.at += 1;
                }
                b',' | b' ' | b'\t' | b'\n' | b'\r' if open == 0 => break,
                _ => {
                    self.at += 1;
                    if open > 0 {
                        continue;
                    }
                    // The rest of a number or a word.
                    let is_end =
                        |b: &u8| matches!(b, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r');
                    let rest = bytes[self.at..].iter().position(is_end);
                    self.at = rest.map_or(bytes.len(), |rest| self.at + rest);
                }
            }
            if open == 0 {
                break;
            }
        }
        &self.text[from..self.at]
    }

    /// The key here; stands before its value then. `None` for half of a surrogate pair.
    fn key(&mut self) -> Option<Cow<'a, str>> {
        let key = self.text()?;
        self.space();
        self.at += 1;
        self.space();
        Some(key)
    }

    /// Goes into a list or an object.
    fn open(&mut self, bracket: u8) -> Option<()> {
        if self.byte() != bracket {
            return None;
        }
        self.at += 1;
        self.depth += 1;
        self.is_too_deep |= self.depth > MAX_DEPTH;
        Some(())
    }

    /// Goes to the next entry, or out of the list or object when there is none.
    fn goes_on(&mut self, bracket: u8) -> bool {
        self.space();
        if self.byte() == b',' {
            self.at += 1;
            self.space();
        }
        let is_over = self.byte() == bracket || self.at >= self.text.len();
        if is_over {
            self.at += 1;
            self.depth -= 1;
        }
        !is_over
    }

    fn space(&mut self) {
        while matches!(self.byte(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// The byte here; at the end there is none.
    fn byte(&self) -> u8 {
        self.text
            .as_bytes()
            .get(self.at)
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of an object, all of them kept as they stand.
    fn fields(object: &str) -> Option<Vec<String>> {
        let raw: &RawValue = serde_json::from_str(object).expect("valid JSON");
        let mut cursor = Cursor::new(raw, 0);
        let extra = cursor.object(|_, _| None)?;
        assert_eq!(cursor.at, object.len());
        Some(
            extra
                .0
                .into_iter()
                .map(|(key, raw)| key + ":" + &raw)
                .collect(),
        )
    }

    #[test]
    fn what_is_not_understood_is_kept_in_its_order() {
        let found = fields("{ \"b\" : [1, {\"c\":\"]\\\"\"}] ,\"a\\u0062\":-1.50 , \"\":null }");
        let expected = ["b:[1, {\"c\":\"]\\\"\"}]", "ab:-1.50", ":null"];
        assert_eq!(
            found.as_deref(),
            Some(expected.map(str::to_owned).as_slice())
        );
        assert_eq!(fields("{}"), Some(Vec::new()));
        let many: Vec<String> = (0..200).map(|n| format!("\"key{n}\":{n}")).collect();
        let all = fields(&format!("{{{}}}", many.join(",")));
        assert_eq!(all.map(|all| all.len()), Some(200));
    }

    #[test]
    fn a_key_that_stands_twice_or_is_half_a_character_is_refused() {
        for object in [
            "{\"b\":1,\"c\":2,\"\\u0062\":3}",
            "{\"\\ud800\":1}",
            "[]",
            "7",
        ] {
            assert_eq!(fields(object), None, "{object}");
        }
    }
}
