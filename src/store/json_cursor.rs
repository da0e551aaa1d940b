//! Walks once through a JSON text, checks it, and takes what it finds on the way.
//!
//! For lists of tens of thousands of entries; `json` takes small values apart field by field. What a reader does not
//! understand is walked over again, left to serde_json to check, and kept as it stands. So only what most entries are
//! made of is checked here: brackets, commas, plain strings, plain numbers.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::json::{Fields, MAX_DEPTH, count_of, one_line, special, string_end};
use crate::model::{AttrValue, Attrs, Extra, Words};

/// A place in a JSON text.
pub(super) struct Cursor<'a> {
    text: &'a str,
    /// The same text where words may stay parts of it.
    whole: Option<&'a Arc<String>>,
    at: usize,
    /// Lists and objects that are open here.
    depth: usize,
    /// Whether some were nested deeper than they may.
    is_too_deep: bool,
    /// Whether something was no JSON.
    is_broken: bool,
}

/// The top object of a file that was walked through.
pub(super) struct Top<'a> {
    /// What was not read on the way.
    pub fields: Fields<'a>,
    /// Whether something that was read is nested deeper than it may.
    pub is_too_deep: bool,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str, whole: Option<&'a Arc<String>>) -> Self {
        Self {
            text,
            whole,
            at: 0,
            depth: 0,
            is_too_deep: false,
            is_broken: false,
        }
    }

    /// What a reader makes of a value.
    pub(super) fn read<T>(
        raw: &'a RawValue,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        read(&mut Self::new(raw.get(), None))
    }

    /// Walks through a file from a byte on: `field` reads the values it wants to. `None` when it is no object, no JSON,
    /// or holds a key twice.
    pub(super) fn walk(
        whole: &'a Arc<String>,
        from: usize,
        mut field: impl FnMut(&str, &mut Self) -> Option<()>,
    ) -> Option<Top<'a>> {
        let mut here = Self::new(whole, Some(whole));
        here.at = from;
        here.space();
        here.open(b'{')?;
        let (mut fields, mut read) = (Vec::new(), Vec::new());
        while here.goes_on(b'}')? {
            let key = here.key()?.into_owned();
            match here.or_raw(|value| field(&key, value)) {
                Ok(()) => read.push(key),
                // Cannot fail but where the text is broken.
                Err(raw) => fields.push((key, serde_json::from_str(raw).ok()?)),
            }
        }
        here.space();
        let is_whole = here.at == here.text.len() && !here.is_broken;
        let fields = Fields::new(fields, &read)?;
        is_whole.then_some(Top {
            fields,
            is_too_deep: here.is_too_deep,
        })
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
        while self.goes_on(b']')? {
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
        // A bit for each key, so that keys need be compared only where two of them share one. By its length and first
        // letter, which tell ours apart.
        let (mut seen, mut may_repeat) = (0_u64, false);
        self.open(b'{')?;
        while self.goes_on(b'}')? {
            let key = self.key()?;
            let first = key.bytes().next().unwrap_or_default();
            let bit = 1 << ((4 * key.len() + usize::from(first)) % 64);
            may_repeat |= seen & bit != 0;
            seen |= bit;
            if let Err(raw) = self.or_raw(|value| field(&key, value)) {
                extra.push(key.into_owned(), one_line(raw));
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
        while self.goes_on(b'}') == Some(true) {
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
        let (text, end) = string(self.text, from)?;
        self.at = end;
        Some(text)
    }

    /// The same, as a part of the file.
    pub(super) fn words(&mut self) -> Option<Words> {
        let from = self.at + 1;
        Some(match (self.text()?, self.whole) {
            (Cow::Borrowed(text), Some(whole)) => Words::part(whole, from..from + text.len()),
            (Cow::Borrowed(text), None) => Words::from(text),
            (Cow::Owned(text), _) => Words::from(text),
        })
    }

    /// A count: a number that is whole and not negative.
    pub(super) fn count(&mut self) -> Option<usize> {
        let rest = &self.text.as_bytes()[self.at..];
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let is_plain = digits == 1 || digits > 1 && rest[0] != b'0';
        if is_plain && matches!(rest.get(digits), Some(b',' | b'}' | b']')) {
            let from = self.at;
            self.at += digits;
            return self.text[from..self.at].parse().ok();
        }
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

    /// Goes behind the value here, and returns it as it stands; where it is none, the text is broken
    /// and nothing is returned.
    pub(super) fn raw(&mut self) -> &'a str {
        let bytes = self.text.as_bytes();
        let from = self.at;
        let mut open = 0;
        while self.at < bytes.len() {
            match bytes[self.at] {
                b'"' => self.at = string_end(bytes, self.at),
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
        let raw = &self.text[from..self.at];
        if serde_json::from_str::<&RawValue>(raw).is_err() {
            self.is_broken = true;
            return "";
        }
        raw
    }

    /// The key here; stands before its value then. `None` for half of a surrogate pair, and for none.
    fn key(&mut self) -> Option<Cow<'a, str>> {
        let key = self.text()?;
        self.space();
        if self.byte() != b':' {
            return None;
        }
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

    /// Goes to the next entry, or out of the list or object when there is none; `None` where it is neither.
    fn goes_on(&mut self, bracket: u8) -> Option<bool> {
        if self.is_broken {
            return None;
        }
        // What was opened and not gone into yet.
        let before = self.text.as_bytes()[..self.at].last();
        let is_first = matches!(before, Some(b'[' | b'{'));
        self.space();
        if self.byte() == bracket {
            self.at += 1;
            self.depth -= 1;
            return Some(false);
        }
        if !is_first {
            if self.byte() != b',' {
                return None;
            }
            self.at += 1;
            self.space();
        }
        // Whoever reads the entry sees whether there is one.
        Some(true)
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

/// The string that opens here, and where it ends; `None` where there is none, and for half of a surrogate pair.
fn string(text: &str, from: usize) -> Option<(Cow<'_, str>, usize)> {
    let bytes = text.as_bytes();
    let stop = special(bytes, from + 1)?;
    match bytes[stop] {
        b'"' => Some((Cow::Borrowed(&text[from + 1..stop]), stop + 1)),
        b'\\' => {
            let end = string_end(bytes, from);
            let quoted = &text[from..end];
            let plain = unescaped(quoted).or_else(|| serde_json::from_str(quoted).ok())?;
            Some((Cow::Owned(plain), end))
        }
        _ => None,
    }
}

/// The text of a string with escapes of two signs, which many words have at a line's end; `None` where it has others, or
/// is none.
fn unescaped(quoted: &str) -> Option<String> {
    let bytes = quoted.as_bytes();
    let mut plain = String::with_capacity(bytes.len());
    let mut at = 1;
    loop {
        let stop = special(bytes, at)?;
        plain.push_str(&quoted[at..stop]);
        if bytes[stop] == b'"' {
            return Some(plain);
        }
        plain.push(match bytes[stop..] {
            [b'\\', sign @ (b'"' | b'\\' | b'/'), ..] => sign.into(),
            [b'\\', b'n', ..] => '\n',
            [b'\\', b'r', ..] => '\r',
            [b'\\', b't', ..] => '\t',
            _ => return None,
        });
        at = stop + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of an object, all of them kept as they stand.
    fn fields(object: &str) -> Option<Vec<String>> {
        let mut cursor = Cursor::new(object, None);
        let extra = cursor.object(|_, _| None)?;
        assert_eq!(cursor.at, object.len());
        let kept = extra.as_slice().iter();
        Some(kept.map(|(key, raw)| format!("{key}:{raw}")).collect())
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

    /// Reads a list of objects on the way, as a sidecar's are.
    fn walked(text: &str) -> bool {
        let whole = Arc::new(text.to_owned());
        let top = Cursor::walk(&whole, 0, |key, value| {
            (key == "list").then_some(())?;
            value.list(|entry| {
                let read = |entry: &mut Cursor<'_>| {
                    entry.object(|key, value| match key {
                        "a" => value.words().map(drop),
                        "b" => value.count().map(drop),
                        "c" => value.attrs().map(drop),
                        _ => None,
                    })
                };
                let _ = entry.or_raw(read);
                Some(())
            })
        });
        top.is_some()
    }

    proptest::proptest! {
        #[test]
        fn a_string_is_read_as_serde_json_reads_it(
            signs in proptest::collection::vec(0_usize..18, 0..12),
        ) {
            const SIGNS: [&str; 18] = [
                "a", "é", "words of sixteen", "\"", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u00e9",
                "\\ud83d\\ude00", "\\ud800", "\\x", "\\", "\n",
            ];
            let quoted: String = signs.into_iter().map(|sign| SIGNS[sign]).collect();
            let text = format!("\"{quoted}\" ");
            let read = string(&text, 0);
            let end = read.as_ref().map_or(text.len(), |(_, end)| *end);
            let expected: Option<String> = serde_json::from_str(&text[..end]).ok();
            proptest::prop_assert_eq!(read.map(|(read, _)| read.into_owned()), expected, "{}", text);
        }

        #[test]
        fn it_walks_through_what_serde_json_reads_and_nothing_else(
            changes in proptest::collection::vec((0_usize..200, proptest::bool::ANY, 0_usize..22), 0..4),
        ) {
            const SIGNS: [&str; 22] = [
                "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "0", "07", "-", ".5", "e", " ", "\n", "\t",
                "true", "nul", "é", "\u{1}",
            ];
            let mut text = "{\"v\":1,\"list\":[{\"a\":\"x\\ny\",\"b\":10,\"c\":{\"k\":\"w\",\"l\":[1,{\"m\":null}]}},\n \
                {\"a\":\"more than sixteen bytes\", \"b\" : -1.5e3,\"d\":[]},{},7] , \"t\":\"end\"}\n".to_owned();
            for (at, inserts, sign) in changes {
                let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                if inserts {
                    text.insert_str(at, SIGNS[sign]);
                } else if at < text.len() {
                    text.remove(at);
                }
            }
            let is_read = serde_json::from_str::<Fields<'_>>(&text).is_ok();
            proptest::prop_assert_eq!(walked(&text), is_read, "{}", text);
        }
    }
}
