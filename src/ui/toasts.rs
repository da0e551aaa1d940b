//! Notices in the corner: what happened, and what to do about it.
//!
//! Something good to know goes away by itself; a problem stays until it is put away. All of them stay in the list,
//! which is a page of its own.

use std::collections::HashMap;
use std::time::Duration;

use egui::{
    Align2, Area, Button, Context, Frame, Id, Margin, Order, Panel, RichText, Stroke, Ui, Vec2,
    vec2,
};

use super::widgets::{self, Sign};
use super::{status, theme};
use crate::app::{Command, Notice, Outbox, Page, Severity, State};

/// How long something good to know is shown, in seconds.
const SHOWN: f64 = 6.0;
/// Width of a notice where there is neither list nor text, in points.
const WIDTH: f32 = 368.0;
/// What stays free under a notice over the list: the list's foot.
const LIST_FOOT: f32 = 28.0;
/// Around a notice, and from one to the next.
const MARGIN: f32 = 8.0;
const PADDING: i8 = 12;
/// Width of the button that puts a notice away.
const CLOSE: f32 = 28.0;
/// More than these would leave no room; the rest is in the list.
const MOST: usize = 3;

/// Where notices stand, so that they never cover the text.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// Over the last rows of the list, which has this width.
    List(f32),
    /// Under the text, which makes room for them.
    UnderText,
    /// In the corner, over a page.
    Corner,
}

impl Place {
    /// The corner, how far from it, and how wide.
    fn corner(self, foot: f32) -> (Align2, Vec2, f32) {
        match self {
            Self::List(width) => {
                let away = vec2(MARGIN, -(foot + LIST_FOOT + MARGIN));
                (Align2::LEFT_BOTTOM, away, width - 2.0 * MARGIN)
            }
            _ => (Align2::RIGHT_BOTTOM, -vec2(MARGIN, foot + MARGIN), WIDTH),
        }
    }
}

/// When each notice was first seen.
#[derive(Debug, Default)]
pub struct Toasts {
    since: HashMap<u64, f64>,
}

impl Toasts {
    /// Draws the newest notices that were not put away, over the list or a page.
    pub fn show(&mut self, ctx: &Context, state: &State, place: Place, out: &mut Outbox) {
        let (corner, mut offset, width) = place.corner(status::height(state));
        for notice in self.newest(ctx, state, out) {
            offset.y -= toast(ctx, notice, (corner, offset, width), out) + MARGIN;
        }
    }

    /// Draws them under the text.
    pub fn show_under_text(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        let newest = self.newest(&ui.ctx().clone(), state, out);
        if newest.is_empty() {
            return;
        }
        let margin = Margin::same(MARGIN as i8);
        Panel::bottom("notices")
            .resizable(false)
            .show_separator_line(false)
            .frame(
                Frame::new()
                    .fill(theme::theme(ui).paper)
                    .inner_margin(margin),
            )
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = MARGIN;
                for notice in newest.into_iter().rev() {
                    let width = ui.available_width();
                    framed(ui, notice, width, out);
                }
            });
    }

    /// The newest that were not put away, the last one first; none while a pick list stands where they would.
    fn newest<'a>(&mut self, ctx: &Context, state: &'a State, out: &mut Outbox) -> Vec<&'a Notice> {
        let waiting = || state.notices.iter().filter(|notice| !notice.dismissed);
        self.since
            .retain(|id, _| waiting().any(|notice| notice.id == *id));
        let now = ctx.input(|input| input.time);
        let mut newest = Vec::new();
        for notice in waiting().rev() {
            let since = *self.since.entry(notice.id).or_insert(now);
            if notice.severity == Severity::Info {
                let rest = since + SHOWN - now;
                if rest <= 0.0 {
                    out.send(Command::Dismiss(notice.id));
                    continue;
                }
                ctx.request_repaint_after(Duration::from_secs_f64(rest + 0.02));
            }
            newest.push(notice);
        }
        newest.truncate(if state.pick.is_some() { 0 } else { MOST });
        newest
    }
}

/// Draws one notice and returns its height.
fn toast(
    ctx: &Context,
    notice: &Notice,
    (corner, offset, width): (Align2, Vec2, f32),
    out: &mut Outbox,
) -> f32 {
    let area = Area::new(Id::unique(("notice", notice.id)))
        .order(Order::Foreground)
        .anchor(corner, offset)
        .fade_in(false)
        .show(ctx, |ui| framed(ui, notice, width, out));
    area.response.rect.height()
}

fn framed(ui: &mut Ui, notice: &Notice, width: f32, out: &mut Outbox) {
    let colours = theme::theme(ui);
    let is_problem = notice.severity == Severity::Problem;
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
            ui.set_width(width - 2.0 * f32::from(PADDING) - 2.0);
            content(ui, notice, is_problem, out);
        });
}

/// What can be done about a notice at once, and where more is told.
fn answers(ui: &mut Ui, notice: &Notice, out: &mut Outbox) {
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

fn content(ui: &mut Ui, notice: &Notice, is_problem: bool, out: &mut Outbox) {
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
