//! Spreadsheets: `spans.csv`, `relations.csv` and, when something has no certain place, `orphans.csv` and
//! `orphan_relations.csv`.
//!
//! RFC 4180 with CR LF rows and a UTF-8 byte order mark, without which Excel reads another encoding. A cell that a
//! spreadsheet would run as a formula gets a leading apostrophe (OWASP, "CSV injection"), full-width signs included;
//! the offsets cover the text without it. Which rows there are is decided in `row`.
//!
//! *Limitations*: a text that really begins with an apostrophe and a formula sign looks like a guarded one; the
//! offsets tell. A NUL, which no spreadsheet reads, becomes U+FFFD.

use std::borrow::Cow;

use super::OutFile;
use super::json::{attrs_json, variables_json};
use super::row::{Doc, OrphanRow, Rows, SpanRow, ends};
use crate::model::{CAST_AXES, CLAIM_AXES, CpSpan, QUOTE_AXES, Relation, RelationKind, Vocabulary};

/// Writes the pair of files for a whole folder.
pub fn export(docs: &[Doc<'_>]) -> Vec<OutFile> {
    let mut spans = Table::new(&span_header());
    let mut relations = Table::new(RELATION_HEADER);
    let mut orphans = Table::new(ORPHAN_HEADER);
    let mut loose = Table::new(RELATION_HEADER);
    for doc in docs {
        let rows = Rows::of(doc);
        for row in &rows.spans {
            for nth in 0..row.fragments.len() {
                spans.row(span_cells(doc, row, nth));
            }
        }
        for relation in rows.relations {
            relations.row(relation_cells(doc, relation));
        }
        for orphan in &rows.orphans {
            orphans.row(orphan_cells(doc, orphan));
        }
        for relation in rows.loose {
            loose.row(relation_cells(doc, relation));
        }
    }
    let mut files = vec![spans.file("spans.csv"), relations.file("relations.csv")];
    for (table, name) in [(orphans, "orphans.csv"), (loose, "orphan_relations.csv")] {
        if table.rows > 0 {
            files.push(table.file(name));
        }
    }
    files
}

const RELATION_HEADER: &[&str] = &["doc", "type", "from", "to", "id"];
const ORPHAN_HEADER: &[&str] = &[
    "doc",
    "id",
    "label",
    "start_cp",
    "end_cp",
    "text",
    "prefix",
    "suffix",
    "suggested_start_cp",
    "suggested_end_cp",
    "attrs",
    "note",
    "origin",
    "by",
    "created",
    "modified",
];

/// The vocabularies that have a column for each of their axes, with what stands before the axis' key.
const AXES: [(&str, &[Vocabulary]); 3] = [
    ("cast_", CAST_AXES),
    ("quote_", QUOTE_AXES),
    ("claim_", CLAIM_AXES),
];

fn span_header() -> Vec<String> {
    let mut header: Vec<String> = [
        "doc",
        "id",
        "label",
        "start_cp",
        "end_cp",
        "text",
        "fragment",
        "fragments",
        "form",
        "entity",
        "name",
        "speaker",
        "relayed_by",
        "about",
    ]
    .map(str::to_owned)
    .to_vec();
    for (prefix, axes) in AXES {
        header.extend(axes.iter().map(|axis| format!("{prefix}{}", axis.key)));
    }
    header.extend(
        [
            "code",
            "attrs",
            "note",
            "origin",
            "by",
            "created",
            "modified",
            "doc_status",
            "doc_variables",
        ]
        .map(str::to_owned),
    );
    header
}

fn span_cells(doc: &Doc<'_>, row: &SpanRow<'_>, nth: usize) -> Vec<String> {
    let (span, annotation) = (row.fragments[nth], row.annotation);
    let CpSpan { start, end } = doc.source.cp_span(span);
    let about = if row.label == "Claim" {
        ends(doc, &annotation.id, &RelationKind::About)
    } else {
        Vec::new()
    };
    let mut cells = vec![
        doc.name.to_owned(),
        row.id.clone(),
        row.label.to_owned(),
        start.to_string(),
        end.to_string(),
        doc.source.slice(span).to_owned(),
        (nth + 1).to_string(),
        row.fragments.len().to_string(),
        row.form.map_or("", |form| form.name()).to_owned(),
        annotation
            .entity
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        row.name.unwrap_or_default().to_owned(),
        row.speakers.join("; "),
        row.relayers.join("; "),
        about.join("; "),
    ];
    for (prefix, axes) in AXES {
        cells.extend(axes.iter().map(|axis| {
            let value = match prefix {
                "cast_" => row.cast.and_then(|cast| cast.text(axis.key)),
                "quote_" if row.label == "Quote" => row.attr(axis.key),
                "claim_" if row.label == "Claim" => row.attr(axis.key),
                _ => None,
            };
            value.unwrap_or_default().to_owned()
        }));
    }
    cells.extend([
        row.code.unwrap_or_default().to_owned(),
        if row.is_cue {
            "{}".to_owned()
        } else {
            attrs_json(&annotation.attrs)
        },
        if row.is_cue {
            String::new()
        } else {
            annotation.note.clone()
        },
        annotation.origin.name().to_owned(),
        annotation.by.to_string(),
        annotation.created.to_string(),
        annotation.modified.to_string(),
        doc.sidecar.status.name().to_owned(),
        variables_json(&doc.sidecar.variables),
    ]);
    cells
}

fn relation_cells(doc: &Doc<'_>, relation: &Relation) -> Vec<String> {
    vec![
        doc.name.to_owned(),
        relation.kind.name().to_owned(),
        relation.from.to_string(),
        relation.to.to_string(),
        relation.id.to_string(),
    ]
}

fn orphan_cells(doc: &Doc<'_>, orphan: &OrphanRow<'_>) -> Vec<String> {
    let (annotation, selector) = (orphan.annotation, &orphan.target.selector);
    let suggested = orphan.suggested.map(|span| doc.source.cp_span(span));
    let number = |n: Option<usize>| n.map(|n| n.to_string()).unwrap_or_default();
    vec![
        doc.name.to_owned(),
        annotation.id.to_string(),
        orphan.label.to_owned(),
        selector.start.to_string(),
        selector.end.to_string(),
        selector.exact.to_string(),
        selector.prefix.to_string(),
        selector.suffix.to_string(),
        number(suggested.map(|s| s.start)),
        number(suggested.map(|s| s.end)),
        attrs_json(&annotation.attrs),
        annotation.note.clone(),
        annotation.origin.name().to_owned(),
        annotation.by.to_string(),
        annotation.created.to_string(),
        annotation.modified.to_string(),
    ]
}

/// One file in the making.
struct Table {
    writer: ::csv::Writer<Vec<u8>>,
    rows: usize,
}

impl Table {
    fn new(header: &[impl AsRef<str>]) -> Self {
        let writer = ::csv::WriterBuilder::new()
            .terminator(::csv::Terminator::CRLF)
            .flexible(true) // unequal rows are then no error, and a row into memory cannot fail
            .from_writer("\u{feff}".as_bytes().to_vec());
        let mut table = Self { writer, rows: 0 };
        table.write(header.iter().map(AsRef::as_ref));
        table
    }

    fn row(&mut self, cells: Vec<String>) {
        self.rows += 1;
        self.write(cells.iter().map(String::as_str));
    }

    fn write<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        let written = self
            .writer
            .write_record(cells.map(|cell| guard(cell).into_owned()));
        debug_assert!(written.is_ok(), "a row into memory: {written:?}");
    }

    fn file(self, name: &str) -> OutFile {
        OutFile {
            name: name.to_owned(),
            bytes: self.writer.into_inner().unwrap_or_default(),
        }
    }
}

/// Signs that make a spreadsheet take a cell for a formula, with their full-width forms.
const FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

fn guard(cell: &str) -> Cow<'_, str> {
    let mut cell = Cow::Borrowed(cell);
    if cell.starts_with(FORMULA) {
        cell = Cow::Owned(format!("'{cell}"));
    }
    if cell.contains('\0') {
        cell = Cow::Owned(cell.replace('\0', "\u{fffd}"));
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn a_formula_is_guarded_in_every_script() {
        for danger in [
            "=SUM(1)",
            "+1",
            "-1",
            "@x",
            "\tx",
            "\nx",
            "\u{ff1d}1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}x",
        ] {
            assert_eq!(guard(danger), format!("'{danger}"));
        }
        assert_eq!(guard("a=b"), "a=b");
        assert_eq!(guard("–1"), "–1", "an en dash is no minus");
    }
}
