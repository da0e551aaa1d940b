//! Finds the places of a sidecar in the text at hand, which may have been edited since they were marked.
//!
//! Two witnesses are heard. The *window*: the words with so much of their surroundings that they stand in the old text
//! once; where that stands once in the new text, the place is. The *diff*: which words of the old text are which of the
//! new one. Where both name one place, it is certain; where the window alone does, or look-alikes hide the place from
//! the window, it moved; where the diff alone does, it changed, and a person decides. Without the old text only the
//! selector's own surroundings can be asked.
//!
//! *Limitations*: words that moved and were changed there are not found; words whose neighbours on both sides were
//! edited are only suggested.

mod alignment;
mod occurrences;
mod window;

use std::cell::OnceCell;

use self::alignment::{Alignment, Survival};
use self::occurrences::{Found, Occurrences};
use self::window::{LONG, Sighting, TELLING, Weight};
use super::index::{SourceText, code_points};
use crate::model::{Place, Selector, Span};

/// Longer texts are not compared word by word; their places are found by the selectors alone, and none is certain.
const LONGEST_COMPARED: usize = 16 << 20;

/// Finds places in one text.
pub struct Resolver<'a> {
    text: &'a SourceText,
    past: Past<'a>,
    /// Made when something has to be looked up; in an unchanged text nothing has.
    here: OnceCell<Occurrences<'a>>,
}

/// What is known of the text that the selectors address.
enum Past<'a> {
    /// It is the text at hand.
    Same,
    /// It is another one.
    Other(Box<Old<'a>>),
    /// Nothing.
    Unknown,
}

/// The text that the selectors address, and how it became the new one.
struct Old<'a> {
    text: &'a SourceText,
    occurrences: Occurrences<'a>,
    alignment: Alignment,
}

impl<'a> Resolver<'a> {
    /// For selectors that address this very text.
    pub fn same(text: &'a SourceText) -> Self {
        Self::with(text, Past::Same)
    }

    /// For selectors that address an older text; `None` when that is lost.
    pub fn edited(text: &'a SourceText, old: Option<&'a SourceText>) -> Self {
        let is_comparable = |old: &&SourceText| old.len().max(text.len()) <= LONGEST_COMPARED;
        let past = old.filter(is_comparable).map_or(Past::Unknown, |old| {
            Past::Other(Box::new(Old {
                text: old,
                occurrences: Occurrences::new(old.as_str()),
                alignment: Alignment::new(old.as_str(), text.as_str()),
            }))
        });
        Self::with(text, past)
    }

    fn with(text: &'a SourceText, past: Past<'a>) -> Self {
        Self {
            text,
            past,
            here: OnceCell::new(),
        }
    }

    /// The place that a selector means.
    pub fn place(&self, selector: &Selector) -> Place {
        match &self.past {
            Past::Same => match addressed(selector, self.text) {
                Some((span, true)) => Place::Placed(span),
                // An orphan of an older text may find its very words at its old offsets by chance; not its
                // surroundings too.
                Some((span, false)) => match self.by_words(selector) {
                    Place::Orphan => Place::Changed(span),
                    place => place,
                },
                None => self.by_words(selector),
            },
            Past::Other(old) => match addressed(selector, old.text) {
                Some((span, true)) => self.follow(old, span),
                // It was without a certain place already, in a text before that one.
                _ => self.by_words(selector),
            },
            Past::Unknown => self.by_words(selector),
        }
    }

    /// What became of a place of the old text.
    fn follow(&self, old: &Old<'_>, span: Span) -> Place {
        if span.is_empty() {
            return Place::Orphan;
        }
        let survival = old.alignment.survival(span);
        let by_diff = match survival {
            Survival::Whole(there) | Survival::Part(there) => Some(there),
            Survival::Nothing => None,
        };
        let by_window = window::find(old.text, span, self.text, &old.occurrences, self.here());
        // Look-alikes hide it from the window: then the diff is believed so far that a person need only confirm it.
        if let Survival::Whole(there) = survival
            && by_window.is_none_or(|found| found.span == there && found.weight == Weight::Hint)
            && self.text.snap(there) == there
            && (self.are_all_told(old, span, there) || self.is_surrounded_alike(old, span, there))
        {
            return Place::Moved(there);
        }
        let Some(Sighting {
            span: found,
            weight,
        }) = by_window
        else {
            return by_diff.map_or(Place::Orphan, |there| Place::Changed(self.text.snap(there)));
        };
        let whole = self.text.snap(found);
        let is_clean = whole == found;
        let is_elsewhere = by_diff.is_some_and(|there| !there.overlaps(found));
        let is_seconded = by_diff.is_some() && old.alignment.agrees(span, found);
        let is_told = is_seconded && weight >= Weight::Seconded;
        // Two articles of one newsroom may share a phrase and what stands around it.
        if is_clean && is_told && old.alignment.are_kin {
            Place::Placed(found)
        } else if is_clean && !is_elsewhere && (weight == Weight::Alone || is_told) {
            Place::Moved(found)
        } else {
            // A grapheme would be cut, one side alone speaks for it, or the two witnesses name different places.
            Place::Changed(whole)
        }
    }

    /// Whether a place that has look-alikes is told all the same: the diff finds each of them again, and all that
    /// look so now did before.
    fn are_all_told(&self, old: &Old<'_>, span: Span, there: Span) -> bool {
        let groups = window::look_alikes(old.text, span, &old.occurrences, self.here());
        groups.iter().any(|(before, now)| {
            let went = before.iter().map(|&was| match old.alignment.survival(was) {
                Survival::Whole(is) => Some(is),
                _ => None,
            });
            let went: Option<Vec<Span>> = went.collect();
            now.contains(&there)
                && went.is_some_and(|went| now.iter().all(|place| went.contains(place)))
        })
    }

    /// Whether the words are the same in both texts, and their nearest neighbours on both sides, or more of them on one.
    fn is_surrounded_alike(&self, old: &Old<'_>, span: Span, there: Span) -> bool {
        if self.text.snap(there) != there || old.text.slice(span) != self.text.slice(there) {
            return false;
        }
        let (was, is) = (old.text.as_str(), self.text.as_str());
        let before = was[..span.start()].chars().rev();
        let before = before.zip(is[..there.start()].chars().rev());
        let before = before.take(LONG).take_while(|(a, b)| a == b).count();
        let behind = was[span.end()..].chars().zip(is[there.end()..].chars());
        let behind = behind.take(LONG).take_while(|(a, b)| a == b).count();
        before.min(behind) >= TELLING || before.max(behind) >= LONG
    }

    /// The only place of a selector's words, in their surroundings or else alone.
    fn by_words(&self, selector: &Selector) -> Place {
        let Selector {
            exact,
            prefix,
            suffix,
            ..
        } = selector;
        if exact.is_empty() {
            return Place::Orphan;
        }
        let in_context = match self.here().find(&format!("{prefix}{exact}{suffix}")) {
            Found::Once(at) => Some(at + prefix.len()),
            _ => None,
        };
        let (at, is_told) = match (in_context, self.here().find(exact)) {
            (Some(at), _) => (at, true),
            (None, Found::Once(at)) => (at, self.is_told_by_a_side(selector, at)),
            _ => return Place::Orphan,
        };
        let span = Span::new(at, at + exact.len());
        let whole = self.text.snap(span);
        if whole == span && is_told {
            Place::Moved(span)
        } else {
            Place::Changed(whole)
        }
    }

    /// Whether the only place of some words has something of the surroundings that they had, or the words are many. A
    /// name that stands once may be what an edit left of several.
    fn is_told_by_a_side(&self, selector: &Selector, at: usize) -> bool {
        let text = self.text.as_str();
        let before = text[..at].chars().rev().zip(selector.prefix.chars().rev());
        let behind = text[at + selector.exact.len()..].chars();
        let behind = behind.zip(selector.suffix.chars());
        selector.exact.chars().nth(LONG).is_some()
            || before.take_while(|(a, b)| a == b).count() >= TELLING
            || behind.take_while(|(a, b)| a == b).count() >= TELLING
    }

    fn here(&self) -> &Occurrences<'a> {
        self.here
            .get_or_init(|| Occurrences::new(self.text.as_str()))
    }
}

/// Where a selector's offsets lead, if its words stand there, and whether its surroundings do too.
fn addressed(selector: &Selector, text: &SourceText) -> Option<(Span, bool)> {
    let exact = selector.exact.as_str();
    let span = text.words_at(selector.start, exact)?;
    if selector.start.checked_add(code_points(exact)) != Some(selector.end) {
        return None;
    }
    let before = &text.as_str()[..span.start()];
    let behind = &text.as_str()[span.end()..];
    let is_here = before.ends_with(&*selector.prefix) && behind.starts_with(&*selector.suffix);
    Some((span, is_here))
}
