//! What is said about a mark: in the tooltip under the pointer, and to a screen reader.

use egui::{RichText, Ui};

use super::super::{suggestion, theme};
use super::marks::is_unnamed;
use crate::app::{Level, OpenArticle, Selection, State, Suggestion, shorten};
use crate::model::{Annotation, Layer, RelationKind};

/// Characters of an annotation's own words that are read out.
const SPOKEN: usize = 160;
/// The same of a paragraph that has the focus.
const PARAGRAPH: usize = 4000;
/// So many marks are asked for their layers: a word may have any number.
const LOOKED_AT: usize = 200;

/// What a mark is, in a few words: "Quote, direct".
pub(super) fn kind(state: &State, article: &OpenArticle, annotation: &Annotation) -> String {
    match annotation.layer {
        Layer::Claim => match annotation.attrs.text("status") {
            Some(status) => format!("Claim, {status}"),
            None => "Claim".to_owned(),
        },
        Layer::Person => "Person".to_owned(),
        Layer::Source if is_unnamed(article, annotation) => "Source, unnamed".to_owned(),
        Layer::Source => "Source".to_owned(),
        Layer::Quote => format!("Quote, {}", article.form(annotation).label()),
        Layer::Code => format!("Code {}", state.codes.label_of(annotation)),
        Layer::Note => "Note".to_owned(),
    }
}

/// What a mark is connected with, one line each: its record, its speaker.
pub(super) fn connections(
    state: &State,
    article: &OpenArticle,
    annotation: &Annotation,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(name) = record(state, article, annotation) {
        lines.push(name);
    }
    for (relation, words) in [
        (RelationKind::SaidBy, "Said by"),
        (RelationKind::RelayedBy, "Relayed by"),
        (RelationKind::ClaimedBy, "Claimed by"),
        (RelationKind::About, "About"),
    ] {
        let ends = article.linked(&annotation.id, &relation);
        if ends.is_empty() {
            continue;
        }
        let names: Vec<String> = ends.iter().map(|end| name(state, article, end)).collect();
        lines.push(format!("{words} {}", names.join(", ")));
    }
    if annotation.layer == Layer::Code {
        let meaning = state
            .codes
            .of(annotation)
            .map(|code| code.definition.clone());
        lines.extend(meaning.filter(|meaning| !meaning.is_empty()));
    }
    let states_none = annotation.attrs.text("stated") == Some("none");
    if states_none {
        lines.push("No source stated".to_owned());
    }
    lines
}

/// Who or what stands at the end of a link: a record's name, a quote's speaker, or else its words.
fn name(state: &State, article: &OpenArticle, annotation: &Annotation) -> String {
    let words = || crate::app::in_marks(&shorten(&annotation.exact(), 60));
    match annotation.layer {
        Layer::Quote => {
            let speakers = article.linked(&annotation.id, &RelationKind::SaidBy);
            let speaker = speakers.first();
            let speaker = speaker.and_then(|source| record(state, article, source));
            speaker.unwrap_or_else(words)
        }
        _ => record(state, article, annotation).unwrap_or_else(words),
    }
}

fn record(state: &State, article: &OpenArticle, annotation: &Annotation) -> Option<String> {
    let id = annotation.entity.as_ref()?;
    let own = || article.cast_name(id);
    state.record_name(id).or_else(own).map(str::to_owned)
}

/// What has the focus in the text or is selected, with what it is tagged as, for a screen reader.
pub(super) fn standing(article: &OpenArticle) -> String {
    let focus = &article.focus;
    let selected = article.selection.map(Selection::span);
    let selected = selected.filter(|span| !span.is_empty());
    let span = selected.unwrap_or(focus.span);
    let words = match article.source.slice(span) {
        " " => "space".to_owned(),
        words => shorten(words, PARAGRAPH),
    };
    let mut told = match (selected, focus.level) {
        (Some(_), _) => format!("Selected: {words}"),
        (None, Level::Paragraph) => {
            format!("Paragraph {}: {words}", article.block_at(span.start()) + 1)
        }
        (None, _) => words,
    };
    let marks = article.marks.touching(span).filter(|mark| !mark.is_cue);
    let mut layers: Vec<Layer> = marks.take(LOOKED_AT).map(|mark| mark.layer).collect();
    layers.sort_unstable();
    layers.dedup();
    if !layers.is_empty() {
        let names: Vec<&str> = layers.into_iter().map(Layer::name).collect();
        told.push_str(&format!(" – tagged: {}", names.join(", ")));
    }
    told
}

/// The whole of it in one line, for a screen reader.
pub(super) fn spoken(state: &State, article: &OpenArticle, annotation: &Annotation) -> String {
    let mut parts = vec![
        kind(state, article, annotation),
        shorten(&annotation.exact(), SPOKEN),
    ];
    let connections = connections(state, article, annotation).into_iter();
    // A name whose record is called the same is said once.
    let known = parts.last().cloned();
    parts.extend(connections.filter(|line| known.as_ref() != Some(line)));
    if !annotation.note.is_empty() {
        parts.push(format!("Note: {}", shorten(&annotation.note, SPOKEN)));
    }
    parts.join(". ")
}

/// The tooltip.
pub(super) fn show(ui: &mut Ui, state: &State, article: &OpenArticle, annotation: &Annotation) {
    let colours = theme::theme(ui);
    ui.set_max_width(320.0);
    ui.label(
        RichText::new(kind(state, article, annotation))
            .text_style(theme::strong())
            .color(colours.layer(annotation.layer).line),
    );
    for line in connections(state, article, annotation) {
        ui.label(line);
    }
    if !annotation.note.is_empty() {
        ui.label(
            RichText::new(shorten(&annotation.note, 240))
                .text_style(theme::excerpt())
                .color(colours.muted),
        );
    }
}

/// The tooltip of a suggestion: what it is, what it says, and why.
pub(super) fn suggestion(ui: &mut Ui, article: &OpenArticle, offer: &Suggestion) {
    let colours = theme::theme(ui);
    ui.set_max_width(320.0);
    ui.label(
        RichText::new(suggestion::title(offer))
            .text_style(theme::strong())
            .color(colours.layer(offer.layer).line),
    );
    for line in suggestion::lines(article, offer) {
        ui.label(line);
    }
    let why = RichText::new(suggestion::why(article, offer));
    ui.label(why.text_style(theme::small()).color(colours.muted));
}
