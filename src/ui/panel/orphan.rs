//! The editor of an annotation whose words are not certain in this text: put it back, or confirm where it went.

use egui::{RichText, Ui};

use super::field::{Desk, row};
use crate::app::{Command, Field, Level, Selection};
use crate::model::{Annotation, Span};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::in_marks;

const AROUND: usize = 48;

/// Draws the ways back into the text.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, orphan: &Annotation) {
    let colours = theme(ui);
    let suggested: Vec<Span> = orphan
        .at
        .iter()
        .filter_map(|target| target.place.suggestion())
        .collect();
    let can_edit = desk.can_edit();
    ui.spacing_mut().item_spacing.y = 6.0;
    if let Some(first) = suggested.first() {
        ui.label(RichText::new("▲ Moved here?").color(colours.warning));
        let words = crate::app::shorten(desk.article.source.slice(*first), AROUND);
        ui.label(RichText::new(in_marks(&words)).text_style(theme::excerpt()));
        ui.horizontal(|ui| {
            let confirm = ui.add_enabled(can_edit, egui::Button::new("Confirm the new place"));
            desk.offer(&confirm, Field::First);
            if confirm
                .on_hover_text("The annotation stands there from now on")
                .clicked()
            {
                desk.out.send(Command::ConfirmPlace(orphan.id.clone()));
            }
            if ui
                .button("Look")
                .on_hover_text("Goes there and changes nothing")
                .clicked()
            {
                desk.out
                    .send(Command::FocusAt(first.start(), Level::Sentence));
            }
        });
    } else {
        ui.label(
            RichText::new("▲ These words are not in this text any more.").color(colours.warning),
        );
    }
    ui.add_space(4.0);
    let selection = desk.article.selection.map(Selection::span);
    let target = selection.filter(|span| !span.is_empty());
    row(ui, "By hand", |ui| {
        let attach = ui.add_enabled(
            can_edit && target.is_some(),
            egui::Button::new("Attach to the selection"),
        );
        desk.offer(&attach, Field::First);
        if attach
            .on_hover_text("Puts the annotation on the words that are selected")
            .on_disabled_hover_text("Select the right words in the text first.")
            .clicked()
            && let Some(span) = target
        {
            desk.out.send(Command::Reattach(
                orphan.id.clone(),
                vec![desk.article.source.snap(span)],
            ));
        }
    });
}
