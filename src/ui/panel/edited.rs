//! The line over the lists that says how the tags came through an edit of the article, with the keys that settle it.
//!
//! There only as long as something is open.

use egui::{Button, Frame, RichText, Ui, vec2};

use super::open::Open;
use crate::app::{CommandKind, Outbox, State, resolve};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{counted, tooltip_of, with_key};

/// Draws the line, if something is open.
pub fn show(ui: &mut Ui, state: &State, open: &Open, out: &mut Outbox) {
    let Some(told) = told(open) else {
        return;
    };
    let colours = theme(ui);
    let response = Frame::new()
        .fill(colours.wash)
        .inner_margin(egui::Margin::symmetric(12, 6))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
            let text = RichText::new(format!("▲ {told}"));
            let text = text.text_style(theme::small()).color(colours.warning);
            ui.add(egui::Label::new(text).wrap()).on_hover_text(
                "Untouched tags stand where they stood. Moved: the same words, elsewhere. Changed: some words are others. \
                 Orphaned: the words are nowhere. Nothing is lost, and nothing is placed without you.",
            );
            ui.horizontal_wrapped(|ui| {
                button(ui, CommandKind::NextProblem, "Next", true, out);
                if open.tags.moved > 0 {
                    let name = format!("Confirm all {} moved", open.tags.moved);
                    let can = resolve(CommandKind::ConfirmMoved, state).is_ok();
                    button(ui, CommandKind::ConfirmMoved, &name, can, out);
                }
            });
        });
    let below = response.response.rect;
    ui.painter()
        .hline(below.x_range(), below.bottom() - 0.5, colours.hairline());
}

fn button(ui: &mut Ui, kind: CommandKind, name: &str, is_enabled: bool, out: &mut Outbox) {
    let text = RichText::new(with_key(name, kind)).text_style(theme::small());
    let button = ui.add_enabled(is_enabled, Button::new(text));
    if button.on_hover_text(tooltip_of(kind)).clicked() {
        out.run(kind);
    }
}

/// "112 untouched, 3 moved, 1 changed, 2 orphaned"; nothing when nothing is open.
fn told(open: &Open) -> Option<String> {
    let Open {
        tags,
        decisions,
        conflicts,
        ..
    } = *open;
    let mut parts = Vec::new();
    if tags.unsettled() > 0 {
        parts.push(format!("{} untouched", tags.exact));
    }
    let counts = [
        (tags.moved, "moved"),
        (tags.changed, "changed"),
        (tags.orphaned, "orphaned"),
    ];
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    parts.extend(some.map(|(count, what)| format!("{count} {what}")));
    if decisions > 0 {
        parts.push(format!("{} lost", counted(decisions, "decision")));
    }
    if conflicts > 0 {
        parts.push(format!("{} of a merge", counted(conflicts, "conflict")));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Anchoring;

    #[test]
    fn the_line_counts_all_tags_and_names_only_what_there_is() {
        let mut open = Open::default();
        assert_eq!(told(&open), None);
        open.tags = Anchoring {
            exact: 112,
            moved: 3,
            changed: 1,
            orphaned: 2,
        };
        let line = "112 untouched, 3 moved, 1 changed, 2 orphaned";
        assert_eq!(told(&open).as_deref(), Some(line));
        open.tags = Anchoring {
            exact: 112,
            ..Anchoring::default()
        };
        assert_eq!(told(&open), None);
        (open.decisions, open.conflicts) = (1, 2);
        let line = "1 decision lost, 2 conflicts of a merge";
        assert_eq!(told(&open).as_deref(), Some(line));
    }
}
