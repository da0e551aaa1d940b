//! Hands the newest history to the thread that keeps it: of those that come while one is written, only the last is.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::effect::Effect;
use super::history::to_be_kept;
use crate::store;

/// Keeps histories in the state folder.
#[derive(Debug)]
pub(super) struct Historian {
    /// Without one, nothing is kept.
    state: Option<PathBuf>,
    newest: Mutex<Option<Effect>>,
}

impl Historian {
    pub(super) const fn new(state: Option<PathBuf>) -> Self {
        Self {
            state,
            newest: Mutex::new(None),
        }
    }

    /// Takes a history in; `false` when one was waiting, which it replaces.
    pub(super) fn take_in(&self, history: Effect) -> bool {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        newest.replace(history).is_none()
    }

    /// Writes the newest one. Without it the next start has nothing to undo, and nothing else is lost.
    pub(super) fn write(&self) {
        let mut slot = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = slot.take();
        drop(slot);
        if let (Some(state), Some(history)) = (&self.state, newest.and_then(to_be_kept)) {
            let _ = store::keep_history(state, &history);
        }
    }
}
