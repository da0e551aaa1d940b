//! What follows a cue: who was told, when and where, and then the words themselves.
//!
//! *Limitations*: after "said on Monday the plan" the adverbial is skipped by its words; an unusual one becomes content.

use super::phrase;
use super::unit::Unit;
use crate::suggest::lexicon::{Class, Language};
use crate::suggest::token::Kind;

/// How the words begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// Nothing follows but adverbials.
    Nothing,
    /// "that …"; the content begins behind it.
    That,
    /// "whether …", "how …".
    Question,
    /// A quotation.
    Quote,
    /// A clause without "that".
    Clause,
    /// "to …".
    Infinitive,
    /// A noun phrase or something else.
    Object,
}

/// The words that a cue announces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Complement {
    /// First token of the content.
    pub(super) at: usize,
    pub(super) opening: Opening,
    /// A comma stands before it, or where it would stand.
    pub(super) paused: bool,
}

/// Reads what stands from token `from` up to `end`.
pub(super) fn read(unit: &Unit<'_>, from: usize, class: Class, end: usize) -> Complement {
    let mut at = from;
    if class.is(Class::TELL) || class.is(Class::ASK) && recipient_first(unit, at) {
        at = skip_recipient(unit, at, end);
    }
    loop {
        let next = skip_adverbial(unit, at, end);
        if next == at {
            break;
        }
        at = next;
    }
    let mut paused = false;
    if unit.pause(at) || unit.mark(at, &[':']) {
        paused = true;
        let mut inner = at + 1;
        if unit.says(inner, &["citing", "quoting"])
            && let Some(close) = (inner..end).find(|near| unit.pause(*near))
        {
            at = close;
            inner = close + 1;
        }
        if unit.quote(inner) {
            at = inner;
        } else {
            loop {
                let next = skip_adverbial(unit, inner, end);
                if next == inner {
                    break;
                }
                inner = next;
            }
            if unit.pause(inner) && inner > at + 1 {
                inner += 1;
            }
            // "said at a stop in Tarn, Valeshire, that …", "said in a letter to Holm, a nurse, that …"
            let that = (inner + 1..end.min(inner + 10))
                .take_while(|near| !unit.quote(*near))
                .find(|near| unit.pause(*near) && unit.says(near + 1, &["that"]));
            if let Some(pause) = that.filter(|_| at > from) {
                inner = pause + 1;
            }
            let german = unit.lexicon.language == Language::German && unit.mark(at, &[',']);
            if german || unit.says(inner, &["that"]) || unit.quote(inner) || unit.mark(at, &[':']) {
                at = inner;
            }
        }
    }
    if at >= end {
        return Complement {
            at: end,
            opening: Opening::Nothing,
            paused,
        };
    }
    let mut opening = opening(unit, at, end);
    if opening == Opening::That && !takes_that(unit, at + 1, class) {
        opening = Opening::Object;
    }
    if opening == Opening::That {
        at += 1;
        if unit.pause(at) {
            at += 1;
        }
    }
    if paused
        && unit.lexicon.language != Language::German
        && !matches!(opening, Opening::Quote | Opening::That)
        && !unit.mark(at.saturating_sub(1), &[':'])
    {
        return Complement {
            at,
            opening: Opening::Nothing,
            paused,
        };
    }
    Complement {
        at,
        opening,
        paused,
    }
}

/// Whether "that" opens a clause: not in "called that figure", "asked that of her".
fn takes_that(unit: &Unit<'_>, next: usize, class: Class) -> bool {
    let speech = Class::SAY
        .and(Class::TELL)
        .and(Class::ASK)
        .and(Class::STATE)
        .and(Class::CUE_NOUN);
    class.is(speech) && !unit.says(next, &["of", "to"]) && next < unit.end()
}

fn opening(unit: &Unit<'_>, at: usize, end: usize) -> Opening {
    if unit.says(at, &["that", "dass", "daß"]) {
        return Opening::That;
    }
    if unit.quote(at) {
        return Opening::Quote;
    }
    if unit.says(
        at,
        &[
            "whether", "if", "how", "why", "what", "who", "when", "where", "ob",
        ],
    ) {
        return Opening::Question;
    }
    if unit.says(at, &["to"]) {
        return Opening::Infinitive;
    }
    if unit.mark(at, &[')', ';', '.', '?', '!']) {
        return Opening::Nothing;
    }
    if has_clause(unit, at, end) {
        Opening::Clause
    } else {
        Opening::Object
    }
}

/// Whether a subject and a finite verb follow soon.
fn has_clause(unit: &Unit<'_>, at: usize, end: usize) -> bool {
    if unit.is(at, Class::PRONOUN) {
        return true;
    }
    if unit.is(at, Class::PREPOSITION) && !unit.is(at, Class::CONJUNCTION) {
        return false;
    }
    let reach = end.min(at + 16);
    let finite = |near: usize| {
        unit.is(near, Class::AUXILIARY.and(Class::PLAIN_VERB))
            && !unit.says(near, &["being", "been", "be", "having", "not", "never"])
    };
    let relative = (at + 1..reach).find(|near| unit.says(*near, &["who", "which", "that"]));
    let stop = (at + 1..reach)
        .find(|near| unit.pause(*near) || unit.says(*near, &["who", "which", "that", "but"]))
        .unwrap_or(reach);
    if (at + 1..stop).any(|near| finite(near) || unit.is(near, Class::PRONOUN) && near < at + 10) {
        return true;
    }
    // "ports that gave their crews a say had lost fewer days", "the offer, a year at full pay, was generous"
    let verbs = |from: usize| {
        (from..end.min(from + 16))
            .take_while(|near| !unit.pause(*near))
            .filter(|near| finite(*near))
            .count()
    };
    relative.is_some_and(|that| that == stop && verbs(that) > 1)
        || unit.pause(stop)
            && (stop + 1..end.min(stop + 12)).any(|near| unit.pause(near) && finite(near + 1))
}

fn recipient_first(unit: &Unit<'_>, at: usize) -> bool {
    !unit.says(
        at,
        &[
            "whether", "if", "how", "why", "what", "who", "when", "where", "for", "that", "to",
        ],
    ) && !unit.quote(at)
}

/// "told reporters", "told the BBC", "told her".
fn skip_recipient(unit: &Unit<'_>, at: usize, end: usize) -> usize {
    if at >= end || unit.is(at, Class::CONJUNCTION) || unit.quote(at) || unit.pause(at) {
        return at;
    }
    if unit.is(at, Class::PRONOUN_OTHER) || unit.says(at, &["you", "it", "her"]) {
        return at + 1;
    }
    let article = unit.is(at, Class::DETERMINER.and(Class::QUANTIFIER));
    if unit.is(at, Class::ORG) && unit.tokens[at].capital {
        let mut stop = at + 1;
        while stop < end
            && unit.is(stop, Class::ORG.and(Class::ORG_NOUN))
            && unit.tokens[stop].capital
        {
            stop += 1;
        }
        if unit
            .tokens
            .get(stop)
            .is_some_and(|token| token.kind == Kind::Possessive)
        {
            return phrase::stretch_on(unit, at).unwrap_or(stop).min(end);
        }
        return stop;
    }
    let whole = phrase::stretch_on(unit, at).map_or(at, |stop| stop.min(end));
    if article {
        return whole;
    }
    // A plural ends the recipient: "told reporters prices would rise".
    for stop in at..whole {
        let word = unit.word(stop);
        if !unit.tokens[stop].capital
            && word.ends_with('s')
            && !word.ends_with("ss")
            && unit
                .tokens
                .get(stop + 1)
                .is_none_or(|next| next.kind == Kind::Word)
        {
            return stop + 1;
        }
    }
    whole
}

/// "on Monday", "in a statement", "last week", "also", "to reporters".
fn skip_adverbial(unit: &Unit<'_>, at: usize, end: usize) -> usize {
    let Some(token) = unit.tokens.get(at) else {
        return at;
    };
    if at >= end {
        return at;
    }
    if token.is(Class::CALENDAR) && token.capital
        || token.is(Class::TIME) && !unit.says(at, &["now"])
        || token.manner
    {
        let mut stop = at + 1;
        while stop < end && unit.is(stop, Class::TIME.and(Class::CALENDAR)) {
            stop += 1;
        }
        // "this" and "last" need a time behind them: "said this plan".
        if stop == at + 1 && unit.says(at, &["this", "last", "next", "late", "early"]) {
            return at;
        }
        return if unit
            .tokens
            .get(stop)
            .is_some_and(|token| token.kind == Kind::Number)
            && token.is(Class::CALENDAR)
        {
            stop + 1
        } else {
            stop
        };
    }
    if unit.says(
        at,
        &[
            "also", "again", "once", "simply", "only", "even", "flatly", "in", "at", "on", "to",
            "during", "after", "before", "by", "via", "through", "from", "with", "about", "of",
            "ahead", "as", "when", "while",
        ],
    ) {
        return skip_preposition(unit, at, end);
    }
    at
}

fn skip_preposition(unit: &Unit<'_>, at: usize, end: usize) -> usize {
    if unit.says(at, &["also", "again", "simply", "flatly", "once"]) {
        return at + 1;
    }
    if unit.says(at, &["only", "even"])
        || unit.says(at, &["at", "in"]) && unit.says(at + 1, &["least", "most", "fact", "general"])
    {
        return at;
    }
    if unit.says(at, &["as", "when", "while"]) {
        return skip_clause(unit, at, end);
    }
    let sequel = unit.says(at, &["after", "before"]);
    let mut stop = at + 1;
    if unit.is(stop, Class::PRONOUN_OTHER.and(Class::PRONOUN)) {
        return stop + 1;
    }
    if unit
        .tokens
        .get(stop)
        .is_some_and(|token| token.is(Class::CALENDAR) || token.kind == Kind::Number)
    {
        stop += 1;
        if unit
            .tokens
            .get(stop)
            .is_some_and(|token| token.kind == Kind::Number || token.is(Class::TIME))
        {
            stop += 1;
        }
        return stop.min(end);
    }
    let Some(whole) = phrase::stretch_on(unit, stop) else {
        return if sequel {
            skip_clause(unit, at, end)
        } else {
            at
        };
    };
    // "told to reporters", not "adds to concerns".
    let somebody = |near: usize| unit.tokens[near].capital || unit.is(near, Class::SPEAKER);
    if unit.says(at, &["to"]) && !(stop..whole).any(somebody) {
        return at;
    }
    let whole = whole.min(end);
    // An adverbial is followed by "that", a mark, a quotation, more adverbial, or a new subject.
    let next = whole;
    let article = unit.is(stop, Class::DETERMINER)
        || unit.tokens.get(stop).is_some_and(|token| token.capital)
        || unit.says(at, &["to"]);
    let clean = next >= end
        || unit.pause(next)
        || unit.quote(next)
        || unit.mark(next, &[':'])
        || unit.says(
            next,
            &[
                "that", "on", "in", "at", "during", "after", "before", "to", "by", "with", "about",
                "when", "as",
            ],
        )
        || unit.is(next, Class::CALENDAR.and(Class::TIME))
        || article && unit.is(next, Class::DETERMINER.and(Class::PRONOUN));
    match clean {
        true => whole,
        false if sequel => skip_clause(unit, at, end),
        false => at,
    }
}

/// A clause of time at the end: "…, she said as she left."
fn skip_clause(unit: &Unit<'_>, at: usize, end: usize) -> usize {
    let mut clause = at..end;
    let more =
        clause.any(|near| unit.quote(near) || unit.pause(near) || unit.says(near, &["that"]));
    if more || unit.says(at + 1, &["long", "soon"]) {
        at
    } else {
        end
    }
}
