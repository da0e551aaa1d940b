//! Ids of annotations, records and relations.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Bytes of an id that is kept in place: ours have ten.
const SHORT: usize = 22;

/// An id: ten random characters of `[a-z0-9]`, the first a letter, when we mint it; any string when we read it.
///
/// Ids carry no meaning. Time-ordered ones would make two people's additions collide at the end of the list. They are
/// compared so often that a short one stands in place: no look-up follows a pointer to it.
#[derive(Clone)]
pub struct Id(Form);

#[derive(Clone)]
enum Form {
    /// So many bytes, and zeros.
    Short(u8, [u8; SHORT]),
    Long(Arc<str>),
}

impl Id {
    /// Takes an id as it stands in a file.
    pub fn new(id: impl AsRef<str>) -> Self {
        let id = id.as_ref();
        match u8::try_from(id.len()) {
            Ok(length) if id.len() <= SHORT => {
                let mut bytes = [0; SHORT];
                bytes[..id.len()].copy_from_slice(id.as_bytes());
                Self(Form::Short(length, bytes))
            }
            _ => Self(Form::Long(id.into())),
        }
    }

    /// Mints an id from a source of randomness: `draw(n)` gives a number below `n`.
    pub fn mint(mut draw: impl FnMut(usize) -> usize) -> Self {
        const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
        const LETTERS: usize = 26;
        let id: String = (0..10)
            .map(|i| char::from(ALPHABET[draw(if i == 0 { LETTERS } else { ALPHABET.len() })]))
            .collect();
        Self::new(id)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // It was text when it was put there.
            Form::Short(..) => std::str::from_utf8(self.bytes()).unwrap_or_default(),
            Form::Long(id) => id,
        }
    }

    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Form::Short(length, bytes) => &bytes[..usize::from(*length)],
            Form::Long(id) => id.as_bytes(),
        }
    }
}

/// The first bytes as a number, since numbers are compared at once.
fn beginning(bytes: &[u8; SHORT]) -> u128 {
    bytes
        .first_chunk()
        .map_or(0, |first| u128::from_be_bytes(*first))
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Id {}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            // Zeros come before everything else, and the lengths settle the rest.
            (Form::Short(length, a), Form::Short(other, b)) => beginning(a)
                .cmp(&beginning(b))
                .then_with(|| a.cmp(b))
                .then(length.cmp(other)),
            _ => self.bytes().cmp(other.bytes()),
        }
    }
}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().hash(state);
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<&str> for Id {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_any_length_are_in_the_order_of_their_text() {
        let long = "a".repeat(SHORT);
        let texts = [
            "",
            "\0",
            "a",
            "a\0",
            "ab",
            "b",
            "é",
            &long,
            &long[1..],
            "\0\0",
        ];
        let longer = texts.map(|text| format!("{long}{text}"));
        let all: Vec<&str> = texts
            .into_iter()
            .chain(longer.iter().map(String::as_str))
            .collect();
        for a in &all {
            assert_eq!(Id::new(a).as_str(), *a);
            for b in &all {
                assert_eq!(Id::new(a).cmp(&Id::new(b)), a.cmp(b), "{a:?} {b:?}");
                assert_eq!(Id::new(a) == Id::new(b), a == b);
            }
        }
    }
}
