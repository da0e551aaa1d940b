//! Superlatives, firsts, records, and words that allow no exception: one counter-example is enough.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::Class;

/// "the largest", "for the first time", "never".
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    let unit = &reading.unit;
    // "at least four" is a bound, "most of the town" a share.
    let bare = |at: usize| {
        unit.says(at + 1, &["of"]) || at.checked_sub(1).is_some_and(|at| unit.says(at, &["at"]))
    };
    let superlative = reading.places(Class::EXTREME).any(|at| !bare(at))
        || (1..unit.tokens.len()).any(|at| {
            let word = unit.word(at);
            word.len() > 5 && word.ends_with("est") && unit.says(at - 1, &["the", "its", "their"])
        });
    if superlative {
        return Some(Reason {
            weight: 1.3,
            what: "a superlative",
            kind: None,
        });
    }
    reading.has(Class::ABSOLUTE).then_some(Reason {
        weight: 0.7,
        what: "a claim without exception",
        kind: None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_record_with_a_law_is_worth_checking() {
        check(
            "⟦It was the longest strike that any court had banned.⟧ It was long and it was cold.",
        );
    }
}
