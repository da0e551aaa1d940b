//! Words that the article gives to nobody: `…, it has been reported.`, `It is understood that …`,
//! `The ministry is understood to be selling it.`

use super::ahead;
use super::draft::Draft;
use super::unit::Unit;
use crate::suggest::Confidence;
use crate::suggest::lexicon::Class;

const WHY: &str = "Reported, but the article does not say by whom";

/// Participles with which "is … to" passes on what others say.
const RUMOURS: [&str; 6] = [
    "understood",
    "said",
    "reported",
    "alleged",
    "rumoured",
    "rumored",
];

/// Reads "it", a passive and the words before or behind it.
pub(super) fn read(unit: &Unit<'_>) -> Option<Draft> {
    for verb in 2..unit.tokens.len() {
        if !unit.is(verb, Class::PARTICIPLE) || !unit.is(verb, Class::CUE) {
            continue;
        }
        let mut first = verb;
        while first > 0
            && verb - first < 5
            && (unit.is(first - 1, Class::AUXILIARY.and(Class::ADVERB))
                || unit.tokens[first - 1].manner)
        {
            first -= 1;
        }
        if first == verb || first == 0 {
            continue;
        }
        if unit.says(verb + 1, &["to"]) && unit.says(verb, &RUMOURS) && first < verb {
            let cue = (first, verb + 1);
            let mut draft = Draft::new(unit, None, cue, Confidence::Likely, WHY);
            draft.add(unit, 0, first);
            draft.add(unit, verb + 1, ahead::cut(unit, verb + 1, unit.end()));
            return Some(draft);
        }
        if !unit.says(first - 1, &["it"]) {
            continue;
        }
        let cue = (first - 1, verb + 1);
        let mut draft = Draft::new(unit, None, cue, Confidence::Likely, WHY);
        if unit.says(verb + 1, &["that"]) {
            draft.add(unit, verb + 2, ahead::cut(unit, verb + 2, unit.end()));
        } else if verb + 1 >= unit.end() && first >= 5 && unit.pause(first - 2) {
            draft.add(unit, 0, first - 2);
        } else {
            continue;
        }
        return Some(draft);
    }
    None
}
