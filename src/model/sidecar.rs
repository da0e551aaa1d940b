//! A sidecar in memory: everything that people said about one article.

use std::sync::Arc;

use super::{
    Annotation, ArticleInfo, AttrValue, ById, CastEntry, Extra, Id, Layer, Override, Relation,
    RelationKind, Status, Target,
};

/// A suggestion that somebody rejected; it is not made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Which rule family made it: attribution, people, claims.
    pub by: String,
    /// What it would have been.
    pub layer: Layer,
    /// Where.
    pub at: Vec<Target>,
    /// Fields of newer versions.
    pub extra: Extra,
}

/// What a sidecar holds. Lists that have ids are maps by id, which is also the order in the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sidecar {
    /// The article as it was when the offsets were right.
    pub article: ArticleInfo,
    /// How far the work is.
    pub status: Status,
    /// Variables of the article (outlet, date …), in order.
    pub variables: Vec<(String, AttrValue)>,
    /// Annotations.
    pub annotations: ById<Annotation>,
    /// What each record is in this article.
    pub cast: ById<CastEntry>,
    /// Relations between annotations.
    pub relations: ById<Relation>,
    /// Decisions against the segmenter, by start.
    pub overrides: Vec<Override>,
    /// Rejected suggestions, by start.
    pub rejected: Vec<Rejection>,
    /// The text that the offsets address, when the file carries it.
    pub text: Option<Arc<str>>,
    /// Fields of newer versions at the top.
    pub extra: Extra,
    /// Entries of the lists that could not be understood: list's key and raw JSON. Written back as they were.
    pub unread: Vec<(String, String)>,
}

impl Sidecar {
    /// Relations that start at an annotation.
    pub fn relations_from<'a>(&'a self, id: &'a Id) -> impl Iterator<Item = &'a Relation> {
        self.relations.values().filter(move |r| r.from == *id)
    }

    /// The first relation of a kind that starts at an annotation.
    pub fn relation(&self, id: &Id, kind: &RelationKind) -> Option<&Relation> {
        self.relations
            .values()
            .find(|r| r.from == *id && r.kind == *kind)
    }

    /// How many annotations a layer has.
    pub fn count(&self, layer: Layer) -> usize {
        self.annotations
            .values()
            .filter(|a| a.layer == layer)
            .count()
    }
}
