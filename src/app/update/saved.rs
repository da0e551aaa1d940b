//! What came back from the disk: written, refused, not confirmed, or changed by somebody else meanwhile.
//!
//! What failed is tried again by itself, in ever longer pauses, from memory and with a new temporary file.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::Cx;
use super::commit::SAVING;
use crate::app::article::{DocId, SaveFailure, SaveState};
use crate::app::effect::Effect;
use crate::app::merge::{Merged, Twice, merge_codebooks, merge_entities, merge_sidecars};
use crate::app::notice::Message;
use crate::model::Edit;
use crate::store::{self, SaveOutcome, StoreError};

/// The pause before the first new try; each one after it is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// No pause is longer than 2⁶ first ones: about a minute.
const LONGEST_PAUSE: u32 = 6;

impl Cx<'_> {
    pub(super) fn take_saved(
        &mut self,
        doc: DocId,
        revision: u64,
        outcome: Result<SaveOutcome, StoreError>,
        kept: Option<PathBuf>,
    ) {
        let Some(save) = self.save_state(&doc) else {
            return;
        };
        save.in_flight = None;
        if let Some(file) = kept {
            // What was kept of older revisions is in the newer one as well.
            let mut older = std::mem::replace(&mut save.kept, vec![file.clone()]);
            save.kept_revision = revision;
            older.retain(|other| *other != file);
            self.drop_kept(older);
        }
        let Some(save) = self.save_state(&doc) else {
            return;
        };
        match outcome {
            Ok(SaveOutcome::Saved { hash }) => {
                save.disk = Some(hash.into());
                save.written = revision;
                save.failure = None;
                let kept = std::mem::take(&mut save.kept);
                self.drop_kept(kept);
                self.what_was_sent_is_the_base(&doc);
                // Changes that came meanwhile, and sidecars that waited for the records.
                self.save(&doc);
                self.save_what_waited_for(&doc);
                self.reread_stale();
                if self.state.unsaved().is_empty() {
                    self.state.retry.times = 0;
                    self.state.saved_at = Some(self.env.wall_clock());
                    self.keep_history();
                }
                self.after_saving();
            }
            Ok(SaveOutcome::Conflict { theirs }) => self.take_conflict(&doc, &theirs),
            Err(error) => {
                let is_written = matches!(error, StoreError::Unconfirmed { .. });
                if let StoreError::Unconfirmed { hash, .. } = &error {
                    // It stands there, but may not last: still unsaved, and the next try finds our own bytes.
                    save.disk = Some((*hash).into());
                    self.what_was_sent_is_the_base(&doc);
                }
                self.saving_failed(&doc, error.to_string(), is_written);
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
                self.saving_failed(&doc, why.to_owned(), false);
            }
        }
    }

    /// Says that a save failed, at length the first time, stops what waited for it, and tries again later.
    fn saving_failed(&mut self, doc: &DocId, why: String, is_written: bool) {
        let what = self.what(doc);
        let Some(save) = self.save_state(doc) else {
            return;
        };
        let is_kept = save.is_kept();
        let is_new = save
            .failure
            .as_ref()
            .is_none_or(|f| f.is_written != is_written);
        let failure = SaveFailure {
            why: why.clone(),
            is_written,
        };
        save.failure = Some(failure);
        if is_new && is_written {
            self.notify(Message::unconfirmed(&what, &why));
        } else if is_new {
            self.notify(Message::save_failed(&what, &why, is_kept));
        } else if self.state.said == SAVING {
            // Somebody asked. What is tried by itself fails in silence: the status bar says so all the time.
            self.say(format!("Still not saved: {why}"));
        }
        self.waiting_failed();
        self.try_again_later();
    }

    fn try_again_later(&mut self) {
        let retry = &mut self.state.retry;
        if !retry.is_waiting {
            retry.is_waiting = true;
            let pause = FIRST_PAUSE * (1 << retry.times.min(LONGEST_PAUSE));
            retry.times += 1;
            self.effects.push(Effect::TryAgain(pause));
        }
    }

    /// The pause is over: what failed is saved again.
    pub(super) fn try_again(&mut self) {
        self.state.retry.is_waiting = false;
        for doc in self.state.unsaved() {
            self.save(&doc);
        }
    }

    fn drop_kept(&mut self, files: Vec<PathBuf>) {
        if !files.is_empty() {
            self.effects.push(Effect::DropKept(files));
        }
    }

    /// A document as a sentence names it.
    pub(super) fn what(&self, doc: &DocId) -> String {
        match doc {
            DocId::Article(key) => format!("“{key}”"),
            DocId::Entities => "The folder’s list of people".to_owned(),
            DocId::Codebook => "The codebook".to_owned(),
        }
    }

    pub(super) fn save_state(&mut self, doc: &DocId) -> Option<&mut SaveState> {
        match doc {
            DocId::Article(key) => self.state.articles.get_mut(key).map(|a| &mut a.save),
            DocId::Entities => Some(&mut self.state.records.save),
            DocId::Codebook => Some(&mut self.state.codes.save),
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
            DocId::Codebook => {
                if let Some(sent) = self.state.codes.sending.take() {
                    self.state.codes.base = sent;
                }
            }
        }
    }

    /// Another program wrote the file since we read it: both are merged against what we read, and saved again.
    fn take_conflict(&mut self, doc: &DocId, theirs: &[u8]) {
        let merged = match doc {
            DocId::Article(_) => self.merge_article(doc, theirs),
            DocId::Entities => self.merge_records(theirs),
            DocId::Codebook => self.merge_codes(theirs),
        };
        let what = match doc {
            DocId::Article(key) => format!("The sidecar of “{key}”"),
            _ => self.what(doc),
        };
        match merged {
            Ok((twice, settled)) => {
                if let Some(save) = self.save_state(doc) {
                    save.disk = Some(store::hash(theirs).into());
                }
                self.notify(Message::conflict(&what, &twice, &settled));
                self.save(doc);
            }
            Err(error) => {
                let why = format!("it was changed outside and cannot be read any more: {error}");
                self.saving_failed(doc, why, false);
            }
        }
    }

    fn merge_article(&mut self, doc: &DocId, theirs: &[u8]) -> Result<Both, StoreError> {
        let DocId::Article(key) = doc else {
            return Ok(Both::default());
        };
        let mut theirs = store::parse_sidecar(theirs)?;
        let Some(article) = self.state.articles.get_mut(key) else {
            return Ok(Both::default());
        };
        store::anchor(
            &mut theirs,
            &article.source,
            &article.sidecar.article.clone(),
        );
        let Merged {
            value,
            twice,
            settled,
        } = merge_sidecars(&article.base, &article.sidecar, &theirs, || self.env.id());
        article.base = Arc::new(theirs);
        let is_new = value != article.sidecar;
        // A whole sidecar fits any article.
        let _ = article.apply(Edit::Sidecar(Box::new(value)));
        article.conflicts.add(&twice, &settled);
        if is_new {
            // What is undone next must not take back what somebody else did.
            self.forget_steps(std::slice::from_ref(doc));
            if self.state.current.as_ref() == Some(key) {
                self.state.pick = None;
                self.state.proposal = None;
            }
        }
        self.follow_overrides(doc);
        self.row_changed(doc);
        Ok((twice, settled))
    }

    fn merge_records(&mut self, theirs: &[u8]) -> Result<Both, StoreError> {
        let theirs = store::parse_entities(theirs)?;
        let records = &mut self.state.records;
        let merged = merge_entities(&records.base, &records.entities, &theirs);
        let is_new = merged.value != records.entities;
        records.entities = merged.value;
        records.base = Arc::new(theirs);
        records.save.revision += 1;
        if is_new {
            self.forget_steps(&[DocId::Entities]);
        }
        Ok((merged.twice, merged.settled))
    }

    fn merge_codes(&mut self, theirs: &[u8]) -> Result<Both, StoreError> {
        let theirs = store::parse_codebook(theirs)?;
        let codes = &mut self.state.codes;
        let merged = merge_codebooks(&codes.base, &codes.book, &theirs);
        let is_new = merged.value != codes.book;
        codes.book = merged.value;
        codes.base = Arc::new(theirs);
        codes.save.revision += 1;
        if is_new {
            self.forget_steps(&[DocId::Codebook]);
        }
        Ok((merged.twice, merged.settled))
    }
}

/// What both sides had changed: annotations that stand twice, and values of which ours stands.
pub(super) type Both = (Vec<Twice>, Vec<String>);
