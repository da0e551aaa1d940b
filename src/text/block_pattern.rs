//! Patterns of the small print of news: times, datelines, bylines, credits, captions, and what is no article at all.
//!
//! `block_kind` tries them, each only on blocks short enough for it; so none limits its own length. Compiling a pattern
//! takes longer than reading most articles, so those that would be tried on every headline are asked for only where
//! the first word, or a sign, makes them possible.

use std::sync::LazyLock;

use regex::Regex;

/// Whether a block is no part of an article: "Read more: …", "Advertisement".
pub(super) fn is_furniture(words: &str) -> bool {
    const OPENERS: &[&str] = &[
        "advertisement",
        "anzeige",
        "werbung",
        "publicidad",
        "read",
        "see",
        "watch",
        "learn",
        "story",
        "article",
        "scroll",
        "related",
        "share",
        "print",
        "comment",
        "comments",
        "e",
        "email",
        "save",
        "follow",
        "sign",
        "signed",
        "subscribe",
        "click",
        "lesen",
        "sehen",
        "mehr",
        "lire",
        "lea",
        "most",
        "all",
        "copyright",
    ];
    (may_open_with(words, OPENERS) || words.contains('©')) && FURNITURE.is_match(words)
}

/// Whether a block says who wrote the article.
pub(super) fn is_byline(words: &str) -> bool {
    const OPENERS: &[&str] = &[
        "by",
        "von",
        "par",
        "por",
        "written",
        "reporting",
        "reported",
        "edited",
        "editing",
        "text",
        "interview",
        "story",
        "words",
    ];
    if !may_open_with(words, OPENERS) && !words.contains('|') {
        return false;
    }
    // Each name behind the first has a sign before it.
    let is_before_name = |c: char| c.is_whitespace() || matches!(c, '&' | '|' | '/' | ',');
    let has_few_names = words.chars().filter(|&c| is_before_name(c)).count() <= MOST_NAMES;
    let pattern = if has_few_names {
        &SHORT_BYLINE
    } else {
        &BYLINE
    };
    pattern.is_match(words)
}

/// Whether a block says whose a picture is.
pub(super) fn is_credit(words: &str) -> bool {
    const OPENERS: &[&str] = &[
        "photo",
        "photos",
        "photograph",
        "photographs",
        "foto",
        "fotos",
        "image",
        "picture",
        "bild",
        "credit",
        "source",
        "quelle",
        "graphic",
        "illustration",
        "courtesy",
    ];
    (may_open_with(words, OPENERS) || words.contains('/')) && CREDIT.is_match(words)
}

/// Whether the first word of a block is one of some, whatever its case. A word that is not all ASCII may be any: the
/// patterns know more letters than there are here.
fn may_open_with(words: &str, openers: &[&str]) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = words.find(|c: char| !c.is_ascii_alphabetic());
    let (first, rest) = words.split_at(end.unwrap_or(words.len()));
    let goes_on = rest.starts_with(|c: char| !c.is_ascii() && c.is_alphanumeric());
    goes_on
        || openers
            .iter()
            .any(|opener| first.eq_ignore_ascii_case(opener))
}

/// The most names of a byline behind the first, as in its pattern.
const MOST_NAMES: usize = 14;

const BYLINE_TEXT: &str = r"(?x)^ (?: (?i:by|von|par|por|written\s+by|reporting\s+by|reported\s+by|edited\s+by|editing\s+by) :?
            | (?i:text|interview|story|words|автор) : )
        \s+ \p{Lu} [\p{L}.'’-]* (?: (?: \s | \s?[&|/]\s? | ,\s (?: and \s )? )
            (?: and | und | et | y | for | in | de | del | la | van | von | der | den | al | bin | \p{Lu}[\p{L}\p{N}.'’-]* ) ){0,14}
            (?: ,\s .+ | \s and \s the \s .+ )? $
        | ^ \p{Lu}[\p{Ll}'’-]+ (?:\s \p{Lu}[\p{L}.'’-]*){1,3} \s? [|] \s? .+ $";

macro_rules! pattern {
    ($($name:ident = $pattern:expr;)*) => {
        $(pub(super) static $name: LazyLock<Regex> = LazyLock::new(|| {
            // The pattern is a constant; a test compiles each.
            Regex::new($pattern).expect("a constant pattern")
        });)*

        #[test]
        fn all_patterns_compile() {
            $(assert!(!$name.as_str().is_empty());)*
        }
    };
}

pattern! {
    TIME = r"(?xi)^ [\[(]? (?: (?:[01]?\d|2[0-3]) [:.h] [0-5]\d (?::[0-5]\d)? | 1?\d (?:[:.][0-5]\d)? \s? [ap]\.?m\.? )
        (?: \s? (?:[ap]\.?m\.?|uhr|hrs?|h) )?
        (?: \s? (?:[A-Z]{2,4}T|GMT|UTC|ET|CET|[A-Z]{1,2}ST) )? [\])]?
        (?: \s* [|·•–-] \s* .* )? $";
    FURNITURE = r"(?xi)^ \W* (?:
        advertisement | anzeige | werbung | publicité | publicidad | реклама
        | (?:read|see|watch|learn) \s+ (?:more|also|next) .*
        | story \s+ continues .* | article \s+ continues .*
        | scroll \s+ (?:down|to) .*
        | related (?: \s+ (?:articles?|stories|coverage|content|topics|links) )? (?: \s*: .* )?
        | share | print | comments? | (?:share|print|e-?mail|save) \s+ (?:this|article|story) .*
        | share \s+ on \s+ .* | follow \s+ us .*
        | (?:sign|signed) \s+ up \s+ (?:for|to|here) .*
        | subscribe \s+ (?:to|now|here) .* | click \s+ here .*
        | (?:lesen|sehen) \s+ sie \s+ (?:auch|mehr) .* | mehr \s+ zum \s+ thema .* | lire \s+ aussi .*
        | lea \s+ también .* | читайте \s+ также .* | most \s+ (?:read|popular|viewed)
        | all \s+ rights \s+ reserved .* | copyright (?-u:\b) .* | © .* ) \W* $";
    DATELINE = r"(?xi)^ (?: (?:published|updated|posted|last\s+updated|first\s+published
            |veröffentlicht|stand|publié|mis\s+à\s+jour)
            :? \s+ (?:on\s+|am\s+|le\s+)? )?
        (?: [\p{L}.\s'’-]+ , \s* )?
        (?: (?:mon|tues|wednes|thurs|fri|satur|sun)day | (?:mon|diens|donners|frei|sams|sonn)tag | mittwoch
            | lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche
            | lunes | martes | miércoles | jueves | viernes | sábado | domingo
        )?
        ,? \s*
        (?: \d{1,2} (?:st|nd|rd|th|\.|er)? \s+ (?:de\s+)?
                (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez
                |janv|févr|avr|juin|juil|août|déc|ene|abr|ago|dic)[\p{L}]*\.? (?:\s+de)? ,? (?:\s+ \d{4})?
          | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \s+ \d{1,2}(?:st|nd|rd|th)? (?: ,? \s+ \d{4})?
          | \d{4}-\d{2}-\d{2} | \d{1,2}[./]\d{1,2}[./]\d{2,4} | \d{4}年\d{1,2}月\d{1,2}日 )
        (?: [,\s·|–-]+ (?:at\s+|um\s+|à\s+)? \d{1,2}[:.h]\d{2}
            (?:\s?[ap]\.?m\.?|\s?uhr)? (?:\s+[A-Z]{2,4})? )?
        (?: \s* \([^)]+\) )? \s* [.–—-]* $ | ^ \p{Lu}[\p{Lu}\s.,'’-]+ \s* \((?:[^()]+)\) \s* [–—-]* $";
    BYLINE = BYLINE_TEXT;
    // Where there is no room for more names than it may have, it need not count them: counting takes most of the time
    // that it takes to compile.
    SHORT_BYLINE = &BYLINE_TEXT.replace("{0,14}", "*");
    CREDIT = r"(?xi)^ \(? (?: photo(?:graph)?s? | fotos? | image | picture | bild | credit | photo\s+credit | source | quelle
            | graphic | illustration | crédit | снимок | фото )
            (?: \s* : | \s+ (?:by|courtesy|via) (?-u:\b) ) .+ $
        | ^ courtesy \s+ of (?-u:\b) .+ $
        | (?-u:\b) (?: getty (?:\s+images)? | ap\s+photo | associated\s+press | afp | reuters | epa(?:-efe)? | dpa | shutterstock | alamy
            | zuma\s*(?:press|wire)?
            | anadolu | tass | sputnik | xinhua | istock(?:photo)? | imago | ullstein
            | picture\s+alliance | press\s+association | pa\s+(?:wire|media|images)
            | flickr | wikimedia(?:\s+commons)? | pool ) \s* /
        | / \s* (?: getty (?:\s+images)? | ap | afp | reuters | epa(?:-efe)? | dpa | shutterstock
            | alamy(?:\s+stock\s+photo)? | zuma(?:\s+press)?
            | anadolu | tass | sputnik | xinhua | pool | imago | keystone | istock | flickr | pa(?:\s+wire)? | bloomberg ) (?: \s+ \p{L}+ ){0,2} [)]? $";
    CAPTION = r"(?xi)^ (?: caption | file\s+photo | above | pictured | im\s+bild | légende ) \s* : .+ $
        | ^ .+ [.\s(] \(? (?: photo(?:graph)? | foto | image | picture | bild ) (?: \s+ by (?-u:\b) | \s*: ) .+ $
        | ^ .+ \( [^()]* (?: getty | afp | reuters | ap\s+photo | dpa ) [^()]* \) $";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_has_a_limit_of_names_whichever_pattern_is_asked() {
        for names in 0..20 {
            let by = format!("By Ada{}", " Tom".repeat(names));
            assert_eq!(is_byline(&by), names <= MOST_NAMES, "{by}");
            for tail in [
                ", Ellin",
                " and the port",
                " & Eve",
                ", and Eve",
                "/Eve",
                " |",
                " of",
            ] {
                let words = format!("{by}{tail}");
                assert_eq!(is_byline(&words), BYLINE.is_match(&words), "{words}");
            }
        }
    }

    #[test]
    fn the_first_word_lets_through_what_the_patterns_fit() {
        for words in [
            "Advertisement",
            "*** ANZEIGE ***",
            "Publicité",
            "Реклама",
            "_ Read more: Who voted",
            "See also the map",
            "Story continues below",
            "Article continues below",
            "Scroll down",
            "Related stories: the port",
            "Share",
            "e-mail this",
            "Email this story",
            "Save this article",
            "Comments",
            "Follow us on the web",
            "Signed up for news",
            "Subscribe now",
            "Click here",
            "Lesen Sie auch: Hafen",
            "Mehr zum Thema Hafen",
            "Lire aussi : le port",
            "Lea también esto",
            "Читайте также: порт",
            "Most read",
            "All rights reserved",
            "Copyright The Ellin Post",
            "© The Ellin Post",
            "(C) © The Ellin Post",
            "ſhare",
            "\u{301}share",
        ] {
            assert_eq!(is_furniture(words), FURNITURE.is_match(words), "{words}");
        }
        for words in [
            "BY INES OKAFOR",
            "By Ines Okafor",
            "von: Ines Okafor",
            "Written by Ines Okafor",
            "Reporting by Ines Okafor and Tom Reed",
            "Edited by Tom Reed",
            "Text: Ines Okafor",
            "Interview: Ines Okafor",
            "Story: Ines Okafor",
            "WORDS: Ines Okafor",
            "Автор: Ines Okafor",
            "Ines Okafor | The Ellin Post",
        ] {
            assert_eq!(is_byline(words), BYLINE.is_match(words), "{words}");
        }
        for words in [
            "Photo: Lena Brandt",
            "(Photographs by Lena Brandt)",
            "Fotos: Lena Brandt",
            "PICTURE COURTESY the port",
            "Bild: Lena Brandt",
            "Photo credit: Lena Brandt",
            "Credit: Lena Brandt",
            "Source: the port",
            "Quelle: Hafenamt",
            "Graphic: Lena Brandt",
            "Illustration via the port",
            "Crédit : Lena Brandt",
            "Снимок: порт",
            "Courtesy of the port",
            "Lena Brandt/Getty Images",
            "AFP / Lena Brandt",
        ] {
            assert_eq!(is_credit(words), CREDIT.is_match(words), "{words}");
            assert!(is_credit(words), "{words}");
        }
    }
}
