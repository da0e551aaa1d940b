//! Files of ours beside articles: how they are opened, and when they may not be written.
//!
//! What they hold is for `sidecar_read`, `entities_file` and `codebook_file`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{self, hash};
use super::error::StoreError;
use super::file_hash::FileHash;
use super::json::not_text;
use super::names::shown;

/// What reading gives: the value, and the oldest reader it allows where that is newer than we are.
pub(super) type Read<T> = (T, Option<usize>);

/// A file as it was found.
pub(super) struct Loaded<T> {
    pub value: Option<T>,
    pub hash: Option<FileHash>,
    pub readonly: Option<String>,
    pub refusal: Option<Refusal>,
}

/// Why a file of ours may not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be understood, so writing would destroy what somebody put there.
    Unreadable,
    /// A newer version wrote it and says that we must not.
    Newer,
    /// It is protected against writing.
    Protected,
    /// The article is a link to another folder, which has the sidecar's right place.
    Elsewhere,
    /// The article is not there; what is shown is the text that was kept with its tags.
    Missing,
}

/// Opens a file of ours; there may be none. One that cannot be understood is left alone and says why.
pub(super) fn load<T>(
    path: &Path,
    read: impl FnOnce(&Arc<String>) -> Result<Read<T>, StoreError>,
) -> Loaded<T> {
    let name = shown(path.file_name().unwrap_or_default());
    let unreadable = |hash, error: &StoreError| Loaded {
        value: None,
        hash,
        readonly: Some(format!(
            "{name} could not be read: {}. The file stays as it is.",
            error.reason().trim_end_matches('.')
        )),
        refusal: Some(Refusal::Unreadable),
    };
    let bytes = match disk::read_own(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            return Loaded {
                value: None,
                hash: None,
                readonly: None,
                refusal: None,
            };
        }
        Err(error) => return unreadable(None, &error),
    };
    let whole = match String::from_utf8(bytes) {
        Ok(text) => Arc::new(text),
        Err(error) => {
            let bytes = error.as_bytes();
            let fault = StoreError::json(not_text(bytes));
            return unreadable(Some(hash(bytes).into()), &fault);
        }
    };
    let hash = Some(FileHash::of(Arc::clone(&whole)));
    let (value, newer) = match read(&whole) {
        Ok(read) => read,
        Err(error) => return unreadable(hash, &error),
    };
    let refusal = if newer.is_some() {
        Some(Refusal::Newer)
    } else {
        disk::is_protected(path).then_some(Refusal::Protected)
    };
    let because = |refusal| match refusal {
        Refusal::Newer => {
            "was written by a newer version of Pressmark. It is shown, and stays as it is."
        }
        _ => "is protected against writing. Take the protection away to go on working.",
    };
    Loaded {
        value: Some(value),
        hash,
        readonly: refusal.map(|refusal| format!("{name} {}", because(refusal))),
        refusal,
    }
}

/// Opens a file of ours in a folder.
///
/// # Errors
/// When the folder is not there or cannot be looked into.
pub(super) fn load_below<T>(
    folder: &Path,
    name: &str,
    read: impl FnOnce(&Arc<String>) -> Result<Read<T>, StoreError>,
) -> Result<Loaded<T>, StoreError> {
    disk::entries(folder, 1).map_err(|error| StoreError::io(folder, error))?;
    Ok(load(&folder.join(name), read))
}

/// The value of a file that may be written again.
pub(super) fn writable<T>((value, newer): Read<T>) -> Result<T, StoreError> {
    match newer {
        None => Ok(value),
        Some(reader_min) => Err(StoreError::Newer {
            path: PathBuf::new(),
            reader_min,
        }),
    }
}
