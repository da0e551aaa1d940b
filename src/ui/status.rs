//! The bar at the bottom: the rungs of the focus, what the next keys do, and the truth about saving.

use egui::accesskit::Live;
use egui::{Button, Popup, RichText, Ui, vec2};

use super::theme;
use super::widgets::{self, Sign};
use crate::app::{
    Command, CommandKind, Level, OpenArticle, Outbox, Page, SavingLine, State, in_marks, resolve,
    shorten,
};
use crate::model::Layer;
use crate::text::ENCODINGS;

/// Height of the bar, in points.
pub fn height(state: &State) -> f32 {
    if state.only_text { 20.0 } else { 28.0 }
}

/// Draws the bar.
pub fn show(ui: &mut Ui, state: &State, out: &mut Outbox) {
    // What wants to be higher than the bar would hang out of it.
    ui.spacing_mut().interact_size.y = height(state);
    widgets::sides(
        ui,
        height(state),
        out,
        |ui, out| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if let Some(article) = state.article() {
                ladder(ui, article, out);
            }
            said(ui, state);
            // In a pick list, letters narrow it.
            if let Some(article) = state.article().filter(|_| state.pick.is_none()) {
                further(ui, article);
            }
        },
        |ui, out| {
            ui.spacing_mut().item_spacing.x = 12.0;
            if !state.settings.coder.is_empty() {
                widgets::muted(ui, initials(&state.settings.coder))
                    .on_hover_text(&state.settings.coder);
            }
            if let Some(article) = state.article() {
                encoding(ui, article, out);
            }
            saving(ui, state, out);
            left(ui, state);
            next_keys(ui, state);
        },
    );
}

/// Article ▸ ¶22 ▸ sentence; a click climbs.
fn ladder(ui: &mut Ui, article: &OpenArticle, out: &mut Outbox) {
    let focus = &article.focus;
    let block = article.block_at(focus.span.start());
    let total = article.segments.blocks.len();
    let at = focus.span.start();
    if rung(ui, "Article", focus.level == Level::Paragraph && total == 0) {
        out.send(Command::FocusAt(0, Level::Paragraph));
    }
    angle(ui);
    if rung(
        ui,
        &format!("¶{}", block + 1),
        focus.level == Level::Paragraph,
    ) {
        out.send(Command::FocusAt(at, Level::Paragraph));
    }
    let below: &[Level] = match focus.level {
        Level::Paragraph => &[],
        Level::Sentence => &[Level::Sentence],
        Level::Word => &[Level::Sentence, Level::Word],
        Level::Letter => &[Level::Sentence, Level::Word, Level::Letter],
        Level::Quote => &[Level::Quote],
        Level::Annotation => &[Level::Annotation],
        Level::Suggestion => &[Level::Suggestion],
    };
    for level in below {
        angle(ui);
        let name = match (level, article.active()) {
            (Level::Annotation, Some(active)) => active.layer.name(),
            _ => level.name(),
        };
        if rung(ui, name, *level == focus.level) && *level != focus.level {
            out.send(Command::FocusAt(at, *level));
        }
    }
    ui.add_space(8.0);
    widgets::muted(ui, format!("block {} of {total}", (block + 1).min(total)));
}

fn rung(ui: &mut Ui, name: &str, is_here: bool) -> bool {
    let colours = theme::theme(ui);
    let ink = if is_here { colours.ink } else { colours.muted };
    let text = RichText::new(name).text_style(theme::small()).color(ink);
    ui.add(Button::new(text).frame(false)).clicked()
}

fn angle(ui: &mut Ui) {
    let colour = theme::theme(ui).muted;
    widgets::sign(ui, Sign::Right, colour);
}

/// Which annotation Shift with a letter adds to.
fn further(ui: &mut Ui, article: &OpenArticle) {
    let Some(last) = article.last.as_ref().and_then(|id| article.annotation(id)) else {
        return;
    };
    if matches!(last.layer, Layer::Code | Layer::Note) || article.readonly.is_some() {
        return;
    }
    ui.add_space(8.0);
    let adds = format!("Shift+letter adds to {}", last.layer.name());
    let words = |most| format!("{adds} {}", in_marks(&shorten(&last.exact(), most)));
    // Which one it is is told in as many words as there is room for.
    let ways = [words(24), words(12), adds.clone()];
    let fits = |text: &&String| widgets::small_width(ui, text) <= ui.available_width();
    if let Some(text) = ways.iter().find(fits) {
        widgets::muted(ui, text);
    }
}

fn said(ui: &mut Ui, state: &State) {
    if !state.said.is_empty() {
        ui.add_space(8.0);
        let said = widgets::clipped(ui, RichText::new(&state.said).text_style(theme::small()));
        // Where the focus is a screen reader says by itself.
        widgets::announce(&said, Live::Polite);
    }
}

/// What four keys of this moment do. Only where there is room: a bar that is too full says nothing.
fn next_keys(ui: &mut Ui, state: &State) {
    if ui.ctx().content_rect().width() < 1100.0 || state.pick.is_some() || state.only_text {
        return;
    }
    let Some(article) = state.article() else {
        return;
    };
    if ui.ctx().text_edit_focused() {
        // Letters are text there: the others' turn comes when the field is left.
        ui.add_space(12.0);
        ui.spacing_mut().item_spacing.x = 4.0;
        widgets::muted(ui, "leaves the field");
        widgets::key_cap(ui, "Esc");
        return;
    }
    use CommandKind as Kind;
    // The strip says what tags; here stands what moves.
    let wanted: [(Kind, &str); 4] = match article.focus.level {
        Level::Paragraph => [
            (Kind::Right, "sentence"),
            (Kind::ParagraphDown, "paragraph"),
            (Kind::NextQuote, "quote"),
            (Kind::Help, "keys"),
        ],
        Level::Sentence | Level::Quote => [
            (Kind::Finer, "words"),
            (Kind::NextQuote, "quote"),
            (Kind::NextAnnotation, "annotation"),
            (Kind::Back, "back"),
        ],
        Level::Word | Level::Letter => [
            (Kind::ExtendRight, "extend"),
            (Kind::Finer, "letters"),
            (Kind::Cue, "cue"),
            (Kind::Back, "back"),
        ],
        Level::Suggestion => [
            (Kind::AcceptSure, "accept all sure ones in view"),
            (Kind::PreviousAnnotation, "previous"),
            (Kind::NextAnnotation, "next"),
            (Kind::Back, "back"),
        ],
        Level::Annotation => [
            (Kind::ExtendRight, "edge"),
            (Kind::Note, "note"),
            (Kind::Delete, "remove"),
            (Kind::NextAnnotation, "next"),
        ],
    };
    ui.add_space(12.0);
    let gap = 10.0;
    // Drawn from the right edge leftwards.
    for (kind, does) in wanted.iter().rev() {
        if resolve(*kind, state).is_ok() {
            ui.spacing_mut().item_spacing.x = 4.0;
            widgets::muted(ui, *does);
            widgets::key_cap(ui, &widgets::key_of(*kind));
            ui.add_space(gap - 4.0);
        }
    }
}

/// How many suggestions wait for a decision. Not part of what is read aloud whenever it changes.
fn left(ui: &mut Ui, state: &State) {
    let open = state.open_suggestions();
    if open > 0 {
        widgets::muted(ui, format!("{} left", widgets::counted(open, "suggestion")));
    }
}

fn saving(ui: &mut Ui, state: &State, out: &mut Outbox) {
    match state.saving() {
        SavingLine::Untouched => {}
        SavingLine::Saving => {
            widgets::muted(ui, "Saving…");
        }
        SavingLine::Saved(at) => {
            widgets::muted(ui, format!("Saved {at}"));
        }
        SavingLine::Failed(why) => alarm(ui, &format!("Not saved: {}", reason(&why)), &why, out),
        SavingLine::Unconfirmed(why) => {
            let text = format!("Written, not confirmed: {}", reason(&why));
            alarm(ui, &text, &why, out);
        }
        SavingLine::ReadOnly(why) => alarm(ui, "Read only", &why, out),
    }
}

/// What went wrong, without the path and the system's number: those stand in the list of notices.
fn reason(why: &str) -> String {
    let last = why.rsplit(": ").next().unwrap_or(why);
    let without_number = last.split(" (os error").next().unwrap_or(last);
    shorten(without_number, 40)
}

fn alarm(ui: &mut Ui, text: &str, why: &str, out: &mut Outbox) {
    let colour = theme::theme(ui).warning;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let text = RichText::new(text).text_style(theme::small()).color(colour);
        let button = ui.add(Button::new(text).frame(false));
        widgets::announce(&button, Live::Assertive);
        if button.clicked() {
            out.send(Command::Show(Some(Page::Notices)));
        }
        button.on_hover_text(why);
        widgets::sign(ui, Sign::Warning, colour);
    });
}

/// The encoding, and the others in which the article can be read.
fn encoding(ui: &mut Ui, article: &OpenArticle, out: &mut Outbox) {
    let name = &article.sidecar.article.encoding;
    let mut text = label_of(name);
    if article.guessed {
        text.push_str(", guessed");
    }
    if article.replaced > 0 {
        text.push_str(&format!(", {} bytes unreadable", article.replaced));
    }
    let colours = theme::theme(ui);
    let colour = if article.guessed || article.replaced > 0 {
        colours.ink
    } else {
        colours.muted
    };
    let button = ui.add(
        Button::new(RichText::new(text).text_style(theme::small()).color(colour)).frame(false),
    );
    Popup::menu(&button).width(180.0).show(|ui| {
        ui.set_min_width(160.0);
        ui.spacing_mut().interact_size.y = 26.0;
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.horizontal(|ui| {
            ui.add_space(ui.spacing().button_padding.x);
            widgets::muted(ui, "Read this article as");
        });
        egui::ScrollArea::vertical()
            .max_height(320.0)
            .show(ui, |ui| {
                for other in ENCODINGS {
                    let is_this = other.eq_ignore_ascii_case(name);
                    let row =
                        Button::selectable(is_this, label_of(other)).min_size(vec2(160.0, 26.0));
                    if ui.add(row).clicked() && !is_this {
                        out.send(Command::Reread {
                            encoding: (*other).to_owned(),
                        });
                        ui.close();
                    }
                }
            });
    });
    if !Popup::is_any_open(ui.ctx()) {
        button.on_hover_text(
            "How the file’s bytes are read as text. Click to choose another encoding.",
        );
    }
}

/// The name as people know it: `utf-8` is written UTF-8.
fn label_of(encoding: &str) -> String {
    if encoding.starts_with("utf") {
        encoding.to_uppercase()
    } else {
        encoding.to_owned()
    }
}

/// A name's first letters; a short one stays as it is.
fn initials(coder: &str) -> String {
    if coder.chars().count() <= 3 {
        return coder.to_owned();
    }
    coder
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(3)
        .collect::<String>()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_by_its_reason() {
        let why = "/home/ada/a: b/story.txt.ann.json: No space left on device (os error 28)";
        assert_eq!(reason(why), "No space left on device");
        assert_eq!(reason("the disk is gone"), "the disk is gone");
    }

    #[test]
    fn a_coder_is_shown_by_initials() {
        assert_eq!(initials("am"), "am");
        assert_eq!(initials("Ada Marlow"), "am");
        assert_eq!(initials("Élodie"), "é");
    }
}
