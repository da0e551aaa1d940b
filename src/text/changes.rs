//! What became of some words: which were kept, which taken out, which put in. For showing old beside new.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// Longer than this, in words, two texts are shown as wholly different rather than compared.
const LONGEST: usize = 4000;

/// A piece of the old or the new words, and whether the other side has it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Its words, with the white space between them.
    pub text: &'a str,
    /// Whether the other side has it too.
    pub is_kept: bool,
}

/// Compares two texts word by word: the pieces of the old one, and those of the new one.
pub fn word_changes<'a>(old: &'a str, new: &'a str) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    let words = |text: &'a str| text.split_word_bounds().collect::<Vec<&str>>();
    let (before, after) = (words(old), words(new));
    if before.len().max(after.len()) > LONGEST {
        let whole = |text| {
            vec![Piece {
                text,
                is_kept: old == new,
            }]
        };
        return (whole(old), whole(new));
    }
    let mut pieces = (Pieces::of(old, &before), Pieces::of(new, &after));
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let is_kept = matches!(op, DiffOp::Equal { .. });
        pieces.0.add(op.old_range().len(), is_kept);
        pieces.1.add(op.new_range().len(), is_kept);
    }
    (pieces.0.done, pieces.1.done)
}

/// Words of one side, joined to pieces.
struct Pieces<'a, 'b> {
    text: &'a str,
    words: &'b [&'a str],
    at: usize,
    done: Vec<Piece<'a>>,
}

impl<'a, 'b> Pieces<'a, 'b> {
    fn of(text: &'a str, words: &'b [&'a str]) -> Self {
        Self {
            text,
            words,
            at: 0,
            done: Vec::new(),
        }
    }

    fn add(&mut self, count: usize, is_kept: bool) {
        let (now, rest) = self.words.split_at(count);
        self.words = rest;
        let to = self.at + now.iter().map(|word| word.len()).sum::<usize>();
        if to > self.at {
            let text = &self.text[self.at..to];
            self.done.push(Piece { text, is_kept });
        }
        self.at = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares two texts and shows both sides, with what the other one lacks in brackets.
    fn check(old: &str, new: &str, expected_old: &str, expected_new: &str) {
        let show = |pieces: Vec<Piece<'_>>| {
            let shown = pieces.iter().map(|piece| match piece.is_kept {
                true => piece.text.to_owned(),
                false => format!("[{}]", piece.text),
            });
            shown.collect::<String>()
        };
        let (before, after) = word_changes(old, new);
        assert_eq!(
            (show(before), show(after)),
            (expected_old.into(), expected_new.into())
        );
    }

    #[test]
    fn a_changed_word_stands_out_on_both_sides() {
        check(
            "The old pier will close on Sunday.",
            "The new pier will close on Sunday.",
            "The [old] pier will close on Sunday.",
            "The [new] pier will close on Sunday.",
        );
    }

    #[test]
    fn what_was_put_in_or_taken_out_stands_on_its_side_alone() {
        check(
            "It closed.",
            "It was closed.",
            "It closed.",
            "It [was ]closed.",
        );
        check("", "All new.", "", "[All new.]");
        check("The same.", "The same.", "The same.", "The same.");
    }
}
