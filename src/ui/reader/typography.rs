//! How each kind of block is set: face, size, leading, room above and below.
//!
//! Measures are those of reading size 18 and scale with it. The faces themselves are `theme`'s.

use egui::epaint::text::VariationCoords;
use egui::{FontFamily, FontId};

use super::super::theme::{self, Face};
use crate::model::BlockKind;
use crate::store::Settings;

/// Width of the text at reading size 18: about 66 characters.
pub(super) const MEASURE: f32 = 576.0;

/// The size that all measures are given for.
pub(super) const NORMAL_SIZE: f32 = 18.0;

/// How many characters [`MEASURE`] holds.
const CHARACTERS: f32 = 66.0;

/// The leading that all measures are given for, in sizes.
const NORMAL_LEADING: f32 = 1.6;

/// How the person wants the text set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// Size of running text, in points.
    pub size: f32,
    /// From line to line, in sizes.
    pub leading: f32,
    /// Width of the column, in characters.
    pub characters: f32,
    /// The face.
    pub face: Face,
}

impl TextStyle {
    /// What the settings say.
    pub fn of(settings: &Settings) -> Self {
        Self {
            size: settings.reading_size,
            leading: settings.leading,
            characters: settings.measure,
            face: Face::of(&settings.reading_face),
        }
    }

    /// Width of the column, in points, where there is room for it.
    pub fn measure(self) -> f32 {
        MEASURE * self.size / NORMAL_SIZE * self.characters / CHARACTERS * self.face.width()
    }

    /// From line to line of running text, in points.
    pub fn line_height(self) -> f32 {
        Setting::of(BlockKind::Paragraph, self).leading
    }
}

/// Room that a list item's mark takes, in ems.
const HANG: f32 = 1.3;

/// Mean width of a letter of running text, in ems, for estimates.
const MEAN_LETTER: f32 = 0.47;

/// Mean length of a letter, in bytes, for estimates.
const MEAN_BYTES: f32 = 1.03;

/// How a block is set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    /// Its face.
    pub family: FontFamily,
    /// Its size, in points.
    pub size: f32,
    /// From line to line, in points.
    pub leading: f32,
    /// Whether it is in ink of second rank.
    pub is_muted: bool,
    /// Room that it wants above.
    above: f32,
    /// Room that it wants below.
    below: f32,
    /// The optical size, where it is not that of running text.
    cut: Option<f32>,
}

impl Setting {
    /// How a kind of block is set.
    pub fn of(kind: BlockKind, style: TextStyle) -> Self {
        let text = (theme::reading(), 18.0, 29.0);
        let small = (theme::reading_italic(), 15.0, 24.0);
        let ((family, size, leading), above, below) = match kind {
            BlockKind::Headline => ((theme::reading_semibold(), 26.0, 34.0), 0.0, 14.0),
            BlockKind::Heading => ((theme::reading_semibold(), 18.0, 29.0), 20.0, 6.0),
            BlockKind::Time => ((theme::reading_semibold(), 15.0, 24.0), 20.0, 4.0),
            BlockKind::Byline
            | BlockKind::Dateline
            | BlockKind::Credit
            | BlockKind::Caption
            | BlockKind::Furniture => (small, 0.0, 12.0),
            BlockKind::List => (text, 0.0, 6.0),
            BlockKind::Paragraph => (text, 0.0, 12.0),
        };
        let scale = style.size / NORMAL_SIZE;
        Self {
            family,
            size: (size * scale * 2.0).round() / 2.0,
            leading: (leading * scale * style.leading / NORMAL_LEADING).round(),
            is_muted: matches!(
                kind,
                BlockKind::Byline
                    | BlockKind::Dateline
                    | BlockKind::Credit
                    | BlockKind::Caption
                    | BlockKind::Furniture
            ),
            above: above * scale,
            below: below * scale,
            cut: (size != 18.0).then_some(size * scale),
        }
    }

    /// Font and size, as egui wants them.
    pub fn font(&self) -> FontId {
        FontId::new(self.size, self.family.clone())
    }

    /// What the face's axes are set to beyond the family's own.
    pub fn coords(&self) -> VariationCoords {
        VariationCoords::new(self.cut.map(|cut| (b"opsz", cut)))
    }

    /// How far the lines of a list item are set in.
    pub fn hang(&self) -> f32 {
        (self.size * HANG).round()
    }

    /// How high so many bytes will about be in a column.
    pub fn estimate(&self, bytes: usize, width: f32) -> f32 {
        let letters = bytes as f32 / MEAN_BYTES;
        let rows = (letters * self.size * MEAN_LETTER / width.max(1.0)).ceil();
        rows.max(1.0) * self.leading
    }
}

/// Room between a block and the one before it.
pub(super) fn space_between(before: BlockKind, kind: BlockKind, style: TextStyle) -> f32 {
    let below = Setting::of(before, style).below;
    let below = match (before, kind) {
        // Items stand close together, a list as a whole like a paragraph.
        (BlockKind::List, BlockKind::List) => below,
        (BlockKind::List, _) => below * 2.0,
        _ => below,
    };
    below.max(Setting::of(kind, style).above).round()
}
