//! Who is named: mentions of persons, each linked to one record of the article.
//!
//! Runs of capitalised words are found block by block ([`run`]), weighed by what stands in and around them
//! ([`evidence`]), and linked to one another ([`link`]). Titles, roles and possessives stay outside a mention.
//! *Limitations*: English and German; a name in a script without capitals is not found.

mod evidence;
mod link;
mod run;

use super::Confidence;
use super::learnt::Learnt;
use super::lexicon::Language;
use super::token::Words;
use crate::model::{Segments, Span};

/// A place where a person is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonMention {
    /// The name, without title and possessive.
    pub span: Span,
    /// Index into [`People::names`].
    pub person: usize,
    /// Whether a title, an office or an explanation stands beside this mention.
    pub introduced: bool,
    /// How far to trust it: of one person the same everywhere.
    pub confidence: Confidence,
    /// Why these words are taken for a person, for a reader.
    pub why: &'static str,
}

/// The persons of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// The fullest form of each person's name, in the order of first mention.
    pub names: Vec<String>,
    /// All mentions, by start.
    pub mentions: Vec<PersonMention>,
}

impl People {
    /// A person's name, by index.
    pub fn name(&self, person: usize) -> &str {
        self.names.get(person).map_or("", String::as_str)
    }

    /// The mentions that share a letter with `span`. They lie one behind the other, so none is far from its place.
    pub fn touching(&self, span: Span) -> impl DoubleEndedIterator<Item = &PersonMention> {
        let first = self
            .mentions
            .partition_point(|mention| mention.span.end() <= span.start());
        let last = self
            .mentions
            .partition_point(|mention| mention.span.start() < span.end());
        self.mentions[first..last.max(first)].iter()
    }

    /// The mentions that lie wholly inside `within`.
    pub fn within(&self, within: Span) -> impl DoubleEndedIterator<Item = &PersonMention> {
        let first = self
            .mentions
            .partition_point(|mention| mention.span.start() < within.start());
        let last = self
            .mentions
            .partition_point(|mention| mention.span.start() < within.end());
        self.mentions[first..last.max(first)]
            .iter()
            .filter(move |mention| within.covers(mention.span))
    }
}

/// Finds every mention of a person and says who it is.
pub(super) fn people(
    text: &str,
    language: Language,
    segments: &Segments,
    words: &Words,
    learnt: &Learnt,
) -> People {
    let mut runs = Vec::new();
    for (index, block) in segments.blocks.iter().enumerate() {
        let tokens = words.of_block(index);
        run::collect(text, language, segments, block, tokens, learnt, &mut runs);
    }
    link::link(text, &runs, learnt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::suggest;
    use crate::text::segment;

    /// Checks a line in which every mention is marked ⟦so⟧.
    #[track_caller]
    fn check(marked: &str) -> People {
        let text: String = marked.chars().filter(|c| !matches!(c, '⟦' | '⟧')).collect();
        let found = suggest(&text, &segment(&text), &Learnt::default()).people;
        let mut shown = String::new();
        let mut at = 0;
        for mention in &found.mentions {
            shown += &text[at..mention.span.start()];
            shown += "⟦";
            shown += &text[mention.span.range()];
            shown += "⟧";
            at = mention.span.end();
        }
        shown += &text[at..];
        assert_eq!(shown, marked);
        found
    }

    #[test]
    fn a_title_and_a_possessive_stay_outside_the_name() {
        check("Mayor ⟦Orla Venn⟧’s office met President ⟦Piet Halloran⟧ on Monday.");
    }

    #[test]
    fn a_bare_surname_is_the_person_named_in_full() {
        let found = check("⟦Hanna Quist⟧ spoke first. ⟦Quist⟧ was calm.");
        assert_eq!(found.names, ["Hanna Quist"]);
    }

    #[test]
    fn offices_and_places_are_no_persons() {
        check("The Harbour Council in North Vale asked Brookfield University and the White House.");
    }

    #[test]
    fn an_office_that_no_list_holds_explains_a_name() {
        check("⟦Haruki Blackwood⟧, the reedcutter of Tarn, was there. ⟦Blackwood⟧ left at noon.");
    }

    #[test]
    fn a_word_that_says_something_may_be_a_firm() {
        check("Corvane said that it would close the port.");
    }

    #[test]
    fn a_party_behind_its_adjective_is_no_person() {
        check("The Republican Party met at Kestrel Weir.");
    }

    #[test]
    fn particles_initials_and_hyphens_belong_to_the_name() {
        check("⟦Marten van der Aalst⟧ and ⟦R. J. Olwen-Hughes⟧ met ⟦Samir al-Dashti⟧.");
    }

    #[test]
    fn a_german_compound_is_an_office_and_a_verb_of_saying_is_enough() {
        check(
            "Vorstandschefin ⟦Gesine Uhlen-Achtel⟧ war nicht im Haus. „Das ist gut“, sagte ⟦Wrobel⟧ der Zeitung.",
        );
    }

    #[test]
    fn a_german_byline_and_a_foreign_family_name_are_enough() {
        check(
            "Das Wehr bricht\n\nVon ⟦Levke Brandtner⟧\n\nUm acht beginnt für ⟦Tadeus Wrobelski⟧ der Dienst im Haus.",
        );
        check("Das Wehr bricht\n\nUm acht kam Amtsinhaber ⟦Wrobelski⟧ mit dem Zug.");
    }

    #[test]
    fn a_german_name_needs_a_given_name_or_an_office() {
        check(
            "Der Rat tagte in der Stadt. Bürgermeisterin ⟦Petra Uhlenhorst⟧ sprach mit der Presse und dem Verein.",
        );
    }
}
