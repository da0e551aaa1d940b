//! Where the marks of an article are, kept while they change.
//!
//! A frame asks only for what it shows, so marks are kept by block; a change touches the blocks that it covers. Neither
//! grows with the number of annotations elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Annotation, Id, Layer, Relation, Segments, Sidecar, Span};

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

/// Marks by block, annotations in text order, relations by their ends.
#[derive(Debug, Clone, Default)]
pub struct MarkIndex {
    by_block: HashMap<usize, Vec<Mark>>,
    order: BTreeSet<(usize, usize, Id)>,
    orphans: BTreeSet<Id>,
    counts: [usize; Layer::ALL.len()],
    mentions: BTreeMap<Id, usize>,
    from: HashMap<Id, BTreeSet<Id>>,
    to: HashMap<Id, BTreeSet<Id>>,
}

impl MarkIndex {
    /// Indexes a whole sidecar.
    pub fn build(sidecar: &Sidecar, segments: &Segments) -> Self {
        let mut index = Self::default();
        for annotation in sidecar.annotations.values() {
            index.insert(annotation, segments);
        }
        for relation in sidecar.relations.values() {
            index.link(relation);
        }
        index
    }

    /// Adds an annotation.
    pub fn insert(&mut self, annotation: &Annotation, segments: &Segments) {
        if let Some(record) = mentioned(annotation) {
            *self.mentions.entry(record.clone()).or_default() += 1;
        }
        match annotation.hull() {
            Some(hull) => {
                self.counts[layer_slot(annotation.layer)] += 1;
                self.order
                    .insert((hull.start(), usize::MAX - hull.end(), annotation.id.clone()));
            }
            None => {
                self.orphans.insert(annotation.id.clone());
            }
        }
        for mark in marks_of(annotation) {
            for block in blocks_of(mark.span, segments) {
                self.by_block.entry(block).or_default().push(mark.clone());
            }
        }
    }

    /// Takes an annotation out; it must be as it was when it was added.
    pub fn remove(&mut self, annotation: &Annotation, segments: &Segments) {
        if let Some(record) = mentioned(annotation)
            && let Some(count) = self.mentions.get_mut(record)
        {
            *count -= 1;
            if *count == 0 {
                self.mentions.remove(record);
            }
        }
        match annotation.hull() {
            Some(hull) => {
                self.counts[layer_slot(annotation.layer)] -= 1;
                self.order
                    .remove(&(hull.start(), usize::MAX - hull.end(), annotation.id.clone()));
            }
            None => {
                self.orphans.remove(&annotation.id);
            }
        }
        for mark in marks_of(annotation) {
            for block in blocks_of(mark.span, segments) {
                if let Some(marks) = self.by_block.get_mut(&block) {
                    marks.retain(|m| m.id != annotation.id);
                    if marks.is_empty() {
                        self.by_block.remove(&block);
                    }
                }
            }
        }
    }

    /// Adds a relation.
    pub fn link(&mut self, relation: &Relation) {
        self.from
            .entry(relation.from.clone())
            .or_default()
            .insert(relation.id.clone());
        self.to
            .entry(relation.to.clone())
            .or_default()
            .insert(relation.id.clone());
    }

    /// Takes a relation out.
    pub fn unlink(&mut self, relation: &Relation) {
        for (map, end) in [
            (&mut self.from, &relation.from),
            (&mut self.to, &relation.to),
        ] {
            if let Some(set) = map.get_mut(end) {
                set.remove(&relation.id);
                if set.is_empty() {
                    map.remove(end);
                }
            }
        }
    }

    /// The fragments that touch a block.
    pub fn in_block(&self, block: usize) -> &[Mark] {
        self.by_block.get(&block).map_or(&[], Vec::as_slice)
    }

    /// Annotations that have a place, by start; of those with one start, the longest first.
    pub fn in_order(&self) -> impl Iterator<Item = &Id> {
        self.order.iter().map(|(_, _, id)| id)
    }

    /// The annotations that begin behind an offset (or at it, with a smaller reach), nearest first.
    pub fn after(&self, key: &(usize, usize, Id)) -> impl Iterator<Item = &(usize, usize, Id)> {
        use std::ops::Bound::{Excluded, Unbounded};
        self.order.range((Excluded(key.clone()), Unbounded))
    }

    /// The annotations before a place, nearest first.
    pub fn before(&self, key: &(usize, usize, Id)) -> impl Iterator<Item = &(usize, usize, Id)> {
        self.order.range(..key.clone()).rev()
    }

    /// Every annotation's start with its id, for the position map.
    pub fn starts(&self) -> impl Iterator<Item = (usize, &Id)> {
        self.order.iter().map(|(start, _, id)| (*start, id))
    }

    /// Annotations without a certain place.
    pub fn orphans(&self) -> impl Iterator<Item = &Id> {
        self.orphans.iter()
    }

    /// How many annotations of a layer have a place.
    pub fn count(&self, layer: Layer) -> usize {
        self.counts[layer_slot(layer)]
    }

    /// The records that persons and sources of the article point to.
    pub fn records(&self) -> impl Iterator<Item = &Id> {
        self.mentions.keys()
    }

    /// How many mentions a record has.
    pub fn mentions(&self, record: &Id) -> usize {
        self.mentions.get(record).copied().unwrap_or(0)
    }

    /// How many annotations there are.
    pub fn total(&self) -> usize {
        self.counts.iter().sum::<usize>() + self.orphans.len()
    }

    /// Ids of the relations that start at an annotation.
    pub fn relations_from(&self, id: &Id) -> impl Iterator<Item = &Id> {
        self.from.get(id).into_iter().flatten()
    }

    /// Ids of the relations that end at an annotation.
    pub fn relations_to(&self, id: &Id) -> impl Iterator<Item = &Id> {
        self.to.get(id).into_iter().flatten()
    }
}

/// The record that an annotation is a mention of.
fn mentioned(annotation: &Annotation) -> Option<&Id> {
    let entity = annotation.entity.as_ref();
    entity.filter(|_| matches!(annotation.layer, Layer::Person | Layer::Source))
}

fn layer_slot(layer: Layer) -> usize {
    layer as usize
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

/// The blocks that a span touches.
pub fn blocks_of(span: Span, segments: &Segments) -> std::ops::Range<usize> {
    let blocks = &segments.blocks;
    let first = blocks.partition_point(|b| b.span.end() <= span.start());
    let last = blocks.partition_point(|b| b.span.start() < span.end().max(span.start() + 1));
    first..last.max(first)
}
