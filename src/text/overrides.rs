//! The segmenter's findings, corrected by what a person decided.

use crate::model::{Override, OverrideKind, QuoteKind, QuoteRun, Segments, Span};

use super::index::SourceText;
use super::segmenter::segment;
use super::sentence::split_at;

/// Finds the segments of a text and applies what a person decided against them.
///
/// Decisions whose place is not certain, and those of a newer version, change nothing.
pub fn segment_with(text: &SourceText, overrides: &[Override]) -> Segments {
    let mut segments = segment(text.as_str());
    for decision in overrides {
        let Some(span) = decision.at.span() else {
            continue;
        };
        let span = text.snap(span);
        match decision.make {
            OverrideKind::NotAQuote => segments.quotes.retain(|run| !run.span.overlaps(span)),
            OverrideKind::Quote => add_quote(&mut segments, span),
            OverrideKind::Split => split(text.as_str(), &mut segments.sentences, span),
            OverrideKind::Join => join(&mut segments, span),
            OverrideKind::Other(_) => {}
        }
    }
    segments
}

fn add_quote(segments: &mut Segments, span: Span) {
    let inside = segments
        .blocks
        .iter()
        .filter_map(|block| block.span.intersection(span));
    let fragments: Vec<Span> = inside.filter(|part| !part.is_empty()).collect();
    let Some(span) = fragments.iter().copied().reduce(Span::hull) else {
        return;
    };
    segments.quotes.retain(|run| !run.span.overlaps(span));
    let at = segments
        .quotes
        .partition_point(|run| run.span.start() < span.start());
    let run = QuoteRun {
        span,
        fragments,
        kind: QuoteKind::Speech,
        closed: true,
    };
    segments.quotes.insert(at, run);
}

/// A sentence ends where the span does.
fn split(text: &str, sentences: &mut Vec<Span>, span: Span) {
    let end = span.end();
    let index = sentences.partition_point(|sentence| sentence.end() <= end);
    if let Some(&sentence) = sentences.get(index)
        && let Some((head, tail)) = split_at(text, sentence, end)
    {
        sentences.splice(index..=index, [head, tail]);
    }
}

/// No sentence ends inside the span, or at its end when it lies in one sentence.
fn join(segments: &mut Segments, span: Span) {
    let sentences = &mut segments.sentences;
    let first = sentences.partition_point(|sentence| sentence.end() < span.start().max(1));
    let mut last = sentences
        .partition_point(|sentence| sentence.start() < span.end())
        .saturating_sub(1);
    if last <= first {
        last = first + 1;
    }
    let block_of = |sentence: Span| {
        segments
            .blocks
            .partition_point(|block| block.span.end() < sentence.end())
    };
    // Sentences never cross a block, whatever was asked for.
    while last > first
        && sentences
            .get(last)
            .is_none_or(|&s| block_of(s) != block_of(sentences[first]))
    {
        last -= 1;
    }
    if last > first {
        let whole = sentences[first].hull(sentences[last]);
        sentences.splice(first..=last, [whole]);
    }
}
