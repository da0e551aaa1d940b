//! One row of letters: where each begins and ends, whatever the shaper made of them.

use egui::epaint::text::PlacedRow;

/// A row with its text: where each character begins and ends.
pub(super) struct Line<'a> {
    text: &'a str,
    /// Left edge of each character and the right edge of the last.
    edges: Vec<f32>,
    /// The line that the letters stand on, below the row's upper edge.
    pub baseline: f32,
}

impl<'a> Line<'a> {
    /// Takes a row and the text that it shows.
    pub fn new(row: &PlacedRow, text: &'a str) -> Self {
        let glyphs: Vec<(f32, f32)> = row
            .glyphs
            .iter()
            .map(|glyph| (glyph.pos.x, glyph.advance_width))
            .collect();
        // Letters of another face, an emoji for one, may stand on a line of their own.
        let mut glyphs_of_face = row
            .glyphs
            .iter()
            .filter(|g| g.font_face_ascent == g.font_ascent);
        let baseline = glyphs_of_face.next().or(row.glyphs.first());
        let baseline = baseline.map_or(row.size.y * 0.7, |g| g.pos.y);
        Self {
            text,
            edges: edges(&glyphs),
            baseline,
        }
    }

    /// The left edge of the character at a byte.
    pub fn x_at(&self, byte: usize) -> f32 {
        let index = self.index(byte);
        self.edges.get(index).copied().unwrap_or_default()
    }

    /// The right edge of the character before a byte; spaces at the end of the row have no width.
    pub fn x_before(&self, byte: usize) -> f32 {
        let index = self.index(byte);
        let inked = self.text.trim_end();
        let last = if byte > inked.len() {
            self.index(inked.len())
        } else {
            index
        };
        self.edges.get(last).copied().unwrap_or_default()
    }

    /// Whether nothing but space follows.
    pub fn is_blank_from(&self, byte: usize) -> bool {
        self.text
            .get(byte..)
            .is_none_or(|rest| rest.trim().is_empty())
    }

    /// The boundary next to an x, the character there, and whether x is on it. In bytes of the row's text.
    pub fn byte_at(&self, x: f32) -> (usize, usize, bool) {
        let count = self.edges.len().saturating_sub(1);
        if count == 0 {
            return (0, 0, false);
        }
        let after = self.edges.partition_point(|&edge| edge <= x);
        let under = after.saturating_sub(1).min(count - 1);
        let middle = f32::midpoint(self.edges[under], self.edges[under + 1]);
        let boundary = if x < middle { under } else { under + 1 };
        let mut bytes = self.text.char_indices().map(|(i, _)| i);
        let under_byte = bytes.nth(under).unwrap_or(self.text.len());
        let next_byte = bytes.next().unwrap_or(self.text.len());
        // Behind the last word of a row, the place is before the space: the one after it is on the next row.
        let inked = self.text.trim_end().len();
        let boundary_byte = if boundary == under {
            under_byte
        } else {
            next_byte
        };
        let is_on = x >= self.edges[0] && x < self.edges[count] && under_byte < inked;
        let under_byte = under_byte.min(last_char(self.text, inked));
        (boundary_byte.min(inked), under_byte, is_on)
    }

    fn index(&self, byte: usize) -> usize {
        let head = self.text.get(..byte).unwrap_or(self.text);
        if head.is_ascii() {
            head.len()
        } else {
            head.chars().count()
        }
    }
}

/// Where the last character before an offset begins.
fn last_char(text: &str, before: usize) -> usize {
    text[..before]
        .char_indices()
        .next_back()
        .map_or(0, |(i, _)| i)
}

/// Left edge of every character and right edge of the last, from the glyphs' positions and widths.
///
/// The characters of a ligature have one glyph with all the width and others with none; they share it equally.
fn edges(glyphs: &[(f32, f32)]) -> Vec<f32> {
    let mut edges = Vec::with_capacity(glyphs.len() + 1);
    let mut at = 0;
    while at < glyphs.len() {
        let (x, width) = glyphs[at];
        let followers = glyphs[at + 1..]
            .iter()
            .take_while(|&&(next_x, next_width)| {
                width > 0.0 && next_width == 0.0 && next_x > x + width / 2.0
            })
            .count();
        let share = width / (followers + 1) as f32;
        edges.extend((0..=followers).map(|i| x + share * i as f32));
        at += followers + 1;
    }
    let end = glyphs
        .iter()
        .rev()
        .find(|(_, width)| *width > 0.0)
        .or(glyphs.last())
        .map_or(0.0, |(x, width)| x + width);
    edges.push(edges.last().map_or(end, |&last| end.max(last)));
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_a_ligature_share_its_width() {
        // "ofﬁce" with one glyph for "ffi": o, ffi, -, -, c
        let glyphs = [
            (0.0, 10.0),
            (10.0, 18.0),
            (28.0, 0.0),
            (28.0, 0.0),
            (28.0, 9.0),
        ];
        assert_eq!(edges(&glyphs), [0.0, 10.0, 16.0, 22.0, 28.0, 37.0]);
    }

    #[test]
    fn a_row_without_glyphs_has_one_edge() {
        assert_eq!(edges(&[]), [0.0]);
    }
}
