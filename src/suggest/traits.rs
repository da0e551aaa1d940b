//! What the words of a source say about it: what kind of source it is and for whom it speaks.
//!
//! Values are those of the vocabularies in `model` (Spangher et al. 2023; Tiffen et al. 2014). Only what the words
//! themselves tell: "professor" speaks for a university, but no list of outlets or governments is kept here.
//! *Limitations*: English words; anything else stays undetermined.

/// What a source's words tell; empty where they tell nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits {
    /// individual, group, document, data or poll.
    pub who: &'static str,
    /// government, academic, media …
    pub affiliation: &'static str,
}

/// Nouns that make the source a thing which was written, measured or asked.
const THINGS: &[(&str, &[&str])] = &[
    ("poll", &["poll", "polls", "polling", "survey", "surveys"]),
    (
        "data",
        &["data", "figures", "statistics", "numbers", "index"],
    ),
    (
        "document",
        &[
            "report",
            "reports",
            "reporting",
            "document",
            "documents",
            "letter",
            "statement",
            "study",
            "paper",
            "filing",
            "lawsuit",
            "indictment",
            "memo",
            "transcript",
            "email",
            "e-mail",
            "website",
            "book",
            "article",
            "ruling",
        ],
    ),
];

/// Words that name an office or a body, and for whom it speaks.
const OFFICES: &[(&str, &[&str])] = &[
    (
        "court or police",
        &[
            "police",
            "sheriff",
            "court",
            "judge",
            "prosecutor",
            "prosecutors",
            "detective",
            "constable",
            "fbi",
        ],
    ),
    (
        "academic",
        &[
            "university",
            "professor",
            "researcher",
            "researchers",
            "scholar",
            "lecturer",
            "historian",
            "institute",
            "academy",
            "scientist",
            "scientists",
            "economist",
        ],
    ),
    (
        "government",
        &[
            "president",
            "minister",
            "ministry",
            "government",
            "secretary",
            "ambassador",
            "mayor",
            "governor",
            "council",
            "councillor",
            "councilor",
            "department",
            "senator",
            "congressman",
            "congresswoman",
            "chancellor",
            "premier",
            "embassy",
            "kremlin",
            "county",
            "commissioner",
            "agency",
            "envoy",
            "parliament",
            "senate",
            "u.s.",
            "us",
            "administration",
            "white house",
            "bureau",
            "authority",
        ],
    ),
    ("union", &["union", "unions", "shop steward"]),
    (
        "religious group",
        &[
            "bishop",
            "pastor",
            "imam",
            "rabbi",
            "church",
            "priest",
            "archbishop",
        ],
    ),
    (
        "NGO",
        &[
            "charity",
            "foundation",
            "campaigner",
            "campaigners",
            "activist",
            "activists",
            "ngo",
        ],
    ),
    (
        "media",
        &[
            "newspaper",
            "magazine",
            "broadcaster",
            "journalist",
            "reporter",
            "editor",
            "courier",
            "gazette",
            "herald",
            "tribune",
            "times",
            "news",
        ],
    ),
    (
        "corporate",
        &[
            "company",
            "chief executive",
            "ceo",
            "founder",
            "manager",
            "shareholder",
            "plc",
            "ltd",
            "inc.",
            "corporation",
            "bank",
        ],
    ),
    (
        "international body",
        &[
            "united nations",
            "european union",
            "nato",
            "european commission",
            "world bank",
        ],
    ),
    (
        "political group",
        &[
            "party",
            "campaign",
            "candidate",
            "democrats",
            "republicans",
            "faction",
            "opposition",
        ],
    ),
    (
        "citizen",
        &[
            "resident",
            "residents",
            "neighbour",
            "neighbor",
            "passenger",
            "passengers",
            "shopper",
            "voter",
            "voters",
            "parent",
            "parents",
        ],
    ),
];

/// Heads of phrases that mean more than one.
const GROUPS: &[&str] = &[
    "officials",
    "sources",
    "people",
    "aides",
    "members",
    "critics",
    "experts",
    "analysts",
    "residents",
];

/// Reads a source's words. `is_person` when a rule knows that they name one.
pub fn traits(words: &str, is_person: bool) -> Traits {
    let lower = words.to_lowercase();
    let tokens: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || c == ',' || c == '’' || c == '‘' || c == '\'')
        .collect();
    let has = |list: &[&str]| {
        list.iter().any(|word| {
            if word.contains(' ') {
                lower.contains(word)
            } else {
                tokens.contains(word)
            }
        })
    };
    let thing = THINGS
        .iter()
        .find(|(_, words)| !is_person && has(words))
        .map(|(who, _)| *who);
    let first = tokens.first().copied().unwrap_or_default();
    let single = matches!(first, "one" | "a" | "an" | "he" | "she");
    let who = thing.unwrap_or(if is_person || single {
        "individual"
    } else if has(GROUPS) || words.chars().any(char::is_uppercase) || first == "they" {
        "group"
    } else {
        ""
    });
    let affiliation = OFFICES
        .iter()
        .find(|(_, words)| has(words))
        .map_or("", |(to, _)| *to);
    Traits { who, affiliation }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, is_person: bool, who: &str, affiliation: &str) {
        let found = traits(words, is_person);
        assert_eq!(
            (found.who, found.affiliation),
            (who, affiliation),
            "{words}"
        );
    }

    #[test]
    fn words_tell_what_a_source_is() {
        check(
            "Ilse Brandt, professor of harbour law at Nordhaven University",
            true,
            "individual",
            "academic",
        );
        check("the ministry’s figures", false, "data", "government");
        check("one source", false, "individual", "");
        check("two officials familiar with the talks", false, "group", "");
        check("a poll by the Courier", false, "poll", "media");
        check("Mara Lind", true, "individual", "");
        check("the harbour council", false, "", "government");
    }
}
