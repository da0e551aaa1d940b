//! The foot of the list: what could not be read, and how many articles are done; while work goes on, how far it is.

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{FOOT, hairline_above, line, sign};
use crate::app::{Command, Folder, Outbox, Page, State};
use crate::model::Status;
use crate::ui::theme::{self, theme};
use crate::ui::widgets;

const INSET: f32 = 12.0;
const BAR: f32 = 2.0;
/// Longer lists are counted again at most this often, in seconds.
const RECOUNT: f64 = 0.5;
/// Lists up to this length are counted in every frame.
const SHORT: usize = 2_000;

/// What the foot remembers: a count that would cost a walk over every row.
#[derive(Debug, Default)]
pub struct Foot {
    done: usize,
    counted_at: f64,
    counted: Option<(u64, usize)>,
}

/// How high the foot is for a folder.
pub fn height(folder: &Folder) -> f32 {
    let lines = [folder.unreadable.len(), undecided(folder)];
    let lines = lines.into_iter().filter(|count| *count > 0).count();
    FOOT * (lines + 1) as f32
}

/// How many files wait for a person: articles under a new name, and copies.
fn undecided(folder: &Folder) -> usize {
    folder.renamed.len() + folder.copies.len()
}

impl Foot {
    /// Draws the foot into all that is left.
    pub fn show(&mut self, ui: &mut Ui, state: &State, folder: &Folder, out: &mut Outbox) {
        let mut area = ui.max_rect();
        hairline_above(ui, area);
        for (page, count) in [
            (Page::Unreadable, folder.unreadable.len()),
            (Page::Outside, undecided(folder)),
        ] {
            if count > 0 {
                let (row, rest) = area.split_top_bottom_at_y(area.top() + FOOT);
                files(ui, row, page, count, out);
                area = rest;
            }
        }
        let inner = area.shrink2(vec2(INSET, 0.0));
        if let Some(work) = &state.work {
            let far = match work.total {
                Some(total) => format!("{}: {} of {total}", work.label, work.done),
                None if work.done > 0 => format!("{}: {}", work.label, work.done),
                None => work.label.clone(),
            };
            let cancel = Rect::from_center_size(
                pos2(inner.right() - 6.0, area.center().y),
                vec2(20.0, 20.0),
            );
            let colours = theme(ui);
            line::left(
                ui,
                inner.with_max_x(cancel.left()),
                &far,
                &theme::small(),
                colours.muted,
            );
            if let Some(total) = work.total.filter(|total| *total > 0) {
                let part = (work.done as f32 / total as f32).clamp(0.0, 1.0);
                let bar = Rect::from_min_size(area.min, vec2(area.width() * part, BAR));
                ui.painter().rect_filled(bar, 0.0, colours.ring);
            }
            let response = ui
                .interact(cancel, ui.scope_id().with("cancel work"), Sense::click())
                .on_hover_text("Stop this");
            let ink = if response.hovered() {
                colours.ink
            } else {
                colours.muted
            };
            sign::cross(ui.painter(), cancel.center(), ink);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Cancel"));
            if response.clicked() {
                out.send(Command::CancelWork);
            }
        } else if !folder.rows.is_empty() {
            let done = self.done(ui, state, folder);
            let text = if folder.filter.is_empty() {
                format!("{done} of {} done", folder.rows.len())
            } else {
                format!(
                    "{} of {} shown, {done} done",
                    folder.shown.len(),
                    folder.rows.len()
                )
            };
            let galley = ui.interact(inner, ui.scope_id().with("done"), Sense::hover());
            line::left(ui, inner, &text, &theme::small(), theme(ui).muted);
            galley.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
        }
    }

    fn done(&mut self, ui: &Ui, state: &State, folder: &Folder) -> usize {
        let now = ui.input(|input| input.time);
        let whose = Some((state.generation, folder.rows.len()));
        let is_stale = self.counted != whose || now - self.counted_at > RECOUNT;
        if folder.rows.len() <= SHORT || is_stale {
            self.done = folder.count(Status::Done);
            self.counted_at = now;
            self.counted = whose;
        } else {
            // Counted a moment ago; look once more when the moment is over.
            ui.request_repaint_after(std::time::Duration::from_secs_f64(RECOUNT));
        }
        self.done
    }
}

/// A line that leads to the page that shows some files.
fn files(ui: &mut Ui, within: Rect, page: Page, count: usize, out: &mut Outbox) {
    let colours = theme(ui);
    let files = if count == 1 { "file" } else { "files" };
    let (what, hint) = match page {
        Page::Unreadable => ("not readable", "Shows which, and why"),
        _ => (
            "to decide about",
            "Shows articles under a new name, and copies",
        ),
    };
    let text = format!("{count} {files} {what}");
    let response = ui
        .interact(within, ui.scope_id().with(page), Sense::click())
        .on_hover_text(hint);
    widgets::ground(ui, within, &response, false);
    let inner = within.shrink2(vec2(INSET, 0.0));
    sign::warning(
        ui.painter(),
        pos2(inner.left() + 5.0, inner.center().y),
        colours.warning,
    );
    let words = inner.with_min_x(inner.left() + 18.0);
    line::left(ui, words, &text, &theme::small(), colours.ink);
    sign::fold(
        ui.painter(),
        pos2(inner.right() - 4.0, inner.center().y),
        false,
        colours.muted,
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text));
    if response.clicked() {
        out.send(Command::Show(Some(page)));
    }
}
