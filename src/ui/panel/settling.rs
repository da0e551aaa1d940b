//! The editor of what an edit or a merge left open: old beside new, and the ways to settle it.
//!
//! Words that the other side lacks are struck through where they were and underlined where they are; long stretches that
//! both have are shortened.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Button, RichText, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::field::{Desk, link};
use crate::app::{Command, CommandKind, Field, OpenArticle, Problem, Subject, in_marks, resolve};
use crate::model::{Annotation, CHECKED_WORDS, OverrideKind, Standing, Target};
use crate::text::{Piece, word_changes};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{self, tooltip_of, with_key};

/// How much of the surroundings is shown on each side, in characters: less than a sidecar keeps, which ends within a word.
const AROUND: usize = 28;
/// How much of a stretch that both sides have is shown at each of its ends, in characters.
const KEPT: usize = 48;
const MOST_ROWS: usize = 6;

/// What is the matter with an annotation, above its editor.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, annotation: &Annotation) {
    match desk.article.problem_of(annotation) {
        Some(Problem::Place(_)) => place(ui, desk, annotation),
        Some(Problem::Twice(_)) => twice(ui, desk, annotation),
        Some(Problem::Recheck(_)) => recheck(ui, desk, annotation),
        _ => {}
    }
}

/// What became of an annotation's words, and where they are to be from now on.
fn place(ui: &mut Ui, desk: &mut Desk<'_>, annotation: &Annotation) {
    let standing = annotation.standing();
    let parts = || annotation.at.iter().chain(&annotation.cue);
    let source = &desk.article.source;
    let is_as_it_was = |target: &Target| {
        let span = target.place.span();
        span.is_some_and(|span| source.slice(span) == target.selector.exact)
    };
    warning(
        ui,
        match standing {
            Standing::Moved => "▲ Moved: the same words, in another place.",
            Standing::Changed if parts().all(is_as_it_was) => {
                "▲ Changed: the same words, but among others."
            }
            Standing::Changed => "▲ Changed: some of its words are others now.",
            _ => "▲ Orphaned: its words are nowhere in the text now.",
        },
    );
    if standing != Standing::Moved && annotation.is_checked() {
        warning(ui, "▲ Check again: its check was made with the old words.");
    }
    let parts = annotation.at.len();
    for (at, target) in annotation.at.iter().enumerate() {
        let what = if parts > 1 {
            format!("Part {}: ", at + 1)
        } else {
            String::new()
        };
        fate(ui, desk.article, &what, target);
    }
    for target in &annotation.cue {
        fate(ui, desk.article, "Cue: ", target);
    }
    let confirm = match standing {
        Standing::Moved => "Take the new place",
        _ => "Take it as it is now",
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        if standing != Standing::Orphan {
            ask(
                ui,
                desk,
                CommandKind::Accept,
                confirm,
                Command::ConfirmPlace(annotation.id.clone()),
            );
        }
        let attach = resolve(CommandKind::Attach, desk.state);
        let is_possible = attach.is_ok() && desk.can_edit();
        let text = with_key("Attach here", CommandKind::Attach);
        let button = ui.add_enabled(is_possible, Button::new(text));
        desk.offer(&button, Field::First);
        let button = button.on_hover_text(tooltip_of(CommandKind::Attach));
        let button = button.on_disabled_hover_text(*attach.as_ref().err().unwrap_or(&""));
        if let (true, Ok(command)) = (button.clicked(), attach) {
            desk.out.send(command);
        }
    });
    ui.add_space(8.0);
}

/// Old beside new of one part; a part that is where it was needs no words.
fn fate(ui: &mut Ui, article: &OpenArticle, what: &str, target: &Target) {
    if target.span().is_some() {
        return;
    }
    let selector = &target.selector;
    let new = target.place.suggestion();
    let words = new.map_or("", |span| article.source.slice(span));
    let (was, is) = word_changes(&selector.exact, words);
    let was = if new.is_some() {
        was
    } else {
        vec![kept(&selector.exact)]
    };
    let context = (selector.prefix.as_str(), selector.suffix.as_str());
    words_of(ui, &format!("{what}was"), context, &was, Side::Old);
    let Some(span) = new else {
        note(ui, &format!("{what}now nowhere"));
        return;
    };
    let text = article.source.as_str();
    let context = (&text[..span.start()], &text[span.end()..]);
    words_of(ui, &format!("{what}now"), context, &is, Side::New);
}

const fn kept(text: &str) -> Piece<'_> {
    Piece {
        text,
        is_kept: true,
    }
}

/// An annotation that both sides of a merge had changed.
fn twice(ui: &mut Ui, desk: &mut Desk<'_>, theirs: &Annotation) {
    warning(ui, "▲ Stands twice: both sides of a merge had changed it.");
    note(ui, "This is the other side’s. Yours:");
    let pairs = &desk.article.conflicts.twice;
    let ours = pairs.iter().find(|(_, other)| *other == theirs.id);
    if let Some(ours) = ours.and_then(|(ours, _)| desk.article.annotation(ours)) {
        let words = in_marks(&crate::app::shorten(&ours.exact(), 60));
        if link(ui, &words, &theme::excerpt(), 0.0).clicked() {
            desk.out.send(Command::FocusAnnotation(ours.id.clone()));
        }
    }
    ask(
        ui,
        desk,
        CommandKind::Accept,
        "Keep both",
        Command::KeepBoth(theirs.id.clone()),
    );
    ui.add_space(8.0);
}

/// A claim that stands on other words than those that were checked.
fn recheck(ui: &mut Ui, desk: &mut Desk<'_>, claim: &Annotation) {
    warning(
        ui,
        "▲ Check again: these are not the words that were checked.",
    );
    let now = claim.exact();
    let before = claim.attrs.text(CHECKED_WORDS).unwrap_or_default();
    let (was, is) = word_changes(before, &now);
    words_of(ui, "checked", ("", ""), &was, Side::Old);
    words_of(ui, "now", ("", ""), &is, Side::New);
    let keys = ["verdict", "status"];
    let known = keys
        .into_iter()
        .find_map(|key| Some((key, claim.attrs.get(key)?.clone())));
    if let Some((key, value)) = known {
        let button = ui.add_enabled(desk.can_edit(), Button::new("The check still holds"));
        let hint = "Keeps what came out, for the words of now; another verdict is set below";
        if button.on_hover_text(hint).clicked() {
            let subject = Subject::Annotation(claim.id.clone());
            desk.out.send(Command::SetAttr(subject, key, Some(value)));
        }
    }
    ui.add_space(8.0);
}

/// What is open and belongs to no annotation: a decision that lost its place, or what a merge had to decide.
pub fn open(ui: &mut Ui, desk: &mut Desk<'_>, problem: &Problem) {
    match problem {
        Problem::Decision(at) => {
            let Some(decision) = desk.article.sidecar.overrides.get(*at) else {
                return;
            };
            ui.label(RichText::new(made(&decision.make)).text_style(theme::strong()));
            warning(ui, "▲ A decision that lost its place.");
            fate(ui, desk.article, "", &decision.at);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
                if decision.at.place.suggestion().is_some() {
                    let confirm = Command::ConfirmDecision(*at);
                    ask(ui, desk, CommandKind::Accept, "Take the new place", confirm);
                }
                ask(
                    ui,
                    desk,
                    CommandKind::Reject,
                    "Let it go",
                    Command::DropDecision(*at),
                );
            });
        }
        Problem::Told(at) => {
            warning(ui, "▲ Both sides of a merge had changed this.");
            let told = desk.article.conflicts.told.get(*at);
            ui.label(told.map_or("", String::as_str));
            ask(
                ui,
                desk,
                CommandKind::Accept,
                "Put away",
                Command::PutAway(*at),
            );
        }
        _ => {}
    }
}

/// What a decision against the segmenter says, in words.
pub const fn made(make: &OverrideKind) -> &'static str {
    match make {
        OverrideKind::Split => "A sentence split",
        OverrideKind::Join => "Two sentences joined",
        OverrideKind::Quote => "Marked as a quote",
        OverrideKind::NotAQuote => "Marked as no quote",
        OverrideKind::Other(_) => "A decision of a newer version",
    }
}

/// A button that does what a key does now.
fn ask(ui: &mut Ui, desk: &mut Desk<'_>, kind: CommandKind, name: &str, command: Command) {
    let text = with_key(name, kind);
    let button = ui.add_enabled(desk.can_edit(), Button::new(text));
    desk.offer(&button, Field::First);
    if button.on_hover_text(tooltip_of(kind)).clicked() {
        desk.out.send(command);
    }
}

fn warning(ui: &mut Ui, text: &str) {
    let colour = theme(ui).warning;
    ui.add(egui::Label::new(RichText::new(text).color(colour)).wrap());
    ui.add_space(4.0);
}

fn note(ui: &mut Ui, text: &str) {
    widgets::muted(ui, text);
    ui.add_space(6.0);
}

/// Which side of a comparison is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// Words in their surroundings, under a small label.
fn words_of(ui: &mut Ui, label: &str, context: (&str, &str), pieces: &[Piece<'_>], side: Side) {
    let colours = theme(ui);
    let font = theme::excerpt().resolve(ui.style());
    let small = theme::small().resolve(ui.style());
    let quiet = TextFormat::simple(font.clone(), colours.muted);
    let plain = TextFormat::simple(font, colours.ink);
    let mut lacking = plain.clone();
    match side {
        Side::Old => {
            lacking.color = colours.warning;
            lacking.strikethrough = Stroke::new(1.0, colours.warning);
        }
        Side::New => lacking.underline = Stroke::new(2.0, colours.ring),
    }
    let mut job = LayoutJob {
        wrap: TextWrapping {
            max_width: ui.available_width(),
            max_rows: MOST_ROWS,
            ..TextWrapping::default()
        },
        ..LayoutJob::default()
    };
    job.append(
        &format!("{label}  "),
        0.0,
        TextFormat::simple(small, colours.muted),
    );
    let before = on_one_line(&tail(context.0, AROUND));
    job.append(&before, 0.0, quiet.clone());
    let last = pieces.len().saturating_sub(1);
    for (at, piece) in pieces.iter().enumerate() {
        let text = on_one_line(piece.text);
        if piece.is_kept {
            job.append(&abridged(&text, at == 0, at == last), 0.0, plain.clone());
        } else {
            job.append(&text, 0.0, lacking.clone());
        }
    }
    job.append(&on_one_line(&head(context.1, AROUND)), 0.0, quiet);
    let galley = ui.painter().layout_job(job);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y), Sense::hover());
    ui.painter().galley(rect.min, galley, colours.ink);
    let spoken: String = pieces.iter().map(|piece| piece.text).collect();
    let spoken = format!("{label}: {spoken}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    ui.add_space(6.0);
}

fn on_one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// The end of a text, from a word on.
fn tail(text: &str, most: usize) -> String {
    let Some((at, _)) = text.char_indices().rev().nth(most) else {
        return text.to_owned();
    };
    let cut = &text[at..];
    let word = cut.find(' ').map_or(cut, |space| &cut[space + 1..]);
    format!("…{word}")
}

/// The beginning of a text, up to a word's end.
fn head(text: &str, most: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let cut = &text[..at];
    format!("{}…", cut.rfind(' ').map_or(cut, |space| &cut[..space]))
}

/// What both sides have, shortened to what stands next to a change.
fn abridged(text: &str, is_first: bool, is_last: bool) -> String {
    let is_long = text.chars().nth(2 * KEPT + 8).is_some();
    match (is_long, is_first, is_last) {
        (false, ..) => text.to_owned(),
        (true, true, false) => tail(text, KEPT),
        (true, false, true) => head(text, KEPT),
        _ => format!("{} {}", head(text, KEPT), tail(text, KEPT)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_stretches_that_stayed_the_same_are_shortened_next_to_the_change() {
        let long = "The harbour board met in the old hall on the quay and talked about nothing else but the northern pier and its piles.";
        assert_eq!(abridged("It met.", true, false), "It met.");
        assert!(abridged(long, true, false).starts_with('…'));
        assert!(abridged(long, true, false).ends_with("its piles."));
        assert!(abridged(long, false, true).starts_with("The harbour"));
        let middle = abridged(long, false, false);
        assert!(
            middle.contains("… …") && middle.ends_with("its piles."),
            "{middle}"
        );
    }
}
