//! What the README promises: its commands, its keys, and the Python in it that reads a sidecar.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pressmark::app::CommandKind;
use pressmark::app::key_name;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// What stands between two marks that occur once each.
fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let parts: Vec<&str> = text.split(open).collect();
    assert_eq!(parts.len(), 2, "{open} is there once");
    parts[1].split(close).next().unwrap_or_default()
}

fn snippet() -> String {
    between(&read("README.md"), "```python\n", "```").to_owned()
}

#[test]
fn the_two_commands_stand_on_lines_of_their_own() {
    let readme = read("README.md");
    for command in ["cargo run --release -- sample", "cargo test"] {
        let found = readme.lines().any(|line| line == command);
        assert!(found, "{command} is not in the README");
    }
}

/// The key table, as the program's list of commands has it.
fn key_table() -> String {
    let rows = CommandKind::ALL
        .iter()
        .filter(|kind| !kind.keys().is_empty());
    let rows = rows.map(|kind| {
        let keys: Vec<String> = kind
            .keys()
            .iter()
            .map(|key| format!("`{}`", key_name(key)))
            .collect();
        format!("| {} | {} |\n", keys.join(" "), kind.help())
    });
    format!(
        "| Key | What it does |\n|---|---|\n{}",
        rows.collect::<String>()
    )
}

#[test]
fn readme_and_help_teach_the_keys_that_the_program_has() {
    for file in ["README.md", "assets/help.md"] {
        let text = read(file);
        let old = between(&text, "<!-- keys -->\n", "<!-- /keys -->");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            let new = text.replace(old, &key_table());
            fs::write(root().join(file), new).unwrap_or_else(|error| panic!("{file}: {error}"));
            continue;
        }
        assert_eq!(
            old,
            key_table(),
            "{file}: UPDATE_GOLDEN=1 cargo test rewrites the table"
        );
    }
}

#[test]
fn links_to_files_of_the_repository_lead_somewhere() {
    for file in ["README.md", "assets/help.md", "assets/changes.md"] {
        let text = read(file);
        for link in text.split("](").skip(1) {
            let target = link.split(')').next().unwrap_or_default();
            if target.contains("://") {
                continue;
            }
            assert!(root().join(target).exists(), "{file} links to {target}");
        }
    }
}

#[test]
fn the_python_in_the_readme_is_twenty_lines_and_reads_the_sample() {
    let snippet = snippet();
    assert!(snippet.lines().count() <= 20, "more than twenty lines");
    let python = ["python3", "python"]
        .into_iter()
        .find(|python| is_python_3(python));
    let Some(python) = python else {
        eprintln!("skipped: there is no Python 3 here to run the README's snippet");
        return;
    };
    for (article, line) in [
        (
            "harbour-strike.txt",
            "a crane driver | “They call it ‘data collection’,” … “I call it digging.”",
        ),
        (
            "last-ferry.txt",
            "no source | a museum, and of a buyer from abroad",
        ),
        (
            "library-vote.txt",
            "claim, checked | visits to the three branches had fallen by 34 per cent since 2019",
        ),
    ] {
        let sidecar = root().join(format!("assets/sample/{article}.ann.json"));
        let run = Command::new(python)
            .args(["-X", "utf8", "-c", &snippet])
            .arg(&sidecar)
            .output()
            .expect("python starts");
        let complaint = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{article}: {complaint}");
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(
            said.lines().any(|printed| printed == line),
            "{article}:\n{said}"
        );
    }
}

fn is_python_3(python: &str) -> bool {
    let version = Command::new(python).arg("--version").output();
    version.is_ok_and(|run| run.stdout.starts_with(b"Python 3."))
}
