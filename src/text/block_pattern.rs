//! Patterns of the small print of news: times, datelines, bylines, credits, captions, and what is no article at all.
//!
//! `block_kind` tries them, each only on blocks short enough for it; so none limits its own length.

use std::sync::LazyLock;

use regex::Regex;

macro_rules! pattern {
    ($($name:ident = $pattern:literal;)*) => {
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
    BYLINE = r"(?x)^ (?: (?i:by|von|par|por|written\s+by|reporting\s+by|reported\s+by|edited\s+by|editing\s+by) :?
            | (?i:text|interview|story|words|автор) : )
        \s+ \p{Lu} [\p{L}.'’-]* (?: (?: \s | \s?[&|/]\s? | ,\s (?: and \s )? )
            (?: and | und | et | y | for | in | de | del | la | van | von | der | den | al | bin | \p{Lu}[\p{L}\p{N}.'’-]* ) ){0,14}
            (?: ,\s .+ | \s and \s the \s .+ )? $
        | ^ \p{Lu}[\p{Ll}'’-]+ (?:\s \p{Lu}[\p{L}.'’-]*){1,3} \s? [|] \s? .+ $";
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
