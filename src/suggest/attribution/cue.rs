//! Cues: the verb, with its auxiliaries, that says that somebody says something.
//!
//! Tells verbs from nouns of the same form by what stands before ("the claims", "she claims").
//! *Limitations*: a reduced relative clause ("the plan announced on Monday") can look like a finite verb.

use super::german;
use super::unit::Unit;
use crate::suggest::lexicon::{Class, Language};
use crate::suggest::token::Kind;

/// How the verb stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    /// With a subject of its own: "she said", "he has claimed".
    Finite,
    /// Hangs on the subject of the clause before: ", adding that".
    Participle,
    /// After "and" or "but": shares the subject.
    Shared,
    /// Behind the noun that says it: "polls showing that".
    Reduced,
    /// "was told", "is believed".
    Passive,
}

/// A cue in a unit: tokens `first..end`, its verb among them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    pub(super) first: usize,
    pub(super) verb: usize,
    pub(super) end: usize,
    pub(super) class: Class,
    pub(super) stance: Stance,
    /// The tokens to show: in German the verb alone, without what its halves enclose.
    pub(super) shown: (usize, usize),
}

const BE: [&str; 10] = [
    "is", "are", "was", "were", "be", "been", "being", "am", "isn’t", "wasn’t",
];

/// The cue whose verb is token `verb`, if it is one.
pub(super) fn at(unit: &Unit<'_>, verb: usize) -> Option<Cue> {
    let token = unit.tokens.get(verb)?;
    if token.kind != Kind::Word || token.capital || !token.is(Class::CUE) {
        return None;
    }
    let mut class = token.class;
    let mut end = verb + 1;
    if unit.lexicon.language == Language::German {
        return german(unit, verb);
    }
    if token.is(Class::PHRASAL) {
        let lower = unit.word(verb);
        let particle = (verb + 1..verb + 3).find(|at| unit.lexicon.takes(lower, unit.word(*at)));
        match particle {
            Some(at) => end = at + 1,
            None if !token.is(Class::SAY
                .and(Class::TELL)
                .and(Class::ASK)
                .and(Class::STATE)
                .and(Class::OBJECT)) =>
            {
                return None;
            }
            None => {}
        }
        if particle.is_some() && !unit.says(end - 1, &["out", "clear"]) {
            class = class.and(Class::OBJECT);
        }
    }
    if unit.says(verb, &["hear", "hears", "heard", "hearing"]) && !before_a_bench(unit, verb) {
        return None;
    }
    let ambiguous = token.is(Class::BASE_FORM.and(Class::THIRD_FORM))
        && !token.is(Class::PAST_FORM)
        && token.is(Class::NOUN_TOO.and(Class::CUE_NOUN).and(Class::DOCUMENT));
    let before = verb.checked_sub(1);
    if let Some(before) = before {
        if unit.says(before, &["to"]) {
            return None;
        }
        let counts = Class::DETERMINER.and(Class::PREPOSITION);
        let counts = if ambiguous || token.is(Class::ING_FORM) {
            counts.and(Class::QUANTIFIER)
        } else {
            counts
        };
        let noun_before = unit.is(before, counts) && !unit.is(before, Class::UNNAMED)
            || unit.tokens[before].kind == Kind::Possessive;
        if noun_before {
            return None;
        }
        if ambiguous
            && token.is(Class::DOCUMENT.and(Class::CUE_NOUN))
            && next_is_finite(unit, verb + 1)
        {
            return None;
        }
        if ambiguous && !token.is(Class::TELL) && !can_be_subject(unit, before) {
            return None;
        }
    }
    // Auxiliaries and adverbs in front belong to the cue.
    let mut first = verb;
    let mut auxiliary = None;
    while first > 0 {
        let at = first - 1;
        if unit.is(at, Class::AUXILIARY) {
            if auxiliary.is_none() {
                auxiliary = Some(at);
            }
            first = at;
        } else if unit.is(at, Class::ADVERB)
            && !unit.tokens[at].capital
            && at > 0
            && !unit.pause(at - 1)
            || unit.tokens[at].manner
        {
            first = at;
        } else {
            break;
        }
    }
    let stance = if token.is(Class::ING_FORM) {
        match auxiliary {
            Some(at) if unit.says(at, &BE) => Stance::Finite,
            _ if first > 0
                && (unit.pause(first - 1)
                    || unit.quote(first - 1)
                    || unit.is(first - 1, Class::CONJUNCTION)) =>
            {
                Stance::Participle
            }
            // "polls showing that", "a petition calling for"
            _ if first == verb
                && first > 0
                && unit.is(first - 1, Class::SPEAKER)
                && !unit.tokens[first - 1].capital
                && !unit.is(verb + 1, Class::AUXILIARY.and(Class::PLAIN_VERB))
                && !unit.says(first - 1, &["those", "all", "others"]) =>
            {
                Stance::Reduced
            }
            _ => return None,
        }
    } else if token.is(Class::BASE_FORM) && !token.is(Class::PAST_FORM) {
        let noun = !ambiguous && first > 0 && somebody_before(unit, first - 1);
        if auxiliary.is_none() && !plural_before(unit, first) && !noun {
            return None;
        }
        Stance::Finite
    } else if auxiliary.is_some_and(|at| unit.says(at, &BE)) && token.is(Class::PARTICIPLE) {
        Stance::Passive
    } else if first > 0 && unit.says(first - 1, &["and", "but", "then"]) {
        // "met with doubts and fears that": a noun.
        if ambiguous && token.is(Class::CUE_NOUN) {
            return None;
        }
        Stance::Shared
    } else {
        Stance::Finite
    };
    Some(Cue {
        first,
        verb,
        end,
        class,
        stance,
        shown: (first, end),
    })
}

/// German: a finite verb of saying, with its other half wherever that stands.
fn german(unit: &Unit<'_>, verb: usize) -> Option<Cue> {
    let token = &unit.tokens[verb];
    let before = verb.checked_sub(1);
    if before.is_some_and(|at| unit.says(at, &["zu", "es", "wie"])) {
        return None;
    }
    let bracket = german::bracket(unit, verb)?;
    Some(Cue {
        first: bracket.finite,
        verb,
        end: bracket.end,
        class: token.class.and(Class::SAY),
        stance: Stance::Finite,
        shown: (verb, verb + 1),
    })
}

/// Whether the word before a form that is a noun as well ("states", "attacks") can be a subject.
fn can_be_subject(unit: &Unit<'_>, before: usize) -> bool {
    let token = &unit.tokens[before];
    let speaker = Class::PRONOUN
        .and(Class::SPEAKER)
        .and(Class::QUANTIFIER)
        .and(Class::AUXILIARY)
        .and(Class::ADVERB)
        .and(Class::CONJUNCTION);
    token.is(speaker)
        || token.manner
        || token.kind != Kind::Word
        || token.capital && !token.is(Class::DEMONYM)
        || token.is(Class::DEMONYM) && unit.word(before).ends_with('s')
}

/// Whether a finite verb follows, so that the word before it is a noun: "reports say".
fn next_is_finite(unit: &Unit<'_>, at: usize) -> bool {
    unit.is(at, Class::AUXILIARY)
        || unit.is(at, Class::CUE.and(Class::PLAIN_VERB)) && !unit.is(at, Class::ING_FORM)
}

/// "the inquiry heard": what others hear is not reported, what a court hears is.
fn before_a_bench(unit: &Unit<'_>, verb: usize) -> bool {
    const BENCHES: [&str; 10] = [
        "inquiry",
        "court",
        "hearing",
        "tribunal",
        "inquest",
        "jury",
        "committee",
        "panel",
        "commission",
        "jurors",
    ];
    (verb.saturating_sub(3)..verb).any(|at| unit.says(at, &BENCHES))
}

/// "one in five say", "a third say", "Holm and Quist say".
fn somebody_before(unit: &Unit<'_>, before: usize) -> bool {
    let before = if unit.pause(before) && before > 0 {
        before - 1
    } else {
        before
    };
    let token = &unit.tokens[before];
    token.kind == Kind::Number
        || token.capital && !token.is(Class::CLOSED.and(Class::OPENER))
        || token.is(Class::SPEAKER)
        || unit.says(
            before,
            &[
                "third", "half", "quarter", "percent", "majority", "surveyed", "country",
            ],
        )
}

/// "they say", "officials say", "some believe".
fn plural_before(unit: &Unit<'_>, first: usize) -> bool {
    let Some(mut before) = first.checked_sub(1) else {
        return false;
    };
    if unit.pause(before) && before > 0 {
        before -= 1;
    }
    let word = unit.word(before);
    let token = &unit.tokens[before];
    token.is(Class::QUANTIFIER.and(Class::UNNAMED))
        || unit.says(before, &["i", "we", "you", "they", "who", "people"])
        || token.kind == Kind::Word
            && (word.ends_with('s') || word.ends_with("men"))
            && !word.ends_with("ss")
}
