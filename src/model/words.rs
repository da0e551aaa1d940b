//! Words as they stand in a file: short ones in place, others as a part of what was read.
//!
//! Fifty thousand annotations with seven texts each are read in one go; that none of these texts has room of its own is
//! what makes it quick.
//!
//! *Limitations*: what was read stays in memory as long as any part of it does.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

/// Bytes of words that are kept in place: our ids have ten. With them, words take no more room than a plain reference to
/// a text does.
const SHORT: usize = 14;

/// A text that is not changed in place; cheap to clone.
#[derive(Clone)]
pub struct Words(Form);

#[derive(Clone)]
enum Form {
    /// So many bytes, and zeros.
    Short(u8, [u8; SHORT]),
    /// From a byte on, so many.
    Part(u32, u16, Arc<String>),
    Long(Arc<String>),
}

impl Words {
    /// A part of a text that was read, between two of its characters.
    pub fn part(of: &Arc<String>, range: Range<usize>) -> Self {
        if let Some(short) = Form::short(&of[range.clone()]) {
            return Self(short);
        }
        Self(match (range.start.try_into(), range.len().try_into()) {
            (Ok(start), Ok(length)) => Form::Part(start, length, Arc::clone(of)),
            _ => Form::Long(Arc::new(of[range].to_owned())),
        })
    }

    /// The words as text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // It was text when it was put there.
            Form::Short(..) => std::str::from_utf8(self.bytes()).unwrap_or_default(),
            Form::Part(start, length, of) => &of[Form::range(*start, *length)],
            Form::Long(words) => words,
        }
    }

    /// Whether there are none; told without a look at them.
    pub fn is_empty(&self) -> bool {
        self.bytes().is_empty()
    }

    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Form::Short(length, bytes) => &bytes[..usize::from(*length)],
            Form::Part(start, length, of) => &of.as_bytes()[Form::range(*start, *length)],
            Form::Long(words) => words.as_bytes(),
        }
    }
}

impl Form {
    fn short(words: &str) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes
            .get_mut(..words.len())?
            .copy_from_slice(words.as_bytes());
        Some(Self::Short(u8::try_from(words.len()).ok()?, bytes))
    }

    fn range(start: u32, length: u16) -> Range<usize> {
        let start = start as usize;
        start..start + usize::from(length)
    }
}

/// Bytes as a number, since numbers are compared at once.
fn number(bytes: &[u8; SHORT]) -> u128 {
    let mut all = [0; size_of::<u128>()];
    all[..SHORT].copy_from_slice(bytes);
    u128::from_be_bytes(all)
}

impl Default for Words {
    fn default() -> Self {
        Self(Form::Short(0, [0; SHORT]))
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Words {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<&str> for Words {
    fn from(words: &str) -> Self {
        Self(Form::short(words).unwrap_or_else(|| Form::Long(Arc::new(words.to_owned()))))
    }
}

impl From<String> for Words {
    fn from(words: String) -> Self {
        Self(Form::short(&words).unwrap_or_else(|| Form::Long(Arc::new(words))))
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Words {}

impl PartialEq<Words> for &str {
    fn eq(&self, other: &Words) -> bool {
        self.as_bytes() == other.bytes()
    }
}

impl PartialOrd for Words {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Words {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            // Zeros come before everything else, and the lengths settle the rest.
            (Form::Short(length, a), Form::Short(other, b)) => {
                number(a).cmp(&number(b)).then(length.cmp(other))
            }
            _ => self.bytes().cmp(other.bytes()),
        }
    }
}

impl Hash for Words {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().hash(state);
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_take_no_more_room_than_a_reference_to_a_text() {
        assert_eq!(size_of::<Words>(), size_of::<&str>());
    }

    #[test]
    fn words_of_any_length_are_in_the_order_of_their_text() {
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
        let read = Arc::new(all.concat());
        for a in &all {
            let start = read.find(a).expect("a part of all");
            for own in [Words::from(*a), Words::part(&read, start..start + a.len())] {
                assert_eq!(own.as_str(), *a);
                for b in &all {
                    let other = Words::from(*b);
                    assert_eq!(own.cmp(&other), a.cmp(b), "{a:?} {b:?}");
                    assert_eq!(own == other, a == b);
                }
            }
        }
    }
}
