//! A name and a quotation without a verb: `Ada Holm, mayor of Tarn: “…”`, `“…” — Ada Holm`.
//!
//! In a headline the words after the colon need no marks: `Holm: The bridge will stay`.

use super::draft::Draft;
use super::phrase::{self, Phrase};
use super::unit::Unit;
use crate::suggest::Confidence;
use crate::suggest::lexicon::{Class, Language};
use crate::suggest::token::Kind;

/// Longest name with title and apposition, in tokens.
const LONGEST: usize = 24;

/// Reads a unit that is nothing but a name, a colon and quotations.
pub(super) fn read(unit: &Unit<'_>) -> Option<Draft> {
    if let Some(draft) = signed(unit) {
        return Some(draft);
    }
    let colon = (1..unit.tokens.len().min(LONGEST))
        .find(|at| unit.mark(*at, &[':', '–', '—', '―']) && unit.quote(at + 1))?;
    let verb = Class::AUXILIARY.and(Class::PLAIN_VERB).and(Class::PRONOUN);
    let finite = |at: usize| {
        unit.is(at, verb)
            || unit.is(at, Class::CUE)
                && !unit.tokens[at].capital
                && !unit.is(at, Class::DOCUMENT.and(Class::ROLE))
    };
    // German verbs are not all known: beside names only little words may stand here.
    let little = Class::DETERMINER
        .and(Class::PREPOSITION)
        .and(Class::PARTICLE);
    if unit.lexicon.language == Language::German
        && unit.tokens[..colon].iter().any(|token| {
            token.kind == Kind::Word
                && !token.capital
                && !token.is(little)
                && !token.is(Class::ROLE)
        })
    {
        return None;
    }
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

/// Reads quotations, a dash and a name.
fn signed(unit: &Unit<'_>) -> Option<Draft> {
    let dash = (1..unit.end()).find(|at| !unit.quote(*at))?;
    let end = unit.end();
    let name = unit.tokens.get(dash + 1)?;
    let speaks = (dash + 1..end).any(|at| {
        unit.is(at, Class::AUXILIARY.and(Class::PLAIN_VERB).and(Class::CUE)) || unit.quote(at)
    });
    let dashed = unit.quote(0) && unit.mark(dash, &['–', '—', '―']);
    let named = name.capital && name.kind == Kind::Word;
    if !dashed || !named || speaks || end - dash > LONGEST {
        return None;
    }
    let mut draft = Draft::new(
        unit,
        Some(Phrase {
            first: dash + 1,
            end,
        }),
        (dash, dash),
        Confidence::Likely,
        "A name and a dash follow the quote",
    );
    draft.cue = None;
    draft.add(unit, 0, dash);
    Some(draft)
}

/// Longest name before the colon of a headline, in tokens.
const LONGEST_IN_HEADLINE: usize = 7;

/// Reads a headline that opens with who speaks.
pub(super) fn headline(unit: &Unit<'_>) -> Option<Draft> {
    let colon =
        (1..unit.tokens.len().min(LONGEST_IN_HEADLINE)).find(|at| unit.mark(*at, &[':']))?;
    let source = phrase::before(unit, colon).filter(|source| source.first == 0)?;
    let person = Class::ROLE
        .and(Class::UNNAMED)
        .and(Class::SURNAME)
        .and(Class::GIVEN)
        .and(Class::DOCUMENT)
        .and(Class::TITLE);
    let somebody = (0..colon).any(|at| unit.is(at, person));
    if !somebody || unit.end() < colon + 4 || unit.quote(colon + 1) {
        return None;
    }
    let mut draft = Draft::new(
        unit,
        Some(source),
        (colon, colon),
        Confidence::Hint,
        "A headline that opens with who speaks",
    );
    draft.cue = None;
    draft.add(unit, colon + 1, unit.tokens.len());
    Some(draft)
}
