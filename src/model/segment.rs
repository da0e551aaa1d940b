//! What the segmenter finds in a text: blocks, sentences and quotes, all as spans.

use super::{Extra, Span, Target};

/// What a block of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BlockKind {
    /// The article's title.
    Headline,
    /// A heading inside the article.
    Heading,
    /// Who wrote it.
    Byline,
    /// Where and when it was filed, on a line of its own.
    Dateline,
    /// Who made the picture.
    Credit,
    /// Running text.
    #[default]
    Paragraph,
    /// One item of a list.
    List,
    /// What a picture shows.
    Caption,
    /// A time stamp of a live blog.
    Time,
    /// "Read more", "Advertisement" and the like.
    Furniture,
}

impl BlockKind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Headline,
        Self::Heading,
        Self::Byline,
        Self::Dateline,
        Self::Credit,
        Self::Paragraph,
        Self::List,
        Self::Caption,
        Self::Time,
        Self::Furniture,
    ];

    /// The word in command output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Heading => "heading",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Credit => "credit",
            Self::Paragraph => "paragraph",
            Self::List => "list",
            Self::Caption => "caption",
            Self::Time => "time",
            Self::Furniture => "furniture",
        }
    }
}

/// A block: a paragraph, a heading, a list item. Carries no white space at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What quotation marks around some words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum QuoteKind {
    /// Somebody's words.
    #[default]
    Speech,
    /// So-called: a word that the writer does not want to own.
    Scare,
    /// The name of a work.
    Title,
}

impl QuoteKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Speech, Self::Scare, Self::Title];

    /// The word in command output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Scare => "scare",
            Self::Title => "title",
        }
    }
}

/// One run from an opening to its closing mark, marks included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteRun {
    /// From the first opening to the last closing mark.
    pub span: Span,
    /// Its pieces, one a paragraph.
    pub fragments: Vec<Span>,
    /// What the marks mean.
    pub kind: QuoteKind,
    /// Whether a closing mark was found.
    pub closed: bool,
}

/// Everything the segmenter knows of a text, each list sorted by start and without overlaps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segments {
    /// Every character that is not white space lies in exactly one.
    pub blocks: Vec<Block>,
    /// Every character that is not white space lies in exactly one; a sentence never crosses a block.
    pub sentences: Vec<Span>,
    /// Outermost quotes.
    pub quotes: Vec<QuoteRun>,
}

/// What a person decided against the segmenter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Where.
    pub at: Target,
    /// What.
    pub make: OverrideKind,
    /// Fields of newer versions.
    pub extra: Extra,
}

/// The decision itself, in the file's words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OverrideKind {
    /// These marks are not a quote.
    NotAQuote,
    /// These words are a quote.
    Quote,
    /// A sentence ends here.
    Split,
    /// No sentence ends here.
    Join,
    /// A decision that a newer version knows.
    Other(String),
}

impl OverrideKind {
    /// The words in the file.
    pub fn name(&self) -> &str {
        match self {
            Self::NotAQuote => "not a quote",
            Self::Quote => "a quote",
            Self::Split => "split",
            Self::Join => "join",
            Self::Other(name) => name,
        }
    }

    /// The decision of that name, known or not.
    pub fn from_name(name: &str) -> Self {
        [Self::NotAQuote, Self::Quote, Self::Split, Self::Join]
            .into_iter()
            .find(|kind| kind.name() == name)
            .unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}
