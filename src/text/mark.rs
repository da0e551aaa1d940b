//! What a single quotation mark may be, by its shape and the characters beside it.
//!
//! Pairing is done in `quote`.

use super::index::is_boundary;
use super::letters::{Lower, is_letter};
use super::scan::Sign;

/// Marks that are paired with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// " “ ” „
    Double,
    /// ' ‘ ’ ‚
    Single,
    /// « »
    Guillemet,
    /// ‹ ›
    SingleGuillemet,
    /// 「 」
    Corner,
    /// 『 』
    DoubleCorner,
}

/// What a mark does where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It opens.
    Opens,
    /// It closes.
    Closes,
    /// It could do either.
    Either,
    /// It does neither: an apostrophe, inches.
    Neither,
}

/// A mark with what could be found out about it alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub start: usize,
    pub end: usize,
    pub c: char,
    pub family: Family,
    pub role: Role,
    /// Whether it is doubtful: the mark after "workers" may be a possessive.
    pub is_weak: bool,
}

/// Whether « and » point outwards or inwards in this text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Guillemets {
    /// «French»
    #[default]
    Outwards,
    /// »German«
    Inwards,
}

/// Words that begin with an apostrophe.
const CLIPPED: &[&str] = &[
    "em", "til", "till", "tis", "twas", "twere", "cause", "cos", "cuz", "bout", "round", "n",
    "nuff", "ere", "neath", "kay", "ello", "im", "er", "s", "t", "d", "ll", "re", "ve", "m",
    "hood", "burb", "burbs", "tude", "nother", "sup",
];

impl Mark {
    /// Reads a mark in its surroundings.
    pub fn read(text: &str, sign: Sign, guillemets: Guillemets) -> Option<Self> {
        let (start, mut end) = (sign.at(), sign.end());
        let mut family = family(sign.c)?;
        // Two single marks stand for a double one in old wire copy.
        if matches!(sign.c, '\'' | '`') && text[end..].starts_with(sign.c) {
            end += 1;
            family = Family::Double;
        } else if sign.c == '`' {
            return None;
        }
        if !is_boundary(text, start) || !is_boundary(text, end) {
            return None;
        }
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let mut mark = Self {
            start,
            end,
            c: sign.c,
            family,
            role: Role::Either,
            is_weak: false,
        };
        mark.role = match family {
            Family::Double => double_role(text, mark, before, after),
            Family::Single => single_role(text, &mut mark, before, after),
            Family::Guillemet | Family::SingleGuillemet => {
                pointed_role(sign.c, guillemets, before, after)
            }
            Family::Corner | Family::DoubleCorner => {
                if matches!(sign.c, '「' | '『' | '｢') {
                    Role::Opens
                } else {
                    Role::Closes
                }
            }
        };
        Some(mark)
    }
}

fn family(c: char) -> Option<Family> {
    Some(match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' | '〝' | '〞' | '〟' => Family::Double,
        '\'' | '‘' | '’' | '‚' | '‛' | '`' => Family::Single,
        '«' | '»' => Family::Guillemet,
        '‹' | '›' => Family::SingleGuillemet,
        '「' | '」' | '｢' | '｣' => Family::Corner,
        '『' | '』' => Family::DoubleCorner,
        _ => return None,
    })
}

/// Whether what stands before lets a mark open.
fn is_open_before(before: Option<char>) -> bool {
    before.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '(' | '['
                    | '{'
                    | '—'
                    | '–'
                    | '-'
                    | '/'
                    | '“'
                    | '„'
                    | '«'
                    | '‹'
                    | '‘'
                    | '"'
                    | '\''
                    | '…'
                    | ':'
                    | '：'
                    | '，'
                    | '（'
                    | '>'
                    | '*'
                    | '_'
                    | '¿'
                    | '¡'
            )
    })
}

/// Whether what stands behind lets a mark close.
fn is_closed_after(after: Option<char>) -> bool {
    after.is_none_or(|c| {
        c.is_whitespace() || !is_letter(c) && !matches!(c, '$' | '€' | '£' | '#' | '@' | '¿' | '¡')
    })
}

/// Whether what stands behind lets a mark open.
fn is_open_after(after: Option<char>) -> bool {
    !is_space(after)
        && !matches!(
            after,
            Some(',' | ';' | ':' | '!' | '?' | ')' | ']' | '，' | '。')
        )
}

fn is_space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

fn double_role(text: &str, mark: Mark, before: Option<char>, after: Option<char>) -> Role {
    match mark.c {
        '„' | '〝' => return Role::Opens,
        '〞' | '〟' => return Role::Closes,
        _ => {}
    }
    let (may_open, may_close) = (
        is_open_before(before) && is_open_after(after),
        !is_space(before) && is_closed_after(after),
    );
    match mark.c {
        // A wrong shape is believed only where the surroundings leave no doubt.
        '“' if may_close && !may_open => Role::Closes,
        '“' => Role::Opens,
        '”' if is_space(before) && after.is_some_and(is_letter) => Role::Opens,
        '”' => Role::Closes,
        // Inches, and markup that was left in: <p class="x">.
        _ if is_feet(text, mark.start) || before == Some('=') => Role::Neither,
        _ => match (may_open, may_close) {
            (true, false) => Role::Opens,
            (false, true) => Role::Closes,
            _ => Role::Either,
        },
    }
}

/// Whether a mark ends a measure like 6'2".
fn is_feet(text: &str, at: usize) -> bool {
    let head = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    let inches = at - head.len();
    let feet = head.strip_suffix('\'').or_else(|| head.strip_suffix('’'));
    (1..=2).contains(&inches)
        && feet.is_some_and(|feet| feet.ends_with(|c: char| c.is_ascii_digit()))
}

fn single_role(text: &str, mark: &mut Mark, before: Option<char>, after: Option<char>) -> Role {
    let is_word = |c: Option<char>| c.is_some_and(is_letter);
    if mark.c == '‚' {
        return if is_open_before(before) && is_word(after) {
            Role::Opens
        } else {
            Role::Neither
        };
    }
    // Between two letters it is an apostrophe, whatever its shape.
    if is_word(before) && is_word(after) {
        return Role::Neither;
    }
    let may_open = is_open_before(before) && is_open_after(after) && !is_clipped(&text[mark.end..]);
    let may_close = !is_space(before) && is_closed_after(after);
    let follows_s = before.is_some_and(|c| matches!(c, 's' | 'S' | 'x' | 'z'));
    let word_follows = is_space(after) && text[mark.end..].trim_start().starts_with(is_letter);
    mark.is_weak = follows_s && word_follows;
    match (mark.c, may_open, may_close) {
        ('‘' | '‛', true, false) | ('\'', true, false) => Role::Opens,
        ('‘' | '‛', true, true) => Role::Opens,
        ('’' | '‘' | '\'', _, true) => Role::Closes,
        _ => Role::Neither,
    }
}

/// Whether an apostrophe stands for letters left out: ’em, ’90s.
fn is_clipped(rest: &str) -> bool {
    let end = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
    let word = &rest[..end];
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 2 && matches!(&word[digits..], "" | "s"))
        || word.len() <= 7 && CLIPPED.contains(&&*Lower::new(word))
}

fn pointed_role(
    c: char,
    guillemets: Guillemets,
    before: Option<char>,
    after: Option<char>,
) -> Role {
    let points_left = matches!(c, '«' | '‹');
    let opens = points_left == (guillemets == Guillemets::Outwards);
    let may_open = is_open_before(before) && is_open_after(after);
    let may_close = !is_space(before) && is_closed_after(after);
    match (may_open, may_close) {
        (true, false) => Role::Opens,
        (false, true) => Role::Closes,
        _ if opens => Role::Opens,
        _ => Role::Closes,
    }
}

/// Which way guillemets point in a text, by those that stand between a space and a letter.
pub(super) fn guillemets(text: &str, signs: &[Sign]) -> Guillemets {
    let (mut outwards, mut inwards) = (0, 0);
    for sign in signs.iter().filter(|sign| matches!(sign.c, '«' | '»')) {
        let before = text[..sign.at()].chars().next_back();
        let after = text[sign.end()..].chars().next();
        if is_open_before(before) && after.is_some_and(is_letter) {
            if sign.c == '«' {
                outwards += 1;
            } else {
                inwards += 1;
            }
        }
    }
    if inwards > outwards {
        Guillemets::Inwards
    } else {
        Guillemets::Outwards
    }
}
