//! The marks of a unit with everything that decides how they are drawn, kept until the article changes.
//!
//! A frame asks for the units that it shows; who they belong to, which form a quote has and which lane a line takes is
//! found out once. Drawing is `paint`'s and `gutter`'s.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::lanes::{assign, first_lane};
use super::units::Unit;
use crate::app::{ArticleKey, Codes, OpenArticle};
use crate::model::{Annotation, Form, Id, Layer, Segments, Span};

/// Units whose marks are kept; more than any window shows.
const KEPT: usize = 400;

/// How a mark differs from others of its layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Not at all.
    Plain,
    /// A source that the article does not name.
    Unnamed,
    /// A quote of a form.
    Quote(Form),
    /// The cue of a quote.
    Cue,
    /// A claim and how far its check is.
    Claim(Check),
}

/// How far the check of a claim is, as its sign shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// Nothing was said about it.
    Unset,
    /// To do.
    Open,
    /// Being done.
    Doing,
    /// Done.
    Done,
    /// Something is wrong, or it cannot be done.
    Wrong,
}

/// One fragment in a unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct UnitMark {
    /// Whose it is.
    pub id: Id,
    /// Its layer.
    pub layer: Layer,
    /// Where it is, in the whole text.
    pub span: Span,
    /// Its rank among the annotation's fragments.
    pub part: usize,
    /// How it differs from others.
    pub manner: Manner,
    /// The lane of its line; `None` for layers without one, and where all were taken.
    pub lane: Option<usize>,
    /// Whether the annotation has a note.
    pub has_note: bool,
    /// Whether the annotation begins with it, in this unit.
    pub is_start: bool,
}

impl UnitMark {
    /// Whether it found no lane.
    pub fn is_crowded_out(&self) -> bool {
        self.lane.is_none() && self.manner != Manner::Cue && first_lane(self.layer).is_some()
    }
}

/// Marks by unit, as long as the article stays the same.
#[derive(Debug, Default)]
pub(super) struct Marks {
    of: Option<(ArticleKey, Arc<Segments>, [u64; 2])>,
    by_unit: HashMap<usize, Rc<[UnitMark]>>,
}

impl Marks {
    /// The marks of a unit: by start, of those with one start the longest first, of those with one end in their turn.
    pub fn of_unit(
        &mut self,
        article: &OpenArticle,
        codes: &Codes,
        index: usize,
        unit: &Unit,
    ) -> Rc<[UnitMark]> {
        let now = [article.save.revision, codes.save.revision];
        let is_same = self.of.as_ref().is_some_and(|(key, segments, then)| {
            *then == now && *key == article.key && Arc::ptr_eq(segments, &article.segments)
        });
        if !is_same || self.by_unit.len() > KEPT {
            self.by_unit.clear();
            self.of = Some((article.key.clone(), Arc::clone(&article.segments), now));
        }
        let marks = self.by_unit.entry(index);
        Rc::clone(marks.or_insert_with(|| find(article, codes, unit)))
    }
}

fn find(article: &OpenArticle, codes: &Codes, unit: &Unit) -> Rc<[UnitMark]> {
    let touching = article.marks.touching(unit.span);
    let mut marks: Vec<UnitMark> = touching
        .filter_map(|mark| {
            let annotation = article.annotation(&mark.id)?;
            Some(UnitMark {
                id: mark.id.clone(),
                layer: mark.layer,
                span: mark.span,
                part: mark.part,
                manner: manner(article, annotation, mark.is_cue),
                lane: None,
                has_note: !annotation.note.is_empty(),
                is_start: !mark.is_cue
                    && annotation.start() == Some(mark.span.start())
                    && unit.span.contains(mark.span.start()),
            })
        })
        .collect();
    let turn = |mark: &UnitMark| article.annotation(&mark.id).map(|a| codes.turn_of(a));
    marks.sort_by(|a, b| {
        let key = |m: &UnitMark| (m.span.start(), usize::MAX - m.span.end(), m.layer);
        key(a).cmp(&key(b)).then_with(|| turn(a).cmp(&turn(b)))
    });
    let lined: Vec<usize> = (0..marks.len())
        .filter(|&i| marks[i].manner != Manner::Cue)
        .collect();
    let spans: Vec<_> = lined
        .iter()
        .map(|&i| (marks[i].layer, marks[i].span))
        .collect();
    for (i, lane) in lined.into_iter().zip(assign(&spans)) {
        marks[i].lane = lane;
    }
    marks.into()
}

fn manner(article: &OpenArticle, annotation: &Annotation, is_cue: bool) -> Manner {
    match annotation.layer {
        _ if is_cue => Manner::Cue,
        Layer::Quote => Manner::Quote(article.form(annotation)),
        Layer::Source if is_unnamed(article, annotation) => Manner::Unnamed,
        Layer::Claim => Manner::Claim(check(annotation)),
        _ => Manner::Plain,
    }
}

/// Whether the article tells of a source without naming it.
pub(super) fn is_unnamed(article: &OpenArticle, annotation: &Annotation) -> bool {
    let cast = &article.sidecar.cast;
    let entry = annotation.entity.as_ref().and_then(|id| cast.get(id));
    let identification = entry.and_then(|entry| entry.attrs.text("identification"));
    identification.is_some_and(|value| value.ends_with("unnamed"))
}

fn check(annotation: &Annotation) -> Check {
    match annotation.attrs.text("status") {
        Some("to check") => Check::Open,
        Some("checking") => Check::Doing,
        Some("checked" | "corrected") => Check::Done,
        Some("needs fix" | "cannot be checked") => Check::Wrong,
        _ if annotation.attrs.get("verdict").is_some() => Check::Done,
        _ => Check::Unset,
    }
}

/// The innermost annotation at an offset: the shortest fragment that holds it.
pub(super) fn innermost(marks: &[UnitMark], offset: usize) -> Option<&UnitMark> {
    marks
        .iter()
        .take_while(|mark| mark.span.start() <= offset)
        .filter(|mark| mark.manner != Manner::Cue && mark.span.contains(offset))
        .min_by_key(|mark| mark.span.len())
}
