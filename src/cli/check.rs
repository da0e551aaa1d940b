//! `pressmark check`: what is wrong in articles, sidecars and records, one finding a line.
//!
//! Severity `error` means that something is lost or contradicts itself, `warning` that somebody should look, `info`
//! that work may be left; `info` alone does not set the exit code. Writes nothing and repairs nothing.

mod files;
mod findings;

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use rayon::prelude::*;
use serde::Serialize;

use self::files::{of_file, of_names};
use self::findings::{Finding, of_article, of_records};
use super::{FOUND, NOTHING_DONE, notice, safe_json};
use crate::store::{
    EntitiesFile, FolderEntry, entities_path, load_article, load_entities, natural_order, scan,
    stray_sidecars,
};

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotation: Option<&'a str>,
}

/// Prints all findings in the order of names.
pub fn run(path: &Path) -> ExitCode {
    let listing = match scan(path, &mut |_| true) {
        Ok(listing) => listing,
        Err(error) => {
            notice(error);
            return NOTHING_DONE.into();
        }
    };
    let records = load_entities(&listing.root).unwrap_or_else(|error| {
        notice(error);
        EntitiesFile::default()
    });
    let articles: Vec<FolderEntry> = listing.articles.entries().collect();
    let mut files: Vec<(String, Vec<Finding>)> = articles
        .par_iter()
        .map(|entry| {
            let findings = match load_article(&entry.path, None) {
                Ok(article) => {
                    let mut found = of_file(&article);
                    found.extend(of_article(&article, &records));
                    found
                }
                Err(error) => vec![Finding::unreadable_article(error.reason())],
            };
            (entry.rel.clone(), findings)
        })
        .collect();
    files.extend(of_names(&articles));
    for file in listing.unreadable {
        files.push((file.rel, vec![Finding::unreadable_article(file.reason)]));
    }
    if path.is_dir() {
        match stray_sidecars(path) {
            Ok(strays) => {
                let stray = |rel: String| {
                    let finding = Finding::stray(&rel);
                    (rel, vec![finding])
                };
                files.extend(strays.into_iter().map(stray));
            }
            Err(error) => notice(error),
        }
    }
    let of_records = of_records(&records);
    let name = entities_path(Path::new("")).to_string_lossy().into_owned();
    files.push((name, of_records));
    files.sort_by(|(a, _), (b, _)| natural_order(a, b));
    print(&files)
}

fn print(files: &[(String, Vec<Finding>)]) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut is_found = false;
    for (file, findings) in files {
        for finding in findings {
            is_found |= finding.severity.counts();
            let line = Line {
                file,
                code: finding.code,
                severity: finding.severity.name(),
                message: &finding.message,
                annotation: finding.annotation.as_deref(),
            };
            // Strings and nothing else always serialise.
            let json = serde_json::to_string(&line).unwrap_or_default();
            // A reader that has gone away (`| head`) wants no more.
            if writeln!(out, "{}", safe_json(&json)).is_err() {
                return FOUND.into();
            }
        }
    }
    let _ = out.flush();
    if is_found {
        FOUND.into()
    } else {
        ExitCode::SUCCESS
    }
}
