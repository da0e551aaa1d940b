//! I, and a layer's own key on a suggestion: what is said about a claim or a source by a few digits.

use pressmark::app::{Command, CommandKind};
use pressmark::model::{AttrValue, Layer, Span};

use crate::support::desk::Desk;
use CommandKind::{
    Accept, Back, Claim, Describe, NextAnnotation, Person, SuggestPeople, SuggestQuotes,
};

const STORY: &str = "Bridge closes\n\
    The repair will cost 40 million crowns, twice as much as in 2019.\n\
    “The bolts were loose,” said an engineer who asked not to be named.";

fn attr(desk: &Desk, key: &str) -> Option<AttrValue> {
    let claim = desk.shown().active().expect("a claim");
    claim.attrs.get(key).cloned()
}

#[test]
fn the_letter_of_a_suggestion_accepts_it_and_stays() {
    for (layer, letter) in [(Layer::Claim, Claim), (Layer::Person, Person)] {
        let story =
            "Strike\nIt will cost 40 million crowns, the union leader Mara Lind said on Monday.";
        let mut desk = Desk::with(&[("one.txt", story)]);
        desk.keys(&[SuggestQuotes]);
        let is_it = |desk: &Desk| desk.shown().suggestion().is_some_and(|s| s.layer == layer);
        for _ in 0..9 {
            if !is_it(&desk) {
                desk.keys(&[NextAnnotation]);
            }
        }
        assert!(is_it(&desk), "{layer:?} is suggested");
        desk.keys(&[letter]);
        let tag = desk.shown().active().expect("it has the focus");
        assert_eq!(tag.layer, layer);
        assert_eq!(tag.origin, pressmark::model::Origin::Accepted);
        assert!(
            desk.shown().suggestion().is_none(),
            "nothing else is meant by the next key"
        );
    }
}

#[test]
fn a_claim_is_asked_for_what_is_open() {
    let mut desk = Desk::with(&[("one.txt", STORY)]);
    desk.keys(&[SuggestQuotes, SuggestPeople, NextAnnotation, Claim]);
    assert_eq!(
        attr(&desk, "type"),
        Some("quantity".into()),
        "the rules told"
    );
    desk.keys(&[Describe]);
    let pick = desk.state.pick.as_ref().expect("it asks");
    let labels: Vec<&str> = pick.items.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(labels, ["first", "soon", "when there is time"]);
    desk.run(Command::Pick(1));
    assert_eq!(
        attr(&desk, "priority"),
        Some(AttrValue::Json("2".to_owned())),
        "a number in the file"
    );
    let step = desk.state.history.next_undo().expect("a step");
    assert_eq!(step.name, "set priority to soon", "in the same words");
    desk.run(Command::Pick(2));
    assert_eq!(attr(&desk, "status"), Some("checking".into()));
    assert!(desk.state.pick.is_none(), "nothing is left to ask");
    desk.keys(&[Describe]);
    desk.run(Command::Pick(1));
    assert_eq!(
        attr(&desk, "type"),
        Some("event".into()),
        "from the first one again"
    );
}

#[test]
fn once_more_asks_why_a_source_has_no_name() {
    let mut desk = Desk::with(&[("one.txt", STORY)]);
    desk.tag(Layer::Source, "an engineer who asked not to be named");
    desk.keys(&[Describe]);
    for _ in 0..3 {
        if desk.state.pick.is_some() {
            desk.run(Command::Pick(0));
        }
    }
    assert!(desk.state.pick.is_none());
    let cast = |desk: &Desk, key: &str| {
        let cast = desk.shown().sidecar.cast.values().next().expect("an entry");
        cast.attrs.text(key).map(str::to_owned)
    };
    assert_eq!(cast(&desk, "anonymity_reason"), None);
    let entry = desk
        .shown()
        .sidecar
        .cast
        .keys()
        .next()
        .expect("an entry")
        .clone();
    let of = pressmark::app::Subject::Cast(entry);
    desk.run(Command::SetAttr(
        of,
        "identification",
        Some("described but unnamed".into()),
    ));
    desk.keys(&[Describe]);
    desk.run(Command::Pick(0));
    assert_eq!(
        cast(&desk, "anonymity_reason").as_deref(),
        Some("not authorised")
    );
    desk.run(Command::Pick(0));
    assert_eq!(cast(&desk, "terms").as_deref(), Some("on background"));
    assert!(desk.state.pick.is_none());
}

#[test]
fn what_is_asked_of_has_the_focus_until_it_is_answered_or_left() {
    let talks =
        "Strike\n“We will stay out,” said a pilot.\n“They will not get a penny,” said Jon Reuter.";
    let mut desk = Desk::with(&[("one.txt", talks)]);
    desk.keys(&[SuggestPeople, NextAnnotation, Accept]);
    let next = desk.shown().focus.suggestion.expect("the next quote");
    let quote = desk.shown().last.clone();
    let asked_at = |desk: &Desk| {
        assert!(desk.state.pick.is_some(), "it asks");
        let at = desk.shown().active().expect("something tagged");
        (at.layer, at.exact())
    };
    let pilot = (Layer::Source, "a pilot".to_owned());

    let end = desk.shown().source.len();
    desk.run(Command::InView(Span::new(0, end)));
    let scrolled = desk.state.reveal;
    desk.keys(&[Describe]);
    assert_eq!(asked_at(&desk), pilot);
    desk.keys(&[Back]);
    assert_eq!(
        desk.state.reveal, scrolled,
        "what is in view stays where it is"
    );
    assert!(desk.state.pick.is_none());
    assert_eq!(desk.shown().focus.suggestion, Some(next));

    desk.keys(&[Describe]);
    assert_eq!(asked_at(&desk), pilot);
    desk.run(Command::Pick(0));
    // All is told now; once more asks why the source has no name, and on which terms it spoke.
    desk.keys(&[Describe]);
    for _ in ["anonymity_reason", "terms"] {
        assert_eq!(asked_at(&desk), pilot);
        desk.run(Command::Pick(0));
    }
    assert!(desk.state.pick.is_none());
    assert_eq!(desk.shown().focus.suggestion, Some(next), "and goes on");
    assert_eq!(desk.shown().last, quote, "fragments still go to the quote");
}
