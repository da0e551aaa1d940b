//! Where this platform keeps a user's settings, state and data.
//!
//! Follows the XDG variables on Linux and the platform's own custom elsewhere. Whoever writes makes the folders.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

fn dirs() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "pressmark")
}

/// The settings file.
pub fn settings_path() -> Option<PathBuf> {
    dirs().map(|dirs| dirs.config_dir().join("settings.json"))
}

/// The folder for what lasts from session to session and is nobody's setting: backups, crash notes.
pub fn state_dir() -> Option<PathBuf> {
    // Only Linux tells state and data apart.
    let dirs = dirs()?;
    Some(dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_owned())
}

/// Makes a folder, with those above it, that nobody else may look into: copies of sidecars say as much as they do.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Where the bundled sample goes unless the person says otherwise.
pub fn sample_dir() -> PathBuf {
    dirs().map_or_else(
        || PathBuf::from("pressmark-sample"),
        |dirs| dirs.data_dir().join("sample"),
    )
}
