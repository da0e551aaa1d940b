//! What explains a name between commas: "Ada Holm, 45, a nurse from Tarn," and the asides that do not.
//!
//! Leaves the noun phrases themselves to `phrase`. *Limitations*: at most three explanations in a row.

use super::phrase::{Phrase, base_before, opens_clause};
use super::unit::Unit;
use crate::suggest::lexicon::{Class, Language};
use crate::suggest::token::Kind;

/// Longest apposition looked at, in tokens.
const LONGEST_APPOSITION: usize = 28;

/// `comma` closes an apposition: looks for the comma that opened it.
pub(super) fn with_apposition(unit: &Unit<'_>, comma: usize) -> Option<Phrase> {
    let low = comma.saturating_sub(LONGEST_APPOSITION);
    let mut tried = 0;
    for open in (low..comma).rev() {
        if unit.quote(open) || unit.mark(open, &[';', ':']) {
            break;
        }
        if !unit.pause(open) {
            continue;
        }
        tried += 1;
        if aside(unit, open + 1, comma)
            && let Some(base) = base_before(unit, open)
            && (base.first == 0 || opens_clause(unit, base.first))
        {
            return Some(base);
        }
        if apposition(unit, open + 1, comma)
            && let Some(base) = base_before(unit, open)
            && (base.first == 0 || opens_clause(unit, base.first))
        {
            return Some(Phrase {
                first: named_before(unit, base),
                end: comma,
            });
        }
        if tried == 3 {
            break;
        }
    }
    None
}

/// Whether tokens `first..end`, between commas, are an aside to the clause: ", in contrast,", ", however,".
fn aside(unit: &Unit<'_>, first: usize, end: usize) -> bool {
    if first >= end || end - first > 6 || unit.says(first, &["of", "from", "now", "then"]) {
        return false;
    }
    let opens = unit.is(first, Class::PREPOSITION.and(Class::ADVERB)) || unit.tokens[first].manner;
    opens
        && !(first..end)
            .any(|at| unit.quote(at) || unit.is(at, Class::AUXILIARY.and(Class::PLAIN_VERB)))
}

/// "Ada Holm, founder of the club, a baker, said": a base that explains a name before it gives way to the name.
fn named_before(unit: &Unit<'_>, base: Phrase) -> usize {
    let Some(pause) = base.first.checked_sub(1).filter(|at| unit.pause(*at)) else {
        return base.first;
    };
    if unit.tokens[base.first].capital || !apposition(unit, base.first, base.end) {
        return base.first;
    }
    base_before(unit, pause)
        .filter(|outer| {
            unit.tokens[outer.first..outer.end]
                .iter()
                .any(|token| token.capital)
        })
        .filter(|outer| outer.first == 0 || opens_clause(unit, outer.first))
        .map_or(base.first, |outer| outer.first)
}

/// Whether tokens `first..end`, between commas, explain the name before them.
pub(super) fn apposition(unit: &Unit<'_>, first: usize, end: usize) -> bool {
    if first >= end || end - first > LONGEST_APPOSITION {
        return false;
    }
    let tokens = &unit.tokens[first..end];
    if tokens.iter().any(|token| token.kind == Kind::Quote) {
        return false;
    }
    if unit.says(first, &["who", "whose", "which"]) {
        return end - first > 1;
    }
    // "Eine Frau, die im Dorf lebt, sagt …": the verb closes a relative clause.
    let german = unit.lexicon.language == Language::German;
    if german
        && unit.says(
            first,
            &["der", "die", "das", "dessen", "deren", "welche", "welcher"],
        )
    {
        let last = &tokens[tokens.len() - 1];
        if tokens.len() > 2 && !last.capital && last.kind == Kind::Word {
            return true;
        }
    }
    let head = &tokens[0];
    if head.kind == Kind::Number {
        return tokens.len() == 1 || unit.says(first + 1, &["and"]);
    }
    let verb = tokens
        .iter()
        .any(|token| token.is(Class::AUXILIARY.and(Class::PLAIN_VERB)));
    if unit.says(
        first,
        &[
            "of",
            "from",
            "aged",
            "left",
            "right",
            "pictured",
            "including",
            "then",
            "now",
        ],
    ) {
        return !verb && tokens.len() <= 8;
    }
    // ", speaking on condition of anonymity,", ", asked about the sale,"
    if unit.says(
        first,
        &[
            "speaking",
            "asked",
            "citing",
            "referring",
            "responding",
            "reached",
            "interviewed",
            "writing",
        ],
    ) {
        return true;
    }
    if head.is(Class::CLOSED) && !head.is(Class::DETERMINER.and(Class::QUANTIFIER))
        || head.is(Class::ING_FORM)
        || head.manner
    {
        return false;
    }
    let names_somebody = tokens
        .iter()
        .any(|token| token.is(Class::SPEAKER.and(Class::DEMONYM)));
    if head.is(Class::DETERMINER) {
        let relative = tokens.iter().position(|token| {
            token.is(Class::CONJUNCTION) && unit.text[token.span.range()].starts_with("wh")
        });
        let plain = &tokens[..relative.unwrap_or(tokens.len())];
        // "the keeper of the weir", whatever the word for the office
        let office = first > 1
            && unit.tokens[first - 2].capital
            && unit.says(first + 2, &["of", "at", "for"]);
        let verb = Class::AUXILIARY.and(Class::PLAIN_VERB);
        return (names_somebody || office)
            && !plain.iter().any(|token| token.is(verb))
            && !(office
                && plain
                    .iter()
                    .any(|token| token.is(Class::CUE) && !token.is(Class::SPEAKER)));
    }
    names_somebody && !verb
        || head.is(Class::JUNIOR)
        || tokens.len() <= 3
            && tokens
                .iter()
                .all(|token| token.capital || token.is_mark(&['.', '-']))
}

/// Takes appositions behind a phrase in: ", a nurse from Tarn".
pub(super) fn apposed(unit: &Unit<'_>, end: usize) -> usize {
    let mut end = end;
    if unit.mark(end, &['('])
        && let Some(close) = (end..unit.tokens.len().min(end + 8)).find(|at| unit.mark(*at, &[')']))
    {
        end = close + 1;
    }
    // "said a planner who asked for her name to be withheld"
    if unit.says(end, &["who", "whose"]) && !unit.is(end + 1, Class::CUE.and(Class::SAY))
        || unit.says(end, &["who"]) && unit.says(end + 1, &["asked", "declined", "spoke"])
    {
        return (end..unit.end())
            .take(LONGEST_APPOSITION)
            .find(|at| unit.pause(*at) || unit.quote(*at))
            .unwrap_or(unit.end().min(end + LONGEST_APPOSITION));
    }
    for _ in 0..3 {
        if !unit.mark(end, &[',']) {
            break;
        }
        let stop = (end + 1..unit.tokens.len().min(end + LONGEST_APPOSITION + 2))
            .find(|at| {
                unit.pause(*at) || unit.quote(*at) || unit.mark(*at, &[';', ':', '.', '!', '?'])
            })
            .unwrap_or(unit.tokens.len().min(end + LONGEST_APPOSITION + 2));
        // ", which said that …" is an attribution of its own.
        let speaks = unit.says(end + 1, &["who", "which"]) && unit.is(end + 2, Class::CUE);
        // "sagte Venn, der Pier sei zu": what she says, not who she is.
        let clause =
            unit.lexicon.language == Language::German && unit.says(end + 1, &["der", "die", "das"]);
        if speaks || clause || !apposition(unit, end + 1, stop) {
            break;
        }
        end = stop;
    }
    end
}
