//! One line an article: the walk that `segment` and `suggest` share.
//!
//! Folders are read in parallel, a batch at a time, and printed in the order of names. An article that cannot be read
//! is a notice, and the others go on.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use rayon::prelude::*;

use super::{FOUND, NOTHING_DONE, notice};
use crate::store::{Article, FolderEntry, Listing, load_article, scan};

/// What to walk over, and for whom to print.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders and articles
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// jsonl for programs, text for people
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

/// For whom to print.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// JSON lines for programs.
    Jsonl,
    /// Text for people.
    Text,
}

/// Articles that are held in memory at a time: enough to keep every core busy.
const BATCH: usize = 256;

/// Prints what `show` makes of every article; `prepare` looks once at each folder, and says what it could not read.
pub fn run<F: Sync>(
    args: &Args,
    prepare: impl Fn(&Listing) -> (F, Option<String>),
    show: impl Fn(&F, &str, &Article, Format) -> String + Sync,
) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut troubles, mut listed) = (0, 0);
    for path in &args.paths {
        let listing = match scan(path, &mut |_| true) {
            Ok(listing) => listing,
            Err(error) => {
                notice(error);
                troubles += 1;
                continue;
            }
        };
        listed += 1;
        let (folder, trouble) = prepare(&listing);
        let unreadable = listing.unreadable.iter();
        let unreadable = unreadable.map(|file| format!("{}: {}", file.rel, file.reason));
        for reason in trouble.into_iter().chain(unreadable) {
            notice(reason);
            troubles += 1;
        }
        let articles: Vec<FolderEntry> = listing.articles.entries().collect();
        for batch in articles.chunks(BATCH) {
            let lines: Vec<_> = batch
                .par_iter()
                .map(|entry| match load_article(&entry.path, None) {
                    Ok(article) => Ok(show(&folder, &entry.rel, &article, args.format)),
                    Err(error) => Err(format!("{}: {}", entry.rel, error.reason())),
                })
                .collect();
            for line in lines {
                match line {
                    // A reader that has gone away (`| head`) wants no more.
                    Ok(line) if out.write_all(line.as_bytes()).is_err() => {
                        return ExitCode::SUCCESS;
                    }
                    Ok(_) => {}
                    Err(reason) => {
                        notice(reason);
                        troubles += 1;
                    }
                }
            }
        }
    }
    if out.flush().is_err() {
        return ExitCode::SUCCESS;
    }
    match (troubles, listed) {
        (0, _) => ExitCode::SUCCESS,
        (_, 0) => NOTHING_DONE.into(),
        _ => FOUND.into(),
    }
}
