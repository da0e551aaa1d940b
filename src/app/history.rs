//! Undo and redo: one history for the folder, a step a transaction.

use super::article::{ArticleKey, DocId};
use crate::model::Edit;

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
}

/// The steps that can be taken back, and those that can be done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    undo: Vec<Transaction>,
    redo: Vec<Transaction>,
}

impl History {
    /// Remembers a step that was just done, by its inverse. What could be done again is forgotten.
    pub fn push(&mut self, step: Transaction) {
        self.redo.clear();
        if let (Some(last), Some(_)) = (self.undo.last_mut(), step.merges.as_ref())
            && last.merges == step.merges
        {
            // The older inverse restores the state before both; the newer one runs first.
            let mut edits = step.edits;
            edits.append(&mut last.edits);
            last.edits = edits;
            return;
        }
        self.undo.push(step);
    }

    /// Makes one step of the last `count`.
    pub fn join(&mut self, count: usize, name: &str) {
        let Some(first) = self.undo.len().checked_sub(count) else {
            return;
        };
        let steps = self.undo.split_off(first);
        let place = steps.first().and_then(|s| s.place.clone());
        let edits = steps.into_iter().rev().flat_map(|s| s.edits).collect();
        self.undo.push(Transaction {
            name: name.to_owned(),
            edits,
            place,
            merges: None,
        });
    }

    /// Ends the merging of steps: the next one stands for itself.
    pub fn seal(&mut self) {
        if let Some(last) = self.undo.last_mut() {
            last.merges = None;
        }
    }

    /// The step that undo would take back.
    pub fn next_undo(&self) -> Option<&Transaction> {
        self.undo.last()
    }

    /// The step that redo would do again.
    pub fn next_redo(&self) -> Option<&Transaction> {
        self.redo.last()
    }

    /// Takes the next step off one side; the caller applies it and hands the inverse to the other side.
    pub fn take(&mut self, undo: bool) -> Option<Transaction> {
        if undo {
            self.undo.pop()
        } else {
            self.redo.pop()
        }
    }

    /// Puts the inverse of a step that was taken back (or done again) on the other side.
    pub fn put(&mut self, undone: bool, step: Transaction) {
        if undone {
            self.redo.push(step);
        } else {
            self.undo.push(step);
        }
    }

    /// Whether some step, undone or not, touches a document.
    pub fn touches(&self, doc: &DocId) -> bool {
        let steps = self.undo.iter().chain(&self.redo);
        steps.flat_map(|step| &step.edits).any(|(d, _)| d == doc)
    }

    /// Forgets the steps that touch a document whose base changed outside, and those that could only follow them.
    ///
    /// Inverses fit the state that the next one left; a step taken out of the middle would leave links without ends.
    pub fn forget(&mut self, doc: &DocId) -> usize {
        let before = self.undo.len() + self.redo.len();
        for side in [&mut self.undo, &mut self.redo] {
            let touches = |step: &Transaction| step.edits.iter().any(|(d, _)| d == doc);
            let kept = side.iter().rposition(touches).map_or(0, |at| at + 1);
            side.drain(..kept);
        }
        before - self.undo.len() - self.redo.len()
    }

    /// An article has another name: what was done to it can be undone under that.
    pub fn rename(&mut self, from: &ArticleKey, to: &ArticleKey) {
        for step in self.undo.iter_mut().chain(&mut self.redo) {
            for (doc, _) in &mut step.edits {
                if *doc == DocId::Article(from.clone()) {
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
        self.undo.clear();
        self.redo.clear();
    }

    /// How many steps can be taken back.
    pub fn depth(&self) -> usize {
        self.undo.len()
    }
}
