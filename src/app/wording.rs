//! Words of an article as a sentence of ours quotes them: shortened, and between quotation marks.

/// The first words of a text, at most `limit` characters, on one line.
pub fn shorten(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        let length = out.chars().count();
        if length + word.chars().count() + 1 > limit {
            if out.is_empty() {
                out.extend(word.chars().take(limit));
            }
            out.push('…');
            return out;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The first words of a text as a name of a step has them, in quotation marks unless they stand in some already.
pub fn quoted(text: &str) -> String {
    in_marks(&shorten(text, 40))
}

/// Words between quotation marks, unless they bring their own; marks whose other half was cut off get it back.
pub fn in_marks(words: &str) -> String {
    let closing = match words.chars().next() {
        Some('“') => '”',
        Some('‘') => '’',
        Some('„') => '“',
        Some('«') => '»',
        Some('»') => '«',
        Some('"') => '"',
        _ => return format!("“{words}”"),
    };
    // The same sign inside a word is an apostrophe.
    let ends = |(at, sign): (usize, char)| {
        let behind = words[at + sign.len_utf8()..].chars().next();
        at > 0 && sign == closing && !behind.is_some_and(char::is_alphanumeric)
    };
    if words.ends_with('…') && !words.char_indices().any(ends) {
        format!("{words}{closing}")
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_marks_once() {
        assert_eq!(in_marks("the bridge"), "“the bridge”");
        assert_eq!(in_marks("“The bridge,” she said"), "“The bridge,” she said");
        assert_eq!(in_marks("‘It’s the bridge’"), "‘It’s the bridge’");
    }

    #[test]
    fn marks_that_lost_their_other_half_get_it_back() {
        assert_eq!(in_marks("“We had the…"), "“We had the…”");
        assert_eq!(
            in_marks("‘It’s the bridge that…"),
            "‘It’s the bridge that…’"
        );
        assert_eq!(in_marks("„Wir hatten…"), "„Wir hatten…“");
        assert_eq!(in_marks("“Yes,” said the…"), "“Yes,” said the…");
    }
}
