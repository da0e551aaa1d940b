//! Exports: the bytes are read back by plain means, and every text, label and link must be where it was marked.
//!
//! What the tools of others make of the same bytes is for the validators; see `.ci/run`.

use std::collections::BTreeMap;

use pressmark::exchange::{Doc, Format, Rows, export, file_names};
use pressmark::model::{
    Annotation, Attrs, CastEntry, Entities, Entity, EntityKind, Extra, Id, Layer, Origin, Place,
    Relation, RelationKind, Segments, Selector, Sidecar, Span, Target,
};
use pressmark::text::{SourceText, segment};
use proptest::prelude::*;

/// An article on the desk, marked by its words.
struct Desk {
    source: SourceText,
    segments: Segments,
    sidecar: Sidecar,
    entities: Entities,
}

impl Desk {
    fn new(text: &str) -> Self {
        Self {
            source: SourceText::new(text),
            segments: segment(text),
            sidecar: Sidecar::default(),
            entities: Entities::default(),
        }
    }

    /// Marks the first place of each of the words; words that are not there become an orphan.
    fn mark(self, id: &str, layer: Layer, words: &[&str]) -> Self {
        let at = words
            .iter()
            .map(|words| match self.source.as_str().find(words) {
                Some(start) => placed(words, Span::new(start, start + words.len())),
                None => Target {
                    selector: Selector {
                        exact: (*words).to_owned(),
                        ..Selector::default()
                    },
                    place: Place::Orphan,
                },
            })
            .collect();
        self.mark_at(id, layer, at)
    }

    fn mark_at(mut self, id: &str, layer: Layer, at: Vec<Target>) -> Self {
        let annotation = Annotation {
            id: id.into(),
            layer,
            at,
            cue: Vec::new(),
            entity: None,
            attrs: Attrs::default(),
            note: String::new(),
            origin: Origin::Hand,
            by: "mk".to_owned(),
            created: "2026-11-22T10:00:00Z".to_owned(),
            modified: "2026-11-22T10:00:00Z".to_owned(),
            extra: Extra::default(),
        };
        self.sidecar.annotations.insert(id.into(), annotation);
        self
    }

    fn cue(mut self, id: &str, words: &str) -> Self {
        let start = self
            .source
            .as_str()
            .find(words)
            .expect("the cue is in the text");
        let cue = placed(words, Span::new(start, start + words.len()));
        self.annotation(id).cue.push(cue);
        self
    }

    fn note(mut self, id: &str, note: &str) -> Self {
        self.annotation(id).note = note.to_owned();
        self
    }

    fn attr(mut self, id: &str, key: &str, value: &str) -> Self {
        self.annotation(id).attrs.set(key, Some(value.into()));
        self
    }

    fn record(mut self, id: &str, record: &str, name: &str, identification: &str) -> Self {
        let entity = Id::from(record);
        self.annotation(id).entity = Some(entity.clone());
        let mut attrs = Attrs::default();
        attrs.set("identification", Some(identification.into()));
        self.sidecar.cast.insert(
            entity.clone(),
            CastEntry {
                id: entity.clone(),
                name: name.to_owned(),
                attrs,
                extra: Extra::default(),
            },
        );
        self.entities.by_id.insert(
            entity.clone(),
            Entity {
                id: entity,
                name: name.to_owned(),
                aliases: Vec::new(),
                kind: EntityKind::Person,
                roles: Vec::new(),
                note: String::new(),
                merged_into: None,
                extra: Extra::default(),
            },
        );
        self
    }

    fn link(mut self, kind: RelationKind, from: &str, to: &str) -> Self {
        let id = Id::new(format!("r-{from}-{to}"));
        self.sidecar.relations.insert(
            id.clone(),
            Relation {
                id,
                kind,
                from: from.into(),
                to: to.into(),
                extra: Extra::default(),
            },
        );
        self
    }

    fn annotation(&mut self, id: &str) -> &mut Annotation {
        let annotation = self.sidecar.annotations.get_mut(&Id::from(id));
        annotation.expect("marked before")
    }

    fn doc<'a>(&'a self, name: &'a str) -> Doc<'a> {
        Doc {
            name,
            title: name,
            source: &self.source,
            segments: &self.segments,
            sidecar: &self.sidecar,
            entities: &self.entities,
        }
    }

    fn export(&self, format: Format) -> BTreeMap<String, String> {
        export(format, &[self.doc("a/story.txt")])
            .into_iter()
            .map(|file| (file.name, String::from_utf8(file.bytes).expect("UTF-8")))
            .collect()
    }

    fn page(&self) -> String {
        self.export(Format::Html)["a__story.html"].clone()
    }

    fn line(&self) -> serde_json::Value {
        serde_json::from_str(&self.export(Format::Jsonl)["annotations.jsonl"]).expect("JSON")
    }

    fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        read_csv(&self.export(Format::Csv)[name])
    }
}

fn placed(words: &str, span: Span) -> Target {
    Target {
        selector: Selector {
            exact: words.to_owned(),
            ..Selector::default()
        },
        place: Place::Placed(span),
    }
}

/// A small reader of RFC 4180, so that the writer is not asked about itself.
fn read_csv(text: &str) -> Vec<BTreeMap<String, String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let (mut rows, mut row, mut cell, mut quoted) = (vec![], vec![], String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'), "rows end in CR LF");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\n' if !quoted => panic!("a bare line feed between rows"),
            c => cell.push(c),
        }
    }
    assert!(row.is_empty() && cell.is_empty(), "the last row ends too");
    let header = rows.remove(0);
    rows.into_iter()
        .map(|row| {
            assert_eq!(row.len(), header.len(), "ragged: {row:?}");
            header.iter().cloned().zip(row).collect()
        })
        .collect()
}

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

/// The text of the page's `<pre>`, and the pieces that each id covers, as a program would read them.
fn read_page(page: &str) -> (String, BTreeMap<String, Vec<String>>) {
    let pre = page
        .split_once("<pre id=\"article\" dir=\"auto\">")
        .unwrap()
        .1;
    let pre = pre.split_once("</pre>").unwrap().0;
    let mut rest = pre
        .strip_prefix('\n')
        .expect("the line feed that a parser drops");
    let (mut text, mut open) = (String::new(), Vec::<Vec<String>>::new());
    let mut pieces: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        push(&mut text, before, &open, &mut pieces);
        let (tag, after) = tag.split_once('>').unwrap();
        rest = after;
        if tag.starts_with("</") {
            open.pop();
        } else {
            let ids = tag
                .split_once("data-ids=\"")
                .map(|(_, ids)| ids.split_once('"').unwrap().0);
            open.push(
                ids.unwrap_or_default()
                    .split(' ')
                    .filter(|id| !id.is_empty())
                    .map(unescape)
                    .collect(),
            );
        }
    }
    push(&mut text, rest, &open, &mut pieces);
    let pieces = pieces
        .into_iter()
        .map(|(id, pieces)| (id, pieces.into_iter().map(|(_, text)| text).collect()))
        .collect();
    (text, pieces)
}

fn push(
    text: &mut String,
    markup: &str,
    open: &[Vec<String>],
    pieces: &mut BTreeMap<String, Vec<(usize, String)>>,
) {
    let words = unescape(markup);
    if words.is_empty() {
        return;
    }
    for id in open.iter().flatten() {
        let list = pieces.entry(id.clone()).or_default();
        match list.last_mut() {
            Some((end, piece)) if *end == text.len() => {
                piece.push_str(&words);
                *end += words.len();
            }
            _ => list.push((text.len() + words.len(), words.clone())),
        }
    }
    text.push_str(&words);
}

fn unescape(markup: &str) -> String {
    markup
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
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
    target.place = Place::Suggested(Span::new(0, 5));
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
