//! `pressmark export`: the annotations of a folder, written for other programs and for print.
//!
//! Every article that has a sidecar is exported; how many have none is said. What the files hold is decided in
//! `exchange`; here they are read for and written. The target is a folder, and nothing in it is replaced unless
//! `--force` says so. A new folder appears complete or not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;

use super::{FOUND, NOTHING_DONE, notice};
use crate::exchange::{Doc, Format, OutFile, export, file_names, page, title};
use crate::model::{Codebook, Entities};
use crate::store::{
    Article, FolderEntry, Refusal, StoreError, load_article, load_codebook, load_entities, scan,
    sidecar_path, write_files,
};

/// The words after `export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of articles, or one article
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// csv, jsonl or html
    #[arg(long, value_parser = format)]
    format: Format,
    /// Folder to write into; made if it does not exist
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Write into a folder that has something in it, and replace files of the same names
    #[arg(long)]
    force: bool,
}

fn format(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| {
        let names = Format::ALL.map(Format::name).join(", ");
        format!("the formats are {names}")
    })
}

/// One article that goes out.
struct Loaded {
    rel: String,
    title: String,
    article: Article,
}

/// Writes the files and says on stderr what was and was not exported.
pub fn run(args: Args) -> ExitCode {
    if let Err(reason) = check_target(&args.out, args.force) {
        notice(reason);
        return NOTHING_DONE.into();
    }
    let listing = match scan(&args.folder, &mut |_| true) {
        Ok(listing) => listing,
        Err(error) => {
            notice(error);
            return NOTHING_DONE.into();
        }
    };
    let mut is_whole = true;
    for file in &listing.unreadable {
        notice(format_args!("{}: {}", file.rel, file.reason));
        is_whole = false;
    }
    let entities = match load_entities(&listing.root) {
        Ok(file) => file.entities,
        Err(error) => {
            notice(format_args!(
                "{error}; names are taken from the articles' own lists"
            ));
            is_whole = false;
            Entities::default()
        }
    };
    let codebook = match load_codebook(&listing.root) {
        Ok(file) => file.codebook,
        Err(error) => {
            notice(format_args!(
                "{error}; codes are called as the annotations name them"
            ));
            is_whole = false;
            Codebook::default()
        }
    };
    let articles: Vec<FolderEntry> = listing.articles.entries().collect();
    let results: Vec<_> = articles.par_iter().map(load).collect();
    let (mut loaded, mut without) = (Vec::new(), 0);
    for result in results {
        match result {
            Ok(Some(article)) => loaded.push(article),
            Ok(None) => without += 1,
            Err(reason) => {
                notice(reason);
                is_whole = false;
            }
        }
    }
    if loaded.is_empty() {
        notice("no article here has annotations that can be read; nothing was written");
        return NOTHING_DONE.into();
    }
    let files = files(args.format, &loaded, &entities, &codebook);
    if let Err(error) = write(&args.out, &files) {
        notice(error);
        return NOTHING_DONE.into();
    }
    report(&args.out, &loaded, files.len(), without);
    if is_whole {
        ExitCode::SUCCESS
    } else {
        FOUND.into()
    }
}

/// `None` for an article without a sidecar.
fn load(entry: &FolderEntry) -> Result<Option<Loaded>, String> {
    if sidecar_path(&entry.path).symlink_metadata().is_err() {
        return Ok(None);
    }
    let article = load_article(&entry.path, None)
        .map_err(|error| format!("{}: {}", entry.rel, error.reason()))?;
    if let Some(reason) = &article.readonly
        && article.refusal == Some(Refusal::Unreadable)
    {
        // An article whose sidecar could not be read opens with an empty one: never exported as if it had no marks.
        return Err(format!("{}: {reason}", entry.rel));
    }
    Ok(Some(Loaded {
        title: title(&entry.rel, &article.source, &article.segments),
        rel: entry.rel.clone(),
        article,
    }))
}

fn files(
    format: Format,
    loaded: &[Loaded],
    entities: &Entities,
    codebook: &Codebook,
) -> Vec<OutFile> {
    let docs: Vec<Doc<'_>> = loaded
        .iter()
        .map(|one| Doc {
            name: &one.rel,
            title: &one.title,
            source: &one.article.source,
            segments: &one.article.segments,
            sidecar: &one.article.sidecar,
            entities,
            codebook,
        })
        .collect();
    if format != Format::Html {
        return export(format, &docs);
    }
    let names: Vec<&str> = docs.iter().map(|doc| doc.name).collect();
    docs.par_iter()
        .zip(file_names(&names, "html"))
        .map(|(doc, name)| OutFile {
            name,
            bytes: page(doc),
        })
        .collect()
}

/// Why nothing may be written to a place.
fn check_target(out: &Path, force: bool) -> Result<(), String> {
    let shown = out.display();
    if out.symlink_metadata().is_err() {
        return Ok(());
    }
    if !out.is_dir() {
        return Err(format!(
            "{shown} exists and is not a folder; --out names a folder"
        ));
    }
    let is_empty = out
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_none());
    if is_empty || force {
        return Ok(());
    }
    Err(format!(
        "{shown} exists and has something in it; nothing was written (--force writes into it)"
    ))
}

/// Writes all files: into a folder that is named only when it is complete, or one by one into one that exists.
fn write(out: &Path, files: &[OutFile]) -> Result<(), StoreError> {
    let named = || files.iter().map(|f| (f.name.as_str(), f.bytes.as_slice()));
    let name = out.file_name().filter(|_| !out.is_dir());
    let Some(name) = name else {
        return write_files(out, named());
    };
    let whole = out.with_file_name(part(&name.to_string_lossy()));
    write_files(&whole, named())
        .and_then(|()| {
            fs::rename(&whole, out).map_err(|source| StoreError::Io {
                path: out.to_owned(),
                source,
            })
        })
        .inspect_err(|_| drop(fs::remove_dir_all(&whole)))
}

/// A name that no other run uses, for what is not complete yet. Short, because names have an end.
fn part(name: &str) -> String {
    let short: String = name.chars().take(24).collect();
    format!(".{short}.{}.part", std::process::id())
}

fn report(out: &Path, loaded: &[Loaded], files: usize, without: usize) {
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    notice(format_args!(
        "{} exported to {} ({})",
        count(loaded.len(), "article"),
        out.display(),
        count(files, "file"),
    ));
    if without > 0 {
        notice(format_args!(
            "{} without annotations left out",
            count(without, "article")
        ));
    }
    let orphans: usize = loaded.iter().map(|one| one.article.orphans).sum();
    if orphans > 0 {
        notice(format_args!(
            "{} without a certain place; listed apart",
            count(orphans, "annotation")
        ));
    }
}
