//! How high every unit is, as far as known, and sums over them in logarithmic time.
//!
//! A unit that was laid out has its true height, all others an estimate. The view hangs on a unit and not on a sum
//! (`scroll`), so a wrong estimate moves the scroll bar's thumb a little and never the text.

/// Units that share a node of the tree: so many are quickly added up, and the tree is small in a text of a million lines.
const GROUP: usize = 16;

/// Heights by unit, in points, with a Fenwick tree over groups of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Heights {
    each: Vec<f32>,
    /// Sums in `f64`: ten megabytes of text are millions of points, where an `f32` steps by a quarter.
    tree: Vec<f64>,
}

impl Heights {
    /// Takes a first estimate for each unit.
    pub fn new(estimates: impl Iterator<Item = f32>) -> Self {
        let each: Vec<f32> = estimates.collect();
        let mut tree = vec![0.0; each.len().div_ceil(GROUP) + 1];
        for (i, group) in (1..).zip(each.chunks(GROUP)) {
            tree[i] += sum(group);
            let parent = next(i);
            if parent < tree.len() {
                tree[parent] += tree[i];
            }
        }
        Self { each, tree }
    }

    /// Corrects one.
    pub fn set(&mut self, unit: usize, height: f32) {
        let Some(slot) = self.each.get_mut(unit) else {
            return;
        };
        let change = f64::from(height) - f64::from(*slot);
        if change == 0.0 {
            return;
        }
        *slot = height;
        let mut i = unit / GROUP + 1;
        while i < self.tree.len() {
            self.tree[i] += change;
            i = next(i);
        }
    }

    /// The sum over all units before one.
    pub fn before(&self, unit: usize) -> f64 {
        let unit = unit.min(self.each.len());
        let mut i = unit / GROUP;
        let mut before = sum(&self.each[i * GROUP..unit]);
        while i > 0 {
            before += self.tree[i];
            i &= i - 1;
        }
        before
    }

    /// The sum over all units.
    pub fn total(&self) -> f64 {
        self.before(self.each.len())
    }

    /// The unit at a distance from the top, and how far into it that is.
    pub fn find(&self, y: f64) -> (usize, f32) {
        let Some(last) = self.each.len().checked_sub(1) else {
            return (0, 0.0);
        };
        if y <= 0.0 {
            return (0, y as f32);
        }
        let mut group = 0;
        let mut rest = y;
        let mut step = self.tree.len().next_power_of_two();
        while step > 0 {
            let probe = group + step;
            if probe < self.tree.len() && self.tree[probe] <= rest {
                group = probe;
                rest -= self.tree[probe];
            }
            step /= 2;
        }
        let mut at = group * GROUP;
        while let Some(&height) = self.each.get(at).filter(|h| f64::from(**h) <= rest) {
            rest -= f64::from(height);
            at += 1;
        }
        if at > last {
            return (last, (y - self.before(last)) as f32);
        }
        (at, rest as f32)
    }
}

fn sum(heights: &[f32]) -> f64 {
    heights.iter().copied().map(f64::from).sum()
}

/// The next node of a Fenwick tree that covers node `i`.
const fn next(i: usize) -> usize {
    i + (i & i.wrapping_neg())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_searches_agree_with_plain_arithmetic() {
        let mut plain: Vec<f32> = (0..100).map(|i| 20.0 + (i * 7 % 13) as f32).collect();
        let mut heights = Heights::new(plain.iter().copied());
        for (unit, height) in [(0, 5.0), (99, 400.0), (42, 0.0), (41, 87.5)] {
            plain[unit] = height;
            heights.set(unit, height);
        }
        let mut sum = 0.0;
        for (unit, &height) in plain.iter().enumerate() {
            assert_eq!(heights.before(unit), sum);
            if height > 0.0 {
                assert_eq!(heights.find(sum), (unit, 0.0));
                assert_eq!(heights.find(sum + 1.5), (unit, 1.5));
            }
            sum += f64::from(height);
        }
        assert_eq!(heights.total(), sum);
    }

    #[test]
    fn above_the_top_and_below_the_end_the_distance_goes_on() {
        let heights = Heights::new([10.0, 20.0].into_iter());
        assert_eq!(heights.find(-5.0), (0, -5.0));
        assert_eq!(heights.find(37.0), (1, 27.0));
        assert_eq!(Heights::new(std::iter::empty()).find(3.0), (0, 0.0));
    }
}
