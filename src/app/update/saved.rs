//! What came back from the disk: written, refused, or changed by somebody else meanwhile.

use std::sync::Arc;

use super::Cx;
use crate::app::article::{DocId, SaveState};
use crate::app::merge::{merge_entities, merge_sidecars};
use crate::app::notice::Message;
use crate::model::Edit;
use crate::store::{self, SaveOutcome, StoreError};

impl Cx<'_> {
    pub(super) fn take_saved(
        &mut self,
        doc: DocId,
        revision: u64,
        outcome: Result<SaveOutcome, StoreError>,
    ) {
        let Some(save) = self.save_state(&doc) else {
            return;
        };
        save.in_flight = None;
        match outcome {
            Ok(SaveOutcome::Saved { hash }) => {
                save.disk = Some(hash);
                save.written = revision;
                save.failure = None;
                self.what_was_sent_is_the_base(&doc);
                // Changes that came meanwhile, and sidecars that waited for the records.
                self.save(&doc);
                self.save_what_waited_for(&doc);
                if self.state.unsaved().is_empty() {
                    self.state.saved_at = Some(self.env.wall_clock());
                }
                self.after_saving();
            }
            Ok(SaveOutcome::Conflict { theirs }) => self.take_conflict(&doc, &theirs),
            Err(error) => {
                if let StoreError::Unconfirmed { hash, .. } = &error {
                    // It stands there, but may not last: still unsaved, and the next try finds our own bytes.
                    save.disk = Some(*hash);
                }
                let why = error.to_string();
                let is_first = save.failure.is_none();
                save.failure = Some(why.clone());
                self.saving_failed(&doc, &why, is_first);
                // A mention without its record is a finding; a mention that is not on the disk would be a loss.
                self.save_what_waited_for(&doc);
            }
        }
    }

    /// Sidecars are written after the records that they point to.
    fn save_what_waited_for(&mut self, doc: &DocId) {
        if *doc != DocId::Entities {
            return;
        }
        let articles = self.state.articles.values();
        let waiting = articles.filter(|a| a.save.failure.is_none());
        let waiting: Vec<_> = waiting.map(|a| DocId::Article(a.key.clone())).collect();
        for doc in waiting {
            self.save(&doc);
        }
    }

    /// The saver gave up in the middle of something: none of it counts as written.
    pub(super) fn saver_failed(&mut self, why: &str) {
        for doc in self.state.unsaved() {
            if let Some(save) = self.save_state(&doc)
                && save.in_flight.take().is_some()
            {
                save.failure = Some(why.to_owned());
                self.saving_failed(&doc, why, false);
            }
        }
    }

    fn save_state(&mut self, doc: &DocId) -> Option<&mut SaveState> {
        match doc {
            DocId::Article(key) => self.state.articles.get_mut(key).map(|a| &mut a.save),
            DocId::Entities => Some(&mut self.state.records.save),
            DocId::Codebook => None,
        }
    }

    fn what_was_sent_is_the_base(&mut self, doc: &DocId) {
        match doc {
            DocId::Article(key) => {
                if let Some(article) = self.state.articles.get_mut(key)
                    && let Some(sent) = article.sending.take()
                {
                    article.base = sent;
                }
            }
            DocId::Entities => {
                if let Some(sent) = self.state.records.sending.take() {
                    self.state.records.base = sent;
                }
            }
            DocId::Codebook => {}
        }
    }

    /// Another program wrote the file since we read it: both are merged against what we read, and saved again.
    fn take_conflict(&mut self, doc: &DocId, theirs: &[u8]) {
        let merged = match doc {
            DocId::Article(_) => self.merge_article(doc, theirs),
            _ => self.merge_records(theirs),
        };
        let what = match doc {
            DocId::Article(key) => format!("The sidecar of “{key}”"),
            _ => "The folder’s list of people".to_owned(),
        };
        match merged {
            Ok(twice) => {
                if let Some(save) = self.save_state(doc) {
                    save.disk = Some(store::hash(theirs));
                }
                self.notify(Message::conflict(&what, twice));
                self.save(doc);
            }
            Err(error) => {
                let why = format!("it was changed outside and cannot be read any more: {error}");
                if let Some(save) = self.save_state(doc) {
                    save.failure = Some(why.clone());
                }
                self.saving_failed(doc, &why, true);
            }
        }
    }

    fn merge_article(&mut self, doc: &DocId, theirs: &[u8]) -> Result<usize, StoreError> {
        let DocId::Article(key) = doc else {
            return Ok(0);
        };
        let mut theirs = store::parse_sidecar(theirs)?;
        let Some(article) = self.state.articles.get_mut(key) else {
            return Ok(0);
        };
        store::anchor(
            &mut theirs,
            &article.source,
            &article.sidecar.article.clone(),
        );
        let (merged, twice) =
            merge_sidecars(&article.base, &article.sidecar, &theirs, || self.env.id());
        article.base = Arc::new(theirs);
        let is_new = merged != article.sidecar;
        // A whole sidecar fits any article.
        let _ = article.apply(Edit::Sidecar(Box::new(merged)));
        if is_new {
            // What is undone next must not take back what somebody else did.
            self.state.history.forget(doc);
            if self.state.current.as_ref() == Some(key) {
                self.state.pick = None;
                self.state.proposal = None;
            }
        }
        self.follow_overrides(doc);
        self.row_changed(doc);
        Ok(twice)
    }

    fn merge_records(&mut self, theirs: &[u8]) -> Result<usize, StoreError> {
        let theirs = store::parse_entities(theirs)?;
        let records = &mut self.state.records;
        let merged = merge_entities(&records.base, &records.entities, &theirs);
        let is_new = merged != records.entities;
        records.entities = merged;
        records.base = Arc::new(theirs);
        records.save.revision += 1;
        if is_new {
            self.state.history.forget(&DocId::Entities);
        }
        Ok(0)
    }
}
