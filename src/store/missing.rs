//! Articles that are not there any more while their sidecars are: shown from the text that was kept with the tags,
//! found again by their hash under another name, and given their tags back when a person says so.
//!
//! *Limitations*: an article that was renamed and edited in one go is not found; neither is a folder's worth of articles
//! compared that cannot be the one by their size alone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::article_file::{Article, anchor, load_article};
use super::disk::{self, hash, hex};
use super::durable::{folder_of, sync_folder};
use super::error::StoreError;
use super::folder::Copy;
use super::names::sidecar_path;
use super::own::{self, Refusal};
use super::sidecar_read::read_sidecar;
use crate::text::{SourceText, count_reordering, segment_with};

/// Why an article that is not there is only shown.
pub const MISSING: &str = "The article’s file is not there any more: it was removed or renamed by another program. Its tags are kept.";

/// Opens an article; one that is not there is shown as its sidecar has it, with its tags, and may not be changed.
///
/// # Errors
/// As [`load_article`]; [`StoreError::Missing`] when the sidecar is not there either, or holds no text.
pub fn load_article_or_kept(path: &Path, encoding: Option<&str>) -> Result<Article, StoreError> {
    match load_article(path, encoding) {
        Err(missing @ StoreError::Missing { .. }) => kept(path).ok_or(missing),
        loaded => loaded,
    }
}

fn kept(path: &Path) -> Option<Article> {
    let found = own::load(&sidecar_path(path), read_sidecar);
    let mut sidecar = found.value?;
    let source = SourceText::new(&**sidecar.text.as_ref()?);
    let info = sidecar.article.clone();
    let orphans = anchor(&mut sidecar, &source, &info);
    Some(Article {
        path: path.to_owned(),
        segments: segment_with(&source, &sidecar.overrides),
        info,
        guessed: false,
        replaced: 0,
        reordering: count_reordering(source.as_str()),
        sidecar,
        sidecar_hash: found.hash,
        readonly: Some(MISSING.to_owned()),
        refusal: Some(Refusal::Missing),
        is_changed: false,
        is_rewritten: false,
        orphans,
        source,
    })
}

/// An article that seems to have another name now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// What it was called.
    pub from: PathBuf,
    /// What it is called.
    pub to: PathBuf,
    /// Whether it has a sidecar under that name.
    pub has_sidecar: bool,
}

/// Looks for articles that are not there among others, by the hash of their bytes; of several with the same bytes, the
/// first that nobody has tagged.
///
/// `gone` are their old paths and their hashes where they are known; others are read from their sidecars.
pub fn find_renamed(gone: &[(PathBuf, Option<String>)], among: &[PathBuf]) -> Vec<Renamed> {
    let wanted: Vec<Wanted<'_>> = gone.iter().filter_map(Wanted::of).collect();
    let mut found: Vec<Renamed> = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    for path in among {
        let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
        if !wanted.iter().any(|one| one.may_have(size)) {
            continue;
        }
        let Ok(bytes) = disk::read(path) else {
            continue;
        };
        let sha256 = hex(&hash(&bytes));
        let is_it =
            |one: &&Wanted<'_>| one.sha256.eq_ignore_ascii_case(&sha256) && one.path != path;
        for one in wanted.iter().filter(is_it) {
            let here = Renamed {
                from: one.path.clone(),
                to: path.clone(),
                has_sidecar: sidecar_path(path).symlink_metadata().is_ok(),
            };
            match found.iter_mut().find(|other| other.from == here.from) {
                Some(other) if other.has_sidecar && !here.has_sidecar => *other = here,
                Some(_) => {}
                None => found.push(here),
            }
        }
    }
    found
}

/// What is known of an article that is looked for.
struct Wanted<'a> {
    path: &'a PathBuf,
    sha256: String,
    /// Its length in code points, if that is known.
    length: Option<u64>,
}

impl<'a> Wanted<'a> {
    fn of((path, sha256): &'a (PathBuf, Option<String>)) -> Option<Self> {
        if let Some(sha256) = sha256 {
            let (sha256, length) = (sha256.clone(), None);
            return Some(Self {
                path,
                sha256,
                length,
            });
        }
        let info = own::load(&sidecar_path(path), read_sidecar).value?.article;
        let length = Some(info.length as u64);
        let sha256 = info.sha256;
        (!sha256.is_empty()).then_some(Self {
            path,
            sha256,
            length,
        })
    }

    /// Whether a file of so many bytes may be it: a character takes four at the most, a line's end two, a mark at the
    /// beginning four.
    fn may_have(&self, size: u64) -> bool {
        self.length
            .is_none_or(|length| (length..=4 * length + 4).contains(&size))
    }
}

/// Gives an article the sidecar of another name: what it was called before.
///
/// # Errors
/// When there is one already, which stays, or the disk refuses.
pub fn move_sidecar(from: &Path, to: &Path) -> Result<(), StoreError> {
    let (old, new) = (sidecar_path(from), sidecar_path(to));
    let failed = |error| StoreError::io(&new, error);
    if new.symlink_metadata().is_ok() {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    // A second name fails where there is a file, a new name would replace it. Not every file system has second names.
    match fs::hard_link(&old, &new) {
        Ok(()) => fs::remove_file(&old).map_err(|error| StoreError::io(&old, error))?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(failed(error)),
        Err(_) => fs::rename(&old, &new).map_err(failed)?,
    }
    // Either name leads to it, whatever a power cut leaves.
    let _ = sync_folder(folder_of(&new));
    Ok(())
}

/// Reads a copy of a file of ours; a link in its place is not followed.
///
/// # Errors
/// When it is not there any more, or cannot be read.
pub fn read_copy(copy: &Copy) -> Result<Vec<u8>, StoreError> {
    let path = copy.path.clone();
    disk::read_own(&copy.path)?.ok_or(StoreError::Missing { path })
}
