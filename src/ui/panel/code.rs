//! The editor of a coded passage: which code, and what the codebook says of it.

use egui::{Align2, FontFamily, FontId, Label, Pos2, Rect, RichText, Ui, vec2};

use super::field::{Desk, key_button, link, row};
use super::quote::{note, parts};
use crate::app::{Command, CommandKind, Field, Page, Purpose, State};
use crate::model::Annotation;
use crate::ui::theme::{self, theme};

/// Draws the editor of a coded passage.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, coded: &Annotation) {
    let colours = theme(ui);
    let code = desk.state.codes.of(coded).filter(|code| !code.removed);
    row(ui, "Code", |ui| {
        let name = desk.state.codes.name_of(coded);
        if link(ui, &name, &theme::strong(), 52.0)
            .on_hover_text("Shows the codebook")
            .clicked()
        {
            desk.out.send(Command::Show(Some(Page::Codebook)));
        }
        let retag = key_button(ui, CommandKind::Retag, "Another code", desk.can_edit());
        desk.offer(&retag, Field::First);
        if retag.clicked() {
            let ids = vec![coded.id.clone()];
            desk.out.send(Command::OpenPick(Purpose::Retag(ids)));
        }
    });
    match code {
        None => {
            row(ui, "", |ui| {
                let told = RichText::new("▲ not in the codebook").color(colours.warning);
                ui.label(told);
            });
        }
        Some(code) => {
            for (label, text) in [
                ("Meaning", &code.definition),
                ("Use it", &code.include),
                ("Do not", &code.exclude),
            ] {
                if !text.is_empty() {
                    row(ui, label, |ui| {
                        ui.add(Label::new(RichText::new(text)).wrap());
                    });
                }
            }
        }
    }
    if coded.at.len() > 1 {
        parts(ui, desk, coded);
    }
    note(ui, desk, coded);
}

/// A piece of the code's stripe, with its digit on it where it has one.
pub fn sign(ui: &Ui, at: Pos2, coded: &Annotation, state: &State) {
    let colours = theme(ui);
    let code = state.codes.of(coded).filter(|code| !code.removed);
    let colour = colours.code(code.map_or("", |code| &code.colour));
    let stripe = Rect::from_center_size(at - vec2(4.0, 0.0), vec2(4.0, 14.0));
    ui.painter().rect_filled(stripe, 1.0, colour);
    if let Some(key) = code.and_then(|code| code.key) {
        let font = FontId::new(theme::LABEL_SIZE, FontFamily::Proportional);
        let at = at + vec2(4.0, 0.0);
        ui.painter()
            .text(at, Align2::CENTER_CENTER, key, font, colours.ink);
    }
}
