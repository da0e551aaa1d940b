//! The first look round: six steps over the bundled sample, each done by doing it.
//!
//! A step goes by itself when one of its keys was pressed; "Next" goes without. What a step looks like is the window's.

use super::catalogue::CommandKind as Kind;
use super::state::Folder;
use crate::store;

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TourStep {
    /// What it is about, in a word or two.
    pub title: &'static str,
    /// What there is to see and to do.
    pub words: &'static str,
    /// The commands whose keys are taught.
    pub keys: &'static [Kind],
    /// The commands that end it.
    pub done_by: &'static [Kind],
    /// The article that it is about.
    pub article: Option<&'static str>,
}

/// All steps.
pub const TOUR: [TourStep; 6] = [
    TourStep {
        title: "Walk",
        words: "Bars, lines and colours are tags: quotes, names, claims. Go from one to the next.",
        keys: &[Kind::NextAnnotation, Kind::PreviousAnnotation],
        done_by: &[Kind::NextAnnotation, Kind::PreviousAnnotation],
        article: Some("harbour-strike.txt"),
    },
    TourStep {
        title: "Follow a name",
        words: "Every name leads to one record. The key goes there, and once more comes back.",
        keys: &[Kind::GoRecord],
        done_by: &[Kind::GoRecord],
        article: None,
    },
    TourStep {
        title: "Look at suggestions",
        words: "What stands in dashes is only suggested; the line below says why. Walk to the first.",
        keys: &[Kind::NextAnnotation],
        done_by: &[Kind::NextAnnotation],
        article: Some("river/flood-inquiry.txt"),
    },
    TourStep {
        title: "Decide",
        words: "Accept it with its speaker and record, or reject it: you stand on the next one at once.",
        keys: &[Kind::Accept, Kind::Reject],
        done_by: &[Kind::Accept, Kind::Reject],
        article: None,
    },
    TourStep {
        title: "Tag by hand",
        words: "Walk to a sentence and say what it holds: a claim, or a quote with its speaker.",
        keys: &[Kind::Right, Kind::Claim, Kind::Quote],
        done_by: &[Kind::Claim, Kind::Quote, Kind::Person, Kind::Source],
        article: None,
    },
    TourStep {
        title: "Nothing is final",
        words: "Any step can be taken back. All is saved as you go, and can be exported.",
        keys: &[Kind::Undo, Kind::Export, Kind::Help],
        done_by: &[Kind::Undo],
        article: None,
    },
];

/// Whether the open folder is a copy of the sample.
pub(super) fn is_sample(folder: &Folder) -> bool {
    let names = || store::sample_files().filter(|name| name.ends_with(".txt"));
    names().count() == folder.rows.len() && names().all(|name| folder.rows.at(name).is_some())
}
