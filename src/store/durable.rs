//! Replaces a file as a whole, so that it outlasts a power cut: the recipe, and nothing about when or whether.
//!
//! A temporary file in the same folder, written, synced, renamed, the folder synced. At every moment one whole file
//! stands at the path. Whoever sees an error knows from it whether the new file stands there already.
//!
//! *Limitations*: the owner is kept where the system allows it; access lists and hard links are not. Where another
//! program holds the file open for a moment, as virus scanners on Windows do, renaming fails and is tried again later.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::disk::{self, Entry};

/// What a temporary file's name adds to a name behind the dot, in letters and digits.
const TAIL: usize = 6;

/// Old enough that nobody can be in the middle of that save.
const STALE: Duration = Duration::from_secs(60 * 60);

/// So many names are tried; another one is taken only where a leftover has the first.
const NAMES: u32 = 1000;

/// Why a file was not replaced, or not certainly for ever.
#[derive(Debug)]
pub(super) enum Failure {
    /// The old file stands there, if there was one.
    NotWritten(io::Error),
    /// The new file stands there, but may not outlast a power cut.
    Unconfirmed(io::Error),
}

/// Replaces a file durably, keeping its permissions, or makes it.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let (file, temporary) = create(path).map_err(Failure::NotWritten)?;
    let written = write(file, path, bytes).and_then(|()| fs::rename(&temporary, path));
    if let Err(error) = written {
        // A server may have renamed and lost its answer.
        if fs::symlink_metadata(&temporary).is_err()
            && fs::read(path).is_ok_and(|found| found == bytes)
        {
            return Err(Failure::Unconfirmed(error));
        }
        // What cannot be removed is swept later.
        let _ = fs::remove_file(&temporary);
        return Err(Failure::NotWritten(error));
    }
    sync_folder(folder_of(path)).map_err(Failure::Unconfirmed)
}

/// The folder of a path, as a path that can be opened.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes a temporary file beside `path`: `.name.` and six letters and digits.
fn create(path: &Path) -> io::Result<(File, PathBuf)> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    restrict(&mut options, path);
    let mut last = io::ErrorKind::AlreadyExists.into();
    for _ in 0..NAMES {
        // Two processes that take the same name do no harm: one of them takes the next.
        let number = std::process::id().wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed) << 20);
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}", tail(number)));
        let temporary = path.with_file_name(name);
        match options.open(&temporary) {
            Ok(file) => return Ok((file, temporary)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// The low 31 bits of a number in six letters and digits.
fn tail(mut number: u32) -> String {
    let mut out = String::with_capacity(TAIL);
    for _ in 0..TAIL {
        out.extend(char::from_digit(number % 36, 36));
        number /= 36;
    }
    out
}

fn write(mut file: File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    may_write(bytes.len())?;
    file.write_all(bytes)?;
    if let Ok(old) = fs::symlink_metadata(path) {
        keep_access(&file, &old)?;
    }
    file.sync_all()
}

/// Refuses what is larger than this process may write (`ulimit -f`): the attempt would not fail but end the process.
pub(super) fn may_write(length: usize) -> io::Result<()> {
    static LARGEST: OnceLock<u64> = OnceLock::new();
    let largest = LARGEST.get_or_init(|| {
        // Such a file there is on Linux only; elsewhere, and where nothing is limited, no number is found.
        let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let line = limits.lines().find_map(|l| l.strip_prefix("Max file size"));
        let soft = line.and_then(|line| line.split_whitespace().next());
        soft.and_then(|soft| soft.parse().ok()).unwrap_or(u64::MAX)
    });
    if length as u64 <= *largest {
        return Ok(());
    }
    let reason = format!("files of up to {largest} bytes may be written here (ulimit -f)");
    Err(io::Error::new(io::ErrorKind::FileTooLarge, reason))
}

/// The new file is never open to more people than the old one, not even for a moment.
#[cfg(unix)]
fn restrict(options: &mut OpenOptions, path: &Path) {
    use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
    if let Ok(old) = fs::symlink_metadata(path) {
        options.mode(old.mode() & 0o777);
    }
}

#[cfg(unix)]
fn keep_access(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // A file that somebody else owns becomes ours; its group can still be kept where we belong to it.
        let _ = fchown(file, Some(old.uid()), Some(old.gid()))
            .or_else(|_| fchown(file, None, Some(old.gid())));
    }
    if new.mode() & 0o7777 == old.mode() & 0o7777 {
        return Ok(());
    }
    match file.set_permissions(old.permissions()) {
        // Sticks and shares of other systems have no permissions to keep.
        Err(error) if is_not_offered(&error) => Ok(()),
        other => other,
    }
}

#[cfg(unix)]
fn is_not_offered(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    matches!(error.kind(), PermissionDenied | Unsupported | InvalidInput)
}

#[cfg(not(unix))]
fn restrict(_: &mut OpenOptions, _: &Path) {}

#[cfg(not(unix))]
fn keep_access(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // This file system cannot sync folders, and has no need to.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}

/// The other platforms sync a rename with the file, or offer nothing.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes temporary files that interrupted saves left in a folder, of names that are ours.
///
/// Mere housekeeping: what cannot be removed stays, and does no harm.
pub(super) fn sweep(folder: &Path, is_ours: impl Fn(&str) -> bool) {
    let entries = disk::entries(folder, usize::MAX).into_iter().flatten();
    for Entry { path, .. } in entries.flatten() {
        let name = path.file_name().and_then(OsStr::to_str);
        let of_whom = name.and_then(saved_as);
        let is_stale = |found: Metadata| {
            let age = found.modified().ok().and_then(|time| time.elapsed().ok());
            found.is_file() && age.is_some_and(|age| age > STALE)
        };
        if of_whom.is_some_and(&is_ours) && fs::symlink_metadata(&path).is_ok_and(is_stale) {
            let _ = fs::remove_file(path);
        }
    }
}

/// The name that a temporary file was to get.
fn saved_as(temporary: &str) -> Option<&str> {
    let (name, tail) = temporary.strip_prefix('.')?.rsplit_once('.')?;
    let is_tail = tail.len() == TAIL && tail.bytes().all(|b| b.is_ascii_alphanumeric());
    is_tail.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_file_is_known_by_its_name() {
        assert_eq!(saved_as(".a.txt.ann.json.Ab12Cd"), Some("a.txt.ann.json"));
        for other in ["a.txt.ann.json", ".a.txt.ann.json", ".a.json.part12x", "."] {
            assert_eq!(saved_as(other), None, "{other}");
        }
        assert_eq!(tail(36), "010000");
        assert_eq!(tail(u32::MAX).len(), TAIL);
    }
}
