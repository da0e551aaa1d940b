//! Comparisons: one amount set beside another can be measured.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::Class;

/// "more than", "fewer", "twice as", "slower than".
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    let unit = &reading.unit;
    let than = (1..unit.tokens.len()).any(|at| {
        matches!(unit.word(at), "than" | "als")
            && (unit.is(at - 1, Class::COMPARING) || unit.word(at - 1).ends_with("er"))
    });
    let weight = if than {
        1.6
    } else if reading.has(Class::COMPARING) {
        0.8
    } else {
        return None;
    };
    Some(Reason {
        weight,
        what: "a comparison",
        kind: Some("quantity"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_comparison_with_a_trend_is_worth_checking() {
        check("⟦Rents in the harbour rose faster than wages did.⟧ Wages are paid on Friday here.");
    }
}
