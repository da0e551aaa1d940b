//! The pointer over the text: click, drag, double and triple click, and the context menu.
//!
//! Everything becomes a command; a drag sends at most one a frame, and only when the selection changes. Keys are
//! `ui::keys`'s.

use egui::{CursorIcon, Event, Modifiers, PointerButton, Pos2, Response, Ui};

use super::gutter::Gutter;
use super::layout::Hit;
use super::marks::innermost;
use super::scene::{Scene, Thing};
use super::suggested;
use crate::app::{Command, CommandKind, Level, OpenArticle, Outbox, Region, State};
use crate::model::Span;
use crate::text::SourceText;

/// A pointer that moved less than this since it was pressed has clicked, in points.
const CLICK_REACH: f32 = 4.0;

/// Points that the view moves in a second for each point that a drag is outside of it.
const AUTOSCROLL: f32 = 9.0;

/// What the context menu offers; `None` is a line.
pub(super) const MENU: &[Option<CommandKind>] = &[
    Some(CommandKind::Claim),
    Some(CommandKind::Person),
    Some(CommandKind::Source),
    Some(CommandKind::Quote),
    Some(CommandKind::Cue),
    Some(CommandKind::AddFragment),
    None,
    Some(CommandKind::Copy),
    Some(CommandKind::Note),
    Some(CommandKind::Retag),
    Some(CommandKind::AllOccurrences),
    Some(CommandKind::AllInFolder),
    None,
    Some(CommandKind::SplitSentence),
    Some(CommandKind::JoinSentences),
    Some(CommandKind::QuoteOrNot),
    None,
    Some(CommandKind::Accept),
    Some(CommandKind::Reject),
    Some(CommandKind::Delete),
];

/// By what a selection grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    Letter,
    Word,
    Sentence,
}

/// A press that is going on.
#[derive(Debug, Clone, PartialEq)]
struct Press {
    at: Pos2,
    /// What was pressed on: an empty span for letters, else the word or sentence.
    from: Span,
    grain: Grain,
    /// Whether it selects; until then it may still be a click.
    selects: bool,
    /// What it does when it turns out to be a click.
    click: Command,
}

/// What the pointer is doing.
#[derive(Debug, Default)]
pub(super) struct Gesture {
    press: Option<Press>,
    /// Time, place and count of the last press, for double and triple clicks.
    last: Option<(f64, Pos2, u8)>,
    sent: Option<(usize, usize)>,
}

/// What came of the pointer in a frame.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Outcome {
    /// What is under the pointer.
    pub hovered: Option<Thing>,
    /// How far the view should move, in points, because a drag has left it.
    pub scroll: f32,
    /// Whether the focus or the selection was moved: its place is in view already.
    pub moved_focus: bool,
}

impl Gesture {
    /// Reads the pointer and asks for what it means.
    pub fn read(
        &mut self,
        ui: &Ui,
        response: &Response,
        scene: &Scene<'_>,
        gutter: &Gutter,
        state: &State,
        out: &mut Outbox,
    ) -> Outcome {
        let mut outcome = Outcome::default();
        let (pressed, origin, secondary, down, now, modifiers, dt) = ui.input(|i| {
            (
                i.pointer.primary_pressed(),
                i.events.iter().rev().find_map(pressed_at),
                i.pointer.button_pressed(PointerButton::Secondary),
                i.pointer.primary_down(),
                i.time,
                i.modifiers,
                i.stable_dt.min(0.1),
            )
        });
        let delay = ui
            .ctx()
            .options(|options| options.input_options.max_double_click_delay);
        let Some(pointer) = response
            .interact_pointer_pos()
            .or_else(|| response.hover_pos())
        else {
            if !down {
                self.press = None;
            }
            return outcome;
        };
        if response.contains_pointer() {
            if !self.is_dragging() {
                outcome.hovered = hovered(scene, gutter, pointer);
            }
            cursor(response, scene, gutter, pointer);
        }
        if pressed && response.contains_pointer() {
            response.request_focus();
            // Where the button went down; in a slow frame the pointer is further on already.
            let at = origin.unwrap_or(pointer);
            let selected = self.begin(scene, gutter, at, now, delay, modifiers);
            if let Some((anchor, head)) = selected {
                outcome.moved_focus = self.send(anchor, head, out);
            }
        } else if secondary && response.contains_pointer() {
            response.request_focus();
            outcome.moved_focus = aim(scene, gutter, pointer, state, out);
        }
        let Some(press) = &mut self.press else {
            return outcome;
        };
        press.selects |= press.at.distance(pointer) > CLICK_REACH;
        if press.selects && pointer != press.at {
            let view = scene.zones.view;
            let beyond = (pointer.y - view.bottom()).max(0.0) + (pointer.y - view.top()).min(0.0);
            if down {
                outcome.scroll = beyond * AUTOSCROLL * dt;
            }
            let inside = pointer.clamp(view.min, view.max);
            if let Some(hit) = scene.hit(inside) {
                let (anchor, head) = stretched(scene.article, press.from, press.grain, hit);
                outcome.moved_focus |= self.send(anchor, head, out);
            }
        }
        if down {
            return outcome;
        }
        if let Some(press) = self.press.take()
            && !press.selects
        {
            if state.region != Region::Reader {
                out.send(Command::Focus(Region::Reader));
            }
            out.send(press.click);
            outcome.moved_focus = true;
        }
        outcome
    }

    /// Whether the pointer is held down over the text.
    pub fn is_dragging(&self) -> bool {
        self.press.as_ref().is_some_and(|press| press.selects)
    }

    /// Takes a press; what it selects by itself is a word, a sentence, or what Shift reaches.
    fn begin(
        &mut self,
        scene: &Scene<'_>,
        gutter: &Gutter,
        at: Pos2,
        now: f64,
        delay: f64,
        modifiers: Modifiers,
    ) -> Option<(usize, usize)> {
        self.sent = None;
        self.press = None;
        let hit = scene.hit(at)?;
        let count = match self.last {
            Some((time, place, count))
                if now - time <= delay && place.distance(at) <= CLICK_REACH =>
            {
                count % 3 + 1
            }
            _ => 1,
        };
        self.last = Some((now, at, count));
        let article = scene.article;
        let (grain, from) = match (count, hit.whole) {
            (_, Some(whole)) => (Grain::Letter, whole),
            (2, _) => (Grain::Word, article.source.word_at(hit.under)),
            (3, _) => {
                let sentence = article.sentence_at(hit.under);
                (Grain::Sentence, sentence.unwrap_or_default())
            }
            _ if modifiers.shift => (Grain::Letter, standing_end(article, hit.under)),
            _ => (Grain::Letter, point(&article.source, hit.boundary)),
        };
        let is_beside = at.x < scene.zones.column.min - 6.0;
        let click = match gutter.at(at) {
            Some(thing) => focus_on(thing),
            None if is_beside => Command::FocusAt(hit.under, Level::Paragraph),
            None => click(scene, hit),
        };
        self.press = Some(Press {
            at,
            from,
            grain,
            selects: count > 1 || modifiers.shift,
            click,
        });
        match (count, modifiers.shift) {
            (1, true) => Some(stretched(article, from, grain, hit)),
            (1, false) => None,
            _ => Some((from.start(), from.end())),
        }
    }

    fn send(&mut self, anchor: usize, head: usize, out: &mut Outbox) -> bool {
        if self.sent == Some((anchor, head)) {
            return false;
        }
        self.sent = Some((anchor, head));
        out.send(Command::Select { anchor, head });
        true
    }
}

/// Where an event pressed the first button, if it did.
fn pressed_at(event: &Event) -> Option<Pos2> {
    match event {
        Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed: true,
            ..
        } => Some(*pos),
        _ => None,
    }
}

/// The grapheme boundary at a character, or the nearer one of the two around it.
fn point(source: &SourceText, boundary: usize) -> Span {
    let around = source.snap(Span::new(boundary, boundary));
    let nearer = if boundary - around.start() <= around.end() - boundary {
        around.start()
    } else {
        around.end()
    };
    Span::new(nearer, nearer)
}

/// The end that stays when Shift extends to an offset: of the selection its anchor, of the focus the far end.
fn standing_end(article: &OpenArticle, to: usize) -> Span {
    let at = match article.selection {
        Some(selection) => selection.anchor,
        None if to < article.focus.span.start() => article.focus.span.end(),
        None => article.focus.span.start(),
    };
    Span::new(at, at)
}

/// Anchor and head of a selection that began with `from` and now reaches to a hit.
fn stretched(article: &OpenArticle, from: Span, grain: Grain, hit: Hit) -> (usize, usize) {
    let to = match (hit.whole, grain) {
        (Some(whole), _) => whole,
        (None, Grain::Letter) => point(&article.source, hit.boundary),
        (None, Grain::Word) => article.source.word_at(hit.under),
        (None, Grain::Sentence) => article.sentence_at(hit.under).unwrap_or(from),
    };
    if to.start() < from.start() {
        (from.end(), to.start())
    } else {
        (from.start(), to.end().max(from.end()))
    }
}

fn focus_on(thing: Thing) -> Command {
    match thing {
        Thing::Annotation(id) => Command::FocusAnnotation(id),
        Thing::Suggestion(at) => Command::FocusSuggestion(at),
    }
}

/// What a click means: the innermost annotation, else the innermost suggestion, else the sentence.
fn click(scene: &Scene<'_>, hit: Hit) -> Command {
    if let Some(whole) = hit.whole {
        return Command::FocusAt(whole.start(), Level::Paragraph);
    }
    match mark_at(scene, hit) {
        Some(thing) => focus_on(thing),
        None => Command::FocusAt(hit.under, Level::Sentence),
    }
}

fn mark_at(scene: &Scene<'_>, hit: Hit) -> Option<Thing> {
    if !hit.is_on || hit.whole.is_some() {
        return None;
    }
    let placed = scene.placed_at(hit.under)?;
    let mark = innermost(&placed.marks, hit.under);
    let suggestion = || suggested::innermost(&scene.offers, hit.under).map(Thing::Suggestion);
    mark.map(|mark| Thing::Annotation(mark.id.clone()))
        .or_else(suggestion)
}

fn hovered(scene: &Scene<'_>, gutter: &Gutter, pointer: Pos2) -> Option<Thing> {
    if let Some(thing) = gutter.at(pointer) {
        return Some(thing);
    }
    scene.hit(pointer).and_then(|hit| mark_at(scene, hit))
}

fn cursor(response: &Response, scene: &Scene<'_>, gutter: &Gutter, pointer: Pos2) {
    let icon = if gutter.at(pointer).is_some() {
        CursorIcon::PointingHand
    } else if scene.zones.column.contains(pointer.x) {
        CursorIcon::Text
    } else {
        CursorIcon::Default
    };
    response.ctx.set_cursor_icon(icon);
}

/// Before a context menu opens, the focus goes to what it was opened on, unless that is selected or focused already.
fn aim(scene: &Scene<'_>, gutter: &Gutter, pointer: Pos2, state: &State, out: &mut Outbox) -> bool {
    let Some(hit) = scene.hit(pointer) else {
        return false;
    };
    let article = scene.article;
    let is_selected = article
        .selection
        .is_some_and(|selection| selection.span().contains(hit.under));
    let wanted = match gutter.at(pointer) {
        Some(thing) => Some(thing),
        None => mark_at(scene, hit),
    };
    let focused = article.focus.annotation.clone().map(Thing::Annotation);
    let focused = focused.or(article.focus.suggestion.map(Thing::Suggestion));
    let is_focused = article.focus.span.contains(hit.under)
        && (wanted == focused || article.focus.suggestion.is_some());
    if is_selected || (is_focused && article.focus.level != Level::Paragraph) {
        return false;
    }
    if state.region != Region::Reader {
        out.send(Command::Focus(Region::Reader));
    }
    out.send(match wanted {
        Some(thing) => focus_on(thing),
        None => click(scene, hit),
    });
    true
}
