//! JSON Lines: `annotations.jsonl`, one article a line, for Hugging Face datasets, DuckDB, pandas and jq.
//!
//! Every row has the same keys with values of the same type. Attributes, and the lists that are empty in most articles
//! (cast, orphans), are JSON in a string: readers infer types from the first ten megabytes, and a list that is empty
//! there has none (`datasets` then refuses the rest of the file). Fragments carry code points and UTF-8 bytes of `text`,
//! both half-open. Which rows there are is decided in `row`.
//!
//! *Limitations*: a folder whose first ten megabytes have no relation at all needs `features=` in `datasets`, as does
//! one where times are missing only later. `sha256` and `encoding` are those of the file that the annotations were made
//! on.

use serde::Serialize;

use super::OutFile;
use super::json::{attrs_json, variables_json};
use super::row::{Doc, OrphanRow, Rows, SpanRow};
use crate::model::{Id, Relation, Span};

/// Writes one file for a whole folder.
pub fn export(docs: &[Doc<'_>]) -> Vec<OutFile> {
    let mut bytes = Vec::new();
    for doc in docs {
        bytes.extend_from_slice(line(doc).as_bytes());
        bytes.push(b'\n');
    }
    vec![OutFile {
        name: "annotations.jsonl".to_owned(),
        bytes,
    }]
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    title: &'a str,
    text: &'a str,
    length: usize,
    encoding: &'a str,
    sha256: &'a str,
    status: &'static str,
    variables: String,
    spans: Vec<SpanJson<'a>>,
    relations: Vec<RelationJson<'a>>,
    cast: String,
    orphans: String,
    orphan_relations: String,
}

#[derive(Serialize)]
struct SpanJson<'a> {
    id: String,
    label: &'static str,
    start: usize,
    end: usize,
    fragments: Vec<FragmentJson<'a>>,
    form: &'static str,
    entity: &'a str,
    name: &'a str,
    code: &'a str,
    speaker: String,
    attrs: String,
    note: &'a str,
    origin: &'static str,
    by: &'a str,
    created: &'a str,
    modified: &'a str,
}

#[derive(Serialize)]
struct FragmentJson<'a> {
    start: usize,
    end: usize,
    start_byte: usize,
    end_byte: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct RelationJson<'a> {
    id: &'a str,
    r#type: &'a str,
    source: &'a str,
    target: &'a str,
}

#[derive(Serialize)]
struct CastJson<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    attrs: String,
}

#[derive(Serialize)]
struct OrphanJson<'a> {
    id: &'a str,
    label: &'static str,
    start: usize,
    end: usize,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
    /// Start and end of where it may have gone, or nothing.
    suggested: Vec<usize>,
    attrs: String,
    note: &'a str,
    by: &'a str,
}

fn line(doc: &Doc<'_>) -> String {
    let rows = Rows::of(doc);
    let sidecar = doc.sidecar;
    let cast: Vec<CastJson<'_>> = sidecar
        .cast
        .values()
        .map(|entry| {
            let record = doc.entities.resolve(&entry.id);
            CastJson {
                id: entry.id.as_str(),
                name: record.map_or(&entry.name, |record| &record.name),
                kind: record.map_or("", |record| record.kind.name()),
                attrs: attrs_json(&entry.attrs),
            }
        })
        .collect();
    let orphans: Vec<OrphanJson<'_>> = rows.orphans.iter().map(|row| orphan(doc, row)).collect();
    let loose: Vec<RelationJson<'_>> = rows.loose.into_iter().map(relation).collect();
    let row = Row {
        name: doc.name,
        title: doc.title,
        text: doc.source.as_str(),
        length: doc.source.code_points(),
        encoding: &sidecar.article.encoding,
        sha256: &sidecar.article.sha256,
        status: sidecar.status.name(),
        variables: variables_json(&sidecar.variables),
        spans: rows.spans.iter().map(|row| span(doc, row)).collect(),
        relations: rows.relations.into_iter().map(relation).collect(),
        cast: in_string(&cast),
        orphans: in_string(&orphans),
        orphan_relations: in_string(&loose),
    };
    let json = serde_json::to_string(&row).unwrap_or_default();
    one_line(json)
}

/// JSON of plain rows; turning them into it cannot fail.
fn in_string(rows: &impl Serialize) -> String {
    serde_json::to_string(rows).unwrap_or_default()
}

/// Escapes the characters that end a line for some readers (Python's `splitlines`) though not for JSON; they can only
/// stand inside strings.
fn one_line(json: String) -> String {
    const BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];
    if !json.contains(BREAKS) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if BREAKS.contains(&c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

fn span<'a>(doc: &Doc<'a>, row: &SpanRow<'a>) -> SpanJson<'a> {
    let annotation = row.annotation;
    let fragments: Vec<FragmentJson<'a>> = row
        .fragments
        .iter()
        .map(|span| fragment(doc, *span))
        .collect();
    SpanJson {
        id: row.id.clone(),
        label: row.label,
        start: fragments.first().map_or(0, |f| f.start),
        end: fragments.iter().map(|f| f.end).max().unwrap_or(0),
        fragments,
        form: row.form.map_or("", |form| form.name()),
        entity: annotation.entity.as_ref().map_or("", Id::as_str),
        name: row.name.unwrap_or_default(),
        code: row.code.unwrap_or_default(),
        speaker: row.speakers.join("; "),
        attrs: if row.is_cue {
            "{}".to_owned()
        } else {
            attrs_json(&annotation.attrs)
        },
        note: if row.is_cue { "" } else { &annotation.note },
        origin: annotation.origin.name(),
        by: &annotation.by,
        created: &annotation.created,
        modified: &annotation.modified,
    }
}

fn fragment<'a>(doc: &Doc<'a>, span: Span) -> FragmentJson<'a> {
    let cp = doc.source.cp_span(span);
    FragmentJson {
        start: cp.start,
        end: cp.end,
        start_byte: span.start(),
        end_byte: span.end(),
        text: doc.source.slice(span),
    }
}

fn relation(relation: &Relation) -> RelationJson<'_> {
    RelationJson {
        id: relation.id.as_str(),
        r#type: relation.kind.name(),
        source: relation.from.as_str(),
        target: relation.to.as_str(),
    }
}

fn orphan<'a>(doc: &Doc<'a>, row: &OrphanRow<'a>) -> OrphanJson<'a> {
    let selector = &row.target.selector;
    OrphanJson {
        id: row.annotation.id.as_str(),
        label: row.label,
        start: selector.start,
        end: selector.end,
        exact: &selector.exact,
        prefix: &selector.prefix,
        suffix: &selector.suffix,
        suggested: row.suggested.map_or_else(Vec::new, |span| {
            let cp = doc.source.cp_span(span);
            vec![cp.start, cp.end]
        }),
        attrs: attrs_json(&row.annotation.attrs),
        note: &row.annotation.note,
        by: &row.annotation.by,
    }
}
