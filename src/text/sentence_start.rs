//! How what follows a full stop begins, which tells whether a sentence does.
//!
//! What stands before the full stop is looked at in `sentence`.

use super::abbreviations::{Abbreviation, abbreviation, is_starter};
use super::letters::is_letter;
use super::speech_verbs::is_speech_verb;

/// The beginning of what follows a full stop.
pub(super) struct Next<'a> {
    /// From its first letter or digit.
    words: &'a str,
    /// Whether a sentence can begin so: not with a small letter.
    pub may_begin: bool,
    /// Whether a number comes first.
    pub is_number: bool,
    /// Whether it is a number in brackets.
    pub is_year: bool,
    /// Whether a quotation mark comes first.
    in_marks: bool,
}

impl<'a> Next<'a> {
    /// Reads what follows a full stop and its closing marks.
    pub fn read(rest: &'a str) -> Self {
        let rest = rest.trim_start();
        let words = rest.trim_start_matches(|c: char| !is_letter(c) && !c.is_whitespace());
        // A dash or bullet may stand between.
        let words = words.trim_start();
        let first = words.chars().next();
        Self {
            words,
            may_begin: first.is_none_or(|c| !c.is_lowercase()),
            is_number: first.is_some_and(char::is_numeric),
            is_year: rest.starts_with('(') && first.is_some_and(char::is_numeric),
            in_marks: rest.starts_with(['"', '“', '„', '«', '‘', '\'']),
        }
    }

    fn word(&self) -> &'a str {
        let end = self
            .words
            .find(|c: char| !is_letter(c))
            .unwrap_or(self.words.len());
        &self.words[..end]
    }

    /// Whether it begins like a new sentence even after an abbreviation.
    pub fn is_starter(&self) -> bool {
        let word = self.word();
        // A word with a colon names what comes: "Image: City archive".
        let is_label = self.words[word.len()..].starts_with(": ");
        self.in_marks || is_label || is_starter(word)
    }

    /// Whether a name and a verb of saying follow: “No!” Lund said.
    pub fn is_attribution(&self) -> bool {
        if self.in_marks {
            return false;
        }
        let mut words = self.words.split_whitespace().take(5);
        let Some(first) = words.next() else {
            return false;
        };
        if is_starter(first) && !matches!(first, "The" | "A" | "An" | "One") {
            let second = words.next().unwrap_or_default();
            return matches!(first, "He" | "She" | "They" | "I" | "We") && is_speech_verb(second);
        }
        for word in words {
            let bare = word.trim_end_matches([',', '.', ':']);
            if is_speech_verb(bare) {
                return true;
            }
            if !word.starts_with(char::is_uppercase) && !matches!(first, "The" | "A" | "An" | "One")
            {
                return false;
            }
            if word.ends_with(['.', ',', '!', '?']) && word.len() > 3 {
                return false;
            }
        }
        false
    }

    /// Whether it belongs to a time of day: a zone, a day, a month.
    pub fn follows_clock(&self) -> bool {
        let word = self.word();
        let is_zone = (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
        let is_day = word.ends_with("day")
            || matches!(
                word,
                "Eastern" | "Pacific" | "Central" | "Mountain" | "Greenwich"
            );
        let is_month = matches!(abbreviation(word), Abbreviation::BeforeNumber)
            || [
                "January",
                "February",
                "March",
                "April",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ]
            .contains(&word);
        is_zone || is_day || is_month || self.is_number
    }
}
