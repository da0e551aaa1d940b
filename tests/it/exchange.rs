//! Exports: the bytes are read back by plain means, and every text, label and link must be where it was marked.
//!
//! What the tools of others make of the same bytes is for the validators; see `.ci/run`.

mod desk;
mod reading;

use std::collections::BTreeMap;

use pressmark::exchange::{Format, Rows, export, file_names};
use pressmark::model::{Layer, Place, RelationKind, Segments, Span};
use pressmark::text::{SourceText, segment};
use proptest::prelude::*;

use desk::{Desk, placed};
use reading::read_page;

fn by_cp(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

const CHOIR: &str = "Choir 👩‍👩‍👧 sings on\n\n“We sang,” said Ilka Brandau, 58, “until the beam \
came down.” She counted 41 singers 😀 on the stage.\n\nŽofie Cade\u{301}n said =SUM(1) & <b>two\nbeams</b> were on the bill.\n";

fn choir() -> Desk {
    Desk::new(CHOIR)
        .mark(
            "q1",
            Layer::Quote,
            &["“We sang,”", "“until the beam came down.”"],
        )
        .cue("q1", "said")
        .mark("s1", Layer::Source, &["Ilka Brandau, 58"])
        .record("s1", "e1", "Ilka Brandau", "full")
        .mark("p1", Layer::Person, &["Ilka Brandau"])
        .record("p1", "e1", "Ilka Brandau", "full")
        .mark(
            "c1",
            Layer::Claim,
            &["She counted 41 singers 😀 on the stage"],
        )
        .attr("c1", "verdict", "half true")
        .note("c1", "=HYPERLINK(\"x\")")
        .mark("q2", Layer::Quote, &["=SUM(1) & <b>two\nbeams</b> were"])
        .mark("n1", Layer::Note, &["two\nbeams</b> were on the bill.\n"])
        .mark("s2", Layer::Source, &["Žofie Cade\u{301}n"])
        .link(RelationKind::SaidBy, "q1", "s1")
        .link(RelationKind::SaidBy, "q2", "s2")
        .link(RelationKind::ClaimedBy, "c1", "s1")
}

#[test]
fn every_row_of_the_table_covers_its_text() {
    let rows = choir().table("spans.csv");
    assert_eq!(
        rows.len(),
        9,
        "seven annotations, one in two pieces, and a cue"
    );
    for row in &rows {
        let (start, end) = (
            row["start_cp"].parse().unwrap(),
            row["end_cp"].parse().unwrap(),
        );
        let text = row["text"].strip_prefix('\'').unwrap_or(&row["text"]);
        assert_eq!(by_cp(CHOIR, start, end), text);
    }
    let cue = rows.iter().find(|row| row["label"] == "Cue").unwrap();
    assert_eq!(
        (cue["id"].as_str(), cue["text"].as_str()),
        ("q1#cue", "said")
    );
    let quote = rows.iter().find(|row| row["id"] == "q1").unwrap();
    assert_eq!(quote["speaker"], "Ilka Brandau");
    assert_eq!(
        (quote["form"].as_str(), quote["fragments"].as_str()),
        ("direct", "2")
    );
    let source = rows.iter().find(|row| row["id"] == "s1").unwrap();
    assert_eq!(source["cast_identification"], "full");
}

#[test]
fn no_cell_is_a_formula() {
    let desk = choir()
        .mark("=x", Layer::Person, &["Brandau"])
        .note("=x", "\u{ff1d}1+1");
    for file in ["spans.csv", "relations.csv"] {
        for row in desk.table(file) {
            for cell in row.values() {
                let first = cell.chars().next();
                assert!(
                    !first.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c)),
                    "{cell:?}"
                );
            }
        }
    }
}

#[test]
fn a_line_of_json_counts_in_code_points_and_in_bytes() {
    let line = choir().line();
    assert_eq!(line["text"], CHOIR);
    let spans = line["spans"].as_array().unwrap();
    assert_eq!(spans.len(), 8);
    for span in spans {
        for piece in span["fragments"].as_array().unwrap() {
            let number = |key: &str| usize::try_from(piece[key].as_u64().unwrap()).unwrap();
            let text = piece["text"].as_str().unwrap();
            assert_eq!(by_cp(CHOIR, number("start"), number("end")), text);
            assert_eq!(&CHOIR[number("start_byte")..number("end_byte")], text);
        }
        let attrs = span["attrs"].as_str().unwrap();
        assert!(
            serde_json::from_str::<serde_json::Value>(attrs)
                .unwrap()
                .is_object()
        );
    }
    assert_eq!(line["relations"].as_array().unwrap().len(), 3);
}

#[test]
fn every_article_has_the_same_keys() {
    let (full, bare) = (choir(), Desk::new("Nothing here.\n"));
    let files = export(Format::Jsonl, &[full.doc("a.txt"), bare.doc("b.txt")]);
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    let keys: Vec<Vec<String>> = text
        .lines()
        .map(|line| {
            let row: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(line).unwrap();
            row.keys().cloned().collect()
        })
        .collect();
    assert_eq!(keys[0], keys[1]);
}

#[test]
fn the_page_holds_the_article_letter_by_letter() {
    let (text, pieces) = read_page(&choir().page());
    assert_eq!(text, CHOIR);
    assert_eq!(pieces["q1"], ["“We sang,”", "“until the beam came down.”"]);
    assert_eq!(pieces["q1#cue"], ["said"]);
    assert_eq!(pieces["p1"], ["Ilka Brandau"]);
    assert_eq!(pieces["q2"], ["=SUM(1) & <b>two\nbeams</b> were"]);
    assert_eq!(pieces["n1"], ["two\nbeams</b> were on the bill.\n"]);
}

#[test]
fn every_mark_has_a_row_and_every_link_a_line() {
    let page = choir().page();
    for (id, label) in [
        ("q1", "Quote"),
        ("q1#cue", "Cue"),
        ("s1", "Source"),
        ("p1", "Person"),
        ("c1", "Claim"),
        ("n1", "Note"),
    ] {
        let row = format!("data-id=\"{id}\" data-label=\"{label}\"");
        assert_eq!(page.matches(&row).count(), 1, "{row}");
    }
    assert!(page.contains("<li data-type=\"said by\" data-from=\"q1\" data-to=\"s1\">"));
    assert_eq!(page.matches("<li data-type=").count(), 3);
}

#[test]
fn links_of_the_page_lead_to_places_in_it() {
    let page = choir().page();
    for link in page.split("href=\"#").skip(1) {
        let place = link.split('"').next().unwrap();
        assert_eq!(
            page.matches(&format!("id=\"{place}\"")).count(),
            1,
            "{place}"
        );
    }
}

#[test]
fn a_page_runs_and_fetches_nothing() {
    let evil = "<script>alert(1)</script> \"><img src=x onerror=y> said Mallory.";
    let desk = Desk::new(evil)
        .mark("\"><script>", Layer::Quote, &["<script>alert(1)</script>"])
        .note("\"><script>", "</style><script>")
        .mark("s", Layer::Source, &["Mallory"])
        .record("s", "</td><script>", "<script>M</script>", "full")
        .link(
            RelationKind::Other("\"><script>".to_owned()),
            "\"><script>",
            "s",
        );
    let page = desk.page();
    assert!(page.contains("default-src 'none'"));
    for bad in [
        "<script",
        "<img",
        "src=",
        "url(",
        "@import",
        "http:",
        "https:",
        "javascript:",
    ] {
        let found = page.replace("onerror", "").match_indices(bad).count();
        let escaped = read_page(&page).0.matches(bad).count();
        assert!(found <= if bad == "src=" { escaped } else { 0 }, "{bad}");
    }
    assert_eq!(read_page(&page).0, evil);
}

#[test]
fn what_has_no_certain_place_is_listed_apart_and_never_dropped() {
    let desk = choir()
        .mark("gone", Layer::Quote, &["“We wept”"])
        .note("gone", "an earlier edition")
        .mark("half", Layer::Claim, &["the stage", "the balcony"])
        .link(RelationKind::SaidBy, "gone", "s1");
    let spans = desk.table("spans.csv");
    assert!(spans.iter().all(|row| row["id"] != "gone"));
    assert_eq!(spans.iter().filter(|row| row["id"] == "half").count(), 1);
    let orphans = desk.table("orphans.csv");
    let texts: Vec<&str> = orphans.iter().map(|row| row["text"].as_str()).collect();
    assert_eq!(texts, ["“We wept”", "the balcony"]);
    assert_eq!(desk.table("relations.csv").len(), 3);
    assert_eq!(desk.table("orphan_relations.csv").len(), 1);

    let line = desk.line();
    let list = |key: &str| -> Vec<serde_json::Value> {
        serde_json::from_str(line[key].as_str().unwrap()).unwrap()
    };
    assert_eq!(list("orphans").len(), 2);
    assert_eq!(list("orphan_relations")[0]["source"], "gone");

    let page = desk.page();
    assert!(page.contains("“We wept”") && page.contains("an earlier edition"));
    assert!(!page.contains("data-id=\"gone\"") && !page.contains("data-from=\"gone\""));
}

#[test]
fn files_for_orphans_appear_only_when_there_are_any() {
    let names: Vec<String> = choir().export(Format::Csv).into_keys().collect();
    assert_eq!(names, ["relations.csv", "spans.csv"]);
}

#[test]
fn a_suggested_place_is_no_place() {
    let mut desk = choir();
    let target = &mut desk.annotation("p1").at[0];
    target.place = Place::Moved(Span::new(0, 5));
    let doc = desk.doc("x");
    let rows = Rows::of(&doc);
    assert!(rows.spans.iter().all(|row| row.id != "p1"));
    assert_eq!(rows.orphans[0].suggested, Some(Span::new(0, 5)));
}

#[test]
fn an_unnamed_source_is_shown_as_one() {
    let desk = Desk::new("It failed, an official said.\n")
        .mark("s1", Layer::Source, &["an official"])
        .record("s1", "e1", "an official", "described but unnamed");
    assert!(desk.page().contains("class=\"source unnamed\""));
}

#[test]
fn people_read_how_urgent_a_claim_is_and_tables_hold_the_number() {
    let desk = Desk::new("It cost 3 million.\n")
        .mark("c1", Layer::Claim, &["It cost 3 million"])
        .attr("c1", "priority", "2");
    assert!(desk.page().contains("priority: soon"));
    assert_eq!(desk.table("spans.csv")[0]["claim_priority"], "2");
}

#[test]
fn a_headline_is_the_title_of_an_article_without_one_it_is_the_name() {
    let text = "Harbour strike ends after nine days\n\nThe strike ended on Friday. Work began again.\n\nNobody was hurt.\n";
    let source = SourceText::new(text);
    let title = pressmark::exchange::title("x.txt", &source, &segment(text));
    assert_eq!(title, "Harbour strike ends after nine days");
    assert_eq!(
        pressmark::exchange::title("x.txt", &SourceText::new(""), &Segments::default()),
        "x.txt"
    );
}

fn marked_text() -> impl Strategy<Value = (String, Vec<(usize, usize)>)> {
    let piece = prop_oneof![
        "[ -~]{0,12}",
        Just("“q” ".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("👩‍👩‍👧é\u{301}".to_owned()),
        Just("<&>\"'".to_owned()),
    ];
    (
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat()),
        proptest::collection::vec((0usize..200, 1usize..40), 0..8),
    )
}

proptest! {
    #[test]
    fn any_marks_on_any_text_come_back_out_of_the_page((text, spans) in marked_text()) {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut desk = Desk::new(&text);
        let mut expected = BTreeMap::new();
        for (nth, (start, len)) in spans.into_iter().enumerate() {
            let start = start % ends.len();
            let (from, to) = (ends[start], ends[(start + len).min(ends.len() - 1)]);
            let id = format!("m{nth}");
            desk = desk.mark_at(&id, Layer::ALL[nth % 6], vec![placed("", Span::new(from, to))]);
            if from < to {
                expected.insert(id, vec![text[from..to].to_owned()]);
            }
        }
        let page = desk.page();
        let (read, pieces) = read_page(&page);
        prop_assert_eq!(read, text);
        prop_assert_eq!(pieces, expected);
    }

    #[test]
    fn no_two_articles_share_a_file(names in proptest::collection::vec("[aAb_./]{1,6}", 1..12)) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut files: Vec<String> = file_names(&names, "html").iter().map(|n| n.to_lowercase()).collect();
        prop_assert!(files.iter().all(|name| !name.contains('/') && !name.starts_with('.')));
        files.sort();
        files.dedup();
        prop_assert_eq!(files.len(), names.len());
    }
}
