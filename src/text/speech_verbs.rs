//! Verbs that say who speaks, in the forms that stand beside a quotation.

use std::collections::HashSet;
use std::sync::LazyLock;

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

static LEXICON: LazyLock<HashSet<&str>> = LazyLock::new(|| VERBS.split_whitespace().collect());

/// Whether a word, given in lower case, says that somebody speaks.
pub(super) fn is_speech_verb(word: &str) -> bool {
    LEXICON.contains(word)
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
