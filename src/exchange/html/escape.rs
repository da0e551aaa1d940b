//! Words from outside, made safe for a page: escaping, and ids as tokens and anchors.

/// Escapes text for element content and for attributes in double quotes.
///
/// Characters that HTML forbids become U+FFFD, one code point for one, so that offsets hold.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_forbidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Controls other than white space, and noncharacters (HTML standard, "preprocessing the input stream"). A carriage
/// return counts: a parser would make it a line feed.
fn is_forbidden(c: char) -> bool {
    let code = u32::from(c);
    (c.is_control() && !matches!(c, '\n' | '\t' | '\u{c}'))
        || (0xfdd0..=0xfdef).contains(&code)
        || code & 0xfffe == 0xfffe
}

/// An id as one word of a space-separated list: white space, controls and `%` are percent-encoded.
pub fn token(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_whitespace() || c.is_control() || c == '%' || is_forbidden(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// An id as the name of a place in the page: letters, digits, `-` and `_` only, and never one of the page's own.
pub fn anchor(prefix: char, id: &str) -> String {
    let mut out = format!("{prefix}-");
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            out.push(c);
        } else {
            out.push_str(&format!("_{:x}_", u32::from(c)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{anchor, escape, token};

    #[test]
    fn nothing_from_outside_becomes_markup() {
        assert_eq!(escape("<b>&\"'"), "&lt;b&gt;&amp;&quot;&#39;");
        assert_eq!(escape("a\0b\r\u{ffff}"), "a\u{fffd}b\u{fffd}\u{fffd}");
    }

    #[test]
    fn foreign_ids_stay_apart() {
        assert_eq!(token("a b%"), "a%20b%25");
        assert_eq!(anchor('m', "k3v#cue"), "m-k3v_23_cue");
        assert_ne!(anchor('m', "a_b"), anchor('m', "a b"));
    }
}
