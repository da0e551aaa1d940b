//! Places, bodies and persons named: the more of them a sentence has, the more exactly it can be checked.
//!
//! *Limitations*: not for German, where every noun has a capital.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::{Class, Language};
use crate::suggest::token::Kind;

/// Names that follow one another with commas and "and", from which they are a list.
const LIST: usize = 3;

/// Names in one sentence, from which it is a crowded one.
const MANY: usize = 4;

/// Counts runs of capitalised words behind the sentence's first word, and the longest list among them.
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    let unit = &reading.unit;
    if unit.lexicon.language == Language::German {
        return None;
    }
    let other = Class::CALENDAR.and(Class::TITLE).and(Class::PRONOUN);
    let (mut names, mut list, mut longest) = (0, 0, 0);
    let mut inside = false;
    for at in 1..unit.tokens.len() {
        let token = &unit.tokens[at];
        let named = token.kind == Kind::Word && token.capital && !token.is(other);
        if named && !inside {
            names += 1;
            list += 1;
            longest = list.max(longest);
        } else if !named && !unit.mark(at, &[',']) && !matches!(unit.word(at), "and" | "or" | "the")
        {
            list = 0;
        }
        inside = named;
    }
    let (weight, what) = if longest >= LIST {
        (1.8, "a list of names")
    } else if names >= MANY {
        (1.0, "several names")
    } else if names > 1 {
        (0.5, "names")
    } else {
        return None;
    };
    Some(Reason {
        weight,
        what,
        kind: None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_list_of_named_places_and_an_act_are_worth_checking() {
        check(
            "⟦The pact left Vale, Aber, Tarn and Sund to the islanders.⟧ The islanders like Vale and its lights.",
        );
    }
}
