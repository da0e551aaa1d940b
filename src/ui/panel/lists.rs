//! What the panel’s lists hold.
//!
//! Mentions of one record are one row, tagged and suggested ones (`groups`); what has no certain place comes first
//! under More. What is tagged and what is suggested stand in one order, that of the text, so that a row stays where it
//! is when it is accepted. Quotes, claims and notes are read off the article's own order, row by visible row
//! (`in_order`); records and persons, of which there are few, are put in order once a revision.

use std::sync::{Arc, Weak};

use super::groups::{Entry, Groups, Offers, record_of};
use super::in_order::{InOrder, tagged};
use super::open::Open;
use crate::app::{ArticleKey, OpenArticle, Problem, SUGGESTED, State, Tab};
use crate::model::{Annotation, Id, Layer};
use crate::suggest::Suggestions;

/// What a row leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// An annotation.
    Annotation(Id),
    /// A suggestion, by its rank in the text.
    Suggestion(usize),
    /// A problem that is none of an annotation.
    Open(Problem),
}

impl Item {
    /// What has the focus, or else is in the editor.
    pub fn focused(article: &OpenArticle) -> Option<Self> {
        if let Some(problem) = &article.stand {
            return Some(Self::Open(problem.clone()));
        }
        let offer = article.focus.suggestion.map(Self::Suggestion);
        offer.or_else(|| article.active.clone().map(Self::Annotation))
    }
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// What is tagged.
    Tagged(Entry),
    /// What is suggested.
    Suggested(Offers),
    /// A problem that is none of an annotation.
    Open(Problem),
}

impl Row {
    /// What a click on it leads to.
    pub fn first(&self) -> Item {
        match self {
            Self::Tagged(entry) => Item::Annotation(entry.first.clone()),
            Self::Suggested(offers) => Item::Suggestion(offers.first),
            Self::Open(problem) => Item::Open(problem.clone()),
        }
    }

    /// Whether it is among the rows that are chosen.
    pub fn is_chosen(&self, article: &OpenArticle) -> bool {
        matches!(self, Self::Tagged(entry) if article.chosen.contains(&entry.first))
    }

    /// What a click leads to when one of the row has the focus already.
    pub fn after(&self, article: &OpenArticle, item: &Item) -> Item {
        match (self, item) {
            (Self::Tagged(entry), item) => entry.after(article, item),
            (Self::Suggested(offers), Item::Suggestion(at)) => {
                let next = offers.behind(article, at);
                Item::Suggestion(next.unwrap_or(offers.first))
            }
            _ => self.first(),
        }
    }
}

/// What the grouped lists were worked out from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Basis {
    article: ArticleKey,
    text: usize,
    revision: u64,
    annotations: usize,
    conflicts: usize,
    records: u64,
    suggests: [bool; SUGGESTED.len()],
}

/// The lists of an article.
#[derive(Debug, Default)]
pub struct Lists {
    basis: Option<Basis>,
    /// What the rules had found; not kept alive, since the window is not to be the one that frees it.
    found: Weak<Suggestions>,
    people: Groups,
    sources: Groups,
    /// What an edit or a merge left open: the first rows under More.
    pub open: Open,
}

impl Lists {
    /// Works out again what is grouped if the article or the records have changed.
    pub fn refresh(&mut self, article: &OpenArticle, state: &State) {
        let basis = Basis {
            article: article.key.clone(),
            text: article.source.as_str().as_ptr() as usize,
            revision: article.save.revision,
            annotations: article.marks.total(),
            conflicts: article.conflicts.twice.len() + article.conflicts.told.len(),
            records: state.records.save.revision,
            suggests: SUGGESTED.map(|layer| state.suggests(layer)),
        };
        let found = article.analysis.as_ref().map(Arc::downgrade);
        let found = found.unwrap_or_default();
        if self.basis.as_ref() == Some(&basis) && self.found.ptr_eq(&found) {
            return;
        }
        self.basis = Some(basis);
        self.found = found;
        self.people = Groups::build(article, state, Tab::People);
        self.sources = Groups::build(article, state, Tab::Sources);
        self.open = Open::of(article);
    }

    fn groups(&self, tab: Tab) -> Option<&Groups> {
        match tab {
            Tab::People => Some(&self.people),
            Tab::Sources => Some(&self.sources),
            _ => None,
        }
    }

    /// How many rows a list has.
    pub fn len(&self, state: &State, article: &OpenArticle, tab: Tab) -> usize {
        match self.groups(tab) {
            Some(groups) => groups.rows.len(),
            None => self.open.ahead(tab).len() + InOrder::of(state, article, tab).len(),
        }
    }

    /// A row of a list.
    pub fn row(&self, state: &State, article: &OpenArticle, tab: Tab, at: usize) -> Option<Row> {
        match self.groups(tab) {
            Some(groups) => groups.rows.get(at).cloned(),
            None => match at.checked_sub(self.open.ahead(tab).len()) {
                Some(at) => InOrder::of(state, article, tab).row(at),
                None => self.open.ahead(tab).get(at).cloned(),
            },
        }
    }

    /// How many rows of a list are tagged.
    pub fn count(&self, article: &OpenArticle, tab: Tab) -> usize {
        match self.groups(tab) {
            Some(groups) => groups.tagged,
            None => self.open.ahead(tab).len() + tagged(article, tab).len(),
        }
    }

    /// Where a list has an annotation or a suggestion.
    pub fn place(
        &self,
        state: &State,
        article: &OpenArticle,
        tab: Tab,
        item: &Item,
    ) -> Option<usize> {
        let Some(groups) = self.groups(tab) else {
            let at = self.open.place(item).filter(|_| tab == Tab::More);
            let in_order = || InOrder::of(state, article, tab).place(article, item);
            return at.or_else(|| Some(self.open.ahead(tab).len() + in_order()?));
        };
        match item {
            Item::Annotation(id) => {
                let annotation = article.annotation(id)?;
                let record = record_of(annotation, state);
                let at = groups.places.get(record.as_ref().unwrap_or(id)).copied()?;
                let is_held = match groups.rows.get(at)? {
                    Row::Tagged(entry) => entry.holds_layer(annotation.layer),
                    Row::Suggested(_) | Row::Open(_) => false,
                };
                (is_held && !annotation.is_orphan()).then_some(at)
            }
            Item::Suggestion(at) => {
                let suggestion = article.suggestions.get(*at)?;
                let is_there = tab == Tab::People && suggestion.layer == Layer::Person;
                let people = article.analysis.as_ref().map(|found| &found.people)?;
                let mention = people
                    .mentions
                    .get(suggestion.rank)
                    .filter(|_| is_there && suggestion.is_open)?;
                groups.persons.get(&mention.person).copied()
            }
            Item::Open(_) => None,
        }
    }

    /// The mentions that an annotation is one of: those of its person, wherever they are tagged.
    pub fn entry(
        &self,
        state: &State,
        article: &OpenArticle,
        annotation: &Annotation,
    ) -> Option<&Entry> {
        let item = Item::Annotation(annotation.id.clone());
        let tabs = [Tab::People, Tab::of(annotation.layer)];
        tabs.into_iter().find_map(|tab| {
            let at = self.place(state, article, tab, &item)?;
            match self.groups(tab)?.rows.get(at)? {
                Row::Tagged(entry) => Some(entry),
                Row::Suggested(_) | Row::Open(_) => None,
            }
        })
    }
}
