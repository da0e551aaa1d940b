//! The help page: the keys of this moment, the pages of `assets/help.md`, and all keys from the catalogue.

use egui::{RichText, ScrollArea, Ui, vec2};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::sheet::{Sheet, aside, scroll_by_keys, scroll_height, section};
use crate::app::{CommandKind, Group, Level, Outbox, Page, State, resolve};
use crate::model::Layer;
use crate::ui::taught;
use crate::ui::theme::{self, theme};
use crate::ui::widgets::key_cap;

const HELP: &str = include_str!("../../../assets/help.md");
/// Between these lines the Markdown has its own table of keys, for those who read the file.
const KEYS: (&str, &str) = ("<!-- keys -->", "<!-- /keys -->");
const WIDTH: f32 = 720.0;
/// Width of the column of key caps.
const CAPS: f32 = 140.0;
/// The same for the few keys of the moment, which are short.
const FEW_CAPS: f32 = 84.0;

/// What the help page remembers: the parsed Markdown.
#[derive(Debug, Default)]
pub struct Help {
    cache: CommonMarkCache,
}

impl Help {
    /// Draws the page.
    pub fn show(&mut self, ui: &Ui, state: &State, out: &mut Outbox) {
        let sheet = Sheet {
            page: Page::Help,
            title: "Help and keys",
            width: WIDTH,
            is_bare: false,
        };
        sheet.show(ui, out, |ui, _| {
            let height = scroll_height(ui);
            ScrollArea::vertical()
                .max_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    ui.set_width(ui.available_width() - 12.0);
                    scroll_by_keys(ui);
                    of_this_moment(ui, state);
                    if CommandKind::ALL.iter().any(|kind| state.keymap.is_changed(*kind)) {
                        aside(
                            ui,
                            "You changed some keys. The lists of keys here are yours; the text speaks of the usual ones.",
                        );
                    }
                    let (before, after) = around_keys(HELP);
                    self.markdown(ui, before);
                    all_keys(ui);
                    self.markdown(ui, after);
                });
        });
    }

    fn markdown(&mut self, ui: &mut Ui, text: &str) {
        let colours = theme(ui);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            // The renderer gives each line of a list the height of a button.
            ui.spacing_mut().interact_size.y = 18.0;
            // It has no bold face either: what is strong stands in full ink over a softer one.
            let soft = colours.muted.lerp_to_gamma(colours.ink, 0.4);
            ui.visuals_mut().widgets.noninteractive.fg_stroke.color = soft;
            CommonMarkViewer::new().show(ui, &mut self.cache, text);
        });
    }
}

/// The Markdown before and behind its own table of keys.
fn around_keys(text: &str) -> (&str, &str) {
    match (text.split_once(KEYS.0), text.split_once(KEYS.1)) {
        (Some((before, _)), Some((_, after))) => (before, after),
        _ => (text, ""),
    }
}

/// The keys that matter for what has the focus now.
fn of_this_moment(ui: &mut Ui, state: &State) {
    use CommandKind as Kind;
    let Some(article) = state.article() else {
        return;
    };
    let layer = article.active().map(|annotation| annotation.layer);
    let (what, kinds): (String, &[Kind]) = match (article.focus.level, layer) {
        (_, Some(Layer::Quote)) => (
            "On a quote".to_owned(),
            &[
                Kind::Source,
                Kind::Relay,
                Kind::Cue,
                Kind::AddFragment,
                Kind::Accept,
                Kind::Note,
                Kind::Delete,
            ],
        ),
        (_, Some(Layer::Claim)) => (
            "On a claim".to_owned(),
            &[
                Kind::Verdict,
                Kind::Source,
                Kind::AboutWhom,
                Kind::Describe,
                Kind::Accept,
                Kind::Note,
                Kind::Delete,
            ],
        ),
        (_, Some(Layer::Person | Layer::Source)) => (
            "On a mention".to_owned(),
            &[
                Kind::Describe,
                Kind::GoRecord,
                Kind::AllOccurrences,
                Kind::Accept,
                Kind::Retag,
                Kind::Note,
                Kind::Delete,
            ],
        ),
        (_, Some(_)) => (
            "On an annotation".to_owned(),
            &[Kind::Accept, Kind::Retag, Kind::Note, Kind::Delete],
        ),
        (Level::Word | Level::Letter, None) => (
            format!("On a {}", article.focus.level.name()),
            &[
                Kind::Person,
                Kind::Source,
                Kind::Cue,
                Kind::ExtendRight,
                Kind::Back,
            ],
        ),
        (level, None) => (
            format!("On a {}", level.name()),
            &[
                Kind::Claim,
                Kind::Quote,
                Kind::Person,
                Kind::Source,
                Kind::Finer,
                Kind::NextQuote,
            ],
        ),
    };
    section(ui, &format!("Keys of this moment: {}", what.to_lowercase()));
    keys(
        ui,
        FEW_CAPS,
        kinds
            .iter()
            .copied()
            .filter(|kind| resolve(*kind, state).is_ok()),
    );
    ui.add_space(8.0);
}

fn all_keys(ui: &mut Ui) {
    for group in Group::ALL {
        let kinds = CommandKind::ALL
            .iter()
            .copied()
            .filter(|kind| kind.group() == group && !taught::all_of(*kind).is_empty());
        section(ui, group.name());
        keys(ui, CAPS, kinds);
    }
}

fn keys(ui: &mut Ui, width: f32, kinds: impl Iterator<Item = CommandKind>) {
    let colours = theme(ui);
    for kind in kinds {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.allocate_ui(vec2(width, 0.0), |ui| {
                ui.set_width(width);
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
                    for key in taught::all_of(kind) {
                        key_cap(ui, &key);
                    }
                });
            });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.label(RichText::new(kind.name()).text_style(theme::strong()));
                let words = RichText::new(kind.help())
                    .text_style(theme::small())
                    .color(colours.muted);
                ui.add(egui::Label::new(words).wrap());
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_help_file_is_replaced_by_the_catalogues() {
        let (before, after) = around_keys(HELP);
        assert!(before.contains("What you can tag"));
        assert!(after.contains("Exporting"));
        assert!(!before.contains("|---|") && !after.contains("|---|"));
    }
}
