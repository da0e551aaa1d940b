//! Coding stripes: beside the rows that have a code, a stripe in its colour with its digit, as coders know it from the
//! margin of a printed text.
//!
//! *Limitations*: a passage over several paragraphs may change its lane between them.

use egui::{Align2, Color32, FontFamily, FontId, Painter, Pos2, Rangef, Rect, pos2, vec2};

use super::super::theme;
use super::gutter::extent;
use super::scene::{Placed, Scene};
use crate::model::{Id, Layer};

/// Width of a stripe.
const STRIPE: f32 = 6.0;
/// From stripe to stripe where several stand in the same rows.
const STEP: f32 = 10.0;
/// How many stripes find room.
const LANES: usize = 4;
/// Distance of the last stripe's end from the column.
const REACH: f32 = 58.0;
/// Height of a digit, which stands on its stripe.
const DIGIT: f32 = 12.0;

/// A stripe.
#[derive(Debug, Clone, PartialEq)]
struct Stripe {
    id: Id,
    key: Option<u8>,
    colour: Color32,
    y: Rangef,
    x: f32,
}

/// The stripes of a frame.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Stripes {
    stripes: Vec<Stripe>,
    /// Where stripes found no room, and how many.
    crowded: Vec<(Pos2, usize)>,
}

impl Stripes {
    /// Finds a place for every coded passage in view.
    pub fn arrange(scene: &Scene<'_>) -> Self {
        let mut stripes = Self::default();
        let mut taken = [f32::NEG_INFINITY; LANES];
        for placed in &scene.placed {
            stripes.add(scene, placed, &mut taken);
        }
        stripes
    }

    fn add(&mut self, scene: &Scene<'_>, placed: &Placed, taken: &mut [f32; LANES]) {
        let end = scene.zones.view.right().min(scene.zones.column.max + REACH);
        let of_codes = placed.marks.iter().filter(|m| m.layer == Layer::Code);
        for mark in of_codes {
            let Some(y) = extent(scene, placed, mark.span) else {
                continue;
            };
            let Some(lane) = taken.iter().position(|&until| until <= y.min) else {
                let at = pos2(end - STEP * LANES as f32, y.min);
                match self.crowded.iter_mut().find(|(there, _)| there.y == at.y) {
                    Some((_, count)) => *count += 1,
                    None => self.crowded.push((at, 1)),
                }
                continue;
            };
            taken[lane] = y.max + 2.0;
            let annotation = scene.article.annotation(&mark.id);
            let code = annotation.and_then(|a| scene.codes.of(a));
            let code = code.filter(|code| !code.removed);
            self.stripes.push(Stripe {
                id: mark.id.clone(),
                key: code.and_then(|code| code.key),
                colour: scene.theme.code(code.map_or("", |code| &code.colour)),
                y,
                x: end - STRIPE - STEP * lane as f32,
            });
        }
    }

    /// Where signs at a height have to end.
    pub fn edge(&self, scene: &Scene<'_>, y: f32) -> f32 {
        let here = self.stripes.iter().filter(|stripe| stripe.y.contains(y));
        let view = scene.zones.view.right();
        here.map(|stripe| stripe.x - 2.0).fold(view, f32::min)
    }

    /// The annotation whose stripe is at a point.
    pub fn at(&self, point: Pos2) -> Option<&Id> {
        let found = self.stripes.iter().find(|stripe| {
            let rect = Rect::from_x_y_ranges(Rangef::new(stripe.x, stripe.x + STRIPE), stripe.y);
            rect.expand2(vec2((STEP - STRIPE) / 2.0, 0.0))
                .contains(point)
        });
        found.map(|stripe| &stripe.id)
    }

    /// Paints stripes with their digits.
    pub fn paint(&self, scene: &Scene<'_>, painter: &Painter) {
        let font = FontId::new(theme::LABEL_SIZE, FontFamily::Proportional);
        for stripe in &self.stripes {
            let widen = if scene.emphasis.fills(&stripe.id) {
                1.0
            } else {
                0.0
            };
            let x = Rangef::new(stripe.x - widen, stripe.x + STRIPE + widen);
            let top = stripe.y.min + if stripe.key.is_some() { DIGIT } else { 0.0 };
            let rect = Rect::from_x_y_ranges(x, Rangef::new(top, stripe.y.max));
            painter.rect_filled(rect, 1.0, stripe.colour);
            if let Some(key) = stripe.key {
                let at = pos2(x.center(), top - 1.0);
                let ink = scene.theme.ink;
                painter.text(at, Align2::CENTER_BOTTOM, key, font.clone(), ink);
            }
        }
        for (at, count) in &self.crowded {
            let more = format!("+{count}");
            painter.text(
                *at,
                Align2::RIGHT_TOP,
                more,
                font.clone(),
                scene.theme.muted,
            );
        }
    }
}
