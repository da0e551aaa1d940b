//! Suggestions on whole lines and articles: who is named, who says what, who may be speaking.
//!
//! Lines are marked: ⟦content⟧ ⟨source⟩ ‹cue› for attributions. Persons and places are invented.

use pressmark::model::{Annotation, Edit, Form, Id, Layer, Origin, Place, Span, Target};
use pressmark::suggest::{Learnt, attributions_in, source_candidates, suggest};
use pressmark::text::{describe, segment};

use crate::editing::state_with;
use crate::support::attributions::{check, draw, read};

#[test]
fn the_speaker_may_stand_behind_the_quote() {
    let found = check("⟦“The bridge is safe,”⟧ ‹said› ⟨Orla Venn, the mayor of Tarn⟩.");
    assert_eq!(found[0].form, Form::Direct);
    assert_eq!(found[0].identification, "full");
}

#[test]
fn a_split_quote_is_one_attribution() {
    let found = check("⟦“We waited all night,”⟧ ⟨she⟩ ‹said›. ⟦“Nobody came.”⟧");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].content.len(), 2);
}

#[test]
fn the_cue_may_stand_inside_the_words() {
    check("⟦“The bridge,”⟧ ⟨Quist⟩ ‹said›, ⟦“will hold.”⟧");
    check("⟦The ferry to Tarn⟧, ⟨two officials⟩ ‹said›, ⟦would not sail before the weekend⟧.");
}

#[test]
fn a_paraphrase_leaves_that_and_the_full_stop_outside() {
    check("⟨Hanna Quist⟩ ‹said› that ⟦the bridge would be closed for a year⟧.");
    check("⟨Quist⟩ ‹told› reporters on Monday that ⟦the bridge would be closed⟧.");
    check("⟨The council⟩ ‹posted› on its website that ⟦the pool was open again⟧.");
}

#[test]
fn a_paraphrase_needs_no_that() {
    check("⟨Quist, an engineer from Tarn⟩, ‹said› ⟦even a light truck would be too heavy⟧.");
}

#[test]
fn the_source_may_stand_at_the_end_of_a_paraphrase() {
    let found = check(
        "⟦The talks have reached a dead end and will not go on before May⟧, ⟨one source⟩ ‹told› the newspaper.",
    );
    assert_eq!(found[0].identification, "bare unnamed");
    assert_eq!(found[0].form, Form::Indirect);
}

#[test]
fn according_to_names_the_source_before_or_behind() {
    check("‹According to› ⟨the harbour office⟩, ⟦four ships are waiting⟧.");
    check("⟦Four ships are waiting⟧, ‹according to› ⟨the harbour office⟩.");
    check("⟦Four ships are waiting⟧, ‹according to› ⟨the Tarn Courier⟩, which ‹said› ⟦a fifth had left⟧.")
        .iter()
        .for_each(|found| assert!(found.source.is_some()));
}

#[test]
fn citing_gives_the_same_words_a_second_source() {
    let text = "Citing unnamed officials in Tarn, the Courier said that the bridge would be sold.";
    let (_, found) = read(text);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].content, found[1].content);
    let sources: Vec<&str> = found
        .iter()
        .filter_map(|found| found.source)
        .map(|span| &text[span.range()])
        .collect();
    assert!(
        sources.contains(&"the Courier") && sources.contains(&"unnamed officials in Tarn"),
        "{sources:?}"
    );
}

#[test]
fn a_name_and_a_colon_are_enough() {
    let found = check("⟨Orla Venn, mayor of Tarn⟩: ⟦“We will rebuild it.”⟧");
    assert_eq!(found[0].cue, None);
    assert_eq!(found[0].why, "Name and colon before the quote");
}

#[test]
fn words_may_have_no_source() {
    let found =
        check("⟦The mayor wants to sell the bridge to the railway⟧, ‹it has been reported›.");
    assert_eq!((found[0].source, found[0].identification), (None, ""));
}

#[test]
fn a_document_can_speak() {
    check("⟨The ministry’s report⟩ ‹suggests› ⟦the bridge was never inspected⟧.");
}

#[test]
fn a_partial_quote_stays_inside_its_paraphrase() {
    let found = check("⟨Quist⟩ ‹said› ⟦the plan was “a joke” and would not last⟧.");
    assert_eq!(found[0].form, Form::Mixed);
}

#[test]
fn a_noun_is_no_cue() {
    check("The claims were filed in May. A report on the states of the union is due.");
}

#[test]
fn a_quote_over_two_paragraphs_has_one_speaker() {
    let text = "“The bridge is old,” said Orla Venn. “It was built by my grandfather.\n\n“It will not be sold.”";
    let (_, found) = read(text);
    assert_eq!(found.len(), 1, "{}", draw(text, &found));
    assert_eq!(found[0].content.len(), 3);
}

#[test]
fn a_colon_announces_the_quote_of_the_next_paragraph() {
    check(
        "The mayor was asked about the bridge on Monday. Then ⟨Quist⟩ ‹added›:\n\n⟦“It will not be sold.”⟧",
    );
}

#[test]
fn an_apposition_of_several_parts_belongs_to_its_name() {
    check(
        "⟨Orla Venn, founder of the rowing club, a baker from Tarn⟩, ‹said› ⟦the river was too high⟧.",
    );
    check("⟨Quist⟩, in contrast, ‹told› the Courier that ⟦the river was low⟧.");
    check("⟦Now⟧, ⟨officials⟩ ‹say›, ⟦the bridge will be closed for good⟧.");
    check("⟦Nobody has drowned here⟧, ‹said› ⟨a planner who asked not to be named⟩.");
}

#[test]
fn a_parenthesis_between_cue_and_words_is_skipped() {
    check(
        "⟨The Courier⟩ ‹reported› on Monday that ⟦the bridge was sold⟧, ‹adding› that ⟦nobody had asked⟧.",
    );
}

#[test]
fn a_pronoun_inherits_its_person() {
    let text =
        "Hanna Quist, an engineer, said the bridge was safe. She said it had been tested twice.";
    let (people, found) = read(text);
    assert_eq!(found.len(), 2);
    assert_eq!(
        found[1].entity.map(|person| people.names[person].as_str()),
        Some("Hanna Quist")
    );
    assert_eq!(found[1].identification, "full");
}

#[test]
fn a_pronoun_after_an_unnamed_source_is_nobody_known() {
    let text =
        "Mayor Piet Halloran left early. One driver said he was tired. “I sleep here,” he said.";
    let (_, found) = read(text);
    let last = found.last().expect("two attributions");
    assert_eq!(last.entity, None);
    assert_eq!(last.identification, "described but unnamed");
}

#[test]
fn german_quotes_and_inversion_are_read() {
    check(
        "Der Rat hat den Plan nicht abgelehnt. ⟦„Die Brücke ist sicher“⟧, ‹sagte› ⟨Petra Uhlenhorst⟩.",
    );
    check(
        "Die Stadt hat den Plan nicht geprüft. ⟨Die Sprecherin⟩ ‹erklärte›, dass ⟦die Brücke sicher sei⟧.",
    );
}

#[test]
fn one_sentence_comes_out_as_in_the_whole_article() {
    let text =
        "Hanna Quist, an engineer, spoke in Tarn.\nThe bridge is safe, she said. Nobody asked why.";
    let segments = segment(text);
    let (people, whole) = read(text);
    let sentence = segments
        .sentences
        .iter()
        .find(|span| text[span.range()].starts_with("The bridge"))
        .expect("a sentence");
    assert_eq!(attributions_in(text, &segments, &people, *sentence), whole);
}

#[test]
fn candidates_are_people_first_then_organisations_then_the_unnamed() {
    let text = "Mayor Orla Venn and a spokesman for the railway met the Tarn Council, and Venn said she would sign.";
    let segments = segment(text);
    let (people, _) = read(text);
    let names: Vec<String> = source_candidates(text, &segments, &people, Span::new(0, text.len()))
        .into_iter()
        .map(|candidate| candidate.name)
        .collect();
    assert_eq!(names[0], "Orla Venn");
    assert!(names.contains(&"the Tarn Council".to_owned()), "{names:?}");
    assert!(
        names.contains(&"a spokesman for the railway".to_owned()),
        "{names:?}"
    );
    assert_eq!(names.last().map(String::as_str), Some("she"));
}

#[test]
fn minutes_that_passed_and_an_official_warning_are_no_candidates() {
    let text = "The first official warning was sent 26 minutes after the flood and stood for four minutes, an \
        official from the port said. An inquiry heard more, and another official dithered.";
    let segments = segment(text);
    let (people, _) = read(text);
    let found = source_candidates(text, &segments, &people, Span::new(0, text.len()));
    let mut names: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "An inquiry",
            "an official from the port",
            "another official"
        ]
    );
}

#[test]
fn the_verb_behind_a_clause_is_no_part_of_who_speaks() {
    for (text, who) in [
        (
            "The fare went up, an engineer who asked not to be named said.",
            "an engineer who asked not to be named",
        ),
        (
            "The fare went up on Monday, said an engineer who asked.",
            "an engineer who asked",
        ),
    ] {
        let segments = segment(text);
        let (people, _) = read(text);
        let found = source_candidates(text, &segments, &people, Span::new(0, text.len()));
        let names: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, [who]);
    }
}

#[test]
fn a_verb_that_was_tagged_as_a_cue_is_learnt() {
    let mut state = state_with("Nobody came. The mayor harrumphed.");
    let text = "“It will not be sold,” Orla Venn harrumphed.";
    let cue = |learnt: &Learnt| {
        let found = suggest(text, &segment(text), learnt).attributions;
        found.first().and_then(|found| found.cue)
    };
    assert_eq!(cue(&state.learnt()), None);
    let article = state.articles.values_mut().next().expect("one is open");
    let target = |words: &str| {
        let at = article.source.as_str().find(words).expect("it is there");
        let span = Span::new(at, at + words.len());
        let selector = describe(&article.source, span);
        let place = Place::Placed(span);
        Target { selector, place }
    };
    let quote = Annotation {
        id: Id::new("q1"),
        layer: Layer::Quote,
        at: vec![target("The mayor")],
        cue: vec![target("harrumphed")],
        entity: None,
        attrs: Default::default(),
        note: String::new(),
        origin: Origin::Hand,
        by: "".into(),
        created: "".into(),
        modified: "".into(),
        extra: Default::default(),
    };
    let tagged = article.apply(Edit::Annotation(Id::new("q1"), Some(Box::new(quote))));
    tagged.expect("it can be tagged");
    let span = cue(&state.learnt()).expect("the cue is known now");
    assert_eq!(&text[span.range()], "harrumphed");
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    fn whole(text: &str, span: Span) -> bool {
        !span.is_empty() && text.get(span.range()).is_some()
    }

    /// Words that have their attribution make no second one that says nothing.
    #[test]
    fn marks_that_were_lost_leave_no_empty_attribution() {
        let text = "it has been reported: “Orla Venn --\n\n\"”“the \n\n“’s ";
        let (_, found) = read(text);
        assert!(
            found
                .iter()
                .all(|attribution| !attribution.content.is_empty())
        );
    }

    proptest! {
        #[test]
        fn any_text_gives_spans_inside_it_on_character_boundaries(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("“".to_owned()), Just("”".to_owned()), Just("\"".to_owned()), Just("’s ".to_owned()), Just("said ".to_owned()),
                    Just(", ".to_owned()), Just(". ".to_owned()), Just("\n\n".to_owned()), Just("Orla Venn ".to_owned()), Just("that ".to_owned()),
                    Just("according to ".to_owned()), Just("it has been reported".to_owned()), Just(": ".to_owned()), Just("the ".to_owned()),
                    Just("(".to_owned()), Just(")".to_owned()), Just("--".to_owned()), "\\PC{0,6}",
                ],
                0..40,
            )
        ) {
            let text = parts.concat();
            let segments = segment(&text);
            let (people, found) = read(&text);
            for mention in &people.mentions {
                prop_assert!(whole(&text, mention.span) && mention.person < people.names.len());
            }
            for attribution in &found {
                prop_assert!(!attribution.content.is_empty());
                prop_assert!(attribution.content.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
                for span in attribution.content.iter().chain(&attribution.source).chain(&attribution.cue) {
                    prop_assert!(whole(&text, *span));
                }
                prop_assert!(attribution.entity.is_none_or(|person| person < people.names.len()));
                prop_assert_eq!(attribution.source.is_none(), attribution.identification.is_empty());
            }
            prop_assert_eq!(&found, &read(&text).1);
            for block in &segments.blocks {
                for candidate in source_candidates(&text, &segments, &people, block.span) {
                    prop_assert!(block.span.covers(candidate.span));
                }
            }
        }
    }
}
