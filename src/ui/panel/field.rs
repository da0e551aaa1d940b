//! The pieces that the editor is made of: a row with its label, a choice, a text, the other ends of links.

use egui::accesskit::Role;
use egui::text::LayoutJob;
use egui::text_edit::TextEditState;
use egui::{
    Align, Align2, ComboBox, EventFilter, Id as WidgetId, Key, KeyboardShortcut, Layout, Margin,
    Modifiers, Rect, Response, RichText, Sense, TextEdit, TextStyle, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::draft::{Drafts, Key as DraftKey, Slot, Typed};
use super::lists::Lists;
use crate::app::{Command, CommandKind, Field, OpenArticle, Outbox, Region, State, Subject};
use crate::model::{Annotation, AttrValue, Attrs, Id, Layer, RelationKind, Vocabulary};
use crate::ui::library::{line, sign};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{self, tooltip_of};

/// Height of a row.
pub const ROW: f32 = 30.0;
/// Width of the column of labels.
pub const LABELS: f32 = 96.0;
const CONTROL: f32 = 26.0;
/// The axes whose answers are sentences.
const SENTENCES: [&str; 2] = ["restated", "note"];
/// How far the first line of several stands above the middle of a row.
const FIRST_LINE: Vec2 = vec2(0.0, -2.0);
/// Above and below what stands in a row: two fields are twice as far from each other.
const GAP: f32 = (ROW - CONTROL) / 2.0;
/// How many lines a name may take.
const MOST_LINES: usize = 3;
/// Above and below several lines, so that the first stands beside the label.
const ABOVE_LINES: f32 = 3.0;
const CROSS: f32 = 18.0;
/// Room for ✕ and a key cap behind a name.
const BEHIND_NAME: f32 = 52.0;
/// Room for ✕ behind words.
pub const BEHIND_WORDS: f32 = 26.0;
const POPUP: f32 = 360.0;

/// How much a field takes, and what Enter does in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// One line; Enter leaves it.
    Line,
    /// One paragraph, wrapped; Enter leaves it.
    Paragraph,
    /// Text of several lines; Enter makes one.
    Text,
}

/// What the editor's parts read, and where they ask.
pub struct Desk<'a> {
    /// Everything.
    pub state: &'a State,
    /// The open article.
    pub article: &'a OpenArticle,
    /// What the lists hold.
    pub lists: &'a Lists,
    /// What is being typed.
    pub drafts: &'a mut Drafts,
    /// Where to ask.
    pub out: &'a mut Outbox,
    /// The field that is to take the keyboard, until it has.
    pub wanted: Option<Field>,
}

impl Desk<'_> {
    /// Whether anything may be changed.
    pub fn can_edit(&self) -> bool {
        self.article.readonly.is_none()
    }

    /// Gives the keyboard to a control if it is the one that was asked for.
    pub fn offer(&mut self, response: &Response, field: Field) {
        if self.wanted == Some(field) {
            self.wanted = None;
            response.request_focus();
        }
    }

    /// A choice from a vocabulary, or a text where it has no values.
    pub fn axis(
        &mut self,
        ui: &mut Ui,
        axis: &'static Vocabulary,
        attrs: &Attrs,
        subject: &Subject,
    ) {
        let value = attrs.text(axis.key);
        row(ui, axis.label, |ui| {
            if axis.values.is_empty() {
                let (slot, id) = match subject {
                    Subject::Annotation(id) => (Slot::Axis(axis.key), id),
                    Subject::Cast(id) => (Slot::Cast(axis.key), id),
                    Subject::Evidence(id, at) => (Slot::Evidence(*at, axis.key), id),
                };
                let key = (slot, id.clone());
                let extent = if SENTENCES.contains(&axis.key) {
                    Extent::Paragraph
                } else {
                    Extent::Line
                };
                let value = value.unwrap_or("");
                let response = self.text(ui, &key, value, axis.label, axis.asks, extent);
                if axis.key == "ref" {
                    self.offer(&response, Field::Evidence);
                }
            } else {
                self.choice(ui, axis, value, subject);
            }
        });
    }

    fn choice(
        &mut self,
        ui: &mut Ui,
        axis: &'static Vocabulary,
        value: Option<&str>,
        subject: &Subject,
    ) {
        let colours = theme(ui);
        let shown = match value {
            Some(value) => RichText::new(axis.label_of(value)),
            None => RichText::new("not set").color(colours.muted),
        };
        let key = key_of_axis(axis);
        let room = if key.is_some() { BEHIND_WORDS } else { 0.0 };
        let width = ui.available_width() - room;
        let can_edit = self.can_edit();
        let mut chosen = None;
        let response = ui
            .add_enabled_ui(can_edit, |ui| {
                ui.spacing_mut().interact_size.y = CONTROL;
                ui.spacing_mut().button_padding.y = 3.0;
                ComboBox::from_id_salt(("axis", subject, axis.key))
                    .width(width)
                    .height(POPUP)
                    .selected_text(shown)
                    .truncate()
                    .icon(move |ui, rect, _, _| {
                        sign::fold(ui.painter(), rect.center(), true, colours.muted);
                    })
                    .show_ui(ui, |ui| {
                        for word in axis.values {
                            let label = axis.label_of(word);
                            if ui.selectable_label(value == Some(word), label).clicked() {
                                chosen = Some(Some(*word));
                            }
                        }
                        if value.is_some()
                            && ui
                                .selectable_label(
                                    false,
                                    RichText::new("not set").color(colours.muted),
                                )
                                .clicked()
                        {
                            chosen = Some(None);
                        }
                        // A click closes the list by itself; Enter does not.
                        if chosen.is_some() {
                            ui.close();
                        }
                    })
                    .response
            })
            .inner
            .accessible_name(axis.label);
        self.offer(&response, Field::First);
        if chosen.is_some() && ui.input(|input| !input.pointer.any_click()) {
            response.request_focus();
        }
        response.on_hover_text(axis.asks);
        if let Some(kind) = key
            && key_button(ui, kind, axis.label, can_edit).clicked()
        {
            self.out.run(kind);
        }
        if let Some(word) = chosen
            && word != value
        {
            let value = word.map(AttrValue::from);
            self.out
                .send(Command::SetAttr(subject.clone(), axis.key, value));
        }
    }

    /// A field to type in. Esc and Ctrl+Enter leave it, and Enter where it has one line; the text is kept.
    pub fn text(
        &mut self,
        ui: &mut Ui,
        key: &DraftKey,
        value: &str,
        name: &str,
        hint: &str,
        extent: Extent,
    ) -> Response {
        ui.spacing_mut().interact_size.y = CONTROL;
        let id = WidgetId::unique(("editor field", &self.article.key, key));
        let mut text = self.drafts.text(key, value);
        let keep = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            tab: false,
        };
        let colours = theme(ui);
        let edit = match extent {
            Extent::Line => TextEdit::singleline(&mut text).return_key(None),
            Extent::Paragraph => TextEdit::multiline(&mut text).return_key(None),
            Extent::Text => TextEdit::multiline(&mut text)
                .return_key(KeyboardShortcut::new(Modifiers::NONE, Key::Enter)),
        };
        let edit = edit
            .id(id)
            .desired_rows(1)
            .align(Align2::LEFT_CENTER)
            .min_size(vec2(0.0, CONTROL))
            .hint_text(RichText::new(hint).color(colours.muted))
            .desired_width(ui.available_width())
            .margin(Margin::symmetric(8, 3))
            .event_filter(keep);
        // Who comes to a record stays in the list: in the field of its name, the next letter would rename somebody.
        let is_wanted = key.0 == Slot::Note && self.wanted == Some(Field::Note);
        let response = ui.add_enabled(self.can_edit(), edit).accessible_name(name);
        if is_wanted {
            self.wanted = None;
            response.request_focus();
            select_end(ui, id, &text);
        }
        let now = ui.input(|input| input.time);
        if response.changed() {
            self.drafts.typed(key, &self.article.key, text, now);
        }
        if response.has_focus() {
            let leaves = ui.input_mut(|input| {
                input.consume_key(Modifiers::NONE, Key::Escape)
                    | input.consume_key(Modifiers::COMMAND, Key::Enter)
                    | (extent != Extent::Text && input.consume_key(Modifiers::NONE, Key::Enter))
            });
            if leaves {
                response.surrender_focus();
                self.leave(ui);
            }
        }
        let hurries = ui.input(|input| input.modifiers.command || input.pointer.any_pressed());
        let is_rested = match self.drafts.rest_left(key, now) {
            Some(left) if left > 0.0 => {
                ui.request_repaint_after(std::time::Duration::from_secs_f64(left));
                false
            }
            left => left.is_some(),
        };
        // A name is kept when it is whole: half of one would become a record of its own.
        let is_due = (hurries || is_rested) && key.0 != Slot::Name;
        if (is_due || !response.has_focus())
            && let Some(typed) = self.drafts.take(key)
            && typed.text != value
        {
            keep_draft(typed, self.out);
        }
        response
    }

    /// Gives the keyboard back to the text.
    fn leave(&mut self, ui: &Ui) {
        let text = crate::ui::readers::focus_id(self.state);
        ui.memory_mut(|memory| memory.request_focus(text));
        self.out.send(Command::Focus(Region::Reader));
    }

    /// The annotations that one is linked to, each with a way there and a way to unlink it, and the key that adds one.
    pub fn links(
        &mut self,
        ui: &mut Ui,
        from: &Annotation,
        kind: &RelationKind,
        label: &str,
        adds: (CommandKind, Command),
    ) {
        let linked = self.article.linked(&from.id, kind);
        let can_edit = self.can_edit();
        let none_stated =
            *kind == RelationKind::SaidBy && from.attrs.text("stated") == Some("none");
        let colours = theme(ui);
        row(ui, label, |ui| {
            for other in &linked {
                let name = super::rows::mention_name(other, self.state, self.article);
                let style = match other.layer {
                    Layer::Quote => theme::excerpt(),
                    _ => theme::strong(),
                };
                let response =
                    link(ui, &name, &style, BEHIND_NAME).on_hover_text(format!("Goes to {name}"));
                if response.clicked() {
                    self.out.send(Command::FocusAnnotation(other.id.clone()));
                }
                if can_edit && cross(ui, &format!("Unlink {name}")).clicked() {
                    self.out.send(Command::Unlink(
                        from.id.clone(),
                        kind.clone(),
                        other.id.clone(),
                    ));
                }
            }
            if linked.is_empty() {
                let (text, ink) = match (kind, none_stated) {
                    (_, true) => ("no source stated", colours.ink),
                    (RelationKind::SaidBy, false) => ("▲ no speaker yet", colours.warning),
                    _ => ("nobody", colours.muted),
                };
                ui.label(RichText::new(text).color(ink));
            }
            let (command, asks) = adds;
            let response = key_button(ui, command, label, can_edit);
            self.offer(&response, Field::First);
            if response.clicked() {
                self.out.send(asks);
            }
        });
    }
}

/// The command that answers an axis without the panel.
fn key_of_axis(axis: &Vocabulary) -> Option<CommandKind> {
    (axis.key == "verdict").then_some(CommandKind::Verdict)
}

/// Sends what was typed to where it belongs.
///
/// By then another article may be the current one: a click there takes the keyboard out of the field.
pub fn keep_draft(typed: Typed, out: &mut Outbox) {
    let Typed { article, key, text } = typed;
    let (slot, id) = key;
    let value = || {
        let text = text.trim();
        (!text.is_empty()).then(|| AttrValue::from(text))
    };
    let command = match slot {
        Slot::Note => Command::SetNote(id, text),
        Slot::Name if text.trim().is_empty() => return,
        // A record is the folder's.
        Slot::Name => return out.send(Command::RenameRecord(id, text.trim().to_owned())),
        Slot::Axis(axis) => Command::SetAttr(Subject::Annotation(id), axis, value()),
        Slot::Evidence(at, axis) => Command::SetAttr(Subject::Evidence(id, at), axis, value()),
        Slot::Cast(axis) => Command::SetAttr(Subject::Cast(id), axis, value()),
    };
    out.send(Command::Within(article, Box::new(command)));
}

/// A row of the editor: its label in a column of its own, its content to the right, wrapped where it is long.
pub fn row<R>(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    row_of(ui, label, 0, add)
}

/// One of several rows under one label, which only the first of them shows.
pub fn row_of<R>(ui: &mut Ui, label: &str, at: usize, add: impl FnOnce(&mut Ui) -> R) -> R {
    let colours = theme(ui);
    let top = ui.cursor().min;
    let width = ui.available_width();
    let name = Rect::from_min_size(top, vec2(LABELS - 4.0, ROW));
    let inner = Rect::from_min_max(
        pos2(top.x + LABELS, top.y + GAP),
        pos2(top.x + width, top.y + GAP + CONTROL),
    );
    let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
    let mut content = ui.new_child(
        UiBuilder::new()
            .id_salt(("row", label, at))
            .max_rect(inner)
            .layout(layout),
    );
    content.spacing_mut().item_spacing = vec2(6.0, 2.0 * GAP);
    content.spacing_mut().interact_size.y = CONTROL;
    content.set_row_height(CONTROL);
    let result = add(&mut content);
    let height = match content.min_rect().height() {
        // At a zoom that is no whole number, a row's own pieces are rounded up a little.
        taller if taller > CONTROL + 1.0 => taller + 2.0 * GAP,
        _ => ROW,
    };
    if at == 0 {
        // Of a field of several lines the label stands beside the first.
        let beside = if height > ROW {
            name.translate(FIRST_LINE)
        } else {
            name
        };
        line::left(ui, beside, label, &theme::small(), colours.muted);
    }
    ui.advance_cursor_after_rect(Rect::from_min_size(top, vec2(width, height)));
    result
}

/// Words that lead somewhere, in a few lines of the row, with room left for what stands behind them.
pub fn link(ui: &mut Ui, text: &str, style: &TextStyle, room_behind: f32) -> Response {
    let colours = theme(ui);
    let (covered, response) = lines(ui, text, style, room_behind, Sense::click());
    if response.hovered() || response.has_focus() {
        let stroke = egui::Stroke::new(1.0, colours.ink);
        ui.painter()
            .hline(covered.x_range(), covered.bottom() - 1.0, stroke);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, text));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Words in a few lines of the row, with room left for what stands behind them. Returns where they are painted.
pub fn lines(
    ui: &mut Ui,
    text: &str,
    style: &TextStyle,
    room_behind: f32,
    sense: Sense,
) -> (Rect, Response) {
    let width = ui.max_rect().width() - room_behind;
    let font = style.resolve(ui.style());
    let mut job = LayoutJob::simple(text.to_owned(), font, theme(ui).ink, width);
    job.wrap.max_rows = MOST_LINES;
    let galley = ui.painter().layout_job(job);
    let height = (galley.size().y + 2.0 * ABOVE_LINES).max(CONTROL);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, height), sense);
    (line::paint(ui, galley, rect, Align::Min), response)
}

/// A small ✕.
pub fn cross(ui: &mut Ui, name: &str) -> Response {
    let colours = theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(CROSS, CROSS), Sense::click());
    let is_lit = response.hovered() || response.has_focus();
    widgets::ground(ui, rect, &response, false);
    let ink = if is_lit { colours.ink } else { colours.muted };
    sign::cross(ui.painter(), rect.center(), ink);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_text(name)
}

/// A key cap that can be pressed: it does what the key does.
pub fn key_button(ui: &mut Ui, kind: CommandKind, label: &str, is_enabled: bool) -> Response {
    let key = widgets::key_of(kind);
    key_button_named(ui, &key, kind, label, is_enabled)
}

/// The same, for a command that has several keys.
pub fn key_button_named(
    ui: &mut Ui,
    key: &str,
    kind: CommandKind,
    label: &str,
    is_enabled: bool,
) -> Response {
    let colours = theme(ui);
    let galley = line::lay(ui, key, &theme::label(), colours.ink, f32::INFINITY);
    let size = vec2((galley.size().x + 12.0).max(CROSS + 2.0), CROSS);
    let sense = if is_enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let is_lit = is_enabled && (response.hovered() || response.has_focus());
    let (ground, edge) = if is_lit {
        (colours.row, colours.ring)
    } else {
        (colours.paper, colours.edge)
    };
    let stroke = egui::Stroke::new(1.0, edge);
    ui.painter().rect(
        rect.shrink(0.5),
        3.0,
        ground,
        stroke,
        egui::StrokeKind::Inside,
    );
    line::paint(ui, galley, rect, Align::Center);
    let name = format!("{label} {key}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, &name));
    response.on_hover_text(tooltip_of(kind))
}

fn select_end(ui: &Ui, id: WidgetId, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = egui::text::CCursor::new(text.chars().count());
    state
        .cursor
        .set_char_range(Some(egui::text::CCursorRange::one(end)));
    state.store(ui.ctx(), id);
}

/// The id under which an annotation's own fields stand.
pub fn subject(annotation: &Annotation) -> Subject {
    Subject::Annotation(Id::clone(&annotation.id))
}
