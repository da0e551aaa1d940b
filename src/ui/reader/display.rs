//! What is shown for a piece of text: the same characters, one for one, so that every offset stays what it is.
//!
//! A line end inside a block shows as a space, so that hard-wrapped text flows in the column. Characters that would
//! hide or reorder others show as something harmless of the same length in bytes.

use crate::text::is_reordering;

/// The text as it is shown: as many characters, each with as many bytes.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(stand_in).collect()
}

/// What stands for a character on the screen.
fn stand_in(c: char) -> char {
    match c {
        '\t' => '\t',
        c if c.is_ascii_control() => ' ',
        '\u{80}'..='\u{9F}' => '\u{A0}',
        '\u{2028}' | '\u{2029}' => '\u{2002}',
        // Marks of direction: this reader sets everything from left to right.
        '\u{200E}' | '\u{200F}' => '\u{200B}',
        // Overrides could make words elsewhere read otherwise than here, so they are seen.
        c if is_reordering(c) => '◊',
        c => c,
    }
}

/// Whether a text holds letters of a script that runs from right to left.
pub(super) fn runs_backwards(text: &str) -> bool {
    let is_rtl = |c: char| {
        matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    };
    !text.is_ascii() && text.contains(is_rtl)
}

/// The letters of a text that stand for their scripts: the first of every 128 code points, those of Latin left out.
pub(super) fn of_each_script(text: &str) -> impl Iterator<Item = char> {
    let mut seen: Vec<u32> = Vec::new();
    let is_foreign = |c: &char| *c >= '\u{250}' && c.is_alphanumeric();
    let letters = text.chars().filter(is_foreign);
    letters.filter(move |c| {
        let group = u32::from(*c) >> 7;
        let is_new = !seen.contains(&group);
        if is_new {
            seen.push(group);
        }
        is_new
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_letter_speaks_for_its_script() {
        let letters = |text: &str| of_each_script(text).collect::<String>();
        assert_eq!(letters("Café, naïve — “so” 🐐"), "");
        assert_eq!(letters("Мост Мост, γη"), "Мγ");
        assert_eq!(letters("नमस्ते नगर"), "न");
    }

    #[test]
    fn a_wrapped_line_flows_on() {
        assert_eq!(shown("The tide\nwent out."), "The tide went out.");
    }

    #[test]
    fn a_script_that_runs_backwards_is_known() {
        assert!(runs_backwards("the word שלום"));
        assert!(runs_backwards("سلام"));
        assert!(!runs_backwards("Ελληνικά, Кириллица, 漢字 👩‍🔬"));
    }

    proptest! {
        #[test]
        fn every_character_keeps_its_place(text in "\\PC{0,40}|[\\x00-\\x7f]{0,40}|.{0,40}") {
            let shown = shown(&text);
            let places = |s: &str| s.char_indices().map(|(i, _)| i).collect::<Vec<_>>();
            prop_assert_eq!(places(&shown), places(&text));
            prop_assert_eq!(shown.len(), text.len());
            prop_assert!(!shown.contains('\n'));
        }
    }
}
