//! How far everything is saved: what the status line may say, and what would be lost.

use std::task::Poll;

use super::article::{DocId, OpenArticle, SaveState};
use super::state::State;
use crate::store::{FileHash, Seen};

/// What the status line says about saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavingLine {
    /// Nothing was changed yet.
    Untouched,
    /// Being written.
    Saving,
    /// Durably on the disk since then.
    Saved(String),
    /// Not on the disk, and why.
    Failed(String),
    /// On the disk, but not certain to outlast a power cut, and why.
    Unconfirmed(String),
    /// May not be changed, and why.
    ReadOnly(String),
}

impl SaveState {
    /// The hash of the file on the disk, if there is one; pending while the loader is still taking it.
    pub fn disk_hash(&self) -> Poll<Option<[u8; 32]>> {
        match self.disk.as_ref().map(FileHash::known) {
            None => Poll::Ready(None),
            Some(None) => Poll::Pending,
            Some(known) => Poll::Ready(known),
        }
    }

    /// Whether what was seen on the disk is what is known to stand there. What is not known yet has to be read.
    pub fn is_on_disk(&self, seen: Seen) -> bool {
        let hash = match seen {
            Seen::Hash(hash) => Some(hash),
            Seen::Nothing => None,
            Seen::Unreadable => return false,
        };
        self.disk_hash() == Poll::Ready(hash)
    }
}

impl OpenArticle {
    /// Takes the hash of its sidecar, in the thread that loads it: the window never waits for it.
    pub fn take_hash(&self) {
        if let Some(hash) = &self.save.disk {
            hash.get();
        }
    }
}

impl State {
    /// Every document that is not yet durably on the disk.
    pub fn unsaved(&self) -> Vec<DocId> {
        let mut docs: Vec<DocId> = self
            .articles
            .values()
            .filter(|a| !a.save.is_saved())
            .map(|a| DocId::Article(a.key.clone()))
            .collect();
        for (save, doc) in [
            (&self.records.save, DocId::Entities),
            (&self.codes.save, DocId::Codebook),
        ] {
            if !save.is_saved() {
                docs.push(doc);
            }
        }
        docs.sort();
        docs
    }

    /// Whether everything that is not saved would be offered again at the next start.
    pub fn is_all_kept(&self) -> bool {
        self.saves()
            .filter(|s| !s.is_saved())
            .all(SaveState::is_kept)
    }

    /// How far each document is on the disk.
    pub fn saves(&self) -> impl Iterator<Item = &SaveState> {
        let articles = self.articles.values().map(|a| &a.save);
        articles.chain([&self.records.save, &self.codes.save])
    }

    /// The truth about saving.
    pub fn saving(&self) -> SavingLine {
        if let Some(why) = self.article().and_then(|a| a.readonly.as_ref()) {
            return SavingLine::ReadOnly(why.clone());
        }
        // What is not written at all is worse than what is not confirmed.
        let worst = self
            .saves()
            .filter_map(|s| s.failure.as_ref())
            .min_by_key(|f| f.is_written);
        if let Some(failure) = worst {
            let why = failure.why.clone();
            return if failure.is_written {
                SavingLine::Unconfirmed(why)
            } else {
                SavingLine::Failed(why)
            };
        }
        if !self.unsaved().is_empty() {
            return SavingLine::Saving;
        }
        self.saved_at
            .clone()
            .map_or(SavingLine::Untouched, SavingLine::Saved)
    }
}
