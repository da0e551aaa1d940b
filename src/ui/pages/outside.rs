//! What other programs left for a person to decide: articles under a new name, articles that are not there any more, and
//! copies of files with tags.

use egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::sheet::{Sheet, aside, scroll_height, section};
use crate::app::{Command, Folder, Outbox, Page, Row, State};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::follow_tab;

const WIDTH: f32 = 600.0;
/// So many missing articles are named; the list shows them all.
const NAMES: usize = 50;

/// Draws the page.
pub fn show(ui: &Ui, state: &State, out: &mut Outbox) {
    let sheet = Sheet {
        page: Page::Outside,
        title: "Missing articles and copies",
        width: WIDTH,
        is_bare: false,
    };
    sheet.show(ui, out, |ui, out| {
        let Some(folder) = &state.folder else {
            return aside(ui, "No folder is open.");
        };
        ScrollArea::vertical()
            .max_height(scroll_height(ui))
            .auto_shrink([false, true])
            .show(ui, |ui| {
                content(ui, folder, out);
                follow_tab(ui);
            });
    });
}

fn content(ui: &mut Ui, folder: &Folder, out: &mut Outbox) {
    // Where an article is now is said above.
    let articles = folder.rows.articles();
    let is_found = |row: &Row<'_>| {
        let path = || articles.path(row.key);
        !folder.renamed.is_empty() && folder.renamed.iter().any(|other| other.from == path())
    };
    let missing = folder.rows.iter().filter(Row::is_missing);
    let missing: Vec<Row<'_>> = missing.filter(|row| !is_found(row)).collect();
    if folder.copies.is_empty() && folder.renamed.is_empty() && missing.is_empty() {
        return aside(
            ui,
            "Every sidecar has its article, and there are no copies.",
        );
    }
    if !folder.renamed.is_empty() {
        section(ui, "Under a new name");
        aside(
            ui,
            "The same article, byte for byte. Its tags stay with the old name until you move them.",
        );
        for renamed in &folder.renamed {
            let name = |path: &std::path::Path| {
                let rel = path.strip_prefix(&folder.root).unwrap_or(path);
                rel.to_string_lossy().into_owned()
            };
            let words = format!("{}  →  {}", name(&renamed.from), name(&renamed.to));
            let move_tags = Command::MoveTags(renamed.clone());
            line(ui, &words, &[("Move the tags", move_tags)], out);
        }
    }
    if !folder.copies.is_empty() {
        section(ui, "Copies");
        aside(
            ui,
            "Programs that sync folders make them when two people saved at the same time. A copy that is merged stays \
             where it is; what both sides changed stands twice, and what one side removed comes back.",
        );
        for copy in &folder.copies {
            let merge = Command::MergeCopy(copy.clone());
            let leave = Command::LeaveCopy(copy.clone());
            line(ui, &copy.rel, &[("Leave it", leave), ("Merge", merge)], out);
        }
    }
    if !missing.is_empty() {
        section(ui, "Not there any more");
        aside(
            ui,
            "Their tags are kept in the files beside where they were. When an article comes back, its tags are there \
             again.",
        );
        for row in missing.iter().take(NAMES) {
            let open = Command::OpenArticle(row.key.into());
            line(ui, row.key, &[("Show", open)], out);
        }
        if missing.len() > NAMES {
            aside(ui, format!("and {} more", missing.len() - NAMES));
        }
    }
}

/// A file and what can be done with it.
fn line(ui: &mut Ui, words: &str, actions: &[(&str, Command)], out: &mut Outbox) {
    let ink = theme(ui).ink;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (name, command) in actions.iter().rev() {
                let response = ui.button(*name);
                let label = format!("{name}: {words}");
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &label)
                });
                if response.clicked() {
                    if matches!(command, Command::OpenArticle(_)) {
                        out.send(Command::Show(None));
                    }
                    out.send(command.clone());
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = RichText::new(words).text_style(theme::body()).color(ink);
                ui.add(egui::Label::new(words).truncate());
            });
        });
    });
}
