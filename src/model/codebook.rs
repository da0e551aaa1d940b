//! The folder's codebook (`pressmark.codebook.json`).

use super::{Extra, Id};

/// One code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its id.
    pub id: Id,
    /// What coders see.
    pub name: String,
    /// What it means.
    pub definition: String,
    /// When to use it.
    pub include: String,
    /// When not to.
    pub exclude: String,
    /// `#rrggbb`.
    pub colour: String,
    /// The digit that tags with it.
    pub key: Option<u8>,
    /// The code it belongs under.
    pub parent: Option<Id>,
    /// Fields of newer versions.
    pub extra: Extra,
}

/// Codes and settings that all coders of a folder share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// Codes in the order of the file.
    pub codes: Vec<Code>,
    /// Whether sidecars carry the article's text.
    pub embed_text: bool,
    /// Variables, scale and fields of newer versions.
    pub extra: Extra,
}

impl Default for Codebook {
    fn default() -> Self {
        Self {
            codes: Vec::new(),
            embed_text: true,
            extra: Extra::default(),
        }
    }
}
