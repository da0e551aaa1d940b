//! The program: a command that needs no window is done, anything else opens one.

use std::process::ExitCode;

use pressmark::cli::{self, Start};
use pressmark::ui;

fn main() -> ExitCode {
    match cli::start() {
        Start::Headless(code) => code,
        Start::Window { target } => ui::run(target),
    }
}
