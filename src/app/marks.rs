//! Where the marks of an article are, kept while they change.
//!
//! A frame asks only for what it shows, so marks are kept by the stretch of text that they lie in; a change touches the
//! stretches that it covers. What lists, maps and walks need in order is kept in order. None of it grows with the number
//! of annotations elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use ahash::AHashSet;

use super::ranked::Ranked;
use crate::model::{
    Anchoring, Annotation, Id, Layer, Relation, RelationKind, Sidecar, Span, Standing,
};

/// Bytes of a stretch: a few paragraphs.
const STRETCH: usize = 1024;

/// Annotations with relations of theirs.
type Pairs = BTreeSet<(Id, Id)>;

/// Where an annotation stands in the order: its start, how far short of everything it ends, its id. So of those with one
/// start the longest comes first.
pub type TextPlace = (usize, usize, Id);

/// One fragment, as a reader draws it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Whose it is.
    pub id: Id,
    /// Its layer.
    pub layer: Layer,
    /// Where it is, in the whole text.
    pub span: Span,
    /// Whether it is the cue of a quote, not its content.
    pub is_cue: bool,
    /// Its rank among the fragments.
    pub part: usize,
}

/// The mentions of one record, in text order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Those that are tagged as a person.
    pub persons: Ranked<TextPlace>,
    /// Those that are tagged as a source.
    pub sources: Ranked<TextPlace>,
    /// Those without a certain place.
    lost: usize,
}

/// Marks by their place, annotations in text order, relations by their ends.
#[derive(Debug, Clone, Default)]
pub struct MarkIndex {
    by_stretch: Vec<Vec<Mark>>,
    order: Ranked<TextPlace>,
    by_layer: [Ranked<TextPlace>; Layer::ALL.len()],
    /// Those without a certain place, by where they were in the text that they were made on.
    orphans: Ranked<(usize, Id)>,
    /// By record; persons and sources without one under `None`.
    mentions: BTreeMap<Option<Id>, Mentions>,
    /// Those with a place that wait for something: a speaker, or somebody who confirms the place.
    problems: Ranked<TextPlace>,
    /// Those with a place of which a part, or the cue, has no certain one.
    unsettled: Ranked<TextPlace>,
    /// How all of them came through edits of the text.
    anchoring: Anchoring,
    /// Annotations with the relations that start at them, and that end there.
    from: Pairs,
    to: Pairs,
    /// The verbs tagged as cues, in lower case, with how often.
    cues: BTreeMap<String, usize>,
}

impl MarkIndex {
    /// Indexes a whole sidecar.
    pub fn build(sidecar: &Sidecar) -> Self {
        let mut index = Self::default();
        let relations = || sidecar.relations.values();
        let id = |relation: &Relation| relation.id.clone();
        index.from = relations().map(|r| (r.from.clone(), id(r))).collect();
        index.to = relations().map(|r| (r.to.clone(), id(r))).collect();
        // Each annotation is looked at once, in the order in which they lie in memory. The few relations that end
        // nowhere are found on the way.
        let ends: Vec<Id> = index.to.iter().map(|(to, _)| to.clone()).collect();
        let (mut ends, mut nowhere) = (ends.iter().peekable(), AHashSet::new());
        let mut entries = Vec::with_capacity(sidecar.annotations.len());
        for annotation in sidecar.annotations.values() {
            while let Some(end) = ends.next_if(|end| **end <= annotation.id) {
                if *end != annotation.id {
                    nowhere.insert(end);
                }
            }
            index.scatter(annotation);
            entries.push(Entry::of(annotation));
        }
        nowhere.extend(ends);
        let speaking = relations().filter(|relation| says(relation));
        let speaking = speaking.filter(|relation| !nowhere.contains(&relation.to));
        let with_speaker: AHashSet<&Id> = speaking.map(|relation| &relation.from).collect();
        // Then in text order, so that what is kept in order grows at its end. Numbers are sorted more quickly than
        // entries; those of one place are in the order of their ids already.
        let numbers = entries.iter().enumerate().map(|(at, entry)| {
            let (start, end) = entry.place.as_ref().map_or((0, 0), |(s, e, _)| (*s, *e));
            (start, end, at)
        });
        let mut numbers: Vec<(usize, usize, usize)> = numbers.collect();
        numbers.sort_unstable();
        // Each stretch gets room for the marks that begin in it. Orphans come first, and have none.
        let stretch = |(start, ..): &(usize, usize, usize)| start / STRETCH;
        let orphans = numbers.partition_point(|(_, end, _)| *end == 0);
        for here in numbers[orphans..].chunk_by(|a, b| stretch(a) == stretch(b)) {
            index.stretch(stretch(&here[0])).reserve_exact(here.len());
        }
        for entry in numbers.into_iter().map(|(.., at)| &entries[at]) {
            if let Ok(place) = &entry.place
                && (entry.needs_a_look || entry.wants_speaker && !with_speaker.contains(&place.2))
            {
                index.problems.insert(place.clone());
            }
            index.enter(entry);
        }
        index
    }

    /// Adds an annotation. What it lacks is looked at by [`MarkIndex::review`].
    pub fn insert(&mut self, annotation: &Annotation) {
        self.scatter(annotation);
        self.enter(&Entry::of(annotation));
    }

    /// Adds what is kept of an annotation in no order.
    fn scatter(&mut self, annotation: &Annotation) {
        for cue in cues_of(annotation) {
            *self.cues.entry(cue).or_default() += 1;
        }
        if !is_whole(annotation) {
            for mark in marks_of(annotation) {
                self.put(&mark);
            }
        }
    }

    fn put(&mut self, mark: &Mark) {
        stretches(mark.span).for_each(|number| self.stretch(number).push(mark.clone()));
    }

    fn stretch(&mut self, number: usize) -> &mut Vec<Mark> {
        if self.by_stretch.len() <= number {
            self.by_stretch.resize_with(number + 1, Vec::new);
        }
        &mut self.by_stretch[number]
    }

    /// Adds what is kept of an annotation in order.
    fn enter(&mut self, entry: &Entry) {
        let layer = entry.layer;
        *self.anchoring.of_standing(entry.standing) += 1;
        if is_mention(layer) {
            let mentions = self.mentions.entry(entry.entity.clone()).or_default();
            match &entry.place {
                Ok(place) => {
                    mentions.of(layer).insert(place.clone());
                }
                Err(_) => mentions.lost += 1,
            }
        }
        match &entry.place {
            Ok(place) => {
                if entry.is_whole {
                    self.put(&Mark {
                        id: place.2.clone(),
                        layer,
                        span: Span::new(place.0, usize::MAX - place.1),
                        is_cue: false,
                        part: 0,
                    });
                }
                self.by_layer[layer as usize].insert(place.clone());
                if entry.standing != Standing::Exact {
                    self.unsettled.insert(place.clone());
                }
                self.order.insert(place.clone());
            }
            Err(former) => {
                self.orphans.insert(former.clone());
            }
        }
    }

    /// Takes an annotation out; it must be as it was when it was added.
    pub fn remove(&mut self, annotation: &Annotation) {
        let place = place_of(annotation);
        *self.anchoring.of_standing(annotation.standing()) -= 1;
        if is_mention(annotation.layer)
            && let Some(mentions) = self.mentions.get_mut(&annotation.entity)
        {
            match &place {
                Some(place) => {
                    mentions.of(annotation.layer).remove(place);
                }
                None => mentions.lost -= 1,
            }
            if mentions.len() == 0 {
                self.mentions.remove(&annotation.entity);
            }
        }
        match place {
            Some(place) => {
                self.by_layer[annotation.layer as usize].remove(&place);
                self.problems.remove(&place);
                self.unsettled.remove(&place);
                self.order.remove(&place);
            }
            None => {
                self.orphans.remove(&former_place(annotation));
            }
        }
        for mark in marks_of(annotation) {
            for stretch in stretches(mark.span) {
                if let Some(marks) = self.by_stretch.get_mut(stretch) {
                    marks.retain(|m| m.id != annotation.id);
                }
            }
        }
        for cue in cues_of(annotation) {
            if let Some(count) = self.cues.get_mut(&cue) {
                *count -= 1;
                if *count == 0 {
                    self.cues.remove(&cue);
                }
            }
        }
    }

    /// Looks again at what an annotation lacks, and what the quotes do that point to it.
    pub fn review(&mut self, id: &Id, sidecar: &Sidecar) {
        let relations = of(&self.to, id);
        let quotes = relations.filter_map(|r| Some(sidecar.relations.get(r)?.from.clone()));
        let touched: Vec<Id> = quotes.chain([id.clone()]).collect();
        for annotation in touched.iter().filter_map(|id| sidecar.annotations.get(id)) {
            if let Some(place) = place_of(annotation) {
                if self.is_problem(annotation, sidecar) {
                    self.problems.insert(place);
                } else {
                    self.problems.remove(&place);
                }
            }
        }
    }

    fn is_problem(&self, annotation: &Annotation, sidecar: &Sidecar) -> bool {
        self.lacks_speaker(annotation, sidecar) || needs_a_look(annotation)
    }

    /// Whether an annotation is a quote of which nobody said yet who says it.
    pub fn lacks_speaker(&self, quote: &Annotation, sidecar: &Sidecar) -> bool {
        let relations = self.relations_from(&quote.id);
        let mut relations = relations.filter_map(|id| sidecar.relations.get(id));
        wants_speaker(quote) && !relations.any(|r| gives_speaker(r, sidecar))
    }

    /// Adds a relation.
    pub fn link(&mut self, relation: &Relation) {
        let id = || relation.id.clone();
        self.from.insert((relation.from.clone(), id()));
        self.to.insert((relation.to.clone(), id()));
    }

    /// Takes a relation out.
    pub fn unlink(&mut self, relation: &Relation) {
        let id = || relation.id.clone();
        self.from.remove(&(relation.from.clone(), id()));
        self.to.remove(&(relation.to.clone(), id()));
    }

    /// The fragments that touch a span, each once, in no certain order.
    pub fn touching(&self, span: Span) -> impl Iterator<Item = &Mark> + Clone {
        let wanted = stretches(span);
        let first = wanted.start;
        wanted.flat_map(move |stretch| {
            let here = self.by_stretch.get(stretch).into_iter().flatten();
            // One that lies in several stretches is told by the first that is asked for.
            here.filter(move |mark| {
                let is_first = stretch == (mark.span.start() / STRETCH).max(first);
                is_first && mark.span.overlaps(span)
            })
        })
    }

    /// Annotations that have a place, in text order.
    pub fn in_order(&self) -> impl Iterator<Item = &Id> {
        self.order.iter().map(|(_, _, id)| id)
    }

    /// The annotations of a layer that have a place, in text order.
    pub fn of_layer(&self, layer: Layer) -> &Ranked<TextPlace> {
        &self.by_layer[layer as usize]
    }

    /// Annotations with a place of which a part has no certain one, in text order.
    pub fn unsettled(&self) -> &Ranked<TextPlace> {
        &self.unsettled
    }

    /// How all annotations came through edits of the text.
    pub fn anchoring(&self) -> Anchoring {
        self.anchoring
    }

    /// Annotations with a place that wait for a speaker, for somebody who confirms where they are, or for another check,
    /// in text order.
    pub fn problems(&self) -> &Ranked<TextPlace> {
        &self.problems
    }

    /// Annotations that have a place, in text order, those of one place by their ids.
    pub fn order(&self) -> &Ranked<TextPlace> {
        &self.order
    }

    /// The annotations behind a place in the order, nearest first.
    pub fn after(&self, key: &TextPlace) -> impl Iterator<Item = &TextPlace> {
        self.order.all_after(key)
    }

    /// The annotations before a place in the order, nearest first.
    pub fn before(&self, key: &TextPlace) -> impl Iterator<Item = &TextPlace> {
        self.order.all_before(key)
    }

    /// Annotations without a certain place, by where they were in the text that they were made on: the order in which
    /// people remember them.
    pub fn orphans(&self) -> &Ranked<(usize, Id)> {
        &self.orphans
    }

    /// How many annotations of a layer have a place.
    pub fn count(&self, layer: Layer) -> usize {
        self.of_layer(layer).len()
    }

    /// The records that persons and sources of the article point to.
    pub fn records(&self) -> impl Iterator<Item = &Id> {
        self.mentions.keys().flatten()
    }

    /// How many mentions a record has.
    pub fn mentions(&self, record: &Id) -> usize {
        self.mentions_of(record).map_or(0, Mentions::len)
    }

    /// The mentions of a record.
    pub fn mentions_of(&self, record: &Id) -> Option<&Mentions> {
        self.mentions.get(&Some(record.clone()))
    }

    /// The mentions of every record; those of none under `None`.
    pub fn by_record(&self) -> impl Iterator<Item = (Option<&Id>, &Mentions)> {
        let all = self.mentions.iter();
        all.map(|(record, mentions)| (record.as_ref(), mentions))
    }

    /// How many annotations there are.
    pub fn total(&self) -> usize {
        self.order.len() + self.orphans.len()
    }

    /// Ids of the relations that start at an annotation.
    pub fn relations_from(&self, id: &Id) -> impl Iterator<Item = &Id> {
        of(&self.from, id)
    }

    /// Ids of the relations that end at an annotation.
    pub fn relations_to(&self, id: &Id) -> impl Iterator<Item = &Id> {
        of(&self.to, id)
    }

    /// The words tagged as cues, in lower case.
    pub fn cues(&self) -> impl Iterator<Item = &String> {
        self.cues.keys()
    }
}

impl Mentions {
    fn of(&mut self, layer: Layer) -> &mut Ranked<TextPlace> {
        match layer {
            Layer::Source => &mut self.sources,
            _ => &mut self.persons,
        }
    }

    fn len(&self) -> usize {
        self.persons.len() + self.sources.len() + self.lost
    }
}

/// Whether an annotation is a quote of which somebody has to say who says it.
fn wants_speaker(annotation: &Annotation) -> bool {
    let attrs = &annotation.attrs;
    annotation.layer == Layer::Quote
        && attrs.get("stated").is_none()
        && attrs.text("kind").is_none_or(|kind| kind == "speech")
}

/// Whether a relation says who says the quote that it starts at.
fn gives_speaker(relation: &Relation, sidecar: &Sidecar) -> bool {
    says(relation) && sidecar.annotations.contains_key(&relation.to)
}

/// Whether a relation is one that names a speaker, if it ends anywhere.
fn says(relation: &Relation) -> bool {
    relation.kind == RelationKind::SaidBy
}

/// Whether an annotation waits for somebody who confirms where it is, or checks it again.
fn needs_a_look(annotation: &Annotation) -> bool {
    annotation.is_unsettled() || annotation.needs_recheck()
}

/// What is kept of an annotation in some order.
struct Entry {
    /// Where it stands, or for an orphan where it did.
    place: Result<TextPlace, (usize, Id)>,
    layer: Layer,
    entity: Option<Id>,
    standing: Standing,
    is_whole: bool,
    wants_speaker: bool,
    needs_a_look: bool,
}

impl Entry {
    fn of(annotation: &Annotation) -> Self {
        Self {
            place: place_of(annotation).ok_or_else(|| former_place(annotation)),
            layer: annotation.layer,
            entity: annotation.entity.clone(),
            standing: annotation.standing(),
            is_whole: is_whole(annotation),
            wants_speaker: wants_speaker(annotation),
            needs_a_look: needs_a_look(annotation),
        }
    }
}

/// The second ones of the pairs with a first one, in their order.
fn of<'a>(pairs: &'a Pairs, first: &Id) -> impl Iterator<Item = &'a Id> + use<'a> {
    let first = first.clone();
    let from = (first.clone(), Id::new(""));
    let those = pairs.range(from..).take_while(move |(id, _)| *id == first);
    those.map(|(_, second)| second)
}

/// Where an orphan was in the text that it was made on.
fn former_place(orphan: &Annotation) -> (usize, Id) {
    let was = orphan.at.first().map_or(0, |target| target.selector.start);
    (was, orphan.id.clone())
}

/// Whether an annotation is one fragment with a place and nothing else, as most are.
fn is_whole(annotation: &Annotation) -> bool {
    annotation.cue.is_empty() && annotation.at.len() == 1 && annotation.start().is_some()
}

fn is_mention(layer: Layer) -> bool {
    matches!(layer, Layer::Person | Layer::Source)
}

/// Where an annotation stands in the order; `None` for an orphan.
pub fn place_of(annotation: &Annotation) -> Option<TextPlace> {
    let hull = annotation.hull()?;
    Some((hull.start(), usize::MAX - hull.end(), annotation.id.clone()))
}

fn cues_of(annotation: &Annotation) -> impl Iterator<Item = String> {
    let placed = annotation.cue.iter().filter(|cue| cue.span().is_some());
    placed.map(|cue| cue.selector.exact.to_lowercase())
}

fn marks_of(annotation: &Annotation) -> impl Iterator<Item = Mark> {
    let content = annotation.spans().map(|span| (span, false));
    let cue = annotation.cue_spans().map(|span| (span, true));
    content
        .chain(cue)
        .enumerate()
        .map(|(part, (span, is_cue))| Mark {
            id: annotation.id.clone(),
            layer: annotation.layer,
            span,
            is_cue,
            part,
        })
}

/// The stretches that a span touches; an empty one, that of its place.
pub(super) fn stretches(span: Span) -> std::ops::Range<usize> {
    let last = span.end().saturating_sub(1).max(span.start());
    span.start() / STRETCH..last / STRETCH + 1
}
