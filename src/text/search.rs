//! Finding words in a text as a person types them: folded or not, whole words, or a regular expression.
//!
//! Everything becomes one regular expression over the text as it is, so that what is found has its place in the text
//! and not in a folded copy. The engine takes time in proportion to the text, whatever the pattern.
//!
//! *Limitations*: ß is not ss, and a letter that differs by more than an accent (æ, œ) is another letter. A regular
//! expression is matched line by line.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;
use unicode_segmentation::UnicodeSegmentation;

use super::find::{begins_word, ends_word};
use super::index::{ceil_boundary, floor_boundary, is_boundary};
use crate::model::Span;

/// More hits than this are of no use to anybody.
pub const MOST_HITS: usize = 200_000;

/// A compiled pattern may take so many bytes: \w, which is the largest class, fits a few dozen times.
const PATTERN_SIZE: usize = 1 << 20;

/// Words that are longer are no search, in bytes.
const LONGEST: usize = 1000;

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// What was typed.
    pub words: String,
    /// Whether it must begin and end as a word does.
    pub whole_words: bool,
    /// Whether capitals count.
    pub match_case: bool,
    /// Whether accents count, and the form of quotation marks and dashes.
    pub match_accents: bool,
    /// Whether it is a regular expression.
    pub is_regex: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// Where, from left to right; none overlaps another, none is empty or cuts a grapheme cluster.
    pub spans: Vec<Span>,
    /// Whether there are more, which nobody counted.
    pub is_cut: bool,
}

/// A query that can be searched for.
#[derive(Debug, Clone)]
pub struct Search {
    pattern: Regex,
    by_line: bool,
    checks_words: bool,
}

impl Query {
    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty()
    }

    /// Reads the query; else says in plain words why it cannot be searched for.
    pub fn compile(&self) -> Result<Search, String> {
        if self.words.len() > LONGEST {
            return Err("This is too long to search for.".to_owned());
        }
        let pattern = match (self.is_regex, self.whole_words) {
            (true, true) => format!(r"\b{{start-half}}(?:{})\b{{end-half}}", self.words),
            (true, false) => self.words.clone(),
            (false, _) => self.literal(),
        };
        let mut builder = RegexBuilder::new(&pattern);
        builder.case_insensitive(!self.match_case);
        if self.is_regex {
            builder.size_limit(PATTERN_SIZE);
        }
        Ok(Search {
            pattern: builder.build().map_err(|error| reason(&error))?,
            by_line: self.is_regex,
            checks_words: self.whole_words && !self.is_regex,
        })
    }

    /// The typed words as a pattern.
    fn literal(&self) -> String {
        let mut pattern = String::new();
        let mut was_space = false;
        for cluster in self.words.graphemes(true) {
            let is_space = cluster.chars().all(char::is_whitespace);
            if is_space && !was_space {
                // One line end at the most: an empty line between two words makes them two paragraphs.
                let _ = write!(pattern, r"(?:{BLANK}+\n?{BLANK}*|\n{BLANK}*)");
            }
            if !is_space && self.match_accents {
                exactly(cluster, &mut pattern);
            } else if !is_space {
                folded(cluster, &mut pattern);
            }
            was_space = is_space;
        }
        pattern
    }
}

impl Search {
    /// Searches a text, until `is_wanted` says no; what was found by then is cut.
    pub fn run(&self, text: &str, is_wanted: &dyn Fn() -> bool) -> Hits {
        let mut hits = Hits::default();
        if !self.by_line {
            self.search(text, 0, &mut hits, is_wanted);
            return hits;
        }
        let mut from = 0;
        for line in text.split('\n') {
            if hits.is_cut {
                break;
            }
            self.search(line, from, &mut hits, is_wanted);
            hits.is_cut |= !is_wanted();
            from += line.len() + 1;
        }
        // A hit in a line may cut a cluster of the whole text, and grows over the next one then.
        hits.spans = grown(text, &hits.spans);
        hits
    }

    fn search(&self, text: &str, from: usize, hits: &mut Hits, is_wanted: &dyn Fn() -> bool) {
        let mut at = 0;
        while let Some(found) = self.pattern.find_at(text, at) {
            if hits.spans.len() >= MOST_HITS || !is_wanted() {
                hits.is_cut = true;
                return;
            }
            let span = Span::new(found.start(), found.end());
            if !span.is_empty() && self.takes(text, span) {
                hits.spans
                    .push(Span::new(from + span.start(), from + span.end()));
                at = span.end();
            } else {
                // What begins inside a hit that was refused may be one.
                let Some(next) = text[found.start()..].chars().next() else {
                    return;
                };
                at = found.start() + next.len_utf8();
            }
        }
    }

    fn takes(&self, text: &str, span: Span) -> bool {
        if self.by_line {
            return true;
        }
        is_boundary(text, span.start())
            && is_boundary(text, span.end())
            && (!self.checks_words
                || (begins_word(text, span.start()) && ends_word(text, span.end())))
    }
}

/// The same spans, grown until none cuts a grapheme cluster; those that then overlap the one before are left out.
fn grown(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        let whole = Span::new(
            floor_boundary(text, span.start()),
            ceil_boundary(text, span.end()),
        );
        if out.last().is_none_or(|last| last.end() <= whole.start()) {
            out.push(whole);
        }
    }
    out
}

/// One cluster with its accents, however they are stored.
fn exactly(cluster: &str, pattern: &mut String) {
    let composed: String = cluster.nfc().collect();
    let apart: String = cluster.nfd().collect();
    let mut forms = vec![cluster, composed.as_str(), apart.as_str()];
    forms.sort_unstable();
    forms.dedup();
    let forms: Vec<String> = forms.into_iter().map(regex::escape).collect();
    let _ = write!(pattern, "(?:{})", forms.join("|"));
}

/// One cluster whatever its accents.
fn folded(cluster: &str, pattern: &mut String) {
    for letter in cluster.chars() {
        let base = base_of(letter);
        if is_accent(base) && !pattern.is_empty() {
            continue;
        }
        pattern.push('[');
        let variants = VARIANTS.get(&base).into_iter().flatten();
        for like in variants.chain([&base]) {
            let _ = write!(pattern, r"\x{{{:X}}}", u32::from(*like));
        }
        pattern.push(']');
    }
    pattern.push_str(ACCENTS);
}

/// White space but the line's end. Spelt out: to fold the case of \S takes fifty milliseconds.
const BLANK: &str = r"[\t \x{A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]";

/// Accents that may follow a letter.
const ACCENTS: &str = r"[\x{300}-\x{36F}\x{591}-\x{5BD}\x{5BF}\x{5C1}\x{5C2}\x{5C4}\x{5C5}\x{5C7}\x{64B}-\x{65F}\x{670}\x{1AB0}-\x{1AFF}\x{1DC0}-\x{1DFF}]*";

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}'
        | '\u{5C5}' | '\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
}

/// Letters with a stroke through them, which Unicode does not take apart.
const STROKES: [(char, char); 10] = [
    ('ł', 'l'),
    ('Ł', 'L'),
    ('ø', 'o'),
    ('Ø', 'O'),
    ('đ', 'd'),
    ('Đ', 'D'),
    ('ħ', 'h'),
    ('Ħ', 'H'),
    ('ı', 'i'),
    ('ŧ', 't'),
];

/// Signs that people type for each other; the first stands for all.
const SIGNS: [&str; 3] = ["'’‘ʼ`´", "\"“”„«»", "-‐‑‒–—−"];

/// Letters whose mark makes them others, not accented ones.
const OWN: [char; 2] = ['й', 'Й'];

/// The letter without its accents; the plain sign for its kin.
fn base_of(letter: char) -> char {
    if OWN.contains(&letter) {
        return letter;
    }
    if let Some((_, plain)) = STROKES.iter().find(|(own, _)| *own == letter) {
        return *plain;
    }
    if let Some(kin) = SIGNS.iter().find(|kin| kin.contains(letter)) {
        return kin.chars().next().unwrap_or(letter);
    }
    let mut parts = Vec::new();
    decompose_canonical(letter, |part| parts.push(part));
    match parts.split_first() {
        Some((base, marks)) if marks.iter().copied().all(is_accent) => *base,
        _ => letter,
    }
}

/// All characters that have another one for their base, by it.
static VARIANTS: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    // Latin, Greek and Cyrillic with their extensions: nothing else is taken apart into a letter and its accents.
    let composed = ('\u{C0}'..='\u{24F}')
        .chain('\u{386}'..='\u{4FF}')
        .chain('\u{1E00}'..='\u{1FFF}');
    let signs = SIGNS.iter().flat_map(|kin| kin.chars());
    let mut variants: HashMap<char, Vec<char>> = HashMap::new();
    for letter in composed.chain(signs) {
        let base = base_of(letter);
        if base != letter {
            variants.entry(base).or_default().push(letter);
        }
    }
    variants
});

/// Why a pattern cannot be read, in a sentence.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "This pattern is too large to search with.".to_owned(),
        other => {
            let text = other.to_string();
            let last = text.lines().last().unwrap_or_default();
            let what = last.strip_prefix("error: ").unwrap_or(last).trim();
            format!("No pattern: {what}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(words: &str) -> Query {
        Query {
            words: words.to_owned(),
            ..Query::default()
        }
    }

    #[track_caller]
    fn check(query: &Query, marked: &str) {
        let text = marked.replace(['⟦', '⟧'], "");
        let search = query.compile().expect("a query that can be read");
        let mut shown = String::new();
        let mut from = 0;
        for span in search.run(&text, &|| true).spans {
            shown += &format!("{}⟦{}⟧", &text[from..span.start()], &text[span.range()]);
            from = span.end();
        }
        shown += &text[from..];
        assert_eq!(shown, marked, "{query:?}");
    }

    #[test]
    fn case_and_accents_are_folded_both_ways() {
        check(&plain("lodz"), "⟦Łódź⟧, ⟦LODZ⟧, ⟦Lo\u{301}dz\u{301}⟧.");
        check(&plain("Łódź"), "⟦Łódź⟧, ⟦Lodz⟧ and no Lud.");
        check(&plain("cafe"), "A ⟦café⟧, two ⟦cafe\u{301}⟧s, ⟦Cafe⟧.");
        check(&plain("елка"), "⟦Ёлка⟧ и ⟦елка⟧.");
        check(&plain("мои"), "мой, ⟦мои⟧");
        check(&plain("αθηνα"), "⟦Αθήνα⟧");
    }

    #[test]
    fn accents_and_capitals_count_when_they_are_asked_to() {
        let accents = Query {
            match_accents: true,
            ..plain("é")
        };
        check(&accents, "⟦é⟧ ⟦e\u{301}⟧ ⟦É⟧ e ê");
        let neither = Query {
            match_accents: true,
            ..plain("e")
        };
        check(&neither, "é e\u{301} ⟦e⟧ ⟦E⟧");
        let case = Query {
            match_case: true,
            ..plain("May")
        };
        check(&case, "⟦May⟧ may ⟦Máy⟧");
    }

    #[test]
    fn quotation_marks_and_dashes_are_found_as_they_are_typed() {
        check(&plain("don't"), "⟦don’t⟧ ⟦don't⟧");
        check(&plain("\"no\""), "⟦“No”⟧, ⟦\"no\"⟧");
        check(&plain("1999-2001"), "⟦1999–2001⟧");
        let exact = Query {
            match_accents: true,
            ..plain("don't")
        };
        check(&exact, "don’t ⟦don't⟧");
    }

    #[test]
    fn a_space_may_be_a_line_end_but_not_the_end_of_a_paragraph() {
        check(
            &plain("ana lund"),
            "⟦Ana\nLund⟧ ⟦Ana  Lund⟧ ⟦Ana\u{A0}Lund⟧ Ana\n\nLund",
        );
    }

    #[test]
    fn whole_words_are_words() {
        let word = Query {
            whole_words: true,
            ..plain("port")
        };
        check(&word, "⟦Port⟧ reported. Airport, ⟦port⟧-side, ⟦port⟧’s.");
        let again = Query {
            whole_words: true,
            ..plain("a a")
        };
        check(&again, "xa ⟦a a⟧");
        let regex = Query {
            whole_words: true,
            is_regex: true,
            ..plain("p.rt|air")
        };
        check(&regex, "⟦Port⟧, a ⟦part⟧ of the airport; ⟦air⟧.");
    }

    #[test]
    fn nothing_is_cut_out_of_a_cluster() {
        check(&plain("👩"), "👩\u{200D}🚒 ⟦👩⟧");
        check(&plain("한"), "⟦한⟧국");
        let regex = Query {
            is_regex: true,
            match_accents: true,
            ..plain("e.?$")
        };
        check(&regex, "caf⟦e\u{301}⟧\nth⟦e⟧");
        let letters = Query {
            is_regex: true,
            ..plain(".")
        };
        check(&letters, "⟦e\u{301}⟧⟦a⟧");
    }

    #[test]
    fn a_regular_expression_works_line_by_line() {
        let regex = Query {
            is_regex: true,
            ..plain(r"^\d+ \w+")
        };
        check(&regex, "⟦12 people⟧ and 13 others\n⟦14 more⟧");
        let empty = Query {
            is_regex: true,
            ..plain("x*")
        };
        check(&empty, "a⟦xx⟧b");
    }

    #[test]
    fn a_bad_pattern_is_explained_and_a_large_one_refused() {
        let regex = |words: &str| Query {
            is_regex: true,
            ..plain(words)
        };
        let why = |words| regex(words).compile().map(|_| ()).unwrap_err();
        assert_eq!(why("(a"), "No pattern: unclosed group.");
        assert_eq!(why(r"\w{999}"), "This pattern is too large to search with.");
        assert!(why("(?=a)").contains("look-around"));
        assert!(why(&"a".repeat(2000)).contains("too long"));
        assert!(regex(r"(\w+) (\w+) (\w+)").compile().is_ok());
    }

    #[test]
    fn a_search_that_nobody_wants_any_more_ends() {
        let left = std::cell::Cell::new(3_u8);
        let is_wanted = || left.replace(left.get().saturating_sub(1)) > 0;
        let hits = plain("a")
            .compile()
            .map(|s| s.run(&"a ".repeat(100), &is_wanted));
        assert!(hits.is_ok_and(|hits| hits.is_cut && hits.spans.len() == 3));
    }
}
