//! Reading whole files within limits, and their hashes.
//!
//! Never follows anything that has no end (pipes, devices), never writes. Writing is `save`'s.

use std::fs::{self, DirEntry, File, FileType};
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::StoreError;

/// The most that is read of an article or of one of our files, in bytes.
pub(super) const MAX_FILE: u64 = 64 << 20;

/// The SHA-256 of some bytes.
pub fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// What a thing that is no ordinary file is, with its article.
pub(super) fn kind_of(file_type: FileType) -> &'static str {
    if file_type.is_dir() {
        "a folder"
    } else if file_type.is_symlink() {
        "a link"
    } else {
        "a pipe, a socket or a device"
    }
}

/// Reads a file to its end; a link is followed.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    read_up_to(path, MAX_FILE).and_then(|(bytes, size)| {
        let too_large = bytes.len() as u64 > MAX_FILE;
        if too_large {
            return Err(too_large_error(path, size.max(bytes.len() as u64)));
        }
        Ok(bytes)
    })
}

/// Reads the beginning of a file; `true` when that is all of it.
pub(super) fn peek(path: &Path, most: usize) -> Result<(Vec<u8>, bool), StoreError> {
    let (mut bytes, _) = read_up_to(path, most as u64)?;
    let is_all = bytes.len() <= most;
    bytes.truncate(most);
    Ok((bytes, is_all))
}

/// Refuses to write what we would not read again.
pub(super) fn within_limit(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let size = bytes.len() as u64;
    if size > MAX_FILE {
        return Err(too_large_error(path, size));
    }
    Ok(())
}

fn too_large_error(path: &Path, size: u64) -> StoreError {
    StoreError::TooLarge {
        path: path.to_owned(),
        size,
        limit: MAX_FILE,
    }
}

/// Reads at most one byte more than `most`, so that the caller sees whether something was left.
fn read_up_to(path: &Path, most: u64) -> Result<(Vec<u8>, u64), StoreError> {
    let failed = |error: io::Error| StoreError::io(path, error);
    let not_a_file = |what| StoreError::NotAFile {
        path: path.to_owned(),
        what,
    };
    // Looked at before it is opened: opening a pipe would wait for its other end.
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(not_a_file(kind_of(metadata.file_type())));
    }
    let size = metadata.len();
    if size > MAX_FILE {
        return Err(too_large_error(path, size));
    }
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(most)).unwrap_or(0) + 1);
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if size == 0 && !bytes.is_empty() {
        // Files below /proc say that they are empty and have contents all the same.
        return Err(not_a_file("a window into the running system"));
    }
    Ok((bytes, size))
}

/// Reads one of our own files: `None` when there is none, an error when a link stands in its place.
pub(super) fn read_own(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => Err(StoreError::Link {
            path: path.to_owned(),
        }),
        Ok(_) => read(path).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        // The article's own name may leave no room for a longer one; then there is no such file.
        Err(error) if error.kind() == io::ErrorKind::InvalidFilename => Ok(None),
        Err(error) => Err(StoreError::io(path, error)),
    }
}

/// Something that stands in a folder.
pub(super) struct Entry {
    pub path: PathBuf,
    pub kind: io::Result<FileType>,
}

impl Entry {
    fn of(entry: DirEntry) -> Self {
        Self {
            path: entry.path(),
            kind: entry.file_type(),
        }
    }
}

/// What stands in a folder, `most` entries of it.
pub(super) fn entries(folder: &Path, most: usize) -> io::Result<Vec<io::Result<Entry>>> {
    let mut found = Vec::new();
    let full = visit(folder, &mut |entry| {
        found.push(entry);
        if found.len() < most { Ok(()) } else { Err(()) }
    });
    full.map(|_| found)
}

/// Visits what stands in a folder, one after the other, until the visitor has enough or something cannot be read.
///
/// # Errors
/// When the folder itself cannot be read; inside, what the visitor refused with.
pub(super) fn visit<E>(
    folder: &Path,
    visitor: &mut dyn FnMut(io::Result<Entry>) -> Result<(), E>,
) -> io::Result<Result<(), E>> {
    let mut visited = Ok(());
    let mut is_through = false;
    // The standard library panics where a folder that was read cannot be closed; what was read by then is read.
    let listed = catch_unwind(AssertUnwindSafe(|| {
        let mut entries = fs::read_dir(folder)?;
        for entry in entries.by_ref() {
            let is_last = entry.is_err();
            visited = visitor(entry.map(Entry::of));
            if is_last || visited.is_err() {
                break;
            }
        }
        is_through = true;
        Ok(())
    }));
    match listed {
        Err(panic) if !is_through => resume_unwind(panic),
        Ok(Err(error)) => Err(error),
        _ => Ok(visited),
    }
}

/// Whether a file says of itself that it is not to be written over.
pub(super) fn is_protected(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}
