//! Ids of annotations, records and relations.

use std::fmt;
use std::sync::Arc;

/// An id: ten random characters of `[a-z0-9]`, the first a letter, when we mint it; any string when we read it.
///
/// Ids carry no meaning. Time-ordered ones would make two people's additions collide at the end of the list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// Takes an id as it stands in a file.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// Mints an id from a source of randomness: `draw(n)` gives a number below `n`.
    pub fn mint(mut draw: impl FnMut(usize) -> usize) -> Self {
        const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
        const LETTERS: usize = 26;
        let id: String = (0..10)
            .map(|i| char::from(ALPHABET[draw(if i == 0 { LETTERS } else { ALPHABET.len() })]))
            .collect();
        Self(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Id {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}
