//! Where the view stands: a unit and how far into it, never a sum of heights from the top.
//!
//! So heights that turn out otherwise than estimated move nothing on the screen. Pure arithmetic over a [`Stack`] of
//! heights; who asks for a scroll is `mod`'s and `input`'s.

use std::ops::Range;

/// Room above the headline, in points.
pub(super) const TOP_AIR: f32 = 48.0;

/// Part of the view that may stay empty below the last line, so that a focused sentence there can stand high up.
pub(super) const END_AIR: f32 = 0.4;

/// Guesses at how far it is somewhere are wrong by less than this factor.
const WRONG_BY: f64 = 2.0;

/// Heights of units, exact ones, found when they are asked for.
pub(super) trait Stack {
    /// How many there are.
    fn count(&self) -> usize;
    /// The height of one, in points.
    fn height(&mut self, unit: usize) -> f32;
    /// How high some units in a row are, exact where that is known and else a guess, without finding out.
    fn guess(&self, units: Range<usize>) -> f64;
}

/// The place at the view's upper edge.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Anchor {
    /// The unit there.
    pub unit: usize,
    /// How far below the unit's upper edge the view begins, in points; above the first unit, negative.
    pub offset: f32,
}

impl Anchor {
    /// The top of the article.
    pub const TOP: Self = Self {
        unit: 0,
        offset: -TOP_AIR,
    };

    /// The same place, `by` points further down.
    pub fn moved(self, by: f32) -> Self {
        Self {
            offset: self.offset + by,
            ..self
        }
    }

    /// The same place, named by the unit that it really lies in.
    pub fn settled(mut self, stack: &mut impl Stack) -> Self {
        let Some(last) = stack.count().checked_sub(1) else {
            return Self::TOP;
        };
        self.unit = self.unit.min(last);
        while self.offset < 0.0 && self.unit > 0 {
            self.unit -= 1;
            self.offset += stack.height(self.unit);
        }
        while self.unit < last && self.offset >= stack.height(self.unit) {
            self.offset -= stack.height(self.unit);
            self.unit += 1;
        }
        self
    }

    /// The nearest place where neither end of the article is passed.
    pub fn clamped(self, stack: &mut impl Stack, view: f32) -> Self {
        let mut here = self.settled(stack);
        let wanted = view * (1.0 - END_AIR);
        let mut below = -here.offset;
        let mut unit = here.unit;
        while below < wanted && unit < stack.count() {
            below += stack.height(unit);
            unit += 1;
        }
        if below < wanted {
            here = here.moved(below - wanted).settled(stack);
        }
        if here.unit == 0 && here.offset < -TOP_AIR {
            here.offset = -TOP_AIR;
        }
        here
    }

    /// How many points `to` lies below this place, as long as that is at most `limit`.
    pub fn distance(self, to: Self, stack: &mut impl Stack, limit: f32) -> Option<f32> {
        if to.unit < self.unit {
            return to.distance(self, stack, limit).map(|d| -d);
        }
        // What lies between is not laid out to learn that it is far too much.
        if stack.guess(self.unit..to.unit) > WRONG_BY * f64::from(limit) {
            return None;
        }
        let mut sum = to.offset - self.offset;
        for unit in self.unit..to.unit {
            sum += stack.height(unit);
            if sum > limit {
                return None;
            }
        }
        (sum.abs() <= limit).then_some(sum)
    }
}

/// A movement of the view that is going on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glide {
    /// When it began, in seconds.
    pub began: f64,
    /// How far the view was from its goal then, in points.
    pub distance: f32,
}

impl Glide {
    /// How far the view still is from its goal: fast at first, slow at the end. `None` when it has arrived.
    pub fn left(self, now: f64, duration: f32) -> Option<f32> {
        let t = ((now - self.began) as f32 / duration).clamp(0.0, 1.0);
        (t < 1.0).then(|| self.distance * (1.0 - t).powi(3))
    }
}

/// How far to scroll so that a target stands well, if it does not yet.
///
/// `from` and `to` are its upper and lower edge, measured from the view's upper edge. Inside the middle three fifths
/// it may stay; else its beginning goes to one third of the height.
pub(super) fn needed(from: f32, to: f32, view: f32) -> Option<f32> {
    let fits = to - from <= view * 0.6;
    let inside = from >= view * 0.2 && (to <= view * 0.8 || (!fits && from <= view * 0.4));
    (!inside).then(|| from - view / 3.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Stack for Vec<f32> {
        fn count(&self) -> usize {
            self.len()
        }
        fn height(&mut self, unit: usize) -> f32 {
            self[unit]
        }
        fn guess(&self, units: Range<usize>) -> f64 {
            self[units].iter().copied().map(f64::from).sum()
        }
    }

    /// Units that are expected to be of one height and are none of them measured.
    struct Unmeasured {
        asked: usize,
    }

    impl Stack for Unmeasured {
        fn count(&self) -> usize {
            1_000
        }
        fn height(&mut self, _: usize) -> f32 {
            self.asked += 1;
            90.0
        }
        fn guess(&self, units: Range<usize>) -> f64 {
            100.0 * units.len() as f64
        }
    }

    #[test]
    fn a_place_is_named_by_the_unit_it_lies_in() {
        let mut stack = vec![100.0, 50.0, 200.0];
        let at = |unit, offset| Anchor { unit, offset };
        assert_eq!(at(0, 160.0).settled(&mut stack), at(2, 10.0));
        assert_eq!(at(2, -60.0).settled(&mut stack), at(0, 90.0));
        assert_eq!(at(0, -30.0).settled(&mut stack), at(0, -30.0));
        assert_eq!(at(9, 30.0).settled(&mut stack), at(2, 30.0));
    }

    #[test]
    fn the_view_passes_neither_end() {
        let mut stack = vec![100.0; 30];
        let top = Anchor::TOP.moved(-500.0).clamped(&mut stack, 500.0);
        assert_eq!(top, Anchor::TOP);
        let end = Anchor::TOP.moved(99_999.0).clamped(&mut stack, 500.0);
        let left: f32 = (30 - end.unit) as f32 * 100.0 - end.offset;
        assert_eq!(left, 300.0);
    }

    #[test]
    fn a_short_article_stays_at_the_top() {
        let mut stack = vec![40.0, 60.0];
        let moved = Anchor::TOP.moved(300.0).clamped(&mut stack, 500.0);
        assert_eq!(moved, Anchor::TOP);
        assert_eq!(Anchor::TOP.clamped(&mut Vec::new(), 500.0), Anchor::TOP);
    }

    #[test]
    fn a_distance_is_exact_or_too_far() {
        let mut stack = vec![100.0, 50.0, 200.0];
        let a = Anchor {
            unit: 0,
            offset: 10.0,
        };
        let b = Anchor {
            unit: 2,
            offset: 5.0,
        };
        assert_eq!(a.distance(b, &mut stack, 1000.0), Some(145.0));
        assert_eq!(b.distance(a, &mut stack, 1000.0), Some(-145.0));
        assert_eq!(a.distance(b, &mut stack, 120.0), None);
    }

    #[test]
    fn nothing_is_measured_on_the_way_to_what_is_far() {
        let mut stack = Unmeasured { asked: 0 };
        let at = |unit| Anchor { unit, offset: 0.0 };
        assert_eq!(at(3).distance(at(999), &mut stack, 1000.0), None);
        assert_eq!(at(999).distance(at(3), &mut stack, 1000.0), None);
        assert_eq!(stack.asked, 0);
        assert_eq!(at(3).distance(at(14), &mut stack, 1000.0), Some(990.0));
        assert_eq!(at(3).distance(at(15), &mut stack, 1000.0), None);
    }

    #[test]
    fn a_target_in_the_middle_stays_where_it_is() {
        assert_eq!(needed(200.0, 260.0, 600.0), None);
        assert_eq!(needed(500.0, 560.0, 600.0), Some(300.0));
        assert_eq!(needed(-40.0, 20.0, 600.0), Some(-240.0));
        // Longer than the middle: its beginning counts.
        assert_eq!(needed(200.0, 900.0, 600.0), None);
    }
}
