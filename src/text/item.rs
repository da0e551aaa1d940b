//! Items of lists: the mark that one begins with, and the words behind it.

use crate::model::{Block, BlockKind, Span};

/// The signs that begin an item. A dash begins a line of dialogue as well.
const BULLETS: [char; 9] = ['-', '*', '•', '·', '▪', '◦', '‣', '●', '■'];

/// Whether a line begins like the item of a list; numbers are left to those who see the lines around.
pub(super) fn starts_item(line: &str) -> bool {
    let rest = line.strip_prefix(BULLETS);
    rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// Length in bytes of the mark that begins an item, sign or number, with the space behind it.
pub fn item_mark(item: &str) -> Option<usize> {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let behind = match digits {
        0 => item.strip_prefix(BULLETS)?,
        1..=3 => item[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    let words = behind.trim_start();
    let is_mark = words.len() < behind.len() && !words.is_empty();
    is_mark.then(|| item.len() - words.len())
}

/// A block without the mark that makes it an item of a list: what can be said, claimed or quoted.
pub fn body_of(text: &str, block: &Block) -> Span {
    let mark = match block.kind {
        BlockKind::List => item_mark(&text[block.span.range()]),
        _ => None,
    };
    Span::new(
        block.span.start() + mark.unwrap_or_default(),
        block.span.end(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_an_item_is_known_with_its_space() {
        assert_eq!(item_mark("- Boats"), Some(2));
        assert_eq!(item_mark("• Boats"), Some(4));
        assert_eq!(item_mark("12)  Boats"), Some(5));
        assert_eq!(item_mark("1999. was a year"), None);
        assert_eq!(item_mark("-5 degrees"), None);
        assert_eq!(item_mark("Boats"), None);
        assert_eq!(item_mark("- "), None);
    }

    #[test]
    fn only_an_item_has_a_mark() {
        let block = |kind| Block {
            span: Span::new(3, 10),
            kind,
        };
        let text = "So\n- Boats";
        assert_eq!(body_of(text, &block(BlockKind::List)), Span::new(5, 10));
        let spoken = body_of(text, &block(BlockKind::Paragraph));
        assert_eq!(spoken, Span::new(3, 10));
    }
}
