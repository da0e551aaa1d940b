//! Which line of an underline goes where when several lie under the same words.
//!
//! Lanes go down: a claim's foot line first, then persons, then sources; what finds no room is counted, not drawn.

use crate::model::{Layer, Span};

/// Lanes under a row: the foot of a fill and three lines below it, as many as fit between two rows.
pub(super) const LANES: usize = 4;

/// The lane that a layer takes when it is free; `None` for layers that draw no line.
pub(super) const fn preferred(layer: Layer) -> Option<usize> {
    match layer {
        Layer::Claim => Some(0),
        Layer::Person => Some(1),
        Layer::Source => Some(2),
        Layer::Quote | Layer::Code | Layer::Note => None,
    }
}

/// Gives every span a lane at or below the one it prefers; `None` where all are taken.
///
/// The spans come by start, of those with one start the longest first.
pub(super) fn assign(spans: impl Iterator<Item = (Span, usize)>) -> Vec<Option<usize>> {
    let mut taken_until = [0; LANES];
    spans
        .map(|(span, preferred)| {
            let lane = (preferred..LANES).find(|&lane| taken_until[lane] <= span.start())?;
            taken_until[lane] = span.end();
            Some(lane)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lanes(spans: &[(usize, usize, usize)]) -> Vec<Option<usize>> {
        assign(spans.iter().map(|&(a, b, lane)| (Span::new(a, b), lane)))
    }

    #[test]
    fn what_overlaps_goes_one_lane_down() {
        assert_eq!(
            lanes(&[(0, 20, 1), (0, 10, 2), (5, 9, 1)]),
            [Some(1), Some(2), Some(3)]
        );
    }

    #[test]
    fn what_only_touches_keeps_its_lane() {
        assert_eq!(lanes(&[(0, 5, 1), (5, 9, 1)]), [Some(1), Some(1)]);
    }

    #[test]
    fn what_finds_no_lane_is_left_for_the_count() {
        assert_eq!(
            lanes(&[(0, 9, 2), (1, 9, 2), (2, 9, 2), (3, 9, 1)]),
            [Some(2), Some(3), None, Some(1)]
        );
    }
}
