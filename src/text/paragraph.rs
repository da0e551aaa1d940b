//! Where the blocks of a text are: a line each, or several lines where the text is hard-wrapped.
//!
//! Which of the two conventions holds is decided for the whole text, by a property that only wrapped text has: the
//! first word of each line would not have fitted on the line before. What a block is, `block_kind` says.
//!
//! *Limitations*: verse and addresses, a line each and without blank lines, stay single blocks.

use crate::model::Span;

use super::index::{ceil_boundary, floor_boundary};
use super::item::starts_item;
use super::letters::{is_letter, is_longer};

/// The longest line, in characters, that still counts as wrapped: wider columns are not set by hand.
const MAX_WIDTH: usize = 120;

/// The narrowest column that counts as wrapped: in shorter lines anything would seem to fill them.
const MIN_WIDTH: usize = 48;

/// How many characters short of the column a line may end: some programs wrap raggedly.
const SLACK: usize = 4;

/// Line ends inside paragraphs that must be seen before the widths are believed.
const MIN_JOINS: usize = 3;

/// A line with something on it.
struct Line<'a> {
    span: Span,
    text: &'a str,
    indent: usize,
    after_blank: bool,
}

impl Line<'_> {
    /// Its characters; beyond the widest column the exact number does not matter.
    fn width(&self) -> usize {
        if self.fits() {
            self.text.chars().count()
        } else {
            MAX_WIDTH + 1
        }
    }

    /// Whether it is short enough to be wrapped.
    fn fits(&self) -> bool {
        !is_longer(self.text, MAX_WIDTH)
    }
}

/// The blocks of a text, from the offsets of its line feeds.
pub(super) fn paragraphs(text: &str, line_feeds: &[usize]) -> Vec<Span> {
    let lines = lines(text, line_feeds);
    let column = column(&lines);
    let mut blocks: Vec<Span> = Vec::with_capacity(lines.len());
    let mut previous: Option<&Line<'_>> = None;
    for line in &lines {
        let goes_on = previous.is_some_and(|previous| continues(previous, line, column));
        match blocks.last_mut() {
            Some(block) if goes_on => *block = block.hull(line.span),
            _ => blocks.push(line.span),
        }
        previous = Some(line);
    }
    blocks
}

fn lines<'a>(text: &'a str, line_feeds: &[usize]) -> Vec<Line<'a>> {
    let mut lines = Vec::with_capacity(line_feeds.len() + 1);
    let (mut from, mut after_blank) = (0, true);
    for &to in line_feeds.iter().chain(std::iter::once(&text.len())) {
        let raw = &text[from..to];
        let trimmed = raw.trim_start();
        let start = to - trimmed.len();
        let trimmed = trimmed.trim_end();
        if trimmed.is_empty() {
            after_blank = true;
        } else {
            // A space that carries a combining mark belongs to the line.
            let span = Span::new(
                floor_boundary(text, start),
                ceil_boundary(text, start + trimmed.len()),
            );
            lines.push(Line {
                span,
                text: trimmed,
                indent: start - from,
                after_blank,
            });
            after_blank = false;
        }
        from = to + 1;
    }
    lines
}

/// The width that the text is wrapped at, if it is.
fn column(lines: &[Line<'_>]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| !pair[1].after_blank);
    let (joined, wide) = pairs().fold((0, 0), |(joined, wide), pair| {
        (joined + 1, wide + usize::from(!pair[0].fits()))
    });
    if joined < MIN_JOINS || wide * 10 > joined {
        return None;
    }
    let widths = pairs().flatten().filter(|line| line.fits());
    let column = widths.map(Line::width).max()?;
    if column < MIN_WIDTH {
        return None;
    }
    let full = pairs().filter(|pair| is_full(&pair[0], &pair[1], column));
    // Short last lines of paragraphs without a blank line between them, and lists, are the rest.
    (full.count() * 3 >= joined * 2).then_some(column)
}

/// Whether the next line's first word would not have fitted any more.
fn is_full(line: &Line<'_>, next: &Line<'_>, column: usize) -> bool {
    let word = next.text.split_whitespace().next().unwrap_or_default();
    let word = word.chars().take(column).count();
    line.width() + 1 + word + SLACK > column
}

fn continues(line: &Line<'_>, next: &Line<'_>, column: Option<usize>) -> bool {
    if next.after_blank || starts_item(next.text) || next.indent > line.indent + 1 {
        return false;
    }
    match column {
        Some(column) => line.width() <= column && is_full(line, next, column),
        // Too little to measure: only what cannot be anything else.
        None => {
            line.text.ends_with(|c: char| is_letter(c) || c == ',')
                && next.text.starts_with(char::is_lowercase)
                && next.fits()
                && (MIN_WIDTH..=MAX_WIDTH).contains(&line.width())
        }
    }
}
