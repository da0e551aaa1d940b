//! Writes JSON in canonical form: known fields in their order, unknown ones as they were read, a record a line.
//!
//! Which fields there are is for `sidecar_write`, `entities_file` and `codebook_file` to say.

use std::borrow::Cow;

use crate::model::{AttrValue, Attrs, Extra};

/// A string as JSON.
pub(super) fn quoted(text: &str) -> String {
    // Writing a string to memory cannot fail.
    serde_json::to_string(text).unwrap_or_else(|_| String::from("\"\""))
}

/// Writes one object in canonical form: known fields in their order, then the unknown ones.
///
/// A known field whose value in the file we could not use (`"origin":"robot"`) was kept as an unknown one; as long as
/// ours is at its default, the file's value is written in its place. So no key is ever written twice.
pub(super) struct ObjectWriter<'a> {
    out: String,
    separator: &'static str,
    is_first: bool,
    extra: &'a Extra,
    known: Vec<&'static str>,
}

impl<'a> ObjectWriter<'a> {
    /// Opens an object that has these unknown fields.
    pub(super) fn new(extra: &'a Extra) -> Self {
        Self {
            out: String::from("{"),
            separator: ",",
            is_first: true,
            extra,
            known: Vec::new(),
        }
    }

    /// From here on, each field begins a new line of the file.
    pub(super) fn on_lines(&mut self) {
        self.separator = ",\n ";
    }

    /// From here on, fields share a line.
    pub(super) fn on_one_line(&mut self) {
        self.separator = ",";
    }

    /// Writes a field that always stands there.
    pub(super) fn always(&mut self, key: &'static str, raw: &str, is_default: bool) {
        let foreign = self.foreign(key).filter(|_| is_default);
        self.known.push(key);
        self.push(key, foreign.unwrap_or(raw));
    }

    /// Writes a field that is left out when it is empty.
    pub(super) fn unless_empty(&mut self, key: &'static str, raw: Option<&str>) {
        self.known.push(key);
        if let Some(raw) = raw.or_else(|| self.foreign(key)) {
            self.push(key, raw);
        }
    }

    /// Writes a string that is left out when it is empty.
    pub(super) fn text(&mut self, key: &'static str, text: &str) {
        let raw = (!text.is_empty()).then(|| quoted(text));
        self.unless_empty(key, raw.as_deref());
    }

    /// Writes a list, on its line, that is left out when it is empty.
    pub(super) fn list(&mut self, key: &'static str, entries: &[String]) {
        let raw = (!entries.is_empty()).then(|| format!("[{}]", entries.join(",")));
        self.unless_empty(key, raw.as_deref());
    }

    /// Writes records, one a line, that are left out when there are none.
    pub(super) fn records(&mut self, key: &'static str, records: &[String]) {
        let raw = (!records.is_empty()).then(|| lines(records));
        self.unless_empty(key, raw.as_deref());
    }

    /// Writes attributes that are left out when there are none.
    pub(super) fn attrs(&mut self, key: &'static str, attrs: &Attrs) {
        let raw = (!attrs.is_empty()).then(|| pairs(attrs.iter()));
        self.unless_empty(key, raw.as_deref());
    }

    /// Writes the unknown fields and closes the object.
    pub(super) fn finish(mut self) -> String {
        for (key, raw) in self.extra.as_slice() {
            if !self.known.contains(&key.as_str()) {
                self.push(key, raw);
            }
        }
        self.out.push('}');
        self.out
    }

    fn foreign(&self, key: &str) -> Option<&'a str> {
        let found = self.extra.as_slice().iter().find(|(k, _)| k == key);
        found.map(|(_, raw)| raw.as_str())
    }

    fn push(&mut self, key: &str, raw: &str) {
        if !self.is_first {
            self.out.push_str(self.separator);
        }
        self.is_first = false;
        self.out.push_str(&quoted(key));
        self.out.push(':');
        self.out.push_str(raw);
    }
}

/// An object of attributes.
pub(super) fn pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a AttrValue)>) -> String {
    let fields: Vec<String> = pairs
        .map(|(key, value)| {
            let raw = match value {
                AttrValue::Text(text) => Cow::Owned(quoted(text)),
                AttrValue::Json(raw) => Cow::Borrowed(raw.as_str()),
            };
            format!("{}:{raw}", quoted(key))
        })
        .collect();
    format!("{{{}}}", fields.join(","))
}

/// A list of records, one a line; `[]` when there is none.
pub(super) fn lines(records: &[String]) -> String {
    if records.is_empty() {
        return String::from("[]");
    }
    format!("[\n  {}]", records.join(",\n  "))
}

/// Records in the order of their ids; those without one come last, as they were read.
pub(super) fn in_order_of_ids(
    records: impl Iterator<Item = (Option<String>, String)>,
) -> Vec<String> {
    let mut records: Vec<(Option<String>, String)> = records.collect();
    records.sort_by(|(a, _), (b, _)| (a.is_none(), a).cmp(&(b.is_none(), b)));
    records.into_iter().map(|(_, line)| line).collect()
}
