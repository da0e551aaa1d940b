//! Lines marked with their attributions: ⟦content⟧ ⟨source⟩ ‹cue›.

use pressmark::model::Span;
use pressmark::suggest::{Attribution, Learnt, People, suggest};
use pressmark::text::segment;

const MARKS: [char; 6] = ['⟦', '⟧', '⟨', '⟩', '‹', '›'];

pub fn plain(marked: &str) -> String {
    marked.chars().filter(|c| !MARKS.contains(c)).collect()
}

pub fn read(text: &str) -> (People, Vec<Attribution>) {
    let segments = segment(text);
    let found = suggest(text, &segments, &Learnt::default());
    (found.people, found.attributions)
}

/// The text with the attributions of `found` drawn in.
pub fn draw(text: &str, found: &[Attribution]) -> String {
    let mut marks: Vec<(usize, u8, char)> = Vec::new();
    let mut mark = |span: Span, open: char, close: char| {
        marks.push((span.start(), 1, open));
        marks.push((span.end(), 0, close));
    };
    for attribution in found {
        for span in &attribution.content {
            mark(*span, '⟦', '⟧');
        }
        if let Some(span) = attribution.source {
            mark(span, '⟨', '⟩');
        }
        if let Some(span) = attribution.cue {
            mark(span, '‹', '›');
        }
    }
    marks.sort_unstable();
    marks.dedup();
    let mut out = String::new();
    let mut at = 0;
    for (place, _, sign) in marks {
        out += &text[at..place];
        out.push(sign);
        at = place;
    }
    out + &text[at..]
}

#[track_caller]
pub fn check(marked: &str) -> Vec<Attribution> {
    let text = plain(marked);
    let (_, found) = read(&text);
    assert_eq!(draw(&text, &found), marked);
    found
}
