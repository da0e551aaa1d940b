//! Files that a person asked for: exports into a folder of their choice.
//!
//! Unlike sidecars they can be made again at any time, so they are put in place whole (a part file, then a rename) but
//! without waiting for the disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::StoreError;
use super::durable::may_write;

/// Which of these names exist in a folder already.
pub fn existing_files(folder: &Path, names: &[&str]) -> Vec<String> {
    let there = |name: &&&str| folder.join(name).symlink_metadata().is_ok();
    names
        .iter()
        .filter(there)
        .map(|name| (*name).to_owned())
        .collect()
}

/// Writes files into a folder, which is made if need be; existing ones are replaced.
///
/// # Errors
/// When the folder cannot be made or a file cannot be written; files before it stay.
pub fn write_files<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(|error| StoreError::io(folder, error))?;
    for (name, bytes) in files {
        let short: String = name.chars().take(24).collect();
        let part = folder.join(format!(".{short}.{}.part", std::process::id()));
        write_new(&part, bytes)
            .and_then(|()| fs::rename(&part, folder.join(name)))
            .inspect_err(|_| drop(fs::remove_file(&part)))
            .map_err(|error| StoreError::io(&folder.join(name), error))?;
    }
    Ok(())
}

/// Writes a file that was not there: whatever has its name, a link in particular, is not written through.
fn write_new(part: &Path, bytes: &[u8]) -> io::Result<()> {
    may_write(bytes.len())?;
    let _ = fs::remove_file(part);
    File::create_new(part)?.write_all(bytes)
}
