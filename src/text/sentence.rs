//! Where sentences begin and end inside a block.
//!
//! Goes from full stop to full stop and asks of each whether it ends a sentence: what stands before it (an
//! abbreviation, an initial, a number), what closes behind it, and how the next word begins.
//!
//! *Limitations*: two sentences without a space between them are one; headings inside a block are not seen.

use crate::model::Span;

use super::abbreviations::{Abbreviation, abbreviation};
use super::index::{ceil_boundary, floor_boundary, is_boundary};
use super::letters::{has_letter, is_letter};
use super::scan::{Sign, is_stop, is_wide_stop};
use super::sentence_start::Next;
use super::speech_verbs::starts_wide_attribution;

/// The longest word that is looked at, in bytes: no abbreviation is longer.
const MAX_WORD: usize = 32;

/// What the sentences of a text have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner {
    /// Whether numbers with a full stop are ordinals, as in German.
    pub ordinals: bool,
}

/// Adds the sentences of a block, given the possible full stops in it.
pub(super) fn sentences(
    text: &str,
    block: Span,
    stops: &[Sign],
    manner: Manner,
    out: &mut Vec<Span>,
) {
    let mut start = block.start();
    let mut seen = start;
    for &stop in stops {
        if stop.at() < seen {
            continue;
        }
        let ending = Ending::read(text, block, start, stop);
        seen = ending.end;
        if !ending.ends_sentence(manner) || !is_boundary(text, ending.end) {
            continue;
        }
        let rest = &text[ending.end..block.end()];
        let next = block.end() - rest.trim_start().len();
        out.push(Span::new(start, ending.end));
        start = floor_boundary(text, next);
    }
    if start < block.end() {
        out.push(Span::new(start, block.end()));
    }
}

/// A run of full stops with whatever closes behind it.
struct Ending<'a> {
    text: &'a str,
    block: Span,
    start: usize,
    stop: Sign,
    /// Behind the last full stop.
    stops_end: usize,
    /// Behind the closing marks and brackets.
    end: usize,
    is_ellipsis: bool,
}

impl<'a> Ending<'a> {
    fn read(text: &'a str, block: Span, start: usize, stop: Sign) -> Self {
        let tail = &text[stop.at()..block.end()];
        let stops = tail.len() - tail.trim_start_matches(is_stop).len();
        let stops_end = stop.at() + stops;
        let run = &tail[..stops];
        Self {
            text,
            block,
            start,
            stop,
            stops_end,
            end: stops_end + closers(&text[stops_end..block.end()], run.ends_with(is_wide_stop)),
            is_ellipsis: run.ends_with('…') || run.ends_with(".."),
        }
    }

    fn ends_sentence(&self, manner: Manner) -> bool {
        let rest = &self.text[self.end..self.block.end()];
        // The last sentence of a block is added when the block ends.
        let Some(first) = rest.chars().next() else {
            return false;
        };
        // A number of an item or a row of dots is no sentence. Bounded: a long row of signs is none either.
        let from = floor_char_at_least(self.text, self.start, self.stop.at().saturating_sub(256));
        if !has_letter(&self.text[from..self.stop.at()]) {
            return false;
        }
        if self.text[self.stop.at()..self.stops_end].contains(is_wide_stop) {
            return self.ends_wide(rest);
        }
        if !first.is_whitespace() {
            return false;
        }
        let next = Next::read(rest);
        if !next.may_begin {
            return false;
        }
        if self.stop.c != '.' && self.has_closing_mark() && next.is_attribution() {
            return false;
        }
        if self.is_ellipsis && self.follows_space() {
            return next.is_starter();
        }
        if self.stop.c != '.' || self.is_ellipsis {
            // The title of a work, and its year: "Ship Ahoy! (1911)".
            return !next.is_year;
        }
        self.is_full_stop(&next, manner)
    }

    /// In Chinese and Japanese no space follows, so only what is inside the marks can tell.
    fn ends_wide(&self, rest: &str) -> bool {
        let goes_on = rest
            .trim_start()
            .starts_with(['，', '、', '；', '：', '）', '」', '』', ',']);
        !(goes_on || self.has_closing_mark() && starts_wide_attribution(rest))
    }

    /// Whether the stop stands free: words were left out there.
    fn follows_space(&self) -> bool {
        self.text[self.start..self.stop.at()].ends_with(char::is_whitespace)
    }

    fn has_closing_mark(&self) -> bool {
        self.text[self.stops_end..self.end].contains(|c: char| {
            matches!(
                c,
                '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '›' | '«' | '」' | '』' | '｣' | '＂'
            )
        })
    }

    /// Whether a single full stop ends a sentence, by the word before it and the word behind it.
    fn is_full_stop(&self, next: &Next<'_>, manner: Manner) -> bool {
        let word = word_before(self.text, self.start, self.stop.at());
        if self.end > self.stops_end && self.has_closing_mark() {
            return true;
        }
        let is_first = self.start + word.len() >= self.stop.at();
        if word.is_empty() {
            return true;
        }
        if word.bytes().all(|b| b.is_ascii_digit()) {
            // "1. Bread", and in German "am 7. August".
            let is_ordinal = manner.ordinals && word.len() <= 2 && !next.is_starter();
            return !(is_ordinal || is_first && word.len() <= 3);
        }
        let mut letters = word.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            // An initial: "J. Smith"; but "plan B. The".
            if letter.is_uppercase() {
                return !is_first && next.is_starter();
            }
            // "c. 1605", "d. 1642".
            if next.is_number {
                return false;
            }
        }
        match abbreviation(word) {
            Abbreviation::Open => false,
            Abbreviation::BeforeNumber => !next.is_number,
            Abbreviation::Either => next.is_starter(),
            Abbreviation::None if is_clock(word) => next.is_starter() || !next.follows_clock(),
            Abbreviation::None if is_acronym(word) => next.is_starter(),
            Abbreviation::None => true,
        }
    }
}

/// Bytes of the closing marks and brackets at the beginning of `rest`.
///
/// A reference in brackets closes too; the mark that opens in Chinese does not, though in German it closes.
fn closers(rest: &str, is_wide: bool) -> usize {
    let is_closer = |c: char| {
        !(is_wide && matches!(c, '“' | '‘' | '「' | '『'))
            && matches!(
                c,
                '"' | '\''
                    | '”'
                    | '’'
                    | '“'
                    | '‘'
                    | '»'
                    | '›'
                    | '«'
                    | ')'
                    | ']'
                    | '）'
                    | '」'
                    | '』'
                    | '｣'
                    | '＂'
                    | '\u{301F}'
                    | '\u{301E}'
            )
    };
    let end = rest.len() - rest.trim_start_matches(is_closer).len();
    // French sets a space before its closing mark.
    let mut spaced = rest[end..].chars();
    if let (Some(' ' | '\u{A0}' | '\u{202F}'), Some(mark @ ('»' | '›'))) =
        (spaced.next(), spaced.next())
        && spaced.next().is_none_or(|c| !c.is_alphanumeric())
    {
        let space = rest[end..].chars().next().map_or(0, char::len_utf8);
        return end + space + mark.len_utf8();
    }
    end + references(&rest[end..])
}

/// Bytes of references and signs of omission, "[2] [17]" or " ...", which belong to the sentence before them.
fn references(rest: &str) -> usize {
    let mut end = 0;
    loop {
        let tail = rest[end..].trim_start_matches(' ');
        let length = omission(tail)
            .or_else(|| reference(tail))
            .unwrap_or_default();
        if length == 0 {
            return end;
        }
        end = rest.len() - tail.len() + length;
    }
}

fn omission(tail: &str) -> Option<usize> {
    let sign = ["[...]", "[…]", "(...)", "(…)", "...", "…"]
        .iter()
        .find(|sign| tail.starts_with(**sign))?;
    let is_free = tail[sign.len()..]
        .chars()
        .next()
        .is_none_or(char::is_whitespace);
    is_free.then_some(sign.len())
}

fn reference(tail: &str) -> Option<usize> {
    let inner = tail.strip_prefix('[')?;
    let digits = inner.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (digits > 0 && inner[digits..].starts_with(']')).then_some(digits + 2)
}

/// The word before a full stop, with full stops inside it: "U.S", "Ph.D".
fn word_before(text: &str, start: usize, stop: usize) -> &str {
    let from = floor_char_at_least(text, start, stop.saturating_sub(MAX_WORD));
    let head = &text[from..stop];
    let word = head
        .rfind(|c: char| !is_letter(c) && c != '.')
        .map_or(0, |at| {
            at + head[at..].chars().next().map_or(1, char::len_utf8)
        });
    &head[word..]
}

fn floor_char_at_least(text: &str, start: usize, at: usize) -> usize {
    super::index::ceil_char(text, at.max(start))
}

fn is_clock(word: &str) -> bool {
    ["a.m", "p.m", "am", "pm"]
        .iter()
        .any(|clock| word.eq_ignore_ascii_case(clock))
}

/// Whether a word is letters with full stops between them: U.S, Ph.D, z.B.
fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word
            .split('.')
            .all(|part| part.chars().take(4).count() <= 3)
        && !word.contains(char::is_numeric)
}

/// Cuts a sentence in two where a person says that one ends.
pub(super) fn split_at(text: &str, sentence: Span, at: usize) -> Option<(Span, Span)> {
    let at = ceil_boundary(text, at);
    if at <= sentence.start() || at >= sentence.end() {
        return None;
    }
    let head = text[sentence.start()..at].trim_end().len();
    let tail = sentence.end() - text[at..sentence.end()].trim_start().len();
    let head = ceil_boundary(text, sentence.start() + head);
    let tail = floor_boundary(text, tail).max(head);
    (head > sentence.start() && tail < sentence.end()).then(|| {
        (
            Span::new(sentence.start(), head),
            Span::new(tail, sentence.end()),
        )
    })
}
