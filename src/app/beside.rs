//! The article that stands beside the current one.
//!
//! Exactly one article is current: panel, strip, keys and search are about it, and most of the code knows only that one.
//! A second one may stand beside it, loaded and read like the first; going to it makes it the current one, and the
//! other stands beside. They are never the same article.

use super::article::{ArticleKey, OpenArticle};
use super::command::Command;
use super::resolve::NO_ARTICLE;
use super::state::State;
use crate::model::Span;

/// Why no second article can stand beside the first.
pub(super) const NO_ROOM: &str = "Two articles need a wider window, or smaller letters.";

/// Closes the article beside the current one, or opens the next there, or says why not.
pub(super) fn open_or_close(state: &State) -> Result<Command, &'static str> {
    if let Some(beside) = &state.beside {
        return Ok(Command::CloseBeside(beside.key.clone()));
    }
    state.article().ok_or(NO_ARTICLE)?;
    if state.is_narrow {
        return Err(NO_ROOM);
    }
    let next = state.next_beside();
    next.map(Command::OpenBeside)
        .ok_or("The list shows no other article.")
}

/// The article that stands beside the current one. While it is being opened, it is not in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Its name in the folder.
    pub key: ArticleKey,
    /// Whether it stands to the left of the current one.
    pub is_left: bool,
    /// What of its text is shown.
    pub in_view: Option<Span>,
}

impl State {
    /// The article that stands beside the current one, once it is opened.
    pub fn other_article(&self) -> Option<&OpenArticle> {
        self.articles.get(&self.beside.as_ref()?.key)
    }

    /// Whether an article stands beside the current one.
    pub fn is_beside(&self, key: &str) -> bool {
        self.beside
            .as_ref()
            .is_some_and(|beside| *beside.key == *key)
    }

    /// The articles that are shown: the current one first.
    pub fn shown_articles(&self) -> Vec<ArticleKey> {
        let beside = self.beside.as_ref().map(|beside| &beside.key);
        self.current.iter().chain(beside).cloned().collect()
    }

    /// What of an article's text is shown, where it is.
    pub(super) fn view_of(&self, key: &ArticleKey) -> Option<Span> {
        let beside = self.beside.as_ref().filter(|beside| beside.key == *key);
        let is_current = self.current.as_ref() == Some(key);
        beside.map_or(self.in_view.filter(|_| is_current), |b| b.in_view)
    }

    /// What a new article beside this one would be: the next of the list, or else the one before.
    pub(super) fn next_beside(&self) -> Option<ArticleKey> {
        let folder = self.folder.as_ref()?;
        let here = folder.rows.at(self.current.as_ref()?)?;
        let behind = folder.shown.iter().find(|row| **row > here);
        let before = || folder.shown.iter().rev().find(|row| **row < here);
        let row = behind.or_else(before)?;
        folder.rows.key(*row)
    }
}
