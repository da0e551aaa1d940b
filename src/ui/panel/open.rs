//! What an edit of the article or a merge left open: the rows that stand first under More, and the same in figures.
//!
//! Worked out once for each revision of the article, from what is open alone.

use std::collections::HashMap;

use super::groups::Entry;
use super::lists::{Item, Row};
use crate::app::{OpenArticle, Problem, Tab};
use crate::model::{Anchoring, Id};

/// What is open.
#[derive(Debug, Clone, Default)]
pub struct Open {
    /// A row for each, in the order in which F8 walks them.
    rows: Vec<Row>,
    places: HashMap<Id, usize>,
    /// How the annotations stand.
    pub tags: Anchoring,
    /// Decisions against the segmenter that lost their place.
    pub decisions: usize,
    /// What both sides of a merge had changed.
    pub conflicts: usize,
}

impl Open {
    /// Looks what is open in an article.
    pub fn of(article: &OpenArticle) -> Self {
        let mut open = Self {
            tags: article.anchoring(),
            ..Self::default()
        };
        for (_, problem) in article.open_places() {
            match problem {
                Problem::Decision(_) => open.decisions += 1,
                Problem::Twice(_) | Problem::Told(_) => open.conflicts += 1,
                _ => {}
            }
            let at = open.rows.len();
            open.rows.push(match problem.annotation() {
                Some(id) => {
                    open.places.insert(id.clone(), at);
                    Row::Tagged(Entry::of_one(id))
                }
                None => Row::Open(problem),
            });
        }
        open
    }

    /// The rows that come in a list before those in the order of the text.
    pub fn ahead(&self, tab: Tab) -> &[Row] {
        if tab == Tab::More { &self.rows } else { &[] }
    }

    /// Where something stands among the rows.
    pub fn place(&self, item: &Item) -> Option<usize> {
        match item {
            Item::Annotation(id) => self.places.get(id).copied(),
            Item::Open(problem) => {
                let is_it = |row: &Row| matches!(row, Row::Open(other) if other == problem);
                self.rows.iter().position(is_it)
            }
            Item::Suggestion(_) => None,
        }
    }
}
