//! The word lists of `assets/lexicon`, read once into one table per language.
//!
//! A word is looked up once and answers with every class it belongs to, so rules test bits and never touch a list.
//! *Limitations*: English and German; another language falls back to the English table, where only names, places and
//! organisations help.

use ahash::AHashMap;
use std::sync::LazyLock;

/// What a word may be, as a set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Class(u64);

macro_rules! classes {
    ($($(#[$note:meta])* $name:ident = $bit:expr;)*) => {
        impl Class { $($(#[$note])* pub(super) const $name: Self = Self(1 << $bit);)* }
    };
}

classes! {
    GIVEN_WOMAN = 0;
    GIVEN_MAN = 1;
    SURNAME = 2;
    TITLE = 3;
    ROLE = 4;
    UNNAMED = 5;
    DOCUMENT = 6;
    ORG_NOUN = 7;
    ORG = 8;
    PLACE = 9;
    DEMONYM = 10;
    CALENDAR = 11;
    TIME = 12;
    /// Verbs of saying: whatever follows is somebody's words.
    SAY = 13;
    /// Verbs of telling: the person told comes first.
    TELL = 14;
    ASK = 15;
    /// Verbs of opinion and announcement: they need a clause or a quotation.
    STATE = 16;
    /// Verbs that carry a stance towards any object.
    OBJECT = 17;
    /// Verbs that are a cue with the right particle only.
    PHRASAL = 18;
    CUE_NOUN = 19;
    DETERMINER = 20;
    QUANTIFIER = 21;
    PREPOSITION = 22;
    PRONOUN = 23;
    PRONOUN_OTHER = 24;
    AUXILIARY = 25;
    CONJUNCTION = 26;
    ADVERB = 27;
    /// Opens a sentence with a capital and is no name.
    OPENER = 28;
    PARTICLE = 29;
    JUNIOR = 30;
    PLAIN_VERB = 31;
    BASE_FORM = 32;
    THIRD_FORM = 33;
    PAST_FORM = 34;
    PARTICIPLE = 35;
    ING_FORM = 36;
    /// Verbs for more and less.
    TREND = 37;
    /// Verbs of cause, and words for causes.
    CAUSE = 38;
    /// Verbs for what is done once and can be looked up.
    ACT = 39;
    /// Large numbers and shares in words.
    NUMBER = 40;
    /// Small numbers in words.
    COUNT = 41;
    COMPARING = 42;
    EXTREME = 43;
    ABSOLUTE = 44;
    LAW = 45;
    OPINION = 46;
    WISH = 47;
    COURTESY = 48;
    /// The speaker's own person.
    SELF = 49;
    /// A verb form that is a noun as well: "claims".
    NOUN_TOO = 50;
}

impl Class {
    /// Given names of either kind.
    pub(super) const GIVEN: Self = Self(Self::GIVEN_WOMAN.0 | Self::GIVEN_MAN.0);
    /// Verbs that can carry words without a particle.
    pub(super) const CUE: Self = Self(
        Self::SAY.0 | Self::TELL.0 | Self::ASK.0 | Self::STATE.0 | Self::OBJECT.0 | Self::PHRASAL.0,
    );
    /// Nouns that can be a source.
    pub(super) const SPEAKER: Self =
        Self(Self::ROLE.0 | Self::UNNAMED.0 | Self::DOCUMENT.0 | Self::ORG_NOUN.0 | Self::TITLE.0);
    /// Words of the closed classes, which end a noun phrase.
    pub(super) const CLOSED: Self = Self(
        Self::DETERMINER.0
            | Self::QUANTIFIER.0
            | Self::PREPOSITION.0
            | Self::PRONOUN.0
            | Self::PRONOUN_OTHER.0
            | Self::AUXILIARY.0
            | Self::CONJUNCTION.0
            | Self::ADVERB.0,
    );

    /// Whether no list of names, offices or word classes holds the word; what makes a claim does not count.
    pub(super) const fn is_plain(self) -> bool {
        self.0 & ((1 << Self::FIRST_OF_CLAIMS) - 1) == 0
    }

    /// From this bit on classes are about claims alone.
    const FIRST_OF_CLAIMS: u32 = 37;

    /// Whether one of the classes of `any` applies.
    pub(super) const fn is(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Both sets together.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The language whose rules apply to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// English, and whatever is not German.
    English,
    /// German, where every noun has a capital.
    German,
}

impl Language {
    /// Guesses from the commonest little words among the first few thousand bytes.
    pub(super) fn of(text: &str) -> Self {
        let mut end = text.len().min(6000);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let (mut german, mut english) = (0_u32, 0_u32);
        for word in text[..end].split_whitespace() {
            match word {
                "der" | "die" | "und" | "das" | "den" | "nicht" | "mit" | "von" | "ist" | "dem"
                | "ein" | "eine" | "im" => german += 1,
                "the" | "of" | "and" | "to" | "that" | "is" | "was" | "for" | "a" | "with" => {
                    english += 1;
                }
                _ => {}
            }
        }
        if german > english {
            Self::German
        } else {
            Self::English
        }
    }
}

/// One language's words.
#[derive(Debug)]
pub(super) struct Lexicon {
    words: AHashMap<Box<str>, Class>,
    particles: AHashMap<Box<str>, Vec<&'static str>>,
    /// The language itself.
    pub(super) language: Language,
}

macro_rules! list {
    ($name:literal) => {
        include_str!(concat!("../../assets/lexicon/", $name, ".txt"))
    };
}

const SHARED: &[(Class, &str)] = &[
    (Class::GIVEN_WOMAN, list!("given_women")),
    (Class::GIVEN_MAN, list!("given_men")),
    (Class::SURNAME, list!("surnames")),
    (Class::ORG, list!("organisations")),
    (Class::PLACE, list!("places")),
    (Class::CALENDAR, list!("calendar")),
    (Class::PARTICLE, list!("particles")),
    (Class::JUNIOR, list!("junior")),
];

const ENGLISH: &[(Class, &str)] = &[
    (Class::TITLE, list!("titles")),
    (Class::ROLE, list!("roles")),
    (Class::UNNAMED, list!("unnamed")),
    (Class::DOCUMENT, list!("documents")),
    (Class::ORG_NOUN, list!("org_nouns")),
    (Class::DEMONYM, list!("demonyms")),
    (Class::TIME, list!("time_words")),
    (Class::CUE_NOUN, list!("cue_nouns")),
    (Class::DETERMINER, list!("determiners")),
    (Class::QUANTIFIER, list!("quantifiers")),
    (Class::PREPOSITION, list!("prepositions")),
    (Class::PRONOUN, list!("pronouns")),
    (Class::PRONOUN_OTHER, list!("pronouns_other")),
    (Class::AUXILIARY, list!("auxiliaries")),
    (Class::CONJUNCTION, list!("conjunctions")),
    (Class::ADVERB, list!("adverbs")),
    (Class::OPENER, list!("sentence_words")),
    (Class::PLAIN_VERB, list!("verbs_plain")),
    (Class::NOUN_TOO, list!("verb_nouns")),
    (Class::NUMBER, list!("claim_numbers")),
    (Class::COUNT, list!("claim_counts")),
    (Class::COMPARING, list!("claim_comparing")),
    (Class::EXTREME, list!("claim_extremes")),
    (Class::ABSOLUTE, list!("claim_absolutes")),
    (Class::LAW, list!("claim_law")),
    (Class::OPINION, list!("claim_opinion")),
    (Class::WISH, list!("claim_wishes")),
    (Class::COURTESY, list!("claim_courtesy")),
    (Class::SELF, list!("claim_self")),
    (Class::CAUSE, list!("claim_cause_words")),
];

/// Verbs of which every form makes a claim likelier.
const ENGLISH_CLAIM_VERBS: &[(Class, &str)] = &[
    (Class::TREND, list!("claim_trends")),
    (Class::CAUSE, list!("claim_causes")),
    (Class::ACT, list!("claim_acts")),
];

const ENGLISH_VERBS: &[(Class, &str)] = &[
    (Class::SAY, list!("verbs_say")),
    (Class::TELL, list!("verbs_tell")),
    (Class::ASK, list!("verbs_ask")),
    (Class::STATE, list!("verbs_state")),
    (Class::OBJECT, list!("verbs_object")),
    (Class::PHRASAL, list!("verbs_phrasal")),
];

const GERMAN: &[(Class, &str)] = &[
    (Class::TITLE, list!("de_titles")),
    (Class::ROLE, list!("de_roles")),
    (Class::DOCUMENT, list!("de_documents")),
    (Class::ORG_NOUN, list!("de_org_nouns")),
    (Class::DETERMINER, list!("de_determiners")),
    (Class::PREPOSITION, list!("de_prepositions")),
    (Class::PRONOUN, list!("de_pronouns")),
    (Class::ADVERB, list!("de_other")),
    (Class::SAY, list!("de_verbs_say")),
    (Class::TREND, list!("de_claim_trends")),
    (Class::CAUSE, list!("de_claim_causes")),
    (Class::LAW, list!("de_claim_law")),
    (Class::NUMBER, list!("de_claim_numbers")),
    (Class::COUNT, list!("de_claim_counts")),
    (Class::COMPARING, list!("de_claim_comparing")),
    (Class::EXTREME, list!("de_claim_extremes")),
    (Class::ABSOLUTE, list!("de_claim_absolutes")),
    (Class::OPINION, list!("de_claim_opinion")),
    (Class::WISH, list!("de_claim_wishes")),
    (Class::SELF, list!("de_claim_self")),
];

static ENGLISH_LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::build(Language::English));
static GERMAN_LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::build(Language::German));

impl Lexicon {
    /// The table of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH_LEXICON,
            Language::German => &GERMAN_LEXICON,
        }
    }

    /// The classes of a word given in lower case; a full stop at its end does not count.
    pub(super) fn class(&self, lower: &str) -> Class {
        let bare = lower.strip_suffix('.').unwrap_or(lower);
        self.words
            .get(bare)
            .or_else(|| self.words.get(lower))
            .copied()
            .unwrap_or_default()
    }

    /// Whether a verb of [`Class::PHRASAL`] becomes a cue through this particle.
    pub(super) fn takes(&self, verb: &str, particle: &str) -> bool {
        self.particles
            .get(verb)
            .is_some_and(|all| all.contains(&particle))
    }

    fn build(language: Language) -> Self {
        let mut lexicon = Self {
            words: AHashMap::new(),
            particles: AHashMap::new(),
            language,
        };
        let lists = match language {
            Language::English => ENGLISH,
            Language::German => GERMAN,
        };
        for (class, text) in SHARED.iter().chain(lists) {
            for word in entries(text) {
                lexicon.add(word, *class);
            }
        }
        if language == Language::English {
            for (class, text) in ENGLISH_VERBS {
                for entry in entries(text) {
                    lexicon.add_verb(entry, *class);
                }
            }
            for (class, text) in ENGLISH_CLAIM_VERBS {
                for entry in entries(text) {
                    for (form, _) in forms(entry) {
                        lexicon.add(&form, *class);
                    }
                }
            }
        } else {
            for entry in entries(list!("de_verbs_split")) {
                if let Some((verb, prefix)) = entry.split_once(',') {
                    lexicon.add(verb.trim(), Class::PHRASAL);
                    lexicon
                        .particles
                        .entry(verb.trim().into())
                        .or_default()
                        .push(prefix.trim());
                }
            }
        }
        lexicon
    }

    fn add(&mut self, word: &str, class: Class) {
        let slot = self.words.entry(word.into()).or_default();
        *slot = slot.and(class);
    }

    fn add_verb(&mut self, entry: &'static str, class: Class) {
        let (verb, particle) = match entry.split_once(',') {
            Some((verb, particle)) => (verb.trim(), Some(particle.trim())),
            None => (entry, None),
        };
        for (form, shape) in forms(verb) {
            self.add(&form, class.and(shape));
            if let Some(particle) = particle {
                self.particles
                    .entry(form.into())
                    .or_default()
                    .push(particle);
            }
        }
    }
}

fn entries(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// All forms of a verb: an irregular one lists them, a regular one is inflected.
fn forms(verb: &str) -> Vec<(String, Class)> {
    let listed: Vec<&str> = verb.split_whitespace().collect();
    let both = Class::PAST_FORM.and(Class::PARTICIPLE);
    if let [base, third, past, participle, ing] = listed[..] {
        return vec![
            (base.to_owned(), Class::BASE_FORM),
            (third.to_owned(), Class::THIRD_FORM),
            (past.to_owned(), Class::PAST_FORM),
            (participle.to_owned(), Class::PARTICIPLE),
            (ing.to_owned(), Class::ING_FORM),
        ];
    }
    let base = verb.to_owned();
    let silent_e = base.strip_suffix('e');
    let hissing = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| base.ends_with(end));
    vec![
        (
            if hissing {
                format!("{base}es")
            } else {
                format!("{base}s")
            },
            Class::THIRD_FORM,
        ),
        (
            if silent_e.is_some() {
                format!("{base}d")
            } else {
                format!("{base}ed")
            },
            both,
        ),
        (format!("{}ing", silent_e.unwrap_or(&base)), Class::ING_FORM),
        (base, Class::BASE_FORM),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_verb_is_inflected_and_an_irregular_one_lists_its_forms() {
        let english = Lexicon::of(Language::English);
        for word in [
            "says", "said", "argues", "argued", "arguing", "stresses", "denies", "admitted",
        ] {
            assert!(english.class(word).is(Class::CUE), "{word}");
        }
        assert!(english.class("mr.").is(Class::TITLE));
        assert!(english.takes("pointed", "out") && !english.takes("pointed", "up"));
    }

    #[test]
    fn an_irregular_verb_lists_five_forms_or_none() {
        for (_, text) in ENGLISH_VERBS.iter().chain(ENGLISH_CLAIM_VERBS) {
            for entry in entries(text) {
                let verb = entry.split(',').next().unwrap_or(entry);
                assert!(matches!(verb.split_whitespace().count(), 1 | 5), "{entry}");
            }
        }
    }

    #[test]
    fn little_words_tell_german_from_english() {
        assert_eq!(
            Language::of("Der Rat und die Stadt sind sich nicht einig."),
            Language::German
        );
        assert_eq!(
            Language::of("The council and the town do not agree."),
            Language::English
        );
    }
}
