//! What a search found, or what A would tag, in the text: a square frame of ink round each hit, a double one round the current.
//!
//! No fill and no colour of a layer: hits must not be taken for tags, and square corners are no ring of the focus.

use egui::{Painter, Shape, Stroke};

use super::outline;
use super::scene::Scene;
use crate::model::Span;

/// Room between a frame and its words.
const GAP: f32 = 1.0;
/// Rows are framed from a little inside their height, so that frames on neighbouring rows stay apart.
const INSET: f32 = 3.0;

/// The hits of a frame.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found<'a> {
    /// All of them, in text order.
    pub spans: &'a [Span],
    /// The one that the person stands on.
    pub current: Option<Span>,
}

/// Frames the hits in view.
pub(super) fn paint(scene: &Scene<'_>, painter: &Painter) {
    let (Some(first), Some(last)) = (scene.placed.first(), scene.placed.last()) else {
        return;
    };
    let view = Span::new(first.laid.unit.span.start(), last.laid.unit.span.end());
    let spans = scene.found.spans;
    let from = spans.partition_point(|span| span.end() <= view.start());
    let shown = spans[from..].iter();
    for span in shown.take_while(|span| span.start() < view.end()) {
        let is_current = scene.found.current == Some(*span);
        let (width, colour) = if is_current {
            (2.0, scene.theme.ink)
        } else {
            (1.0, scene.theme.muted)
        };
        for line in outline::angular(&scene.framed(*span, INSET), GAP) {
            painter.add(Shape::closed_line(line, Stroke::new(width, colour)));
        }
    }
}
