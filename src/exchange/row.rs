//! One article as rows: what every export has in common before it becomes bytes.
//!
//! Decides what counts as a span, what it is called, whose it is, and what has no certain place and is listed apart.
//! Leaves every matter of syntax to the file of the format.
//!
//! *Limitations*: entries of a sidecar that could not be understood (`Sidecar::unread`) are in no export.

use crate::model::{
    Annotation, Attrs, BlockKind, Codebook, Entities, Form, Id, Layer, Relation, RelationKind,
    Segments, Sidecar, Span, Target,
};
use crate::text::{SourceText, form_in};

/// One article with everything that is known of it, ready for export.
#[derive(Clone, Copy)]
pub struct Doc<'a> {
    /// Its path relative to the folder, with `/`.
    pub name: &'a str,
    /// Its headline, or whatever stands for one.
    pub title: &'a str,
    /// Its text, which all offsets address.
    pub source: &'a SourceText,
    /// Its blocks, sentences and quotes.
    pub segments: &'a Segments,
    /// What people said about it.
    pub sidecar: &'a Sidecar,
    /// The folder's records.
    pub entities: &'a Entities,
    /// The folder's codes.
    pub codebook: &'a Codebook,
}

/// The headline of an article on one line, or its name where it has none.
pub fn title(name: &str, source: &SourceText, segments: &Segments) -> String {
    segments
        .blocks
        .iter()
        .find(|block| block.kind == BlockKind::Headline)
        .map_or_else(
            || name.to_owned(),
            |block| one_line(source.slice(block.span)),
        )
}

/// An annotation, or the cue of one, whose place is certain.
pub struct SpanRow<'a> {
    /// The annotation's id; a cue's is that of its quote with `#cue` behind.
    pub id: String,
    /// Its layer as formats name it: `Claim`, `Person`, `Source`, `Quote`, `Cue`, `Code`, `Note`.
    pub label: &'static str,
    /// Whether this is the cue of a quote; what is said of the quote then stands in the quote's own row.
    pub is_cue: bool,
    /// One to many fragments, by start; none is empty.
    pub fragments: Vec<Span>,
    /// The annotation itself.
    pub annotation: &'a Annotation,
    /// The form of a quote.
    pub form: Option<Form>,
    /// Name of the code; where the codebook does not have it, as the annotation names it.
    pub code: Option<&'a str>,
    /// Name of the record of a person or source.
    pub name: Option<&'a str>,
    /// What the record is in this article.
    pub cast: Option<&'a Attrs>,
    /// Who says a quote or makes a claim.
    pub speakers: Vec<String>,
    /// Who passed a quote on.
    pub relayers: Vec<String>,
}

impl SpanRow<'_> {
    /// The attributes of this row: none for a cue.
    pub fn attr(&self, key: &str) -> Option<&str> {
        (!self.is_cue).then(|| self.annotation.attrs.text(key))?
    }

    /// Whether the source is one that the article does not name.
    pub fn is_unnamed(&self) -> bool {
        self.cast
            .and_then(|cast| cast.text("identification"))
            .is_some_and(|value| value.ends_with("unnamed"))
    }
}

/// A fragment whose place is not certain.
pub struct OrphanRow<'a> {
    /// The annotation it belongs to.
    pub annotation: &'a Annotation,
    /// The label of the row that it would be part of.
    pub label: &'static str,
    /// The fragment.
    pub target: &'a Target,
    /// Where it may have gone.
    pub suggested: Option<Span>,
}

/// Everything of one article that is exported.
pub struct Rows<'a> {
    /// By place, the wider first, cues as rows of their own.
    pub spans: Vec<SpanRow<'a>>,
    /// Relations between rows of `spans`, by where they start.
    pub relations: Vec<&'a Relation>,
    /// Fragments without a certain place, by the place they once had.
    pub orphans: Vec<OrphanRow<'a>>,
    /// Relations one end of which is not among `spans`.
    pub loose: Vec<&'a Relation>,
}

impl<'a> Rows<'a> {
    /// Takes an article apart.
    pub fn of(doc: &Doc<'a>) -> Self {
        let mut spans = Vec::new();
        let mut orphans = Vec::new();
        for annotation in doc.sidecar.annotations.values() {
            let label = label(annotation.layer);
            for (is_cue, label, targets) in
                [(false, label, &annotation.at), (true, CUE, &annotation.cue)]
            {
                let fragments = placed(doc.source, targets);
                if !fragments.is_empty() {
                    spans.push(span_row(doc, annotation, label, is_cue, fragments));
                }
                orphans.extend(targets.iter().filter(|t| !has_place(doc.source, t)).map(
                    |target| OrphanRow {
                        annotation,
                        label,
                        target,
                        suggested: target.place.suggestion(),
                    },
                ));
            }
        }
        spans.sort_by(|a, b| key(a).cmp(&key(b)));
        orphans.sort_by(|a, b| {
            let key =
                |o: &OrphanRow<'a>| (o.target.selector.start, o.annotation.id.clone(), o.label);
            key(a).cmp(&key(b))
        });
        let is_row = |id: &Id| {
            doc.sidecar
                .annotations
                .get(id)
                .is_some_and(|a| a.at.iter().any(|t| has_place(doc.source, t)))
        };
        let mut all: Vec<&Relation> = doc.sidecar.relations.values().collect();
        all.sort_by_key(|r| {
            let from = doc.sidecar.annotations.get(&r.from);
            from.and_then(Annotation::start).unwrap_or(usize::MAX)
        });
        let (relations, loose) = all
            .into_iter()
            .partition(|r| is_row(&r.from) && is_row(&r.to));
        Self {
            spans,
            relations,
            orphans,
            loose,
        }
    }
}

const CUE: &str = "Cue";

/// The label of a layer in formats.
pub const fn label(layer: Layer) -> &'static str {
    match layer {
        Layer::Claim => "Claim",
        Layer::Person => "Person",
        Layer::Source => "Source",
        Layer::Quote => "Quote",
        Layer::Code => "Code",
        Layer::Note => "Note",
    }
}

fn key<'r>(row: &'r SpanRow<'_>) -> (usize, std::cmp::Reverse<usize>, &'r str) {
    let start = row.fragments.first().map_or(0, |s| s.start());
    let end = row.fragments.last().map_or(0, |s| s.end());
    (start, std::cmp::Reverse(end), &row.id)
}

/// Whether a fragment can be exported: certain, not empty, and really in this text.
fn has_place(source: &SourceText, target: &Target) -> bool {
    target
        .span()
        .is_some_and(|span| !source.slice(span).is_empty())
}

fn placed(source: &SourceText, targets: &[Target]) -> Vec<Span> {
    let mut spans: Vec<Span> = targets
        .iter()
        .filter(|t| has_place(source, t))
        .filter_map(Target::span)
        .collect();
    spans.sort_unstable();
    spans
}

fn span_row<'a>(
    doc: &Doc<'a>,
    annotation: &'a Annotation,
    label: &'static str,
    is_cue: bool,
    fragments: Vec<Span>,
) -> SpanRow<'a> {
    let is_quote = annotation.layer == Layer::Quote && !is_cue;
    let says = match annotation.layer {
        Layer::Quote if !is_cue => Some(RelationKind::SaidBy),
        Layer::Claim => Some(RelationKind::ClaimedBy),
        _ => None,
    };
    SpanRow {
        id: if is_cue {
            format!("{}#cue", annotation.id)
        } else {
            annotation.id.to_string()
        },
        label,
        is_cue,
        annotation,
        form: is_quote.then(|| form_in(doc.source.as_str(), &fragments, doc.segments)),
        code: code_name(doc, annotation).filter(|_| !is_cue),
        name: record_name(doc, annotation),
        cast: cast(doc, annotation),
        speakers: says.map_or_else(Vec::new, |kind| ends(doc, &annotation.id, &kind)),
        relayers: if is_quote {
            ends(doc, &annotation.id, &RelationKind::RelayedBy)
        } else {
            Vec::new()
        },
        fragments,
    }
}

/// The names at the far ends of an annotation's relations of one kind, in text order, each once.
pub fn ends(doc: &Doc<'_>, from: &Id, kind: &RelationKind) -> Vec<String> {
    let mut found: Vec<&Annotation> = doc
        .sidecar
        .relations_from(from)
        .filter(|r| r.kind == *kind)
        .filter_map(|r| doc.sidecar.annotations.get(&r.to))
        .collect();
    found.sort_by_key(|a| (a.start().unwrap_or(usize::MAX), a.id.clone()));
    let mut names: Vec<String> = Vec::new();
    for annotation in found {
        let name = display_name(doc, annotation);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What people call an annotation: its record's name, who says it when it is a quote, or else its own words.
pub fn display_name(doc: &Doc<'_>, annotation: &Annotation) -> String {
    if let Some(name) = record_name(doc, annotation) {
        return name.to_owned();
    }
    if annotation.layer == Layer::Quote {
        let speaker = doc
            .sidecar
            .relation(&annotation.id, &RelationKind::SaidBy)
            .and_then(|r| doc.sidecar.annotations.get(&r.to))
            .and_then(|a| record_name(doc, a));
        if let Some(speaker) = speaker {
            return speaker.to_owned();
        }
    }
    words(doc, annotation)
}

/// The words of an annotation on one line, fragments joined by " … ".
pub fn words(doc: &Doc<'_>, annotation: &Annotation) -> String {
    let spans = placed(doc.source, &annotation.at);
    let text = if spans.is_empty() {
        annotation.exact()
    } else {
        let parts: Vec<&str> = spans.iter().map(|s| doc.source.slice(*s)).collect();
        parts.join(" … ")
    };
    one_line(&text)
}

/// The same words with every run of white space as one space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn code_name<'a>(doc: &Doc<'a>, annotation: &'a Annotation) -> Option<&'a str> {
    let named = annotation.attrs.text("code")?;
    let code = doc.codebook.find(named);
    Some(code.map_or(named, |code| code.name.as_str()))
}

fn record_name<'a>(doc: &Doc<'a>, annotation: &Annotation) -> Option<&'a str> {
    let id = annotation.entity.as_ref()?;
    doc.entities
        .resolve(id)
        .map(|entity| entity.name.as_str())
        .or_else(|| doc.sidecar.cast.get(id).map(|entry| entry.name.as_str()))
        .filter(|name| !name.is_empty())
}

/// The cast entry's axes, also when the record was merged into another since.
fn cast<'a>(doc: &Doc<'a>, annotation: &Annotation) -> Option<&'a Attrs> {
    let id = annotation.entity.as_ref()?;
    let entry = doc.sidecar.cast.get(id).or_else(|| {
        let entity = doc.entities.resolve(id)?;
        doc.sidecar.cast.get(&entity.id)
    })?;
    Some(&entry.attrs)
}
