//! Other places of the same words: what an annotation looks for, where that stands untagged in one article, and in all
//! articles of a folder, with those that a person leaves out.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::article::{ArticleKey, OpenArticle};
use super::codes::CODE;
use super::state::State;
use super::wording::shorten;
use crate::model::{Annotation, Attrs, EntityKind, Id, Layer, Span};
use crate::store::{self, Articles};
use crate::suggest::Learnt;
use crate::{suggest, text};

/// So many articles are tagged in one step: they stay in memory for as long as that can be taken back.
pub const MOST_ARTICLES: usize = 500;

/// How much of a passage is shown in the strip, in characters.
const SHORT: usize = 32;
/// The same where it has a line of its own, and how much of that may stand before it.
const LINE: usize = 90;
const BEFORE: usize = 36;

/// Progress is told after so many articles.
const TELL_EVERY: usize = 250;

/// What is looked for, and what is made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Like {
    /// The annotation that it was asked on.
    pub id: Id,
    /// Its record's name or its words, for people.
    pub words: String,
    /// What it goes by, the longest first.
    pub names: Vec<String>,
    /// The layer of what is made.
    pub layer: Layer,
    /// Its record.
    pub entity: Option<Id>,
    /// What it says of every place alike: its code.
    pub attrs: Attrs,
}

impl Like {
    /// What an annotation of the open article looks for.
    pub fn of(state: &State, id: &Id) -> Option<Self> {
        let article = state.article()?;
        let annotation = article.annotation(id)?;
        let is_name = matches!(annotation.layer, Layer::Person | Layer::Source);
        let mut attrs = Attrs::default();
        attrs.set(CODE, annotation.attrs.get(CODE).cloned());
        let record = annotation.entity.as_ref();
        let record = record.and_then(|id| state.records.entities.resolve(id));
        let is_person = record.is_some_and(|record| record.kind == EntityKind::Person);
        let (names, layer) = match (is_name, is_person) {
            (false, _) => (vec![annotation.exact()], annotation.layer),
            (true, true) => (names_of(state, article, annotation), Layer::Person),
            (true, false) => (names_of(state, article, annotation), Layer::Source),
        };
        Some(Self {
            id: id.clone(),
            words: match record {
                Some(record) => record.name.clone(),
                None => shorten(&annotation.exact(), 40),
            },
            names,
            layer,
            entity: annotation.entity.clone(),
            attrs,
        })
    }

    /// "3 mentions", "1 passage".
    pub fn counted(&self, count: usize) -> String {
        let noun = match self.layer {
            Layer::Person | Layer::Source => "mention",
            _ => "passage",
        };
        let ending = if count == 1 { "" } else { "s" };
        format!("{count} {noun}{ending}")
    }

    /// Whether this annotation, where it lies, is one of these already.
    fn is_like(&self, other: &Annotation) -> bool {
        match self.layer {
            Layer::Person | Layer::Source => {
                matches!(other.layer, Layer::Person | Layer::Source)
            }
            Layer::Code => {
                let code = |attrs: &Attrs| attrs.get(CODE).cloned();
                other.layer == Layer::Code && code(&other.attrs) == code(&self.attrs)
            }
            layer => other.layer == layer,
        }
    }

    /// Whether none of these lies on a span yet.
    pub fn is_free(&self, article: &OpenArticle, span: Span) -> bool {
        let marks = article.marks.touching(span).filter(|mark| !mark.is_cue);
        let mut others = marks.filter_map(|mark| article.annotation(&mark.id));
        !others.any(|other| self.is_like(other))
    }

    /// Where it stands in an article and is not tagged; the longest name wins where two overlap.
    pub fn untagged(&self, article: &OpenArticle) -> Vec<Span> {
        let mut found: Vec<Span> = Vec::new();
        for name in &self.names {
            let mut more = text::find_all(article.source.as_str(), name);
            more.retain(|span| {
                let at = found.partition_point(|s| s.start() < span.start());
                let near = &found[at.saturating_sub(1)..found.len().min(at + 1)];
                near.iter().all(|s| !s.overlaps(*span))
            });
            // Two runs that are in order: no more than a merge.
            found.append(&mut more);
            found.sort_by_key(|span| span.start());
        }
        found.retain(|span| self.is_free(article, *span));
        if self.is_ambiguous() {
            let whole = |name: &&String| name.contains(char::is_whitespace);
            let mut names = self.names.iter().filter(whole);
            let is_named =
                names.any(|name| !text::find_all(article.source.as_str(), name).is_empty());
            found.retain(|span| self.is_meant(article, *span, is_named));
        }
        found
    }

    /// Whether a part of its name may be another person's: Lind, where Mara Lind is meant.
    fn is_ambiguous(&self) -> bool {
        let is_whole = |name: &String| name.contains(char::is_whitespace);
        self.layer == Layer::Person
            && self.names.iter().any(is_whole)
            && !self.names.iter().all(is_whole)
    }

    /// Whether a part of the name stands for this person: in an article that has the whole name, where the rules do not
    /// know it for somebody else's.
    fn is_meant(&self, article: &OpenArticle, span: Span, is_named: bool) -> bool {
        let source = &article.source;
        if source.slice(span).contains(char::is_whitespace) {
            return true;
        }
        let people = article.analysis.as_ref().map(|found| &found.people);
        let mention = people.and_then(|people| people.touching(span).next());
        let (Some(people), Some(mention)) = (people, mention) else {
            return is_named || article.annotation(&self.id).is_some();
        };
        let is_ours = |words: &str| {
            words.contains(char::is_whitespace) && self.names.iter().any(|name| name == words)
        };
        let same = people.mentions.iter();
        let mut same = same.filter(|other| other.person == mention.person);
        is_ours(people.name(mention.person)) || same.any(|m| is_ours(source.slice(m.span)))
    }

    /// The same with what is shown of it, if there is any.
    pub fn found_in(&self, article: &OpenArticle) -> Option<Passages> {
        let places: Vec<Passage> = self
            .untagged(article)
            .into_iter()
            .map(|span| Passage {
                span,
                words: article.source.slice(span).to_owned(),
                around: in_line(article, span),
                block: article.block_at(span.start()),
            })
            .collect();
        (!places.is_empty()).then(|| Passages {
            key: article.key.clone(),
            path: article.path.clone(),
            title: article.title(),
            readonly: article.readonly.clone(),
            places,
        })
    }
}

/// The names under which a mention's record goes in an article: its whole name, its aliases, how it is mentioned, and
/// the forms that the rules take for the same person.
fn names_of(state: &State, article: &OpenArticle, annotation: &Annotation) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if let Some(record) = &annotation.entity {
        if let Some(entity) = state.records.entities.resolve(record) {
            names.push(entity.name.clone());
            names.extend(entity.aliases.iter().cloned());
        }
        let mentions = article.sidecar.annotations.values();
        let mentions = mentions.filter(|a| a.entity.as_ref() == Some(record));
        let persons = mentions.filter(|a| a.layer == Layer::Person);
        names.extend(persons.map(Annotation::exact));
    }
    if let (Some(analysis), Some(hull)) = (&article.analysis, annotation.hull()) {
        let people = &analysis.people;
        let same = people
            .mentions
            .iter()
            .find(|m| m.span.overlaps(hull))
            .map(|m| m.person);
        let forms = people.mentions.iter().filter(|m| Some(m.person) == same);
        names.extend(forms.map(|m| article.source.slice(m.span).to_owned()));
    }
    // A pronoun is no name.
    names.retain(|name| name.starts_with(char::is_uppercase) && name.chars().count() > 2);
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// A passage with the word on either side of it, as they stand in its sentence.
pub fn in_short(article: &OpenArticle, span: Span) -> String {
    let (before, after) = beside(article, span);
    let from = before.trim_end().rfind(char::is_whitespace);
    let from = from.map_or(0, |at| at + 1);
    let gap = after.len() - after.trim_start().len();
    let to = after[gap..].find(char::is_whitespace);
    let to = to.map_or(after.len(), |at| gap + at);
    let words = article.source.slice(span);
    shorten(
        &format!("{}{words}{}", &before[from..], &after[..to]),
        SHORT,
    )
}

/// A passage in its sentence, as much as fits on a line; the passage itself always does.
fn in_line(article: &OpenArticle, span: Span) -> String {
    let (before, after) = beside(article, span);
    let far = before.char_indices().rev().nth(BEFORE).map(|(at, _)| at);
    let lead = match far {
        Some(at) => {
            let rest = before[at..]
                .find(char::is_whitespace)
                .map_or(0, |gap| gap + 1);
            format!("… {}", &before[at + rest..])
        }
        None => before.to_owned(),
    };
    let words = article.source.slice(span);
    shorten(&format!("{lead}{words}{after}"), LINE)
}

/// What stands before and behind a passage in its sentence.
fn beside(article: &OpenArticle, span: Span) -> (&str, &str) {
    let sentence = article.sentence_at(span.start()).unwrap_or(span).hull(span);
    let before = Span::new(sentence.start(), span.start());
    let after = Span::new(span.end(), sentence.end());
    (article.source.slice(before), article.source.slice(after))
}

/// One untagged place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where.
    pub span: Span,
    /// The very words, to be seen again when it is tagged.
    pub words: String,
    /// Them with what stands around.
    pub around: String,
    /// The rank of its paragraph.
    pub block: usize,
}

/// The untagged places of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passages {
    /// The article.
    pub key: ArticleKey,
    /// Its file.
    pub path: PathBuf,
    /// Its headline.
    pub title: String,
    /// Why nothing can be tagged there, if so.
    pub readonly: Option<String>,
    /// Where.
    pub places: Vec<Passage>,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The folder is being searched.
    Searching,
    /// A person looks at what was found.
    Choosing,
    /// The articles are being opened, to be tagged.
    Opening,
}

/// A, for the whole folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Everywhere {
    /// The number of the search; answers to older ones are dropped.
    pub ticket: u64,
    /// What is looked for.
    pub like: Like,
    /// How far it has come.
    pub progress: Progress,
    /// How many articles are through, of how many.
    pub done: (usize, usize),
    /// What was found, in the order of the list.
    pub found: Vec<Passages>,
    /// How many articles could not be read.
    pub unread: usize,
    /// How many more articles have such places than are tagged in one step.
    pub more: usize,
    /// Those that are left out: article and place, by their rank in `found`.
    pub left_out: BTreeSet<(usize, usize)>,
}

impl Everywhere {
    /// Whether a place would be tagged.
    pub fn is_meant(&self, article: usize, place: usize) -> bool {
        let found = self.found.get(article);
        found.is_some_and(|f| f.readonly.is_none()) && !self.left_out.contains(&(article, place))
    }

    /// The places of an article that would be tagged.
    pub fn meant_in(&self, article: usize) -> impl Iterator<Item = &Passage> {
        let places = self.found.get(article).into_iter();
        let places = places.flat_map(|found| found.places.iter().enumerate());
        places
            .filter(move |(at, _)| self.is_meant(article, *at))
            .map(|(_, place)| place)
    }

    /// How many places would be tagged, and in how many articles.
    pub fn meant(&self) -> (usize, usize) {
        let counts = (0..self.found.len()).map(|at| self.meant_in(at).count());
        counts.fold((0, 0), |(places, articles), count| {
            (places + count, articles + usize::from(count > 0))
        })
    }

    /// Leaves a place out or takes it in again; without a place, all of an article.
    pub fn toggle(&mut self, article: usize, place: Option<usize>) {
        let Some(found) = self.found.get(article) else {
            return;
        };
        let all: Vec<(usize, usize)> = match place {
            Some(place) => vec![(article, place)],
            None => (0..found.places.len()).map(|at| (article, at)).collect(),
        };
        if all.iter().all(|at| self.left_out.contains(at)) {
            self.left_out.retain(|at| !all.contains(at));
        } else {
            self.left_out.extend(all);
        }
    }
}

/// What a search of the folder brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Searched {
    /// What was found, in the order in which the articles were given.
    pub found: Vec<Passages>,
    /// How many articles could not be read.
    pub unread: usize,
}

/// Looks through articles on the disk. Stops, with nothing, as soon as it is not wanted any more.
pub fn search(
    like: &Like,
    learnt: &Learnt,
    articles: &Articles,
    is_wanted: impl Fn() -> bool,
    tell: impl Fn(usize),
) -> Searched {
    let mut searched = Searched::default();
    for (at, key) in articles.iter().enumerate() {
        if !is_wanted() {
            return Searched::default();
        }
        if at.is_multiple_of(TELL_EVERY) {
            tell(at);
        }
        let path = articles.path(key);
        // Most articles do not have it: they need not be segmented to see that.
        let is_there = |words: &str| {
            let mut names = like.names.iter();
            names.any(|name| !text::find_all(words, name).is_empty())
        };
        let article = match store::read_utf8(&path) {
            Ok(Some(words)) if !is_there(&words) => continue,
            Ok(_) => store::load_article(&path, None),
            Err(error) => Err(error),
        };
        match article {
            Ok(article) => {
                let mut article = OpenArticle::new(key.into(), article);
                if like.is_ambiguous() {
                    let words = article.source.as_str();
                    let found = suggest::suggest(words, &article.segments, learnt);
                    article.analysis = Some(Arc::new(found));
                }
                searched.found.extend(like.found_in(&article));
            }
            Err(_) => searched.unread += 1,
        }
    }
    searched
}
