//! Law and rule: what is allowed, banned or decided stands somewhere in writing.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::Class;

/// "the law", "illegal", "the court ruled".
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    let found = reading.count(Class::LAW);
    (found > 0).then_some(Reason {
        weight: if found > 1 { 1.8 } else { 1.2 },
        what: "a law or rule",
        kind: Some("law or rule"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_the_law_says_is_worth_checking() {
        check("⟦The treaty requires every ferry to carry a doctor.⟧ The doctor likes the sea.");
    }
}
