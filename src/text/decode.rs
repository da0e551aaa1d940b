//! From the bytes of a file to its text.
//!
//! A byte order mark decides, else UTF-8, else UTF-16 told by its zero bytes, else a guess. The mark is dropped and
//! line ends become LF; nothing else is changed. Which bytes are no text at all is in `binary`, the names of
//! encodings are in `encodings`.
//!
//! *Limitations*: UTF-32 is refused; text in UTF-16 without a mark and without a single ASCII character is guessed
//! wrongly.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use thiserror::Error;

use crate::model::Newline;

use super::binary;
use super::encodings::{find, python_name};

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark, lines ended by LF. The bytes themselves where they are that already.
    pub text: Cow<'a, str>,
    /// Encoding under the name that Python knows.
    pub encoding: &'static str,
    /// Whether the file begins with a byte order mark.
    pub bom: bool,
    /// How its lines end.
    pub newline: Newline,
    /// How many times bytes had to be replaced by U+FFFD.
    pub replaced: usize,
    /// Whether the encoding is a guess.
    pub guessed: bool,
}

/// Why bytes are not an article's text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// The bytes are not text.
    #[error("{reason}")]
    Binary {
        /// What they are, as a sentence.
        reason: String,
    },
    /// The encoding that was asked for is unknown.
    #[error("The encoding “{0}” is not known.")]
    UnknownEncoding(String),
}

/// Decodes a file, with the encoding a person chose or the one its bytes suggest.
///
/// # Errors
/// When the bytes are not text, or `forced` names no encoding.
pub fn decode<'a>(bytes: &'a [u8], forced: Option<&str>) -> Result<Decoded<'a>, DecodeError> {
    decode_known(bytes, std::str::from_utf8(bytes).ok(), forced)
}

/// The same of a file that is known to be UTF-8, though it may be meant as something else.
///
/// # Errors
/// As those of [`decode`].
pub fn decode_utf8<'a>(text: &'a str, forced: Option<&str>) -> Result<Decoded<'a>, DecodeError> {
    decode_known(text.as_bytes(), Some(text), forced)
}

/// Decodes a file of which is known what it is as UTF-8, if it is that.
fn decode_known<'a>(
    bytes: &'a [u8],
    utf8: Option<&'a str>,
    forced: Option<&str>,
) -> Result<Decoded<'a>, DecodeError> {
    if let Some(reason) = binary::by_signature(bytes) {
        return Err(DecodeError::Binary {
            reason: reason.to_owned(),
        });
    }
    if let Some(label) = forced {
        let encoding =
            find(label, bytes).ok_or_else(|| DecodeError::UnknownEncoding(label.to_owned()))?;
        return Ok(finish(bytes, utf8, encoding, false));
    }
    let (encoding, guessed) = recognise(bytes, utf8.is_some());
    let decoded = finish(bytes, utf8, encoding, guessed);
    match binary::by_characters(&decoded.text, guessed) {
        Some(reason) => Err(DecodeError::Binary {
            reason: reason.to_owned(),
        }),
        None => Ok(decoded),
    }
}

fn recognise(bytes: &[u8], is_utf8: bool) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, false);
    }
    // ASCII in UTF-16 is valid UTF-8 full of zeros, so this comes first.
    if let Some(encoding) = utf16_without_mark(bytes) {
        return (encoding, true);
    }
    if is_utf8 {
        (UTF_8, false)
    } else if is_damaged_utf8(bytes) {
        (UTF_8, true)
    } else {
        (guess(bytes), true)
    }
}

/// Whether most of what is beyond ASCII has the shape of UTF-8 after all: one bad byte does not make an article Turkish.
///
/// The shape is a first byte with as many others behind it as it announces. Overlong forms, halves of surrogate pairs
/// and a character cut by the end of the file have it too, and older encodings have it rarely.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut shaped, mut others, mut at) = (0_usize, 0_usize, 0);
    while at < bytes.len() {
        let announced = match bytes[at] {
            0x00..=0x7F => {
                at += 1;
                continue;
            }
            0xC0..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF7 => 3,
            _ => 0,
        };
        let rest = &bytes[at + 1..];
        let following = rest
            .iter()
            .take(announced)
            .take_while(|&&b| b & 0xC0 == 0x80);
        let following = following.count();
        let is_cut = following > 0 && following == rest.len();
        if announced > 0 && (following == announced || is_cut) {
            shaped += 1;
            at += 1 + following;
        } else {
            others += 1;
            at += 1;
        }
    }
    shaped >= others
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without a mark: the zero bytes of its ASCII characters all stand on one side of the pairs.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |side: usize| {
        sample
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let (first, second) = (zeros(0), zeros(1));
    let (encoding, more, fewer) = if first > second {
        (UTF_16BE, first, second)
    } else {
        (UTF_16LE, second, first)
    };
    // Text with a stray zero is not half zeros, as ASCII in UTF-16 is. Letters of other scripts are control characters
    // when they are read byte by byte.
    let is_plain = std::str::from_utf8(sample).is_ok_and(|text| {
        let odd = text
            .chars()
            .filter(|&c| c != '\0' && binary::is_odd_control(c));
        odd.count() * 32 <= sample.len()
    });
    if is_plain && more * 4 < sample.len() {
        return None;
    }
    // Spaces and line ends alone make a fiftieth of any script's text; other scripts have zeros on both sides rarely.
    if more == 0 || more * 50 < sample.len() / 2 || fewer * 10 > more {
        return None;
    }
    let (text, replaced) = decode_counting(encoding, sample);
    // The sample may cut a surrogate pair at its end.
    let is_text = replaced <= 1 && !text.chars().any(binary::is_odd_control);
    is_text.then_some(encoding)
}

fn finish<'a>(
    bytes: &'a [u8],
    utf8: Option<&'a str>,
    encoding: &'static Encoding,
    guessed: bool,
) -> Decoded<'a> {
    let (bom, from) = match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => (true, length),
        _ => (false, 0),
    };
    let (text, mut replaced) = match utf8.and_then(|text| text.get(from..)) {
        Some(text) if encoding == UTF_8 => (Cow::Borrowed(text), 0),
        _ => {
            let (text, replaced) = decode_counting(encoding, &bytes[from..]);
            (Cow::Owned(text), replaced)
        }
    };
    let text = if encoding.name().starts_with("windows-") {
        replace_undefined(text, &mut replaced)
    } else {
        text
    };
    let (text, newline) = unify_line_ends(text);
    Decoded {
        text,
        encoding: python_name(encoding),
        bom,
        newline,
        replaced,
        guessed,
    }
}

fn decode_counting(encoding: &'static Encoding, bytes: &[u8]) -> (String, usize) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let (mut read, mut replaced) = (0, 0);
    loop {
        let (result, used) =
            decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
        read += used;
        match result {
            DecoderResult::InputEmpty => return (text, replaced),
            DecoderResult::OutputFull => {
                text.reserve((bytes.len() - read).saturating_mul(3).max(64));
            }
            DecoderResult::Malformed(..) => {
                text.push('\u{FFFD}');
                replaced += 1;
                text.reserve(64);
            }
        }
    }
}

/// Replaces what the Windows code pages leave undefined.
///
/// Browsers decode those bytes to C1 control characters, Python not at all.
fn replace_undefined<'a>(text: Cow<'a, str>, replaced: &mut usize) -> Cow<'a, str> {
    let is_c1 = |c: char| ('\u{80}'..='\u{9F}').contains(&c);
    if !text.contains(is_c1) {
        return text;
    }
    *replaced += text.chars().filter(|&c| is_c1(c)).count();
    Cow::Owned(text.replace(is_c1, "\u{FFFD}"))
}

fn unify_line_ends(text: Cow<'_, str>) -> (Cow<'_, str>, Newline) {
    let bytes = text.as_bytes();
    if !bytes.contains(&b'\r') {
        return (text, Newline::Lf);
    }
    let mut out = String::with_capacity(text.len());
    let (mut crlf, mut cr, mut from) = (0_usize, 0_usize, 0);
    for (at, _) in text.match_indices('\r') {
        out.push_str(&text[from..at]);
        from = at + 1;
        if bytes.get(from) == Some(&b'\n') {
            crlf += 1;
        } else {
            cr += 1;
            out.push('\n');
        }
    }
    out.push_str(&text[from..]);
    let lf = bytes.iter().filter(|&&b| b == b'\n').count() - crlf;
    let newline = match (lf, crlf, cr) {
        (0, _, 0) => Newline::CrLf,
        (0, 0, _) => Newline::Cr,
        _ => Newline::Mixed,
    };
    (Cow::Owned(out), newline)
}
