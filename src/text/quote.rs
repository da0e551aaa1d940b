//! Which words stand between quotation marks: marks paired from left to right, block by block.
//!
//! A quote that is not closed in its paragraph goes on when the next paragraph opens with the same mark. A mark that
//! is missing or too many spoils its own sentence and no more. What quotes mean, `quote_kind` says.
//!
//! *Limitations*: only outermost quotes; two quotes of the same mark inside each other are one.

use crate::model::{Block, BlockKind, QuoteRun, Span};

use super::letters::has_letter;
use super::mark::{Family, Guillemets, Mark, Role};
use super::quote_kind::{Around, kind_of};
use super::scan::Sign;

/// How a text uses quotation marks.
#[derive(Clone, Copy)]
pub(super) struct Marking {
    /// Which way « and » point.
    pub guillemets: Guillemets,
    /// The text is German.
    pub german: bool,
}

/// A quote that waits for its closing mark.
struct Open {
    family: Family,
    c: char,
    /// Fragments in earlier blocks.
    fragments: Vec<Span>,
    /// Where it opened, or went on, in this block.
    start: usize,
    /// Curly quotes open inside a straight one.
    inner: usize,
}

/// Pairs the marks of a text.
pub(super) fn quotes(
    text: &str,
    blocks: &[Block],
    sentences: &[Span],
    signs: &[Sign],
    manner: Marking,
) -> Vec<QuoteRun> {
    let mut pairing = Pairing {
        text,
        sentences,
        open: None,
        runs: Vec::with_capacity(signs.len() / 4),
    };
    let mut signs = signs;
    let mut marks = Vec::new();
    for block in blocks {
        let inside = signs.iter().take_while(|sign| sign.at() < block.span.end());
        let inside = inside.count();
        let (own, rest) = signs.split_at(inside);
        signs = rest;
        read(text, own, manner.guillemets, &mut marks);
        pairing.block(*block, &marks);
    }
    pairing.abandon();
    let mut rest = sentences;
    for run in &mut pairing.runs {
        let earlier = rest
            .iter()
            .take_while(|sentence| sentence.end() <= run.span.start());
        rest = &rest[earlier.count()..];
        let around = Around {
            text,
            sentence: rest.first().copied().unwrap_or(run.span),
            german: manner.german,
        };
        run.kind = kind_of(&around, run);
    }
    pairing.runs
}

fn read(text: &str, signs: &[Sign], guillemets: Guillemets, marks: &mut Vec<Mark>) {
    marks.clear();
    for &sign in signs {
        let is_second_half = marks.last().is_some_and(|mark| mark.end > sign.at());
        if !is_second_half && let Some(mark) = Mark::read(text, sign, guillemets) {
            marks.push(mark);
        }
    }
}

struct Pairing<'a> {
    text: &'a str,
    sentences: &'a [Span],
    open: Option<Open>,
    runs: Vec<QuoteRun>,
}

impl Pairing<'_> {
    fn block(&mut self, block: Block, marks: &[Mark]) {
        let mut next = 0;
        if let Some(open) = &mut self.open {
            let goes_on = marks.first().filter(|mark| {
                mark.start == block.span.start()
                    && mark.family == open.family
                    && mark.role != Role::Closes
            });
            match goes_on {
                Some(mark) => {
                    open.start = mark.start;
                    open.inner = 0;
                    next = 1;
                }
                None => self.abandon(),
            }
        }
        while next < marks.len() {
            next = match &self.open {
                None => self.outside(marks, next),
                Some(_) => self.inside(marks, next),
            };
        }
        self.end_of_block(block);
    }

    /// Looks at a mark outside of quotes; returns which to look at next.
    fn outside(&mut self, marks: &[Mark], at: usize) -> usize {
        let mark = marks[at];
        let opens = match mark.role {
            Role::Opens => true,
            // A lone straight mark between two words or two spaces: only if something closes it soon.
            Role::Either => marks
                .get(at + 1)
                .is_some_and(|next| next.family == mark.family && next.role != Role::Opens),
            Role::Closes | Role::Neither => false,
        };
        if !opens {
            return at + 1;
        }
        if mark.family == Family::Single {
            return match closing_single(marks, at) {
                Some(closing) => {
                    self.push(vec![Span::new(mark.start, marks[closing].end)], true);
                    closing + 1
                }
                None => at + 1,
            };
        }
        self.open = Some(Open {
            family: mark.family,
            c: mark.c,
            fragments: Vec::new(),
            start: mark.start,
            inner: 0,
        });
        at + 1
    }

    /// Looks at a mark inside a quote; returns which to look at next.
    fn inside(&mut self, marks: &[Mark], at: usize) -> usize {
        let mark = marks[at];
        let Some(open) = &mut self.open else {
            return at + 1;
        };
        if mark.family != open.family || mark.role == Role::Neither {
            return at + 1;
        }
        // Typed marks outside, pasted ones inside: "He said “no” twice."
        if open.c == '"' && mark.c == '“' && mark.role == Role::Opens {
            open.inner += 1;
            return at + 1;
        }
        if open.inner > 0 && mark.c == '”' {
            open.inner -= 1;
            return at + 1;
        }
        let closes = match mark.role {
            Role::Closes | Role::Either => true,
            // German closes with the mark that opens in English.
            Role::Opens => open.c == '„' && mark.c == '“',
            Role::Neither => false,
        };
        if closes {
            let mut fragments = std::mem::take(&mut open.fragments);
            // Most have this one and no more.
            fragments.reserve_exact(1);
            fragments.push(Span::new(open.start, mark.end));
            self.open = None;
            self.push(fragments, true);
            return at + 1;
        }
        // It opens again: the closing mark got lost, somewhere in this sentence most likely.
        self.close_with_sentence(mark.start);
        at
    }

    fn close_with_sentence(&mut self, before: usize) {
        let Some(open) = self.open.take() else {
            return;
        };
        let at = self
            .sentences
            .partition_point(|sentence| sentence.end() <= open.start);
        let end = self
            .sentences
            .get(at)
            .map_or(open.start, |sentence| sentence.end());
        let mut fragments = open.fragments;
        if end <= before && end > open.start {
            fragments.push(Span::new(open.start, end));
        }
        self.push(fragments, false);
    }

    fn end_of_block(&mut self, block: Block) {
        if let Some(open) = &mut self.open {
            open.fragments.push(Span::new(open.start, block.span.end()));
            // Only running text goes on in the next paragraph.
            if !matches!(block.kind, BlockKind::Paragraph | BlockKind::List) {
                self.abandon();
            }
        }
    }

    /// Gives up waiting: the quote ends where its last paragraph does.
    fn abandon(&mut self) {
        if let Some(open) = self.open.take() {
            self.push(open.fragments, false);
        }
    }

    fn push(&mut self, fragments: Vec<Span>, closed: bool) {
        let Some(span) = fragments.iter().copied().reduce(Span::hull) else {
            return;
        };
        // Marks with nothing between them quote nothing.
        if !has_letter(&self.text[span.range()]) {
            return;
        }
        self.runs.push(QuoteRun {
            span,
            fragments,
            kind: Default::default(),
            closed,
        });
    }
}

/// The mark that closes a single one: the first certain one, else the first that may be a possessive.
///
/// Ends at the next single mark that opens, so that a row of apostrophes costs no more than it is long.
fn closing_single(marks: &[Mark], opening: usize) -> Option<usize> {
    let mut weak = None;
    let mut in_double = false;
    for (index, mark) in marks.iter().enumerate().skip(opening + 1) {
        match (mark.family, mark.role) {
            (Family::Double, Role::Opens) => in_double = true,
            (Family::Double, Role::Closes) => {
                if !in_double {
                    break;
                }
                in_double = false;
            }
            (Family::Double, Role::Either) => in_double = !in_double,
            (Family::Single, Role::Opens) if !in_double => break,
            (Family::Single, Role::Closes) if !in_double => {
                if !mark.is_weak {
                    return Some(index);
                }
                weak = weak.or(Some(index));
            }
            _ => {}
        }
    }
    weak
}
