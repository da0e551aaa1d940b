//! The bundled sample: articles about invented people and places, some of them annotated.
//!
//! Copies what is not there yet and never writes over anything, so that work on the sample is safe.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::save::{SaveOutcome, save_file};

/// Every file of the sample: its name, and its bytes.
const FILES: &[(&str, &[u8])] = &[];

/// The names of the bundled files.
pub fn sample_files() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// Copies the bundled sample into a folder, which is made if need be, and returns what was not there before.
///
/// # Errors
/// When the folder cannot be made or written to.
pub fn write_sample(dir: &Path) -> Result<Vec<PathBuf>, StoreError> {
    fs::create_dir_all(dir).map_err(|error| StoreError::io(dir, error))?;
    let mut written = Vec::new();
    for (name, bytes) in FILES {
        let path = dir.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            continue;
        }
        if let SaveOutcome::Saved { .. } = save_file(&path, bytes, None)? {
            written.push(path);
        }
    }
    Ok(written)
}
