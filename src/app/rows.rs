//! The rows of the article list, packed: a hundred thousand take some ten megabytes, headlines included.
//!
//! What most articles lack (codes, something wrong) stands aside. A row is looked at through [`Row`], which borrows.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use ahash::RandomState;

use super::article::ArticleKey;
use crate::model::Status;
use crate::store::{Articles, RowInfo};

/// So many bytes of headlines may be of no use before they are packed again.
const SPARE: usize = 1 << 20;

/// The articles of the list, in its order.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    articles: Articles,
    facts: Vec<Facts>,
    /// Headlines, one behind the other, and how much of that is of use.
    titles: String,
    used: usize,
    asides: HashMap<ArticleKey, Aside>,
    /// Half of each name's hash with its place, in order.
    index: Vec<u64>,
}

/// What is known of an article.
#[derive(Debug, Clone, Copy, Default)]
struct Facts {
    title: u32,
    title_len: u16,
    is_read: bool,
    is_missing: bool,
    has_aside: bool,
    status: Status,
    tags: u32,
}

/// What is known of few articles.
#[derive(Debug, Clone, Default)]
struct Aside {
    codes: BTreeMap<String, usize>,
    problem: Option<String>,
}

/// One article in the list.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Its name in the folder.
    pub key: &'a str,
    /// Headline, status and number of tags, once they are read.
    pub info: Option<Info<'a>>,
}

/// What a row shows of its article.
#[derive(Debug, Clone, Copy)]
pub struct Info<'a> {
    /// The headline, on one line; empty when the article has none.
    pub title: &'a str,
    /// How far the work is.
    pub status: Status,
    /// How many annotations the sidecar lists.
    pub tags: usize,
    /// Whether the article is not there, and its sidecar is.
    pub is_missing: bool,
    aside: Option<&'a Aside>,
}

impl<'a> Info<'a> {
    /// How often each code is given, as the annotations name it.
    pub fn codes(&self) -> impl Iterator<Item = (&'a str, usize)> + use<'a> {
        let codes = self.aside.into_iter().flat_map(|aside| &aside.codes);
        codes.map(|(named, count)| (named.as_str(), *count))
    }

    /// Why the sidecar cannot be read, if so.
    pub fn problem(&self) -> Option<&'a str> {
        self.aside?.problem.as_deref()
    }
}

impl Row<'_> {
    /// Whether the article is not there, and its sidecar is.
    pub fn is_missing(&self) -> bool {
        self.info.is_some_and(|info| info.is_missing)
    }
}

/// The same for all lists, so that one can be compared with another.
static HASH: LazyLock<RandomState> = LazyLock::new(|| RandomState::with_seeds(1, 2, 3, 4));

fn half_hash(name: &str) -> u64 {
    HASH.hash_one(name) >> 32 << 32
}

impl Rows {
    /// Rows of these articles, with what is known of them already.
    pub fn new(articles: Articles, known: &Self) -> Self {
        let hashed = articles.iter().zip(0u64..);
        let mut index: Vec<u64> = hashed.map(|(name, at)| half_hash(name) | at).collect();
        index.sort_unstable();
        let mut rows = Self {
            facts: vec![Facts::default(); articles.len()],
            articles,
            index,
            ..Self::default()
        };
        if known.is_empty() {
            return rows;
        }
        for at in 0..rows.len() {
            let name = rows.articles.get(at).unwrap_or_default();
            let Some(before) = known.at(name) else {
                continue;
            };
            if let Some((key, aside)) = known.asides.get_key_value(name) {
                rows.asides.insert(key.clone(), aside.clone());
            }
            rows.facts[at] = Facts {
                title: 0,
                title_len: 0,
                ..known.facts[before]
            };
            rows.set_title(at, known.title(before));
        }
        rows
    }

    /// Their names and files.
    pub fn articles(&self) -> &Articles {
        &self.articles
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// Where an article stands.
    pub fn at(&self, name: &str) -> Option<usize> {
        let hash = half_hash(name);
        let from = self.index.partition_point(|entry| *entry < hash);
        let same = self.index[from..].iter();
        let same = same.take_while(|entry| **entry >> 32 == hash >> 32);
        // The lower half is a place in a list.
        let mut places = same.map(|entry| (entry & u64::from(u32::MAX)) as usize);
        places.find(|at| self.articles.get(*at) == Some(name))
    }

    /// The row at a place.
    pub fn get(&self, at: usize) -> Option<Row<'_>> {
        let key = self.articles.get(at)?;
        let facts = self.facts[at];
        let info = facts.is_read.then(|| Info {
            title: self.title(at),
            status: facts.status,
            tags: facts.tags as usize,
            is_missing: facts.is_missing,
            aside: self.asides.get(key).filter(|_| facts.has_aside),
        });
        Some(Row { key, info })
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// The name of the article at a place, to keep.
    pub fn key(&self, at: usize) -> Option<ArticleKey> {
        self.articles.get(at).map(ArticleKey::from)
    }

    /// Takes in what was read. An article that is gone keeps the headline it had.
    pub fn set(&mut self, at: usize, info: RowInfo) {
        let Some(name) = self.articles.get(at) else {
            return;
        };
        let has_aside = info.problem.is_some() || !info.codes.is_empty();
        if has_aside {
            let (codes, problem) = (info.codes, info.problem);
            self.asides.insert(name.into(), Aside { codes, problem });
        } else {
            self.asides.remove(name);
        }
        let facts = &mut self.facts[at];
        let keeps_title = info.is_missing && facts.is_read;
        *facts = Facts {
            is_read: true,
            is_missing: info.is_missing,
            has_aside,
            status: info.status,
            tags: u32::try_from(info.tags).unwrap_or(u32::MAX),
            ..*facts
        };
        if !keeps_title {
            self.set_title(at, &info.title);
        }
    }

    /// The article is not there any more, and its sidecar is.
    pub fn set_missing(&mut self, at: usize) {
        let facts = &mut self.facts[at];
        (facts.is_read, facts.is_missing) = (true, true);
    }

    /// How far the work is, where the row is read.
    pub fn set_work(&mut self, at: usize, status: Status, tags: usize) {
        let facts = &mut self.facts[at];
        if facts.is_read {
            facts.status = status;
            facts.tags = u32::try_from(tags).unwrap_or(u32::MAX);
        }
    }

    fn title(&self, at: usize) -> &str {
        let facts = self.facts[at];
        let start = facts.title as usize;
        &self.titles[start..start + usize::from(facts.title_len)]
    }

    fn set_title(&mut self, at: usize, title: &str) {
        if self.title(at) == title {
            return;
        }
        self.used -= usize::from(self.facts[at].title_len);
        self.facts[at].title_len = 0;
        if self.titles.len() > 2 * self.used + SPARE {
            self.pack();
        }
        // A headline has 200 characters at the most, and a folder 200,000 articles.
        let start = u32::try_from(self.titles.len());
        if let (Ok(start), Ok(len)) = (start, u16::try_from(title.len())) {
            (self.facts[at].title, self.facts[at].title_len) = (start, len);
            self.titles.push_str(title);
            self.used += title.len();
        }
    }

    /// Packs the headlines that are of use.
    fn pack(&mut self) {
        let mut titles = String::with_capacity(self.used);
        for at in 0..self.len() {
            let start = titles.len();
            titles.push_str(self.title(at));
            // It is shorter than what it was packed from.
            self.facts[at].title = start as u32;
        }
        self.titles = titles;
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read(title: &str) -> RowInfo {
        RowInfo {
            title: title.to_owned(),
            ..RowInfo::default()
        }
    }

    fn rows(names: &[&str], known: &Rows) -> Rows {
        let mut articles = Articles::new(Path::new("news"));
        names.iter().for_each(|name| articles.add(name));
        Rows::new(articles, known)
    }

    #[test]
    fn a_row_holds_what_was_read_and_keeps_it_in_another_list() {
        let mut before = rows(&["a.txt", "b.txt", "c.txt"], &Rows::default());
        assert!(before.get(1).is_some_and(|row| row.info.is_none()));
        before.set_work(1, Status::Done, 3);
        assert!(
            before.get(1).is_some_and(|row| row.info.is_none()),
            "not read"
        );
        let codes = [("mood".to_owned(), 2)].into();
        let problem = Some("it is torn".to_owned());
        before.set(
            1,
            RowInfo {
                codes,
                problem,
                tags: 4,
                ..read("Ferry late")
            },
        );
        before.set_work(1, Status::InWork, 5);
        before.set(2, read("Bridge open"));
        before.set_missing(2);
        let after = rows(&["b.txt", "bb.txt", "c.txt"], &before);
        for name in ["a.txt", "b.txt", "bb.txt", "c.txt", "d.txt"] {
            let row = after.at(name).and_then(|at| after.get(at));
            assert_eq!(
                row.map(|row| row.key),
                Some(name).filter(|n| !["a.txt", "d.txt"].contains(n))
            );
        }
        let info = |at| after.get(at).and_then(|row| row.info);
        let b = info(0).expect("it was read");
        assert_eq!(
            (b.title, b.status, b.tags),
            ("Ferry late", Status::InWork, 5)
        );
        assert_eq!(b.codes().collect::<Vec<_>>(), [("mood", 2)]);
        assert_eq!(b.problem(), Some("it is torn"));
        assert!(info(1).is_none());
        let c = info(2).expect("it was read");
        assert_eq!(
            (c.title, c.is_missing, c.problem()),
            ("Bridge open", true, None)
        );
    }

    #[test]
    fn a_missing_article_keeps_its_headline_and_a_sound_one_loses_its_problem() {
        let mut rows = rows(&["a.txt"], &Rows::default());
        let problem = Some("it is torn".to_owned());
        rows.set(
            0,
            RowInfo {
                problem,
                ..read("Ferry late")
            },
        );
        rows.set(0, RowInfo::missing());
        let info = rows.get(0).and_then(|row| row.info).expect("it is known");
        assert_eq!((info.title, info.problem()), ("Ferry late", None));
        assert!(rows.asides.is_empty());
    }

    #[test]
    fn headlines_that_change_again_and_again_take_no_more_room() {
        let names: Vec<String> = (0..500).map(|at| format!("{at}.txt")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut rows = rows(&names, &Rows::default());
        for round in 0..100 {
            for at in 0..rows.len() {
                rows.set(at, read(&format!("{round} {at} {}", "ä".repeat(40))));
            }
        }
        let title = |at| rows.get(at).and_then(|row| row.info).map(|info| info.title);
        for at in [0, 250, 499] {
            assert_eq!(title(at), Some(&*format!("99 {at} {}", "ä".repeat(40))));
        }
        let all = rows.iter().filter_map(|row| row.info);
        assert_eq!(rows.used, all.map(|info| info.title.len()).sum::<usize>());
        assert!(rows.titles.len() <= 2 * rows.used + SPARE + 200);
    }
}
