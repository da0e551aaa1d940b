//! The bar at the top: the menu, where we are, what there is of each layer, undo, redo and the palette.
//!
//! Menus are made from the catalogue, so a new command appears by itself.

use egui::{
    Atom, Button, IdSalt, Popup, RichText, Role, Ui, Vec2, WidgetInfo, WidgetText, text::LayoutJob,
};

use super::library::sign;
use super::widgets::{self, Sign};
use super::{layout, suggestion, theme};
use crate::app::{Command, CommandKind, Group, OpenArticle, Outbox, Region, State, Tab, resolve};
use crate::model::Layer;

/// Height of the bar, in points.
pub const HEIGHT: f32 = 36.0;

/// Draws the bar.
pub fn show(ui: &mut Ui, state: &State, out: &mut Outbox) {
    widgets::sides(
        ui,
        HEIGHT,
        out,
        |ui, out| {
            ui.spacing_mut().item_spacing.x = 6.0;
            menu(ui, state, out);
            place(ui, state);
        },
        |ui, out| {
            ui.spacing_mut().item_spacing.x = 4.0;
            tools(ui, state, out);
            if let Some(article) = state.article() {
                ui.add_space(8.0);
                counters(ui, state, article, out);
            }
        },
    );
}

fn menu(ui: &mut Ui, state: &State, out: &mut Outbox) {
    let button = widgets::sign_button(ui, Sign::Menu, "Menu", true);
    Popup::menu(&button).show(|ui| {
        tighten(ui, 132.0);
        for group in Group::ALL {
            ui.menu_button(group.name(), |ui| {
                tighten(ui, 280.0);
                for kind in CommandKind::ALL.iter().filter(|kind| kind.group() == group) {
                    item(ui, state, *kind, out);
                }
            });
        }
    });
    if !Popup::is_any_open(ui.ctx()) {
        button.on_hover_text("Menu");
    }
}

/// Menus are read from top to bottom: their rows stand closer than buttons do.
pub(super) fn tighten(ui: &mut Ui, width: f32) {
    ui.set_min_width(width);
    ui.spacing_mut().interact_size.y = 26.0;
    ui.spacing_mut().item_spacing.y = 1.0;
}

fn item(ui: &mut Ui, state: &State, kind: CommandKind, out: &mut Outbox) {
    if let Some(layer) = switch_of(kind) {
        switch(ui, kind, state.suggests(layer), out);
        return;
    }
    let possible = resolve(kind, state);
    let name = match kind {
        CommandKind::Undo | CommandKind::Redo => step_name(state, kind),
        _ => kind.name().to_owned(),
    };
    let button = Button::new(name).shortcut_text(widgets::key_of(kind));
    let response = ui.add_enabled(possible.is_ok(), button);
    if response.clicked() {
        out.run(kind);
        ui.close();
    }
    match possible {
        Ok(_) => response.on_hover_text(kind.help()),
        Err(why) => response.on_disabled_hover_text(why),
    };
}

/// The layer whose suggestions a command shows and hides.
fn switch_of(kind: CommandKind) -> Option<Layer> {
    match kind {
        CommandKind::SuggestQuotes => Some(Layer::Quote),
        CommandKind::SuggestPeople => Some(Layer::Person),
        CommandKind::SuggestClaims => Some(Layer::Claim),
        _ => None,
    }
}

/// A line of a menu with a tick while it is on. The menu stays: several may be switched in a row.
fn switch(ui: &mut Ui, kind: CommandKind, is_on: bool, out: &mut Outbox) {
    let tick = IdSalt::new("tick");
    let shown = Button::new((kind.name(), Atom::custom(tick, Vec2::splat(12.0))))
        .shortcut_text(widgets::key_of(kind))
        .atom_ui(ui);
    if is_on && let Some(rect) = shown.rect(tick) {
        sign::tick(ui.painter(), rect.center(), theme::theme(ui).ink);
    }
    let response = shown.response;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, kind.name()));
    if response.clicked() {
        out.run(kind);
    }
    response.on_hover_text(kind.help());
}

/// "Undo: tag a claim".
fn step_name(state: &State, kind: CommandKind) -> String {
    let step = if kind == CommandKind::Undo {
        state.history.next_undo()
    } else {
        state.history.next_redo()
    };
    step.map_or_else(
        || kind.name().to_owned(),
        |step| format!("{}: {}", kind.name(), step.name),
    )
}

fn place(ui: &mut Ui, state: &State) {
    let colours = theme::theme(ui);
    let Some(folder) = &state.folder else {
        ui.label(RichText::new("Pressmark").text_style(theme::strong()));
        return;
    };
    let title = state.article().map(OpenArticle::title);
    let name = RichText::new(folder.name()).text_style(theme::strong());
    match title {
        Some(title) => {
            ui.label(name.color(colours.muted));
            widgets::sign(ui, Sign::Right, colours.muted);
            let clipped = widgets::clipped(ui, RichText::new(&title).text_style(theme::strong()));
            clipped.on_hover_text(title);
        }
        None => {
            widgets::clipped(ui, name);
        }
    }
}

/// Drawn from the right edge leftwards.
fn tools(ui: &mut Ui, state: &State, out: &mut Outbox) {
    let mut tool = |sign: Sign, kind: CommandKind, name: String| {
        let possible = resolve(kind, state);
        let button = widgets::sign_button(ui, sign, &name, possible.is_ok());
        if button.clicked() {
            out.run(kind);
        }
        let hint = match possible {
            Ok(_) => widgets::with_key(&name, kind),
            Err(why) => why.to_owned(),
        };
        button.on_hover_text(hint);
    };
    tool(
        Sign::Search,
        CommandKind::Palette,
        "Go to anything, do anything".to_owned(),
    );
    tool(
        Sign::Redo,
        CommandKind::Redo,
        step_name(state, CommandKind::Redo),
    );
    tool(
        Sign::Undo,
        CommandKind::Undo,
        step_name(state, CommandKind::Undo),
    );
}

/// Drawn from the right edge leftwards.
fn counters(ui: &mut Ui, state: &State, article: &OpenArticle, out: &mut Outbox) {
    let count = |layer| article.marks.count(layer);
    let all = [
        (Layer::Claim, 'C', count(Layer::Claim), ["claim", "claims"]),
        (Layer::Person, 'P', state.people(), ["person", "people"]),
        (
            Layer::Quote,
            'Q',
            count(Layer::Quote),
            ["attribution", "attributions"],
        ),
    ];
    let coded = count(Layer::Code);
    let codes = (Layer::Code, 'E', coded, ["coded passage", "coded passages"]);
    let codes = (coded > 0).then_some(codes);
    for (layer, letter, count, names) in codes.into_iter().chain(all) {
        let waiting = suggestion::waiting(state, article, layer);
        let mut name = format!("{count} {}", names[usize::from(count != 1)]);
        if waiting > 0 {
            name.push_str(&format!(", {waiting} suggested"));
        }
        let figure = figure(ui, layer, letter, [count, waiting]);
        let button = ui.add(Button::new(figure).frame_when_inactive(false));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if button.clicked() {
            out.send(Command::Tab(Tab::of(layer)));
            // A list that is in sight changes under the reader's keys; one that is not has to come.
            if !layout::is_panel_docked(state, ui.ctx().content_rect().width()) {
                out.send(Command::Focus(Region::Panel));
            }
        }
        button.on_hover_text(name);
    }
}

/// A layer's letter in its ink, how many are tagged, and apart from that how many suggestions wait.
fn figure(ui: &Ui, layer: Layer, letter: char, [count, waiting]: [usize; 2]) -> WidgetText {
    let colours = theme::theme(ui);
    let ink = if count == 0 {
        colours.muted
    } else {
        colours.ink
    };
    let mut parts = vec![
        RichText::new(letter)
            .text_style(theme::strong())
            .color(colours.layer(layer).line),
        RichText::new(format!(" {count}"))
            .text_style(theme::small())
            .color(ink),
    ];
    if waiting > 0 {
        let waits = RichText::new(format!(" +{waiting}"));
        parts.push(waits.text_style(theme::small()).color(colours.muted));
    }
    let mut job = LayoutJob::default();
    for part in parts {
        part.append_to(
            &mut job,
            ui.style(),
            egui::FontSelection::Default,
            egui::Align::Center,
        );
    }
    job.into()
}
