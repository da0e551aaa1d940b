//! Where the blocks of a text are: a line each, or several lines where the text is hard-wrapped.
//!
//! Which of the two conventions holds is decided for the whole text, by a property that only wrapped text has: the
//! first word of each line would not have fitted on the line before. What a block is, `block_kind` says.
//!
//! *Limitations*: verse and addresses, a line each and without blank lines, stay single blocks.

use crate::model::Span;

use super::index::{ceil_boundary, floor_boundary};

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
    width: usize,
    after_blank: bool,
}

/// The blocks of a text, from the offsets of its line feeds.
pub(super) fn paragraphs(text: &str, line_feeds: &[usize]) -> Vec<Span> {
    let lines = lines(text, line_feeds);
    let column = column(&lines);
    let mut blocks: Vec<Span> = Vec::new();
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
            // Beyond the widest column the exact width does not matter.
            let width = trimmed.chars().take(MAX_WIDTH + 1).count();
            lines.push(Line {
                span,
                text: trimmed,
                indent: start - from,
                width,
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
    let is_joined = |pair: &&[Line<'_>]| !pair[1].after_blank;
    let pairs: Vec<&[Line<'_>]> = lines.windows(2).filter(is_joined).collect();
    let fits = |line: &Line<'_>| line.width <= MAX_WIDTH;
    let wide = pairs.iter().filter(|pair| !fits(&pair[0])).count();
    if pairs.len() < MIN_JOINS || wide * 10 > pairs.len() {
        return None;
    }
    let widths = pairs
        .iter()
        .flat_map(|pair| pair.iter())
        .filter(|line| fits(line));
    let column = widths.map(|line| line.width).max()?;
    if column < MIN_WIDTH {
        return None;
    }
    let full = pairs
        .iter()
        .filter(|pair| is_full(&pair[0], &pair[1], column))
        .count();
    // Short last lines of paragraphs without a blank line between them, and lists, are the rest.
    (full * 3 >= pairs.len() * 2).then_some(column)
}

/// Whether the next line's first word would not have fitted any more.
fn is_full(line: &Line<'_>, next: &Line<'_>, column: usize) -> bool {
    let word = next.text.split_whitespace().next().unwrap_or_default();
    let word = word.chars().take(column).count();
    line.width + 1 + word + SLACK > column
}

fn continues(line: &Line<'_>, next: &Line<'_>, column: Option<usize>) -> bool {
    if next.after_blank || starts_item(next.text) || next.indent > line.indent + 1 {
        return false;
    }
    match column {
        Some(column) => line.width <= column && is_full(line, next, column),
        // Too little to measure: only what cannot be anything else.
        None => {
            (MIN_WIDTH..=MAX_WIDTH).contains(&line.width)
                && next.width <= MAX_WIDTH
                && line
                    .text
                    .ends_with(|c: char| c.is_alphanumeric() || c == ',')
                && next.text.starts_with(char::is_lowercase)
        }
    }
}

/// Whether a line begins like the item of a list.
pub(super) fn starts_item(line: &str) -> bool {
    let mut chars = line.chars();
    let bullet = matches!(
        chars.next(),
        Some('-' | '*' | '•' | '·' | '▪' | '◦' | '‣' | '●' | '■')
    );
    bullet && chars.next().is_some_and(char::is_whitespace)
}
