//! The reader: the article set for reading, with everything that was marked in it.
//!
//! Lays out only what is in view (`page`, `layout`), hangs the view on a unit of text (`scroll`), paints marks over
//! the letters (`paint`, `gutter`, `map`), turns the pointer into commands (`input`) and speaks to screen readers
//! (`access`). What a command does is `app`'s; keys are `ui::keys`'s.
//!
//! *Limitations*: text that runs from right to left can be read, but marked by whole paragraphs only.

mod access;
mod dashes;
mod display;
mod gutter;
mod heights;
mod hits;
mod input;
mod lanes;
mod layout;
mod line;
mod map;
mod marks;
mod outline;
mod page;
mod paint;
mod scene;
mod scroll;
mod stripes;
mod suggested;
#[cfg(test)]
mod tests;
mod tip;
mod typography;
mod units;
mod view;

use egui::{EventFilter, Id, Rect, RichText, Sense, Ui, WidgetInfo, vec2};

use self::gutter::Gutter;
use self::hits::Found;
use self::input::{Gesture, Outcome};
use self::layout::Measure;
use self::map::{Extent, Map};
use self::marks::Marks;
use self::scene::{Emphasis, Scene, Thing, Zones};
use self::scroll::{END_AIR, TOP_AIR};
pub use self::typography::TextStyle;
use self::view::{Sight, View, Wishes};
use super::menus::ByKey;
use super::taught;
use super::theme::{self, Theme};
use crate::app::{Command, CommandKind, OpenArticle, Outbox, Pick, Region, State};
use crate::model::Span;

/// Whether a key came after the pointer's last movement. Keys that were carried out are in the raw input only.
fn is_keyed(ui: &Ui, before: bool) -> bool {
    ui.input(|input| {
        let moved = input.pointer.delta() != egui::Vec2::ZERO || input.pointer.any_pressed();
        let is_key = |event: &egui::Event| matches!(event, egui::Event::Key { pressed: true, .. });
        let pressed = input.raw.events.iter().any(is_key);
        !moved && (before || pressed)
    })
}

/// The widgets that take the keyboard while a reader has it: of the left one, and of the right one of two.
pub const FOCUS_IDS: [&str; 2] = ["reader", "right reader"];

/// What a reader shows, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    /// 0 of the left one, 1 of the right one of two.
    pub slot: usize,
    /// Whether the article is the current one.
    pub is_current: bool,
    /// The article, once it is in memory.
    pub article: Option<&'a OpenArticle>,
}

impl<'a> Stage<'a> {
    /// The current article alone.
    pub fn alone(state: &'a State) -> Self {
        Self {
            slot: 0,
            is_current: true,
            article: state.article(),
        }
    }

    /// The colours; what has the focus in the article that is not current stands back, its text does not.
    fn dress(self, theme: Theme) -> Theme {
        Theme {
            ring: if self.is_current {
                theme.ring
            } else {
                theme.edge
            },
            ..theme
        }
    }

    /// What screen readers call it.
    fn name(self, state: &State) -> &'static str {
        match (&state.beside, self.slot) {
            (None, _) => "Article text",
            (Some(_), 0) => "Article text, left",
            (Some(_), _) => "Article text, right",
        }
    }
}

/// The reader's part of the window. Holds only what dies with it.
#[derive(Debug, Default)]
pub struct Reader {
    view: Option<View>,
    marks: Marks,
    map: Map,
    gesture: Gesture,
    menu: ByKey,
    /// The last of the state's wishes that were fulfilled.
    seen_reveal: u64,
    pages_done: i32,
    /// The frame in which the pointer last moved the focus: its place is in view already.
    pointed: Option<u64>,
    /// Whether the last thing that happened was a key: a pointer that only rests there points at nothing.
    is_keyed: bool,
    laid_out: usize,
}

impl Reader {
    /// Draws the reader into all the room there is.
    pub fn show(&mut self, ui: &mut Ui, state: &State, stage: Stage<'_>, out: &mut Outbox) {
        let theme = stage.dress(theme::theme(ui));
        let rect = ui.available_rect_before_wrap();
        ui.painter().rect_filled(rect, 0.0, theme.paper);
        let zones = Zones::new(rect, TextStyle::of(&state.settings));
        let id = Id::unique(FOCUS_IDS[stage.slot]);
        let response = ui.interact(zones.view, id, Sense::click_and_drag());
        let name = stage.name(state);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Document, true, name));
        keep_the_arrows(ui, id);
        let Some(article) = stage.article else {
            self.view = None;
            empty(
                ui,
                rect,
                &theme,
                state.loading.is_some() || !stage.is_current,
            );
            return;
        };
        if article.segments.blocks.is_empty() {
            self.view = None;
            let hint = "There is nothing to read or to tag in it.";
            notice(ui, rect, &theme, "This file has no text.", hint);
            return;
        }
        let is_pressed = ui.input(|i| i.pointer.any_pressed()) && response.contains_pointer();
        if is_pressed && !stage.is_current {
            // What the press means is carried out in the article that it is on.
            out.send(Command::OtherArticle);
        }
        let wishes = self.wishes(ui, state, stage, &zones);
        let Some(sight) = self.place(ui, state, article, &zones, wishes) else {
            return;
        };
        self.laid_out = sight.laid_out;
        if !state.knows_undrawn && sight.placed.iter().any(|placed| !placed.laid.is_drawn) {
            out.send(Command::Undrawn);
        }
        let extent = extent(&sight, &zones);
        let hits = state.find.shown(article);
        // What A would tag is framed like hits; that is the question now.
        let pick = state.pick.as_ref().filter(|_| stage.is_current);
        let several = pick.filter(|pick| pick.is_several());
        let meant = several.map(Pick::meant);
        let mut scene = Scene {
            article,
            theme,
            zones,
            offers: suggested::in_view(article, state, &sight.placed),
            placed: sight.placed,
            emphasis: Emphasis::of(article),
            codes: &state.codes,
            found: Found {
                spans: match (&meant, hits) {
                    (Some(meant), _) => meant,
                    (None, hits) => hits.map_or(&[], |hits| &hits.spans),
                },
                current: match several {
                    Some(pick) => pick.looked_at(),
                    None => state.find.current(article).map(|(_, span)| span),
                },
            },
        };
        let gutter = Gutter::arrange(&scene);
        let mut outcome = self
            .gesture
            .read(ui, &response, &scene, &gutter, state, out);
        self.is_keyed = is_keyed(ui, self.is_keyed);
        if self.is_keyed {
            outcome.hovered = None;
        }
        if outcome.moved_focus {
            self.pointed = Some(ui.ctx().cumulative_frame_nr());
        }
        scene.emphasis.hovered = outcome.hovered.clone();
        suggested::hover(&mut scene.offers, outcome.hovered.as_ref());

        let painter = ui.painter().with_clip_rect(zones.view);
        paint::column(&scene, &painter);
        gutter.paint(&scene, &painter);
        let jump = self.map.show(ui, state, article, &zones, &theme, extent);
        // Ctrl+Shift+Enter accepts what is in view.
        let (first, last) = extent.bytes;
        let in_view = Span::new(first, last);
        let known = match &state.beside {
            Some(beside) if !stage.is_current => beside.in_view,
            _ => state.in_view,
        };
        if known != Some(in_view) {
            out.send(match stage.is_current {
                true => Command::InView(in_view),
                false => Command::InViewBeside(in_view),
            });
        }
        if let Some(view) = &mut self.view {
            if let Some(jump) = jump {
                view.jump(ui.ctx(), article, jump, zones.view.height());
            }
            if outcome.scroll != 0.0 {
                view.drift(ui.ctx(), outcome.scroll);
            }
        }
        if access::document(ui.ctx(), response.id, name, &article.title()) {
            access::contents(ui, response.id, &scene, state);
        }
        let asks = stage.is_current && ByKey::asks(state, Region::Reader);
        let at = asks.then(|| scene.foot_of_focus());
        self.menu.context(&response, at, state, input::MENU, out);
        say_more(&response, state, &scene, &outcome, &self.gesture);
    }

    /// Whether it shows an article.
    pub fn is_of(&self, article: &OpenArticle) -> bool {
        self.view.as_ref().is_some_and(|view| view.is_of(article))
    }

    /// How many pieces of text the last frame laid out. For tests: it must not grow with the article.
    pub fn laid_out(&self) -> usize {
        self.laid_out
    }

    /// What the wheel and the state ask for that was not done yet.
    ///
    /// What the state asks for is meant for the current article; going to the other one moves nothing there.
    fn wishes(&mut self, ui: &Ui, state: &State, stage: Stage<'_>, zones: &Zones) -> Wishes {
        let has_pointer = ui.rect_contains_pointer(zones.view);
        let wheel = if has_pointer {
            ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y))
        } else {
            0.0
        };
        let frame = ui.ctx().cumulative_frame_nr();
        let pointed = self.pointed.is_some_and(|at| frame <= at + 1);
        let wishes = Wishes {
            wheel,
            pages: if stage.is_current {
                state.scroll_pages - self.pages_done
            } else {
                0
            },
            reveal: stage.is_current && state.reveal != self.seen_reveal && !pointed,
        };
        self.pages_done = state.scroll_pages;
        self.seen_reveal = state.reveal;
        wishes
    }

    /// Brings the view to where it should be, on an article that may be new or set anew.
    fn place(
        &mut self,
        ui: &Ui,
        state: &State,
        article: &OpenArticle,
        zones: &Zones,
        wishes: Wishes,
    ) -> Option<Sight> {
        let measure = Measure {
            width: zones.column.span(),
            style: TextStyle::of(&state.settings),
            pixels_per_point: ui.ctx().pixels_per_point(),
        };
        let height = zones.view.height();
        let wishes = match self.view.as_mut().filter(|view| view.is_of(article)) {
            Some(view) => {
                view.refit(ui.ctx(), article, measure, height);
                wishes
            }
            None => {
                self.view = Some(View::new(ui.ctx(), article, measure, height));
                Wishes::default()
            }
        };
        let view = self.view.as_mut()?;
        let marks = &mut self.marks;
        Some(view.place(ui, article, &state.codes, marks, zones, wishes))
    }
}

/// Tab, arrows and Escape belong to the reader while it has the keyboard.
fn keep_the_arrows(ui: &Ui, id: Id) {
    let filter = EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

fn empty(ui: &mut Ui, rect: Rect, theme: &Theme, is_loading: bool) {
    if is_loading {
        notice(ui, rect, theme, "Opening the article…", "");
    } else {
        let key = taught::in_words(CommandKind::Palette);
        let hint =
            format!("Choose one in the list, or press {key} and type a few letters of its name.");
        notice(ui, rect, theme, "No article is open.", &hint);
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

/// What the map's frame and the bar's thumb show.
fn extent(sight: &Sight, zones: &Zones) -> Extent {
    let (first, _) = view::upper_edge(&sight.placed, zones.view);
    let air = TOP_AIR + zones.view.height() * END_AIR;
    Extent {
        bytes: (first, view::lower_edge(&sight.placed, zones.view)),
        from: sight.from,
        total: sight.total + f64::from(air),
    }
}

/// The tooltip of what is under the pointer.
fn say_more(
    response: &egui::Response,
    state: &State,
    scene: &Scene<'_>,
    outcome: &Outcome,
    gesture: &Gesture,
) {
    if gesture.is_dragging() || response.context_menu_opened() {
        return;
    }
    let article = scene.article;
    let tip = |ui: &mut Ui| match &outcome.hovered {
        Some(Thing::Annotation(id)) => {
            if let Some(annotation) = article.annotation(id) {
                tip::show(ui, state, article, annotation);
            }
        }
        Some(Thing::Suggestion(at)) => {
            if let Some(suggestion) = article.suggestions.get(*at) {
                tip::suggestion(ui, article, suggestion);
            }
        }
        None => {}
    };
    if outcome.hovered.is_some() {
        response.clone().on_hover_ui_at_pointer(tip);
    }
}
