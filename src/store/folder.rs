//! Lists the articles of a folder, and what a row of that list shows.
//!
//! Reads no article while listing: a hundred thousand files take about a second. What is in a file is for
//! [`row_info`] and `article_file`.
//!
//! *Limitations*: links to folders are not followed, so no circle can trap the walk.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::articles::Articles;
use super::disk::{self, Entry, MAX_FILE, kind_of};
use super::durable::folder_of;
use super::entities_file::entities_path;
use super::error::StoreError;
use super::names::{SIDECAR_SUFFIX, copied_from, is_too_long, natural_order, shown, sidecar_path};
use super::sidecar_read::glance;
use crate::model::{BlockKind, Status};
use crate::text::{decode, segment};

/// Extensions of articles.
const EXTENSIONS: [&str; 3] = ["txt", "text", "md"];

/// The most entries that a folder may have, folders below it included.
const MAX_ENTRIES: usize = 200_000;

/// How deep folders may lie in folders: far beyond any archive, and short of the longest path.
const MAX_DEPTH: usize = 64;

/// How often the caller hears how far the walk is, in entries.
const PROGRESS_EVERY: usize = 256;

/// How much of an article is read for its headline, in bytes.
const HEADLINE_WITHIN: usize = 8 << 10;

/// The longest headline that a row takes, in characters.
const MAX_TITLE: usize = 200;

/// One article in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    /// Path below the folder, with `/`; bytes that are not text percent-encoded.
    pub rel: String,
    /// Where it is.
    pub path: PathBuf,
}

/// Something in a folder that should be an article and cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Path below the folder, with `/`.
    pub rel: String,
    /// Why.
    pub reason: String,
}

/// A copy of a file of ours, made by a program that syncs folders, or by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Path below the folder, with `/`.
    pub rel: String,
    /// Where it is.
    pub path: PathBuf,
    /// The path of the file that it is a copy of, in the same folder.
    pub of: PathBuf,
}

/// What is in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// The folder.
    pub root: PathBuf,
    /// Articles, in the order people expect.
    pub articles: Articles,
    /// What cannot be opened, in the same order.
    pub unreadable: Vec<Unreadable>,
    /// Articles that are not there and whose sidecars are.
    pub missing: Articles,
    /// Copies of sidecars and of the folder's records.
    pub copies: Vec<Copy>,
    /// How many files are something else. Sidecars and other files of ours do not count.
    pub others: usize,
}

impl Listing {
    fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            articles: Articles::new(root),
            missing: Articles::new(root),
            ..Self::default()
        }
    }
}

/// Lists a folder with everything below it; for a file, that file alone.
///
/// `visit` hears how far the walk is; with `false` it ends it.
///
/// # Errors
/// When the folder itself cannot be read, is too large, or the walk was stopped.
pub fn scan(root: &Path, visit: &mut dyn FnMut(Step<'_>) -> bool) -> Result<Listing, StoreError> {
    let metadata = fs::metadata(root).map_err(|error| StoreError::io(root, error))?;
    if metadata.is_dir() {
        let mut walk = Walk::new(root, visit);
        walk.folders.push((String::new(), root.to_owned()));
        walk.run()?;
        walk.sort_out();
        return Ok(walk.listing);
    }
    let name = root.file_name().unwrap_or_default();
    let mut listing = Listing::new(folder_of(root));
    if metadata.is_file() && metadata.len() <= MAX_FILE {
        listing.articles.add_at(&shown(name), root);
    } else {
        // Says what it is, as reading it would.
        disk::peek(root, 0)?;
    }
    Ok(listing)
}

/// The folder that is listed for a path: itself, or that of a file.
pub fn root_of(path: &Path) -> &Path {
    if path.is_file() {
        folder_of(path)
    } else {
        path
    }
}

/// Sidecars in a folder that belong to none of its articles, and copies of sidecars, as paths below it.
///
/// `story.txt.maria.ann.json` is another coder's sidecar of `story.txt`; a conflict copy is nobody's.
pub fn stray_sidecars(root: &Path) -> Result<Vec<String>, StoreError> {
    let mut go_on = |_: Step<'_>| true;
    let mut walk = Walk::new(root, &mut go_on);
    walk.folders.push((String::new(), root.to_owned()));
    walk.run()?;
    let entries = walk.listing.articles.entries();
    let own: HashSet<PathBuf> = entries.map(|entry| sidecar_path(&entry.path)).collect();
    let has_article = |path: &Path| {
        let mut coder = path.with_extension("").with_extension("");
        coder.set_extension("");
        own.contains(path) || own.contains(&sidecar_path(&coder))
    };
    let is_stray = |(rel, path): &&(String, PathBuf)| !has_article(path) || is_copy(rel);
    let strays = walk.sidecars.iter().filter(is_stray);
    let mut strays: Vec<String> = strays.map(|(rel, _)| rel.clone()).collect();
    strays.extend(walk.listing.copies.into_iter().map(|copy| copy.rel));
    strays.sort_by(|a, b| natural_order(a, b));
    Ok(strays)
}

fn is_copy(rel: &str) -> bool {
    copied_from(file_name(rel)).is_some()
}

fn file_name(rel: &str) -> &str {
    rel.rsplit('/').next().unwrap_or(rel)
}

/// Whose sidecars are whose. A set of paths would be larger than the list itself.
struct Owners<'a> {
    articles: &'a Articles,
    names: HashSet<&'a str>,
    /// Sidecars that are not called as their articles are shown.
    unusual: HashSet<PathBuf>,
}

impl<'a> Owners<'a> {
    fn of(articles: &'a Articles) -> Self {
        let sidecar = |name: &str| sidecar_path(&articles.path(name));
        let is_unusual = |name: &&str| {
            // Bytes that are not text stand in a name behind this sign.
            name.contains('%') || is_too_long(file_name(name))
        };
        Self {
            articles,
            names: articles.iter().collect(),
            unusual: articles.iter().filter(is_unusual).map(sidecar).collect(),
        }
    }

    /// Whether one of the articles has this sidecar.
    fn have(&self, path: &Path) -> bool {
        let name = self.articles.name_of(path);
        let stem = name.as_deref().and_then(|n| n.strip_suffix(SIDECAR_SUFFIX));
        stem.is_some_and(|stem| self.names.contains(stem) && !is_too_long(file_name(stem)))
            || self.unusual.contains(path)
    }
}

/// How far a walk is.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// So many entries were seen.
    Seen(usize),
    /// This folder is read next.
    Into(&'a Path),
}

/// A walk through a folder, or through a part of it.
pub(super) struct Walk<'a> {
    pub(super) listing: Listing,
    /// Sidecars: paths below the folder, and where they are.
    pub(super) sidecars: Vec<(String, PathBuf)>,
    /// Folders that are still to be read.
    folders: Vec<(String, PathBuf)>,
    seen: usize,
    visit: &'a mut dyn FnMut(Step<'_>) -> bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(root: &Path, visit: &'a mut dyn FnMut(Step<'_>) -> bool) -> Self {
        Self {
            listing: Listing::new(root),
            sidecars: Vec::new(),
            folders: Vec::new(),
            seen: 0,
            visit,
        }
    }

    /// Reads the folders that are to be read, and those in them.
    pub(super) fn run(&mut self) -> Result<(), StoreError> {
        while let Some((rel, folder)) = self.folders.pop() {
            if !(self.visit)(Step::Into(&folder)) {
                return Err(StoreError::Cancelled { path: folder });
            }
            let listed = disk::visit(&folder, &mut |entry| match entry {
                Ok(entry) => self.entry(&rel, entry),
                Err(error) => {
                    self.refuse(rel.clone(), &StoreError::io(&folder, error));
                    Ok(())
                }
            });
            match listed {
                Ok(visited) => visited?,
                Err(error) if rel.is_empty() => return Err(StoreError::io(&folder, error)),
                Err(error) => self.refuse(rel, &StoreError::io(&folder, error)),
            }
        }
        Ok(())
    }

    /// Puts everything in order, and tells sidecars without an article from copies.
    fn sort_out(&mut self) {
        if !self.sidecars.is_empty() || !self.listing.copies.is_empty() {
            self.sort_out_sidecars();
        }
        let listing = &mut self.listing;
        listing.articles.sort();
        listing.missing.sort();
        listing
            .unreadable
            .sort_by(|a, b| natural_order(&a.rel, &b.rel));
        listing.copies.sort_by(|a, b| natural_order(&a.rel, &b.rel));
    }

    fn sort_out_sidecars(&mut self) {
        let owners = Owners::of(&self.listing.articles);
        for (rel, path) in &self.sidecars {
            if owners.have(path) {
                continue;
            }
            if let Some(copy) = as_copy(rel, path) {
                self.listing.copies.push(copy);
            } else if let Some(article) = article_of_sidecar(rel) {
                let name = Path::new(article).file_name().unwrap_or_default();
                let missing = &mut self.listing.missing;
                missing.add_at(article, &path.with_file_name(name));
            }
        }
        let missing = self.listing.missing.entries();
        let missing: HashSet<PathBuf> = missing.map(|e| sidecar_path(&e.path)).collect();
        let records = entities_path(&self.listing.root);
        let is_known = |of: &PathBuf| owners.have(of) || missing.contains(of) || *of == records;
        self.listing.copies.retain(|copy| is_known(&copy.of));
    }

    fn refuse(&mut self, rel: String, error: &StoreError) {
        let reason = error.reason();
        self.listing.unreadable.push(Unreadable { rel, reason });
    }

    fn entry(&mut self, folder: &str, entry: Entry) -> Result<(), StoreError> {
        self.seen += 1;
        let root = || self.listing.root.clone();
        if self.seen > MAX_ENTRIES {
            return Err(StoreError::TooMany {
                path: root(),
                limit: MAX_ENTRIES,
            });
        }
        if self.seen.is_multiple_of(PROGRESS_EVERY) && !(self.visit)(Step::Seen(self.seen)) {
            return Err(StoreError::Cancelled { path: root() });
        }
        let name = shown(entry.path.file_name().unwrap_or_default());
        if is_hidden(&name) {
            return Ok(());
        }
        let rel = if folder.is_empty() {
            name
        } else {
            format!("{folder}/{name}")
        };
        match entry.kind {
            Ok(file_type) => self.found(rel, entry.path, file_type),
            Err(_) => self.listing.others += 1,
        }
        Ok(())
    }

    /// Takes in what stands at a path; a folder is read by [`Walk::run`].
    pub(super) fn found(&mut self, rel: String, path: PathBuf, file_type: FileType) {
        if file_type.is_dir() && rel.split('/').count() > MAX_DEPTH {
            let limit = MAX_DEPTH;
            self.refuse(rel, &StoreError::TooDeep { path, limit });
        } else if file_type.is_dir() {
            self.folders.push((rel, path));
        } else if rel.ends_with(SIDECAR_SUFFIX) {
            self.sidecars.push((rel, path));
        } else if is_article_name(&path) {
            self.article(rel, path, file_type.is_symlink());
        } else if let Some(copy) = as_copy(&rel, &path) {
            self.listing.copies.push(copy);
        } else if !is_ours(&path) {
            self.listing.others += 1;
        }
    }

    fn article(&mut self, rel: String, path: PathBuf, is_link: bool) {
        let error = match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => return,
            Ok(metadata) if !metadata.is_file() => StoreError::NotAFile {
                path,
                what: kind_of(metadata.file_type()),
            },
            Ok(metadata) if metadata.len() > MAX_FILE => StoreError::TooLarge {
                path,
                size: metadata.len(),
                limit: MAX_FILE,
            },
            Ok(_) if rel.contains('%') => return self.listing.articles.add_at(&rel, &path),
            Ok(_) => return self.listing.articles.add(&rel),
            Err(error) if is_link => {
                let way = match error.kind() {
                    io::ErrorKind::NotFound => "leads nowhere",
                    _ => "cannot be followed",
                };
                let reason = format!("it is a link that {way}");
                self.listing.unreadable.push(Unreadable { rel, reason });
                return;
            }
            Err(error) => StoreError::io(&path, error),
        };
        self.refuse(rel, &error);
    }
}

/// A copy of a file of ours, by its name.
pub(super) fn as_copy(rel: &str, path: &Path) -> Option<Copy> {
    let name = path.file_name()?.to_str()?;
    Some(Copy {
        rel: rel.to_owned(),
        path: path.to_owned(),
        of: path.with_file_name(copied_from(name)?),
    })
}

/// The article that a sidecar is one of, by its path below the folder; it need not be there.
///
/// *Limitations*: the sidecar of a name that is too long for one does not say it.
pub fn article_of_sidecar(rel: &str) -> Option<&str> {
    let article = rel.strip_suffix(SIDECAR_SUFFIX)?;
    (is_article_name(Path::new(article)) && !is_copy(rel)).then_some(article)
}

/// Whether a name says that the file is not for people. Two dots are no such sign: `..report.txt` is an article.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') && !name.starts_with("..")
}

pub(super) fn is_article_name(path: &Path) -> bool {
    // Some programs leave a space behind a name.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Path::new(name.trim_end())
        .extension()
        .is_some_and(|extension| {
            EXTENSIONS
                .iter()
                .any(|known| extension.eq_ignore_ascii_case(known))
        })
}

/// Whether a file is the folder's records, its codebook, or another one of ours.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("pressmark.") && name.ends_with(".json")
}

/// What a row of the article list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowInfo {
    /// The headline, on one line; empty when the article has none.
    pub title: String,
    /// How far the work is.
    pub status: Status,
    /// How many annotations the sidecar lists.
    pub tags: usize,
    /// How often each code is given, as the annotations name it.
    pub codes: BTreeMap<String, usize>,
    /// Why the sidecar cannot be read; the article opens for reading.
    pub problem: Option<String>,
    /// Why the article itself cannot be read.
    pub unreadable: Option<String>,
    /// Whether the article is not there, and its sidecar is.
    pub is_missing: bool,
}

impl RowInfo {
    /// What is known of an article that is not there.
    pub fn missing() -> Self {
        Self {
            is_missing: true,
            ..Self::default()
        }
    }
}

/// Reads the beginning of an article and the outline of its sidecar.
pub fn row_info(path: &Path) -> RowInfo {
    let mut row = RowInfo::default();
    let mut encoding = None;
    let notes = disk::read_own(&sidecar_path(path));
    let is_annotated = matches!(notes, Ok(Some(_)));
    match notes.and_then(|bytes| bytes.as_deref().map(glance).transpose()) {
        Ok(Some(glance)) => {
            (row.status, row.tags, row.codes) = (glance.status, glance.tags, glance.codes);
            encoding = glance.encoding;
        }
        Ok(None) => {}
        Err(error) => {
            row.problem = Some(format!(
                "its annotations cannot be read: {}",
                error.reason()
            ));
        }
    }
    match headline(path, encoding.as_deref()) {
        Ok(title) => row.title = title,
        Err(StoreError::Missing { .. }) if is_annotated => row.is_missing = true,
        Err(error) => row.unreadable = Some(error.reason()),
    }
    row
}

fn headline(path: &Path, encoding: Option<&str>) -> Result<String, StoreError> {
    let (mut bytes, is_all) = disk::peek(path, HEADLINE_WITHIN)?;
    // A character that is cut in two would make UTF-8 look like something else.
    if !is_all
        && let Err(error) = std::str::from_utf8(&bytes)
        && error.error_len().is_none()
    {
        bytes.truncate(error.valid_up_to());
    }
    // What is no text at all is no text in any encoding, so the guess has the first word.
    let guess = decode(&bytes, None);
    let remembered = encoding.and_then(|name| decode(&bytes, Some(name)).ok());
    let decoded = match remembered {
        Some(decoded) => decoded,
        None => guess.map_err(|source| {
            let path = path.to_owned();
            StoreError::NotText { path, source }
        })?,
    };
    let text = decoded.text.as_ref();
    let segments = segment(text);
    let headline = segments
        .blocks
        .iter()
        .find(|block| block.kind == BlockKind::Headline);
    let span = headline.or(segments.blocks.first()).map(|block| block.span);
    let title = span
        .and_then(|span| text.get(span.range()))
        .unwrap_or_default();
    let words: Vec<&str> = title.split_whitespace().collect();
    Ok(words.join(" ").chars().take(MAX_TITLE).collect())
}
