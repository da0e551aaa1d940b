//! What a person has confirmed in this folder: names of its records, and verbs that were marked as cues.
//!
//! Looked up by hash, so ten thousand records cost an article nothing that can be felt; the tables are built once, at
//! the first article, in whatever thread reads it. *Limitations*: a name is found as it is written in its record or one
//! of its aliases, whatever the case of its letters; two confirmed persons of one surname leave a bare surname open.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::lexicon::Class;
use crate::model::{Entities, EntityKind};

/// The names and cues of a folder.
#[derive(Debug, Clone, Default)]
pub struct Learnt {
    /// Records, each with its name first and its aliases behind it.
    records: Vec<(EntityKind, Vec<String>)>,
    cues: Vec<String>,
    index: OnceLock<Index>,
}

/// A confirmed name that stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Confirmed<'a> {
    /// Person or organisation.
    pub(super) kind: EntityKind,
    /// The record's name.
    pub(super) name: &'a str,
}

#[derive(Debug, Clone, Default)]
struct Index {
    /// Records by each of their names, in lower case with single spaces.
    names: HashMap<Box<str>, usize>,
    /// First words of all names, with the number of words of the longest that begins so.
    first: HashMap<Box<str>, usize>,
    /// Persons by surname; `None` where two share it.
    surnames: HashMap<Box<str>, Option<usize>>,
    cues: HashSet<Box<str>>,
}

impl Learnt {
    /// Learns the names of a folder's records; what was merged into another record is a name of that one.
    pub fn from_records(entities: &Entities) -> Self {
        let mut records: Vec<(EntityKind, Vec<String>)> = Vec::with_capacity(entities.by_id.len());
        let mut at: HashMap<&str, usize> = HashMap::with_capacity(entities.by_id.len());
        for entity in entities.by_id.values() {
            let Some(whole) = entities.resolve(&entity.id) else {
                continue;
            };
            let index = *at.entry(whole.id.as_str()).or_insert_with(|| {
                let names = std::iter::once(&whole.name).chain(&whole.aliases);
                records.push((whole.kind, names.cloned().collect()));
                records.len() - 1
            });
            if whole.id != entity.id {
                let names = std::iter::once(&entity.name).chain(&entity.aliases);
                records[index].1.extend(names.cloned());
            }
        }
        Self {
            records,
            ..Self::default()
        }
    }

    /// Learns cues as they stood in the text: "quipped". Of several words ("according to") nothing is learnt.
    pub fn with_cues(mut self, cues: impl IntoIterator<Item = String>) -> Self {
        let single = |cue: &String| cue.chars().all(|c| c.is_alphabetic() || c == '-');
        self.cues.extend(cues.into_iter().filter(single));
        self.index = OnceLock::new();
        self
    }

    /// Whether any verb was confirmed.
    pub(super) fn has_cues(&self) -> bool {
        !self.cues.is_empty()
    }

    /// The classes of a verb of saying if a word in lower case was confirmed as a cue, else none.
    pub(super) fn cue(&self, lower: &str) -> Class {
        if !self.index().cues.contains(lower) {
            return Class::default();
        }
        Class::SAY.and(if lower.ends_with("ing") {
            Class::ING_FORM
        } else if lower.ends_with('s') {
            Class::THIRD_FORM
        } else {
            Class::PAST_FORM.and(Class::PARTICIPLE)
        })
    }

    /// The longest confirmed name at the front of `words`, and how many of them it takes.
    pub(super) fn name<'w>(
        &self,
        words: impl Iterator<Item = &'w str> + Clone,
    ) -> Option<(usize, Confirmed<'_>)> {
        if self.records.is_empty() {
            return None;
        }
        let index = self.index();
        let mut key = words.clone().next()?.to_lowercase();
        let most = *index.first.get(key.as_str())?;
        let mut found = index.names.get(key.as_str()).map(|record| (1, *record));
        for (more, word) in words.skip(1).take(most - 1).enumerate() {
            key.push(' ');
            key.extend(word.chars().flat_map(char::to_lowercase));
            if let Some(record) = index.names.get(key.as_str()) {
                found = Some((more + 2, *record));
            }
        }
        found.map(|(words, record)| (words, self.confirmed(record)))
    }

    /// Whether a confirmed person has a surname given in lower case, and which record if only one has it.
    pub(super) fn surname(&self, lower: &str) -> Option<Option<&str>> {
        if self.records.is_empty() {
            return None;
        }
        let record = *self.index().surnames.get(lower)?;
        Some(record.map(|record| self.confirmed(record).name))
    }

    fn confirmed(&self, record: usize) -> Confirmed<'_> {
        let (kind, names) = &self.records[record];
        Confirmed {
            kind: *kind,
            name: names.first().map_or("", String::as_str),
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            for (record, (kind, names)) in self.records.iter().enumerate() {
                for name in names {
                    index.add(name, record, *kind);
                }
            }
            index.cues = self
                .cues
                .iter()
                .map(|cue| cue.to_lowercase().into())
                .collect();
            index
        })
    }
}

impl Index {
    fn add(&mut self, name: &str, record: usize, kind: EntityKind) {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        let [first, .., last] = words[..] else {
            if let [only] = words[..] {
                self.names.entry(only.into()).or_insert(record);
                self.first.entry(only.into()).or_insert(1);
            }
            return;
        };
        self.names.entry(words.join(" ").into()).or_insert(record);
        let longest = self.first.entry(first.into()).or_default();
        *longest = words.len().max(*longest);
        if kind == EntityKind::Person {
            self.surnames
                .entry(last.into())
                .and_modify(|known| {
                    if *known != Some(record) {
                        *known = None;
                    }
                })
                .or_insert(Some(record));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entity, Id};
    use crate::suggest::suggest;
    use crate::text::segment;

    fn entity(id: &str, kind: EntityKind, name: &str, aliases: &[&str]) -> Entity {
        Entity {
            id: Id::new(id),
            name: name.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            kind,
            roles: Vec::new(),
            note: String::new(),
            merged_into: None,
            extra: Default::default(),
        }
    }

    fn records(all: Vec<Entity>) -> Learnt {
        let mut entities = Entities::default();
        for entity in all {
            entities.by_id.insert(entity.id.clone(), entity);
        }
        Learnt::from_records(&entities)
    }

    /// Checks a line in which every mention is marked ⟦so⟧, and gives the names of the persons.
    #[track_caller]
    fn check(learnt: &Learnt, marked: &str) -> Vec<String> {
        let text: String = marked.chars().filter(|c| !matches!(c, '⟦' | '⟧')).collect();
        let people = suggest(&text, &segment(&text), learnt).people;
        let (mut shown, mut at) = (String::new(), 0);
        for mention in &people.mentions {
            let span = mention.span;
            shown += &format!("{}⟦{}⟧", &text[at..span.start()], &text[span.range()]);
            at = span.end();
        }
        shown += &text[at..];
        assert_eq!(shown, marked);
        people.names
    }

    #[test]
    fn a_name_of_the_records_is_a_person_wherever_it_stands() {
        let learnt = records(vec![entity(
            "a",
            EntityKind::Person,
            "Quill Harbour",
            &["The Heron"],
        )]);
        check(&Learnt::default(), "The bells of Quill Harbour rang.");
        let names = check(
            &learnt,
            "The bells of ⟦Quill Harbour⟧ rang. ⟦The Heron⟧ bowed. ⟦QUILL HARBOUR⟧ left.",
        );
        assert_eq!(names, ["Quill Harbour"]);
    }

    #[test]
    fn a_bare_surname_of_the_records_is_that_person() {
        let venn = || entity("a", EntityKind::Person, "Orla Venn", &[]);
        check(&Learnt::default(), "The vote pleased Venn.");
        let names = check(&records(vec![venn()]), "The vote pleased ⟦Venn⟧.");
        assert_eq!(names, ["Orla Venn"]);
        let other = entity("b", EntityKind::Person, "Piet Venn", &[]);
        let names = check(&records(vec![venn(), other]), "The vote pleased ⟦Venn⟧.");
        assert_eq!(names, ["Venn"], "which of the two is open");
        check(&records(vec![venn()]), "The Venn is a river.");
    }

    #[test]
    fn a_surname_of_the_records_inside_another_full_name_is_somebody_else() {
        let learnt = records(vec![entity(
            "a",
            EntityKind::Person,
            "Mara Venn",
            &["Venn"],
        )]);
        let names = check(
            &learnt,
            "⟦Mara Venn⟧ left. ⟦Ola Venn⟧ was not there. Minister ⟦Venn⟧ was tired, ⟦M. Venn⟧ said.",
        );
        assert_eq!(names, ["Mara Venn", "Ola Venn"]);
        let names = check(&learnt, "⟦Ola Venn⟧ stayed. “We are tired,” ⟦Venn⟧ said.");
        assert_eq!(names, ["Ola Venn"], "the record is not named here");
        let names = check(
            &learnt,
            "Meanwhile ⟦Venn⟧ left, and Dockers ⟦Venn⟧ knew left too.",
        );
        assert_eq!(names, ["Mara Venn"]);
    }

    #[test]
    fn an_organisation_of_the_records_is_no_person() {
        let learnt = records(vec![entity("a", EntityKind::Organisation, "Ada Holm", &[])]);
        check(&Learnt::default(), "Critics of ⟦Ada Holm⟧ were few.");
        check(&learnt, "Critics of Ada Holm were few.");
    }

    #[test]
    fn what_was_merged_is_a_name_of_the_record_that_took_it_in() {
        let mut old = entity("b", EntityKind::Person, "Orla Moss", &[]);
        old.merged_into = Some(Id::new("a"));
        let learnt = records(vec![entity("a", EntityKind::Person, "Orla Venn", &[]), old]);
        let names = check(&learnt, "⟦Orla Moss⟧ was ill, and ⟦Venn⟧ knew.");
        assert_eq!(names, ["Orla Venn"]);
    }

    #[test]
    fn a_confirmed_verb_is_a_cue() {
        let text = "“It will not be sold,” Orla Venn harrumphed.";
        let read = |learnt: &Learnt| {
            let found = suggest(text, &segment(text), learnt).attributions;
            found
                .first()
                .and_then(|found| found.cue)
                .map(|cue| &text[cue.range()])
        };
        assert_eq!(read(&Learnt::default()), None);
        let cues = ["Harrumphed", "according to"].map(str::to_owned);
        assert_eq!(read(&Learnt::default().with_cues(cues)), Some("harrumphed"));
    }
}
