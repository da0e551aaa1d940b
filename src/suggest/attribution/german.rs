//! German clauses: who is the subject when the verb stands second and its other half at the end.
//!
//! `Im Interview sagte Venn`, `Venn hat den Plan kritisiert`, `Venn teilte per E-Mail mit, …`, `…, hieß es aus dem Rat`.
//! *Limitations*: case is read from articles only; of two feminine nouns the first is taken for the subject.

use super::cue::Cue;
use super::draft::Draft;
use super::phrase::{self, Phrase};
use super::unit::Unit;
use crate::suggest::Confidence;
use crate::suggest::lexicon::{Class, Language};

/// How far the halves of a verb may stand apart, in tokens.
const LONGEST_BRACKET: usize = 40;

/// Where the finite half of a verb stands, and from where its words can follow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bracket {
    /// The finite verb: "hat" in "hat … gesagt".
    pub(super) finite: usize,
    /// Behind the last half: "mit" in "teilte … mit".
    pub(super) end: usize,
}

/// The bracket that a verb of saying forms, or nothing where it is no verb of its clause.
pub(super) fn bracket(unit: &Unit<'_>, verb: usize) -> Option<Bracket> {
    if unit.is(verb, Class::PHRASAL) {
        let lower = unit.word(verb);
        let last = unit.tokens.len().min(verb + LONGEST_BRACKET);
        let particle = (verb + 1..last).find(|at| unit.lexicon.takes(lower, unit.word(*at)));
        if let Some(particle) = particle {
            return Some(Bracket {
                finite: verb,
                end: particle + 1,
            });
        }
        if !unit.is(verb, Class::SAY) {
            return None;
        }
    }
    let closes = verb + 1 >= unit.end() || unit.pause(verb + 1) || unit.mark(verb + 1, &[':']);
    let finite = (verb.saturating_sub(LONGEST_BRACKET)..verb)
        .rev()
        .take_while(|at| !unit.mark(*at, &[';', ':']))
        .find(|at| unit.says(*at, &["hat", "haben", "hatte", "hatten", "habe"]))
        .filter(|_| closes && is_participle(unit.word(verb)));
    Some(Bracket {
        finite: finite.unwrap_or(verb),
        end: verb + 1,
    })
}

/// "gesagt", "erklärt", "genannt": also the third person for some, so the auxiliary decides.
fn is_participle(word: &str) -> bool {
    let long = word.len() > 5 && (word.ends_with('t') || word.ends_with("en"));
    long && !word.ends_with("te") && !word.ends_with("ten")
}

/// The subject of a verb, and where the clause goes on behind verb and subject.
pub(super) fn subject(unit: &Unit<'_>, cue: &Cue) -> Option<(Phrase, usize)> {
    let behind = behind(unit, cue);
    let ahead = phrase::before(unit, cue.first).filter(|own| !in_prepositional(unit, *own));
    let behind_end = |own: Phrase| (own, own.end.max(cue.end));
    match (ahead, behind) {
        (Some(ahead), Some(behind)) => {
            if weight(unit, behind) > weight(unit, ahead) {
                Some(behind_end(behind))
            } else {
                Some((ahead, cue.end))
            }
        }
        (Some(ahead), None) => Some((ahead, cue.end)),
        (None, Some(behind)) => Some(behind_end(behind)),
        (None, None) => None,
    }
}

/// The noun phrase behind the finite verb.
pub(super) fn behind(unit: &Unit<'_>, cue: &Cue) -> Option<Phrase> {
    const BETWEEN: [&str; 12] = [
        "sich",
        "es",
        "auch",
        "dazu",
        "daraufhin",
        "jedoch",
        "aber",
        "dagegen",
        "zudem",
        "heute",
        "gestern",
        "am",
    ];
    let mut start = cue.first + 1;
    while unit.says(start, &BETWEEN) || unit.is(start, Class::CALENDAR) {
        start += 1;
    }
    phrase::after(unit, start).filter(|_| !unit.is(start, Class::PREPOSITION))
}

/// Ends of German words for people who speak; most come as compounds.
const OFFICES: [&str; 16] = [
    "vertreter",
    "vertreterin",
    "sprecher",
    "sprecherin",
    "minister",
    "ministerin",
    "chef",
    "chefin",
    "präsident",
    "präsidentin",
    "leiter",
    "leiterin",
    "vorsitzende",
    "vorsitzender",
    "forscher",
    "forscherin",
];

/// What speaks for a phrase being a subject that can speak.
fn weight(unit: &Unit<'_>, phrase: Phrase) -> i32 {
    let pronoun = phrase.end - phrase.first == 1 && unit.is(phrase.first, Class::PRONOUN);
    if pronoun {
        return 6;
    }
    let oblique = [
        "den", "dem", "des", "einen", "einem", "eines", "ihn", "ihm", "seinen", "seinem", "ihren",
        "ihrem",
    ];
    let subject = ["der", "ein", "dessen"];
    let mut points = match unit.word(phrase.first).to_lowercase() {
        word if oblique.contains(&word.as_str()) => -4,
        word if subject.contains(&word.as_str()) => 2,
        _ => 0,
    };
    let person = Class::ROLE
        .and(Class::GIVEN)
        .and(Class::TITLE)
        .and(Class::SURNAME)
        .and(Class::ORG)
        .and(Class::UNNAMED);
    let body = Class::ORG_NOUN.and(Class::PLACE);
    let tokens = &unit.tokens[phrase.first..phrase.end];
    let office = |word: &str| OFFICES.iter().any(|end| word.ends_with(end));
    if tokens.iter().any(|token| token.is(person))
        || (phrase.first..phrase.end).any(|at| unit.tokens[at].capital && office(unit.word(at)))
    {
        points += 3;
    } else if tokens.iter().any(|token| token.is(body)) {
        points += 2;
    } else if tokens.len() == 1 && tokens[0].class == Class::default() && tokens[0].capital {
        // A word that no list holds and no article precedes is a name more often than not.
        points += 2;
    }
    points
}

/// "Im Interview", "Nach dem Treffen", "Am Montag".
fn in_prepositional(unit: &Unit<'_>, phrase: Phrase) -> bool {
    let mut first = phrase.first;
    while first > 0 && unit.is(first - 1, Class::DETERMINER) {
        first -= 1;
    }
    unit.is(phrase.first, Class::PREPOSITION) || first > 0 && unit.is(first - 1, Class::PREPOSITION)
}

/// Reads "hieß es aus dem Ministerium", "Im Bericht heißt es, …" and "geht aus dem Bericht hervor".
pub(super) fn read(unit: &Unit<'_>) -> Option<Draft> {
    let end = unit.end();
    for at in 0..unit.tokens.len() {
        let says = unit.says(at, &["hieß", "heißt"]) && unit.says(at + 1, &["es"]);
        let shows = unit.says(at, &["hervorgeht", "hervorging"]);
        if !says && !shows {
            continue;
        }
        let left = (1..at)
            .rev()
            .find(|near| unit.pause(*near) || unit.quote(*near));
        let (from, rest) = if shows {
            // "…, wie aus einem Bericht hervorgeht"
            (
                (left? + 1..at).find(|near| unit.says(*near, &["aus"]))?,
                at + 1,
            )
        } else if unit.says(at + 2, &["in", "aus", "bei", "von", "im", "beim"]) {
            (at + 2, at + 2)
        } else if unit.says(0, &["in", "aus", "bei", "im", "beim", "vom"]) {
            (0, at + 2)
        } else {
            return None;
        };
        let source = phrase::after(unit, from + 1)?;
        let source = Phrase {
            end: if from < at {
                source.end.min(at)
            } else {
                source.end
            },
            ..source
        };
        let cue = if shows { (at, at + 1) } else { (at, at + 2) };
        let why = "“Heißt es” with where it was said or written";
        let mut draft = Draft::new(unit, Some(source), cue, Confidence::Likely, why);
        match left {
            Some(left) if shows || from > at => {
                draft.add(unit, 0, left + usize::from(unit.quote(left)));
            }
            _ => {
                let rest = rest.max(source.end);
                let pause = (rest..end).find(|near| {
                    unit.pause(*near) || unit.mark(*near, &[':']) || unit.quote(*near)
                })?;
                let skip = usize::from(!unit.quote(pause));
                let that = usize::from(unit.says(pause + skip, &["dass", "daß"]));
                draft.add(unit, pause + skip + that, end);
            }
        }
        return (!draft.content.is_empty()).then_some(draft);
    }
    None
}

/// Whether a German sentence is in the subjunctive of reported speech.
pub(super) fn is_reported(unit: &Unit<'_>) -> bool {
    const REPORTED: [&str; 14] = [
        "sei", "seien", "habe", "werde", "könne", "müsse", "solle", "wolle", "dürfe", "möge",
        "gebe", "wisse", "hätten", "würden",
    ];
    unit.lexicon.language == Language::German
        && (0..unit.tokens.len()).any(|at| unit.says(at, &REPORTED))
}
