//! Context menus: commands of the catalogue, with their keys, for what the pointer is on.

use egui::{Button, Response, Ui};

use super::widgets;
use crate::app::{ArticleKey, Command, CommandKind, Outbox, Region, State, resolve};

/// What can be done with the open article.
const ARTICLE: &[CommandKind] = &[CommandKind::MarkDone, CommandKind::ClearTags];

/// What can be done with the folder.
const FOLDER: &[Option<CommandKind>] = &[Some(CommandKind::Export), Some(CommandKind::Refresh)];

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
        ui.set_min_width(WIDTH);
        commands(ui, state, entries, out);
    });
}

/// Offers what can be done with an article of the list.
pub fn article(response: &Response, state: &State, key: &ArticleKey, out: &mut Outbox) {
    response.context_menu(|ui| {
        ui.set_min_width(WIDTH);
        let is_current = state.current.as_ref() == Some(key);
        let open = [
            Command::OpenArticle(key.clone()),
            Command::Focus(Region::Reader),
        ];
        line(ui, "Open", "Enter", None, &open, out);
        let why_not = match state.beside {
            _ if is_current => Some("It is open already: no article stands beside itself."),
            None if state.is_narrow => resolve(CommandKind::Beside, state).err(),
            _ => None,
        };
        let beside = [Command::OpenBeside(key.clone())];
        line(ui, "Open beside", "Ctrl+Enter", why_not, &beside, out);
        ui.separator();
        for kind in ARTICLE {
            let other = "Open it first: this is about the open article.";
            let why_not = resolve(*kind, state).err();
            let why_not = if is_current { why_not } else { Some(other) };
            command(ui, *kind, why_not, out);
        }
        ui.separator();
        commands(ui, state, FOLDER, out);
    });
}

/// Width of a menu, in points.
const WIDTH: f32 = 200.0;

fn commands(ui: &mut Ui, state: &State, entries: &[Option<CommandKind>], out: &mut Outbox) {
    for entry in entries {
        match *entry {
            Some(kind) => command(ui, kind, resolve(kind, state).err(), out),
            None => {
                ui.separator();
            }
        }
    }
}

fn command(ui: &mut Ui, kind: CommandKind, why_not: Option<&str>, out: &mut Outbox) {
    let button = Button::new(kind.name()).shortcut_text(widgets::key_of(kind));
    let response = ui.add_enabled(why_not.is_none(), button);
    if widgets::ask(response, kind, why_not, out).clicked() {
        ui.close();
    }
}

/// A line that is no command of the catalogue.
fn line(
    ui: &mut Ui,
    name: &str,
    key: &str,
    why_not: Option<&str>,
    does: &[Command],
    out: &mut Outbox,
) {
    let button = Button::new(name).shortcut_text(key);
    let response = ui.add_enabled(why_not.is_none(), button);
    if response.clicked() {
        does.iter().for_each(|command| out.send(command.clone()));
        ui.close();
    }
    if let Some(why) = why_not {
        response.on_disabled_hover_text(why);
    }
}
