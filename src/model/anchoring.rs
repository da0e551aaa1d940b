//! How the annotations of an article came through an edit of its text.

use super::{Annotation, Layer, Place, Sidecar, Target};

/// The attribute that keeps the words with which a claim was checked, once the claim stands on others.
pub const CHECKED_WORDS: &str = "checked_words";

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

    /// Whether a person has still to say where it belongs.
    pub fn is_unsettled(&self) -> bool {
        self.standing() != Standing::Exact
    }

    /// Whether somebody looks or has looked into the claim.
    pub fn is_checked(&self) -> bool {
        let status = self.attrs.text("status");
        self.layer == Layer::Claim
            && (self.attrs.get("verdict").is_some()
                || status.is_some_and(|status| !matches!(status, "spotted" | "to check")))
    }

    /// Whether a check has lost its ground: the words that were checked are not those of the claim any more.
    pub fn needs_recheck(&self) -> bool {
        let on_others = |words: &str| words != self.exact();
        self.is_checked()
            && (matches!(self.standing(), Standing::Changed | Standing::Orphan)
                || self.attrs.text(CHECKED_WORDS).is_some_and(on_others))
    }
}

impl Anchoring {
    /// Counts the annotations of a sidecar.
    pub fn of(sidecar: &Sidecar) -> Self {
        let mut counts = Self::default();
        for annotation in sidecar.annotations.values() {
            *counts.of_standing(annotation.standing()) += 1;
        }
        counts
    }

    /// The count of those that came through in one way.
    pub const fn of_standing(&mut self, standing: Standing) -> &mut usize {
        match standing {
            Standing::Exact => &mut self.exact,
            Standing::Moved => &mut self.moved,
            Standing::Changed => &mut self.changed,
            Standing::Orphan => &mut self.orphaned,
        }
    }

    /// How many annotations wait for a person.
    pub const fn unsettled(self) -> usize {
        self.moved + self.changed + self.orphaned
    }
}
