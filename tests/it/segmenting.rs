//! Blocks, sentences and quotes, on lines that could stand in a newspaper; what holds for any text is in `segment_laws`.

use pressmark::model::{
    Extra, Override, OverrideKind, Place, QuoteKind, Segments, Selector, Span, Target,
};
use pressmark::text::{SourceText, describe, segment, segment_with};

use crate::support::marks::{check, mark, unmark};

#[track_caller]
fn check_quotes(marked: &str) {
    check(marked, |text| fragments(&segment(text)));
}

#[track_caller]
fn check_sentences(marked: &str) {
    check(marked, |text| segment(text).sentences);
}

#[track_caller]
fn check_blocks(marked: &str) {
    check(marked, |text| {
        segment(text)
            .blocks
            .iter()
            .map(|block| block.span)
            .collect()
    });
}

fn fragments(segments: &Segments) -> Vec<Span> {
    segments
        .quotes
        .iter()
        .flat_map(|quote| quote.fragments.clone())
        .collect()
}

fn kinds(article: &str) -> Vec<&'static str> {
    segment(article)
        .blocks
        .iter()
        .map(|block| block.kind.name())
        .collect()
}

#[track_caller]
fn check_kind(line: &str, kind: QuoteKind) {
    let found = segment(line).quotes;
    assert_eq!(
        found.iter().map(|quote| quote.kind).collect::<Vec<_>>(),
        [kind],
        "{line}"
    );
}

// Quotes

#[test]
fn a_quote_runs_from_its_opening_to_its_closing_mark() {
    check_quotes("She said: ⟦“The pier is closed.”⟧ He left.");
    check_quotes("⟦\"No,\"⟧ she said. ⟦\"Not today.\"⟧");
    check_quotes("It was, he said, ⟦“a mess”⟧—⟦“and a shame.”⟧");
}

#[test]
fn british_single_quotes_may_hold_apostrophes() {
    check_quotes("⟦‘It’s the dockers’ pier, isn’t it?’⟧ said Mr Vale.");
    check_quotes("⟦'I don't want the harbour's ships,'⟧ she said. ⟦'Not now.'⟧");
    check_quotes("⟦'The workers' hall burned,'⟧ he said.");
    check_quotes("⟦‘She called it “a mess”,’⟧ he said.");
}

#[test]
fn apostrophes_and_measures_open_no_quote() {
    check_quotes("President Orlo‘s envoys and Varn’s ministers met the dockers’ union.");
    check_quotes("In the '90s and the ’80s they'd rock 'n' roll till 'em all went home.");
    check_quotes("He is 6'2\" tall and has a 12\" record and ships' ropes.");
    check_quotes("<p class=\"lead\">The pier</p> is ⟦“closed”⟧.");
}

#[test]
fn a_lost_mark_spoils_only_its_own_sentence() {
    check_quotes("He said, ⟦“We will win.⟧ He added: ⟦“We must go on.”⟧ She said ⟦“no”⟧.");
    check_quotes("We will win,” he said. She said, ⟦“No.”⟧ He said, ⟦“Yes.”⟧");
    check_quotes("Ten years ago\" it was sold. ⟦\"A pity,\"⟧ she said.");
}

#[test]
fn a_quote_may_close_two_paragraphs_later() {
    let article = "“We came at dawn,” she said.\n“There was no light.\n“There was no sound.\n“Then the cranes fell.”\nNobody spoke.";
    let quotes = segment(article).quotes;
    assert_eq!(quotes.len(), 2);
    assert_eq!(
        mark(article, &quotes[1].fragments),
        "“We came at dawn,” she said.\n⟦“There was no light.⟧\n⟦“There was no sound.⟧\n⟦“Then the cranes fell.”⟧\nNobody spoke."
    );
    assert!(quotes[1].closed);
}

#[test]
fn a_quote_that_nobody_takes_up_ends_with_its_paragraph() {
    let quotes =
        segment("She said: “We came at dawn.\nThe pier was closed.\n“No,” he said.").quotes;
    assert_eq!(
        quotes.iter().map(|quote| quote.closed).collect::<Vec<_>>(),
        [false, true]
    );
    check_quotes("She said: ⟦“We came at dawn.⟧\nThe pier was closed.\n⟦“No,”⟧ he said.");
}

#[test]
fn pasted_quotes_inside_typed_ones_belong_to_them() {
    check_quotes("⟦\"He said “no” twice,\"⟧ she told us. ⟦“Then 'yes'.”⟧");
}

#[test]
fn other_languages_have_other_marks() {
    check_quotes("Sie sagte: ⟦„Der Pier ist ‚zu‘.“⟧ Er ging. ⟦„Nein“⟧, sagte sie.");
    check_quotes("⟦»Der Pier ist zu«⟧, sagte sie. Er rief: ⟦»Nein!«⟧");
    check_quotes("⟦« Le quai est fermé »⟧, a-t-elle dit. ⟦«Non.»⟧");
    check_quotes("Она сказала: ⟦«Причал закрыт»⟧. Он ушел.");
    check_quotes("她说：⟦“码头关了。”⟧他走了。⟦「不行」⟧，他说。");
    check_quotes("Hon sade: ⟦”Piren är stängd.”⟧ Han gick.");
    check_quotes("He cabled ⟦``stop the ships''⟧ and slept.");
}

#[test]
fn marks_mean_speech_a_so_called_or_a_title() {
    check_kind("“We will not move the ships,” she said.", QuoteKind::Speech);
    check_kind("She called the plan “absurd”.", QuoteKind::Speech);
    check_kind(
        "The plan drew on the “magic” of the markets.",
        QuoteKind::Scare,
    );
    check_kind("The so-called “pier tax” is gone.", QuoteKind::Scare);
    check_kind(
        "They sang “The Night Ferry to Ellin” on deck.",
        QuoteKind::Title,
    );
    check_kind(
        "Ihr Roman „Zwischen den Kränen wird es still“ erschien im Mai.",
        QuoteKind::Title,
    );
    check_kind("The “No Quay”-badges sold out by noon.", QuoteKind::Title);
}

#[test]
fn a_german_name_is_no_speech_unless_somebody_speaks() {
    let german = |line: &str, kind| {
        // The rules of German apply to a German article.
        let article = format!("{line}\nDer Rat und die Stadt sind mit der Lage nicht zufrieden.");
        let found = segment(&article).quotes;
        let kinds: Vec<_> = found.iter().map(|quote| quote.kind).collect();
        assert_eq!(kinds, [kind], "{line}");
    };
    german(
        "Die Rockgruppe „Nasse Füße“ trat im Hafen auf.",
        QuoteKind::Title,
    );
    german(
        "Eine „Küstenbote“-Reporterin war an Bord.",
        QuoteKind::Title,
    );
    german(
        "Am Kai lag die „Stern von Ellin“ am Sonntag vor Anker.",
        QuoteKind::Title,
    );
    german("Der sogenannte „Kranfrieden“ ist vorbei.", QuoteKind::Scare);
    german(
        "Eine Gruppe, die sich „Rat für freie Kais“ nennt, kam dazu.",
        QuoteKind::Title,
    );
    german(
        "Sie bezeichnete den Plan als „untragbar“.",
        QuoteKind::Speech,
    );
    german("Die Regeln seien „überholt“.", QuoteKind::Speech);
    german(
        "Der Bürgermeister sprach von einer „Gefahr für die Stadt“.",
        QuoteKind::Speech,
    );
    german(
        "„Ein guter Tag“, freute sich der Hafenmeister.",
        QuoteKind::Speech,
    );
    german(
        "Kritik kam von der Partei: „Keine Kompromisse“.",
        QuoteKind::Speech,
    );
}

// Sentences

#[test]
fn abbreviations_end_no_sentence() {
    check_sentences(
        "⟦Mr. Vale met Gen. J. R. Osk of the U.S. Navy at 5 p.m. on Jan. 3.⟧ ⟦He paid $3.50.⟧",
    );
    check_sentences("⟦She moved to the U.S. in May.⟧ ⟦He came from the U.S.⟧ ⟦The rest stayed.⟧");
    check_sentences("⟦Orlo Inc. bought No. 5, Pier Rd., from Vale & Co.⟧ ⟦They paid cash.⟧");
    check_sentences("⟦The talks, e.g. on tolls, end at 5 p.m. Friday.⟧ ⟦Nobody knows more.⟧");
}

#[test]
fn german_ordinals_and_abbreviations_end_no_sentence() {
    check_sentences(
        "⟦Der Pier ist seit dem 7. August zu, z. B. für die Boote.⟧ ⟦Das sagte Dr. Brandt am 3. Mai.⟧",
    );
    check_sentences("⟦Das 12. Kapitel war lang.⟧ ⟦Er war 25.⟧ ⟦Sie war älter.⟧");
}

#[test]
fn a_quote_and_who_said_it_are_one_sentence() {
    check_sentences("⟦“No!” she said.⟧ ⟦“Why?” Lund asked.⟧ ⟦“Never.” he added.⟧");
    check_sentences("⟦She said: “No.⟧ ⟦Not today.”⟧ ⟦He left.⟧");
    check_sentences("⟦“不行。”她说。⟧⟦他走了！⟧⟦为什么？⟧");
}

#[test]
fn dots_of_omission_end_a_sentence_before_a_capital() {
    check_sentences("⟦“I was there…⟧ ⟦Then I left,” he said.⟧ ⟦He was ... somewhere.⟧");
    check_sentences("⟦He came to Act Two ... Act Three was cut.⟧");
}

#[test]
fn french_spanish_and_russian_sentences_end_where_they_should() {
    check_sentences("⟦« Vous partez ? »⟧ ⟦Il sourit.⟧ ⟦M. Duval est parti.⟧");
    check_sentences("⟦¿Quién llegó?⟧ ⟦¡Nadie!⟧ ⟦El Sr. Vega y la Sra. Ruiz no vinieron.⟧");
    check_sentences("⟦В 2025 г. причал закрыли.⟧ ⟦Это сказал А. Орлов и др. моряки.⟧");
}

#[test]
fn references_belong_to_the_sentence_before() {
    check_sentences("⟦The pier fell in 1931.[4] [5]⟧ ⟦It was rebuilt. [6]⟧");
}

#[test]
fn a_sentence_never_crosses_a_block() {
    check_sentences("⟦What it means⟧\n⟦Ships wait⟧\n⟦- Bread⟧\n⟦- Salt⟧");
}

// Blocks

#[test]
fn a_line_is_a_paragraph_where_lines_are_long() {
    let long = "The harbour of Ellin was closed on Sunday after cranes fell on two ships, the port authority said in a note.";
    check_blocks(&format!(
        "⟦{long}⟧\n⟦{long} {long}⟧\n⟦{long}⟧\n\n⟦Ships wait.⟧"
    ));
}

#[test]
fn hard_wrapped_lines_are_joined() {
    check_blocks(
        "⟦Harbour closed after cranes fall⟧\n\n\
         ⟦ELLIN, 3 May – The harbour of Ellin was closed on Sunday after two\n\
         cranes fell on ships that lay at the northern pier, the authority\n\
         said. Nobody was hurt.⟧\n\n\
         ⟦“We heard a noise like thunder and then we saw the first of them go\n\
         down,” said Ines Okafor, a pilot.⟧\n",
    );
}

#[test]
fn a_quote_over_wrapped_lines_is_one_fragment() {
    check_quotes(
        "The harbour of Ellin was closed on Sunday after two of the cranes\n\
         fell on ships. ⟦“We heard a noise like thunder and then we saw the\n\
         first of them go down,”⟧ said Ines Okafor, a pilot of the port for\n\
         many years.\n",
    );
}

#[test]
fn an_article_has_its_parts() {
    let article = "\nHarbour closed after cranes fall\nBy Ines Okafor\n3 May 2026\nThe port is shut, it was said on Sunday.\n\
                   Lena Brandt/Getty Images\nWhat it means\nShips wait at sea.\nRead more: Cranes of the north\n";
    let expected = [
        "headline",
        "byline",
        "dateline",
        "paragraph",
        "credit",
        "heading",
        "paragraph",
        "furniture",
    ];
    assert_eq!(kinds(article), expected);
}

#[test]
fn an_article_may_begin_without_a_headline() {
    assert_eq!(
        kinds("\nThe port is shut.\nWhat it means\nShips wait."),
        ["paragraph", "heading", "paragraph"]
    );
}

// A person's decisions

#[track_caller]
fn decided(marked_place: &str, make: OverrideKind) -> (String, Segments) {
    let (text, places) = unmark(marked_place);
    let source = SourceText::new(text.as_str());
    let decisions: Vec<Override> = places
        .iter()
        .map(|&span| Override {
            at: Target {
                selector: describe(&source, span),
                place: Place::Placed(span),
            },
            make: make.clone(),
            extra: Extra::default(),
        })
        .collect();
    (text, segment_with(&source, &decisions))
}

#[test]
fn a_person_may_undo_and_make_quotes() {
    let (text, segments) = decided("The ⟦“magic”⟧ pier is “closed”.", OverrideKind::NotAQuote);
    assert_eq!(
        mark(&text, &fragments(&segments)),
        "The “magic” pier is ⟦“closed”⟧."
    );
    let (text, segments) = decided("Lund: ⟦We came.\nWe left.⟧ “No.”", OverrideKind::Quote);
    assert_eq!(
        mark(&text, &fragments(&segments)),
        "Lund: ⟦We came.⟧\n⟦We left.⟧ ⟦“No.”⟧"
    );
}

#[test]
fn a_person_may_split_and_join_sentences() {
    let (text, segments) = decided("⟦The pier fell⟧ it rained. He left.", OverrideKind::Split);
    assert_eq!(
        mark(&text, &segments.sentences),
        "⟦The pier fell⟧ ⟦it rained.⟧ ⟦He left.⟧"
    );
    let (text, segments) = decided(
        "He met Vol⟦.⟧ Baker there. She left.\nNo.",
        OverrideKind::Join,
    );
    assert_eq!(
        mark(&text, &segments.sentences),
        "⟦He met Vol. Baker there.⟧ ⟦She left.⟧\n⟦No.⟧"
    );
    let (text, segments) = decided("A dog barks. ⟦It rains.⟧\nNo. Go.", OverrideKind::Join);
    assert_eq!(
        mark(&text, &segments.sentences),
        "⟦A dog barks.⟧ ⟦It rains.⟧\n⟦No.⟧ ⟦Go.⟧"
    );
}

#[test]
fn a_place_that_is_not_certain_decides_nothing() {
    let text = SourceText::new("The “magic” pier.");
    let at = Target {
        selector: Selector::default(),
        place: Place::Orphan,
    };
    let decision = Override {
        at,
        make: OverrideKind::NotAQuote,
        extra: Extra::default(),
    };
    assert_eq!(segment_with(&text, &[decision]), segment(text.as_str()));
}
