//! The source stands behind "by": `The sale was first reported by the Courier.`, `… described by critics as a folly`.
//!
//! *Limitations*: without "as" or "that" the content is the noun phrase before the verb, not its whole clause.

use super::ahead;
use super::cue::Cue;
use super::draft::Draft;
use super::phrase;
use super::unit::Unit;
use crate::suggest::Confidence;
use crate::suggest::lexicon::{Class, Language};

/// Reads a participle with "by" behind it.
pub(super) fn read(unit: &Unit<'_>, cue: &Cue) -> Option<Draft> {
    if unit.lexicon.language == Language::German || !unit.is(cue.verb, Class::PARTICIPLE) {
        return None;
    }
    let by = (cue.verb + 1..cue.verb + 3).find(|at| unit.says(*at, &["by"]))?;
    let source = phrase::after(unit, by + 1)?;
    let somebody =
        (source.first..source.end).any(|at| unit.tokens[at].capital || unit.is(at, Class::SPEAKER));
    let means = unit.tokens[source.first..source.end]
        .iter()
        .any(|token| token.is(Class::CALENDAR.and(Class::TIME).and(Class::ING_FORM)));
    if !somebody || means {
        return None;
    }
    let mut draft = Draft::new(
        unit,
        Some(source),
        (cue.first, by + 1),
        Confidence::Likely,
        "“By” names who says it",
    );
    if unit.says(source.end, &["as", "that"]) {
        let first = source.end + 1;
        let aside = cue.first > 0 && unit.pause(cue.first - 1);
        let end = (first..unit.end()).find(|at| aside && unit.pause(*at));
        let end = end.unwrap_or_else(|| ahead::cut(unit, first, unit.end()));
        draft.add(unit, first, end);
    } else {
        let object = phrase::before(unit, cue.first)?;
        draft.add(unit, object.first, object.end);
    }
    (!draft.content.is_empty()).then_some(draft)
}
