//! All occurrences of a name.
//!
//! *Limitations*: the letters must be the same, capitals included; inflected names (Vales, Орлова) are others.

use crate::model::Span;

use super::index::is_boundary;

/// Whole-word occurrences of a name, left to right; a possessive may follow, and a space may be a line end.
pub fn find_all(text: &str, needle: &str) -> Vec<Span> {
    let mut words = needle.split_whitespace();
    let Some(first) = words.next() else {
        return Vec::new();
    };
    let rest: Vec<&str> = words.collect();
    let mut found: Vec<Span> = Vec::new();
    for (start, _) in text.match_indices(first) {
        let is_behind_last = found.last().is_none_or(|last| last.end() <= start);
        if let Some(end) = match_rest(text, start + first.len(), &rest)
            && is_behind_last
            && begins_word(text, start)
            && ends_word(text, end)
        {
            found.push(Span::new(start, end));
        }
    }
    found
}

fn match_rest(text: &str, mut at: usize, rest: &[&str]) -> Option<usize> {
    for word in rest {
        let tail = &text[at..];
        let trimmed = tail.trim_start();
        let gap = tail.len() - trimmed.len();
        // An empty line between two words makes them two paragraphs.
        if gap == 0 || tail[..gap].matches('\n').count() > 1 || !trimmed.starts_with(word) {
            return None;
        }
        at += gap + word.len();
    }
    Some(at)
}

pub(super) fn begins_word(text: &str, start: usize) -> bool {
    let own = text[start..].chars().next();
    let mut before = text[..start].chars().rev();
    match before.next() {
        // O’Brien is not Brien, but l’Ukraine is Ukraine.
        Some('\'' | '’') => !before.next().is_some_and(char::is_uppercase),
        Some(c) => (!c.is_alphanumeric() || is_unspaced(own)) && is_boundary(text, start),
        None => true,
    }
}

pub(super) fn ends_word(text: &str, end: usize) -> bool {
    let own = text[..end].chars().next_back();
    let mut after = text[end..].chars();
    match after.next() {
        Some('\'' | '’' | '‘') => {
            let tail: Vec<char> = after.take_while(|c| c.is_alphanumeric()).take(4).collect();
            tail.len() <= 2 && tail.iter().all(|c| c.is_lowercase() || *c == 'S')
        }
        Some(c) => (!c.is_alphanumeric() || is_unspaced(own)) && is_boundary(text, end),
        None => true,
    }
}

/// Whether a letter belongs to a script that sets no spaces between words.
pub(super) fn is_unspaced(letter: Option<char>) -> bool {
    letter.is_some_and(|c| {
        matches!(c, '\u{E00}'..='\u{EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, marked: &str) {
        let text = marked.replace(['⟦', '⟧'], "");
        let mut shown = String::new();
        let mut from = 0;
        for span in find_all(&text, name) {
            shown += &format!("{}⟦{}⟧", &text[from..span.start()], &text[span.range()]);
            from = span.end();
        }
        shown += &text[from..];
        assert_eq!(shown, marked);
    }

    #[test]
    fn a_name_is_found_as_a_whole_word_only() {
        check(
            "Marek",
            "⟦Marek⟧ met Mareks; ⟦Marek⟧’s dog, ⟦Marek⟧-like, “⟦Marek⟧”.",
        );
        check("Brien", "⟦Brien⟧ is not O’Brien, d’⟦Brien⟧ is.");
    }

    #[test]
    fn a_name_may_be_broken_over_two_lines() {
        check(
            "Ana Lund",
            "⟦Ana\nLund⟧ and ⟦Ana Lund⟧'s son, not Ana\n\nLund",
        );
    }

    #[test]
    fn chinese_names_need_no_spaces() {
        check("王小明", "记者⟦王小明⟧说");
    }
}
