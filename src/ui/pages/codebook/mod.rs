//! The folder's codebook: its codes as a list, the chosen one beside it to be changed, and a field for new ones.
//!
//! Every change counts at once and is a step to undo. What is being typed is kept when its field is left.

mod editor;

use egui::accesskit::Role;
use egui::{
    Align2, Button, Id as WidgetId, Key, Modifiers, Response, ScrollArea, Sense, TextEdit, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use self::editor::Slot;
use super::sheet::{Sheet, aside, scroll_height, section};
use crate::app::{CodeChange, Command, Outbox, Page, State};
use crate::model::{Code, Id};
use crate::ui::library::line;
use crate::ui::theme::{self, theme};
use crate::ui::widgets;

const WIDTH: f32 = 780.0;
const LIST: f32 = 264.0;
const GAP: f32 = 20.0;
const ROW: f32 = 30.0;
const HEIGHT: f32 = 500.0;
/// The id of the field for new codes.
const NEW: &str = "new code";
/// How much a code stands in under its parent.
const INDENT: f32 = 16.0;

/// What the page remembers while it is open.
#[derive(Debug, Default)]
pub struct CodebookPage {
    chosen: Option<Id>,
    new: String,
    /// Whether the field for new codes is to take the keyboard.
    wants_field: bool,
    /// What is being typed, and where.
    draft: Option<(Id, Slot, String)>,
    /// The digit that was asked for and is another code's.
    clash: Option<(Id, u8)>,
    /// The code that is about to be taken out.
    removing: Option<Id>,
    /// How many codes there were in the last frame: a new one is chosen.
    count: usize,
}

impl CodebookPage {
    /// Hands over what was typed and not kept yet, when the page is gone.
    pub fn close(&mut self, state: &State, out: &mut Outbox) {
        self.keep(state, out);
        (self.clash, self.removing) = (None, None);
        self.new.clear();
    }

    /// Draws the page; new, it gives the keyboard to the field for new codes.
    pub fn show(&mut self, ui: &Ui, state: &State, is_new: bool, out: &mut Outbox) {
        let sheet = Sheet {
            page: Page::Codebook,
            title: "Codebook",
            width: WIDTH,
            is_bare: false,
        };
        self.wants_field |= is_new;
        sheet.show(ui, out, |ui, out| {
            if let Some(why) = &state.codes.readonly {
                widgets::warning(ui, &format!("Read only: {why}"));
            }
            let codes: Vec<&Code> = state.codes.book.current().collect();
            if codes.len() > self.count && self.count > 0 || self.chosen.is_none() {
                self.chosen = codes.last().map(|code| code.id.clone());
            }
            if self.count == 0 {
                self.chosen = codes.first().map(|code| code.id.clone());
            }
            self.count = codes.len();
            if codes.is_empty() {
                empty(ui);
                self.field(ui, state, out);
                return;
            }
            let height = HEIGHT.min(scroll_height(ui));
            let width = ui.available_width();
            let (area, _) = ui.allocate_exact_size(vec2(width, height), Sense::empty());
            let (left, right) = area.split_left_right_at_x(area.left() + LIST);
            ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
                let codes_height = height - ROW - 16.0;
                ScrollArea::vertical()
                    .id_salt("codes")
                    .max_height(codes_height)
                    .auto_shrink(false)
                    .show(ui, |ui| {
                        self.list(ui, state, &codes, out);
                        widgets::follow_tab(ui);
                    });
                self.field(ui, state, out);
            });
            let right = right.with_min_x(right.left() + GAP);
            ui.painter().vline(
                right.left() - GAP / 2.0,
                area.y_range(),
                theme(ui).hairline(),
            );
            ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
                ScrollArea::vertical()
                    .id_salt("code")
                    .auto_shrink(false)
                    .show(ui, |ui| {
                        self.chosen(ui, state, out);
                        widgets::follow_tab(ui);
                    });
            });
        });
    }

    fn list(&mut self, ui: &mut Ui, state: &State, codes: &[&Code], out: &mut Outbox) {
        ui.spacing_mut().item_spacing.y = 2.0;
        for code in codes {
            let is_chosen = self.chosen.as_ref() == Some(&code.id);
            if row(ui, state, code, is_chosen).clicked() {
                self.keep(state, out);
                (self.clash, self.removing) = (None, None);
                self.chosen = Some(code.id.clone());
            }
        }
    }

    fn field(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        ui.add_space(8.0);
        ui.add_enabled_ui(state.codes.readonly.is_none(), |ui| {
            ui.horizontal(|ui| {
                let id = WidgetId::unique(NEW);
                let field = TextEdit::singleline(&mut self.new)
                    .id(id)
                    .hint_text("A new code")
                    .align(Align2::LEFT_CENTER)
                    .min_size(vec2(0.0, 28.0))
                    .desired_width(LIST - 76.0);
                let response = ui.add(field).accessible_name("Name of a new code");
                // A sheet that is just coming takes no keyboard yet: until it does.
                if self.wants_field {
                    self.wants_field = !response.has_focus();
                    response.request_focus();
                }
                let enter =
                    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                let can_add = !self.new.trim().is_empty();
                let add = ui
                    .add_enabled(can_add, Button::new("Add"))
                    .on_hover_text("Adds a code, with a digit and a colour that are free (Enter)");
                if can_add && (enter || add.clicked()) {
                    let name = std::mem::take(&mut self.new);
                    self.keep(state, out);
                    out.send(Command::ChangeCodes(CodeChange::New(name)));
                    // The next one can be typed at once.
                    response.request_focus();
                }
            });
        });
    }

    fn chosen(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        let code = self.chosen.as_ref().and_then(|id| state.codes.book.get(id));
        match code.filter(|code| !code.removed) {
            Some(code) => {
                let can_edit = state.codes.readonly.is_none();
                ui.add_enabled_ui(can_edit, |ui| self.editor(ui, state, code, out));
            }
            None => aside(ui, "Choose a code."),
        }
    }
}

/// A code in the list: colour, digit, name.
fn row(ui: &mut Ui, state: &State, code: &Code, is_chosen: bool) -> Response {
    let colours = theme(ui);
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    widgets::ground(ui, rect, &response, is_chosen);
    let indent = INDENT * state.codes.book.depth(code).min(6) as f32;
    let inner = rect.shrink2(vec2(8.0, 0.0));
    let inner = inner.with_min_x(inner.left() + indent);
    let stripe =
        egui::Rect::from_center_size(pos2(inner.left() + 3.0, inner.center().y), vec2(6.0, 16.0));
    ui.painter()
        .rect_filled(stripe, 1.0, colours.code(&code.colour));
    let digit = code.key.map(|key| key.to_string()).unwrap_or_default();
    let at = inner.with_min_x(inner.left() + 14.0);
    line::left(ui, at, &digit, &theme::small(), colours.muted);
    let at = inner.with_min_x(inner.left() + 28.0);
    line::left(ui, at, &code.name, &theme::body(), colours.ink);
    let name = match code.key {
        Some(key) => format!("{}, digit {key}", code.name),
        None => format!("{}, no digit", code.name),
    };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, &name));
    match code.definition.as_str() {
        "" => response,
        definition => response.on_hover_text(definition),
    }
}

fn empty(ui: &mut Ui) {
    section(ui, "No codes yet");
    aside(
        ui,
        "A code is a label of your own: economy, health, blame. Type a name, and Enter adds it with a digit and a \
         colour. In the text, the digit then tags what has the focus; E finds a code by its name.",
    );
    aside(
        ui,
        "The codes belong to this folder. They are kept beside the articles, in pressmark.codebook.json, for everybody \
         who works on them.",
    );
}

/// Whether Ctrl+Enter was pressed in a field: what was typed is kept.
fn enter(ui: &Ui, response: &Response) -> bool {
    response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter))
}
