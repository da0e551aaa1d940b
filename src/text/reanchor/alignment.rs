//! Which words of an old text are which words of the new one: a diff of words, and what it says of a place.
//!
//! White space is no word: it belongs to the words around it. Letters of one word are not compared one by one.
//!
//! *Limitations*: what changed its place is gone and new to a diff; where words repeat, it may take one for the other.

use std::collections::HashMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::super::find::is_unspaced;
use crate::model::Span;

/// How long the diff of the words may take; what is longer is compared by paragraphs, in as much time again.
const PATIENCE: Duration = Duration::from_millis(200);

/// A word of the old text that is not in the new one.
const NOWHERE: usize = usize::MAX;

/// So many words on each side of a short place are asked whether they went along.
const AROUND: usize = 8;

/// How much longer than it was a place may be in the new text, in bytes, to count as one place still.
const STRETCH: usize = 64;

/// So many words that follow each other in both texts are no chance, and of texts with so many words at least one in
/// four stands in such a run where one was made of the other.
const RUN: usize = 4;
const SHORT: usize = 40;
const KIN: usize = 4;

/// The words of two texts, and which of the old are which of the new.
pub(super) struct Alignment {
    old: Vec<Span>,
    new: Vec<Span>,
    /// For each old word the new one that it is.
    partner: Vec<usize>,
    /// Whether one text was made of the other, as far as can be told.
    pub are_kin: bool,
}

/// What the diff says of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Survival {
    /// All of its words follow each other in the new text, here.
    Whole(Span),
    /// At least half of it is here, close together.
    Part(Span),
    /// Less than that.
    Nothing,
}

impl Alignment {
    /// Compares two texts.
    pub fn new(old_text: &str, new_text: &str) -> Self {
        let (old, new) = (words(old_text), words(new_text));
        let mut numbers = HashMap::new();
        let old_numbers = numbered(old_text, &old, &mut numbers);
        let new_numbers = numbered(new_text, &new, &mut numbers);
        let mut partner = vec![NOWHERE; old.len()];
        let (whole_old, whole_new) = (0..old.len(), 0..new.len());
        let deadline = Instant::now() + PATIENCE;
        pair(
            &old_numbers,
            &new_numbers,
            whole_old,
            whole_new,
            deadline,
            &mut partner,
        );
        if Instant::now() >= deadline {
            partner.fill(NOWHERE);
            let old_lines = lines(old_text, &old);
            let new_lines = lines(new_text, &new);
            by_lines(
                (&old_numbers, &old_lines),
                (&new_numbers, &new_lines),
                &mut partner,
            );
        }
        let least = old.len().min(new.len());
        let are_kin = least < SHORT || in_runs(&partner) * KIN >= least;
        Self {
            old,
            new,
            partner,
            are_kin,
        }
    }

    /// Whether most of a place's words went to another place of the same words, each to the same word there.
    pub fn agrees(&self, place: Span, found: Span) -> bool {
        let first = self.old.partition_point(|w| w.end() <= place.start());
        let behind = self.old.partition_point(|w| w.start() < place.end());
        let (mut kept, mut total) = (0, 0);
        for (word, &partner) in self.old[first..behind]
            .iter()
            .zip(&self.partner[first..behind])
        {
            total += word.len();
            // Both sides are counted from where the other text's place begins, so that none is below zero.
            let goes_along = self
                .new
                .get(partner)
                .is_some_and(|new| new.start() + place.start() == word.start() + found.start());
            kept += if goes_along { word.len() } else { 0 };
        }
        total > 0 && kept * 2 >= total
    }

    /// What became of a place of the old text.
    pub fn survival(&self, place: Span) -> Survival {
        let first = self.old.partition_point(|w| w.end() <= place.start());
        let behind = self.old.partition_point(|w| w.start() < place.end());
        if first >= behind {
            return Survival::Nothing;
        }
        let is_grounded = self.is_grounded(first, behind);
        if behind - first < AROUND && !is_grounded {
            return Survival::Nothing;
        }
        let partners = &self.partner[first..behind];
        let is_whole = partners[0] != NOWHERE && partners.windows(2).all(|p| p[1] == p[0] + 1);
        if is_whole && let Some(span) = self.shifted(place, first, behind - 1) {
            return Survival::Whole(span);
        }
        let size = |at: usize| self.old[at].len();
        let total: usize = (first..behind).map(size).sum();
        let kept = (first..behind).filter(|&at| self.partner[at] != NOWHERE);
        if kept.map(size).sum::<usize>() * 2 < total || !is_grounded {
            return Survival::Nothing;
        }
        match self.stretch(first, behind) {
            Some(span) if span.len() <= 2 * place.len() + STRETCH => Survival::Part(span),
            _ => Survival::Nothing,
        }
    }

    /// Whether half of the words around a few went with them: in texts that have nothing in common a diff still pairs
    /// small words.
    fn is_grounded(&self, first: usize, behind: usize) -> bool {
        let mut inside = self.partner[first..behind].iter();
        let Some(from) = inside.find(|p| **p != NOWHERE) else {
            return false;
        };
        let to = inside.rfind(|p| **p != NOWHERE).unwrap_or(from);
        let left = first.saturating_sub(AROUND)..first;
        let right = behind..(behind + AROUND).min(self.old.len());
        let total = left.len() + right.len();
        // Those before went along when they are near where it begins, those behind when they are near where it ends.
        let along = |words: Range<usize>, to: &usize| {
            let near = to.saturating_sub(2 * AROUND)..to + 2 * AROUND;
            words.filter(|at| near.contains(&self.partner[*at])).count()
        };
        (along(left, from) + along(right, to)) * 2 >= total
    }

    /// A place whose first and last word kept their letters, with what of them it cut, or of the white space beside.
    fn shifted(&self, place: Span, first: usize, last: usize) -> Option<Span> {
        let moved = |edge: usize, word: usize| {
            let to = self.new[self.partner[word]].start();
            (to + edge).checked_sub(self.old[word].start())
        };
        let (start, end) = (moved(place.start(), first)?, moved(place.end(), last)?);
        (start < end).then(|| Span::new(start, end))
    }

    /// From where the old words `first..behind` begin in the new text to where they end; what replaced their first or
    /// last word is in it.
    fn stretch(&self, first: usize, behind: usize) -> Option<Span> {
        let inside = self.partner[first..behind].iter();
        let mut inside = inside.copied().filter(|&p| p != NOWHERE);
        let mut from = inside.next()?;
        let mut to = inside.next_back().unwrap_or(from);
        if self.partner[first] == NOWHERE {
            let before = self.partner[..first].iter().rev();
            let before = before.copied().find(|&p| p != NOWHERE);
            from = before.map_or(0, |p| p + 1).min(from);
        }
        if self.partner[behind - 1] == NOWHERE {
            let after = self.partner[behind..].iter();
            let after = after.copied().find(|&p| p != NOWHERE);
            to = after
                .map_or(self.new.len(), |p| p)
                .saturating_sub(1)
                .max(to);
        }
        Some(self.new[from].hull(self.new[to]))
    }
}

/// How many old words follow each other in the new text as they did, in runs that are no chance.
fn in_runs(partner: &[usize]) -> usize {
    let follows = |a: &usize, b: &usize| *a != NOWHERE && *b == a + 1;
    let runs = partner.chunk_by(follows).map(<[usize]>::len);
    runs.filter(|run| *run >= RUN).sum()
}

/// The words of a text: letters and digits that follow each other, and every other character that is not white space.
pub(super) fn words(text: &str) -> Vec<Span> {
    let mut words: Vec<Span> = Vec::with_capacity(text.len() / 5);
    let mut joins = false;
    for (at, c) in text.char_indices() {
        let is_letter = c.is_alphanumeric() && !is_unspaced(Some(c));
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(word) if is_letter && joins => *word = Span::new(word.start(), end),
            _ if c.is_whitespace() => {}
            _ => words.push(Span::new(at, end)),
        }
        joins = is_letter;
    }
    words
}

/// The same number for the same word.
fn numbered<'a>(text: &'a str, words: &[Span], known: &mut HashMap<&'a str, u32>) -> Vec<u32> {
    let mut number = |word: &Span| {
        let next = known.len() as u32;
        *known.entry(&text[word.range()]).or_insert(next)
    };
    words.iter().map(&mut number).collect()
}

/// Pairs the words of two stretches.
fn pair(
    old: &[u32],
    new: &[u32],
    in_old: Range<usize>,
    in_new: Range<usize>,
    deadline: Instant,
    partner: &mut [usize],
) {
    let (old, new) = (&old[in_old.clone()], &new[in_new.clone()]);
    for op in capture_diff_slices_deadline(Algorithm::Myers, old, new, Some(deadline)) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            for step in 0..len {
                partner[in_old.start + old_index + step] = in_new.start + new_index + step;
            }
        }
    }
}

/// The words of each line, lines without a word left out.
fn lines(text: &str, words: &[Span]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut from = 0;
    for at in 1..=words.len() {
        let ends = at == words.len() || {
            let between = words[at - 1].end()..words[at].start();
            text[between].contains('\n')
        };
        if ends {
            lines.push(from..at);
            from = at;
        }
    }
    lines
}

/// Pairs lines that are the same, and the words of those between them.
fn by_lines(
    (old, old_lines): (&[u32], &[Range<usize>]),
    (new, new_lines): (&[u32], &[Range<usize>]),
    partner: &mut [usize],
) {
    let deadline = Instant::now() + PATIENCE;
    let old_keys: Vec<&[u32]> = old_lines.iter().map(|l| &old[l.clone()]).collect();
    let new_keys: Vec<&[u32]> = new_lines.iter().map(|l| &new[l.clone()]).collect();
    let words = |lines: &[Range<usize>]| match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    };
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &old_keys, &new_keys, Some(deadline));
    for op in ops {
        let in_old = words(&old_lines[op.old_range()]);
        let in_new = words(&new_lines[op.new_range()]);
        match op {
            DiffOp::Equal { .. } => {
                for (at, to) in in_old.zip(in_new) {
                    partner[at] = to;
                }
            }
            DiffOp::Replace { .. } => pair(old, new, in_old, in_new, deadline, partner),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } => {}
        }
    }
}
