//! Locks between windows and programs: one while a file is compared and replaced, one for as long as a folder is open.
//!
//! Both are advisory and end with the process that holds them, however it ends. Neither writes into the person's folder:
//! the first is a lock on the folder itself, the second on an empty file in the state folder.
//!
//! *Limitations*: programs that do not ask are not held up, and neither are other machines on a shared folder or, for
//! the second, other users. The comparison before each save is what keeps their work.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::disk::{hash, hex};
use super::places::make_private;

/// A save takes milliseconds. Who holds a folder for longer is not saving, and is not waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often a lock that somebody else holds is tried again.
const PAUSE: Duration = Duration::from_millis(2);

/// Keeps others of us from replacing a file in a folder, until it is dropped.
pub(super) struct Saving(File);

impl Drop for Saving {
    fn drop(&mut self) {
        // Closing would do, unless it fails: then we would wait for ourselves at the next save.
        let _ = self.0.unlock();
    }
}

/// Waits until nobody else of us is replacing a file in this folder.
///
/// `None` where folders cannot be locked; then saving goes on without.
pub(super) fn while_saving(folder: &Path) -> Option<Saving> {
    // Elsewhere a folder cannot be opened like a file.
    if !cfg!(unix) {
        return None;
    }
    let lock = File::open(folder).ok()?;
    let start = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Some(Saving(lock)),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => thread::sleep(PAUSE),
            Err(_) => return None,
        }
    }
}

/// Says that a folder is open in a window, until it is dropped.
#[derive(Debug)]
pub struct Presence {
    /// Whether another window of this user has the same folder open.
    pub is_shared: bool,
    _lock: File,
}

/// Takes part in having a folder open. `None` where that cannot be told.
pub fn be_present(state: &Path, folder: &Path) -> Option<Presence> {
    let place = fs::canonicalize(folder).ok()?;
    let locks = state.join("locks");
    make_private(&locks).ok()?;
    let name = &hex(&hash(place.as_os_str().as_encoded_bytes()))[..16];
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    let lock = options.open(locks.join(name)).ok()?;
    // Whoever can have it alone for a moment is alone; then everybody shares it, so that the next one sees us too.
    let is_shared = match lock.try_lock() {
        Ok(()) => false,
        Err(TryLockError::WouldBlock) => true,
        Err(TryLockError::Error(_)) => return None,
    };
    if !is_shared {
        lock.unlock().ok()?;
    }
    lock.try_lock_shared().ok()?;
    Some(Presence {
        is_shared,
        _lock: lock,
    })
}
