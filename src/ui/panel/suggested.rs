//! Suggestions in the panel: a row of a list, and the editor's place for the one that has the focus.
//!
//! Nothing can be edited in a suggestion: it is accepted, with another speaker if need be, or rejected.

use egui::accesskit::Role;
use egui::{Button, Pos2, Rect, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use super::field::{ROW, lines, row as field};
use super::groups::Offers;
use super::head::{LINE, quotation};
use super::rows::first_of;
use crate::app::{CommandKind, OpenArticle, Outbox, State, Suggestion, in_marks, resolve};
use crate::model::Layer;
use crate::ui::library::{line, sign};
use crate::ui::suggestion;
use crate::ui::theme::{self, Theme, theme};
use crate::ui::widgets::{ask, with_key};

/// Paints a row and says what it is called.
pub fn row(
    ui: &Ui,
    at: Pos2,
    rest: Rect,
    offers: &Offers,
    article: &OpenArticle,
    colours: &Theme,
) -> String {
    let Some(offer) = article.suggestions.get(offers.first) else {
        return String::new();
    };
    let is_quote = offer.layer == Layer::Quote;
    sign::suggested(ui.painter(), at, is_quote, colours.layer(offer.layer).line);
    let (words, style, aside) = match offer.layer {
        Layer::Person => {
            let name = suggestion::person(article, offer).unwrap_or_default();
            let count = offers.count.to_string();
            (name.to_owned(), theme::body(), Some(count))
        }
        layer => {
            let words = first_of(&suggestion::words(article, offer));
            let speaker = (layer == Layer::Quote).then(|| {
                let name = suggestion::speaker(article, offer);
                name.unwrap_or_else(|| "none stated".to_owned())
            });
            (words, theme::excerpt(), speaker)
        }
    };
    let mut left = rest;
    if let Some(aside) = aside {
        let limit = rest.with_min_x(rest.left() + rest.width() * 0.6);
        let covered = line::right(ui, limit, &aside, &theme::small(), colours.muted);
        left = rest.with_max_x(covered.left() - 8.0);
    }
    line::left(ui, left, &words, &style, colours.muted);
    let title = suggestion::title(offer);
    match (offer.layer, offers.count) {
        (Layer::Person, 1) => format!("{title}: {words}, 1 mention"),
        (Layer::Person, n) => format!("{title}: {words}, {n} mentions"),
        (Layer::Quote, _) => match suggestion::speaker(article, offer) {
            Some(name) => format!("{title}: {words}, said by {name}"),
            None => format!("{title}: {words}, no source stated"),
        },
        _ => format!("{title}: {words}"),
    }
}

/// Room for what stands around the words, in points: the head, the reason and the buttons; of a quote, its rows as well.
const AROUND: f32 = 160.0;
const ROWS_OF_QUOTE: f32 = 4.0;
/// Height of a row of the words.
const WORDS: f32 = 21.0;
/// So many rows of the words are always shown.
const LEAST_ROWS: f32 = 2.0;

/// Shows the suggestion that has the focus, with what can be done about it. Its words take what `height` has room for.
pub fn editor(
    ui: &mut Ui,
    height: f32,
    state: &State,
    article: &OpenArticle,
    offer: &Suggestion,
    out: &mut Outbox,
) {
    head(ui, article, offer);
    let fields = match offer.layer {
        Layer::Quote => ROWS_OF_QUOTE,
        _ => 1.0,
    };
    let room = height - AROUND - fields * ROW;
    let rows = (room / WORDS).floor().max(LEAST_ROWS);
    quotation(ui, &suggestion::words(article, offer), rows as usize);
    match offer.layer {
        Layer::Quote => quote(ui, article, offer),
        Layer::Person => {
            let name = suggestion::person(article, offer).unwrap_or_default();
            told(ui, "Name", name, true);
        }
        _ => {
            let kind = suggestion::claim_type(article, offer);
            told(ui, "Type", kind, false);
        }
    }
    let colours = theme(ui);
    ui.add_space(4.0);
    let why = RichText::new(format!("Why: {}", suggestion::why(article, offer)));
    ui.label(why.text_style(theme::small()).color(colours.muted));
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let text = with_key("Accept", CommandKind::Accept);
        let accept = Button::new(RichText::new(text).color(colours.on_ring)).fill(colours.ring);
        decide(ui, state, CommandKind::Accept, accept, out);
        let text = with_key("Reject", CommandKind::Reject);
        decide(ui, state, CommandKind::Reject, Button::new(text), out);
        if offer.layer == Layer::Quote {
            let text = with_key("Other speaker", CommandKind::Source);
            decide(ui, state, CommandKind::Source, Button::new(text), out);
        }
    });
}

/// "Suggested quote · direct", and how far to trust it at the right.
fn head(ui: &mut Ui, article: &OpenArticle, offer: &Suggestion) {
    let colours = theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::empty());
    let at = pos2(rect.left() + 6.0, rect.center().y);
    let is_quote = offer.layer == Layer::Quote;
    let ink = colours.layer(offer.layer).line;
    sign::suggested(ui.painter(), at, is_quote, ink);
    let mut what = format!("Suggested {}", offer.layer.name());
    if is_quote {
        what.push_str(&format!(" · {}", suggestion::form(article, offer).label()));
    }
    let rest = rect.with_min_x(rect.left() + 20.0);
    let confidence = offer.confidence.name();
    let covered = line::right(ui, rest, confidence, &theme::small(), colours.muted);
    let left = rest.with_max_x(covered.left() - 8.0);
    line::left(ui, left, &what, &theme::strong(), colours.ink);
    let name = format!("{what}, {confidence}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
}

fn quote(ui: &mut Ui, article: &OpenArticle, offer: &Suggestion) {
    match suggestion::speaker(article, offer) {
        Some(name) => told(ui, "Said by", &name, true),
        None => {
            let none = RichText::new("no source stated").color(theme(ui).muted);
            field(ui, "Said by", |ui| ui.label(none));
        }
    }
    if let Some(name) = suggestion::relayer(article, offer) {
        told(ui, "Relayed by", &name, true);
    }
    let rule = suggestion::rule(article, offer);
    let cue = rule.and_then(|rule| rule.cue);
    match cue {
        Some(cue) => told(ui, "Cue", &in_marks(article.source.slice(cue)), false),
        None => told(ui, "Cue", "none in the text", false),
    }
    let identification = rule.map_or("", |rule| rule.identification);
    told(ui, "Identified", identification, false);
}

/// A line of the editor; nothing where there is nothing to tell.
fn told(ui: &mut Ui, label: &str, value: &str, is_name: bool) {
    if value.is_empty() {
        return;
    }
    let style = if is_name {
        theme::strong()
    } else {
        theme::body()
    };
    field(ui, label, |ui| {
        let (_, response) = lines(ui, value, &style, 0.0, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, value));
    });
}

fn decide(ui: &mut Ui, state: &State, kind: CommandKind, button: Button<'_>, out: &mut Outbox) {
    let possible = resolve(kind, state);
    let response = ui.add_enabled(possible.is_ok(), button);
    ask(response, kind, possible.err(), out);
}
