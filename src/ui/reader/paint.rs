//! Paints a scene: grounds below the letters, the letters, lines and rings over them.
//!
//! One fill at rest (claims), lines for names; a fill of any other layer only for what has the focus or the pointer.
//! Bars, numbers and signs beside the column are `gutter`'s.

use egui::epaint::PathStroke;
use egui::{Align2, Color32, CornerRadius, FontId, Painter, Rangef, Rect, Shape, Stroke, pos2};

use super::super::theme;
use super::hits;
use super::layout::RowBox;
use super::marks::{Manner, UnitMark};
use super::outline;
use super::scene::{Placed, Scene};
use super::suggested;
use crate::app::Level;
use crate::model::{Form, Layer, RelationKind, Span};

/// Width of a ring, and the room between it and what it frames.
const RING: f32 = 2.0;
const RING_GAP: f32 = 2.0;

/// Height of single lines in high contrast.
const THICK: f32 = 3.0;

/// Paints everything in the column.
pub(super) fn column(scene: &Scene<'_>, painter: &Painter) {
    ground_of_focus(scene, painter);
    fills(scene, painter);
    selection(scene, painter);
    for placed in &scene.placed {
        // Muted ink on a fill is too weak to read.
        let is_on_fill = !scene.theme.contrast && filled(scene, placed).next().is_some();
        let ink = if placed.laid.setting.is_muted && !is_on_fill {
            scene.theme.muted
        } else {
            scene.theme.ink
        };
        for part in &placed.laid.parts {
            painter.galley(placed.origin + part.at, part.galley.clone(), ink);
        }
    }
    lines(scene, painter);
    if scene.theme.contrast {
        letters(scene, painter);
    }
    suggested::paint(scene, painter);
    hits::paint(scene, painter);
    focus(scene, painter);
}

/// The wash under the focused sentence or word.
fn ground_of_focus(scene: &Scene<'_>, painter: &Painter) {
    let focus = &scene.article.focus;
    let reach = match focus.level {
        // What is selected is what the next key acts on; the ground would only blur it.
        _ if scene.article.selection.is_some() => return,
        Level::Sentence => 4.0,
        Level::Word => 2.0,
        _ => return,
    };
    let rows = scene.rows(focus.span);
    let last = rows.len().saturating_sub(1);
    for (i, row) in rows.iter().enumerate() {
        let (top, bottom) = (if i == 0 { 4 } else { 0 }, if i == last { 4 } else { 0 });
        let radius = CornerRadius {
            nw: top,
            ne: top,
            sw: bottom,
            se: bottom,
        };
        let rect = row.rect.expand2(egui::vec2(reach, 0.0));
        painter.rect_filled(rect, radius, scene.theme.wash);
    }
}

/// What of a block has a fill: its claims, and everything that stands out.
fn filled<'a>(scene: &'a Scene<'_>, placed: &'a Placed) -> impl Iterator<Item = &'a UnitMark> {
    let marks = placed.marks.iter();
    marks
        .filter(|mark| mark.manner != Manner::Cue)
        .filter(|mark| mark.layer == Layer::Claim || scene.emphasis.fills(&mark.id))
}

/// Fills of claims, and of everything that stands out; the longer below the shorter. None in high contrast.
fn fills(scene: &Scene<'_>, painter: &Painter) {
    if scene.theme.contrast {
        return;
    }
    for placed in &scene.placed {
        let mut filled: Vec<&UnitMark> = filled(scene, placed).collect();
        filled.sort_by_key(|mark| std::cmp::Reverse(mark.span.len()));
        for mark in filled {
            let fill = scene.theme.layer(mark.layer).fill;
            let mut fill = scene.emphasis.shade(fill, &mark.id, mark.span);
            if scene.article.last.as_ref() == Some(&mark.id)
                && !theme::is_motion_reduced(painter.ctx())
            {
                let share = suggested::washed(painter, mark.span, true);
                fill = fill.gamma_multiply(share);
            }
            let rows = placed.laid.boxes(&scene.article.source, mark.span);
            for row in rows {
                let row = row.translated(placed.origin.to_vec2());
                let rect = row.letters().expand2(egui::vec2(1.0, 0.0));
                painter.rect_filled(rect, 2.0, fill);
            }
        }
    }
}

fn selection(scene: &Scene<'_>, painter: &Painter) {
    let Some(selection) = scene.article.selection else {
        return;
    };
    for row in scene.rows(selection.span()) {
        painter.rect_filled(row.rect, 0.0, scene.theme.selection);
    }
    if let Some(head) = scene.caret(selection.head) {
        caret(painter, head, scene.theme.ring);
    }
}

/// Underlines in their lanes, cues of chosen quotes, and the count of what found no lane.
fn lines(scene: &Scene<'_>, painter: &Painter) {
    for placed in &scene.placed {
        let mut crowded: Vec<(RowBox, usize)> = Vec::new();
        for mark in placed.marks.iter() {
            let is_shown_cue = mark.manner == Manner::Cue && scene.emphasis.is_chosen(&mark.id);
            let has_line = mark.lane.is_some() || is_shown_cue || mark.is_crowded_out();
            if !has_line {
                continue;
            }
            let colour = scene.theme.layer(mark.layer).line;
            let colour = scene.emphasis.shade(colour, &mark.id, mark.span);
            let rows = placed.laid.boxes(&scene.article.source, mark.span);
            for row in rows {
                let row = row.translated(placed.origin.to_vec2());
                match mark.lane {
                    Some(lane) => {
                        let thick = scene.theme.contrast.then_some(THICK);
                        underline(painter, &row, mark, lane, colour, thick);
                    }
                    None if is_shown_cue => dotted(painter, row.rect.x_range(), foot(&row), colour),
                    None => {
                        let top = row.rect.top();
                        match crowded.iter_mut().find(|(r, _)| r.rect.top() == top) {
                            Some((_, count)) => *count += 1,
                            None => crowded.push((row, 1)),
                        }
                    }
                }
            }
        }
        for (row, count) in crowded {
            chip(scene, painter, &row, count);
        }
    }
}

/// The layer's letter over the beginning of each tag, where colour alone must not tell it.
fn letters(scene: &Scene<'_>, painter: &Painter) {
    let font = FontId::new(theme::LABEL_SIZE, theme::ui_semibold());
    for placed in &scene.placed {
        let mut last: Option<(egui::Pos2, f32)> = None;
        for mark in placed.marks.iter().filter(|mark| mark.is_start) {
            let letter = match mark.layer {
                Layer::Claim => "C",
                Layer::Person => "P",
                Layer::Source => "S",
                Layer::Quote => "Q",
                Layer::Code | Layer::Note => continue,
            };
            let rows = placed.laid.boxes(&scene.article.source, mark.span);
            let Some(row) = rows
                .first()
                .map(|row| row.translated(placed.origin.to_vec2()))
            else {
                continue;
            };
            let mut at = pos2(row.rect.left(), row.letters().top() + 3.0);
            // Tags that begin together stand side by side.
            if let Some((before, end)) =
                last.filter(|(before, end)| before.y == at.y && *end > at.x)
            {
                at = pos2(end + 1.0, before.y);
            }
            let ink = scene.theme.layer(mark.layer).line;
            let drawn = painter.text(at, Align2::LEFT_BOTTOM, letter, font.clone(), ink);
            last = Some((at, drawn.right()));
        }
    }
}

/// Where a fill ends and the first lane begins.
pub(super) fn foot(row: &RowBox) -> f32 {
    row.letters().bottom().round()
}

/// The upper edge of a lane: the first is the foot line of a fill, three more go down from there.
pub(super) fn lane_top(row: &RowBox, lane: usize) -> f32 {
    match lane {
        0 => foot(row) - 1.5,
        _ => foot(row) + 1.0 + 4.0 * (lane - 1) as f32,
    }
}

fn underline(
    painter: &Painter,
    row: &RowBox,
    mark: &UnitMark,
    lane: usize,
    colour: Color32,
    thick: Option<f32>,
) {
    let x = row.rect.x_range();
    let top = lane_top(row, lane);
    let bar = |from: f32, height: f32| {
        let rect = Rect::from_x_y_ranges(x, Rangef::new(from, from + height));
        painter.rect_filled(rect, 0.0, colour);
    };
    match (mark.layer, mark.manner) {
        (Layer::Source, Manner::Unnamed) => {
            dotted(painter, x, top, colour);
            dotted(painter, x, top + 2.0, colour);
        }
        (Layer::Source, _) => {
            bar(top, 1.0);
            bar(top + 2.0, 1.0);
        }
        (Layer::Claim, _) => bar(top, thick.unwrap_or(1.5)),
        _ => bar(top, thick.unwrap_or(2.0)),
    }
}

/// A row of dots, two pixels long and two apart, in step with the column so that two rows of them agree.
pub(super) fn dotted(painter: &Painter, x: Rangef, top: f32, colour: Color32) {
    let mut at = (x.min / 4.0).ceil() * 4.0;
    while at < x.max {
        let end = (at + 2.0).min(x.max);
        let dot = Rect::from_min_max(pos2(at, top), pos2(end, top + 1.0));
        painter.rect_filled(dot, 0.0, colour);
        at += 4.0;
    }
}

/// "+2" behind the last word of a row.
fn chip(scene: &Scene<'_>, painter: &Painter, row: &RowBox, count: usize) {
    let font = FontId::new(theme::LABEL_SIZE, egui::FontFamily::Proportional);
    let galley = painter.layout_no_wrap(format!("+{count}"), font, scene.theme.muted);
    let right = scene.zones.column.max + 4.0;
    let centre = row.baseline - 0.3 * row.size;
    let size = galley.size() + egui::vec2(8.0, 2.0);
    let rect = Rect::from_min_size(pos2(right, centre - size.y / 2.0), size);
    painter.rect(
        rect,
        theme::RADIUS,
        scene.theme.paper,
        scene.theme.hairline(),
        egui::StrokeKind::Inside,
    );
    let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    painter.galley(at.min, galley, scene.theme.muted);
}

/// The ring or caret of what has the focus, the tie to a quote's speaker, and corners of quotes.
fn focus(scene: &Scene<'_>, painter: &Painter) {
    corners(scene, painter);
    ties(scene, painter);
    let ring = scene.theme.ring;
    let focus = &scene.article.focus;
    match focus.level {
        _ if scene.article.selection.is_some() => {}
        // A suggestion's frame is its outline.
        Level::Suggestion => {}
        Level::Annotation | Level::Quote => {
            for span in scene.focus_spans() {
                frame(scene, painter, span);
            }
        }
        Level::Letter => {
            frame(scene, painter, focus.span);
            if let Some(row) = scene.caret(focus.span.start()) {
                caret(painter, row, ring);
            }
        }
        Level::Word | Level::Sentence => {
            if let Some(row) = scene.caret(focus.span.start()) {
                caret(painter, row, ring);
            }
        }
        Level::Paragraph => {}
    }
}

fn frame(scene: &Scene<'_>, painter: &Painter, span: Span) {
    let stroke = PathStroke::new(RING, scene.theme.ring);
    for line in outline::around(&scene.framed(span, RING_GAP), RING_GAP) {
        painter.add(Shape::closed_line(line, stroke.clone()));
    }
}

fn caret(painter: &Painter, row: RowBox, colour: Color32) {
    let letters = row.letters();
    let rect = Rect::from_x_y_ranges(
        Rangef::new(row.rect.left() - 1.0, row.rect.left() + 1.0),
        letters.y_range(),
    );
    painter.rect_filled(rect, 0.0, colour);
}

/// Half-height corners where a quote begins and ends inside a row and no quotation mark shows it.
fn corners(scene: &Scene<'_>, painter: &Painter) {
    let stroke = Stroke::new(1.25, scene.theme.layer(Layer::Quote).line);
    for placed in &scene.placed {
        let quotes = placed
            .marks
            .iter()
            .filter(|m| matches!(m.manner, Manner::Quote(Form::Mixed | Form::Indirect)));
        for mark in quotes {
            let rows = placed.laid.boxes(&scene.article.source, mark.span);
            if rows.iter().all(|row| row.fills) {
                continue;
            }
            for row in rows {
                let row = row.translated(placed.origin.to_vec2());
                let frame = row.letters().expand2(egui::vec2(2.0, 0.0));
                for (wanted, is_opening) in [(row.begins, true), (row.ends, false)] {
                    if wanted {
                        let line = outline::corner(frame, is_opening);
                        painter.add(Shape::line(line.to_vec(), stroke));
                    }
                }
            }
        }
    }
}

/// Thin lines from the bar of the chosen quote, or of the suggested one that has the focus, to its speakers in view.
fn ties(scene: &Scene<'_>, painter: &Painter) {
    let article = scene.article;
    let offered = || {
        scene
            .offers
            .iter()
            .find_map(suggested::Offer::quote_at_hand)
    };
    let focused = scene.emphasis.focused.as_ref();
    let chosen = focused.or(scene.emphasis.active.as_ref());
    let chosen = chosen.and_then(|id| article.annotation(id));
    let (quote, speakers): (Vec<Span>, Vec<Span>) = match chosen {
        Some(quote) if quote.layer == Layer::Quote => {
            let speakers = article.linked(&quote.id, &RelationKind::SaidBy);
            let firsts = speakers.iter().filter_map(|source| source.spans().next());
            (quote.spans().collect(), firsts.collect())
        }
        _ => match offered() {
            Some(offer) => offer,
            None => return,
        },
    };
    let bar_x = scene.zones.column.min - super::gutter::BAR_GAP - super::gutter::BAR / 2.0;
    let mut bars = quote
        .iter()
        .flat_map(|span| scene.rows(*span))
        .map(|row| row.rect.y_range());
    let Some(first) = bars.next() else { return };
    let bar = bars.fold(first, |all, row| {
        Rangef::new(all.min.min(row.min), all.max.max(row.max))
    });
    let colour = scene.theme.layer(Layer::Source).line;
    let stroke = Stroke::new(1.5, colour.gamma_multiply(0.6));
    for speaker in speakers {
        let Some(row) = scene.rows(speaker).into_iter().next() else {
            continue;
        };
        let y = lane_top(&row, 2) + 2.5;
        let mut line = Vec::with_capacity(3);
        if y < bar.min {
            line.push(pos2(bar_x, bar.min));
        } else if y > bar.max {
            line.push(pos2(bar_x, bar.max));
        }
        line.extend([pos2(bar_x, y), pos2(row.rect.left(), y)]);
        painter.extend(Shape::dashed_line(&line, stroke, 6.0, 4.0));
        painter.circle_filled(pos2(row.rect.left(), y), 2.5, colour);
    }
}
