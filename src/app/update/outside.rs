//! What other programs do to the folder while it is open: articles and sidecars that are written, added, removed or
//! renamed.
//!
//! Nothing that is here and not saved is read over: it is saved first, and merged where the file is another one than we
//! know. The list follows file by file. Articles under a new name are `renaming`'s, copies are
//! `copies`'s.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use super::Cx;
use crate::app::article::{ArticleKey, DocId, OpenArticle, SaveFailure};
use crate::app::effect::Effect;
use crate::app::notice::Message;
use crate::app::reread::difference;
use crate::app::rows::{Row, Rows};
use crate::app::state::{Folder, State};
use crate::store::{self, Articles, Change, FolderEntry, MISSING, Noticed, Seen, StoreError};

/// What is said of a file of ours that another program removed.
const REMOVED: &str = "another program removed its file. “Save now” writes it again.";

/// What a burst comes to.
#[derive(Default)]
struct Burst {
    added: Vec<FolderEntry>,
    /// Rows to be read again.
    rows: BTreeSet<ArticleKey>,
    /// Articles that are in memory and may have changed.
    open: BTreeSet<ArticleKey>,
    /// Articles that are not there any more, and whether their sidecars are.
    gone: Vec<(ArticleKey, bool)>,
    /// Sidecars of articles that are not listed, as paths below the folder.
    loose: Vec<String>,
    reads_shared: bool,
    copies: usize,
}

impl Cx<'_> {
    pub(super) fn take_outside(&mut self, noticed: Noticed) {
        let Noticed::Changes(changes) = noticed else {
            self.notify(Message::info(
                "Very much changed at once in this folder; it is read again.",
            ));
            return self.refresh();
        };
        let mut burst = Burst::default();
        for change in changes {
            self.sort_in(change, &mut burst);
        }
        self.follow_rows(&mut burst);
        for key in std::mem::take(&mut burst.open) {
            self.read_again(&key);
        }
        if burst.reads_shared
            && let Some(folder) = &self.state.folder
        {
            self.state.codes.asked = self.state.codes.save.revision;
            self.effects.push(Effect::ReadShared {
                root: folder.root.clone(),
                revision: self.state.records.save.revision,
            });
        }
        if burst.copies > 0 {
            self.tell_copies();
        }
    }

    fn sort_in(&mut self, change: Change, burst: &mut Burst) {
        let Some(folder) = &mut self.state.folder else {
            return;
        };
        match change {
            Change::Article(entry) => {
                let key: ArticleKey = entry.rel.as_str().into();
                if folder.row(&key).is_some() {
                    burst.rows.insert(key.clone());
                    burst.open.insert(key);
                } else if !folder.is_alone {
                    folder.unreadable.retain(|file| file.rel != entry.rel);
                    burst.added.push(entry);
                }
            }
            Change::Unreadable(file) => {
                let key: ArticleKey = file.rel.as_str().into();
                let is_open = self.state.articles.contains_key(&key);
                if !is_open && (!folder.is_alone || folder.row(&key).is_some()) {
                    folder.set_apart(vec![(key, file.reason)]);
                }
            }
            Change::Sidecar(rel, seen) => self.sort_in_sidecar(rel, seen, burst),
            Change::Copy(copy) => {
                let is_known = folder.article_of_sidecar(&copy.rel).is_some();
                if !is_known && self.doc_of_file(&copy.of).is_some() {
                    self.offer_copy(copy);
                    burst.copies += 1;
                }
            }
            Change::Records(seen) => {
                let save = &self.state.records.save;
                // A save that is under way finds the other file, and merges it.
                burst.reads_shared |= !save.is_on_disk(seen) && save.is_saved();
            }
            // A save that is under way finds the other file, and merges it.
            Change::Codebook => burst.reads_shared |= self.state.codes.save.is_saved(),
            Change::Gone { rel, has_sidecar } => {
                folder.copies.retain(|copy| copy.rel != rel);
                folder.unreadable.retain(|file| file.rel != rel);
                let key: ArticleKey = rel.as_str().into();
                if folder.row(&key).is_some() {
                    burst.gone.push((key, has_sidecar));
                } else {
                    let below = format!("{rel}/");
                    let rows = folder.rows.iter().filter(|row| row.key.starts_with(&below));
                    burst.gone.extend(rows.map(|row| (row.key.into(), false)));
                    folder
                        .unreadable
                        .retain(|file| !file.rel.starts_with(&below));
                    folder.copies.retain(|copy| !copy.rel.starts_with(&below));
                }
            }
        }
    }

    fn sort_in_sidecar(&mut self, rel: String, seen: Seen, burst: &mut Burst) {
        let Some(folder) = &mut self.state.folder else {
            return;
        };
        if seen == Seen::Nothing {
            folder.copies.retain(|copy| copy.rel != rel);
        }
        let Some(key) = folder.article_of_sidecar(&rel) else {
            if seen != Seen::Nothing && !folder.is_alone {
                burst.loose.push(rel);
            }
            return;
        };
        if let Some(article) = self.state.articles.get(&key) {
            if article.save.is_on_disk(seen) {
                // What we wrote ourselves.
                return;
            }
            burst.open.insert(key.clone());
        }
        let is_missing = folder.row(&key).as_ref().is_some_and(Row::is_missing);
        if is_missing && seen == Seen::Nothing {
            burst.gone.push((key, false));
        } else {
            burst.rows.insert(key);
        }
    }

    /// The list follows what was added and what is gone.
    fn follow_rows(&mut self, burst: &mut Burst) {
        let Some(folder) = &mut self.state.folder else {
            return;
        };
        let added: Vec<_> = burst.added.iter().map(|e| e.path.clone()).collect();
        let mut articles = Articles::new(&folder.root);
        for entry in burst.added.drain(..) {
            articles.add_at(&entry.rel, &entry.path);
            burst.rows.insert(entry.rel.into());
        }
        let mut missing: BTreeSet<ArticleKey> = BTreeSet::new();
        for rel in burst.loose.drain(..) {
            let Some(stem) = store::article_of_sidecar(&rel) else {
                continue;
            };
            let key: ArticleKey = stem.into();
            if folder.row(&key).is_none() && articles.iter().all(|name| *name != *key) {
                burst.rows.insert(key.clone());
                articles.add(&key);
                missing.insert(key);
            }
        }
        let mut news = Vec::new();
        let mut removed = Vec::new();
        let mut gone = Vec::new();
        for (key, has_sidecar) in burst.gone.drain(..) {
            let Some(at) = folder.rows.at(&key) else {
                continue;
            };
            let open = self.state.articles.get(&key);
            // Of an open article we know what it was, also without its sidecar, and after an edit that was not saved.
            let sha256 = open.map(|article| article.sidecar.article.sha256.clone());
            gone.extend(sha256.map(|sha256| (folder.rows.articles().path(&key), Some(sha256))));
            if has_sidecar {
                folder.rows.set_missing(at);
                burst.rows.insert(key.clone());
                news.push(key.clone());
            } else {
                removed.push(key.clone());
            }
            burst.open.insert(key);
        }
        let count = articles.len();
        if count > 0 || !removed.is_empty() {
            folder.change_rows(&articles, &removed);
        }
        for at in missing
            .iter()
            .filter_map(|key| folder.rows.at(key))
            .collect::<Vec<_>>()
        {
            folder.rows.set_missing(at);
        }
        let articles = folder.rows.articles();
        let to_read = articles.only(|name| burst.rows.contains(name));
        if added.is_empty() {
            self.tell_missing(&news);
        } else {
            let missing = folder.rows.iter().filter(Row::is_missing);
            gone.extend(missing.map(|row| (articles.path(row.key), None)));
            if !gone.is_empty() {
                let among = added;
                self.effects.push(Effect::FindRenamed { gone, among, news });
            }
            self.say(match count {
                1 => "An article was added.".to_owned(),
                n => format!("{n} articles were added."),
            });
        }
        if !to_read.is_empty() {
            self.effects.push(Effect::ReadRows(to_read));
        }
        if self.state.current.is_none()
            && self.state.loading.is_none()
            && let Some(first) = self.state.folder.as_ref().and_then(|f| f.rows.key(0))
        {
            self.open_article(first);
        }
    }

    /// Says which articles are not there any more.
    pub(super) fn tell_missing(&mut self, keys: &[ArticleKey]) {
        match keys {
            [] => {}
            [key] => self.notify(Message::missing(&format!("“{key}” is"))),
            more => self.notify(Message::missing(&format!("{} articles are", more.len()))),
        }
    }

    /// Reads an open article again, as soon as what is here is saved.
    pub(super) fn read_again(&mut self, key: &ArticleKey) {
        let Some(article) = self.state.articles.get(key) else {
            return;
        };
        if !article.save.is_saved() {
            self.state.stale.insert(key.clone());
            return;
        }
        let revision = article.save.revision;
        self.state.reload.insert(key.clone(), revision);
        self.effects.push(Effect::Load {
            key: key.clone(),
            path: article.path.clone(),
            encoding: None,
            is_compared: true,
        });
    }

    /// Reads again what had to wait until it was saved.
    pub(super) fn reread_stale(&mut self) {
        let saved = |key: &ArticleKey| {
            let article = self.state.articles.get(key);
            article.is_none_or(|article| article.save.is_saved())
        };
        let ready: Vec<ArticleKey> = self
            .state
            .stale
            .iter()
            .filter(|k| saved(k))
            .cloned()
            .collect();
        self.state.stale.retain(|key| !ready.contains(key));
        ready.iter().for_each(|key| self.read_again(key));
    }

    /// An open article could not be read again.
    pub(super) fn reread_failed(&mut self, key: &ArticleKey, error: &StoreError) {
        if let StoreError::Missing { .. } = error {
            self.presence_changed(key, Some(MISSING.to_owned()));
        } else if self.state.articles.contains_key(key) {
            self.notify(Message::article_failed(key, error));
        }
    }

    /// An open article is not there any more, or there again, and everything else is as it was.
    pub(super) fn presence_changed(&mut self, key: &ArticleKey, readonly: Option<String>) {
        let Some(article) = self.state.articles.get_mut(key) else {
            return;
        };
        if article.readonly == readonly {
            return;
        }
        if !article.save.is_saved() {
            self.state.stale.insert(key.clone());
            return;
        }
        let was = std::mem::replace(&mut article.readonly, readonly);
        match &article.readonly {
            None if was.as_deref() == Some(MISSING) => {
                let message = Message::missing(&format!("“{key}” is"));
                self.withdraw(|notice| notice.summary == message.summary);
                self.notify(Message::info(format!("“{key}” is there again.")));
            }
            Some(why) if why != MISSING => {
                let why = why.clone();
                self.notify(Message::read_only(key, why));
            }
            _ => {}
        }
    }

    /// The sidecar of an open article is not there any more: what it held is here, and is not dropped.
    pub(super) fn sidecar_removed(&mut self, key: &ArticleKey, loaded: &OpenArticle) -> bool {
        let doc = DocId::Article(key.clone());
        let is_removed = self.state.articles.get(key).is_some_and(|article| {
            loaded.save.disk.is_none()
                && article.save.disk.is_some()
                && !article.sidecar.annotations.is_empty()
        });
        if is_removed {
            self.file_removed(&doc);
        }
        is_removed
    }

    /// Another program removed a file of ours: it counts as not saved until a person says what is to become of it.
    pub(super) fn file_removed(&mut self, doc: &DocId) {
        let what = self.what(doc);
        if let Some(save) = self.save_state(doc) {
            save.disk = None;
            save.revision += 1;
            save.failure = Some(SaveFailure {
                why: REMOVED.to_owned(),
                is_written: false,
            });
            self.notify(Message::file_removed(&what));
        }
    }

    /// Says what another program did to the tags of an open article.
    pub(super) fn reread_tags(&mut self, before: &OpenArticle) {
        let Some(now) = self.state.articles.get(&before.key) else {
            return;
        };
        let what = difference(&before.sidecar, &now.sidecar);
        let key = &before.key;
        self.notify(Message::info(format!(
            "Another program changed the tags of “{key}”: {what}."
        )));
        self.row_changed(&DocId::Article(before.key.clone()));
    }
}

impl OpenArticle {
    /// Whether the article that is open under the same name has the same text.
    pub(super) fn is_same_text(&self, state: &State) -> bool {
        let now = state.articles.get(&self.key);
        now.is_some_and(|now| now.source.as_str() == self.source.as_str())
    }
}

impl Folder {
    /// The article of the list that a sidecar is one of, by its path below the folder.
    pub(super) fn article_of_sidecar(&self, rel: &str) -> Option<ArticleKey> {
        let stem = rel.strip_suffix(".ann.json")?;
        if let Some(row) = self.row(stem) {
            return Some(row.key.into());
        }
        // A name that is too long for a sidecar's takes a short form with this sign.
        let path = stem.contains('~').then(|| self.root.join(rel))?;
        self.article_of_file(&path)
    }

    /// The article of the list whose sidecar stands at a path.
    pub(super) fn article_of_file(&self, path: &Path) -> Option<ArticleKey> {
        let articles = self.rows.articles();
        let is_it = |name: &&str| store::sidecar_path(&articles.path(name)) == path;
        let named = articles.name_of(path);
        let named = named.as_deref().and_then(|n| n.strip_suffix(".ann.json"));
        let named = named.filter(|name| self.rows.at(name).is_some());
        let is_usual = named.filter(is_it);
        is_usual
            .or_else(|| articles.iter().find(is_it))
            .map(Into::into)
    }

    /// Takes articles into the list, and others out of it.
    pub(super) fn change_rows(&mut self, added: &Articles, removed: &[ArticleKey]) {
        let removed: HashSet<&str> = removed.iter().map(|key| &**key).collect();
        let mut articles = self.rows.articles().only(|name| !removed.contains(name));
        articles.append(added);
        articles.sort();
        self.rows = Rows::new(articles, &self.rows);
        self.refilter();
    }
}
