//! Small painted signs: how far an article is, what form a quote has, how far a check is.
//!
//! Painted and not typed, because no bundled face has all of them. Each differs from its neighbours in shape, not in
//! colour alone, and stands beside a word wherever a screen reader looks.

use std::f32::consts::{FRAC_PI_2, PI};

use egui::epaint::PathShape;
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::model::{Form, Status};

const LINE: f32 = 1.5;

/// How far the work on an article is: ○ new, ◐ in work, ✓ done.
pub fn status(painter: &Painter, at: Pos2, status: Status, ink: Color32) {
    match status {
        Status::New => ring(painter, at, ink),
        Status::InWork => half(painter, at, ink),
        Status::Done => tick(painter, at, ink),
    }
}

/// The form of a quote: ■ direct, ▨ partial, □ paraphrase.
pub fn form(painter: &Painter, at: Pos2, form: Form, ink: Color32) {
    let square = Rect::from_center_size(at, vec2(9.0, 9.0));
    match form {
        Form::Direct => {
            painter.rect_filled(square, 1.0, ink);
        }
        Form::Indirect => {
            painter.rect_stroke(square, 1.0, Stroke::new(LINE, ink), StrokeKind::Inside);
        }
        Form::Mixed => {
            painter.rect_stroke(square, 1.0, Stroke::new(1.0, ink), StrokeKind::Inside);
            let inside = painter.with_clip_rect(square.intersect(painter.clip_rect()));
            for step in [-4.0, 0.0, 4.0, 8.0, 12.0] {
                let foot = pos2(square.left() + step - 2.0, square.bottom());
                inside.line_segment([foot, foot + vec2(9.0, -9.0)], Stroke::new(1.2, ink));
            }
        }
    }
}

/// How far the check of a claim is: ○ to check, ◐ checking, ✓ checked or corrected, ✕ needs a fix, – cannot be.
pub fn checking(painter: &Painter, at: Pos2, status: Option<&str>, ink: Color32) {
    match status {
        Some("checking") => half(painter, at, ink),
        Some("checked" | "corrected") => tick(painter, at, ink),
        Some("needs fix") => cross(painter, at, ink),
        Some("cannot be checked") => {
            painter.hline(at.x - 4.0..=at.x + 4.0, at.y, Stroke::new(LINE, ink));
        }
        _ => ring(painter, at, ink),
    }
}

/// A suggestion: the outline alone, in dashes; square for a quote, round for the others.
pub fn suggested(painter: &Painter, at: Pos2, is_square: bool, ink: Color32) {
    let stroke = Stroke::new(1.25, ink);
    if is_square {
        // A dash round each corner.
        for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
            let corner = at + vec2(4.0 * x, 4.0 * y);
            let arms = [vec2(-2.5 * x, 0.0), vec2(0.0, 0.0), vec2(0.0, -2.5 * y)];
            let points = arms.into_iter().map(|arm| corner + arm).collect();
            painter.add(PathShape::line(points, stroke));
        }
        return;
    }
    const DASHES: usize = 4;
    for dash in 0..DASHES {
        let from = FRAC_PI_2 * dash as f32 + 0.3;
        let points = (0..=4).map(|step| {
            let angle = from + step as f32 / 4.0 * (FRAC_PI_2 - 0.6);
            at + vec2(angle.cos(), angle.sin()) * 4.25
        });
        painter.add(PathShape::line(points.collect(), stroke));
    }
}

/// ▲ of a warning.
pub fn warning(painter: &Painter, at: Pos2, ink: Color32) {
    let points = vec![
        at + vec2(0.0, -4.5),
        at + vec2(5.0, 4.0),
        at + vec2(-5.0, 4.0),
    ];
    painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
}

/// A dot: a person or source that has a record. Hollow, when it has none.
pub fn head(painter: &Painter, at: Pos2, is_known: bool, ink: Color32) {
    if is_known {
        painter.circle_filled(at, 4.0, ink);
    } else {
        painter.circle_stroke(at, 3.5, Stroke::new(LINE, ink));
    }
}

/// ✎ of a note: a short pencil stroke over a line.
pub fn note(painter: &Painter, at: Pos2, ink: Color32) {
    painter.line_segment(
        [at + vec2(-3.0, 3.0), at + vec2(3.5, -3.5)],
        Stroke::new(2.0, ink),
    );
    painter.hline(at.x - 4.5..=at.x + 4.5, at.y + 4.5, Stroke::new(1.0, ink));
}

/// › of what opens to the right, ⌄ of what is open.
pub fn fold(painter: &Painter, at: Pos2, is_open: bool, ink: Color32) {
    let points = if is_open {
        [vec2(-3.5, -2.0), vec2(0.0, 2.0), vec2(3.5, -2.0)]
    } else {
        [vec2(-2.0, -3.5), vec2(2.0, 0.0), vec2(-2.0, 3.5)]
    };
    let points = points.into_iter().map(|step| at + step).collect();
    painter.add(PathShape::line(points, Stroke::new(LINE, ink)));
}

/// ✕ of what can be taken away.
pub fn cross(painter: &Painter, at: Pos2, ink: Color32) {
    for (from, to) in [((-3.5, -3.5), (3.5, 3.5)), ((-3.5, 3.5), (3.5, -3.5))] {
        let ends = [at + vec2(from.0, from.1), at + vec2(to.0, to.1)];
        painter.line_segment(ends, Stroke::new(LINE, ink));
    }
}

fn ring(painter: &Painter, at: Pos2, ink: Color32) {
    painter.circle_stroke(at, 4.25, Stroke::new(LINE, ink));
}

fn half(painter: &Painter, at: Pos2, ink: Color32) {
    ring(painter, at, ink);
    const STEPS: usize = 12;
    let arc = (0..=STEPS).map(|step| {
        let angle = FRAC_PI_2 + PI * step as f32 / STEPS as f32;
        at + vec2(angle.cos(), angle.sin()) * 4.25
    });
    painter.add(Shape::convex_polygon(arc.collect(), ink, Stroke::NONE));
}

/// ✓ of what is done or switched on.
pub fn tick(painter: &Painter, at: Pos2, ink: Color32) {
    let points = [vec2(-4.5, 0.0), vec2(-1.5, 3.5), vec2(4.5, -4.0)];
    let points = points.into_iter().map(|step| at + step).collect();
    painter.add(PathShape::line(points, Stroke::new(2.0, ink)));
}
