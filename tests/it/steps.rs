//! Steps that lead back, and keys that come at an odd moment: undo and redo, edges, open lists, letters of several
//! bytes, fragments that overlap. Each does what its name promises and nothing else.
//!
//! *Limitations*: what the keys do in the usual order is for `editing`, whatever random keys do for `app_laws`.

use std::collections::BTreeSet;

use pressmark::app::{Command, CommandKind, Region, Subject};
use pressmark::model::{Id, Layer, RelationKind, Span};

use crate::editing::{STORY, focused, texts};
use crate::support::desk::Desk;
use CommandKind::*;

/// Two quotes of two speakers in one paragraph.
const TALKS: &str = "Dock talks\n“Yes,” Lind said. “No,” Reuter said.";

/// A desk on one article.
fn desk_on(text: &str) -> Desk {
    Desk::with(&[("one.txt", text)])
}

/// Our story, with its first sentence tagged as a claim.
fn with_claim() -> Desk {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, Right, Claim]);
    desk
}

/// `TALKS`, with the quotes that one Q proposed.
fn with_proposal() -> (Desk, Vec<Id>) {
    let mut desk = desk_on(TALKS);
    desk.keys(&[ParagraphDown, Quote]);
    let quotes = desk.state.proposal.as_ref().expect("a proposal");
    let quotes = quotes.quotes.clone();
    assert_eq!(quotes.len(), 2, "one for each speaker");
    (desk, quotes)
}

#[test]
fn redo_does_again_what_was_taken_back_until_something_new_is_done() {
    let mut desk = with_claim();
    desk.keys(&[Undo, Redo]);
    assert_eq!(texts(&desk.state, Layer::Claim).len(), 1);
    desk.keys(&[Undo, Person, Redo]);
    assert!(texts(&desk.state, Layer::Claim).is_empty());
    assert_eq!(texts(&desk.state, Layer::Person), ["Mara Lind"]);
}

#[test]
fn undo_shows_the_article_whose_step_it_takes_back() {
    let mut desk = with_claim();
    desk.keys(&[NextArticle]);
    desk.settle();
    assert_eq!(desk.name(), "two.txt");
    desk.keys(&[Undo]);
    assert_eq!(desk.name(), "one.txt");
    assert!(texts(&desk.state, Layer::Claim).is_empty());
    desk.settle();
    assert!(desk.on_disk("one.txt").annotations.is_empty());
}

#[test]
fn edges_that_are_moved_key_by_key_go_back_in_one_step() {
    let mut desk = with_claim();
    let before = texts(&desk.state, Layer::Claim);
    desk.keys(&[NextAnnotation, ExtendLeft, ExtendLeft, ExtendLeft]);
    assert_ne!(texts(&desk.state, Layer::Claim), before);
    desk.keys(&[Undo]);
    assert_eq!(texts(&desk.state, Layer::Claim), before);
}

#[test]
fn an_edge_that_cannot_move_makes_no_step() {
    let mut desk = desk_on(STORY);
    let end = STORY.len();
    desk.run(Command::Select {
        anchor: end - "So will Lind.".len(),
        head: end,
    });
    desk.keys(&[Claim, NextAnnotation, ExtendRight, Undo]);
    assert!(
        texts(&desk.state, Layer::Claim).is_empty(),
        "it takes back the tag"
    );
}

#[test]
fn b_chooses_which_edge_of_an_annotation_the_arrows_move() {
    let mut desk = Desk::new().without_suggestions();
    desk.tag(Layer::Claim, "board of Nordhaven will close");
    desk.keys(&[NextAnnotation, ExtendLeft]);
    assert_eq!(
        texts(&desk.state, Layer::Claim),
        ["board of Nordhaven will"]
    );
    desk.keys(&[OtherEdge, ExtendLeft]);
    assert_eq!(
        texts(&desk.state, Layer::Claim),
        ["harbour board of Nordhaven will"]
    );
    desk.keys(&[OtherEdge, ExtendRight]);
    assert_eq!(
        texts(&desk.state, Layer::Claim),
        ["harbour board of Nordhaven will close"]
    );
}

#[test]
fn a_list_that_is_open_closes_when_another_article_is_shown() {
    let mut desk = Desk::new();
    desk.keys(&[NextArticle]);
    desk.keys(&[ParagraphDown, ParagraphDown, Right, Quote, Source]);
    assert!(desk.state.pick.is_some(), "who says this?");
    desk.settle();
    assert_eq!(desk.name(), "two.txt");
    assert!(desk.state.pick.is_none());
    desk.keys(&[Accept]);
    assert!(desk.shown().sidecar.annotations.is_empty());
    desk.links_have_ends();
}

#[test]
fn a_list_about_an_annotation_closes_when_that_is_removed() {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, ParagraphDown, Right, Claim, Source]);
    assert!(desk.state.pick.is_some(), "who claims this?");
    let claim = desk.active();
    desk.run(Command::Delete(vec![claim]));
    assert!(desk.state.pick.is_none());
    desk.keys(&[Accept]);
    assert!(desk.shown().sidecar.annotations.is_empty());
}

#[test]
fn a_list_that_is_open_closes_when_a_step_is_taken_back() {
    let mut desk = with_claim();
    desk.keys(&[Source]);
    assert!(desk.state.pick.is_some(), "who claims this?");
    desk.run(Command::Undo);
    assert!(desk.state.pick.is_none());
    assert!(desk.shown().sidecar.annotations.is_empty());
}

#[test]
fn x_takes_back_the_proposed_quote_and_not_what_was_tagged_since() {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, Right, Quote, Claim, Reject]);
    assert!(texts(&desk.state, Layer::Quote).is_empty());
    assert_eq!(texts(&desk.state, Layer::Claim).len(), 1);
}

#[test]
fn q_after_one_of_two_proposed_quotes_was_removed_keeps_the_other() {
    let (mut desk, quotes) = with_proposal();
    desk.run(Command::Delete(vec![quotes[0].clone()]));
    desk.keys(&[Quote]);
    assert!(desk.shown().annotation(&quotes[1]).is_some());
}

#[test]
fn q_on_the_second_of_two_proposed_quotes_leaves_the_focus_on_words() {
    let (mut desk, _) = with_proposal();
    desk.keys(&[NextAnnotation, NextAnnotation, NextAnnotation, Quote]);
    assert!(!focused(&desk.state).is_empty());
    assert!(!texts(&desk.state, Layer::Quote).is_empty());
}

#[test]
fn f8_goes_to_every_tag_without_a_place_or_speaker_and_begins_again() {
    let mut desk = Desk::new();
    desk.tag(
        Layer::Quote,
        "One official said the decision was made in secret",
    );
    for words in ["The harbour board", "at dusk, Mara", "on Monday"] {
        desk.tag(Layer::Claim, words);
    }
    desk.settle();
    let second = STORY.find("The harbour").expect("in the story");
    let third = STORY.find("“We cannot").expect("in the story");
    let cut = [&STORY[..second], &STORY[third..]].concat();
    desk.write("here/one.txt", cut);
    desk.keys(&[Refresh]);
    desk.settle();
    let lost = desk.shown().marks.orphans().len();
    assert_eq!(lost, 3, "the quote is not in what was cut");
    desk.tag(Layer::Quote, "So will Lind");
    let mut problems = Vec::new();
    for _ in 0..10 {
        desk.keys(&[NextProblem]);
        problems.push(desk.active());
    }
    assert_eq!(problems.iter().collect::<BTreeSet<_>>().len(), 5);
    assert_eq!(problems[..5], problems[5..]);
}

#[test]
fn extending_by_letters_never_cuts_a_letter_of_two_bytes() {
    let text = "Élé été\nÉté à été.";
    let mut desk = desk_on(text);
    desk.keys(&[End, Right, Finer, Right, Finer, Right]);
    for _ in 0..12 {
        desk.keys(&[ExtendLeft]);
        let selection = desk.shown().selection.expect("a selection");
        let ends = [selection.anchor, selection.head];
        assert!(ends.iter().all(|end| text.is_char_boundary(*end)));
    }
    let second = text.find("Été").expect("the second line");
    let head = desk.shown().selection.map(|s| s.head);
    assert!(head.is_some_and(|head| head <= second), "it went on");
}

#[test]
fn extending_in_any_way_never_cuts_a_letter_of_several_code_points() {
    let family = "👩\u{200d}👩\u{200d}👧";
    let text = format!("Title {family} here\ne\u{301}te\u{301} “{family}” said Bo’s man.");
    let mut desk = desk_on(&text);
    desk.keys(&[ParagraphDown, Right, Finer, Finer]);
    let ways = [
        [ExtendRight, ExtendRight, ExtendRight, ExtendRight],
        [ExtendLeft, OtherEdge, ExtendLeft, ExtendRight],
        [ExtendDown, ExtendUp, ExtendToEnd, ExtendToStart],
    ];
    for way in ways.concat() {
        desk.keys(&[way]);
        let article = desk.shown();
        let head = article.selection.map_or(0, |selection| selection.head);
        assert!(article.source.is_grapheme_boundary(head), "{way:?}");
    }
}

#[test]
fn p_on_an_empty_selection_tags_the_name_in_the_sentence() {
    let mut desk = Desk::new();
    let start = desk.find("The harbour board").start();
    desk.keys(&[ParagraphDown, Right, ExtendRight, ExtendLeft, ExtendLeft]);
    let selection = desk.shown().selection.expect("a selection");
    assert_eq!(selection.span(), Span::new(start, start));
    desk.keys(&[Person]);
    assert_eq!(texts(&desk.state, Layer::Person), ["Mara Lind"]);
}

#[test]
fn a_source_can_be_described_where_the_sidecar_does_not_know_it_yet() {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, Right, Person]);
    let id = desk.active();
    desk.settle();
    desk.somebody_else_edits("one.txt", |sidecar| sidecar.cast.clear());
    desk.keys(&[Refresh]);
    desk.settle();
    assert!(desk.shown().sidecar.cast.is_empty());
    desk.run(Command::FocusAnnotation(id.clone()));
    desk.keys(&[Describe]);
    desk.run(Command::Pick(0));
    let cast: Vec<&str> = desk
        .shown()
        .sidecar
        .cast
        .values()
        .map(|c| &*c.name)
        .collect();
    assert_eq!(cast, ["Mara Lind"]);
}

#[test]
fn retagging_a_person_as_the_source_that_stands_there_makes_no_double() {
    let mut desk = Desk::new();
    let person = desk.tag(Layer::Person, "Mara Lind");
    desk.tag(Layer::Source, "Mara Lind");
    desk.run(Command::Retag(vec![person], Layer::Source));
    assert_eq!(texts(&desk.state, Layer::Source), ["Mara Lind"]);
}

#[test]
fn g_after_the_focus_moved_on_goes_to_the_record_and_not_back() {
    let mut desk = Desk::new().without_suggestions();
    desk.keys(&[ParagraphDown, Right, Person, NextAnnotation, GoRecord]);
    assert_eq!(desk.state.region, Region::Panel);
    desk.keys(&[Back, ParagraphDown, ParagraphDown, ParagraphDown]);
    assert_eq!(desk.state.region, Region::Reader);
    desk.tag(Layer::Person, "Tomas Reuter");
    desk.keys(&[GoRecord]);
    assert_eq!(desk.state.region, Region::Panel);
    desk.keys(&[GoRecord]);
    assert_eq!(
        desk.state.region,
        Region::Reader,
        "the second one leads back"
    );
}

#[test]
fn tab_goes_on_after_o_went_through_what_overlaps() {
    let mut desk = Desk::new().without_suggestions();
    desk.keys(&[ParagraphDown, Right, Claim, Person, Cycle, Cycle]);
    let before = (desk.active(), desk.state.region);
    assert!(desk.shown().is_cycling, "the others stand back");
    desk.keys(&[NextAnnotation]);
    assert_ne!((desk.active(), desk.state.region), before);
    desk.keys(&[ParagraphDown]);
    assert!(!desk.shown().is_cycling, "until the focus leaves");
}

#[test]
fn a_quote_of_which_no_source_is_stated_has_no_speaker() {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, Right, Quote]);
    let quote = desk.active();
    let speakers = |desk: &Desk| desk.shown().linked(&quote, &RelationKind::SaidBy).len();
    assert_eq!(speakers(&desk), 1, "the rules found one");
    let subject = Subject::Annotation(quote.clone());
    desk.run(Command::SetAttr(subject, "stated", Some("none".into())));
    assert_eq!(speakers(&desk), 0);
    desk.keys(&[Undo]);
    assert_eq!(speakers(&desk), 1);
}

#[test]
fn a_fragment_that_overlaps_is_not_added_and_the_status_says_why() {
    let mut desk = with_claim();
    let claim = desk.active();
    let before = texts(&desk.state, Layer::Claim);
    let own = desk.find("harbour board");
    let overlapping = [vec![own], vec![Span::new(0, 7), Span::new(3, 10)]];
    for fragments in overlapping {
        desk.run(Command::AddFragment(claim.clone(), fragments));
        assert_eq!(texts(&desk.state, Layer::Claim), before);
        assert!(desk.state.said.contains("already"), "{}", desk.state.said);
    }
    desk.keys(&[Undo]);
    assert!(texts(&desk.state, Layer::Claim).is_empty(), "no step of it");
}

#[test]
fn a_tag_on_a_list_item_begins_behind_its_mark() {
    let list = "The vote\nThe board heard three clerks on Monday.\n- The siren was cut off at nine.\n- The bridge is old, and it will close.\n";
    let mut desk = Desk::with(&[("one.txt", list)]).without_suggestions();
    desk.keys(&[ParagraphDown, ParagraphDown, Right, Claim]);
    assert_eq!(
        texts(&desk.state, Layer::Claim),
        ["The siren was cut off at nine."]
    );
    desk.keys(&[ParagraphDown, Right, Quote, Quote]);
    assert_eq!(
        texts(&desk.state, Layer::Quote),
        ["The bridge is old, and it will close"]
    );
}
