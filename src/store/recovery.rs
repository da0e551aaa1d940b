//! What could not be saved where it belongs, kept in the state folder until it can.
//!
//! One file for each content, named by the hashes of its path and of what it holds, so that nothing kept is ever written
//! over. It holds what was to be written and what that was based on, so that it can be merged later. When to keep, to
//! offer and to drop is for `app` to decide.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::disk::{self, hash, hex, within_limit};
use super::durable::{self, Failure, folder_of};
use super::error::StoreError;
use super::names::SIDECAR_SUFFIX;
use super::places::make_private;

const FORMAT: &str = "pressmark-recovery";

/// Something that could not be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The file that keeps it.
    pub file: PathBuf,
    /// Where it should have been written.
    pub path: PathBuf,
    /// What was to be written.
    pub bytes: Vec<u8>,
    /// What stood there when that was begun, as far as it was read.
    pub base: Vec<u8>,
}

/// The file's own form.
#[derive(Serialize, Deserialize)]
struct Record<'a> {
    format: String,
    /// As people read it.
    path: String,
    /// As the system has it, where that is no text: bytes in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
    #[serde(borrow)]
    base: &'a RawValue,
    #[serde(borrow)]
    content: &'a RawValue,
}

fn recovery_dir(state: &Path) -> PathBuf {
    state.join("recovery")
}

/// Keeps what could not be saved at `path`, with what it was based on. Returns the file that keeps it.
///
/// # Errors
/// When the state folder cannot be written either.
pub fn keep_unsaved(
    state: &Path,
    path: &Path,
    bytes: &[u8],
    base: &[u8],
) -> Result<PathBuf, StoreError> {
    let folder = recovery_dir(state);
    make_private(&folder).map_err(|error| StoreError::io(&folder, error))?;
    let target = settled(path);
    let name = |bytes: &[u8]| hex(&hash(bytes))[..16].to_owned();
    let file = folder.join(format!(
        "{}-{}.json",
        name(target.as_os_str().as_encoded_bytes()),
        name(bytes)
    ));
    let failed = |error: serde_json::Error| StoreError::Io {
        path: file.clone(),
        source: error.into(),
    };
    let record = serde_json::to_vec(&Record {
        format: FORMAT.to_owned(),
        path: target.display().to_string(),
        path_bytes: raw_bytes(&target).map(hex),
        base: serde_json::from_slice(base).map_err(failed)?,
        content: serde_json::from_slice(bytes).map_err(failed)?,
    })
    .map_err(failed)?;
    within_limit(&file, &record)?;
    match durable::replace(&file, &record) {
        Ok(()) | Err(Failure::Unconfirmed(_)) => Ok(file),
        Err(Failure::NotWritten(error)) => Err(StoreError::io(&file, error)),
    }
}

/// What is kept for files in a folder and below it, in the order in which it was kept; paths begin as `root` does.
///
/// What is kept for a folder that is gone belongs here too, where its articles are here now: the folder was renamed or
/// moved. A file of the store that cannot be read is left alone.
pub fn kept_below(state: &Path, root: &Path) -> Vec<Kept> {
    let place = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let entries = disk::entries(&recovery_dir(state), usize::MAX);
    let files = entries.into_iter().flatten().flatten();
    let all: Vec<Kept> = files
        .filter(|entry| entry.path.extension().is_some_and(|e| e == "json"))
        .filter_map(|entry| read(&entry.path))
        .collect();
    let mut places: Vec<PathBuf> = all.iter().filter_map(|k| came_from(k, root)).collect();
    places.insert(0, place);
    let mut found: Vec<_> = all
        .into_iter()
        .filter_map(|kept| {
            let below = places.iter().find_map(|p| kept.path.strip_prefix(p).ok())?;
            let path = root.join(below);
            let since = fs::metadata(&kept.file).and_then(|m| m.modified()).ok();
            Some((since, Kept { path, ..kept }))
        })
        .collect();
    found.sort_by(|a, b| (a.0, &a.1.file).cmp(&(b.0, &b.1.file)));
    found.into_iter().map(|(_, kept)| kept).collect()
}

/// The folder that has become `root`, if what is kept was for an article of a folder that is gone and that lies here now.
fn came_from(kept: &Kept, root: &Path) -> Option<PathBuf> {
    #[derive(Deserialize)]
    struct Sidecar {
        article: Article,
    }
    #[derive(Deserialize)]
    struct Article {
        sha256: String,
    }
    let name = kept
        .path
        .file_name()?
        .to_str()?
        .strip_suffix(SIDECAR_SUFFIX)?;
    let sidecar: Sidecar = serde_json::from_slice(&kept.bytes).ok()?;
    let is_here = |old: &&Path| {
        let below = kept.path.with_file_name(name);
        let here = below.strip_prefix(old).map(|below| root.join(below));
        let found = here.ok().and_then(|here| disk::read(&here).ok());
        found.is_some_and(|bytes| hex(&hash(&bytes)) == sidecar.article.sha256)
    };
    let mut gone = kept
        .path
        .ancestors()
        .skip(1)
        .take_while(|old| !old.exists());
    gone.find(is_here).map(Path::to_owned)
}

/// Removes what is kept no longer. What cannot be removed is offered once more, and changes nothing.
pub fn drop_kept(files: &[PathBuf]) {
    for file in files {
        let _ = fs::remove_file(file);
    }
}

fn read(file: &Path) -> Option<Kept> {
    let bytes = disk::read_own(file).ok()??;
    let record: Record<'_> = serde_json::from_slice(&bytes).ok()?;
    if record.format != FORMAT {
        return None;
    }
    let path = match &record.path_bytes {
        Some(bytes) => path_of(bytes)?,
        None => PathBuf::from(record.path),
    };
    Some(Kept {
        file: file.to_owned(),
        path,
        bytes: record.content.get().into(),
        base: record.base.get().into(),
    })
}

/// The path by which a file is known however its folder was reached. The file itself need not be there.
fn settled(path: &Path) -> PathBuf {
    let folder = fs::canonicalize(folder_of(path)).unwrap_or_else(|_| folder_of(path).into());
    folder.join(path.file_name().unwrap_or_default())
}

/// The bytes of a path that is no text.
#[cfg(unix)]
fn raw_bytes(path: &Path) -> Option<&[u8]> {
    let name = path.as_os_str();
    let bytes = name.as_encoded_bytes();
    name.to_str().is_none().then_some(bytes)
}

#[cfg(unix)]
fn path_of(hexadecimal: &str) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    let digits: Option<Vec<u8>> = hexadecimal
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let bytes = digits?
        .chunks_exact(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect();
    Some(std::ffi::OsString::from_vec(bytes).into())
}

/// Elsewhere paths that are no text are kept as they are shown, and found again by a person.
#[cfg(not(unix))]
fn raw_bytes(_: &Path) -> Option<&[u8]> {
    None
}

#[cfg(not(unix))]
fn path_of(_: &str) -> Option<PathBuf> {
    None
}
