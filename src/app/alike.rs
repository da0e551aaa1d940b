//! The order of what stands on the very same words: by layer, codes as the codebook has them, then by age.
//!
//! The index of marks knows places only, and of one place it goes by ids, which are random. Whoever shows several looks
//! here, so that a changed codebook moves nothing but what is seen.
//!
//! *Limitations*: more than [`MOST`] on the very same words stand by their ids.

use super::article::OpenArticle;
use super::codes::Codes;
use super::focus::Direction;
use super::marks::TextPlace;
use super::ranked::Ranked;
use crate::model::{Annotation, Id, Layer};

/// So many are put in order; a list asks for it row by visible row.
const MOST: usize = 64;
/// Greater than any id.
const LAST: &str = "\u{10FFFF}";

/// Where an annotation stands among those on the very same words.
pub type Turn<'a> = (Layer, (u8, usize), &'a str, &'a Id);

impl Codes {
    /// Where an annotation stands among those on the very same words.
    pub fn turn_of<'a>(&self, annotation: &'a Annotation) -> Turn<'a> {
        let code = self.of(annotation);
        let in_book = code.map_or((u8::MAX, usize::MAX), |code| {
            let at = self.book.codes.iter().position(|c| c.id == code.id);
            (code.key.unwrap_or(u8::MAX), at.unwrap_or(usize::MAX))
        });
        let Annotation {
            layer, created, id, ..
        } = annotation;
        (*layer, in_book, created, id)
    }
}

/// Annotations in text order, and those of one place in their turn.
#[derive(Clone, Copy)]
pub struct InTurn<'a> {
    /// In text order, those of one place by their ids.
    pub set: &'a Ranked<TextPlace>,
    /// The article.
    pub article: &'a OpenArticle,
    /// The folder's codes.
    pub codes: &'a Codes,
}

impl<'a> InTurn<'a> {
    /// The annotation with so many before it.
    pub fn get(&self, rank: usize) -> Option<&'a TextPlace> {
        let place = self.set.get(rank)?;
        let alike = self.alike(place);
        let first = self.set.rank(&(place.0, place.1, Id::new("")));
        Some(alike.get(rank - first).copied().unwrap_or(place))
    }

    /// How many stand before an annotation of the set.
    pub fn rank(&self, place: &TextPlace) -> Option<usize> {
        let rank = self.set.rank(place);
        if self.set.get(rank) != Some(place) {
            return None;
        }
        let at = self.alike(place).iter().position(|one| *one == place);
        let first = || self.set.rank(&(place.0, place.1, Id::new("")));
        Some(at.map_or(rank, |at| first() + at))
    }

    /// The nearest one behind or before a place; one that nothing stands at, too.
    pub fn next(&self, here: &TextPlace, way: Direction) -> Option<&'a TextPlace> {
        let alike = self.alike(here);
        let at = alike.iter().position(|one| *one == here);
        let within = at.and_then(|at| match way {
            Direction::Forward => alike.get(at + 1),
            Direction::Back => at.checked_sub(1).and_then(|before| alike.get(before)),
        });
        if let Some(next) = within {
            return Some(next);
        }
        let edge = |id| (here.0, here.1, Id::new(id));
        let next = match (way, at) {
            (Direction::Forward, Some(_)) => self.set.after(&edge(LAST)),
            (Direction::Forward, None) => self.set.after(here),
            (Direction::Back, Some(_)) => self.set.before(&edge("")),
            (Direction::Back, None) => self.set.before(here),
        }?;
        let there = self.alike(next);
        let first = match way {
            Direction::Forward => there.first(),
            Direction::Back => there.last(),
        };
        Some(first.copied().unwrap_or(next))
    }

    /// Those that begin and end at a place, in their turn; none where there are too many.
    fn alike(&self, place: &TextPlace) -> Vec<&'a TextPlace> {
        let first = self.set.rank(&(place.0, place.1, Id::new("")));
        let ranks = (first..).map_while(|rank| self.set.get(rank));
        let here = ranks.take_while(|one| (one.0, one.1) == (place.0, place.1));
        let mut alike: Vec<&TextPlace> = here.take(MOST + 1).collect();
        match alike.len() {
            0 | 1 => {}
            2..=MOST => alike.sort_by_key(|one| {
                let annotation = self.article.annotation(&one.2);
                annotation.map(|annotation| self.codes.turn_of(annotation))
            }),
            _ => alike.clear(),
        }
        alike
    }
}
