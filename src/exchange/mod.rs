//! What other programs read: rows of an article, and the bytes of each format.
//!
//! Pure: takes articles in memory, gives named files in memory; whoever calls writes them. To add a format, add its
//! file here, a variant of [`Format`] and its arm in [`export`]; what is exported (and what is listed apart because
//! its place is not certain) is decided once, in `row`.
//!
//! *Limitations*: writes only; reading other tools' formats has its own issue.

mod csv;
mod html;
mod json;
mod jsonl;
mod name;
mod row;

pub use html::page;
pub use name::{file_names, is_device};
pub use row::{Doc, OrphanRow, Rows, SpanRow, label, title};

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutFile {
    /// Its name: flattened, safe on every file system, without folder.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The formats that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Spreadsheets: one row a fragment.
    Csv,
    /// One article a line.
    Jsonl,
    /// One page an article, for people.
    Html,
}

impl Format {
    /// All of them, in the order of the export window.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Jsonl, Self::Html];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Html => "html",
        }
    }

    /// The words on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Csv => "Spreadsheet (CSV)",
            Self::Jsonl => "JSON Lines",
            Self::Html => "Web pages (HTML)",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What is kept and what is lost, in one sentence.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Csv => {
                "Two tables, spans and relations, with a row for each fragment, for spreadsheets, R and pandas; keeps \
                 everything but the articles’ text."
            }
            Self::Jsonl => {
                "A line for each article, with text, spans, relations and cast, for scripts and Hugging Face datasets; \
                 keeps everything."
            }
            Self::Html => {
                "A page for each article, with highlights and tables, to read, print and send; keeps everything that \
                 people look at, and is not made for programs to read back."
            }
        }
    }
}

/// Writes articles, in the order given, as the files of a format.
pub fn export(format: Format, docs: &[Doc<'_>]) -> Vec<OutFile> {
    match format {
        Format::Csv => csv::export(docs),
        Format::Jsonl => jsonl::export(docs),
        Format::Html => html::export(docs),
    }
}
