//! How a place is written down so that it can be found again. Finding it is `reanchor`'s.

use crate::model::{Selector, Span};

use super::index::{SourceText, ceil_char, floor_char};

/// Context kept on each side of a place, in code points.
///
/// Shorter, and two "he said" lines in one article cannot be told apart; it grows while the place still repeats.
const MIN_CONTEXT: usize = 32;

/// The most context that is kept: what repeats with this much around it is told apart by position alone.
const MAX_CONTEXT: usize = 256;

/// How far around a place its words are looked for once more, in bytes on each side.
///
/// Bounded, so that a tag in ten megabytes takes no longer than in one: what repeats further away, with the same words
/// around it, is told apart by position.
const LOOKED_AROUND: usize = 1 << 19;

/// Describes a place by its position, its words, and what stands around them.
pub fn describe(text: &SourceText, span: Span) -> Selector {
    let cp = text.cp_span(span);
    let mut context = MIN_CONTEXT;
    loop {
        let from = text.to_byte(cp.start.saturating_sub(context)).unwrap_or(0);
        let to = text.to_byte(cp.end + context).unwrap_or(text.len());
        let whole = from == 0 && to == text.len();
        if whole || context >= MAX_CONTEXT || is_unique(text.as_str(), from, to) {
            let part = |a: usize, b: usize| text.slice(Span::new(a, b)).into();
            return Selector {
                start: cp.start,
                end: cp.end,
                exact: text.slice(span).into(),
                prefix: part(from, span.start()),
                suffix: part(span.end(), to),
                extra: Default::default(),
            };
        }
        context *= 2;
    }
}

/// Describes a place that is certain in another text than the one it was described in: its position, and its
/// surroundings where they are not the same any more. Fields of newer versions stay.
pub fn redescribe(selector: &mut Selector, text: &SourceText, span: Span) {
    let is_around = text.as_str()[..span.start()].ends_with(&*selector.prefix)
        && text.as_str()[span.end()..].starts_with(&*selector.suffix);
    if is_around {
        let cp = text.cp_span(span);
        (selector.start, selector.end) = (cp.start, cp.end);
    } else {
        let extra = std::mem::take(&mut selector.extra);
        *selector = Selector {
            extra,
            ..describe(text, span)
        };
    }
}

/// Whether what stands in `from..to` stands nowhere else, as far as is looked.
fn is_unique(text: &str, from: usize, to: usize) -> bool {
    let needle = text.get(from..to).unwrap_or_default();
    let start = floor_char(text, from.saturating_sub(LOOKED_AROUND));
    let end = ceil_char(text, to.saturating_add(LOOKED_AROUND).min(text.len()));
    only_occurrence(&text[start..end], needle) == Some(from - start)
}

/// Where a string stands, if it stands in one place only. Reads the text once, and no further than the second place.
fn only_occurrence(text: &str, needle: &str) -> Option<usize> {
    let step = needle.chars().next()?.len_utf8();
    let first = text.find(needle)?;
    let again = text[first + step..].find(needle);
    again.is_none().then_some(first)
}
