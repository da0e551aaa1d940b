//! Exports of hostile folders: nothing in them is run, fetched or written elsewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::snapshot::snapshot;
use super::{Case, Faults, pressmark};

/// Writes every export and looks for what a reader of it would run.
pub fn exports(case: &Case, faults: &mut Faults) {
    for format in ["csv", "jsonl", "html"] {
        let out = tempfile::tempdir().expect("a folder");
        let target = out.path().join("out");
        let words = ["export", "--format", format];
        pressmark(&words, &[&case.folder, Path::new("--out"), &target], faults);
        let all: BTreeSet<PathBuf> = snapshot(out.path()).into_keys().collect();
        for file in all.into_iter().filter(|file| file.is_file()) {
            if file.parent() != Some(&target) {
                faults.push(format!("{} was written", file.display()));
            }
            let bytes = fs::read(&file).unwrap_or_default();
            if let Some(why) = danger(format, &bytes) {
                faults.push(format!("{}: {why}", file.display()));
            }
        }
    }
}

/// What in an exported file would be run, fetched or misread.
fn danger(format: &str, bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8(bytes.to_vec()).ok()?;
    match format {
        "csv" => {
            let mut rows = csv::ReaderBuilder::new()
                .flexible(false)
                .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            for row in rows.records() {
                let Ok(row) = row else {
                    return Some(format!("no table: {row:?}"));
                };
                if let Some(cell) = row
                    .iter()
                    .find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']))
                {
                    return Some(format!("a formula: {cell:.40}"));
                }
            }
            None
        }
        "jsonl" => {
            let bad = text
                .lines()
                .find(|line| serde_json::from_str::<Value>(line).is_err());
            bad.map(|line| format!("no JSON: {line:.80}"))
        }
        _ => {
            let lower = text.to_lowercase();
            let found = [
                "<script",
                "<img",
                "<iframe",
                " onerror=\"",
                "<svg",
                "http-equiv=\"refresh",
            ]
            .into_iter()
            .find(|tag| lower.contains(tag));
            let has_policy = text.contains("default-src 'none'");
            found.map_or_else(
                || (!has_policy).then(|| "no policy".to_owned()),
                |tag| Some(format!("holds {tag}")),
            )
        }
    }
}
