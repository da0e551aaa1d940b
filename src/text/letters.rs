//! Letters and small letters, quickly: the segmenter asks for them at every full stop and every mark.

use std::ops::Deref;

/// The longest word that needs no room of its own, in bytes.
const SHORT: usize = 24;

/// A word in small letters.
pub(super) enum Lower<'a> {
    /// It was so already.
    Same(&'a str),
    /// ASCII, in place.
    Short([u8; SHORT], usize),
    /// Anything else.
    Long(String),
}

impl<'a> Lower<'a> {
    /// Takes a word in any letters.
    pub fn new(word: &'a str) -> Self {
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Self::Same(word);
        }
        if word.len() > SHORT || !word.is_ascii() {
            return Self::Long(word.to_lowercase());
        }
        let mut letters = [0; SHORT];
        letters[..word.len()].copy_from_slice(word.as_bytes());
        letters.make_ascii_lowercase();
        Self::Short(letters, word.len())
    }
}

impl Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Same(word) => word,
            Self::Short(letters, length) => std::str::from_utf8(&letters[..*length]).unwrap_or(""),
            Self::Long(word) => word,
        }
    }
}

/// Whether a character is a letter or a digit of any script; spares punctuation the search in the tables of Unicode.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        !('\u{2000}'..='\u{206F}').contains(&c) && c.is_alphanumeric()
    }
}

/// Whether there is a letter or a digit at all.
pub(super) fn has_letter(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_alphanumeric()) || text.contains(is_letter)
}

/// Whether a text has more characters than that; most are told by their bytes alone.
pub(super) fn is_longer(words: &str, characters: usize) -> bool {
    words.len() > characters && (words.len() > 4 * characters || words.chars().count() > characters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_small_letters() {
        for word in [
            "",
            "U.S",
            "Äußerte",
            "GMT",
            "Донаудампфшифффahrt",
            "Straßenbahnhaltestellenschild",
        ] {
            assert_eq!(&*Lower::new(word), word.to_lowercase());
        }
    }

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\0'..='\u{FFFF}' {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
