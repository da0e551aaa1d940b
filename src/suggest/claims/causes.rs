//! Causes: that one thing follows from another can be doubted.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::Class;

/// "because of", "led to", "was caused by".
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    let unit = &reading.unit;
    let cause = reading.places(Class::CAUSE).any(|at| {
        // "led the choir", "the result": verbs that need their preposition.
        match unit.word(at) {
            "lead" | "leads" | "led" | "leading" | "contribute" | "contributed" => {
                unit.says(at + 1, &["to"])
            }
            "result" | "results" => unit.says(at + 1, &["of", "in", "from"]),
            _ => true,
        }
    });
    cause.then_some(Reason {
        weight: 1.3,
        what: "a cause",
        kind: Some("correlation or causation"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_cause_with_a_trend_is_worth_checking() {
        check("⟦The new toll led to longer queues, which have doubled.⟧ Orla Venn led the choir.");
    }
}
