//! Find in the article: opening the bar, searching, going from hit to hit.
//!
//! A search is a job. Its answer counts only while it is the newest one, and only for the text that it searched.

use std::sync::Arc;

use super::Cx;
use crate::app::article::OpenArticle;
use crate::app::effect::Effect;
use crate::app::find::{Aim, Find, Found};
use crate::app::focus::{Direction, Focus, Level, Selection};
use crate::app::state::{Field, Region};
use crate::app::visits::Place;
use crate::model::Span;
use crate::text::{Hits, Query};

/// How many searches are remembered.
const RECENT: usize = 20;

impl Cx<'_> {
    /// Opens the bar on what is selected, or on what was searched for last.
    pub(super) fn open_find(&mut self) {
        let Some(article) = self.state.article() else {
            return;
        };
        let origin = article.caret();
        let selected = self.selected_if_new();
        let find = &mut self.state.find;
        let was_open = find.is_open;
        find.is_open = true;
        find.opened += 1;
        find.origin = origin;
        self.state.pick = None;
        self.state.page = None;
        self.state.region = Region::Reader;
        self.state.wants_field = Some(Field::Find);
        if let Some(words) = selected {
            self.search_for_words(words, Aim::From(origin));
        } else if !was_open {
            self.search(Aim::Stay);
        }
    }

    /// Closes the bar; the place stays.
    pub(super) fn close_find(&mut self) {
        self.remember_search();
        let find = &mut self.state.find;
        find.is_open = false;
        find.aim = None;
    }

    /// Searches for what was typed or switched.
    pub(super) fn set_query(&mut self, query: Query) {
        if self.state.find.query == query {
            return;
        }
        // A hit of the words before was selected by the search, not by the person.
        let find = &self.state.find;
        let article = self.state.article();
        if article.is_some_and(|article| find.current(article).is_some())
            && let Some(article) = self.state.article_mut()
        {
            article.selection = None;
        }
        self.state.find.query = query;
        self.search(Aim::From(self.state.find.origin));
    }

    /// To the next or previous hit; what is selected and is not one is searched for first.
    pub(super) fn step_hit(&mut self, way: Direction) {
        if let Some(words) = self.selected_if_new() {
            self.state.find.is_open = true;
            return self.search_for_words(words, Aim::Step(way));
        }
        if self.state.find.query.is_empty() {
            return self.open_find();
        }
        self.state.find.is_open = true;
        self.remember_search();
        let article = self.state.article();
        let is_known = article.is_some_and(|article| self.state.find.shown(article).is_some());
        match &mut self.state.find.aim {
            Some(aim) => *aim = Aim::Step(way),
            None if is_known => self.go_to_hit(Aim::Step(way)),
            None => self.search(Aim::Step(way)),
        }
    }

    /// What is selected, unless it is the hit that the person stands on.
    fn selected_if_new(&self) -> Option<String> {
        let article = self.state.article()?;
        let is_hit = self.state.find.current(article).is_some();
        self.state.selected_words().filter(|_| !is_hit)
    }

    fn search_for_words(&mut self, words: String, aim: Aim) {
        let query = &mut self.state.find.query;
        query.words = words;
        query.is_regex = false;
        self.remember_search();
        self.search(aim);
    }

    /// Asks for the hits of the open article.
    fn search(&mut self, aim: Aim) {
        let Some(article) = self.state.article() else {
            return;
        };
        let source = article.source.clone();
        let find = &mut self.state.find;
        find.ticket += 1;
        find.searched = Some(source.clone());
        find.found = None;
        find.at = None;
        find.aim = None;
        find.error = None;
        if find.query.is_empty() {
            return;
        }
        match find.query.compile() {
            Ok(search) => {
                find.aim = Some(aim);
                let ticket = find.ticket;
                self.effects.push(Effect::Search {
                    ticket,
                    source,
                    search: Box::new(search),
                });
            }
            Err(why) => find.error = Some(why),
        }
    }

    /// A search is through.
    pub(super) fn take_hits(&mut self, ticket: u64, hits: Hits) {
        let find = &mut self.state.find;
        if ticket != find.ticket {
            return;
        }
        let (aim, source) = (find.aim.take(), find.searched.clone());
        find.found = source.map(|source| Found {
            source,
            hits: Arc::new(hits),
        });
        if let Some(aim) = aim {
            self.go_to_hit(aim);
        }
    }

    /// The bar stays open over another article or a new text: that is searched as well.
    pub(super) fn follow_find(&mut self) {
        let find = &self.state.find;
        let is_stale = find.is_open
            && self
                .state
                .article()
                .is_some_and(|article| find.searched.as_ref() != Some(&article.source));
        if is_stale {
            self.state.find.origin = 0;
            self.search(Aim::Stay);
        }
    }

    fn go_to_hit(&mut self, aim: Aim) {
        let Some(article) = self.state.article() else {
            return;
        };
        let find = &self.state.find;
        let Some(hits) = find.shown(article) else {
            return;
        };
        let spans = &hits.spans;
        if spans.is_empty() {
            if aim != Aim::Stay {
                self.say(format!("“{}” is not in this article.", find.query.words));
            }
            return;
        }
        let (next, is_round) = match aim {
            Aim::Stay => return,
            Aim::From(offset) => first_from(spans, offset),
            Aim::Step(way) => stepped(find, article, spans, way),
        };
        let span = spans[next];
        // From hit to hit is walking; the place where the search began is the one to come back to.
        let here = self.state.place();
        let from = match aim {
            Aim::From(offset) => here.map(|place| Place { offset, ..place }),
            _ => here.filter(|_| find.current(article).is_none()),
        };
        let sentence = Focus::unit_at(article, Level::Sentence, span.start()).unwrap_or(span);
        from.into_iter()
            .for_each(|place| self.state.visits.leave(place));
        self.set_focus(Focus::text(Level::Sentence, sentence));
        self.state.find.at = Some(next);
        if let Some(article) = self.state.article_mut() {
            article.selection = Some(Selection {
                anchor: span.start(),
                head: span.end(),
            });
        }
        if is_round {
            self.say(match aim {
                Aim::Step(Direction::Back) => "On from the end of the article.",
                _ => "On from the start of the article.",
            });
        }
    }

    fn remember_search(&mut self) {
        let find = &mut self.state.find;
        if find.query.is_empty() || find.error.is_some() {
            return;
        }
        let words = find.query.words.clone();
        find.recent.retain(|other| *other != words);
        find.recent.insert(0, words);
        find.recent.truncate(RECENT);
    }
}

/// The first hit at an offset or behind it, and whether that is round the article's end.
fn first_from(spans: &[Span], offset: usize) -> (usize, bool) {
    let at = spans.partition_point(|span| span.start() < offset);
    if at == spans.len() {
        (0, true)
    } else {
        (at, false)
    }
}

fn stepped(find: &Find, article: &OpenArticle, spans: &[Span], way: Direction) -> (usize, bool) {
    let here = find.current(article).map(|(at, _)| at);
    match (here, way) {
        (Some(at), Direction::Forward) if at + 1 < spans.len() => (at + 1, false),
        (Some(_), Direction::Forward) => (0, true),
        (None, Direction::Forward) => {
            // What is selected was looked up: the next one is meant.
            let from = article
                .selection
                .map_or(article.focus.span.start(), |s| s.span().end());
            first_from(spans, from)
        }
        (here, Direction::Back) => {
            let before = here
                .unwrap_or_else(|| spans.partition_point(|span| span.start() < article.caret()));
            before
                .checked_sub(1)
                .map_or((spans.len() - 1, true), |at| (at, false))
        }
    }
}
