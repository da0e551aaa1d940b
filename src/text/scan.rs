//! One pass over the bytes of a text that notes what the segmenter looks at: line ends, full stops, quotation marks.
//!
//! Decides nothing. Everything later goes from note to note, which is what makes the segmenter fast.

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
    /// Byte offset.
    pub at: usize,
    /// The character itself.
    pub c: char,
}

impl Sign {
    /// The offset behind the character.
    pub fn end(self) -> usize {
        self.at + self.c.len_utf8()
    }
}

/// Bytes at which something of interest may begin.
const INTERESTING: [bool; 256] = {
    let mut table = [false; 256];
    let ascii = b"\n.!?\"'`";
    let mut i = 0;
    while i < ascii.len() {
        table[ascii[i] as usize] = true;
        i += 1;
    }
    // First bytes of « », Arabic and Indic stops, general punctuation, CJK punctuation, full-width forms.
    let leads = [0xC2, 0xD8, 0xDB, 0xE0, 0xE2, 0xE3, 0xEF];
    let mut i = 0;
    while i < leads.len() {
        table[leads[i]] = true;
        i += 1;
    }
    table
};

/// Notes everything of interest in a text.
pub(super) fn scan(text: &str) -> Scan {
    let mut scan = Scan::default();
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        if !INTERESTING[usize::from(byte)] {
            continue;
        }
        match byte {
            b'\n' => scan.lines.push(at),
            b'.' | b'!' | b'?' => scan.stops.push(Sign {
                at,
                c: char::from(byte),
            }),
            b'"' | b'\'' | b'`' => scan.marks.push(Sign {
                at,
                c: char::from(byte),
            }),
            _ => note_wide(&mut scan, text, at),
        }
    }
    scan
}

fn note_wide(scan: &mut Scan, text: &str, at: usize) {
    // An offset of a first byte is a character boundary, so there is a character.
    let Some(c) = text[at..].chars().next() else {
        return;
    };
    if is_stop(c) {
        scan.stops.push(Sign { at, c });
    } else if is_mark(c) {
        scan.marks.push(Sign { at, c });
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
