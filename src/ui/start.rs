//! The page of a window without a folder: what this is, and three ways in.
//!
//! The whole window takes dropped folders and files; that, and the dialogs, are `shell`'s and `desktop`'s.

use std::path::{Path, PathBuf};

use egui::text::LayoutJob;
use egui::{
    Align, Button, Color32, Key, Layout, RichText, Role, ScrollArea, Stroke, StrokeKind, TextEdit,
    Ui, WidgetInfo, vec2,
};

use super::typed_path::typed_path;
use super::widgets::{self, Sign};
use super::{taught, theme};
use crate::app::{Command, CommandKind, Folder, Outbox, Page, State, Work};

/// Width of the page's column, in points.
const COLUMN: f32 = 440.0;
/// How many folders are remembered on screen.
const RECENT: usize = 5;

/// What the page remembers while the window lives.
#[derive(Debug, Default)]
pub struct StartView {
    path: String,
    /// The pass in which the page was drawn last: where it was not there before, it takes the keyboard.
    drawn: Option<u64>,
    /// A path is to be typed, since no dialog can ask for one.
    wants_path: bool,
}

impl StartView {
    /// Gives the keyboard to the field for a path, empty.
    pub fn ask_path(&mut self) {
        self.path.clear();
        self.wants_path = true;
    }

    /// Draws the page.
    pub fn show(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        let recent: Vec<&PathBuf> = state.settings.recent.iter().take(RECENT).collect();
        let height = 292.0
            + if recent.is_empty() {
                0.0
            } else {
                32.0 + 32.0 * recent.len() as f32
            };
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let air = ((ui.available_height() - height) * 0.42).max(24.0);
            ui.add_space(air);
            let width = COLUMN.min(ui.available_width() - 48.0);
            ui.horizontal(|ui| {
                ui.add_space(((ui.available_width() - width) / 2.0).max(24.0));
                ui.allocate_ui_with_layout(
                    vec2(width, height),
                    Layout::top_down(Align::Min),
                    |ui| {
                        ui.set_width(width);
                        self.column(ui, state, &recent, out);
                    },
                );
            });
        });
    }

    fn column(&mut self, ui: &mut Ui, state: &State, recent: &[&PathBuf], out: &mut Outbox) {
        let colours = theme::theme(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        emblem(ui);
        ui.add_space(20.0);
        let pass = ui.ctx().cumulative_pass_nr();
        let before = self.drawn.replace(pass);
        let is_new = before.is_none_or(|before| before + 1 < pass);
        if let Some(work) = &state.work {
            reading(ui, work, out);
            return;
        }
        ui.label(
            RichText::new("Open a folder of articles.")
                .font(egui::FontId::new(28.0, theme::reading())),
        );
        ui.add_space(6.0);
        let line = RichText::new("Your files are never changed.")
            .font(egui::FontId::new(18.0, theme::reading_italic()));
        ui.label(line.color(colours.muted));
        ui.add_space(28.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            let mut words = LayoutJob::default();
            let key = format!("   {}", widgets::key_of(CommandKind::OpenFolder));
            for (text, style, strength) in [
                ("Open folder", theme::strong(), 1.0),
                (&key, theme::small(), 0.8),
            ] {
                let part = RichText::new(text)
                    .text_style(style)
                    .color(colours.on_ring.gamma_multiply(strength));
                part.append_to(
                    &mut words,
                    ui.style(),
                    egui::FontSelection::Default,
                    Align::Center,
                );
            }
            let button = Button::new(words)
                .fill(colours.ring)
                .stroke(Stroke::NONE)
                .min_size(vec2(160.0, 36.0));
            let open = ui.add(button);
            open.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Open folder"));
            if is_new && state.folder.is_none() && !self.wants_path {
                open.request_focus();
            }
            if open.has_focus() {
                let around = open.rect.expand(3.0);
                let ring = Stroke::new(2.0, colours.ring);
                ui.painter()
                    .rect_stroke(around, theme::RADIUS + 2, ring, StrokeKind::Inside);
            }
            let open = open.on_hover_text(CommandKind::OpenFolder.help());
            if open.clicked() {
                out.run(CommandKind::OpenFolder);
            }
            let sample = ui.add(Button::new("Try the sample").min_size(vec2(132.0, 36.0)));
            if sample
                .on_hover_text(CommandKind::OpenSample.help())
                .clicked()
            {
                out.run(CommandKind::OpenSample);
            }
        });
        ui.add_space(20.0);
        self.path_field(ui, state, out);
        ui.add_space(8.0);
        widgets::muted(ui, "Or drop a folder, or an article, on this window.");
        if let Some(folder) = &state.folder {
            ui.add_space(16.0);
            if ui.button(format!("Back to “{}”", folder.name())).clicked() {
                out.run(CommandKind::Back);
            }
        }
        if !recent.is_empty() {
            ui.add_space(28.0);
            ui.label(
                RichText::new("Recent")
                    .text_style(theme::label())
                    .color(colours.muted),
            );
            ui.add_space(4.0);
            for folder in recent {
                recent_row(ui, folder, out);
            }
        }
    }

    /// For desktops without a dialog, and for people who know the path.
    fn path_field(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let width = ui.available_width() - 72.0;
            let field = TextEdit::singleline(&mut self.path)
                .hint_text("Path of a folder or an article")
                .desired_width(width)
                .margin(vec2(8.0, 6.0));
            let field = ui.add(field);
            field.widget_info(|| {
                WidgetInfo::labeled(Role::TextInput, true, "Path of a folder or an article")
            });
            if std::mem::take(&mut self.wants_path) {
                field.request_focus();
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let left = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
            if left && state.folder.is_some() {
                out.run(CommandKind::Back);
            }
            let path = self.path.trim();
            let pressed = ui
                .add_enabled(
                    !path.is_empty(),
                    Button::new("Open").min_size(vec2(64.0, 28.0)),
                )
                .clicked();
            if (entered || pressed) && !path.is_empty() {
                out.send(Command::Open(typed_path(path, None)));
            }
        });
    }
}

/// What is being read, how far, and Cancel.
fn reading(ui: &mut Ui, work: &Work, out: &mut Outbox) {
    widgets::clipped(
        ui,
        RichText::new(&work.label).font(egui::FontId::new(18.0, theme::reading())),
    );
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        if ui.button("Cancel").clicked() {
            out.send(Command::CancelWork);
        }
        match work.total {
            Some(total) => widgets::muted(ui, format!("{} of {total}", work.done)),
            None if work.done > 0 => widgets::muted(ui, format!("{} files seen", work.done)),
            None => widgets::muted(ui, ""),
        };
    });
}

/// The mark of the program: two quotation marks over a line.
fn emblem(ui: &mut Ui) {
    let colours = theme::theme(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(44.0, 32.0), egui::Sense::empty());
    let ink = |layer| colours.layer(layer).line;
    let fill = |layer| colours.layer(layer).fill;
    use crate::model::Layer;
    let bar = |x: f32, y: f32, width: f32, height: f32, colour: Color32| {
        let at = egui::Rect::from_min_size(rect.min + vec2(x, y), vec2(width, height));
        ui.painter().rect_filled(at, 1.0, colour);
    };
    bar(0.0, 0.0, 4.0, 32.0, ink(Layer::Quote));
    bar(12.0, 2.0, 32.0, 8.0, fill(Layer::Claim));
    bar(12.0, 10.0, 32.0, 1.5, ink(Layer::Claim));
    bar(12.0, 17.0, 18.0, 2.0, ink(Layer::Person));
    bar(12.0, 25.0, 26.0, 1.5, ink(Layer::Source));
    bar(12.0, 28.5, 26.0, 1.5, ink(Layer::Source));
}

fn recent_row(ui: &mut Ui, folder: &Path, out: &mut Outbox) {
    let colours = theme::theme(ui);
    let name = folder.file_name().map_or_else(
        || folder.display().to_string(),
        |n| n.to_string_lossy().into_owned(),
    );
    let parent = folder
        .parent()
        .map(|p| p.display().to_string())
        .unwrap_or_default();
    ui.push_id(folder, |ui| {
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), 32.0), egui::Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Open {name}")));
        widgets::ground(ui, rect.expand2(vec2(8.0, 0.0)), &response, false);
        let mut child = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(rect)
                .layout(Layout::left_to_right(Align::Center)),
        );
        child.spacing_mut().item_spacing.x = 8.0;
        widgets::sign(&mut child, Sign::Folder, colours.muted);
        child.label(RichText::new(&name).text_style(theme::body()));
        let parent = RichText::new(parent)
            .text_style(theme::small())
            .color(colours.muted);
        child.add(egui::Label::new(parent).truncate());
        if response
            .on_hover_text(folder.display().to_string())
            .clicked()
        {
            out.send(Command::Open(folder.to_owned()));
        }
    });
}

/// What stands in the reader's place while no article is shown.
pub fn no_article(ui: &mut Ui, state: &State, folder: &Folder, out: &mut Outbox) {
    let lines = if folder.rows.is_empty() {
        empty_folder(folder)
    } else {
        waiting(state)
    };
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.36);
        ui.label(RichText::new(lines.0).font(egui::FontId::new(20.0, theme::reading())));
        ui.add_space(6.0);
        widgets::muted(ui, lines.1);
        if folder.rows.is_empty() {
            ui.add_space(16.0);
            if ui.button("Open another folder").clicked() {
                out.run(CommandKind::OpenFolder);
            }
            if !folder.unreadable.is_empty() && ui.button("What could not be read").clicked() {
                out.send(Command::Show(Some(Page::Unreadable)));
            }
        }
    });
}

fn empty_folder(folder: &Folder) -> (String, String) {
    let others = match folder.others {
        0 => "The folder is empty.".to_owned(),
        1 => "1 other file was left alone.".to_owned(),
        n => format!("{n} other files were left alone."),
    };
    let unreadable = match folder.unreadable.len() {
        0 => String::new(),
        n => format!(" {n} could not be read as text."),
    };
    (
        format!("No .txt or .md in “{}”.", folder.name()),
        format!("{others}{unreadable}"),
    )
}

fn waiting(state: &State) -> (String, String) {
    match &state.loading {
        Some(key) => (String::new(), format!("Opening {key}…")),
        None => (
            "Choose an article.".to_owned(),
            format!(
                "↑ ↓ and Enter in the list, or {}.",
                taught::in_words(CommandKind::NextArticle)
            ),
        ),
    }
}
