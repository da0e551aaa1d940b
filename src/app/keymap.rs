//! Which keys each command has: the catalogue's, and what the person changed in the settings.
//!
//! A key is written as in the catalogue: `Ctrl+Shift+Z`, `Alt+W`, `ArrowLeft`, `Shift+Q`, `*`. All commands share one
//! context, so that a key means one thing wherever it acts. What a person gave a key to has it before a default has.
//! Which press of the keyboard is which key is read by `ui::bindings`.

use std::collections::BTreeMap;

use super::catalogue::CommandKind as Kind;
use crate::store::{KeyNames, Settings};

/// Keys that type nothing, as the settings name them.
const NAMED: [&str; 15] = [
    "ArrowDown",
    "ArrowUp",
    "ArrowLeft",
    "ArrowRight",
    "Escape",
    "Tab",
    "Backspace",
    "Enter",
    "Space",
    "Insert",
    "Delete",
    "Home",
    "End",
    "PageUp",
    "PageDown",
];
/// The menu key, which has no name that starts like the others'.
const MENU: &str = "Menu";
/// Function keys go up to this number.
const FUNCTION_KEYS: u8 = 24;
/// Signs that a key with Ctrl or Alt can be, and how they are named.
const SIGNS: [(&str, &str); 11] = [
    ("+", "Plus"),
    ("-", "Minus"),
    ("=", "Equals"),
    (",", ","),
    (".", "."),
    (";", ";"),
    ("/", "/"),
    ("\\", "\\"),
    ("[", "["),
    ("]", "]"),
    ("`", "`"),
];

/// The keys that are in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// By the command's place in the catalogue.
    bound: Vec<Vec<String>>,
    /// The same without single characters, where those are switched off.
    active: Vec<Vec<String>>,
}

/// A key that is being given to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebinding {
    /// The command.
    pub kind: Kind,
    /// How far it is.
    pub stage: Stage,
}

/// How far giving a key to a command is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The next press is the key.
    Waiting,
    /// The key cannot be had, and why.
    Refused(&'static str),
    /// Another command has the key.
    Clash(String, Kind),
}

impl Default for Keymap {
    fn default() -> Self {
        Self::of(&BTreeMap::new(), true)
    }
}

impl Keymap {
    /// The keymap of some settings, and what in them cannot be used, each in a sentence.
    pub fn read(settings: &Settings) -> (Self, Vec<String>) {
        let mut own: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, keys) in &settings.keys {
            let Some(kind) = Kind::ALL.iter().find(|kind| kind.id() == name) else {
                problems.push(format!("“{name}” is no command of this version."));
                continue;
            };
            match own_keys(*kind, keys, &own) {
                Ok(keys) => {
                    own.insert(*kind as usize, keys);
                }
                Err(why) => problems.push(format!("“{name}”: {why}")),
            }
        }
        (Self::of(&own, settings.letter_keys), problems)
    }

    fn of(own: &BTreeMap<usize, Vec<String>>, letters: bool) -> Self {
        let is_taken = |key: &&&str| own.values().flatten().any(|taken| taken == **key);
        let keys_of = |kind: &Kind| match own.get(&(*kind as usize)) {
            Some(keys) => keys.clone(),
            None => {
                let free = kind.keys().iter().filter(|key| !is_taken(key));
                free.map(|key| (*key).to_owned()).collect()
            }
        };
        let bound: Vec<Vec<String>> = Kind::ALL.iter().map(keys_of).collect();
        let is_active = |key: &&String| letters || !types_a_character(key);
        let active = bound
            .iter()
            .map(|keys| keys.iter().filter(is_active).cloned().collect())
            .collect();
        Self { bound, active }
    }

    /// The keys of a command that act, the first of which is taught.
    pub fn keys(&self, kind: Kind) -> &[String] {
        &self.active[kind as usize]
    }

    /// The keys of a command, also those that are switched off.
    pub fn bound(&self, kind: Kind) -> &[String] {
        &self.bound[kind as usize]
    }

    /// The command that has a key.
    pub fn holder(&self, key: &str) -> Option<Kind> {
        let at = self.bound.iter().position(|k| k.iter().any(|k| k == key))?;
        Kind::ALL.get(at).copied()
    }

    /// The key that is taught, as people write it; the command's name where it has none.
    pub fn taught(&self, kind: Kind) -> String {
        let first = self.keys(kind).first();
        first.map_or_else(|| format!("“{}”", kind.name()), |key| key_name(key))
    }

    /// Whether a command has other keys than the catalogue gives it.
    pub fn is_changed(&self, kind: Kind) -> bool {
        self.bound(kind)
            .iter()
            .map(String::as_str)
            .ne(kind.keys().iter().copied())
    }
}

/// The keys that the settings give to a command, if they can be used and nobody has them yet.
fn own_keys(
    kind: Kind,
    keys: &KeyNames,
    own: &BTreeMap<usize, Vec<String>>,
) -> Result<Vec<String>, String> {
    let mut read: Vec<String> = Vec::new();
    let names = keys.names().ok_or("its keys are not a list of names.")?;
    for name in names {
        let key = canonical(name).ok_or_else(|| format!("“{name}” is no key."))?;
        if let Some(why) = kept_back(kind, &key) {
            return Err(why.to_owned());
        }
        let other = own.iter().find(|(_, taken)| taken.contains(&key));
        if let Some((at, _)) = other {
            return Err(format!("“{}” has {key} already.", Kind::ALL[*at].name()));
        }
        if !read.contains(&key) {
            read.push(key);
        }
    }
    if kind == Kind::Back && !read.iter().any(|key| key == "Escape") {
        read.push("Escape".to_owned());
    }
    Ok(read)
}

/// Why a key cannot be given to a command, where it cannot.
pub fn kept_back(kind: Kind, key: &str) -> Option<&'static str> {
    match key {
        "Escape" if kind != Kind::Back => Some("Esc always goes one step back."),
        "Ctrl+C" if kind != Kind::Copy => Some("Ctrl+C always copies."),
        "Ctrl+X" | "Ctrl+V" => Some("Ctrl+X and Ctrl+V belong to text fields."),
        _ => match (kind == Kind::CodeByDigit, is_digit(key)) {
            (false, true) => Some("The digits answer pick lists and tag with codes."),
            (true, false) => Some("Each digit stands for its code; no other key can."),
            _ => None,
        },
    }
}

fn is_digit(key: &str) -> bool {
    key.len() == 1 && key.starts_with(|c: char| c.is_ascii_digit())
}

/// A key's name as the catalogue writes it, or nothing if it is none: `ctrl+z` is `Ctrl+Z`.
pub fn canonical(name: &str) -> Option<String> {
    let mut rest = name.trim();
    let mut held = [false; 3];
    // In any order; a plus at the end is the key itself.
    while let Some((modifier, after)) = rest
        .split_once('+')
        .filter(|(m, a)| !m.is_empty() && !a.is_empty())
    {
        let at = match modifier.to_lowercase().as_str() {
            "ctrl" | "cmd" => 0,
            "alt" => 1,
            "shift" => 2,
            _ => return None,
        };
        held[at] = true;
        rest = after;
    }
    let [ctrl, alt, shift] = held;
    let mut chars = rest.chars();
    let single = chars.next().filter(|_| chars.next().is_none());
    let key = match single {
        Some(c) if c.is_ascii_alphabetic() => c.to_ascii_uppercase().to_string(),
        Some(c) if c.is_ascii_digit() && (ctrl || alt) => c.to_string(),
        // With Ctrl it is a key, alone it is what the key types, for which Shift may be needed.
        Some(_) if ctrl || alt => named_sign(rest)?.to_owned(),
        Some(c) if !shift && !c.is_whitespace() && !c.is_control() => c.to_lowercase().to_string(),
        Some(_) => return None,
        None => {
            named(rest).or_else(|| named_sign(rest).filter(|_| ctrl || alt).map(str::to_owned))?
        }
    };
    let mut whole = String::new();
    for (is_held, modifier) in [(ctrl, "Ctrl+"), (alt, "Alt+"), (shift, "Shift+")] {
        if is_held {
            whole.push_str(modifier);
        }
    }
    whole.push_str(&key);
    Some(whole)
}

fn named_sign(name: &str) -> Option<&'static str> {
    let mut signs = SIGNS.iter();
    signs
        .find(|(sign, long)| *sign == name || long.eq_ignore_ascii_case(name))
        .map(|(_, long)| *long)
}

fn named(name: &str) -> Option<String> {
    let known = NAMED.iter().chain([&MENU]);
    let short = |known: &'static str| match known {
        "Escape" => "esc",
        "ArrowDown" => "down",
        "ArrowUp" => "up",
        "ArrowLeft" => "left",
        "ArrowRight" => "right",
        whole => whole,
    };
    let mut known = known.filter(|known| {
        known.eq_ignore_ascii_case(name) || short(known).eq_ignore_ascii_case(name)
    });
    if let Some(found) = known.next() {
        return Some((*found).to_owned());
    }
    let number = name
        .strip_prefix(['F', 'f'])
        .and_then(|n| n.parse::<u8>().ok());
    match number {
        Some(number) if (1..=FUNCTION_KEYS).contains(&number) => Some(format!("F{number}")),
        _ => None,
    }
}

/// Whether a key types a character: those can be switched off (WCAG 2.2, 2.1.4).
fn types_a_character(key: &str) -> bool {
    let bare = key.strip_prefix("Shift+").unwrap_or(key);
    bare.chars().count() == 1
}

/// A key's name as people write it: `Ctrl+ArrowDown` becomes `Ctrl+↓`.
pub fn key_name(key: &str) -> String {
    let (modifiers, last) = match key.rfind('+').filter(|at| *at > 0 && *at + 1 < key.len()) {
        Some(at) => key.split_at(at + 1),
        None => ("", key),
    };
    let last = match last {
        "ArrowDown" => "↓",
        "ArrowUp" => "↑",
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "Escape" => "Esc",
        "Plus" => "+",
        "Minus" => "−",
        "Equals" => "=",
        other => other,
    };
    format!("{modifiers}{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &[(&str, &[&str])]) -> (Keymap, Vec<String>) {
        let keys = json.iter().map(|(name, keys)| {
            let keys = keys.iter().map(|key| (*key).to_owned()).collect();
            ((*name).to_owned(), KeyNames::Several(keys))
        });
        let settings = Settings {
            keys: keys.collect(),
            ..Settings::default()
        };
        Keymap::read(&settings)
    }

    #[test]
    fn the_catalogue_writes_its_keys_properly_and_no_two_commands_share_one() {
        let mut seen: Vec<(&str, Kind)> = Vec::new();
        for kind in Kind::ALL {
            for key in kind.keys() {
                assert_eq!(canonical(key).as_deref(), Some(*key), "{kind:?}");
                assert_eq!(kept_back(*kind, key), None, "{kind:?}");
                let clash = seen.iter().find(|(other, _)| other == key);
                assert_eq!(clash, None, "{key} is {kind:?}'s, too");
                seen.push((key, *kind));
            }
        }
    }

    #[test]
    fn a_key_may_be_written_in_several_ways() {
        for (written, key) in [
            ("ctrl+shift+z", Some("Ctrl+Shift+Z")),
            ("Shift+Ctrl+Z", Some("Ctrl+Shift+Z")),
            ("d", Some("D")),
            ("Shift+d", Some("Shift+D")),
            ("ctrl++", Some("Ctrl+Plus")),
            ("Ctrl+plus", Some("Ctrl+Plus")),
            ("+", Some("+")),
            ("esc", Some("Escape")),
            ("f8", Some("F8")),
            ("Alt+Left", Some("Alt+ArrowLeft")),
            ("ß", Some("ß")),
            ("F99", None),
            ("Hyper+D", None),
            ("Shift+*", None),
            ("Ctrl+", None),
            ("", None),
        ] {
            assert_eq!(canonical(written).as_deref(), key, "{written}");
        }
    }

    #[test]
    fn what_was_given_away_is_not_kept_by_the_default() {
        let (keymap, problems) = read(&[("Claim", &["P", "D"])]);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(keymap.keys(Kind::Claim), ["P", "D"]);
        assert!(keymap.keys(Kind::Person).is_empty());
        assert_eq!(keymap.holder("P"), Some(Kind::Claim));
        assert_eq!(keymap.holder("C"), None);
        assert!(keymap.is_changed(Kind::Person) && !keymap.is_changed(Kind::Quote));
    }

    #[test]
    fn an_entry_that_cannot_be_used_is_named_and_its_default_stays() {
        let entries: [(&str, &[&str], &str); 6] = [
            ("Claim", &["Hyper+D"], "“Hyper+D” is no key."),
            ("Clam", &["D"], "“Clam” is no command of this version."),
            ("Claim", &["Escape"], "Esc always goes one step back."),
            ("Claim", &["1"], "The digits answer"),
            ("Claim", &["Ctrl+C"], "Ctrl+C always copies."),
            ("Undo", &["Ctrl+V"], "belong to text fields"),
        ];
        for (name, keys, why) in entries {
            let (keymap, problems) = read(&[(name, keys)]);
            assert_eq!(keymap, Keymap::default(), "{name} {keys:?}");
            assert!(problems[0].contains(why) && problems[0].contains(name));
        }
        let (keymap, problems) = read(&[("Claim", &["D"]), ("Person", &["D"])]);
        assert_eq!(problems, ["“Person”: “Claim” has D already."]);
        assert_eq!(keymap.keys(Kind::Person), ["P"]);
        let odd = BTreeMap::from([("Claim".to_owned(), KeyNames::Unreadable(7.into()))]);
        let settings = Settings {
            keys: odd,
            ..Settings::default()
        };
        assert_eq!(
            Keymap::read(&settings).1,
            ["“Claim”: its keys are not a list of names."]
        );
    }

    #[test]
    fn without_letters_what_types_nothing_still_acts() {
        let settings = Settings {
            letter_keys: false,
            ..Settings::default()
        };
        let (keymap, _) = Keymap::read(&settings);
        assert!(keymap.keys(Kind::Claim).is_empty());
        assert_eq!(keymap.bound(Kind::Claim), ["C"]);
        assert!(keymap.keys(Kind::AllOccurrences).is_empty());
        assert_eq!(keymap.keys(Kind::PageDown), ["Space", "PageDown"]);
        assert_eq!(keymap.keys(Kind::Undo), ["Ctrl+Z"]);
        assert_eq!(keymap.taught(Kind::Claim), "“Claim”");
    }

    #[test]
    fn one_can_always_go_back() {
        let (keymap, _) = read(&[("Back", &["F9"])]);
        assert_eq!(keymap.keys(Kind::Back), ["F9", "Escape"]);
    }

    #[test]
    fn keys_are_written_as_people_write_them() {
        for (key, name) in [
            ("Ctrl+ArrowDown", "Ctrl+↓"),
            ("Ctrl+Plus", "Ctrl++"),
            ("Shift+ArrowLeft", "Shift+←"),
            ("Escape", "Esc"),
            ("*", "*"),
            ("Ctrl+,", "Ctrl+,"),
        ] {
            assert_eq!(key_name(key), name);
        }
    }
}
