//! The settings: what is chosen takes effect at once and is kept.

use super::Cx;
use crate::app::catalogue::CommandKind as Kind;
use crate::app::command::{Command, Setting};
use crate::app::keymap::{Keymap, Rebinding, Stage, kept_back};
use crate::app::notice::Message;
use crate::app::ports::Env;
use crate::app::state::{Page, State, Tab};
use crate::store::{KeyNames, Settings};

/// Sizes that the article's letters may have, in points.
pub const SIZES: std::ops::RangeInclusive<f32> = 12.0..=32.0;
/// Widths that the article's column may have, in characters.
pub const MEASURES: std::ops::RangeInclusive<f32> = 48.0..=90.0;
/// Leadings that the article may have, in sizes of the letters.
pub const LEADINGS: std::ops::RangeInclusive<f32> = 1.3..=2.2;

/// Takes the settings over at the start, and says which of them could not be used.
pub fn begin(settings: Settings, env: &mut Env) -> State {
    let mut state = State::default();
    let (keymap, problems) = Keymap::read(&settings);
    let unreadable = settings.unreadable.clone();
    state.settings = settings;
    state.keymap = keymap;
    keep_in_range(&mut state.settings);
    let mut tabs = Tab::ALL.into_iter();
    let tab = tabs.find(|tab| tab.id() == state.settings.panel_tab);
    state.tab = tab.unwrap_or_default();
    let mut cx = Cx {
        state: &mut state,
        env,
        effects: Vec::new(),
    };
    if !unreadable.is_empty() {
        cx.notify(Message::problem(
            "Some settings could not be read.",
            unreadable.join("\n"),
            "They are as at the first start. The file as it was is kept beside it, as settings.json.broken.",
        ));
    }
    if !problems.is_empty() {
        cx.notify(Message::problem(
            "Some keys of the settings file cannot be used.",
            problems.join("\n"),
            "These commands have their usual keys. The settings page lists all keys and changes them.",
        ));
    }
    state
}

/// Files are written by hand, too.
fn keep_in_range(settings: &mut Settings) {
    let kept = |value: f32, range: &std::ops::RangeInclusive<f32>, usual: f32| {
        if value.is_finite() {
            value.clamp(*range.start(), *range.end())
        } else {
            usual
        }
    };
    let usual = Settings::default();
    settings.zoom = kept(settings.zoom, &(0.5..=3.0), usual.zoom);
    settings.reading_size = kept(settings.reading_size, &SIZES, usual.reading_size);
    settings.measure = kept(settings.measure, &MEASURES, usual.measure);
    settings.leading = kept(settings.leading, &LEADINGS, usual.leading);
    settings.editor_height.take_if(|height| !height.is_finite());
    settings.split = kept(settings.split, &(0.1..=0.9), usual.split);
}

impl Cx<'_> {
    /// A key was pressed for the command that waits for one.
    pub(super) fn take_key(&mut self, key: String) {
        let Some(Rebinding { kind, .. }) = self.state.rebinding.take() else {
            return;
        };
        // Esc ends the waiting.
        if key == "Escape" {
            return;
        }
        let holder = self
            .state
            .keymap
            .holder(&key)
            .filter(|holder| *holder != kind);
        let stage = match (kept_back(kind, &key), holder) {
            (Some(why), _) => Stage::Refused(why),
            (None, Some(holder)) => Stage::Clash(key, holder),
            (None, None) => {
                let mut keys = self.state.keymap.bound(kind).to_vec();
                keys.retain(|other| *other != key);
                keys.insert(0, key);
                return self.set(Setting::Keys(kind, Some(keys)));
            }
        };
        self.state.rebinding = Some(Rebinding { kind, stage });
    }

    /// Asks once, with the first tag, whose tags these are. Nothing waits for the answer.
    pub(super) fn ask_name(&mut self) {
        if std::mem::replace(&mut self.state.settings.coder_asked, true) {
            return;
        }
        self.save_settings();
        self.notify(Message {
            hint:
                "Your name or initials can stand with every tag. The settings take it later, too."
                    .to_owned(),
            action: Some(("Give a name…", Command::Show(Some(Page::Settings)))),
            ..Message::info("Whose tags are these?")
        });
    }

    pub(super) fn set(&mut self, setting: Setting) {
        let settings = &mut self.state.settings;
        match setting {
            Setting::Coder(name) => settings.coder = name,
            Setting::Theme(theme) => settings.theme = theme,
            Setting::Face(face) => settings.reading_face = face,
            Setting::ReadingSize(size) => settings.reading_size = size,
            Setting::MeasureWidth(characters) => settings.measure = characters,
            Setting::Leading(leading) => settings.leading = leading,
            Setting::ReducedMotion(is_reduced) => settings.reduced_motion = is_reduced,
            Setting::LetterKeys(act) => settings.letter_keys = act,
            Setting::Keys(kind, keys) => set_keys(settings, kind, keys),
            Setting::UsualKeys => settings.keys.clear(),
            Setting::ListWidth(width) => settings.left_width = width,
            Setting::PanelWidth(width) => settings.right_width = width,
            Setting::EditorHeight(height) => settings.editor_height = Some(height),
            Setting::Split(part) => settings.split = part,
            Setting::Window(place) => settings.window = place,
        }
        keep_in_range(settings);
        self.state.rebinding = None;
        self.state.keymap = Keymap::read(&self.state.settings).0;
        self.save_settings();
    }
}

/// Gives a command keys, taking them away from whoever has them; without keys, it gets its usual ones back.
fn set_keys(settings: &mut Settings, kind: Kind, keys: Option<Vec<String>>) {
    settings.keys.remove(kind.id());
    let keymap = Keymap::read(settings).0;
    let wanted = keys.unwrap_or_else(|| kind.keys().iter().map(|k| (*k).to_owned()).collect());
    for other in Kind::ALL.iter().filter(|other| **other != kind) {
        let bound = keymap.bound(*other);
        if settings.keys.contains_key(other.id()) && bound.iter().any(|k| wanted.contains(k)) {
            let left = bound.iter().filter(|k| !wanted.contains(k));
            let left = KeyNames::Several(left.cloned().collect());
            settings.keys.insert(other.id().to_owned(), left);
        }
    }
    if wanted
        .iter()
        .map(String::as_str)
        .ne(kind.keys().iter().copied())
    {
        let entry = KeyNames::Several(wanted);
        settings.keys.insert(kind.id().to_owned(), entry);
    }
    // Who was robbed of its usual keys and would now have them again needs no entry.
    settings.keys.retain(|name, keys| {
        let kind = Kind::ALL.iter().find(|kind| kind.id() == name);
        let (Some(kind), Some(own)) = (kind, keys.names()) else {
            return true;
        };
        own.iter()
            .map(String::as_str)
            .ne(kind.keys().iter().copied())
    });
}
