//! How a place is written down so that it can be found again, and finding it.
//!
//! *Limitations*: compares with the words alone; the diff of an old text with a new one is not made here.

use crate::model::{Place, Selector, Span};

use super::index::SourceText;

/// Context kept on each side of a place, in code points.
///
/// Shorter, and two "he said" lines in one article cannot be told apart; it grows while the place still repeats.
const MIN_CONTEXT: usize = 32;

/// The most context that is kept: what repeats with this much around it is told apart by position alone.
const MAX_CONTEXT: usize = 256;

/// Describes a place by its position, its words, and what stands around them.
pub fn describe(text: &SourceText, span: Span) -> Selector {
    let cp = text.cp_span(span);
    let mut context = MIN_CONTEXT;
    loop {
        let from = text.to_byte(cp.start.saturating_sub(context)).unwrap_or(0);
        let to = text.to_byte(cp.end + context).unwrap_or(text.len());
        let whole = from == 0 && to == text.len();
        if whole || context >= MAX_CONTEXT || is_unique(text.as_str(), from, to) {
            let part = |a: usize, b: usize| text.slice(Span::new(a, b)).to_owned();
            return Selector {
                start: cp.start,
                end: cp.end,
                exact: text.slice(span).to_owned(),
                prefix: part(from, span.start()),
                suffix: part(span.end(), to),
                extra: Default::default(),
            };
        }
        context *= 2;
    }
}

/// Finds the place that a selector means.
///
/// Only where the text is the same and has the very words, in their surroundings, at the very position is it certain. What is found by its
/// words alone is a suggestion, and must be the only such place.
pub fn resolve(selector: &Selector, text: &SourceText, same_text: bool) -> Place {
    let cp = crate::model::CpSpan {
        start: selector.start,
        end: selector.end,
    };
    if same_text
        && let Some(span) = text.span(cp)
        && text.slice(span) == selector.exact
    {
        // An orphan of an older text may find its very words at its old offsets by chance; not its surroundings too.
        let before = &text.as_str()[..span.start()];
        let behind = &text.as_str()[span.end()..];
        let is_here = before.ends_with(&selector.prefix) && behind.starts_with(&selector.suffix);
        return if is_here {
            Place::Placed(span)
        } else {
            Place::Suggested(span)
        };
    }
    if selector.exact.is_empty() {
        return Place::Orphan;
    }
    let Selector {
        exact,
        prefix,
        suffix,
        ..
    } = selector;
    let in_context = only_occurrence(text.as_str(), &format!("{prefix}{exact}{suffix}"))
        .map(|at| at + prefix.len());
    match in_context.or_else(|| only_occurrence(text.as_str(), exact)) {
        Some(at) => Place::Suggested(text.snap(Span::new(at, at + exact.len()))),
        None => Place::Orphan,
    }
}

/// Whether what stands in `from..to` stands nowhere else.
fn is_unique(text: &str, from: usize, to: usize) -> bool {
    only_occurrence(text, text.get(from..to).unwrap_or_default()) == Some(from)
}

/// Where a string stands, if it stands in one place only. Reads the text once, and no further than the second place.
fn only_occurrence(text: &str, needle: &str) -> Option<usize> {
    let step = needle.chars().next()?.len_utf8();
    let first = text.find(needle)?;
    let again = text[first + step..].find(needle);
    again.is_none().then_some(first)
}
