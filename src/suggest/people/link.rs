//! One person, one record: full names, bare surnames and first names brought together.
//!
//! *Limitations*: two persons of one surname are told apart by the mention that came last; nicknames are not known.

use std::collections::{HashMap, HashSet};

use super::evidence::{ENOUGH, ENOUGH_ALONE};
use super::run::Run;
use super::{People, PersonMention};
use crate::suggest::Confidence;
use crate::suggest::learnt::Learnt;

/// What is known of one person.
struct Record {
    name: String,
    words: usize,
    first: String,
}

/// Bearers of one surname that are compared with a new full name, the latest first.
const MOST_NAMESAKES: usize = 32;

#[derive(Default)]
struct Records {
    all: Vec<Record>,
    /// Persons by surname, the one mentioned last at the end.
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, usize>,
    /// Persons of the folder's records by the record's name.
    by_record: HashMap<String, usize>,
}

/// Decides on every run and links what is a person.
pub(super) fn link(text: &str, runs: &[Run<'_>], learnt: &Learnt) -> People {
    let key = |span: crate::model::Span| text[span.range()].to_lowercase();
    // How often a word stands alone where a person would: "Quist said".
    let mut alone: HashMap<String, usize> = HashMap::new();
    for run in runs
        .iter()
        .filter(|run| run.words == 1 && !run.evidence.barred)
    {
        *alone.entry(key(run.last)).or_default() += 1;
    }
    let mut whole: HashMap<String, usize> = HashMap::new();
    for run in runs.iter().filter(|run| run.words > 1) {
        *whole.entry(key(run.span)).or_default() += 1;
    }
    let accepted: Vec<bool> = runs
        .iter()
        .map(|run| {
            if run.record.is_some() {
                return true;
            }
            if run.words == 1 {
                return false;
            }
            let mut bonus = if alone.contains_key(&key(run.last)) {
                2
            } else {
                0
            };
            if whole.get(&key(run.span)).is_some_and(|count| *count > 1) {
                bonus += 1;
            }
            run.evidence.points + bonus >= ENOUGH
        })
        .collect();
    // Surnames and first names of everybody who is named in full anywhere.
    let mut surnames: HashMap<String, ()> = HashMap::new();
    let mut firsts: HashMap<String, ()> = HashMap::new();
    for (run, accepted) in runs.iter().zip(&accepted) {
        if *accepted {
            surnames.insert(key(run.last), ());
            firsts.insert(key(run.first), ());
        }
    }
    let mut records = Records::default();
    let mut out = People::default();
    let mut certain: HashSet<usize> = HashSet::new();
    for (run, accepted) in runs.iter().zip(accepted) {
        let last = key(run.last);
        let evidence = &run.evidence;
        let mut span = run.span;
        let person = if let Some(name) = run.record {
            let named_in_full = "Family name of somebody named in full in this article";
            match records
                .other_in_full(name, &last)
                .filter(|_| run.words == 1)
            {
                Some(other) => Some((other, named_in_full)),
                None => {
                    let person = records.confirmed(name, &key(run.first), &last);
                    Some((person, evidence.why))
                }
            }
        } else if run.words > 1 {
            let family = surnames.contains_key(&last) || run.namesake.is_some();
            if accepted || family && evidence.points >= 1 {
                let person = records.full(text, run, &key(run.first), &last);
                Some((person, evidence.why))
            } else {
                // "Meanwhile Venn": no name as a whole, and still one of the records.
                span = run.last;
                run.namesake.map(|name| {
                    let person = records.confirmed(name, &last, &last);
                    (person, "A name of your records")
                })
            }
        } else if surnames.contains_key(&last) && (!evidence.barred || evidence.titled) {
            Some((
                records.surname(text, run, &last),
                "Family name of somebody named in full in this article",
            ))
        } else if !evidence.barred
            && let Some(record) = learnt.surname(&last)
        {
            let person = match record {
                Some(name) => records.confirmed(name, "", &last),
                None => records.surname(text, run, &last),
            };
            Some((person, "Family name of somebody in your records"))
        } else if firsts.contains_key(&last) && evidence.given && !evidence.barred {
            let why = "First name of somebody named in full in this article";
            records.by_first.get(&last).map(|person| (*person, why))
        } else if !evidence.barred && alone_is_a_person(run) {
            Some((records.surname(text, run, &last), evidence.why))
        } else if let Some(known) = records.by_last.get(&last).filter(|_| !evidence.barred) {
            known.last().map(|person| {
                (
                    *person,
                    "The same name is a person elsewhere in this article",
                )
            })
        } else {
            None
        };
        if let Some((person, why)) = person {
            out.mentions.push(PersonMention {
                span,
                person,
                introduced: evidence.introduced,
                confidence: Confidence::Likely,
                why,
            });
            // One good reason anywhere speaks for every mention of the same person.
            if run.record.is_some() || evidence.introduced || evidence.given && run.words > 1 {
                certain.insert(person);
            }
        }
    }
    for mention in &mut out.mentions {
        if certain.contains(&mention.person) {
            mention.confidence = Confidence::Sure;
        }
    }
    out.names = records.all.into_iter().map(|record| record.name).collect();
    out
}

/// A single word that nobody introduced needs a title, a well-known name, or something to say.
fn alone_is_a_person(run: &Run<'_>) -> bool {
    let evidence = &run.evidence;
    (evidence.titled || evidence.known) && evidence.points >= 1
        || evidence.points >= ENOUGH_ALONE && (evidence.speaks || evidence.given)
}

impl Records {
    fn full(&mut self, text: &str, run: &Run<'_>, first: &str, last: &str) -> usize {
        let name = &text[run.span.range()];
        let list = self.by_last.entry(last.to_owned()).or_default();
        let found = list
            .iter()
            .enumerate()
            .rev()
            .take(MOST_NAMESAKES)
            .find(|(_, person)| compatible(&self.all[**person].first, first))
            .map(|(at, _)| at);
        let person = match found {
            Some(at) => {
                let person = list.remove(at);
                let record = &mut self.all[person];
                if run.words > record.words {
                    record.words = run.words;
                    tidy(name).clone_into(&mut record.name);
                }
                if record.first.is_empty() || record.first.ends_with('.') {
                    first.clone_into(&mut record.first);
                }
                person
            }
            None => {
                self.all.push(Record {
                    name: tidy(name),
                    words: run.words,
                    first: first.to_owned(),
                });
                self.all.len() - 1
            }
        };
        list.push(person);
        self.by_first.insert(first.to_owned(), person);
        person
    }

    /// Who else a surname is, where the article has named somebody of that surname in full and the record not at all.
    fn other_in_full(&self, record: &str, last: &str) -> Option<usize> {
        if self.by_record.contains_key(record) {
            return None;
        }
        let person = *self.by_last.get(last)?.last()?;
        (self.all[person].words > 1).then_some(person)
    }

    /// A person of the folder's records, under the record's name whatever the article writes.
    fn confirmed(&mut self, name: &str, first: &str, last: &str) -> usize {
        if let Some(person) = self.by_record.get(name) {
            return *person;
        }
        let given = match name.split_once(' ') {
            Some((given, _)) => given.to_lowercase(),
            None => first.to_owned(),
        };
        self.all.push(Record {
            name: tidy(name),
            words: usize::MAX,
            first: given,
        });
        let person = self.all.len() - 1;
        self.by_record.insert(name.to_owned(), person);
        self.by_last
            .entry(last.to_owned())
            .or_default()
            .push(person);
        self.by_first.insert(first.to_owned(), person);
        person
    }

    fn surname(&mut self, text: &str, run: &Run<'_>, last: &str) -> usize {
        let list = self.by_last.entry(last.to_owned()).or_default();
        if let Some(person) = list.last() {
            return *person;
        }
        self.all.push(Record {
            name: tidy(&text[run.span.range()]),
            words: 1,
            first: String::new(),
        });
        let person = self.all.len() - 1;
        list.push(person);
        person
    }
}

/// A name on one line, whatever the wrapping of the text.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two first names can be one person's: the same, an initial of the other, or not known.
fn compatible(known: &str, other: &str) -> bool {
    if known.is_empty() || other.is_empty() || known == other {
        return true;
    }
    let initial = |short: &str, long: &str| {
        short.ends_with('.')
            && short
                .chars()
                .next()
                .is_some_and(|first| long.starts_with(first))
    };
    initial(known, other) || initial(other, known)
}
