//! Undo and redo after a restart: what is kept of the history, and what of a kept one still fits.
//!
//! It is kept when everything is saved, with the hashes of what was saved, so that it equals the sidecars or trails them.
//! A step is done only on what it was made on; what does not fit is forgotten, and said.

use std::collections::BTreeMap;
use std::task::Poll;

use super::Cx;
use crate::app::article::{ArticleKey, DocId};
use crate::app::effect::Effect;
use crate::app::history::{History, Transaction};
use crate::app::notice::Message;
use crate::model::{Edit, Place};
use crate::store::{self, KeptHistory, KeptStep, MadeOn};
use crate::text::SourceText;

impl Cx<'_> {
    /// Another folder is open: its history is that of its last run, as far as it fits.
    pub(super) fn take_history(&mut self, kept: KeptHistory) {
        let KeptHistory {
            of,
            undo,
            redo,
            made_on,
            stale,
            is_damaged,
        } = kept;
        if is_damaged {
            self.state.history.of = Some(of);
            self.notify(Message::info(
                "The steps of the last run cannot be undone: what was kept of them could not be read.",
            ));
            return;
        }
        let doc_of = |name: store::Document| match name {
            store::Document::Article(key) => DocId::Article(key.into()),
            store::Document::Records => DocId::Entities,
            store::Document::Codebook => DocId::Codebook,
        };
        let transaction = |step: KeptStep| Transaction {
            name: step.name,
            edits: step
                .edits
                .into_iter()
                .map(|(doc, edit)| (doc_of(doc), edit))
                .collect(),
            place: step.place.map(|(key, offset)| (key.into(), offset)),
            merges: None,
            moves: None,
        };
        let made_on: BTreeMap<DocId, MadeOn> = made_on
            .into_iter()
            .map(|(doc, made)| (doc_of(doc), made))
            .collect();
        let folder = self.state.folder.as_ref();
        let is_gone = |doc: &DocId, made: &MadeOn| match doc {
            DocId::Article(key) => folder.is_none_or(|folder| folder.row(key).is_none()),
            DocId::Entities => Poll::Ready(made.file) != self.state.records.save.disk_hash(),
            DocId::Codebook => Poll::Ready(made.file) != self.state.codes.save.disk_hash(),
        };
        let gone = made_on.iter().filter(|(doc, made)| is_gone(doc, made));
        let mut unfit: Vec<DocId> = gone.map(|(doc, _)| doc.clone()).collect();
        unfit.extend(stale.into_iter().map(doc_of));
        unfit.sort();
        unfit.dedup();
        self.state.history = History::restored(
            of,
            undo.into_iter().map(transaction).collect(),
            redo.into_iter().map(transaction).collect(),
            made_on,
        );
        self.forget_steps(&unfit);
    }

    /// Forgets the steps that touch documents which are not what they were made on, and says how many.
    pub(super) fn forget_steps(&mut self, docs: &[DocId]) {
        let mut count = 0;
        let mut names = Vec::new();
        for doc in docs {
            let forgotten = self.state.history.forget(doc);
            if forgotten > 0 {
                names.push(self.what(doc));
            }
            count += forgotten;
        }
        if count > 0 {
            self.notify(Message::steps_dropped(count, &names));
            self.keep_history();
        }
    }

    /// Whether steps of an earlier run were made on an article that was not loaded since.
    pub(super) fn is_remembered(&self, key: &ArticleKey) -> bool {
        let doc = DocId::Article(key.clone());
        self.state.history.made_on(&doc).is_some()
    }

    /// The hash of a sidecar is taken: what waited for it goes on.
    pub(super) fn take_hashed(&mut self, key: &ArticleKey) {
        self.check_history(key);
        if self.state.history.is_behind {
            self.keep_history();
        }
    }

    /// An article was loaded: steps of an earlier run must have been made on it, and on these words. While its
    /// sidecar's hash is still being taken, they wait.
    pub(super) fn check_history(&mut self, key: &ArticleKey) {
        let doc = DocId::Article(key.clone());
        let Some(article) = self.state.articles.get(key) else {
            return;
        };
        let Poll::Ready(file) = article.save.disk_hash() else {
            return;
        };
        if let Some(made) = self.state.history.confirm(&doc) {
            let is_same = made.file == file && made.article == article.sidecar.article.sha256;
            let source = &article.source;
            let mut edits = self.state.history.edits_of(&doc);
            if !is_same || !edits.all(|edit| fits(edit, source)) {
                drop(edits);
                self.forget_steps(&[doc]);
            }
        }
        if let Some(undo) = self.state.history.waits
            && self.is_step_loaded(undo)
        {
            self.state.history.waits = None;
            self.undo_or_redo(undo);
        }
    }

    fn unloaded(&self, undo: bool) -> Vec<ArticleKey> {
        let step = if undo {
            self.state.history.next_undo()
        } else {
            self.state.history.next_redo()
        };
        let docs = step.into_iter().flat_map(|step| &step.edits);
        let mut keys: Vec<ArticleKey> = docs
            .filter_map(|(doc, _)| match doc {
                DocId::Article(key) => Some(key.clone()),
                _ => None,
            })
            .filter(|key| !self.state.articles.contains_key(key) || self.is_remembered(key))
            .collect();
        keys.sort();
        keys.dedup();
        keys
    }

    fn is_step_loaded(&self, undo: bool) -> bool {
        self.unloaded(undo).is_empty()
    }

    /// Loads what a step touches and is not in memory; the step is done when all of it is there. Returns whether it waits.
    pub(super) fn loads_first(&mut self, undo: bool) -> bool {
        let keys = self.unloaded(undo);
        if keys.is_empty() {
            return false;
        }
        // What is loaded already is still being compared with what the step was made on.
        let loaded = &self.state.articles;
        let keys: Vec<ArticleKey> = keys
            .into_iter()
            .filter(|key| !loaded.contains_key(key))
            .collect();
        for key in keys {
            let folder = self.state.folder.as_ref();
            let Some(path) = folder.and_then(|folder| folder.path(&key)) else {
                self.forget_steps(&[DocId::Article(key)]);
                return true;
            };
            self.say(format!("Opening “{key}” first…"));
            self.effects.push(Effect::Load {
                key,
                path,
                encoding: None,
                is_compared: true,
            });
        }
        self.state.history.waits = Some(undo);
        true
    }

    /// Asks for the history to be kept, if everything that it was made on is on the disk.
    pub(super) fn keep_history(&mut self) {
        let Some(of) = self.state.history.of.clone() else {
            return;
        };
        if !self.state.unsaved().is_empty() {
            return;
        }
        let mut made_on = BTreeMap::new();
        for doc in self.state.history.documents() {
            let (save, article) = match &doc {
                DocId::Article(key) => match self.state.articles.get(key) {
                    Some(article) => (&article.save, &*article.sidecar.article.sha256),
                    None => {
                        let Some(made) = self.state.history.made_on(&doc).cloned() else {
                            return;
                        };
                        made_on.insert(doc, made);
                        continue;
                    }
                },
                DocId::Entities => (&self.state.records.save, ""),
                DocId::Codebook => (&self.state.codes.save, ""),
            };
            let Poll::Ready(file) = save.disk_hash() else {
                self.state.history.is_behind = true;
                return;
            };
            let article = article.to_owned();
            made_on.insert(doc, MadeOn { file, article });
        }
        self.state.history.is_behind = false;
        let (undo, redo) = self.state.history.steps();
        self.effects.push(Effect::KeepHistory {
            of,
            undo,
            redo,
            made_on,
        });
    }
}

/// Whether the places of an edit are places of this text, with the words that it says.
fn fits(edit: &Edit, source: &SourceText) -> bool {
    store::targets(edit).into_iter().all(|target| {
        let words = target
            .place
            .span()
            .map(|span| source.as_str().get(span.range()));
        match (target.place, words) {
            (Place::Orphan, _) => true,
            (Place::Changed(_), Some(words)) => words.is_some(),
            (_, Some(words)) => words == Some(target.selector.exact.as_str()),
            (_, None) => false,
        }
    })
}
