//! The person's settings and where they left off, in the platform's config folder.
//!
//! Every field has a default and unknown ones are kept, so that older and newer versions can share the file. A file
//! that cannot be read is set aside, never an obstacle to starting.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::{self, hash};
use super::error::StoreError;
use super::places;
use super::save::{SaveOutcome, save_file};

/// What the person chose, and where they left off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The coder's name in annotations.
    pub coder: String,
    /// Whether the coder's name was asked for; it is asked once.
    pub coder_asked: bool,
    /// `system`, `light`, `dark`, `contrast-light` or `contrast-dark`.
    pub theme: String,
    /// Scale of the whole window; 1 is the platform's.
    pub zoom: f32,
    /// The face of the article: `literata` or `inter`.
    pub reading_face: String,
    /// Size of the article's letters, in points.
    pub reading_size: f32,
    /// Width of the article's column, in characters.
    pub measure: f32,
    /// From line to line, in sizes of the letters.
    pub leading: f32,
    /// Whether nothing glides or fades.
    pub reduced_motion: bool,
    /// Whether single letters and signs are commands (WCAG 2.2, 2.1.4).
    pub letter_keys: bool,
    /// The keys of commands, where they are not the catalogue's.
    pub keys: BTreeMap<String, KeyNames>,
    /// Folders opened before, the latest first.
    pub recent: Vec<PathBuf>,
    /// The folder to open at the start.
    pub last_folder: Option<PathBuf>,
    /// Where the person was in each folder.
    pub places: BTreeMap<PathBuf, FolderPlace>,
    /// The window.
    pub window: WindowPlace,
    /// Width of the article list, in points.
    pub left_width: f32,
    /// Width of the side panel, in points.
    pub right_width: f32,
    /// Height of the editor below that panel's lists, in points; `null` where nobody has changed it.
    pub editor_height: Option<f32>,
    /// The list that the side panel shows: `quotes`, `sources`, `people`, `claims`, `codes` or `more`.
    pub panel_tab: String,
    /// Part of the room that the left one of two articles has.
    pub split: f32,
    /// Whether quotes are suggested.
    pub suggest_quotes: bool,
    /// Whether names of persons are suggested.
    pub suggest_people: bool,
    /// Whether claims are suggested.
    pub suggest_claims: bool,
    /// Whether the article list is shown.
    pub list_open: bool,
    /// Whether the side panel is shown.
    pub panel_open: bool,
    /// Whether the tour of the sample was begun once.
    pub tour_seen: bool,
    /// Entries of the file that could not be read, and why; for them the defaults hold.
    #[serde(skip)]
    pub unreadable: Vec<String>,
    /// Settings of other versions.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// The keys of a command as the file has them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum KeyNames {
    /// The first of them is taught.
    Several(Vec<String>),
    /// One that was written without a list.
    One(String),
    /// Anything else is kept as it is.
    Unreadable(serde_json::Value),
}

impl KeyNames {
    /// The names, if that is what they are.
    pub fn names(&self) -> Option<&[String]> {
        match self {
            Self::Several(names) => Some(names),
            Self::One(name) => Some(std::slice::from_ref(name)),
            Self::Unreadable(_) => None,
        }
    }
}

/// Where the person was in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FolderPlace {
    /// The article that was open, as the folder lists it.
    pub article: String,
    /// The article that stood beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<BesidePlace>,
    /// The byte offset of the focus, by article.
    pub offsets: BTreeMap<String, usize>,
    /// The byte offset at the upper edge of what was shown, by article.
    pub tops: BTreeMap<String, usize>,
    /// Copies that were merged or are to be left alone, as paths below the folder.
    pub settled: BTreeSet<String>,
}

/// An article that stood beside another one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BesidePlace {
    /// The article, as the folder lists it.
    pub article: String,
    /// Whether it stood to the left.
    pub is_left: bool,
}

/// Size and place of the window, in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowPlace {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// From the left of the screen; `None` lets the system place the window.
    pub x: Option<f32>,
    /// From the top of the screen.
    pub y: Option<f32>,
    /// Whether it fills the screen.
    pub maximised: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            coder: String::new(),
            coder_asked: false,
            theme: String::from("system"),
            zoom: 1.0,
            reading_face: String::from("literata"),
            reading_size: 18.0,
            measure: 66.0,
            leading: 1.6,
            reduced_motion: false,
            letter_keys: true,
            keys: BTreeMap::new(),
            recent: Vec::new(),
            last_folder: None,
            places: BTreeMap::new(),
            window: WindowPlace::default(),
            left_width: 224.0,
            right_width: 320.0,
            editor_height: None,
            panel_tab: String::from("quotes"),
            split: 0.5,
            suggest_quotes: true,
            suggest_people: true,
            suggest_claims: true,
            list_open: true,
            panel_open: true,
            tour_seen: false,
            unreadable: Vec::new(),
            extra: serde_json::Map::new(),
        }
    }
}

impl Default for WindowPlace {
    fn default() -> Self {
        Self {
            width: 1280.0,
            height: 800.0,
            x: None,
            y: None,
            maximised: false,
        }
    }
}

/// Reads the settings; without a file, or with one that cannot be read, the defaults.
pub fn load_settings() -> Settings {
    places::settings_path().map_or_else(Settings::default, |path| load_settings_from(&path))
}

/// Reads the settings from a file. One that cannot be read is kept beside it as `….broken`; so is a copy of one with
/// entries that cannot be read, which are named.
pub fn load_settings_from(path: &Path) -> Settings {
    let Ok(bytes) = disk::read(path) else {
        return Settings::default();
    };
    if let Ok(settings) = serde_json::from_slice(&bytes) {
        return settings;
    }
    let mut broken = OsString::from(path);
    broken.push(".broken");
    match serde_json::from_slice(&bytes) {
        Ok(entries) => {
            // If even that fails, the next save still writes whole settings.
            let _ = fs::copy(path, broken);
            without_the_unreadable(entries)
        }
        Err(error) => {
            let _ = fs::rename(path, broken);
            Settings {
                unreadable: vec![error.to_string()],
                ..Settings::default()
            }
        }
    }
}

/// Each entry is tried alone; what is left can be read together.
fn without_the_unreadable(mut entries: serde_json::Map<String, serde_json::Value>) -> Settings {
    let mut unreadable = Vec::new();
    entries.retain(|name, value| {
        let alone = serde_json::Map::from_iter([(name.clone(), value.clone())]);
        let read = serde_json::from_value::<Settings>(alone.into());
        if let Err(error) = &read {
            unreadable.push(format!("“{name}”: {error}"));
        }
        read.is_ok()
    });
    let settings = serde_json::from_value(entries.into()).unwrap_or_default();
    Settings {
        unreadable,
        ..settings
    }
}

/// Writes the settings.
///
/// # Errors
/// When the platform names no place for them, or the disk refuses.
pub fn save_settings(settings: &Settings) -> Result<(), StoreError> {
    let path = places::settings_path().ok_or(StoreError::NoPlace { what: "settings" })?;
    save_settings_to(&path, settings)
}

/// Writes the settings to a file; of two windows, the last one wins.
///
/// # Errors
/// When the disk refuses.
pub fn save_settings_to(path: &Path, settings: &Settings) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| StoreError::io(folder, error))?;
    }
    let mut bytes = serde_json::to_vec_pretty(settings).map_err(|error| StoreError::Io {
        path: path.to_owned(),
        source: error.into(),
    })?;
    bytes.push(b'\n');
    let expected = disk::read_own(path)?.map(|found| hash(&found));
    match save_file(path, &bytes, expected)? {
        SaveOutcome::Saved { .. } => Ok(()),
        // Another window saved between the two looks at the file; it has the last word.
        SaveOutcome::Conflict { .. } => Ok(()),
    }
}
