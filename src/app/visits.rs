//! Places that the person has been to, for back and forward.
//!
//! A place is remembered when it is left by a jump; walking remembers nothing.

use super::article::{ArticleKey, OpenArticle};
use super::focus::Selection;
use super::state::State;

/// How far back one can go.
const MOST: usize = 100;

/// A place in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The article.
    pub key: ArticleKey,
    /// The start of what was selected, or had the focus.
    pub offset: usize,
}

/// The places behind and ahead.
#[derive(Debug, Clone, Default)]
pub struct Visits {
    behind: Vec<Place>,
    ahead: Vec<Place>,
    /// The place to go to once its article is there.
    pub arriving: Option<Place>,
}

impl Visits {
    /// Remembers a place that is left by a jump; what was ahead is forgotten.
    pub fn leave(&mut self, place: Place) {
        self.ahead.clear();
        if self.behind.last() == Some(&place) {
            return;
        }
        if self.behind.len() == MOST {
            self.behind.remove(0);
        }
        self.behind.push(place);
    }

    /// The place before this one; this one is ahead then.
    pub fn back(&mut self, here: Place) -> Option<Place> {
        step(&mut self.behind, &mut self.ahead, here)
    }

    /// The place that was left by going back.
    pub fn forward(&mut self, here: Place) -> Option<Place> {
        step(&mut self.ahead, &mut self.behind, here)
    }

    /// Whether there is a place to go back to.
    pub fn has_behind(&self) -> bool {
        !self.behind.is_empty()
    }

    /// Whether there is a place to go forward to.
    pub fn has_ahead(&self) -> bool {
        !self.ahead.is_empty()
    }
}

fn step(from: &mut Vec<Place>, to: &mut Vec<Place>, here: Place) -> Option<Place> {
    let mut next = from.pop()?;
    while next == here {
        next = from.pop()?;
    }
    to.push(here);
    Some(next)
}

impl State {
    /// Where the person is.
    pub fn place(&self) -> Option<Place> {
        let article = self.article()?;
        Some(Place {
            key: article.key.clone(),
            offset: article.caret(),
        })
    }
}

impl OpenArticle {
    /// The start of what is selected, or else of what has the focus.
    pub fn caret(&self) -> usize {
        let selected = self.selection.map(Selection::span);
        selected.unwrap_or(self.focus.span).start()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(offset: usize) -> Place {
        Place {
            key: "a.txt".into(),
            offset,
        }
    }

    #[test]
    fn back_and_forward_are_each_other_s_opposite() {
        let mut visits = Visits::default();
        visits.leave(place(1));
        visits.leave(place(2));
        assert_eq!(visits.back(place(3)), Some(place(2)));
        assert_eq!(visits.back(place(2)), Some(place(1)));
        assert_eq!(visits.back(place(1)), None);
        assert_eq!(visits.forward(place(1)), Some(place(2)));
        assert_eq!(visits.forward(place(2)), Some(place(3)));
        assert_eq!(visits.forward(place(3)), None);
    }

    #[test]
    fn a_jump_from_the_middle_forgets_what_was_ahead() {
        let mut visits = Visits::default();
        visits.leave(place(1));
        assert_eq!(visits.back(place(2)), Some(place(1)));
        visits.leave(place(1));
        assert!(!visits.has_ahead());
        assert_eq!(visits.back(place(9)), Some(place(1)));
    }

    #[test]
    fn only_so_many_places_are_kept() {
        let mut visits = Visits::default();
        (0..MOST + 5).for_each(|at| visits.leave(place(at)));
        let mut here = place(999);
        let mut count = 0;
        while let Some(before) = visits.back(here.clone()) {
            here = before;
            count += 1;
        }
        assert_eq!((count, here), (MOST, place(5)));
    }
}
