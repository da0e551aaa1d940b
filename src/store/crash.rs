//! The note that a crash of the window leaves for the next start.
//!
//! One file in the state folder: the last crash wins. Whoever starts next takes it, once.

use std::fs;
use std::path::PathBuf;

use super::places::state_dir;

const NAME: &str = "crash-note.txt";
const SHOWN: &str = "crash-note.shown.txt";

fn place(name: &str) -> Option<PathBuf> {
    Some(state_dir()?.join(name))
}

/// Leaves a note for the next start.
///
/// A note that cannot be written is lost: it is called while the program is going down, with nobody left to tell.
pub fn write_crash_note(note: &str) {
    if let Some(path) = place(NAME) {
        if let Some(folder) = path.parent() {
            let _ = fs::create_dir_all(folder);
        }
        let _ = fs::write(path, note);
    }
}

/// Takes the note of the last crash, if there is one; it stays on the disk under another name.
pub fn take_crash_note() -> Option<String> {
    let path = place(NAME)?;
    let bytes = fs::read(&path).ok()?;
    // A note that cannot be put aside would be shown at every start.
    if fs::rename(&path, place(SHOWN)?).is_err() {
        let _ = fs::remove_file(&path);
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
