//! What the reader lays out at a time: a block, or a piece of one that is too long.
//!
//! Blocks above [`LONGEST`] are cut at ends of sentences, else at spaces, so that no frame shapes more text than it
//! shows. How a unit looks is `layout`'s.

use crate::model::{BlockKind, Segments, Span};
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

/// All units of an article, in text order.
#[derive(Debug, Clone, Default)]
pub(super) struct Units {
    list: Vec<Unit>,
}

impl Units {
    /// Cuts an article.
    pub fn new(source: &SourceText, segments: &Segments) -> Self {
        let mut list = Vec::with_capacity(segments.blocks.len());
        let mut previous = None;
        for (index, block) in segments.blocks.iter().enumerate() {
            let mut from = block.span.start();
            while from < block.span.end() {
                let to = cut(source, segments, from, block.span.end());
                let is_first = from == block.span.start();
                list.push(Unit {
                    block: index,
                    span: Span::new(from, to),
                    kind: block.kind,
                    after: previous.filter(|_| is_first),
                    is_first,
                });
                from = to;
            }
            previous = Some(block.kind);
        }
        Self { list }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The unit of that rank.
    pub fn get(&self, index: usize) -> Option<&Unit> {
        self.list.get(index)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.list.iter()
    }

    /// The unit that an offset lies in; between two, the one before.
    pub fn at(&self, offset: usize) -> usize {
        let after = self.list.partition_point(|u| u.span.start() <= offset);
        after.saturating_sub(1)
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
    use crate::model::Block;

    fn one_block(text: &str) -> (SourceText, Segments) {
        let segments = Segments {
            blocks: vec![Block {
                span: Span::new(0, text.len()),
                kind: BlockKind::Paragraph,
            }],
            ..Segments::default()
        };
        (SourceText::new(text), segments)
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
        let units = Units::new(&SourceText::new("abc\n\ndefg"), &segments);
        assert_eq!(units.at(4), 0);
        assert_eq!(units.at(5), 1);
    }
}
