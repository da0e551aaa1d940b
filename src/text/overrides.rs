//! The segmenter's findings, corrected by what a person decided.
//!
//! A decision speaks of one place: a boundary between two sentences, or the words of a quote. Sentences end where the
//! segmenter found it, without the boundaries that somebody joined, and with those that somebody split; quotes are the
//! segmenter's, without those that are none, and with those that somebody made. So the order in which decisions were
//! made, or stand in the file, changes nothing, but that of two quotes that overlap the later in the text stays.
//!
//! *Limitations*: blocks cannot be overruled; a sentence never crosses one, whatever was decided.

use crate::model::{Override, OverrideKind, QuoteKind, QuoteRun, Segments, Span};

use super::index::SourceText;
use super::segmenter::segment;
use super::sentence::split_at;

/// Finds the segments of a text and applies what a person decided against them.
///
/// Decisions whose place is not certain, and those of a newer version, change nothing.
pub fn segment_with(text: &SourceText, overrides: &[Override]) -> Segments {
    overrule(segment(text.as_str()), text, overrides)
}

/// Applies what a person decided against the segmenter to what it found.
pub fn overrule(mut segments: Segments, text: &SourceText, overrides: &[Override]) -> Segments {
    let places = |make: OverrideKind| {
        let of = overrides.iter().filter(move |o| o.make == make);
        let mut spans: Vec<Span> = of
            .filter_map(|o| text.trimmed(text.snap(o.at.span()?)))
            .collect();
        spans.sort_unstable();
        spans
    };
    let joins = places(OverrideKind::Join);
    if !joins.is_empty() {
        join(&mut segments, &joins);
    }
    let splits = places(OverrideKind::Split);
    if !splits.is_empty() {
        split(text.as_str(), &mut segments.sentences, &splits);
    }
    let none = places(OverrideKind::NotAQuote);
    let made = made_quotes(text, &segments, &places(OverrideKind::Quote));
    if !none.is_empty() || !made.is_empty() {
        let gone = apart(none.into_iter().chain(made.iter().map(|run| run.span)));
        segments.quotes.retain(|run| !is_touched(&gone, run.span));
        segments.quotes.extend(made);
        segments.quotes.sort_by_key(|run| run.span.start());
    }
    segments
}

/// Where a sentence is cut so that a new one begins at an offset: the place to write down, and the new sentence.
///
/// The place ends where the old sentence does, and reaches back to its last word.
pub fn split_place(text: &SourceText, sentence: Span, at: usize) -> Option<(Span, Span)> {
    let (head, tail) = split_at(text.as_str(), sentence, at)?;
    Some((Span::new(last_word(text, head), head.end()), tail))
}

/// The place to write down where one sentence goes on in the next: the words on both sides of the boundary.
pub fn join_place(text: &SourceText, first: Span, next: Span) -> Span {
    let word = text.next_word(next.start()).map(Span::end);
    let end = word.filter(|end| *end <= next.end()).unwrap_or(next.end());
    Span::new(last_word(text, first), end)
}

/// Where a sentence begins whose first word is this one: before the marks and brackets that stand at the word.
pub fn opening_before(text: &SourceText, sentence: Span, word: usize) -> usize {
    let head = text.slice(Span::new(sentence.start(), word.max(sentence.start())));
    let bare = head.trim_end_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
    if bare.is_empty() || bare.ends_with(char::is_whitespace) {
        return sentence.start() + bare.len();
    }
    // "He left.“No”": without a space before them only marks that open can be told.
    let opens = |c| {
        matches!(
            c,
            '“' | '‘' | '„' | '‚' | '(' | '[' | '「' | '『' | '《' | '（' | '¿' | '¡'
        )
    };
    sentence.start() + head.trim_end_matches(opens).len()
}

/// Where the last word of a sentence begins; where there is none, the sentence.
fn last_word(text: &SourceText, sentence: Span) -> usize {
    let word = text.prev_word(sentence.end()).map(Span::start);
    word.filter(|start| *start > sentence.start())
        .unwrap_or(sentence.start())
}

/// Takes out the boundaries that lie inside one of the spans, or at the end of the sentence that a span lies in.
fn join(segments: &mut Segments, spans: &[Span]) {
    let found = std::mem::take(&mut segments.sentences);
    let mut goes_on = vec![false; found.len()];
    // Spans come by start; what an earlier one has joined is not gone through again.
    let mut done = 0;
    for span in spans {
        let first = found.partition_point(|sentence| sentence.end() <= span.start());
        let last = found.partition_point(|sentence| sentence.start() < span.end());
        let end = last.saturating_sub(1).max(first + 1).min(found.len());
        for slot in goes_on.iter_mut().take(end).skip(first.max(done)) {
            *slot = true;
        }
        done = done.max(end);
    }
    let mut block = segments.blocks.iter().map(|block| block.span).peekable();
    for (at, sentence) in found.iter().copied().enumerate() {
        while block.next_if(|b| b.end() <= sentence.start()).is_some() {}
        let here = block.peek().copied();
        match segments.sentences.last_mut() {
            Some(last) if goes_on[at - 1] && here.is_some_and(|b| b.covers(*last)) => {
                *last = last.hull(sentence)
            }
            _ => segments.sentences.push(sentence),
        }
    }
}

/// A sentence ends where each of the spans does.
fn split(text: &str, sentences: &mut Vec<Span>, spans: &[Span]) {
    let mut cuts: Vec<usize> = spans.iter().map(|span| span.end()).collect();
    cuts.sort_unstable();
    let mut cuts = cuts.into_iter().peekable();
    let mut out = Vec::with_capacity(sentences.len() + cuts.len());
    for &sentence in sentences.iter() {
        let mut rest = sentence;
        while let Some(cut) = cuts.next_if(|cut| *cut < sentence.end()) {
            if let Some((head, tail)) = split_at(text, rest, cut) {
                out.push(head);
                rest = tail;
            }
        }
        out.push(rest);
    }
    *sentences = out;
}

/// The quotes that a person made, a fragment a block. Of those that overlap, the last stays.
fn made_quotes(text: &SourceText, segments: &Segments, spans: &[Span]) -> Vec<QuoteRun> {
    let blocks = &segments.blocks;
    let mut made: Vec<QuoteRun> = Vec::with_capacity(spans.len());
    for &span in spans {
        let from = blocks.partition_point(|block| block.span.end() <= span.start());
        let inside = blocks[from..].iter().map(|block| block.span);
        let parts = inside
            .take_while(|block| block.start() < span.end())
            .filter_map(|block| text.trimmed(block.intersection(span)?));
        let fragments: Vec<Span> = parts.collect();
        let Some(span) = fragments.iter().copied().reduce(Span::hull) else {
            continue;
        };
        while made.pop_if(|run| run.span.overlaps(span)).is_some() {}
        made.push(QuoteRun {
            span,
            fragments,
            kind: QuoteKind::Speech,
            closed: true,
        });
    }
    made
}

/// Spans by start, with those that meet made one.
fn apart(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut sorted: Vec<Span> = spans.collect();
    sorted.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match out.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.hull(span),
            _ => out.push(span),
        }
    }
    out
}

/// Whether one of some spans, which are apart, overlaps a span.
fn is_touched(spans: &[Span], span: Span) -> bool {
    let at = spans.partition_point(|other| other.end() <= span.start());
    spans.get(at).is_some_and(|other| other.overlaps(span))
}
