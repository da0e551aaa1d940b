//! Against: taste, feeling and guesses cannot be checked.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::Class;

/// "I think", "wonderful", "perhaps".
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    let found = reading.count(Class::OPINION);
    (found > 0).then_some(Reason {
        weight: if found > 1 { -2.0 } else { -1.0 },
        what: "an opinion",
        kind: None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn an_opinion_weighs_against() {
        check(
            "⟦The toll led to a court case.⟧ The toll was a terrible shame and led to a court case.",
        );
    }
}
