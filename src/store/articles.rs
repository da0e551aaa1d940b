//! The articles of a folder by their names, packed: a hundred thousand take some megabytes, in two pieces.
//!
//! A path is put together when a file is opened; kept are only those that a name does not say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::folder::FolderEntry;
use super::names::natural_order;

/// Articles of one folder, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Articles {
    root: PathBuf,
    /// The names, one behind the other, and where each ends.
    names: String,
    ends: Vec<u32>,
    /// Paths of names with bytes that are not text.
    exact: BTreeMap<String, PathBuf>,
}

impl Articles {
    /// None yet.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            ..Self::default()
        }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The names, each a path below the folder with `/`.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        (0..self.len()).map(|at| self.name(at))
    }

    /// The name at a place of the list.
    pub fn get(&self, at: usize) -> Option<&str> {
        (at < self.len()).then(|| self.name(at))
    }

    fn name(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.names[start as usize..self.ends[at] as usize]
    }

    /// Where the article of a name is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.exact
            .get(name)
            .cloned()
            .unwrap_or_else(|| self.said(name))
    }

    /// The path that a name says.
    fn said(&self, name: &str) -> PathBuf {
        let mut path = PathBuf::with_capacity(self.root.as_os_str().len() + name.len() + 1);
        path.push(&self.root);
        path.extend(name.split('/'));
        path
    }

    /// The name of the article at a path, were there one.
    pub fn name_of(&self, path: &Path) -> Option<String> {
        let exact = self.exact.iter().find(|(_, exact)| *exact == path);
        exact.map(|(name, _)| name.clone()).or_else(|| {
            let rel = path.strip_prefix(&self.root).ok()?;
            let parts: Option<Vec<&str>> = rel.iter().map(|part| part.to_str()).collect();
            Some(parts?.join("/"))
        })
    }

    /// Names and paths.
    pub fn entries(&self) -> impl Iterator<Item = FolderEntry> {
        self.iter().map(|name| FolderEntry {
            rel: name.to_owned(),
            path: self.path(name),
        })
    }

    /// Adds an article whose path its name says.
    pub fn add(&mut self, name: &str) {
        self.names.push_str(name);
        // A folder has 200,000 entries at the most, and no system takes a path of 20 kB.
        self.ends
            .push(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
    }

    /// Adds an article at a path.
    pub fn add_at(&mut self, name: &str, path: &Path) {
        if self.said(name) != path {
            self.exact.insert(name.to_owned(), path.to_owned());
        }
        self.add(name);
    }

    /// Adds all of another list of the same folder.
    pub fn append(&mut self, others: &Self) {
        others.iter().for_each(|name| self.add(name));
        let exact = others.exact.iter();
        self.exact
            .extend(exact.map(|(name, path)| (name.clone(), path.clone())));
    }

    /// Those that are wanted, in the same order.
    pub fn only(&self, is_wanted: impl Fn(&str) -> bool) -> Self {
        let mut left = Self {
            exact: self.exact.clone(),
            ..Self::new(&self.root)
        };
        let wanted = self.iter().filter(|name| is_wanted(name));
        wanted.for_each(|name| left.add(name));
        left
    }

    /// Puts them into the order that people expect.
    pub fn sort(&mut self) {
        let mut names: Vec<&str> = self.iter().collect();
        if names.is_sorted_by(|a, b| natural_order(a, b).is_le()) {
            return;
        }
        names.sort_by(|a, b| natural_order(a, b));
        let mut sorted = Self {
            names: String::with_capacity(self.names.len()),
            ends: Vec::with_capacity(self.ends.len()),
            ..Self::default()
        };
        names.into_iter().for_each(|name| sorted.add(name));
        (self.names, self.ends) = (sorted.names, sorted.ends);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_put_together_from_the_name_unless_the_name_does_not_say_it() {
        let mut articles = Articles::new(Path::new("news"));
        let odd = Path::new("news/b/elsewhere.txt");
        articles.add_at("b/a10%FF.txt", odd);
        articles.add_at("b/a2.txt", Path::new("news/b/a2.txt"));
        articles.add("a%20.txt");
        articles.sort();
        let names: Vec<&str> = articles.iter().collect();
        assert_eq!(names, ["a%20.txt", "b/a2.txt", "b/a10%FF.txt"]);
        assert_eq!(articles.exact.len(), 1);
        assert_eq!(articles.path("b/a10%FF.txt"), odd);
        assert_eq!(articles.path("b/a2.txt"), Path::new("news/b/a2.txt"));
        for (name, entry) in names.iter().zip(articles.entries()) {
            assert_eq!(entry.rel, *name);
            assert_eq!(articles.name_of(&entry.path).as_deref(), Some(*name));
        }
        assert_eq!(articles.name_of(Path::new("olds/a.txt")), None);
        let left = articles.only(|name| name.ends_with("FF.txt"));
        assert_eq!((left.len(), left.path("b/a10%FF.txt")), (1, odd.to_owned()));
        assert_eq!(left.get(1), None);
    }
}
