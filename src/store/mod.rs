//! The only layer on the disk: folders, articles, sidecars, records, settings.
//!
//! Knows the model and the text, and nothing of windows, commands or undo. Every error carries its path; whoever
//! calls decides what the person is told.
//!
//! *Limitations*: between comparing a file and replacing it lies a moment in which another program could write.

mod article_file;
mod codebook_file;
mod disk;
mod entities_file;
mod error;
mod folder;
mod header;
mod json;
mod json_write;
mod names;
mod own;
mod sidecar_read;
mod sidecar_write;

pub use article_file::{Article, anchor, is_same_text, load_article, text_to_embed};
pub use codebook_file::{
    CodebookFile, codebook_path, load_codebook, parse_codebook, serialise_codebook,
};
pub use entities_file::{
    EntitiesFile, entities_path, load_entities, parse_entities, serialise_entities,
};
pub use error::StoreError;
pub use folder::{FolderEntry, Listing, RowInfo, Unreadable, row_info, scan, stray_sidecars};
pub use names::sidecar_path;
pub use sidecar_read::parse_sidecar;
pub use sidecar_write::serialise_sidecar;
