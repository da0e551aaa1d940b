//! Which line of an underline goes where when several lie under the same words.
//!
//! Lanes go down: the foot of a claim's fill first, then names. A person's line lies above that of a source which holds
//! it; what finds no room is counted, not drawn.

use std::collections::BTreeMap;

use crate::model::{Layer, Span};

/// Lanes under a row: the foot of a fill and three lines below it, as many as fit between two rows.
const LANES: usize = 4;

/// The first lane that a layer may take; `None` for layers that draw no line.
pub(super) const fn first_lane(layer: Layer) -> Option<usize> {
    match layer {
        Layer::Claim => Some(0),
        Layer::Person | Layer::Source => Some(1),
        Layer::Quote | Layer::Code | Layer::Note => None,
    }
}

/// Gives every span the first lane that is free over all of it; `None` where all are taken or none is wanted.
///
/// Layers come in the order of [`Layer`], within a layer the spans in the order given.
pub(super) fn assign(marks: &[(Layer, Span)]) -> Vec<Option<usize>> {
    let mut lanes: [BTreeMap<usize, usize>; LANES] = Default::default();
    let mut given = vec![None; marks.len()];
    for layer in Layer::ALL {
        let Some(first) = first_lane(layer) else {
            continue;
        };
        let of_layer = marks.iter().enumerate().filter(|(_, (l, _))| *l == layer);
        for (i, &(_, span)) in of_layer {
            let free = (first..LANES).find(|&lane| is_free(&lanes[lane], span));
            if let Some(lane) = free {
                lanes[lane].insert(span.start(), span.end());
            }
            given[i] = free;
        }
    }
    given
}

/// The first lane at or below `from` in which nothing overlaps a span, beside lines that have theirs already.
pub(super) fn beside(span: Span, from: usize, taken: &[(usize, Span)]) -> Option<usize> {
    (from..LANES).find(|lane| {
        let mut here = taken.iter().filter(|(other, _)| other == lane);
        here.all(|(_, other)| !other.overlaps(span))
    })
}

/// Whether nothing in a lane overlaps a span. What is in a lane does not overlap itself, so one look is enough.
fn is_free(lane: &BTreeMap<usize, usize>, span: Span) -> bool {
    let before = lane.range(..span.end()).next_back();
    before.is_none_or(|(_, &end)| end <= span.start())
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: Layer = Layer::Person;
    const S: Layer = Layer::Source;

    fn lanes(marks: &[(Layer, usize, usize)]) -> Vec<Option<usize>> {
        let marks: Vec<_> = marks
            .iter()
            .map(|&(layer, a, b)| (layer, Span::new(a, b)))
            .collect();
        assign(&marks)
    }

    #[test]
    fn a_person_lies_above_the_source_that_holds_it() {
        assert_eq!(lanes(&[(S, 0, 20), (P, 12, 20)]), [Some(2), Some(1)]);
    }

    #[test]
    fn a_name_alone_lies_close_to_its_letters() {
        assert_eq!(
            lanes(&[(P, 0, 5), (S, 5, 9), (Layer::Claim, 0, 9)]),
            [Some(1), Some(1), Some(0)]
        );
    }

    #[test]
    fn what_overlaps_goes_down_and_what_finds_no_lane_is_left_for_the_count() {
        assert_eq!(
            lanes(&[(S, 0, 9), (S, 1, 9), (P, 3, 9), (S, 4, 9)]),
            [Some(2), Some(3), Some(1), None]
        );
    }

    #[test]
    fn a_quote_has_a_bar_and_no_line() {
        assert_eq!(lanes(&[(Layer::Quote, 0, 9)]), [None]);
    }
}
