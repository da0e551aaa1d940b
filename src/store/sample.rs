//! The bundled sample: articles about invented people and places, some of them annotated.
//!
//! Copies what is not there yet and never writes over anything, so that work on the sample is safe.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::save::{SaveOutcome, save_file};

macro_rules! file {
    ($name:literal) => {
        (
            $name,
            include_bytes!(concat!("../../assets/sample/", $name)),
        )
    };
}

/// Every file of the sample: its path with `/`, and its bytes.
const FILES: &[(&str, &[u8])] = &[
    file!("harbour-strike.txt"),
    file!("harbour-strike.txt.ann.json"),
    file!("last-ferry.txt"),
    file!("last-ferry.txt.ann.json"),
    file!("library-vote.txt"),
    file!("library-vote.txt.ann.json"),
    file!("market-goat.txt"),
    file!("nachtzug.txt"),
    file!("pressmark.entities.json"),
    file!("quiet-please.txt"),
    file!("river/flood-inquiry.txt"),
    file!("river/flood-night.txt"),
];

/// The bundled files as paths with `/`.
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
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| StoreError::io(folder, error))?;
        }
        if let SaveOutcome::Saved { .. } = save_file(&path, bytes, None)? {
            written.push(path);
        }
    }
    Ok(written)
}
