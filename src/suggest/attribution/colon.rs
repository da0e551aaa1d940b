//! A name, a colon and a quotation, without a verb: `Ada Holm, mayor of Tarn: “…”`.

use super::draft::Draft;
use super::phrase::Phrase;
use super::unit::Unit;
use crate::suggest::Confidence;
use crate::suggest::lexicon::Class;

/// Longest name with title and apposition, in tokens.
const LONGEST: usize = 24;

/// Reads a unit that is nothing but a name, a colon and quotations.
pub(super) fn read(unit: &Unit<'_>) -> Option<Draft> {
    let colon = (1..unit.tokens.len().min(LONGEST))
        .find(|at| unit.mark(*at, &[':', '–', '—', '―']) && unit.quote(at + 1))?;
    let verb = Class::AUXILIARY.and(Class::PLAIN_VERB).and(Class::PRONOUN);
    let finite = |at: usize| {
        unit.is(at, verb)
            || unit.is(at, Class::CUE)
                && !unit.tokens[at].capital
                && !unit.is(at, Class::DOCUMENT.and(Class::ROLE))
    };
    let capital = (0..colon).any(|at| unit.tokens[at].capital);
    if !capital
        || (0..colon).any(|at| finite(at) || unit.quote(at))
        || colon == 1 && unit.word(0).chars().count() < 2
    {
        return None;
    }
    let mut draft = Draft::new(
        unit,
        Some(Phrase {
            first: 0,
            end: colon,
        }),
        (colon, colon),
        Confidence::Sure,
        "Name and colon before the quote",
    );
    draft.cue = None;
    draft.add(unit, colon + 1, unit.tokens.len());
    Some(draft)
}
