//! The suggestions in view: quiet until one has the focus or the pointer, and never a fill or a solid line.
//!
//! A dashed outline round quotes, dashed lines under names and at the foot of claims, a dashed bar in the gutter for
//! quotes (`gutter` paints it). A hint shows no more than its bar or a fainter foot until it has the focus; then every
//! suggestion is outlined in its layer's colour, with its source and its cue.

use egui::{Color32, Painter};

use super::super::suggestion::{is_shown, relay, rule};
use super::dashes::{Dashes, Pattern};
use super::lanes::{beside, first_lane};
use super::outline;
use super::paint::{dotted, foot, lane_top};
use super::scene::{Placed, Scene, Thing};
use crate::app::{OpenArticle, State};
use crate::model::{Layer, Span};
use crate::suggest::Confidence;

/// Room between an outline and its words: less than a comma's.
const OUTSIDE: f32 = 1.0;
/// How long the fill of what was accepted takes to come, in seconds.
const WASH: f32 = 0.12;
/// The outline of a quote at rest.
const REST: Pattern = Pattern {
    width: 1.0,
    dash: 2.0,
    gap: 4.0,
};
/// The outline of what has the focus.
const FOCUS: Pattern = Pattern {
    width: 2.0,
    dash: 6.0,
    gap: 4.0,
};
/// The outline of what the pointer is on.
const HOVER: Pattern = Pattern {
    width: 1.0,
    dash: 4.0,
    gap: 3.0,
};
/// A line under a name.
const NAME: Pattern = HOVER;
/// The foot of a claim.
const FOOT: Pattern = REST;

/// How much a suggestion stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stress {
    /// Not at all.
    None,
    /// The pointer is on it.
    Hovered,
    /// It has the focus.
    Focused,
}

/// A suggestion in view.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Offer {
    /// Its rank in the text.
    pub at: usize,
    /// What it would become.
    pub layer: Layer,
    /// Its words.
    pub spans: Vec<Span>,
    /// How much it stands out.
    pub stress: Stress,
    is_hint: bool,
    /// Who speaks and who passes it on, each with the lane of its line.
    sources: Vec<(Span, Option<usize>)>,
    cue: Option<Span>,
    /// The lane of its own line.
    lane: Option<usize>,
}

impl Offer {
    /// The words and the speakers of a quote that has the focus.
    pub fn quote_at_hand(&self) -> Option<(Vec<Span>, Vec<Span>)> {
        let is_at_hand = self.layer == Layer::Quote && self.stress == Stress::Focused;
        let speakers = self.sources.iter().map(|(span, _)| *span);
        is_at_hand.then(|| (self.spans.clone(), speakers.collect()))
    }
}

/// How far the fill of words has come that were a suggestion a moment ago, from 0 to 1; at once where they were none.
pub(super) fn washed(painter: &Painter, words: Span, is_tagged: bool) -> f32 {
    let id = egui::Id::unique(("washed", words.start(), words.end()));
    painter.ctx().animate_bool_with_time(id, is_tagged, WASH)
}

/// Finds the suggestions in view and the lanes of their lines.
pub(super) fn in_view(article: &OpenArticle, state: &State, placed: &[Placed]) -> Vec<Offer> {
    let mut ranks: Vec<usize> = placed
        .iter()
        .flat_map(|p| {
            let here = article.suggestions.touching(p.laid.unit.span);
            here.filter(|(_, s)| is_shown(state, article, s))
        })
        .map(|(at, _)| at)
        .collect();
    ranks.sort_unstable();
    ranks.dedup();
    let mut offers: Vec<Offer> = ranks
        .into_iter()
        .filter_map(|at| offer(article, at))
        .collect();
    let marks = placed.iter().flat_map(|p| p.marks.iter());
    let mut taken: Vec<(usize, Span)> = marks
        .filter_map(|mark| Some((mark.lane?, mark.span)))
        .collect();
    // Names first: the line of a source that holds one lies below it.
    for layer in [Layer::Claim, Layer::Person] {
        for offer in offers.iter_mut().filter(|offer| offer.layer == layer) {
            let (span, first) = (offer.spans[0], first_lane(layer).unwrap_or(0));
            offer.lane = beside(span, first, &taken);
            taken.extend(offer.lane.map(|lane| (lane, span)));
        }
    }
    for offer in &mut offers {
        for (span, lane) in &mut offer.sources {
            *lane = beside(*span, 1, &taken);
            taken.extend(lane.map(|lane| (lane, *span)));
        }
    }
    offers
}

fn offer(article: &OpenArticle, at: usize) -> Option<Offer> {
    let suggestion = article.suggestions.get(at)?;
    let rules = [rule(article, suggestion), relay(article, suggestion)];
    let sources = rules.iter().flatten().filter_map(|rule| rule.source);
    let stress = if article.focus.suggestion == Some(at) {
        Stress::Focused
    } else {
        Stress::None
    };
    Some(Offer {
        at,
        layer: suggestion.layer,
        spans: suggestion.spans.clone(),
        stress,
        is_hint: suggestion.confidence == Confidence::Hint,
        sources: sources.map(|span| (span, None)).collect(),
        cue: rules[0].and_then(|rule| rule.cue),
        lane: None,
    })
}

/// The suggestion that a click on an offset means: the shortest there, or the next longer one than that which has the
/// focus; behind the longest, none.
pub(super) fn innermost(offers: &[Offer], offset: usize) -> Option<usize> {
    let mut here: Vec<(usize, &Offer)> = offers
        .iter()
        .filter_map(|offer| {
            let span = offer.spans.iter().find(|span| span.contains(offset))?;
            Some((span.len(), offer))
        })
        .collect();
    here.sort_by_key(|(length, offer)| (*length, offer.at));
    let focused = here
        .iter()
        .position(|(_, offer)| offer.stress == Stress::Focused);
    let next = focused.map_or(0, |at| at + 1);
    here.get(next).map(|(_, offer)| offer.at)
}

/// Lets the one under the pointer stand out.
pub(super) fn hover(offers: &mut [Offer], thing: Option<&Thing>) {
    let Some(Thing::Suggestion(at)) = thing else {
        return;
    };
    let rests = |offer: &&mut Offer| offer.at == *at && offer.stress == Stress::None;
    for offer in offers.iter_mut().filter(rests) {
        offer.stress = Stress::Hovered;
    }
}

/// Paints all of them, what stands out last.
pub(super) fn paint(scene: &Scene<'_>, painter: &Painter) {
    let mut dashes = Dashes::new(painter);
    for stressed in [false, true] {
        let now = |offer: &&Offer| (offer.stress != Stress::None) == stressed;
        for offer in scene.offers.iter().filter(now) {
            if stressed {
                chosen(scene, painter, &mut dashes, offer);
            } else {
                resting(scene, &mut dashes, offer);
            }
        }
    }
    dashes.paint(painter);
}

fn resting(scene: &Scene<'_>, dashes: &mut Dashes, offer: &Offer) {
    let grey = scene.theme.suggestion;
    let ink = |layer| scene.theme.layer(layer).line;
    let own = (offer.spans.first().copied().unwrap_or_default(), offer.lane);
    match offer.layer {
        Layer::Quote if offer.is_hint => {}
        Layer::Quote => {
            for span in &offer.spans {
                outlined(scene, dashes, *span, 2.0, REST, grey);
            }
            sources(scene, dashes, offer);
        }
        // A name is short: its line may have its layer's colour and still be quiet.
        Layer::Person => underlined(scene, dashes, own, 0.0, NAME, ink(Layer::Person)),
        _ => {
            let share = if offer.is_hint { 0.6 } else { 1.0 };
            let colour = grey.gamma_multiply(share);
            underlined(scene, dashes, own, 0.0, FOOT, colour);
        }
    }
}

fn chosen(scene: &Scene<'_>, painter: &Painter, dashes: &mut Dashes, offer: &Offer) {
    let colour = scene.theme.layer(offer.layer).line;
    let pattern = match offer.stress {
        Stress::Focused => FOCUS,
        _ => HOVER,
    };
    for span in &offer.spans {
        outlined(scene, dashes, *span, 1.0, pattern, colour);
        washed(painter, *span, false);
    }
    sources(scene, dashes, offer);
    if let Some(cue) = offer.cue {
        for row in scene.rows(cue) {
            dotted(painter, row.rect.x_range(), foot(&row), colour);
        }
    }
}

/// Double lines under whoever speaks or passes it on.
fn sources(scene: &Scene<'_>, dashes: &mut Dashes, offer: &Offer) {
    let ink = scene.theme.layer(Layer::Source).line;
    for (span, lane) in &offer.sources {
        for below in [0.0, 2.0] {
            underlined(scene, dashes, (*span, *lane), below, NAME, ink);
        }
    }
}

fn outlined(
    scene: &Scene<'_>,
    dashes: &mut Dashes,
    span: Span,
    inset: f32,
    pattern: Pattern,
    colour: Color32,
) {
    for corners in outline::angular(&scene.framed(span, inset), OUTSIDE) {
        dashes.closed(&corners, pattern, colour);
    }
}

/// A line in a lane under a span.
fn underlined(
    scene: &Scene<'_>,
    dashes: &mut Dashes,
    (span, lane): (Span, Option<usize>),
    below: f32,
    pattern: Pattern,
    colour: Color32,
) {
    let Some(lane) = lane else {
        return;
    };
    for row in scene.rows(span) {
        let top = lane_top(&row, lane) + below;
        dashes.level(row.rect.x_range(), top, pattern, colour);
    }
}
