//! Context menus: commands of the catalogue, with their keys, for what the pointer is on.

use egui::{Button, Response};

use super::widgets;
use crate::app::{CommandKind, Outbox, State, resolve};

/// What can be done with an article of the list.
pub const ARTICLE: &[Option<CommandKind>] = &[
    Some(CommandKind::MarkDone),
    Some(CommandKind::ClearTags),
    None,
    Some(CommandKind::Export),
    Some(CommandKind::Refresh),
];

/// What can be done with an annotation of the panel's lists.
pub const ANNOTATION: &[Option<CommandKind>] = &[
    Some(CommandKind::Accept),
    Some(CommandKind::Reject),
    None,
    Some(CommandKind::Note),
    Some(CommandKind::Retag),
    Some(CommandKind::GoRecord),
    Some(CommandKind::AllOccurrences),
    Some(CommandKind::AllInFolder),
    None,
    Some(CommandKind::Copy),
    Some(CommandKind::CopyCited),
    None,
    Some(CommandKind::Delete),
];

/// Offers commands on a right click; `None` is a line between them.
pub fn context(
    response: &Response,
    state: &State,
    entries: &[Option<CommandKind>],
    out: &mut Outbox,
) {
    response.context_menu(|ui| {
        ui.set_min_width(200.0);
        for entry in entries {
            let Some(kind) = *entry else {
                ui.separator();
                continue;
            };
            let possible = resolve(kind, state);
            let button = Button::new(kind.name()).shortcut_text(widgets::key_of(kind));
            let response = ui.add_enabled(possible.is_ok(), button);
            if widgets::ask(response, kind, possible.err(), out).clicked() {
                ui.close();
            }
        }
    });
}
