//! Colours, sizes and strokes of the window: the one place where they stand.
//!
//! The layers' colours and the grounds are data in `model::Palette`, which exported pages share; everything else that
//! can be seen is decided here and read through [`Theme`]. The faces are `fonts`'s.

use std::collections::BTreeMap;

use egui::style::{Selection, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle,
    ThemePreference, Ui, Visuals, vec2,
};

pub use super::fonts::{
    Face, READING, READING_ITALIC, READING_SEMIBOLD, UI_SEMIBOLD, reading, reading_italic,
    reading_semibold, ui_semibold,
};
use crate::model::{Layer, Palette, Rgb};
use crate::store::Settings;

/// Size of the window's text, in points.
pub const BODY_SIZE: f32 = 13.0;
/// Size of second lines, chips and the status bar.
pub const SMALL_SIZE: f32 = 12.0;
/// Size of column heads and paragraph numbers; nothing is smaller.
pub const LABEL_SIZE: f32 = 11.0;
/// Size of the titles of pages.
pub const TITLE_SIZE: f32 = 16.0;
/// Radius of buttons, fields and chips.
pub const RADIUS: u8 = 4;
/// How long the view takes to follow the focus, in seconds.
pub const SCROLL_TIME: f32 = 0.12;

/// Titles: semibold, [`TITLE_SIZE`].
pub fn title() -> TextStyle {
    TextStyle::Heading
}

/// Text of the window: [`BODY_SIZE`].
pub fn body() -> TextStyle {
    TextStyle::Body
}

/// Semibold text of [`BODY_SIZE`], for what a row or a card is called.
pub fn strong() -> TextStyle {
    TextStyle::Name("strong".into())
}

/// Second lines and chips: [`SMALL_SIZE`].
pub fn small() -> TextStyle {
    TextStyle::Small
}

/// Column heads and paragraph numbers: [`LABEL_SIZE`].
pub fn label() -> TextStyle {
    TextStyle::Name("label".into())
}

/// Words of an article inside the window: the reading face at 14.
pub fn excerpt() -> TextStyle {
    TextStyle::Name("excerpt".into())
}

/// What one layer is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerInk {
    /// Behind text.
    pub fill: Color32,
    /// Underlines, bars and frames.
    pub line: Color32,
}

/// The colours that are in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether it is a dark one.
    pub dark: bool,
    /// Whether it is one of high contrast: no fills, thick lines, and a letter before each tag.
    pub contrast: bool,
    /// The layers' colours.
    pub palette: Palette,
    /// Behind the article, and in fields.
    pub paper: Color32,
    /// Text.
    pub ink: Color32,
    /// Text of second rank.
    pub muted: Color32,
    /// Behind lists and panels.
    pub panel: Color32,
    /// The frame of what has the focus, and the bar of the selected row.
    pub ring: Color32,
    /// Text and sign of a warning; never without the sign ▲ and a word.
    pub warning: Color32,
    /// The ground of the focused sentence, and of the selected row on paper.
    pub wash: Color32,
    /// The ground of the selected or hovered row on a panel.
    pub row: Color32,
    /// Separators and quiet frames.
    pub faint: Color32,
    /// Frames of fields and buttons: three to one on both grounds.
    pub edge: Color32,
    /// The outline of a suggestion.
    pub suggestion: Color32,
    /// Over selected text, below its letters; translucent, so that marks stay visible.
    pub selection: Color32,
    /// Text on a ground of the ring's colour.
    pub on_ring: Color32,
}

/// An opaque colour of the model, for egui.
pub const fn colour(rgb: Rgb) -> Color32 {
    Color32::from_rgb(rgb.0, rgb.1, rgb.2)
}

const fn hex(rgb: u32) -> Color32 {
    colour(Rgb::hex(rgb))
}

impl Theme {
    /// Dark ink on warm paper.
    pub fn light() -> Self {
        let palette = Palette::LIGHT;
        Self {
            dark: false,
            contrast: false,
            palette,
            paper: colour(palette.paper),
            ink: colour(palette.ink),
            muted: colour(palette.muted),
            panel: colour(palette.panel),
            ring: hex(0x0b_57_d0),
            warning: hex(0x9a_34_12),
            wash: hex(0xf0_eb_dd),
            row: hex(0xe5_e2_d9),
            faint: hex(0xdd_da_d0),
            edge: hex(0x85_88_8d),
            suggestion: hex(0x76_7a_80),
            selection: Color32::from_rgba_unmultiplied(0x0b, 0x57, 0xd0, 0x30),
            on_ring: Color32::WHITE,
        }
    }

    /// Light ink on near-black.
    pub fn dark() -> Self {
        let palette = Palette::DARK;
        Self {
            dark: true,
            contrast: false,
            palette,
            paper: colour(palette.paper),
            ink: colour(palette.ink),
            muted: colour(palette.muted),
            panel: colour(palette.panel),
            ring: hex(0x8a_b4_ff),
            warning: hex(0xff_b0_8a),
            wash: hex(0x28_2b_31),
            row: hex(0x32_36_3d),
            faint: hex(0x38_3c_43),
            edge: hex(0x7c_81_89),
            suggestion: hex(0x8b_90_97),
            selection: Color32::from_rgba_unmultiplied(0x8a, 0xb4, 0xff, 0x48),
            on_ring: hex(0x10_18_28),
        }
    }

    /// Black on white.
    pub fn contrast_light() -> Self {
        Self {
            contrast: true,
            ring: hex(0x00_3c_b8),
            warning: hex(0x8a_1c_00),
            wash: hex(0xe9_ee_f7),
            row: hex(0xe0_e3_e8),
            faint: hex(0x6a_6d_72),
            edge: hex(0x3a_3d_42),
            suggestion: hex(0x4c_50_56),
            selection: Color32::from_rgba_unmultiplied(0x00, 0x3c, 0xb8, 0x38),
            ..Self::light().with(Palette::CONTRAST_LIGHT)
        }
    }

    /// White on black.
    pub fn contrast_dark() -> Self {
        Self {
            contrast: true,
            ring: hex(0x9c_c2_ff),
            warning: hex(0xff_bd_9c),
            wash: hex(0x1c_22_2e),
            row: hex(0x2a_2d_33),
            faint: hex(0x8c_90_96),
            edge: hex(0xb8_bc_c2),
            suggestion: hex(0xb0_b4_ba),
            selection: Color32::from_rgba_unmultiplied(0x9c, 0xc2, 0xff, 0x58),
            on_ring: Color32::BLACK,
            ..Self::dark().with(Palette::CONTRAST_DARK)
        }
    }

    fn with(self, palette: Palette) -> Self {
        Self {
            palette,
            paper: colour(palette.paper),
            ink: colour(palette.ink),
            muted: colour(palette.muted),
            panel: colour(palette.panel),
            ..self
        }
    }

    /// All of them.
    pub fn all() -> [Self; 4] {
        [
            Self::light(),
            Self::dark(),
            Self::contrast_light(),
            Self::contrast_dark(),
        ]
    }

    /// A layer's fill and line.
    pub fn layer(&self, layer: Layer) -> LayerInk {
        let colours = self.palette.layer(layer);
        LayerInk {
            fill: colour(colours.fill),
            line: colour(colours.line),
        }
    }

    /// The colour of a code, from what the codebook says.
    pub fn code(&self, hex: &str) -> Color32 {
        colour(self.palette.code(hex))
    }

    /// A separator.
    pub fn hairline(&self) -> Stroke {
        Stroke::new(1.0, self.faint)
    }
}

/// The colours in force in a part of the window.
pub fn theme(ui: &Ui) -> Theme {
    of_visuals(ui.visuals())
}

/// The colours in force in the window.
pub fn theme_of(ctx: &Context) -> Theme {
    of_visuals(&ctx.global_style().visuals)
}

/// egui knows light and dark; which of each two it is dressed in, the ground of panels tells.
fn of_visuals(visuals: &Visuals) -> Theme {
    let is_it = |theme: &Theme| theme.panel == visuals.panel_fill;
    let usual = if visuals.dark_mode {
        Theme::dark()
    } else {
        Theme::light()
    };
    Theme::all().into_iter().find(is_it).unwrap_or(usual)
}

/// Whether things should jump instead of moving.
pub fn is_motion_reduced(ctx: &Context) -> bool {
    ctx.global_style().animation_time <= 0.0
}

/// How the window looks, as the settings say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Light, dark, or as the system.
    pub preference: ThemePreference,
    /// Whether contrast is high.
    pub contrast: bool,
    /// Whether things jump instead of moving.
    pub is_motion_reduced: bool,
    /// The face of articles.
    pub face: Face,
}

impl Look {
    /// The look that settings ask for; what they do not know is as usual.
    pub fn of(settings: &Settings) -> Self {
        let (preference, contrast) = match settings.theme.as_str() {
            "light" => (ThemePreference::Light, false),
            "dark" => (ThemePreference::Dark, false),
            "contrast-light" => (ThemePreference::Light, true),
            "contrast-dark" => (ThemePreference::Dark, true),
            _ => (ThemePreference::System, false),
        };
        Self {
            preference,
            contrast,
            is_motion_reduced: settings.reduced_motion,
            face: Face::of(&settings.reading_face),
        }
    }
}

/// Installs fonts and both styles where they are not those of before.
pub fn install(ctx: &Context, look: Look, before: Option<Look>) {
    if before.map(|before| before.face) != Some(look.face) {
        ctx.set_fonts(super::fonts::definitions(look.face));
    }
    let both = match look.contrast {
        true => [Theme::contrast_light(), Theme::contrast_dark()],
        false => [Theme::light(), Theme::dark()],
    };
    for (which, colours) in [egui::Theme::Light, egui::Theme::Dark]
        .into_iter()
        .zip(both)
    {
        ctx.style_mut_of(which, |style| {
            dress(style, &colours);
            if look.is_motion_reduced {
                style.animation_time = 0.0;
                style.scroll_animation = egui::style::ScrollAnimation::none();
            }
        });
    }
    ctx.set_theme(look.preference);
}

fn dress(style: &mut Style, theme: &Theme) {
    style.text_styles = text_styles();
    style.drag_value_text_style = TextStyle::Body;
    style.animation_time = SCROLL_TIME;
    style.scroll_animation = egui::style::ScrollAnimation::default();
    // Labels are not for selecting: the hand must not turn into a text cursor over every word of the window.
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.button_padding = vec2(8.0, 4.0);
    spacing.interact_size = vec2(28.0, 28.0);
    spacing.menu_margin = Margin::same(4);
    spacing.window_margin = Margin::same(16);
    spacing.tooltip_width = 360.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 10.0;
    spacing.scroll = egui::style::ScrollStyle::thin();
    spacing.scroll.bar_width = 8.0;

    style.visuals = visuals(theme);
}

fn text_styles() -> BTreeMap<TextStyle, FontId> {
    [
        (TextStyle::Heading, FontId::new(TITLE_SIZE, ui_semibold())),
        (
            TextStyle::Body,
            FontId::new(BODY_SIZE, FontFamily::Proportional),
        ),
        (
            TextStyle::Button,
            FontId::new(BODY_SIZE, FontFamily::Proportional),
        ),
        (
            TextStyle::Small,
            FontId::new(SMALL_SIZE, FontFamily::Proportional),
        ),
        (
            TextStyle::Monospace,
            FontId::new(SMALL_SIZE, FontFamily::Monospace),
        ),
        (strong(), FontId::new(BODY_SIZE, ui_semibold())),
        (label(), FontId::new(LABEL_SIZE, FontFamily::Proportional)),
        (excerpt(), FontId::new(14.0, reading())),
    ]
    .into()
}

fn visuals(theme: &Theme) -> Visuals {
    let mut visuals = if theme.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(theme.muted);
    visuals.hyperlink_color = theme.ring;
    visuals.faint_bg_color = theme.wash;
    visuals.extreme_bg_color = theme.paper;
    visuals.text_edit_bg_color = Some(theme.paper);
    visuals.code_bg_color = theme.row;
    visuals.warn_fg_color = theme.warning;
    visuals.error_fg_color = theme.warning;
    visuals.window_fill = theme.panel;
    visuals.panel_fill = theme.panel;
    visuals.window_stroke = Stroke::new(1.0, theme.faint);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    let shade = Color32::from_black_alpha(if theme.dark { 96 } else { 36 });
    visuals.window_shadow = Shadow {
        offset: [0, 8],
        blur: 24,
        spread: 0,
        color: shade,
    };
    visuals.popup_shadow = Shadow {
        offset: [0, 4],
        blur: 12,
        spread: 0,
        color: shade,
    };
    // A blinking caret would draw frames while nothing happens.
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(1.5, theme.ring);
    visuals.selection = Selection {
        bg_fill: theme.selection,
        stroke: Stroke::new(1.0, theme.ink),
    };
    visuals.interact_cursor = None;
    visuals.image_loading_spinners = false;
    visuals.widgets = widgets(theme);
    visuals
}

fn widgets(theme: &Theme) -> Widgets {
    let widget = |fill: Color32, edge: Color32, width: f32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(width, edge),
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, theme.ink),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: WidgetVisuals {
            bg_stroke: theme.hairline(),
            ..widget(theme.panel, theme.faint, 1.0)
        },
        inactive: widget(theme.paper, theme.edge, 1.0),
        hovered: widget(theme.row, theme.ink, 1.0),
        active: widget(theme.row, theme.ring, 2.0),
        open: widget(theme.row, theme.edge, 1.0),
    }
}
