//! The keys that the window teaches, on buttons, in menus and tooltips.
//!
//! Like the style, the keys in force are one for the whole window: the shell says at the start of a frame which they
//! are, and whatever draws a key asks here. What a press means is `keys`'s.

use std::cell::RefCell;

use crate::app::{CommandKind, Keymap, key_name};

thread_local! {
    /// Of the window that this thread draws.
    static TAUGHT: RefCell<Keymap> = RefCell::default();
}

/// Takes over the keys that are in force.
pub(super) fn teach(keymap: &Keymap) {
    TAUGHT.with_borrow_mut(|taught| {
        if taught != keymap {
            taught.clone_from(keymap);
        }
    });
}

/// All keys of a command, as people write them.
pub fn all_of(kind: CommandKind) -> Vec<String> {
    TAUGHT.with_borrow(|taught| taught.keys(kind).iter().map(|key| key_name(key)).collect())
}

/// The key of a command that is taught, or nothing.
pub fn key_of(kind: CommandKind) -> String {
    all_of(kind).into_iter().next().unwrap_or_default()
}

/// A name with the command's first key behind it, as buttons bear it: `Retag (T)`.
pub fn with_key(name: &str, kind: CommandKind) -> String {
    match key_of(kind).as_str() {
        "" => name.to_owned(),
        "Delete" => format!("{name} (Del)"),
        key => format!("{name} ({key})"),
    }
}

/// All keys of a command: `Ctrl+Shift+Z, Ctrl+Y`.
pub fn keys_of(kind: CommandKind) -> String {
    all_of(kind).join(", ")
}

/// What a command's button says when the pointer rests on it.
pub fn tooltip_of(kind: CommandKind) -> String {
    match keys_of(kind) {
        keys if keys.is_empty() => kind.help().to_owned(),
        keys => format!("{}  {keys}", kind.help()),
    }
}

/// A key within a sentence; the command's name where it has none.
pub fn in_words(kind: CommandKind) -> String {
    TAUGHT.with_borrow(|taught| taught.taught(kind))
}
