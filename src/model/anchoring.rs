//! How the annotations of an article came through an edit of its text.

use super::{Annotation, Place, Sidecar, Target};

/// How an annotation came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// All of it has a certain place.
    Exact,
    /// Its words were found, elsewhere than expected; a person confirms.
    Moved,
    /// Some of its words are others now, or a part of it, or its cue, was lost; a person looks.
    Changed,
    /// None of its words has a place.
    Orphan,
}

/// How many annotations came through in which way. Together they are all there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Anchoring {
    /// As they were.
    pub exact: usize,
    /// Found elsewhere.
    pub moved: usize,
    /// Found in part.
    pub changed: usize,
    /// Without a place.
    pub orphaned: usize,
}

impl Annotation {
    /// How it stands in the text at hand: as its fragments and its cue do, the worst of them counting.
    pub fn standing(&self) -> Standing {
        let all = || self.at.iter().chain(&self.cue).map(|target| target.place);
        let is_orphan = |target: &Target| target.place == Place::Orphan;
        if self.at.iter().all(is_orphan) {
            Standing::Orphan
        } else if all().any(|place| matches!(place, Place::Changed(_) | Place::Orphan)) {
            Standing::Changed
        } else if all().any(|place| matches!(place, Place::Moved(_))) {
            Standing::Moved
        } else {
            Standing::Exact
        }
    }
}

impl Anchoring {
    /// Counts the annotations of a sidecar.
    pub fn of(sidecar: &Sidecar) -> Self {
        let mut counts = Self::default();
        for annotation in sidecar.annotations.values() {
            *match annotation.standing() {
                Standing::Exact => &mut counts.exact,
                Standing::Moved => &mut counts.moved,
                Standing::Changed => &mut counts.changed,
                Standing::Orphan => &mut counts.orphaned,
            } += 1;
        }
        counts
    }

    /// How many annotations wait for a person.
    pub const fn unsettled(self) -> usize {
        self.moved + self.changed + self.orphaned
    }
}
