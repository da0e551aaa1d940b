//! What the articles of a folder share, as it was read: the records and the codebook.

use std::task::Poll;

use std::sync::Arc;

use super::Cx;
use crate::app::article::{DocId, SaveState};
use crate::app::codes::Codes;
use crate::app::notice::Message;
use crate::app::state::Records;
use crate::store::{self, StoreError};

impl Cx<'_> {
    /// What is shared is about to be read: its revisions are remembered, to know later whether it is older than ours.
    pub(super) fn note_shared(&mut self) {
        self.state.records_at_scan = self.state.records.save.revision;
        self.state.codes.asked = self.state.codes.save.revision;
    }

    /// Both were read again because another program wrote one of them.
    pub(super) fn take_shared(
        &mut self,
        revision: u64,
        entities: Result<store::EntitiesFile, StoreError>,
        codebook: Result<store::CodebookFile, StoreError>,
    ) {
        self.state.records_at_scan = revision;
        let (hash, old) = (
            self.state.records.save.disk_hash(),
            self.state.codes.book.clone(),
        );
        self.take_records(entities, true);
        let disk = self.state.records.save.disk_hash();
        if disk != Poll::Ready(None) && disk != hash {
            self.notify(Message::info(
                "Another program changed the folder’s list of people; it was read again.",
            ));
        }
        self.take_codebook(codebook, true);
        if old != self.state.codes.book {
            self.notify(Message::info(
                "Another program changed the folder’s codebook; it was read again.",
            ));
        }
        self.analyse_shown();
    }

    pub(super) fn take_records(
        &mut self,
        entities: Result<store::EntitiesFile, StoreError>,
        same_folder: bool,
    ) {
        let save = &self.state.records.save;
        if same_folder && (!save.is_saved() || save.revision != self.state.records_at_scan) {
            // Ours is newer than what was read; a change from outside shows at the next save.
            return;
        }
        let is_known = |file: &store::EntitiesFile| {
            Poll::Ready(file.hash) == save.disk_hash()
                && file.readonly == self.state.records.readonly
        };
        if same_folder && entities.as_ref().is_ok_and(is_known) {
            return;
        }
        let revision = save.revision;
        let is_removed = entities.as_ref().is_ok_and(|file| file.hash.is_none())
            && !self.state.records.entities.by_id.is_empty();
        if same_folder && is_removed {
            return self.file_removed(&DocId::Entities);
        }
        let records = match entities {
            Ok(file) => Records {
                base: Arc::new(file.entities.clone()),
                sending: None,
                learnt: None,
                entities: file.entities,
                readonly: file.readonly,
                save: SaveState {
                    disk: file.hash.map(Into::into),
                    // What was found with the old records is not to be taken for what these tell.
                    revision: if same_folder { revision + 1 } else { 0 },
                    written: if same_folder { revision + 1 } else { 0 },
                    ..SaveState::default()
                },
            },
            Err(error) => Records {
                readonly: Some(error.to_string()),
                ..Records::default()
            },
        };
        if let Some(why) = &records.readonly {
            let why = why.clone();
            self.notify(Message::problem(
                "The folder’s list of people may not be changed.",
                why,
                "Its file was left as it is. Tags that need a new person or organisation wait until it is mended.",
            ));
        }
        self.state.records = records;
        if same_folder {
            self.forget_steps(&[DocId::Entities]);
        }
    }

    pub(super) fn take_codebook(
        &mut self,
        codebook: Result<store::CodebookFile, StoreError>,
        same_folder: bool,
    ) {
        let codes = &self.state.codes;
        if same_folder && (!codes.save.is_saved() || codes.save.revision != codes.asked) {
            // Ours is newer than what was read; a change from outside shows at the next save.
            return;
        }
        let is_known = |file: &store::CodebookFile| {
            Poll::Ready(file.hash) == codes.save.disk_hash() && file.readonly == codes.readonly
        };
        if same_folder && codebook.as_ref().is_ok_and(is_known) {
            return;
        }
        let is_removed = codebook.as_ref().is_ok_and(|file| file.hash.is_none());
        if same_folder && is_removed && !codes.book.codes.is_empty() {
            return self.file_removed(&DocId::Codebook);
        }
        match codebook {
            Ok(file) => {
                if same_folder {
                    self.forget_steps(&[DocId::Codebook]);
                }
                if let Some(why) = &file.readonly {
                    let why = why.clone();
                    self.notify(Message::problem(
                        "The folder’s codebook may not be changed.",
                        why,
                        "Its file was left as it is. Its codes can be given; new ones wait until it is mended.",
                    ));
                }
                let revision = self.state.codes.save.revision + u64::from(same_folder);
                self.state.codes.take(file, revision);
            }
            Err(error) => {
                let why = error.to_string();
                self.notify(Message::problem(
                    "The folder’s codebook could not be read.",
                    why,
                    "It was left as it is; the articles can be tagged without it.",
                ));
                if !same_folder {
                    self.state.codes = Codes {
                        readonly: Some(error.to_string()),
                        ..Codes::default()
                    };
                }
            }
        }
    }
}
