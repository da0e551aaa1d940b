//! One unit laid out: its galleys, its height, and the way between offsets and places on the screen.
//!
//! A galley is asked of egui's cache in every frame and never kept: its letters point into an atlas that is cleared
//! now and then. What is painted over it is `paint`'s.
//!
//! *Limitations*: where a row holds more glyphs than characters (scripts that run from right to left, in this version
//! of egui) no place inside the unit is known; it is then selected and marked as a whole.

use std::sync::Arc;

use egui::epaint::text::{LayoutJob, PlacedRow, TextFormat, TextWrapping};
use egui::{Color32, Context, Galley, Pos2, Rangef, Rect, Vec2, pos2, vec2};

use super::display::{of_each_script, runs_backwards, shown};
use super::line::Line;
use super::typography::{Setting, TextStyle, space_between};
use super::units::Unit;
use crate::model::{BlockKind, Span};
use crate::text::{SourceText, item_mark};

/// Above the baseline, what a mark's ground covers, in ems: a little more than the ascenders.
const ASCENT: f32 = 0.84;

/// Below the baseline, likewise for the descenders.
const DESCENT: f32 = 0.27;

/// What decides how high a unit is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// Width of the column, in points.
    pub width: f32,
    /// How the text is set.
    pub style: TextStyle,
    /// Physical pixels in a point.
    pub pixels_per_point: f32,
}

/// A unit, laid out. Places are in points from the upper left corner of its column.
#[derive(Debug, Clone)]
pub(super) struct Laid {
    /// The unit itself.
    pub unit: Unit,
    /// How it is set.
    pub setting: Setting,
    /// Its height with the room above it.
    pub height: f32,
    /// The room above it.
    pub above: f32,
    /// Whether offsets inside it have places.
    pub is_sound: bool,
    /// Whether every script in it has a font here; else boxes stand for its letters.
    pub is_drawn: bool,
    /// Its galleys: one, or a list item's mark and its text.
    pub parts: Vec<Part>,
}

/// One galley of a unit.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Where its text is.
    pub span: Span,
    /// Where it stands.
    pub at: Vec2,
    /// The galley.
    pub galley: Arc<Galley>,
    /// The offset at which each row begins, and the part's end.
    starts: Vec<usize>,
    is_drawn: bool,
}

/// What a span covers of one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RowBox {
    /// Its width on the row, over the whole height of the row.
    pub rect: Rect,
    /// The line that the letters stand on.
    pub baseline: f32,
    /// Size of the letters.
    pub size: f32,
    /// Whether the span begins here.
    pub begins: bool,
    /// Whether it ends here.
    pub ends: bool,
    /// Whether it covers the row from its first letter to its last.
    pub fills: bool,
}

impl RowBox {
    /// From ascenders to descenders.
    pub fn letters(&self) -> Rect {
        Rect::from_x_y_ranges(
            self.rect.x_range(),
            Rangef::new(
                self.baseline - ASCENT * self.size,
                self.baseline + DESCENT * self.size,
            ),
        )
    }

    /// The same box, moved.
    pub fn translated(self, by: Vec2) -> Self {
        Self {
            rect: self.rect.translate(by),
            baseline: self.baseline + by.y,
            ..self
        }
    }
}

/// What lies under a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// The nearest place between two characters.
    pub boundary: usize,
    /// The character under the point, or the nearest one in its row.
    pub under: usize,
    /// Whether the point is on the character itself.
    pub is_on: bool,
    /// The unit's span where it can only be taken as a whole.
    pub whole: Option<Span>,
}

impl Laid {
    /// Lays out a unit.
    pub fn new(ctx: &Context, source: &SourceText, unit: Unit, measure: Measure) -> Self {
        let setting = Setting::of(unit.kind, measure.style);
        let text = source.slice(unit.span);
        let mark = (unit.kind == BlockKind::List && unit.is_first)
            .then(|| item_mark(text))
            .flatten();
        let is_hung = unit.kind == BlockKind::List && (mark.is_some() || !unit.is_first);
        let hang = if is_hung { setting.hang() } else { 0.0 };
        let body = unit.span.start() + mark.unwrap_or(0);
        let mut parts = Vec::new();
        let mut indent = hang;
        if mark.is_some() {
            let span = Span::new(unit.span.start(), body);
            let part = Part::new(ctx, source, span, &setting, f32::INFINITY, Vec2::ZERO);
            indent = hang.max(part.galley.rect.width().ceil());
            parts.push(part);
        }
        let span = Span::new(body, unit.span.end());
        let width = (measure.width - indent).max(60.0);
        parts.push(Part::new(
            ctx,
            source,
            span,
            &setting,
            width,
            vec2(indent, 0.0),
        ));
        let above = unit.after.map_or(0.0, |before| {
            space_between(before, unit.kind, measure.style)
        });
        let text_height = parts
            .iter()
            .map(|part| part.galley.rect.height())
            .fold(setting.leading, f32::max);
        Self {
            unit,
            height: above + text_height,
            above,
            is_sound: parts.iter().all(|part| part.is_sound(source)),
            is_drawn: parts.iter().all(|part| part.is_drawn),
            setting,
            parts,
        }
    }

    /// What a span covers, row by row.
    pub fn boxes(&self, source: &SourceText, span: Span) -> Vec<RowBox> {
        let mut boxes = Vec::new();
        let touches = span.overlaps(self.unit.span);
        if !touches {
            return boxes;
        }
        for part in &self.parts {
            for (row, start, end) in part.rows_of(if self.is_sound { span } else { part.span }) {
                let row_span = Span::new(start, end);
                let line = Line::new(row, source.slice(row_span));
                let covered = if self.is_sound { span } else { row_span };
                let (from, to) = (covered.start().max(start), covered.end().min(end));
                let x = Rangef::new(line.x_at(from - start), line.x_before(to - start));
                if x.max <= x.min {
                    // Nothing but the space at the end of a row.
                    continue;
                }
                let at = part.at + row.pos.to_vec2();
                boxes.push(RowBox {
                    rect: Rect::from_min_max(
                        pos2(at.x + x.min, at.y),
                        pos2(at.x + x.max.max(x.min), at.y + row.size.y),
                    ),
                    baseline: at.y + line.baseline,
                    size: self.setting.size,
                    begins: !self.is_sound || span.start() >= start,
                    ends: !self.is_sound || span.end() <= end,
                    fills: from == start && line.is_blank_from(to - start),
                });
            }
        }
        boxes
    }

    /// The place between two characters at an offset, as a box without width.
    pub fn caret(&self, source: &SourceText, offset: usize) -> Option<RowBox> {
        let offset = offset.clamp(self.unit.span.start(), self.unit.span.end());
        let (rank, index, start) = self.row_of(offset)?;
        let part = &self.parts[rank];
        let row = &part.galley.rows[index];
        let end = part.starts[index + 1];
        let line = Line::new(row, source.slice(Span::new(start, end)));
        let x = if self.is_sound {
            line.x_at(offset - start)
        } else {
            0.0
        };
        let corner = (part.at + row.pos.to_vec2()).to_pos2() + vec2(x, 0.0);
        Some(RowBox {
            rect: Rect::from_min_size(corner, vec2(0.0, row.size.y)),
            baseline: corner.y + line.baseline,
            size: self.setting.size,
            begins: true,
            ends: true,
            fills: false,
        })
    }

    /// The part and row that an offset lies in, and the offset at which that row begins.
    pub fn row_of(&self, offset: usize) -> Option<(usize, usize, usize)> {
        let rank = self
            .parts
            .iter()
            .rposition(|part| part.span.start() <= offset)?;
        let part = &self.parts[rank];
        let rows = part.galley.rows.len();
        let after = part.starts.partition_point(|&start| start <= offset);
        let row = after.saturating_sub(1).min(rows.checked_sub(1)?);
        Some((rank, row, part.starts[row]))
    }

    /// What lies at a point, or nearest to it.
    pub fn hit(&self, source: &SourceText, point: Pos2) -> Option<Hit> {
        if !self.is_sound {
            return Some(Hit {
                boundary: self.unit.span.start(),
                under: self.unit.span.start(),
                is_on: true,
                whole: Some(self.unit.span),
            });
        }
        let part = self
            .parts
            .iter()
            .rev()
            .find(|part| part.at.x <= point.x)
            .or(self.parts.last())?;
        let local = point - part.at;
        let rows = &part.galley.rows;
        let below = rows.partition_point(|row| row.pos.y <= local.y);
        let index = below.saturating_sub(1);
        let row = rows.get(index)?;
        let (start, end) = (part.starts[index], part.starts[index + 1]);
        let line = Line::new(row, source.slice(Span::new(start, end)));
        let (boundary, under, is_on) = line.byte_at(local.x - row.pos.x);
        let is_on = is_on && local.y >= row.pos.y && local.y <= row.pos.y + row.size.y;
        Some(Hit {
            boundary: start + boundary,
            under: start + under,
            is_on,
            whole: None,
        })
    }

    /// The offset of the first letter of the row at a height, and how far that row's upper edge is above it.
    pub fn row_at(&self, y: f32) -> (usize, f32) {
        let Some(part) = self.parts.last() else {
            return (self.unit.span.start(), y);
        };
        let local = y - self.above - part.at.y;
        let rows = &part.galley.rows;
        let index = rows
            .partition_point(|row| row.pos.y <= local)
            .saturating_sub(1);
        let top = rows.get(index).map_or(0.0, |row| row.pos.y);
        (part.starts[index], local - top)
    }
}

impl Part {
    fn new(
        ctx: &Context,
        source: &SourceText,
        span: Span,
        setting: &Setting,
        width: f32,
        at: Vec2,
    ) -> Self {
        let text = source.slice(span);
        let mut job = LayoutJob {
            wrap: TextWrapping {
                max_width: width,
                ..TextWrapping::default()
            },
            break_on_newline: false,
            ..LayoutJob::default()
        };
        let format = TextFormat {
            font_id: setting.font(),
            line_height: Some(setting.leading),
            // So that a change of theme needs no new layout: the painter says the colour.
            color: Color32::PLACEHOLDER,
            coords: setting.coords(),
            ..TextFormat::default()
        };
        job.append(&shown(text), 0.0, format);
        let font = setting.font();
        let (galley, is_drawn) = ctx.fonts_mut(|fonts| {
            let galley = fonts.layout_job(job);
            let mut letters = of_each_script(text);
            // Only behind the layout, which asks the system for fonts.
            let is_drawn = text.is_ascii() || letters.all(|c| fonts.has_glyph(&font, c));
            (galley, is_drawn)
        });
        let mut starts = Vec::with_capacity(galley.rows.len() + 1);
        let mut rest = text;
        for row in &galley.rows {
            starts.push(span.end() - rest.len());
            let mut chars = rest.char_indices();
            let next = chars.nth(row.glyphs.len()).map_or(rest.len(), |(i, _)| i);
            rest = &rest[next..];
        }
        starts.push(span.end());
        Self {
            span,
            at,
            galley,
            starts,
            is_drawn,
        }
    }

    /// Whether every character has exactly one glyph, in the same order, as all arithmetic here supposes.
    fn is_sound(&self, source: &SourceText) -> bool {
        let text = source.slice(self.span);
        let glyphs: usize = self.galley.rows.iter().map(|row| row.glyphs.len()).sum();
        glyphs == text.chars().count() && !runs_backwards(text)
    }

    /// The rows that a span touches, each with its offsets.
    fn rows_of(&self, span: Span) -> impl Iterator<Item = (&PlacedRow, usize, usize)> {
        let count = self.galley.rows.len();
        let first = self.starts[1..].partition_point(|&end| end <= span.start());
        let starts = &self.starts;
        let touched = span.overlaps(self.span);
        self.galley.rows[first.min(count)..]
            .iter()
            .zip(first..)
            .map(move |(row, i)| (row, starts[i], starts[i + 1]))
            .take_while(move |&(_, start, _)| touched && start < span.end())
    }
}
