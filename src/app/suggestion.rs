//! The suggestions of an article: in text order, by block, and which of them nobody has decided yet.
//!
//! What the rules found is `suggest`'s. Here is what a person did about it: an annotation in its place or a rejection
//! decides a suggestion. A change of the sidecar touches the blocks that it covers and no others.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::marks::{MarkIndex, blocks_of};
use crate::model::{Layer, Rejection, Segments, Sidecar, Span, Target};
use crate::suggest::{Attribution, Confidence, Suggestions};

/// The layers that are suggested, in the order of their switches.
pub const SUGGESTED: [Layer; 3] = [Layer::Quote, Layer::Person, Layer::Claim];

/// One suggestion.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// What it would become: a quote, a person or a claim.
    pub layer: Layer,
    /// Its rank in the list of its kind in [`Suggestions`].
    pub rank: usize,
    /// The attribution that passes the same words on, if one does.
    pub relay: Option<usize>,
    /// The words that would be tagged, in text order.
    pub spans: Vec<Span>,
    /// From the first to the last letter of words, source and cue: its place in the order.
    pub hull: Span,
    /// How far to trust it.
    pub confidence: Confidence,
    /// Whether nobody has decided it yet.
    pub is_open: bool,
}

/// All suggestions of an article.
#[derive(Debug, Clone, Default)]
pub struct SuggestionIndex {
    items: Vec<Suggestion>,
    by_block: HashMap<usize, Vec<usize>>,
    open: [usize; SUGGESTED.len()],
    rejected: HashSet<(Layer, Vec<Span>)>,
}

impl SuggestionIndex {
    /// Indexes what the rules found in an article.
    pub fn build(
        found: &Suggestions,
        segments: &Segments,
        sidecar: &Sidecar,
        marks: &MarkIndex,
    ) -> Self {
        let mut items: Vec<Suggestion> = Vec::new();
        for (rank, relay) in with_relays(&found.attributions) {
            let rule = &found.attributions[rank];
            let relay_ends = relay.and_then(|at| found.attributions[at].source);
            let ends = rule.source.into_iter().chain(rule.cue).chain(relay_ends);
            items.extend(suggestion(
                Layer::Quote,
                rank,
                relay,
                &rule.content,
                ends,
                rule.confidence,
            ));
        }
        for (rank, mention) in found.people.mentions.iter().enumerate() {
            let spans = [mention.span];
            items.extend(suggestion(
                Layer::Person,
                rank,
                None,
                &spans,
                [],
                mention.confidence,
            ));
        }
        for (rank, claim) in found.claims.iter().enumerate() {
            let spans = [claim.span];
            items.extend(suggestion(
                Layer::Claim,
                rank,
                None,
                &spans,
                [],
                claim.confidence,
            ));
        }
        items.sort_by_key(|s| (s.hull.start(), usize::MAX - s.hull.end(), slot(s.layer)));
        let mut by_block: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, item) in items.iter().enumerate() {
            for block in blocks_of(item.hull, segments) {
                by_block.entry(block).or_default().push(at);
            }
        }
        let mut index = Self {
            items,
            by_block,
            open: [0; SUGGESTED.len()],
            rejected: rejections(&sidecar.rejected),
        };
        for at in 0..index.items.len() {
            index.decide(at, found, segments, sidecar, marks);
        }
        index
    }

    /// Looks again at the suggestions that touch some blocks.
    pub fn refresh(
        &mut self,
        blocks: Range<usize>,
        found: &Suggestions,
        segments: &Segments,
        sidecar: &Sidecar,
        marks: &MarkIndex,
    ) {
        for block in blocks {
            for at in self.by_block.get(&block).cloned().unwrap_or_default() {
                self.decide(at, found, segments, sidecar, marks);
            }
        }
    }

    /// Looks again at all of them: the rejections changed, or everything did.
    pub fn refresh_all(
        &mut self,
        found: &Suggestions,
        segments: &Segments,
        sidecar: &Sidecar,
        marks: &MarkIndex,
    ) {
        self.rejected = rejections(&sidecar.rejected);
        for at in 0..self.items.len() {
            self.decide(at, found, segments, sidecar, marks);
        }
    }

    fn decide(
        &mut self,
        at: usize,
        found: &Suggestions,
        segments: &Segments,
        sidecar: &Sidecar,
        marks: &MarkIndex,
    ) {
        let item = &self.items[at];
        let is_open = !self.rejected.contains(&(item.layer, item.spans.clone()))
            && !is_tagged(item, found, segments, sidecar, marks);
        let (was_open, slot) = (item.is_open, slot(item.layer));
        self.open[slot] = self.open[slot] + usize::from(is_open) - usize::from(was_open);
        self.items[at].is_open = is_open;
    }

    /// A suggestion by its rank in the text.
    pub fn get(&self, at: usize) -> Option<&Suggestion> {
        self.items.get(at)
    }

    /// The suggestions that touch a block, with their ranks in the text.
    pub fn in_block(&self, block: usize) -> impl Iterator<Item = (usize, &Suggestion)> {
        let here = self.by_block.get(&block).map_or(&[][..], Vec::as_slice);
        here.iter().map(|at| (*at, &self.items[*at]))
    }

    /// All suggestions in text order.
    pub fn iter(
        &self,
    ) -> impl DoubleEndedIterator<Item = (usize, &Suggestion)> + ExactSizeIterator {
        self.items.iter().enumerate()
    }

    /// The rank of the first suggestion that begins at an offset or behind it.
    pub fn first_from(&self, offset: usize) -> usize {
        self.items.partition_point(|s| s.hull.start() < offset)
    }

    /// The rank of the first suggestion at a place in the order (start, and how far short of everything it ends) or
    /// behind it.
    pub fn first_at(&self, place: (usize, usize)) -> usize {
        self.items
            .partition_point(|s| (s.hull.start(), usize::MAX - s.hull.end()) < place)
    }

    /// How many of a layer nobody has decided yet.
    pub fn open(&self, layer: Layer) -> usize {
        SUGGESTED
            .iter()
            .position(|l| *l == layer)
            .map_or(0, |at| self.open[at])
    }

    /// The suggestion of a layer on exactly these words.
    pub fn find(&self, layer: Layer, spans: &[Span]) -> Option<usize> {
        self.items
            .iter()
            .position(|s| s.layer == layer && s.spans == spans)
    }
}

fn slot(layer: Layer) -> usize {
    SUGGESTED.iter().position(|l| *l == layer).unwrap_or(0)
}

fn suggestion(
    layer: Layer,
    rank: usize,
    relay: Option<usize>,
    spans: &[Span],
    ends: impl IntoIterator<Item = Span>,
    confidence: Confidence,
) -> Option<Suggestion> {
    let hull = spans.iter().copied().chain(ends).reduce(Span::hull)?;
    (!spans.is_empty()).then(|| Suggestion {
        layer,
        rank,
        relay,
        spans: spans.to_vec(),
        hull,
        confidence,
        is_open: false,
    })
}

fn rejections(rejected: &[Rejection]) -> HashSet<(Layer, Vec<Span>)> {
    let places = rejected
        .iter()
        .map(|r| (r.layer, r.at.iter().filter_map(Target::span).collect()));
    places.collect()
}

/// Whether an annotation says already what a suggestion would.
fn is_tagged(
    item: &Suggestion,
    found: &Suggestions,
    segments: &Segments,
    sidecar: &Sidecar,
    marks: &MarkIndex,
) -> bool {
    item.spans.iter().any(|span| {
        let mut near = blocks_of(*span, segments)
            .flat_map(|block| marks.in_block(block))
            .filter(|mark| !mark.is_cue && mark.span.overlaps(*span));
        match item.layer {
            Layer::Person => near.any(|mark| match mark.layer {
                Layer::Person => true,
                // A source whose record is this person counts as a mention.
                Layer::Source => {
                    let mut inside = found.people.within(mark.span);
                    let alone = inside.next().is_some() && inside.next().is_none();
                    alone || is_record_of(item, found, sidecar, &mark.id)
                }
                _ => false,
            }),
            // Half of either: a quote that a person cut a little differently is the same quote.
            layer => near.any(|mark| {
                let shared = mark.span.intersection(*span).map_or(0, Span::len);
                mark.layer == layer && shared * 2 >= mark.span.len().min(span.len())
            }),
        }
    })
}

/// Whether a source's record bears the name of the person that is mentioned.
fn is_record_of(
    item: &Suggestion,
    found: &Suggestions,
    sidecar: &Sidecar,
    source: &crate::model::Id,
) -> bool {
    let record = sidecar
        .annotations
        .get(source)
        .and_then(|a| sidecar.cast.get(a.entity.as_ref()?));
    let mention = &found.people.mentions[item.rank];
    let name = found.people.names.get(mention.person);
    let surname = |name: &str| name.rsplit(' ').next().map(str::to_lowercase);
    matches!((record, name), (Some(record), Some(name)) if surname(&record.name) == surname(name))
}

/// Rules with different words; where two share them, an outlet passes on what its source said, and it is one quote.
/// Gives the ranks of who spoke and of who passed it on.
pub(super) fn with_relays(found: &[Attribution]) -> Vec<(usize, Option<usize>)> {
    let mut pairs: Vec<(usize, Option<usize>)> = Vec::with_capacity(found.len());
    let mut by_content: HashMap<&[Span], usize> = HashMap::new();
    for (rank, rule) in found.iter().enumerate() {
        let Some(&at) = by_content.get(rule.content.as_slice()) else {
            by_content.insert(&rule.content, pairs.len());
            pairs.push((rank, None));
            continue;
        };
        let (first, relay) = &mut pairs[at];
        if relay.is_none() && rule.source != found[*first].source {
            // The one that goes unnamed spoke; the one that has a name passed it on.
            if rule.identification.ends_with("unnamed") {
                *relay = Some(std::mem::replace(first, rank));
            } else {
                *relay = Some(rank);
            }
        }
    }
    pairs
}
