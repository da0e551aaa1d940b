//! The only layer on the disk: folders, articles, sidecars, records, settings.
//!
//! Knows the model and the text, and nothing of windows, commands or undo. Every error carries its path; whoever
//! calls decides what the person is told.
//!
//! *Limitations*: between comparing a file and replacing it lies a moment in which a program that does not take part in
//! our locks could write.

mod article_file;
mod articles;
mod backup;
mod codebook_file;
mod crash;
mod disk;
mod durable;
mod entities_file;
mod error;
mod evidence;
mod file_hash;
mod folder;
mod header;
mod history;
mod json;
mod json_cursor;
mod json_write;
mod lock;
mod missing;
mod names;
mod own;
mod places;
mod recovery;
mod sample;
mod save;
mod schema;
mod settings;
mod sidecar_read;
mod sidecar_write;
mod watch;
mod written;

pub use article_file::{Article, anchor, is_same_text, load_article, read_utf8, text_to_embed};
pub use articles::Articles;
pub use backup::Backups;
pub use codebook_file::{
    CodebookFile, codebook_path, load_codebook, parse_codebook, serialise_codebook,
};
pub use crash::{take_crash_note, write_crash_note};
pub use disk::hash;
pub use entities_file::{
    EntitiesFile, entities_path, load_entities, parse_entities, serialise_entities,
};
pub use error::StoreError;
pub use evidence::{EVIDENCE, evidence_value, read_evidence};
pub use file_hash::FileHash;
pub use folder::{
    Copy, FolderEntry, Listing, RowInfo, Step, Unreadable, article_of_sidecar, root_of, row_info,
    scan, stray_sidecars,
};
pub use history::{Document, KeptHistory, KeptStep, MadeOn, keep_history, kept_history, targets};
pub use lock::{Presence, be_present};
pub use missing::{MISSING, Renamed, find_renamed, load_article_or_kept, move_sidecar, read_copy};
pub use names::{copied_from, natural_order, sidecar_path};
pub use own::Refusal;
pub use places::{sample_dir, settings_path, state_dir};
pub use recovery::{Kept, drop_kept, keep_unsaved, kept_below};
pub use sample::{sample_files, write_sample};
pub use save::{SaveOutcome, save_file};
pub use schema::SIDECAR_SCHEMA;
pub use settings::{
    BesidePlace, FolderPlace, KeyNames, Settings, WindowPlace, load_settings, load_settings_from,
    save_settings, save_settings_to,
};
pub use sidecar_read::parse_sidecar;
pub use sidecar_write::serialise_sidecar;
pub use watch::{Change, Noticed, Seen, Watch};
pub use written::{existing_files, write_files};
