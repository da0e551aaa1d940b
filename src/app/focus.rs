//! The focus ladder and the selection: where the reader stands, and how arrows move it.
//!
//! Paragraph, sentence, word and letter are rungs of one ladder; a quote and an annotation are stations that J, K and
//! Tab reach. All of this is arithmetic on spans of the open article; drawing it is `ui`'s.

use super::article::OpenArticle;
use crate::model::{Id, Segments, Span};
use crate::text::body_of;

/// What kind of thing has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// A block.
    Paragraph,
    /// A sentence.
    Sentence,
    /// A word.
    Word,
    /// A letter: one grapheme cluster.
    Letter,
    /// A quote that the segmenter found.
    Quote,
    /// An annotation.
    Annotation,
    /// A suggestion that nobody has decided yet.
    Suggestion,
}

impl Level {
    /// The word on screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
            Self::Word => "word",
            Self::Letter => "letter",
            Self::Quote => "quote",
            Self::Annotation => "annotation",
            Self::Suggestion => "suggestion",
        }
    }
}

/// What has the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// What kind of thing.
    pub level: Level,
    /// Its extent; of several fragments, from the first to the last.
    pub span: Span,
    /// The annotation, at that level.
    pub annotation: Option<Id>,
    /// The suggestion, at that level, by its rank in the text.
    pub suggestion: Option<usize>,
}

/// What is selected: from the anchor, which stays, to the head, which moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub anchor: usize,
    /// The end that moves.
    pub head: usize,
}

impl Selection {
    /// The selected span.
    pub fn span(self) -> Span {
        Span::new(self.anchor, self.head)
    }
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Towards the end.
    Forward,
    /// Towards the beginning.
    Back,
}

impl Focus {
    /// On the first paragraph.
    pub fn at_start(segments: &Segments) -> Self {
        Self::paragraph(segments.blocks.first().map_or(Span::default(), |b| b.span))
    }

    /// On a paragraph.
    pub const fn paragraph(span: Span) -> Self {
        Self {
            level: Level::Paragraph,
            span,
            annotation: None,
            suggestion: None,
        }
    }

    /// On some text, at a level.
    pub const fn text(level: Level, span: Span) -> Self {
        Self {
            level,
            span,
            annotation: None,
            suggestion: None,
        }
    }

    /// What a tag on the focus would cover: one span a fragment.
    pub fn spans(&self, article: &OpenArticle) -> Vec<Span> {
        match self.level {
            Level::Annotation => {
                let annotation = self
                    .annotation
                    .as_ref()
                    .and_then(|id| article.annotation(id));
                annotation.map_or_else(Vec::new, |a| a.spans().collect())
            }
            Level::Suggestion => article
                .suggestion()
                .map_or_else(Vec::new, |s| s.spans.clone()),
            Level::Quote => {
                let quotes = &article.segments.quotes;
                let at = quotes.partition_point(|q| q.span.start() < self.span.start());
                let run = quotes.get(at).filter(|q| q.span == self.span);
                run.map_or_else(|| vec![self.span], |q| q.fragments.clone())
            }
            _ if self.span.is_empty() => Vec::new(),
            Level::Paragraph | Level::Sentence => vec![behind_mark(article, self.span)],
            _ => vec![self.span],
        }
    }

    /// The unit of this focus's level at an offset.
    pub fn unit_at(article: &OpenArticle, level: Level, offset: usize) -> Option<Span> {
        match level {
            Level::Paragraph => article
                .segments
                .blocks
                .get(article.block_at(offset))
                .map(|b| b.span),
            Level::Sentence | Level::Quote | Level::Annotation | Level::Suggestion => {
                article.sentence_at(offset)
            }
            Level::Word => {
                let word = article.source.word_at(offset);
                let blank = article.source.slice(word).trim().is_empty();
                if blank {
                    article
                        .source
                        .next_word(offset)
                        .or_else(|| article.source.prev_word(offset))
                } else {
                    Some(word)
                }
            }
            Level::Letter => {
                let end = article.source.next_grapheme(offset);
                (end > offset).then(|| Span::new(offset, end))
            }
        }
    }

    /// The next or previous unit of a level, seen from a span.
    pub fn step(article: &OpenArticle, level: Level, from: Span, way: Direction) -> Option<Span> {
        let list = |spans: &mut dyn Iterator<Item = Span>| spans.next();
        match (level, way) {
            (Level::Paragraph, Direction::Forward) => {
                let blocks = &article.segments.blocks;
                let at = blocks.partition_point(|b| b.span.start() <= from.start());
                blocks.get(at).map(|b| b.span)
            }
            (Level::Paragraph, Direction::Back) => {
                let blocks = &article.segments.blocks;
                let at = blocks.partition_point(|b| b.span.end() <= from.start());
                list(&mut blocks[..at].iter().rev().map(|b| b.span))
            }
            (
                Level::Sentence | Level::Annotation | Level::Suggestion | Level::Quote,
                Direction::Forward,
            ) => {
                let sentences = &article.segments.sentences;
                let at = sentences.partition_point(|s| s.start() < from.end());
                sentences.get(at).copied()
            }
            (
                Level::Sentence | Level::Annotation | Level::Suggestion | Level::Quote,
                Direction::Back,
            ) => {
                let sentences = &article.segments.sentences;
                let at = sentences.partition_point(|s| s.end() <= from.start());
                list(&mut sentences[..at].iter().rev().copied())
            }
            (Level::Word, Direction::Forward) => article.source.next_word(from.end()),
            (Level::Word, Direction::Back) => article.source.prev_word(from.start()),
            (Level::Letter, Direction::Forward) => {
                let end = article.source.next_grapheme(from.end());
                (end > from.end()).then(|| Span::new(from.end(), end))
            }
            (Level::Letter, Direction::Back) => {
                let start = article.source.prev_grapheme(from.start());
                (start < from.start()).then(|| Span::new(start, from.start()))
            }
        }
    }
}

/// A sentence or an item of a list without the mark that the item begins with.
fn behind_mark(article: &OpenArticle, span: Span) -> Span {
    let block = article.segments.blocks.get(article.block_at(span.start()));
    let body = block.map_or(span, |block| body_of(article.source.as_str(), block));
    if (span.start()..span.end()).contains(&body.start()) {
        Span::new(body.start(), span.end())
    } else {
        span
    }
}

/// The selection after its head moved by one unit of a level.
///
/// The right edge rests on ends of units and the left edge on their starts, so a selection of words never ends in the
/// space between two.
pub fn extend(
    article: &OpenArticle,
    level: Level,
    selection: Selection,
    way: Direction,
) -> Selection {
    let Selection { anchor, head } = selection;
    let at = Span::new(head, head);
    let new_head = match way {
        Direction::Forward if head >= anchor => {
            let inside = Focus::unit_at(article, level, head)
                .filter(|u| u.start() <= head && head < u.end());
            inside
                .or_else(|| Focus::step(article, level, at, way))
                .map_or(head, Span::end)
        }
        Direction::Forward => {
            // The left edge moves right: to the next start, but not past the anchor.
            let unit = Focus::unit_at(article, level, head)
                .filter(|u| u.start() <= head && head < u.end());
            let from = unit.map_or(at, |u| {
                Span::new(u.end().saturating_sub(1).max(head), u.end())
            });
            Focus::step(article, level, from, way).map_or(anchor, |u| u.start().min(anchor))
        }
        Direction::Back if head > anchor => {
            // The right edge moves left: to the end before, but not past the anchor.
            let mut unit = Focus::step(article, level, at, way);
            if let Some(u) = unit
                && u.end() >= head
            {
                unit = Focus::step(article, level, u, way);
            }
            unit.map_or(anchor, |u| {
                if u.end() >= head { u.start() } else { u.end() }.max(anchor)
            })
        }
        Direction::Back => {
            let inside = Focus::unit_at(article, level, article.source.prev_grapheme(head))
                .filter(|u| u.start() < head && head <= u.end());
            inside
                .or_else(|| Focus::step(article, level, at, way))
                .map_or(head, Span::start)
        }
    };
    Selection {
        anchor,
        head: new_head,
    }
}
