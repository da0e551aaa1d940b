//! Interviews and transcripts: a paragraph that opens with who speaks. `A: …`, `HOLM: …`, `Orla Venn: …`
//!
//! What labels an article uses is decided for the whole of it: a label opens several paragraphs. "Q" is the paper and
//! nobody's words; "A" is the person who was introduced before the first question.
//! *Limitations*: a paragraph without a label after an answer is read as the writer's.

use std::collections::HashMap;

use super::draft::Draft;
use crate::model::{Block, BlockKind, Segments, Span};
use crate::suggest::Confidence;
use crate::suggest::people::People;

/// Longest label, in bytes.
const LONGEST: usize = 40;

/// Labelled paragraphs that make an article a conversation.
const FEWEST: usize = 4;

/// The labels of an article.
pub(super) struct Turns<'a> {
    counts: HashMap<&'a str, usize>,
    asked: Option<usize>,
}

impl<'a> Turns<'a> {
    /// Collects the labels of an article.
    pub(super) fn new(text: &'a str, segments: &Segments, people: &People) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut first = None;
        for block in &segments.blocks {
            if let Some(label) = label(text, block) {
                first.get_or_insert(label.start());
                *counts.entry(&text[label.range()]).or_default() += 1;
            }
        }
        let repeated: usize = counts.values().filter(|count| **count > 1).sum();
        if repeated < FEWEST {
            counts.clear();
        }
        let first = first.unwrap_or(0);
        let asked = people
            .mentions
            .iter()
            .take_while(|mention| mention.span.start() < first)
            .find(|mention| mention.introduced || people.names[mention.person].contains(' '))
            .map(|mention| mention.person);
        Self { counts, asked }
    }

    /// The words of a paragraph that opens with a label.
    pub(super) fn read(&self, text: &str, block: &Block) -> Option<Turn> {
        if self.counts.is_empty() {
            return None;
        }
        let label = label(text, block)?;
        let name = &text[label.range()];
        if self.counts.get(name).is_none_or(|count| *count < 2) {
            return None;
        }
        let body = &text[label.end() + 1..block.span.end()];
        let start = block.span.end() - body.trim_start().len();
        let (person, asks) = match name {
            "Q" | "F" | "Question" | "Frage" => (None, true),
            "A" | "Answer" | "Antwort" => (self.asked, false),
            _ => (None, false),
        };
        if asks {
            return Some(Turn::Question);
        }
        Some(Turn::Answer(Draft {
            content: vec![Span::new(start, block.span.end())],
            source: None,
            source_span: Some(label),
            cue: None,
            goes_on: false,
            person,
            confidence: Confidence::Sure,
            why: "The paragraph opens with who speaks",
            covers: Vec::new(),
        }))
    }
}

/// What a labelled paragraph is.
pub(super) enum Turn {
    /// The paper asks.
    Question,
    /// Somebody speaks.
    Answer(Draft),
}

/// The words before the colon that opens a paragraph, if they look like a name.
fn label(text: &str, block: &Block) -> Option<Span> {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::List) {
        return None;
    }
    let line = &text[block.span.range()];
    let colon = line.bytes().take(LONGEST).position(|byte| byte == b':')?;
    let (name, body) = (&line[..colon], &line[colon + 1..]);
    let words = name.split_whitespace();
    let named = words.clone().count() <= 4
        && words
            .clone()
            .all(|word| word.starts_with(char::is_uppercase));
    (named && !name.is_empty() && body.starts_with(' ') && body.len() > 1)
        .then(|| Span::new(block.span.start(), block.span.start() + colon))
}
