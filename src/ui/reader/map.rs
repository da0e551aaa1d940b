//! The position map and the scroll bar: the whole article at the right edge, to look at, click and drag.
//!
//! The map goes by bytes of the text, so that it never shifts while heights become known; its ticks are made again
//! only when the article or its own size changes. Layers are told apart by their column, not by colour alone;
//! codes, in the last one, by their own colours.

use std::ops::Range;
use std::sync::{Arc, Weak};

use egui::{Color32, Mesh, Painter, Rangef, Rect, Sense, Shape, StrokeKind, Ui, WidgetInfo};

use super::super::theme::Theme;
use super::scene::Zones;
use crate::app::{ArticleKey, OpenArticle, Ranked, SUGGESTED, State};
use crate::model::{Layer, Segments};
use crate::suggest::Suggestions;
use crate::text::Hits;

/// Height of a tick.
const TICK: f32 = 2.0;
/// Width of a layer's column.
const COLUMN: f32 = 3.0;
/// The tick of a suggestion is fainter than that of an annotation, and narrower.
const FAINT: f32 = 0.65;
const NARROW: f32 = 2.0;
/// The layers that have one.
const COLUMNS: [Layer; 5] = [
    Layer::Claim,
    Layer::Person,
    Layer::Source,
    Layer::Quote,
    Layer::Code,
];
/// Width of all of them, with an edge.
pub(super) const WIDTH: f32 = 2.0 + COLUMN * COLUMNS.len() as f32;
/// The thumb is never shorter.
const LEAST_THUMB: f32 = 24.0;

/// Where the person wants to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Jump {
    /// To a byte of the text.
    Offset(usize),
    /// To a distance from the first line, in points.
    Depth(f64),
}

/// What the view shows, for the frame and the thumb.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    /// First and last byte in view.
    pub bytes: (usize, usize),
    /// Distance of the view's upper edge from the top of everything, in points.
    pub from: f64,
    /// Height of everything, in points.
    pub total: f64,
}

/// Ticks that were made once, and the grip of a drag that is going on.
#[derive(Debug, Default)]
pub(super) struct Map {
    made: Option<(Made, Arc<Mesh>)>,
    grip: Option<f32>,
}

#[derive(Debug, Clone)]
struct Made {
    key: ArticleKey,
    segments: Arc<Segments>,
    revision: u64,
    /// The codebook's revision: codes have colours.
    codes: u64,
    /// What was suggested, and which kinds of it are shown; not kept alive, freeing it takes longer than a frame.
    found: Weak<Suggestions>,
    suggests: [bool; SUGGESTED.len()],
    /// What a search found.
    hits: Option<Arc<Hits>>,
    rect: Rect,
    theme: Theme,
}

impl Map {
    /// Draws both and says where the person wants to go.
    pub fn show(
        &mut self,
        ui: &Ui,
        state: &State,
        article: &OpenArticle,
        zones: &Zones,
        theme: &Theme,
        extent: Extent,
    ) -> Option<Jump> {
        let painter = ui.painter().with_clip_rect(zones.map.union(zones.bar));
        let ticks = self.ticks(state, article, zones.map, theme);
        painter.add(Shape::mesh(ticks));
        if let Some((_, span)) = state.find.current(article) {
            let y = y_of(article, zones.map, span.start());
            let tick = Rect::from_x_y_ranges(zones.map.x_range(), Rangef::new(y - 1.0, y + 2.0));
            painter.rect_filled(tick, 0.0, theme.ink);
        }
        let on_map = position_map(ui, &painter, article, zones.map, theme, extent);
        let on_bar = self.scroll_bar(ui, &painter, zones.bar, theme, extent);
        on_bar.or(on_map)
    }

    fn ticks(
        &mut self,
        state: &State,
        article: &OpenArticle,
        rect: Rect,
        theme: &Theme,
    ) -> Arc<Mesh> {
        let found = article.analysis.as_ref().map(Arc::downgrade);
        let found = found.unwrap_or_default();
        let is_same = |made: &Made| {
            made.key == article.key
                && Arc::ptr_eq(&made.segments, &article.segments)
                && made.revision == article.save.revision
                && made.codes == state.codes.save.revision
                && made.found.ptr_eq(&found)
                && made.suggests == SUGGESTED.map(|layer| state.suggests(layer))
                && is_same_arc(made.hits.as_ref(), state.find.shown(article))
                && made.rect == rect
                && made.theme == *theme
        };
        if let Some((made, mesh)) = &self.made
            && is_same(made)
        {
            return Arc::clone(mesh);
        }
        let mut ticks = Ticks::new(rect);
        // Across the whole map, below the ticks of the layers.
        let hits = state.find.shown(article);
        if let Some(hits) = hits {
            for slot in 0..ticks.slots() {
                let bytes = ticks.bytes(slot, article.source.len());
                let first = hits.spans.partition_point(|hit| hit.start() < bytes.start);
                if hits
                    .spans
                    .get(first)
                    .is_some_and(|hit| hit.start() < bytes.end)
                {
                    ticks.add_hit(slot, theme.muted);
                }
            }
        }
        for (column, layer) in COLUMNS.into_iter().enumerate() {
            let colour = theme.layer(layer).line;
            let tagged = article.marks.of_layer(layer);
            // Fainter, and only where no annotation has its tick.
            let may_show = article.readonly.is_none() && state.suggests(layer);
            let open = article.suggestions.listed(layer).filter(|_| may_show);
            let mut next_tagged = tagged.ascending();
            let mut next_open = open.map(Ranked::ascending);
            for slot in 0..ticks.slots() {
                let bytes = ticks.bytes(slot, article.source.len());
                let first = next_tagged(&|(start, ..)| *start < bytes.start);
                if let Some((.., id)) = first.filter(|(start, ..)| *start < bytes.end) {
                    // A code has a colour of its own.
                    let code = (layer == Layer::Code)
                        .then(|| article.annotation(id))
                        .flatten();
                    let own = code.and_then(|tag| state.codes.of(tag));
                    let own = own.map(|code| theme.code(&code.colour));
                    ticks.add(column, COLUMN, slot, own.unwrap_or(colour));
                } else if let Some(next_open) = &mut next_open
                    && let Some((start, _)) = next_open(&|(start, _)| *start < bytes.start)
                    && *start < bytes.end
                {
                    ticks.add(column, NARROW, slot, colour.gamma_multiply(FAINT));
                }
            }
        }
        let mesh = Arc::new(ticks.mesh);
        let made = Made {
            key: article.key.clone(),
            segments: Arc::clone(&article.segments),
            revision: article.save.revision,
            codes: state.codes.save.revision,
            found: found.clone(),
            suggests: SUGGESTED.map(|layer| state.suggests(layer)),
            hits: hits.cloned(),
            rect,
            theme: *theme,
        };
        self.made = Some((made, Arc::clone(&mesh)));
        mesh
    }

    fn scroll_bar(
        &mut self,
        ui: &Ui,
        painter: &Painter,
        rect: Rect,
        theme: &Theme,
        extent: Extent,
    ) -> Option<Jump> {
        let view = f64::from(rect.height());
        if extent.total <= view {
            return None;
        }
        let track = rect.y_range().shrink(2.0);
        let length = (f64::from(track.span()) * view / extent.total) as f32;
        let length = length.max(LEAST_THUMB).min(track.span());
        let room = track.span() - length;
        let scrolled = (extent.from / (extent.total - view)).clamp(0.0, 1.0) as f32;
        let top = track.min + room * scrolled;
        let response = ui.interact(rect, ui.scope_id().with("bar"), Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo {
            value: Some(f64::from(scrolled) * 100.0),
            ..WidgetInfo::labeled(egui::Role::ScrollBar, true, "Scroll the article")
        });
        let is_held = response.is_pointer_button_down_on() || response.clicked();
        let thumb =
            Rect::from_x_y_ranges(rect.x_range().shrink(1.5), Rangef::new(top, top + length));
        let colour: Color32 = if is_held || response.hovered() {
            theme.muted
        } else {
            theme.edge
        };
        painter.rect_filled(thumb, 2.5, colour);
        if !is_held {
            self.grip = None;
            return None;
        }
        let y = response.interact_pointer_pos()?.y;
        // Held where it was taken; beside the thumb, by its middle.
        let grip = *self.grip.get_or_insert_with(|| {
            if thumb.y_range().contains(y) {
                y - top
            } else {
                length / 2.0
            }
        });
        let share = ((y - grip - track.min) / room.max(1.0)).clamp(0.0, 1.0);
        Some(Jump::Depth(f64::from(share) * (extent.total - view)))
    }
}

/// Ticks in their slots, at most one a layer in each.
///
/// Each slot asks whether something begins in its stretch of the text, so that the work goes by the map's height and
/// not by what there is.
struct Ticks {
    rect: Rect,
    mesh: Mesh,
}

impl Ticks {
    fn new(rect: Rect) -> Self {
        Self {
            rect,
            mesh: Mesh::default(),
        }
    }

    fn add_hit(&mut self, slot: usize, colour: Color32) {
        let y = self.rect.top() + TICK * slot as f32;
        let tick = Rect::from_x_y_ranges(self.rect.x_range(), Rangef::new(y, y + 1.0));
        self.mesh.add_colored_rect(tick, colour);
    }

    fn slots(&self) -> usize {
        (self.rect.height() / TICK).ceil() as usize + 1
    }

    /// The bytes whose ticks stand in a slot: those of which [`y_of`] says so.
    fn bytes(&self, slot: usize, length: usize) -> Range<usize> {
        let track = self.rect.y_range().shrink(TICK);
        let byte = |slot: usize| {
            let y = self.rect.top() + TICK * slot as f32 - track.min;
            (f64::from(y / track.span().max(1.0)) * length as f64)
                .ceil()
                .max(0.0) as usize
        };
        byte(slot)..byte(slot + 1)
    }

    fn add(&mut self, column: usize, width: f32, slot: usize, colour: Color32) {
        let x = self.rect.left() + 1.0 + COLUMN * column as f32;
        let y = self.rect.top() + TICK * slot as f32;
        let tick = Rect::from_x_y_ranges(Rangef::new(x, x + width), Rangef::new(y, y + TICK));
        self.mesh.add_colored_rect(tick, colour);
    }
}

fn is_same_arc<T>(a: Option<&Arc<T>>, b: Option<&Arc<T>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Where a byte of the text stands on the map.
fn y_of(article: &OpenArticle, rect: Rect, byte: usize) -> f32 {
    let track = rect.y_range().shrink(TICK);
    track.min + byte as f32 / article.source.len().max(1) as f32 * track.span()
}

/// The frame around what is in view, and where a click leads.
fn position_map(
    ui: &Ui,
    painter: &Painter,
    article: &OpenArticle,
    rect: Rect,
    theme: &Theme,
    extent: Extent,
) -> Option<Jump> {
    let length = article.source.len().max(1) as f32;
    let track = rect.y_range().shrink(TICK);
    let y_of = |byte: usize| y_of(article, rect, byte);
    let frame = Rect::from_x_y_ranges(
        rect.x_range().shrink(0.5),
        Rangef::new(
            y_of(extent.bytes.0) - 1.0,
            y_of(extent.bytes.1).max(y_of(extent.bytes.0) + 4.0) + 1.0,
        ),
    );
    let response = ui.interact(rect, ui.scope_id().with("map"), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, "Position map"));
    let colour = if response.hovered() {
        theme.ink
    } else {
        theme.edge
    };
    // A frame around everything would say nothing.
    if frame.height() < rect.height() - 8.0 {
        painter.rect_stroke(frame, 2.0, (1.0, colour), StrokeKind::Inside);
    }
    let pointer = response.interact_pointer_pos()?;
    // A quick click is pressed and released between two frames.
    if !response.is_pointer_button_down_on() && !response.clicked() {
        return None;
    }
    let share = ((pointer.y - track.min) / track.span().max(1.0)).clamp(0.0, 1.0);
    Some(Jump::Offset((share * length) as usize))
}
