//! Units of reading: a sentence, or several where a quotation runs over their ends, as tokens with quotations folded.
//!
//! `“One. Two,” she said.` is one unit of three tokens and a stop, whatever the sentences inside the marks.

use crate::model::{Block, BlockKind, Segments, Span};
use crate::suggest::lexicon::{Class, Lexicon};
use crate::suggest::token::{Kind, Token, Tokeniser, is_title_case};

/// A stretch of one block that rules read at a time.
#[derive(Clone, Copy)]
pub(in crate::suggest) struct Unit<'a> {
    /// The whole article.
    pub(in crate::suggest) text: &'a str,
    /// The unit's tokens.
    pub(in crate::suggest) tokens: &'a [Token],
    /// The words of its language.
    pub(in crate::suggest) lexicon: &'static Lexicon,
}

impl<'a> Unit<'a> {
    /// The word at a place, as written.
    pub(in crate::suggest) fn word(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .and_then(|token| self.text.get(token.span.range()))
            .unwrap_or("")
    }

    /// Whether the word at a place is one of `words`, whatever its case.
    pub(in crate::suggest) fn says(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        words.iter().any(|other| word.eq_ignore_ascii_case(other))
    }

    /// Whether the token at a place has the class.
    pub(in crate::suggest) fn is(&self, at: usize, class: Class) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(class))
    }

    /// Whether the token at a place is one of these marks.
    pub(in crate::suggest) fn mark(&self, at: usize, marks: &[char]) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.is_mark(marks))
    }

    /// Whether a speech quotation stands at a place.
    pub(in crate::suggest) fn quote(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Quote)
    }

    /// Whether a pause stands at a place: comma or dash.
    pub(in crate::suggest) fn pause(&self, at: usize) -> bool {
        self.mark(at, &[',', '–', '—', '―'])
    }

    /// The number of tokens without the stop at the end.
    pub(in crate::suggest) fn end(&self) -> usize {
        let mut end = self.tokens.len();
        while end > 0 && self.mark(end - 1, &['.', '!', '?', '…', ';', ':', ')']) {
            end -= 1;
        }
        end
    }

    /// The text from one token up to another (not included).
    pub(in crate::suggest) fn span(&self, first: usize, end: usize) -> Option<Span> {
        if first >= end {
            return None;
        }
        Some(
            self.tokens
                .get(first)?
                .span
                .hull(self.tokens.get(end - 1)?.span),
        )
    }
}

/// The tokens of a block and where each unit ends.
pub(in crate::suggest) struct Units {
    /// All tokens of the block.
    pub(in crate::suggest) tokens: Vec<Token>,
    /// Ends (exclusive) of the units among them.
    pub(in crate::suggest) ends: Vec<usize>,
}

/// Longest unit, in tokens; the longest sentences of newspapers have a third of it.
const LONGEST_UNIT: usize = 400;

/// Whether a word of a heading in title case has its capital for the heading only: "Holm Says She Will Go".
fn writes_small(token: &Token) -> bool {
    let verb = Class::CUE.and(Class::AUXILIARY).and(Class::PLAIN_VERB);
    let name = Class::GIVEN
        .and(Class::SURNAME)
        .and(Class::PLACE)
        .and(Class::ORG);
    token.kind == Kind::Word && !token.upper && token.is(verb.and(Class::CLOSED)) && !token.is(name)
}

/// Cuts one block, whose tokens without folding are `words`, into units.
pub(in crate::suggest) fn units(
    tokeniser: &mut Tokeniser<'_>,
    words: &[Token],
    segments: &Segments,
    block: &Block,
) -> Units {
    let body = tokeniser.body_of(block);
    let mut tokens = tokeniser.fold(words, body, &segments.quotes);
    if matches!(block.kind, BlockKind::Headline | BlockKind::Heading) && is_title_case(&tokens) {
        for token in &mut tokens {
            token.capital &= !writes_small(token);
        }
    }
    let first = segments
        .sentences
        .partition_point(|sentence| sentence.end() <= block.span.start());
    let mut ends = Vec::new();
    let mut at = 0;
    for sentence in segments.sentences[first..]
        .iter()
        .take_while(|sentence| sentence.start() < block.span.end())
    {
        // A token that begins in the sentence belongs to it; a quotation that goes on past its end takes the unit along.
        let before = at;
        while at < tokens.len() && tokens[at].span.start() < sentence.end() {
            at += 1;
        }
        if at == before {
            continue;
        }
        let runs_over = tokens[at - 1].span.end() > sentence.end();
        let goes_on = tokens[at - 1].kind == Kind::Quote
            && tokens
                .get(at)
                .is_some_and(|next| is_tail(tokens.get(at + 1), next));
        let too_long = at - ends.last().copied().unwrap_or(0) > LONGEST_UNIT;
        if too_long || !runs_over && !goes_on {
            ends.push(at);
        }
    }
    if ends.last() != Some(&tokens.len()) && !tokens.is_empty() {
        ends.push(tokens.len());
    }
    // A "sentence" without end is read in pieces, so that the time stays linear in the length of the text.
    let mut pieces = Vec::with_capacity(ends.len());
    let mut start = 0;
    for end in ends {
        pieces.extend((start + LONGEST_UNIT..end).step_by(LONGEST_UNIT));
        pieces.push(end);
        start = end;
    }
    Units {
        tokens,
        ends: pieces,
    }
}

/// Whether a "sentence" behind a closing mark only says who spoke: `“Why?” she asked.`
fn is_tail(after: Option<&Token>, next: &Token) -> bool {
    if next.kind == Kind::Quote {
        return false;
    }
    let speech = Class::SAY.and(Class::ASK);
    let small = next.kind == Kind::Word && !next.capital;
    // “…” — Ada Holm
    let signed = next.is_mark(&['–', '—', '―'])
        && after.is_some_and(|after| after.kind == Kind::Word && after.capital);
    small
        || signed
        || after
            .is_some_and(|after| after.is(speech) && !after.is(Class::ING_FORM) && !after.capital)
}
