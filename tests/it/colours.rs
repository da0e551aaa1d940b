//! The colours of all themes: contrast by WCAG 2.2, distance between the layers under colour blindness.

use egui::Color32;
use pressmark::model::Layer;
use pressmark::ui::theme::Theme;

/// The four layers that are told apart by colour; codes and notes are neutral.
const LAYERS: [Layer; 4] = [Layer::Claim, Layer::Person, Layer::Source, Layer::Quote];

/// The palette's promise, CIEDE2000 12.4, to one digit.
const LEAST: f64 = 12.35;

/// Machado, Oliveira and Fernandes 2009, severity 1, on linear light: nobody's, protan, deutan, tritan.
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    (
        "normal",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protan",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deutan",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "tritan",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

fn linear(colour: Color32) -> [f64; 3] {
    [colour.r(), colour.g(), colour.b()].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    })
}

fn luminance(colour: Color32) -> f64 {
    let [r, g, b] = linear(colour);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn seen(colour: Color32, vision: &[[f64; 3]; 3]) -> [f64; 3] {
    let light = linear(colour);
    vision.map(|row| {
        let sum: f64 = row.iter().zip(light).map(|(a, b)| a * b).sum();
        sum.clamp(0.0, 1.0)
    })
}

/// CIE L*a*b* of linear sRGB, D65.
fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let f = |t: f64| {
        if t > 216.0 / 24389.0 {
            t.cbrt()
        } else {
            (24389.0 / 27.0 * t + 16.0) / 116.0
        }
    };
    let x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    let y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    let z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000.
fn distance(first: [f64; 3], second: [f64; 3]) -> f64 {
    let chroma = |[_, a, b]: [f64; 3]| a.hypot(b);
    let mean = f64::midpoint(chroma(first), chroma(second));
    let seventh = mean.powi(7) / (mean.powi(7) + 25f64.powi(7));
    let stretch = 1.5 - 0.5 * seventh.sqrt();
    let polar = |[_, a, b]: [f64; 3]| {
        let a = a * stretch;
        (a.hypot(b), b.atan2(a).to_degrees().rem_euclid(360.0))
    };
    let ((c1, h1), (c2, h2)) = (polar(first), polar(second));
    let apart = match h2 - h1 {
        _ if c1 * c2 == 0.0 => 0.0,
        d if d > 180.0 => d - 360.0,
        d if d < -180.0 => d + 360.0,
        d => d,
    };
    let hue = match h1 + h2 {
        sum if c1 * c2 == 0.0 => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => (sum + 360.0) / 2.0,
        sum => (sum - 360.0) / 2.0,
    };
    let (light, c) = (f64::midpoint(first[0], second[0]), f64::midpoint(c1, c2));
    let cos = |angle: f64| angle.to_radians().cos();
    let t = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
        - 0.20 * cos(4.0 * hue - 63.0);
    let away = (light - 50.0).powi(2);
    let sl = 1.0 + 0.015 * away / (20.0 + away).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let turn = 30.0 * (-((hue - 275.0) / 25.0).powi(2)).exp();
    let rc = 2.0 * (c.powi(7) / (c.powi(7) + 25f64.powi(7))).sqrt();
    let rt = -rc * (2.0 * turn).to_radians().sin();
    let (dl, dc) = ((second[0] - first[0]) / sl, (c2 - c1) / sc);
    let dh = 2.0 * (c1 * c2).sqrt() * (apart / 2.0).to_radians().sin() / sh;
    (dl * dl + dc * dc + dh * dh + rt * dc * dh).sqrt()
}

/// Of all pairs of layers, the nearest, by vision.
fn nearest(of: impl Fn(Layer) -> Color32) -> [f64; 4] {
    VISIONS.map(|(_, vision)| {
        let mut least = f64::INFINITY;
        for (i, a) in LAYERS.iter().enumerate() {
            for b in &LAYERS[i + 1..] {
                let [a, b] = [of(*a), of(*b)].map(|colour| lab(seen(colour, &vision)));
                least = least.min(distance(a, b));
            }
        }
        least
    })
}

#[test]
fn the_distance_is_that_of_the_published_pairs() {
    // Sharma, Wu and Dalal 2005, pairs 1, 7 and 17.
    for (a, b, apart) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
    ] {
        assert!((distance(a, b) - apart).abs() < 1e-4, "{a:?} {b:?}");
    }
}

#[test]
fn all_text_has_the_contrast_that_its_theme_promises() {
    for theme in Theme::all() {
        let (text, line) = if theme.contrast {
            (7.0, 4.5)
        } else {
            (4.5, 3.0)
        };
        let name = format!("dark {} contrast {}", theme.dark, theme.contrast);
        let grounds = [theme.paper, theme.panel, theme.wash, theme.row];
        for ground in grounds {
            assert!(
                contrast(theme.ink, ground) >= 7.0,
                "{name}: ink on {ground:?}"
            );
            for (what, ink) in [("muted", theme.muted), ("warning", theme.warning)] {
                let is = contrast(ink, ground);
                assert!(is >= text, "{name}: {what} on {ground:?} {is:.2}");
            }
            let is = contrast(theme.ring, ground);
            assert!(is >= line, "{name}: ring on {ground:?} {is:.2}");
        }
        assert!(
            contrast(theme.on_ring, theme.ring) >= text,
            "{name}: text on the ring's colour"
        );
        for layer in Layer::ALL {
            let on_fill = contrast(theme.ink, theme.layer(layer).fill);
            assert!(
                on_fill >= 7.0,
                "{name}: text on the fill of {layer:?} {on_fill:.2}"
            );
        }
    }
}

#[test]
fn all_lines_have_the_contrast_that_their_theme_promises() {
    for theme in Theme::all() {
        let name = format!("dark {} contrast {}", theme.dark, theme.contrast);
        for layer in Layer::ALL {
            let line = theme.layer(layer).line;
            // The letters of layers stand on panels, too.
            for ground in [theme.paper, theme.panel] {
                let is = contrast(line, ground);
                assert!(is >= 4.5, "{name}: line of {layer:?} on {ground:?} {is:.2}");
            }
            let own = contrast(line, theme.layer(layer).fill);
            assert!(own >= 3.0, "{name}: line of {layer:?} on its fill {own:.2}");
        }
        let frames = if theme.contrast { 4.5 } else { 3.0 };
        for ground in [theme.paper, theme.panel] {
            for (what, ink) in [("edge", theme.edge), ("suggestion", theme.suggestion)] {
                let is = contrast(ink, ground);
                assert!(is >= frames, "{name}: {what} on {ground:?} {is:.2}");
            }
        }
        if theme.contrast {
            assert!(
                contrast(theme.faint, theme.paper) >= 4.5,
                "{name}: separators"
            );
        }
    }
}

#[test]
fn the_layers_can_be_told_apart_by_colour_blind_eyes() {
    for theme in Theme::all() {
        let name = format!("dark {} contrast {}", theme.dark, theme.contrast);
        let lines = nearest(|layer| theme.layer(layer).line);
        for ((vision, _), is) in VISIONS.iter().zip(lines) {
            assert!(is >= LEAST, "{name}: lines, {vision} {is:.1}");
        }
        if !theme.contrast {
            let fills = nearest(|layer| theme.layer(layer).fill);
            for ((vision, _), is) in VISIONS.iter().zip(fills) {
                assert!(is >= LEAST, "{name}: fills, {vision} {is:.1}");
            }
        }
    }
}
