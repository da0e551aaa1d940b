//! What it means, here and now, to overrule the segmenter: a sentence split or joined, a quote that is none.
//!
//! The places come from the focus and the selection; writing them down is `update::overruling`'s.

use super::article::OpenArticle;
use super::catalogue::CommandKind as Kind;
use super::command::Command;
use super::focus::{Direction, Focus, Level};
use crate::model::{QuoteRun, Span};
use crate::text;

/// What one of these commands means in an article, or why it means nothing.
pub(super) fn overrule(
    kind: Kind,
    article: &OpenArticle,
    target: &[Span],
    selected: bool,
) -> Result<Command, &'static str> {
    match kind {
        Kind::SplitSentence => split(article, target, selected),
        Kind::JoinSentences => join(article, target, selected),
        _ => quote(article, target, selected),
    }
}

/// The new sentence begins at the selection, or with the word that has the focus and the marks that open before it.
fn split(article: &OpenArticle, target: &[Span], selected: bool) -> Result<Command, &'static str> {
    const WHERE: &str = "Go to the word with which the new sentence begins (W), or select from it.";
    let start = target.first().ok_or(WHERE)?.start();
    let sentence = article.sentence_at(start).ok_or(WHERE)?;
    let at = if selected || article.focus.level == Level::Letter {
        start
    } else {
        text::opening_before(&article.source, sentence, start)
    };
    text::split_place(&article.source, sentence, at).ok_or(WHERE)?;
    Ok(Command::SplitSentence(at))
}

fn join(article: &OpenArticle, target: &[Span], selected: bool) -> Result<Command, &'static str> {
    if article.focus.level == Level::Paragraph && !selected {
        return Err("Go to the sentence that goes on in the next: →.");
    }
    let start = target.first().ok_or("Go to a sentence first.")?.start();
    let sentence = sentence(article, start).ok_or("Go to a sentence first.")?;
    let block = article.segments.blocks.get(article.block_at(start));
    let next = Focus::step(article, Level::Sentence, sentence, Direction::Forward);
    match next.filter(|next| block.is_some_and(|block| block.span.covers(*next))) {
        Some(next) => Ok(Command::JoinSentences(sentence, next)),
        None => Err("This is the last sentence of its paragraph: there is none to join it with."),
    }
}

/// The sentence at an offset. What has the focus counts before what is being found again.
fn sentence(article: &OpenArticle, at: usize) -> Option<Span> {
    let focus = &article.focus;
    let focused = focus.level == Level::Sentence && focus.span.contains(at);
    if focused {
        Some(focus.span)
    } else {
        article.sentence_at(at)
    }
}

/// A quote becomes none, and what is none a quote.
fn quote(article: &OpenArticle, target: &[Span], selected: bool) -> Result<Command, &'static str> {
    if target.is_empty() {
        return Err("Nothing is selected and nothing has the focus.");
    }
    // A selection says which words; what has the focus may lie anywhere in the quote.
    let exact = selected || article.focus.level == Level::Annotation;
    let mut runs: Vec<Span> = Vec::new();
    for &span in target {
        let quotes = &article.segments.quotes;
        let from = quotes.partition_point(|run| run.span.end() <= span.start());
        let run = quotes.get(from).filter(|run| run.span.overlaps(span));
        match run {
            Some(run) if is_of(article, run, span, exact) => runs.push(run.fragments[0]),
            Some(_) if !exact => {
                return Err("A part of this is a quote: go to it, or select the words.");
            }
            _ => return Ok(Command::MakeQuote(target.to_vec())),
        }
    }
    runs.dedup();
    Ok(Command::UnmakeQuote(runs))
}

/// Whether a span holds no words but those of a quote and, where it is exact, all of them.
fn is_of(article: &OpenArticle, run: &QuoteRun, span: Span, exact: bool) -> bool {
    holds_words_of(article, run.span, span) && (!exact || holds_words_of(article, span, run.span))
}

/// Whether a span holds all letters and figures of another.
fn holds_words_of(article: &OpenArticle, span: Span, of: Span) -> bool {
    let has_words = |from: usize, to: usize| {
        from < to
            && article
                .source
                .slice(Span::new(from, to))
                .contains(char::is_alphanumeric)
    };
    span.overlaps(of) && !has_words(of.start(), span.start()) && !has_words(span.end(), of.end())
}
