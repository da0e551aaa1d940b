//! What stands beside the column: numbers and bars on the left, signs on the right.
//!
//! Arranged before anything is painted, because bars and signs answer the pointer too.

use egui::{
    Align2, Color32, FontFamily, FontId, Painter, Pos2, Rangef, Rect, Shape, Stroke, StrokeKind,
    pos2, vec2,
};

use super::super::theme;
use super::dashes::{Dashes, Pattern};
use super::layout::RowBox;
use super::marks::{Check, Manner, UnitMark};
use super::scene::{Placed, Scene, Thing};
use super::stripes::Stripes;
use super::suggested::Stress;
use crate::app::Level;
use crate::model::{Form, Id, Layer, Span};

/// Width of a quote's bar.
pub(super) const BAR: f32 = 4.0;
/// Room between the column and the nearest bar.
pub(super) const BAR_GAP: f32 = 10.0;
/// From bar to bar where several quotes stand in the same rows.
const BAR_STEP: f32 = 7.0;
/// How many bars find room.
const BARS: usize = 4;
/// Room between the column and the numbers.
const NUMBER_GAP: f32 = 42.0;
/// Every so many paragraphs have a number.
const NUMBERED: usize = 5;
/// Room between the column and the first sign.
const SIGN_GAP: f32 = 10.0;
/// Width of a sign, with the room to the next.
const SIGN: f32 = 15.0;
/// Width of a claim's letter and of its check together.
const CHECKED: f32 = 26.0;
/// Width of the count of signs that found no room.
const MORE: f32 = 14.0;

/// The bar of a quote that is suggested.
const SUGGESTED: Pattern = Pattern {
    width: 2.0,
    dash: 4.0,
    gap: 3.0,
};

/// A quote's bar; without a form, that of one that is suggested.
#[derive(Debug, Clone, PartialEq)]
struct Bar {
    of: Thing,
    form: Option<Form>,
    /// The fragment that it begins with.
    span: Span,
    y: Rangef,
    x: f32,
}

/// A sign beside a row.
#[derive(Debug, Clone, PartialEq)]
struct Sign {
    id: Id,
    kind: SignKind,
    rect: Rect,
    /// How many signs of its row found no room, itself among them.
    crowded: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignKind {
    Claim(Check),
    Unnamed,
    Note,
}

impl SignKind {
    const fn width(self) -> f32 {
        match self {
            Self::Claim(check) if !matches!(check, Check::Unset) => CHECKED,
            _ => SIGN,
        }
    }
}

/// Bars and signs of a frame.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Gutter {
    bars: Vec<Bar>,
    signs: Vec<Sign>,
    stripes: Stripes,
}

impl Gutter {
    /// Finds a place for everything.
    pub fn arrange(scene: &Scene<'_>) -> Self {
        let mut gutter = Self {
            stripes: Stripes::arrange(scene),
            ..Self::default()
        };
        let mut taken = [f32::NEG_INFINITY; BARS];
        for placed in &scene.placed {
            gutter.add_bars(scene, placed, &mut taken);
            gutter.add_signs(scene, placed);
        }
        gutter
    }

    fn add_bars(&mut self, scene: &Scene<'_>, placed: &Placed, taken: &mut [f32; BARS]) {
        let first = self.bars.len();
        for mark in placed.marks.iter() {
            let Manner::Quote(form) = mark.manner else {
                continue;
            };
            let of = Thing::Annotation(mark.id.clone());
            self.add_bar(scene, placed, mark.span, of, Some(form), first);
        }
        let quotes = scene.offers.iter().filter(|o| o.layer == Layer::Quote);
        for offer in quotes {
            for span in &offer.spans {
                let of = Thing::Suggestion(offer.at);
                self.add_bar(scene, placed, *span, of, None, first);
            }
        }
        for bar in &mut self.bars[first..] {
            let free = taken.iter().position(|&until| until <= bar.y.min);
            let lane = free.unwrap_or(BARS - 1);
            taken[lane] = bar.y.max;
            bar.x = scene.zones.column.min - BAR_GAP - BAR - BAR_STEP * lane as f32;
        }
    }

    /// A bar beside the rows of a fragment; rows that follow each other have one.
    fn add_bar(
        &mut self,
        scene: &Scene<'_>,
        placed: &Placed,
        span: Span,
        of: Thing,
        form: Option<Form>,
        first: usize,
    ) {
        let Some(y) = extent(scene, placed, span) else {
            return;
        };
        let same = self.bars[first..]
            .iter_mut()
            .find(|bar| bar.of == of && y.min <= bar.y.max + 8.0);
        match same {
            Some(bar) => bar.y.max = bar.y.max.max(y.max),
            None => self.bars.push(Bar {
                of,
                form,
                span,
                y,
                x: 0.0,
            }),
        }
    }

    fn add_signs(&mut self, scene: &Scene<'_>, placed: &Placed) {
        let mut rows: Vec<(f32, f32)> = Vec::new();
        for mark in placed.marks.iter().filter(|mark| mark.is_start) {
            let kinds = [
                match (mark.layer, mark.manner) {
                    (Layer::Claim, Manner::Claim(check)) => Some(SignKind::Claim(check)),
                    (Layer::Source, Manner::Unnamed) => Some(SignKind::Unnamed),
                    (Layer::Note, _) => Some(SignKind::Note),
                    _ => None,
                },
                (mark.has_note && mark.layer != Layer::Note).then_some(SignKind::Note),
            ];
            let Some(row) = first_row(scene, placed, mark) else {
                continue;
            };
            let top = row.rect.top();
            let at = rows.iter().position(|&(y, _)| y == top);
            let at = at.unwrap_or_else(|| {
                rows.push((top, scene.zones.column.max + SIGN_GAP));
                rows.len() - 1
            });
            let middle = (row.baseline - 0.3 * row.size).round();
            let edge = self.stripes.edge(scene, middle);
            let full = edge - MORE;
            for kind in kinds.into_iter().flatten() {
                let left = rows[at].1;
                let rect = Rect::from_x_y_ranges(
                    Rangef::new(left, left + kind.width()),
                    Rangef::new(middle - 12.0, middle + 12.0),
                );
                let last = self.signs.last_mut();
                let before = last.filter(|s| s.rect.center().y == middle && s.rect.right() > full);
                if let Some(last) = before {
                    // The last one gives its place to the count.
                    last.crowded = last.crowded.max(1) + 1;
                    continue;
                }
                rows[at].1 = rect.right();
                self.signs.push(Sign {
                    id: mark.id.clone(),
                    kind,
                    rect,
                    crowded: usize::from(rect.right() > edge),
                });
            }
        }
    }

    /// What the bar or sign at a point belongs to.
    pub fn at(&self, point: Pos2) -> Option<Thing> {
        let bar = self.bars.iter().find(|bar| {
            let rect = Rect::from_x_y_ranges(Rangef::new(bar.x, bar.x + BAR), bar.y);
            rect.expand2(vec2((BAR_STEP - BAR) / 2.0, 0.0))
                .contains(point)
        });
        let sign = || self.signs.iter().find(|sign| sign.rect.contains(point));
        let stripe = || self.stripes.at(point).cloned().map(Thing::Annotation);
        bar.map(|bar| bar.of.clone())
            .or_else(|| sign().map(|sign| Thing::Annotation(sign.id.clone())))
            .or_else(stripe)
    }

    /// Paints bars, signs and numbers.
    pub fn paint(&self, scene: &Scene<'_>, painter: &Painter) {
        numbers(scene, painter);
        let line = scene.theme.layer(Layer::Quote).line;
        let mut dashes = Dashes::new(painter);
        for bar in &self.bars {
            match (&bar.of, bar.form) {
                (Thing::Annotation(id), Some(form)) => {
                    let line = scene.emphasis.shade(line, id, bar.span);
                    paint_bar(painter, bar, form, line, scene.emphasis.fills(id));
                }
                (Thing::Suggestion(at), _) => {
                    let rests = |o: &super::suggested::Offer| o.stress == Stress::None;
                    let is_resting = scene.offers.iter().any(|o| o.at == *at && rests(o));
                    let (colour, width) = if is_resting {
                        (scene.theme.suggestion, SUGGESTED.width)
                    } else {
                        (line, BAR)
                    };
                    let pattern = Pattern { width, ..SUGGESTED };
                    dashes.upright(bar.x + BAR / 2.0, bar.y, pattern, colour);
                }
                (Thing::Annotation(_), None) => {}
            }
        }
        dashes.paint(painter);
        self.stripes.paint(scene, painter);
        for sign in &self.signs {
            paint_sign(scene, painter, sign);
        }
    }
}

fn first_row(scene: &Scene<'_>, placed: &Placed, mark: &UnitMark) -> Option<RowBox> {
    let rows = placed.laid.boxes(&scene.article.source, mark.span);
    let row = rows.first()?;
    Some(row.translated(placed.origin.to_vec2()))
}

/// The rows that a fragment touches, from the first one's ascenders to the last one's descenders.
pub(super) fn extent(scene: &Scene<'_>, placed: &Placed, span: Span) -> Option<Rangef> {
    let rows = placed.laid.boxes(&scene.article.source, span);
    let (first, last) = (rows.first()?, rows.last()?);
    let move_by = placed.origin.y;
    Some(Rangef::new(
        first.letters().top() + move_by,
        last.letters().bottom() + move_by,
    ))
}

fn numbers(scene: &Scene<'_>, painter: &Painter) {
    let article = scene.article;
    let focused = article.block_at(article.focus.span.start());
    let x = scene.zones.column.min - NUMBER_GAP;
    let font = FontId::new(theme::LABEL_SIZE, FontFamily::Proportional);
    for placed in &scene.placed {
        let unit = placed.laid.unit;
        let is_focused = unit.block == focused;
        if is_focused {
            let rect = placed.rect(scene.zones.column);
            let is_whole = article.focus.level == Level::Paragraph;
            let end = if is_whole {
                rect.bottom() - 5.0
            } else {
                (rect.top() + placed.laid.setting.leading - 5.0).min(rect.bottom())
            };
            let tick = Rect::from_min_max(
                pos2(x + 6.0, rect.top() + 5.0),
                pos2(x + 8.0, end.max(rect.top())),
            );
            if is_whole || unit.is_first {
                let colour = if is_whole {
                    scene.theme.ring
                } else {
                    scene.theme.ink
                };
                painter.rect_filled(tick, 1.0, colour);
            }
        }
        let number = unit.block + 1;
        if unit.is_first && (is_focused || number.is_multiple_of(NUMBERED)) {
            let colour = if is_focused {
                scene.theme.ink
            } else {
                scene.theme.muted
            };
            let Some(row) = placed.laid.caret(&article.source, unit.span.start()) else {
                continue;
            };
            let middle = placed.origin.y + row.baseline - 0.25 * row.size;
            let number = painter.layout_no_wrap(number.to_string(), font.clone(), colour);
            let rect = Align2::RIGHT_CENTER.anchor_size(pos2(x, middle), number.size());
            // Half a number would be another one.
            if rect.left() >= painter.clip_rect().left() {
                painter.galley(rect.min, number, colour);
            }
        }
    }
}

/// Solid for direct, hatched for partial, hollow for paraphrase: told apart without colour.
fn paint_bar(painter: &Painter, bar: &Bar, form: Form, colour: Color32, is_chosen: bool) {
    let widen = if is_chosen { 1.0 } else { 0.0 };
    let rect = Rect::from_x_y_ranges(Rangef::new(bar.x - widen, bar.x + BAR + widen), bar.y);
    match form {
        Form::Direct => {
            painter.rect_filled(rect, 1.0, colour);
        }
        Form::Indirect => {
            painter.rect_stroke(rect, 1.0, Stroke::new(1.25, colour), StrokeKind::Inside);
        }
        Form::Mixed => {
            let (step, slant) = (6.0, 3.0);
            let clipped = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
            let mut y = rect.top() - slant;
            while y < rect.bottom() + slant {
                let stripe = vec![
                    pos2(rect.left(), y + slant),
                    pos2(rect.right(), y),
                    pos2(rect.right(), y + 3.0),
                    pos2(rect.left(), y + slant + 3.0),
                ];
                clipped.add(Shape::convex_polygon(stripe, colour, Stroke::NONE));
                y += step;
            }
        }
    }
}

fn paint_sign(scene: &Scene<'_>, painter: &Painter, sign: &Sign) {
    let theme = &scene.theme;
    let at = pos2(sign.rect.left() + SIGN / 2.0, sign.rect.center().y);
    if sign.crowded > 0 {
        let font = FontId::new(theme::LABEL_SIZE, FontFamily::Proportional);
        let count = format!("+{}", sign.crowded);
        painter.text(
            sign.rect.left_center(),
            Align2::LEFT_CENTER,
            count,
            font,
            theme.muted,
        );
        return;
    }
    match sign.kind {
        SignKind::Claim(check) => {
            let colour = theme.layer(Layer::Claim).line;
            let font = FontId::new(theme::LABEL_SIZE, theme::ui_semibold());
            painter.text(
                at - vec2(2.0, 0.0),
                Align2::CENTER_CENTER,
                "C",
                font,
                colour,
            );
            paint_check(painter, at + vec2(11.0, 0.0), check, colour);
        }
        SignKind::Unnamed => {
            let colour = theme.layer(Layer::Source).line;
            let stroke = Stroke::new(1.25, colour);
            // A head and shoulders without a face.
            painter.circle_stroke(at - vec2(0.0, 3.0), 2.75, stroke);
            let shoulders = (0..=8).map(|i| {
                let angle = std::f32::consts::PI * (1.0 + i as f32 / 8.0);
                at + vec2(5.0 * angle.cos(), 5.5 + 4.5 * angle.sin())
            });
            let shoulders: Vec<Pos2> = shoulders.collect();
            painter.extend(Shape::dashed_line(&shoulders, stroke, 2.0, 1.5));
        }
        SignKind::Note => {
            let stroke = Stroke::new(1.25, theme.muted);
            let page = Rect::from_center_size(at, vec2(9.0, 10.0));
            let fold = 3.0;
            let edge = vec![
                page.left_top(),
                page.right_top() - vec2(fold, 0.0),
                page.right_top() + vec2(0.0, fold),
                page.right_bottom(),
                page.left_bottom(),
            ];
            painter.add(Shape::closed_line(edge, stroke));
            for y in [page.top() + 5.0, page.top() + 7.5] {
                painter.hline(page.left() + 2.0..=page.right() - 2.0, y, stroke);
            }
        }
    }
}

/// ○ to check, ◐ being checked, ✓ done, ✕ wrong; nothing where nothing was said.
fn paint_check(painter: &Painter, at: Pos2, check: Check, colour: Color32) {
    let stroke = Stroke::new(1.5, colour);
    let radius = 3.5;
    match check {
        Check::Unset => {}
        Check::Open => {
            painter.circle_stroke(at, radius, stroke);
        }
        Check::Doing => {
            painter.circle_stroke(at, radius, stroke);
            let half = (0..=10).map(|i| {
                let angle = std::f32::consts::PI * (0.5 + i as f32 / 10.0);
                at + radius * egui::Vec2::angled(angle)
            });
            painter.add(Shape::convex_polygon(half.collect(), colour, Stroke::NONE));
        }
        Check::Done => {
            let tick = vec![
                at + vec2(-3.5, 0.0),
                at + vec2(-1.0, 3.0),
                at + vec2(4.0, -3.5),
            ];
            painter.add(Shape::line(tick, stroke));
        }
        Check::Wrong => {
            for sign in [1.0, -1.0] {
                let arm = vec2(3.0, 3.0 * sign);
                painter.line_segment([at - arm, at + arm], stroke);
            }
        }
    }
}
