//! Settings: the coder's name, the theme, the size of the reading text, and where this is kept.
//!
//! Every change counts at once; there is no button to confirm.

use egui::{Frame, Id, Margin, RichText, Slider, TextEdit, Ui};

use super::sheet::{Sheet, aside, section};
use crate::app::{Command, Outbox, Page, Setting, State};
use crate::store;
use crate::ui::theme::{self, theme};

const WIDTH: f32 = 560.0;
const SIZES: std::ops::RangeInclusive<f32> = 14.0..=28.0;
const PREVIEW: &str = "The harbour was quiet on Monday. “We will go back when they talk to us,” \
    said Ines Varga, who has worked the cranes since 1998; behind her, eleven ships lay waiting.";
const THEMES: [(&str, &str); 3] = [
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
];

/// What the page remembers: the name while it is typed.
#[derive(Debug, Default)]
pub struct SettingsPage {
    coder: Option<String>,
}

impl SettingsPage {
    /// Hands over a name that was typed and not kept yet, when the page is gone.
    pub fn close(&mut self, state: &State, out: &mut Outbox) {
        if let Some(name) = self.coder.take() {
            keep_name(&name, state, out);
        }
    }

    /// Draws the page.
    pub fn show(&mut self, ui: &Ui, state: &State, out: &mut Outbox) {
        let sheet = Sheet {
            page: Page::Settings,
            title: "Settings",
            width: WIDTH,
            is_bare: false,
        };
        sheet.show(ui, out, |ui, out| {
            self.coder(ui, state, out);
            themes(ui, state, out);
            size(ui, state, out);
            places(ui);
        });
    }

    fn coder(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        section(ui, "Your name");
        let mut name = self
            .coder
            .clone()
            .unwrap_or_else(|| state.settings.coder.clone());
        let field = TextEdit::singleline(&mut name)
            .id(Id::unique("coder name"))
            .hint_text("initials or name")
            .align(egui::Align2::LEFT_CENTER)
            .min_size(egui::vec2(0.0, 28.0))
            .desired_width(240.0);
        let response = ui.add(field).accessible_name("Your name");
        if response.changed() {
            self.coder = Some(name);
        }
        if response.lost_focus()
            && let Some(name) = self.coder.take()
        {
            keep_name(&name, state, out);
        }
        aside(
            ui,
            "Stands with every annotation that you make, in the sidecars and in exports.",
        );
    }
}

fn keep_name(name: &str, state: &State, out: &mut Outbox) {
    let name = name.trim();
    if name != state.settings.coder {
        out.send(Command::Set(Setting::Coder(name.to_owned())));
    }
}

fn themes(ui: &mut Ui, state: &State, out: &mut Outbox) {
    section(ui, "Theme");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 20.0;
        for (value, name) in THEMES {
            if ui.radio(state.settings.theme == value, name).clicked() {
                out.send(Command::Set(Setting::Theme(value.to_owned())));
            }
        }
    });
    if state.settings.theme == "system" {
        aside(
            ui,
            "Where the desktop does not say which it has, Pressmark is light.",
        );
    }
}

fn size(ui: &mut Ui, state: &State, out: &mut Outbox) {
    section(ui, "Size of the text");
    let mut size = state.settings.reading_size;
    ui.spacing_mut().slider_width = 240.0;
    let slider = Slider::new(&mut size, SIZES)
        .step_by(1.0)
        .fixed_decimals(0)
        .trailing_fill(true)
        .suffix(" px");
    let response = ui.add(slider).accessible_name("Size of the text");
    if response.changed() {
        out.send(Command::Set(Setting::ReadingSize(size)));
    }
    let colours = theme(ui);
    Frame::new()
        .fill(colours.paper)
        .stroke(colours.hairline())
        .corner_radius(f32::from(theme::RADIUS))
        .inner_margin(Margin::symmetric(20, 14))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let words = RichText::new(PREVIEW)
                .font(egui::FontId::new(size, theme::reading()))
                .line_height(Some((size * 29.0 / 18.0).round()))
                .color(colours.ink);
            ui.add(egui::Label::new(words).wrap());
        });
    aside(
        ui,
        "Ctrl with + and − makes everything larger or smaller, the window's own words too.",
    );
}

fn places(ui: &mut Ui) {
    section(ui, "Where things are kept");
    aside(
        ui,
        "Your annotations: beside each article, as its sidecar. Nowhere else, and never online.",
    );
    if let Some(dir) = store::state_dir() {
        aside(
            ui,
            format!(
                "Copies of sidecars as they were when you opened them: {}",
                dir.display()
            ),
        );
    }
}
