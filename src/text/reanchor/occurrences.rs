//! Where some words stand in a text, asked thousands of times: an index of the beginnings of its words.
//!
//! *Limitations*: tells up to eight places apart; in a text made to be slow to search it gives up and says that there are
//! more, which makes nothing certain.

use std::cell::Cell;

use super::alignment::words;
use crate::model::Span;

/// How many bytes from a word's start on are looked up.
const GRAM: usize = 8;

/// How many places may be compared in all; a comparison takes some ten nanoseconds.
const WORK: usize = 30_000_000;

/// How many bytes that are searched count as one comparison.
const BYTES_PER_STEP: usize = 256;

/// Longer texts are searched, not indexed: the index would take more memory than they do.
const LONGEST_INDEXED: usize = 16 << 20;

/// How many places of the same words are told apart.
const MOST: usize = 8;

/// In which places some words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// In none.
    Nowhere,
    /// Here alone.
    Once(usize),
    /// In these, from left to right.
    Often(Vec<usize>),
    /// In more than can be told apart.
    Everywhere,
}

impl Found {
    /// The places, unless they are too many.
    pub fn all(self) -> Option<Vec<usize>> {
        match self {
            Self::Nowhere => Some(Vec::new()),
            Self::Once(one) => Some(vec![one]),
            Self::Often(several) => Some(several),
            Self::Everywhere => None,
        }
    }

    fn at(mut places: Vec<usize>) -> Self {
        places.sort_unstable();
        match places.as_slice() {
            [] => Self::Nowhere,
            [one] => Self::Once(*one),
            several if several.len() <= MOST => Self::Often(places),
            _ => Self::Everywhere,
        }
    }
}

/// A text whose words can be looked up.
pub(super) struct Occurrences<'a> {
    text: &'a str,
    /// Where the words of each bucket begin in `starts`.
    buckets: Vec<u32>,
    /// The starts of words, by bucket.
    starts: Vec<u32>,
    work: Cell<usize>,
}

impl<'a> Occurrences<'a> {
    /// Indexes a text.
    pub fn new(text: &'a str) -> Self {
        let indexed = if text.len() > LONGEST_INDEXED {
            ""
        } else {
            text
        };
        let starts = words(indexed).into_iter().map(Span::start);
        let starts: Vec<usize> = starts.filter(|start| start + GRAM <= text.len()).collect();
        let size = (starts.len() * 2).next_power_of_two();
        let mut buckets = vec![0_u32; size + 1];
        for &start in &starts {
            buckets[bucket(&text.as_bytes()[start..], size) + 1] += 1;
        }
        for at in 0..size {
            buckets[at + 1] += buckets[at];
        }
        let mut free = buckets.clone();
        let mut sorted = vec![0_u32; starts.len()];
        for &start in &starts {
            let slot = &mut free[bucket(&text.as_bytes()[start..], size)];
            sorted[*slot as usize] = start as u32;
            *slot += 1;
        }
        Self {
            text,
            buckets,
            starts: sorted,
            work: Cell::new(WORK),
        }
    }

    /// Where a string stands.
    pub fn find(&self, needle: &str) -> Found {
        if needle.is_empty() {
            return Found::Everywhere;
        }
        match self.rarest(needle) {
            Some((offset, starts)) if self.text.len() <= LONGEST_INDEXED => {
                self.look_up(needle, offset, starts)
            }
            _ => self.search(needle),
        }
    }

    /// The word of a string that the fewest words of the text begin like, by its offset.
    fn rarest(&self, needle: &str) -> Option<(usize, &[u32])> {
        let size = self.buckets.len() - 1;
        let bytes = needle.as_bytes();
        // The first word of the string may be the tail of a longer one in the text.
        let inner = words(needle).into_iter().map(Span::start);
        let inner = inner.filter(|&start| start > 0 && start + GRAM <= bytes.len());
        let with_starts = inner.map(|start| {
            let at = bucket(&bytes[start..], size);
            let range = self.buckets[at] as usize..self.buckets[at + 1] as usize;
            (start, &self.starts[range])
        });
        with_starts.min_by_key(|(_, starts)| starts.len())
    }

    fn look_up(&self, needle: &str, offset: usize, starts: &[u32]) -> Found {
        if !self.spend(starts.len()) {
            return Found::Everywhere;
        }
        let bytes = self.text.as_bytes();
        let all = starts.iter().filter_map(|&start| {
            let from = (start as usize).checked_sub(offset)?;
            bytes[from..].starts_with(needle.as_bytes()).then_some(from)
        });
        Found::at(all.take(MOST + 1).collect())
    }

    fn search(&self, needle: &str) -> Found {
        let step = needle.chars().next().map_or(1, char::len_utf8);
        if !self.spend(self.text.len() / BYTES_PER_STEP) {
            return Found::Everywhere;
        }
        let mut from = 0;
        let all = std::iter::from_fn(|| {
            let at = from + self.text.get(from..)?.find(needle)?;
            from = at + step;
            Some(at)
        });
        Found::at(all.take(MOST + 1).collect())
    }

    /// Takes some of the work that is left; false when there is not enough.
    fn spend(&self, steps: usize) -> bool {
        let left = self.work.get().checked_sub(steps);
        self.work.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// The bucket of the first bytes of a word; `size` is a power of two.
fn bucket(bytes: &[u8], size: usize) -> usize {
    let mut gram = [0; GRAM];
    gram.copy_from_slice(&bytes[..GRAM]);
    let mixed = u64::from_le_bytes(gram).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as usize & (size - 1)
}
