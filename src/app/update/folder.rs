//! Folders and articles: opening, listing, filtering, leaving.

use std::collections::HashSet;
use std::path::PathBuf;

use super::Cx;
use crate::app::Command;
use crate::app::article::{ArticleKey, OpenArticle};
use crate::app::effect::Effect;
use crate::app::focus::{Direction, Focus, Level};
use crate::app::rows::{Row, Rows};
use crate::app::state::{Folder, Page, Region, Work};
use crate::exchange::Format;
use crate::model::Span;
use crate::store::{Articles, BesidePlace, RowInfo, Unreadable};

/// How many folders the start page remembers.
const RECENT: usize = 8;

impl Cx<'_> {
    /// Opens a folder or file. What is not saved yet is saved first.
    pub(super) fn open(&mut self, path: PathBuf) {
        if !self.state.unsaved().is_empty() {
            self.save_now();
            self.state.pending = Some(Command::Open(path));
            return;
        }
        // An article of the open folder needs no other folder.
        let folder = self.state.folder.as_ref();
        if let Some(key) = folder.and_then(|folder| folder.article_at(&path)) {
            return self.open_article(key);
        }
        self.remember_views();
        self.remember_place();
        self.state.generation += 1;
        self.state.page = None;
        self.state.work = Some(Work {
            label: format!("Reading {}", path.display()),
            done: 0,
            total: None,
        });
        self.note_shared();
        self.effects.push(Effect::Scan(path));
    }

    pub(super) fn refresh(&mut self) {
        if let Some(folder) = &self.state.folder {
            let root = folder.root.clone();
            self.state.work = Some(Work {
                label: "Reading the folder again".to_owned(),
                done: 0,
                total: None,
            });
            self.note_shared();
            self.effects.push(Effect::Scan(root));
        }
    }

    pub(super) fn cancel_work(&mut self) {
        self.state.work = None;
        self.effects.push(Effect::CancelScan);
        self.say("Stopped.");
    }

    pub(super) fn open_article(&mut self, key: ArticleKey) {
        if self.state.current.as_ref() == Some(&key) {
            self.state.loading = None;
            self.state.region = Region::Reader;
            return;
        }
        self.remember_views();
        self.remember_place();
        self.state.pick = None;
        self.state.proposal = None;
        if self.state.articles.contains_key(&key) {
            self.state.loading = None;
            self.show_article(key);
            return;
        }
        let Some(path) = self.state.folder.as_ref().and_then(|f| f.path(&key)) else {
            return;
        };
        self.state.loading = Some(key.clone());
        self.effects.push(Effect::Load {
            is_compared: self.is_remembered(&key),
            key,
            path,
            encoding: None,
        });
    }

    /// Makes an article that is in memory the current one, and lets go of those that nothing holds.
    pub(super) fn show_article(&mut self, key: ArticleKey) {
        // Spans and ids of one article mean nothing in another.
        self.state.pick = None;
        self.state.proposal = None;
        if self.state.is_beside(&key) {
            self.change_places();
        }
        self.state.current = Some(key);
        self.state.said = std::mem::take(&mut self.state.said_on_arrival);
        self.state.region = Region::Reader;
        self.remember_place();
        self.let_go();
        self.analyse_shown();
        self.arrive();
    }

    pub(super) fn step_article(&mut self, way: Direction) {
        let Some(folder) = &self.state.folder else {
            return;
        };
        let shown = &folder.shown;
        let wanted = self.state.loading.as_ref().or(self.state.current.as_ref());
        let here = wanted
            .and_then(|key| folder.rows.at(key))
            .and_then(|row| shown.iter().position(|r| *r == row));
        // What stands beside is read already.
        let is_elsewhere = |row: &&usize| {
            let row = folder.rows.get(**row);
            row.is_some_and(|row| !self.state.is_beside(row.key))
        };
        let next = match (here, way) {
            (None, _) => shown.first(),
            (Some(at), Direction::Forward) => shown[at + 1..].iter().find(is_elsewhere),
            (Some(at), Direction::Back) => shown[..at].iter().rev().find(is_elsewhere),
        };
        match next.and_then(|row| folder.rows.key(*row)) {
            Some(key) => self.open_article(key),
            None if way == Direction::Forward => self.say("This is the last article."),
            None => self.say("This is the first article."),
        }
    }

    pub(super) fn filter(&mut self, text: String) {
        if let Some(folder) = &mut self.state.folder {
            folder.filter = text;
            folder.refilter();
        }
    }

    pub(super) fn reread(&mut self, encoding: String) {
        let Some(article) = self.state.article() else {
            return;
        };
        if !article.save.is_saved() {
            return self.say("Saving first: choose the encoding again in a moment.");
        }
        let (key, path) = (article.key.clone(), article.path.clone());
        let revision = article.save.revision;
        self.state.reload.insert(key.clone(), revision);
        self.state.loading = Some(key.clone());
        self.effects.push(Effect::Load {
            key,
            path,
            encoding: Some(encoding),
            is_compared: true,
        });
    }

    /// An article that was open in an earlier run stands as it was left.
    pub(super) fn stand_again(&self, article: &mut OpenArticle) {
        let folder = self.state.folder.as_ref();
        let places = &self.state.settings.places;
        let Some(place) = folder.and_then(|folder| places.get(&folder.root)) else {
            return;
        };
        if let Some(offset) = place.offsets.get(&*article.key)
            && let Some(span) = Focus::unit_at(article, Level::Paragraph, *offset)
        {
            article.focus = Focus::paragraph(span);
        }
        if let Some(top) = place.tops.get(&*article.key) {
            let top = (*top).min(article.source.len());
            article.reread.1 = article.source.snap(Span::new(top, top)).start();
        }
    }

    /// Keeps where the reader stands, for the next start.
    pub(super) fn remember_place(&mut self) {
        let Some(root) = self.state.folder.as_ref().map(|f| f.root.clone()) else {
            return;
        };
        let Some(article) = self.state.article() else {
            return;
        };
        let place_of = |a: &OpenArticle| (a.key.to_string(), a.focus.span.start());
        let (key, offset) = place_of(article);
        let beside = self.state.other_article().map(place_of);
        let shown = [self.state.article(), self.state.other_article()];
        let shown = shown.into_iter().flatten();
        let tops = shown.map(|a| (a.key.to_string(), a.reread.1));
        let tops: Vec<(String, usize)> = tops.collect();
        self.state.settings.panel_tab = self.state.tab.id().to_owned();
        let place = self.state.settings.places.entry(root).or_default();
        place.offsets.insert(key.clone(), offset);
        place.offsets.extend(beside);
        for (key, top) in tops {
            place.tops.insert(key, top);
        }
        place.article = key;
        place.beside = self.state.beside.as_ref().map(|beside| BesidePlace {
            article: beside.key.to_string(),
            is_left: beside.is_left,
        });
        self.save_settings();
    }

    pub(super) fn save_settings(&mut self) {
        self.effects
            .push(Effect::SaveSettings(Box::new(self.state.settings.clone())));
    }

    /// The folder moves to the top of the recent ones.
    pub(super) fn remember_folder(&mut self, root: &PathBuf) {
        let settings = &mut self.state.settings;
        settings.recent.retain(|r| r != root);
        settings.recent.insert(0, root.clone());
        settings.recent.truncate(RECENT);
        settings.last_folder = Some(root.clone());
        self.save_settings();
    }

    pub(super) fn export(&mut self, format: Format, to: PathBuf, replace: bool) {
        let Some(folder) = &self.state.folder else {
            return;
        };
        if !self.state.unsaved().is_empty() {
            self.save_now();
            self.state.pending = Some(Command::Export {
                format,
                to,
                replace,
            });
            return;
        }
        let articles = folder.there(|_| true);
        self.state.pending_export = None;
        self.state.page = None;
        self.state.work = Some(Work {
            label: format!("Exporting {}", format.label()),
            done: 0,
            total: Some(articles.len()),
        });
        let entities = self.state.records.entities.clone();
        self.effects.push(Effect::Export {
            format,
            to,
            replace,
            articles,
            entities,
            codebook: self.state.codes.book.clone(),
        });
    }

    /// What waited for saving goes on.
    pub(super) fn after_saving(&mut self) {
        if !self.state.unsaved().is_empty() {
            return;
        }
        if let Some(command) = self.state.pending.take() {
            self.run(command);
        }
        if self.state.closing == crate::app::Closing::WhenSaved {
            self.state.closing = crate::app::Closing::Now;
            self.state.page = self.state.page.filter(|p| *p != Page::CloseUnsaved);
        }
    }

    /// A save failed: what waited for it does not happen.
    pub(super) fn waiting_failed(&mut self) {
        self.state.pending = None;
        if self.state.closing == crate::app::Closing::WhenSaved {
            self.state.closing = crate::app::Closing::Open;
            self.state.page = Some(Page::CloseUnsaved);
        }
    }
}

impl Folder {
    /// Articles that are there and wanted.
    pub(super) fn there(&self, is_wanted: impl Fn(&str) -> bool) -> Articles {
        let missing: HashSet<&str> = {
            let rows = self.rows.iter().filter(Row::is_missing);
            rows.map(|row| row.key).collect()
        };
        let articles = self.rows.articles();
        articles.only(|name| is_wanted(name) && !missing.contains(name))
    }

    /// Takes in headlines and statuses; what turns out not to be readable text is listed apart.
    pub(super) fn take_rows(&mut self, rows: Vec<(ArticleKey, RowInfo)>) {
        let mut apart = Vec::new();
        for (key, mut info) in rows {
            if let Some(reason) = info.unreadable.take() {
                apart.push((key, reason));
            } else if let Some(at) = self.rows.at(&key) {
                self.rows.set(at, info);
            }
        }
        if !apart.is_empty() {
            self.set_apart(apart);
        } else if !self.filter.is_empty() {
            self.refilter();
        }
    }

    /// Moves articles to the files that are not readable, with the reason.
    pub(super) fn set_apart(&mut self, files: Vec<(ArticleKey, String)>) {
        let keys: HashSet<ArticleKey> = files.iter().map(|(key, _)| key.clone()).collect();
        let left = self.rows.articles().only(|name| !keys.contains(name));
        self.rows = Rows::new(left, &self.rows);
        for (key, reason) in files {
            let rel = key.to_string();
            if !self.unreadable.iter().any(|file| file.rel == rel) {
                self.unreadable.push(Unreadable { rel, reason });
            }
        }
        self.refilter();
    }

    /// Computes which rows pass the filter: every word of it stands in the name or the headline.
    pub(super) fn refilter(&mut self) {
        let words: Vec<String> = self
            .filter
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        if words.is_empty() {
            self.shown = (0..self.rows.len()).collect();
            return;
        }
        // One piece of memory for all rows: this runs with every letter that is typed.
        let mut hay = String::new();
        let mut passes = |row: &Row<'_>| {
            hay.clear();
            hay.push_str(row.key);
            hay.push(' ');
            hay.push_str(row.info.map_or("", |info| info.title));
            if hay.is_ascii() {
                hay.make_ascii_lowercase();
            } else {
                hay = hay.to_lowercase();
            }
            words.iter().all(|word| hay.contains(word.as_str()))
        };
        let rows = self.rows.iter().enumerate();
        let passing = rows.filter(|(_, row)| passes(row)).map(|(at, _)| at);
        self.shown = passing.collect();
    }
}
