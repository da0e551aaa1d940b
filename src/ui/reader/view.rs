//! Where the view stands on an article, and what moves it: the wheel, pages, the focus, the map.
//!
//! The arithmetic is `scroll`'s; here it meets the article, the clock and the pointer.

use std::sync::Arc;

use egui::{Context, Rect, Ui, pos2};

use super::super::theme;
use super::layout::Measure;
use super::map::Jump;
use super::marks::Marks;
use super::page::{Page, Stock};
use super::scene::{Placed, Zones};
use super::scroll::{Anchor, Glide, TOP_AIR, needed};
use super::units::Units;
use crate::app::{ArticleKey, Codes, OpenArticle};
use crate::model::Segments;

/// Part of the view that a turned page moves by; the rest stays as a bridge for the eye.
const PAGE: f32 = 0.88;

/// Jumps of more screens than this are cuts.
const LONGEST_GLIDE: f32 = 2.0;

/// The view of one article.
#[derive(Debug)]
pub(super) struct View {
    key: ArticleKey,
    segments: Arc<Segments>,
    stock: Stock,
    /// How often the article had been read again.
    reread: u64,
    /// Where the view stands, or will stand when it has stopped moving.
    anchor: Anchor,
    glide: Option<Glide>,
    /// The offset at the view's upper edge, and how far below its row's upper edge the view begins.
    top: (usize, f32),
}

/// What is to be done in a frame before anything is placed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wishes {
    /// How far the wheel wants the content to move, in points.
    pub wheel: f32,
    /// How many pages to turn.
    pub pages: i32,
    /// Whether what has the focus should be seen.
    pub reveal: bool,
}

impl View {
    /// Opens an article where it was left, or else where its focus is.
    pub fn new(ctx: &Context, article: &OpenArticle, measure: Measure, height: f32) -> Self {
        let mut view = Self {
            key: article.key.clone(),
            segments: Arc::clone(&article.segments),
            stock: Stock::new(Units::new(&article.source, &article.segments), measure),
            reread: article.reread.0,
            anchor: Anchor::TOP,
            glide: None,
            top: (0, -TOP_AIR),
        };
        let mut page = Page::new(ctx, article, &mut view.stock);
        let left = Some(article.reread.1).filter(|top| *top > 0);
        let left = left.and_then(|top| page.place_of(top));
        let goal = match left {
            Some((unit, y, _)) => Some(Anchor { unit, offset: y }),
            None => wanted(article, Anchor::TOP, &mut page, height),
        };
        view.anchor = goal.unwrap_or(Anchor::TOP).clamped(&mut page, height);
        view
    }

    /// Whether this is the view of an article.
    pub fn is_of(&self, article: &OpenArticle) -> bool {
        // Under another name, too, what was segmented for it stays.
        self.key == article.key || Arc::ptr_eq(&self.segments, &article.segments)
    }

    /// Takes over another width or size, or new segments of the same text; the words at the upper edge stay there.
    pub fn refit(&mut self, ctx: &Context, article: &OpenArticle, measure: Measure, height: f32) {
        self.key = article.key.clone();
        let is_segmented_anew = !Arc::ptr_eq(&self.segments, &article.segments);
        if !is_segmented_anew && self.stock.measure == measure {
            return;
        }
        let units = if is_segmented_anew {
            self.segments = Arc::clone(&article.segments);
            Units::new(&article.source, &article.segments)
        } else {
            std::mem::take(&mut self.stock.units)
        };
        self.stock = Stock::new(units, measure);
        self.glide = None;
        let (offset, below) = if self.reread == article.reread.0 {
            self.top
        } else {
            (article.reread.1, self.top.1)
        };
        self.reread = article.reread.0;
        let mut page = Page::new(ctx, article, &mut self.stock);
        let anchor = page.place_of(offset).map(|(unit, y, _)| Anchor {
            unit,
            offset: y + below,
        });
        self.anchor = anchor.unwrap_or(Anchor::TOP).clamped(&mut page, height);
    }

    /// Moves as it was asked to, and lays out what is then in view.
    pub fn place(
        &mut self,
        ui: &Ui,
        article: &OpenArticle,
        codes: &Codes,
        marks: &mut Marks,
        zones: &Zones,
        wishes: Wishes,
    ) -> Sight {
        let height = zones.view.height();
        let now = ui.input(|i| i.time);
        let mut page = Page::new(ui.ctx(), article, &mut self.stock);
        let mut motion = Motion {
            anchor: self.anchor,
            glide: self.glide,
            height,
            now,
            may_glide: !theme::is_motion_reduced(ui.ctx()),
        };
        if wishes.wheel != 0.0 {
            let goal = motion.shown().moved(-wishes.wheel);
            motion.cut_to(goal, &mut page);
        }
        if wishes.pages != 0 {
            let goal = motion.anchor.moved(wishes.pages as f32 * height * PAGE);
            motion.glide_to(goal, &mut page);
        }
        if wishes.reveal
            && let Some(goal) = wanted(article, motion.anchor, &mut page, height)
        {
            motion.glide_to(goal, &mut page);
        }
        motion.anchor = motion.anchor.clamped(&mut page, height);
        let here = motion.shown().clamped(&mut page, height);
        if motion.left() == 0.0 {
            motion.glide = None;
        } else {
            ui.ctx().request_repaint();
        }
        let placed = in_view(&mut page, marks, article, codes, zones, here);
        let sight = Sight {
            from: page.depth(here) + f64::from(TOP_AIR),
            total: page.heights().total(),
            laid_out: page.laid_out(),
            placed,
        };
        (self.anchor, self.glide) = (motion.anchor, motion.glide);
        self.top = upper_edge(&sight.placed, zones.view);
        sight
    }

    /// Goes where the map or the scroll bar was taken to.
    pub fn jump(&mut self, ctx: &Context, article: &OpenArticle, jump: Jump, height: f32) {
        let mut page = Page::new(ctx, article, &mut self.stock);
        let goal = match jump {
            Jump::Offset(offset) => {
                let place = page.place_of(offset);
                place.map_or(Anchor::TOP, |(unit, y, _)| Anchor {
                    unit,
                    offset: y - height / 2.0,
                })
            }
            Jump::Depth(depth) => {
                let (unit, offset) = page.heights().find(depth - f64::from(TOP_AIR));
                Anchor { unit, offset }
            }
        };
        let goal = goal.clamped(&mut page, height);
        if goal != self.anchor || self.glide.is_some() {
            ctx.request_repaint();
        }
        (self.anchor, self.glide) = (goal, None);
    }

    #[cfg(test)]
    pub fn anchor(&self) -> Anchor {
        self.anchor
    }

    #[cfg(test)]
    pub fn stock(&mut self) -> &mut Stock {
        &mut self.stock
    }

    /// Moves on by some points because a drag has left the view.
    pub fn drift(&mut self, ctx: &Context, by: f32) {
        self.anchor = self.anchor.moved(by);
        self.glide = None;
        ctx.request_repaint();
    }
}

/// What a frame shows, and where that is in the whole.
#[derive(Debug)]
pub(super) struct Sight {
    /// The units in view, from top to bottom.
    pub placed: Vec<Placed>,
    /// Distance of the view's upper edge from the top of everything, in points.
    pub from: f64,
    /// Height of all units, as far as known, in points.
    pub total: f64,
    /// How many units were laid out.
    pub laid_out: usize,
}

/// A view in motion.
struct Motion {
    anchor: Anchor,
    glide: Option<Glide>,
    height: f32,
    now: f64,
    may_glide: bool,
}

impl Motion {
    /// How far the view still is from its goal.
    fn left(&self) -> f32 {
        let left = self
            .glide
            .and_then(|glide| glide.left(self.now, theme::SCROLL_TIME));
        left.unwrap_or(0.0)
    }

    /// Where the view is on its way.
    fn shown(&self) -> Anchor {
        self.anchor.moved(-self.left())
    }

    fn cut_to(&mut self, goal: Anchor, page: &mut Page<'_>) {
        self.anchor = goal.clamped(page, self.height);
        self.glide = None;
    }

    fn glide_to(&mut self, goal: Anchor, page: &mut Page<'_>) {
        let from = self.shown().settled(page);
        let goal = goal.clamped(page, self.height);
        let distance = from.distance(goal, page, self.height * LONGEST_GLIDE);
        self.glide = distance
            .filter(|distance| self.may_glide && distance.abs() > 0.5)
            .map(|distance| Glide {
                began: self.now,
                distance,
            });
        self.anchor = goal;
    }
}

/// Where the view must go for what has the focus to be seen well; `None` when it is.
fn wanted(article: &OpenArticle, here: Anchor, page: &mut Page<'_>, height: f32) -> Option<Anchor> {
    let (from, to) = match article.selection {
        Some(selection) => (selection.head, selection.head),
        None => (article.focus.span.start(), article.focus.span.end()),
    };
    let (unit, top, _) = page.place_of(from)?;
    let start = Anchor { unit, offset: top };
    let far = height * (LONGEST_GLIDE + 1.0);
    let Some(above) = here.distance(start, page, far) else {
        return Some(start.moved(-height / 3.0));
    };
    let bottom = match page.place_of(to.max(from)) {
        Some((unit, _, bottom)) => {
            let end = Anchor {
                unit,
                offset: bottom,
            };
            here.distance(end, page, far).unwrap_or(above + far)
        }
        None => above,
    };
    needed(above, bottom, height).map(|by| here.moved(by))
}

/// Lays out and places what is in view.
pub(super) fn in_view(
    page: &mut Page<'_>,
    marks: &mut Marks,
    article: &OpenArticle,
    codes: &Codes,
    zones: &Zones,
    here: Anchor,
) -> Vec<Placed> {
    let mut placed = Vec::new();
    let pixels = page.pixels_per_point();
    let mut y = zones.view.top() - here.offset;
    let mut index = here.unit;
    while y < zones.view.bottom() {
        let Some(laid) = page.laid(index) else { break };
        let height = laid.height;
        placed.push(Placed {
            // On whole pixels, as egui sets the letters: marks must not tremble against them.
            origin: pos2(
                zones.column.min,
                ((y + laid.above) * pixels).round() / pixels,
            ),
            marks: marks.of_unit(article, codes, index, &laid.unit),
            laid,
        });
        y += height;
        index += 1;
    }
    placed
}

/// The offset at the view's upper edge, and how far below its row's upper edge the view begins.
pub(super) fn upper_edge(placed: &[Placed], view: Rect) -> (usize, f32) {
    placed.first().map_or((0, -TOP_AIR), |first| {
        first.laid.row_at(view.top() - first.top())
    })
}

/// The offset at the view's lower edge.
pub(super) fn lower_edge(placed: &[Placed], view: Rect) -> usize {
    placed.last().map_or(0, |last| {
        let y = view.bottom() - last.top();
        if y >= last.laid.height {
            last.laid.unit.span.end()
        } else {
            last.laid.row_at(y).0
        }
    })
}
