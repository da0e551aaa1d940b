//! Exports a folder: loads its annotated articles, and writes them as files of a format. Run by a job.

use std::path::PathBuf;

use super::effect::ExportOutcome;
use crate::exchange::{self, Doc, Format};
use crate::model::{Codebook, Entities};
use crate::store::{self, Articles};

/// Loads the folder's annotated articles and writes them in a format.
pub(super) fn export(
    format: Format,
    to: PathBuf,
    replace: bool,
    articles: &Articles,
    (entities, codebook): &(Entities, Codebook),
    progress: impl Fn(usize, usize),
) -> ExportOutcome {
    let mut loaded = Vec::new();
    let mut skipped = Vec::new();
    for (at, key) in articles.iter().enumerate() {
        if at % 16 == 0 {
            progress(at, articles.len());
        }
        match store::load_article(&articles.path(key), None) {
            Ok(article) if article.sidecar_hash.is_some() => match &article.readonly {
                Some(why) if article.refusal == Some(store::Refusal::Unreadable) => {
                    skipped.push(format!("{key}: {why}"));
                }
                _ => loaded.push((key, article)),
            },
            Ok(_) => {}
            Err(error) => skipped.push(error.to_string()),
        }
    }
    if loaded.is_empty() {
        return ExportOutcome::Failed("No article of this folder has annotations yet.".to_owned());
    }
    let titles: Vec<String> = loaded
        .iter()
        .map(|(key, a)| exchange::title(key, &a.source, &a.segments))
        .collect();
    let docs: Vec<Doc<'_>> = loaded
        .iter()
        .zip(&titles)
        .map(|((key, article), title)| Doc {
            name: key,
            title,
            source: &article.source,
            segments: &article.segments,
            sidecar: &article.sidecar,
            entities,
            codebook,
        })
        .collect();
    let files = exchange::export(format, &docs);
    let names: Vec<&str> = files.iter().map(|f| f.name.as_str()).collect();
    let existing = store::existing_files(&to, &names);
    if !existing.is_empty() && !replace {
        return ExportOutcome::Exists {
            format,
            to,
            existing,
        };
    }
    match store::write_files(
        &to,
        files.iter().map(|f| (f.name.as_str(), f.bytes.as_slice())),
    ) {
        Ok(()) => ExportOutcome::Written {
            to,
            files: files.len(),
            skipped,
        },
        Err(error) => ExportOutcome::Failed(error.to_string()),
    }
}
