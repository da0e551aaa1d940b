//! What was marked, as tables: quotes with their speakers, sources and people by record, claims, codes, notes, links,
//! and what has no certain place.
//!
//! Every exported span has exactly one `<tr data-id data-label>`, every relation one `<li data-type …>`.

use std::collections::BTreeMap;

use super::super::json::readable;
use super::super::row::{Doc, Rows, SpanRow, display_name, ends, one_line, words};
use super::escape::{anchor, escape, token};
use crate::model::{
    Annotation, Attrs, CAST_AXES, CLAIM_AXES, Id, QUOTE_AXES, RelationKind, Vocabulary,
};

/// Writes all sections that have something in them.
pub fn write(doc: &Doc<'_>, rows: &Rows<'_>, out: &mut String) {
    let of = |label: &str| -> Vec<&SpanRow<'_>> {
        rows.spans.iter().filter(|row| row.label == label).collect()
    };
    let tables = Tables { doc };
    tables.quotes(&of("Quote"), &of("Cue"), out);
    tables.records("Sources", "source", &of("Source"), true, out);
    tables.records("People", "person", &of("Person"), false, out);
    tables.claims(&of("Claim"), out);
    tables.plain("Codes", "code", &of("Code"), out);
    tables.plain("Notes", "note", &of("Note"), out);
    tables.relations(rows, out);
    tables.orphans(rows, out);
}

struct Tables<'t, 'a> {
    doc: &'t Doc<'a>,
}

impl Tables<'_, '_> {
    fn quotes(&self, quotes: &[&SpanRow<'_>], cues: &[&SpanRow<'_>], out: &mut String) {
        if quotes.is_empty() && cues.is_empty() {
            return;
        }
        open("Quotes", "quote", quotes.len(), &["Words", "Said by"], out);
        let mut left: Vec<&&SpanRow<'_>> = cues.iter().collect();
        for quote in quotes {
            let mut said = if quote.speakers.is_empty() {
                match (quote.attr("stated"), quote.attr("kind")) {
                    (Some("none"), _) => "<i>no source stated</i>".to_owned(),
                    (_, Some("scare quote" | "title")) => String::new(),
                    _ => "<i>no speaker yet</i>".to_owned(),
                }
            } else {
                names(&quote.speakers)
            };
            if !quote.relayers.is_empty() {
                said.push_str(&format!(
                    "<small>relayed by {}</small>",
                    names(&quote.relayers)
                ));
            }
            let mut facts = vec![quote.form.map_or("", |form| form.label()).to_owned()];
            facts.extend(values(QUOTE_AXES, &quote.annotation.attrs));
            self.row(quote, &facts, &said, out);
            let cue = left
                .iter()
                .position(|cue| cue.annotation.id == quote.annotation.id);
            if let Some(at) = cue {
                self.cue(left.remove(at), Some(quote), out);
            }
        }
        for cue in left {
            self.cue(cue, None, out);
        }
        close(out);
    }

    /// A cue under its quote; in the same paragraph it needs no number of its own.
    fn cue(&self, cue: &SpanRow<'_>, quote: Option<&SpanRow<'_>>, out: &mut String) {
        let place = Some(self.place(cue))
            .filter(|place| quote.is_none_or(|quote| self.place(quote) != *place))
            .unwrap_or_default();
        out.push_str(&format!(
            "<tr class=\"sub\"{}><td>{place}</td><td colspan=\"2\"><small>cue</small> {}</td></tr>\n",
            data(cue),
            self.link(cue),
        ));
    }

    /// Mentions under their records, records in the order of their first mention.
    fn records(
        &self,
        title: &str,
        class: &str,
        rows: &[&SpanRow<'_>],
        axes: bool,
        out: &mut String,
    ) {
        if rows.is_empty() {
            return;
        }
        let mut order: Vec<Option<Id>> = Vec::new();
        let mut groups: BTreeMap<Option<Id>, Vec<&SpanRow<'_>>> = BTreeMap::new();
        for row in rows {
            let record = self.record(row.annotation);
            if !groups.contains_key(&record) {
                order.push(record.clone());
            }
            groups.entry(record).or_default().push(row);
        }
        open(title, class, rows.len(), &[], out);
        for record in order {
            let Some(group) = groups.get(&record) else {
                continue;
            };
            let name = match (&record, group[0].name) {
                (Some(_), Some(name)) => format!("<bdi>{}</bdi>", escape(name)),
                (Some(_), None) => "<i>record without a name</i>".to_owned(),
                (None, _) => "<i>no record yet</i>".to_owned(),
            };
            let times = match group.len() {
                1 => String::new(),
                n => format!(" <small>{n} mentions</small>"),
            };
            let facts = match group[0].cast {
                Some(cast) if axes => facts(&values(CAST_AXES, cast)),
                _ => String::new(),
            };
            out.push_str(&format!(
                "<tr class=\"record\"><th colspan=\"3\" scope=\"rowgroup\">{name}{times}{facts}</th></tr>\n"
            ));
            for row in group {
                self.row(row, &[], "", out);
            }
        }
        close(out);
    }

    fn claims(&self, claims: &[&SpanRow<'_>], out: &mut String) {
        if claims.is_empty() {
            return;
        }
        open(
            "Claims",
            "claim",
            claims.len(),
            &["Words", "Claimed by"],
            out,
        );
        for claim in claims {
            let mut by = if claim.speakers.is_empty() {
                "<i>the article</i>".to_owned()
            } else {
                names(&claim.speakers)
            };
            let about = ends(self.doc, &claim.annotation.id, &RelationKind::About);
            if !about.is_empty() {
                by.push_str(&format!("<small>about {}</small>", names(&about)));
            }
            let mut facts = values(CLAIM_AXES, &claim.annotation.attrs);
            if let Some(evidence) = claim.annotation.attrs.get("evidence") {
                facts.push(format!("evidence: {}", readable(evidence)));
            }
            self.row(claim, &facts, &by, out);
        }
        close(out);
    }

    fn plain(&self, title: &str, class: &str, rows: &[&SpanRow<'_>], out: &mut String) {
        if rows.is_empty() {
            return;
        }
        open(title, class, rows.len(), &[], out);
        for row in rows {
            let code = row.code.map(escape).unwrap_or_default();
            self.row(row, &[], &code, out);
        }
        close(out);
    }

    /// Number of the paragraph, the words as a link to their place with what is known of them, and a last column.
    fn row(&self, row: &SpanRow<'_>, known: &[String], last: &str, out: &mut String) {
        let note = match row.annotation.note.as_str() {
            "" => String::new(),
            note => format!("<p class=\"remark\">{}</p>", escape(note)),
        };
        let words = format!("{}{}{note}", self.link(row), facts(known));
        let cells = if last.is_empty() {
            format!("<td colspan=\"2\">{words}</td>")
        } else {
            format!("<td>{words}</td><td>{last}</td>")
        };
        out.push_str(&format!(
            "<tr{}><td>{}</td>{cells}</tr>\n",
            data(row),
            self.place(row)
        ));
    }

    /// The number of the block that a row begins in.
    fn place(&self, row: &SpanRow<'_>) -> String {
        let start = row.fragments.first().map_or(0, |span| span.start());
        let blocks = &self.doc.segments.blocks;
        let nth = blocks.partition_point(|block| block.span.start() <= start);
        nth.max(1).to_string()
    }

    fn link(&self, row: &SpanRow<'_>) -> String {
        let parts: Vec<&str> = row
            .fragments
            .iter()
            .map(|s| self.doc.source.slice(*s))
            .collect();
        format!(
            "<a href=\"#{}\"><bdi>{}</bdi></a>",
            anchor('m', &row.id),
            escape(&one_line(&parts.join(" … "))),
        )
    }

    fn record(&self, annotation: &Annotation) -> Option<Id> {
        let id = annotation.entity.as_ref()?;
        let record = self.doc.entities.resolve(id);
        Some(record.map_or_else(|| id.clone(), |record| record.id.clone()))
    }

    fn relations(&self, rows: &Rows<'_>, out: &mut String) {
        if rows.relations.is_empty() {
            return;
        }
        out.push_str(&format!(
            "<section class=\"links\">\n<h2>Links <small>{}</small></h2>\n<ul>\n",
            rows.relations.len()
        ));
        for relation in &rows.relations {
            out.push_str(&format!(
                "<li data-type=\"{}\" data-from=\"{}\" data-to=\"{}\">{} <em>{}</em> {}</li>\n",
                escape(relation.kind.name()),
                escape(&token(relation.from.as_str())),
                escape(&token(relation.to.as_str())),
                self.end(&relation.from, false),
                escape(relation.kind.name()),
                self.end(&relation.to, true),
            ));
        }
        out.push_str("</ul>\n</section>\n");
    }

    /// One end of a link: its first words, or its name where it has one.
    fn end(&self, id: &Id, named: bool) -> String {
        const SHORT: usize = 8; // words; enough to know a quote again
        let Some(annotation) = self.doc.sidecar.annotations.get(id) else {
            return String::new();
        };
        let all = if named {
            display_name(self.doc, annotation)
        } else {
            words(self.doc, annotation)
        };
        let mut short: Vec<&str> = all.split(' ').take(SHORT + 1).collect();
        if short.len() > SHORT {
            short[SHORT] = "…";
        }
        format!(
            "<a href=\"#{}\"><bdi>{}</bdi></a>",
            anchor('m', id.as_str()),
            escape(&short.join(" "))
        )
    }

    fn orphans(&self, rows: &Rows<'_>, out: &mut String) {
        if rows.orphans.is_empty() && rows.loose.is_empty() {
            return;
        }
        let count = rows.orphans.len();
        open(
            "Without a certain place",
            "orphan",
            count,
            &["Words as they were", "Why"],
            out,
        );
        for orphan in &rows.orphans {
            let why = match orphan.suggested {
                Some(span) => format!(
                    "the text was edited; perhaps now: <bdi>{}</bdi>",
                    escape(&one_line(self.doc.source.slice(span)))
                ),
                None => "not in this text".to_owned(),
            };
            let note = match orphan.annotation.note.as_str() {
                _ if orphan.label == "Cue" => String::new(),
                "" => String::new(),
                note => format!("<p class=\"remark\">{}</p>", escape(note)),
            };
            out.push_str(&format!(
                "<tr><td>?</td><td><small>{}</small> <bdi>{}</bdi>{note}</td><td>{why}</td></tr>\n",
                orphan.label,
                escape(&one_line(&orphan.target.selector.exact)),
            ));
        }
        out.push_str("</tbody></table>\n");
        if !rows.loose.is_empty() {
            out.push_str("<ul class=\"loose\">\n");
            for relation in &rows.loose {
                let name = |id: &Id| {
                    let annotation = self.doc.sidecar.annotations.get(id);
                    annotation.map_or_else(|| id.to_string(), |a| words(self.doc, a))
                };
                out.push_str(&format!(
                    "<li><bdi>{}</bdi> <em>{}</em> <bdi>{}</bdi></li>\n",
                    escape(&name(&relation.from)),
                    escape(relation.kind.name()),
                    escape(&name(&relation.to)),
                ));
            }
            out.push_str("</ul>\n");
        }
        out.push_str("</section>\n");
    }
}

fn open(title: &str, class: &str, count: usize, columns: &[&str], out: &mut String) {
    out.push_str(&format!(
        "<section class=\"{class}s\">\n<h2><span class=\"key {class}\">{title}</span> <small>{count}</small></h2>\n<table>\n"
    ));
    if !columns.is_empty() {
        out.push_str("<thead><tr><th scope=\"col\">¶</th>");
        for column in columns {
            out.push_str(&format!("<th scope=\"col\">{column}</th>"));
        }
        out.push_str("</tr></thead>\n");
    }
    out.push_str("<tbody>\n");
}

fn close(out: &mut String) {
    out.push_str("</tbody></table>\n</section>\n");
}

fn data(row: &SpanRow<'_>) -> String {
    format!(
        " data-id=\"{}\" data-label=\"{}\"",
        escape(&token(&row.id)),
        row.label
    )
}

fn names(names: &[String]) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("<bdi>{}</bdi>", escape(name)))
        .collect();
    names.join(", ")
}

/// Axes whose values say by themselves what they are of.
const PLAIN: [&str; 8] = [
    "who",
    "affiliation",
    "function",
    "role",
    "gender",
    "channel",
    "class",
    "type",
];

/// The values of the axes that are set, as people read them, with the axis' name where a value needs it.
fn values(axes: &[Vocabulary], attrs: &Attrs) -> Vec<String> {
    axes.iter()
        .filter_map(|axis| {
            let value = readable(attrs.get(axis.key)?);
            let is_plain = PLAIN.contains(&axis.key)
                && !["cannot determine", "other", "not told"].contains(&value.as_str());
            match axis.label_of(&value) {
                "" => None,
                label if is_plain => Some(label.to_owned()),
                label => Some(format!("{}: {label}", axis.label.to_lowercase())),
            }
        })
        .collect()
}

fn facts(values: &[String]) -> String {
    if values.is_empty() {
        return String::new();
    }
    let values: Vec<String> = values.iter().map(|value| escape(value)).collect();
    format!("<p class=\"facts\">{}</p>", values.join(" · "))
}
