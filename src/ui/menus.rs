//! Context menus: commands of the catalogue, with their keys, for what the pointer is on or the focus has.

use egui::{Button, Id, Popup, Pos2, Rect, Response, SetOpenCommand, Ui, vec2};

use super::{topbar, widgets};
use crate::app::{Command, CommandKind, Outbox, Region, State, resolve};

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

/// A context menu that a key may open: where it stands then. By the pointer, it opens where that is.
#[derive(Debug, Default)]
pub struct ByKey {
    at: Option<(Id, Pos2)>,
}

impl ByKey {
    /// Whether a key asked a region for the menu of what has the focus.
    pub fn asks(state: &State, region: Region) -> bool {
        state.wants_menu && state.region == region && state.page.is_none()
    }

    /// Shows the menu on a right click, or at a place in this frame. The first line has the focus then.
    fn show(&mut self, on: &Response, at: Option<Pos2>, content: impl FnOnce(&mut Ui, &mut bool)) {
        if on.secondary_clicked() {
            self.at = None;
        }
        let mut popup = Popup::context_menu(on);
        if let Some(at) = at {
            self.at = Some((on.id, at));
            popup = popup.open_memory(SetOpenCommand::Bool(true));
        }
        if let Some((_, at)) = self.at.filter(|(of, _)| *of == on.id) {
            // Where it does not fit beneath, it moves up no further than it must.
            popup = popup.at_position(at).align_alternatives(&[]);
        }
        let mut takes_focus = at.is_some();
        popup.show(|ui| {
            topbar::tighten(ui, WIDTH);
            content(ui, &mut takes_focus);
        });
    }

    /// Offers commands; `None` is a line between them.
    pub fn context(
        &mut self,
        on: &Response,
        at: Option<Pos2>,
        state: &State,
        entries: &[Option<CommandKind>],
        out: &mut Outbox,
    ) {
        self.show(on, at, |ui, first| commands(ui, first, state, entries, out));
    }

    /// Offers what can be done with an article of the list.
    pub fn article(
        &mut self,
        on: &Response,
        at: Option<Pos2>,
        state: &State,
        key: &str,
        out: &mut Outbox,
    ) {
        self.show(on, at, |ui, first| {
            let is_current = state.current.as_deref() == Some(key);
            let open = [
                Command::OpenArticle(key.into()),
                Command::Focus(Region::Reader),
            ];
            line(ui, first, ("Open", "Enter"), None, &open, out);
            let why_not = match state.beside {
                _ if is_current => Some("It is open already: no article stands beside itself."),
                None if state.is_narrow => resolve(CommandKind::Beside, state).err(),
                _ => None,
            };
            let beside = [Command::OpenBeside(key.into())];
            line(
                ui,
                first,
                ("Open beside", "Ctrl+Enter"),
                why_not,
                &beside,
                out,
            );
            ui.separator();
            for kind in ARTICLE {
                let other = "Open it first: this is about the open article.";
                let why_not = resolve(*kind, state).err();
                let why_not = if is_current { why_not } else { Some(other) };
                command(ui, first, *kind, why_not, out);
            }
            ui.separator();
            commands(ui, first, state, FOLDER, out);
        });
    }
}

/// Where the menu of a row stands that a key opens.
pub fn below(row: Rect) -> Pos2 {
    row.left_bottom() + vec2(12.0, 0.0)
}

/// Width of a menu, in points.
const WIDTH: f32 = 200.0;

fn commands(
    ui: &mut Ui,
    first: &mut bool,
    state: &State,
    entries: &[Option<CommandKind>],
    out: &mut Outbox,
) {
    for entry in entries {
        match *entry {
            Some(kind) => command(ui, first, kind, resolve(kind, state).err(), out),
            None => {
                ui.separator();
            }
        }
    }
}

fn command(
    ui: &mut Ui,
    first: &mut bool,
    kind: CommandKind,
    why_not: Option<&str>,
    out: &mut Outbox,
) {
    let response = entry(ui, first, (kind.name(), &widgets::key_of(kind)), why_not);
    if widgets::ask(response, kind, why_not, out).clicked() {
        ui.close();
    }
}

/// A line that is no command of the catalogue.
fn line(
    ui: &mut Ui,
    first: &mut bool,
    words: (&str, &str),
    why_not: Option<&str>,
    does: &[Command],
    out: &mut Outbox,
) {
    let response = entry(ui, first, words, why_not);
    if response.clicked() {
        does.iter().for_each(|command| out.send(command.clone()));
        ui.close();
    }
    if let Some(why) = why_not {
        response.on_disabled_hover_text(why);
    }
}

/// A line with its name and key; the first that can be chosen takes the focus, if one is to.
fn entry(ui: &mut Ui, first: &mut bool, words: (&str, &str), why_not: Option<&str>) -> Response {
    let button = Button::new(words.0).shortcut_text(words.1);
    let response = ui.add_enabled(why_not.is_none(), button);
    if why_not.is_none() && std::mem::take(first) {
        response.request_focus();
    }
    response
}
