//! Where the regions stand, in wide and in narrow windows.
//!
//! Wide: list, reader with its strip, panel. Below 1100 points the list is a rail; where the text would have less than
//! some thirty characters beside it, the panel is away. Both come as sheets over the reader while they own the keys, and
//! leave with them. What they show is their own.

use egui::{
    Align2, Area, Color32, Context, Frame, Id, Key, LayerId, Margin, Order, Panel, Rect, RichText,
    Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::readers::LEAST;
use super::shell::Views;
use super::widgets::{self, Sign};
use super::{start, status, strip, theme, toasts, topbar, tour};
use crate::app::{Command, CommandKind, Group, Outbox, Region, Setting, State};

/// Below this width the list folds to a rail.
const FOLDS_LIST: f32 = 1100.0;
/// What a text needs beside the panel: what stands around its column, in points, and thirty characters, in sizes of type.
const GUTTERS: f32 = 110.0;
const THIRTY: f32 = 14.5;
/// Width of the rail.
const RAIL: f32 = 40.0;
/// The list's widths, in points.
const LIST: std::ops::RangeInclusive<f32> = 180.0..=320.0;
/// The panel's widths, in points.
const PANEL: std::ops::RangeInclusive<f32> = 280.0..=440.0;

/// What fits beside the reader, as of the last frame.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Layout {
    width: f32,
    /// The start page lies over an open folder: its path field is the way to another one without a dialog.
    pub(super) asks_path: bool,
}

impl Layout {
    /// Where notices stand.
    pub(super) fn notices(self, state: &State) -> toasts::Place {
        if state.folder.is_none() || self.asks_path {
            toasts::Place::Corner
        } else if self.is_list_docked(state) {
            toasts::Place::List(clamped(state.settings.left_width, &LIST))
        } else if state.page.is_some() {
            toasts::Place::Corner
        } else {
            toasts::Place::UnderText
        }
    }

    fn is_list_docked(self, state: &State) -> bool {
        !folds_list(state, self.width) && state.settings.list_open && !state.only_text
    }

    fn is_panel_docked(self, state: &State) -> bool {
        is_panel_docked(state, self.width)
    }

    /// Whether two articles have no room even where list and panel are folded.
    fn is_narrow(self, state: &State) -> bool {
        let rail = if state.settings.list_open { RAIL } else { 0.0 };
        self.width < 2.0 * LEAST + rail
    }

    /// A command as it is meant in this window; nothing, when it only puts the start page away again.
    ///
    /// In a narrow window "show or hide" means: bring the sheet, or put it away.
    pub(super) fn fitted(&mut self, command: Command, state: &State) -> Option<Command> {
        let sheet = match command {
            Command::Run(CommandKind::Back) if self.asks_path && state.page.is_none() => {
                self.asks_path = false;
                return None;
            }
            // The text is out of sight: nothing may be tagged in it.
            Command::Run(kind)
                if self.asks_path
                    && matches!(
                        kind.group(),
                        Group::Tag | Group::Edit | Group::Go | Group::Find
                    ) =>
            {
                return None;
            }
            Command::Open(_) | Command::OpenSample | Command::Run(CommandKind::OpenSample) => {
                self.asks_path = false;
                return Some(command);
            }
            Command::Run(CommandKind::ToggleList) if folds_list(state, self.width) => Region::List,
            Command::Run(CommandKind::TogglePanel) if folds_panel(state, self.width) => {
                Region::Panel
            }
            other => return Some(other),
        };
        let is_there = state.region == sheet;
        Some(Command::Focus(if is_there {
            Region::Reader
        } else {
            sheet
        }))
    }
}

/// Whether the panel stands beside the reader in a window of a width.
pub(super) fn is_panel_docked(state: &State, width: f32) -> bool {
    !folds_panel(state, width) && state.settings.panel_open && !state.only_text
}

/// What the texts need: two articles side by side come before the list and the panel.
fn least_text(state: &State) -> Option<f32> {
    let is_two = state.beside.is_some() && !state.is_narrow;
    is_two.then_some(2.0 * LEAST)
}

/// What is left for the panel beside the rail and the texts.
fn room_for_panel(state: &State, width: f32) -> f32 {
    let column = || GUTTERS + THIRTY * state.settings.reading_size;
    width - RAIL - least_text(state).unwrap_or_else(column)
}

/// Whether the panel is a sheet.
fn folds_panel(state: &State, width: f32) -> bool {
    room_for_panel(state, width) < *PANEL.start()
}

/// The width of the panel where it is docked: as it was set, or what a narrow window leaves.
fn panel_width(state: &State, width: f32) -> f32 {
    let room = room_for_panel(state, width);
    clamped(state.settings.right_width, &PANEL).min(room)
}

/// Whether the list is a rail.
fn folds_list(state: &State, width: f32) -> bool {
    let panel = if is_panel_docked(state, width) {
        panel_width(state, width)
    } else {
        0.0
    };
    let needs = |text| clamped(state.settings.left_width, &LIST) + text + panel;
    width < FOLDS_LIST || least_text(state).is_some_and(|text| width < needs(text))
}

/// Whether the strip is there; alone with the text, only to ask.
fn has_strip(state: &State) -> bool {
    state.folder.is_some() && (!state.only_text || state.pick.is_some() || state.find.is_open)
}

/// Draws all regions.
pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    layout: &mut Layout,
    views: &mut Views,
    out: &mut Outbox,
) {
    let colours = theme::theme(ui);
    layout.width = ui.available_width();
    let is_narrow = layout.is_narrow(state);
    if is_narrow != state.is_narrow {
        out.send(Command::Narrow(is_narrow));
    }
    if !state.only_text {
        bar(
            ui,
            Panel::top("top bar"),
            topbar::HEIGHT,
            colours.panel,
            |ui| topbar::show(ui, state, out),
        );
    }
    bar(
        ui,
        Panel::bottom("status bar"),
        status::height(state),
        colours.panel,
        |ui| status::show(ui, state, out),
    );
    let open = state.folder.as_ref().filter(|_| !layout.asks_path);
    let Some(folder) = open else {
        let ground = Frame::new().fill(colours.paper);
        egui::CentralPanel::no_frame()
            .frame(ground)
            .show(ui, |ui| views.start.show(ui, state, out));
        return;
    };
    if layout.is_list_docked(state) {
        let width = clamped(state.settings.left_width, &LIST);
        widgets::steer_edge(ui, "articles", Key::ArrowLeft, Key::ArrowRight);
        let shown = side(Panel::left("articles"), width, &LIST, colours.panel)
            .show(ui, |ui| views.library.show(whole(ui), state, out));
        widgets::name_edge(ui, "articles", "Edge of the articles");
        let rect = shown.response.rect;
        ui.painter()
            .vline(rect.right() - 0.5, rect.y_range(), colours.hairline());
        keep_width(
            ui,
            rect.width(),
            state.settings.left_width,
            Setting::ListWidth,
            out,
        );
    } else if state.settings.list_open && !state.only_text {
        rail(ui, state, out);
    }
    if layout.is_panel_docked(state) {
        docked_panel(ui, state, *layout, views, out);
    }
    if has_strip(state) {
        bar(
            ui,
            Panel::bottom("strip"),
            strip::HEIGHT,
            colours.paper,
            |ui| strip::show(ui, state, &mut views.find, out),
        );
    }
    if state.tour.is_some() {
        let panel = Panel::bottom("tour");
        bar(ui, panel, tour::HEIGHT, colours.panel, |ui| {
            tour::show(ui, state, out);
        });
    }
    if matches!(layout.notices(state), toasts::Place::UnderText) {
        views.toasts.show_under_text(ui, state, out);
    }
    let body = ui.available_rect_before_wrap();
    egui::CentralPanel::no_frame()
        .frame(Frame::new().fill(colours.paper))
        .show(ui, |ui| {
            if state.article().is_some() {
                views.readers.show(ui, state, out);
            } else {
                start::no_article(ui, state, folder, out);
            }
        });
    if state.region == Region::List && !layout.is_list_docked(state) {
        let width = clamped(state.settings.left_width, &LIST).min(body.width() - RAIL);
        let rect = Rect::from_min_size(body.min, vec2(width, body.height()));
        sheet(ui.ctx(), "articles sheet", rect, |ui| {
            views.library.show(ui, state, out)
        });
    }
    if state.region == Region::Panel && !layout.is_panel_docked(state) {
        let width = clamped(state.settings.right_width, &PANEL).min(body.width() - RAIL);
        let rect = Rect::from_min_size(
            pos2(body.right() - width, body.top()),
            vec2(width, body.height()),
        );
        sheet(ui.ctx(), "annotations sheet", rect, |ui| {
            views.panel.show(ui, state, out)
        });
    }
}

/// The panel beside the reader. Where it has less than it was set to, it has no edge to drag, and what was set is kept.
fn docked_panel(ui: &mut Ui, state: &State, layout: Layout, views: &mut Views, out: &mut Outbox) {
    let colours = theme::theme(ui);
    let width = panel_width(state, layout.width);
    let kept = state.settings.right_width;
    let is_squeezed = width < clamped(kept, &PANEL);
    let panel = if is_squeezed {
        side(
            Panel::right("annotations, squeezed"),
            width,
            &(width..=width),
            colours.panel,
        )
    } else {
        widgets::steer_edge(ui, "annotations", Key::ArrowRight, Key::ArrowLeft);
        let widest = room_for_panel(state, layout.width).min(*PANEL.end());
        side(
            Panel::right("annotations"),
            width,
            &(*PANEL.start()..=widest),
            colours.panel,
        )
    };
    let shown = panel
        .resizable(!is_squeezed)
        .show(ui, |ui| views.panel.show(whole(ui), state, out));
    let rect = shown.response.rect;
    ui.painter()
        .vline(rect.left() + 0.5, rect.y_range(), colours.hairline());
    if !is_squeezed {
        widgets::name_edge(ui, "annotations", "Edge of the annotations");
        keep_width(ui, rect.width(), kept, Setting::PanelWidth, out);
    }
}

fn clamped(width: f32, range: &std::ops::RangeInclusive<f32>) -> f32 {
    width.clamp(*range.start(), *range.end())
}

/// A bar of a fixed height with a line at its inner edge.
fn bar(ui: &mut Ui, panel: Panel, height: f32, ground: Color32, content: impl FnOnce(&mut Ui)) {
    let colours = theme::theme(ui);
    let above = ui.available_rect_before_wrap().top();
    let frame = Frame::new()
        .fill(ground)
        .inner_margin(Margin::symmetric(10, 0));
    let shown = panel
        .exact_size(height)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, content);
    let rect = shown.response.rect;
    let is_top =
        (rect.top() - above).abs() < 1.0 && rect.bottom() < ui.ctx().content_rect().center().y;
    let y = if is_top {
        rect.bottom() - 0.5
    } else {
        rect.top() + 0.5
    };
    ui.painter().hline(rect.x_range(), y, colours.hairline());
}

fn side(panel: Panel, width: f32, range: &std::ops::RangeInclusive<f32>, ground: Color32) -> Panel {
    panel
        .default_size(width)
        .size_range(range.clone())
        .resizable(true)
        .show_separator_line(false)
        .frame(Frame::new().fill(ground))
}

/// A region takes its whole width, whatever is in it: else the panel would shrink to its content.
fn whole(ui: &mut Ui) -> &mut Ui {
    ui.set_min_size(ui.available_size());
    ui
}

/// A width is kept when the pointer has let go of the edge.
fn keep_width(ui: &Ui, now: f32, kept: f32, setting: fn(f32) -> Setting, out: &mut Outbox) {
    let is_dragged = ui.input(|input| input.pointer.any_down());
    if !is_dragged && (now - kept).abs() >= 1.0 && ui.ctx().cumulative_pass_nr() > 2 {
        out.send(Command::Set(setting(now)));
    }
}

/// What is left of the list in a narrow window: the way to it, and where we are.
fn rail(ui: &mut Ui, state: &State, out: &mut Outbox) {
    let colours = theme::theme(ui);
    let frame = Frame::new()
        .fill(colours.panel)
        .inner_margin(Margin::symmetric(6, 8));
    let shown = Panel::left("rail")
        .exact_size(RAIL)
        .resizable(false)
        .show_separator_line(false)
        .frame(frame);
    let rect = shown
        .show(ui, |ui| {
            ui.vertical_centered(|ui| {
                let is_open = state.region == Region::List;
                let (sign, name) = if is_open {
                    (Sign::Left, "Put the list away")
                } else {
                    (Sign::Right, "Show the articles")
                };
                let button = widgets::sign_button(ui, sign, name, true);
                if button.clicked() {
                    out.send(Command::Focus(if is_open {
                        Region::Reader
                    } else {
                        Region::List
                    }));
                }
                button.on_hover_text(widgets::with_key(name, CommandKind::ToggleList));
                if let Some((at, total)) = position(state) {
                    ui.add_space(4.0);
                    let text = |text: String| {
                        RichText::new(text)
                            .text_style(theme::label())
                            .color(colours.muted)
                    };
                    ui.label(text(at.to_string()));
                    ui.label(text(format!("of {total}")));
                }
            });
        })
        .response
        .rect;
    ui.painter()
        .vline(rect.right() - 0.5, rect.y_range(), colours.hairline());
}

fn position(state: &State) -> Option<(usize, usize)> {
    let folder = state.folder.as_ref()?;
    Some((
        folder.rows.at(state.current.as_ref()?)? + 1,
        folder.rows.len(),
    ))
}

/// A region over the reader.
fn sheet(ctx: &Context, name: &str, rect: Rect, content: impl FnOnce(&mut Ui)) {
    let colours = theme::theme_of(ctx);
    Area::new(Id::unique(name))
        .order(Order::Middle)
        .fixed_pos(rect.min)
        .constrain(false)
        .fade_in(false)
        .show(ctx, |ui| {
            // Clicks between the controls stay on the sheet.
            ui.interact(rect, Id::unique((name, "ground")), Sense::click_and_drag());
            let shadow = ui.visuals().window_shadow;
            ui.painter().add(shadow.as_shape(rect, 0.0));
            ui.painter().rect(
                rect,
                0.0,
                colours.panel,
                colours.hairline(),
                StrokeKind::Inside,
            );
            let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect));
            inner.set_clip_rect(rect);
            content(&mut inner);
            ui.advance_cursor_after_rect(rect);
        });
}

/// Says what happens to files that are held over the window.
pub(super) fn drop_overlay(ctx: &Context) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let colours = theme::theme_of(ctx);
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
    let whole = ctx.content_rect();
    painter.rect_filled(whole, 0.0, colours.paper.gamma_multiply(0.92));
    painter.rect_stroke(
        whole.shrink(12.0),
        8.0,
        Stroke::new(2.0, colours.ring),
        StrokeKind::Inside,
    );
    let font = egui::FontId::new(24.0, theme::reading());
    painter.text(
        whole.center(),
        Align2::CENTER_CENTER,
        "Drop it here to open it.",
        font,
        colours.ink,
    );
}
