//! The house rules, as a program: who may know whom, how long a file is, what may stand where.
//!
//! The rules themselves are tested with good and bad lines below, so that a rule that never fires is noticed.

use std::fs;
use std::path::{Path, PathBuf};

/// A file longer than this is two files.
const LONGEST: usize = 500;

/// What each layer may know besides itself.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("suggest", &["model", "text"]),
    ("store", &["model", "text"]),
    ("exchange", &["model", "text"]),
    ("report", &["model", "text"]),
    (
        "app",
        &["model", "text", "suggest", "store", "exchange", "report"],
    ),
    (
        "ui",
        &[
            "model", "text", "suggest", "store", "exchange", "report", "app",
        ],
    ),
    (
        "cli",
        &[
            "model", "text", "suggest", "store", "exchange", "report", "app",
        ],
    ),
];

/// Words that may stand only in some places: the word, and the beginnings of paths where it may.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("std::fs", &["store/", "cli/"]),
    ("fs::", &["store/", "cli/"]),
    ("serde_json", &["store/", "exchange/", "cli/"]),
    ("egui", &["ui/"]),
    ("eframe", &["ui/"]),
    ("rfd::", &["ui/desktop.rs"]),
    ("zbus", &["ui/portal.rs"]),
    ("rayon", &["cli/"]),
    // The panic hook asks for its thread's name.
    (
        "std::thread",
        // Waiting for a lock is a pause. A long article and its sidecar are read side by side.
        &[
            "app/jobs.rs",
            "store/article_file.rs",
            "store/lock.rs",
            "store/watch",
            "cli/",
            "ui/mod.rs",
        ],
    ),
    ("std::sync::mpsc", &["app/jobs.rs", "store/watch", "cli/"]),
    ("Timestamp::now", &["app/ports.rs"]),
    ("SystemTime::now", &[]),
    ("fastrand", &["app/ports.rs"]),
    ("Regex", &["text/", "suggest/", "exchange/"]),
    ("Color32::from_rgb", &["ui/theme"]),
    ("unsafe ", &[]),
];

/// Names that say nothing.
const NO_NAMES: &[&str] = &["utils", "util", "common", "helpers", "types", "misc"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A line without its comment and without what it says in strings.
fn code(line: &str) -> String {
    let mut out = String::new();
    let mut in_string = false;
    let mut escaped = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if in_string {
            in_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
        } else if c == '"' {
            in_string = true;
        } else if c == '/' && chars.peek() == Some(&'/') {
            break;
        } else {
            out.push(c);
        }
    }
    out
}

/// What a line of a file does that it may not. `file` is relative to `src`, with `/`.
fn faults(file: &str, line: &str) -> Vec<String> {
    let code = code(line);
    let layer = file.split('/').next().unwrap_or_default();
    let mut faults = Vec::new();
    if let Some((_, known)) = MAY_KNOW.iter().find(|(name, _)| *name == layer) {
        for part in code.split("crate::").skip(1) {
            let to = part
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default();
            let is_layer = MAY_KNOW.iter().any(|(name, _)| *name == to);
            if is_layer && to != layer && !known.contains(&to) {
                faults.push(format!("{layer} may not know {to}"));
            }
            // Another layer is entered by its door: crate::text::resolve, never crate::text::anchor::resolve.
            let mut steps = part.split("::").skip(1);
            let room = steps.next().unwrap_or_default();
            let deeper = steps.next().is_some()
                || part.contains("::{") && room.contains('{') && part.matches("::").count() > 1;
            let is_room =
                room.chars().next().is_some_and(char::is_lowercase) && !room.starts_with('{');
            if is_layer && to != layer && deeper && is_room {
                faults.push(format!("enter {to} by its door, not by {room}"));
            }
        }
    }
    for (word, places) in ONLY_IN {
        let found = code.match_indices(word).any(|(at, _)| {
            !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
        });
        if found && !places.iter().any(|place| file.starts_with(place)) && file != "main.rs" {
            faults.push(format!("“{word}” may stand only in {places:?}"));
        }
    }
    faults
}

#[test]
fn every_layer_knows_only_those_below_it() {
    let src = root().join("src");
    let mut all = Vec::new();
    for path in rust_files(&src) {
        let file = path
            .strip_prefix(&src)
            .expect("below src")
            .to_string_lossy()
            .replace('\\', "/");
        let text = fs::read_to_string(&path).expect("a source file");
        for (number, line) in text.lines().enumerate() {
            for fault in faults(&file, line) {
                all.push(format!("{file}:{}: {fault}", number + 1));
            }
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn a_good_line_passes_and_a_bad_one_does_not() {
    let good = [
        ("text/quote.rs", "use crate::model::Span;"),
        ("store/save.rs", "use std::fs;"),
        ("app/state.rs", "use crate::store::Settings;"),
        ("ui/shell.rs", "use egui::Ui;"),
        ("app/mod.rs", "//! Knows nothing of egui."),
        ("text/find.rs", "let message = \"std::fs is not for us\";"),
        ("main.rs", "use pressmark::ui;"),
    ];
    for (file, line) in good {
        assert_eq!(faults(file, line), Vec::<String>::new(), "{file}: {line}");
    }
    let bad = [
        ("model/span.rs", "use crate::text::SourceText;"),
        ("text/quote.rs", "use crate::store::load;"),
        ("app/update/mod.rs", "use crate::ui::Shell;"),
        ("app/state.rs", "use std::fs;"),
        ("app/state.rs", "let ctx: egui::Context;"),
        ("store/save.rs", "use crate::text::anchor::resolve;"),
        ("suggest/people.rs", "use crate::store::scan;"),
        ("app/notice.rs", "let v: serde_json::Value;"),
        ("ui/panel/mod.rs", "Color32::from_rgb(1, 2, 3)"),
        ("text/index.rs", "std::thread::spawn(f);"),
    ];
    for (file, line) in bad {
        assert!(
            !faults(file, line).is_empty(),
            "{file}: {line} should not pass"
        );
    }
}

#[test]
fn files_are_short_named_for_what_they_hold_and_say_what_they_are_for() {
    let mut faults = Vec::new();
    for folder in ["src", "tests"] {
        for path in rust_files(&root().join(folder)) {
            let text = fs::read_to_string(&path).expect("a source file");
            let shown = path
                .strip_prefix(root())
                .expect("below the root")
                .display()
                .to_string();
            let lines = text.lines().count();
            if lines > LONGEST {
                faults.push(format!("{shown} has {lines} lines, {LONGEST} at the most"));
            }
            if !text.starts_with("//!") {
                faults.push(format!("{shown} does not begin with what it is for (//!)"));
            }
            let stem = path
                .file_stem()
                .map(|s| s.to_string_lossy().into_owned())
                .unwrap_or_default();
            if NO_NAMES.contains(&stem.as_str()) {
                faults.push(format!(
                    "{shown}: a thing lives with its noun, not in “{stem}”"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_top_level_holds_what_the_card_lists_and_nothing_else() {
    const CARD: &[&str] = &[
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "assets",
        "tests",
        "README.md",
        "LICENSE",
        ".gitignore",
        ".ci",
        ".git",
        "target",
    ];
    let entries = fs::read_dir(root()).expect("the root");
    let names = entries
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned());
    let others: Vec<String> = names.filter(|n| !CARD.contains(&n.as_str())).collect();
    assert!(others.is_empty(), "not on the card: {others:?}");
}

#[test]
fn main_is_only_the_wiring() {
    let text = fs::read_to_string(root().join("src/main.rs")).expect("src/main.rs");
    assert!(text.lines().count() <= 60);
}
