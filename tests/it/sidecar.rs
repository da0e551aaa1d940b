//! The sidecar's form: what is written is read back, what is not understood survives, what could destroy is refused.

mod laws;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use pressmark::model::{
    ArticleInfo, Extra, Id, Layer, Override, OverrideKind, Place, Sidecar, Span, Status, Target,
};
use pressmark::store::{
    SIDECAR_SCHEMA, StoreError, anchor, load_article, parse_sidecar, serialise_sidecar,
};
use pressmark::text::{SourceText, describe};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/sidecar")
        .join(name)
}

fn written(sidecar: &Sidecar) -> String {
    let bytes = serialise_sidecar(sidecar, sidecar.text.as_deref());
    String::from_utf8(bytes).expect("a sidecar is UTF-8")
}

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(SIDECAR_SCHEMA).expect("the schema is JSON");
    jsonschema::draft202012::new(&schema).expect("the schema is one of draft 2020-12")
});

fn schema_errors(sidecar: &str) -> Vec<String> {
    let value = serde_json::from_str(sidecar).expect("a sidecar is JSON");
    let errors = SCHEMA.iter_errors(&value);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn a_canonical_sidecar_is_written_back_byte_for_byte() {
    let bytes = std::fs::read(data("strike.txt.ann.json")).expect("the golden sidecar is there");
    let sidecar = parse_sidecar(&bytes).expect("the golden sidecar is readable");
    assert_eq!(
        written(&sidecar),
        String::from_utf8(bytes).expect("it is UTF-8")
    );
    assert_eq!(sidecar.annotations.len(), 4);
    assert_eq!(sidecar.unread.len(), 2, "{:?}", sidecar.unread);
}

#[test]
fn every_fragment_of_the_golden_sidecar_is_found_where_it_says() {
    let article = load_article(&data("strike.txt"), None).expect("the golden article opens");
    assert_eq!((article.orphans, article.readonly), (0, None));
    for annotation in article.sidecar.annotations.values() {
        for target in annotation.at.iter().chain(&annotation.cue) {
            let span = target.span().expect("its place is certain");
            assert_eq!(article.source.slice(span), target.selector.exact);
        }
    }
}

#[test]
fn any_order_and_layout_becomes_the_canonical_one() {
    let canonical = concat!(
        r#"{"format":"pressmark-sidecar","version":1,"reader_min":1,"#,
        "\n",
        r#" "article":{"file":"a.txt","sha256":"","encoding":"utf-8","bom":false,"newline":"LF","length":9},"#,
        "\n",
        r#" "status":"new","#,
        "\n",
        r#" "annotations":["#,
        "\n",
        r#"  {"id":"a1","layer":"note","at":[{"start":4,"end":9,"exact":"mayor","prefix":"","suffix":""}],"origin":"hand"},"#,
        "\n",
        r#"  {"id":"b1","layer":"person","at":[{"start":0,"end":3,"exact":"The","prefix":"","suffix":""}],"origin":"hand","x":{"k":[1.0,2]}}],"#,
        "\n",
        r#" "y":1.10}"#,
        "\n",
    );
    let loose = r#"{ "y": 1.10,
      "annotations": [
        {"x": {"k": [1.0,
                     2]}, "attrs": {}, "layer": "person", "note": "",
         "at": [{"exact": "The", "end": 3, "start": 0.0}], "id": "b1"},
        {"id": "a1", "layer": "note", "cue": [], "at": [{"start": 4, "end": 9, "exact": "m\u0061yor"}]}
      ],
      "relations": [], "cast": null,
      "article": {"length": 9, "encoding": "utf-8", "file": "a.txt"},
      "reader_min": 1, "format": "pressmark-sidecar", "version": 1 }"#;
    let mut with_mark = b"\xef\xbb\xbf".to_vec();
    with_mark.extend_from_slice(loose.as_bytes());
    let sidecar = parse_sidecar(&with_mark).expect("a loose sidecar is readable");
    assert_eq!(written(&sidecar), canonical);
}

/// A sidecar with one more field at the top.
fn with(field: &str) -> String {
    format!(r#"{{"format":"pressmark-sidecar",{field}}}"#)
}

fn refusal(bytes: &[u8]) -> String {
    match parse_sidecar(bytes) {
        Ok(sidecar) => panic!("it was read: {sidecar:?}"),
        Err(error) => error.reason(),
    }
}

#[test]
fn what_could_be_destroyed_by_writing_is_not_read() {
    let half = with(r#""annotations":[{"id":"a1""#);
    let cases: &[(&[u8], &str)] = &[
        (b"", "empty"),
        (&[0; 512], "zeros"),
        (b"hello", "expected value"),
        (b"[1,2,3]", "no object"),
        (b"\xff\xfe{\0}\0", "UTF-16"),
        (b"{\"format\":\"\xe9\"}", "UTF-8"),
        (b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n", "merge"),
        (half.as_bytes(), "EOF"),
        (b"{\"annotations\":[]}", "format"),
        (b"{\"format\":\"brat\"}", "format"),
        (b"{\"format\":\"pressmark-sidecar\"}{}", "trailing"),
    ];
    for (bytes, expected) in cases {
        let reason = refusal(bytes);
        assert!(reason.contains(expected), "{expected}: {reason}");
    }
    for (field, expected) in [
        (r#""annotations":{}"#, "annotations"),
        (r#""cast":3"#, "cast"),
        (r#""article":"a.txt""#, "article"),
        (r#""text":["a"]"#, "text"),
        (r#""version":"1""#, "version"),
        (r#""version":-1.5"#, "version"),
        (r#""x":NaN"#, "expected"),
    ] {
        let reason = refusal(with(field).as_bytes());
        assert!(reason.contains(expected), "{expected}: {reason}");
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_with_its_place() {
    for field in [
        r#""annotations":[],"annotations":[]"#,
        r#""article":{"file":"a.txt","file":"b.txt"}"#,
        r#""x":{"y":{"z":1,"\u007a":2}}"#,
    ] {
        let text = with(&format!("\n{field}"));
        match parse_sidecar(text.as_bytes()) {
            Err(StoreError::Json { line, message, .. }) => {
                assert_eq!(line, 2, "{field}");
                assert!(message.contains("twice"), "{message}");
            }
            other => panic!("{field}: {other:?}"),
        }
    }
}

#[test]
fn an_entry_that_holds_a_key_twice_is_kept_as_it_stands_and_the_others_are_read() {
    let twice = r#"{"id":"a1","layer":"note","at":[{"start":1,"start":2,"exact":"x"}]}"#;
    let once = r#"{"id":"a2","layer":"note","at":[{"start":1,"exact":"x"}]}"#;
    let text = with(&format!(r#""annotations":[{twice},{once}]"#));
    let sidecar = parse_sidecar(text.as_bytes()).expect("the rest is fine");
    assert_eq!(sidecar.annotations.len(), 1);
    assert!(written(&sidecar).contains(twice));
}

#[test]
fn a_file_may_nest_as_deep_as_it_is_allowed_to_and_no_deeper() {
    // The object at the top is one level.
    let nested = |n: usize| with(&format!(r#""x":{}1{}"#, "[".repeat(n), "]".repeat(n)));
    assert!(parse_sidecar(nested(127).as_bytes()).is_ok());
    assert!(refusal(nested(128).as_bytes()).contains("deeper"));
    assert!(refusal("[".repeat(100_000).as_bytes()).contains("EOF"));
    assert!(refusal(nested(100_000).as_bytes()).contains("deeper"));
}

#[test]
fn a_newer_file_is_refused_only_when_it_says_so() {
    let newer = with(r#""version":7,"reader_min":2,"annotations":[]"#);
    assert!(matches!(
        parse_sidecar(newer.as_bytes()),
        Err(StoreError::Newer { reader_min: 2, .. })
    ));
    let friendly = with(r#""version":7,"reader_min":1,"annotations":[]"#);
    let sidecar = parse_sidecar(friendly.as_bytes()).expect("it allows us");
    assert!(written(&sidecar).contains(r#""version":7,"reader_min":1,"#));
}

#[test]
fn entries_that_nobody_understands_stay_in_their_list() {
    let at = r#""at":[{"start":4,"end":9,"exact":"mayor"}]"#;
    let entries = [
        format!(r#"{{"id":"a1","layer":"note",{at}}}"#),
        format!(r#"{{"id":"a1","layer":"person",{at}}}"#),
        format!(r#"{{"id":"a2","layer":"sketch",{at}}}"#),
        format!(r#"{{"layer":"note",{at}}}"#),
        String::from(r#"{"id":"a3","layer":"note","at":[]}"#),
        String::from(r#"{"id":"a4","layer":"note","at":[{"exact":"\ud83d"}]}"#),
        String::from("17"),
    ];
    let list = with(&format!(
        r#""annotations":[{}],"relations":["r"]"#,
        entries.join(",")
    ));
    let sidecar = parse_sidecar(list.as_bytes()).expect("the others are readable");
    assert_eq!(sidecar.annotations.len(), 1);
    assert_eq!(sidecar.annotations[&Id::from("a1")].layer, Layer::Note);
    let again = written(&sidecar);
    for entry in &entries[1..] {
        assert!(again.contains(&format!("  {entry}")), "{entry} in {again}");
    }
    assert!(again.contains("\"relations\":[\n  \"r\"]"), "{again}");
}

#[test]
fn a_value_that_we_cannot_use_stays_until_ours_takes_its_place() {
    let text = with(
        r#""status":"archived","annotations":[{"id":"a1","layer":"note","at":[{"exact":"x"}],"note":5,"origin":"robot"}]"#,
    );
    let mut sidecar = parse_sidecar(text.as_bytes()).expect("it is readable");
    let kept = written(&sidecar);
    assert!(kept.contains(r#""status":"archived""#), "{kept}");
    assert!(kept.contains(r#""note":5,"origin":"robot"}"#), "{kept}");
    sidecar.status = Status::Done;
    let annotation = sidecar
        .annotations
        .get_mut(&Id::from("a1"))
        .expect("it is there");
    annotation.note = String::from("five");
    let ours = written(&sidecar);
    assert!(
        ours.contains(r#""status":"done""#) && !ours.contains("archived"),
        "{ours}"
    );
    assert!(
        ours.contains(r#""note":"five","origin":"robot"}"#),
        "{ours}"
    );
    assert!(parse_sidecar(ours.as_bytes()).is_ok());
}

#[test]
fn a_position_that_is_no_place_leaves_the_word_to_the_quotation() {
    for start in ["-4", "4.5", "1e30", "\"4\"", "null", "18446744073709551615"] {
        let text = with(&format!(
            r#""text":"The mayor left.","annotations":[{{"id":"a1","layer":"note","at":[{{"start":{start},"end":9,"exact":"mayor"}}]}}]"#
        ));
        let mut sidecar = parse_sidecar(text.as_bytes()).expect("it is readable");
        let source = SourceText::new("The mayor left.");
        assert_eq!(
            anchor(&mut sidecar, &source, &ArticleInfo::default()),
            1,
            "{start}"
        );
        let place = sidecar.annotations[&Id::from("a1")].at[0].place;
        assert_eq!(place, Place::Moved(Span::new(4, 9)), "{start}");
    }
}

/// Anchors what the brackets mark in `before` in the text `after`; the same brackets say where it should come out.
fn check_anchor(before: &str, after: &str, place: fn(Span) -> Place) {
    let unmark = |marked: &str| {
        let start = marked.find('⟦').expect("an opening bracket");
        let rest = marked.replacen('⟦', "", 1);
        let end = rest.find('⟧').expect("a closing bracket");
        (rest.replacen('⟧', "", 1), Span::new(start, end))
    };
    let (old, old_span) = unmark(before);
    let (new, new_span) = unmark(after);
    let selector = describe(&SourceText::new(old.as_str()), old_span);
    let mut sidecar = Sidecar {
        text: Some(old.into()),
        ..Sidecar::default()
    };
    let target = Target {
        selector,
        place: Place::Orphan,
    };
    sidecar.overrides.push(Override {
        at: target,
        make: OverrideKind::Split,
        extra: Extra::default(),
    });
    anchor(&mut sidecar, &SourceText::new(new), &ArticleInfo::default());
    assert_eq!(
        sidecar.overrides[0].at.place,
        place(new_span),
        "{before} → {after}"
    );
}

#[test]
fn a_place_is_certain_in_the_same_text_and_beside_an_edit() {
    let marked = "She said, ⟦“No.”⟧ He left.";
    check_anchor(marked, marked, Place::Placed);
    check_anchor(marked, "Then she said, ⟦“No.”⟧ He left.", Place::Placed);
    check_anchor(marked, "She said ⟦nothing⟧. He left.", |_| {
        Place::Orphan
    });
}

#[test]
fn without_its_text_a_sidecar_goes_by_the_hash_and_the_encoding() {
    let mut sidecar = parse_sidecar(
        with(r#""article":{"sha256":"ab","encoding":"UTF_8"},"annotations":[{"id":"a1","layer":"note","at":[{"start":0,"end":2,"exact":"No"}]}]"#).as_bytes(),
    )
    .expect("it is readable");
    let source = SourceText::new("No. No.");
    let info = |sha256: &str, encoding: &str| ArticleInfo {
        sha256: sha256.into(),
        encoding: encoding.into(),
        ..ArticleInfo::default()
    };
    assert_eq!(anchor(&mut sidecar, &source, &info("AB", "utf-8")), 0);
    assert_eq!(anchor(&mut sidecar, &source, &info("ab", "cp1252")), 1);
    assert_eq!(anchor(&mut sidecar, &source, &info("cd", "utf-8")), 1);
}

#[test]
fn the_schema_describes_what_is_written_and_catches_what_is_not() {
    let golden = std::fs::read_to_string(data("strike.txt.ann.json")).expect("it is there");
    // The golden file holds what a newer or careless program wrote, which no strict reader has to accept.
    let errors = schema_errors(&golden.replace("1e400", "1"));
    assert!(
        errors
            .iter()
            .all(|e| ["b0", "robot", "sketch", "drawing", "override"]
                .iter()
                .any(|w| e.contains(w))),
        "{errors:?}"
    );
    assert!(schema_errors(&written(&Sidecar::default())).is_empty());
    assert!(!schema_errors(&with(r#""annotations":[]"#)).is_empty());
}
