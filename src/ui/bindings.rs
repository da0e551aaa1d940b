//! Which keys a command is bound to, and which command a press means.
//!
//! The names are the catalogue's; when a press counts at all is decided by `keys`.

use egui::{Key, Modifiers};

use crate::app::{CommandKind, Keymap, canonical};

/// A key as a command is bound to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Binding {
    /// A key that prints nothing, or any key with Ctrl.
    Key {
        key: Key,
        ctrl: bool,
        alt: bool,
        shift: bool,
    },
    /// A character; `shift` matters for letters alone.
    Character { character: char, shift: bool },
}

/// One press: the key, and what it typed.
#[derive(Debug, Clone)]
pub(super) struct Press {
    pub(super) key: Option<Key>,
    pub(super) physical: Option<Key>,
    pub(super) modifiers: Modifiers,
    pub(super) repeat: bool,
    pub(super) text: Option<String>,
}

/// All keys that are in force.
#[derive(Debug, Default)]
pub(super) struct Bindings(Vec<(Binding, CommandKind)>);

impl Bindings {
    /// The keys of a keymap.
    pub(super) fn of_map(keymap: &Keymap) -> Self {
        let all = CommandKind::ALL.iter();
        let bindings = all.flat_map(|kind| {
            let keys = keymap.keys(*kind).iter();
            keys.filter_map(|name| Some((parse(name)?, *kind)))
        });
        Self(bindings.collect())
    }

    /// The command that a press is bound to.
    pub(super) fn of(&self, press: &Press) -> Option<CommandKind> {
        let find = |test: &dyn Fn(&Binding) -> bool| {
            self.0.iter().find(|(b, _)| test(b)).map(|(_, kind)| *kind)
        };
        let by_key = find(&|binding| {
            matches!(binding, Binding::Key { key, ctrl, alt, shift }
            if Some(*key) == press.key && modifiers_match(press.modifiers, *key, [*ctrl, *alt, *shift]))
        });
        by_key.or_else(|| {
            let m = press.modifiers;
            if m.alt || m.ctrl || m.command {
                return None;
            }
            let typed = press.typed()?;
            find(&|binding| {
                matches!(binding, Binding::Character { character, shift }
                if *character == typed && (!typed.is_alphabetic() || *shift == m.shift))
            })
        })
    }
}

impl Press {
    /// The key's name as the catalogue would write it; nothing for a modifier alone, and for what cannot be bound.
    pub(super) fn name(&self) -> Option<String> {
        let m = self.modifiers;
        let ctrl = m.command || m.ctrl;
        let plain = if ctrl || m.alt { None } else { self.typed() };
        let (key, shift) = match plain {
            Some(' ') => ("Space".to_owned(), m.shift),
            Some(typed) => (typed.to_string(), m.shift && typed.is_alphabetic()),
            None => (self.key?.name().to_owned(), m.shift),
        };
        let mut name = String::new();
        for (is_held, modifier) in [(ctrl, "Ctrl+"), (m.alt, "Alt+"), (shift, "Shift+")] {
            if is_held {
                name.push_str(modifier);
            }
        }
        name.push_str(match key.as_str() {
            "Comma" => ",",
            "Period" => ".",
            "Semicolon" => ";",
            "Slash" => "/",
            "Backslash" => "\\",
            "OpenBracket" => "[",
            "CloseBracket" => "]",
            "Backtick" => "`",
            other => other,
        });
        canonical(&name)
    }

    /// The character that was typed, in lower case; the key's own letter where the layout has no Latin ones.
    fn typed(&self) -> Option<char> {
        let own = self.key.and_then(letter_of);
        let Some(text) = &self.text else {
            return own;
        };
        let mut chars = text.chars();
        let first = chars.next().filter(|_| chars.next().is_none())?;
        let lower = first.to_lowercase().next().unwrap_or(first);
        if lower.is_alphabetic() && !lower.is_ascii() {
            own.or(Some(lower))
        } else {
            Some(lower)
        }
    }
}

impl Press {
    /// The digit of its key, on layouts that type something else without Shift.
    pub(super) fn digit(&self) -> Option<u8> {
        let is_plain = self.text.is_some() && self.modifiers.is_none();
        let key = self.physical.filter(|_| is_plain)?;
        digit_of(key).filter(|digit| *digit > 0)
    }
}

/// The digit of a key.
pub(super) fn digit_of(key: Key) -> Option<u8> {
    const DIGITS: [Key; 10] = [
        Key::Num0,
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    (0..)
        .zip(DIGITS)
        .find_map(|(digit, own)| (own == key).then_some(digit))
}

fn letter_of(key: Key) -> Option<char> {
    let mut chars = key.name().chars();
    let first = chars.next().filter(char::is_ascii_alphabetic)?;
    chars.next().is_none().then(|| first.to_ascii_lowercase())
}

/// Signs like + need Shift on some keyboards and not on others, so with them only Ctrl counts.
fn modifiers_match(held: Modifiers, key: Key, [ctrl, alt, shift]: [bool; 3]) -> bool {
    let is_sign = matches!(key, Key::Plus | Key::Minus | Key::Equals | Key::Comma);
    let wanted = Modifiers {
        alt,
        shift: if is_sign { held.shift } else { shift },
        ..if ctrl {
            Modifiers::COMMAND
        } else {
            Modifiers::NONE
        }
    };
    held.matches_exact(wanted)
}

/// Reads a key name as the keymap writes it: `Ctrl+Shift+Z`, `Alt+W`, `ArrowLeft`, `Shift+Q`, `*`.
fn parse(name: &str) -> Option<Binding> {
    let mut rest = name;
    let mut take = |prefix: &str| {
        let stripped = rest.strip_prefix(prefix);
        rest = stripped.unwrap_or(rest);
        stripped.is_some()
    };
    let ctrl = take("Ctrl+");
    let alt = take("Alt+");
    let shift = take("Shift+");
    let mut chars = rest.chars();
    if let (false, Some(only), None) = (ctrl || alt, chars.next(), chars.next()) {
        let character = only.to_lowercase().next()?;
        return Some(Binding::Character { character, shift });
    }
    let key = Key::from_name(rest)?;
    Some(Binding::Key {
        key,
        ctrl,
        alt,
        shift,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: Key, text: &str, modifiers: Modifiers) -> Press {
        Press {
            key: Some(key),
            physical: Some(key),
            modifiers,
            repeat: false,
            text: (!text.is_empty()).then(|| text.to_owned()),
        }
    }

    #[test]
    fn every_key_that_can_be_named_can_be_pressed() {
        let catalogue = CommandKind::ALL.iter().flat_map(|kind| kind.keys());
        let signs = [
            "Ctrl+.", "Ctrl+;", "Ctrl+/", "Alt+\\", "Alt+[", "Alt+]", "Ctrl+`",
        ];
        let others = [
            "Insert",
            "Menu",
            "F24",
            "Ctrl+0",
            "Shift+F10",
            "Alt+Shift+Home",
        ];
        for name in catalogue.chain(&signs).chain(&others) {
            assert_eq!(canonical(name).as_deref(), Some(*name));
            let binding = parse(name).unwrap_or_else(|| panic!("{name} is no key"));
            let Binding::Key {
                key,
                ctrl,
                alt,
                shift,
            } = binding
            else {
                continue;
            };
            let modifiers = Modifiers {
                ctrl,
                command: ctrl,
                alt,
                shift,
                ..Modifiers::NONE
            };
            assert_eq!(press(key, "", modifiers).name().as_deref(), Some(*name));
        }
        for (key, text, modifiers, name) in [
            (Key::C, "c", Modifiers::NONE, Some("C")),
            (Key::C, "C", Modifiers::SHIFT, Some("Shift+C")),
            (Key::Num8, "*", Modifiers::SHIFT, Some("*")),
            (Key::Space, " ", Modifiers::SHIFT, Some("Shift+Space")),
            (Key::ShiftLeft, "", Modifiers::SHIFT, None),
        ] {
            assert_eq!(press(key, text, modifiers).name().as_deref(), name);
        }
    }

    #[test]
    fn printable_keys_follow_what_they_type() {
        let bindings = Bindings::of_map(&Keymap::default());
        let shift = Modifiers::SHIFT;
        for (key, text, modifiers, kind) in [
            (Key::C, "c", Modifiers::NONE, Some(CommandKind::Claim)),
            (Key::C, "C", Modifiers::NONE, Some(CommandKind::Claim)), // Caps Lock
            (Key::C, "C", shift, Some(CommandKind::AddFragment)),
            (Key::Num8, "*", shift, Some(CommandKind::AllOccurrences)),
            (Key::Plus, "*", shift, Some(CommandKind::AllOccurrences)), // German keyboard
            (Key::C, "с", Modifiers::NONE, Some(CommandKind::Claim)),   // Cyrillic keyboard
            (Key::C, "c", Modifiers::ALT, Some(CommandKind::FindCase)),
            (Key::Q, "q", Modifiers::ALT, None),
            (Key::Z, "", Modifiers::COMMAND, Some(CommandKind::Undo)),
            (
                Key::Z,
                "",
                Modifiers::COMMAND | shift,
                Some(CommandKind::Redo),
            ),
            (
                Key::Plus,
                "",
                Modifiers::COMMAND | shift,
                Some(CommandKind::ZoomIn),
            ),
            (
                Key::Space,
                " ",
                Modifiers::NONE,
                Some(CommandKind::PageDown),
            ),
            (Key::Space, " ", shift, Some(CommandKind::PageUp)),
        ] {
            assert_eq!(
                bindings.of(&press(key, text, modifiers)),
                kind,
                "{key:?} {text:?} {modifiers:?}"
            );
        }
    }
}
