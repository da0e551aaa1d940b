//! The pick list in the strip: a question and numbered answers, in one line.
//!
//! Where the line gets tight, the answers first lose the word more that they have, then the ends of long names; only
//! then is "+3 more" said. Digits and letters reach it through `keys`; what an answer does is `app`'s.

use egui::{
    Align2, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
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

/// How much of each answer is shown: characters of its name, and of the word more.
#[derive(Debug, Clone, Copy)]
struct Fit {
    label: usize,
    detail: usize,
}

const FITS: [Fit; 4] = [
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
    Fit {
        label: 18,
        detail: 0,
    },
];

/// Draws the list and sends what was clicked.
pub(super) fn show(ui: &mut Ui, pick: &Pick, out: &mut Outbox) {
    ui.spacing_mut().item_spacing.x = GAP;
    ui.label(RichText::new(pick.question()).text_style(theme::strong()));
    ui.add_space(GAP);

    let shown = pick.shown();
    let keys: Vec<String> = (1..=shown.len())
        .map(|rank| {
            if rank < 10 {
                rank.to_string()
            } else {
                String::new()
            }
        })
        .collect();
    // Once the line is tight, the dots alone must do.
    let hint = |fit: Fit| match pick.filter.as_str() {
        "" if fit.detail > 0 => "… type a name".to_owned(),
        "" => "…".to_owned(),
        typed => format!("“{typed}”"),
    };
    let zero = |fit: Fit| {
        pick.zero
            .as_ref()
            .map_or(0.0, |item| chip_width(ui, "0", item, fit) + GAP)
    };
    let whole = ui.available_width();
    let room = |fit: Fit| whole - widgets::small_width(ui, &hint(fit)) - GAP;
    let widths = |fit: Fit| -> Vec<f32> {
        keys.iter()
            .zip(&shown)
            .map(|(key, (_, item))| chip_width(ui, key, item, fit) + GAP)
            .collect()
    };
    let fits_all = |fit: &Fit| widths(*fit).iter().sum::<f32>() + zero(*fit) <= room(*fit);
    let fit = FITS.into_iter().find(fits_all);
    let (fit, most) = match fit {
        Some(fit) => (fit, shown.len()),
        None => {
            let fit = FITS[2];
            let mut left = room(fit) - zero(fit) - widgets::small_width(ui, "+00 more") - GAP;
            let taken = widths(fit).into_iter().take_while(|width| {
                left -= width;
                left >= 0.0
            });
            (fit, taken.count().max(1))
        }
    };

    for (key, (index, item)) in keys.iter().zip(&shown).take(most) {
        if chip(ui, key, item, fit).clicked() {
            out.send(Command::Pick(*index));
        }
    }
    if shown.len() > most {
        widgets::muted(ui, format!("+{} more", shown.len() - most));
    }
    if shown.is_empty() && !pick.filter.is_empty() {
        widgets::muted(ui, "Nothing fits.");
    }
    if let Some(item) = &pick.zero
        && chip(ui, "0", item, fit).clicked()
    {
        out.send(Command::PickZero);
    }
    let hint = hint(fit);
    let ink = theme::theme(ui).ink;
    let hint = if pick.filter.is_empty() {
        widgets::muted(ui, hint)
    } else {
        ui.colored_label(ink, hint)
    };
    hint.on_hover_text(
        "Letters narrow the list, Backspace widens it, Enter takes the first, Esc leaves.",
    );
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

/// An answer: its digit, its words, a word more.
fn chip(ui: &mut Ui, key: &str, item: &PickItem, fit: Fit) -> Response {
    let colours = theme::theme(ui);
    let size = vec2(chip_width(ui, key, item, fit), CHIP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = if key.is_empty() {
        item.label.clone()
    } else {
        format!("{key} {}", item.label)
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if ui.is_rect_visible(rect) {
        let lit = response.hovered() || response.has_focus();
        let ground = if lit { colours.row } else { colours.paper };
        let edge = if response.has_focus() {
            Stroke::new(2.0, colours.ring)
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
            let cap = egui::Rect::from_center_size(pos2(x + CAP / 2.0, y), vec2(CAP, CAP));
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
            colours.ink,
        );
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
