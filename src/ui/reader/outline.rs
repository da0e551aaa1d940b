//! Frames around words that run over several rows: rings with round corners.

use egui::{Pos2, Rect, pos2, vec2};

/// Radius of a ring's corners.
const RADIUS: f32 = 4.0;

/// Straight pieces in a round corner.
const STEPS: usize = 4;

/// Closed lines around rows of text, one around each group of rows that hang together.
///
/// The rows come from top to bottom; two hang together when they touch and have a piece of their width in common.
pub(super) fn around(rows: &[Rect], gap: f32) -> Vec<Vec<Pos2>> {
    let lines = angular(rows, gap);
    lines.iter().map(|corners| rounded(corners)).collect()
}

/// The same with square corners: level and upright lines alone.
pub(super) fn angular(rows: &[Rect], gap: f32) -> Vec<Vec<Pos2>> {
    let mut groups: Vec<Vec<Rect>> = Vec::new();
    for &row in rows {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| hang_together(*last, row)) => {
                group.push(row);
            }
            _ => groups.push(vec![row]),
        }
    }
    groups.iter().map(|group| corners(group, gap)).collect()
}

fn hang_together(above: Rect, below: Rect) -> bool {
    (below.top() - above.bottom()).abs() < 2.0
        && above.left() < below.right()
        && below.left() < above.right()
}

/// The corners of a staircase around rows, clockwise from the upper left.
fn corners(rows: &[Rect], gap: f32) -> Vec<Pos2> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Vec::new();
    };
    let mut right = vec![pos2(first.right() + gap, first.top() - gap)];
    let mut left = vec![pos2(first.left() - gap, first.top() - gap)];
    for pair in rows.windows(2) {
        let (above, below) = (pair[0], pair[1]);
        let seam = f32::midpoint(above.bottom(), below.top());
        // The step lies on the side of the narrower row, so that the gap stays the same everywhere.
        if above.right() != below.right() {
            let y = if below.right() > above.right() {
                seam - gap
            } else {
                seam + gap
            };
            right.extend([pos2(above.right() + gap, y), pos2(below.right() + gap, y)]);
        }
        if above.left() != below.left() {
            let y = if below.left() < above.left() {
                seam - gap
            } else {
                seam + gap
            };
            left.extend([pos2(above.left() - gap, y), pos2(below.left() - gap, y)]);
        }
    }
    right.push(pos2(last.right() + gap, last.bottom() + gap));
    left.push(pos2(last.left() - gap, last.bottom() + gap));
    right.extend(left.into_iter().rev());
    right
}

/// The same closed line with its corners rounded.
fn rounded(corners: &[Pos2]) -> Vec<Pos2> {
    let count = corners.len();
    let mut line = Vec::with_capacity(count * (STEPS + 1));
    for i in 0..count {
        let (before, here, after) = (
            corners[(i + count - 1) % count],
            corners[i],
            corners[(i + 1) % count],
        );
        let toward = |other: Pos2| {
            let way = other - here;
            let reach = RADIUS.min(way.length() / 2.0);
            if way.length() > 0.0 {
                here + way.normalized() * reach
            } else {
                here
            }
        };
        let (from, to) = (toward(before), toward(after));
        for step in 0..=STEPS {
            let t = step as f32 / STEPS as f32;
            // A quadratic curve with the corner as its handle.
            let a = from.lerp(here, t);
            let b = here.lerp(to, t);
            line.push(a.lerp(b, t));
        }
    }
    line
}

/// The two strokes of a half-height corner at the upper left of a box, or at the lower right.
pub(super) fn corner(of: Rect, is_opening: bool) -> [Pos2; 3] {
    let arm = 5.0;
    let half = of.height() / 2.0;
    if is_opening {
        let at = of.left_top();
        [at + vec2(0.0, half), at, at + vec2(arm, 0.0)]
    } else {
        let at = of.right_bottom();
        [at - vec2(0.0, half), at, at - vec2(arm, 0.0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(left: f32, right: f32, n: f32) -> Rect {
        Rect::from_min_max(pos2(left, n * 30.0), pos2(right, n * 30.0 + 30.0))
    }

    #[test]
    fn rows_that_share_no_width_get_a_ring_each() {
        let rings = around(&[row(400.0, 500.0, 0.0), row(0.0, 90.0, 1.0)], 2.0);
        assert_eq!(rings.len(), 2);
    }

    #[test]
    fn rows_that_hang_together_get_one_ring_outside_all_of_them() {
        let rows = [
            row(200.0, 500.0, 0.0),
            row(0.0, 480.0, 1.0),
            row(0.0, 90.0, 2.0),
        ];
        let rings = around(&rows, 2.0);
        assert_eq!(rings.len(), 1);
        let hull = Rect::from_points(&rings[0]);
        assert_eq!(
            hull,
            Rect::from_min_max(pos2(-2.0, -2.0), pos2(502.0, 92.0))
        );
        for point in &rings[0] {
            assert!(rows.iter().all(|r| !r.shrink(0.1).contains(*point)));
        }
    }
}
