//! Notices in the corner: what happened, and what to do about it.
//!
//! Something good to know goes away by itself; a problem stays until it is put away. All of them stay in the list,
//! which is a page of its own.

use std::collections::HashMap;
use std::time::Duration;

use egui::{Align2, Area, Button, Context, Frame, Id, Margin, Order, RichText, Stroke, Vec2};

use super::theme;
use super::widgets::{self, Sign};
use crate::app::{Command, Notice, Outbox, Page, Severity, State};

/// How long something good to know is shown, in seconds.
const SHOWN: f64 = 6.0;
/// Width of a notice, in points.
const WIDTH: f32 = 344.0;
/// More than these would cover the text; the rest is in the list.
const MOST: usize = 3;

/// When each notice was first seen.
#[derive(Debug, Default)]
pub struct Toasts {
    since: HashMap<u64, f64>,
}

impl Toasts {
    /// Draws the newest notices that were not put away, so far from the window's right and lower edge as `corner`
    /// says: the editor and the strip are being worked in, the text's last lines hardly ever.
    pub fn show(&mut self, ctx: &Context, state: &State, corner: Vec2, out: &mut Outbox) {
        let waiting: Vec<&Notice> = state
            .notices
            .iter()
            .filter(|notice| !notice.dismissed)
            .collect();
        self.since
            .retain(|id, _| waiting.iter().any(|notice| notice.id == *id));
        let now = ctx.input(|input| input.time);
        let mut offset = corner + Vec2::splat(12.0);
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
                offset.y += toast(ctx, notice, offset, out) + 8.0;
            }
        }
    }
}

/// Draws one notice and returns its height.
fn toast(ctx: &Context, notice: &Notice, offset: Vec2, out: &mut Outbox) -> f32 {
    let colours = theme::theme_of(ctx);
    let is_problem = notice.severity == Severity::Problem;
    let area = Area::new(Id::unique(("notice", notice.id)))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, -offset)
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
                .inner_margin(Margin::symmetric(12, 8))
                .shadow(ui.visuals().popup_shadow)
                .show(ui, |ui| content(ui, notice, is_problem, out));
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
    ui.set_width(WIDTH);
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
        let width = ui.available_width() - 36.0;
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.add_space(4.0);
            ui.label(RichText::new(&notice.summary).text_style(if is_problem {
                theme::strong()
            } else {
                theme::body()
            }));
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
