//! `pressmark suggest` as scripts meet it: its lines, in code points, with the names of the folder's records.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::{Value, json};

const STORY: &str = "🜁 The bridge\n\n\
    “It cost 4 million crowns,” said Mayor Orla Venn. “Nobody asked us.”\n\n\
    The Lantern reported that Venn had signed. Heron agreed. One official said it was old.\n";

fn suggest(path: &Path, more: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_pressmark"))
        .arg("suggest")
        .arg(path)
        .args(more)
        .output()
        .expect("the binary runs");
    let said = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let code = output.status.code().expect("it ends by itself");
    (code, said(output.stdout), said(output.stderr))
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("b.txt"), STORY).expect("written");
    fs::write(folder.path().join("a.txt"), "Nothing.\n").expect("written");
    folder
}

fn lines(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect()
}

/// The words between two code points.
fn words(span: &Value) -> String {
    let at = |n: usize| usize::try_from(span[n].as_u64().expect("a number")).expect("small");
    STORY.chars().take(at(1)).skip(at(0)).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

#[test]
fn each_article_is_one_line_in_the_order_of_names() {
    let (code, out, err) = suggest(folder().path(), &[]);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines = lines(&out);
    assert_eq!(
        lines[0],
        json!({"file": "a.txt", "people": [], "attributions": [], "claims": []})
    );
    assert_eq!(lines[1]["file"], "b.txt");
    assert_eq!(lines.len(), 2);
}

#[test]
fn offsets_are_code_points_and_a_split_quote_is_one_attribution() {
    let folder = folder();
    let (_, out, _) = suggest(&folder.path().join("b.txt"), &[]);
    let line = lines(&out).remove(0);
    let said = &line["attributions"][0];
    assert_eq!(
        keys(said),
        [
            "confidence",
            "content",
            "cue",
            "entity",
            "form",
            "identification",
            "source",
            "why"
        ]
    );
    assert_eq!(words(&said["content"][0]), "“It cost 4 million crowns,”");
    assert_eq!(words(&said["content"][1]), "“Nobody asked us.”");
    assert_eq!(words(&said["source"]), "Mayor Orla Venn");
    assert_eq!(words(&said["cue"]), "said");
    assert_eq!(
        (&said["form"], &said["entity"], &said["identification"]),
        (&json!("direct"), &json!("Orla Venn"), &json!("full"))
    );
    let person = &line["people"][0];
    assert_eq!(keys(person), ["end", "person", "start", "why"]);
    assert_eq!(words(&json!([person["start"], person["end"]])), "Orla Venn");
    let claim = &line["claims"][0];
    assert_eq!(keys(claim), ["end", "score", "start", "why"]);
    assert_eq!(
        words(&json!([claim["start"], claim["end"]])),
        "“It cost 4 million crowns,”"
    );
    assert!(claim["score"].as_f64().is_some_and(|score| score <= 1.0));
    let last = line["attributions"].as_array().and_then(|all| all.last());
    assert_eq!(last.map(|said| &said["entity"]), Some(&Value::Null));
}

#[test]
fn persons_carry_the_names_of_the_folders_records() {
    let folder = folder();
    let record = json!({"format": "pressmark-entities", "version": 1, "reader_min": 1, "entities": [
        {"id": "orlavenn01", "name": "Orla M. Venn", "aliases": ["Orla Venn", "Heron"], "kind": "person"},
        {"id": "lantern001", "name": "The Lantern", "kind": "organisation"},
    ]});
    let records = folder.path().join("pressmark.entities.json");
    fs::write(&records, record.to_string()).expect("written");
    for path in [folder.path().to_owned(), folder.path().join("b.txt")] {
        let (code, out, _) = suggest(&path, &[]);
        let line = lines(&out).pop().expect("a line");
        let people: Vec<(String, &str)> = line["people"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| {
                let name = one["person"].as_str().expect("a name");
                (words(&json!([one["start"], one["end"]])), name)
            })
            .collect();
        let found = ["Orla Venn", "Venn", "Heron"].map(|it| (it.to_owned(), "Orla M. Venn"));
        assert_eq!((code, people), (0, found.to_vec()));
    }
    fs::write(&records, "{").expect("written");
    let (code, out, err) = suggest(folder.path(), &[]);
    assert_eq!((code, lines(&out).len()), (1, 2));
    assert!(err.contains("pressmark.entities.json"), "{err}");
}

#[test]
fn text_for_people_says_who_what_and_why() {
    let (code, out, _) = suggest(folder().path(), &["--format", "text"]);
    assert_eq!(code, 0);
    for words in [
        "b.txt: 1 person, 3 attributions, 1 claim",
        "person  Orla Venn",
        "who   Mayor Orla Venn (Orla Venn, full)",
        "why   ",
    ] {
        assert!(out.contains(words), "{words} is not in\n{out}");
    }
}
