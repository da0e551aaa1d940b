//! Blocks, sentences and quotes of a text together.
//!
//! Each is found by its own file; a person's corrections are applied in `overrides`.

use crate::model::{Segments, Span};

use super::block_kind::classify;
use super::mark::guillemets;
use super::paragraph::paragraphs;
use super::quote::{Marking, quotes};
use super::scan::{Scan, Sign, scan};
use super::sentence::{Manner, sentences};

/// How much of a text is read to learn its language, in bytes.
const LANGUAGE_SAMPLE: usize = 1024;

/// Finds the blocks, sentences and quotes of a text. Linear in its length; never fails.
pub fn segment(text: &str) -> Segments {
    let Scan {
        lines,
        stops,
        marks,
    } = scan(text);
    let blocks = classify(text, &paragraphs(text, &lines));
    let german = is_german(text);
    let manner = Manner { ordinals: german };
    let mut found: Vec<Span> = Vec::with_capacity(stops.len());
    let mut rest: &[Sign] = &stops;
    for block in &blocks {
        let from = rest.partition_point(|stop| stop.at < block.span.start());
        let to = rest.partition_point(|stop| stop.at < block.span.end());
        sentences(text, block.span, &rest[from..to], manner, &mut found);
        rest = &rest[to..];
    }
    let marking = Marking {
        guillemets: guillemets(text, &marks),
        german,
    };
    let quotes = quotes(text, &blocks, &found, &marks, marking);
    Segments {
        blocks,
        sentences: found,
        quotes,
    }
}

/// Whether the commonest words of the beginning are German.
fn is_german(text: &str) -> bool {
    let sample = &text[..super::index::floor_char(text, LANGUAGE_SAMPLE)];
    let (mut german, mut others) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphabetic()) {
        match word {
            "Der" | "Die" | "Das" | "der" | "die" | "das" | "und" | "den" | "dem" | "ist"
            | "nicht" | "mit" | "von" | "auf" | "für" | "eine" => german += 1,
            "the" | "of" | "and" | "to" | "that" | "le" | "la" | "les" | "et" | "el" | "los"
            | "y" => others += 1,
            _ => {}
        }
    }
    german > others
}
