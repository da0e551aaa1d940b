//! From the keyboard to commands.
//!
//! Reads the catalogue's key names, takes what it understands out of egui's input before any region is drawn, and
//! leaves the rest to whoever has the focus. What a command then does is `app`'s.
//!
//! Manners: modifiers match exactly; printable keys are read from the text they produce, so they follow the layout of
//! the keyboard (on layouts without Latin letters, the key in that place); digits of a pick list are the physical
//! keys; a key that decides ignores its repeats; letters rest while a text field, a menu or a page has the keyboard.
//!
//! *Limitations*: a character that needs AltGr counts as typed with no modifier, where the platform says so.

mod answer;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use egui::{Context, Event, Id, Key, Popup};

use self::answer::answer;
use super::bindings::{Bindings, Press, digit_of};
use crate::app::{
    Command, CommandKind, DocId, Group, Keymap, Page, Region, Stage, State, Transaction,
};

/// So long do keys wait for an article that is being opened; those that come later are forgotten.
const PATIENCE: Duration = Duration::from_secs(2);

/// What becomes of a press.
#[derive(Debug, Clone, PartialEq)]
enum Verdict {
    /// It is somebody else's.
    Leave,
    /// Nobody's.
    Swallow,
    /// A command.
    Run(Command),
}

/// Who has the keyboard.
#[derive(Debug, Clone, Copy)]
struct Situation {
    /// A text field.
    field: bool,
    /// A text field had it until this very press of Escape.
    field_left: bool,
    /// A menu.
    menu: bool,
    /// A button, or another control that is no region's.
    control: bool,
    /// Such a control had it until this very press of Escape.
    control_left: bool,
}

/// The keyboard, from frame to frame.
#[derive(Debug, Default)]
pub struct Keys {
    bindings: Bindings,
    /// What the bindings were made from.
    keymap: Option<Keymap>,
    /// The keys that are held down, by their place on the keyboard.
    down: HashSet<Key>,
    /// Presses that came in the same frame behind one that opens a field, and belong into the field; or that came while
    /// an article is being opened, and belong to that.
    held: Vec<Event>,
    /// Since when presses wait for an article.
    waiting_since: Option<Instant>,
    field_had_focus: bool,
    /// Whether a button, or another control that is no region's, had the keyboard in the last frame.
    control_had_focus: bool,
}

impl Keys {
    /// Takes over the keys that are in force, tells repeats from presses, and puts back what was held over from the last
    /// frame. Called once a frame, first.
    pub fn begin(&mut self, ctx: &Context, keymap: &Keymap) {
        if self.keymap.as_ref() != Some(keymap) {
            self.bindings = Bindings::of_map(keymap);
            self.keymap = Some(keymap.clone());
        }
        ctx.input_mut(|input| self.tell_repeats(&mut input.events));
        if !self.held.is_empty() {
            let held = std::mem::take(&mut self.held);
            ctx.input_mut(|input| {
                input.events.splice(0..0, held);
            });
        }
    }

    /// Tells repeats by the place of a key. egui goes by what it types, and where Shift is let go before the key, the
    /// + that went down comes up as =: every + after it would be a repeat.
    fn tell_repeats(&mut self, events: &mut [Event]) {
        for event in events {
            match event {
                Event::Key {
                    key,
                    physical_key,
                    pressed,
                    repeat,
                    ..
                } => {
                    let place = physical_key.unwrap_or(*key);
                    if *pressed {
                        *repeat = !self.down.insert(place);
                    } else {
                        self.down.remove(&place);
                    }
                }
                Event::WindowFocused(false) => self.down.clear(),
                _ => {}
            }
        }
    }

    /// Remembers who had the keyboard. Called once a frame, last.
    pub fn end(&mut self, ctx: &Context, regions: &[Id]) {
        self.field_had_focus = ctx.text_edit_focused();
        self.control_had_focus = is_in_control(ctx, regions);
    }

    /// Takes the next command out of the input. What is meant for an article that is being opened waits for it: it must
    /// not fall on the one that still stands there.
    pub fn next(&mut self, ctx: &Context, state: &State, regions: &[Id]) -> Option<Command> {
        let situation = self.situation(ctx, regions);
        let waits = self.waits(state, situation);
        let command = self.take(ctx, state, situation, waits.is_some());
        if command.is_none()
            && let Some(since) = waits
        {
            self.hold(ctx);
            if since > PATIENCE {
                self.held.clear();
            }
        }
        command
    }

    /// Whether plain keys are to wait for an article, and for how long they have.
    fn waits(&mut self, state: &State, now: Situation) -> Option<Duration> {
        let is_about_text = state.region != Region::List && state.page.is_none();
        let others = now.field || now.menu || now.control;
        if state.loading.is_none() || !is_about_text || others {
            self.waiting_since = None;
            return None;
        }
        Some(
            self.waiting_since
                .get_or_insert_with(Instant::now)
                .elapsed(),
        )
    }

    fn take(
        &self,
        ctx: &Context,
        state: &State,
        situation: Situation,
        waits: bool,
    ) -> Option<Command> {
        ctx.input_mut(|input| {
            let mut at = 0;
            while let Some(event) = input.events.get(at) {
                let (press, length) = match event {
                    Event::Copy if !situation.field && !situation.menu && state.page.is_none() => {
                        input.events.remove(at);
                        return Some(Command::Run(CommandKind::Copy));
                    }
                    Event::Key {
                        pressed: true,
                        key,
                        physical_key,
                        modifiers,
                        repeat,
                    } => {
                        let text = match input.events.get(at + 1) {
                            Some(Event::Text(text)) => Some(text.clone()),
                            _ => None,
                        };
                        let length = 1 + usize::from(text.is_some());
                        let press = Press {
                            key: Some(*key),
                            physical: *physical_key,
                            modifiers: *modifiers,
                            repeat: *repeat,
                            text,
                        };
                        (press, length)
                    }
                    Event::Text(text) => {
                        let press = Press {
                            key: None,
                            physical: None,
                            modifiers: input.modifiers,
                            repeat: false,
                            text: Some(text.clone()),
                        };
                        (press, 1)
                    }
                    _ => {
                        at += 1;
                        continue;
                    }
                };
                if matches!(&state.rebinding, Some(r) if r.stage == Stage::Waiting) {
                    // Modifiers alone are no key yet.
                    let name = press.name();
                    input.events.drain(at..at + length);
                    match name {
                        Some(name) => return Some(Command::TakeKey(name)),
                        None => continue,
                    }
                }
                if waits && !is_chord(&press) && press.key != Some(Key::Escape) {
                    return None;
                }
                match self.judge(&press, state, situation) {
                    Verdict::Leave => at += length,
                    Verdict::Swallow => {
                        input.events.drain(at..at + length);
                    }
                    Verdict::Run(command) => {
                        input.events.drain(at..at + length);
                        return Some(command);
                    }
                }
            }
            None
        })
    }

    /// Keeps the presses that are left for the next frame, when the field that was just opened has the keyboard.
    pub fn hold(&mut self, ctx: &Context) {
        ctx.input_mut(|input| {
            let is_press = |event: &Event| matches!(event, Event::Key { .. } | Event::Text(_));
            self.held = input
                .events
                .iter()
                .filter(|event| is_press(event))
                .cloned()
                .collect();
            input.events.retain(|event| !is_press(event));
        });
        if !self.held.is_empty() {
            ctx.request_repaint();
        }
    }

    fn situation(&self, ctx: &Context, regions: &[Id]) -> Situation {
        let field = ctx.text_edit_focused();
        let focused = ctx.memory(egui::Memory::focused);
        Situation {
            field,
            field_left: self.field_had_focus && !field,
            menu: Popup::is_any_open(ctx),
            control: is_in_control(ctx, regions),
            control_left: self.control_had_focus && focused.is_none(),
        }
    }

    fn judge(&self, press: &Press, state: &State, now: Situation) -> Verdict {
        let escape = press.key == Some(Key::Escape) && press.modifiers.is_none();
        if now.menu {
            return Verdict::Leave;
        }
        if let Some(page) = state.page {
            if escape && !(now.field_left && page.is_form()) {
                return Verdict::Run(Command::Run(CommandKind::Back));
            }
            return match self.bindings.of(press) {
                Some(kind) if !now.field && undoes_a_code(kind, page, state) => {
                    self.run(kind, press)
                }
                Some(kind) if acts_over_a_page(kind, page) && !press.repeat => {
                    Verdict::Run(Command::Run(kind))
                }
                _ => Verdict::Leave,
            };
        }
        if now.field || (now.field_left && escape) {
            return match self.bindings.of(press) {
                Some(kind) if is_chord(press) && !is_the_fields_own(kind, state) => {
                    self.run(kind, press)
                }
                _ => Verdict::Leave,
            };
        }
        // One step: from the control to the text, which keeps what has its focus.
        if escape && state.pick.is_none() && (now.control || now.control_left) {
            return Verdict::Run(Command::Focus(Region::Reader));
        }
        if state.pick.is_some()
            && let Some(verdict) = answer(press, state)
        {
            return verdict;
        }
        let by_place = || {
            let digits = self.keymap.as_ref()?.keys(CommandKind::CodeByDigit);
            press.digit().filter(|_| !digits.is_empty())?;
            Some(CommandKind::CodeByDigit)
        };
        let Some(kind) = self.bindings.of(press).or_else(by_place) else {
            return Verdict::Leave;
        };
        let printable = press.text.is_some() && !matches!(press.key, Some(Key::Space));
        let acts = match state.region {
            _ if is_chord(press) || escape => true,
            // Enter takes the first answer wherever the question was asked.
            _ if state.pick.is_some() && kind == CommandKind::Accept => true,
            Region::Reader | Region::Panel if printable => true,
            Region::Reader => !now.control && state.folder.is_some(), // else they walk the controls
            Region::Panel => kind == CommandKind::Delete && !now.control,
            Region::List => false,
        };
        if acts {
            self.run(kind, press)
        } else {
            Verdict::Leave
        }
    }

    fn run(&self, kind: CommandKind, press: &Press) -> Verdict {
        if press.repeat && !may_repeat(kind) {
            return Verdict::Swallow;
        }
        let place = press.physical.or(press.key).and_then(digit_of);
        if let (CommandKind::CodeByDigit, Some(digit @ 1..=9)) = (kind, place) {
            return Verdict::Run(Command::TagDigit(digit));
        }
        Verdict::Run(Command::Run(kind))
    }
}

/// Whether a control that is neither a region nor a field has the keyboard.
fn is_in_control(ctx: &Context, regions: &[Id]) -> bool {
    let focused = ctx.memory(egui::Memory::focused);
    focused.is_some_and(|id| !regions.contains(&id)) && !ctx.text_edit_focused()
}

/// Whether a press types nothing: with Ctrl or Alt, a function key, or the menu key.
fn is_chord(press: &Press) -> bool {
    press.modifiers.command
        || press.modifiers.alt
        || press
            .key
            .is_some_and(|key| key == Key::Menu || (Key::F1..=Key::F12).contains(&key))
}

/// Moves, undo and zoom go on while the key is held down; what decides does not.
fn may_repeat(kind: CommandKind) -> bool {
    use CommandKind as Kind;
    let moves = kind.group() == Group::Go
        && !matches!(
            kind,
            Kind::Back | Kind::Cycle | Kind::GoRecord | Kind::Finer
        );
    let finds = matches!(kind, Kind::FindNext | Kind::FindPrevious);
    moves || finds || matches!(kind, Kind::Undo | Kind::Redo | Kind::ZoomIn | Kind::ZoomOut)
}

/// What stays possible while a page lies over the window.
fn acts_over_a_page(kind: CommandKind, page: Page) -> bool {
    use CommandKind as Kind;
    let harmless = matches!(
        kind,
        Kind::Quit | Kind::ZoomIn | Kind::ZoomOut | Kind::ZoomReset | Kind::ToggleTheme
    );
    harmless || (!page.is_question() && matches!(kind, Kind::Palette | Kind::Help))
}

/// Over the codebook its own steps can be undone, and none that lies beneath it.
fn undoes_a_code(kind: CommandKind, page: Page, state: &State) -> bool {
    let step = match kind {
        CommandKind::Undo => state.history.next_undo(),
        CommandKind::Redo => state.history.next_redo(),
        _ => None,
    };
    let is_code = |step: &Transaction| step.edits.iter().all(|(doc, _)| *doc == DocId::Codebook);
    page == Page::Codebook && step.is_some_and(is_code)
}

/// What a text field does itself.
fn is_the_fields_own(kind: CommandKind, state: &State) -> bool {
    use CommandKind as Kind;
    // Where Alt types letters, it does so in every field but the find bar's.
    let is_option = matches!(
        kind,
        Kind::FindWord | Kind::FindCase | Kind::FindAccents | Kind::FindRegex
    );
    (is_option && !state.find.is_open)
        || matches!(
            kind,
            Kind::Undo
                | Kind::Redo
                | Kind::Copy
                | Kind::Delete
                | Kind::Start
                | Kind::End
                | Kind::OpenMenu
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_whose_shift_is_let_go_first_is_no_repeat_when_it_comes_again() {
        let mut keys = Keys::default();
        let mut event = |key, pressed| {
            let mut events = [Event::Key {
                key,
                physical_key: Some(Key::Equals),
                pressed,
                repeat: false,
                modifiers: egui::Modifiers::NONE,
            }];
            keys.tell_repeats(&mut events);
            matches!(events, [Event::Key { repeat: true, .. }])
        };
        assert!(!event(Key::Plus, true));
        assert!(event(Key::Plus, true), "it is held down");
        event(Key::Equals, false);
        assert!(!event(Key::Plus, true));
    }

    #[test]
    fn a_key_that_decides_ignores_its_repeats() {
        let keys = Keys::default();
        let held = Press {
            repeat: true,
            key: Some(Key::C),
            physical: Some(Key::C),
            modifiers: egui::Modifiers::NONE,
            text: Some("c".to_owned()),
        };
        assert_eq!(keys.run(CommandKind::Claim, &held), Verdict::Swallow);
        assert_eq!(
            keys.run(CommandKind::Right, &held),
            Verdict::Run(Command::Run(CommandKind::Right))
        );
    }
}
