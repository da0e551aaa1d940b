//! Quotations inside a sentence that no other rule explains: `The mayor called it “a disgrace”.`
//!
//! The quotation alone is the content; the source is the subject of the nearest cue, or of the sentence.
//! *Limitations*: a guess, and marked as one.

use super::cue::{Cue, Stance};
use super::draft::Draft;
use super::german;
use super::phrase;
use super::unit::Unit;
use crate::suggest::Confidence;
use crate::suggest::lexicon::{Class, Language};

/// Reads the uncovered quotations of a unit that holds other words too.
pub(super) fn read(unit: &Unit<'_>, covered: &[bool], cues: &[Cue]) -> Option<Draft> {
    let quotes: Vec<usize> = (0..unit.tokens.len())
        .filter(|at| unit.quote(*at) && !covered[*at])
        .collect();
    let first = *quotes.first()?;
    let words = unit.tokens.iter().filter(|token| token.is_word()).count();
    if words < 2 {
        return None;
    }
    let by_cue = cues
        .iter()
        .filter(|cue| cue.first < first && !covered[cue.verb] && cue.stance != Stance::Reduced)
        .filter_map(|cue| {
            let source = match unit.lexicon.language {
                Language::English => phrase::before(unit, cue.first)?,
                Language::German => german::subject(unit, cue)?.0,
            };
            Some((cue, source))
        })
        .next_back();
    // "Residents had been told “…”": not by them.
    if by_cue.is_some_and(|(cue, _)| cue.stance == Stance::Passive && cue.class.is(Class::TELL)) {
        return None;
    }
    // "Die Regeln seien „überholt“.": reported speech without a cue goes on from the sentence before.
    if by_cue.is_none() && german::is_reported(unit) {
        let why = "Reported speech that goes on from the speaker before";
        let mut draft = Draft::new(unit, None, (0, 0), Confidence::Hint, why);
        draft.goes_on = true;
        for at in quotes {
            draft.add(unit, at, at + 1);
        }
        return Some(draft);
    }
    let (source, cue) = match by_cue {
        Some((cue, source)) => (Some(source), Some(cue.shown)),
        None => (subject(unit, first), None),
    };
    let source = source?;
    let mut draft = Draft::new(
        unit,
        Some(source),
        cue.unwrap_or((source.end, source.end)),
        Confidence::Hint,
        "Words in quotation marks; the subject of the sentence may be the speaker",
    );
    if cue.is_none() {
        draft.cue = None;
    }
    for at in quotes {
        draft.add(unit, at, at + 1);
    }
    Some(draft)
}

/// The noun phrase that opens the sentence.
fn subject(unit: &Unit<'_>, stop: usize) -> Option<phrase::Phrase> {
    let mut at = 0;
    while at < stop
        && unit.is(at, Class::CONJUNCTION.and(Class::ADVERB))
        && !unit.is(at, Class::PREPOSITION)
    {
        at += 1;
    }
    if unit.is(at, Class::PREPOSITION) {
        at = (at..stop).find(|near| unit.pause(*near))? + 1;
    }
    let person = Class::SPEAKER.and(Class::PRONOUN).and(Class::DEMONYM);
    let can_speak = |at: usize| {
        unit.is(at, person)
            || unit.tokens[at].capital
                && !unit.is(at, Class::CLOSED.and(Class::OPENER).and(Class::CALENDAR))
    };
    phrase::after(unit, at)
        .filter(|phrase| phrase.end <= stop && (phrase.first..phrase.end).any(can_speak))
}
