//! The words come first: `“…,” she said.`, `…, one source told the outlet.`, `“…,” said Ada Holm, a nurse.`
//!
//! Also the cue inside the words: `“…,” she said, “…”` and `The plan, officials said, would fail.`

use super::complement::{self, Opening};
use super::cue::{self, Cue, Stance};
use super::draft::Draft;
use super::german;
use super::phrase::{self, Phrase};
use super::unit::Unit;
use crate::suggest::Confidence;
use crate::suggest::lexicon::{Class, Language};

/// Fewest tokens of unquoted words before a cue that make a content.
const SHORTEST: usize = 3;

/// Reads the unit from token `from` on with this cue as one that follows its words.
pub(super) fn read(unit: &Unit<'_>, cue: &Cue, from: usize) -> Option<Draft> {
    if matches!(
        cue.stance,
        Stance::Participle | Stance::Reduced | Stance::Shared | Stance::Passive
    ) {
        return None;
    }
    if !cue.class.is(Class::SAY
        .and(Class::TELL)
        .and(Class::ASK)
        .and(Class::STATE))
    {
        return None;
    }
    let straight = phrase::before(unit, cue.first).filter(|subject| subject.first > from);
    if let Some(subject) = straight
        && let Some(left) = left_end(unit, from, subject.first)
    {
        return finish(unit, cue, from, left, subject, cue.end);
    }
    let left = left_end(unit, from, cue.first)?;
    if phrase::before(unit, cue.first).is_some() && !unit.quote(left - 1) {
        return None;
    }
    if !cue.class.is(Class::SAY.and(Class::ASK)) {
        return None;
    }
    let subject = match unit.lexicon.language {
        Language::English => phrase::after(unit, cue.end)?,
        Language::German => german::behind(unit, cue)?,
    };
    finish(unit, cue, from, left, subject, subject.end.max(cue.end))
}

/// Where the words end, when the tokens `from..stop` are words followed by a pause or a quotation.
fn left_end(unit: &Unit<'_>, from: usize, stop: usize) -> Option<usize> {
    let last = stop.checked_sub(1)?;
    if last < from {
        return None;
    }
    if unit.quote(last) {
        return Some(stop);
    }
    if !unit.pause(last) && !unit.mark(last, &['?', '!']) {
        return None;
    }
    let quoted = last > from && unit.quote(last - 1);
    (quoted || last - from >= SHORTEST).then_some(last)
}

fn finish(
    unit: &Unit<'_>,
    cue: &Cue,
    from: usize,
    left: usize,
    subject: Phrase,
    rest: usize,
) -> Option<Draft> {
    let quoted = (from..left).any(|at| unit.quote(at));
    let ends_quoted = left > from && unit.quote(left - 1);
    let total = unit.tokens.len();
    let complement = complement::read(unit, rest, cue.class, total);
    let open = matches!(
        complement.opening,
        Opening::That | Opening::Question | Opening::Clause | Opening::Infinitive | Opening::Object
    );
    if open && !ends_quoted {
        return None;
    }
    if complement.opening == Opening::Quote && !quoted {
        return None;
    }
    let (confidence, why) = match (quoted, ends_quoted) {
        (true, true) => (
            Confidence::Sure,
            "The speaker and a verb of saying follow the quote",
        ),
        (true, false) => (
            Confidence::Sure,
            "The speaker and a verb of saying follow words partly in quotation marks",
        ),
        _ if cue.class.is(Class::SAY.and(Class::TELL)) => (
            Confidence::Sure,
            "The speaker and a verb of saying follow the words, after a comma",
        ),
        _ => (
            Confidence::Likely,
            "Somebody and a verb of thinking or telling follow the words, after a comma",
        ),
    };
    let mut draft = Draft::new(unit, Some(subject), cue.shown, confidence, why);
    draft.add(unit, from, left);
    match complement.opening {
        Opening::Quote => {
            let mut stop = complement.at;
            while stop < total && (unit.quote(stop) || unit.pause(stop)) {
                stop += 1;
            }
            let rest_is_words =
                stop < unit.end() && !unit.pause(stop - 1) && !starts_new(unit, stop);
            draft.add(
                unit,
                complement.at,
                if rest_is_words { unit.end() } else { stop },
            );
        }
        Opening::Nothing if complement.paused && !ends_quoted => {
            let at = (rest..total).find(|at| unit.pause(*at)).unwrap_or(total) + 1;
            if at < total && unit.end() >= at + 3 && !starts_new(unit, at) {
                draft.add(unit, at, unit.end());
            }
        }
        _ => {}
    }
    Some(draft)
}

/// Whether the words from `at` on are the writer's again: "adding …", "which …", "and …".
fn starts_new(unit: &Unit<'_>, at: usize) -> bool {
    unit.is(at, Class::ING_FORM.and(Class::CONJUNCTION))
        || unit.word(at).ends_with("ing")
        || cue::at(unit, at).is_some()
        || unit.is(at, Class::PREPOSITION)
        || unit.is(at, Class::PRONOUN)
}
