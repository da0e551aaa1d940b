//! `pressmark sample`: copies the bundled sample to where the person can work on it.
//!
//! Writes nothing over. Opening the window on it is left to whoever called.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{NOTHING_DONE, notice};
use crate::store::{sample_dir, write_sample};

/// Copies what is not there yet and says where it is.
///
/// # Errors
/// The exit code, when the folder could not be written; the reason stands on stderr.
pub fn run(dir: Option<&Path>) -> Result<PathBuf, ExitCode> {
    let dir = dir.map_or_else(sample_dir, Path::to_owned);
    match write_sample(&dir) {
        Ok(written) if written.is_empty() => {
            notice(format_args!("the sample is in {}", dir.display()));
            Ok(dir)
        }
        Ok(written) => {
            let count = written.len();
            notice(format_args!("{count} files copied to {}", dir.display()));
            Ok(dir)
        }
        Err(error) => {
            notice(error);
            Err(NOTHING_DONE.into())
        }
    }
}
