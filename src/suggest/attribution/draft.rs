//! A reading of one unit before names are linked: who, which cue, which words.

use super::phrase::Phrase;
use super::unit::Unit;
use crate::model::Span;
use crate::suggest::Confidence;

/// One attribution as a rule found it.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) content: Vec<Span>,
    pub(super) source: Option<Phrase>,
    pub(super) source_span: Option<Span>,
    pub(super) cue: Option<Span>,
    /// The source is whoever spoke last.
    pub(super) goes_on: bool,
    /// The person behind it, where the rule knows better than the words of the source.
    pub(super) person: Option<usize>,
    pub(super) confidence: Confidence,
    pub(super) why: &'static str,
    /// Token ranges that no other rule should read again.
    pub(super) covers: Vec<(usize, usize)>,
}

impl Draft {
    /// A draft without words yet.
    pub(super) fn new(
        unit: &Unit<'_>,
        source: Option<Phrase>,
        cue: (usize, usize),
        confidence: Confidence,
        why: &'static str,
    ) -> Self {
        let source_span = source.and_then(|phrase| unit.span(phrase.first, phrase.end));
        let mut covers = vec![cue];
        if let Some(phrase) = source {
            covers.push((phrase.first, phrase.end));
        }
        Self {
            content: Vec::new(),
            source,
            source_span,
            cue: unit.span(cue.0, cue.1),
            goes_on: false,
            person: None,
            confidence,
            why,
            covers,
        }
    }

    /// Adds the words between two tokens, without commas and stops at their ends.
    pub(super) fn add(&mut self, unit: &Unit<'_>, first: usize, end: usize) {
        let (mut first, mut end) = (first, end.min(unit.tokens.len()));
        self.covers.push((first, end));
        while first < end && unit.mark(first, &[',', '–', '—', '―', ':', ';', '.', '…', '•', '*'])
        {
            first += 1;
        }
        while end > first && unit.mark(end - 1, &[',', '–', '—', '―', ':', ';', '.']) {
            end -= 1;
        }
        if let Some(span) = unit.span(first, end) {
            self.content.push(span);
        }
    }
}
