//! One pass over the bytes of a text that notes what the segmenter looks at: line ends, full stops, quotation marks.
//!
//! Decides nothing. Everything later goes from note to note, which is what makes the segmenter fast.

use crate::model::ByteOffset;

/// What was met on the way through a text, each list by offset.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Offsets of line feeds.
    pub lines: Vec<usize>,
    /// Characters that may end a sentence.
    pub stops: Vec<Sign>,
    /// Characters that may be quotation marks, apostrophes among them.
    pub marks: Vec<Sign>,
}

/// A character of interest and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    at: ByteOffset,
    /// The character itself.
    pub c: char,
}

impl Sign {
    fn new(at: usize, c: char) -> Self {
        let at = at.into();
        Self { at, c }
    }

    /// Byte offset.
    pub fn at(self) -> usize {
        self.at.get()
    }

    /// The offset behind the character.
    pub fn end(self) -> usize {
        self.at() + self.c.len_utf8()
    }
}

/// Bytes that are looked at together.
const STRIDE: usize = 16;

/// Notes everything of interest in a text.
pub(super) fn scan(text: &str) -> Scan {
    // A sentence has some hundred bytes, and every third has a mark; a little too much room is soon given back.
    let mut scan = Scan {
        lines: Vec::with_capacity(text.len() / 128),
        stops: Vec::with_capacity(text.len() / 64),
        marks: Vec::with_capacity(text.len() / 64),
    };
    let (strides, rest) = text.as_bytes().as_chunks::<STRIDE>();
    for (n, stride) in strides.iter().enumerate() {
        // Most strides are letters and spaces, and are passed over in a few instructions.
        let mut flags = [0; STRIDE];
        for (flag, &byte) in flags.iter_mut().zip(stride) {
            *flag = may_interest(byte);
        }
        let mut hits = u128::from_le_bytes(flags);
        while hits != 0 {
            let at = hits.trailing_zeros() as usize / 8;
            note(&mut scan, text, n * STRIDE + at, stride[at]);
            hits &= hits - 1;
        }
    }
    for (at, &byte) in (text.len() - rest.len()..).zip(rest) {
        note(&mut scan, text, at, byte);
    }
    scan
}

/// 1 where a byte may be of interest: roughly, and without a branch, so that the compiler can ask it of a stride at
/// once.
fn may_interest(byte: u8) -> u8 {
    let signs = [b'\n', b'.', b'!', b'?', b'"', b'\'', b'`'];
    signs.iter().fold(u8::from(byte >= 0xC2), |any, &sign| {
        any | u8::from(byte == sign)
    })
}

#[inline]
fn note(scan: &mut Scan, text: &str, at: usize, byte: u8) {
    let c = char::from(byte);
    match byte {
        b'\n' => scan.lines.push(at),
        b'.' | b'!' | b'?' => scan.stops.push(Sign::new(at, c)),
        b'"' | b'\'' | b'`' => scan.marks.push(Sign::new(at, c)),
        // First bytes of « », Arabic and Indic stops, general punctuation, CJK punctuation, full-width forms.
        0xC2 | 0xD8 | 0xDB | 0xE0 | 0xE2 | 0xE3 | 0xEF => note_wide(scan, text, at),
        _ => {}
    }
}

fn note_wide(scan: &mut Scan, text: &str, at: usize) {
    // An offset of a first byte is a character boundary, so there is a character.
    let Some(c) = text[at..].chars().next() else {
        return;
    };
    if is_stop(c) {
        scan.stops.push(Sign::new(at, c));
    } else if is_mark(c) {
        scan.marks.push(Sign::new(at, c));
    }
}

/// Whether a character may end a sentence.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉')
        || is_wide_stop(c)
        || matches!(c, '؟' | '۔' | '।' | '॥')
}

/// Whether a character ends a sentence without a space behind it, as in Chinese and Japanese.
pub(super) fn is_wide_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '｡')
}

/// Whether a character may be a quotation mark.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '"' | '\'' | '`' | '«' | '»' | '‘'..='‟' | '‹' | '›' | '「'..='』' | '｢' | '｣' | '＂' | '〝'..='〟')
}
