//! The folder's codebook in memory: its codes, how far they are saved, and how often each is given.

use std::sync::Arc;

use super::article::SaveState;
use super::focus::Direction;
use super::state::State;
use crate::model::{Annotation, Code, Codebook, Id, Layer};
use crate::store::CodebookFile;

/// The attribute that names an annotation's code.
pub const CODE: &str = "code";

/// A change of the codebook; each is one step.
#[derive(Debug, Clone, PartialEq)]
pub enum CodeChange {
    /// A new code of this name.
    New(String),
    /// A code as it is to be; the digit is changed by [`CodeChange::Key`] alone.
    Set(Box<Code>),
    /// Gives a code a digit, or none; whoever has that digit gets the one that this code had.
    Key(Id, Option<u8>),
    /// Moves a code up or down in the list.
    Move(Id, Direction),
    /// Takes a code out. Annotations that have it stay.
    Remove(Id),
}

/// The folder's codebook and how far it is saved.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    /// The codebook.
    pub book: Codebook,
    /// Why it may not be changed, if so.
    pub readonly: Option<String>,
    /// How far its changes are on the disk.
    pub save: SaveState,
    /// The codebook as it is on the disk, as far as we know.
    pub base: Arc<Codebook>,
    /// The codebook that the saver has now.
    pub sending: Option<Arc<Codebook>>,
    /// Its revision when its file was last asked for.
    pub asked: u64,
    /// The code that was given last, for Repeat.
    pub last: Option<Id>,
}

impl Codes {
    /// Takes over what was read.
    pub(super) fn take(&mut self, file: CodebookFile, revision: u64) {
        *self = Self {
            base: Arc::new(file.codebook.clone()),
            book: file.codebook,
            readonly: file.readonly,
            save: SaveState {
                disk: file.hash.map(Into::into),
                revision,
                written: revision,
                ..SaveState::default()
            },
            sending: None,
            asked: revision,
            last: self.last.take(),
        };
    }

    /// The code of an annotation, removed or not.
    pub fn of(&self, annotation: &Annotation) -> Option<&Code> {
        self.book.find(annotation.attrs.text(CODE)?)
    }

    /// What an annotation's code is called: by the codebook, or else as the annotation names it.
    pub fn name_of(&self, annotation: &Annotation) -> String {
        let named = annotation.attrs.text(CODE);
        let name = self.of(annotation).map(|code| code.name.as_str()).or(named);
        name.unwrap_or("no code").to_owned()
    }

    /// The same, and whether it is in the codebook: "economy (not in the codebook)".
    pub fn label_of(&self, annotation: &Annotation) -> String {
        let name = self.name_of(annotation);
        if self.of(annotation).is_some_and(|code| !code.removed) {
            name
        } else {
            format!("{name} (not in the codebook)")
        }
    }

    /// Which digits give which codes: "1 economy, 2 health".
    pub fn digits(&self) -> String {
        let codes = (1..=9).filter_map(|key| self.book.of_key(key));
        let named: Vec<String> = codes
            .map(|code| format!("{} {}", code.key.unwrap_or_default(), code.name))
            .collect();
        named.join(", ")
    }
}

impl State {
    /// How often a code is given, and in how many articles, as far as the folder is read.
    pub fn uses(&self, code: &Code) -> (usize, usize) {
        let names = |named: &str| self.codes.book.find(named).is_some_and(|c| c.id == code.id);
        let rows = self.folder.iter().flat_map(|folder| folder.rows.iter());
        let counts = rows.map(|row| match self.articles.get(row.key) {
            Some(article) => {
                let given = article.sidecar.annotations.values();
                let of_codes = given.filter(|a| a.layer == Layer::Code);
                of_codes
                    .filter_map(|a| a.attrs.text(CODE))
                    .filter(|named| names(named))
                    .count()
            }
            None => {
                let given = row.info.into_iter().flat_map(|info| info.codes());
                let mine = given.filter(|(named, _)| names(named));
                mine.map(|(_, count)| count).sum()
            }
        });
        counts
            .filter(|count| *count > 0)
            .fold((0, 0), |(all, articles), count| (all + count, articles + 1))
    }
}
