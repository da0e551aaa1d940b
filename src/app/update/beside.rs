//! Two articles side by side: opening the second, going from one to the other, closing one of them.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::Cx;
use crate::app::article::{ArticleKey, DocId, OpenArticle};
use crate::app::beside::{Beside, NO_ROOM};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::focus::Direction;
use crate::app::state::Region;

impl Cx<'_> {
    /// Opens an article beside the current one, in the place of whatever stood there, and goes to it.
    pub(super) fn open_beside(&mut self, key: ArticleKey) {
        let is_known = self
            .state
            .folder
            .as_ref()
            .and_then(|f| f.row(&key))
            .is_some();
        if !is_known || self.state.article().is_none() {
            return self.open_article(key);
        }
        if self.state.current.as_ref() == Some(&key) {
            return self.say("This article is open already: no article stands beside itself.");
        }
        if self.state.beside.is_none() && self.state.is_narrow {
            return self.say(NO_ROOM);
        }
        if !self.state.is_beside(&key) {
            let is_left = self.state.beside.as_ref().is_some_and(|b| b.is_left);
            self.state.beside = Some(Beside {
                key: key.clone(),
                is_left,
                in_view: None,
            });
        }
        self.open_article(key);
    }

    /// Makes the article beside the current one. Both keep where they stand.
    pub(super) fn other_article(&mut self) {
        if self.state.other_article().is_none() {
            return self.say("The other article is still being opened.");
        }
        self.state.loading = None;
        self.state.pick = None;
        self.state.proposal = None;
        self.state.said.clear();
        self.state.region = Region::Reader;
        self.change_places();
        self.remember_views();
        self.remember_place();
        self.analyse_shown();
    }

    /// The current article and the one beside it change their parts; on the screen they stay where they are.
    pub(super) fn change_places(&mut self) {
        let state = &mut *self.state;
        if let (Some(current), Some(beside)) = (&mut state.current, &mut state.beside) {
            std::mem::swap(current, &mut beside.key);
            std::mem::swap(&mut state.in_view, &mut beside.in_view);
            beside.is_left ^= true;
        }
    }

    /// Does something in an article as if it were the current one. In one that is not in memory any more, nothing.
    pub(super) fn within(&mut self, key: &ArticleKey, command: Command) {
        if self.state.current.as_ref() == Some(key) {
            return self.run(command);
        }
        if self.state.is_beside(key) && self.state.articles.contains_key(key) {
            self.change_places();
            self.run(command);
            return self.change_places();
        }
        if self.state.articles.contains_key(key) {
            let current = self.state.current.replace(key.clone());
            self.run(command);
            self.state.current = current;
        }
    }

    /// Takes one of the two articles away; the other one is current then, and alone.
    pub(super) fn close_beside(&mut self, key: &ArticleKey) {
        if self.state.current.as_ref() == Some(key) && self.state.beside.is_some() {
            self.other_article();
        }
        if self.state.is_beside(key) {
            self.remember_views();
            self.remember_place();
            self.state.beside = None;
            self.state.loading.take_if(|loading| loading == key);
            self.let_go();
            self.remember_place();
        }
    }

    /// Whether a step through the regions goes from one article to the other: each is a stop, from left to right.
    pub(super) fn steps_beside(&self, way: Direction) -> bool {
        let is_left = |beside: &Beside| beside.is_left == (way == Direction::Back);
        self.state.region == Region::Reader
            && self.state.other_article().is_some()
            && self.state.beside.as_ref().is_some_and(is_left)
    }

    /// The folder was opened: what stood beside its article the last time stands there again.
    pub(super) fn stand_beside(&mut self, root: &Path) {
        let place = self.state.settings.places.get(root);
        let Some(kept) = place.and_then(|place| place.beside.clone()) else {
            return;
        };
        let key: ArticleKey = kept.article.as_str().into();
        let is_there = self
            .state
            .folder
            .as_ref()
            .and_then(|f| f.row(&key))
            .is_some();
        if is_there && self.state.loading.as_ref() != Some(&key) {
            self.state.beside = Some(Beside {
                key,
                is_left: kept.is_left,
                in_view: None,
            });
            self.load_beside();
        }
    }

    /// Asks for the article beside, unless it is in memory.
    pub(super) fn load_beside(&mut self) {
        let key = self.state.beside.as_ref().map(|beside| beside.key.clone());
        let Some(key) = key.filter(|key| !self.state.articles.contains_key(key)) else {
            return;
        };
        let folder = self.state.folder.as_ref();
        if let Some(path) = folder.and_then(|folder| folder.path(&key)) {
            self.effects.push(Effect::Load {
                is_compared: self.is_remembered(&key),
                key,
                path,
                encoding: None,
            });
        }
    }

    /// Before another article is shown: the articles that are shown keep where their views stand.
    pub(super) fn remember_views(&mut self) {
        for key in self.state.shown_articles() {
            let view = self.state.view_of(&key);
            if let (Some(view), Some(article)) = (view, self.state.articles.get_mut(&key)) {
                article.reread.1 = view.start();
            }
        }
    }

    /// Asks the rules about every article that is shown.
    pub(super) fn analyse_shown(&mut self) {
        for key in self.state.shown_articles() {
            self.analyse(&key);
        }
    }

    /// Lets go of articles that are not shown, when nothing else holds them.
    pub(super) fn let_go(&mut self) {
        let shown = self.state.shown_articles();
        // Gathered once: a step may touch hundreds of articles.
        let touched: HashSet<DocId> = self.state.history.documents().into_iter().collect();
        let is_let_go = |key: &ArticleKey, a: &mut OpenArticle| {
            !shown.contains(key)
                && a.save.is_saved()
                && !touched.contains(&DocId::Article(key.clone()))
        };
        let gone = self.state.articles.extract_if(is_let_go);
        let gone: Vec<OpenArticle> = gone.map(|(_, article)| article).collect();
        if !gone.is_empty() {
            self.effects.push(Effect::Discard(Arc::new(gone)));
        }
    }
}
