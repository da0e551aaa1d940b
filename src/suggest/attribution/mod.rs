//! Who says what: content, cue and source of every attribution, direct, partial and paraphrased.
//!
//! A block is cut into units, each unit is read by the rule families ([`reading`]), then quotations that stand alone are
//! joined to what they continue and the persons behind the sources are named ([`joining`]).
//! *Limitations*: outermost attributions only; what a source says somebody else said is part of the content.

mod according;
mod after;
mod ahead;
mod announce;
mod apposition;
mod colon;
mod complement;
mod cue;
mod draft;
mod german;
mod identify;
mod joining;
mod loose;
mod passive;
mod phrase;
mod polled;
mod reading;
mod turns;
mod unit;
mod unsourced;

use super::Confidence;
use super::learnt::Learnt;
use super::lexicon::{Language, Lexicon};
use super::people::People;
use super::token::{Tokeniser, Words};
use crate::model::{Block, BlockKind, Form, Segments, Span};

pub(super) use phrase::{after as phrase_after, before as phrase_before};
pub(super) use unit::Unit;

/// Words, who says them, and the cue that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The words, in one or more fragments, marks of direct quotes included.
    pub content: Vec<Span>,
    /// The source's whole noun phrase; `None` when the article names none.
    pub source: Option<Span>,
    /// The verb or preposition; `None` where a colon does its work.
    pub cue: Option<Span>,
    /// Computed from the quotation marks.
    pub form: Form,
    /// Proposal for the axis "identification"; empty without a source.
    pub identification: &'static str,
    /// The person behind the source, as an index into [`People::names`].
    pub entity: Option<usize>,
    /// How far to trust it.
    pub confidence: Confidence,
    /// Why, in a sentence for the reader.
    pub why: String,
}

/// Finds the attributions of a whole article, by start of their content.
pub(super) fn attributions(
    text: &str,
    segments: &Segments,
    words: &Words,
    people: &People,
    learnt: &Learnt,
) -> Vec<Attribution> {
    let tokeniser = Tokeniser::new(text, Language::of(text)).knowing(learnt);
    of_blocks(tokeniser, text, segments, words, people, &segments.blocks)
}

/// Finds the attributions of one sentence: those whose content or cue lies in it.
///
/// Reads its block and the one before, so that a pronoun and a split quotation come out as in the whole article; what
/// the folder taught is left out.
pub fn attributions_in(
    text: &str,
    segments: &Segments,
    people: &People,
    sentence: Span,
) -> Vec<Attribution> {
    let first = segments
        .blocks
        .partition_point(|block| block.span.end() <= sentence.start());
    let last = segments
        .blocks
        .partition_point(|block| block.span.start() < sentence.end());
    let blocks = segments
        .blocks
        .get(first.saturating_sub(1)..last)
        .unwrap_or_default();
    let mut tokeniser = Tokeniser::new(text, Language::of(text));
    let words = Words::of(&mut tokeniser, blocks);
    let mut found = of_blocks(tokeniser, text, segments, &words, people, blocks);
    found.retain(|attribution| {
        attribution
            .content
            .iter()
            .chain(&attribution.cue)
            .any(|span| span.overlaps(sentence))
    });
    found
}

fn of_blocks(
    mut tokeniser: Tokeniser<'_>,
    text: &str,
    segments: &Segments,
    words: &Words,
    people: &People,
    blocks: &[Block],
) -> Vec<Attribution> {
    let language = tokeniser.language();
    let mut joined = joining::Joining::new(text, segments, people, language);
    let turns = turns::Turns::new(text, segments, people);
    for (index, block) in blocks.iter().enumerate() {
        if matches!(
            block.kind,
            BlockKind::Byline
                | BlockKind::Credit
                | BlockKind::Time
                | BlockKind::Furniture
                | BlockKind::Dateline
        ) {
            continue;
        }
        if let Some(turn) = turns.read(text, block) {
            joined.open_block(block.span.start());
            if let turns::Turn::Answer(draft) = turn {
                joined.take_turn(draft);
            }
            joined.close_block(false);
            continue;
        }
        let cut = unit::units(&mut tokeniser, words.of_block(index), segments, block);
        let mut start = 0;
        joined.open_block(block.span.start());
        for end in cut.ends {
            let unit = Unit {
                text,
                tokens: &cut.tokens[start..end],
                lexicon: Lexicon::of(language),
            };
            let drafts = reading::read(&unit, block.kind);
            joined.take(&unit, drafts);
            start = end;
        }
        joined.close_block(matches!(
            block.kind,
            BlockKind::Headline | BlockKind::Heading
        ));
    }
    joined.finish()
}
