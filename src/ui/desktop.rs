//! What the desktop offers, behind the port of `app`: the folder dialog, and whether it is dark.
//!
//! Blocking: called in a job's thread, so the window never waits for it.
//!
//! *Limitations*: rfd answers "nothing" both when a person cancels and when no dialog could be shown. On Linux we look
//! for a session bus or zenity first, and take an answer that came faster than a person can press Escape for a missing
//! dialog.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::app::{Desktop, NoDialog};

/// Faster than a dialog can open and be cancelled by hand; without a portal rfd gives up in 25 to 160 ms.
const TOO_FAST: Duration = Duration::from_millis(300);

/// Native dialogs through rfd, the theme through the desktop's portal.
#[derive(Debug, Default, Clone, Copy)]
pub struct Native;

impl Desktop for Native {
    fn pick_folder(&self, title: &str) -> Result<Option<PathBuf>, NoDialog> {
        if !can_ask() {
            return Err(NoDialog);
        }
        let asked = Instant::now();
        let answer = rfd::FileDialog::new().set_title(title).pick_folder();
        if answer.is_none() && cfg!(target_os = "linux") && asked.elapsed() < TOO_FAST {
            return Err(NoDialog);
        }
        Ok(answer)
    }

    // Elsewhere winit tells.
    #[cfg(target_os = "linux")]
    fn follow_theme(&self, tell: &dyn Fn(bool)) {
        if has_session_bus() {
            super::portal::follow_theme(tell);
        }
    }
}

/// Whether anything here could show a dialog.
fn can_ask() -> bool {
    !cfg!(target_os = "linux") || has_session_bus() || has_zenity()
}

fn has_session_bus() -> bool {
    let address =
        std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty());
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    address || runtime.is_some_and(|dir| dir.join("bus").exists())
}

fn has_zenity() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|dir| dir.join("zenity").is_file())
}
