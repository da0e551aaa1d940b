//! JSON as raw pieces: fields in their order, values as the text that stands in the file.
//!
//! Built on serde_json's `RawValue`, so that nothing we do not know is ever rounded, reordered or swallowed. What the
//! pieces mean is for `sidecar_read`, `entities_file` and `codebook_file` to say.
//!
//! *Limitations*: the keys of unknown fields are kept as text, so an escape inside a key is written plainly. An
//! unknown value that is spread over several lines is folded into one, because a record is a line.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::json_cursor::Cursor;
use crate::model::{AttrValue, Attrs, Extra};

/// How deep lists and objects may nest. The limit that serde_json has for typed values, kept for raw ones too.
pub(super) const MAX_DEPTH: usize = 128;

/// Why a text is not JSON that we read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
}

impl Fault {
    fn at(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
        }
    }

    /// A fault of the whole file.
    pub(super) fn whole(message: impl Into<String>) -> Self {
        Self {
            line: 1,
            column: 1,
            message: message.into(),
        }
    }
}

/// Reads the top of a whole file and checks all of it: UTF-8 (a BOM is tolerated), valid JSON, not too deep, no key
/// twice outside of lists. `None` when it is no object.
///
/// What is in a list is an entry of its own: [`Fields`] refuses it alone, and it is kept as it stands. Lists under
/// `skimmed` are not looked into at all.
pub(super) fn parse<'a>(bytes: &'a [u8], skimmed: &[&str]) -> Result<Option<Fields<'a>>, Fault> {
    let text = plain_text(bytes)?;
    let is_skimmed =
        |key: &str, raw: &RawValue| skimmed.contains(&key) && raw.get().starts_with('[');
    checked(bytes, serde_json::from_str(text).ok(), is_skimmed)
}

/// The same of a file of which [`Cursor::walk`] has read some lists on the way.
pub(super) fn parse_walking<'a>(
    whole: &'a Arc<String>,
    field: impl FnMut(&str, &mut Cursor<'a>) -> Option<()>,
) -> Result<Option<Fields<'a>>, Fault> {
    let bytes = whole.as_bytes();
    let top = Cursor::walk(whole, bytes.len() - without_mark(bytes).len(), field);
    let fields = top.filter(|top| !top.is_too_deep).map(|top| top.fields);
    checked(bytes, fields, |_, _| false)
}

/// A file without the mark of its encoding.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// The fields of a file, once their values are checked. Without fields it is not JSON, or a key stands twice, or it is
/// no object.
fn checked<'a>(
    bytes: &[u8],
    fields: Option<Fields<'a>>,
    is_spared: impl Fn(&str, &RawValue) -> bool,
) -> Result<Option<Fields<'a>>, Fault> {
    let is_sound = |(key, raw): &(String, &RawValue)| {
        is_spared(key, raw) || check_structure(raw.get(), 1).is_ok()
    };
    match fields.filter(|fields| fields.0.iter().all(is_sound)) {
        Some(fields) => Ok(Some(fields)),
        None => fault(bytes).map_or(Ok(None), Err),
    }
}

/// What is wrong with a file, and where.
pub(super) fn fault(bytes: &[u8]) -> Option<Fault> {
    let checked = plain_text(bytes).and_then(|text| {
        // Raw values are skipped without recursion, so no nesting can exhaust the stack here.
        let valid: Result<&RawValue, _> = serde_json::from_str(text);
        valid.map_err(|error| Fault {
            line: error.line(),
            column: error.column(),
            message: without_place(&error.to_string()),
        })?;
        check_structure(text, 0)
    });
    checked.err()
}

/// What is wrong with a file that is not UTF-8.
pub(super) fn not_text(bytes: &[u8]) -> Fault {
    fault(bytes).unwrap_or_else(|| Fault::whole("the file is not UTF-8"))
}

/// A file's text, if it is one that may hold JSON.
fn plain_text(bytes: &[u8]) -> Result<&str, Fault> {
    let bytes = without_mark(bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Fault::whole("the file is UTF-16, not UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        Fault::at(valid, valid.len(), "the file is not UTF-8")
    })?;
    if bytes.first() == Some(&0) {
        return Err(Fault::whole(
            "the file begins with zeros, as a power cut leaves it",
        ));
    }
    if text.trim().is_empty() {
        return Err(Fault::whole("the file is empty"));
    }
    if text.starts_with("<<<<<<< ") {
        return Err(Fault::whole(
            "the file holds the marks of a merge that was not finished",
        ));
    }
    Ok(text)
}

/// serde_json's message without the place at its end, which we say ourselves.
fn without_place(message: &str) -> String {
    let end = message.rfind(" at line ").unwrap_or(message.len());
    message[..end].to_owned()
}

/// Finds too deep nesting, and keys that stand twice outside of lists, in a text that is known to be valid JSON and lies
/// in so many objects.
fn check_structure(text: &str, depth: usize) -> Result<(), Fault> {
    struct Level<'a> {
        is_object: bool,
        key_comes: bool,
        keys: HashSet<Cow<'a, str>>,
    }
    let bytes = text.as_bytes();
    let mut levels: Vec<Level<'_>> = Vec::new();
    let mut lists = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            open @ (b'{' | b'[') => {
                if depth + levels.len() == MAX_DEPTH {
                    let message = format!("lists and objects nest deeper than {MAX_DEPTH}");
                    return Err(Fault::at(text, at, message));
                }
                lists += usize::from(open == b'[');
                levels.push(Level {
                    is_object: open == b'{',
                    key_comes: open == b'{' && lists == 0,
                    keys: HashSet::new(),
                });
            }
            close @ (b'}' | b']') => {
                lists -= usize::from(close == b']');
                levels.pop();
            }
            b',' => {
                if let Some(level) = levels.last_mut() {
                    level.key_comes = level.is_object && lists == 0;
                }
            }
            b'"' => {
                let end = string_end(bytes, at);
                if let Some(level) = levels.last_mut().filter(|level| level.key_comes) {
                    level.key_comes = false;
                    let key = unescaped(&text[at..end]);
                    if level.keys.contains(&key) {
                        let message = format!("the key `{key}` stands twice in the same object");
                        return Err(Fault::at(text, at, message));
                    }
                    level.keys.insert(key);
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    Ok(())
}

/// One past the closing mark of the string that opens at `start`.
pub(super) fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(stop) = special(bytes, at) {
        match bytes[stop] {
            b'"' => return stop + 1,
            b'\\' => at = stop + 2,
            _ => at = stop + 1,
        }
    }
    bytes.len()
}

/// The first byte from `at` on that closes a string, or begins an escape, or may not stand in a string.
pub(super) fn special(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let (words, end) = rest.as_chunks::<8>();
    for (n, word) in words.iter().enumerate() {
        let hits = specials(u64::from_le_bytes(*word));
        if hits != 0 {
            return Some(at + n * 8 + hits.trailing_zeros() as usize / 8);
        }
    }
    let is_special = |b: &u8| matches!(b, b'"' | b'\\' | 0..b' ');
    let left = end.iter().position(is_special)?;
    Some(at + rest.len() - end.len() + left)
}

/// The high bits of the bytes of a word that [`special`] looks for. Only the lowest is certain: what is subtracted from
/// a byte may be borrowed from the next.
fn specials(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let below = |word: u64, limit: u8| word.wrapping_sub(EACH * u64::from(limit)) & !word;
    let equal = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
    (below(word, b' ') | equal(b'"') | equal(b'\\')) & (EACH * 0x80)
}

/// The text of a JSON string, so that `"a"` and `"\u0061"` are the same key.
fn unescaped(quoted: &str) -> Cow<'_, str> {
    let inner = &quoted[1..quoted.len() - 1];
    if inner.contains('\\') {
        serde_json::from_str(quoted).map_or(Cow::Borrowed(inner), Cow::Owned)
    } else {
        Cow::Borrowed(inner)
    }
}

/// The entries of a list; `None` when the value is not one.
pub(super) fn list(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

/// A string; `None` when the value is not one, or is half of a surrogate pair.
pub(super) fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

/// A list of strings.
pub(super) fn texts(raw: &RawValue) -> Option<Vec<String>> {
    serde_json::from_str(raw.get()).ok()
}

/// A truth value.
pub(super) fn flag(raw: &RawValue) -> Option<bool> {
    serde_json::from_str(raw.get()).ok()
}

/// A count: a number that is whole and not negative. `4.0` is one, as JSON Schema has it.
pub(super) fn count(raw: &RawValue) -> Option<usize> {
    count_of(raw.get())
}

/// The same of a value as it stands.
pub(super) fn count_of(raw: &str) -> Option<usize> {
    // The largest whole number up to which every one of them is exact in a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if raw.bytes().all(|b| b.is_ascii_digit()) {
        return raw.parse().ok();
    }
    let number: f64 = serde_json::from_str(raw).ok()?;
    let is_count = (0.0..=EXACT).contains(&number) && number.fract() == 0.0;
    is_count.then_some(number as usize)
}

/// Whether the value is `null`, which we read like a missing key.
pub(super) fn is_null(raw: &RawValue) -> bool {
    raw.get() == "null"
}

/// The id of a raw record that nobody understood otherwise.
pub(super) fn id_of(raw: &str) -> Option<String> {
    let fields: Fields<'_> = serde_json::from_str(raw).ok()?;
    fields.get("id").and_then(text)
}

/// The value of an attribute: text, or anything else as it stands.
pub(super) fn attr(raw: &RawValue) -> AttrValue {
    text(raw).map_or_else(|| AttrValue::Json(one_line(raw.get())), AttrValue::Text)
}

/// Attributes; `None` when the value is not an object.
pub(super) fn attrs(raw: &RawValue) -> Option<Attrs> {
    let mut attrs = Attrs::default();
    for (key, value) in Fields::read(raw)?.0 {
        attrs.push(key, attr(value));
    }
    Some(attrs)
}

/// A raw value on one line: as it stands, or, where it was spread over lines, without white space between its parts.
pub(super) fn one_line(raw: &str) -> String {
    // Inside strings a line end is always escaped, so a bare one is white space between parts.
    if !raw.contains(['\n', '\r']) {
        return raw.to_owned();
    }
    let bytes = raw.as_bytes();
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'"' => string_end(bytes, at),
            b' ' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            _ => at + 1,
        };
        out.push_str(&raw[at..end]);
        at = end;
    }
    out
}

/// The fields of an object in the order of the file, of which known ones are taken out. No key stands twice.
#[derive(Default)]
pub(super) struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Fields<'a> {
    /// The fields of a value; `None` when it is not an object, or holds a key twice.
    pub(super) fn read(raw: &'a RawValue) -> Option<Self> {
        serde_json::from_str(raw.get()).ok()
    }

    /// These fields; `None` when a key stands twice among them and others.
    pub(super) fn new(fields: Vec<(String, &'a RawValue)>, others: &[String]) -> Option<Self> {
        let mut keys: Vec<&String> = fields.iter().map(|(key, _)| key).chain(others).collect();
        keys.sort_unstable();
        let is_twice = keys.windows(2).any(|pair| pair[0] == pair[1]);
        (!is_twice).then_some(Self(fields))
    }

    /// The raw value under `key`.
    pub(super) fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, raw)| *raw)
    }

    /// Takes the value under `key` out, when `read` understands it; else it stays, and ends as an unknown field.
    pub(super) fn take<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&'a RawValue) -> Option<T>,
    ) -> Option<T> {
        let at = self.0.iter().position(|(k, _)| k == key)?;
        let value = read(self.0[at].1)?;
        self.0.remove(at);
        Some(value)
    }

    /// Takes a string out, or nothing.
    pub(super) fn take_text(&mut self, key: &str) -> Option<String> {
        self.take(key, text)
    }

    /// Drops the field under `key`.
    pub(super) fn discard(&mut self, key: &str) {
        self.0.retain(|(k, _)| k != key);
    }

    /// What was not taken.
    pub(super) fn extra(self) -> Extra {
        let kept = self.0.into_iter();
        let kept: Vec<_> = kept.map(|(k, raw)| (k, one_line(raw.get()))).collect();
        kept.into()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AllFields;
        impl<'de> Visitor<'de> for AllFields {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry::<String, &'de RawValue>()? {
                    fields.push(field);
                }
                let mut keys: Vec<&str> = fields.iter().map(|(key, _)| key.as_str()).collect();
                keys.sort_unstable();
                if let Some(pair) = keys.windows(2).find(|pair| pair[0] == pair[1]) {
                    return Err(Error::custom(format!("the key `{}` stands twice", pair[0])));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(AllFields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_stands_twice_is_found_with_its_place() {
        let fault = fault(b"{\"a\":{\"b\":1,\n \"\\u0062\":2}}").expect("a fault");
        assert_eq!((fault.line, fault.column), (2, 2));
        assert!(fault.message.contains("`b`"), "{}", fault.message);
        let file = parse(b"{\"list\":[{\"b\":1,\"\\u0062\":2}]}", &[]);
        let file = file.expect("valid").expect("an object");
        let entries = file.get("list").and_then(list).expect("a list");
        assert!(Fields::read(entries[0]).is_none());
    }

    #[test]
    fn nesting_ends_at_its_limit_and_not_before() {
        let nested = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
        assert!(parse(nested(MAX_DEPTH - 1).as_bytes(), &[]).is_ok());
        assert!(parse(nested(MAX_DEPTH).as_bytes(), &[]).is_err());
        assert!(parse("[".repeat(100_000).as_bytes(), &[]).is_err());
    }

    #[test]
    fn a_value_over_several_lines_becomes_one_and_keeps_its_strings() {
        assert_eq!(
            one_line("{\n \"a b\" : [1.10,\n 2]\n}"),
            "{\"a b\":[1.10,2]}"
        );
        assert_eq!(one_line("{ \"a\" : 1 }"), "{ \"a\" : 1 }");
    }
}
