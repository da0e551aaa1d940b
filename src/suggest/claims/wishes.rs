//! Against: what ought to be or will be is not yet true or false.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::lexicon::Class;

const FUTURE: [&str; 8] = [
    "will", "shall", "would", "won’t", "won't", "’ll", "wird", "werden",
];

/// "should", "hopes to", "would see".
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    if reading.has(Class::WISH) {
        return Some(Reason {
            weight: -1.0,
            what: "a wish",
            kind: None,
        });
    }
    let unit = &reading.unit;
    let future = reading
        .places(Class::AUXILIARY)
        .any(|at| unit.says(at, &FUTURE));
    future.then_some(Reason {
        weight: -0.3,
        what: "a prediction",
        kind: Some("prediction"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_wish_weighs_against_and_a_forecast_with_figures_hardly() {
        check("We should cut the toll by half. ⟦The new bridge will cost 40 million crowns.⟧");
    }
}
