//! Every suggestion for whole articles, as `pressmark suggest --format text` shows it, compared with what is on record.
//!
//! A rule that changes shows its effect on prose in the diff of `tests/data/suggest/*.suggestions`. To rewrite these
//! files after a change that is meant: `UPDATE_GOLDEN=1 cargo test --test it golden`, then read the diff.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn golden(folder: &Path, article: &str) -> Result<(), String> {
    let output = Command::new(env!("CARGO_BIN_EXE_pressmark"))
        .args(["suggest", "--format", "text"])
        .arg(folder.join(article))
        .output()
        .expect("the binary runs");
    let found = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{article}");
    let name = Path::new(article).with_extension("suggestions");
    let name = name.file_name().expect("a name");
    let record: PathBuf = root().join("tests/data/suggest").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&record, &found).expect("written");
    }
    let kept = fs::read_to_string(&record)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    if found == kept {
        return Ok(());
    }
    let mut lines = found.lines().zip(kept.lines()).enumerate();
    let (at, (now, before)) = lines
        .find(|(_, (now, before))| now != before)
        .unwrap_or((found.lines().count(), ("", "")));
    Err(format!(
        "{article}, line {}:\n  now    {now}\n  before {before}",
        at + 1
    ))
}

#[test]
fn every_suggestion_for_whole_articles_is_on_record() {
    let sample = root().join("assets/sample");
    let data = root().join("tests/data/suggest");
    let differ: Vec<String> = [
        (&data, "agency.txt"),
        (&data, "british.txt"),
        (&data, "feature.txt"),
        (&data, "german.txt"),
        (&data, "interview.txt"),
        (&data, "liveblog.txt"),
        (&sample, "harbour-strike.txt"),
        (&sample, "last-ferry.txt"),
        (&sample, "library-vote.txt"),
        (&sample, "market-goat.txt"),
        (&sample, "nachtzug.txt"),
        (&sample, "quiet-please.txt"),
        (&sample, "river/flood-inquiry.txt"),
        (&sample, "river/flood-night.txt"),
    ]
    .into_iter()
    .filter_map(|(folder, article)| golden(folder, article).err())
    .collect();
    assert!(
        differ.is_empty(),
        "{} articles differ; if that is meant: UPDATE_GOLDEN=1 cargo test --test it golden\n{}",
        differ.len(),
        differ.join("\n")
    );
}
