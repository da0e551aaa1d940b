//! Against: what somebody lived through only they can tell.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::Class;

/// "I", "my": a person’s own experience.
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    reading.has(Class::SELF).then_some(Reason {
        weight: -1.5,
        what: "a personal experience",
        kind: Some("personal experience"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_personal_experience_weighs_against() {
        check("I lost two shoes because of the rain. ⟦The rain destroyed 20 boats.⟧");
    }
}
