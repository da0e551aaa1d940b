//! From units to the article: split quotations become one attribution, quotations over several paragraphs stay whole,
//! and every source is linked to its person.
//!
//! *Limitations*: a quotation that stands alone in its paragraph is given to the last speaker, as a hint.

use std::collections::HashMap;

use super::Attribution;
use super::draft::Draft;
use super::identify::{self, Explained, Identity, Memory, identify};
use super::unit::Unit;
use crate::model::{Segments, Span};
use crate::suggest::Confidence;
use crate::suggest::lexicon::Language;
use crate::suggest::people::People;
use crate::suggest::token::{Kind, Tokeniser};
use crate::text::form_in;

/// Collects the attributions of an article block by block.
pub(super) struct Joining<'a> {
    text: &'a str,
    segments: &'a Segments,
    people: &'a People,
    explained: Explained,
    tokeniser: Tokeniser<'a>,
    out: Vec<Attribution>,
    memory: Memory,
    /// The attribution that a quotation standing alone would continue: the last unit's, if it was quoted.
    running: Option<usize>,
    /// Quotations that stood alone before anybody was named.
    pending: Vec<Span>,
    /// The announcement of a quotation, and how many blocks ago it stood.
    awaited: Option<(Draft, usize)>,
    /// The quotation runs over several paragraphs that an attribution holds already.
    claimed: HashMap<usize, usize>,
    /// The last block ended in quoted words.
    ended_quoted: bool,
}

impl<'a> Joining<'a> {
    /// Starts an article.
    pub(super) fn new(
        text: &'a str,
        segments: &'a Segments,
        people: &'a People,
        language: Language,
    ) -> Self {
        Self {
            text,
            segments,
            people,
            explained: Explained::new(people),
            tokeniser: Tokeniser::new(text, language),
            out: Vec::new(),
            memory: Memory::default(),
            running: None,
            pending: Vec::new(),
            awaited: None,
            claimed: HashMap::new(),
            ended_quoted: false,
        }
    }

    /// Begins a block.
    pub(super) fn open_block(&mut self, start: usize) {
        self.memory.block = start;
        self.running = None;
        self.pending.clear();
        self.awaited = self
            .awaited
            .take()
            .filter(|(_, age)| *age == 0)
            .map(|(draft, age)| (draft, age + 1));
    }

    /// Ends a block: what still stands alone goes to the last speaker.
    pub(super) fn close_block(&mut self, heading: bool) {
        let alone = std::mem::take(&mut self.pending);
        self.ended_quoted = self.running.is_some() || !alone.is_empty();
        if alone.is_empty() || heading {
            return;
        }
        let (source, entity) = (self.memory.source, self.memory.person);
        let identification = match source {
            Some(span) => {
                identify(
                    self.text,
                    &mut self.tokeniser,
                    self.people,
                    &self.explained,
                    self.memory,
                    span,
                )
                .identification
            }
            None => "",
        };
        let why = if source.is_some() {
            "A quote without a speaker; the last one may go on speaking"
        } else {
            "A quote without a speaker"
        };
        self.push(Attribution {
            content: alone,
            source,
            cue: None,
            form: crate::model::Form::Direct,
            identification,
            entity,
            confidence: Confidence::Hint,
            why: why.to_owned(),
        });
    }

    /// Takes what was read in one unit.
    pub(super) fn take(&mut self, unit: &Unit<'_>, drafts: Vec<Draft>) {
        if drafts.is_empty() {
            let quotes: Vec<Span> = unit
                .tokens
                .iter()
                .filter(|token| token.kind == Kind::Quote)
                .map(|token| token.span)
                .collect();
            let words = unit
                .tokens
                .iter()
                .any(|token| token.is_word() || token.kind == Kind::Phrase);
            if quotes.is_empty() || words {
                if words {
                    self.running = None;
                }
                return;
            }
            match self.running {
                Some(index) => self.extend(index, &quotes),
                None => match self.awaited.take() {
                    Some((mut draft, _)) => {
                        draft.content = quotes;
                        self.take(unit, vec![draft]);
                    }
                    None => self.pending.extend(quotes),
                },
            }
            return;
        }
        self.drafts(drafts);
    }

    /// Takes a paragraph of a conversation.
    pub(super) fn take_turn(&mut self, draft: Draft) {
        self.drafts(vec![draft]);
    }

    fn drafts(&mut self, drafts: Vec<Draft>) {
        self.running = None;
        for mut draft in drafts {
            if draft.goes_on {
                draft.source_span = self.memory.source;
                draft.person = self.memory.person;
            }
            if draft.content.is_empty() {
                self.awaited = Some((draft, 0));
                continue;
            }
            self.awaited = None;
            let identity = draft.source_span.map(|span| {
                let known = draft
                    .person
                    .map(|person| self.explained.identity(self.people, person));
                known.unwrap_or_else(|| {
                    identify(
                        self.text,
                        &mut self.tokeniser,
                        self.people,
                        &self.explained,
                        self.memory,
                        span,
                    )
                })
            });
            if let (Some(span), Some(person)) = (
                draft.source_span,
                identity.and_then(|identity| identity.person),
            ) {
                self.explained.note(person, &self.text[span.range()]);
            }
            let quoted = draft.content.iter().any(|span| self.is_quote(*span));
            let mut content = draft.content;
            if quoted && !self.pending.is_empty() {
                let mut earlier = std::mem::take(&mut self.pending);
                earlier.append(&mut content);
                content = earlier;
            }
            if content.is_empty() {
                continue;
            }
            let index = self.push(Attribution {
                content,
                source: draft.source_span,
                cue: draft.cue,
                form: crate::model::Form::Indirect,
                identification: identity.map_or("", |identity| identity.identification),
                entity: identity.and_then(|identity| identity.person),
                confidence: draft.confidence,
                why: draft.why.to_owned(),
            });
            if draft.source_span.is_some() {
                self.remember(draft.source_span, identity);
            }
            if quoted {
                self.running = Some(index);
            }
        }
    }

    /// All attributions, by start of content.
    pub(super) fn finish(mut self) -> Vec<Attribution> {
        // All that it would have said had its attribution already.
        self.out
            .retain(|attribution| !attribution.content.is_empty());
        for attribution in &mut self.out {
            attribution.content.sort_unstable();
            // Two rules may have given words that overlap, where marks were lost: they are one fragment.
            attribution.content.dedup_by(|next, kept| {
                let overlap = next.start() < kept.end();
                if overlap {
                    *kept = kept.hull(*next);
                }
                overlap
            });
            attribution.form = form_in(self.text, &attribution.content, self.segments);
        }
        self.out
            .sort_by_key(|attribution| attribution.content.first().copied());
        self.out
    }

    fn remember(&mut self, source: Option<Span>, identity: Option<Identity>) {
        let (Some(span), Some(identity)) = (source, identity) else {
            return;
        };
        let goes_on = self.memory.unnamed.filter(|_| span.len() <= 3);
        let unnamed = identity.person.is_none()
            && identify::one_unnamed(&mut self.tokeniser, self.text, span);
        self.memory = Memory {
            block: self.memory.block,
            source: Some(span),
            person: identity.person,
            unnamed: goes_on.or(unnamed.then_some(identity.identification)),
        };
    }

    /// Whether a fragment of content begins with a quotation.
    fn is_quote(&self, span: Span) -> bool {
        self.run_at(span).is_some()
    }

    /// The quotation run of which `span` begins a fragment.
    fn run_at(&self, span: Span) -> Option<usize> {
        let quotes = &self.segments.quotes;
        let index = quotes
            .partition_point(|run| run.span.start() <= span.start())
            .checked_sub(1)?;
        quotes[index]
            .fragments
            .binary_search_by_key(&span.start(), |fragment| fragment.start())
            .is_ok()
            .then_some(index)
    }

    fn extend(&mut self, index: usize, more: &[Span]) {
        for span in more {
            let whole = self.whole(*span);
            self.out[index].content.extend(whole);
            if let Some(run) = self.run_at(*span) {
                self.claimed.insert(run, index);
            }
        }
    }

    /// All paragraphs of a quotation, given its first one that is read; later ones come by themselves.
    fn whole(&self, span: Span) -> Vec<Span> {
        let run = self.run_at(span).filter(|run| {
            let fragments = &self.segments.quotes[*run].fragments;
            fragments.len() > 1 && fragments.binary_search(&span).is_ok()
        });
        match run {
            Some(run) if self.claimed.contains_key(&run) => Vec::new(),
            Some(run) => self.segments.quotes[run].fragments.clone(),
            None => vec![span],
        }
    }

    fn push(&mut self, mut attribution: Attribution) -> usize {
        let mut content: Vec<Span> = Vec::new();
        let mut continues = None;
        for span in std::mem::take(&mut attribution.content) {
            content.extend(self.whole(span));
            if let Some(run) = self.run_at(span)
                && self.segments.quotes[run].fragments.len() > 1
            {
                let index = *self.claimed.entry(run).or_insert(self.out.len());
                continues = continues.or(Some(index).filter(|index| *index < self.out.len()));
            }
        }
        // A paragraph further on of words that have their attribution: the better one of the two stays.
        if let Some(index) = continues
            && let Some(earlier) = self.out.get_mut(index)
        {
            let mut all = std::mem::take(&mut earlier.content);
            all.append(&mut content);
            if attribution.confidence < earlier.confidence && attribution.source.is_some() {
                *earlier = attribution;
            }
            earlier.content = all;
            return index;
        }
        attribution.content = content;
        self.out.push(attribution);
        self.out.len() - 1
    }
}
