//! Where an annotation points: what the file says, and where that is in the text at hand.

use super::{Extra, Span, Words};

/// A fragment as it stands in a sidecar: a position and a quotation with its surroundings.
///
/// The pair of W3C Web Annotation's TextPositionSelector and TextQuoteSelector.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selector {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The text between them.
    pub exact: Words,
    /// What stands before, 32 code points or as many as make the place unique.
    pub prefix: Words,
    /// What stands behind, likewise.
    pub suffix: Words,
    /// Fields of newer versions.
    pub extra: Extra,
}

/// Where a fragment is in the text that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Here, certainly: the text is the same, or everything speaks for it.
    Placed(Span),
    /// Its very words stand here and nowhere else that they could be meant, but not where they were expected. Nobody
    /// has confirmed it.
    Moved(Span),
    /// This may be what became of it; the words may be others. Nobody has confirmed it.
    Changed(Span),
    /// Nowhere in this text. Kept, and listed.
    Orphan,
}

/// A fragment in memory: the file's selector, kept as it was read, and the place found for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What the file says, or will say.
    pub selector: Selector,
    /// Where that is.
    pub place: Place,
}

impl Place {
    /// Where it is or may be, certain or not.
    pub const fn span(self) -> Option<Span> {
        match self {
            Self::Placed(span) | Self::Moved(span) | Self::Changed(span) => Some(span),
            Self::Orphan => None,
        }
    }

    /// Where it may have gone, when that is for a person to confirm.
    pub const fn suggestion(self) -> Option<Span> {
        match self {
            Self::Moved(span) | Self::Changed(span) => Some(span),
            Self::Placed(_) | Self::Orphan => None,
        }
    }
}

impl Target {
    /// The span, when its place is certain.
    pub const fn span(&self) -> Option<Span> {
        match self.place {
            Place::Placed(span) => Some(span),
            Place::Moved(_) | Place::Changed(_) | Place::Orphan => None,
        }
    }
}
