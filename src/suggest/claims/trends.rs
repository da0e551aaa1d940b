//! Trends: what rose, fell or stayed can be followed in a series.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::Class;

/// "rose", "halved", "has worsened".
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    reading.has(Class::TREND).then_some(Reason {
        weight: 1.2,
        what: "a trend",
        kind: Some("quantity"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_trend_with_its_cause_is_worth_checking() {
        check("⟦Sales of bread have fallen because of the bridge.⟧ The bread smells of salt.");
    }
}
