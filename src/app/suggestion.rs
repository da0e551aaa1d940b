//! The suggestions of an article: in text order, by place, and which of them nobody has decided yet.
//!
//! What the rules found is `suggest`'s. Here is what a person did about it: an annotation in its place or a rejection
//! decides a suggestion. A change of the sidecar touches the suggestions that it overlaps and no others.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::focus::Direction;
use super::marks::{MarkIndex, stretches};
use super::ranked::Ranked;
use super::state::State;
use crate::model::{Layer, Rejection, Sidecar, Span, Target};
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

impl Suggestion {
    /// Where its words begin.
    pub fn start(&self) -> usize {
        self.spans.first().map_or(0, |span| span.start())
    }
}

/// All suggestions of an article.
#[derive(Debug, Clone, Default)]
pub struct SuggestionIndex {
    items: Vec<Suggestion>,
    by_stretch: HashMap<usize, Vec<usize>>,
    open: [Ranked<usize>; SUGGESTED.len()],
    /// The same by where their words begin.
    listed: [Ranked<(usize, usize)>; SUGGESTED.len()],
    /// Those that suggest a mention, by the person's rank among all whom the rules know.
    by_person: BTreeMap<usize, Ranked<usize>>,
    rejected: Rejected,
    /// How many there are of each layer, decided or not.
    counts: [usize; SUGGESTED.len()],
}

type Rejected = HashSet<(Layer, Vec<Span>)>;

/// What the rules found in an article, and the index of it. Made in a job, since both grow with the article.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// What the rules found.
    pub found: Arc<Suggestions>,
    /// The same in text order, with what was still to be decided.
    pub index: SuggestionIndex,
    /// The revision of the sidecar that it was decided by.
    pub revision: u64,
}

impl Analysis {
    /// Indexes what the rules found in an article whose sidecar, in a revision, is this.
    pub fn of(found: impl Into<Arc<Suggestions>>, sidecar: &Sidecar, revision: u64) -> Self {
        let found = found.into();
        let index = SuggestionIndex::build(&found, sidecar, &MarkIndex::build(sidecar));
        Self {
            found,
            index,
            revision,
        }
    }
}

impl SuggestionIndex {
    /// Indexes what the rules found in an article.
    pub fn build(found: &Suggestions, sidecar: &Sidecar, marks: &MarkIndex) -> Self {
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
        let mut by_stretch: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, item) in items.iter().enumerate() {
            for stretch in stretches(item.hull) {
                by_stretch.entry(stretch).or_default().push(at);
            }
        }
        let mut counts = [0; SUGGESTED.len()];
        for item in &items {
            counts[slot(item.layer)] += 1;
        }
        let mut index = Self {
            counts,
            items,
            by_stretch,
            open: Default::default(),
            listed: Default::default(),
            by_person: BTreeMap::new(),
            rejected: rejections(&sidecar.rejected),
        };
        for at in 0..index.items.len() {
            index.decide(at, found, sidecar, marks);
        }
        index
    }

    /// Looks again at the suggestions that touch a span.
    pub fn refresh(
        &mut self,
        span: Span,
        found: &Suggestions,
        sidecar: &Sidecar,
        marks: &MarkIndex,
    ) {
        let touched: Vec<usize> = self.touching(span).map(|(at, _)| at).collect();
        for at in touched {
            self.decide(at, found, sidecar, marks);
        }
    }

    /// Takes over the sidecar's rejections and looks again at the suggestions that they were made of.
    pub fn reject(&mut self, found: &Suggestions, sidecar: &Sidecar, marks: &MarkIndex) {
        let before = std::mem::replace(&mut self.rejected, rejections(&sidecar.rejected));
        let changed = before.symmetric_difference(&self.rejected);
        let spans: Vec<Span> = changed.flat_map(|(_, spans)| spans.clone()).collect();
        for span in spans {
            self.refresh(span, found, sidecar, marks);
        }
    }

    /// Looks again at all of them: everything changed.
    pub fn refresh_all(&mut self, found: &Suggestions, sidecar: &Sidecar, marks: &MarkIndex) {
        self.rejected = rejections(&sidecar.rejected);
        for at in 0..self.items.len() {
            self.decide(at, found, sidecar, marks);
        }
    }

    fn decide(&mut self, at: usize, found: &Suggestions, sidecar: &Sidecar, marks: &MarkIndex) {
        let item = &self.items[at];
        let is_open = !self.rejected.contains(&(item.layer, item.spans.clone()))
            && !is_tagged(item, found, sidecar, marks);
        if is_open == item.is_open {
            return;
        }
        let slot = slot(item.layer);
        let listed = (item.start(), at);
        let mention = (item.layer == Layer::Person).then(|| found.people.mentions.get(item.rank));
        let person = mention.flatten().map(|mention| mention.person);
        if is_open {
            self.open[slot].insert(at);
            self.listed[slot].insert(listed);
        } else {
            self.open[slot].remove(&at);
            self.listed[slot].remove(&listed);
        }
        if let Some(person) = person {
            let mentions = self.by_person.entry(person).or_default();
            if is_open {
                mentions.insert(at);
            } else {
                mentions.remove(&at);
            }
            if mentions.is_empty() {
                self.by_person.remove(&person);
            }
        }
        self.items[at].is_open = is_open;
    }

    /// A suggestion by its rank in the text.
    pub fn get(&self, at: usize) -> Option<&Suggestion> {
        self.items.get(at)
    }

    /// The suggestions that touch a span, with their ranks in the text.
    pub fn touching(&self, span: Span) -> impl Iterator<Item = (usize, &Suggestion)> {
        let wanted = stretches(span);
        let first = wanted.start;
        let ranks = wanted.flat_map(move |stretch| {
            let here = self.by_stretch.get(&stretch).into_iter().flatten();
            // One that lies in several stretches is told by the first that is asked for.
            here.filter(move |at| stretch == stretches(self.items[**at].hull).start.max(first))
        });
        ranks
            .map(|at| (*at, &self.items[*at]))
            .filter(move |(_, item)| item.hull.overlaps(span))
    }

    /// How many there are, decided or not.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many of a layer there are, decided or not.
    pub fn count(&self, layer: Layer) -> usize {
        self.counts[slot(layer)]
    }

    /// All suggestions in text order.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Suggestion)> {
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
        self.open_ones(layer).map_or(0, Ranked::len)
    }

    /// The ranks in the text of those of a layer that nobody has decided yet.
    pub fn open_ones(&self, layer: Layer) -> Option<&Ranked<usize>> {
        let at = SUGGESTED.iter().position(|l| *l == layer)?;
        Some(&self.open[at])
    }

    /// The same by where their words begin: offset and rank.
    pub fn listed(&self, layer: Layer) -> Option<&Ranked<(usize, usize)>> {
        let at = SUGGESTED.iter().position(|l| *l == layer)?;
        Some(&self.listed[at])
    }

    /// The suggested mentions of a person that nobody has decided yet.
    pub fn of_person(&self, person: usize) -> Option<&Ranked<usize>> {
        self.by_person.get(&person)
    }

    /// The suggested mentions of each person that nobody has decided yet, by the person's rank among all whom the rules
    /// know.
    pub fn by_person(&self) -> impl Iterator<Item = (usize, &Ranked<usize>)> {
        self.by_person
            .iter()
            .map(|(person, ranks)| (*person, ranks))
    }

    /// The suggestion of a layer on exactly these words.
    pub fn find(&self, layer: Layer, spans: &[Span]) -> Option<usize> {
        let hull = spans.iter().copied().reduce(Span::hull)?;
        let mut near = self.touching(hull);
        near.find(|(_, s)| s.layer == layer && s.spans == spans)
            .map(|(at, _)| at)
    }
}

impl State {
    /// Whether suggestions of a layer are shown.
    pub fn suggests(&self, layer: Layer) -> bool {
        match layer {
            Layer::Quote => self.settings.suggest_quotes,
            Layer::Person => self.settings.suggest_people,
            Layer::Claim => self.settings.suggest_claims,
            _ => false,
        }
    }

    /// How many suggestions of the open article are shown and still to be decided.
    pub fn open_suggestions(&self) -> usize {
        let Some(article) = self.article().filter(|a| a.readonly.is_none()) else {
            return 0;
        };
        let shown = SUGGESTED.into_iter().filter(|layer| self.suggests(*layer));
        shown.map(|layer| article.suggestions.open(layer)).sum()
    }

    /// The next suggestion of the open article that is shown: at a rank in the text or behind it, or else before it.
    pub fn next_suggestion(&self, from: usize, way: Direction) -> Option<usize> {
        let article = self.article()?;
        let shown = SUGGESTED.into_iter().filter(|layer| self.suggests(*layer));
        let open = shown.filter_map(|layer| article.suggestions.open_ones(layer));
        match way {
            Direction::Forward => open.filter_map(|open| open.at_or_after(&from)).min(),
            Direction::Back => open.filter_map(|open| open.before(&from)).max(),
        }
        .copied()
    }

    /// Whether a suggestion of the open article is shown: nobody has decided it, and its kind is switched on.
    pub fn shows(&self, suggestion: &Suggestion) -> bool {
        suggestion.is_open && self.suggests(suggestion.layer)
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

fn rejections(rejected: &[Rejection]) -> Rejected {
    let places = rejected
        .iter()
        .map(|r| (r.layer, r.at.iter().filter_map(Target::span).collect()));
    places.collect()
}

/// Whether an annotation says already what a suggestion would.
fn is_tagged(item: &Suggestion, found: &Suggestions, sidecar: &Sidecar, marks: &MarkIndex) -> bool {
    item.spans.iter().any(|span| {
        let mut near = marks.touching(*span).filter(|mark| !mark.is_cue);
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
