//! The article as a stack of units that are laid out when they are asked for, at most once a frame.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use egui::Context;

use super::heights::Heights;
use super::layout::{Laid, Measure};
use super::scroll::{Anchor, Stack};
use super::typography::{Setting, space_between};
use super::units::Units;
use crate::app::OpenArticle;
use crate::model::BlockKind;
use crate::text::SourceText;

/// What is known of an article's heights, from frame to frame.
#[derive(Debug, Clone)]
pub(super) struct Stock {
    /// Its units.
    pub units: Units,
    /// Their heights.
    pub heights: Heights,
    /// What the heights hold for.
    pub measure: Measure,
}

impl Stock {
    /// Estimates everything.
    pub fn new(units: Units, measure: Measure) -> Self {
        // Once for each kind: an article may have a million blocks.
        let style = measure.style;
        let settings = BlockKind::ALL.map(|kind| Setting::of(kind, style));
        let room = BlockKind::ALL
            .map(|before| BlockKind::ALL.map(|kind| space_between(before, kind, style)));
        let heights = units.iter().map(|unit| {
            let kind = unit.kind as usize;
            let above = unit.after.map_or(0.0, |before| room[before as usize][kind]);
            above + settings[kind].estimate(unit.span.len(), measure.width)
        });
        Self {
            heights: Heights::new(heights),
            units,
            measure,
        }
    }
}

/// An article in one frame.
pub(super) struct Page<'a> {
    ctx: &'a Context,
    source: &'a SourceText,
    stock: &'a mut Stock,
    laid: HashMap<usize, Rc<Laid>>,
}

impl<'a> Page<'a> {
    /// Begins a frame.
    pub fn new(ctx: &'a Context, article: &'a OpenArticle, stock: &'a mut Stock) -> Self {
        Self {
            ctx,
            source: &article.source,
            stock,
            laid: HashMap::new(),
        }
    }

    /// Physical pixels in a point.
    pub fn pixels_per_point(&self) -> f32 {
        self.stock.measure.pixels_per_point
    }

    /// The heights as they are known now.
    pub fn heights(&self) -> &Heights {
        &self.stock.heights
    }

    /// A unit, laid out.
    pub fn laid(&mut self, index: usize) -> Option<Rc<Laid>> {
        if let Some(laid) = self.laid.get(&index) {
            return Some(Rc::clone(laid));
        }
        let unit = self.stock.units.get(index)?;
        let laid = Laid::new(self.ctx, self.source, unit, self.stock.measure);
        self.stock.heights.set(index, laid.height);
        let laid = Rc::new(laid);
        self.laid.insert(index, Rc::clone(&laid));
        Some(laid)
    }

    /// How many units this frame has laid out.
    pub fn laid_out(&self) -> usize {
        self.laid.len()
    }

    /// The place of an offset: its unit, and the upper and lower edge of its row there.
    pub fn place_of(&mut self, offset: usize) -> Option<(usize, f32, f32)> {
        let index = self.stock.units.at(offset);
        let laid = self.laid(index)?;
        let row = laid.caret(self.source, offset)?;
        Some((
            index,
            laid.above + row.rect.top(),
            laid.above + row.rect.bottom(),
        ))
    }

    /// How far the view's upper edge is from the article's first line, by what is known.
    pub fn depth(&self, anchor: Anchor) -> f64 {
        self.stock.heights.before(anchor.unit) + f64::from(anchor.offset)
    }
}

impl Stack for Page<'_> {
    fn count(&self) -> usize {
        self.stock.units.len()
    }

    fn height(&mut self, unit: usize) -> f32 {
        self.laid(unit).map_or(0.0, |laid| laid.height)
    }

    fn guess(&self, units: Range<usize>) -> f64 {
        let heights = &self.stock.heights;
        heights.before(units.end) - heights.before(units.start)
    }
}
