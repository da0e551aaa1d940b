//! Figures: percentages, money, counts and measures can be looked up.
//!
//! Years, dates, times of day and ages are figures of another kind: they say when, not how much.

use super::reading::Reading;
use super::reason::Reason;
use crate::suggest::attribution::Unit;
use crate::suggest::lexicon::Class;
use crate::suggest::token::Kind;

/// The strongest figure of a sentence.
pub(super) fn read(reading: &Reading<'_>) -> Option<Reason> {
    let unit = &reading.unit;
    (0..unit.tokens.len())
        .filter_map(|at| match unit.tokens[at].kind {
            Kind::Number => figure(unit, at),
            _ => in_words(unit, at),
        })
        .max_by(|a, b| a.weight.total_cmp(&b.weight))
}

/// "thousands", "a majority"; of little numbers only that something was counted: "four of the nine".
fn in_words(unit: &Unit<'_>, at: usize) -> Option<Reason> {
    let weight = if unit.is(at, Class::NUMBER) {
        2.0
    } else if unit.is(at, Class::COUNT) {
        1.0
    } else {
        return None;
    };
    Some(Reason {
        weight,
        what: "a number",
        kind: Some("quantity"),
    })
}

fn figure(unit: &Unit<'_>, at: usize) -> Option<Reason> {
    let quantity = |weight: f32, what: &'static str| {
        Some(Reason {
            weight,
            what,
            kind: Some("quantity"),
        })
    };
    let before = at.checked_sub(1);
    if unit.mark(at + 1, &['%'])
        || unit.says(at + 1, &["percent", "per", "pc", "Prozent"])
        || unit.word(at).ends_with('%')
    {
        return quantity(2.5, "a percentage");
    }
    let money = ['$', '£', '€', '¥'];
    if before.is_some_and(|before| unit.mark(before, &money)) || unit.mark(at + 1, &money) {
        return quantity(2.5, "an amount of money");
    }
    if is_when(unit, at) {
        return None;
    }
    quantity(2.4, "a figure")
}

/// Years, days of a month, times, ages between commas.
fn is_when(unit: &Unit<'_>, at: usize) -> bool {
    let word = unit.word(at);
    // "a man in his 60s", "the 1990s".
    let decade = word.ends_with('s');
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let dated = [at.checked_sub(1), Some(at + 1)]
        .into_iter()
        .flatten()
        .any(|near| unit.is(near, Class::CALENDAR));
    let time = unit.mark(at + 1, &[':'])
        || at
            .checked_sub(1)
            .is_some_and(|before| unit.mark(before, &[':']))
        || unit.says(at + 1, &["am", "pm", "a.m.", "p.m.", "Uhr"]);
    let age = word.len() == 2
        && at
            .checked_sub(1)
            .is_some_and(|before| unit.mark(before, &[',']))
        && unit.mark(at + 1, &[',']);
    year || decade || dated || time || age
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_figure_is_worth_checking_and_a_date_is_not() {
        check(
            "⟦The ferry carried 4,200 people last year.⟧ It left on 4 May at 9:30. A year passed.",
        );
        check("⟦Thousands of passengers were left behind.⟧ They were left on the pier.");
        check("⟦Rents rose by 12 per cent.⟧ Mara Lind, 45, lives here since 1998.");
    }
}
