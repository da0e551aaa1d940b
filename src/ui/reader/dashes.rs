//! Dashed lines, level and upright, as one mesh: an article has thousands of dashes in view, none worth a shape of its own.
//!
//! Dashes lie on whole pixels of the screen, so that a line of one pixel is crisp.

use egui::{Color32, Mesh, Painter, Pos2, Rangef, Rect, Shape, pos2};

/// How a line is broken up, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pattern {
    /// Width of the line.
    pub width: f32,
    /// Length of a dash.
    pub dash: f32,
    /// Length of the gap behind it.
    pub gap: f32,
}

impl Pattern {
    const fn period(self) -> f32 {
        self.dash + self.gap
    }
}

/// Dashes that wait to be painted.
pub(super) struct Dashes {
    mesh: Mesh,
    pixels: f32,
    clip: Rect,
}

impl Dashes {
    /// None yet, for a painter.
    pub fn new(painter: &Painter) -> Self {
        Self {
            mesh: Mesh::default(),
            pixels: painter.pixels_per_point(),
            clip: painter.clip_rect(),
        }
    }

    /// Paints them.
    pub fn paint(self, painter: &Painter) {
        painter.add(Shape::mesh(self.mesh));
    }

    /// A level line from its upper edge, in step with the screen so that two below each other agree.
    pub fn level(&mut self, x: Rangef, top: f32, pattern: Pattern, colour: Color32) {
        let period = pattern.period();
        let mut at = (x.min / period).floor() * period;
        while at < x.max {
            let (from, to) = (at.max(x.min), (at + pattern.dash).min(x.max));
            // A speck at an end would look like a full stop.
            if to - from > 1.0 {
                let y = Rangef::new(top, top + pattern.width);
                self.add(Rect::from_x_y_ranges(Rangef::new(from, to), y), colour);
            }
            at += period;
        }
    }

    /// An upright line in the middle of `x`.
    pub fn upright(&mut self, x: f32, y: Rangef, pattern: Pattern, colour: Color32) {
        self.edge(pos2(x, y.min), pos2(x, y.max), pattern, colour);
    }

    /// A closed line of level and upright edges; every corner lies in a dash.
    pub fn closed(&mut self, corners: &[Pos2], pattern: Pattern, colour: Color32) {
        let followers = corners.iter().cycle().skip(1);
        for (&from, &to) in corners.iter().zip(followers) {
            self.edge(from, to, pattern, colour);
        }
    }

    /// A straight line that begins and ends with half a dash, its gaps as long as they must be for that.
    fn edge(&mut self, from: Pos2, to: Pos2, pattern: Pattern, colour: Color32) {
        let length = from.distance(to);
        let count = (length / pattern.period()).round().max(1.0);
        let step = (to - from) / count;
        let along = (to - from) / length.max(f32::EPSILON);
        let half = along * (pattern.dash / 2.0).min(length / 2.0);
        let breadth = pattern.width / 2.0;
        let across = egui::vec2(along.y.abs(), along.x.abs()) * breadth;
        for i in 0..=count as usize {
            let middle = from + step * i as f32;
            // The first and the last reach round their corner.
            let begin = middle - if i == 0 { along * breadth } else { half };
            let is_last = i == count as usize;
            let end = middle + if is_last { along * breadth } else { half };
            let dash = Rect::from_two_pos(begin, end);
            self.add(dash.expand2(across), colour);
        }
    }

    fn add(&mut self, rect: Rect, colour: Color32) {
        if !self.clip.intersects(rect) {
            return;
        }
        let whole = |v: f32| (v * self.pixels).round() / self.pixels;
        let (min, max) = (rect.min, rect.max);
        let least = 1.0 / self.pixels;
        let corner = pos2(whole(min.x), whole(min.y));
        let size = egui::vec2(
            whole(max.x - min.x).max(least),
            whole(max.y - min.y).max(least),
        );
        self.mesh
            .add_colored_rect(Rect::from_min_size(corner, size), colour);
    }
}
