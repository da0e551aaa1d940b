//! What quotation marks mean: somebody's words, a so-called, or the name of a work.

use crate::model::{QuoteKind, QuoteRun};

use super::speech_verbs::is_speech_verb;

/// The most words that a so-called has.
const MAX_SCARE: usize = 3;

/// The most words that the name of a work has.
const MAX_TITLE: usize = 8;

/// How far around a short quote a verb of saying is looked for, in characters.
const NEAR: usize = 48;

/// Small words that titles write small.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "with", "from",
    "by", "as", "is", "der", "die", "das", "und", "im", "in", "von", "de", "la", "le", "les", "et",
    "du", "des", "y", "el", "los",
];

/// The kind of a quote, by its words and those around it.
pub(super) fn kind_of(text: &str, run: &QuoteRun) -> QuoteKind {
    let inner = text[run.span.range()].trim_matches(|c: char| !c.is_alphanumeric());
    // Long ones are speech; this also bounds the work.
    if inner.len() > 200 || run.fragments.len() > 1 {
        return QuoteKind::Speech;
    }
    let words: Vec<&str> = inner.split_whitespace().collect();
    let content = &text[run.span.range()];
    let ends = content.trim_end_matches(['"', '\'', '”', '’', '“', '‘', '»', '«', '」', '』']);
    let is_sentence = ends.ends_with(['.', '!', '?', '。', '…']);
    if is_title(&words) && !is_sentence {
        return QuoteKind::Title;
    }
    let is_short = words.len() <= MAX_SCARE && !is_sentence && !ends.ends_with(',');
    if is_short && !says_nearby(text, run) {
        return QuoteKind::Scare;
    }
    QuoteKind::Speech
}

fn is_title(words: &[&str]) -> bool {
    let is_capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    (2..=MAX_TITLE).contains(&words.len())
        && words.first().is_some_and(is_capital)
        && words
            .iter()
            .all(|word| is_capital(word) || SMALL.contains(word))
}

fn says_nearby(text: &str, run: &QuoteRun) -> bool {
    let before = text[..run.span.start()]
        .char_indices()
        .rev()
        .take(NEAR)
        .last()
        .map_or(run.span.start(), |(at, _)| at);
    let after: usize = text[run.span.end()..]
        .chars()
        .take(NEAR)
        .map(char::len_utf8)
        .sum();
    let around = [
        &text[before..run.span.start()],
        &text[run.span.end()..run.span.end() + after],
    ];
    around
        .iter()
        .flat_map(|part| part.split(|c: char| !c.is_alphanumeric()))
        .any(|word| is_speech_verb(&word.to_lowercase()))
}
