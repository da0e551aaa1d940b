//! JSON that several formats share: attributes and variables as one object in a string.
//!
//! As a string, because readers that infer a schema (Hugging Face datasets, DuckDB) would otherwise unite the keys of
//! all rows and fill the gaps with nulls. Leaves rows to the formats.

use serde_json::value::RawValue;

use crate::model::{AttrValue, Attrs};

/// Attributes as a JSON object, in their order.
pub fn attrs_json(attrs: &Attrs) -> String {
    object(attrs.iter())
}

/// Variables of an article as a JSON object, in their order.
pub fn variables_json(variables: &[(String, AttrValue)]) -> String {
    object(variables.iter().map(|(key, value)| (key.as_str(), value)))
}

/// A key that comes twice keeps its first value, so that every reader sees the same.
fn object<'a>(pairs: impl Iterator<Item = (&'a str, &'a AttrValue)>) -> String {
    let mut seen: Vec<&str> = Vec::new();
    let mut out = String::from("{");
    for (key, value) in pairs {
        if seen.contains(&key) {
            continue;
        }
        if !seen.is_empty() {
            out.push(',');
        }
        seen.push(key);
        out.push_str(&string(key));
        out.push(':');
        out.push_str(&match value {
            AttrValue::Json(raw) if serde_json::from_str::<&RawValue>(raw).is_ok() => raw.clone(),
            AttrValue::Json(text) | AttrValue::Text(text) => string(text),
        });
    }
    out.push('}');
    out
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A JSON value as people read it: `kind: document, ref: …; kind: …`.
pub fn readable(value: &AttrValue) -> String {
    match value {
        AttrValue::Text(text) => text.clone(),
        AttrValue::Json(raw) => {
            serde_json::from_str(raw).map_or_else(|_| raw.clone(), |value| flat(&value))
        }
    }
}

fn flat(value: &serde_json::Value) -> String {
    use serde_json::Value::{Array, Object, String};
    match value {
        String(text) => text.clone(),
        Array(items) => items.iter().map(flat).collect::<Vec<_>>().join("; "),
        Object(fields) => fields
            .iter()
            .map(|(key, value)| format!("{key}: {}", flat(value)))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    }
}
