//! What quotation marks mean: somebody's words, a so-called, or the name of a work.
//!
//! *Limitations*: a single quoted word is somebody's only beside a verb of saying; slogans in capitals look like titles.

use crate::model::{QuoteKind, QuoteRun};

use super::index::{ceil_char, floor_char};
use super::speech_verbs::is_speech_verb;

/// The most words of a so-called behind a word that says so.
const MAX_NAMED: usize = 4;

/// The most words of the name of a work, told by its capitals or by the word before it.
const MAX_TITLE: usize = 8;

/// How far around a short quote a verb of saying is looked for, in bytes.
const NEAR: usize = 60;

/// Longer quotes are somebody's words, in bytes.
const MAX_SHORT: usize = 160;

/// Small words that titles write small.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "with", "from",
    "by", "as", "is", "der", "die", "das", "des", "und", "im", "von", "de", "la", "le", "les",
    "et", "du", "y", "el", "los", "del",
];

/// Words that announce the name of a work, a ship, a paper.
const WORKS: &[&str] = &[
    "titled",
    "entitled",
    "film",
    "films",
    "movie",
    "movies",
    "book",
    "books",
    "novel",
    "song",
    "songs",
    "album",
    "show",
    "series",
    "play",
    "poem",
    "documentary",
    "magazine",
    "newspaper",
    "titel",
    "buch",
    "roman",
    "lied",
    "zeitung",
    "zeitschrift",
    "magazin",
    "serie",
    "album",
    "stück",
    "dokumentation",
    "theme",
    "headlined",
    "hashtag",
    "livre",
    "roman",
    "libro",
    "película",
    "chanson",
    "canción",
    "фильм",
    "книга",
    "газета",
];

/// Words that say that a name is meant, not a statement.
const NAMERS: &[&str] = &[
    "so-called",
    "dubbed",
    "nicknamed",
    "known",
    "term",
    "sogenannte",
    "sogenannten",
    "sogenannter",
    "sogenanntes",
    "sogenanntem",
    "namens",
    "begriff",
    "soi-disant",
    "llamado",
    "llamada",
    "называемый",
    "называемая",
];

/// The kind of a quote, by its words and those around it.
pub(super) fn kind_of(text: &str, run: &QuoteRun) -> QuoteKind {
    if run.fragments.len() > 1 || run.span.len() > MAX_SHORT {
        return QuoteKind::Speech;
    }
    let bare = text[run.span.range()].trim_end_matches(is_quotation_mark);
    let inner = bare.trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = inner.split_whitespace().collect();
    if bare.ends_with(['.', '!', '?', '。', '…']) {
        return QuoteKind::Speech;
    }
    let before = &text[ceil_char(text, run.span.start().saturating_sub(NEAR))..run.span.start()];
    let announced = last_words(before);
    let is_announced = |by: &[&str]| announced.iter().any(|word| by.contains(&word.as_str()));
    let is_work = words.len() <= MAX_TITLE && is_announced(WORKS);
    if is_work || is_title(&words) {
        return QuoteKind::Title;
    }
    if words.len() <= MAX_NAMED && is_announced(NAMERS) {
        return QuoteKind::Scare;
    }
    let after = &text[run.span.end()..floor_char(text, run.span.end() + NEAR)];
    if words.len() == 1 && !bare.ends_with(',') && !says(before) && !says(after) {
        return QuoteKind::Scare;
    }
    QuoteKind::Speech
}

fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | '」' | '』'
    )
}

/// The last two words before a quote, in lower case.
fn last_words(before: &str) -> Vec<String> {
    let words = before.split_whitespace().rev().take(2);
    words
        .map(|word| word.trim_end_matches([':', ',']).to_lowercase())
        .collect()
}

fn is_title(words: &[&str]) -> bool {
    let is_capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    (2..=MAX_TITLE).contains(&words.len())
        && words.first().is_some_and(is_capital)
        && words
            .iter()
            .all(|word| is_capital(word) || SMALL.contains(word))
}

fn says(words: &str) -> bool {
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    words.any(|word| !word.is_empty() && is_speech_verb(&word.to_lowercase()))
}
