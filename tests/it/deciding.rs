//! Suggestions in the window's code: walked, accepted, rejected, remembered, and never accepted by themselves.

use pressmark::app::{Command, CommandKind, Level};
use pressmark::model::{EntityKind, Layer, Origin, RelationKind, Status};

use CommandKind::{
    Accept, AcceptSure, NextAnnotation, PreviousAnnotation, Quote, Reject, Source, SuggestClaims,
    SuggestPeople, Undo,
};

use crate::support::desk::Desk;

/// Three people speak, one of them is only named.
const FERRY: &str = "Ferry strike goes on\n\
    The strike at Nordhaven Lines will cost 40 million crowns, the union leader Mara Lind said on Monday.\n\
    “We will not move,” Lind said. Her deputy, Tomas Berg, told reporters that talks had failed.\n\
    Officials familiar with the talks said the mayor, Ines Kolb, was not asked.";

fn desk() -> Desk {
    Desk::with(&[
        ("ferry.txt", FERRY),
        ("two.txt", crate::support::desk::BRIDGE),
    ])
}

/// The words of the suggestion that has the focus.
fn focused(desk: &Desk) -> Option<String> {
    let article = desk.shown();
    let spans = &article.suggestion()?.spans;
    let words: Vec<&str> = spans.iter().map(|s| article.source.slice(*s)).collect();
    Some(words.join(" … "))
}

fn left(desk: &Desk) -> usize {
    desk.state.open_suggestions()
}

#[test]
fn nothing_is_accepted_by_itself() {
    let desk = desk();
    assert!(left(&desk) >= 6, "{}", left(&desk));
    assert!(desk.shown().sidecar.annotations.is_empty());
    assert_eq!(desk.shown().sidecar.status, Status::New);
    assert!(!desk.path("here/ferry.txt.ann.json").exists());
}

#[test]
fn tab_walks_all_of_them_there_and_back() {
    let mut desk = desk();
    let count = left(&desk);
    let mut there = Vec::new();
    for _ in 0..count {
        desk.keys(&[NextAnnotation]);
        there.push(focused(&desk).expect("a suggestion"));
    }
    let mut back = vec![focused(&desk).expect("the last one")];
    for _ in 1..count {
        desk.keys(&[PreviousAnnotation]);
        back.push(focused(&desk).expect("a suggestion"));
    }
    back.reverse();
    assert_eq!(there, back);
    assert_eq!(left(&desk), count, "walking decides nothing");
}

#[test]
fn enter_accepts_with_speaker_and_record_and_goes_on() {
    let mut desk = desk();
    desk.keys(&[Accept]);
    assert_eq!(desk.shown().focus.level, Level::Suggestion);
    desk.run(Command::ToggleSuggestions(Layer::Person));
    desk.run(Command::ToggleSuggestions(Layer::Claim));
    desk.keys(&[NextAnnotation]);
    let before = left(&desk);
    let words = focused(&desk).expect("a suggested quote");
    desk.keys(&[Accept]);
    let article = desk.shown();
    let quotes = article.in_order(Layer::Quote);
    assert_eq!(quotes.len(), 1);
    assert_eq!(quotes[0].exact(), words);
    assert_eq!(quotes[0].origin, Origin::Accepted);
    let said_by = article.linked(&quotes[0].id, &RelationKind::SaidBy);
    assert!(said_by[0].exact().contains("Lind"));
    let record = said_by[0].entity.clone().expect("a record");
    let record = desk.state.records.entities.resolve(&record).expect("known");
    assert_eq!(
        (&*record.name, record.kind),
        ("Mara Lind", EntityKind::Person)
    );
    assert_eq!(left(&desk), before - 1);
    assert_ne!(focused(&desk).expect("the next one"), words);
    assert_eq!(article.sidecar.status, Status::InWork);
}

#[test]
fn x_rejects_for_good_and_undo_asks_again() {
    let mut desk = desk();
    desk.keys(&[Accept]);
    let (words, before) = (focused(&desk).expect("a suggestion"), left(&desk));
    desk.keys(&[Reject]);
    assert!(left(&desk) < before);
    assert_eq!(desk.shown().sidecar.rejected.len(), before - left(&desk));
    let rejected = left(&desk);
    desk.keys(&[Undo]);
    assert_eq!(left(&desk), before);
    assert_eq!(
        focused(&desk).as_ref(),
        Some(&words),
        "it has the focus again"
    );
    desk.keys(&[Reject]);
    desk.settle();
    // Read again, as at the next start.
    desk.run(Command::OpenArticle("two.txt".into()));
    desk.settle();
    desk.run(Command::OpenArticle("ferry.txt".into()));
    desk.settle();
    assert_eq!(left(&desk), rejected);
    assert!(!desk.on_disk("ferry.txt").rejected.is_empty());
}

#[test]
fn a_name_is_rejected_in_all_its_mentions() {
    let text = "Grants were cut, said Orla Venn. Venn spoke to the press. Venn then left.";
    let mut desk = Desk::with(&[("one.txt", text)]);
    let people = desk.shown().suggestions.open(Layer::Person);
    assert_eq!(people, 3);
    let at = {
        let mut mentions = desk
            .shown()
            .suggestions
            .iter()
            .filter(|(_, s)| s.layer == Layer::Person);
        mentions
            .nth(1)
            .map(|(at, _)| at)
            .expect("the second mention")
    };
    desk.run(Command::FocusSuggestion(at));
    desk.keys(&[Reject]);
    assert_eq!(
        desk.shown().suggestions.open(Layer::Person),
        1,
        "“Venn” twice"
    );
}

#[test]
fn s_and_a_digit_right_the_speaker() {
    let mut desk = desk();
    desk.keys(&[SuggestPeople, SuggestClaims, Accept, Source]);
    let pick = desk.state.pick.as_ref().expect("a list");
    assert!(
        pick.items.iter().all(|item| item.label != "Mara Lind"),
        "that one is suggested"
    );
    let other = pick.items[0].label.clone();
    desk.run(Command::Pick(0));
    let article = desk.shown();
    let quote = article.in_order(Layer::Quote)[0];
    let said_by = article.linked(&quote.id, &RelationKind::SaidBy);
    let record = said_by[0].entity.clone().expect("a record");
    assert_eq!(desk.state.record_name(&record), Some(other.as_str()));
    assert_eq!(quote.origin, Origin::Edited);
    assert_eq!(article.focus.level, Level::Suggestion, "on to the next one");
}

#[test]
fn zero_says_that_no_source_is_stated() {
    let mut desk = desk();
    desk.keys(&[SuggestPeople, SuggestClaims, Accept, Source]);
    desk.run(Command::PickZero);
    let article = desk.shown();
    let quote = article.in_order(Layer::Quote)[0];
    assert_eq!(quote.attrs.text("stated"), Some("none"));
    assert!(article.linked(&quote.id, &RelationKind::SaidBy).is_empty());
}

#[test]
fn all_sure_ones_in_view_are_one_step() {
    let mut desk = desk();
    let before = left(&desk);
    desk.keys(&[AcceptSure]);
    let article = desk.shown();
    assert!(article.in_order(Layer::Quote).len() >= 3);
    let sure = |s: &pressmark::app::Suggestion| {
        s.is_open && s.confidence == pressmark::suggest::Confidence::Sure
    };
    assert!(!article.suggestions.iter().any(|(_, s)| sure(s)));
    desk.links_have_ends();
    desk.keys(&[Undo]);
    assert_eq!(left(&desk), before);
    assert!(desk.shown().sidecar.annotations.is_empty());
}

#[test]
fn only_what_is_in_view_is_accepted_at_once() {
    let mut desk = desk();
    let second = desk.find("“We will not move,” Lind said");
    desk.run(Command::InView(second));
    desk.keys(&[AcceptSure]);
    let quotes = desk.shown().in_order(Layer::Quote);
    assert_eq!(quotes.len(), 1);
    assert_eq!(quotes[0].exact(), "“We will not move,”");
}

#[test]
fn a_tag_made_by_hand_decides_the_suggestion_under_it() {
    let mut desk = desk();
    let before = desk.shown().suggestions.open(Layer::Quote);
    desk.run(Command::FocusAt(
        desk.find("“We will").start(),
        Level::Sentence,
    ));
    desk.keys(&[Quote]);
    assert_eq!(desk.shown().suggestions.open(Layer::Quote), before - 1);
    desk.keys(&[Undo]);
    assert_eq!(desk.shown().suggestions.open(Layer::Quote), before);
}

#[test]
fn a_switched_off_kind_is_neither_counted_nor_walked() {
    let mut desk = desk();
    let (before, people) = (left(&desk), desk.shown().suggestions.open(Layer::Person));
    assert!(people > 0);
    desk.keys(&[SuggestPeople]);
    assert_eq!(left(&desk), before - people);
    for _ in 0..before - people {
        desk.keys(&[NextAnnotation]);
        assert_ne!(
            desk.shown().suggestion().expect("one more").layer,
            Layer::Person
        );
    }
}

#[test]
fn a_record_made_by_hand_is_found_again_in_the_article() {
    let text = "The Quell was sighted off the coast. Harbour staff saw Quell again on Sunday.\n\
        Nobody knows what it wants, and Quell keeps silent.";
    let mut desk = Desk::with(&[("one.txt", text)]);
    assert_eq!(desk.shown().suggestions.open(Layer::Person), 0);
    desk.tag(Layer::Person, "Quell");
    desk.settle();
    assert!(desk.shown().suggestions.open(Layer::Person) >= 2);
}
