//! Against: greetings and thanks claim nothing.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::Class;

/// "thank you", "welcome to".
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    reading.has(Class::COURTESY).then_some(Reason {
        weight: -2.0,
        what: "a courtesy",
        kind: None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn thanks_claim_nothing() {
        check("Thank you all for the 40 letters you wrote. ⟦The board received 40 letters.⟧");
    }
}
