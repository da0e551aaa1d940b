//! An article that was read again because another program changed it: the reader stays where they are.
//!
//! Where the tags are is `store`'s to find, with certainty; here it is only guessed what a person was looking at, so
//! that the page does not jump.

use std::sync::Arc;

use super::article::{Awaited, OpenArticle};
use super::focus::{Focus, Level, Selection};
use super::suggestion::Analysis;
use crate::model::{Sidecar, Span};

impl OpenArticle {
    /// Takes over from what was shown before where its reader stood; `top` is the offset at the upper edge of the page.
    pub fn stand_as(&mut self, before: &Self, top: usize) {
        let is_same_text = self.source.as_str() == before.source.as_str();
        let carry = Carry::new(before.source.as_str(), self.source.as_str());
        // What was worked out for the old state is not to be taken for this one.
        self.save.revision = before.save.revision + 1;
        self.save.written = self.save.revision;
        let has = |id: &_| self.sidecar.annotations.contains_key(id);
        self.active = before.active.clone().filter(has);
        self.last = before.last.clone().filter(has);
        self.start_edge = before.start_edge;
        self.conflicts = before.conflicts.clone();
        let top = carry.offset(top);
        self.reread = (
            before.reread.0 + 1,
            self.source.snap(Span::new(top, top)).start(),
        );
        if is_same_text {
            if self.decided == before.decided && before.awaits != Some(Awaited::Segments) {
                self.segments = Arc::clone(&before.segments);
                self.analysis = before.analysis.clone();
                self.analysed_with = before.analysed_with;
                self.awaits = before.awaits;
                // What the rules are asked about is what was here before.
                self.touched = None;
            }
            self.selection = before.selection;
        } else if let Some(selection) = before.selection {
            self.selection = carry.span(selection.span()).map(|span| {
                let is_back = selection.head < selection.anchor;
                let (anchor, head) = if is_back {
                    (span.end(), span.start())
                } else {
                    (span.start(), span.end())
                };
                Selection { anchor, head }
            });
        }
        self.focus = self.focus_as(before, &carry);
        if let Some(found) = self.analysis.take() {
            let analysis = Analysis::of(found, &self.sidecar, self.save.revision);
            self.take_analysis(analysis);
        }
    }

    fn focus_as(&self, before: &Self, carry: &Carry<'_>) -> Focus {
        let old = &before.focus;
        if let Some(id) = &old.annotation {
            let span = self
                .annotation(id)
                .and_then(|a| a.spans().reduce(Span::hull));
            if let Some(span) = span {
                return Focus {
                    span,
                    ..old.clone()
                };
            }
        }
        let level = match old.level {
            Level::Annotation => Level::Sentence,
            Level::Suggestion if self.analysis.is_none() => Level::Sentence,
            level => level,
        };
        let span = carry
            .span(old.span)
            .filter(|span| self.source.snap(*span) == *span);
        match span {
            Some(span) => Focus {
                level,
                span,
                annotation: None,
                ..old.clone()
            },
            // These words are gone: what stands there now.
            None => match Focus::unit_at(self, Level::Paragraph, carry.offset(old.span.start())) {
                Some(span) => Focus::paragraph(span),
                None => Focus::at_start(&self.segments),
            },
        }
    }
}

/// How much of two texts is compared at once, in bytes.
const BLOCK: usize = 4096;

/// Carries places from one text to another: what stands before the first difference stays, what stands behind the last
/// moves by as much as the text grew, and what lies between goes to the nearest place with the same words.
struct Carry<'a> {
    old: &'a str,
    new: &'a str,
    /// How many bytes are the same at the beginning, and at the end.
    same: (usize, usize),
}

impl<'a> Carry<'a> {
    fn new(old: &'a str, new: &'a str) -> Self {
        let (a, b) = (old.as_bytes(), new.as_bytes());
        // Block by block first: texts of megabytes that differ in a word are compared at the speed of memory.
        let blocks = a.chunks(BLOCK).zip(b.chunks(BLOCK));
        let from = BLOCK * blocks.take_while(|(x, y)| x == y).count();
        let from = from.min(a.len()).min(b.len());
        let pairs = a[from..].iter().zip(&b[from..]);
        let head = from + pairs.take_while(|(x, y)| x == y).count();
        let (a, b) = (&a[head..], &b[head..]);
        let blocks = a.rchunks(BLOCK).zip(b.rchunks(BLOCK));
        let behind = BLOCK * blocks.take_while(|(x, y)| x == y).count();
        let behind = behind.min(a.len()).min(b.len());
        let (a, b) = (&a[..a.len() - behind], &b[..b.len() - behind]);
        let pairs = a.iter().rev().zip(b.iter().rev());
        let tail = behind + pairs.take_while(|(x, y)| x == y).count();
        Self {
            old,
            new,
            same: (head, tail),
        }
    }

    fn offset(&self, offset: usize) -> usize {
        let (head, tail) = self.same;
        let (behind, end) = (self.old.len() - offset.min(self.old.len()), self.new.len());
        let mut there = if offset <= head {
            offset
        } else if behind <= tail {
            end - behind
        } else {
            // The line that it stands in, if that is still there.
            let line = self.line(offset);
            let found = self.nearest(line, line.start());
            found.map_or(offset.min(end - tail), |at| at + (offset - line.start()))
        };
        while !self.new.is_char_boundary(there) {
            there -= 1;
        }
        there
    }

    fn span(&self, span: Span) -> Option<Span> {
        let (head, tail) = self.same;
        if span.end() <= head {
            return Some(span);
        }
        if self.old.len() - span.start() <= tail {
            let by = |at: usize| self.new.len() - (self.old.len() - at);
            return Some(Span::new(by(span.start()), by(span.end())));
        }
        let at = self.nearest(span, span.start())?;
        Some(Span::new(at, at + span.len()))
    }

    fn line(&self, offset: usize) -> Span {
        let bytes = self.old.as_bytes();
        let before = bytes[..offset].iter().rposition(|b| *b == b'\n');
        let behind = bytes[offset..].iter().position(|b| *b == b'\n');
        Span::new(
            before.map_or(0, |at| at + 1),
            behind.map_or(bytes.len(), |at| offset + at),
        )
    }

    /// Where the words of a span stand in the new text, nearest to an offset.
    fn nearest(&self, span: Span, to: usize) -> Option<usize> {
        let words = self
            .old
            .get(span.range())
            .filter(|words| !words.trim().is_empty())?;
        let places = self.new.match_indices(words).map(|(at, _)| at);
        places.min_by_key(|at| at.abs_diff(to))
    }
}

/// How two states of a sidecar differ, in the words of a message: "2 tags added, 1 changed".
pub(super) fn difference(old: &Sidecar, new: &Sidecar) -> String {
    let (old, new) = (&old.annotations, &new.annotations);
    let added = new.keys().filter(|id| !old.contains_key(id)).count();
    let removed = old.keys().filter(|id| !new.contains_key(id)).count();
    let kept = new.iter().filter_map(|(id, tag)| Some((old.get(id)?, tag)));
    let changed = kept.filter(|(before, tag)| before != tag).count();
    let counts = [(added, "added"), (changed, "changed"), (removed, "removed")];
    let mut parts: Vec<String> = Vec::new();
    for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
        let tags = match (parts.is_empty(), count) {
            (true, 1) => " tag",
            (true, _) => " tags",
            (false, _) => "",
        };
        parts.push(format!("{count}{tags} {what}"));
    }
    if parts.is_empty() {
        "the tags are the same".to_owned()
    } else {
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Carries the marked words of one text to another; there they are marked as well, or nowhere.
    fn check(old: &str, new: &str) {
        let marked = |text: &str| {
            let (from, to) = (text.find('⟦')?, text.find('⟧')?);
            Some(Span::new(from, to - '⟦'.len_utf8()))
        };
        let plain = |text: &str| text.replace(['⟦', '⟧'], "");
        let (a, b) = (plain(old), plain(new));
        let carried = Carry::new(&a, &b).span(marked(old).expect("words are marked"));
        assert_eq!(carried, marked(new), "{old} → {new}");
    }

    #[test]
    fn what_a_reader_looks_at_stays_with_its_words() {
        check("One. ⟦Two.⟧ Three.", "One. ⟦Two.⟧ Three.");
        check("One. ⟦Two.⟧ Three.", "Zero. One. ⟦Two.⟧ Three. Four.");
        check("One. ⟦Two.⟧ Three.", "One. ⟦Two.⟧ Four.");
        check("One. ⟦Two.⟧ Three.", "None. ⟦Two.⟧ Four.");
        check("One. ⟦Two.⟧ Three.", "One. Four. Three.");
        check("Aë ⟦bü⟧ c", "Aë ⟦bü⟧ d");
    }

    #[test]
    fn an_offset_lands_inside_the_new_text() {
        let carry = Carry::new("Eins zwei drei", "Ü");
        assert_eq!([0, 1, 3, 14].map(|at| carry.offset(at)), [0, 0, 2, 2]);
        let carry = Carry::new("a\nbb\nc", "x\na\nbb\nd");
        assert_eq!(carry.offset(3), 5);
    }
}
