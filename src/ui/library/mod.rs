//! The list of articles: filter, rows, and how many are done.
//!
//! Draws only the rows in view, so a folder of 100,000 articles costs no more than one of twenty. Opening, filtering
//! and scanning are commands; the list itself keeps only where its cursor and its scroll bar stand.
//!
//! *Limitations*: type-ahead looks at titles and file names from their first letter on.

mod foot;
pub mod line;
pub mod list;
mod row;
pub mod sign;
#[cfg(test)]
mod tests;

use egui::{Event, EventFilter, Id, Key, Modifiers, Popup, Rect, Stroke, TextEdit, Ui, pos2, vec2};

use self::list::{List, Shape};
use crate::app::{ArticleKey, Command, CommandKind, Field, Folder, Outbox, Region, State};
use crate::ui::menus::{self, ByKey};
use crate::ui::taught;
use crate::ui::theme::{self, theme};

/// The id that takes the keyboard for the list.
pub const FOCUS_ID: &str = "library";

const FILTER_ID: &str = "library filter";
const FILTER_HEIGHT: f32 = 28.0;
const INSET: f32 = 8.0;
/// Letters that follow each other faster than this belong to one word, in seconds.
const TYPING: f64 = 1.0;

/// What the list remembers while the window is open.
#[derive(Debug, Default)]
pub struct LibraryView {
    list: List,
    cursor: Option<ArticleKey>,
    shown_article: Option<ArticleKey>,
    typed: String,
    typed_at: f64,
    seen_field: Option<Field>,
    foot: foot::Foot,
    menu: ByKey,
}

impl LibraryView {
    /// Draws the list and sends what was asked for.
    pub fn show(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        let asked =
            state.wants_field == Some(Field::Filter) && self.seen_field != Some(Field::Filter);
        self.seen_field = state.wants_field;
        let Some(folder) = &state.folder else {
            let key = taught::in_words(CommandKind::OpenFolder);
            hint(ui, &format!("No folder is open yet. {key} opens one."));
            return;
        };
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        self.filter(ui, folder, asked, out);
        let area = ui.available_rect_before_wrap();
        let (above, foot) = area.split_top_bottom_at_y(area.bottom() - foot::height(folder));
        self.follow_article(state, folder);
        if takes_keys(ui, state) {
            self.keys(ui, folder, out);
        }
        ui.scope_builder(egui::UiBuilder::new().max_rect(above), |ui| {
            if folder.rows.is_empty() {
                empty(ui, state, folder);
            } else if folder.shown.is_empty() {
                no_match(ui, folder, out);
            } else {
                self.rows(ui, state, folder, out);
            }
        });
        ui.scope_builder(egui::UiBuilder::new().max_rect(foot), |ui| {
            self.foot.show(ui, state, folder, out);
        });
    }

    fn filter(&mut self, ui: &mut Ui, folder: &Folder, asked: bool, out: &mut Outbox) {
        let id = Id::unique(FILTER_ID);
        let row = Rect::from_min_size(
            ui.cursor().min + vec2(INSET, INSET),
            vec2(ui.available_width() - 2.0 * INSET, FILTER_HEIGHT),
        );
        let mut text = folder.filter.clone();
        let placeholder = taught::with_key("Filter articles", CommandKind::FilterArticles);
        let keep = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            tab: false,
        };
        let field = TextEdit::singleline(&mut text)
            .id(id)
            .hint_text(placeholder)
            .align(egui::Align2::LEFT_CENTER)
            .event_filter(keep)
            .desired_width(f32::INFINITY)
            .min_size(row.size());
        let response = ui.put(row, field).accessible_name("Filter articles");
        if !text.is_empty() {
            let at =
                Rect::from_center_size(pos2(row.right() - 14.0, row.center().y), vec2(20.0, 20.0));
            let clear = ui
                .interact(at, id.with("clear"), egui::Sense::click())
                .on_hover_text("Show all articles");
            let colours = theme(ui);
            let ink = if clear.hovered() {
                colours.ink
            } else {
                colours.muted
            };
            sign::cross(ui.painter(), at.center(), ink);
            clear.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, "Clear the filter")
            });
            if clear.clicked() {
                text.clear();
            }
        }
        if text != folder.filter {
            out.send(Command::Filter(text));
        }
        if asked {
            response.request_focus();
        }
        if response.has_focus() {
            let (leave, down, enter) = ui.input_mut(|input| {
                (
                    input.consume_key(Modifiers::NONE, Key::Escape),
                    input.consume_key(Modifiers::NONE, Key::ArrowDown),
                    input.key_pressed(Key::Enter),
                )
            });
            if enter && let Some(row) = folder.shown.first().and_then(|i| folder.rows.get(*i)) {
                open(row.key.into(), out);
            } else if leave || down {
                response.surrender_focus();
                ui.memory_mut(|memory| memory.request_focus(Id::unique(FOCUS_ID)));
                out.send(Command::Focus(Region::List));
            }
        } else if response.lost_focus()
            && ui.input(|input| input.key_pressed(Key::Enter))
            && let Some(row) = folder.shown.first().and_then(|i| folder.rows.get(*i))
        {
            open(row.key.into(), out);
        }
        ui.advance_cursor_after_rect(row.expand2(vec2(0.0, INSET)));
        let y = row.bottom() + INSET;
        ui.painter()
            .hline(ui.max_rect().x_range(), y, theme(ui).hairline());
    }

    /// Brings the article that was opened elsewhere into view, once.
    fn follow_article(&mut self, state: &State, folder: &Folder) {
        let now = state.loading.as_ref().or(state.current.as_ref());
        if now == self.shown_article.as_ref() {
            return;
        }
        self.shown_article = now.cloned();
        self.cursor = now.cloned();
        if let Some(at) = self.place(folder) {
            self.list.reveal(at);
        }
    }

    /// Where the cursor stands among the rows that are shown.
    fn place(&self, folder: &Folder) -> Option<usize> {
        let row = folder.rows.at(self.cursor.as_ref()?)?;
        folder.shown.binary_search(&row).ok()
    }

    fn keys(&mut self, ui: &Ui, folder: &Folder, out: &mut Outbox) {
        let here = self.place(folder);
        if let Some(step) = self.list.steer(ui, row::HEIGHT)
            && let Some(to) = step.from(here, folder.shown.len())
        {
            self.move_to(folder, to);
        }
        let now = ui.input(|input| input.time);
        let typed: String = ui.input_mut(|input| {
            let mut typed = String::new();
            input.events.retain(|event| match event {
                Event::Text(text) => {
                    typed.push_str(text);
                    false
                }
                _ => true,
            });
            typed
        });
        if !typed.is_empty() {
            self.type_ahead(folder, &typed, now);
        }
        let (here, beside) = ui.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::Enter),
                input.consume_key(Modifiers::COMMAND, Key::Enter),
            )
        });
        match self.cursor.clone() {
            Some(key) if here => open(key, out),
            Some(key) if beside => out.send(Command::OpenBeside(key)),
            _ => {}
        }
    }

    fn move_to(&mut self, folder: &Folder, to: usize) {
        let row = folder
            .shown
            .get(to)
            .and_then(|index| folder.rows.get(*index));
        if let Some(row) = row {
            self.cursor = Some(row.key.into());
            self.list.reveal(to);
        }
    }

    /// Goes to the next row whose title or file name begins with what was typed.
    fn type_ahead(&mut self, folder: &Folder, typed: &str, now: f64) {
        if now - self.typed_at > TYPING {
            self.typed.clear();
        }
        self.typed_at = now;
        self.typed.push_str(&typed.to_lowercase());
        let count = folder.shown.len();
        let here = self.place(folder).unwrap_or(0);
        // One letter again and again walks on; a longer word may stay where it is.
        let from = if self.typed.chars().count() == 1 {
            here + 1
        } else {
            here
        };
        let found = (0..count).map(|step| (from + step) % count).find(|at| {
            let row = folder
                .shown
                .get(*at)
                .and_then(|index| folder.rows.get(*index));
            row.is_some_and(|row| {
                let title = row.info.map_or("", |info| info.title);
                [title, row::file_name(row.key)]
                    .iter()
                    .any(|name| name.to_lowercase().starts_with(&self.typed))
            })
        });
        if let Some(to) = found {
            self.move_to(folder, to);
        }
    }

    fn rows(&mut self, ui: &mut Ui, state: &State, folder: &Folder, out: &mut Outbox) {
        let here = self.place(folder);
        let cursor = here
            .and_then(|at| folder.shown.get(at))
            .and_then(|index| folder.rows.get(*index))
            .map(|row| row::id(&row));
        let shape = Shape {
            id: Id::unique(FOCUS_ID),
            name: "Articles",
            row: row::HEIGHT,
            count: folder.shown.len(),
            cursor,
        };
        let opened = state.loading.as_ref().or(state.current.as_ref());
        let has_keys = state.region == Region::List;
        let (mut clicked, mut pointed) = (None, None);
        let asks_menu = ByKey::asks(state, Region::List);
        if let Some(here) = here.filter(|_| asks_menu) {
            self.list.reveal(here);
        }
        let menu = &mut self.menu;
        self.list.show(ui, shape, |ui, at, within| {
            let Some(row) = folder
                .shown
                .get(at)
                .and_then(|index| folder.rows.get(*index))
            else {
                return;
            };
            let marks = row::Marks {
                is_open: opened.is_some_and(|key| **key == *row.key),
                is_beside: state.is_beside(row.key),
                has_cursor: has_keys && here == Some(at),
            };
            let response = row::show(ui, within, &row, state, marks);
            let held = ui.input(|input| input.modifiers);
            if response.clicked() {
                clicked = Some((ArticleKey::from(row.key), held.command));
            }
            if response.secondary_clicked() {
                pointed = Some(row.key.into());
            }
            let at = (asks_menu && here == Some(at)).then(|| menus::below(within));
            menu.article(&response, at, state, row.key, out);
        });
        if let Some(key) = pointed {
            self.cursor = Some(key);
        }
        if let Some((key, beside)) = clicked {
            self.cursor = Some(key.clone());
            if beside {
                out.send(Command::OpenBeside(key));
            } else {
                open(key, out);
            }
        }
    }
}

fn open(key: ArticleKey, out: &mut Outbox) {
    out.send(Command::OpenArticle(key));
    out.send(Command::Focus(Region::Reader));
}

/// Whether the keys of this frame are meant for the list.
fn takes_keys(ui: &Ui, state: &State) -> bool {
    state.region == Region::List
        && state.page.is_none()
        && state.pick.is_none()
        && !ui.ctx().text_edit_focused()
        && !Popup::is_any_open(ui.ctx())
}

fn hint(ui: &mut Ui, text: &str) {
    egui::Frame::new().inner_margin(16).show(ui, |ui| {
        ui.weak(text);
    });
}

fn empty(ui: &mut Ui, state: &State, folder: &Folder) {
    if state.work.is_some() {
        return;
    }
    egui::Frame::new().inner_margin(16).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.label(format!("No .txt or .md in “{}”.", folder.name()));
        match folder.others {
            0 => ui.weak("The folder holds no other files either."),
            1 => ui.weak("One other file was left alone."),
            more => ui.weak(format!("{more} other files were left alone.")),
        };
    });
}

fn no_match(ui: &mut Ui, folder: &Folder, out: &mut Outbox) {
    egui::Frame::new().inner_margin(16).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.weak(format!(
            "No article has “{}” in its title or name.",
            folder.filter
        ));
        if ui.button("Show all").clicked() {
            out.send(Command::Filter(String::new()));
        }
    });
}

/// A hairline over the top of a box.
pub(super) fn hairline_above(ui: &Ui, within: Rect) {
    let stroke: Stroke = theme(ui).hairline();
    ui.painter()
        .hline(within.x_range(), within.top() + 0.5, stroke);
}

/// Height of the small lines at the foot.
pub(super) const FOOT: f32 = 2.0 * theme::SMALL_SIZE;
