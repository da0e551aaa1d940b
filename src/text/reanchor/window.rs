//! A place of an old text, looked for in a new one by its surroundings.
//!
//! Windows with surroundings on both sides, on the left alone and on the right alone are asked, so that an edit on one
//! side does not hide the place; a long place is asked for by itself too. Where two disagree, words were copied and
//! nobody knows.

use super::super::index::SourceText;
use super::occurrences::{Found, Occurrences};
use crate::model::Span;

/// How many characters of its surroundings a window takes in on a side; more while it still stands in several places.
const REACH: [usize; 6] = [8, 16, 32, 64, 128, 256];

/// With so many characters on both sides a place is told without a second witness.
pub(super) const TELLING: usize = 16;

/// So many characters on one side, or of its own, tell a place as well.
pub(super) const LONG: usize = 32;

/// Where the windows found a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sighting {
    /// The place.
    pub span: Span,
    /// How much that says.
    pub weight: Weight,
}

/// How much a sighting says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// The words have look-alikes, and only one side of their surroundings is left.
    Hint,
    /// Enough if the diff says the same.
    Seconded,
    /// Enough by itself.
    Alone,
}

/// One window's answer.
#[derive(Debug, Clone, Copy)]
struct Sight {
    start: usize,
    /// With how many characters of the surroundings it stood in one place only.
    reach: usize,
}

/// Looks for a place of the old text in the new one. `None` when no window stands there once, or two disagree.
pub(super) fn find(
    text: &SourceText,
    place: Span,
    new_text: &SourceText,
    old: &Occurrences<'_>,
    new: &Occurrences<'_>,
) -> Option<Sighting> {
    let sides = [(true, true), (true, false), (false, true)];
    let [both, left, right] = sides.map(|sides| sighted(text, place, sides, old, new));
    let words = text.slice(place);
    let is_long = words.chars().nth(LONG).is_some();
    let is_only = matches!(old.find(words), Found::Once(_));
    let bare = match new.find(words) {
        Found::Nowhere => return None,
        Found::Once(start) if is_long && is_only => Some(Sight { start, reach: LONG }),
        _ => None,
    };
    let mut all = [both, bare, left, right].into_iter().flatten();
    let start = all.next()?.start;
    if all.any(|other| other.start != start) {
        return None;
    }
    let weight = if bare.is_some() || left.is_some() && right.is_some() {
        Weight::Alone
    } else if let Some(sight) = both {
        if is_long || sight.reach >= TELLING {
            Weight::Alone
        } else {
            Weight::Seconded
        }
    } else {
        let sides = (left.is_some(), right.is_some());
        let near = window(text, place, sides, TELLING)?;
        let wide = window(text, place, sides, LONG)?;
        let count = |found: Found| found.all().map_or(usize::MAX, |all| all.len());
        let were = count(old.find(text.slice(near)));
        let is_gone = were > 1 && were > count(new.find(text.slice(near)));
        let found = Span::new(start, start + place.len());
        let other = window(new_text, found, (!sides.0, !sides.1), REACH[0])?;
        let is_other = match old.find(new_text.slice(other)) {
            Found::Once(at) => at + (found.start() - other.start()) != place.start(),
            Found::Nowhere => false,
            Found::Often(_) | Found::Everywhere => true,
        };
        if is_gone || is_other {
            // One of several that look the same is gone, or on its other side this one looks like another of them.
            Weight::Hint
        } else if left.or(right).is_some_and(|sight| sight.reach > TELLING) || !is_only {
            Weight::Seconded
        } else {
            let at = start.checked_sub(place.start() - wide.start());
            match new.find(text.slice(wide)) {
                Found::Once(found) if Some(found) == at => Weight::Alone,
                _ => Weight::Seconded,
            }
        }
    };
    let span = Span::new(start, start + place.len());
    Some(Sighting { span, weight })
}

/// Where the smallest window that stands once in the old text stands in the new one, if it stands there once.
fn sighted(
    text: &SourceText,
    place: Span,
    (left, right): (bool, bool),
    old: &Occurrences<'_>,
    new: &Occurrences<'_>,
) -> Option<Sight> {
    let least = if left && right { 0 } else { TELLING };
    let mut last = None;
    for reach in REACH.into_iter().filter(|reach| *reach >= least) {
        let window = window(text, place, (left, right), reach)?;
        // The text ends here: a wider window is the same.
        if last.replace(window) == Some(window) {
            return None;
        }
        let words = text.slice(window);
        if old.find(words) != Found::Once(window.start()) {
            continue;
        }
        match new.find(words) {
            Found::Once(at) => {
                let start = at + place.start() - window.start();
                return Some(Sight { start, reach });
            }
            Found::Nowhere => return None,
            // Copied, with its neighbours: what stands further off may tell.
            Found::Often(_) | Found::Everywhere => {}
        }
    }
    None
}

/// A place with so many characters of its surroundings.
fn window(
    text: &SourceText,
    place: Span,
    (left, right): (bool, bool),
    reach: usize,
) -> Option<Span> {
    let (before, behind) = (text.to_cp(place.start()), text.to_cp(place.end()));
    let from = if left {
        before.saturating_sub(reach)
    } else {
        before
    };
    let to = if right { behind + reach } else { behind };
    let to = text.to_byte(to).unwrap_or(text.len());
    Some(Span::new(text.to_byte(from)?, to))
}

/// All places of the old and of the new text where the words of a place stand with what is close to them: on both
/// sides, on the left, on the right. Nothing where they are too many to tell apart.
pub(super) fn look_alikes(
    text: &SourceText,
    place: Span,
    old: &Occurrences<'_>,
    new: &Occurrences<'_>,
) -> Vec<(Vec<Span>, Vec<Span>)> {
    let sides = [(true, true), (true, false), (false, true)];
    let windows = sides.map(|sides| window(text, place, sides, TELLING));
    let all = windows.into_iter().flatten().filter_map(|window| {
        let words = text.slice(window);
        let offset = place.start() - window.start();
        let spans = |found: Found| {
            let starts = found.all()?.into_iter().map(|at| at + offset);
            let spans = starts.map(|start| Span::new(start, start + place.len()));
            Some(spans.collect::<Vec<Span>>())
        };
        Some((spans(old.find(words))?, spans(new.find(words))?))
    });
    all.collect()
}
