//! What the reader lays out at a time: a block, or a piece of one that is too long.
//!
//! Blocks above [`LONGEST`] are cut at ends of sentences, else at spaces, so that no frame shapes more text than it
//! shows. How a unit looks is `layout`'s.

use std::sync::Arc;

use crate::model::{Block, BlockKind, Segments, Span};
use crate::text::SourceText;

/// Longest piece that is shaped at once, in bytes: about two screens, of which a frame can shape two or three.
const LONGEST: usize = 4 * 1024;

/// A block, or a piece of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Index of its block.
    pub block: usize,
    /// Where it is in the text.
    pub span: Span,
    /// What its block is.
    pub kind: BlockKind,
    /// What the block before is; `None` at the top of the article and inside a block.
    pub after: Option<BlockKind>,
    /// Whether it begins its block.
    pub is_first: bool,
}

/// All units of an article, in text order. Only cuts are listed: an article may have a million blocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Units {
    segments: Arc<Segments>,
    /// The pieces that do not begin their block: each one's rank among the units, and where it begins.
    inner: Vec<(usize, usize)>,
}

impl Units {
    /// Cuts an article.
    pub fn new(source: &SourceText, segments: &Arc<Segments>) -> Self {
        let mut inner = Vec::new();
        for (index, block) in segments.blocks.iter().enumerate() {
            let end = block.span.end();
            let mut from = cut(source, segments, block.span.start(), end);
            while from < end {
                inner.push((index + 1 + inner.len(), from));
                from = cut(source, segments, from, end);
            }
        }
        Self {
            segments: Arc::clone(segments),
            inner,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.segments.blocks.len() + self.inner.len()
    }

    /// The unit of that rank.
    pub fn get(&self, index: usize) -> Option<Unit> {
        let before = self.inner.partition_point(|(rank, _)| *rank < index);
        let mut from_here = self.inner[before..].iter().peekable();
        let inside = from_here.next_if(|(rank, _)| *rank == index);
        let next = from_here.next_if(|(rank, _)| *rank == index + 1);
        let is_first = inside.is_none();
        let blocks = &self.segments.blocks;
        let block = index - before - usize::from(!is_first);
        let Block { span, kind } = *blocks.get(block)?;
        let from = inside.map_or(span.start(), |(_, start)| *start);
        let to = next.map_or(span.end(), |(_, start)| *start);
        let previous = block.checked_sub(1).map(|before| blocks[before].kind);
        Some(Unit {
            block,
            span: Span::new(from, to),
            kind,
            after: previous.filter(|_| is_first),
            is_first,
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Unit> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// The unit that an offset lies in; between two, the one before.
    pub fn at(&self, offset: usize) -> usize {
        let blocks = &self.segments.blocks;
        let blocks = blocks.partition_point(|block| block.span.start() <= offset);
        let inner = self.inner.partition_point(|(_, start)| *start <= offset);
        (blocks + inner).saturating_sub(1)
    }
}

/// Where the piece that begins at `from` ends.
fn cut(source: &SourceText, segments: &Segments, from: usize, end: usize) -> usize {
    if end - from <= LONGEST {
        return end;
    }
    let limit = from + LONGEST;
    let sentences = &segments.sentences;
    let after = sentences.partition_point(|s| s.start() <= limit);
    // The next sentence's start, so that the space between belongs to the piece before.
    let at = after.checked_sub(1).map(|last| sentences[last].start());
    if let Some(at) = at.filter(|&at| at > from) {
        return at;
    }
    let boundary = source.snap(Span::new(limit, limit)).start();
    let head = source.slice(Span::new(from, boundary));
    match head.rfind(' ') {
        Some(space) if space > LONGEST / 2 => from + space + 1,
        _ if boundary > from => boundary,
        _ => source.next_grapheme(limit).min(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_block(text: &str) -> (SourceText, Arc<Segments>) {
        let segments = Segments {
            blocks: vec![Block {
                span: Span::new(0, text.len()),
                kind: BlockKind::Paragraph,
            }],
            ..Segments::default()
        };
        (SourceText::new(text), Arc::new(segments))
    }

    #[test]
    fn a_long_block_is_cut_at_spaces_and_loses_nothing() {
        let text = "the tide went out ".repeat(4000);
        let (source, segments) = one_block(text.trim_end());
        let units = Units::new(&source, &segments);
        assert!(units.len() > 5);
        let mut at = 0;
        for unit in units.iter() {
            assert_eq!(unit.span.start(), at);
            assert!(unit.span.len() <= LONGEST);
            at = unit.span.end();
        }
        assert_eq!(at, source.len());
        assert!(
            source
                .slice(units.get(0).map_or(Span::default(), |u| u.span))
                .ends_with(' ')
        );
    }

    #[test]
    fn a_long_block_without_spaces_is_cut_between_graphemes() {
        let text = "👩‍🔬".repeat(3000);
        let (source, segments) = one_block(&text);
        let units = Units::new(&source, &segments);
        assert!(units.len() > 2);
        for unit in units.iter() {
            assert!(source.is_grapheme_boundary(unit.span.start()));
        }
    }

    #[test]
    fn an_offset_between_two_blocks_belongs_to_the_one_before() {
        let segments = Segments {
            blocks: [(0, 3), (5, 9)]
                .map(|(a, b)| Block {
                    span: Span::new(a, b),
                    kind: BlockKind::Paragraph,
                })
                .to_vec(),
            ..Segments::default()
        };
        let units = Units::new(&SourceText::new("abc\n\ndefg"), &Arc::new(segments));
        assert_eq!(units.at(4), 0);
        assert_eq!(units.at(5), 1);
    }

    #[test]
    fn units_among_cut_blocks_are_known_by_rank_and_by_place() {
        let (short, long) = ("the tide", "the tide went out ".repeat(500));
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for (words, kind) in [
            (short, BlockKind::Headline),
            (long.trim_end(), BlockKind::Paragraph),
            (long.trim_end(), BlockKind::List),
            (short, BlockKind::Caption),
        ] {
            let span = Span::new(text.len(), text.len() + words.len());
            blocks.push(Block { span, kind });
            text.push_str(words);
            text.push('\n');
        }
        let segments = Segments {
            blocks: blocks.clone(),
            ..Segments::default()
        };
        let units = Units::new(&SourceText::new(text), &Arc::new(segments));
        let list: Vec<Unit> = units.iter().collect();
        assert_eq!(list.len(), units.len());
        assert_eq!(units.get(list.len()), None);
        for (index, unit) in list.iter().enumerate() {
            assert_eq!(units.at(unit.span.start()), index);
            assert_eq!(units.at(unit.span.end() - 1), index);
            let block = blocks[unit.block];
            assert_eq!(unit.kind, block.kind);
            assert_eq!(unit.is_first, unit.span.start() == block.span.start());
            let above = unit.block.checked_sub(1).filter(|_| unit.is_first);
            assert_eq!(unit.after, above.map(|above| blocks[above].kind));
            let goes_on = list.get(index + 1).filter(|next| !next.is_first);
            let end = goes_on.map_or(block.span.end(), |next| next.span.start());
            assert_eq!(unit.span.end(), end);
        }
        let pieces = |block| list.iter().filter(|unit| unit.block == block).count();
        assert_eq!([0, 1, 2, 3].map(pieces), [1, 3, 3, 1]);
    }
}
