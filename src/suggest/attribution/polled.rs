//! A poll that the sentence reports: `In a Courier poll last month, 40 percent wanted to sell the bridge.`

use super::draft::Draft;
use super::phrase::{self, Phrase};
use super::unit::Unit;
use crate::suggest::Confidence;

/// Words for asking many.
const POLLS: [&str; 4] = ["poll", "polls", "survey", "surveys"];

/// How far the comma behind the poll may stand, in tokens.
const REACH: usize = 16;

/// Reads "in" and a poll before the first comma.
pub(super) fn read(unit: &Unit<'_>) -> Option<Draft> {
    if !unit.says(0, &["in"]) {
        return None;
    }
    let pause = (2..unit.end().min(REACH)).find(|at| unit.pause(*at))?;
    let poll = (1..pause).find(|at| unit.says(*at, &POLLS))?;
    let end = phrase::stretch_on(unit, 1)?.clamp(poll + 1, pause);
    let source = Phrase { first: 1, end };
    let mut draft = Draft::new(
        unit,
        Some(source),
        (0, 1),
        Confidence::Likely,
        "The numbers of a poll that the sentence names",
    );
    draft.add(unit, pause + 1, unit.end());
    (!draft.content.is_empty()).then_some(draft)
}
