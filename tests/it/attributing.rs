//! One rule, one line: who says what, in the shapes that newspapers have for it.
//!
//! Lines are marked: ⟦content⟧ ⟨source⟩ ‹cue›. Persons and places are invented.

use pressmark::model::Form;

use crate::support::attributions::{check, read};

/// The words of the sources, in the order of what they say.
fn sources(text: &str) -> Vec<&str> {
    let (_, found) = read(text);
    found
        .iter()
        .map(|found| found.source.map_or("", |span| &text[span.range()]))
        .collect()
}

/// The persons behind the sources.
fn speakers(text: &str) -> Vec<String> {
    let (people, found) = read(text);
    found
        .iter()
        .map(|found| {
            found
                .entity
                .map_or(String::new(), |at| people.names[at].clone())
        })
        .collect()
}

/// How the sources are identified.
fn identified(text: &str) -> Vec<&'static str> {
    let (_, found) = read(text);
    found.iter().map(|found| found.identification).collect()
}

// Verbs and their subjects

#[test]
fn a_verb_in_the_present_needs_no_plural_noun_before_it() {
    check("⟨The campaign⟩ ‹says› ⟦the ad will run on Sunday⟧.");
    check("⟨One in five⟩ ‹say› that ⟦the bridge should go⟧.");
    check("⟨Nearly a third⟩ ‹say› ⟦they do not know⟧.");
    check("⟨The leaders of both parties⟩ ‹say› ⟦the bridge must stay⟧.");
}

#[test]
fn words_of_time_may_stand_before_the_verb() {
    check("⟨Quist⟩ on Monday ‹said› that ⟦the bridge would close⟧.");
    check("⟨The council⟩ last week ‹announced› that ⟦the bridge would close⟧.");
}

#[test]
fn the_subject_is_the_people_and_not_the_place_they_go_to() {
    check("⟨Passengers on the ferry to Harbour Gate⟩ on Monday ‹said› that ⟦it was late⟧.");
    check("⟨Residents at the foot of the dam in Tarn⟩ ‹say› ⟦they were not told⟧.");
    check("On the ferry to Tarn ⟨the mayor⟩ ‹said› that ⟦it was late⟧.");
}

#[test]
fn the_mark_of_a_list_item_is_nobodys_word() {
    check("- ⟦“We wait for the ferry every day,”⟧ ⟨Orla Venn⟩ ‹said›.");
    check("• ⟦The siren had been cut off⟧, ‹according to› ⟨Orla Venn⟩.");
    check("‣ ⟨Orla Venn⟩: ⟦“We wait for the ferry.”⟧");
    check("1) ⟦The siren had been cut off⟧, ⟨Orla Venn⟩ ‹said›.\n2) Bring a coat.\n");
}

#[test]
fn a_clause_without_commas_belongs_to_its_noun() {
    check(
        "⟨An engineer who worked at the board until last year⟩ ‹told› the inquiry that ⟦staff had been warned⟧.",
    );
    check("⟨People who have fought other fires⟩ ‹say› ⟦the brigade could do more⟧.");
}

#[test]
fn a_bracket_behind_the_name_is_part_of_the_source() {
    check("⟨Orla Venn (Tarn North), head of the ferry board⟩, ‹said› ⟦members would pay⟧.");
}

#[test]
fn an_office_that_no_list_holds_still_explains_a_name() {
    let found = check(
        "⟨Haruki Venn, the reedcutter of Tarn⟩, ‹said› ⟦he had pulled the fuse and had “clean forgot” to put it back⟧.",
    );
    assert_eq!(found[0].form, Form::Mixed);
}

#[test]
fn speaking_on_condition_of_something_is_an_aside() {
    check("⟨One former clerk, speaking on condition of anonymity⟩, ‹said› ⟦the file had gone⟧.");
}

#[test]
fn a_place_with_commas_may_stand_between_verb_and_words() {
    check("⟨Venn⟩ ‹said› at a rally in Tarn, Valeshire, that ⟦the bridge would stay⟧.");
}

#[test]
fn another_speaker_ends_the_words_of_the_first() {
    check("⟨Venn⟩ ‹said› ⟦the bridge was safe⟧, and ⟨Quist⟩ ‹said› ⟦it was not⟧.");
    check("⟨Half of the voters⟩ ‹said› ⟦they would stay⟧; ⟨40 percent⟩ ‹said› ⟦they would go⟧.");
    let text = "Quist, who said the bridge was old, said she knew of no plan.";
    let (_, found) = read(text);
    let said: Vec<&str> = found
        .iter()
        .map(|found| &text[found.content[0].range()])
        .collect();
    assert_eq!(said, ["the bridge was old", "she knew of no plan"]);
}

#[test]
fn what_a_court_hears_is_reported_and_what_others_hear_is_not() {
    check("⟦The siren had been cut off before the concert⟧, ⟨an inquiry⟩ ‹heard› on Wednesday.");
    check("Quist heard that the band was playing.");
}

#[test]
fn what_is_asked_of_somebody_is_an_attribution() {
    check("⟨Quist⟩ ‹asked› the council ⟦to look into the matter⟧.");
}

// Sources in other places

#[test]
fn by_names_who_says_it() {
    check("⟦The sale⟧ ‹was first reported by› ⟨the Tarn Courier⟩.");
    check("The sale, ‹described by› ⟨critics⟩ as ⟦a folly⟧, went through.");
    check("The road was finished by Monday.");
}

#[test]
fn a_poll_speaks_for_those_it_asked() {
    check("‹In› ⟨a Courier poll⟩ last month, ⟦40 percent wanted to sell the bridge⟧.");
}

#[test]
fn a_participle_behind_a_document_reports_it() {
    check("There were ⟨polls⟩ ‹showing› that ⟦the bridge was loved⟧.");
}

#[test]
fn whoever_issues_a_statement_says_it() {
    check("⟨Quist⟩ issued a statement ‹saying› ⟦she would not resign⟧.");
}

#[test]
fn it_is_said_without_saying_by_whom() {
    check("⟦The ministry⟧ ‹is understood› ⟦to be drawing up a law⟧.");
    check("‹It is understood› that ⟦the bridge will be sold⟧.");
}

#[test]
fn a_dash_and_a_name_sign_a_quote() {
    check("⟦“The bridge was the best of us.”⟧ — ⟨Orla Venn⟩");
}

#[test]
fn a_headline_may_open_with_who_speaks_or_put_verbs_in_capitals() {
    let article = "Quist Says The Bridge Will Be Sold\n\nBy Orla Venn\n\nThe bridge at Tarn is for sale after a vote that lasted until the morning.";
    assert_eq!(sources(article), ["Quist"]);
}

// Quotations

#[test]
fn a_lost_mark_does_not_flip_what_follows() {
    let text =
        "Venn said: “We will win. He added: “We must go on.” Then he left. “No,” said Quist.";
    assert_eq!(sources(text).last(), Some(&"Quist"));
}

#[test]
fn nested_and_foreign_marks_are_read() {
    check("⟦“He told me ‘never again’ twice,”⟧ ‹said› ⟨Quist⟩.");
    check("⟦«The pier is closed»⟧, ‹said› ⟨Quist⟩.");
    check("⟦‘It’s the dockers’ pier, isn’t it?’⟧ ‹said› ⟨Mr Vale⟩.");
}

#[test]
fn quotes_without_a_cue_go_to_the_speaker_before() {
    let text = "“The pier is closed,” said Orla Venn.\n\n“Nobody asked us. Nobody will.”";
    assert_eq!(speakers(text), ["Orla Venn", "Orla Venn"]);
}

#[test]
fn an_interview_is_told_by_its_labels() {
    let text = "Orla Venn, 52, is a diver in Tarn.\n\nQ: How deep is it?\n\nA: Deep enough for me.\n\nQ: And the cold?\n\nA: One gets used to the cold.";
    assert_eq!(sources(text), ["A", "A"]);
    assert_eq!(speakers(text), ["Orla Venn", "Orla Venn"]);
    let debate = "VENN: The bridge must go this year.\n\nQUIST: It must stay where it is.\n\nVENN: You said that in May.\n\nQUIST: And I was right in May.";
    assert_eq!(sources(debate), ["VENN", "QUIST", "VENN", "QUIST"]);
}

#[test]
fn a_post_is_a_way_of_saying() {
    check("⟨Quist⟩ ‹tweeted›: ⟦“The bridge is open.”⟧");
    check("⟨Quist⟩ ‹posted› on X that ⟦the bridge was open⟧.");
}

// Who the source is

#[test]
fn anonymous_sources_are_known_as_such() {
    for (line, how) in [
        (
            "The talks failed after midnight, one source told the paper.",
            "bare unnamed",
        ),
        (
            "The talks failed, officials familiar with the matter said.",
            "described but unnamed",
        ),
        (
            "According to unnamed sources in Moravel, the talks failed.",
            "described but unnamed",
        ),
        (
            "Two diplomats, who asked not to be named, said the talks had failed.",
            "described but unnamed",
        ),
        ("Hanna Quist, a nurse, said the talks had failed.", "full"),
        ("Hanna Quist said that the talks had failed.", "name only"),
    ] {
        assert_eq!(identified(line).first(), Some(&how), "{line}");
    }
}

#[test]
fn whoever_was_he_is_not_she_further_down() {
    let text = "Haruki Venn, the keeper of the weir, spoke first. “It was me,” he said.\n\nThe lawyer Ismay Quist listened. Venn sat down.\n\n“Who else?” she asked.";
    assert_eq!(speakers(text), ["Haruki Venn", "Ismay Quist"]);
}

// German

/// Checks a line as part of a German article.
#[track_caller]
fn german(marked: &str) {
    check(&format!(
        "{marked}\n\nDer Regen ist in der Stadt und auf dem Land nicht mehr da."
    ));
}

#[test]
fn a_german_subject_may_stand_behind_the_verb() {
    german("Im Interview ‹sagte› ⟨Venn⟩, ⟦der Pier bleibe offen⟧.");
    german("Den Plan ‹nannte› ⟨der Bürgermeister⟩ ⟦„eine Frechheit“⟧.");
}

#[test]
fn the_halves_of_a_german_verb_may_stand_apart() {
    german("⟨Die Bahn⟩ ‹teilte› per Mail mit, ⟦ihr lägen dazu „keine Erkenntnisse“ vor⟧.");
    german(
        "Vor Jahren hatte ⟨Ministerin Orla Venn⟩ das Vorhaben eine ⟦„Modellbahn für Erwachsene“⟧ ‹genannt›.",
    );
}

#[test]
fn a_german_source_may_stand_in_the_sentence() {
    german("⟦Der Pier⟧, ‹so› ⟨die Stadt⟩, ⟦bleibe zu⟧.");
    german("⟦„Der Pier bleibt zu“⟧, ‹heißt es› in ⟨einer Mitteilung der Stadt⟩.");
    german("⟦Der Zug ist voll⟧, wie aus ⟨einem Bericht der Bahn⟩ ‹hervorgeht›.");
}

#[test]
fn a_german_clause_explains_its_noun() {
    german("⟨Eine Frau, die seit Jahren im Dorf lebt⟩, ‹sagt›, ⟦sie habe nichts gehört⟧.");
}

#[test]
fn german_reported_speech_goes_on_without_a_verb() {
    let text = "„Der Pier ist zu“, sagte Ministerin Orla Venn. Die Regeln seien „überholt und falsch“.\n\nDer Rat und die Stadt sind nicht einig.";
    assert_eq!(speakers(text), ["Orla Venn", "Orla Venn"]);
}
