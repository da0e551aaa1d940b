//! One annotation: a layer, one to many fragments, and what was said about them.

use super::{Attrs, Extra, Id, Span, Target, Words};

/// What kind of thing an annotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// A statement that could be checked.
    Claim,
    /// A mention of a named person.
    Person,
    /// A mention of whoever speaks or is cited.
    Source,
    /// What is attributed to somebody: content, cue and (by a relation) speaker.
    Quote,
    /// A code of the folder's codebook.
    Code,
    /// A remark on a passage.
    Note,
}

impl Layer {
    /// All layers, in the order of lanes and lists.
    pub const ALL: [Self; 6] = [
        Self::Claim,
        Self::Person,
        Self::Source,
        Self::Quote,
        Self::Code,
        Self::Note,
    ];

    /// The word in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Person => "person",
            Self::Source => "source",
            Self::Quote => "quote",
            Self::Code => "code",
            Self::Note => "note",
        }
    }

    /// The layer of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.name() == name)
    }
}

/// How an annotation came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// Marked by hand.
    #[default]
    Hand,
    /// A suggestion, accepted as it was.
    Accepted,
    /// A suggestion, changed.
    Edited,
    /// Tagged together with other occurrences.
    Propagated,
    /// From another tool.
    Imported,
}

impl Origin {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Hand,
        Self::Accepted,
        Self::Edited,
        Self::Propagated,
        Self::Imported,
    ];

    /// The word in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Accepted => "accepted",
            Self::Edited => "edited",
            Self::Propagated => "propagated",
            Self::Imported => "imported",
        }
    }
}

/// One annotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// Its id, unique in the sidecar.
    pub id: Id,
    /// Its layer.
    pub layer: Layer,
    /// Its fragments, one to many, in text order.
    pub at: Vec<Target>,
    /// The cue of a quote ("said", "according to"); empty elsewhere.
    pub cue: Vec<Target>,
    /// The record of a person or source.
    pub entity: Option<Id>,
    /// Attributes of the layer's vocabularies, and of the codebook.
    pub attrs: Attrs,
    /// A remark of any length.
    pub note: String,
    /// How it came to be.
    pub origin: Origin,
    /// The coder's name.
    pub by: Words,
    /// RFC 3339, UTC, in seconds.
    pub created: Words,
    /// RFC 3339, UTC, in seconds.
    pub modified: Words,
    /// Fields of newer versions.
    pub extra: Extra,
}

impl Annotation {
    /// The fragments whose place is certain, in text order.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.at.iter().filter_map(Target::span)
    }

    /// The cue's fragments whose place is certain.
    pub fn cue_spans(&self) -> impl Iterator<Item = Span> {
        self.cue.iter().filter_map(Target::span)
    }

    /// Where it begins; `None` for an orphan.
    pub fn start(&self) -> Option<usize> {
        self.spans().map(Span::start).min()
    }

    /// From its first to its last letter; `None` for an orphan.
    pub fn hull(&self) -> Option<Span> {
        self.spans().reduce(Span::hull)
    }

    /// Whether no fragment of it has a certain place.
    pub fn is_orphan(&self) -> bool {
        self.spans().next().is_none()
    }

    /// Its quotation, fragments joined by " … ", as the file has it.
    pub fn exact(&self) -> String {
        let parts: Vec<&str> = self.at.iter().map(|t| t.selector.exact.as_str()).collect();
        parts.join(" … ")
    }
}
