//! The strip under the reader: one question, or one sentence about what has the focus, and the keys that answer it.
//!
//! It never lies over the text and is always equally high, so nothing jumps. In this order: the pick list, the find
//! bar, what the last Q proposed, the suggestion or annotation that has the focus, what the tagging keys would do here. Long work shows its bar at
//! the right end. What the answers do is `app`'s.

mod find;
mod suggested;

use egui::{ProgressBar, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

pub use self::find::FindBar;
use super::choices::{self, CHIP};
use super::taught::in_words;
use super::theme;
use super::widgets::{self, Sign};
use crate::app::{
    Command, CommandKind, Level, OpenArticle, Outbox, Proposal, State, Work, in_marks, resolve,
    shorten,
};
use crate::model::{Annotation, AttrValue, Form, Layer, RelationKind, Standing};

/// Height of the strip, in points.
pub const HEIGHT: f32 = 44.0;
/// The keys may take this share of the strip; beyond it they go without words.
const KEYS: f32 = 0.6;
/// The least room in which a reason is worth reading, in points.
const WHY: f32 = 140.0;
/// A part of what is said about a tag is shown when at least so much of it is seen.
const LEAST_PART: f32 = 48.0;

/// Draws the strip.
pub fn show(ui: &mut Ui, state: &State, bar: &mut FindBar, out: &mut Outbox) {
    widgets::sides(
        ui,
        HEIGHT,
        out,
        |ui, out| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if let Some(pick) = &state.pick {
                choices::show(ui, pick, out);
            } else if let Some(article) = state.article().filter(|_| state.find.is_open) {
                bar.show(ui, state, article, out);
            } else if let Some(article) = state.article() {
                sentence(ui, state, article);
            }
        },
        |ui, out| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if let Some(work) = &state.work {
                progress(ui, work, out);
            } else if state.pick.is_none()
                // Letters are letters while the find bar has the keyboard.
                && !(state.find.is_open && ui.ctx().text_edit_focused())
                && let Some(article) = state.article()
            {
                keys(ui, state, article, out);
            }
        },
    );
}

/// One line about what has the focus.
fn sentence(ui: &mut Ui, state: &State, article: &OpenArticle) {
    if let Some(why) = &article.readonly {
        widgets::warning(ui, &format!("Read only: {why}"));
    } else if let Some(proposal) = &state.proposal {
        proposed(ui, state, article, proposal);
    } else if let Some(at) = offered(article) {
        suggested::sentence(ui, state, article, at);
    } else if let Some(active) = article.active() {
        describe(ui, state, article, active);
    } else if article.segments.blocks.is_empty() {
        widgets::muted(ui, "This article has no text.");
    } else {
        expect(ui, state, article);
    }
}

/// The suggestion that has the focus, unless words are selected.
fn offered(article: &OpenArticle) -> Option<usize> {
    let is_selected = article.selection.is_some_and(|s| !s.span().is_empty());
    article.focus.suggestion.filter(|_| !is_selected)
}

fn proposed(ui: &mut Ui, state: &State, article: &OpenArticle, proposal: &Proposal) {
    let first = proposal
        .quotes
        .first()
        .and_then(|id| article.annotation(id));
    let Some(quote) = first else {
        widgets::clipped(ui, RichText::new(&proposal.why));
        return;
    };
    let form = article.form(quote).label();
    let said = match speakers(state, article, quote, &RelationKind::SaidBy) {
        Some(name) => {
            let name = ui.label(RichText::new(name).text_style(theme::strong()));
            name | ui.label(format!("said this ({form})"))
        }
        None => {
            let none = ui.label(RichText::new("No speaker yet").text_style(theme::strong()));
            none | ui.label(format!("({form})"))
        }
    };
    if proposal.quotes.len() > 1 {
        ui.label(format!("and {} more", proposal.quotes.len() - 1));
    }
    if proposal.why.is_empty() {
        return;
    }
    // Three words of a reason explain nothing: then it waits for the pointer.
    if ui.available_width() < WHY {
        said.on_hover_text(&proposal.why);
        return;
    }
    let colour = theme::theme(ui).muted;
    let why = RichText::new(format!("· {}", proposal.why))
        .text_style(theme::small())
        .color(colour);
    widgets::clipped(ui, why).on_hover_text(&proposal.why);
}

/// What an annotation is: "Quote, direct · said by James Hewitt".
fn describe(ui: &mut Ui, state: &State, article: &OpenArticle, active: &Annotation) {
    let ink = theme::theme(ui).layer(active.layer).line;
    ui.label(
        RichText::new(name_of(active.layer))
            .text_style(theme::strong())
            .color(ink),
    );
    let mut parts = Vec::new();
    let colours = theme::theme(ui);
    let doubt = match active.standing() {
        Standing::Moved => Some("▲ moved"),
        Standing::Changed => Some("▲ changed"),
        Standing::Orphan => Some("▲ orphaned"),
        Standing::Exact => active.needs_recheck().then_some("▲ check again"),
    };
    if let Some(doubt) = doubt {
        ui.label(RichText::new(doubt).color(colours.warning));
    }
    let attr = |key: &str| active.attrs.get(key).map(AttrValue::as_str);
    match active.layer {
        Layer::Quote => {
            parts.push(article.form(active).label().to_owned());
            match speakers(state, article, active, &RelationKind::SaidBy) {
                Some(name) => parts.push(format!("said by {name}")),
                None if attr("stated") == Some("none") => parts.push("no source stated".to_owned()),
                None => parts.push("nobody said yet who says this".to_owned()),
            }
            if let Some(name) = speakers(state, article, active, &RelationKind::RelayedBy) {
                parts.push(format!("relayed by {name}"));
            }
        }
        Layer::Claim => {
            if let Some(name) = speakers(state, article, active, &RelationKind::ClaimedBy) {
                parts.push(format!("claimed by {name}"));
            }
            if let Some(name) = speakers(state, article, active, &RelationKind::About) {
                parts.push(format!("about {name}"));
            }
            parts.extend(attr("verdict").or(attr("status")).map(str::to_owned));
        }
        Layer::Person | Layer::Source => {
            let record = active.entity.as_ref().and_then(|id| state.record_name(id));
            parts.push(
                record.map_or_else(|| in_marks(&shorten(&active.exact(), 40)), str::to_owned),
            );
            let linking = article.linking(&active.id);
            for (layer, name) in [(Layer::Quote, "quote"), (Layer::Claim, "claim")] {
                match linking
                    .iter()
                    .filter(|(_, other)| other.layer == layer)
                    .count()
                {
                    0 => {}
                    n => parts.push(widgets::counted(n, name)),
                }
            }
        }
        Layer::Code => {
            parts.push(state.codes.label_of(active));
            let meaning = state.codes.of(active).map(|code| code.definition.clone());
            parts.extend(meaning.filter(|meaning| !meaning.is_empty()));
        }
        Layer::Note => parts.push(in_marks(&shorten(&active.exact(), 40))),
    }
    if parts.is_empty() {
        parts.push(in_marks(&shorten(&active.exact(), 40)));
    }
    if active.at.len() > 1 {
        parts.push(format!("{} parts", active.at.len()));
    }
    if !active.note.is_empty() {
        parts.push(format!("note: {}", shorten(&active.note, 40)));
    }
    let whole = parts.join(" · ");
    let response = widgets::clipped(ui, RichText::new(that_fits(ui, parts)));
    response.on_hover_text(whole);
}

/// The parts that there is room for: one of which only its first letters would be seen is left out.
fn that_fits(ui: &Ui, mut parts: Vec<String>) -> String {
    let room = ui.available_width();
    let width = |text: &str| widgets::width_in(ui, text, &theme::body());
    loop {
        let words = parts.join(" · ");
        let rest = parts.len().saturating_sub(1);
        let before = width(&format!("{} · ", parts[..rest].join(" · ")));
        if rest == 0 || width(&words) <= room || before + LEAST_PART <= room {
            return words;
        }
        parts.pop();
    }
}

fn name_of(layer: Layer) -> &'static str {
    match layer {
        Layer::Claim => "Claim",
        Layer::Person => "Person",
        Layer::Source => "Source",
        Layer::Quote => "Quote",
        Layer::Code => "Code",
        Layer::Note => "Note",
    }
}

/// The names at the other ends of an annotation's relations of a kind.
fn speakers(
    state: &State,
    article: &OpenArticle,
    from: &Annotation,
    kind: &RelationKind,
) -> Option<String> {
    let linked = article.linked(&from.id, kind);
    let names: Vec<String> = linked
        .iter()
        .map(|a| {
            // A claim that stands in a quote is claimed by whoever is quoted.
            if a.layer == Layer::Quote {
                let said_by = speakers(state, article, a, &RelationKind::SaidBy);
                return said_by.unwrap_or_else(|| in_marks(&shorten(&a.exact(), 40)));
            }
            let record = a.entity.as_ref().and_then(|id| state.record_name(id));
            shorten(&record.map_or_else(|| a.exact(), str::to_owned), 40)
        })
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What the rules found in the sentence that has the focus.
fn expect(ui: &mut Ui, state: &State, article: &OpenArticle) {
    let colours = theme::theme(ui);
    let selected = article
        .selection
        .map(crate::app::Selection::span)
        .filter(|span| !span.is_empty());
    if let Some(span) = selected {
        let words = shorten(article.source.slice(span), 48);
        widgets::clipped(ui, RichText::new(format!("Selected: {}", in_marks(&words))));
        return;
    }
    let focus = &article.focus;
    let is_text = matches!(focus.level, Level::Paragraph | Level::Sentence);
    if is_text && let Some(lines) = suggested::over(state, article) {
        suggested::lines(ui, lines, colours.muted);
        return;
    }
    if focus.level == Level::Paragraph {
        let text = match state.open_suggestions() {
            0 => format!(
                "{} goes into the sentences, {} to the next paragraph.",
                in_words(CommandKind::Right),
                in_words(CommandKind::ParagraphDown)
            ),
            n => format!(
                "{} walks {}, {} goes into the sentences.",
                in_words(CommandKind::NextAnnotation),
                widgets::counted(n, "suggestion"),
                in_words(CommandKind::Right)
            ),
        };
        widgets::clipped(ui, RichText::new(text).color(colours.muted));
        return;
    }
    let found = article.analysis.as_ref().and_then(|analysis| {
        let near = article.suggestions.touching(focus.span);
        let here = near.filter(|(_, s)| s.spans.iter().any(|span| span.overlaps(focus.span)));
        let quotes = here.filter(|(_, s)| s.layer == Layer::Quote);
        let rank = quotes.map(|(_, s)| s.rank).min()?;
        Some((analysis, analysis.attributions.get(rank)?))
    });
    let Some((analysis, attribution)) = found else {
        let words = shorten(article.source.slice(focus.span), 48);
        widgets::clipped(
            ui,
            RichText::new(format!(
                "{}: {}",
                capitalised(focus.level.name()),
                in_marks(&words)
            ))
            .color(colours.muted),
        );
        return;
    };
    let record = attribution
        .entity
        .and_then(|person| analysis.people.names.get(person));
    let stated = attribution
        .source
        .map(|span| shorten(article.source.slice(span), 40));
    let speaker = record
        .cloned()
        .or(stated)
        .unwrap_or_else(|| "somebody".to_owned());
    let verb = if attribution.form == Form::Indirect {
        "is paraphrased"
    } else {
        "is quoted"
    };
    widgets::clipped(
        ui,
        RichText::new(capitalised(&format!("{speaker} {verb} here"))).color(colours.muted),
    )
    .on_hover_text(&attribution.why);
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// The keys of the moment, at the right end; drawn from the right leftwards.
fn keys(ui: &mut Ui, state: &State, article: &OpenArticle, out: &mut Outbox) {
    use CommandKind as Kind;
    let offer = offered(article).and_then(|at| article.suggestions.get(at));
    let of_offer = offer.map(|offer| suggested::keys(offer.layer));
    let wanted: &[(Kind, &str)] = if article.readonly.is_some() {
        &[]
    } else if let Some(keys) = &of_offer {
        keys
    } else if let Some(proposal) = &state.proposal {
        if proposal.whole {
            &[(Kind::Source, "other speaker"), (Kind::Reject, "take back")]
        } else {
            &[
                (Kind::Source, "other speaker"),
                (Kind::Quote, "whole sentence"),
                (Kind::Reject, "take back"),
            ]
        }
    } else if article.problem_at_hand().is_some_and(|p| p.is_of_place()) {
        &[
            (Kind::Accept, "take it"),
            (Kind::Attach, "attach here"),
            (Kind::Reject, "remove"),
            (Kind::NextProblem, "next"),
        ]
    } else if state.wants_place().is_some() {
        &[(Kind::Attach, "attach here"), (Kind::NextProblem, "next")]
    } else {
        match article.active().map(|a| a.layer) {
            Some(Layer::Quote) => &[
                (Kind::Source, "speaker"),
                (Kind::Cue, "cue"),
                (Kind::Relay, "relayed by"),
            ],
            Some(Layer::Claim) => &[
                (Kind::Source, "claimant"),
                (Kind::AboutWhom, "about whom"),
                (Kind::Describe, "type"),
                (Kind::Code, "evidence"),
                (Kind::Verdict, "verdict"),
            ],
            Some(Layer::Person) => &[
                (Kind::AllOccurrences, "all occurrences"),
                (Kind::GoRecord, "record"),
            ],
            Some(Layer::Source) => &[
                (Kind::Describe, "describe"),
                (Kind::AllOccurrences, "all occurrences"),
                (Kind::GoRecord, "record"),
            ],
            Some(Layer::Code) => &[
                (Kind::Retag, "another code"),
                (Kind::Note, "note"),
                (Kind::Codebook, "codebook"),
            ],
            Some(Layer::Note) => &[(Kind::Note, "note")],
            None => &[
                (Kind::Claim, "claim"),
                (Kind::Person, "person"),
                (Kind::Source, "source"),
                (Kind::Quote, "quote"),
            ],
        }
    };
    let possible = wanted
        .iter()
        .filter(|(kind, _)| resolve(*kind, state).is_ok());
    let possible: Vec<(Kind, &str, String)> = possible
        .map(|(kind, does)| (*kind, *does, widgets::key_of(*kind)))
        .collect();
    let whole: f32 = possible
        .iter()
        .map(|(_, does, key)| key_width(ui, key, does) + 6.0)
        .sum();
    let has_words = whole <= ui.available_width() * KEYS;
    for (kind, does, key) in possible.iter().rev() {
        let does = if has_words { does } else { "" };
        let button = key_button(ui, key, does, kind.name()).on_hover_text(kind.help());
        if button.clicked() {
            out.run(*kind);
        }
    }
}

fn cap_width(ui: &Ui, key: &str) -> f32 {
    (widgets::small_width(ui, key) + 10.0).max(18.0)
}

fn key_width(ui: &Ui, key: &str, does: &str) -> f32 {
    let words = if does.is_empty() {
        0.0
    } else {
        widgets::small_width(ui, does) + 6.0
    };
    cap_width(ui, key) + words + 8.0
}

/// A key cap with a word behind it, to be pressed with the pointer as well.
fn key_button(ui: &mut Ui, key: &str, does: &str, name: &str) -> egui::Response {
    let colours = theme::theme(ui);
    let size = vec2(key_width(ui, key, does), CHIP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if ui.is_rect_visible(rect) {
        widgets::ground(ui, rect, &response, false);
        let cap = egui::Rect::from_min_size(
            egui::pos2(rect.left() + 4.0, rect.center().y - 9.0),
            vec2(cap_width(ui, key), 18.0),
        );
        ui.painter().rect(
            cap.shrink(0.5),
            3.0,
            colours.paper,
            Stroke::new(1.0, colours.edge),
            StrokeKind::Middle,
        );
        widgets::centred(ui, cap, key, &theme::label(), colours.ink);
        let at = egui::pos2(cap.right() + 6.0, rect.center().y);
        let font = theme::small().resolve(ui.style());
        ui.painter()
            .text(at, egui::Align2::LEFT_CENTER, does, font, colours.muted);
    }
    response
}

/// Long work: what, how far, Cancel.
fn progress(ui: &mut Ui, work: &Work, out: &mut Outbox) {
    let cancel = widgets::sign_button(ui, Sign::Close, "Cancel", true);
    if cancel.clicked() {
        out.send(Command::CancelWork);
    }
    cancel.on_hover_text("Stop");
    let colours = theme::theme(ui);
    match work.total {
        Some(total) if total > 0 => {
            widgets::muted(ui, format!("{} of {total}", work.done));
            let share = work.done as f32 / total as f32;
            ui.add(
                ProgressBar::new(share)
                    .desired_width(120.0)
                    .desired_height(6.0)
                    .fill(colours.ring),
            );
        }
        _ => {
            widgets::muted(ui, format!("{} so far", work.done));
        }
    }
    widgets::clipped(ui, RichText::new(&work.label));
}
