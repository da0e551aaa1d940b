//! What one frame shows: the units in view with their places, their marks, and what stands out among them.
//!
//! Built by `mod`, read by everything that paints or answers the pointer.

use std::rc::Rc;

use egui::{Color32, Pos2, Rangef, Rect, pos2, vec2};

use super::super::theme::Theme;
use super::hits::Found;
use super::layout::{Hit, Laid, RowBox};
use super::map;
use super::marks::UnitMark;
use super::suggested::Offer;
use super::typography::TextStyle;
use crate::app::{Codes, Level, OpenArticle, Selection};
use crate::model::{Annotation, Id, Span};

/// Width of the gutter of numbers and bars.
const LEFT_GUTTER: f32 = 76.0;
/// Width of the gutter of signs.
const RIGHT_GUTTER: f32 = 59.0;
/// Both, where the window is narrow.
const NARROW_GUTTER: f32 = 44.0;
/// Below this width the gutters shrink before the text does.
const NARROW: f32 = 560.0;
/// Width of the scroll bar.
const BAR: f32 = 8.0;
/// How strong a mark is while another one of its stack has the focus.
const BEHIND: f32 = 0.4;
/// No column is narrower.
const LEAST_COLUMN: f32 = 160.0;

/// Where things stand in the reader.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Zones {
    /// Text and gutters.
    pub view: Rect,
    /// The column of text.
    pub column: Rangef,
    /// The position map.
    pub map: Rect,
    /// The scroll bar.
    pub bar: Rect,
}

impl Zones {
    /// Divides the reader's rectangle, for a way to set the text.
    pub fn new(rect: Rect, style: TextStyle) -> Self {
        let split = |left: f32, width: f32| {
            Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()))
        };
        let bar = split(rect.right() - BAR, BAR);
        let map = split(bar.left() - map::WIDTH, map::WIDTH);
        let view = Rect::from_min_max(rect.min, pos2(map.left(), rect.bottom()));
        let (left, right) = if rect.width() < NARROW {
            (NARROW_GUTTER, NARROW_GUTTER)
        } else {
            (LEFT_GUTTER, RIGHT_GUTTER)
        };
        let room = (view.width() - left - right).max(LEAST_COLUMN);
        let width = room.min(style.measure()).floor();
        let x = (view.left() + left + (room - width) / 2.0).floor();
        Self {
            view,
            column: Rangef::new(x, x + width),
            map,
            bar,
        }
    }
}

/// A unit in its place.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// The unit, laid out.
    pub laid: Rc<Laid>,
    /// Where its first letter stands on the screen.
    pub origin: Pos2,
    /// Its marks.
    pub marks: Rc<[UnitMark]>,
}

impl Placed {
    /// Where the room above it begins on the screen.
    pub fn top(&self) -> f32 {
        self.origin.y - self.laid.above
    }

    /// Its rows, without the room above.
    pub fn rect(&self, column: Rangef) -> Rect {
        let height = self.laid.height - self.laid.above;
        Rect::from_x_y_ranges(column, Rangef::new(self.origin.y, self.origin.y + height))
    }
}

/// What the pointer can rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Thing {
    /// An annotation.
    Annotation(Id),
    /// A suggestion, by its rank in the text.
    Suggestion(usize),
}

/// Which annotations stand out.
#[derive(Debug, Clone, Default)]
pub(super) struct Emphasis {
    /// The one that has the focus.
    pub focused: Option<Id>,
    /// The one that the editor shows.
    pub active: Option<Id>,
    /// What is under the pointer.
    pub hovered: Option<Thing>,
    /// Those that a relation connects with the focused or active one.
    pub related: Vec<Id>,
    /// The words on which the focus goes through what overlaps.
    pub stack: Option<Span>,
}

impl Emphasis {
    /// What has the focus or is in the editor, and what a relation connects with it.
    pub fn of(article: &OpenArticle) -> Self {
        let focused = match article.focus.level {
            Level::Annotation => article.focus.annotation.clone(),
            _ => None,
        };
        let mut related = Vec::new();
        if let Some(id) = focused.as_ref().or(article.active.as_ref()) {
            let from = article.marks.relations_from(id);
            let ids = from.chain(article.marks.relations_to(id));
            for relation in ids.filter_map(|id| article.sidecar.relations.get(id)) {
                let is_from = relation.from == *id;
                let other = if is_from {
                    &relation.to
                } else {
                    &relation.from
                };
                related.push(other.clone());
            }
        }
        Self {
            focused,
            active: article.active.clone(),
            hovered: None,
            related,
            stack: article.is_cycling.then_some(article.focus.span),
        }
    }

    /// Whether an annotation gets its fill.
    pub fn fills(&self, id: &Id) -> bool {
        let is = |slot: &Option<Id>| slot.as_ref() == Some(id);
        let is_hovered = matches!(&self.hovered, Some(Thing::Annotation(over)) if over == id);
        is(&self.focused) || is(&self.active) || is_hovered || self.related.contains(id)
    }

    /// A colour of a mark: fainter while the focus goes through what overlaps and another one has it.
    pub fn shade(&self, colour: Color32, id: &Id, span: Span) -> Color32 {
        let is_behind = self.stack.is_some_and(|stack| span.overlaps(stack));
        if is_behind && !self.is_chosen(id) {
            colour.gamma_multiply(BEHIND)
        } else {
            colour
        }
    }

    /// Whether an annotation has the focus or is in the editor.
    pub fn is_chosen(&self, id: &Id) -> bool {
        self.focused.as_ref() == Some(id) || self.active.as_ref() == Some(id)
    }
}

/// One frame of an article.
pub(super) struct Scene<'a> {
    /// The article.
    pub article: &'a OpenArticle,
    /// The colours.
    pub theme: Theme,
    /// Where things stand.
    pub zones: Zones,
    /// The units in view, from top to bottom.
    pub placed: Vec<Placed>,
    /// What stands out.
    pub emphasis: Emphasis,
    /// The suggestions in view, in text order.
    pub offers: Vec<Offer>,
    /// The folder's codes.
    pub codes: &'a Codes,
    /// What a search found.
    pub found: Found<'a>,
}

impl Scene<'_> {
    /// What a span covers on the screen, row by row.
    pub fn rows(&self, span: Span) -> Vec<RowBox> {
        let touched = self
            .placed
            .iter()
            .filter(|p| p.laid.unit.span.overlaps(span));
        touched
            .flat_map(|p| {
                let rows = p.laid.boxes(&self.article.source, span);
                rows.into_iter()
                    .map(|row| row.translated(p.origin.to_vec2()))
            })
            .collect()
    }

    /// The place between two characters, if it is in view.
    pub fn caret(&self, offset: usize) -> Option<RowBox> {
        let placed = self.placed.iter().find(|p| {
            let span = p.laid.unit.span;
            span.start() <= offset && offset <= span.end()
        })?;
        let row = placed.laid.caret(&self.article.source, offset)?;
        Some(row.translated(placed.origin.to_vec2()))
    }

    /// Below the last row in view of what is selected or has the focus; out of view, at the top of the text.
    pub fn foot_of_focus(&self) -> Pos2 {
        let selected = self.article.selection.map(Selection::span);
        let selected = selected.filter(|span| !span.is_empty());
        let spans = selected.map_or_else(|| self.focus_spans(), |span| vec![span]);
        let mut rows = spans.into_iter().flat_map(|span| self.rows(span));
        let seen = |row: &RowBox| self.zones.view.contains(row.rect.center());
        let last = rows.rfind(seen);
        last.map_or(pos2(self.zones.column.min, self.zones.view.top()), |row| {
            row.rect.left_bottom()
        })
    }

    /// What lies at a point of the screen, or nearest to it.
    pub fn hit(&self, point: Pos2) -> Option<Hit> {
        let after = self.placed.partition_point(|p| p.origin.y <= point.y);
        let mut at = after.saturating_sub(1);
        // In the room between two units, the nearer one.
        if let (Some(above), Some(below)) = (self.placed.get(at), self.placed.get(at + 1)) {
            let bottom = above.rect(self.zones.column).bottom();
            if point.y > f32::midpoint(bottom, below.origin.y) {
                at += 1;
            }
        }
        let placed = self.placed.get(at)?;
        let local = (point - placed.origin).to_pos2();
        placed.laid.hit(&self.article.source, local)
    }

    /// The unit in view that holds an offset.
    pub fn placed_at(&self, offset: usize) -> Option<&Placed> {
        let mut placed = self.placed.iter();
        placed.find(|p| p.laid.unit.span.contains(offset))
    }

    /// What a span covers, as boxes to draw a frame around: rows touch, but for the outermost edges, which lie a little
    /// further in.
    pub fn framed(&self, span: Span, inset: f32) -> Vec<Rect> {
        let rows = self.rows(span);
        let last = rows.len().saturating_sub(1);
        let framed = rows.iter().enumerate().map(|(i, row)| {
            let mut rect = row.rect;
            rect.min.y += if i == 0 { inset } else { 0.0 };
            rect.max.y -= if i == last { inset } else { 0.0 };
            rect
        });
        framed.collect()
    }

    /// The fragments of what has the focus.
    pub fn focus_spans(&self) -> Vec<Span> {
        let focus = &self.article.focus;
        match focus.level {
            Level::Annotation => {
                let id = focus.annotation.as_ref();
                let annotation = id.and_then(|id| self.article.annotation(id));
                let all = |a: &Annotation| -> Vec<Span> {
                    let certain: Vec<Span> = a.spans().collect();
                    let found = a.at.iter().filter_map(|t| t.place.span());
                    if certain.is_empty() {
                        found.collect()
                    } else {
                        certain
                    }
                };
                annotation.map_or_else(Vec::new, all)
            }
            Level::Quote => {
                let quotes = &self.article.segments.quotes;
                let at = quotes.partition_point(|q| q.span.start() < focus.span.start());
                let found = quotes.get(at).filter(|q| q.span == focus.span);
                found.map_or_else(|| vec![focus.span], |q| q.fragments.clone())
            }
            _ => vec![focus.span],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones(width: f32) -> Zones {
        Zones::new(
            Rect::from_min_size(Pos2::ZERO, vec2(width, 700.0)),
            TextStyle::of(&crate::store::Settings::default()),
        )
    }

    #[test]
    fn a_wide_reader_keeps_its_measure_and_centres_it() {
        assert_eq!(zones(736.0).column, Rangef::new(76.0, 652.0));
        let wide = zones(1000.0).column;
        assert_eq!(wide.span(), 576.0);
        assert!(wide.min > 76.0);
    }

    #[test]
    fn the_column_is_as_wide_as_the_characters_that_were_asked_for() {
        let settings = crate::store::Settings {
            measure: 48.0,
            ..crate::store::Settings::default()
        };
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(1000.0, 700.0));
        let column = Zones::new(rect, TextStyle::of(&settings)).column;
        assert_eq!(column.span(), (576.0_f32 * 48.0 / 66.0).floor());
    }

    #[test]
    fn what_overlaps_stands_back_while_another_of_the_stack_has_the_focus() {
        let emphasis = Emphasis {
            focused: Some(Id::from("b")),
            stack: Some(Span::new(10, 20)),
            ..Emphasis::default()
        };
        let shade =
            |id: &str, from, to| emphasis.shade(Color32::BLACK, &Id::from(id), Span::new(from, to));
        assert_eq!(shade("b", 12, 30), Color32::BLACK);
        assert_eq!(shade("a", 0, 11), Color32::BLACK.gamma_multiply(0.4));
        assert_eq!(shade("a", 20, 25), Color32::BLACK);
        let leaves = Emphasis::default();
        let colour = leaves.shade(Color32::BLACK, &Id::from("a"), Span::new(0, 11));
        assert_eq!(colour, Color32::BLACK);
    }

    #[test]
    fn a_narrow_reader_gives_what_it_has_to_the_text() {
        let narrow = zones(400.0);
        assert!(narrow.column.span() > 280.0);
        assert!(narrow.column.max < narrow.map.left());
    }
}
