//! Find in the article: what is searched for, what was found, and which of it the person stands on.
//!
//! Plain data; `update::finding` changes it, a job searches.

use std::sync::Arc;

use super::article::OpenArticle;
use super::focus::Direction;
use super::state::State;
use crate::model::Span;
use crate::text::{Hits, Query, SourceText};

/// The find bar, and what was found last.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// Whether the bar is shown and the hits are marked.
    pub is_open: bool,
    /// Grows whenever the bar's field is to take the keyboard.
    pub opened: u64,
    /// What is searched for.
    pub query: Query,
    /// Why that cannot be searched for, if so.
    pub error: Option<String>,
    /// What was found.
    pub found: Option<Found>,
    /// The text that was searched last, or is being searched.
    pub searched: Option<SourceText>,
    /// Grows with every search; answers to older ones are dropped.
    pub ticket: u64,
    /// What the search that is going on is for.
    pub aim: Option<Aim>,
    /// The hit that the person went to last.
    pub at: Option<usize>,
    /// Where the person stood when the bar was opened: hits are counted from there while the words are typed.
    pub origin: usize,
    /// What was searched for in this run, the newest first.
    pub recent: Vec<String>,
}

/// What was found, and in which text.
#[derive(Debug, Clone)]
pub struct Found {
    /// The text.
    pub source: SourceText,
    /// The hits.
    pub hits: Arc<Hits>,
}

/// Where to go when a search is through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// Nowhere: the hits are only counted and marked.
    Stay,
    /// To the first hit at an offset or behind it.
    From(usize),
    /// To the next or previous hit.
    Step(Direction),
}

impl Find {
    /// Whether the person waits to be taken to a hit.
    pub fn is_searching(&self) -> bool {
        self.aim.is_some()
    }

    /// The hits of an article, if they are known and the bar is open.
    pub fn shown(&self, article: &OpenArticle) -> Option<&Arc<Hits>> {
        let found = self.found.as_ref().filter(|_| self.is_open)?;
        (found.source == article.source).then_some(&found.hits)
    }

    /// The hit that the person stands on, among those of an article.
    pub fn current(&self, article: &OpenArticle) -> Option<(usize, Span)> {
        let at = self.at?;
        let span = *self.shown(article)?.spans.get(at)?;
        let stands = match article.selection {
            Some(selection) => selection.span() == span,
            None => article.focus.span.contains(span.start()),
        };
        stands.then_some((at, span))
    }
}

impl State {
    /// The words that F3 and the find bar take from the text: what is selected, on one line and not too long.
    pub fn selected_words(&self) -> Option<String> {
        /// More is a passage, not a thing that one looks for elsewhere.
        const LONGEST: usize = 200;
        let article = self.article()?;
        let span = article.selection?.span();
        let words = article.source.slice(span).trim();
        let fits = !words.is_empty() && words.len() <= LONGEST && !words.contains("\n\n");
        fits.then(|| words.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
