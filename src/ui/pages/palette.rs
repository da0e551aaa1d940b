//! The palette: commands, articles, persons, organisations and places of the article by a few letters.
//!
//! As Ctrl+G opens it, places of the article alone. //! What cannot be done now is listed with its reason. Names are matched when the query changes, not in every frame.

use egui::accesskit::Role;
use egui::{FontId, Id, Key, Modifiers, Rect, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::places::{Goal, places};
use super::sheet::Sheet;
use crate::app::{ArticleKey, Command, CommandKind, Outbox, Page, Region, State, fit, resolve};
use crate::model;
use crate::ui::library::line;
use crate::ui::library::list::{List, Shape};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::key_of;

const WIDTH: f32 = 560.0;
const FIELD: f32 = 36.0;
const ROW: f32 = 32.0;
const ROWS: usize = 12;
const INSET: f32 = 10.0;
/// More hits than this are of no use to anybody.
const MOST: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Target {
    Command(CommandKind),
    Article(ArticleKey),
    Record(model::Id),
    Place(Goal),
    Code(model::Id),
}

#[derive(Debug, Clone)]
struct Hit {
    target: Target,
    name: String,
    detail: String,
    found: Vec<usize>,
    score: i32,
}

/// What the palette remembers while it is open.
#[derive(Debug, Default)]
pub struct Palette {
    query: String,
    hits: Vec<Hit>,
    matched: Option<(Page, String, u64, usize)>,
    cursor: usize,
    list: List,
    /// Whether the arrows were used since the query changed.
    is_walked: bool,
    was_open: bool,
}

impl Palette {
    /// Forgets the last query, when the palette is not shown.
    pub fn close(&mut self) {
        if self.was_open {
            *self = Self::default();
        }
    }

    /// Draws the palette.
    pub fn show(&mut self, ui: &Ui, state: &State, page: Page, out: &mut Outbox) {
        let (title, hint) = match page {
            Page::GoTo => (
                "Go to a place in this article",
                "A paragraph’s number, a percentage, words of a tag or heading…",
            ),
            _ => (
                "Go to anything, do anything",
                "A command, an article, a person, a tag, a paragraph’s number…",
            ),
        };
        let sheet = Sheet {
            page,
            title,
            width: WIDTH,
            is_bare: true,
        };
        sheet.show(ui, out, |ui, out| {
            ui.spacing_mut().item_spacing.y = 6.0;
            let (moved, enter, beside) = self.keys(ui);
            self.field(ui, title, hint);
            self.search(state, page);
            if let Some(step) = moved {
                let last = self.hits.len().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(step).min(last);
                self.list.reveal(self.cursor);
                self.is_walked = true;
            }
            let clicked = self.rows(ui, state);
            let chosen = clicked.or(enter.then_some(self.cursor));
            if let Some(hit) = chosen.and_then(|at| self.hits.get(at)) {
                choose(hit, state, out);
            } else if beside
                && let Some(Target::Article(key)) = self.hits.get(self.cursor).map(|h| &h.target)
            {
                out.send(Command::Show(None));
                out.send(Command::OpenBeside(key.clone()));
            }
        });
        self.was_open = true;
    }

    /// How far the cursor moves, whether its row is chosen, and whether it is to stand beside the open article.
    fn keys(&self, ui: &Ui) -> (Option<isize>, bool, bool) {
        let page = ROWS as isize - 1;
        ui.input_mut(|input| {
            let steps = [
                (Key::ArrowDown, 1),
                (Key::ArrowUp, -1),
                (Key::PageDown, page),
                (Key::PageUp, -page),
            ];
            let moved: isize = steps
                .into_iter()
                .filter(|(key, _)| input.consume_key(Modifiers::NONE, *key))
                .map(|(_, step)| step)
                .sum();
            let enter = input.consume_key(Modifiers::NONE, Key::Enter);
            let beside = input.consume_key(Modifiers::COMMAND, Key::Enter);
            ((moved != 0).then_some(moved), enter, beside)
        })
    }

    fn field(&mut self, ui: &mut Ui, title: &str, hint: &str) {
        let id = Id::unique("palette query");
        let keep = egui::EventFilter {
            tab: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: false,
        };
        let field = TextEdit::singleline(&mut self.query)
            .id(id)
            .hint_text(hint)
            .align(egui::Align2::LEFT_CENTER)
            .event_filter(keep)
            .desired_width(f32::INFINITY)
            .min_size(vec2(0.0, FIELD));
        let response = ui.add(field).accessible_name(title);
        // The query is all that the keyboard can reach here; the list follows its arrows.
        if !response.has_focus() {
            response.request_focus();
        }
        // What is typed is heard, and what the arrows go to.
        if let Some(hit) = self.hits.get(self.cursor).filter(|_| self.is_walked) {
            let row = id_of(hit).accesskit_id();
            ui.ctx()
                .accesskit_node_builder(id, |node| node.set_active_descendant(row));
        }
    }

    fn search(&mut self, state: &State, page: Page) {
        let rows = state.folder.as_ref().map_or(0, |folder| folder.rows.len());
        let basis = (page, self.query.clone(), state.generation, rows);
        if self.matched.as_ref() == Some(&basis) {
            return;
        }
        self.matched = Some(basis);
        (self.cursor, self.is_walked) = (0, false);
        self.list.reveal(0);
        self.hits = if page == Page::GoTo {
            place_hits(&self.query, state)
        } else {
            hits(&self.query, state)
        };
    }

    fn rows(&mut self, ui: &mut Ui, state: &State) -> Option<usize> {
        if self.hits.is_empty() {
            ui.add_space(4.0);
            let words = match self.query.as_str() {
                "" => "This article has no headings and no tags yet.".to_owned(),
                query => format!("Nothing is called “{query}”."),
            };
            ui.horizontal(|ui| {
                ui.add_space(INSET);
                ui.weak(words);
            });
            ui.add_space(4.0);
            return None;
        }
        let height = ROW * self.hits.len().min(ROWS) as f32;
        let height = height.min(super::sheet::scroll_height(ui));
        let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::empty());
        let mut clicked = None;
        let shape = Shape {
            id: Id::unique("palette hits"),
            name: "Found",
            row: ROW,
            count: self.hits.len(),
            cursor: self.hits.get(self.cursor).map(id_of),
        };
        let Self {
            hits, list, cursor, ..
        } = self;
        let mut hovered = None;
        ui.scope_builder(egui::UiBuilder::new().max_rect(area), |ui| {
            list.show(ui, shape, |ui, at, within| {
                let Some(hit) = hits.get(at) else {
                    return;
                };
                let response = row(ui, within, hit, state, *cursor == at);
                if response.clicked() {
                    clicked = Some(at);
                }
                if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
                    hovered = Some(at);
                }
            });
        });
        if let Some(at) = hovered {
            *cursor = at;
        }
        clicked
    }
}

fn row(ui: &mut Ui, within: Rect, hit: &Hit, state: &State, is_chosen: bool) -> egui::Response {
    let colours = theme(ui);
    let response = ui.interact(within, id_of(hit), Sense::CLICK);
    if is_chosen {
        ui.painter()
            .rect_filled(within, f32::from(theme::RADIUS), colours.row);
    }
    let inner = within.shrink2(vec2(INSET, 0.0));
    let reason = why_not(&hit.target, state);
    let detail = reason.unwrap_or(&hit.detail);
    let half = inner.with_min_x(inner.left() + inner.width() * 0.4);
    let covered = line::right(ui, half, detail, &theme::small(), colours.muted);
    let ink = if reason.is_some() {
        colours.muted
    } else {
        colours.ink
    };
    let font = theme::body().resolve(ui.style());
    let strong = theme::strong().resolve(ui.style());
    let parts = parts(&hit.name, &hit.found);
    let parts: Vec<(&str, FontId, egui::Color32)> = parts
        .iter()
        .map(|(text, is_found)| {
            let font = if *is_found { &strong } else { &font };
            let ink = if *is_found && reason.is_none() {
                colours.ring
            } else {
                ink
            };
            (text.as_str(), font.clone(), ink)
        })
        .collect();
    let left = inner.with_max_x(covered.left() - 12.0);
    let galley = line::lay_parts(ui, &parts, left.width());
    line::paint(ui, galley, left, egui::Align::Min);
    let name = if detail.is_empty() {
        hit.name.clone()
    } else {
        format!("{}, {detail}", hit.name)
    };
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, reason.is_none(), is_chosen, &name)
    });
    match (reason, &hit.target) {
        (Some(reason), _) => response.on_hover_text(reason),
        (None, Target::Command(kind)) => response.on_hover_text(kind.help()),
        (None, Target::Article(_)) => response.on_hover_text("Ctrl+Enter opens it beside this one"),
        (None, _) => response,
    }
}

/// The id of a hit's row.
fn id_of(hit: &Hit) -> Id {
    Id::unique(("palette hit", &hit.target))
}

/// The name cut at the borders of what was found.
fn parts(name: &str, found: &[usize]) -> Vec<(String, bool)> {
    let mut parts: Vec<(String, bool)> = Vec::new();
    for (at, letter) in name.chars().enumerate() {
        let is_found = found.binary_search(&at).is_ok();
        match parts.last_mut() {
            Some((text, same)) if *same == is_found => text.push(letter),
            _ => parts.push((letter.to_string(), is_found)),
        }
    }
    parts
}

/// A hit, where its name has the letters of the query.
fn hit(query: &str, target: Target, name: &str, detail: &str, bonus: i32) -> Option<Hit> {
    let fit = fit(query, name)?;
    Some(Hit {
        target,
        name: name.to_owned(),
        detail: detail.to_owned(),
        found: fit.at,
        score: fit.score + bonus,
    })
}

fn hits(query: &str, state: &State) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for kind in CommandKind::ALL
        .iter()
        .filter(|kind| **kind != CommandKind::Palette)
    {
        let bonus = if resolve(*kind, state).is_ok() { 2 } else { -6 };
        hits.extend(hit(
            query,
            Target::Command(*kind),
            kind.name(),
            &key_of(*kind),
            bonus,
        ));
    }
    if let Some(folder) = &state.folder {
        for row in folder.rows.iter() {
            let title = row.info.map(|info| info.title);
            let name = title.filter(|title| !title.is_empty()).unwrap_or(row.key);
            let target = Target::Article(row.key.into());
            match fit(query, name).is_none().then(|| fit(query, row.key)) {
                // Its headline says nothing of this, but the file is called so.
                Some(Some(of_file)) => hits.push(Hit {
                    target,
                    name: name.to_owned(),
                    detail: row.key.to_string(),
                    found: Vec::new(),
                    score: of_file.score,
                }),
                _ => hits.extend(hit(query, target, name, row.key, 0)),
            }
        }
    }
    for entity in state
        .records
        .entities
        .by_id
        .values()
        .filter(|entity| entity.merged_into.is_none())
    {
        let target = Target::Record(entity.id.clone());
        hits.extend(hit(query, target, &entity.name, entity.kind.name(), 1));
    }
    for code in state.codes.book.current() {
        let detail = match code.key {
            Some(key) => format!("code {key}"),
            None => "code".to_owned(),
        };
        hits.extend(hit(
            query,
            Target::Code(code.id.clone()),
            &code.name,
            &detail,
            1,
        ));
    }
    // A letter would bring up half of the tags.
    if query.trim().chars().count() > 1 || query.contains(|c: char| c.is_ascii_digit()) {
        hits.extend(place_hits(query, state));
    }
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
    hits.truncate(MOST);
    hits
}

/// Paragraphs, headings and tags of the open article.
fn place_hits(query: &str, state: &State) -> Vec<Hit> {
    let places = state.article().map(|article| places(query, article));
    let hits = places.into_iter().flatten().map(|place| Hit {
        target: Target::Place(place.goal),
        name: place.name,
        detail: place.detail,
        found: place.found,
        score: place.score,
    });
    let mut hits: Vec<Hit> = hits.collect();
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
    hits
}

/// Why a hit cannot be chosen now.
fn why_not(target: &Target, state: &State) -> Option<&'static str> {
    match target {
        Target::Command(kind) => resolve(*kind, state).err(),
        Target::Article(_) | Target::Place(_) => None,
        Target::Record(id) => first_mention(id, state)
            .is_none()
            .then_some("not in this article"),
        Target::Code(_) => resolve(CommandKind::Code, state).err(),
    }
}

fn first_mention(record: &model::Id, state: &State) -> Option<model::Id> {
    let article = state.article()?;
    let entities = &state.records.entities;
    let is_of = |id: &model::Id| entities.resolve(id).map_or(id, |entity| &entity.id) == record;
    let mentions = article.marks.by_record();
    let mentions = mentions.filter(|(record, _)| record.is_some_and(is_of));
    let first = mentions.flat_map(|(_, all)| [all.persons.first(), all.sources.first()]);
    first.flatten().min().map(|(_, _, id)| id.clone())
}

fn choose(hit: &Hit, state: &State, out: &mut Outbox) {
    if why_not(&hit.target, state).is_some() {
        return;
    }
    out.send(Command::Show(None));
    match &hit.target {
        Target::Command(kind) => out.run(*kind),
        Target::Article(key) => {
            out.send(Command::OpenArticle(key.clone()));
            out.send(Command::Focus(Region::Reader));
        }
        Target::Record(id) => {
            if let Some(mention) = first_mention(id, state) {
                out.send(Command::GoToAnnotation(mention));
            }
        }
        Target::Place(Goal::Offset(offset)) => out.send(Command::GoTo(*offset)),
        Target::Place(Goal::Tag(id)) => out.send(Command::GoToAnnotation(id.clone())),
        Target::Code(id) => out.send(Command::TagCode(id.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_cut_out_of_the_name() {
        let parts = parts("Next quote", &[0, 5]);
        let words: Vec<(&str, bool)> = parts
            .iter()
            .map(|(text, found)| (text.as_str(), *found))
            .collect();
        assert_eq!(
            words,
            [("N", true), ("ext ", false), ("q", true), ("uote", false)]
        );
    }

    #[test]
    fn commands_are_found_without_a_folder() {
        let hits = hits("open fold", &State::default());
        assert_eq!(
            hits.first().map(|hit| hit.name.as_str()),
            Some("Open folder…")
        );
    }
}
