//! Files of the folder that look like articles and are not readable text, each with the reason.

use egui::{RichText, ScrollArea, Ui};

use super::sheet::{Sheet, aside, scroll_height};
use crate::app::{Command, Outbox, Page, State};
use crate::ui::theme::{self, theme};

const WIDTH: f32 = 600.0;
const ROW: f32 = 40.0;

/// Draws the page.
pub fn show(ui: &Ui, state: &State, out: &mut Outbox) {
    let sheet = Sheet {
        page: Page::Unreadable,
        title: "Files that are not readable",
        width: WIDTH,
        is_bare: false,
    };
    sheet.show(ui, out, |ui, out| {
        let files = state
            .folder
            .as_ref()
            .map_or(&[][..], |folder| &folder.unreadable);
        aside(
            ui,
            "They were left as they are. When you have mended one, F5 reads the folder again.",
        );
        ui.spacing_mut().item_spacing.y = 0.0;
        let colours = theme(ui);
        ScrollArea::vertical()
            .max_height(scroll_height(ui))
            .auto_shrink([false, true])
            .show_rows(ui, ROW, files.len(), |ui, shown| {
                for file in &files[shown] {
                    ui.allocate_ui(egui::vec2(ui.available_width(), ROW), |ui| {
                        ui.set_min_height(ROW);
                        ui.add(
                            egui::Label::new(RichText::new(&file.rel).text_style(theme::strong()))
                                .truncate(),
                        );
                        let reason = RichText::new(&file.reason)
                            .text_style(theme::small())
                            .color(colours.muted);
                        ui.add(egui::Label::new(reason).truncate())
                            .on_hover_text(&file.reason);
                    });
                }
            });
        ui.add_space(8.0);
        if ui.button("Copy the list").clicked() {
            let lines: Vec<String> = files
                .iter()
                .map(|file| format!("{}: {}", file.rel, file.reason))
                .collect();
            out.send(Command::Copy(lines.join("\n")));
        }
    });
}
