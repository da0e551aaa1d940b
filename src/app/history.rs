//! Undo and redo: one history for the folder, a step a transaction.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::article::{ArticleKey, DocId};
use super::effect::Effect;
use crate::model::Edit;
use crate::store::{Document, KeptHistory, KeptStep, MadeOn, Renamed};

/// One step: its name and what restores the state before it (or after it, once undone).
#[derive(Debug, Clone, PartialEq)]
pub struct Transaction {
    /// What it did, as "Undid: …" continues.
    pub name: String,
    /// The edits, in the order in which they are to be applied.
    pub edits: Vec<(DocId, Edit)>,
    /// Where the person was.
    pub place: Option<(ArticleKey, usize)>,
    /// Steps with the same key that follow each other closely are one step: typing in a note, nudging an edge.
    pub merges: Option<String>,
    /// The sidecar that is to be moved from one name of its article to another: then there are no edits.
    pub moves: Option<Renamed>,
}

/// The steps that can be taken back, and those that can be done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    undo: Vec<Arc<Transaction>>,
    redo: Vec<Arc<Transaction>>,
    /// What steps of an earlier run were made on, of documents that were not loaded since.
    made_on: BTreeMap<DocId, MadeOn>,
    /// Whose it is: the folder, or the file that was opened alone.
    pub of: Option<PathBuf>,
    /// An undo (else a redo) that waits for its article to be loaded.
    pub waits: Option<bool>,
    /// Whether it is to be kept as soon as it is known which files it was made on.
    pub is_behind: bool,
    /// An undo (else a redo) whose sidecar is being moved.
    pub moving: Option<bool>,
}

/// Steps as they are handed to a thread.
pub type Steps = Vec<Arc<Transaction>>;

impl History {
    /// The history of an earlier run. The newest steps come last.
    pub fn restored(
        of: PathBuf,
        undo: Vec<Transaction>,
        redo: Vec<Transaction>,
        made_on: BTreeMap<DocId, MadeOn>,
    ) -> Self {
        let shared = |steps: Vec<Transaction>| steps.into_iter().map(Arc::new).collect();
        Self {
            undo: shared(undo),
            redo: shared(redo),
            made_on,
            of: Some(of),
            waits: None,
            is_behind: false,
            moving: None,
        }
    }

    /// All steps: those that can be taken back, and those that can be done again.
    pub fn steps(&self) -> (Steps, Steps) {
        (self.undo.clone(), self.redo.clone())
    }

    fn all_edits(&self) -> impl Iterator<Item = &(DocId, Edit)> {
        let steps = self.undo.iter().chain(&self.redo);
        steps.flat_map(|step| &step.edits)
    }

    /// The edits of a document.
    pub fn edits_of<'a>(&'a self, doc: &'a DocId) -> impl Iterator<Item = &'a Edit> {
        let edits = self.all_edits().filter(move |(of, _)| of == doc);
        edits.map(|(_, edit)| edit)
    }

    /// Every document that some step touches.
    pub fn documents(&self) -> Vec<DocId> {
        let mut docs: Vec<DocId> = self.all_edits().map(|(doc, _)| doc.clone()).collect();
        docs.sort();
        docs.dedup();
        docs
    }

    /// What the steps of an earlier run on a document were made on, as long as it was not loaded since.
    pub fn made_on(&self, doc: &DocId) -> Option<&MadeOn> {
        self.made_on.get(doc)
    }

    /// The same, for the last time: the document is loaded, and the caller looks whether it is what it was.
    pub fn confirm(&mut self, doc: &DocId) -> Option<MadeOn> {
        self.made_on.remove(doc)
    }

    /// Remembers a step that was just done, by its inverse. What could be done again is forgotten.
    pub fn push(&mut self, step: Transaction) {
        self.redo.clear();
        if let (Some(last), Some(_)) = (self.undo.last_mut(), step.merges.as_ref())
            && last.merges == step.merges
        {
            // The older inverse restores the state before both; the newer one runs first.
            let last = Arc::make_mut(last);
            let mut edits = step.edits;
            edits.append(&mut last.edits);
            last.edits = edits;
            return;
        }
        self.undo.push(Arc::new(step));
    }

    /// Makes one step of the last `count`.
    pub fn join(&mut self, count: usize, name: &str) {
        let Some(first) = self.undo.len().checked_sub(count) else {
            return;
        };
        let steps = self.undo.split_off(first);
        let place = steps.first().and_then(|s| s.place.clone());
        let edits = steps.into_iter().rev();
        let edits = edits.flat_map(|s| Arc::unwrap_or_clone(s).edits).collect();
        self.undo.push(Arc::new(Transaction {
            name: name.to_owned(),
            edits,
            place,
            merges: None,
            moves: None,
        }));
    }

    /// A sidecar was moved, by a person or by a step that was taken back or done again. `back` is what moves it back.
    pub fn moved(&mut self, renamed: &Renamed, back: Transaction) {
        let Some(undo) = self.moving.take() else {
            return self.push(back);
        };
        // Something may have been done since it was asked for.
        let side = if undo { &mut self.undo } else { &mut self.redo };
        side.retain(|step| step.moves.as_ref() != Some(renamed));
        self.put(undo, back);
    }

    /// Ends the merging of steps: the next one stands for itself.
    pub fn seal(&mut self) {
        if let Some(last) = self.undo.last_mut()
            && last.merges.is_some()
        {
            Arc::make_mut(last).merges = None;
        }
    }

    /// The step that undo would take back.
    pub fn next_undo(&self) -> Option<&Transaction> {
        self.undo.last().map(Arc::as_ref)
    }

    /// The step that redo would do again.
    pub fn next_redo(&self) -> Option<&Transaction> {
        self.redo.last().map(Arc::as_ref)
    }

    /// Takes the next step off one side; the caller applies it and hands the inverse to the other side.
    pub fn take(&mut self, undo: bool) -> Option<Transaction> {
        let side = if undo { &mut self.undo } else { &mut self.redo };
        side.pop().map(Arc::unwrap_or_clone)
    }

    /// Puts the inverse of a step that was taken back (or done again) on the other side.
    pub fn put(&mut self, undone: bool, step: Transaction) {
        let side = if undone {
            &mut self.redo
        } else {
            &mut self.undo
        };
        side.push(Arc::new(step));
    }

    /// Forgets the steps that touch a document whose base changed outside, and those that could only follow them.
    ///
    /// Inverses fit the state that the next one left; a step taken out of the middle would leave links without ends.
    pub fn forget(&mut self, doc: &DocId) -> usize {
        let before = self.undo.len() + self.redo.len();
        for side in [&mut self.undo, &mut self.redo] {
            let touches = |step: &Arc<Transaction>| step.edits.iter().any(|(d, _)| d == doc);
            let kept = side.iter().rposition(touches).map_or(0, |at| at + 1);
            side.drain(..kept);
        }
        before - self.undo.len() - self.redo.len()
    }

    /// An article has another name: what was done to it can be undone under that.
    pub fn rename(&mut self, from: &ArticleKey, to: &ArticleKey) {
        let of_old = DocId::Article(from.clone());
        if let Some(made) = self.made_on.remove(&of_old) {
            self.made_on.insert(DocId::Article(to.clone()), made);
        }
        for step in self.undo.iter_mut().chain(&mut self.redo) {
            let step = Arc::make_mut(step);
            for (doc, _) in &mut step.edits {
                if *doc == of_old {
                    *doc = DocId::Article(to.clone());
                }
            }
            if let Some((key, _)) = &mut step.place
                && key == from
            {
                *key = to.clone();
            }
        }
    }

    /// Forgets everything: another folder was opened.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// How many steps can be taken back.
    pub fn depth(&self) -> usize {
        self.undo.len()
    }
}

/// A history as `store` keeps it.
pub fn to_be_kept(effect: Effect) -> Option<KeptHistory> {
    let Effect::KeepHistory {
        of,
        undo,
        redo,
        made_on,
    } = effect
    else {
        return None;
    };
    let name = |doc: &DocId| match doc {
        DocId::Article(key) => Document::Article(key.to_string()),
        DocId::Entities => Document::Records,
        DocId::Codebook => Document::Codebook,
    };
    let step = |step: &Arc<Transaction>| KeptStep {
        name: step.name.clone(),
        edits: step
            .edits
            .iter()
            .map(|(doc, edit)| (name(doc), edit.clone()))
            .collect(),
        place: step.place.as_ref().map(|(key, at)| (key.to_string(), *at)),
    };
    // A file may have been moved again by the next start: that is not taken back then.
    let has_edits = |step: &&Arc<Transaction>| step.moves.is_none();
    let made_on = made_on.into_iter().map(|(doc, made)| (name(&doc), made));
    Some(KeptHistory {
        of,
        undo: undo.iter().filter(has_edits).map(step).collect(),
        redo: redo.iter().filter(has_edits).map(step).collect(),
        made_on: made_on.collect(),
        ..KeptHistory::default()
    })
}
