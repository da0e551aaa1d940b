//! The tour's bar over the strip: where we are in it, what there is to do, and the way out.

use egui::{Align, Layout, RichText, Ui};

use super::theme;
use super::widgets;
use crate::app::{Command, Outbox, State, TOUR};

/// Height of the bar, in points.
pub const HEIGHT: f32 = 64.0;

/// Draws the step that the tour is at.
pub fn show(ui: &mut Ui, state: &State, out: &mut Outbox) {
    let Some((at, step)) = state.tour.and_then(|at| Some((at, TOUR.get(at)?))) else {
        return;
    };
    let colours = theme::theme(ui);
    let is_last = at + 1 == TOUR.len();
    widgets::sides(
        ui,
        HEIGHT,
        out,
        |ui, _| {
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing = egui::vec2(6.0, 4.0);
                ui.add_space(9.0);
                ui.horizontal(|ui| {
                    let place = format!("{} of {}", at + 1, TOUR.len());
                    let place = RichText::new(place).text_style(theme::label());
                    ui.label(place.color(colours.muted));
                    ui.label(RichText::new(step.title).text_style(theme::strong()));
                    ui.add_space(6.0);
                    for &kind in step.keys {
                        let key = widgets::key_of(kind);
                        widgets::key_cap(ui, &key).on_hover_text(kind.name());
                    }
                });
                widgets::clipped(ui, step.words).on_hover_text(step.words);
            });
        },
        |ui, out| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let next = if is_last { "Done" } else { "Next" };
            if ui.button(next).clicked() {
                out.send(Command::NextTourStep);
            }
            if !is_last && ui.button("Skip the tour (Esc)").clicked() {
                out.send(Command::EndTour);
            }
        },
    );
}
