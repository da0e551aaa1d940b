//! The pick list in the strip: a question and numbered answers, in one line.
//!
//! Where the line gets tight, the answers first lose the word more that they have, then the ends of long names; a list
//! that is longer still grows upwards by a few rows, over the text and without moving it. Digits and letters reach it
//! through `keys`; what an answer does is `app`'s.

use egui::{
    Align2, Area, Id, Order, Pos2, Rect, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::theme;
use super::widgets;
use crate::app::{Command, Outbox, Pick, PickItem, shorten};

/// Height of a chip, in points.
pub(super) const CHIP: f32 = 28.0;
/// Space between two chips.
const GAP: f32 = 6.0;
/// From a chip's edge to its cap, and from its words to its other edge.
const INSET: f32 = 6.0;
/// Width of the cap with the digit.
const CAP: f32 = 18.0;
/// More answers are never tried.
const MOST: usize = 40;
/// A list takes so many rows at most; what is left is told by its number.
const ROWS: usize = 4;
/// From the strip's content to its edges, and from one half of it to the other, which is empty now.
const EDGE: f32 = 10.0;
const BETWEEN: f32 = 12.0;
/// Height of a row of a list that has several.
const ROW: f32 = CHIP + GAP;

/// How much of each answer is shown: characters of its name, and of the word more.
#[derive(Debug, Clone, Copy)]
struct Fit {
    label: usize,
    detail: usize,
}

const FITS: [Fit; 3] = [
    Fit {
        label: 40,
        detail: 24,
    },
    Fit {
        label: 40,
        detail: 0,
    },
    Fit {
        label: 26,
        detail: 0,
    },
];

/// Draws the list and sends what was clicked.
pub(super) fn show(ui: &mut Ui, pick: &Pick, out: &mut Outbox) {
    let within = ui.available_rect_before_wrap();
    let list = List::new(pick);
    let fit = FITS.into_iter().find(|fit| {
        let rows = list.place(ui, *fit, within.width());
        rows.height == 1 && rows.shown == list.answers.len()
    });
    match fit {
        Some(fit) => list.draw(ui, within, fit, out),
        None => list.draw_over(ui, within, out),
    }
}

/// The answers as they are drawn: each with its key, and what choosing it sends.
struct List<'a> {
    pick: &'a Pick,
    answers: Vec<(String, &'a PickItem, Command)>,
    /// Their ranks among all answers.
    ranks: Vec<usize>,
}

/// Where the answers of a list stand, from the left end of its first row.
struct Placed {
    /// The corners of the shown answers, then of "+3 more", the answer under 0 and the hint.
    corners: Vec<Pos2>,
    shown: usize,
    height: usize,
}

impl<'a> List<'a> {
    fn new(pick: &'a Pick) -> Self {
        let key = |digit: Option<u8>| digit.map(|digit| digit.to_string()).unwrap_or_default();
        let shown = pick.shown();
        let ranks = shown.iter().map(|(index, _)| *index).collect();
        let answers = shown
            .into_iter()
            .zip(pick.digits())
            .map(|((index, item), digit)| (key(digit), item, Command::Pick(index)))
            .collect();
        Self {
            pick,
            answers,
            ranks,
        }
    }

    /// What stands behind the answers: how many are not shown.
    fn rest(&self, shown: usize) -> String {
        match self.answers.len() - shown {
            0 if shown == 0 && !self.pick.filter.is_empty() => "Nothing fits.".to_owned(),
            0 => String::new(),
            hidden => format!("+{hidden} more"),
        }
    }

    fn hint(&self) -> String {
        match self.pick.filter.as_str() {
            "" => self.pick.hint().to_owned(),
            // What would be new says itself what was typed.
            _ if self.answers.iter().any(|(_, item, _)| item.is_new()) => String::new(),
            typed => format!("“{typed}”"),
        }
    }

    /// Finds a place for each answer, row by row.
    fn place(&self, ui: &Ui, fit: Fit, width: f32) -> Placed {
        let question = widgets::width_in(ui, &self.pick.question(), &theme::strong());
        let beside = question + 2.0 * GAP;
        // More would not fit into the rows, and to measure them all would take its time.
        let widths: Vec<f32> = self
            .answers
            .iter()
            .take(MOST)
            .map(|(key, item, _)| chip_width(ui, key, item, fit))
            .collect();
        let zero = self
            .pick
            .zero
            .as_ref()
            .map_or(0.0, |item| chip_width(ui, "0", item, fit));
        let hint = widgets::small_width(ui, &self.hint());
        // Behind a long question several rows of answers would stand in half the width: they go below it.
        let whole: f32 = widths.iter().map(|width| width + GAP).sum();
        let is_below = beside > width * 0.3 && beside + whole + zero > width;
        let (indent, top) = if is_below { (0.0, 1.0) } else { (beside, 0.0) };
        let flow = |shown: usize| {
            let mut at = pos2(indent, top);
            let mut corners = Vec::with_capacity(shown + 3);
            let rest = widgets::small_width(ui, &self.rest(shown));
            let ends = [rest, zero, hint];
            for (which, width_of) in widths.iter().take(shown).chain(&ends).enumerate() {
                if at.x > indent && at.x + width_of > width {
                    // The hint alone is not worth a row.
                    let is_idle = self.pick.filter.is_empty() && !self.pick.is_several();
                    if which == shown + 2 && is_idle {
                        corners.push(pos2(f32::INFINITY, at.y));
                        continue;
                    }
                    at = pos2(indent, at.y + 1.0);
                }
                corners.push(at);
                if *width_of > 0.0 {
                    at.x += width_of + GAP;
                }
            }
            Placed {
                height: at.y as usize + 1,
                corners,
                shown,
            }
        };
        let mut placed = flow(widths.len());
        while placed.height > ROWS && placed.shown > 1 {
            placed = flow(placed.shown - 1);
        }
        placed
    }

    /// Draws the list from the top of a rectangle.
    fn draw(&self, ui: &mut Ui, within: Rect, fit: Fit, out: &mut Outbox) {
        let placed = self.place(ui, fit, within.width());
        let colours = theme::theme(ui);
        let first = within.top() + (super::strip::HEIGHT - CHIP) / 2.0;
        let row = |at: Pos2| pos2(within.left() + at.x, first + at.y * ROW);
        let words = |ui: &mut Ui, at: Pos2, text: RichText| {
            let rect = Rect::from_min_max(at, pos2(within.right(), at.y + CHIP));
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
            widgets::clipped(&mut inner, text)
        };
        let question = RichText::new(self.pick.question()).text_style(theme::strong());
        words(ui, row(Pos2::ZERO), question);
        let shown = self.answers.iter().zip(&self.ranks);
        for (((key, item, command), rank), at) in shown.zip(&placed.corners[..placed.shown]) {
            let look = Look {
                is_out: self.pick.left_out.contains(rank),
                is_looked_at: self.pick.at == Some(*rank),
            };
            if chip(ui, row(*at), key, item, fit, look).clicked() {
                out.send(command.clone());
            }
        }
        let [rest, zero, hint] = &placed.corners[placed.shown..] else {
            return;
        };
        let small = |text: String, ink| RichText::new(text).text_style(theme::small()).color(ink);
        let hidden = self.rest(placed.shown);
        if !hidden.is_empty() {
            words(ui, row(*rest), small(hidden, colours.muted));
        }
        if let Some(item) = &self.pick.zero
            && chip(ui, row(*zero), "0", item, fit, Look::default()).clicked()
        {
            out.send(Command::PickZero);
        }
        let ink = if self.pick.filter.is_empty() {
            colours.muted
        } else {
            colours.ink
        };
        if !hint.x.is_finite() {
            return;
        }
        let keys = if self.pick.is_several() {
            "Digits leave out and take in again; → and ← look at one after the other, and X leaves out that one; Enter \
             tags the rest as one step, Esc leaves."
        } else {
            "Letters narrow the list, Backspace widens it, Enter takes the first, Esc leaves."
        };
        words(ui, row(*hint), small(self.hint(), ink)).on_hover_text(keys);
    }

    /// Draws a list that needs several rows: the strip grows upwards over the text.
    fn draw_over(&self, ui: &Ui, within: Rect, out: &mut Outbox) {
        // Those with a digit are all to be seen; the others are reached by typing as well.
        let wanted = self.answers.len().min(9);
        let fits = |fit: &Fit| self.place(ui, *fit, within.width()).shown >= wanted;
        let fit = FITS.into_iter().find(fits).unwrap_or(FITS[2]);
        let rows = self.place(ui, fit, within.width()).height;
        let colours = theme::theme(ui);
        let more = (rows - 1) as f32 * ROW;
        let inner = within.with_min_y(within.top() - more);
        // From edge to edge of the strip: its hairline must not show beside the list.
        let ground = inner
            .expand2(vec2(EDGE, 0.0))
            .with_max_x(inner.right() + EDGE + BETWEEN);
        Area::new(Id::unique("pick list"))
            .order(Order::Middle)
            .fixed_pos(ground.min)
            .constrain(false)
            .fade_in(false)
            .show(ui.ctx(), |ui| {
                // Clicks between the answers stay here.
                ui.interact(ground, Id::unique("pick list ground"), Sense::click());
                ui.painter().rect_filled(ground, 0.0, colours.paper);
                ui.painter()
                    .hline(ground.x_range(), ground.top() + 0.5, colours.hairline());
                self.draw(ui, inner, fit, out);
                ui.advance_cursor_after_rect(ground);
            });
    }
}

fn label_of(item: &PickItem, fit: Fit) -> String {
    shorten(&item.label, fit.label)
}

fn detail_of(item: &PickItem, fit: Fit) -> String {
    if fit.detail == 0 {
        String::new()
    } else {
        shorten(&item.detail, fit.detail)
    }
}

fn chip_width(ui: &Ui, key: &str, item: &PickItem, fit: Fit) -> f32 {
    let label = widgets::width_in(ui, &label_of(item, fit), &theme::body());
    let detail = detail_of(item, fit);
    let detail = if detail.is_empty() {
        0.0
    } else {
        widgets::small_width(ui, &detail) + GAP
    };
    let cap = if key.is_empty() { 0.0 } else { CAP + GAP };
    INSET + cap + label + detail + INSET + 2.0
}

/// How an answer looks among several that are meant together.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    /// It is left out: struck through.
    is_out: bool,
    /// It is the one that the text shows: framed.
    is_looked_at: bool,
}

/// An answer: its digit, its words, a word more.
fn chip(ui: &mut Ui, at: Pos2, key: &str, item: &PickItem, fit: Fit, look: Look) -> Response {
    let colours = theme::theme(ui);
    let size = vec2(chip_width(ui, key, item, fit), CHIP);
    let rect = Rect::from_min_size(at, size);
    let response = ui.allocate_rect(rect, Sense::click());
    let name = if key.is_empty() {
        item.label.clone()
    } else {
        format!("{key} {}", item.label)
    };
    let name = if look.is_out {
        format!("{name}, left out")
    } else {
        name
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if ui.is_rect_visible(rect) {
        let lit = response.hovered() || response.has_focus();
        let ground = if lit { colours.row } else { colours.paper };
        let edge = if response.has_focus() {
            Stroke::new(2.0, colours.ring)
        } else if look.is_looked_at {
            Stroke::new(2.0, colours.ink)
        } else {
            colours.hairline()
        };
        ui.painter().rect(
            rect.shrink(0.5),
            theme::RADIUS,
            ground,
            edge,
            StrokeKind::Middle,
        );
        let mut x = rect.left() + INSET;
        let y = rect.center().y;
        if !key.is_empty() {
            let cap = Rect::from_center_size(pos2(x + CAP / 2.0, y), vec2(CAP, CAP));
            ui.painter()
                .rect_stroke(cap, 3.0, Stroke::new(1.0, colours.edge), StrokeKind::Inside);
            widgets::centred(ui, cap, key, &theme::label(), colours.ink);
            x += CAP + GAP;
        }
        let font = theme::body().resolve(ui.style());
        let drawn = ui.painter().text(
            pos2(x, y),
            Align2::LEFT_CENTER,
            label_of(item, fit),
            font,
            if look.is_out {
                colours.muted
            } else {
                colours.ink
            },
        );
        if look.is_out {
            let line = Stroke::new(1.0, colours.muted);
            ui.painter()
                .hline(drawn.x_range(), drawn.center().y + 1.0, line);
        }
        let detail = detail_of(item, fit);
        if !detail.is_empty() {
            let at = pos2(drawn.right() + GAP, y);
            let font = theme::small().resolve(ui.style());
            ui.painter()
                .text(at, Align2::LEFT_CENTER, detail, font, colours.muted);
        }
    }
    match item.detail.as_str() {
        "" => response,
        detail => response.on_hover_text(format!("{}, {detail}", item.label)),
    }
}
