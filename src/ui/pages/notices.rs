//! What happened in this run: every message, newest first, to be read again and copied.

use egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::sheet::{Sheet, aside, scroll_height};
use crate::app::{Command, Notice, Outbox, Page, Severity, State};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{self, Sign};

const WIDTH: f32 = 640.0;

/// Draws the page.
pub fn show(ui: &Ui, state: &State, out: &mut Outbox) {
    let sheet = Sheet {
        page: Page::Notices,
        title: "What happened",
        width: WIDTH,
        is_bare: false,
    };
    sheet.show(ui, out, |ui, out| {
        if state.notices.is_empty() {
            aside(ui, "Nothing worth telling so far.");
            return;
        }
        ScrollArea::vertical()
            .max_height(scroll_height(ui))
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for notice in state.notices.iter().rev() {
                    one(ui, notice);
                    ui.separator();
                }
            });
        if ui.button("Copy all").clicked() {
            let all: Vec<String> = state.notices.iter().map(in_words).collect();
            out.send(Command::Copy(all.join("\n\n")));
        }
    });
}

fn one(ui: &mut Ui, notice: &Notice) {
    let colours = theme(ui);
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.horizontal(|ui| {
        let (sign, ink) = match notice.severity {
            Severity::Problem => (Sign::Warning, colours.warning),
            Severity::Info => (Sign::Info, colours.muted),
        };
        widgets::sign(ui, sign, ink);
        let summary = RichText::new(&notice.summary)
            .text_style(theme::strong())
            .color(colours.ink);
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            ui.label(
                RichText::new(&notice.at)
                    .text_style(theme::small())
                    .color(colours.muted),
            );
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                ui.add(egui::Label::new(summary).wrap().selectable(true));
            });
        });
    });
    for (text, ink) in [
        (&notice.details, colours.muted),
        (&notice.hint, colours.ink),
    ] {
        if !text.is_empty() {
            ui.add(
                egui::Label::new(RichText::new(text).color(ink))
                    .wrap()
                    .selectable(true),
            );
        }
    }
}

fn in_words(notice: &Notice) -> String {
    [
        format!("{}  {}", notice.at, notice.summary),
        notice.details.clone(),
        notice.hint.clone(),
    ]
    .into_iter()
    .filter(|line| !line.is_empty())
    .collect::<Vec<_>>()
    .join("\n")
}
