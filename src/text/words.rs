//! Words by UAX #29, found around an offset without reading the whole text.
//!
//! *Limitations*: a word is looked for in [`REACH`] bytes on each side; a longer one comes in pieces.

use unicode_segmentation::UnicodeSegmentation;

use crate::model::Span;

use super::index::{SourceText, ceil_boundary, ceil_char, floor_boundary, floor_char, is_boundary};

/// How far a word may reach from the offset that is asked about, in bytes.
const REACH: usize = 2048;

impl SourceText {
    /// The word at an offset, or the single grapheme there; the ’s of a possessive is a word of its own.
    pub fn word_at(&self, byte: usize) -> Span {
        let text = self.as_str();
        let byte = floor_char(text, byte);
        if byte == text.len() {
            return Span::new(byte, byte);
        }
        let (from, to) = (window_start(text, byte), window_end(text, byte));
        for (start, word) in text[from..to].split_word_bound_indices() {
            let span = Span::new(from + start, from + start + word.len());
            if !span.contains(byte) {
                continue;
            }
            if !word.contains(char::is_alphanumeric) {
                break;
            }
            let stem = Span::new(span.start(), span.end() - possessive(word));
            let part = if stem.contains(byte) {
                stem
            } else {
                Span::new(stem.end(), span.end())
            };
            return self.snap(part);
        }
        let start = floor_boundary(text, byte);
        Span::new(start, self.next_grapheme(start))
    }

    /// The first word that starts at or after an offset; spaces and punctuation are no words.
    pub fn next_word(&self, byte: usize) -> Option<Span> {
        let text = self.as_str();
        let mut from = ceil_char(text, byte);
        loop {
            let letter = text.get(from..)?.find(char::is_alphanumeric)? + from;
            let word = self.word_at(letter);
            if word.start() >= byte {
                return Some(word);
            }
            from = word.end().max(letter + 1);
            from = ceil_char(text, from);
        }
    }

    /// The last word that ends at or before an offset.
    pub fn prev_word(&self, byte: usize) -> Option<Span> {
        let text = self.as_str();
        let mut to = floor_char(text, byte);
        loop {
            let letter = text.get(..to)?.rfind(char::is_alphanumeric)?;
            let word = self.word_at(letter);
            if word.end() <= byte {
                return Some(word);
            }
            to = word.start().min(letter);
        }
    }
}

/// Bytes of a possessive ending: ’s, 's, and ‘s as some keyboards make it.
pub(super) fn possessive(word: &str) -> usize {
    let endings = ["’s", "'s", "‘s", "’S", "'S"];
    let found = endings.iter().find(|&&ending| word.ends_with(ending));
    match found {
        Some(ending) if word.len() > ending.len() => ending.len(),
        _ => 0,
    }
}

/// A place at or before `byte` where a word cannot go on: behind white space, or [`REACH`] bytes back.
fn window_start(text: &str, byte: usize) -> usize {
    let stop = byte.saturating_sub(REACH);
    let bytes = text.as_bytes();
    let mut at = byte;
    while at > stop {
        if bytes[at - 1].is_ascii_whitespace() && text.is_char_boundary(at) && is_boundary(text, at)
        {
            return at;
        }
        at -= 1;
    }
    floor_boundary(text, stop)
}

/// A place after `byte` where the word has surely ended.
fn window_end(text: &str, byte: usize) -> usize {
    let stop = byte.saturating_add(REACH).min(text.len());
    let bytes = text.as_bytes();
    let space = bytes[byte..stop]
        .iter()
        .skip(1)
        .position(u8::is_ascii_whitespace);
    ceil_boundary(text, space.map_or(stop, |n| byte + 1 + n))
}
