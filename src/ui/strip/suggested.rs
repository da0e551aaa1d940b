//! What the strip says about suggestions: the one that has the focus, and how many are left.

use egui::{Align, Color32, Layout, Rangef, Rect, RichText, Ui, UiBuilder};

use crate::app::{CommandKind, OpenArticle, SUGGESTED, State, Suggestion};
use crate::model::Layer;
use crate::ui::suggestion;
use crate::ui::theme;
use crate::ui::widgets::{self, key_of};

/// Height of the two lines, in points: together they leave the strip a little air.
const LINES: [f32; 2] = [20.0, 16.0];

/// In two lines, because reasons are long: "James Hewitt said this (direct)", below it "1 of 6 · sure · Name and colon".
pub(super) fn sentence(ui: &mut Ui, state: &State, article: &OpenArticle, at: usize) {
    let Some(offer) = article.suggestions.get(at) else {
        return;
    };
    let [mut first, mut second] = halves(ui);
    first.spacing_mut().item_spacing.x = 5.0;
    says(&mut first, article, offer);
    let (nth, of) = suggestion::place(state, article, at);
    let mut parts = vec![format!("{nth} of {of}"), offer.confidence.name().to_owned()];
    let kind = suggestion::claim_type(article, offer);
    if !kind.is_empty() {
        parts.push(format!("type {kind}"));
    }
    if offer.layer != Layer::Claim {
        parts.push(suggestion::why(article, offer).to_owned());
    }
    let reason = parts.join(" · ");
    let colour = theme::theme(ui).muted;
    let text = RichText::new(&reason)
        .text_style(theme::small())
        .color(colour);
    widgets::clipped(&mut second, text).on_hover_text(reason);
}

/// "James Hewitt said this (direct)".
fn says(ui: &mut Ui, article: &OpenArticle, offer: &Suggestion) {
    let strong =
        |ui: &mut Ui, text: &str| ui.label(RichText::new(text).text_style(theme::strong()));
    match offer.layer {
        Layer::Quote => {
            let form = suggestion::form(article, offer).label();
            match suggestion::speaker(article, offer) {
                Some(name) => {
                    strong(ui, &name);
                    ui.label(format!("said this ({form})"));
                }
                None => {
                    strong(ui, "No source stated");
                    ui.label(format!("for this ({form})"));
                }
            }
            if let Some(name) = suggestion::relayer(article, offer) {
                widgets::clipped(ui, RichText::new(format!("· relayed by {name}")));
            }
        }
        Layer::Person => {
            strong(ui, suggestion::person(article, offer).unwrap_or_default());
            ui.label("a person?");
        }
        _ => {
            let why = lower_first(suggestion::why(article, offer));
            strong(ui, "Worth checking:");
            widgets::clipped(ui, RichText::new(&why)).on_hover_text(why);
        }
    }
}

/// What the keys do on a suggestion.
pub(super) fn keys(layer: Layer) -> Vec<(CommandKind, &'static str)> {
    let mut keys = vec![(CommandKind::Accept, "accept")];
    if layer == Layer::Quote {
        keys.push((CommandKind::Source, "other speaker"));
    }
    keys.push((CommandKind::Reject, suggestion::rejection(layer)));
    keys.push((CommandKind::NextAnnotation, "next"));
    keys
}

/// What is to be said once nothing waits: that all are decided, or that there were none.
pub(super) fn over(state: &State, article: &OpenArticle) -> Option<[String; 2]> {
    article.analysis.as_ref()?;
    if article.readonly.is_some() || state.open_suggestions() > 0 {
        return None;
    }
    if article.suggestions.is_empty() {
        return Some(
            [
                "No suggestions: the rules found nothing here.",
                "All keys work by hand.",
            ]
            .map(str::to_owned),
        );
    }
    let of_kind = |layer: &Layer| state.suggests(*layer);
    let shown = SUGGESTED.into_iter().filter(of_kind);
    let count = shown.map(|layer| article.suggestions.count(layer)).sum();
    let mut all = match count {
        // Every kind that was found is switched off.
        0 => return None,
        1 => "The only suggestion is decided".to_owned(),
        n => format!("All {n} suggestions decided"),
    };
    if !SUGGESTED.iter().all(of_kind) {
        all.push_str(" (other kinds are hidden)");
    }
    let (next, open) = (CommandKind::NextArticle, CommandKind::NextProblem);
    let further = format!(
        "{} next article, {} what is still open",
        key_of(next),
        key_of(open)
    );
    Some([all, further])
}

/// Two lines in one ink.
pub(super) fn lines(ui: &mut Ui, lines: [String; 2], ink: Color32) {
    let [mut first, mut second] = halves(ui);
    let [above, below] = lines.map(|line| RichText::new(line).color(ink));
    widgets::clipped(&mut first, above);
    widgets::clipped(&mut second, below.text_style(theme::small()));
}

/// The strip's room as two lines, one above the other.
fn halves(ui: &mut Ui) -> [Ui; 2] {
    let area = ui.available_rect_before_wrap();
    let mut top = area.center().y - (LINES[0] + LINES[1]) / 2.0;
    let halves = LINES.map(|height| {
        let rect = Rect::from_x_y_ranges(area.x_range(), Rangef::new(top, top + height));
        top += height;
        let layout = Layout::left_to_right(Align::Center);
        ui.new_child(UiBuilder::new().max_rect(rect).layout(layout))
    });
    ui.advance_cursor_after_rect(area);
    halves
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
