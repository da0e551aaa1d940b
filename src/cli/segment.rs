//! `pressmark segment`: blocks, sentences and quotes as JSON lines, or as text for people.
//!
//! Offsets are code points of the text as Python reads it. What a person decided in the sidecar (these marks are not a
//! quote, no sentence ends here) is applied. Finding segments is left to `text`, reading to `store`, walking to `walk`.

use std::process::ExitCode;

use serde::Serialize;

use super::walk::{self, Format};
use super::{counted, safe_json};
use crate::model::{QuoteKind, Segments, Span};
use crate::text::{SourceText, display_safe};

/// Prints the segments of all articles in the order of their names.
pub fn run(args: &walk::Args) -> ExitCode {
    walk::run(
        args,
        |_| ((), None),
        |(), file, article, format| match format {
            Format::Jsonl => json(file, &article.source, &article.segments),
            Format::Text => text(file, &article.source, &article.segments),
        },
    )
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
    let mut out = format!(
        "{}: {}, {}, {}, {}\n",
        display_safe(file),
        counted(source.code_points(), "character"),
        counted(segments.blocks.len(), "block"),
        counted(segments.sentences.len(), "sentence"),
        counted(segments.quotes.len(), "quote"),
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
