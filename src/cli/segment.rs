//! `pressmark segment`: blocks, sentences and quotes as JSON lines, or as text for people.
//!
//! Offsets are code points of the text as Python reads it. What a person decided in the sidecar (these marks are not a
//! quote, no sentence ends here) is applied. Finding segments is left to `text`, reading to `store`.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use rayon::prelude::*;
use serde::Serialize;

use super::{FOUND, NOTHING_DONE, notice, safe_json};
use crate::model::{QuoteKind, Segments, Span};
use crate::store::{FolderEntry, load_article, scan};
use crate::text::{SourceText, display_safe};

/// The words after `segment`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders and articles
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// jsonl for programs, text for people
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Jsonl,
    Text,
}

/// Articles that are held in memory at a time: enough to keep every core busy.
const BATCH: usize = 256;

/// Prints the segments of all articles in the order of their names.
pub fn run(args: Args) -> ExitCode {
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
        for file in &listing.unreadable {
            notice(format_args!("{}: {}", file.rel, file.reason));
            troubles += 1;
        }
        for batch in listing.articles.chunks(BATCH) {
            let lines: Vec<_> = batch
                .par_iter()
                .map(|entry| line(entry, args.format))
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

fn line(entry: &FolderEntry, format: Format) -> Result<String, String> {
    let article = load_article(&entry.path, None)
        .map_err(|error| format!("{}: {}", entry.rel, error.reason()))?;
    Ok(match format {
        Format::Jsonl => json(&entry.rel, &article.source, &article.segments),
        Format::Text => text(&entry.rel, &article.source, &article.segments),
    })
}

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    length: usize,
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
    quotes: Vec<Quote>,
}

#[derive(Serialize)]
struct Block {
    start: usize,
    end: usize,
    kind: &'static str,
}

#[derive(Serialize)]
struct Sentence {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Quote {
    start: usize,
    end: usize,
    kind: &'static str,
    fragments: Vec<[usize; 2]>,
    closed: bool,
}

fn json(file: &str, source: &SourceText, segments: &Segments) -> String {
    let cp = |span: Span| {
        let cp = source.cp_span(span);
        (cp.start, cp.end)
    };
    let line = Line {
        file,
        length: source.code_points(),
        blocks: segments
            .blocks
            .iter()
            .map(|block| {
                let (start, end) = cp(block.span);
                let kind = block.kind.name();
                Block { start, end, kind }
            })
            .collect(),
        sentences: segments
            .sentences
            .iter()
            .map(|span| {
                let (start, end) = cp(*span);
                Sentence { start, end }
            })
            .collect(),
        quotes: segments
            .quotes
            .iter()
            .map(|quote| {
                let (start, end) = cp(quote.span);
                Quote {
                    start,
                    end,
                    kind: quote.kind.name(),
                    fragments: quote
                        .fragments
                        .iter()
                        .map(|span| cp(*span).into())
                        .collect(),
                    closed: quote.closed,
                }
            })
            .collect(),
    };
    let json = serde_json::to_string(&line).unwrap_or_default();
    safe_json(&json) + "\n"
}

/// One line a sentence under the kind of its block, quotes in ⟦ ⟧.
fn text(file: &str, source: &SourceText, segments: &Segments) -> String {
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let mut out = format!(
        "{}: {}, {}, {}, {}\n",
        display_safe(file),
        count(source.code_points(), "character"),
        count(segments.blocks.len(), "block"),
        count(segments.sentences.len(), "sentence"),
        count(segments.quotes.len(), "quote"),
    );
    let mut sentences = segments.sentences.iter().peekable();
    for (nth, block) in segments.blocks.iter().enumerate() {
        let mut lead = format!("{:>5}  {:<10}", nth + 1, block.kind.name());
        while let Some(sentence) = sentences.next_if(|s| s.start() < block.span.end()) {
            out.push_str(&format!("{lead} {}\n", marked(source, segments, *sentence)));
            lead = " ".repeat(17);
        }
    }
    out.push('\n');
    out
}

/// A sentence on one line, with the quotes that begin or end in it.
fn marked(source: &SourceText, segments: &Segments, sentence: Span) -> String {
    let mut signs: Vec<(usize, String)> = Vec::new();
    let first = segments
        .quotes
        .partition_point(|q| q.span.end() <= sentence.start());
    for quote in &segments.quotes[first..] {
        if quote.span.start() >= sentence.end() {
            break;
        }
        let open = match quote.kind {
            QuoteKind::Speech => "⟦".to_owned(),
            other => format!("⟦{}: ", other.name()),
        };
        let close = if quote.closed {
            "⟧"
        } else {
            " not closed⟧"
        };
        if sentence.contains(quote.span.start()) {
            signs.push((quote.span.start(), open));
        }
        if quote.span.end() <= sentence.end() {
            signs.push((quote.span.end(), close.to_owned()));
        }
    }
    let (mut out, mut at) = (String::new(), sentence.start());
    for (place, sign) in signs {
        out.push_str(source.slice(Span::new(at, place)));
        out.push_str(&sign);
        at = place;
    }
    out.push_str(source.slice(Span::new(at, sentence.end())));
    let line = out.split_whitespace().collect::<Vec<_>>().join(" ");
    display_safe(&line).into_owned()
}
