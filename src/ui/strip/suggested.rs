//! What the strip says about suggestions: the one that has the focus, and how many are left.

use egui::{RichText, Ui};

use super::WHY;
use crate::app::{CommandKind, OpenArticle, SUGGESTED, State};
use crate::model::Layer;
use crate::ui::suggestion;
use crate::ui::theme;
use crate::ui::widgets::{self, key_of};

/// "1 of 6 · James Hewitt said this (direct) · sure · Name and colon before a quote".
pub(super) fn sentence(ui: &mut Ui, state: &State, article: &OpenArticle, at: usize) {
    let Some(offer) = article.suggestions.get(at) else {
        return;
    };
    let (nth, of) = suggestion::place(state, article, at);
    widgets::muted(ui, format!("{nth} of {of} ·"));
    let strong =
        |ui: &mut Ui, text: String| ui.label(RichText::new(text).text_style(theme::strong()));
    let mut reason = vec![offer.confidence.name().to_owned()];
    let why = suggestion::why(article, offer);
    let told = match offer.layer {
        Layer::Quote => {
            let form = suggestion::form(article, offer).label();
            let told = match suggestion::speaker(article, offer) {
                Some(name) => strong(ui, name) | ui.label(format!("said this ({form})")),
                None => {
                    strong(ui, "No source stated".to_owned())
                        | ui.label(format!("for this ({form})"))
                }
            };
            if let Some(name) = suggestion::relayer(article, offer) {
                widgets::clipped(ui, RichText::new(format!("· relayed by {name}")));
            }
            reason.push(why.to_owned());
            told
        }
        Layer::Person => {
            let name = suggestion::person(article, offer).unwrap_or_default();
            reason.push(why.to_owned());
            strong(ui, name.to_owned()) | ui.label("– a person?")
        }
        _ => {
            let kind = suggestion::claim_type(article, offer);
            if !kind.is_empty() {
                reason.insert(0, format!("type {kind}"));
            }
            let told = strong(ui, "Worth checking:".to_owned());
            told | widgets::clipped(ui, RichText::new(lower_first(why)))
        }
    };
    let reason = reason.join(" · ");
    // Three words of a reason explain nothing: then it waits for the pointer.
    if ui.available_width() < WHY {
        told.on_hover_text(reason);
        return;
    }
    let colour = theme::theme(ui).muted;
    let text = RichText::new(format!("· {reason}"));
    widgets::clipped(ui, text.text_style(theme::small()).color(colour)).on_hover_text(&reason);
}

/// What the keys do on a suggestion.
pub(super) fn keys(layer: Layer) -> Vec<(CommandKind, &'static str)> {
    let source = match layer {
        Layer::Quote => Some((CommandKind::Source, "other speaker")),
        Layer::Person => Some((CommandKind::Source, "a source")),
        _ => None,
    };
    let mut keys = vec![(CommandKind::Accept, "accept")];
    keys.extend(source);
    keys.push((CommandKind::Reject, suggestion::rejection(layer)));
    keys.push((CommandKind::NextAnnotation, "next"));
    keys
}

/// What is to be said where nothing has been chosen: how many wait, that all are decided, or that there are none.
pub(super) fn left(state: &State, article: &OpenArticle) -> Option<String> {
    if article.readonly.is_some() {
        return None;
    }
    article.analysis.as_ref()?;
    let key = |kind| key_of(kind);
    let open = state.open_suggestions();
    if open > 0 {
        let what = if open == 1 {
            "suggestion"
        } else {
            "suggestions"
        };
        let walk = key(CommandKind::NextAnnotation);
        return Some(format!("{walk} walks {open} {what}"));
    }
    if article.suggestions.iter().len() == 0 {
        return Some(
            "No suggestions: the rules found nothing here. All keys work by hand.".to_owned(),
        );
    }
    let shown = article
        .suggestions
        .iter()
        .filter(|(_, s)| state.suggests(s.layer));
    let all = match shown.count() {
        // Every kind that was found is switched off.
        0 => return None,
        1 => "The only suggestion is decided".to_owned(),
        n => format!("All {n} suggestions decided"),
    };
    let hidden = SUGGESTED.iter().any(|layer| !state.suggests(*layer));
    let of = if hidden {
        " of the kinds that are shown"
    } else {
        ""
    };
    let (next, open) = (key(CommandKind::NextArticle), key(CommandKind::NextProblem));
    Some(format!(
        "{all}{of}. {next} next article, {open} what is still open"
    ))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
