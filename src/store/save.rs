//! Saving: a file is replaced as a whole, durably, and only when it still is what we last saw.
//!
//! When to save is for `app` to decide; how the bytes get onto the disk is `durable`'s.
//!
//! *Limitations*: programs that do not take part in our locks can write between the comparison and the replacement.

use std::fs;
use std::io;
use std::path::Path;

use super::disk::{self, hash, kind_of, within_limit};
use super::durable::{Failure, folder_of, replace};
use super::error::StoreError;
use super::lock;

/// What came of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveOutcome {
    /// The bytes are on the disk and will stay there.
    Saved {
        /// Their hash, to be expected by the next save.
        hash: [u8; 32],
    },
    /// Somebody else wrote the file in the meantime; nothing was changed.
    Conflict {
        /// What stands there now.
        theirs: Vec<u8>,
    },
}

/// Saves a file durably, unless it is not what was last read or written.
///
/// `expected` is the hash of what should stand there; `None` means that nothing should. A file that has vanished is
/// written anew, its folder never is.
///
/// # Errors
/// When it is too large to be read again, when a link or anything but an ordinary file stands there, when it is
/// protected, or when the disk refuses.
/// [`StoreError::Unconfirmed`] means written but not certain to last: save again, expecting the hash it carries.
pub fn save_file(
    path: &Path,
    bytes: &[u8],
    expected: Option<[u8; 32]>,
) -> Result<SaveOutcome, StoreError> {
    within_limit(path, bytes)?;
    let _lock = lock::while_saving(folder_of(path));
    let ours = hash(bytes);
    if let Some(theirs) = on_disk(path)? {
        let found = hash(&theirs);
        // Our own bytes, from a save that was not confirmed, are no conflict.
        if Some(found) != expected && found != ours {
            return Ok(SaveOutcome::Conflict { theirs });
        }
    }
    match replace(path, bytes) {
        Ok(()) => Ok(SaveOutcome::Saved { hash: ours }),
        Err(Failure::NotWritten(error)) => Err(StoreError::io(path, error)),
        Err(Failure::Unconfirmed(source)) => Err(StoreError::Unconfirmed {
            path: path.to_owned(),
            hash: ours,
            source,
        }),
    }
}

/// What stands at a path that we want to write, if anything.
fn on_disk(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let owned = || path.to_owned();
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => Err(StoreError::Link { path: owned() }),
        Ok(metadata) if !metadata.is_file() => Err(StoreError::NotAFile {
            path: owned(),
            what: kind_of(metadata.file_type()),
        }),
        Ok(metadata) if metadata.permissions().readonly() => {
            Err(StoreError::Protected { path: owned() })
        }
        Ok(_) => disk::read(path).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = folder_of(path);
            if folder.is_dir() {
                Ok(None)
            } else {
                Err(StoreError::FolderGone {
                    path: folder.to_owned(),
                })
            }
        }
        Err(error) => Err(StoreError::io(path, error)),
    }
}
