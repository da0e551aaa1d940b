//! One article of the list: its title, its file, how many tags it has and how far it is.

use egui::accesskit::Role;
use egui::{Align, Id, Rect, Response, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo};
use egui::{pos2, vec2};

use super::{line, sign};
use crate::app::{Row, State};
use crate::model::Status;
use crate::ui::theme::{self, theme};

/// Height of a row.
pub const HEIGHT: f32 = 44.0;
const INSET: f32 = 12.0;
const BAR: f32 = 3.0;
const SIGN: f32 = 16.0;

/// What a row shows besides the article.
#[derive(Debug, Clone, Copy)]
pub struct Marks {
    /// Whether it is the article that is open.
    pub is_open: bool,
    /// Whether it stands beside that one.
    pub is_beside: bool,
    /// Whether the keyboard is on it.
    pub has_cursor: bool,
}

/// What is known of an article: of the open one from memory, of others from the disk.
struct Facts<'a> {
    title: &'a str,
    status: Status,
    tags: usize,
    problem: Option<&'a str>,
    is_missing: bool,
}

/// The id of an article's row.
pub fn id(row: &Row<'_>) -> Id {
    Id::unique(("article row", row.key))
}

/// Paints a row and says whether it was clicked.
pub fn show(ui: &mut Ui, within: Rect, row: &Row<'_>, state: &State, marks: Marks) -> Response {
    let colours = theme(ui);
    let response = ui.interact(within, id(row), Sense::CLICK);
    let facts = facts(row, state);
    let file = row.key;

    let is_shown = marks.is_open || marks.is_beside;
    let ground = if is_shown || response.hovered() {
        Some(colours.row)
    } else {
        None
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(within, 0.0, ground);
    }
    if is_shown {
        let bar = Rect::from_min_size(within.min, vec2(BAR, within.height()));
        let ink = if marks.is_open {
            colours.ring
        } else {
            colours.muted
        };
        ui.painter().rect_filled(bar, 0.0, ink);
    }
    if marks.has_cursor {
        let ring = within.shrink2(vec2(BAR + 1.0, 1.0));
        let stroke = Stroke::new(1.5, colours.ring);
        ui.painter()
            .rect_stroke(ring, f32::from(theme::RADIUS), stroke, StrokeKind::Inside);
    }

    let inner = within.shrink2(vec2(INSET, 0.0));
    let first = Rect::from_min_max(
        pos2(inner.left(), within.top() + 5.0),
        pos2(inner.right(), within.top() + 23.0),
    );
    let second = Rect::from_min_max(
        pos2(inner.left(), within.top() + 23.0),
        pos2(inner.right(), within.top() + 39.0),
    );

    let ink = if facts.is_missing {
        colours.muted
    } else {
        colours.ink
    };
    line::left(ui, first, facts.title, &theme::strong(), ink);
    let end = second.right();
    let at = pos2(end - SIGN / 2.0 + 3.0, second.center().y);
    if facts.problem.is_some() {
        sign::warning(ui.painter(), at, colours.warning);
    } else {
        let ink = if facts.status == Status::Done {
            colours.ink
        } else {
            colours.muted
        };
        sign::status(ui.painter(), at, facts.status, ink);
    }
    let mut rest = second.with_max_x(end - SIGN);
    if facts.tags > 0 {
        let count = facts.tags.to_string();
        let covered = line::right(ui, rest, &count, &theme::small(), colours.muted);
        rest = rest.with_max_x(covered.left() - 8.0);
    }
    if facts.is_missing {
        let covered = line::right(ui, rest, "missing", &theme::small(), colours.warning);
        rest = rest.with_max_x(covered.left() - 8.0);
    }
    paint_file(ui, rest, file, colours.muted);

    let mut name = format!("{}, {}, {}", facts.title, file, facts.status.name());
    if facts.tags > 0 {
        name.push_str(&format!(
            ", {} {}",
            facts.tags,
            if facts.tags == 1 { "tag" } else { "tags" }
        ));
    }
    if marks.is_beside {
        name.push_str(", open beside");
    }
    if let Some(problem) = facts.problem {
        name.push_str(", ");
        name.push_str(problem);
    }
    let label = name.clone();
    response.widget_info(move || {
        WidgetInfo::selected(Role::ListBoxOption, true, marks.is_open, &label)
    });
    response.on_hover_ui(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.label(facts.title);
        ui.weak(file);
        match facts.problem {
            Some(problem) => ui.colored_label(colours.warning, format!("▲ {problem}")),
            None => ui.weak(format!("{}, {} tags", facts.status.name(), facts.tags)),
        };
    })
}

fn facts<'a>(row: &Row<'a>, state: &'a State) -> Facts<'a> {
    let info = row.info;
    let title = info
        .map(|info| info.title)
        .filter(|title| !title.is_empty());
    let open = state.articles.get(row.key);
    Facts {
        title: title.unwrap_or_else(|| file_name(row.key)),
        status: open.map_or_else(
            || info.map_or(Status::New, |info| info.status),
            |article| article.sidecar.status,
        ),
        tags: open.map_or_else(
            || info.map_or(0, |info| info.tags),
            |article| article.marks.total(),
        ),
        problem: if row.is_missing() {
            Some("the article is not there any more; its tags are kept")
        } else {
            info.and_then(|info| info.problem())
        },
        is_missing: row.is_missing(),
    }
}

/// The part of a name behind its folders.
pub fn file_name(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// Paints the path; where it is too long, the folders give way to the file's name.
fn paint_file(ui: &Ui, within: Rect, file: &str, ink: egui::Color32) {
    let style: TextStyle = theme::small();
    let whole = line::lay(ui, file, &style, ink, within.width());
    let name = file_name(file);
    if !whole.elided || name.len() == file.len() {
        line::paint(ui, whole, within, Align::Min);
    } else {
        line::left(ui, within, &format!("…/{name}"), &style, ink);
    }
}
