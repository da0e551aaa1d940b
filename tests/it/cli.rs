//! The command line as scripts meet it: the real binary, its lines, its exit codes, and what it leaves alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use assert_cmd::Command;
use serde_json::Value;

fn pressmark() -> Command {
    Command::new(env!("CARGO_BIN_EXE_pressmark"))
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/exchange")
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(command: &mut Command) -> Ran {
    let output = command.output().expect("the binary runs");
    Ran {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn segment(path: &Path) -> Ran {
    run(pressmark().arg("segment").arg(path))
}

fn export(folder: &Path, format: &str, out: &Path, more: &[&str]) -> Ran {
    run(pressmark()
        .arg("export")
        .arg(folder)
        .args(["--format", format, "--out"])
        .arg(out)
        .args(more))
}

fn lines(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| {
            entry
                .expect("listed")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

fn number(value: &Value) -> usize {
    value
        .as_u64()
        .and_then(|n| usize::try_from(n).ok())
        .expect("a number")
}

#[test]
fn segment_prints_a_line_an_article_in_the_order_of_names() {
    let ran = segment(&fixture());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let files: Vec<String> = lines(&ran.out)
        .iter()
        .map(|l| l["file"].as_str().unwrap().to_owned())
        .collect();
    let mut expected = ["choir.txt", "crlf/ferry.txt", "mill.txt", "plain.md"];
    expected.sort_unstable();
    assert_eq!(files, expected);
}

#[test]
fn segment_counts_in_code_points_of_the_text_that_python_reads() {
    for name in ["choir.txt", "crlf/ferry.txt"] {
        let ran = segment(&fixture().join(name));
        let line = lines(&ran.out).remove(0);
        assert_eq!(
            line["file"],
            Path::new(name).file_name().unwrap().to_str().unwrap()
        );
        let text = fs::read_to_string(fixture().join(name))
            .unwrap()
            .replace("\r\n", "\n");
        let text: Vec<char> = text.chars().collect();
        assert_eq!(number(&line["length"]), text.len());
        for list in ["blocks", "sentences"] {
            let mut covered = vec![0; text.len()];
            for span in line[list].as_array().unwrap() {
                let (start, end) = (number(&span["start"]), number(&span["end"]));
                assert!(!text[start].is_whitespace() && !text[end - 1].is_whitespace());
                covered[start..end].iter_mut().for_each(|n| *n += 1);
            }
            for (c, n) in text.iter().zip(covered) {
                assert!(
                    n == 1 || n == 0 && c.is_whitespace(),
                    "{c:?} lies in {n} {list}"
                );
            }
        }
        for quote in line["quotes"].as_array().unwrap() {
            let fragments = quote["fragments"].as_array().unwrap();
            assert_eq!(quote["start"], fragments[0][0]);
            assert_eq!(quote["end"], fragments[fragments.len() - 1][1]);
            assert!(["speech", "scare", "title"].contains(&quote["kind"].as_str().unwrap()));
            assert!(quote["closed"].is_boolean());
        }
    }
}

#[test]
fn an_unreadable_file_is_one_line_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "One sentence.\n").unwrap();
    fs::write(
        folder.path().join("b.txt"),
        b"\x00\x01\x02\x00\x00\x7fELF\x00".repeat(50),
    )
    .unwrap();
    let ran = segment(folder.path());
    assert_eq!(ran.code, 1);
    assert_eq!(lines(&ran.out).len(), 1);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.contains("b.txt"));
}

#[test]
fn where_there_is_nothing_nothing_can_be_done() {
    let ran = segment(Path::new("no/such/folder"));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(ran.err.lines().count(), 1);
    assert_eq!(run(pressmark().arg("no-such-word")).code, 2);
    assert_eq!(
        run(pressmark().args(["export", "x", "--format", "docx", "--out", "y"])).code,
        2
    );
}

#[test]
fn text_for_people_moves_no_cursor() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.txt"),
        "He said “stop\u{1b}[2J now” \u{202e}twice.\n",
    )
    .unwrap();
    let ran = run(pressmark()
        .arg("segment")
        .arg(folder.path())
        .args(["--format", "text"]));
    assert_eq!(ran.code, 0);
    assert!(!ran.out.contains(['\u{1b}', '\u{202e}']), "{}", ran.out);
    assert!(ran.out.contains("a.txt: "));
}

#[test]
fn export_writes_each_format_and_says_what_was_left_out() {
    let target = tempfile::tempdir().unwrap();
    for (format, files) in [
        (
            "csv",
            vec![
                "orphan_relations.csv",
                "orphans.csv",
                "relations.csv",
                "spans.csv",
            ],
        ),
        ("jsonl", vec!["annotations.jsonl"]),
        ("html", vec!["choir.html", "crlf__ferry.html", "mill.html"]),
    ] {
        let out = target.path().join("made").join(format);
        let ran = export(&fixture(), format, &out, &[]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        assert_eq!(names(&out), files);
        assert!(
            ran.err.contains("1 article without annotations"),
            "{}",
            ran.err
        );
    }
    assert_eq!(
        names(&target.path().join("made")),
        ["csv", "html", "jsonl"],
        "nothing else is left"
    );
}

#[test]
fn one_article_is_exported_too() {
    let target = tempfile::tempdir().unwrap();
    let out = target.path().join("out");
    assert_eq!(
        export(&fixture().join("choir.txt"), "html", &out, &[]).code,
        0
    );
    assert_eq!(names(&out), ["choir.html"]);
    let page = fs::read_to_string(out.join("choir.html")).unwrap();
    assert!(page.contains("Ilka Brandau"));
}

#[test]
fn what_exists_is_replaced_only_by_force() {
    let target = tempfile::tempdir().unwrap();
    let out = target.path().join("out");
    fs::create_dir(&out).unwrap();
    assert_eq!(
        export(&fixture(), "csv", &out, &[]).code,
        0,
        "an empty folder is no target yet"
    );
    fs::write(out.join("spans.csv"), "mine").unwrap();
    let ran = export(&fixture(), "csv", &out, &[]);
    assert_eq!((ran.code, ran.err.lines().count()), (2, 1));
    assert_eq!(fs::read_to_string(out.join("spans.csv")).unwrap(), "mine");
    fs::write(out.join("other.txt"), "mine").unwrap();
    assert_eq!(export(&fixture(), "csv", &out, &["--force"]).code, 0);
    assert!(
        fs::read_to_string(out.join("spans.csv"))
            .unwrap()
            .contains("q1splitaaa")
    );
    assert_eq!(fs::read_to_string(out.join("other.txt")).unwrap(), "mine");

    let file = target.path().join("file");
    fs::write(&file, "mine").unwrap();
    for force in [&[][..], &["--force"]] {
        assert_eq!(export(&fixture(), "html", &file, force).code, 2);
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }
}

#[test]
fn a_sidecar_that_cannot_be_read_is_said_and_not_exported_as_empty() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["choir.txt", "choir.txt.ann.json"] {
        fs::copy(fixture().join(name), folder.path().join(name)).unwrap();
    }
    fs::write(folder.path().join("bad.txt"), "Text.\n").unwrap();
    fs::write(
        folder.path().join("bad.txt.ann.json"),
        "{\"annotations\": [",
    )
    .unwrap();
    let out = folder.path().join("out");
    let ran = export(folder.path(), "jsonl", &out, &[]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("bad.txt"));
    assert_eq!(
        fs::read_to_string(out.join("annotations.jsonl"))
            .unwrap()
            .lines()
            .count(),
        1
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("bad.txt.ann.json")).unwrap(),
        "{\"annotations\": ["
    );
}

#[test]
fn a_folder_without_annotations_makes_no_files() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Text.\n").unwrap();
    let out = folder.path().join("out");
    let ran = export(folder.path(), "csv", &out, &[]);
    assert_eq!((ran.code, out.exists()), (2, false));
}

#[test]
fn articles_and_sidecars_are_left_as_they_are() {
    fn state(folder: &Path, into: &mut Vec<(PathBuf, Vec<u8>, SystemTime)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                state(&path, into);
            } else {
                let time = path.metadata().unwrap().modified().unwrap();
                into.push((path.clone(), fs::read(&path).unwrap(), time));
            }
        }
    }
    let target = tempfile::tempdir().unwrap();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    state(&fixture(), &mut before);
    segment(&fixture());
    for format in ["csv", "jsonl", "html"] {
        export(&fixture(), format, &target.path().join(format), &[]);
    }
    state(&fixture(), &mut after);
    assert_eq!(before, after);
}

#[test]
fn help_names_every_command() {
    let ran = run(pressmark().arg("--help"));
    assert_eq!(ran.code, 0);
    for command in [
        "sample",
        "segment",
        "suggest",
        "export",
        "check",
        "schema",
        "FOLDER|FILE",
    ] {
        assert!(ran.out.contains(command), "{command}");
    }
    assert_eq!(run(pressmark().arg("--version")).code, 0);
}
