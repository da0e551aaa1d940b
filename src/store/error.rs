//! What can go wrong on the disk, always with the path and what the person can recognise.
//!
//! Says what happened; `app/notice.rs` turns it into summary, details and hint.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::json::Fault;
use crate::text::DecodeError;

/// Why a file or a folder could not be read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is nothing at this path.
    #[error("{} does not exist", path.display())]
    Missing {
        /// What was looked for.
        path: PathBuf,
    },
    /// The operating system refuses access.
    #[error("{} may not be read or written: permission denied", path.display())]
    Denied {
        /// What was refused.
        path: PathBuf,
    },
    /// Any other failure of the operating system.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was read or written.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A folder, a pipe, a device: nothing that can be read to its end.
    #[error("{} is {what}, not an ordinary file", path.display())]
    NotAFile {
        /// What was looked at.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// Larger than what is read.
    #[error("{} has {} MiB; files of up to {} MiB are read", path.display(), size >> 20, limit >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// The bytes are not text.
    #[error("{}: {source}", path.display())]
    NotText {
        /// The article.
        path: PathBuf,
        /// Why.
        source: DecodeError,
    },
    /// Not the JSON that it should be.
    #[error("{}, line {line}, column {column}: {message}", path.display())]
    Json {
        /// The file; empty when only its bytes were given.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// Written by a program that says we must not change it.
    #[error("{} was written by a newer version, for readers of version {reader_min} on", path.display())]
    Newer {
        /// The file; empty when only its bytes were given.
        path: PathBuf,
        /// The oldest reader that it allows.
        reader_min: usize,
    },
    /// A symbolic link stands where we would write; its target is none of our business.
    #[error("{} is a link to another place; it is neither read nor replaced", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// Somebody has protected the file against writing.
    #[error("{} is protected against writing", path.display())]
    Protected {
        /// The file.
        path: PathBuf,
    },
    /// The folder to write into is gone; it is never made anew behind the person's back.
    #[error("the folder {} does not exist any more", path.display())]
    FolderGone {
        /// The folder.
        path: PathBuf,
    },
    /// Written, but the disk did not confirm that it will last. Still unsaved: write it again.
    #[error("{} was written, but the disk did not confirm it: {source}", path.display())]
    Unconfirmed {
        /// The file.
        path: PathBuf,
        /// The hash of what stands there now, to be expected by the next try.
        hash: [u8; 32],
        /// What the system says.
        source: io::Error,
    },
    /// The folder is larger than what is listed.
    #[error("{} has more than {limit} entries; open one of its folders", path.display())]
    TooMany {
        /// The folder.
        path: PathBuf,
        /// The most that is listed.
        limit: usize,
    },
    /// Folders lie in folders without end.
    #[error("{} lies deeper than {limit} folders; open one of its folders", path.display())]
    TooDeep {
        /// The folder.
        path: PathBuf,
        /// The most that is followed.
        limit: usize,
    },
    /// The person stopped it.
    #[error("reading {} was stopped", path.display())]
    Cancelled {
        /// The folder.
        path: PathBuf,
    },
    /// The system does not say where this user's files belong.
    #[error("no place for {what} was found: the home folder is not known")]
    NoPlace {
        /// What was to be kept.
        what: &'static str,
    },
}

impl StoreError {
    /// Sorts an error of the operating system.
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::PermissionDenied => Self::Denied { path },
            _ => Self::Io { path, source },
        }
    }

    /// A fault of a file's JSON.
    pub(super) fn json(fault: Fault) -> Self {
        Self::Json {
            path: PathBuf::new(),
            line: fault.line,
            column: fault.column,
            message: fault.message,
        }
    }

    /// Says which file it was, where only bytes were given before.
    pub fn in_file(mut self, file: &Path) -> Self {
        if let Self::Json { path, .. } | Self::Newer { path, .. } = &mut self {
            file.clone_into(path);
        }
        self
    }

    /// The reason alone, without the path, for a row or a banner that names the file already.
    pub fn reason(&self) -> String {
        match self {
            Self::Missing { .. } => String::from("it does not exist"),
            Self::Denied { .. } => String::from("permission is denied"),
            Self::Io { source, .. } => source.to_string(),
            Self::NotAFile { what, .. } => format!("it is {what}, not an ordinary file"),
            Self::TooLarge { size, limit, .. } => format!(
                "it has {} MiB; files of up to {} MiB are read",
                size >> 20,
                limit >> 20
            ),
            Self::NotText { source, .. } => source.to_string(),
            Self::Json {
                line,
                column,
                message,
                ..
            } => format!("line {line}, column {column}: {message}"),
            Self::Newer { .. } => String::from("it was written by a newer version of Pressmark"),
            Self::Link { .. } => String::from("it is a link to another place"),
            Self::Protected { .. } => String::from("it is protected against writing"),
            Self::FolderGone { .. } => String::from("its folder does not exist any more"),
            Self::Unconfirmed { source, .. } => format!("the disk did not confirm it: {source}"),
            Self::TooMany { limit, .. } => format!("it has more than {limit} entries"),
            Self::TooDeep { limit, .. } => {
                format!("it lies deeper than {limit} folders; open one of its folders")
            }
            Self::Cancelled { .. } => String::from("reading it was stopped"),
            Self::NoPlace { .. } => self.to_string(),
        }
    }
}
