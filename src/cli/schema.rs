//! `pressmark schema`: prints the JSON Schema of the sidecar.
//!
//! The schema itself lives in `store`, beside what reads and writes sidecars.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::store::SIDECAR_SCHEMA;

/// Prints the schema.
pub fn run() -> ExitCode {
    // A reader that has gone away (`| head`) wants no more.
    let _ = io::stdout().lock().write_all(SIDECAR_SCHEMA.as_bytes());
    ExitCode::SUCCESS
}
