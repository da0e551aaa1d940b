//! What quotation marks mean: somebody's words, a so-called, or the name of a work.
//!
//! *Limitations*: a single quoted word is somebody's only beside a verb of saying; slogans in capitals look like titles.
//! In German, where every noun has a capital, a short noun phrase is a name unless its sentence reports speech.

use crate::model::{QuoteKind, QuoteRun, Span};

use super::index::{ceil_char, floor_char};
use super::letters::{Lower, is_letter};
use super::speech_verbs::{is_speech_verb, reports_in_german};

/// The most words of a so-called behind a word that says so.
const MAX_NAMED: usize = 4;

/// The most words of the name of a work, told by its capitals or by the word before it.
const MAX_TITLE: usize = 8;

/// The same in German, where the sentence has to be silent about speech as well.
const MAX_GERMAN_TITLE: usize = 12;

/// How far around a short quote a verb of saying is looked for, in bytes.
const NEAR: usize = 60;

/// Longer quotes are somebody's words, in bytes.
const MAX_SHORT: usize = 160;

/// Small words that titles write small.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "with", "from",
    "by", "as", "is", "der", "die", "das", "des", "und", "im", "von", "de", "la", "le", "les",
    "et", "du", "y", "el", "los", "del",
];

/// Words that announce the name of a work, a ship, a paper.
const WORKS: &[&str] = &[
    "titled",
    "entitled",
    "film",
    "films",
    "movie",
    "movies",
    "book",
    "books",
    "novel",
    "song",
    "songs",
    "album",
    "show",
    "series",
    "play",
    "poem",
    "documentary",
    "magazine",
    "newspaper",
    "titel",
    "buch",
    "roman",
    "lied",
    "zeitung",
    "zeitschrift",
    "magazin",
    "serie",
    "album",
    "stück",
    "dokumentation",
    "theme",
    "headlined",
    "hashtag",
    "livre",
    "roman",
    "libro",
    "película",
    "chanson",
    "canción",
    "фильм",
    "книга",
    "газета",
];

/// Words that say that a name is meant, not a statement.
const NAMERS: &[&str] = &[
    "so-called",
    "dubbed",
    "nicknamed",
    "known",
    "term",
    "sogenannte",
    "sogenannten",
    "sogenannter",
    "sogenanntes",
    "sogenanntem",
    "genannte",
    "genannten",
    "genannter",
    "genanntes",
    "genanntem",
    "namens",
    "begriff",
    "prädikat",
    "spitznamen",
    "soi-disant",
    "llamado",
    "llamada",
    "называемый",
    "называемая",
];

/// Ends of German nouns that announce a name; most of them come as compounds ("Krimiserie", "Rockgruppe").
const GERMAN_WORKS: &[&str] = &[
    "film",
    "filme",
    "films",
    "serie",
    "sendung",
    "show",
    "magazin",
    "zeitung",
    "zeitschrift",
    "blatt",
    "lied",
    "song",
    "lp",
    "cd",
    "album",
    "oper",
    "musical",
    "stück",
    "roman",
    "buch",
    "gedicht",
    "trilogie",
    "ausstellung",
    "messe",
    "studie",
    "titel",
    "titeln",
    "motto",
    "slogan",
    "name",
    "namen",
    "namens",
    "gruppe",
    "band",
    "partei",
    "firma",
    "verein",
    "stiftung",
    "bündnis",
    "organisation",
    "kampagne",
    "aktion",
    "operation",
    "projekt",
    "modell",
    "modelle",
    "schiff",
    "frachter",
    "fähre",
    "trawler",
    "tanker",
    "agentur",
    "sender",
    "portal",
    "stamm",
    "stamms",
    "themen",
    "thema",
];

/// Where a quote stands: the text and the sentence around it.
pub(super) struct Around<'a> {
    pub text: &'a str,
    pub sentence: Span,
    /// The rules of German apply.
    pub german: bool,
}

/// The kind of a quote, by its words and those around it.
pub(super) fn kind_of(around: &Around<'_>, run: &QuoteRun) -> QuoteKind {
    let text = around.text;
    if run.fragments.len() > 1 || run.span.len() > MAX_SHORT {
        return QuoteKind::Speech;
    }
    let bare = text[run.span.range()].trim_end_matches(is_quotation_mark);
    if bare.ends_with(['.', '!', '?', '。', '…']) {
        return QuoteKind::Speech;
    }
    let inner = bare.trim_matches(|c: char| !is_letter(c));
    // One more than the longest that is looked at.
    let mut words = [""; MAX_GERMAN_TITLE + 1];
    let found = words.iter_mut().zip(inner.split_whitespace());
    let found = found.map(|(word, found)| *word = found).count();
    let words = &words[..found];
    if words.len() > MAX_TITLE && !around.german {
        return QuoteKind::Speech;
    }
    let before = &text[ceil_char(text, run.span.start().saturating_sub(NEAR))..run.span.start()];
    let announced = last_words(before);
    let is_announced = |by: &[&str]| announced.iter().any(|word| by.contains(&&**word));
    let is_work = words.len() <= MAX_TITLE
        && (is_announced(WORKS) || around.german && is_german_work(before, &announced));
    let called_out = around.german && before.trim_end().ends_with(':');
    if is_work
        || !called_out && is_title(words)
        || words.len() <= MAX_TITLE && is_half_of_compound(text, run)
    {
        return QuoteKind::Title;
    }
    if words.len() <= MAX_NAMED && is_announced(NAMERS) {
        return QuoteKind::Scare;
    }
    let after = &text[run.span.end()..floor_char(text, run.span.end() + NEAR)];
    if around.german {
        return german_kind(around, run, words);
    }
    if words.len() == 1 && !bare.ends_with(',') && !says(before) && !says(after) {
        return QuoteKind::Scare;
    }
    QuoteKind::Speech
}

/// German: a short run of nouns is a name, unless its sentence says that somebody speaks; one word is a so-called,
/// unless it is an adjective or a verb in such a sentence.
fn german_kind(around: &Around<'_>, run: &QuoteRun, words: &[&str]) -> QuoteKind {
    let text = around.text;
    let small = words
        .first()
        .is_some_and(|word| word.starts_with(char::is_lowercase));
    let sentence = around.sentence;
    let before = text.get(sentence.start()..run.span.start()).unwrap_or("");
    let after = text.get(run.span.end()..sentence.end()).unwrap_or("");
    if names_itself(before, after) || is_subject(before, after) {
        return QuoteKind::Title;
    }
    let reported = || {
        before.trim_end().ends_with(':') || reports_in_german(before) || reports_in_german(after)
    };
    let closed_with_comma = before.is_empty() && after.trim_start().starts_with(',');
    match words.len() {
        1 if small && reported() || is_verdict(before, after) => QuoteKind::Speech,
        1 => QuoteKind::Scare,
        _ if !small && words.len() <= MAX_GERMAN_TITLE && !closed_with_comma && !reported() => {
            QuoteKind::Title
        }
        _ => QuoteKind::Speech,
    }
}

/// "die sich selbst „Rat der Freien“ nennt".
fn names_itself(before: &str, after: &str) -> bool {
    let mut last = before.split_whitespace().rev().take(4);
    last.any(|word| word == "sich") && after.trim_start().starts_with("nenn")
}

/// "Wie „Hafen heute“ berichtet", "Der „Rat der Kais“ erklärte": who speaks, not what is said.
fn is_subject(before: &str, after: &str) -> bool {
    let article = last_words(before)
        .first()
        .is_some_and(|word| matches!(&**word, "der" | "die" | "das" | "wie"));
    let verb = after.split_whitespace().next().unwrap_or("");
    article
        && !after.starts_with(',')
        && verb.starts_with(char::is_lowercase)
        && reports_in_german(verb)
        || after.starts_with(", so lautet")
        || after.starts_with(", so heißt") && !after.starts_with(", so heißt es")
}

/// "nannte die Absage einen „Vertrauensbruch“", "sprachen von „Panikverkäufen“".
fn is_verdict(before: &str, after: &str) -> bool {
    const CALLS: [&str; 9] = [
        "bezeichn",
        "nannte",
        "genannt",
        "nennt",
        "sprach",
        "sprech",
        "spricht",
        "gesproch",
        "kritisier",
    ];
    let leads = last_words(before).first().is_some_and(|word| {
        matches!(
            &**word,
            "als" | "von" | "ein" | "eine" | "einen" | "einem" | "einer" | "eines"
        )
    });
    let mut words = before.split(' ').chain(after.split(' '));
    leads && words.any(|word| CALLS.iter().any(|stem| word.starts_with(stem)))
}

/// "die „Küstenbote“-Reporterin", "the “No Quay” petitioners": the words are half of another word.
fn is_half_of_compound(text: &str, run: &QuoteRun) -> bool {
    let mut after = text[run.span.end()..].chars();
    matches!(after.next(), Some('-' | '‑')) && after.next().is_some_and(char::is_alphabetic)
}

/// A colon announces words, even behind "die Partei".
fn is_german_work(before: &str, announced: &[Lower<'_>]) -> bool {
    !before.trim_end().ends_with([':', ','])
        && announced
            .first()
            .is_some_and(|word| GERMAN_WORKS.iter().any(|end| word.ends_with(end)))
}

fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | '」' | '』'
    )
}

/// The last two words before a quote, in lower case.
fn last_words(before: &str) -> [Lower<'_>; 2] {
    let mut words = before.split_whitespace().rev();
    [words.next(), words.next()]
        .map(|word| Lower::new(word.unwrap_or_default().trim_end_matches([':', ','])))
}

fn is_title(words: &[&str]) -> bool {
    let is_capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    (2..=MAX_TITLE).contains(&words.len())
        && words.first().is_some_and(is_capital)
        && words
            .iter()
            .all(|word| is_capital(word) || SMALL.contains(word))
}

fn says(words: &str) -> bool {
    let mut words = words.split(|c: char| !is_letter(c));
    words.any(|word| !word.is_empty() && is_speech_verb(word))
}
