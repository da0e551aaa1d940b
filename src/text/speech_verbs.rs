//! Verbs that say who speaks, in the forms that stand beside a quotation.

use std::sync::LazyLock;

use ahash::AHashSet;

use super::letters::Lower;

/// The longest of the verbs, in bytes.
const LONGEST: usize = 20;

const VERBS: &str = "
    said says say saying told tells asked asks added adds adding wrote writes tweeted replied replies
    answered responded continued explained explains noted notes argued argues insisted insists declared
    announced warned warns claimed claims stated states recalled recalls remarked quipped joked shouted
    yelled exclaimed concluded admitted acknowledged conceded predicted promised vowed urged reported
    commented observed testified complained cautioned countered suggested stressed emphasized emphasised
    reads read called calls calling described dubbed sagte sagt sagten erklärte erklärt meinte betonte fügte
    schrieb fragte antwortete kritisierte forderte warnte berichtete äußerte teilte hieß heißt so dit disait
    affirme affirmé déclare déclaré explique expliqué ajoute ajouté estime assure lance dijo dice afirmó
    declaró explicó añadió aseguró señaló agregó indicó сказал сказала заявил заявила сообщил сообщила
    отметил отметила добавил добавила считает говорит подчеркнул пояснил
";

static LEXICON: LazyLock<AHashSet<&str>> = LazyLock::new(|| VERBS.split_whitespace().collect());

/// Whether a word says that somebody speaks.
pub(super) fn is_speech_verb(word: &str) -> bool {
    word.len() <= LONGEST && LEXICON.contains(&*Lower::new(word))
}

/// Beginnings of German words that report speech: verbs, nouns of speaking, and the subjunctives of reported speech.
const GERMAN_STEMS: &[&str] = &[
    "sagt",
    "gesagt",
    "erklär",
    "meint",
    "meinung",
    "beton",
    "kritisier",
    "forder",
    "geforder",
    "warn",
    "bericht",
    "äußer",
    "bezeichne",
    "beschrieb",
    "beschreib",
    "behaupt",
    "angeb",
    "angab",
    "begrüß",
    "verurteil",
    "bekräftig",
    "begründe",
    "charakterisier",
    "angekündigt",
    "verkünde",
    "zitier",
    "kommentier",
    "versprach",
    "versprich",
    "versprech",
    "vorwarf",
    "vorgeworf",
    "vorwerf",
    "schlussfolger",
    "bestätig",
    "befürcht",
    "hofft",
    "aussage",
    "mitteil",
    "mitgeteilt",
    "presseerklärung",
    "stellungnahme",
    "wertet",
    "lobt",
    "entgegn",
    "erwider",
    "plädier",
    "vermut",
    "mahnt",
    "gesproch",
    "sprach",
    "sprech",
    "spricht",
    "eingestuft",
    "parole",
    "transparent",
    "vereinbar",
];

/// Other German words that report speech, whole.
const GERMAN_WORDS: &[&str] = &[
    "so",
    "laut",
    "zufolge",
    "ansicht",
    "auffassung",
    "wirft",
    "warf",
    "werfen",
    "warfen",
    "rief",
    "riefen",
    "schrieb",
    "schreibt",
    "schrieben",
    "fragte",
    "antwortete",
    "nannte",
    "nannten",
    "genannt",
    "hieß",
    "heißt",
    "worte",
    "worten",
    "teilte",
    "fügte",
    "glaubt",
    "sei",
    "seien",
    "habe",
    "hätten",
    "werde",
    "würden",
    "solle",
    "könne",
    "müsse",
    "wolle",
    "wäre",
    "wären",
    "dürfe",
    "sieht",
    "sah",
    "hält",
    "hielt",
    "halte",
];

/// Whether the words of a German sentence say that somebody speaks.
pub(super) fn reports_in_german(words: &str) -> bool {
    words
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() > 1)
        .any(|word| {
            let lower = Lower::new(word);
            GERMAN_WORDS.contains(&&*lower)
                || GERMAN_STEMS.iter().any(|stem| lower.starts_with(stem))
        })
}

/// Whether what follows a wide full stop and a closing mark names the speaker, as in "。”他说".
pub(super) fn starts_wide_attribution(text: &str) -> bool {
    let clause: String = text
        .chars()
        .take_while(|c| !matches!(c, '，' | '。' | '“' | '「' | '\n'))
        .take(14)
        .collect();
    [
        "说",
        "表示",
        "称",
        "道",
        "问",
        "指出",
        "告诉",
        "と述べ",
        "と話",
        "と語",
    ]
    .iter()
    .any(|verb| clause.contains(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_verb_is_too_long_to_be_looked_up() {
        assert!(VERBS.split_whitespace().all(is_speech_verb));
    }
}
