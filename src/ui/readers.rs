//! One reader, or two articles side by side: their heads, the divider between them, and which of them has the keys.
//!
//! A reader keeps its place on the screen and everything it remembers when the other one becomes current. Where the
//! window has no room for both, the current one is shown, and the heads say what stands behind it.

use egui::accesskit::{Action, Role};
use egui::{
    Align, CursorIcon, Id, Key, Modifiers, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::library::{line, sign};
use super::reader::{FOCUS_IDS, Reader, Stage};
use super::{taught, theme, widgets};
use crate::app::{Command, CommandKind, OpenArticle, Outbox, Setting, State};

/// An article beside another one is never narrower, in points.
pub(super) const LEAST: f32 = 420.0;
/// Height of a head.
const HEAD: f32 = 30.0;
/// How far from the divider a drag may begin.
const GRIP: f32 = 4.0;
/// How far an arrow moves it, as a part of the room.
const STEP: f32 = 0.02;

/// The readers, left and right. One alone is the left one.
#[derive(Debug, Default)]
pub(super) struct Readers {
    readers: [Reader; 2],
    /// Where the divider is dragged to, as a part of the room.
    dragged: Option<f32>,
}

/// Which of the readers shows the current article.
fn current_slot(state: &State) -> usize {
    usize::from(state.beside.as_ref().is_some_and(|beside| beside.is_left))
}

/// The widget that has the keyboard while the text has it.
pub(super) fn focus_id(state: &State) -> Id {
    Id::unique(FOCUS_IDS[current_slot(state)])
}

impl Readers {
    /// Draws them into all the room there is.
    pub(super) fn show(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        let current = current_slot(state);
        // A reader goes with its article when the other one was taken away.
        let is_elsewhere = |slot: usize| {
            let article = state.article();
            article.is_some_and(|a| self.readers[slot].is_of(a))
        };
        if is_elsewhere(1 - current) && !is_elsewhere(current) {
            self.readers.swap(0, 1);
        }
        let room = ui.available_rect_before_wrap();
        if state.beside.is_none() {
            return self.reader(ui, room, current, state, out);
        }
        if state.is_narrow {
            let (heads, below) = room.split_top_bottom_at_y(room.top() + HEAD);
            for (slot, within) in halves(heads, heads.center().x) {
                head(ui, within, slot, state, out);
            }
            return self.reader(ui, below, current, state, out);
        }
        let least = (LEAST / room.width()).min(0.5);
        let part = self.dragged.unwrap_or(state.settings.split);
        let part = part.clamp(least, 1.0 - least);
        let x = (room.left() + room.width() * part).round();
        // Tab leaves the texts for the panel: what it is to reach comes before them.
        let (heads, below) = room.split_top_bottom_at_y(room.top() + HEAD);
        for (slot, within) in halves(heads, x) {
            head(ui, within, slot, state, out);
        }
        let hairline = theme::theme(ui).hairline();
        ui.painter().vline(x, room.y_range(), hairline);
        self.divider(ui, room, x, least, out);
        let [(_, left), (_, right)] = halves(below, x);
        self.reader(ui, left.with_max_x(x - GRIP), 0, state, out);
        self.reader(ui, right.with_min_x(x + GRIP), 1, state, out);
    }

    fn reader(&mut self, ui: &mut Ui, rect: Rect, slot: usize, state: &State, out: &mut Outbox) {
        let is_current = slot == current_slot(state);
        let stage = Stage {
            slot,
            is_current,
            article: article_of(state, slot),
        };
        let builder = egui::UiBuilder::new()
            .max_rect(rect)
            .scope_id(Id::unique(("reader in its place", slot)));
        let reader = &mut self.readers[slot];
        ui.scope_builder(builder, |ui| reader.show(ui, state, stage, out));
    }

    /// A drag of the divider moves it at once and is kept when it ends, the arrows move it while it has the keyboard, and
    /// a double click halves the room.
    fn divider(&mut self, ui: &Ui, room: Rect, x: f32, least: f32, out: &mut Outbox) {
        let part = (x - room.left()) / room.width();
        let grip = Rect::from_x_y_ranges(x - GRIP..=x + GRIP, room.y_range());
        let response = ui.interact(grip, Id::unique("divider"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo {
            value: Some(f64::from(part * 100.0)),
            ..WidgetInfo::labeled(Role::Splitter, true, "Divider between the articles")
        });
        let id = response.id;
        ui.ctx().accesskit_node_builder(id, |node| {
            node.add_action(Action::Increment);
            node.add_action(Action::Decrement);
        });
        let mut steps = ui.input(|input| {
            input.num_accesskit_action_requests(id, Action::Increment) as f32
                - input.num_accesskit_action_requests(id, Action::Decrement) as f32
        });
        if response.has_focus() {
            widgets::hold_arrows(ui, id);
            let pressed = |key| {
                ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as f32
            };
            steps += pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
        }
        if steps != 0.0 {
            let wanted = (part + steps * STEP).clamp(least, 1.0 - least);
            out.send(Command::Set(Setting::Split(wanted)));
        }
        if response.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
        }
        if response.hovered() || response.dragged() || response.has_focus() {
            let stroke = Stroke::new(3.0, theme::theme(ui).ring);
            ui.painter().vline(x, room.y_range(), stroke);
        }
        if response.dragged()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            self.dragged = Some((pointer.x - room.left()) / room.width());
        }
        if response.drag_stopped() {
            self.dragged = None;
            out.send(Command::Set(Setting::Split(part)));
        }
        if response.double_clicked() {
            out.send(Command::Set(Setting::Split(0.5)));
        }
    }
}

/// Left and right of an upright line.
fn halves(room: Rect, x: f32) -> [(usize, Rect); 2] {
    let (left, right) = room.split_left_right_at_x(x);
    [(0, left), (1, right)]
}

fn article_of(state: &State, slot: usize) -> Option<&OpenArticle> {
    if slot == current_slot(state) {
        state.article()
    } else {
        state.other_article()
    }
}

/// The line over a reader: which article it is, whether the keys go to it, and a cross that takes it away.
fn head(ui: &mut Ui, within: Rect, slot: usize, state: &State, out: &mut Outbox) {
    let colours = theme::theme(ui);
    let is_current = slot == current_slot(state);
    let key = match &state.beside {
        Some(beside) if !is_current => Some(&beside.key),
        _ => state.current.as_ref(),
    };
    let Some(key) = key else {
        return;
    };
    let title = article_of(state, slot).map_or_else(|| "Opening…".to_owned(), OpenArticle::title);
    let side = if slot == 0 { "Left" } else { "Right" };
    let response = ui.interact(within, Id::unique(("reader head", slot)), Sense::click());
    let ground = if is_current || response.hovered() {
        colours.row
    } else {
        colours.panel
    };
    ui.painter().rect_filled(within, 0.0, ground);
    if response.has_focus() {
        let ring = Stroke::new(2.0, colours.ring);
        ui.painter()
            .rect_stroke(within, 0.0, ring, StrokeKind::Inside);
    }
    let foot = within.bottom();
    if is_current {
        let stroke = Stroke::new(2.0, colours.ring);
        ui.painter().hline(within.x_range(), foot - 1.0, stroke);
    } else {
        let y = foot - 0.5;
        ui.painter().hline(within.x_range(), y, colours.hairline());
    }

    let cross = Rect::from_center_size(
        pos2(within.right() - 18.0, within.center().y),
        vec2(22.0, 22.0),
    );
    let words = Rect::from_min_max(
        pos2(within.left() + 12.0, within.top()),
        pos2(cross.left() - 6.0, foot),
    );
    let (style, ink) = if is_current {
        (theme::strong(), colours.ink)
    } else {
        (theme::body(), colours.muted)
    };
    // The file tells two versions of an article apart, whose headlines are the same.
    let file = line::lay(ui, key, &theme::small(), colours.muted, words.width() / 2.0);
    let title_ends = words.right() - file.size().x - 12.0;
    line::paint(ui, file, words, Align::Max);
    line::left(ui, words.with_max_x(title_ends), &title, &style, ink);

    let label = format!("{side} article: {title}, {key}");
    response.widget_info(|| WidgetInfo::labeled(Role::Tab, true, &label));
    let tell = |node: &mut egui::accesskit::Node| node.set_selected(is_current);
    ui.ctx().accesskit_node_builder(response.id, tell);
    if response.clicked() && !is_current {
        out.send(Command::OtherArticle);
    }
    response.on_hover_ui(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.label(&title);
        ui.weak(&**key);
        ui.weak(if is_current {
            "Panel and keys are about this article.".to_owned()
        } else {
            format!(
                "{} goes to it.",
                taught::in_words(CommandKind::OtherArticle)
            )
        });
    });
    close(ui, cross, slot, key, out);
}

fn close(ui: &Ui, at: Rect, slot: usize, key: &crate::app::ArticleKey, out: &mut Outbox) {
    let colours = theme::theme(ui);
    let response = ui.interact(at, Id::unique(("close reader", slot)), Sense::click());
    widgets::ground(ui, at, &response, false);
    let ink = if response.hovered() {
        colours.ink
    } else {
        colours.muted
    };
    sign::cross(ui.painter(), at.center(), ink);
    let name = format!("Close {key}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.clicked() {
        out.send(Command::CloseBeside(key.clone()));
    }
    response.on_hover_text(format!(
        "Closes this article here. {} closes the one that is not current.",
        taught::in_words(CommandKind::Beside)
    ));
}
