//! What a sidecar says about its article.

use super::Extra;

/// The article that a sidecar belongs to, as it was when its offsets were right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleInfo {
    /// File name, without folder.
    pub file: String,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Encoding under the name that Python knows.
    pub encoding: String,
    /// Whether the file begins with a byte order mark.
    pub bom: bool,
    /// How its lines end.
    pub newline: Newline,
    /// Length of the text in code points.
    pub length: usize,
    /// Fields of newer versions.
    pub extra: Extra,
}

/// How the lines of an article file end. In the text they are always LF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Newline {
    /// Unix, and files without a line end.
    #[default]
    Lf,
    /// Windows.
    CrLf,
    /// Old Macintosh.
    Cr,
    /// More than one kind.
    Mixed,
}

impl Newline {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Lf, Self::CrLf, Self::Cr, Self::Mixed];

    /// The word in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lf => "LF",
            Self::CrLf => "CRLF",
            Self::Cr => "CR",
            Self::Mixed => "mixed",
        }
    }
}

/// How far the work on an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Status {
    /// Nothing done yet.
    #[default]
    New,
    /// Begun.
    InWork,
    /// Finished, as its reader says.
    Done,
}

impl Status {
    /// All of them, in the order of work.
    pub const ALL: [Self; 3] = [Self::New, Self::InWork, Self::Done];

    /// The word in the file and on screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InWork => "in work",
            Self::Done => "done",
        }
    }
}
