//! One line of text, painted into a box: elided where it is too long, centred on the box's middle.
//!
//! For rows of lists, which are painted and not laid out. Says nothing to screen readers: the row does.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, FontId, Galley, Rect, TextStyle, Ui, pos2};

/// One line in a text style, elided at a width.
pub fn lay(ui: &Ui, text: &str, style: &TextStyle, ink: Color32, width: f32) -> Arc<Galley> {
    let font = style.resolve(ui.style());
    lay_parts(ui, &[(text, font, ink)], width)
}

/// One line of several inks and faces, elided at a width.
pub fn lay_parts(ui: &Ui, parts: &[(&str, FontId, Color32)], width: f32) -> Arc<Galley> {
    let mut job = LayoutJob {
        wrap: TextWrapping::truncate_at_width(width.max(0.0)),
        break_on_newline: false,
        ..LayoutJob::default()
    };
    for (text, font, ink) in parts {
        job.append(text, 0.0, TextFormat::simple(font.clone(), *ink));
    }
    ui.painter().layout_job(job)
}

/// Paints a laid-out line into a box and returns the part of the box that it covers.
pub fn paint(ui: &Ui, galley: Arc<Galley>, within: Rect, align: Align) -> Rect {
    let size = galley.size();
    let x = match align {
        Align::Min => within.left(),
        Align::Center => within.center().x - size.x / 2.0,
        Align::Max => within.right() - size.x,
    };
    let at = pos2(x.round(), (within.center().y - size.y / 2.0).round());
    ui.painter().galley(at, galley, Color32::PLACEHOLDER);
    Rect::from_min_size(at, size)
}

/// Lays out and paints a line at the left of a box.
pub fn left(ui: &Ui, within: Rect, text: &str, style: &TextStyle, ink: Color32) -> Rect {
    let galley = lay(ui, text, style, ink, within.width());
    paint(ui, galley, within, Align::Min)
}

/// Lays out and paints a line at the right of a box.
pub fn right(ui: &Ui, within: Rect, text: &str, style: &TextStyle, ink: Color32) -> Rect {
    let galley = lay(ui, text, style, ink, within.width());
    paint(ui, galley, within, Align::Max)
}
