//! The row of tabs over the lists: each with its count and the letter that tags such a thing.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Galley, Id, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::lists::Lists;
use crate::app::{Command, CommandKind, OpenArticle, Outbox, SUGGESTED, State, Tab};
use crate::model::Layer;
use crate::ui::suggestion;
use crate::ui::theme::{self, Theme, theme};
use crate::ui::widgets::{self, keys_of};

/// Height of the row.
pub const HEIGHT: f32 = 36.0;
const INSET: f32 = 8.0;
const MARKER: f32 = 2.0;
const LEAST_GAP: f32 = 8.0;
const MOST_GAP: f32 = 16.0;

/// What a tab is called, and how many of its first letters name its key.
pub const fn name(tab: Tab) -> &'static str {
    match tab {
        Tab::Quotes => "Quotes",
        Tab::Sources => "Sources",
        Tab::People => "People",
        Tab::Claims => "Claims",
        Tab::Codes => "Codes",
        Tab::More => "More",
    }
}

fn help(tab: Tab, article: &OpenArticle) -> String {
    let mentions = |layer| article.marks.count(layer);
    match tab {
        Tab::Quotes => format!(
            "What is attributed to somebody. {} tags it.",
            keys_of(CommandKind::Quote)
        ),
        Tab::Sources => format!(
            "Who speaks or is cited, in {} mentions. {} tags one.",
            mentions(Layer::Source),
            keys_of(CommandKind::Source)
        ),
        Tab::People => format!(
            "Who is named, in {} mentions. {} tags one.",
            mentions(Layer::Person),
            keys_of(CommandKind::Person)
        ),
        Tab::Claims => format!(
            "What could be checked. {} tags it.",
            keys_of(CommandKind::Claim)
        ),
        Tab::Codes => format!(
            "Passages with a code of the folder’s codebook. {} or its digit tags one.",
            keys_of(CommandKind::Code)
        ),
        Tab::More => "Notes, and what an edit of the article or a merge left open.".to_owned(),
    }
}

/// Draws the tabs.
pub fn show(ui: &mut Ui, state: &State, article: &OpenArticle, lists: &Lists, out: &mut Outbox) {
    let colours = theme(ui);
    let area = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), HEIGHT));
    ui.advance_cursor_after_rect(area);
    ui.painter()
        .hline(area.x_range(), area.bottom() - 0.5, colours.hairline());

    let shown: Vec<Tab> = Tab::ALL
        .into_iter()
        .filter(|tab| {
            let may_hide = matches!(tab, Tab::Codes | Tab::More);
            !may_hide || state.tab == *tab || lists.count(article, *tab) > 0
        })
        .collect();
    let shown: Vec<Tally> = shown
        .into_iter()
        .map(|tab| Tally {
            tab,
            count: lists.count(article, tab),
            waiting: waiting(tab, state, article),
        })
        .collect();
    let room = area.width() - 2.0 * INSET;
    let fits = |galleys: &Vec<_>| wide(galleys) + LEAST_GAP * shown.len() as f32 <= room;
    let galleys = [Fit::Roomy, Fit::Small, Fit::Dotted, Fit::Bare, Fit::Tiny]
        .into_iter()
        .map(|fit| lay(ui, &shown, state.tab, fit, &colours))
        .find(fits)
        .unwrap_or_else(|| lay(ui, &shown, state.tab, Fit::Letters, &colours));
    let gap = ((room - wide(&galleys)) / shown.len() as f32).clamp(LEAST_GAP, MOST_GAP);

    let mut x = area.left() + INSET;
    for (tally, galley) in shown.into_iter().zip(galleys) {
        let tab = tally.tab;
        let width = galley.size().x + gap;
        let within = Rect::from_min_size(pos2(x, area.top()), vec2(width, HEIGHT));
        x += width;
        let is_chosen = state.tab == tab;
        let id = Id::unique(("panel tab", tab));
        let response = ui.interact(within, id, Sense::click());
        let spot = within.shrink2(vec2(1.0, 5.0));
        widgets::ground(ui, spot, &response, false);
        let at = pos2(
            (within.left() + gap / 2.0).round(),
            (within.center().y - galley.size().y / 2.0).round(),
        );
        if is_chosen {
            let marker = Rect::from_min_max(
                pos2(at.x, area.bottom() - MARKER),
                pos2(at.x + galley.size().x, area.bottom()),
            );
            ui.painter().rect_filled(marker, 0.0, colours.ring);
        }
        ui.painter().galley(at, galley, colours.ink);
        let mut label = format!("{} {}", name(tab), tally.count);
        let mut hint = help(tab, article);
        if tally.waiting > 0 {
            label.push_str(&format!(", {} suggested", tally.waiting));
            hint.push_str(&format!(" {} suggested.", tally.waiting));
        }
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_chosen, &label));
        let response = response.on_hover_text(hint);
        if response.clicked() {
            out.send(Command::Tab(tab));
        }
    }
}

/// A tab and what its list holds.
#[derive(Debug, Clone, Copy)]
struct Tally {
    tab: Tab,
    /// How many rows are tagged.
    count: usize,
    /// How many suggestions of its kind wait.
    waiting: usize,
}

/// How many suggestions wait in a list.
fn waiting(tab: Tab, state: &State, article: &OpenArticle) -> usize {
    let own = SUGGESTED.into_iter().filter(|layer| Tab::of(*layer) == tab);
    own.map(|layer| suggestion::waiting(state, article, layer))
        .sum()
}

/// How much of a tab's words is shown, where the panel is narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Roomy,
    Small,
    /// A dot says that suggestions wait.
    Dotted,
    /// Only the chosen tab has its count.
    Bare,
    /// The same in the smallest letters.
    Tiny,
    /// Only the chosen tab has its name, the others their letter.
    Letters,
}

fn wide(galleys: &[Arc<Galley>]) -> f32 {
    galleys.iter().map(|galley| galley.size().x).sum()
}

fn lay(ui: &Ui, tabs: &[Tally], chosen: Tab, fit: Fit, colours: &Theme) -> Vec<Arc<Galley>> {
    tabs.iter()
        .map(|tally| {
            let job = words(ui, *tally, chosen == tally.tab, fit, colours);
            ui.painter().layout_job(job)
        })
        .collect()
}

fn words(ui: &Ui, tally: Tally, is_chosen: bool, fit: Fit, colours: &Theme) -> LayoutJob {
    let tab = tally.tab;
    let style = if is_chosen {
        theme::strong()
    } else {
        theme::body()
    };
    let ink = if is_chosen {
        colours.ink
    } else {
        colours.muted
    };
    let small = theme::small().resolve(ui.style());
    let mut font = style.resolve(ui.style());
    font.size = match fit {
        Fit::Roomy => font.size,
        Fit::Tiny => theme::LABEL_SIZE,
        _ => small.size,
    };
    let plain = TextFormat::simple(font, ink);
    let mut job = LayoutJob::default();
    let (letter, rest) = match (tab, fit) {
        // C is that of the claims.
        (Tab::Codes, Fit::Letters) if !is_chosen => ("E", ""),
        (Tab::More, Fit::Letters) if !is_chosen => ("…", ""),
        (_, Fit::Letters) if !is_chosen => (&name(tab)[..1], ""),
        _ => name(tab).split_at(1),
    };
    let underline = if matches!(tab, Tab::Codes | Tab::More) {
        Stroke::NONE
    } else {
        Stroke::new(1.0, ink)
    };
    job.append(
        letter,
        0.0,
        TextFormat {
            underline,
            ..plain.clone()
        },
    );
    job.append(rest, 0.0, plain);
    let quiet = TextFormat::simple(small, colours.muted);
    if is_chosen || matches!(fit, Fit::Roomy | Fit::Small | Fit::Dotted) {
        job.append(&tally.count.to_string(), 4.0, quiet.clone());
    }
    if tally.waiting > 0 {
        let waits = match fit {
            Fit::Roomy | Fit::Small => format!("+{}", tally.waiting),
            Fit::Dotted | Fit::Bare | Fit::Tiny | Fit::Letters => "•".to_owned(),
        };
        job.append(&waits, 4.0, quiet);
    }
    job
}
