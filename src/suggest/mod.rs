//! Who speaks, who is named and what is worth checking: proposals that a person may accept, each with a reason a journalist understands.
//!
//! Pure functions of the text and its segments; the same text gives the same proposals. Knows nothing of annotations:
//! what was accepted or rejected is for `app`. One rule family a file; a new one joins `attribution::reading`.
//! *Limitations*: rules and word lists for English and, more thinly, German; other languages get quotations and names
//! with known given names only.

mod attribution;
mod candidates;
mod claims;
mod learnt;
mod lexicon;
mod people;
mod token;
mod traits;

pub use attribution::{Attribution, attributions_in};
pub use candidates::{Candidate, source_candidates};
pub use claims::ClaimSuggestion;
pub use learnt::Learnt;
pub use people::{People, PersonMention};
pub use traits::{Traits, traits};

use crate::model::Segments;

/// Everything that the rules propose for an article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Suggestions {
    /// Named persons and their mentions.
    pub people: People,
    /// Who says what, by start of the content.
    pub attributions: Vec<Attribution>,
    /// What is worth checking, by start.
    pub claims: Vec<ClaimSuggestion>,
}

/// Reads an article; what the folder taught comes on top of the rules.
pub fn suggest(text: &str, segments: &Segments, learnt: &Learnt) -> Suggestions {
    let language = lexicon::Language::of(text);
    let mut tokeniser = token::Tokeniser::new(text, language).knowing(learnt);
    let words = token::Words::of(&mut tokeniser, &segments.blocks);
    let people = people::people(text, language, segments, &words, learnt);
    let attributions = attribution::attributions(text, segments, &words, &people, learnt);
    let claims = claims::claims(text, language, segments, &words, &attributions);
    Suggestions {
        people,
        attributions,
        claims,
    }
}

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
