//! How much the article tells of a source: a proposal for the axis "identification", and the person behind it.
//!
//! After PEJ 2005: full (name and role), name only, described but unnamed, bare unnamed. A pronoun or a bare surname
//! inherits from its person. *Limitations*: "they" is linked to nobody.

use crate::model::Span;
use crate::suggest::lexicon::{Class, Lexicon};
use crate::suggest::people::People;
use crate::suggest::token::{Kind, Token, Tokeniser};

/// Who has been speaking, for pronouns and for quotations without a cue.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    /// The source of the last attribution.
    pub(super) source: Option<Span>,
    /// The person behind it.
    pub(super) person: Option<usize>,
    /// Where the block begins that is being read.
    pub(super) block: usize,
    /// How it was identified, when it is one human being without a name.
    pub(super) unnamed: Option<&'static str>,
}

/// What is known of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) identification: &'static str,
    pub(super) person: Option<usize>,
}

/// What the article tells of its persons anywhere: a title or an apposition, and the pronoun that was used for them.
pub(super) struct Explained {
    told: Vec<bool>,
    gender: Vec<Class>,
}

impl Explained {
    /// Collects them from what stands beside each mention.
    pub(super) fn new(people: &People) -> Self {
        let mut told = vec![false; people.names.len()];
        for mention in &people.mentions {
            told[mention.person] |= mention.introduced;
        }
        let gender = vec![Class::default(); told.len()];
        Self { told, gender }
    }

    /// Remembers the pronoun of a person: whoever was "he" is not "she" further down.
    pub(super) fn note(&mut self, person: usize, pronoun: &str) {
        if let (Some(slot), Some(gender)) = (self.gender.get_mut(person), gender_of(pronoun)) {
            *slot = gender;
        }
    }

    /// What the article tells of a person, wherever it does.
    pub(super) fn identity(&self, people: &People, person: usize) -> Identity {
        let full = people
            .names
            .get(person)
            .is_some_and(|name| name.contains(' '));
        let identification = match (self.is(person), full) {
            (true, _) => "full",
            (false, true) => "name only",
            (false, false) => "cannot determine",
        };
        Identity {
            identification,
            person: Some(person),
        }
    }

    fn is(&self, person: usize) -> bool {
        self.told.get(person).copied().unwrap_or(false)
    }
}

/// Says who a source is.
pub(super) fn identify(
    text: &str,
    tokeniser: &mut Tokeniser<'_>,
    people: &People,
    explained: &Explained,
    memory: Memory,
    source: Span,
) -> Identity {
    let tokens = tokeniser.tokens(source, &[]);
    let words: Vec<&Token> = tokens.iter().filter(|token| token.is_word()).collect();
    if let [only] = words[..]
        && only.is(Class::PRONOUN)
    {
        if let Some(identification) = memory.unnamed
            && ["he", "she", "He", "She"].contains(&&text[source.range()])
        {
            return Identity {
                identification,
                person: None,
            };
        }
        let person = pronoun(text, people, explained, memory, source);
        let identification = person.map_or("cannot determine", |person| {
            of_person(text, people, explained, person, source, &tokens)
        });
        return Identity {
            identification,
            person,
        };
    }
    if let Some(person) = speaker_in(text, people, source) {
        return Identity {
            identification: of_person(text, people, explained, person, source, &tokens),
            person: Some(person),
        };
    }
    Identity {
        identification: unnamed(text, &words),
        person: None,
    }
}

/// The person whom the phrase is about: the first whose name is no possessive ("Quist’s spokesman" is not Quist).
fn speaker_in(text: &str, people: &People, source: Span) -> Option<usize> {
    people
        .within(source)
        .find(|mention| {
            let after = &text[mention.span.end()..];
            !["’s ", "'s ", "‘s "]
                .iter()
                .any(|mark| after.starts_with(mark))
                || mention.span.end() >= source.end()
        })
        .filter(|mention| {
            // "a spokesman for Orla Venn" is not Orla Venn.
            let before = text[source.start()..mention.span.start()].trim_end();
            !["for", "of", "to", "from", "by", "with", "against", "and"]
                .iter()
                .any(|word| before.ends_with(word))
        })
        .map(|mention| mention.person)
}

fn of_person(
    text: &str,
    people: &People,
    explained: &Explained,
    person: usize,
    source: Span,
    tokens: &[Token],
) -> &'static str {
    let role_here = tokens
        .iter()
        .any(|token| token.is(Class::ROLE.and(Class::TITLE)))
        && text[source.range()].contains(' ');
    if role_here {
        "full"
    } else {
        explained.identity(people, person).identification
    }
}

/// Whether a source is one human being who is not named, so that "he" and "she" go on meaning them.
pub(super) fn one_unnamed(tokeniser: &mut Tokeniser<'_>, text: &str, source: Span) -> bool {
    let tokens = tokeniser.tokens(source, &[]);
    tokens
        .iter()
        .take_while(|token| !token.is_mark(&[',']) && !token.is(Class::PREPOSITION))
        .filter(|token| !token.capital && token.is(Class::ROLE.and(Class::UNNAMED)))
        .any(|token| !text[token.span.range()].ends_with('s'))
}

/// Words for people that describe nobody.
const VAGUE: [&str; 6] = [
    "official",
    "officials",
    "aide",
    "aides",
    "insider",
    "insiders",
];

/// A named institution, a described group, or a bare "sources".
fn unnamed(text: &str, words: &[&Token]) -> &'static str {
    let person = Class::UNNAMED.and(Class::ROLE);
    let human = words
        .iter()
        .any(|token| token.is(person) && (!token.capital || token.span == words[0].span));
    let content: Vec<&&Token> = words
        .iter()
        .filter(|token| !token.is(Class::CLOSED) || token.is(Class::UNNAMED))
        .collect();
    let proper = content.iter().any(|token| {
        token.kind == Kind::Word
            && token.capital
            && (token.span != words[0].span || !token.is(person.and(Class::DOCUMENT)))
    });
    if human {
        let bare = content.len() <= 1
            && content.iter().all(|token| {
                token.is(Class::UNNAMED)
                    || VAGUE.contains(&text[token.span.range()].to_lowercase().as_str())
            });
        return if bare {
            "bare unnamed"
        } else {
            "described but unnamed"
        };
    }
    if proper { "full" } else { "cannot determine" }
}

fn gender_of(pronoun: &str) -> Option<Class> {
    match pronoun {
        "he" | "He" | "er" | "Er" => Some(Class::GIVEN_MAN),
        "she" | "She" | "sie" | "Sie" => Some(Class::GIVEN_WOMAN),
        _ => None,
    }
}

/// Whom "he", "she" or "I" means: the last speaker if the gender fits, else the person named last before.
fn pronoun(
    text: &str,
    people: &People,
    explained: &Explained,
    memory: Memory,
    at: Span,
) -> Option<usize> {
    let gender = gender_of(&text[at.range()])?;
    let other = if gender == Class::GIVEN_MAN {
        Class::GIVEN_WOMAN
    } else {
        Class::GIVEN_MAN
    };
    let fits = |person: usize| {
        let used = explained.gender.get(person).copied().unwrap_or_default();
        if used != Class::default() {
            return used == gender;
        }
        let first = people
            .names
            .get(person)
            .and_then(|name| name.split(' ').next())
            .unwrap_or("")
            .to_lowercase();
        let class = Lexicon::of(crate::suggest::lexicon::Language::English).class(&first);
        !class.is(other) || class.is(gender)
    };
    let before = people
        .mentions
        .partition_point(|mention| mention.span.start() < at.start());
    let nearest = |from: usize| {
        people.mentions[..before]
            .iter()
            .rev()
            .take(12)
            .take_while(move |mention| mention.span.start() >= from)
            .map(|mention| mention.person)
            .find(|person| fits(*person))
    };
    let last = memory.person.filter(|person| fits(*person));
    // Who spoke in this paragraph goes on; else who is named in it; else the last speaker.
    if memory
        .source
        .is_some_and(|source| source.start() >= memory.block)
        && last.is_some()
    {
        return last;
    }
    nearest(memory.block).or(last).or_else(|| nearest(0))
}
