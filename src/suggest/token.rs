//! Words and marks of one block, each looked up once.
//!
//! A quotation that the segmenter found can be folded into one token, so that rules read `“…,” she said.` as three.
//! *Limitations*: words are runs of letters and digits with inner hyphens, apostrophes and the stops of abbreviations;
//! scripts without spaces come out as one word a run.

use super::learnt::Learnt;
use super::lexicon::{Class, Language, Lexicon};
use crate::model::{Block, QuoteKind, QuoteRun, Span};
use crate::text::body_of;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, perhaps with digits.
    Word,
    /// Begins with a digit.
    Number,
    /// ’s or the bare apostrophe of a plural.
    Possessive,
    /// Any other character.
    Mark(char),
    /// One fragment of a speech quotation, marks included.
    Quote,
    /// Words in quotation marks that are no speech: a title, a scare quote.
    Phrase,
}

/// One word or mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Where it is in the article.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: Kind,
    /// What its word may be.
    pub(super) class: Class,
    /// Begins with a capital letter (after a particle and a hyphen: al-Masri).
    pub(super) capital: bool,
    /// Two letters or more, all capitals.
    pub(super) upper: bool,
    /// Ends in -ly, as most adverbs do.
    pub(super) manner: bool,
}

impl Token {
    /// Whether the token is this mark.
    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(mark) if marks.contains(&mark))
    }

    /// Whether the token is a word or number.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }

    /// Whether the word has this class.
    pub(super) fn is(&self, class: Class) -> bool {
        self.class.is(class)
    }
}

/// The tokens of some blocks, quotations not folded: every word is looked up once for all rules.
pub(super) struct Words {
    tokens: Vec<Token>,
    ends: Vec<usize>,
}

impl Words {
    /// Cuts blocks into tokens.
    pub(super) fn of(tokeniser: &mut Tokeniser<'_>, blocks: &[Block]) -> Self {
        let bytes: usize = blocks.iter().map(|block| block.span.len()).sum();
        let mut tokens = Vec::with_capacity(bytes / 5);
        let mut ends = Vec::with_capacity(blocks.len());
        for block in blocks {
            let body = tokeniser.body_of(block);
            tokeniser.plain(body.start(), body.end(), &mut tokens);
            ends.push(tokens.len());
        }
        Self { tokens, ends }
    }

    /// The tokens of one block, by its index among those that were cut.
    pub(super) fn of_block(&self, block: usize) -> &[Token] {
        let start = block.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.tokens[start..self.ends[block]]
    }
}

/// Cuts one stretch of an article into tokens.
pub(super) struct Tokeniser<'a> {
    text: &'a str,
    lexicon: &'static Lexicon,
    learnt: Option<&'a Learnt>,
    lower: String,
}

impl<'a> Tokeniser<'a> {
    /// A tokeniser for one article.
    pub(super) fn new(text: &'a str, language: Language) -> Self {
        Self {
            text,
            lexicon: Lexicon::of(language),
            learnt: None,
            lower: String::new(),
        }
    }

    /// The language whose words it knows.
    pub(super) fn language(&self) -> Language {
        self.lexicon.language
    }

    /// The words of a block: the mark that makes it an item of a list is nobody's.
    pub(super) fn body_of(&self, block: &Block) -> Span {
        body_of(self.text, block)
    }

    /// Takes verbs that were confirmed as cues for verbs of saying.
    pub(super) fn knowing(mut self, learnt: &'a Learnt) -> Self {
        self.learnt = Some(learnt).filter(|learnt| learnt.has_cues());
        self
    }

    /// The tokens of `within`; `quotes` (sorted) are folded into one token each.
    pub(super) fn tokens(&mut self, within: Span, quotes: &[QuoteRun]) -> Vec<Token> {
        self.fold(&[], within, quotes)
    }

    /// The same when `within` was cut before, without quotations: its tokens are taken over as far as they go.
    pub(super) fn fold(&mut self, cut: &[Token], within: Span, quotes: &[QuoteRun]) -> Vec<Token> {
        let mut out = Vec::with_capacity(cut.len().max(within.len() / 5));
        let mut at = within.start();
        let first = quotes.partition_point(|run| run.span.end() <= at);
        for run in &quotes[first..] {
            if run.span.start() >= within.end() {
                break;
            }
            let first = run
                .fragments
                .partition_point(|fragment| fragment.end() <= at);
            for fragment in &run.fragments[first..] {
                if fragment.start() >= within.end() {
                    break;
                }
                if fragment.start() < at || fragment.end() > within.end() {
                    continue;
                }
                self.gap(cut, at, fragment.start(), &mut out);
                let kind = if run.kind == QuoteKind::Speech {
                    Kind::Quote
                } else {
                    Kind::Phrase
                };
                out.push(Token {
                    span: *fragment,
                    kind,
                    class: Class::default(),
                    capital: kind == Kind::Phrase,
                    upper: false,
                    manner: false,
                });
                at = fragment.end();
            }
        }
        self.gap(cut, at, within.end(), &mut out);
        out
    }

    /// The tokens between two quotations; those that a quotation mark cuts through are cut anew.
    fn gap(&mut self, cut: &[Token], from: usize, to: usize, out: &mut Vec<Token>) {
        let first = cut.partition_point(|token| token.span.start() < from);
        let end = first + cut[first..].partition_point(|token| token.span.start() < to);
        let whole = first
            .checked_sub(1)
            .is_none_or(|at| cut[at].span.end() <= from)
            && cut[first..end]
                .last()
                .is_none_or(|last| last.span.end() <= to);
        if cut.is_empty() || !whole {
            self.plain(from, to, out);
        } else {
            out.extend_from_slice(&cut[first..end]);
        }
    }

    fn plain(&mut self, from: usize, to: usize, out: &mut Vec<Token>) {
        let Some(text) = self.text.get(from..to) else {
            return;
        };
        let mut rest = text.char_indices().peekable();
        while let Some((start, letter)) = rest.next() {
            if letter.is_whitespace() {
                continue;
            }
            if letter.is_alphanumeric() {
                let end = word_end(text, start);
                while rest.next_if(|(at, _)| *at < end).is_some() {}
                let token = self.word(&text[start..end], from + start);
                out.push(token);
                continue;
            }
            let mut end = start + letter.len_utf8();
            let mut kind = Kind::Mark(letter);
            if letter == '-' && rest.next_if(|(_, next)| *next == '-').is_some() {
                // Typewriter dash.
                end += 1;
                kind = Kind::Mark('—');
            }
            if is_apostrophe(letter)
                && out
                    .last()
                    .is_some_and(|last| last.is_word() && last.span.end() == from + start)
            {
                let after = &text[end..];
                let possessive = after
                    .strip_prefix(['s', 'S'])
                    .is_some_and(|more| !more.starts_with(char::is_alphanumeric));
                if possessive {
                    rest.next();
                    end += 1;
                    kind = Kind::Possessive;
                } else if self.text[..from + start].ends_with('s') && after.starts_with(' ') {
                    kind = Kind::Possessive;
                }
            }
            out.push(Token {
                span: Span::new(from + start, from + end),
                kind,
                class: Class::default(),
                capital: false,
                upper: false,
                manner: false,
            });
        }
    }

    fn word(&mut self, word: &str, start: usize) -> Token {
        self.lower.clear();
        if word.is_ascii() {
            self.lower.push_str(word);
            self.lower.make_ascii_lowercase();
        } else {
            self.lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        let first = word.chars().next().unwrap_or(' ');
        let capital = first.is_uppercase() || small_particle(word);
        let mut class = self.lexicon.class(&self.lower);
        if let Some(learnt) = self.learnt
            && !capital
        {
            class = class.and(learnt.cue(&self.lower));
        }
        let mut letters = 0;
        let upper = word.chars().filter(|c| c.is_alphabetic()).all(|c| {
            letters += 1;
            c.is_uppercase()
        }) && letters > 1;
        Token {
            span: Span::new(start, start + word.len()),
            kind: if first.is_numeric() {
                Kind::Number
            } else {
                Kind::Word
            },
            class,
            capital,
            upper,
            manner: !capital && is_manner(&self.lower),
        }
    }
}

/// Whether most of the longer words of a heading have a capital.
pub(super) fn is_title_case(tokens: &[Token]) -> bool {
    let mut long = 0;
    let mut capital = 0;
    for token in tokens
        .iter()
        .filter(|token| token.kind == Kind::Word && !token.is(Class::CLOSED))
    {
        long += 1;
        capital += usize::from(token.capital);
    }
    capital * 10 >= long * 7
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | '´')
}

/// "sharply", but not "family".
fn is_manner(lower: &str) -> bool {
    const NOUNS: [&str; 14] = [
        "rally",
        "family",
        "reply",
        "supply",
        "assembly",
        "anomaly",
        "monopoly",
        "bully",
        "tally",
        "folly",
        "elderly",
        "butterfly",
        "belly",
        "homily",
    ];
    lower.len() > 4 && lower.ends_with("ly") && !NOUNS.contains(&lower)
}

/// "al-Masri", "el-Sisi", "d’Estaing": small at the front, a name all the same.
fn small_particle(word: &str) -> bool {
    ["al-", "el-", "ul-", "as-", "d’", "d'", "bin-", "ibn-"]
        .iter()
        .any(|particle| {
            word.strip_prefix(particle)
                .is_some_and(|name| name.starts_with(char::is_uppercase))
        })
}

/// Where the word that begins at `start` ends: letters and digits, inner hyphens and apostrophes, decimal points, and
/// the stops of initials and of known abbreviations.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    let mut stops = 0;
    while let Some((at, letter)) = chars.next() {
        let here = start + at;
        if letter.is_alphanumeric() || is_mark_in_word(letter) {
            end = here + letter.len_utf8();
            continue;
        }
        let next = chars.peek().map(|(_, next)| *next);
        let inner = match letter {
            '-' | '\u{2010}' | '\u{2011}' => next.is_some_and(char::is_alphanumeric),
            '\'' | '’' | '‘' => {
                next.is_some_and(char::is_alphabetic)
                    && !is_possessive(&text[here + letter.len_utf8()..])
            }
            '.' | ',' if text[start..here].ends_with(|c: char| c.is_ascii_digit()) => {
                next.is_some_and(|next| next.is_ascii_digit())
            }
            '.' => {
                let piece = text[start..here].rsplit('.').next().unwrap_or("");
                let single = piece.chars().count() == 1 && piece.chars().all(char::is_alphabetic);
                let initial = single
                    && (piece.chars().all(char::is_uppercase)
                        || stops > 0
                        || next.is_some_and(char::is_alphabetic));
                if initial || is_abbreviation(&text[start..here]) {
                    stops += 1;
                    end = here + 1;
                    if !next.is_some_and(char::is_alphabetic) {
                        return end;
                    }
                    true
                } else {
                    false
                }
            }
            _ => false,
        };
        if !inner {
            break;
        }
    }
    end
}

/// Combining marks and zero-width joiners belong to the letter before.
fn is_mark_in_word(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{ad}'
    )
}

fn is_possessive(after: &str) -> bool {
    after
        .strip_prefix(['s', 'S'])
        .is_some_and(|more| !more.starts_with(char::is_alphanumeric))
}

fn is_abbreviation(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Dr"
            | "Prof"
            | "Sen"
            | "Sens"
            | "Rep"
            | "Reps"
            | "Gov"
            | "Govs"
            | "Gen"
            | "Col"
            | "Lt"
            | "Sgt"
            | "Capt"
            | "Maj"
            | "Adm"
            | "Cpl"
            | "Rev"
            | "Fr"
            | "St"
            | "Hon"
            | "Jr"
            | "Sr"
            | "Messrs"
            | "Mme"
            | "Mlle"
            | "Supt"
            | "Insp"
            | "Det"
            | "Jan"
            | "Feb"
            | "Aug"
            | "Sept"
            | "Oct"
            | "Nov"
            | "Dec"
            | "Inc"
            | "Corp"
            | "Ltd"
            | "Co"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        Tokeniser::new(text, Language::English)
            .tokens(Span::new(0, text.len()), &[])
            .iter()
            .map(|token| &text[token.span.range()])
            .collect()
    }

    #[test]
    fn a_possessive_is_a_token_of_its_own() {
        assert_eq!(words("Orla’s envoy"), ["Orla", "’s", "envoy"]);
        assert_eq!(
            words("the ministers’ plan"),
            ["the", "ministers", "’", "plan"]
        );
    }

    #[test]
    fn initials_and_abbreviations_keep_their_stops() {
        assert_eq!(
            words("Dr. J. P. Moss of the U.S. left."),
            ["Dr.", "J.", "P.", "Moss", "of", "the", "U.S.", "left", "."]
        );
    }

    #[test]
    fn a_hyphen_and_an_inner_apostrophe_join() {
        assert_eq!(
            words("al-Masri won’t meet O’Dell"),
            ["al-Masri", "won’t", "meet", "O’Dell"]
        );
    }
}
