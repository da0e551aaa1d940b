//! What connects two annotations.

use super::{Extra, Id};

/// The kind of a relation; its direction is from → to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// Quote → source. A quote may have several.
    SaidBy,
    /// Quote → source: who passed it on.
    RelayedBy,
    /// Claim → source or quote.
    ClaimedBy,
    /// Claim → person.
    About,
    /// Any → claim.
    Supports,
    /// Any → claim.
    Refutes,
    /// The same thing twice.
    SameAs,
    /// Quote → quote.
    RepliesTo,
    /// Quote → quote, for what is attributed inside an attribution.
    PartOf,
    /// A kind that a newer version knows.
    Other(String),
}

impl RelationKind {
    /// Those we know.
    pub const KNOWN: [Self; 9] = [
        Self::SaidBy,
        Self::RelayedBy,
        Self::ClaimedBy,
        Self::About,
        Self::Supports,
        Self::Refutes,
        Self::SameAs,
        Self::RepliesTo,
        Self::PartOf,
    ];

    /// The words in the file and on screen.
    pub fn name(&self) -> &str {
        match self {
            Self::SaidBy => "said by",
            Self::RelayedBy => "relayed by",
            Self::ClaimedBy => "claimed by",
            Self::About => "about",
            Self::Supports => "supports",
            Self::Refutes => "refutes",
            Self::SameAs => "same as",
            Self::RepliesTo => "replies to",
            Self::PartOf => "part of",
            Self::Other(name) => name,
        }
    }

    /// The kind of that name, known or not.
    pub fn from_name(name: &str) -> Self {
        Self::KNOWN
            .into_iter()
            .find(|kind| kind.name() == name)
            .unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}

/// One relation between two annotations of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its id, unique in the sidecar.
    pub id: Id,
    /// What it says.
    pub kind: RelationKind,
    /// The annotation it starts at.
    pub from: Id,
    /// The annotation it points to.
    pub to: Id,
    /// Fields of newer versions.
    pub extra: Extra,
}
