//! The layers' colours, for the window and for exported pages.
//!
//! Chosen for contrast by the WCAG 2 formula (text on every fill ≥ 7, every line on paper ≥ 5.9) and for distance
//! under simulated colour blindness (Machado 2009, severity 1: CIEDE2000 ≥ 12.4 between any two). Fills are for
//! claims and for what has the focus; a second cue besides colour belongs to whoever draws.

use super::Layer;

/// A colour without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// From `0xrrggbb`.
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self(r, g, b)
    }
}

/// What one layer is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerColours {
    /// Behind text.
    pub fill: Rgb,
    /// Underlines, bars and frames.
    pub line: Rgb,
}

/// Colours of a theme that pages and window share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Behind the article.
    pub paper: Rgb,
    /// Text.
    pub ink: Rgb,
    /// Text of second rank.
    pub muted: Rgb,
    /// Behind lists and panels.
    pub panel: Rgb,
    claim: LayerColours,
    person: LayerColours,
    source: LayerColours,
    quote: LayerColours,
    other: LayerColours,
}

const fn pair(fill: u32, line: u32) -> LayerColours {
    LayerColours {
        fill: Rgb::hex(fill),
        line: Rgb::hex(line),
    }
}

impl Palette {
    /// Dark ink on warm paper.
    pub const LIGHT: Self = Self {
        paper: Rgb::hex(0xfb_fa_f7),
        ink: Rgb::hex(0x1f_23_28),
        muted: Rgb::hex(0x5c_63_70),
        panel: Rgb::hex(0xf1_ef_e9),
        claim: pair(0xf3_c4_43, 0x72_5c_00),
        person: pair(0x92_cb_fb, 0x00_5c_c8),
        source: pair(0xf1_de_ee, 0x7d_1a_6f),
        quote: pair(0xc1_e1_c6, 0x0a_5a_45),
        other: pair(0xe7_e4_db, 0x5c_63_70),
    };

    /// Light ink on near-black.
    pub const DARK: Self = Self {
        paper: Rgb::hex(0x1b_1d_21),
        ink: Rgb::hex(0xe6_e4_df),
        muted: Rgb::hex(0xa3_a7_ae),
        panel: Rgb::hex(0x24_27_2c),
        claim: pair(0x4b_43_0f, 0xeb_d9_6e),
        person: pair(0x11_4b_83, 0x84_a3_ff),
        source: pair(0x4b_0b_3d, 0xdc_7b_a6),
        quote: pair(0x21_30_23, 0x5c_e6_d6),
        other: pair(0x33_36_3c, 0xa3_a7_ae),
    };

    /// The colours of a layer; codes and notes share a neutral pair.
    pub const fn layer(&self, layer: Layer) -> LayerColours {
        match layer {
            Layer::Claim => self.claim,
            Layer::Person => self.person,
            Layer::Source => self.source,
            Layer::Quote => self.quote,
            Layer::Code | Layer::Note => self.other,
        }
    }
}
