//! Writes documents for the saver's thread: serialised here, saved durably, kept in the state folder where they cannot be.

use std::path::{Path, PathBuf};

use super::article::DocId;
use super::effect::{Event, SaveContent};
use crate::model::{Entities, Sidecar};
use crate::store::{self, Backups, FileHash, SaveOutcome};
use crate::text::SourceText;

/// When failed saves are tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retry {
    /// How often in a row it was tried in vain.
    pub times: u32,
    /// Whether the next try is under way.
    pub is_waiting: bool,
}

/// What the saver remembers from save to save.
#[derive(Debug)]
pub struct Saver {
    state: Option<PathBuf>,
    backups: Backups,
}

impl Saver {
    /// A saver whose backups and rescued work go below this folder; without one, none are made.
    pub fn new(state: Option<PathBuf>) -> Self {
        Self {
            state,
            backups: Backups::default(),
        }
    }

    /// Serialises and writes a document, and answers how it went.
    pub fn save(
        &mut self,
        doc: DocId,
        revision: u64,
        path: &Path,
        content: &SaveContent,
        expected: Option<FileHash>,
    ) -> Event {
        if let (SaveContent::Sidecar { article, .. }, Some(state)) = (content, &self.state) {
            // A copy of what was there before this run; without one, saving goes on all the same.
            let _ = self.backups.keep(article, state);
        }
        let bytes = content.serialised();
        let outcome = store::save_file(path, &bytes, expected.map(|hash| hash.get()));
        let kept = match (&outcome, &self.state) {
            (Ok(SaveOutcome::Saved { .. }), _) | (_, None) => None,
            // Told in the window when it cannot be kept either: nothing is kept then.
            (_, Some(state)) => store::keep_unsaved(state, path, &bytes, &content.base()).ok(),
        };
        Event::Saved {
            doc,
            revision,
            outcome,
            kept,
        }
    }

    /// Clears away what interrupted saves left beside a file. Nobody waits for it.
    pub fn tidy(&mut self, path: &Path) {
        self.backups.sweep_beside(path);
    }
}

impl SaveContent {
    fn serialised(&self) -> Vec<u8> {
        match self {
            Self::Sidecar { sidecar, text, .. } => of_sidecar(sidecar, text.as_ref()),
            Self::Entities { entities, .. } => of_entities(entities),
            Self::Codebook { codebook, .. } => store::serialise_codebook(codebook),
        }
    }

    /// What the content was based on, for a later merge.
    fn base(&self) -> Vec<u8> {
        match self {
            Self::Sidecar { base, text, .. } => of_sidecar(base, text.as_ref()),
            Self::Entities { base, .. } => of_entities(base),
            Self::Codebook { base, .. } => store::serialise_codebook(base),
        }
    }
}

fn of_sidecar(sidecar: &Sidecar, text: Option<&SourceText>) -> Vec<u8> {
    store::serialise_sidecar(sidecar, text.map(SourceText::as_str))
}

fn of_entities(entities: &Entities) -> Vec<u8> {
    store::serialise_entities(entities)
}
