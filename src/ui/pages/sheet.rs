//! The sheet that every page lies on: over the window, with a title and a way out, keeping the keyboard inside.

use egui::accesskit::Role;
use egui::{
    Align, Align2, Frame, Id, Key, Label, Layout, Margin, Modal, Modifiers, RichText, Sense, Ui,
    vec2,
};

use crate::app::{Command, Outbox, Page};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{Sign, sign_button};

const AIR: f32 = 48.0;
const TOP: f32 = 72.0;
const PADDING: i8 = 20;

/// Where a sheet lies and how wide it is.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Which page it shows.
    pub page: Page,
    /// Its title.
    pub title: &'a str,
    /// Its width in points, where the window is wide enough.
    pub width: f32,
    /// Whether it hangs from the top and has no head of its own.
    pub is_bare: bool,
}

impl Sheet<'_> {
    /// Draws the sheet round its content; a click beside it and ✕ close it, unless it asks for a decision.
    pub fn show(self, ui: &Ui, out: &mut Outbox, add: impl FnOnce(&mut Ui, &mut Outbox)) {
        let colours = theme(ui);
        let id = Id::unique(("page", self.page));
        let screen = ui.ctx().content_rect();
        let area = Modal::default_area(id)
            .accessible_name(self.title)
            .role(Role::Dialog);
        let area = if self.is_bare {
            area.anchor(
                Align2::CENTER_TOP,
                vec2(0.0, TOP.min(screen.height() / 8.0)),
            )
        } else {
            area
        };
        let padding = if self.is_bare { 8 } else { PADDING };
        let frame = Frame::popup(ui.style())
            .fill(colours.panel)
            .corner_radius(8)
            .inner_margin(Margin::same(padding));
        let response = Modal::new(id).area(area).frame(frame).show(ui.ctx(), |ui| {
            let room = screen.width() - AIR - 2.0 * f32::from(padding);
            ui.set_width(self.width.min(room));
            // An area begins at egui's own default height; a page may be as high as the window allows.
            ui.set_max_height(screen.height() - AIR);
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            ui.spacing_mut().icon_spacing = 8.0;
            if !self.is_bare {
                self.head(ui, out);
            }
            add(ui, out);
        });
        // It is centred by the size that it had: where that changed, the next frame puts it right.
        let rect = response.response.rect;
        let is_off = (rect.center() - screen.center()).abs().max_elem() > 1.0;
        if is_off && !self.is_bare && rect.height() < screen.height() {
            ui.ctx().request_repaint();
        }
        if response.backdrop_response.clicked() && !self.page.is_question() {
            out.send(Command::Show(None));
        }
    }

    fn head(self, ui: &mut Ui, out: &mut Outbox) {
        ui.horizontal(|ui| {
            let title = RichText::new(self.title).text_style(theme::title());
            let title = Label::new(title).sense(Sense::focusable_noninteractive());
            let title = ui.add(title);
            // As long as nothing on the sheet has the keyboard its title does, so that one hears what it is.
            if ui.memory(|memory| memory.focused().is_none()) {
                title.request_focus();
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let response =
                    sign_button(ui, Sign::Close, "Close", true).on_hover_text("Close  Esc");
                if response.clicked() {
                    out.send(Command::Show(None));
                }
            });
        });
    }
}

/// The height that a sheet's scrolling part may have.
pub fn scroll_height(ui: &Ui) -> f32 {
    (ui.ctx().content_rect().height() - 200.0).max(120.0)
}

/// A title inside a sheet.
pub fn section(ui: &mut Ui, title: &str) {
    ui.add_space(4.0);
    ui.label(RichText::new(title).text_style(theme::strong()));
}

/// Words of second rank, wrapped.
pub fn aside(ui: &mut Ui, text: impl Into<String>) {
    let ink = theme(ui).muted;
    ui.add(Label::new(RichText::new(text).color(ink)).wrap());
}

/// Scrolls with the keys that scroll a page of text; to be called inside the scroll area.
pub fn scroll_by_keys(ui: &Ui) {
    const LINE: f32 = 48.0;
    let page = ui.clip_rect().height() - LINE;
    let keys = [
        (Key::ArrowDown, LINE),
        (Key::ArrowUp, -LINE),
        (Key::PageDown, page),
        (Key::Space, page),
        (Key::PageUp, -page),
        (Key::End, f32::MAX),
        (Key::Home, f32::MIN),
    ];
    let by: f32 = ui.input_mut(|input| {
        keys.into_iter()
            .filter(|(key, _)| input.consume_key(Modifiers::NONE, *key))
            .map(|(_, by)| by)
            .sum()
    });
    if by != 0.0 {
        // Far beyond either end is the end.
        let delta = vec2(0.0, -by.clamp(-1e6, 1e6));
        ui.scroll_with_delta_animation(delta, egui::style::ScrollAnimation::none());
    }
}
