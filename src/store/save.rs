//! Saving: a file is replaced as a whole, durably, and only when it still is what we last saw.
//!
//! Temporary file in the same folder, written, synced, renamed, folder synced: at every moment one whole file stands
//! at the path, and when this returns it outlasts a power cut. When to save is for `app` to decide.
//!
//! *Limitations*: ownership is kept where the system allows it, access lists and hard links are not. Where another
//! program holds the file open for a moment, as virus scanners on Windows do, saving fails and is tried again later.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use atomic_write_file::AtomicWriteFile;

use super::disk::{self, hash, hex, kind_of};
use super::error::StoreError;
use super::names::{shortened, sidecar_path};
use super::places;

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
/// When a link or anything but an ordinary file stands there, when it is protected, or when the disk refuses.
/// [`StoreError::Unconfirmed`] means written but not certain to last: save again, expecting the hash it carries.
pub fn save_file(
    path: &Path,
    bytes: &[u8],
    expected: Option<[u8; 32]>,
) -> Result<SaveOutcome, StoreError> {
    let ours = hash(bytes);
    if let Some(theirs) = on_disk(path)? {
        let found = hash(&theirs);
        // Our own bytes, from a save that was not confirmed, are no conflict.
        if Some(found) != expected && found != ours {
            return Ok(SaveOutcome::Conflict { theirs });
        }
    }
    replace(path, bytes, ours)?;
    Ok(SaveOutcome::Saved { hash: ours })
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

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn replace(path: &Path, bytes: &[u8], ours: [u8; 32]) -> Result<(), StoreError> {
    let failed = |error| StoreError::io(path, error);
    let mut file = AtomicWriteFile::open(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    // Synced here and not by `commit` alone: when that fails, it leaves its temporary file behind.
    file.sync_all().map_err(failed)?;
    let temporary = file.metadata().ok();
    let Err(error) = file.commit() else {
        return Ok(());
    };
    if !fs::read(path).is_ok_and(|found| found == bytes) {
        // Not renamed.
        remove_temporary(path, |found| {
            temporary.as_ref().is_some_and(|ours| is_same(ours, found))
        });
        return Err(failed(error));
    }
    match error.kind() {
        // Renamed; this file system cannot sync folders, and has no need to.
        io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported => Ok(()),
        _ => Err(StoreError::Unconfirmed {
            path: path.to_owned(),
            hash: ours,
            source: error,
        }),
    }
}

#[cfg(unix)]
fn is_same(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    false
}

/// Removes temporary files that a save of `path` left behind, as far as `is_left` knows them.
///
/// Mere housekeeping: what cannot be removed stays, and does no harm.
fn remove_temporary(path: &Path, is_left: impl Fn(&Metadata) -> bool) {
    /// What `atomic-write-file` adds to a name, in letters and digits.
    const RANDOM: usize = 6;
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return;
    };
    let start = format!(".{name}.");
    for entry in fs::read_dir(folder_of(path))
        .into_iter()
        .flatten()
        .flatten()
    {
        let is_ours = entry.file_name().to_str().is_some_and(|found| {
            found.strip_prefix(&start).is_some_and(|random| {
                random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric())
            })
        });
        if is_ours
            && entry
                .metadata()
                .is_ok_and(|found| found.is_file() && is_left(&found))
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Articles whose sidecar was kept since the program started.
static KEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Keeps a copy of an article's sidecar in the state folder, as it was before this run first changed it.
///
/// Does so once for each article, and clears away what an interrupted save of it left behind.
///
/// # Errors
/// When the sidecar cannot be read or the copy not be written.
pub fn keep_backup(article: &Path) -> Result<(), StoreError> {
    if lock().contains(article) {
        return Ok(());
    }
    let state = places::state_dir().ok_or(StoreError::NoPlace { what: "backups" })?;
    copy_sidecar(article, &state.join("backups"))?;
    lock().insert(article.to_owned());
    Ok(())
}

fn lock() -> std::sync::MutexGuard<'static, BTreeSet<PathBuf>> {
    // A set of paths is whole even where a thread that held it has panicked.
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Copies an article's sidecar into a folder and says where; `None` when there is no sidecar.
///
/// # Errors
/// When the sidecar cannot be read or the copy not be written.
pub fn copy_sidecar(article: &Path, folder: &Path) -> Result<Option<PathBuf>, StoreError> {
    /// Old enough that no other window can be in the middle of that save.
    const STALE: Duration = Duration::from_secs(60 * 60);
    let sidecar = sidecar_path(article);
    remove_temporary(&sidecar, |found| {
        let age = found.modified().ok().and_then(|time| time.elapsed().ok());
        age.is_some_and(|age| age > STALE)
    });
    let Some(bytes) = disk::read_own(&sidecar)? else {
        return Ok(None);
    };
    fs::create_dir_all(folder).map_err(|error| StoreError::io(folder, error))?;
    // Two folders may each have a story.txt.
    let place = fs::canonicalize(folder_of(article)).unwrap_or_else(|_| folder_of(article).into());
    let mark = &hex(&hash(place.as_os_str().as_encoded_bytes()))[..8];
    let name = shortened(
        sidecar.file_name().unwrap_or_default(),
        &format!("~{mark}.bak"),
    );
    let copy = folder.join(name);
    replace(&copy, &bytes, hash(&bytes))?;
    Ok(Some(copy))
}
