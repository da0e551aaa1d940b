//! Overlapping marks cut into runs, each with the marks that lie on it: what the reader paints and HTML writes.

use crate::model::Span;

/// A stretch of text on which the same marks lie from its first to its last character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Where it is.
    pub span: Span,
    /// The marks on it, as ascending indices.
    pub marks: Vec<usize>,
}

/// Cuts a stretch of text wherever a mark begins or ends. The runs follow each other without a gap; some have no mark.
pub fn runs(marks: &[Span], within: Span) -> Vec<Run> {
    let mut opening: Vec<(usize, usize)> = Vec::new();
    let mut cuts = vec![within.start(), within.end()];
    for (index, mark) in marks.iter().enumerate() {
        // A mark without a letter in it lies on nothing.
        if let Some(part) = mark.intersection(within).filter(|part| !part.is_empty()) {
            opening.push((part.start(), index));
            cuts.extend([part.start(), part.end()]);
        }
    }
    opening.sort_unstable();
    cuts.sort_unstable();
    cuts.dedup();
    let mut opening = opening.into_iter().peekable();
    let mut open: Vec<usize> = Vec::new();
    let mut runs = Vec::with_capacity(cuts.len());
    for pair in cuts.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        open.retain(|&index| marks[index].end() > span.start());
        while let Some((_, index)) = opening.next_if(|&(start, _)| start <= span.start()) {
            let at = open.partition_point(|&other| other < index);
            open.insert(at, index);
        }
        runs.push(Run {
            span,
            marks: open.clone(),
        });
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_marks_share_a_run() {
        let marks = [Span::new(0, 6), Span::new(4, 9)];
        let found: Vec<_> = runs(&marks, Span::new(2, 12))
            .into_iter()
            .map(|run| (run.span.range(), run.marks))
            .collect();
        let expected = [
            (2..4, vec![0]),
            (4..6, vec![0, 1]),
            (6..9, vec![1]),
            (9..12, vec![]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_outside_do_not_cut() {
        assert_eq!(runs(&[Span::new(0, 3)], Span::new(3, 5)).len(), 1);
        assert!(runs(&[], Span::new(3, 3)).is_empty());
    }
}
