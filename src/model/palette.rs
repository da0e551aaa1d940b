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

    /// From `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        u32::from_str_radix(digits, 16).ok().map(Self::hex)
    }

    /// Luminance by the WCAG 2 formula, 0 to 1.
    fn luminance(self) -> f64 {
        let part = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.040_45 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }

    /// Contrast by the WCAG 2 formula, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// So many eighths of the way to another colour.
    fn towards(self, other: Self, eighths: u8) -> Self {
        let mix = |a: u8, b: u8| {
            let sum = u16::from(a) * u16::from(8 - eighths) + u16::from(b) * u16::from(eighths);
            u8::try_from(sum / 8).unwrap_or(u8::MAX)
        };
        Self(
            mix(self.0, other.0),
            mix(self.1, other.1),
            mix(self.2, other.2),
        )
    }
}

/// A colour that the editor of the codebook offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeColour {
    /// What it is called.
    pub name: &'static str,
    /// As it stands in the file, and on light paper.
    pub hex: &'static str,
    /// On dark paper.
    pub dark: Rgb,
}

const fn code_colour(name: &'static str, hex: &'static str, dark: u32) -> CodeColour {
    let dark = Rgb::hex(dark);
    CodeColour { name, hex, dark }
}

/// Colours for codes: at least three to one on their paper, and CIEDE2000 ≥ 12.9 between any two under normal sight and
/// simulated colour blindness (Machado 2009, severity 1). The digit is the second cue.
pub const CODE_COLOURS: [CodeColour; 8] = [
    code_colour("blue", "#1b65ff", 0x1b_5f_df),
    code_colour("red", "#db6271", 0xc1_2e_44),
    code_colour("green", "#26a500", 0x50_b3_24),
    code_colour("magenta", "#b61c85", 0xdf_6f_99),
    code_colour("olive", "#72600e", 0xf7_fb_05),
    code_colour("teal", "#0f5945", 0xb2_f2_fb),
    code_colour("brown", "#5d210b", 0xf7_c4_b1),
    code_colour("violet", "#240e59", 0xb4_9c_fd),
];

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
        quote: pair(0x3a_48_3a, 0x5c_e6_d6),
        other: pair(0x33_36_3c, 0xa3_a7_ae),
    };

    /// The colour of a code, from what the codebook says: as it is, or as far towards the ink as it takes to be seen.
    /// Without one that can be read, that of second rank.
    pub fn code(&self, colour: &str) -> Rgb {
        let is_dark = self.paper.luminance() < self.ink.luminance();
        let own = CODE_COLOURS
            .iter()
            .find(|c| c.hex.eq_ignore_ascii_case(colour));
        if let Some(own) = own.filter(|_| is_dark) {
            return own.dark;
        }
        let Some(rgb) = Rgb::parse(colour) else {
            return self.muted;
        };
        let seen = (0..=8).map(|step| rgb.towards(self.ink, step));
        let mut seen = seen.filter(|rgb| rgb.contrast(self.paper) >= 3.0);
        seen.next().unwrap_or(self.ink)
    }

    /// Black on white, for those who need more contrast; fills are the paper's, since nothing is filled.
    pub const CONTRAST_LIGHT: Self = Self {
        paper: Rgb::hex(0xff_ff_ff),
        ink: Rgb::hex(0x00_00_00),
        muted: Rgb::hex(0x3a_3d_42),
        panel: Rgb::hex(0xf5_f5_f5),
        claim: pair(0xff_ff_ff, 0x72_5c_00),
        person: pair(0xff_ff_ff, 0x00_5c_c8),
        source: pair(0xff_ff_ff, 0x7d_1a_6f),
        quote: pair(0xff_ff_ff, 0x0a_5a_45),
        other: pair(0xff_ff_ff, 0x3a_3d_42),
    };

    /// White on black, for those who need more contrast.
    pub const CONTRAST_DARK: Self = Self {
        paper: Rgb::hex(0x00_00_00),
        ink: Rgb::hex(0xff_ff_ff),
        muted: Rgb::hex(0xd2_d5_da),
        panel: Rgb::hex(0x12_13_15),
        claim: pair(0x00_00_00, 0xeb_d9_6e),
        person: pair(0x00_00_00, 0x84_a3_ff),
        source: pair(0x00_00_00, 0xdc_7b_a6),
        quote: pair(0x00_00_00, 0x5c_e6_d6),
        other: pair(0x00_00_00, 0xd2_d5_da),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_of_a_code_can_be_seen_on_both_papers() {
        let foreign = ["#ffffff", "#000000", "#ffff00", "#FBFAF7", "#1b1d21"];
        for palette in [Palette::LIGHT, Palette::DARK] {
            for hex in CODE_COLOURS.iter().map(|c| c.hex).chain(foreign) {
                let seen = palette.code(hex);
                assert!(seen.contrast(palette.paper) >= 2.99, "{hex} as {seen:?}");
            }
        }
        assert_eq!(Palette::LIGHT.code("#1b65ff"), Rgb::hex(0x1b_65_ff));
        assert_eq!(Palette::LIGHT.code("rebeccapurple"), Palette::LIGHT.muted);
        assert_eq!(Rgb::parse("#éé"), None);
    }
}
