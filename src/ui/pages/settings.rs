//! Settings: the coder's name, theme, how the text is set, motion, keys, and where all this is kept.
//!
//! Every change counts at once; there is no button to confirm. The list of keys is `key_list`'s, the preview
//! `preview`'s.

use egui::{Align, Id, Layout, RichText, ScrollArea, Slider, TextEdit, Ui, UiBuilder, vec2};

use super::key_list::KeyList;
use super::preview;
use super::sheet::{Sheet, aside, scroll_height};
use crate::app::{Command, LEADINGS, MEASURES, Outbox, Page, Setting, State};
use crate::store::{self, Settings};
use crate::ui::library::sign;
use crate::ui::theme::{self, Face, theme};

const WIDTH: f32 = 900.0;
/// Width of the names of settings.
const LABEL: f32 = 116.0;
/// Width of the column of settings beside the preview.
const COLUMN: f32 = 500.0;
/// Below this width the preview stands under the settings.
const NARROW: f32 = 780.0;
const SIZES: std::ops::RangeInclusive<f32> = 14.0..=28.0;
const THEMES: [(&str, &str); 5] = [
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast-light", "High contrast, light"),
    ("contrast-dark", "High contrast, dark"),
];

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    /// Everything but the keys.
    #[default]
    General,
    /// The keys.
    Keys,
}

/// What the page remembers: its part, the name while it is typed, and where the list of keys is.
#[derive(Debug, Default)]
pub struct SettingsPage {
    part: Part,
    coder: Option<String>,
    keys: KeyList,
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
            ui.horizontal(|ui| {
                for (part, name) in [(Part::General, "General"), (Part::Keys, "Keys")] {
                    if ui.selectable_label(self.part == part, name).clicked() {
                        self.part = part;
                        out.send(Command::AskKey(None));
                    }
                }
            });
            ui.add_space(4.0);
            match self.part {
                Part::General => self.general(ui, state, out),
                Part::Keys => self.keys.show(ui, state, out),
            }
        });
    }

    fn general(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        let whole = ui.available_rect_before_wrap();
        if whole.width() < NARROW {
            let height = scroll_height(ui);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                self.rows(ui, state, out);
                ui.add_space(8.0);
                preview::show(ui, &state.settings);
            });
            return;
        }
        let [left, right] = [
            whole.with_max_x(whole.left() + COLUMN),
            whole.with_min_x(whole.left() + COLUMN + 20.0),
        ];
        let column = ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
            self.rows(ui, state, out);
        });
        let height = column.response.rect.height();
        let right = egui::Rect::from_min_size(right.min, vec2(right.width(), height));
        ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
            ui.set_max_height(height);
            preview::show(ui, &state.settings);
        });
    }

    fn rows(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        ui.spacing_mut().item_spacing.y = 6.0;
        let (settings, usual) = (&state.settings, Settings::default());
        self.coder(ui, state, out);
        themes(ui, settings, &usual, out);
        faces(ui, settings, &usual, out);
        let sliders = [
            (
                "Size",
                settings.reading_size,
                usual.reading_size,
                SIZES,
                1.0,
                " px",
                Setting::ReadingSize as fn(f32) -> Setting,
            ),
            (
                "Measure",
                settings.measure,
                usual.measure,
                MEASURES,
                1.0,
                " characters",
                Setting::MeasureWidth,
            ),
            (
                "Leading",
                settings.leading,
                usual.leading,
                LEADINGS,
                0.05,
                " × size",
                Setting::Leading,
            ),
        ];
        for (name, mut value, usual, range, step, unit, setting) in sliders {
            let back = (value != usual).then(|| setting(usual));
            row(ui, name, back, out, |ui, out| {
                ui.spacing_mut().slider_width = 160.0;
                let slider = Slider::new(&mut value, range)
                    .step_by(step)
                    .fixed_decimals(if step < 1.0 { 2 } else { 0 })
                    .trailing_fill(true)
                    .suffix(unit);
                let name = slider_name(name);
                if ui.add(slider).accessible_name(name).changed() {
                    out.send(Command::Set(setting(value)));
                }
            });
        }
        switches(ui, settings, out);
        ui.add_space(6.0);
        places(ui);
    }

    fn coder(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        row(ui, "Your name", None, out, |ui, out| {
            let mut name = self
                .coder
                .clone()
                .unwrap_or_else(|| state.settings.coder.clone());
            let field = TextEdit::singleline(&mut name)
                .id(Id::unique("coder name"))
                .hint_text("initials or name")
                .align(egui::Align2::LEFT_CENTER)
                .min_size(vec2(0.0, 28.0))
                .desired_width(200.0);
            let response = ui.add(field).accessible_name("Your name");
            if response.changed() {
                self.coder = Some(name);
            }
            if response.lost_focus()
                && let Some(name) = self.coder.take()
            {
                keep_name(&name, state, out);
            }
        });
        note(
            ui,
            "Stands with every tag that you make, in the sidecars and in exports.",
        );
    }
}

fn keep_name(name: &str, state: &State, out: &mut Outbox) {
    let name = name.trim();
    if name != state.settings.coder {
        out.send(Command::Set(Setting::Coder(name.to_owned())));
    }
}

/// A setting: its name, its control, and the way back to what is usual where it is not that.
fn row(
    ui: &mut Ui,
    name: &str,
    back: Option<Setting>,
    out: &mut Outbox,
    control: impl FnOnce(&mut Ui, &mut Outbox),
) {
    ui.horizontal(|ui| {
        ui.allocate_ui_with_layout(
            vec2(LABEL, 28.0),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.set_min_width(LABEL);
                ui.label(RichText::new(name).text_style(theme::strong()));
            },
        );
        control(ui, out);
        if let Some(usual) = back {
            let text = RichText::new("Reset").text_style(theme::small());
            let button = ui.add(egui::Button::new(text).frame_when_inactive(false));
            let name = format!("Reset: {}", name.to_lowercase());
            button
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.as_str()));
            if button.clicked() {
                out.send(Command::Set(usual));
            }
        }
    });
}

/// Words of second rank under a control.
fn note(ui: &mut Ui, text: &str) {
    ui.horizontal(|ui| {
        ui.add_space(LABEL + 8.0);
        ui.vertical(|ui| {
            let ink = theme(ui).muted;
            let text = RichText::new(text).text_style(theme::small()).color(ink);
            ui.add(egui::Label::new(text).wrap());
        });
    });
}

const fn slider_name(name: &str) -> &str {
    match name.as_bytes() {
        b"Size" => "Size of the text",
        b"Measure" => "Characters in a line",
        _ => "Leading",
    }
}

fn themes(ui: &mut Ui, settings: &Settings, usual: &Settings, out: &mut Outbox) {
    let back = (settings.theme != usual.theme).then(|| Setting::Theme(usual.theme.clone()));
    row(ui, "Theme", back, out, |ui, out| {
        let named = |id: &str| THEMES.iter().find(|(theme, _)| *theme == id);
        let (_, chosen) = named(&settings.theme).unwrap_or(&THEMES[0]);
        let ink = theme(ui).muted;
        let list = egui::ComboBox::from_id_salt("theme")
            .selected_text(*chosen)
            .width(200.0)
            .icon(move |ui, rect, _, _| sign::fold(ui.painter(), rect.center(), true, ink))
            .show_ui(ui, |ui| {
                for (id, name) in THEMES {
                    if ui.selectable_label(settings.theme == id, name).clicked() {
                        out.send(Command::Set(Setting::Theme(id.to_owned())));
                    }
                }
            });
        list.response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("Theme: {chosen}"))
        });
    });
    if settings.theme == "system" {
        note(
            ui,
            "Where the desktop does not say which it has, Pressmark is light.",
        );
    }
}

fn faces(ui: &mut Ui, settings: &Settings, usual: &Settings, out: &mut Outbox) {
    let chosen = Face::of(&settings.reading_face);
    let back =
        (chosen.id() != usual.reading_face).then(|| Setting::Face(usual.reading_face.clone()));
    row(ui, "Reading face", back, out, |ui, out| {
        for face in Face::ALL {
            if ui.radio(chosen == face, face.name()).clicked() {
                out.send(Command::Set(Setting::Face(face.id().to_owned())));
            }
            ui.add_space(8.0);
        }
    });
}

fn switches(ui: &mut Ui, settings: &Settings, out: &mut Outbox) {
    let mut still = settings.reduced_motion;
    row(ui, "Motion", None, out, |ui, out| {
        if ui.checkbox(&mut still, "Nothing glides or fades").changed() {
            out.send(Command::Set(Setting::ReducedMotion(still)));
        }
    });
    let mut letters = settings.letter_keys;
    row(ui, "Letter keys", None, out, |ui, out| {
        let words = "Letters and signs alone are commands";
        if ui.checkbox(&mut letters, words).changed() {
            out.send(Command::Set(Setting::LetterKeys(letters)));
        }
    });
    if !settings.letter_keys {
        note(
            ui,
            "The menus, the palette and keys with Ctrl or Alt do everything; Keys, above, gives a command such a key.",
        );
    }
}

fn places(ui: &mut Ui) {
    let settings = store::settings_path();
    let text = match (settings, store::state_dir()) {
        (Some(settings), Some(state)) => format!(
            "Tags are kept beside each article, as its sidecar, never online. These settings: {}. Copies of sidecars as they were when you opened them: {}.",
            settings.display(),
            state.display()
        ),
        _ => "Tags are kept beside each article, as its sidecar, never online.".to_owned(),
    };
    aside(ui, text);
}
