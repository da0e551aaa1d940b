//! A sentence that ends in a colon and announces the quotation of the next paragraph: `Quist went on to say:`.
//!
//! The draft it gives has no words yet; `joining` hands it the quotation that opens the next block.

use super::cue::{Cue, Stance};
use super::draft::Draft;
use super::phrase;
use super::unit::Unit;
use crate::suggest::Confidence;
use crate::suggest::lexicon::Class;

/// Reads a unit without a quotation whose last mark is a colon.
pub(super) fn read(unit: &Unit<'_>, cues: &[Cue]) -> Option<Draft> {
    let last = unit.tokens.len().checked_sub(1)?;
    if !unit.mark(last, &[':']) || unit.quote(last) {
        return None;
    }
    let speech = Class::SAY.and(Class::TELL).and(Class::ASK);
    let cue = cues.iter().rfind(|cue| {
        !matches!(cue.stance, Stance::Passive | Stance::Reduced) && cue.class.is(speech)
    })?;
    let subject = phrase::before(unit, cue.first)?;
    let why = "A sentence with a colon announces the quote of the next paragraph";
    Some(Draft::new(
        unit,
        Some(subject),
        cue.shown,
        Confidence::Likely,
        why,
    ))
}
