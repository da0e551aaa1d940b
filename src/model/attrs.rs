//! Attributes of annotations and cast entries: ordered, named values.

/// The value of one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttrValue {
    /// A word of a vocabulary, or free text.
    Text(String),
    /// Anything else (a number, a list of evidence), as the JSON text it has in the file.
    Json(String),
}

impl AttrValue {
    /// The value as people read it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Json(text) => text,
        }
    }
}

impl From<&str> for AttrValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Attributes in the order they were first set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attrs(Vec<(String, AttrValue)>);

impl Attrs {
    /// The value under `key`.
    pub fn get(&self, key: &str) -> Option<&AttrValue> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// The value under `key` as text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).map(AttrValue::as_str)
    }

    /// Sets or (with `None`) removes the value under `key`; a new key goes to the end.
    pub fn set(&mut self, key: &str, value: Option<AttrValue>) {
        let at = self.0.iter().position(|(k, _)| k == key);
        match (at, value) {
            (Some(at), Some(value)) => self.0[at].1 = value,
            (Some(at), None) => {
                self.0.remove(at);
            }
            (None, Some(value)) => self.0.push((key.to_owned(), value)),
            (None, None) => {}
        }
    }

    /// Adds a pair as it was read, also when the key is there already.
    pub fn push(&mut self, key: String, value: AttrValue) {
        self.0.push((key, value));
    }

    /// All pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &AttrValue)> {
        self.0.iter().map(|(k, v)| (k.as_str(), v))
    }

    /// Whether no attribute is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
