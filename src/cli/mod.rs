//! The command line: what the words after `pressmark` mean, and the commands that need no window.
//!
//! Machine-readable lines go to stdout, notices to stderr. Exit codes: 0 fine, 1 something was found or could not be
//! read, 2 nothing could be done. One file per command; opening the window is left to `main`.
//!
//! A word that names both a command and a folder is the command, also when the folder exists: `./sample` is the folder.
//! clap sees to it (`args_conflicts_with_subcommands`): the first word is a command or a path, never both, so
//! `pressmark sample DIR` and `pressmark DIR` can share one grammar.

mod check;
mod export;
mod sample;
mod schema;
mod segment;
mod suggest;
mod walk;

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::text::display_safe;

/// What the command line asked for.
#[derive(Debug)]
pub enum Start {
    /// Everything is done; this is how it went.
    Headless(ExitCode),
    /// The window is to be opened, on a folder or file if one was named.
    Window {
        /// What to open.
        target: Option<PathBuf>,
    },
}

/// The words after `pressmark`.
#[derive(Debug, Parser)]
#[command(name = "pressmark", version, about = ABOUT, args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
struct Args {
    /// Folder of articles, or one article, to open in the window [default: the last one]
    #[arg(value_name = "FOLDER|FILE")]
    target: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

const ABOUT: &str = "Read and annotate news text: claims, people, sources and quotes";
const AFTER_HELP: &str = "Articles are .txt, .text and .md files; they are never changed. \
A folder that is called like a command is opened as ./sample.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Copy the bundled sample articles to a folder and open it
    Sample {
        /// Where to [default: the place for data of this user]
        dir: Option<PathBuf>,
        /// Only copy
        #[arg(long)]
        no_window: bool,
    },
    /// Print the blocks, sentences and quotes of articles, one JSON line each
    Segment(walk::Args),
    /// Print who is named, who says what and what is worth checking, one JSON line an article
    Suggest(walk::Args),
    /// Write the annotations of a folder for other programs and for print
    Export(export::Args),
    /// Look for what is wrong in articles and annotations, one finding a line
    Check {
        /// Folder or article
        path: PathBuf,
    },
    /// Print the JSON Schema of the sidecar files
    Schema,
}

/// Reads the arguments of this process and does what needs no window.
pub fn start() -> Start {
    start_with(std::env::args_os())
}

/// The same with given arguments, the first of which is the program's name.
pub fn start_with(words: impl IntoIterator<Item = OsString>) -> Start {
    let args = match Args::try_parse_from(words) {
        Ok(args) => args,
        Err(error) => {
            // Help and version come this way too, with code 0. If they cannot be printed, there is nobody to tell.
            let _ = error.print();
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            return Start::Headless(code.into());
        }
    };
    Start::Headless(match args.command {
        None => return window(args.target),
        Some(Command::Sample { dir, no_window }) => match sample::run(dir.as_deref()) {
            Ok(_) if no_window => ExitCode::SUCCESS,
            Ok(dir) => return window(Some(dir)),
            Err(code) => code,
        },
        Some(Command::Segment(args)) => segment::run(&args),
        Some(Command::Suggest(args)) => suggest::run(&args),
        Some(Command::Export(args)) => export::run(args),
        Some(Command::Check { path }) => check::run(&path),
        Some(Command::Schema) => schema::run(),
    })
}

/// A mistyped command would look like a folder; better to say so than to open an empty window.
fn window(target: Option<PathBuf>) -> Start {
    if let Some(path) = &target
        && !path.exists()
    {
        notice(format_args!(
            "{} is neither a command nor a folder or file that exists",
            path.display()
        ));
        return Start::Headless(NOTHING_DONE.into());
    }
    Start::Window {
        target: target.map(|path| whole(&path)),
    }
}

/// The path from the root on: the window remembers it, and the next start may stand elsewhere.
fn whole(path: &Path) -> PathBuf {
    if path.components().any(|part| part == Component::ParentDir) {
        // Only the disk can tell what `..` means behind a link.
        return path.canonicalize().unwrap_or_else(|_| path.to_owned());
    }
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

const FOUND: u8 = 1;
const NOTHING_DONE: u8 = 2;

/// One line on stderr, safe for a terminal whatever file names hold.
fn notice(text: impl Display) {
    let line = text.to_string();
    // Nobody is left to tell when stderr is closed.
    let _ = writeln!(io::stderr(), "pressmark: {}", display_safe(&line));
}

/// A number with its noun: "1 quote", "2 quotes".
fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Escapes in a line of JSON what would move a terminal's cursor or turn its reading direction.
fn safe_json(json: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if crate::text::is_unsafe(c) {
            // Writing to a string cannot fail; none of these characters lies above U+FFFF.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_gets_whole_paths() {
        let start = start_with(["pressmark", "src"].map(OsString::from));
        let Start::Window { target: Some(path) } = start else {
            panic!("a folder opens a window");
        };
        assert!(path.is_absolute() && path.ends_with("src"));
        let here = whole(Path::new("src/.."));
        assert_eq!(
            here.file_name(),
            std::path::absolute(".").unwrap().file_name()
        );
    }
}
