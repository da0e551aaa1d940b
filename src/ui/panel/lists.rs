//! What the panel's five lists hold, worked out once for each revision of the article.
//!
//! Mentions of one record are one entry, as are suggested mentions of one person; annotations without a certain place
//! are all under More. What is tagged and what is suggested stand in one order, that of the text, so that a row stays
//! where it is when it is accepted. What a row shows is worked out for the visible ones alone.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::{ArticleKey, OpenArticle, SUGGESTED, State, Tab};
use crate::model::{Annotation, EntityKind, Id, Layer};
use crate::suggest::Suggestions;
use crate::ui::suggestion;

/// What a row leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// An annotation.
    Annotation(Id),
    /// A suggestion, by its rank in the text.
    Suggestion(usize),
}

impl Item {
    /// What has the focus, or else is in the editor.
    pub fn focused(article: &OpenArticle) -> Option<Self> {
        let offer = article.focus.suggestion.map(Self::Suggestion);
        offer.or_else(|| article.active.clone().map(Self::Annotation))
    }
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// What is tagged.
    Tagged(Entry),
    /// Suggestions by their ranks: one, or all open mentions of a person.
    Suggested(Vec<usize>),
}

impl Row {
    /// What a click on it leads to.
    pub fn first(&self) -> Item {
        match self {
            Self::Tagged(entry) => Item::Annotation(entry.first.clone()),
            Self::Suggested(ranks) => Item::Suggestion(ranks.first().copied().unwrap_or_default()),
        }
    }

    /// What a click leads to when one of the row has the focus already.
    pub fn after(&self, item: &Item) -> Item {
        match (self, item) {
            (Self::Tagged(entry), Item::Annotation(id)) => {
                Item::Annotation(entry.after(id).clone())
            }
            (Self::Suggested(ranks), Item::Suggestion(at)) => {
                let next = ranks.iter().find(|rank| *rank > at);
                next.map_or_else(|| self.first(), |rank| Item::Suggestion(*rank))
            }
            _ => self.first(),
        }
    }
}

/// An annotation, or all mentions of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The first annotation in the text.
    pub first: Id,
    /// The other mentions of the record, in the order of the text.
    pub more: Vec<Id>,
    /// The record, for persons and sources.
    pub record: Option<Id>,
}

impl Entry {
    /// All annotations of the entry.
    pub fn ids(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.first).chain(&self.more)
    }

    /// How many annotations the entry stands for.
    pub fn len(&self) -> usize {
        1 + self.more.len()
    }

    /// The mention behind this one; from the last, the first.
    pub fn after(&self, id: &Id) -> &Id {
        let at = self.ids().position(|other| other == id);
        let next = at.map_or(0, |at| (at + 1) % self.len());
        self.ids().nth(next).unwrap_or(&self.first)
    }
}

/// What the lists were worked out from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Basis {
    article: ArticleKey,
    text: usize,
    revision: u64,
    annotations: usize,
    records: u64,
    suggests: [bool; SUGGESTED.len()],
}

/// The five lists of an article.
#[derive(Debug, Default)]
pub struct Lists {
    basis: Option<Basis>,
    /// What the rules had found.
    found: Option<Arc<Suggestions>>,
    tabs: [Vec<Row>; Tab::ALL.len()],
    /// How many rows of each list are tagged.
    counts: [usize; Tab::ALL.len()],
    /// Where an annotation stands in each list that has it.
    places: [HashMap<Id, usize>; Tab::ALL.len()],
    /// Where a suggestion stands in the list of its kind.
    offers: HashMap<usize, usize>,
}

impl Lists {
    /// Works the lists out again if the article or the records have changed.
    pub fn refresh(&mut self, article: &OpenArticle, state: &State) {
        let basis = Basis {
            article: article.key.clone(),
            text: article.source.as_str().as_ptr() as usize,
            revision: article.save.revision,
            annotations: article.marks.total(),
            records: state.records.save.revision,
            suggests: SUGGESTED.map(|layer| state.suggests(layer)),
        };
        let is_same_found = match (&self.found, &article.analysis) {
            (Some(had), Some(has)) => Arc::ptr_eq(had, has),
            (had, has) => had.is_none() && has.is_none(),
        };
        if self.basis.as_ref() == Some(&basis) && is_same_found {
            return;
        }
        self.basis = Some(basis);
        self.found.clone_from(&article.analysis);
        self.build(article, state);
    }

    fn build(&mut self, article: &OpenArticle, state: &State) {
        // With the offset at which each row begins, so that both kinds can be put into one order.
        let mut rows: [Vec<(usize, Row)>; Tab::ALL.len()] = Default::default();
        tagged(&mut rows, article, state);
        suggested(&mut rows, article, state);
        self.places = Default::default();
        self.counts = Default::default();
        self.offers.clear();
        for (tab, mut rows) in rows.into_iter().enumerate() {
            rows.sort_by_key(|(start, _)| *start);
            for (at, (_, row)) in rows.iter().enumerate() {
                match row {
                    Row::Tagged(entry) => {
                        self.counts[tab] += 1;
                        let places = entry.ids().map(|id| (id.clone(), at));
                        self.places[tab].extend(places);
                    }
                    Row::Suggested(ranks) => self.offers.extend(ranks.iter().map(|r| (*r, at))),
                }
            }
            self.tabs[tab] = rows.into_iter().map(|(_, row)| row).collect();
        }
    }

    /// The rows of a list.
    pub fn rows(&self, tab: Tab) -> &[Row] {
        &self.tabs[tab as usize]
    }

    /// How many rows of a list are tagged.
    pub fn count(&self, tab: Tab) -> usize {
        self.counts[tab as usize]
    }

    /// Where a list has an annotation or a suggestion.
    pub fn place(&self, article: &OpenArticle, tab: Tab, item: &Item) -> Option<usize> {
        match item {
            Item::Annotation(id) => self.places[tab as usize].get(id).copied(),
            Item::Suggestion(at) => {
                let own = article.suggestions.get(*at).map(|s| Tab::of(s.layer));
                self.offers.get(at).copied().filter(|_| own == Some(tab))
            }
        }
    }

    /// The mentions that an annotation is one of: those of its person, wherever they are tagged.
    pub fn entry(&self, annotation: &Annotation) -> Option<&Entry> {
        let tabs = [Tab::People, Tab::of(annotation.layer)];
        tabs.into_iter().find_map(|tab| {
            let at = self.places[tab as usize].get(&annotation.id)?;
            match self.rows(tab).get(*at)? {
                Row::Tagged(entry) => Some(entry),
                Row::Suggested(_) => None,
            }
        })
    }
}

type Sorted = [Vec<(usize, Row)>; Tab::ALL.len()];

fn tagged(rows: &mut Sorted, article: &OpenArticle, state: &State) {
    let mut groups: HashMap<(Tab, Id), usize> = HashMap::new();
    for annotation in article
        .marks
        .in_order()
        .filter_map(|id| article.annotation(id))
    {
        let record = record_of(annotation, state);
        let own = Tab::of(annotation.layer);
        // A source whose record is a person counts as a mention of that person, without a mark of its own.
        let also =
            (own == Tab::Sources && is_person(record.as_ref(), state)).then_some(Tab::People);
        for tab in also.into_iter().chain([own]) {
            let list = &mut rows[tab as usize];
            let at = match &record {
                Some(record) => *groups.entry((tab, record.clone())).or_insert(list.len()),
                None => list.len(),
            };
            match list.get_mut(at) {
                Some((_, Row::Tagged(entry))) => entry.more.push(annotation.id.clone()),
                _ => {
                    let entry = Entry {
                        first: annotation.id.clone(),
                        more: Vec::new(),
                        record: record.clone(),
                    };
                    list.push((annotation.start().unwrap_or_default(), Row::Tagged(entry)));
                }
            }
        }
    }
    // Where they stood in the old text is the order in which people remember them.
    let mut orphans: Vec<&Annotation> = article
        .marks
        .orphans()
        .filter_map(|id| article.annotation(id))
        .collect();
    orphans.sort_by_key(|orphan| orphan.at.first().map(|target| target.selector.start));
    for orphan in orphans {
        let entry = Entry {
            first: orphan.id.clone(),
            more: Vec::new(),
            record: None,
        };
        // Behind everything that has a place.
        rows[Tab::More as usize].push((usize::MAX, Row::Tagged(entry)));
    }
}

fn suggested(rows: &mut Sorted, article: &OpenArticle, state: &State) {
    let mut groups: HashMap<&str, usize> = HashMap::new();
    for (at, offer) in article.suggestions.iter() {
        if !suggestion::is_shown(state, article, offer) {
            continue;
        }
        let list = &mut rows[Tab::of(offer.layer) as usize];
        let row = match suggestion::person(article, offer) {
            Some(name) => *groups.entry(name).or_insert(list.len()),
            None => list.len(),
        };
        match list.get_mut(row) {
            Some((_, Row::Suggested(ranks))) => ranks.push(at),
            _ => {
                let start = offer.spans.first().map_or(0, |span| span.start());
                list.push((start, Row::Suggested(vec![at])));
            }
        }
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

fn is_person(record: Option<&Id>, state: &State) -> bool {
    let entity = record.and_then(|id| state.records.entities.resolve(id));
    entity.is_some_and(|entity| entity.kind == EntityKind::Person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_walked_in_a_circle() {
        let entry = Entry {
            first: "a".into(),
            more: vec!["b".into(), "c".into()],
            record: Some("r".into()),
        };
        assert_eq!(entry.after(&"a".into()).as_str(), "b");
        assert_eq!(entry.after(&"c".into()).as_str(), "a");
        assert_eq!(entry.after(&"elsewhere".into()).as_str(), "a");
    }
}
