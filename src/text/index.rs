//! A text and the index that converts its offsets: bytes, code points, UTF-16 units; graphemes are its smallest steps.
//!
//! The only converter of the program. Words are in `words`, segments in `segmenter`.
//!
//! *Limitations*: a grapheme cluster longer than [`LOOK_BACK`] bytes, or a row of more than a thousand flags, may be
//! stepped through in pieces.

use std::sync::Arc;

use unicode_segmentation::GraphemeCursor;

use crate::model::{CpSpan, Span};

/// Bytes between two samples of the index: small enough that counting from one is nothing, large enough that the
/// index is a fraction of the text.
const STRIDE: usize = 128;

/// Bytes that are counted at once while a code point is looked for.
const STEP: usize = 16;

/// How far back the beginning of a grapheme cluster is looked for.
///
/// Bounded, so that a step in a text of ten megabytes without a line end costs no more than in a short one.
const LOOK_BACK: usize = 4096;

/// An article's text with its index; cheap to clone.
#[derive(Clone)]
pub struct SourceText {
    inner: Arc<Inner>,
}

struct Inner {
    text: String,
    /// Code points and UTF-16 units before every multiple of [`STRIDE`] bytes; empty for ASCII.
    samples: Vec<Sample>,
    /// For every multiple of [`STRIDE`] code points the sample that it lies behind, and how many of them are before that:
    /// where a search begins. Files are not read that are too long for these numbers.
    by_code_points: Vec<(u32, u32)>,
    total: Sample,
}

#[derive(Clone, Copy, Default)]
struct Sample {
    code_points: usize,
    utf16: usize,
}

impl Sample {
    fn after(self, bytes: &[u8]) -> Self {
        // Four-byte code points are two units in UTF-16.
        let (starts, wide) = (starts(bytes), count(bytes, |b| b >= 0xF0));
        Self {
            code_points: self.code_points + starts,
            utf16: self.utf16 + starts + wide,
        }
    }
}

/// The length of some words in code points.
pub(super) fn code_points(words: &str) -> usize {
    starts(words.as_bytes())
}

/// How many code points begin in some bytes: each is counted at its first.
fn starts(bytes: &[u8]) -> usize {
    count(bytes, |b| b & 0xC0 != 0x80)
}

/// How many bytes are such. Sums of one byte over runs that cannot overflow it are what a processor adds up quickest.
fn count(bytes: &[u8], is_such: impl Fn(u8) -> bool) -> usize {
    let runs = bytes.chunks(128);
    let sums = runs.map(|run| run.iter().map(|&b| u8::from(is_such(b))).sum::<u8>());
    sums.map(usize::from).sum()
}

impl SourceText {
    /// Takes a text and indexes it.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let (mut samples, mut by_code_points) = (Vec::new(), Vec::new());
        let mut total = Sample {
            code_points: text.len(),
            utf16: text.len(),
        };
        if !text.is_ascii() {
            total = Sample::default();
            samples.reserve_exact(text.len() / STRIDE + 1);
            for (at, stride) in (0_u32..).zip(text.as_bytes().chunks(STRIDE)) {
                samples.push(total);
                let before = u32::try_from(total.code_points).unwrap_or(u32::MAX);
                total = total.after(stride);
                by_code_points.resize(total.code_points.div_ceil(STRIDE), (at, before));
            }
        }
        let inner = Arc::new(Inner {
            text,
            samples,
            by_code_points,
            total,
        });
        Self { inner }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.inner.text
    }

    /// The words of a span; nothing when it is out of range or cuts a character.
    pub fn slice(&self, span: Span) -> &str {
        self.as_str().get(span.range()).unwrap_or_default()
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.as_str().len()
    }

    /// Whether the text has no character.
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// Length in code points.
    pub fn code_points(&self) -> usize {
        self.inner.total.code_points
    }

    /// Code points before a byte offset; an offset inside a character counts as the character's start.
    pub fn to_cp(&self, byte: usize) -> usize {
        self.count(byte).code_points
    }

    /// UTF-16 units before a byte offset; an offset inside a character counts as the character's start.
    pub fn to_utf16(&self, byte: usize) -> usize {
        self.count(byte).utf16
    }

    /// The byte offset of a code point; the length is one past the last, beyond it there is none.
    pub fn to_byte(&self, cp: usize) -> Option<usize> {
        if cp >= self.code_points() {
            return (cp == self.code_points()).then_some(self.len());
        }
        if self.inner.samples.is_empty() {
            return Some(cp);
        }
        // Two strides of code points behind a sample it is found at the latest.
        let (at, before) = self.inner.by_code_points[cp / STRIDE];
        let mut left = cp - before as usize;
        let mut offset = at as usize * STRIDE;
        let (runs, _) = self.as_str().as_bytes()[offset..].as_chunks::<STEP>();
        for run in runs {
            let here = run.iter().map(|&b| u8::from(b & 0xC0 != 0x80)).sum::<u8>();
            let here = usize::from(here);
            if left < here {
                break;
            }
            left -= here;
            offset += STEP;
        }
        let rest = self.as_str().as_bytes().get(offset..)?;
        let mut begin = (0..rest.len()).filter(|&i| rest[i] & 0xC0 != 0x80);
        begin.nth(left).map(|i| offset + i)
    }

    /// The span in code points.
    pub fn cp_span(&self, span: Span) -> CpSpan {
        CpSpan {
            start: self.to_cp(span.start()),
            end: self.to_cp(span.end()),
        }
    }

    /// The span of some words that begin at a code point, if they stand there.
    pub fn words_at(&self, cp: usize, words: &str) -> Option<Span> {
        let start = self.to_byte(cp)?;
        let is_there = self.as_str()[start..].starts_with(words);
        is_there.then(|| Span::new(start, start + words.len()))
    }

    /// The span in bytes; `None` when it is out of range or ends before it starts.
    pub fn span(&self, cp: CpSpan) -> Option<Span> {
        if cp.start > cp.end {
            return None;
        }
        Some(Span::new(self.to_byte(cp.start)?, self.to_byte(cp.end)?))
    }

    /// The span grown outwards until it cuts no grapheme cluster.
    pub fn snap(&self, span: Span) -> Span {
        let start = floor_boundary(self.as_str(), span.start());
        let end = ceil_boundary(self.as_str(), span.end());
        Span::new(start, end.max(start))
    }

    /// The span without white space at its ends, snapped; nothing when it holds nothing else.
    pub fn trimmed(&self, span: Span) -> Option<Span> {
        let words = self.slice(span);
        let start = span.start() + words.len() - words.trim_start().len();
        let bare = Span::new(start, start + words.trim().len());
        (!bare.is_empty()).then(|| self.snap(bare))
    }

    /// The first grapheme boundary after an offset; the text's end when there is none.
    pub fn next_grapheme(&self, byte: usize) -> usize {
        next_boundary(self.as_str(), floor_char(self.as_str(), byte))
    }

    /// The last grapheme boundary before an offset; the text's start when there is none.
    pub fn prev_grapheme(&self, byte: usize) -> usize {
        prev_boundary(self.as_str(), ceil_char(self.as_str(), byte))
    }

    /// Whether an offset lies between two grapheme clusters.
    pub fn is_grapheme_boundary(&self, byte: usize) -> bool {
        self.as_str().is_char_boundary(byte) && is_boundary(self.as_str(), byte)
    }

    fn count(&self, byte: usize) -> Sample {
        let text = self.as_str();
        let byte = floor_char(text, byte);
        if self.inner.samples.is_empty() {
            return Sample {
                code_points: byte,
                utf16: byte,
            };
        }
        match self.inner.samples.get(byte / STRIDE) {
            Some(sample) => sample.after(&text.as_bytes()[byte / STRIDE * STRIDE..byte]),
            None => self.inner.total,
        }
    }
}

impl std::fmt::Debug for SourceText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SourceText({} bytes)", self.len())
    }
}

impl PartialEq for SourceText {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner) || self.as_str() == other.as_str()
    }
}

impl Default for SourceText {
    fn default() -> Self {
        Self::new("")
    }
}

/// Whether a character boundary lies between two grapheme clusters.
pub(super) fn is_boundary(text: &str, byte: usize) -> bool {
    if byte == 0 || byte >= text.len() {
        return true;
    }
    let bytes = text.as_bytes();
    if is_plain_ascii(bytes[byte - 1]) && is_plain_ascii(bytes[byte]) {
        return true;
    }
    let before = text[..byte].chars().next_back();
    let after = text[byte..].chars().next();
    if before.is_some_and(is_plain) && after.is_some_and(is_plain) {
        return true;
    }
    let from = safe_start(text, byte);
    GraphemeCursor::new(byte - from, text.len() - from, true)
        .is_boundary(&text[from..], 0)
        .unwrap_or(true)
}

/// The first grapheme boundary after a character boundary.
pub(super) fn next_boundary(text: &str, byte: usize) -> usize {
    if byte >= text.len() {
        return text.len();
    }
    let from = safe_start(text, byte);
    let mut cursor = GraphemeCursor::new(byte - from, text.len() - from, true);
    match cursor.next_boundary(&text[from..], 0) {
        Ok(Some(next)) => from + next,
        _ => text.len(),
    }
}

/// The last grapheme boundary before a character boundary.
pub(super) fn prev_boundary(text: &str, byte: usize) -> usize {
    if byte == 0 {
        return 0;
    }
    let from = safe_start(text, byte);
    let mut cursor = GraphemeCursor::new(byte - from, text.len() - from, true);
    match cursor.prev_boundary(&text[from..], 0) {
        Ok(Some(previous)) => from + previous,
        _ => from,
    }
}

/// The grapheme boundary at an offset, or the last one before it.
pub(super) fn floor_boundary(text: &str, byte: usize) -> usize {
    let byte = floor_char(text, byte);
    if is_boundary(text, byte) {
        byte
    } else {
        prev_boundary(text, byte)
    }
}

/// The grapheme boundary at an offset, or the first one after it.
pub(super) fn ceil_boundary(text: &str, byte: usize) -> usize {
    let byte = ceil_char(text, byte);
    if is_boundary(text, byte) {
        byte
    } else {
        next_boundary(text, byte)
    }
}

/// A grapheme boundary before an offset that can be told without looking further back.
fn safe_start(text: &str, byte: usize) -> usize {
    let stop = floor_char(text, byte.saturating_sub(LOOK_BACK));
    let mut follower_is_plain = false;
    for (at, c) in text[stop..byte].char_indices().rev() {
        let is_plain = is_plain(c);
        if is_plain && follower_is_plain {
            return stop + at + c.len_utf8();
        }
        follower_is_plain = is_plain;
    }
    stop
}

fn is_plain_ascii(byte: u8) -> bool {
    matches!(byte, b'\n' | b' '..=b'~')
}

/// Whether a character is one of those between any two of which there is always a grapheme boundary.
///
/// Letters and punctuation of the scripts that most news is written in, to spare them the search; leaving some out
/// costs only time.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\n' | '\t' | ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}'
        | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{58F}' | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{20A0}'..='\u{20BF}'
        | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A0}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF9D}')
}

/// The character boundary at or before an offset.
pub(super) fn floor_char(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The character boundary at or after an offset.
pub(super) fn ceil_char(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
