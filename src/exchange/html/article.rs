//! The article's text in the page: blocks as lines of their own, marks cut at every bound.
//!
//! Nothing visible is written that is not in the text; letters and bars are the style's. Leaves colours to `style`.

use std::collections::HashSet;

use super::super::row::{Doc, Rows, SpanRow};
use super::escape::{anchor, escape, token};
use crate::model::{BlockKind, Form, Layer, Span};
use crate::text::runs;

/// Writes `<pre id="article">`.
pub fn write(doc: &Doc<'_>, rows: &Rows<'_>, out: &mut String) {
    let mut writer = Writer::new(doc, rows, out);
    // A parser drops the first line feed of a <pre>, so one is written for it to drop.
    writer.out.push_str("<pre id=\"article\" dir=\"auto\">\n");
    let mut at = 0;
    for block in &doc.segments.blocks {
        if block.span.start() < at {
            continue;
        }
        writer.gap(Span::new(at, block.span.start()));
        writer.block(block.kind, block.span);
        at = block.span.end();
    }
    writer.gap(Span::new(at, doc.source.len()));
    writer.out.push_str("</pre>\n");
}

struct Writer<'w, 'a> {
    doc: &'w Doc<'a>,
    rows: &'w [SpanRow<'a>],
    /// All fragments of all rows, by start …
    marks: Vec<Span>,
    /// … and the row and number of each.
    owners: Vec<(usize, usize)>,
    /// How far the first mark still of interest is.
    first: usize,
    out: &'w mut String,
}

impl<'w, 'a> Writer<'w, 'a> {
    fn new(doc: &'w Doc<'a>, rows: &'w Rows<'a>, out: &'w mut String) -> Self {
        let mut all: Vec<(Span, (usize, usize))> = Vec::new();
        for (row, span_row) in rows.spans.iter().enumerate() {
            for (nth, span) in span_row.fragments.iter().enumerate() {
                all.push((*span, (row, nth)));
            }
        }
        all.sort();
        let (marks, owners) = all.into_iter().unzip();
        Self {
            doc,
            rows: &rows.spans,
            marks,
            owners,
            first: 0,
            out,
        }
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        let role = match kind {
            BlockKind::Headline => " role=\"heading\" aria-level=\"1\"",
            BlockKind::Heading => " role=\"heading\" aria-level=\"2\"",
            _ => "",
        };
        let flow = if is_wrapped(self.doc.source.slice(span)) {
            " flow"
        } else {
            ""
        };
        self.out
            .push_str(&format!("<span class=\"b {}{flow}\"{role}>", kind.name()));
        self.text(span);
        self.out.push_str("</span>");
    }

    /// White space between blocks; lines of it become a gap of even height.
    fn gap(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        let is_lines = self.doc.source.slice(span).contains('\n');
        if is_lines {
            self.out.push_str("<span class=\"gap\">");
        }
        self.text(span);
        if is_lines {
            self.out.push_str("</span>");
        }
    }

    fn text(&mut self, within: Span) {
        // Marks before `first` end before everything that is still to come.
        while self
            .marks
            .get(self.first)
            .is_some_and(|mark| mark.end() <= within.start())
        {
            self.first += 1;
        }
        let (first, last) = (
            self.first,
            self.marks
                .partition_point(|mark| mark.start() < within.end()),
        );
        let near = self.marks.get(first..last).unwrap_or_default().to_vec();
        for run in runs(&near, within) {
            let mut marks: Vec<usize> = run.marks.iter().map(|mark| first + mark).collect();
            marks.sort_unstable();
            self.run(run.span, &marks);
        }
    }

    fn run(&mut self, span: Span, marks: &[usize]) {
        let text = escape(self.doc.source.slice(span));
        if marks.is_empty() {
            self.out.push_str(&text);
            return;
        }
        let mut rows: Vec<usize> = marks.iter().map(|mark| self.owners[*mark].0).collect();
        // A hundred thousand marks on one word are a page, if a long one.
        let mut seen = HashSet::new();
        rows.retain(|row| seen.insert(*row));
        let mut anchors: Vec<String> = marks
            .iter()
            .filter(|mark| {
                let (row, nth) = self.owners[**mark];
                nth == 0 && self.rows[row].fragments[0].start() == span.start()
            })
            .map(|mark| anchor('m', &self.rows[self.owners[*mark].0].id))
            .collect();
        let own = anchors.pop();
        for other in anchors {
            self.out.push_str(&format!("<span id=\"{other}\"></span>"));
        }
        self.out.push_str("<mark");
        if let Some(own) = own {
            self.out.push_str(&format!(" id=\"{own}\""));
        }
        let ids: Vec<String> = rows.iter().map(|row| token(&self.rows[*row].id)).collect();
        let titles: Vec<String> = rows.iter().map(|row| title(&self.rows[*row])).collect();
        self.out.push_str(&format!(
            " class=\"{}\" data-ids=\"{}\" title=\"{}\">{text}</mark>",
            self.classes(span, marks),
            escape(&ids.join(" ")),
            escape(&titles.join("\n")),
        ));
    }

    /// Layers that lie here, and which of them begin or end here.
    fn classes(&self, span: Span, marks: &[usize]) -> String {
        let mut classes: Vec<&'static str> = Vec::new();
        for mark in marks {
            let row = &self.rows[self.owners[*mark].0];
            let (begins, ends) = (
                self.marks[*mark].start() == span.start(),
                self.marks[*mark].end() == span.end(),
            );
            match (row.is_cue, row.annotation.layer) {
                (true, _) => classes.push("cue"),
                (false, Layer::Claim) => {
                    classes.push("claim");
                    classes.extend(begins.then_some("claim-start"));
                }
                (false, Layer::Person) => classes.push("person"),
                (false, Layer::Source) => {
                    classes.push("source");
                    classes.extend(row.is_unnamed().then_some("unnamed"));
                }
                (false, Layer::Quote) => {
                    classes.push("quote");
                    classes.push(row.form.map_or("indirect", Form::name));
                    classes.extend(begins.then_some("quote-start"));
                    classes.extend(ends.then_some("quote-end"));
                }
                (false, Layer::Code) => classes.push("code"),
                (false, Layer::Note) => classes.push("note"),
            }
        }
        classes.sort_unstable();
        classes.dedup();
        classes.join(" ")
    }
}

/// Lines at least this long, in bytes, were broken at a column and not by the sense.
const COLUMN: usize = 40;

/// Whether a block is running text that was broken into lines of one length, which a page may break elsewhere. Verse,
/// addresses and tables keep their lines.
fn is_wrapped(text: &str) -> bool {
    let Some((body, _)) = text.rsplit_once('\n') else {
        return false;
    };
    body.lines().all(|line| line.len() >= COLUMN)
        && !text.contains("  ")
        && !text.contains('\t')
        && !text.contains("\n ")
}

/// What the pointer is told over a mark.
fn title(row: &SpanRow<'_>) -> String {
    let mut title = row.label.to_owned();
    if let Some(form) = row.form {
        title.push_str(&format!(", {}", form.label()));
    }
    if let Some(name) = row.name {
        title.push_str(&format!(": {name}"));
    }
    let says = if row.label == "Claim" {
        "claimed by"
    } else {
        "said by"
    };
    if !row.speakers.is_empty() {
        title.push_str(&format!(", {says} {}", row.speakers.join(" and ")));
    }
    if !row.relayers.is_empty() {
        title.push_str(&format!(", relayed by {}", row.relayers.join(" and ")));
    }
    if let Some(code) = row.code {
        title.push_str(&format!(": {code}"));
    }
    if !row.is_cue && !row.annotation.note.is_empty() {
        title.push_str(&format!(" ({})", row.annotation.note));
    }
    title
}
