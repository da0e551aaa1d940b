//! A for the whole folder: every place of a tag's words, article by article, with a tick for what would be tagged.
//!
//! The rows are walked by ↑ and ↓ and ticked by Space; the one that is walked to has the keyboard's real focus, so that
//! a screen reader says it. Only rows in view are drawn.

use egui::accesskit::Role;
use egui::{
    Button, Id, Key, Modifiers, ProgressBar, Rect, Response, RichText, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::sheet::{Sheet, aside, scroll_height};
use crate::app::{Command, Everywhere, Outbox, Page, Progress, State};
use crate::ui::library::line;
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{self, counted};

const WIDTH: f32 = 720.0;
const ROW: f32 = 28.0;
const BOX: f32 = 14.0;
/// How far passages stand in under their article.
const INDENT: f32 = 24.0;

/// What the page remembers while it is open.
#[derive(Debug, Default)]
pub struct EverywherePage {
    /// The search that it shows.
    ticket: u64,
    /// The row that is walked to.
    at: usize,
    /// Whether that row is to get the keyboard and come into view.
    is_moved: bool,
}

/// A row: an article, or one of its passages.
type Row = (usize, Option<usize>);

impl EverywherePage {
    /// Draws the page.
    pub fn show(&mut self, ui: &Ui, state: &State, out: &mut Outbox) {
        let Some(everywhere) = &state.everywhere else {
            return;
        };
        if self.ticket != everywhere.ticket {
            *self = Self {
                ticket: everywhere.ticket,
                at: 0,
                is_moved: true,
            };
        }
        let title = format!("“{}” in the folder", everywhere.like.words);
        let sheet = Sheet {
            page: Page::Everywhere,
            title: &title,
            width: WIDTH,
            is_bare: false,
        };
        sheet.show(ui, out, |ui, out| match everywhere.progress {
            Progress::Searching => progress(ui, "Looking through", everywhere, out),
            Progress::Opening => progress(ui, "Opening", everywhere, out),
            Progress::Choosing => self.choosing(ui, everywhere, out),
        });
    }

    fn choosing(&mut self, ui: &mut Ui, everywhere: &Everywhere, out: &mut Outbox) {
        let rows: Vec<Row> = everywhere
            .found
            .iter()
            .enumerate()
            .flat_map(|(at, found)| {
                let passages = (0..found.places.len()).map(move |place| (at, Some(place)));
                std::iter::once((at, None)).chain(passages)
            })
            .collect();
        let (passages, articles) = everywhere.meant();
        aside(ui, told(everywhere));
        let height = scroll_height(ui) - 40.0;
        self.keys(ui, &rows, (height / ROW) as usize, out);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true]);
        if self.is_moved {
            let top = self.at as f32 * ROW;
            let wanted = (top - height / 3.0).max(0.0);
            area = area.vertical_scroll_offset(wanted);
        }
        area.show_rows(ui, ROW, rows.len(), |ui, shown| {
            for at in shown {
                self.row(ui, everywhere, rows[at], at, out);
            }
        });
        self.is_moved = false;
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            let name = match passages {
                0 => "Tag nothing".to_owned(),
                _ => format!(
                    "Tag {} in {}",
                    everywhere.like.counted(passages),
                    counted(articles, "article")
                ),
            };
            let button = Button::new(RichText::new(name).text_style(theme::strong()));
            let tag = ui.add_enabled(passages > 0, button);
            if tag
                .on_hover_text("Tags all that are ticked, as one step (Enter)")
                .clicked()
            {
                out.send(Command::TagEverywhere);
            }
            if ui
                .button("Cancel")
                .on_hover_text("Tags none of them  Esc")
                .clicked()
            {
                out.send(Command::Show(None));
            }
            ui.add_space(8.0);
            for (key, does) in [("↑↓", "walk"), ("Space", "tick or not"), ("Enter", "tag")] {
                widgets::key_hint(ui, key, does);
            }
        });
    }

    /// Walking and ticking, unless a button has the keyboard.
    fn keys(&mut self, ui: &Ui, rows: &[Row], page: usize, out: &mut Outbox) {
        let focused = ui.memory(egui::Memory::focused);
        if focused.is_some_and(|id| id != row_id(self.at)) {
            return;
        }
        let last = rows.len().saturating_sub(1);
        let moves = [
            (Key::ArrowDown, (self.at + 1).min(last)),
            (Key::ArrowUp, self.at.saturating_sub(1)),
            (Key::PageDown, (self.at + page).min(last)),
            (Key::PageUp, self.at.saturating_sub(page)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        for (key, to) in moves {
            if pressed(key) {
                (self.at, self.is_moved) = (to, true);
            }
        }
        if (pressed(Key::Space) || pressed(Key::X))
            && let Some((article, passage)) = rows.get(self.at)
        {
            out.send(Command::LeaveOutEverywhere(*article, *passage));
        }
        if pressed(Key::Enter) {
            out.send(Command::TagEverywhere);
        }
    }

    fn row(&mut self, ui: &mut Ui, all: &Everywhere, row: Row, at: usize, out: &mut Outbox) {
        let (article, passage) = row;
        let found = &all.found[article];
        let colours = theme(ui);
        let size = vec2(ui.available_width(), ROW);
        let (_, rect) = ui.allocate_space(size);
        let response = ui.interact(rect, row_id(at), Sense::click());
        widgets::ground(ui, rect, &response, self.at == at);
        let is_meant = match passage {
            Some(place) => all.is_meant(article, place),
            None => all.meant_in(article).next().is_some(),
        };
        let can = found.readonly.is_none();
        let inner = rect.shrink2(vec2(8.0, 0.0));
        let indent = if passage.is_some() { INDENT } else { 0.0 };
        let ticked = Rect::from_center_size(
            pos2(inner.left() + indent + BOX / 2.0, inner.center().y),
            vec2(BOX, BOX),
        );
        tick(ui, ticked, is_meant, can);
        let words = inner.with_min_x(ticked.right() + 10.0);
        let ink = if is_meant { colours.ink } else { colours.muted };
        let name = match passage {
            Some(place) => {
                let place = &found.places[place];
                let number = format!("¶{}", place.block + 1);
                line::right(ui, words, &number, &theme::small(), colours.muted);
                let room = words.with_max_x(words.right() - 48.0);
                line::left(ui, room, &place.around, &theme::excerpt(), ink);
                format!("{}, paragraph {}", place.around, place.block + 1)
            }
            None => {
                let right = found.readonly.as_ref().map_or_else(
                    || {
                        format!(
                            "{} of {}",
                            all.meant_in(article).count(),
                            found.places.len()
                        )
                    },
                    |_| "read only".to_owned(),
                );
                line::right(ui, words, &right, &theme::small(), colours.muted);
                let room = words.with_max_x(words.right() - 96.0);
                line::left(ui, room, &found.title, &theme::strong(), ink);
                format!("{}, {right}", found.title)
            }
        };
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, can, is_meant, &name));
        let response = match (passage, &found.readonly) {
            (None, Some(why)) => response.on_hover_text(why),
            (None, None) => response.on_hover_text(&*found.key),
            _ => response,
        };
        self.answer(ui, &response, row, at, out);
    }

    fn answer(&mut self, ui: &Ui, response: &Response, row: Row, at: usize, out: &mut Outbox) {
        if response.clicked() {
            self.at = at;
            response.request_focus();
            out.send(Command::LeaveOutEverywhere(row.0, row.1));
        }
        if at != self.at {
            return;
        }
        if self.is_moved {
            response.request_focus();
        }
        widgets::hold_arrows(ui, response.id);
    }
}

fn row_id(at: usize) -> Id {
    Id::unique(("everywhere", at))
}

/// What was found, and what was not looked at.
fn told(everywhere: &Everywhere) -> String {
    let all: usize = everywhere.found.iter().map(|f| f.places.len()).sum();
    let mut told = format!(
        "{} without a tag, in {}. What is ticked will be tagged as a {}.",
        everywhere.like.counted(all),
        counted(everywhere.found.len(), "article"),
        everywhere.like.layer.name(),
    );
    if everywhere.more > 0 {
        told += &format!(
            " {} more are left for the next time.",
            counted(everywhere.more, "article")
        );
    }
    if everywhere.unread > 0 {
        told += &format!(
            " {} could not be read.",
            counted(everywhere.unread, "article")
        );
    }
    told
}

fn progress(ui: &mut Ui, doing: &str, everywhere: &Everywhere, out: &mut Outbox) {
    let (done, total) = everywhere.done;
    aside(ui, format!("{doing} {}…", counted(total, "article")));
    let part = done as f32 / total.max(1) as f32;
    ui.add(ProgressBar::new(part).desired_height(6.0));
    ui.add_space(4.0);
    if ui
        .button("Cancel")
        .on_hover_text("Stops; nothing is tagged  Esc")
        .clicked()
    {
        out.send(Command::Show(None));
    }
}

/// A tick box, as the theme draws them.
fn tick(ui: &mut Ui, rect: Rect, is_on: bool, can: bool) {
    let colours = theme(ui);
    let ink = if can { colours.ink } else { colours.muted };
    let painter = ui.painter();
    painter.rect(
        rect,
        2.0,
        colours.paper,
        Stroke::new(1.0, colours.edge),
        StrokeKind::Inside,
    );
    if is_on {
        let stroke = Stroke::new(1.5, ink);
        let at = |x: f32, y: f32| rect.min + vec2(x, y) * (BOX / 14.0);
        painter.line_segment([at(3.0, 7.5), at(6.0, 10.5)], stroke);
        painter.line_segment([at(6.0, 10.5), at(11.0, 4.0)], stroke);
    }
}
