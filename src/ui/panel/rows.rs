//! One row of a list: a sign for its kind, its first words, and who or how many at the right.

use egui::accesskit::Role;
use egui::{Id as WidgetId, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::groups::Entry;
use super::lists::{Item, Row};
use super::{settling, suggested};
use crate::app::{OpenArticle, Problem, State, Tab};
use crate::model::{Annotation, Id, Layer, RelationKind, Standing};
use crate::ui::library::{line, sign};
use crate::ui::theme::{self, Theme, theme};

/// Height of a row.
pub const HEIGHT: f32 = 26.0;
const INSET: f32 = 12.0;
const BAR: f32 = 3.0;
/// More than the widest panel has room for.
const WORDS: usize = 16;

/// Whether a row is the one that the editor shows, and whether the keyboard is on it.
#[derive(Debug, Clone, Copy)]
pub struct Marks {
    /// Whether the editor shows it.
    pub is_active: bool,
    /// Whether the keyboard is on it.
    pub has_cursor: bool,
    /// Whether it is among several that are chosen.
    pub is_chosen: bool,
}

/// Who says a quote, as a row tells it.
pub enum Speaker {
    /// By name.
    Named(String),
    /// The article states nobody, and somebody has said so.
    NoneStated,
    /// Nobody has said yet.
    Missing,
    /// The marks are not for speech.
    NotSpeech(String),
}

/// The id of a row.
pub fn id(row: &Row) -> WidgetId {
    match row.first() {
        Item::Annotation(id) => WidgetId::unique(("annotation row", id.as_str())),
        Item::Suggestion(at) => WidgetId::unique(("suggestion row", at)),
        Item::Open(problem) => WidgetId::unique(("open row", format!("{problem:?}"))),
    }
}

/// Paints a row and says whether it was clicked.
pub fn show(
    ui: &mut Ui,
    within: Rect,
    tab: Tab,
    row: &Row,
    state: &State,
    article: &OpenArticle,
    marks: Marks,
) -> Response {
    let colours = theme(ui);
    let response = ui.interact(within, id(row), Sense::CLICK);
    if marks.is_chosen {
        ui.painter().rect_filled(within, 0.0, colours.selection);
    } else if marks.is_active || response.hovered() {
        ui.painter().rect_filled(within, 0.0, colours.row);
    }
    if marks.is_active || marks.is_chosen {
        let bar = Rect::from_min_size(within.min, vec2(BAR, within.height()));
        ui.painter().rect_filled(bar, 0.0, colours.ring);
    }
    if marks.has_cursor {
        let ring = within.shrink2(vec2(BAR + 1.0, 1.0));
        let stroke = Stroke::new(1.5, colours.ring);
        ui.painter()
            .rect_stroke(ring, f32::from(theme::RADIUS), stroke, StrokeKind::Inside);
    }
    let inner = within.shrink2(vec2(INSET, 0.0));
    let at = pos2(inner.left() + 6.0, inner.center().y);
    let rest = inner.with_min_x(inner.left() + 20.0);
    let name = match row {
        Row::Suggested(offers) => suggested::row(ui, at, rest, offers, article, &colours),
        Row::Open(problem) => open(ui, at, rest, problem, article, &colours),
        Row::Tagged(entry) => {
            let Some(annotation) = article.annotation(&entry.first) else {
                return response;
            };
            match (tab, annotation.layer) {
                (Tab::More, _) => more(ui, at, rest, annotation, article, &colours),
                (_, Layer::Code) => code(ui, at, rest, annotation, state, &colours),
                (_, Layer::Quote) => quote(ui, at, rest, annotation, state, article, &colours),
                (_, Layer::Claim) => claim(ui, at, rest, annotation, article, &colours),
                _ => mentions(ui, at, rest, entry, annotation, state, article, &colours),
            }
        }
    };
    let is_selected = marks.is_active || marks.is_chosen;
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_selected, &name));
    response
}

fn quote(
    ui: &Ui,
    at: egui::Pos2,
    rest: Rect,
    quote: &Annotation,
    state: &State,
    article: &OpenArticle,
    colours: &Theme,
) -> String {
    let form = article.form(quote);
    sign::form(ui.painter(), at, form, colours.layer(Layer::Quote).line);
    let words = first_words(quote, article);
    let limit = rest.with_min_x(rest.left() + rest.width() * 0.6);
    let (text, said) = match speaker(quote, state, article) {
        Speaker::Named(name) => {
            let covered = line::right(ui, limit, &name, &theme::small(), colours.muted);
            (covered, format!("said by {name}"))
        }
        Speaker::NoneStated => {
            let covered = line::right(ui, limit, "none stated", &theme::small(), colours.muted);
            (covered, "no source stated".to_owned())
        }
        Speaker::NotSpeech(kind) => {
            let covered = line::right(ui, limit, &kind, &theme::small(), colours.muted);
            (covered, kind)
        }
        Speaker::Missing => {
            let covered = line::right(ui, limit, "no speaker", &theme::small(), colours.warning);
            let sign_at = pos2(covered.left() - 9.0, rest.center().y);
            sign::warning(ui.painter(), sign_at, colours.warning);
            (
                covered.with_min_x(covered.left() - 15.0),
                "no speaker yet".to_owned(),
            )
        }
    };
    let left = rest.with_max_x(text.left() - 8.0);
    line::left(ui, left, &words, &theme::excerpt(), colours.ink);
    format!("{} quote: {words}, {said}", form.label())
}

fn claim(
    ui: &Ui,
    at: egui::Pos2,
    rest: Rect,
    claim: &Annotation,
    article: &OpenArticle,
    colours: &Theme,
) -> String {
    let status = claim.attrs.text("status");
    let words = first_words(claim, article);
    if claim.needs_recheck() {
        warned(ui, at, rest, &words, "check again", colours);
        return format!("Claim: {words}, check again");
    }
    sign::checking(ui.painter(), at, status, colours.layer(Layer::Claim).line);
    let mut left = rest;
    let verdict = claim.attrs.text("verdict").or(status);
    if let Some(verdict) = verdict {
        let limit = rest.with_min_x(rest.left() + rest.width() * 0.6);
        let covered = line::right(ui, limit, verdict, &theme::small(), colours.muted);
        left = rest.with_max_x(covered.left() - 8.0);
    }
    line::left(ui, left, &words, &theme::excerpt(), colours.ink);
    format!("Claim: {words}, {}", verdict.unwrap_or("not checked yet"))
}

fn code(
    ui: &Ui,
    at: egui::Pos2,
    rest: Rect,
    coded: &Annotation,
    state: &State,
    colours: &Theme,
) -> String {
    super::code::sign(ui, at, coded, state);
    let name = state.codes.label_of(coded);
    let limit = rest.with_min_x(rest.left() + rest.width() * 0.5);
    let covered = line::right(ui, limit, &name, &theme::small(), colours.muted);
    let words = first_of(&coded.exact());
    let left = rest.with_max_x(covered.left() - 8.0);
    line::left(ui, left, &words, &theme::excerpt(), colours.ink);
    format!("Code {name}: {words}")
}

#[allow(
    clippy::too_many_arguments,
    reason = "a painter's box, its row and what it reads from; a struct would name them twice"
)]
fn mentions(
    ui: &Ui,
    at: egui::Pos2,
    rest: Rect,
    entry: &Entry,
    first: &Annotation,
    state: &State,
    article: &OpenArticle,
    colours: &Theme,
) -> String {
    let ink = colours.layer(first.layer).line;
    let is_known = entry.record.is_some() && !is_unnamed(first, article);
    sign::head(ui.painter(), at, is_known, ink);
    let name = mention_name(first, state, article);
    let count = entry.count;
    let mut said = if count == 1 {
        "1 mention".to_owned()
    } else {
        format!("{count} mentions")
    };
    let mut counts = count.to_string();
    if let Some(offers) = &entry.offers {
        counts = format!("{counts} +{}", offers.count);
        said = format!("{said}, {} suggested", offers.count);
    }
    let covered = line::right(ui, rest, &counts, &theme::small(), colours.muted);
    let mut left = rest.with_max_x(covered.left() - 8.0);
    if is_unnamed(first, article) {
        let limit = left.with_min_x(left.left() + left.width() * 0.6);
        let covered = line::right(ui, limit, "unnamed", &theme::small(), colours.muted);
        left = left.with_max_x(covered.left() - 8.0);
    }
    line::left(ui, left, &name, &theme::body(), colours.ink);
    format!("{name}, {said}")
}

/// A row with a warning at its left and a few words about it at its right.
fn warned(ui: &Ui, at: egui::Pos2, rest: Rect, words: &str, told: &str, colours: &Theme) {
    sign::warning(ui.painter(), at, colours.warning);
    let limit = rest.with_min_x(rest.left() + rest.width() * 0.5);
    let covered = line::right(ui, limit, told, &theme::small(), colours.warning);
    let left = rest.with_max_x(covered.left() - 8.0);
    line::left(ui, left, words, &theme::excerpt(), colours.ink);
}

fn open(
    ui: &Ui,
    at: egui::Pos2,
    rest: Rect,
    problem: &Problem,
    article: &OpenArticle,
    colours: &Theme,
) -> String {
    let (words, told) = match problem {
        Problem::Decision(rank) => match article.sidecar.overrides.get(*rank) {
            Some(decision) => {
                let words = crate::app::shorten(&decision.at.selector.exact, 60);
                (words, settling::made(&decision.make))
            }
            None => return String::new(),
        },
        Problem::Told(rank) => {
            let told = article.conflicts.told.get(*rank);
            (told.cloned().unwrap_or_default(), "merged")
        }
        _ => return String::new(),
    };
    warned(ui, at, rest, &words, told, colours);
    format!("{told}: {words}")
}

fn more(
    ui: &Ui,
    at: egui::Pos2,
    rest: Rect,
    annotation: &Annotation,
    article: &OpenArticle,
    colours: &Theme,
) -> String {
    let fate = match article.problem_of(annotation) {
        Some(Problem::Place(_)) => Some(match annotation.standing() {
            Standing::Moved => "moved",
            Standing::Changed => "changed",
            _ => "orphaned",
        }),
        Some(Problem::Twice(_)) => Some("twice"),
        _ => None,
    };
    if let Some(fate) = fate {
        let layer = annotation.layer.name();
        let words = crate::app::shorten(&annotation.exact(), 60);
        warned(ui, at, rest, &words, &format!("{layer} · {fate}"), colours);
        return format!("{layer}, {fate}: {words}");
    }
    sign::note(ui.painter(), at, colours.layer(annotation.layer).line);
    if annotation.note.trim().is_empty() {
        let words = crate::app::shorten(&annotation.exact(), 60);
        line::left(ui, rest, &words, &theme::excerpt(), colours.muted);
        format!("{}: {words}", annotation.layer.name())
    } else {
        let words = crate::app::shorten(&annotation.note, 60);
        line::left(ui, rest, &words, &theme::body(), colours.ink);
        format!("{}: {words}", annotation.layer.name())
    }
}

/// The first words of an annotation's first fragment.
fn first_words(annotation: &Annotation, article: &OpenArticle) -> String {
    let span = annotation.spans().next();
    first_of(span.map_or("", |span| article.source.slice(span)))
}

/// The first words of a text, on one line: no more than a wide panel has room for.
pub fn first_of(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut out = String::new();
    for word in words.by_ref().take(WORDS) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if words.next().is_some() {
        out.push('…');
    }
    out
}

/// Who says a quote.
pub fn speaker(quote: &Annotation, state: &State, article: &OpenArticle) -> Speaker {
    let names: Vec<String> = article
        .linked(&quote.id, &RelationKind::SaidBy)
        .into_iter()
        .map(|source| mention_name(source, state, article))
        .collect();
    if !names.is_empty() {
        return Speaker::Named(names.join(", "));
    }
    match quote.attrs.text("kind") {
        Some(kind) if kind != "speech" => return Speaker::NotSpeech(kind.to_owned()),
        _ => {}
    }
    match quote.attrs.text("stated") {
        Some("none") => Speaker::NoneStated,
        _ => Speaker::Missing,
    }
}

/// What a mention is called: by its record, or by its own words.
pub fn mention_name(mention: &Annotation, state: &State, article: &OpenArticle) -> String {
    let by_record = mention.entity.as_ref().and_then(|id| state.record_name(id));
    if let Some(name) = by_record.filter(|name| !name.is_empty()) {
        return name.to_owned();
    }
    let words = mention
        .spans()
        .next()
        .map(|span| article.source.slice(span));
    crate::app::shorten(words.unwrap_or(&mention.exact()), 48)
}

/// Whether the article leaves a source unnamed.
pub fn is_unnamed(mention: &Annotation, article: &OpenArticle) -> bool {
    let cast = mention
        .entity
        .as_ref()
        .and_then(|id: &Id| article.sidecar.cast.get(id));
    let identification = cast.and_then(|cast| cast.attrs.text("identification"));
    matches!(
        identification,
        Some("described but unnamed" | "bare unnamed")
    )
}
