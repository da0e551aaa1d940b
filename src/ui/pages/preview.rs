//! A passage as it will look: face, size, leading, measure and the layers' marks in the colours of the theme.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, FontId, Frame, Galley, Margin, Pos2, Rect, Sense, Ui, Vec2, pos2, vec2};

use crate::model::Layer;
use crate::store::Settings;
use crate::ui::reader::TextStyle;
use crate::ui::theme::{self, theme};
use crate::ui::widgets;

const WORDS: &str = "“We will go back when they talk to us,” said Ines Varga, who has worked the cranes \
    since 1998. Eleven ships lay waiting, twice as many as on Sunday, and a port official expected more.";
/// Which words are marked as what.
const MARKS: [(&str, Layer); 4] = [
    ("“We will go back when they talk to us,”", Layer::Quote),
    ("Ines Varga", Layer::Person),
    ("a port official", Layer::Source),
    (
        "Eleven ships lay waiting, twice as many as on Sunday",
        Layer::Claim,
    ),
];

/// Draws it, and says how long a line may be.
pub fn show(ui: &mut Ui, settings: &Settings) {
    let colours = theme(ui);
    let style = TextStyle::of(settings);
    widgets::muted(ui, "So it looks; the article behind this page, too.");
    Frame::new()
        .fill(colours.paper)
        .stroke(colours.hairline())
        .corner_radius(f32::from(theme::RADIUS))
        .inner_margin(Margin::symmetric(24, 18))
        .show(ui, |ui| {
            let room = ui.available_width();
            ui.set_width(room);
            let mut job = LayoutJob::single_section(
                WORDS.to_owned(),
                TextFormat {
                    font_id: FontId::new(style.size, theme::reading()),
                    line_height: Some(style.line_height()),
                    color: colours.ink,
                    ..TextFormat::default()
                },
            );
            job.wrap = TextWrapping::wrap_at_width(style.measure().min(room));
            let galley = ui.painter().layout_job(job);
            let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::empty());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, WORDS));
            for (words, layer) in MARKS {
                mark(ui, rect.min, &galley, words, layer, style);
            }
            ui.painter().galley(rect.min, galley, colours.ink);
        });
}

fn mark(ui: &Ui, origin: Pos2, galley: &Galley, words: &str, layer: Layer, style: TextStyle) {
    let leading = style.line_height();
    let colours = theme(ui);
    let ink = colours.layer(layer);
    let painter = ui.painter();
    for (rank, row) in rows(galley, words, style.size).into_iter().enumerate() {
        let row = row.translate(origin.to_vec2());
        let line = |top: f32, height: f32| {
            let bar = Rect::from_min_size(pos2(row.left(), top), vec2(row.width(), height));
            painter.rect_filled(bar, 0.0, ink.line);
        };
        let thick = |usual: f32| if colours.contrast { 3.0 } else { usual };
        match layer {
            Layer::Claim => {
                if !colours.contrast {
                    painter.rect_filled(row.expand2(vec2(1.0, 0.0)), 2.0, ink.fill);
                }
                line(row.bottom() - 1.5, thick(1.5));
            }
            Layer::Source => {
                line(row.bottom() + 1.0, 1.0);
                line(row.bottom() + 3.0, 1.0);
            }
            Layer::Quote => {
                // Rows of one quote touch.
                let at = pos2(origin.x - 14.0, row.center().y - leading / 2.0);
                let bar = Rect::from_min_size(at, vec2(4.0, leading));
                painter.rect_filled(bar, 0.0, ink.line);
            }
            _ => line(row.bottom() + 1.0, thick(2.0)),
        }
        if colours.contrast && rank == 0 {
            let font = FontId::new(theme::LABEL_SIZE, theme::ui_semibold());
            let letter = layer.name().chars().next().map(|c| c.to_ascii_uppercase());
            let letter = letter.map_or_else(String::new, String::from);
            let at = row.left_top() + Vec2::new(0.0, 3.0);
            painter.text(at, Align2::LEFT_BOTTOM, letter, font, ink.line);
        }
    }
}

/// The boxes of some words' letters, row by row.
fn rows(galley: &Galley, words: &str, size: f32) -> Vec<Rect> {
    let Some(start) = WORDS.find(words) else {
        return Vec::new();
    };
    let before = WORDS[..start].chars().count();
    let after = before + words.chars().count();
    let mut rows = Vec::new();
    let mut from = 0;
    for row in &galley.rows {
        let to = from + row.glyphs.len();
        let (first, last) = (before.max(from), after.min(to));
        if first < last {
            let left = row.glyphs[first - from].pos.x;
            let end = &row.glyphs[last - 1 - from];
            let baseline = row.pos.y + end.pos.y;
            rows.push(Rect::from_min_max(
                pos2(row.pos.x + left, baseline - 0.95 * size),
                pos2(
                    row.pos.x + end.pos.x + end.advance_width,
                    baseline + 0.27 * size,
                ),
            ));
        }
        from = to;
    }
    rows
}
