//! The bundled faces: Literata to read in, Inter for the window.
//!
//! Both are variable fonts under the Open Font License; weights and optical sizes are instances of one file. What is
//! not in them (arrows, signs, other scripts) comes from egui's own fonts and, where the platform has them, from the
//! system's. Sizes and colours are `theme`'s.

use std::sync::Arc;

use egui::epaint::text::VariationCoords;
use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

const LITERATA: &[u8] = include_bytes!("../../assets/fonts/Literata.ttf");
const LITERATA_ITALIC: &[u8] = include_bytes!("../../assets/fonts/Literata-Italic.ttf");
const INTER: &[u8] = include_bytes!("../../assets/fonts/Inter.ttf");

/// Weight of running text.
const REGULAR: f32 = 400.0;
/// The only other weight there is.
const SEMIBOLD: f32 = 600.0;
/// Literata's optical size for text of about 18 px.
const TEXT_CUT: f32 = 18.0;

/// Name of the family that articles are set in.
pub const READING: &str = "reading";
/// Name of the family of captions and credits.
pub const READING_ITALIC: &str = "reading-italic";
/// Name of the family of headings inside an article.
pub const READING_SEMIBOLD: &str = "reading-semibold";
/// Name of the family of titles in the window.
pub const UI_SEMIBOLD: &str = "ui-semibold";

/// The family that articles are set in.
pub fn reading() -> FontFamily {
    FontFamily::Name(READING.into())
}

/// The family of captions and credits.
pub fn reading_italic() -> FontFamily {
    FontFamily::Name(READING_ITALIC.into())
}

/// The family of headings inside an article.
pub fn reading_semibold() -> FontFamily {
    FontFamily::Name(READING_SEMIBOLD.into())
}

/// The family of titles in the window.
pub fn ui_semibold() -> FontFamily {
    FontFamily::Name(UI_SEMIBOLD.into())
}

/// A face that articles can be set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// A book face, with an italic of its own.
    Literata,
    /// The window's face; captions stand upright in it.
    Inter,
}

impl Face {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Literata, Self::Inter];

    /// The face with a name; the usual one where there is none.
    pub fn of(id: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|face| face.id() == id).unwrap_or(Self::Literata)
    }

    /// Its name in the settings file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Literata => "literata",
            Self::Inter => "inter",
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Literata => "Literata",
            Self::Inter => "Inter",
        }
    }

    /// How wide its letters run, beside Literata's.
    pub const fn width(self) -> f32 {
        match self {
            Self::Literata => 1.0,
            Self::Inter => 1.025,
        }
    }
}

/// All families, with egui's own fonts behind ours.
pub(super) fn definitions(face: Face) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let (upright, italic) = match face {
        Face::Literata => (LITERATA, LITERATA_ITALIC),
        Face::Inter => (INTER, INTER),
    };
    let faces = [
        ("Inter", INTER, FontFamily::Proportional, REGULAR, None),
        ("Inter semibold", INTER, ui_semibold(), SEMIBOLD, None),
        ("Reading", upright, reading(), REGULAR, Some(TEXT_CUT)),
        (
            "Reading italic",
            italic,
            reading_italic(),
            REGULAR,
            Some(TEXT_CUT),
        ),
        (
            "Reading semibold",
            upright,
            reading_semibold(),
            SEMIBOLD,
            Some(TEXT_CUT),
        ),
    ];
    for (name, bytes, family, weight, cut) in faces {
        let mut coords = VariationCoords::new([(b"wght", weight)]);
        if let Some(cut) = cut {
            coords.push(b"opsz", cut);
        }
        let tweak = FontTweak {
            coords,
            ..FontTweak::default()
        };
        let data = FontData::from_static(bytes).tweak(tweak);
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
        let chain = std::iter::once(name.to_owned()).chain(fallback.iter().cloned());
        fonts.families.insert(family, chain.collect());
    }
    fonts
}
