//! Events: what was done, and when, can be looked up.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::Class;
use crate::suggest::token::Kind;

/// "signed in 2019", "declared a ceasefire"; stronger with a date.
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    let unit = &reading.unit;
    let acts = reading.has(Class::ACT);
    let dated = reading.has(Class::CALENDAR)
        || unit.tokens.iter().any(|token| {
            let word = &unit.text[token.span.range()];
            token.kind == Kind::Number
                && word.len() == 4
                && (word.starts_with("19") || word.starts_with("20"))
        });
    let (weight, what) = match (acts, dated) {
        (true, true) => (1.5, "an event with its date"),
        (true, false) => (0.7, "an event"),
        (false, true) => (0.4, "a date"),
        (false, false) => return None,
    };
    Some(Reason {
        weight,
        what,
        kind: Some("event"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_dated_event_between_named_bodies_is_worth_checking() {
        check(
            "⟦The Tarn Council sold the bridge to Nordhaven Ferries in March 2019.⟧ The council met in March.",
        );
    }
}
