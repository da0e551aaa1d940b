//! Text for terminals: what could move the cursor or turn the reading direction is written out.

use std::borrow::Cow;
use std::fmt::Write;

/// Writes control and bidirectional formatting characters as escapes (`\n`, `\u{202e}`), the rest as it is.
pub fn display_safe(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_unsafe(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a character changes the order in which others are read: an embedding, an override or an isolate.
pub fn is_reordering(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// How many characters of a text do: U+202A to U+202E and U+2066 to U+2069, told by their bytes.
pub fn count_reordering(text: &str) -> usize {
    // Sums of one byte over runs that cannot overflow it are what a processor adds up quickest.
    const RUN: usize = 128;
    let from = |at: usize| text.as_bytes().get(at..).unwrap_or_default().chunks(RUN);
    let runs = from(0).zip(from(1)).zip(from(2));
    let sums = runs.map(|((first, second), third)| {
        let triples = first.iter().zip(second).zip(third);
        let is_one = |((&a, &b), &c): ((&u8, &u8), &u8)| {
            let is_embedding = (b == 0x80) & (0xAA..=0xAE).contains(&c);
            let is_isolate = (b == 0x81) & (0xA6..=0xA9).contains(&c);
            u8::from((a == 0xE2) & (is_embedding | is_isolate))
        };
        triples.map(is_one).sum::<u8>()
    });
    sums.map(usize::from).sum()
}

/// Whether a character would do something to a terminal instead of standing on it.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_the_order_is_counted_wherever_it_stands() {
        for before in 0..300 {
            let text = format!("{}\u{202a}\u{202f}€\u{2069}\u{206a}", "x".repeat(before));
            assert_eq!(count_reordering(&text), 2, "behind {before} letters");
            assert_eq!(text.chars().filter(|&c| is_reordering(c)).count(), 2);
        }
        assert_eq!(count_reordering(""), 0);
        assert_eq!(count_reordering(&"\u{2066}".repeat(999)), 999);
    }

    #[test]
    fn colours_and_reversed_names_are_written_out() {
        assert_eq!(
            display_safe("a\u{1b}[31mb\u{202e}c"),
            "a\\u{1b}[31mb\\u{202e}c"
        );
        assert!(matches!(display_safe("“Zoë” 北京"), Cow::Borrowed(_)));
    }
}
