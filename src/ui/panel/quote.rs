//! The editor of a quote: who says it, who passed it on, its cue, its parts, its axes.

use egui::{RichText, Ui};

use super::draft::Slot;
use super::field::{Desk, Extent, cross, key_button, key_button_named, link, row, row_of, subject};
use crate::app::{Command, CommandKind, Purpose, in_marks};
use crate::model::{Annotation, Layer, Place, QUOTE_AXES, RelationKind, Target};
use crate::ui::taught;
use crate::ui::theme::{self, theme};
use crate::ui::widgets::key_of;

const PART: usize = 34;
const PARTS: &str = "Parts";

/// Draws the editor of a quote.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, quote: &Annotation) {
    let says = (
        CommandKind::Source,
        Command::OpenPick(Purpose::SaidBy(quote.id.clone())),
    );
    desk.links(ui, quote, &RelationKind::SaidBy, "Said by", says);
    let relays = (
        CommandKind::Relay,
        Command::OpenPick(Purpose::RelayedBy(quote.id.clone())),
    );
    desk.links(ui, quote, &RelationKind::RelayedBy, "Relayed by", relays);
    cue(ui, desk, quote);
    parts(ui, desk, quote);
    for axis in QUOTE_AXES {
        desk.axis(ui, axis, &quote.attrs, &subject(quote));
    }
    note(ui, desk, quote);
}

/// The field of the remark, which every annotation has.
pub fn note(ui: &mut Ui, desk: &mut Desk<'_>, annotation: &Annotation) {
    row(ui, "Note", |ui| {
        let key = (Slot::Note, annotation.id.clone());
        desk.text(
            ui,
            &key,
            &annotation.note,
            "Note",
            "A remark (N)",
            Extent::Text,
        );
    });
}

fn cue(ui: &mut Ui, desk: &mut Desk<'_>, quote: &Annotation) {
    let colours = theme(ui);
    row(ui, "Cue", |ui| {
        let words: Vec<&str> = quote
            .cue
            .iter()
            .map(|target| target.selector.exact.as_str())
            .collect();
        if words.is_empty() {
            ui.label(RichText::new("none in the text").color(colours.muted));
        } else {
            ui.label(in_marks(&words.join(" … ")));
            if desk.can_edit() && cross(ui, "Remove the cue").clicked() {
                desk.out.send(Command::SetCue(quote.id.clone(), Vec::new()));
            }
        }
        if key_button(ui, CommandKind::Cue, "Cue", desk.can_edit()).clicked() {
            desk.out
                .send(Command::OpenPick(Purpose::Cue(quote.id.clone())));
        }
    });
}

/// The fragments of an annotation, numbered; each leads to its place.
pub fn parts(ui: &mut Ui, desk: &mut Desk<'_>, annotation: &Annotation) {
    let whole = match annotation.at.as_slice() {
        [only] if only.span().is_some() => &[],
        targets => targets,
    };
    for (at, target) in whole.iter().enumerate() {
        row_of(ui, PARTS, at, |ui| part(ui, desk, at + 1, target));
    }
    row_of(ui, PARTS, whole.len(), |ui| {
        if whole.is_empty() {
            ui.label("one");
        }
        let kind = CommandKind::AddFragment;
        let key = adding_key(annotation.layer);
        if key_button_named(ui, &key, kind, "Add a part", desk.can_edit()).clicked() {
            desk.out.run(kind);
        }
        let adds = RichText::new("adds a part").text_style(theme::small());
        ui.label(adds.color(theme(ui).muted));
    });
}

/// The key that adds a fragment to an annotation of a layer: Shift with the letter that tags it.
fn adding_key(layer: Layer) -> String {
    let letter = match layer {
        Layer::Claim => CommandKind::Claim,
        Layer::Person => CommandKind::Person,
        Layer::Source => CommandKind::Source,
        Layer::Quote | Layer::Code | Layer::Note => CommandKind::Quote,
    };
    let end = format!("+{}", key_of(letter));
    let all = taught::all_of(CommandKind::AddFragment);
    let key = all.iter().find(|key| key.ends_with(&end)).or(all.first());
    key.cloned().unwrap_or_default()
}

fn part(ui: &mut Ui, desk: &mut Desk<'_>, number: usize, target: &Target) {
    let colours = theme(ui);
    let words = crate::app::shorten(&target.selector.exact, PART);
    match target.place {
        Place::Placed(span) => {
            let response = link(
                ui,
                &format!("{number}  {}", in_marks(&words)),
                &theme::excerpt(),
                0.0,
            )
            .on_hover_text("Selects this part");
            if response.clicked() {
                desk.out.send(Command::Select {
                    anchor: span.start(),
                    head: span.end(),
                });
            }
        }
        Place::Moved(_) | Place::Changed(_) | Place::Orphan => {
            let text = format!(
                "▲ {number}  {} is not in this text any more",
                in_marks(&words)
            );
            ui.label(RichText::new(text).color(colours.warning));
        }
    }
}
