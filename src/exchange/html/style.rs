//! Colours and sizes of the page: the palette as CSS variables, `page.css`, and one rule per mark that frames all its
//! pieces when it is the place that a link went to.

use super::super::row::Rows;
use super::escape::{anchor, token};
use crate::model::{Layer, Palette, Rgb};

/// Marks that get a rule of their own; a browser looks at every rule whenever a link is followed.
const MOST_FRAMES: usize = 2_000;

/// Writes the content of `<style>`.
pub fn write(rows: &Rows<'_>, out: &mut String) {
    out.push_str(&format!(":root{{{}}}\n", variables(&Palette::LIGHT)));
    out.push_str(&format!(
        "@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n",
        variables(&Palette::DARK)
    ));
    out.push_str(include_str!("page.css"));
    for row in rows.spans.iter().take(MOST_FRAMES) {
        let token = token(&row.id);
        // Only ids that need no escaping in a style sheet; others merely go without the frame.
        if token
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_#".contains(c))
        {
            out.push_str(&format!(
                ":root:has(#{}:target) mark[data-ids~=\"{token}\"]{{background:var(--wash);box-shadow:0 -2px var(--ring),0 2px var(--ring)}}\n",
                anchor('m', &row.id),
            ));
        }
    }
}

fn variables(palette: &Palette) -> String {
    let mut out = String::new();
    for (name, colour) in [
        ("paper", palette.paper),
        ("ink", palette.ink),
        ("muted", palette.muted),
        ("panel", palette.panel),
    ] {
        out.push_str(&format!("--{name}:{};", hex(colour)));
    }
    for layer in [
        Layer::Claim,
        Layer::Person,
        Layer::Source,
        Layer::Quote,
        Layer::Note,
    ] {
        let colours = palette.layer(layer);
        let name = layer.name();
        out.push_str(&format!("--{name}:{};", hex(colours.line)));
        out.push_str(&format!("--{name}-fill:{};", hex(colours.fill)));
    }
    out.push_str(&format!(
        "--ring:{};",
        hex(palette.layer(Layer::Person).line)
    ));
    out
}

fn hex(Rgb(r, g, b): Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}
