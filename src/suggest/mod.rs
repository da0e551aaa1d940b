//! Who speaks and who is named: proposals that a person may accept, each with a reason a journalist understands.
//!
//! Pure functions of the text and its segments; the same text gives the same proposals. Knows nothing of annotations:
//! what was accepted or rejected is for `app`. One rule family a file; a new one joins `attribution::reading`.
//! *Limitations*: rules and word lists for English and, more thinly, German; other languages get quotations and names
//! with known given names only.

mod attribution;
mod candidates;
mod lexicon;
mod people;
mod token;
mod traits;

pub use attribution::{Attribution, attributions, attributions_in};
pub use candidates::{Candidate, source_candidates};
pub use people::{People, PersonMention, people};
pub use traits::{Traits, traits};

/// How far a proposal may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Right nearly always.
    Sure,
    /// Right more often than not.
    Likely,
    /// Worth a look.
    Hint,
}

impl Confidence {
    /// The word in command output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Hint => "hint",
        }
    }
}
