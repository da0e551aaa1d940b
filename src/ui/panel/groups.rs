//! Rows of the panel that stand for several annotations: all mentions of a record, all open ones of a person.
//!
//! Suggested mentions of a person who has a row already stand in that row: one person is never listed twice.

use std::collections::HashMap;

use super::lists::{Item, Row};
use crate::app::{Mentions, OpenArticle, Ranked, State, Tab, TextPlace, place_of};
use crate::model::{Annotation, EntityKind, Id, Layer};

/// A suggestion, or all open mentions of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offers {
    /// The first by its rank in the text.
    pub first: usize,
    /// How many there are.
    pub count: usize,
    /// The person, by rank among all whom the rules know.
    pub(super) person: Option<usize>,
}

impl Offers {
    /// The suggestion behind this one; behind the last, nothing.
    pub fn behind(&self, article: &OpenArticle, at: &usize) -> Option<usize> {
        let ranks = article.suggestions.of_person(self.person?)?;
        ranks.after(at).copied()
    }
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
    /// Its suggested mentions.
    pub offers: Option<Offers>,
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
            offers: None,
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

    /// What stands behind a mention: the next one, behind the last tagged one those that are suggested, and then the
    /// first again.
    pub fn after(&self, article: &OpenArticle, item: &Item) -> Item {
        let suggested = match (item, &self.offers) {
            (Item::Annotation(id), offers) => {
                let place = article.annotation(id).and_then(place_of);
                if let Some((_, _, id)) = place.and_then(|place| self.behind(article, &place)) {
                    return Item::Annotation(id.clone());
                }
                offers.as_ref().map(|offers| offers.first)
            }
            (Item::Suggestion(at), Some(offers)) => offers.behind(article, at),
            _ => None,
        };
        suggested.map_or_else(|| Item::Annotation(self.first.clone()), Item::Suggestion)
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

/// Rows that stand for several annotations, in text order.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub rows: Vec<Row>,
    /// How many of them are tagged.
    pub tagged: usize,
    /// Where a record stands; of an annotation without one, where that stands.
    pub places: HashMap<Id, usize>,
    /// Where a suggested person stands.
    pub persons: HashMap<usize, usize>,
}

impl Entry {
    pub(super) fn holds_layer(&self, layer: Layer) -> bool {
        match layer {
            Layer::Person => self.holds[0] || self.records.is_empty(),
            Layer::Source => self.holds[1] || self.records.is_empty(),
            _ => false,
        }
    }
}

impl Groups {
    pub fn build(article: &OpenArticle, state: &State, tab: Tab) -> Self {
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
                        offers: None,
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
            add_offers(&mut rows, article, state);
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
                    let person = entry.offers.as_ref().and_then(|offers| offers.person);
                    built.persons.extend(person.map(|person| (person, at)));
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

/// Adds the suggested mentions of persons: to the row of the record that bears the name, else as rows of their own.
fn add_offers(rows: &mut Vec<(TextPlace, Row)>, article: &OpenArticle, state: &State) {
    let Some(people) = article.analysis.as_ref().map(|found| &found.people) else {
        return;
    };
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (at, (_, row)) in rows.iter().enumerate() {
        let Row::Tagged(Entry {
            record: Some(id), ..
        }) = row
        else {
            continue;
        };
        if let Some(record) = state.records.entities.resolve(id) {
            let names = record.aliases.iter().chain([&record.name]);
            by_name.extend(names.map(|name| (name.to_lowercase(), at)));
        }
    }
    for (person, ranks) in article.suggestions.by_person() {
        let first = ranks.first().and_then(|at| article.suggestions.get(*at));
        let (Some(at), Some(first)) = (ranks.first(), first) else {
            continue;
        };
        let offers = Offers {
            first: *at,
            count: ranks.len(),
            person: Some(person),
        };
        // Behind an annotation that begins with it.
        let place = (first.start(), usize::MAX, Id::new("\u{10FFFF}"));
        let known = by_name.get(&people.name(person).to_lowercase());
        match known.and_then(|at| rows.get_mut(*at)) {
            Some((its, Row::Tagged(entry))) if entry.offers.is_none() => {
                entry.offers = Some(offers);
                // The row stands where the person is first named, so that accepting that mention does not move it.
                *its = place.min(its.clone());
            }
            _ => rows.push((place, Row::Suggested(offers))),
        }
    }
}

/// The record of a person or source, tombstones followed.
pub(super) fn record_of(annotation: &Annotation, state: &State) -> Option<Id> {
    if !matches!(annotation.layer, Layer::Person | Layer::Source) {
        return None;
    }
    let id = annotation.entity.as_ref()?;
    let entity = state.records.entities.resolve(id);
    Some(entity.map_or_else(|| id.clone(), |entity| entity.id.clone()))
}
