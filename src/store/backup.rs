//! A copy of each sidecar as it was before this run first changed it, in the state folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{self, hash, hex};
use super::durable::{self, folder_of};
use super::error::StoreError;
use super::names::{SIDECAR_SUFFIX, shortened, sidecar_path};
use super::places::make_private;

/// The copies that a run makes.
#[derive(Debug, Default)]
pub struct Backups {
    kept: BTreeSet<PathBuf>,
    swept: BTreeSet<PathBuf>,
}

impl Backups {
    /// Copies an article's sidecar, before this run first changes it, and says where; later calls do nothing.
    ///
    /// `None` when there is no sidecar, or it was copied before.
    ///
    /// # Errors
    /// When the sidecar cannot be read or the copy not be written.
    pub fn keep(&mut self, article: &Path, state: &Path) -> Result<Option<PathBuf>, StoreError> {
        if self.kept.contains(article) {
            return Ok(None);
        }
        let copy = copy_sidecar(article, &state.join("backups"))?;
        self.kept.insert(article.to_owned());
        Ok(copy)
    }

    /// Clears away what interrupted saves left behind in a file's folder, once in a run.
    pub fn sweep_beside(&mut self, path: &Path) {
        let folder = folder_of(path);
        if self.swept.insert(folder.to_owned()) {
            let is_records = |name: &str| name.starts_with("pressmark.") && name.ends_with(".json");
            durable::sweep(folder, |name| {
                name.ends_with(SIDECAR_SUFFIX) || is_records(name)
            });
        }
    }
}

fn copy_sidecar(article: &Path, folder: &Path) -> Result<Option<PathBuf>, StoreError> {
    let sidecar = sidecar_path(article);
    let Some(bytes) = disk::read_own(&sidecar)? else {
        return Ok(None);
    };
    make_private(folder).map_err(|error| StoreError::io(folder, error))?;
    // Two folders may each have a story.txt.
    let place = fs::canonicalize(folder_of(article)).unwrap_or_else(|_| folder_of(article).into());
    let mark = &hex(&hash(place.as_os_str().as_encoded_bytes()))[..8];
    let name = shortened(
        sidecar.file_name().unwrap_or_default(),
        &format!("~{mark}.bak"),
    );
    let copy = folder.join(name);
    match durable::replace(&copy, &bytes) {
        Ok(()) | Err(durable::Failure::Unconfirmed(_)) => Ok(Some(copy)),
        Err(durable::Failure::NotWritten(error)) => Err(StoreError::io(&copy, error)),
    }
}
