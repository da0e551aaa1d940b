//! The keys of all commands, and how they are changed: the settings page's second part.
//!
//! A command is opened, asked for a key, and takes the next press; what becomes of it is `app`'s.

use egui::{Align, Button, Frame, Layout, Margin, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::sheet::{aside, scroll_height, section};
use crate::app::{Command, CommandKind, Group, Outbox, Rebinding, Setting, Stage, State, key_name};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{follow_tab, key_cap, muted};

/// What the list remembers: what narrows it, and the command that is open.
#[derive(Debug, Default)]
pub struct KeyList {
    filter: String,
    open: Option<CommandKind>,
}

impl KeyList {
    /// Draws the list.
    pub fn show(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut self.filter)
                .hint_text("Filter by name or key")
                .align(egui::Align2::LEFT_CENTER)
                .min_size(vec2(0.0, 28.0))
                .desired_width(260.0);
            ui.add(field).accessible_name("Filter commands");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let is_changed = !state.settings.keys.is_empty();
                let all = ui.add_enabled(is_changed, Button::new("Reset all keys"));
                if all.clicked() {
                    out.send(Command::Set(Setting::UsualKeys));
                }
                all.on_disabled_hover_text("All commands have their usual keys.");
            });
        });
        if !state.settings.letter_keys {
            aside(
                ui,
                "Letter keys are switched off: keys of one letter or sign do nothing now.",
            );
        }
        // As high as the window allows, whatever the filter leaves.
        let height = scroll_height(ui) - 72.0;
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.set_width(ui.available_width() - 12.0);
                ui.spacing_mut().item_spacing.y = 2.0;
                let mut found = false;
                for group in Group::ALL {
                    let kinds = CommandKind::ALL.iter().copied();
                    let kinds = kinds.filter(|kind| kind.group() == group);
                    let kinds: Vec<_> = kinds.filter(|kind| self.fits(*kind, state)).collect();
                    if !kinds.is_empty() {
                        section(ui, group.name());
                        found = true;
                    }
                    for kind in kinds {
                        row(ui, state, &mut self.open, kind, out);
                    }
                }
                if !found {
                    aside(ui, "No command is called so, and none has such a key.");
                }
                follow_tab(ui);
            });
    }

    fn fits(&self, kind: CommandKind, state: &State) -> bool {
        let wanted = self.filter.trim().to_lowercase();
        let keys = state.keymap.bound(kind).iter();
        wanted.is_empty()
            || kind.name().to_lowercase().contains(&wanted)
            || keys
                .clone()
                .any(|key| key_name(key).to_lowercase() == wanted)
            || (wanted.len() > 1
                && keys
                    .clone()
                    .any(|key| key_name(key).to_lowercase().contains(&wanted)))
    }
}

fn row(
    ui: &mut Ui,
    state: &State,
    open: &mut Option<CommandKind>,
    kind: CommandKind,
    out: &mut Outbox,
) {
    let is_open = *open == Some(kind);
    let colours = theme(ui);
    let ground = if is_open { colours.row } else { colours.panel };
    Frame::new()
        .fill(ground)
        .corner_radius(theme::RADIUS)
        .inner_margin(Margin::symmetric(8, 2))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_min_width(ui.available_width());
                ui.label(kind.name()).on_hover_text(kind.help());
                if state.keymap.is_changed(kind) {
                    muted(ui, "changed");
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let words = if is_open { "Done" } else { "Change" };
                    let text = RichText::new(words).text_style(theme::small());
                    let button = ui.add(Button::new(text).min_size(vec2(64.0, 24.0)));
                    let name = format!("{words}: {}", kind.name());
                    button.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::Button, true, name.as_str())
                    });
                    if button.clicked() {
                        *open = (!is_open).then_some(kind);
                        let asked = (!is_open).then_some(kind);
                        out.send(Command::AskKey(asked));
                    }
                    ui.add_space(8.0);
                    for key in state.keymap.bound(kind).iter().rev() {
                        key_cap(ui, &key_name(key));
                    }
                });
            });
            if is_open {
                editor(ui, state, kind, out);
            }
        });
}

/// What can be done about a command's keys.
fn editor(ui: &mut Ui, state: &State, kind: CommandKind, out: &mut Outbox) {
    let colours = theme(ui);
    aside(ui, kind.help());
    let stage = match &state.rebinding {
        Some(Rebinding { kind: asked, stage }) if *asked == kind => Some(stage),
        _ => None,
    };
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(28.0);
        match stage {
            Some(Stage::Waiting) => {
                let text = RichText::new("Press the key…").text_style(theme::strong());
                ui.label(text.color(colours.ring));
                muted(
                    ui,
                    "It comes first, the others stay. Esc leaves everything as it is.",
                );
                return;
            }
            Some(Stage::Refused(why)) => {
                ui.label(RichText::new(format!("▲ {why}")).color(colours.warning));
            }
            Some(Stage::Clash(key, holder)) => {
                let text = format!("▲ {} is the key of “{}”.", key_name(key), holder.name());
                ui.label(RichText::new(text).color(colours.warning));
                if ui.button("Take it").clicked() {
                    let mut keys = vec![key.clone()];
                    keys.extend(state.keymap.bound(kind).iter().cloned());
                    out.send(Command::Set(Setting::Keys(kind, Some(keys))));
                }
                if ui.button("Leave it").clicked() {
                    out.send(Command::AskKey(None));
                }
                return;
            }
            None => {}
        }
        if ui.button("Press a key…").clicked() {
            out.send(Command::AskKey(Some(kind)));
        }
        let bound = state.keymap.bound(kind);
        for key in bound {
            let is_kept = kind == CommandKind::Back && key == "Escape";
            let remove = Button::new(format!("Without {}", key_name(key)));
            if !is_kept && ui.add(remove).clicked() {
                let left = bound.iter().filter(|other| *other != key).cloned();
                out.send(Command::Set(Setting::Keys(kind, Some(left.collect()))));
            }
        }
        if state.keymap.is_changed(kind) && ui.button("Reset").clicked() {
            out.send(Command::Set(Setting::Keys(kind, None)));
        }
    });
}
