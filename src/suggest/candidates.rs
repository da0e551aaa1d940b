//! Who in a stretch of text may be speaking: the numbered list behind the key S.
//!
//! People first, then organisations, unnamed sources and pronouns, each kind by its distance to the nearest cue.

use super::attribution::{Unit, phrase_after, phrase_before};
use super::lexicon::{Class, Language, Lexicon};
use super::people::People;
use super::token::{Kind, Tokeniser};
use crate::model::{Segments, Span};

/// One possible speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The words that name it, here.
    pub span: Span,
    /// How to show it: a person's fullest name, else the words themselves.
    pub name: String,
    /// The person, as an index into [`People::names`].
    pub person: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Person,
    Organisation,
    Unnamed,
    Pronoun,
}

/// Finds who in `within` may be speaking, best first, each once.
pub fn source_candidates(
    text: &str,
    segments: &Segments,
    people: &People,
    within: Span,
) -> Vec<Candidate> {
    let language = Language::of(text);
    let quotes: Vec<_> = segments
        .quotes
        .iter()
        .filter(|run| run.span.overlaps(within) && within.covers(run.span))
        .cloned()
        .collect();
    let tokens = Tokeniser::new(text, language).tokens(within, &quotes);
    let unit = Unit {
        text,
        tokens: &tokens,
        lexicon: Lexicon::of(language),
    };
    let cues: Vec<usize> = tokens
        .iter()
        .filter(|token| token.is(Class::SAY.and(Class::TELL).and(Class::ASK)) && !token.capital)
        .map(|token| token.span.start())
        .collect();
    let mut found: Vec<(Rank, usize, Candidate)> = Vec::new();
    let mut offer = |rank: Rank, candidate: Candidate| {
        let distance = |cue: &usize| {
            cue.abs_diff(candidate.span.end())
                .min(cue.abs_diff(candidate.span.start()))
        };
        let near = cues
            .iter()
            .map(distance)
            .min()
            .unwrap_or(candidate.span.start());
        found.push((rank, near, candidate));
    };
    for mention in people.within(within) {
        if tokens
            .iter()
            .any(|token| token.kind == Kind::Quote && token.span.covers(mention.span))
        {
            continue;
        }
        let name = people
            .names
            .get(mention.person)
            .cloned()
            .unwrap_or_default();
        offer(
            Rank::Person,
            Candidate {
                span: mention.span,
                name,
                person: Some(mention.person),
            },
        );
    }
    for at in 0..tokens.len() {
        let token = &tokens[at];
        let next = tokens.get(at + 1);
        if token.kind != Kind::Word {
            continue;
        }
        let organisation = token.capital
            && token.is(Class::ORG.and(Class::ORG_NOUN).and(Class::PLACE))
            && !next.is_some_and(|next| next.kind == Kind::Word && next.capital);
        let unnamed = !token.capital
            && token.is(Class::ROLE.and(Class::UNNAMED).and(Class::DOCUMENT))
            && !next.is_some_and(|next| {
                next.is(Class::ROLE.and(Class::UNNAMED)) || next.capital && next.kind == Kind::Word
            })
            && !is_counted_time(&unit, at)
            && !is_adjective(&unit, at);
        if token.is(Class::PRONOUN) && unit.says(at, &["he", "she", "they", "we", "i", "er", "sie"])
        {
            offer(
                Rank::Pronoun,
                Candidate {
                    span: token.span,
                    name: text[token.span.range()].to_owned(),
                    person: None,
                },
            );
        } else if (organisation || unnamed)
            && let Some(phrase) = phrase_before(&unit, at + 1)
            && let first = behind_names(&unit, people, phrase.first, at)
            && let Some(whole) = phrase_after(&unit, first)
            && let end = before_verb(&unit, whole.end)
            && let Some(span) = unit.span(first, end.max(phrase.end))
        {
            let head = unit.span(first, phrase.end).unwrap_or(span);
            if people.within(span).next().is_some() {
                continue;
            }
            let rank = if organisation {
                Rank::Organisation
            } else {
                Rank::Unnamed
            };
            let span = if rank == Rank::Organisation || is_noun_alone(&unit, at) {
                head
            } else {
                span
            };
            offer(
                rank,
                Candidate {
                    span,
                    name: text[span.range()].to_owned(),
                    person: None,
                },
            );
        }
    }
    found.sort_by_key(|(rank, near, candidate)| (*rank, *near, candidate.span));
    let mut out: Vec<Candidate> = Vec::new();
    for (_, _, candidate) in found {
        let known = out.iter().any(|other| {
            other.name.eq_ignore_ascii_case(&candidate.name) || other.span.overlaps(candidate.span)
        });
        if !known {
            out.push(candidate);
        }
    }
    out
}

/// "an inquiry heard": what follows is no preposition, and so more likely a verb than a part of the phrase.
fn is_noun_alone(unit: &Unit<'_>, at: usize) -> bool {
    let next = unit.tokens.get(at + 1);
    next.is_some_and(|next| next.kind == Kind::Word && !next.capital && !next.is(Class::CLOSED))
}

/// "an engineer who asked not to be named said": the verb of saying behind a clause is none of its words.
fn before_verb(unit: &Unit<'_>, end: usize) -> usize {
    let is_verb = |at: usize| {
        let says = Class::SAY.and(Class::TELL).and(Class::ASK);
        unit.is(at, says) && !unit.is(at, Class::ING_FORM)
    };
    match end.checked_sub(1) {
        // "who said" is a clause, and its verb.
        Some(last) if last > 0 && is_verb(last) && !unit.is(last - 1, Class::CLOSED) => last,
        _ => end,
    }
}

/// "26 minutes", which are no minutes of a meeting.
fn is_counted_time(unit: &Unit<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &unit.tokens[before]);
    unit.says(at, &["minutes"])
        && before.is_some_and(|before| {
            before.kind == Kind::Number || before.is(Class::COUNT.and(Class::NUMBER))
        })
}

/// "an official warning": a word for a person only where no noun follows it. What ends in "-ed" is taken for a verb.
fn is_adjective(unit: &Unit<'_>, at: usize) -> bool {
    let next = unit.tokens.get(at + 1);
    unit.says(at, &["official"])
        && next
            .filter(|next| next.kind == Kind::Word && !next.capital)
            .is_some_and(|next| next.class.is_plain() || next.is(Class::CUE_NOUN))
        && !unit.word(at + 1).ends_with("ed")
}

/// Where the phrase around token `at` begins when persons joined to it by "and" are left out.
fn behind_names(unit: &Unit<'_>, people: &People, first: usize, at: usize) -> usize {
    (first..at)
        .rev()
        .find(|near| {
            let joined = unit.says(*near, &["and", "und"]);
            joined
                && unit
                    .span(first, *near)
                    .is_some_and(|span| people.within(span).next().is_some())
        })
        .map_or(first, |and| and + 1)
}
