//! What the panel's five lists hold, worked out once for each revision of the article.
//!
//! Mentions of one record are one entry; annotations without a certain place are all under More. What an entry shows
//! is worked out for the visible rows alone.

use std::collections::HashMap;

use crate::app::{ArticleKey, OpenArticle, State, Tab};
use crate::model::{Annotation, EntityKind, Id, Layer};

/// One row: an annotation, or all mentions of a record.
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
}

/// The five lists of an article.
#[derive(Debug, Default)]
pub struct Lists {
    basis: Option<Basis>,
    tabs: [Vec<Entry>; Tab::ALL.len()],
    /// Where an annotation stands in each list that has it.
    places: [HashMap<Id, usize>; Tab::ALL.len()],
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
        };
        if self.basis.as_ref() == Some(&basis) {
            return;
        }
        self.basis = Some(basis);
        self.build(article, state);
    }

    fn build(&mut self, article: &OpenArticle, state: &State) {
        self.tabs = Default::default();
        self.places = Default::default();
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
                let list = &mut self.tabs[tab as usize];
                let at = match &record {
                    Some(record) => *groups.entry((tab, record.clone())).or_insert(list.len()),
                    None => list.len(),
                };
                self.places[tab as usize].insert(annotation.id.clone(), at);
                match list.get_mut(at) {
                    Some(entry) => entry.more.push(annotation.id.clone()),
                    None => list.push(Entry {
                        first: annotation.id.clone(),
                        more: Vec::new(),
                        record: record.clone(),
                    }),
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
            let list = &mut self.tabs[Tab::More as usize];
            self.places[Tab::More as usize].insert(orphan.id.clone(), list.len());
            list.push(Entry {
                first: orphan.id.clone(),
                more: Vec::new(),
                record: None,
            });
        }
    }

    /// The entries of a list.
    pub fn entries(&self, tab: Tab) -> &[Entry] {
        &self.tabs[tab as usize]
    }

    /// Where a list has an annotation.
    pub fn place(&self, tab: Tab, id: &Id) -> Option<usize> {
        self.places[tab as usize].get(id).copied()
    }

    /// The mentions that an annotation is one of: those of its person, wherever they are tagged.
    pub fn entry(&self, annotation: &Annotation) -> Option<&Entry> {
        let tabs = [Tab::People, Tab::of(annotation.layer)];
        tabs.into_iter()
            .find_map(|tab| self.entries(tab).get(self.place(tab, &annotation.id)?))
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
