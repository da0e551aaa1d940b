//! The chosen code: name, digit, colour, place, meaning, and the way to take it out.

use egui::accesskit::Role;
use egui::{
    Align2, Button, ComboBox, Id as WidgetId, Response, RichText, Sense, Stroke, StrokeKind,
    TextEdit, Ui, WidgetInfo, vec2,
};

use super::{CodebookPage, enter};
use crate::app::{CodeChange, Command, Direction, Outbox, State, in_marks};
use crate::model::{CODE_COLOURS, Code};
use crate::ui::library::sign;
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{self, counted};

const LABEL: f32 = 84.0;
const CONTROL: f32 = 28.0;
const SWATCH: f32 = 24.0;

/// A text of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Name,
    Definition,
    Include,
    Exclude,
}

impl Slot {
    const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Definition => "Meaning",
            Self::Include => "Use it",
            Self::Exclude => "Do not use it",
        }
    }

    const fn hint(self) -> &'static str {
        match self {
            Self::Name => "what coders see",
            Self::Definition => "What it means, in a sentence",
            Self::Include => "When, with an example",
            Self::Exclude => "When, and what to take instead",
        }
    }

    fn of(self, code: &Code) -> &str {
        match self {
            Self::Name => &code.name,
            Self::Definition => &code.definition,
            Self::Include => &code.include,
            Self::Exclude => &code.exclude,
        }
    }

    fn set(self, code: &mut Code, text: String) {
        let slot = match self {
            Self::Name => &mut code.name,
            Self::Definition => &mut code.definition,
            Self::Include => &mut code.include,
            Self::Exclude => &mut code.exclude,
        };
        *slot = text;
    }
}

impl CodebookPage {
    /// Sends what is being typed, if it says something new.
    pub(super) fn keep(&mut self, state: &State, out: &mut Outbox) {
        let Some((id, slot, text)) = self.draft.take() else {
            return;
        };
        let text = text.trim();
        if let Some(code) = state.codes.book.get(&id)
            && slot.of(code) != text
        {
            let mut code = code.clone();
            slot.set(&mut code, text.to_owned());
            out.send(Command::ChangeCodes(CodeChange::Set(Box::new(code))));
        }
    }

    pub(super) fn editor(&mut self, ui: &mut Ui, state: &State, code: &Code, out: &mut Outbox) {
        ui.spacing_mut().item_spacing.y = 8.0;
        self.text(ui, state, code, Slot::Name, out);
        labelled(ui, "Digit", |ui| self.digits(ui, state, code, out));
        self.clash(ui, state, code, out);
        labelled(ui, "Colour", |ui| swatches(ui, code, out));
        labelled(ui, "Under", |ui| parent(ui, state, code, out));
        for slot in [Slot::Definition, Slot::Include, Slot::Exclude] {
            self.text(ui, state, code, slot, out);
        }
        self.foot(ui, state, code, out);
    }

    fn text(&mut self, ui: &mut Ui, state: &State, code: &Code, slot: Slot, out: &mut Outbox) {
        let typed = self.draft.as_ref();
        let typed = typed.filter(|(id, at, _)| *id == code.id && *at == slot);
        let mut text = typed.map_or_else(|| slot.of(code).to_owned(), |(_, _, text)| text.clone());
        labelled_high(ui, slot.label(), |ui| {
            let edit = match slot {
                Slot::Name => TextEdit::singleline(&mut text)
                    .align(Align2::LEFT_CENTER)
                    .min_size(vec2(0.0, CONTROL)),
                _ => TextEdit::multiline(&mut text).desired_rows(2),
            };
            let edit = edit
                .id(WidgetId::unique(("code", code.id.as_str(), slot.label())))
                .hint_text(RichText::new(slot.hint()).color(theme(ui).muted))
                .desired_width(ui.available_width());
            let response = ui.add(edit).accessible_name(slot.label());
            if response.changed() {
                self.draft = Some((code.id.clone(), slot, text));
            }
            let is_mine = |draft: &(_, Slot, String)| draft.1 == slot;
            if (response.lost_focus() || enter(ui, &response))
                && self.draft.as_ref().is_some_and(is_mine)
            {
                self.keep(state, out);
            }
        });
    }

    fn digits(&mut self, ui: &mut Ui, state: &State, code: &Code, out: &mut Outbox) {
        ui.spacing_mut().item_spacing.x = 4.0;
        let all = [None].into_iter().chain((1..=9).map(Some));
        for key in all {
            let holder = key.and_then(|key| state.codes.book.of_key(key));
            let holder = holder.filter(|other| other.id != code.id);
            let (shown, name, told) = match (key, holder) {
                (None, _) => (
                    "none".to_owned(),
                    "No digit".to_owned(),
                    "Only by its name".to_owned(),
                ),
                (Some(key), None) => (
                    key.to_string(),
                    format!("Digit {key}"),
                    "Tags with this code".to_owned(),
                ),
                (Some(key), Some(other)) => (
                    key.to_string(),
                    format!("Digit {key}, {} has it", other.name),
                    format!("{} has it", in_marks(&other.name)),
                ),
            };
            let is_mine = code.key == key;
            let ink = match holder {
                Some(_) => theme(ui).muted,
                None => theme(ui).ink,
            };
            let button = Button::new(RichText::new(shown).color(ink))
                .selected(is_mine)
                .min_size(vec2(28.0, CONTROL));
            let response = ui.add(button);
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_mine, &name));
            if response.clicked() && !is_mine {
                match (key, holder) {
                    (Some(key), Some(_)) => self.clash = Some((code.id.clone(), key)),
                    _ => {
                        self.clash = None;
                        let change = CodeChange::Key(code.id.clone(), key);
                        out.send(Command::ChangeCodes(change));
                    }
                }
            }
            response.on_hover_text(told);
        }
    }

    /// A digit has one code: the other one gets what this one had, if that is wanted.
    fn clash(&mut self, ui: &mut Ui, state: &State, code: &Code, out: &mut Outbox) {
        let asked = self.clash.clone().filter(|(id, _)| *id == code.id);
        let Some((id, key)) = asked else {
            return;
        };
        let Some(other) = state.codes.book.of_key(key) else {
            self.clash = None;
            return;
        };
        let gets = match code.key {
            Some(own) => format!("It would get {own}."),
            None => "It would have none.".to_owned(),
        };
        labelled(ui, "", |ui| {
            let told = format!("{} has the digit {key}. {gets}", in_marks(&other.name));
            ui.label(told);
            if ui.button("Swap").clicked() {
                self.clash = None;
                out.send(Command::ChangeCodes(CodeChange::Key(id, Some(key))));
            }
            if ui.button("Leave it").clicked() {
                self.clash = None;
            }
        });
    }

    fn foot(&mut self, ui: &mut Ui, state: &State, code: &Code, out: &mut Outbox) {
        let (uses, articles) = state.uses(code);
        let used = match uses {
            0 => "Not used yet, as far as this folder is read.".to_owned(),
            _ => format!(
                "Given {} in {}, as far as this folder is read.",
                counted(uses, "time"),
                counted(articles, "article")
            ),
        };
        ui.add_space(4.0);
        widgets::muted(ui, used);
        if self.removing.as_ref() == Some(&code.id) {
            let stays = match uses {
                0 => String::new(),
                _ => " Annotations that have it stay, shown as “not in the codebook”.".to_owned(),
            };
            let told = format!("Take {} out of the codebook?{stays}", in_marks(&code.name));
            widgets::warning(ui, &told);
            let answers = ui.horizontal(|ui| {
                if ui.button("Take it out").clicked() {
                    self.removing = None;
                    self.draft = None;
                    self.chosen = next_of(state, code);
                    let change = CodeChange::Remove(code.id.clone());
                    out.send(Command::ChangeCodes(change));
                }
                if ui.button("Keep it").clicked() {
                    self.removing = None;
                }
            });
            // In a low window the question would stand below the edge.
            answers.response.scroll_to_me(None);
            return;
        }
        ui.horizontal(|ui| {
            let mut order = state.codes.book.current().map(|other| &other.id);
            let is_first = order.next() == Some(&code.id);
            let is_last = order.last().is_none_or(|id| *id == code.id);
            for (name, way, is_there) in [
                ("Move up", Direction::Back, is_first),
                ("Move down", Direction::Forward, is_last),
            ] {
                if ui.add_enabled(!is_there, Button::new(name)).clicked() {
                    let change = CodeChange::Move(code.id.clone(), way);
                    out.send(Command::ChangeCodes(change));
                }
            }
            let remove = ui.button("Take out…");
            if remove
                .on_hover_text("Takes the code out of the codebook; nothing that has it is removed")
                .clicked()
            {
                self.removing = Some(code.id.clone());
            }
        });
    }
}

/// The code that is chosen once this one is gone.
fn next_of(state: &State, code: &Code) -> Option<crate::model::Id> {
    let codes: Vec<&Code> = state.codes.book.current().collect();
    let at = codes.iter().position(|other| other.id == code.id)?;
    let next = codes.get(at + 1).or_else(|| codes.get(at.checked_sub(1)?));
    next.map(|code| code.id.clone())
}

fn labelled(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| labelled_in(ui, label, add));
}

/// The same for what is higher than a line.
fn labelled_high(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| labelled_in(ui, label, add));
}

fn labelled_in(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    let ink = theme(ui).muted;
    let (rect, _) = ui.allocate_exact_size(vec2(LABEL, CONTROL), Sense::empty());
    crate::ui::library::line::left(ui, rect, label, &theme::small(), ink);
    add(ui);
}

fn swatches(ui: &mut Ui, code: &Code, out: &mut Outbox) {
    ui.spacing_mut().item_spacing.x = 6.0;
    for colour in CODE_COLOURS {
        let is_mine = code.colour.eq_ignore_ascii_case(colour.hex);
        let response = swatch(ui, colour.hex, colour.name, is_mine);
        if response.clicked() && !is_mine {
            let code = Code {
                colour: colour.hex.to_owned(),
                ..code.clone()
            };
            out.send(Command::ChangeCodes(CodeChange::Set(Box::new(code))));
        }
    }
}

fn swatch(ui: &mut Ui, hex: &str, name: &str, is_mine: bool) -> Response {
    let colours = theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(SWATCH, SWATCH), Sense::click());
    let painter = ui.painter();
    painter.rect_filled(rect.shrink(4.0), 3.0, colours.code(hex));
    let edge = match (response.has_focus(), is_mine, response.hovered()) {
        (true, ..) => Some(colours.ring),
        (_, true, _) => Some(colours.ink),
        (.., true) => Some(colours.edge),
        _ => None,
    };
    if let Some(edge) = edge {
        let stroke = Stroke::new(2.0, edge);
        painter.rect_stroke(rect.shrink(1.0), 5.0, stroke, StrokeKind::Inside);
    }
    let label = format!("Colour {name}");
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_mine, &label));
    response.on_hover_text(name)
}

fn parent(ui: &mut Ui, state: &State, code: &Code, out: &mut Outbox) {
    let book = &state.codes.book;
    let now = code.parent.as_ref().and_then(|id| book.get(id));
    let shown = now.map_or("none", |parent| parent.name.as_str());
    let mut chosen = None;
    let ink = theme(ui).muted;
    let response = ComboBox::from_id_salt(("parent of", code.id.as_str()))
        .width(220.0)
        .selected_text(shown)
        .truncate()
        .icon(move |ui, rect, _, _| sign::fold(ui.painter(), rect.center(), true, ink))
        .show_ui(ui, |ui| {
            if ui.selectable_label(now.is_none(), "none").clicked() {
                chosen = Some(None);
            }
            for other in book
                .current()
                .filter(|o| book.may_lie_under(&code.id, &o.id))
            {
                let is_now = code.parent.as_ref() == Some(&other.id);
                if ui.selectable_label(is_now, &other.name).clicked() {
                    chosen = Some(Some(other.id.clone()));
                }
            }
            if chosen.is_some() {
                ui.close();
            }
        })
        .response
        .accessible_name("Under");
    response.on_hover_text("A broader code that this one belongs to");
    if let Some(parent) = chosen.filter(|parent| *parent != code.parent) {
        let code = Code {
            parent,
            ..code.clone()
        };
        out.send(Command::ChangeCodes(CodeChange::Set(Box::new(code))));
    }
}
