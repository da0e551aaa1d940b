//! Notices in the corner: what happened, and what to do about it.
//!
//! Something good to know goes away by itself; a problem stays until it is put away. All of them stay in the list,
//! which is a page of its own.

use std::collections::HashMap;
use std::time::Duration;

use egui::{Align2, Area, Button, Context, Frame, Id, Margin, Order, RichText, Stroke, Vec2, vec2};

use super::widgets::{self, Sign};
use super::{status, theme};
use crate::app::{Command, Notice, Outbox, Page, Severity, State};

/// How long something good to know is shown, in seconds.
const SHOWN: f64 = 6.0;
/// Width of a notice where the list is not there, in points.
const WIDTH: f32 = 368.0;
/// How far a notice may reach from the list into the reader: as far as no bar and no text stands.
const GUTTER: f32 = 20.0;
/// What stays free under a notice over the list: the list's foot.
const LIST_FOOT: f32 = 28.0;
const MARGIN: f32 = 12.0;
const PADDING: i8 = 12;
/// Width of the button that puts a notice away.
const CLOSE: f32 = 28.0;
/// More than these would cover the text; the rest is in the list.
const MOST: usize = 3;

/// What stands at the window's edges, in points: 0 where it is not there.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Width of the list of articles.
    pub list: f32,
    /// Width of the panel.
    pub panel: f32,
    /// Height of the strip and the status bar.
    pub foot: f32,
}

impl Place {
    /// Over the list's last rows, where neither the text nor the editor is covered; without a list, over the text's
    /// last lines. The corner, how far from it, and how wide.
    fn corner(self, status: f32) -> (Align2, Vec2, f32) {
        if self.list > 0.0 {
            // It reaches over into the reader: the strip and the tour below that stay free as well.
            let away = vec2(MARGIN, -((status + LIST_FOOT).max(self.foot) + MARGIN));
            (Align2::LEFT_BOTTOM, away, self.list + GUTTER - MARGIN)
        } else {
            let away = vec2(-(self.panel + MARGIN), -(self.foot + MARGIN));
            (Align2::RIGHT_BOTTOM, away, WIDTH)
        }
    }
}

/// When each notice was first seen.
#[derive(Debug, Default)]
pub struct Toasts {
    since: HashMap<u64, f64>,
}

impl Toasts {
    /// Draws the newest notices that were not put away.
    pub fn show(&mut self, ctx: &Context, state: &State, place: Place, out: &mut Outbox) {
        let waiting: Vec<&Notice> = state
            .notices
            .iter()
            .filter(|notice| !notice.dismissed)
            .collect();
        self.since
            .retain(|id, _| waiting.iter().any(|notice| notice.id == *id));
        let now = ctx.input(|input| input.time);
        let (corner, mut offset, width) = place.corner(status::height(state));
        for (rank, notice) in waiting.iter().rev().enumerate() {
            let since = *self.since.entry(notice.id).or_insert(now);
            if notice.severity == Severity::Info {
                let rest = since + SHOWN - now;
                if rest <= 0.0 {
                    out.send(Command::Dismiss(notice.id));
                    continue;
                }
                ctx.request_repaint_after(Duration::from_secs_f64(rest + 0.02));
            }
            // An open pick list stands where they would.
            if rank < MOST && state.pick.is_none() {
                offset.y -= toast(ctx, notice, (corner, offset, width), out) + 8.0;
            }
        }
    }
}

/// Draws one notice and returns its height.
fn toast(
    ctx: &Context,
    notice: &Notice,
    (corner, offset, width): (Align2, Vec2, f32),
    out: &mut Outbox,
) -> f32 {
    let colours = theme::theme_of(ctx);
    let is_problem = notice.severity == Severity::Problem;
    let area = Area::new(Id::unique(("notice", notice.id)))
        .order(Order::Foreground)
        .anchor(corner, offset)
        .fade_in(false)
        .show(ctx, |ui| {
            let edge = if is_problem {
                colours.warning
            } else {
                colours.faint
            };
            Frame::new()
                .fill(colours.paper)
                .stroke(Stroke::new(1.0, edge))
                .corner_radius(6.0)
                .inner_margin(Margin::symmetric(PADDING, 8))
                .shadow(ui.visuals().popup_shadow)
                .show(ui, |ui| {
                    ui.set_width(width - 2.0 * f32::from(PADDING));
                    content(ui, notice, is_problem, out);
                });
        });
    area.response.rect.height()
}

/// What can be done about a notice at once, and where more is told.
fn answers(ui: &mut egui::Ui, notice: &Notice, out: &mut Outbox) {
    let colours = theme::theme(ui);
    if let Some((name, command)) = &notice.action
        && ui.button(*name).clicked()
    {
        out.send(command.clone());
        out.send(Command::Dismiss(notice.id));
    }
    if !notice.details.is_empty() {
        let details = RichText::new("Details")
            .text_style(theme::small())
            .color(colours.ring);
        if ui.add(Button::new(details).frame(false)).clicked() {
            out.send(Command::Show(Some(Page::Notices)));
            out.send(Command::Dismiss(notice.id));
        }
    }
}

fn content(ui: &mut egui::Ui, notice: &Notice, is_problem: bool, out: &mut Outbox) {
    let colours = theme::theme(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.vertical(|ui| {
            ui.add_space(6.0);
            if is_problem {
                widgets::sign(ui, Sign::Warning, colours.warning);
            } else {
                widgets::sign(ui, Sign::Info, colours.muted);
            }
        });
        let width = ui.available_width() - CLOSE - 8.0;
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.add_space(4.0);
            let style = if is_problem {
                theme::strong()
            } else {
                theme::body()
            };
            let summary = ui.label(RichText::new(&notice.summary).text_style(style));
            if is_problem {
                // The status bar says the others.
                widgets::announce(&summary, egui::accesskit::Live::Assertive);
            }
            if !notice.hint.is_empty() {
                widgets::muted(ui, &notice.hint);
            }
            if notice.action.is_some() || !notice.details.is_empty() {
                ui.horizontal(|ui| answers(ui, notice, out));
            }
            ui.add_space(2.0);
        });
        if widgets::sign_button(ui, Sign::Close, "Put the notice away", true).clicked() {
            out.send(Command::Dismiss(notice.id));
        }
    });
}
