//! The export page: a card for each format, with what it keeps, and where to write.

use std::path::{Path, PathBuf};

use egui::{
    Align, Align2, Button, FocusDirection, Frame, Id, Key, Layout, Margin, Modifiers, RichText,
    TextEdit, Ui, vec2,
};

use super::sheet::{Sheet, aside, section};
use crate::app::{Command, Outbox, Page, State};
use crate::exchange::Format;
use crate::ui::theme::{self, theme};
use crate::ui::typed_path::typed_path;

const WIDTH: f32 = 600.0;

/// What the page remembers: the path that is typed, for which format, for which folder a path was proposed, and whether
/// the chosen format is to take the keyboard.
#[derive(Debug)]
pub struct ExportPage {
    format: Format,
    path: String,
    proposed_for: Option<PathBuf>,
    wants_keys: bool,
}

impl Default for ExportPage {
    fn default() -> Self {
        Self {
            format: Format::Csv,
            path: String::new(),
            proposed_for: None,
            wants_keys: false,
        }
    }
}

impl ExportPage {
    /// Draws the page; new, it gives the keyboard to the chosen format, and proposes a place.
    pub fn show(&mut self, ui: &Ui, state: &State, is_new: bool, out: &mut Outbox) {
        let sheet = Sheet {
            page: Page::Export,
            title: "Export",
            width: WIDTH,
            is_bare: false,
        };
        self.wants_keys |= is_new;
        self.choose_by_keys(ui);
        if is_new && let Some(folder) = &state.folder {
            self.propose(&folder.root);
        }
        sheet.show(ui, out, |ui, out| {
            if let Some(folder) = &state.folder {
                let count = folder.rows.len();
                let articles = if count == 1 { "article" } else { "articles" };
                aside(ui, format!("The annotations of all {count} {articles} in “{}”, for another program or for people.", folder.name()));
            }
            let radios: Vec<Id> = Format::ALL.map(|format| self.card(ui, format)).into();
            self.give_keys(ui, &radios);
            self.place(ui, state, &radios, out);
        });
    }

    /// Beside the folder, under its name, unless the person typed another place for this folder.
    fn propose(&mut self, folder: &Path) {
        if self.proposed_for.as_deref() == Some(folder) {
            return;
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let beside = folder.with_file_name(format!("{name}-export"));
        self.path = beside.display().to_string();
        self.proposed_for = Some(folder.to_owned());
    }

    /// The arrows choose a format, whatever has the keyboard but the field.
    fn choose_by_keys(&mut self, ui: &Ui) {
        if ui.ctx().text_edit_focused() {
            return;
        }
        let [down, up] = [Key::ArrowDown, Key::ArrowUp]
            .map(|key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)));
        let at = Format::ALL.iter().position(|format| *format == self.format);
        let to = (at.unwrap_or(0) + down).saturating_sub(up);
        if down + up > 0 {
            self.format = Format::ALL[to.min(Format::ALL.len() - 1)];
            self.wants_keys = true;
            // Else the focus would go on from there as well, when the frame ends.
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
    }

    /// A sheet that is just coming takes no keyboard yet: it is offered until it does.
    fn give_keys(&mut self, ui: &Ui, radios: &[Id]) {
        let at = Format::ALL.iter().position(|format| *format == self.format);
        if let Some(radio) = at.and_then(|at| radios.get(at))
            && self.wants_keys
        {
            self.wants_keys = !ui.memory(|memory| memory.has_focus(*radio));
            ui.memory_mut(|memory| memory.request_focus(*radio));
            ui.request_repaint();
        }
    }

    /// A format with what it keeps; the id of what takes the keyboard.
    fn card(&mut self, ui: &mut Ui, format: Format) -> Id {
        let colours = theme(ui);
        let is_chosen = self.format == format;
        let edge = if is_chosen {
            egui::Stroke::new(2.0, colours.ring)
        } else {
            egui::Stroke::new(1.0, colours.edge)
        };
        let inset = if is_chosen { 11 } else { 12 };
        let frame = Frame::new()
            .fill(if is_chosen {
                colours.paper
            } else {
                colours.panel
            })
            .stroke(edge)
            .corner_radius(6)
            .inner_margin(Margin::same(inset));
        let response = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
            ui.spacing_mut().interact_size.y = 20.0;
            let radio = ui.radio(
                is_chosen,
                RichText::new(format.label()).text_style(theme::strong()),
            );
            ui.horizontal(|ui| {
                ui.add_space(ui.spacing().icon_width + ui.spacing().icon_spacing);
                ui.vertical(|ui| aside(ui, format.describe()));
            });
            radio
        });
        let ground = ui.interact(
            response.response.rect,
            Id::unique(("format card", format)),
            egui::Sense::CLICK,
        );
        if response.inner.clicked() || ground.clicked() {
            self.format = format;
        }
        response.inner.id
    }

    fn place(&mut self, ui: &mut Ui, state: &State, radios: &[Id], out: &mut Outbox) {
        section(ui, "Where to");
        ui.horizontal(|ui| {
            let choose = Button::new("Choose folder…");
            if ui
                .add(choose)
                .on_hover_text("Asks for a folder and writes there")
                .clicked()
            {
                out.send(Command::AskExport(self.format));
            }
            ui.label(RichText::new("or type its path").color(theme(ui).muted));
        });
        let row = vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            let is_typed = !self.path.trim().is_empty();
            let colours = theme(ui);
            let write = ui
                .add_enabled(
                    is_typed,
                    Button::new(RichText::new("Export here").color(colours.on_ring))
                        .fill(colours.ring),
                )
                .on_disabled_hover_text("Type the path of a folder first.");
            let field = TextEdit::singleline(&mut self.path)
                .id(Id::unique("export path"))
                .hint_text("Path of a folder")
                .align(Align2::LEFT_CENTER)
                .min_size(vec2(0.0, row.y))
                .desired_width(ui.available_width());
            let response = ui.add(field).accessible_name("Folder to export to");
            let focused = ui.memory(egui::Memory::focused);
            let is_mine = response.lost_focus() || focused.is_none_or(|id| radios.contains(&id));
            let entered = is_mine && ui.input(|input| input.key_pressed(Key::Enter));
            // Read only now: what was typed and Enter may have come in the same frame.
            if (write.clicked() || entered) && !self.path.trim().is_empty() {
                // A name alone is a folder beside the one with the articles, as the proposed one is.
                let root = state.folder.as_ref().map(|folder| &folder.root);
                let beside = root.and_then(|root| root.parent());
                out.send(Command::Export {
                    format: self.format,
                    to: typed_path(&self.path, beside),
                    replace: false,
                });
            }
        });
        if let Some(work) = &state.work {
            aside(ui, format!("{}…", work.label));
        }
        aside(ui, "Nothing is written over without asking.");
    }
}
