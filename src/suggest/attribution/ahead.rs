//! The cue comes first: `Holm said that …`, `Holm told the paper …`, `the report suggests …`, `Holm said: “…”`.
//!
//! Also what hangs on a subject named before: `…, adding that …`, `and said …`.

use super::complement::{self, Complement, Opening};
use super::cue::{self, Cue, Stance};
use super::draft::Draft;
use super::german;
use super::phrase::{self, Phrase};
use super::unit::Unit;
use crate::suggest::Confidence;
use crate::suggest::lexicon::{Class, Language};
use crate::suggest::token::Kind;

/// Reads the unit with this cue as one that stands before its words; `shared` is the source of the cue before it.
pub(super) fn read(unit: &Unit<'_>, cue: &Cue, shared: Option<Phrase>) -> Option<Draft> {
    if cue.stance == Stance::Passive || unit.says(cue.verb, &["citing", "quoting"]) {
        return None;
    }
    let german = unit.lexicon.language == Language::German;
    let own = match cue.stance {
        Stance::Finite if german => None,
        Stance::Finite => phrase::before(unit, cue.first),
        Stance::Reduced => phrase::before(unit, cue.first).map(|noun| issuer(unit, noun)),
        _ => None,
    };
    let (subject, rest) = match (cue.stance, own) {
        (Stance::Finite, _) if german => german::subject(unit, cue)?,
        (Stance::Finite | Stance::Reduced, own) => (own?, cue.end),
        _ => (shared.or_else(|| clause_head(unit, cue.first))?, cue.end),
    };
    if nobody(unit, subject) {
        return None;
    }
    let end = unit.end();
    let complement = complement::read(unit, rest, cue.class, unit.tokens.len());
    if let Some(draft) = between(unit, cue, subject, &complement) {
        return Some(draft);
    }
    let (confidence, why) = judge(unit, cue, subject, complement.opening)?;
    let stop = if complement.opening == Opening::Quote {
        quote_end(unit, complement.at, end)
    } else {
        cut_loose(unit, complement.at, end, complement.opening)
    };
    let at = complement.at;
    let adverbial = complement.opening == Opening::Object
        && unit.is(at, Class::PREPOSITION.and(Class::ADVERB))
        && !unit.is(at, Class::QUANTIFIER);
    if adverbial {
        return None;
    }
    if stop <= at || stop - at < 2 && !unit.quote(at) && complement.opening != Opening::Object {
        return None;
    }
    let mut draft = Draft::new(unit, Some(subject), cue.shown, confidence, why);
    draft.add(unit, at, stop);
    Some(draft)
}

/// "Now, officials say, the bridge is closed": the cue between a word or two and the rest of the words.
fn between(unit: &Unit<'_>, cue: &Cue, subject: Phrase, complement: &Complement) -> Option<Draft> {
    let framed = complement.opening == Opening::Nothing
        && complement.paused
        && subject.first > 1
        && unit.pause(subject.first - 1)
        && cue.class.is(Class::SAY);
    if !framed {
        return None;
    }
    let pause = (cue.end..unit.end()).find(|at| unit.pause(*at))?;
    let quoted = (pause..unit.end()).any(|at| unit.quote(at));
    if unit.end() < pause + 4 && !quoted {
        return None;
    }
    let why = "The speaker and a verb of saying stand between the words";
    let mut draft = Draft::new(unit, Some(subject), cue.shown, Confidence::Likely, why);
    if subject.first <= 5 && !unit.is(0, Class::PREPOSITION) {
        draft.add(unit, 0, subject.first - 1);
    }
    draft.add(unit, pause + 1, cut(unit, pause + 1, unit.end()));
    Some(draft)
}

/// "Holm issued a statement saying": she says it, not the statement.
fn issuer(unit: &Unit<'_>, noun: Phrase) -> Phrase {
    const ISSUES: [&str; 16] = [
        "issued",
        "released",
        "sent",
        "wrote",
        "published",
        "put",
        "signed",
        "made",
        "posted",
        "gave",
        "filed",
        "circulated",
        "issuing",
        "releasing",
        "sending",
        "issues",
    ];
    (noun.first.saturating_sub(4)..noun.first)
        .rev()
        .find(|at| unit.says(*at, &ISSUES))
        .and_then(|verb| {
            let mut first = verb;
            while first > 0 && unit.is(first - 1, Class::AUXILIARY.and(Class::ADVERB)) {
                first -= 1;
            }
            phrase::before(unit, first)
        })
        .unwrap_or(noun)
}

/// How far to trust the cue with this kind of words behind it, or not at all.
fn judge(
    unit: &Unit<'_>,
    cue: &Cue,
    subject: Phrase,
    opening: Opening,
) -> Option<(Confidence, &'static str)> {
    let class = cue.class;
    let says = class.is(Class::SAY.and(Class::TELL));
    let document = (subject.first..subject.end)
        .take_while(|at| {
            !unit.pause(*at) && (!unit.is(*at, Class::PREPOSITION) || *at == subject.first)
        })
        .any(|at| unit.is(at, Class::DOCUMENT));
    Some(match opening {
        Opening::Nothing => return None,
        Opening::Quote => (Confidence::Sure, "A quote follows the speaker and the verb"),
        Opening::That if document => (
            Confidence::Sure,
            "A document or poll is said to say this (“that …”)",
        ),
        Opening::That
            if class.is(Class::OBJECT)
                && !class.is(Class::SAY.and(Class::STATE).and(Class::TELL)) =>
        {
            (Confidence::Likely, "“that …” after a verb of opinion")
        }
        Opening::That => (
            Confidence::Sure,
            "“that …” after a verb of saying or thinking",
        ),
        Opening::Question if says || class.is(Class::ASK.and(Class::STATE)) => (
            Confidence::Likely,
            "A question follows a verb of saying or asking",
        ),
        Opening::Clause if says => (
            Confidence::Sure,
            "A statement follows the speaker and a verb of saying",
        ),
        Opening::Clause if document => (
            Confidence::Likely,
            "A document or poll is said to show this",
        ),
        Opening::Clause if class.is(Class::STATE) => (
            Confidence::Likely,
            "A statement follows a verb of thinking or telling",
        ),
        Opening::Object if document => (
            Confidence::Likely,
            "A document or poll is said to show this",
        ),
        Opening::Infinitive
            if class.is(Class::OBJECT
                .and(Class::TELL)
                .and(Class::STATE)
                .and(Class::ASK)) =>
        {
            (
                Confidence::Hint,
                "What somebody promises, demands or refuses",
            )
        }
        Opening::Clause | Opening::Object if class.is(Class::OBJECT) => (
            Confidence::Hint,
            "What somebody demands, rejects, praises or blames",
        ),
        Opening::Object if says => (Confidence::Hint, "What somebody says, in a few words"),
        _ => return None,
    })
}

/// "There", "it" and the like say nothing.
fn nobody(unit: &Unit<'_>, subject: Phrase) -> bool {
    subject.end - subject.first == 1
        && unit.says(
            subject.first,
            &["it", "there", "this", "that", "what", "which"],
        )
}

/// The subject of the clause on which a participle hangs.
fn clause_head(unit: &Unit<'_>, stop: usize) -> Option<Phrase> {
    let mut at = 0;
    while unit.is(at, Class::CONJUNCTION.and(Class::ADVERB)) && !unit.is(at, Class::PREPOSITION) {
        at += 1;
    }
    if unit.is(at, Class::PREPOSITION) || unit.quote(at) {
        at = (at..stop).find(|near| unit.pause(*near))? + 1;
    }
    phrase::after(unit, at).filter(|phrase| phrase.end < stop)
}

/// Where the quotation ends, with the words that go on from it: `“A” and “B”`.
fn quote_end(unit: &Unit<'_>, at: usize, end: usize) -> usize {
    let closed = |at: usize| {
        unit.text[unit.tokens[at].span.range()]
            .trim_end_matches(['”', '"', '’', '\'', '“', '»', '«'])
            .ends_with(['.', '!', '?', ','])
    };
    let mut stop = at + 1;
    while unit.quote(stop) {
        stop += 1;
    }
    if closed(stop - 1) || stop >= end {
        return stop;
    }
    cut(unit, stop, end)
}

/// Where the words end: at the unit's end, or where the writer or another cue takes over.
pub(super) fn cut(unit: &Unit<'_>, at: usize, end: usize) -> usize {
    for near in at + 1..end {
        if unit.pause(near) {
            let next = near + 1;
            let takes_over = unit.is(next, Class::CUE) && unit.is(next, Class::ING_FORM)
                || unit.says(next, &["citing", "according", "although", "though"])
                || unit.says(next, &["and", "but"]) && shared_cue(unit, next + 1)
                || unit.says(next, &["but"])
                || shared_cue(unit, next) && relative_before(unit, at)
                || unit.says(next, &["and", "while", "whereas"]) && speaks_anew(unit, next + 1);
            if takes_over {
                return near;
            }
            continue;
        }
        let shared = unit.says(near, &["and", "but"]) && shared_cue(unit, near + 1);
        let anew = unit.mark(near, &[';'])
            && (speaks_anew(unit, near + 1)
                || unit.says(near + 1, &["and", "but", "while"]) && speaks_anew(unit, near + 2));
        if shared || anew || unit.says(near, &["according"]) && unit.says(near + 1, &["to"]) {
            return near;
        }
    }
    end
}

/// As [`cut`]; what somebody points to, in a few words, also ends before ", throwing …".
fn cut_loose(unit: &Unit<'_>, at: usize, end: usize, opening: Opening) -> usize {
    let end = cut(unit, at, end);
    if !matches!(opening, Opening::Object | Opening::Infinitive) {
        return end;
    }
    // "…, the paper reported that …": the next attribution begins.
    let next_cue = |near: usize| {
        phrase::after(unit, near).is_some_and(|subject| {
            unit.is(subject.end, Class::SAY) && cue::at(unit, subject.end).is_some()
        })
    };
    let end = (at + 1..end)
        .find(|near| unit.pause(*near) && next_cue(near + 1))
        .unwrap_or(end);
    if opening != Opening::Object {
        return end;
    }
    (at + 2..end)
        .find(|near| unit.pause(*near) && unit.word(near + 1).ends_with("ing"))
        .unwrap_or(end)
}

/// "…; Holm said …", ", while 40 percent said …": somebody else begins to speak.
fn speaks_anew(unit: &Unit<'_>, at: usize) -> bool {
    let Some(subject) = phrase::after(unit, at) else {
        return false;
    };
    let somebody = (subject.first..subject.end).any(|near| {
        unit.is(near, Class::SPEAKER.and(Class::PRONOUN))
            || unit.tokens[near].capital
            || unit.tokens[near].kind == Kind::Number
    });
    somebody
        && unit.is(subject.end, Class::SAY.and(Class::TELL))
        && cue::at(unit, subject.end).is_some_and(|cue| {
            complement::read(unit, cue.end, cue.class, unit.tokens.len()).opening
                != Opening::Nothing
        })
}

/// "Holm, who said X, said Y": the words at `at` belong to a relative clause.
fn relative_before(unit: &Unit<'_>, at: usize) -> bool {
    (at.saturating_sub(6)..at).any(|near| unit.says(near, &["who", "which"]))
}

/// "and said that", "but also warned:".
fn shared_cue(unit: &Unit<'_>, at: usize) -> bool {
    let at = if unit.is(at, Class::ADVERB) || unit.tokens.get(at).is_some_and(|token| token.manner)
    {
        at + 1
    } else {
        at
    };
    if !unit.is(at, Class::SAY.and(Class::TELL))
        || !unit.is(at, Class::PAST_FORM.and(Class::THIRD_FORM))
    {
        return false;
    }
    cue::at(unit, at).is_some_and(|cue| {
        matches!(
            complement::read(unit, cue.end, cue.class, unit.tokens.len()).opening,
            Opening::That | Opening::Quote | Opening::Clause
        )
    })
}
