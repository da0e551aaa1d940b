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

/// How many more words of one language than of the others settle the matter.
const LANGUAGE_LEAD: u32 = 6;

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
        // Blocks are short, so that a step is found sooner than by halving.
        let before = |at: usize| rest.iter().take_while(|stop| stop.at() < at).count();
        let own = before(block.span.start())..before(block.span.end());
        sentences(text, block.span, &rest[own.clone()], manner, &mut found);
        rest = &rest[own.end..];
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
    let sample = &text.as_bytes()[..text.len().min(LANGUAGE_SAMPLE)];
    let (mut german, mut others) = (0_i32, 0_i32);
    // The bytes of other letters than ours are part of words.
    for word in sample.split(|b| !(b.is_ascii_alphabetic() || *b >= 0x80)) {
        match word {
            b"Der" | b"Die" | b"Das" | b"der" | b"die" | b"das" | b"und" | b"den" | b"dem"
            | b"ist" | b"nicht" | b"mit" | b"von" | b"auf" | b"eine" => german += 1,
            b"the" | b"of" | b"and" | b"to" | b"that" | b"le" | b"la" | b"les" | b"et" | b"el"
            | b"los" | b"y" => others += 1,
            _ => {}
        }
        if german.abs_diff(others) >= LANGUAGE_LEAD {
            break;
        }
    }
    german > others
}
