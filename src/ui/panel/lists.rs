//! What the panel’s lists hold.
//!
//! Mentions of one record are one entry, as are suggested mentions of one person; what has no certain place comes first
//! under More. What is tagged and what is suggested stand in one order, that of the text, so that a row stays
//! where it is when it is accepted. Quotes, claims and notes are read off the article's own order, row by visible row;
//! records and persons, of which there are few, are put in order once a revision.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use super::in_order::{InOrder, tagged};
use super::open::Open;
use crate::app::{
    ArticleKey, Mentions, OpenArticle, Problem, Ranked, SUGGESTED, State, Tab, TextPlace, place_of,
};
use crate::model::{Annotation, EntityKind, Id, Layer};
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
            (Self::Tagged(entry), Item::Annotation(id)) => {
                Item::Annotation(entry.after(article, id))
            }
            (Self::Suggested(offers), Item::Suggestion(at)) => {
                let all = offers.person.and_then(|p| article.suggestions.of_person(p));
                let next = all.and_then(|ranks| ranks.after(at));
                Item::Suggestion(next.copied().unwrap_or(offers.first))
            }
            _ => self.first(),
        }
    }
}

/// A suggestion, or all open mentions of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offers {
    /// The first by its rank in the text.
    pub first: usize,
    /// How many there are.
    pub count: usize,
    /// The person, by rank among all whom the rules know.
    pub person: Option<usize>,
}

/// An annotation, or all mentions of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The first annotation in the text.
    pub first: Id,
    /// How many annotations the entry stands for.
    pub count: usize,
    /// The record, for persons and sources.
    pub record: Option<Id>,
    /// The record and those that it took in.
    records: Vec<Id>,
    /// Whether mentions tagged as a person, and as a source, are among them.
    holds: [bool; 2],
}

impl Entry {
    /// An annotation alone.
    pub fn of_one(id: &Id) -> Self {
        Self {
            first: id.clone(),
            count: 1,
            record: None,
            records: Vec::new(),
            holds: [false; 2],
        }
    }

    fn sets<'a>(&'a self, article: &'a OpenArticle) -> impl Iterator<Item = &'a Ranked<TextPlace>> {
        let mentions = self.records.iter();
        let mentions = mentions.filter_map(|record| article.marks.mentions_of(record));
        mentions.flat_map(|mentions| held(mentions, self.holds))
    }

    /// The annotations of the entry, in text order.
    pub fn ids<'a>(&'a self, article: &'a OpenArticle) -> impl Iterator<Item = &'a Id> {
        let first = article.annotation(&self.first).and_then(place_of);
        let mut next = first;
        std::iter::from_fn(move || {
            let here = next.take()?;
            next = self.behind(article, &here).cloned();
            article.annotation(&here.2).map(|annotation| &annotation.id)
        })
    }

    /// How many of the entry stand before an annotation.
    pub fn rank(&self, article: &OpenArticle, annotation: &Annotation) -> Option<usize> {
        let place = place_of(annotation)?;
        Some(self.sets(article).map(|set| set.rank(&place)).sum())
    }

    /// The mention behind this one; from the last, the first.
    pub fn after(&self, article: &OpenArticle, id: &Id) -> Id {
        let place = article.annotation(id).and_then(place_of);
        let next = place.and_then(|place| self.behind(article, &place));
        next.map_or_else(|| self.first.clone(), |(_, _, id)| id.clone())
    }

    fn behind<'a>(&'a self, article: &'a OpenArticle, place: &TextPlace) -> Option<&'a TextPlace> {
        self.sets(article).filter_map(|set| set.after(place)).min()
    }
}

fn held(mentions: &Mentions, holds: [bool; 2]) -> impl Iterator<Item = &Ranked<TextPlace>> {
    let sets = [&mentions.persons, &mentions.sources];
    let held = sets.into_iter().zip(holds).filter(|(_, is_held)| *is_held);
    held.map(|(set, _)| set)
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

/// Rows that stand for several annotations, in text order.
#[derive(Debug, Default)]
struct Groups {
    rows: Vec<Row>,
    /// How many of them are tagged.
    tagged: usize,
    /// Where a record stands; of an annotation without one, where that stands.
    places: HashMap<Id, usize>,
    /// Where a suggested person stands.
    persons: HashMap<usize, usize>,
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

impl Entry {
    fn holds_layer(&self, layer: Layer) -> bool {
        match layer {
            Layer::Person => self.holds[0] || self.records.is_empty(),
            Layer::Source => self.holds[1] || self.records.is_empty(),
            _ => false,
        }
    }
}

impl Groups {
    fn build(article: &OpenArticle, state: &State, tab: Tab) -> Self {
        let mut rows: Vec<(TextPlace, Row)> = Vec::new();
        let mut groups: HashMap<Id, usize> = HashMap::new();
        for (record, mentions) in article.marks.by_record() {
            let Some(id) = record else {
                let sets = held(mentions, [tab == Tab::People, tab == Tab::Sources]);
                for place in sets.flat_map(Ranked::iter) {
                    rows.push((place.clone(), Row::Tagged(Entry::of_one(&place.2))));
                }
                continue;
            };
            let entity = state.records.entities.resolve(id);
            let record = entity.map_or(id, |entity| &entity.id);
            // A source whose record is a person counts as a mention of that person, without a mark of its own.
            let is_person = entity.is_some_and(|entity| entity.kind == EntityKind::Person);
            let holds = [tab == Tab::People, tab == Tab::Sources || is_person];
            let count: usize = held(mentions, holds).map(Ranked::len).sum();
            let Some(first) = held(mentions, holds).filter_map(Ranked::first).min() else {
                continue;
            };
            let at = *groups.entry(record.clone()).or_insert(rows.len());
            match rows.get_mut(at) {
                Some((place, Row::Tagged(entry))) => {
                    entry.count += count;
                    entry.records.push(id.clone());
                    if first < place {
                        entry.first = first.2.clone();
                        *place = first.clone();
                    }
                }
                _ => {
                    let entry = Entry {
                        first: first.2.clone(),
                        count,
                        record: Some(record.clone()),
                        records: vec![id.clone()],
                        holds,
                    };
                    rows.push((first.clone(), Row::Tagged(entry)));
                }
            }
        }
        let mut built = Self {
            tagged: rows.len(),
            ..Self::default()
        };
        let may_show = article.readonly.is_none() && state.suggests(Layer::Person);
        if tab == Tab::People && may_show {
            for (person, ranks) in article.suggestions.by_person() {
                let first = ranks.first().and_then(|at| article.suggestions.get(*at));
                if let (Some(at), Some(first)) = (ranks.first(), first) {
                    let offers = Offers {
                        first: *at,
                        count: ranks.len(),
                        person: Some(person),
                    };
                    // Behind an annotation that begins with it.
                    let place = (first.start(), usize::MAX, Id::new("\u{10FFFF}"));
                    rows.push((place, Row::Suggested(offers)));
                }
            }
        }
        let turn = |(_, _, id): &TextPlace| {
            let annotation = article.annotation(id);
            annotation.map(|annotation| state.codes.turn_of(annotation))
        };
        rows.sort_by(|(a, _), (b, _)| {
            let by_place = (a.0, a.1).cmp(&(b.0, b.1));
            by_place.then_with(|| turn(a).cmp(&turn(b)))
        });
        for (at, (_, row)) in rows.into_iter().enumerate() {
            match &row {
                Row::Tagged(entry) => {
                    let key = entry.record.as_ref().unwrap_or(&entry.first);
                    built.places.insert(key.clone(), at);
                }
                Row::Suggested(offers) => {
                    built
                        .persons
                        .extend(offers.person.map(|person| (person, at)));
                }
                Row::Open(_) => {}
            }
            built.rows.push(row);
        }
        built
    }
}

/// The record of a person or source, tombstones followed.
fn record_of(annotation: &Annotation, state: &State) -> Option<Id> {
    if !matches!(annotation.layer, Layer::Person | Layer::Source) {
        return None;
    }
    let id = annotation.entity.as_ref()?;
    let entity = state.records.entities.resolve(id);
    Some(entity.map_or_else(|| id.clone(), |entity| entity.id.clone()))
}
