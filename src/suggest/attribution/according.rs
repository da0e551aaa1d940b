//! Sources named by a preposition: `…, according to the ministry`, `Citing two officials, the paper said …`.

use super::draft::Draft;
use super::phrase::{self, Phrase};
use super::unit::Unit;
use crate::suggest::Confidence;
use crate::suggest::lexicon::Language;

/// Reads "according to" and, in German, "laut", "nach Angaben", "zufolge".
pub(super) fn read(unit: &Unit<'_>) -> Option<Draft> {
    for at in 0..unit.tokens.len() {
        let (cue_end, subject) = match unit.lexicon.language {
            Language::English if unit.says(at, &["according"]) && unit.says(at + 1, &["to"]) => {
                (at + 2, phrase::after(unit, at + 2))
            }
            Language::German if unit.says(at, &["laut"]) => (at + 1, phrase::after(unit, at + 1)),
            // "“…”, so Venn.", "Der Pier sei, so die Stadt, zu."
            Language::German if unit.says(at, &["so"]) && at > 0 && unit.pause(at - 1) => {
                let subject = phrase::after(unit, at + 1)
                    .filter(|subject| subject.end >= unit.end() || unit.pause(subject.end));
                (at + 1, subject)
            }
            Language::German if unit.says(at, &["zufolge"]) => {
                let Some(subject) = phrase::before(unit, at) else {
                    continue;
                };
                return around_postposition(unit, at, subject);
            }
            Language::German
                if unit.says(at, &["nach"])
                    && unit.says(
                        at + 1,
                        &[
                            "angaben",
                            "auffassung",
                            "meinung",
                            "ansicht",
                            "einschätzung",
                            "worten",
                            "informationen",
                        ],
                    ) =>
            {
                (at + 1, phrase::after(unit, at + 1))
            }
            _ => continue,
        };
        let Some(subject) = subject else { continue };
        return around(unit, at, cue_end, subject);
    }
    None
}

fn around(unit: &Unit<'_>, at: usize, cue_end: usize, subject: Phrase) -> Option<Draft> {
    let mut draft = Draft::new(
        unit,
        Some(subject),
        (at, cue_end),
        Confidence::Sure,
        "“According to” names the source",
    );
    let end = unit.end();
    let tail = if unit.pause(subject.end) {
        subject.end + 1
    } else {
        subject.end
    };
    let relative = unit.says(
        tail,
        &["who", "which", "whose", "and", "but", "while", "although"],
    );
    // German puts the verb right behind the source: "Laut Polizei wurde …".
    let german = unit.lexicon.language == Language::German;
    let goes_on = tail < end && !relative && (unit.pause(subject.end) || at == 0 || german);
    if at == 0 {
        draft.add(unit, tail, end);
    } else {
        let left = if unit.pause(at - 1) { at - 1 } else { at };
        draft.add(unit, 0, left);
        if goes_on && (german || unit.pause(at - 1)) && end >= tail + 3 - 2 * usize::from(german) {
            draft.add(unit, tail, end);
        }
    }
    (!draft.content.is_empty()).then_some(draft)
}

/// German: "Medienberichten zufolge wurde …", "… ist das Lokal Berichten zufolge alt."
fn around_postposition(unit: &Unit<'_>, at: usize, subject: Phrase) -> Option<Draft> {
    let why = "“Zufolge” names the source";
    let mut draft = Draft::new(unit, Some(subject), (at, at + 1), Confidence::Sure, why);
    if subject.first > 0 {
        draft.add(unit, 0, subject.first);
    }
    draft.add(unit, at + 1, unit.end());
    (!draft.content.is_empty()).then_some(draft)
}

/// Reads "citing …" beside an attribution that was found: a second source for the same words.
pub(super) fn citing(unit: &Unit<'_>, found: &[Draft]) -> Option<Draft> {
    let at = (0..unit.tokens.len()).find(|at| unit.says(*at, &["citing", "quoting"]))?;
    if at > 0 && !unit.pause(at - 1) && !unit.quote(at - 1) {
        return None;
    }
    let main = found.iter().rfind(|draft| {
        !draft
            .covers
            .iter()
            .any(|(first, end)| *first <= at && at < *end)
    })?;
    let subject = phrase::after(unit, at + 1)?;
    // At the front the comma after "citing X" ends the source.
    let subject = if at == 0 {
        Phrase {
            end: phrase::stretch_on(unit, at + 1)?,
            ..subject
        }
    } else {
        subject
    };
    let mut draft = Draft::new(
        unit,
        Some(subject),
        (at, at + 1),
        Confidence::Likely,
        "“Citing” names who told it first",
    );
    draft.content.clone_from(&main.content);
    Some(draft)
}
