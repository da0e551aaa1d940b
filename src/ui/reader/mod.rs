//! The reader: the article set for reading, with everything that was marked in it.
//!
//! Lays out only what is in view (`page`, `layout`), hangs the view on a unit of text (`scroll`), paints marks over
//! the letters (`paint`, `gutter`, `map`), turns the pointer into commands (`input`) and speaks to screen readers
//! (`access`). What a command does is `app`'s; keys are `ui::keys`'s.
//!
//! *Limitations*: text that runs from right to left can be read, but marked by whole paragraphs only.

mod access;
mod display;
mod gutter;
mod heights;
mod input;
mod lanes;
mod layout;
mod map;
mod marks;
mod outline;
mod page;
mod paint;
mod scene;
mod scroll;
#[cfg(test)]
mod tests;
mod tip;
mod typography;
mod units;

use std::sync::Arc;

use egui::{EventFilter, Id, Rect, RichText, Sense, Ui, WidgetInfo, vec2};

use self::gutter::Gutter;
use self::input::{Gesture, Outcome};
use self::layout::Measure;
use self::map::{Extent, Jump, Map};
use self::marks::Marks;
use self::page::{Page, Stock};
use self::scene::{Emphasis, Placed, Scene, Zones};
use self::scroll::{Anchor, Glide, TOP_AIR};
use self::units::Units;
use super::theme::{self, Theme};
use crate::app::{ArticleKey, Level, OpenArticle, Outbox, State};
use crate::model::Segments;

/// The widget that takes the keyboard while the reader has it.
pub const FOCUS_ID: &str = "reader";

/// Lines that stay in view when a page is turned.
const OVERLAP: f32 = 2.0;

/// Jumps of more screens than this are cuts.
const LONGEST_GLIDE: f32 = 2.0;

/// The view of an article. Holds only what dies with the window.
#[derive(Debug, Default)]
pub struct Reader {
    open: Option<Open>,
    marks: Marks,
    map: Map,
    gesture: Gesture,
    /// The last of the state's wishes that were fulfilled.
    seen_reveal: u64,
    pages_done: i32,
    /// Whether the focus was moved by the pointer, so that it need not be brought into view.
    moved_here: bool,
    laid_out: usize,
}

/// What is kept of the article that is shown.
#[derive(Debug)]
struct Open {
    key: ArticleKey,
    segments: Arc<Segments>,
    stock: Stock,
    anchor: Anchor,
    glide: Option<Glide>,
    /// The offset at the view's upper edge, and how far below its row's upper edge the view begins.
    top: (usize, f32),
}

impl Reader {
    /// Draws the reader into all the room there is.
    pub fn show(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        let theme = theme::theme(ui);
        let rect = ui.available_rect_before_wrap();
        ui.painter().rect_filled(rect, 0.0, theme.paper);
        let size = state.settings.reading_size;
        let zones = Zones::new(rect, size);
        let response = ui.interact(zones.view, Id::unique(FOCUS_ID), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Document, true, "Article text"));
        keep_the_arrows(ui);
        let Some(article) = state.article() else {
            self.open = None;
            empty(ui, rect, &theme, state.loading.is_some());
            return;
        };
        if article.segments.blocks.is_empty() {
            self.open = None;
            let line = "This file has no text.";
            notice(ui, rect, &theme, line, "Its own bytes are as they were.");
            return;
        }
        let measure = Measure {
            width: zones.column.span(),
            size,
            pixels_per_point: ui.ctx().pixels_per_point(),
        };
        self.prepare(ui, article, measure, zones.view.height(), state);
        let Some(open) = &mut self.open else { return };

        let ctx = ui.ctx().clone();
        let mut page = Page::new(&ctx, article, &mut open.stock);
        let view = zones.view.height();
        let now = ui.input(|i| i.time);
        let mut anchor = open.anchor;
        scroll_by_wheel(ui, zones.view, &mut open.glide, &mut anchor, &mut page, now);
        let pages = state.scroll_pages - self.pages_done;
        self.pages_done = state.scroll_pages;
        if pages != 0 {
            let step = (view - OVERLAP * measure.size * 1.6).max(view / 2.0);
            let goal = anchor.moved(pages as f32 * step);
            let goal = goal.clamped(&mut page, view);
            let reach = view * LONGEST_GLIDE;
            open.glide = glide(ui, anchor, goal, &mut page, reach, now);
            anchor = goal;
        }
        if self.seen_reveal != state.reveal {
            self.seen_reveal = state.reveal;
            if !std::mem::take(&mut self.moved_here)
                && let Some(goal) = wanted(article, anchor, &mut page, view)
            {
                let goal = goal.clamped(&mut page, view);
                let reach = view * LONGEST_GLIDE;
                open.glide = glide(ui, anchor, goal, &mut page, reach, now);
                anchor = goal;
            }
        }
        anchor = anchor.clamped(&mut page, view);
        let mut here = anchor;
        if let Some(glide) = open.glide {
            match glide.left(now, theme::SCROLL_TIME) {
                Some(left) => {
                    here = anchor.moved(-left).clamped(&mut page, view);
                    ui.ctx().request_repaint();
                }
                None => open.glide = None,
            }
        }

        let placed = place(&mut page, &mut self.marks, article, &zones, here);
        let mut scene = Scene {
            article,
            theme,
            zones,
            placed,
            emphasis: emphasis(article),
        };
        let gutter = Gutter::arrange(&scene);
        let outcome = self
            .gesture
            .read(ui, &response, &scene, &gutter, state, out);
        self.moved_here |= outcome.moved_focus;
        scene.emphasis.hovered = outcome.hovered.clone();

        let painter = ui.painter().with_clip_rect(zones.view);
        paint::column(&scene, &painter);
        gutter.paint(&scene, &painter);
        let extent = extent(&scene, &page, here, view);
        let jump = self.map.show(ui, article, &zones, &theme, extent);
        if let Some(jump) = jump {
            open.glide = None;
            anchor = target(jump, &mut page, view).clamped(&mut page, view);
            if anchor != here {
                ui.ctx().request_repaint();
            }
        }
        if outcome.scroll != 0.0 {
            open.glide = None;
            anchor = anchor.moved(outcome.scroll).clamped(&mut page, view);
            ui.ctx().request_repaint();
        }
        if access::document(ui.ctx(), response.id, &article.title()) {
            access::contents(ui, response.id, &scene, state);
        }
        self.laid_out = page.laid_out();
        open.top = top(&scene);
        open.anchor = anchor;
        say_more(&response, state, &scene, &outcome, &self.gesture, out);
    }

    /// How many pieces of text the last frame laid out. For tests: it must not grow with the article.
    pub fn laid_out(&self) -> usize {
        self.laid_out
    }

    /// Takes over an article that is new here, or the same one with another width or size.
    fn prepare(
        &mut self,
        ui: &Ui,
        article: &OpenArticle,
        measure: Measure,
        view: f32,
        state: &State,
    ) {
        let is_same = self.open.as_ref().is_some_and(|open| {
            open.key == article.key && Arc::ptr_eq(&open.segments, &article.segments)
        });
        let is_known = self
            .open
            .as_ref()
            .is_some_and(|open| open.key == article.key);
        if is_same
            && self
                .open
                .as_ref()
                .is_some_and(|open| open.stock.measure == measure)
        {
            return;
        }
        let (units, top) = match self.open.take() {
            Some(open) if is_same => (open.stock.units, Some(open.top)),
            // Segmented anew: the same words, other units.
            Some(open) if is_known => (
                Units::new(&article.source, &article.segments),
                Some(open.top),
            ),
            _ => (Units::new(&article.source, &article.segments), None),
        };
        let mut stock = Stock::new(units, measure);
        let mut page = Page::new(ui.ctx(), article, &mut stock);
        let anchor = match top {
            Some((offset, below)) => page.place_of(offset).map(|(unit, y, _)| Anchor {
                unit,
                offset: y + below,
            }),
            None => {
                self.pages_done = state.scroll_pages;
                self.seen_reveal = state.reveal;
                self.moved_here = false;
                wanted(article, Anchor::TOP, &mut page, view)
            }
        };
        let anchor = anchor.unwrap_or(Anchor::TOP).clamped(&mut page, view);
        self.open = Some(Open {
            key: article.key.clone(),
            segments: Arc::clone(&article.segments),
            stock,
            anchor,
            glide: None,
            top: (0, -TOP_AIR),
        });
    }
}

/// Tab, arrows and Escape belong to the reader while it has the keyboard.
fn keep_the_arrows(ui: &Ui) {
    let filter = EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(Id::unique(FOCUS_ID), filter));
}

fn empty(ui: &mut Ui, rect: Rect, theme: &Theme, is_loading: bool) {
    if is_loading {
        notice(ui, rect, theme, "Opening the article…", "");
    } else {
        let hint = "Choose one in the list, or press Ctrl+P and type a few letters of its name.";
        notice(ui, rect, theme, "No article is open.", hint);
    }
}

fn notice(ui: &mut Ui, rect: Rect, theme: &Theme, line: &str, hint: &str) {
    let middle = Rect::from_center_size(
        rect.center() - vec2(0.0, rect.height() * 0.1),
        vec2((rect.width() - 48.0).clamp(120.0, 420.0), 80.0),
    );
    let builder = egui::UiBuilder::new()
        .max_rect(middle)
        .layout(egui::Layout::top_down(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.label(
            RichText::new(line)
                .text_style(theme::excerpt())
                .color(theme.muted),
        );
        if !hint.is_empty() {
            ui.label(
                RichText::new(hint)
                    .text_style(theme::small())
                    .color(theme.muted),
            );
        }
    });
}

fn scroll_by_wheel(
    ui: &Ui,
    view: Rect,
    gliding: &mut Option<Glide>,
    anchor: &mut Anchor,
    page: &mut Page<'_>,
    now: f64,
) {
    if !ui.rect_contains_pointer(view) {
        return;
    }
    let delta = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
    if delta == 0.0 {
        return;
    }
    if let Some(left) = gliding
        .take()
        .and_then(|glide| glide.left(now, theme::SCROLL_TIME))
    {
        *anchor = anchor.moved(-left);
    }
    *anchor = anchor.moved(-delta).clamped(page, view.height());
}

/// A movement to a goal; none when it is where the view is, too far to follow, or movement is unwelcome.
fn glide(
    ui: &Ui,
    from: Anchor,
    goal: Anchor,
    page: &mut Page<'_>,
    reach: f32,
    now: f64,
) -> Option<Glide> {
    if theme::is_motion_reduced(ui.ctx()) {
        return None;
    }
    let distance = from.distance(goal, page, reach)?;
    (distance.abs() > 0.5).then_some(Glide {
        began: now,
        distance,
    })
}

/// Where the view must go for what has the focus to be seen well; `None` when it is.
fn wanted(article: &OpenArticle, here: Anchor, page: &mut Page<'_>, view: f32) -> Option<Anchor> {
    let (from, to) = match article.selection {
        Some(selection) => (selection.head, selection.head),
        None => (article.focus.span.start(), article.focus.span.end()),
    };
    let (unit, top, _) = page.place_of(from)?;
    let start = Anchor { unit, offset: top };
    let far = view * (LONGEST_GLIDE + 1.0);
    let Some(above) = here.distance(start, page, far) else {
        return Some(start.moved(-view / 3.0));
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
    scroll::needed(above, bottom, view).map(|by| here.moved(by))
}

/// Lays out and places what is in view.
fn place(
    page: &mut Page<'_>,
    marks: &mut Marks,
    article: &OpenArticle,
    zones: &Zones,
    here: Anchor,
) -> Vec<Placed> {
    let mut placed = Vec::new();
    let mut y = zones.view.top() - here.offset;
    let mut index = here.unit;
    while y < zones.view.bottom() {
        let Some(laid) = page.laid(index) else { break };
        let height = laid.height;
        placed.push(Placed {
            origin: egui::pos2(zones.column.min, y + laid.above),
            marks: marks.of_unit(article, index, &laid.unit),
            laid,
        });
        y += height;
        index += 1;
    }
    placed
}

/// What has the focus or is in the editor, and what a relation connects with it.
fn emphasis(article: &OpenArticle) -> Emphasis {
    let focused = match article.focus.level {
        Level::Annotation => article.focus.annotation.clone(),
        _ => None,
    };
    let mut emphasis = Emphasis {
        active: article.active.clone(),
        ..Emphasis::default()
    };
    if let Some(id) = focused.as_ref().or(article.active.as_ref()) {
        let relations = article
            .marks
            .relations_from(id)
            .chain(article.marks.relations_to(id));
        for relation in relations.filter_map(|r| article.sidecar.relations.get(r)) {
            let other = if relation.from == *id {
                &relation.to
            } else {
                &relation.from
            };
            emphasis.related.push(other.clone());
        }
    }
    emphasis.focused = focused;
    emphasis
}

/// What the map's frame and the bar's thumb show.
fn extent(scene: &Scene<'_>, page: &Page<'_>, here: Anchor, view: f32) -> Extent {
    let (first, _) = top(scene);
    let end = scene.placed.last().map_or(0, |last| {
        let bottom = scene.zones.view.bottom() - last.origin.y + last.laid.above;
        let (offset, _) = last.laid.row_at(bottom);
        if bottom >= last.laid.height {
            last.laid.unit.span.end()
        } else {
            offset
        }
    });
    let air = f64::from(TOP_AIR) + f64::from(view) * f64::from(scroll::END_AIR);
    Extent {
        bytes: (first, end),
        from: page.depth(here) + f64::from(TOP_AIR),
        total: page.heights().total() + air,
    }
}

/// The offset at the view's upper edge, and how far below its row's upper edge the view begins.
fn top(scene: &Scene<'_>) -> (usize, f32) {
    scene.placed.first().map_or((0, -TOP_AIR), |first| {
        let y = scene.zones.view.top() - (first.origin.y - first.laid.above);
        first.laid.row_at(y)
    })
}

/// Where a click on the map or a drag of the thumb leads.
fn target(jump: Jump, page: &mut Page<'_>, view: f32) -> Anchor {
    match jump {
        Jump::Offset(offset) => page
            .place_of(offset)
            .map_or(Anchor::TOP, |(unit, y, _)| Anchor {
                unit,
                offset: y - view / 2.0,
            }),
        Jump::Depth(depth) => {
            let (unit, offset) = page.heights().find(depth - f64::from(TOP_AIR));
            Anchor { unit, offset }
        }
    }
}

/// The tooltip of what is under the pointer, and the context menu.
fn say_more(
    response: &egui::Response,
    state: &State,
    scene: &Scene<'_>,
    outcome: &Outcome,
    gesture: &Gesture,
    out: &mut Outbox,
) {
    input::context_menu(response, state, out);
    if gesture.is_dragging() || response.context_menu_opened() {
        return;
    }
    let hovered = outcome.hovered.as_ref();
    if let Some(annotation) = hovered.and_then(|id| scene.article.annotation(id)) {
        response
            .clone()
            .on_hover_ui_at_pointer(|ui| tip::show(ui, state, scene.article, annotation));
    }
}
