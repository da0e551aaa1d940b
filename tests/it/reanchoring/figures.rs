//! How well places are found again: thousands of annotations on edited articles whose letters are all accounted for.

use std::fmt;

use fastrand::Rng;
use pressmark::model::{Place, Selector, Span};
use pressmark::text::{Resolver, SourceText, describe};

use super::newsroom::{Draft, Printed};

/// How many annotations an article has.
const TAGS: usize = 40;

/// What came of the annotations of many articles.
#[derive(Debug, Default, Clone, Copy)]
pub struct Figures {
    /// Annotations before.
    pub before: usize,
    /// How they came out; together as many as before.
    pub exact: usize,
    /// …
    pub moved: usize,
    /// …
    pub changed: usize,
    /// …
    pub orphaned: usize,
    /// All of whose letters are still there, side by side.
    pub intact: usize,
    /// Of these, exact or moved.
    pub placed: usize,
    /// Exact, and elsewhere than the editor put it: nobody would be told.
    pub wrong: usize,
    /// Moved, and elsewhere than the editor put it: a person is asked to confirm it.
    pub wrongly_moved: usize,
    /// Exact or moved, at other words.
    pub other_words: usize,
    /// Changed ones whose suggestion has a letter of the original place, or could have none.
    pub well_suggested: usize,
}

impl Figures {
    /// The share of intact annotations that were placed.
    pub fn share_placed(&self) -> f64 {
        self.placed as f64 / self.intact.max(1) as f64
    }

    /// The share of all annotations that stand silently in the wrong place.
    pub fn share_wrong(&self) -> f64 {
        self.wrong as f64 / self.before.max(1) as f64
    }

    /// Takes in the figures of another run.
    pub fn add(&mut self, other: &Self) {
        self.before += other.before;
        self.exact += other.exact;
        self.moved += other.moved;
        self.changed += other.changed;
        self.orphaned += other.orphaned;
        self.intact += other.intact;
        self.placed += other.placed;
        self.wrong += other.wrong;
        self.wrongly_moved += other.wrongly_moved;
        self.other_words += other.other_words;
        self.well_suggested += other.well_suggested;
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:6} tags | exact {:6} moved {:4} changed {:4} (apt {:4}) orphaned {:5} | intact placed {:6.2} % | \
             silently wrong {:3} = {:.3} %, wrongly moved {:3} = {:.3} %, at other words {}",
            self.before,
            self.exact,
            self.moved,
            self.changed,
            self.well_suggested,
            self.orphaned,
            100.0 * self.share_placed(),
            self.wrong,
            100.0 * self.share_wrong(),
            self.wrongly_moved,
            100.0 * self.wrongly_moved as f64 / self.before.max(1) as f64,
            self.other_words,
        )
    }
}

/// Whether the old text is at hand when places are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// It is.
    OldText,
    /// It is not; the selectors are all there is.
    SelectorsAlone,
}

/// Writes, tags and edits one article and looks for its tags again.
pub fn of_article(seed: u64, edits: usize, repeats: bool, memory: Memory) -> Figures {
    let mut rng = Rng::with_seed(seed);
    let mut draft = Draft::write(&mut rng, repeats);
    let before = draft.print();
    let spans: Vec<Span> = (0..TAGS).map(|_| tag(&mut rng, &before.text)).collect();
    for _ in 0..edits {
        draft.edit(&mut rng);
    }
    let after = draft.print();
    let old = SourceText::new(before.text.as_str());
    let new = SourceText::new(after.text.as_str());
    let selectors: Vec<Selector> = spans.iter().map(|&span| describe(&old, span)).collect();
    let known = (memory == Memory::OldText).then_some(&old);
    let resolver = Resolver::edited(&new, known);
    let mut figures = Figures::default();
    for (&span, selector) in spans.iter().zip(&selectors) {
        figures.count(&before, &after, span, resolver.place(selector));
    }
    figures
}

impl Figures {
    fn count(&mut self, before: &Printed, after: &Printed, span: Span, place: Place) {
        self.before += 1;
        let truth = went_to(before, after, span);
        self.intact += usize::from(truth.is_some());
        let found = match place {
            Place::Placed(found) => {
                self.exact += 1;
                self.wrong += usize::from(truth != Some(found));
                found
            }
            Place::Moved(found) => {
                self.moved += 1;
                self.wrongly_moved += usize::from(truth != Some(found));
                found
            }
            Place::Changed(found) => {
                self.changed += 1;
                let left = letters_in(before, span).filter_map(|n| after.places.get(&n));
                let left: Vec<usize> = left.flatten().copied().collect();
                let is_apt = left.is_empty() || left.iter().any(|at| found.contains(*at));
                self.well_suggested += usize::from(is_apt);
                return;
            }
            Place::Orphan => {
                self.orphaned += 1;
                return;
            }
        };
        self.placed += usize::from(truth == Some(found));
        if after.text[found.range()] != before.text[span.range()] {
            self.other_words += 1;
        }
    }
}

/// Where all letters of a place stand side by side after the edits, with the same white space between them: those of
/// the original, else those of a copy.
fn went_to(before: &Printed, after: &Printed, span: Span) -> Option<Span> {
    let words = &before.text[span.range()];
    let letters = words.char_indices().filter(|(_, c)| !c.is_whitespace());
    let numbered: Vec<(usize, usize)> = letters
        .map(|(at, _)| at)
        .zip(letters_in(before, span))
        .collect();
    let places = |number: &usize| after.places.get(number).map_or(&[][..], Vec::as_slice);
    let starts = places(&numbered.first()?.1).iter().copied();
    let mut whole = starts.filter(|start| {
        after.text[*start..].starts_with(words)
            && numbered
                .iter()
                .all(|(at, number)| places(number).contains(&(start + at)))
    });
    let start = whole.next()?;
    Some(Span::new(start, start + words.len()))
}

/// The numbers of the letters of a place of the original.
fn letters_in(before: &Printed, span: Span) -> impl Iterator<Item = usize> + '_ {
    let first = before.text[..span.start()]
        .chars()
        .filter(|c| !c.is_whitespace())
        .count();
    let inside = before.text[span.range()]
        .chars()
        .filter(|c| !c.is_whitespace())
        .count();
    first..first + inside
}

/// A place such as people mark: a word, a name, some words, a sentence, a quotation, a paragraph.
pub fn tag(rng: &mut Rng, text: &str) -> Span {
    let paragraphs: Vec<(usize, &str)> = parts(text, 0, "\n\n").collect();
    let (start, paragraph) = paragraphs[rng.usize(..paragraphs.len())];
    let words: Vec<(usize, &str)> = parts(paragraph, start, " ").collect();
    let at = rng.usize(..words.len());
    let through = |last: usize| {
        let (from, _) = words[at];
        let (to, word) = words[last.min(words.len() - 1)];
        Span::new(from, to + word.len())
    };
    match rng.usize(0..10) {
        0..3 => bare(text, through(at)),
        3..5 => bare(text, through(at + 1)),
        5..7 => bare(text, through(at + rng.usize(3..12))),
        7..9 => {
            let mut sentences = sentences(&words);
            sentences.swap_remove(rng.usize(..sentences.len()))
        }
        _ => Span::new(start, start + paragraph.len()),
    }
}

/// The parts between separators, with their offsets.
fn parts<'a>(text: &'a str, base: usize, by: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    let all = text.split(by);
    let origin = text.as_ptr() as usize;
    all.filter(|part| !part.is_empty())
        .map(move |part| (base + part.as_ptr() as usize - origin, part))
}

/// Sentences, told by what their last word ends with.
fn sentences(words: &[(usize, &str)]) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut from = words[0].0;
    for (at, (start, word)) in words.iter().enumerate() {
        if word.ends_with(['.', '”']) || at + 1 == words.len() {
            sentences.push(Span::new(from, start + word.len()));
            from = words.get(at + 1).map_or(from, |next| next.0);
        }
    }
    sentences
}

/// Without the punctuation at its ends, if a letter is left.
fn bare(text: &str, span: Span) -> Span {
    let words = &text[span.range()];
    let head = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let core = head.trim_end_matches(|c: char| !c.is_alphanumeric());
    if core.is_empty() {
        return span;
    }
    let start = span.end() - head.len();
    Span::new(start, start + core.len())
}
