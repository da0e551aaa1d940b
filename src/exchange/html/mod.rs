//! One self-contained page per article: the text with its highlights, tables of what was marked, and a print style.
//!
//! No script, nothing fetched (the page's own policy forbids both), every word from outside escaped. The article
//! stands in `<pre id="article">` character by character, in `<mark data-ids>` segments cut at every bound, so that a
//! program can take texts and offsets back out of the page. This file puts the page together; `article` writes the
//! text, `tables` what stands beside it, `style` the colours.
//!
//! *Limitations*: characters that HTML does not allow (controls) become U+FFFD, one for one.

mod article;
mod escape;
mod style;
mod tables;

use super::name::file_names;
use super::row::{Doc, Rows};
use super::{OutFile, json};
use crate::model::{BlockKind, Form};
use escape::escape;

/// Writes a page for each article.
pub fn export(docs: &[Doc<'_>]) -> Vec<OutFile> {
    let names: Vec<&str> = docs.iter().map(|doc| doc.name).collect();
    docs.iter()
        .zip(file_names(&names, "html"))
        .map(|(doc, name)| OutFile {
            name,
            bytes: page(doc),
        })
        .collect()
}

/// Writes the page of one article.
pub fn page(doc: &Doc<'_>) -> Vec<u8> {
    let rows = Rows::of(doc);
    let title = escape(doc.title);
    let mut out = String::with_capacity(doc.source.len() * 3 + 16_384);
    out.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'\">\n",
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.push_str("<meta name=\"referrer\" content=\"no-referrer\">\n");
    out.push_str("<meta name=\"generator\" content=\"Pressmark\">\n");
    out.push_str(&format!("<title>{title}</title>\n<style>\n"));
    style::write(&rows, &mut out);
    out.push_str("</style>\n</head>\n<body>\n");
    header(doc, &rows, &mut out);
    out.push_str("<main>\n<article>\n");
    let has_headline = doc
        .segments
        .blocks
        .iter()
        .any(|block| block.kind == BlockKind::Headline);
    if !has_headline {
        out.push_str(&format!("<h1 class=\"standin\">{title}</h1>\n"));
    }
    article::write(doc, &rows, &mut out);
    out.push_str("</article>\n<aside aria-label=\"What is marked\">\n");
    tables::write(doc, &rows, &mut out);
    out.push_str("</aside>\n</main>\n");
    footer(doc, &mut out);
    out.push_str("</body>\n</html>\n");
    out.into_bytes()
}

/// The folio line, the article's variables, and the legend with its counts.
fn header(doc: &Doc<'_>, rows: &Rows<'_>, out: &mut String) {
    out.push_str("<header>\n<p class=\"folio\">");
    out.push_str(&format!(
        "<span class=\"file\">{}</span><span class=\"status\">{}</span></p>\n",
        escape(doc.name),
        escape(doc.sidecar.status.name()),
    ));
    if !doc.sidecar.variables.is_empty() {
        out.push_str("<dl class=\"variables\">");
        for (key, value) in &doc.sidecar.variables {
            out.push_str(&format!(
                "<div><dt>{}</dt><dd>{}</dd></div>",
                escape(key),
                escape(&json::readable(value)),
            ));
        }
        out.push_str("</dl>\n");
    }
    out.push_str("<ul class=\"legend\" aria-label=\"Legend\">\n");
    for (label, class, one, many) in LEGEND {
        let count = rows.spans.iter().filter(|row| row.label == label).count();
        if count == 0 {
            continue;
        }
        let noun = if count == 1 { one } else { many };
        out.push_str(&format!(
            "<li><b>{count}</b> <span class=\"key {class}\">{noun}</span>"
        ));
        if label == "Quote" {
            let forms = [Form::Direct, Form::Mixed, Form::Indirect].map(|form| {
                let count = rows.spans.iter().filter(|r| r.form == Some(form)).count();
                (form, count)
            });
            let parts: Vec<String> = forms
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(form, count)| {
                    format!(
                        "<span class=\"key form {}\">{count} {}</span>",
                        form.name(),
                        form.label()
                    )
                })
                .collect();
            out.push_str(&format!(" <small>{}</small>", parts.join(" ")));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n</header>\n");
}

/// Label, class, and the noun for one and for many.
const LEGEND: [(&str, &str, &str, &str); 7] = [
    ("Quote", "quote", "quote", "quotes"),
    ("Cue", "cue", "cue", "cues"),
    ("Source", "source", "source", "sources"),
    ("Person", "person", "person", "people"),
    ("Claim", "claim", "claim", "claims"),
    ("Code", "code", "code", "codes"),
    ("Note", "note", "note", "notes"),
];

fn footer(doc: &Doc<'_>, out: &mut String) {
    out.push_str(&format!(
        "<footer><p>{} characters. Annotated and exported with Pressmark; the article itself was not changed.</p></footer>\n",
        doc.source.code_points(),
    ));
}
