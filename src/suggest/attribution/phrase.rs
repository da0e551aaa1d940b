//! Noun phrases before and after a verb: the source with its title, its apposition and what belongs to it.
//!
//! No part-of-speech tagger: closed word classes end a phrase, and a preposition joins two when the first is a word for
//! people, documents or institutions ("sources in Moscow", "head of the union").
//! *Limitations*: a lower-case verb that no list holds is taken for a noun; long relative clauses are cut.

use super::apposition::{apposed, with_apposition};
use super::unit::Unit;
use crate::suggest::lexicon::{Class, Language};
use crate::suggest::token::Kind;

/// Tokens `first..end` of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::suggest) struct Phrase {
    pub(in crate::suggest) first: usize,
    pub(in crate::suggest) end: usize,
}

/// Longest noun phrase looked at, in tokens.
const LONGEST: usize = 18;

/// Prepositions that can join two noun phrases into one source.
const JOINERS: [&str; 12] = [
    "of", "for", "at", "from", "in", "with", "on", "to", "by", "von", "vom", "für",
];

/// The source that ends just before token `end`: "Ada Holm, a nurse from Tarn," or "one source".
pub(in crate::suggest) fn before(unit: &Unit<'_>, end: usize) -> Option<Phrase> {
    if end == 0 {
        return None;
    }
    if unit.pause(end - 1) {
        return with_apposition(unit, end - 1);
    }
    if let Some(whole) = relative_before(unit, end) {
        return Some(whole);
    }
    let timed = before_time(unit, end);
    if timed < end {
        return before(unit, timed);
    }
    if unit.says(end - 1, &["who", "which"]) {
        let antecedent = if end >= 2 && unit.pause(end - 2) {
            end - 2
        } else {
            end - 1
        };
        return base_before(unit, antecedent).or_else(|| before(unit, antecedent));
    }
    base_before(unit, end).map(|inner| whole_subject(unit, inner))
}

/// "Passengers on the ferry to Tarn said": those whom the chain of prepositions is about, when it begins the clause
/// with a word for people; else the phrase itself.
fn whole_subject(unit: &Unit<'_>, inner: Phrase) -> Phrase {
    let mut first = inner.first;
    while first > 1 && unit.says(first - 1, &JOINERS) && inner.end - first < LONGEST {
        let Some(outer) = base_before(unit, first - 1) else {
            break;
        };
        // "Passengers on the ferry" is about its first noun.
        let head = (outer.first..outer.end).take_while(|at| !unit.says(*at, &JOINERS));
        let speaks = head.last().is_some_and(|at| unit.is(at, Class::SPEAKER));
        if speaks && opens_clause(unit, outer.first) {
            return Phrase {
                first: outer.first,
                ..inner
            };
        }
        first = outer.first;
    }
    inner
}

/// "Quist on Monday said", "the council last week said": where the words of time begin, or `end` itself.
fn before_time(unit: &Unit<'_>, end: usize) -> usize {
    if unit.lexicon.language == Language::German {
        return end;
    }
    let timed = |at: usize| {
        unit.is(at, Class::CALENDAR) && unit.tokens[at].capital && !unit.is(at, Class::GIVEN)
            || unit.is(at, Class::TIME) && !unit.tokens[at].capital
    };
    let mut at = end;
    while at > 1 && end - at < 4 && timed(at - 1) {
        at -= 1;
    }
    if at < end
        && at > 1
        && unit.says(
            at - 1,
            &["on", "in", "earlier", "late", "early", "this", "last"],
        )
    {
        at -= 1;
    }
    if at > 0 { at } else { end }
}

/// "people who have fought other fires say", "a woman who worked there until last year told": the one about whom the
/// clause is, not its last noun.
fn relative_before(unit: &Unit<'_>, end: usize) -> Option<Phrase> {
    let who = (end.saturating_sub(LONGEST)..end)
        .rev()
        .take_while(|at| !unit.pause(*at) && !unit.quote(*at) && !unit.mark(*at, &[';', ':']))
        .find(|at| unit.says(*at, &["who"]))?;
    let speaks = (who + 1..end).any(|at| unit.is(at, Class::SAY) && !unit.is(at, Class::SPEAKER));
    if who + 2 >= end || speaks {
        return None;
    }
    base_before(unit, who)
        .filter(|outer| outer.first == 0 || opens_clause(unit, outer.first))
        .map(|outer| Phrase { end, ..outer })
}

/// Whether a clause can begin at this token: after a comma, a quotation, a conjunction, or at the unit's start.
pub(in crate::suggest) fn opens_clause(unit: &Unit<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return true;
    };
    unit.pause(before)
        || unit.quote(before)
        || unit.mark(before, &[';', ':', '(', '.', '!', '?', '…', '•', '*', '"'])
        || unit.is(before, Class::CONJUNCTION)
        || unit.is(before, Class::ADVERB)
        || unit.is(before, Class::TIME.and(Class::CALENDAR))
        || unit.tokens[before].kind == Kind::Number
        || unit.tokens[before].manner
}

/// Whether a token can stand inside a noun phrase.
fn nominal(unit: &Unit<'_>, at: usize) -> bool {
    let Some(token) = unit.tokens.get(at) else {
        return false;
    };
    match token.kind {
        Kind::Number | Kind::Phrase | Kind::Possessive => true,
        Kind::Mark(mark) => matches!(
            mark,
            '&' | '/' | '%' | '$' | '£' | '€' | '#' | '@' | '-' | '.'
        ),
        Kind::Quote => false,
        Kind::Word => {
            if token.manner && !token.is(Class::SPEAKER) || token.is(Class::TIME) && !token.capital
            {
                return false;
            }
            // "May" and "Will" inside a name have a capital; "The" at a start has one too.
            !token.is(Class::CLOSED)
                || token.capital && token.is(Class::GIVEN.and(Class::PLACE).and(Class::SURNAME))
        }
    }
}

/// Whether a lower-case word is more likely a verb than part of a phrase.
fn verbal(unit: &Unit<'_>, at: usize) -> bool {
    let token = &unit.tokens[at];
    if token.capital || token.is(Class::SPEAKER.and(Class::CUE_NOUN)) || token.kind != Kind::Word {
        return false;
    }
    // "the state office": behind an article a form is a noun.
    let article = at.checked_sub(1).is_some_and(|before| {
        unit.is(before, Class::DETERMINER) || unit.tokens[before].kind == Kind::Possessive
    });
    if article && token.is(Class::BASE_FORM.and(Class::THIRD_FORM)) {
        return false;
    }
    token.is(Class::PLAIN_VERB)
        || token.is(Class::CUE) && !token.is(Class::PARTICIPLE)
        || token.is(Class::CUE) && token.is(Class::SAY)
}

/// A noun phrase without apposition that ends before token `end`.
pub(super) fn base_before(unit: &Unit<'_>, end: usize) -> Option<Phrase> {
    let last = end.checked_sub(1)?;
    if unit.mark(last, &[')']) {
        let open = (end.saturating_sub(8)..last)
            .rev()
            .find(|at| unit.mark(*at, &['(']))?;
        return base_before(unit, open).map(|phrase| Phrase { end, ..phrase });
    }
    if unit.is(last, Class::PRONOUN) {
        return Some(Phrase { first: last, end });
    }
    if !nominal(unit, last) {
        let bare = unit.is(last, Class::QUANTIFIER) || unit.is(last, Class::UNNAMED);
        return bare.then(|| Phrase {
            first: stretch_back(unit, last),
            end,
        });
    }
    if verbal(unit, last)
        || unit.tokens[last].is(Class::CALENDAR) && !unit.tokens[last].is(Class::GIVEN)
    {
        return None;
    }
    let first = stretch_back(unit, last);
    let has_word = unit.tokens[first..end].iter().any(|token| {
        matches!(token.kind, Kind::Word | Kind::Phrase) && !token.is(Class::DETERMINER)
    });
    has_word.then_some(Phrase { first, end })
}

/// Walks left from `last` as long as the phrase goes on.
fn stretch_back(unit: &Unit<'_>, last: usize) -> usize {
    let low = last.saturating_sub(LONGEST);
    let mut first = last;
    while first > low {
        let at = first - 1;
        let closed_here =
            unit.is(first, Class::DETERMINER.and(Class::QUANTIFIER)) && !nominal(unit, first);
        if unit.mark(at, &[')'])
            && let Some(open) = (at.saturating_sub(6)..at)
                .rev()
                .find(|open| unit.mark(*open, &['(']))
            && open > low
        {
            first = open;
            continue;
        }
        if !closed_here && nominal(unit, at) && !verbal(unit, at) {
            if unit.mark(at, &['.', '-', '/']) && !(at > 0 && nominal(unit, at - 1)) {
                break;
            }
            first = at;
            continue;
        }
        let opener = unit.is(at, Class::DETERMINER.and(Class::QUANTIFIER));
        if opener && (!closed_here || unit.is(at, Class::QUANTIFIER)) {
            first = at;
            continue;
        }
        if joins(unit, at) || closed_here && genitive(unit, first) {
            first = if closed_here && !joins(unit, at) {
                at
            } else {
                at - 1
            };
            continue;
        }
        if unit.says(at, &["and"]) && couples(unit, at, first) {
            first = at - 1;
            continue;
        }
        break;
    }
    // "the class that Carson described": no part of the name.
    if first < last
        && unit.says(first, &["that"])
        && (unit.tokens[first + 1].capital || unit.word(first + 1).ends_with('s'))
    {
        first += 1;
    }
    // A capital at the unit's start may be a word like "Meanwhile" that the lists hold.
    while first < last
        && unit.tokens[first].is(Class::OPENER)
        && !unit.tokens[first].is(Class::GIVEN
            .and(Class::SPEAKER)
            .and(Class::DETERMINER)
            .and(Class::QUANTIFIER))
        && first == 0
    {
        first += 1;
    }
    // "nearly a third", "about 40 percent"
    if first > 0
        && unit.says(
            first - 1,
            &["nearly", "about", "almost", "roughly", "only", "fully"],
        )
        && (unit.is(first, Class::QUANTIFIER.and(Class::DETERMINER))
            || unit.tokens[first].kind == Kind::Number)
    {
        first -= 1;
    }
    first
}

/// German: "der Sprecher der Polizei", the second article opens a genitive.
fn genitive(unit: &Unit<'_>, article: usize) -> bool {
    unit.lexicon.language == Language::German
        && unit.says(article, &["der", "des", "eines", "einer"])
        && article > 0
        && nominal(unit, article - 1)
        && unit.tokens[article - 1].capital
}

/// Whether the preposition at `at` ties what follows to what stands before.
fn joins(unit: &Unit<'_>, at: usize) -> bool {
    if at == 0 || !unit.says(at, &JOINERS) {
        return false;
    }
    let before = at - 1;
    if (!nominal(unit, before) || verbal(unit, before))
        && !unit.is(before, Class::QUANTIFIER.and(Class::UNNAMED))
    {
        return false;
    }
    if unit.says(at, &["of"]) {
        return unit.tokens[before].kind != Kind::Number;
    }
    let familiar = unit.says(at, &["with"])
        && unit.says(
            before,
            &["familiar", "close", "affiliated", "acquainted", "together"],
        );
    unit.is(before, Class::SPEAKER.and(Class::QUANTIFIER))
        || familiar
        || unit.says(at, &["to"])
            && unit.says(before, &["close", "adviser", "advisor", "ambassador"])
}

/// "Holm and Quist said": both names, if the pair opens its clause.
fn couples(unit: &Unit<'_>, and: usize, right: usize) -> bool {
    if and == 0 || !nominal(unit, and - 1) || verbal(unit, and - 1) {
        return false;
    }
    let person = Class::SPEAKER
        .and(Class::GIVEN)
        .and(Class::SURNAME)
        .and(Class::ORG)
        .and(Class::DEMONYM);
    let alike = |at: usize| unit.tokens[at].capital || unit.is(at, person);
    if !(alike(and - 1) && (alike(right) || unit.is(right, Class::DETERMINER))) {
        return false;
    }
    let mut left = and - 1;
    while left > 0 && and - left < 6 && nominal(unit, left - 1) && !verbal(unit, left - 1) {
        left -= 1;
    }
    if left > 0 && unit.is(left - 1, Class::DETERMINER.and(Class::QUANTIFIER)) {
        left -= 1;
    }
    opens_clause(unit, left)
}

/// The source that begins at token `start`: "Ada Holm, a nurse from Tarn, …".
pub(in crate::suggest) fn after(unit: &Unit<'_>, start: usize) -> Option<Phrase> {
    if unit.is(start, Class::PRONOUN) {
        return Some(Phrase {
            first: start,
            end: start + 1,
        });
    }
    let end = stretch_on(unit, start)?;
    Some(Phrase {
        first: start,
        end: apposed(unit, end),
    })
}

/// After a name a lower-case word that is no word for people or institutions is a verb: "Tarn Council put".
fn leaves_name(unit: &Unit<'_>, at: usize) -> bool {
    let token = &unit.tokens[at];
    if token.kind != Kind::Word || token.capital || unit.lexicon.language == Language::German {
        return false;
    }
    let noun = token.is(Class::SPEAKER.and(Class::CUE_NOUN).and(Class::DEMONYM));
    let object = unit.is(at + 1, Class::DETERMINER.and(Class::PRONOUN_OTHER));
    // "Tarn campaign manager", "Tarn political director Ada Holm".
    let leads_on = (at + 1..at + 3).any(|near| unit.is(near, Class::SPEAKER))
        || unit.tokens.get(at + 1).is_some_and(|next| next.capital);
    !noun && (object || unit.tokens[at - 1].capital && !leads_on)
}

/// Walks right from `start` over one noun phrase with what prepositions tie to it.
pub(in crate::suggest) fn stretch_on(unit: &Unit<'_>, start: usize) -> Option<usize> {
    let high = unit.tokens.len().min(start + LONGEST);
    let mut at = start;
    while at < high
        && unit.is(at, Class::DETERMINER.and(Class::QUANTIFIER))
        && !unit.tokens[at].is(Class::CONJUNCTION)
    {
        at += 1;
    }
    let opened = at > start;
    let mut head = None;
    while at < high {
        let calendar = unit.is(at, Class::CALENDAR) && !unit.is(at, Class::GIVEN);
        let stop = unit.mark(at, &['.', '-']) && !nominal(unit, at + 1);
        let verb =
            head.is_some_and(|last| verbal(unit, at) || last + 1 == at && leaves_name(unit, at));
        if nominal(unit, at) && !stop && !calendar && !verb {
            if unit.tokens[at].is_word() || unit.tokens[at].kind == Kind::Phrase {
                head = Some(at);
            }
            at += 1;
            continue;
        }
        let Some(last) = head else { break };
        let next = at + 1;
        if genitive(unit, at)
            || unit.lexicon.language == Language::German && unit.says(at, &["von", "vom"])
        {
            at = next;
            while at < high && unit.is(at, Class::DETERMINER) {
                at += 1;
            }
            continue;
        }
        let takes = unit.says(at, &["of"])
            || unit.says(at, &["for", "at", "from", "in", "with", "on", "to"])
                && (unit.is(last, Class::SPEAKER) || unit.says(last, &["familiar", "close"]))
            || unit.says(at, &["for", "from", "at"])
                && unit.tokens[last].capital
                && unit
                    .tokens
                    .get(next)
                    .is_some_and(|token| token.capital || token.is(Class::DETERMINER));
        let names = unit
            .tokens
            .get(next)
            .is_some_and(|token| token.capital || token.is(Class::DETERMINER.and(Class::SPEAKER)));
        let takes = takes && (names || !unit.says(at, &["to"]));
        let place = !unit.is(next, Class::CALENDAR.and(Class::TIME).and(Class::DOCUMENT))
            && !unit.is(next + 1, Class::DOCUMENT.and(Class::TIME))
            && !unit.says(
                next + 1,
                &["interview", "rally", "speech", "event", "conference"],
            );
        if takes
            && place
            && (nominal(unit, next) && unit.tokens[next].kind != Kind::Number
                || unit.is(next, Class::DETERMINER.and(Class::QUANTIFIER)))
        {
            at = next;
            while at < high && unit.is(at, Class::DETERMINER.and(Class::QUANTIFIER)) {
                at += 1;
            }
            continue;
        }
        let joined = unit.says(at, &["and"])
            && unit
                .tokens
                .get(next)
                .is_some_and(|token| token.capital || token.is(Class::SPEAKER))
            && unit.tokens[last].capital == unit.tokens[next].capital
            && !unit.is(next, Class::PRONOUN);
        if joined {
            at = next;
            continue;
        }
        break;
    }
    match head {
        Some(last) => Some(at.min(last + 1).max(start + 1)),
        None if opened => Some(at),
        None => None,
    }
}
