//! Ids of annotations, records and relations.

use std::fmt;

use super::Words;

/// An id: ten random characters of `[a-z0-9]`, the first a letter, when we mint it; any string when we read it.
///
/// Ids carry no meaning. Time-ordered ones would make two people's additions collide at the end of the list. They are
/// compared so often that a short one stands in place, as all short words do: no look-up follows a pointer to it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Words);

impl Id {
    /// Takes an id as it stands in a file.
    pub fn new(id: impl AsRef<str>) -> Self {
        Self(Words::from(id.as_ref()))
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
        &self.0
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

impl From<Words> for Id {
    fn from(id: Words) -> Self {
        Self(id)
    }
}
