//! Two articles side by side: one is current, the other keeps what it has; both are saved, watched and remembered.

mod window;

use std::fs;

use pressmark::app::{Closing, Command, CommandKind, resolve};
use pressmark::model::{Layer, Span};
use pressmark::store::MISSING;
use pressmark::text::Query;

use crate::editing::STORY;
use crate::support::desk::{BRIDGE, Desk, Job};
use CommandKind::*;

const CLAIM: &str = "the line lost 4.2 million crowns last year";
const COST: &str = "Officials said the work cost 3 million crowns.";

/// `STORY` stands left and is current, `BRIDGE` stands beside it.
fn two() -> Desk {
    let mut desk = Desk::new().without_suggestions();
    desk.keys(&[Beside]);
    desk.settle();
    desk.keys(&[OtherArticle]);
    assert_eq!((desk.name(), beside(&desk)), ("one.txt", Some("two.txt")));
    desk
}

fn beside(desk: &Desk) -> Option<&str> {
    desk.state.beside.as_ref().map(|beside| &*beside.key)
}

fn in_memory(desk: &Desk) -> Vec<&str> {
    let mut keys: Vec<&str> = desk.state.articles.keys().map(|key| &**key).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn the_next_article_opens_beside_this_one_and_has_the_keys() {
    let mut desk = Desk::new();
    desk.keys(&[Beside]);
    desk.settle();
    assert_eq!((desk.name(), beside(&desk)), ("two.txt", Some("one.txt")));
    let other = desk.state.beside.as_ref().expect("two are open");
    assert!(other.is_left, "what was there stays where it was");
    assert_eq!(in_memory(&desk), ["one.txt", "two.txt"]);
    desk.keys(&[Beside]);
    assert_eq!((desk.name(), beside(&desk)), ("two.txt", None));
    assert_eq!(in_memory(&desk), ["two.txt"], "nothing holds the other");
}

#[test]
fn each_article_keeps_its_focus_its_tags_and_its_suggestions() {
    let mut desk = two();
    desk.tag(Layer::Claim, CLAIM);
    let focus = desk.shown().focus.clone();
    desk.keys(&[OtherArticle]);
    desk.tag(Layer::Claim, COST);
    desk.keys(&[OtherArticle]);
    assert_eq!(desk.shown().focus, focus);
    desk.settle();
    for key in ["one.txt", "two.txt"] {
        assert_eq!(desk.on_disk(key).count(Layer::Claim), 1, "{key}");
        let article = &desk.state.articles[key];
        assert!(article.analysis.is_some(), "{key}: the rules were asked");
    }
}

#[test]
fn undo_takes_back_the_last_step_in_whichever_article_it_was_made() {
    let mut desk = two();
    desk.tag(Layer::Claim, CLAIM);
    desk.keys(&[OtherArticle]);
    desk.tag(Layer::Claim, COST);
    desk.keys(&[OtherArticle, Undo]);
    assert_eq!(desk.name(), "two.txt", "the person sees what is taken back");
    assert_eq!(beside(&desk), Some("one.txt"));
    assert!(desk.shown().sidecar.annotations.is_empty());
    desk.keys(&[Undo]);
    assert_eq!(desk.name(), "one.txt");
    assert!(desk.shown().sidecar.annotations.is_empty());
}

#[test]
fn no_article_stands_beside_itself() {
    let mut desk = two();
    desk.run(Command::OpenBeside("one.txt".into()));
    assert_eq!((desk.name(), beside(&desk)), ("one.txt", Some("two.txt")));
    assert!(
        desk.state.said.contains("open already"),
        "{}",
        desk.state.said
    );
    // Opened from the list, what stands beside gets the keys where it stands.
    desk.run(Command::OpenArticle("two.txt".into()));
    assert_eq!((desk.name(), beside(&desk)), ("two.txt", Some("one.txt")));
}

#[test]
fn an_article_takes_the_place_of_the_current_one_and_the_other_stays() {
    let mut desk = Desk::with(&[("a.txt", STORY), ("b.txt", BRIDGE), ("c.txt", STORY)]);
    desk.keys(&[Beside]);
    desk.settle();
    desk.keys(&[OtherArticle]);
    // The article beside is read already: the next one is the one behind it.
    desk.keys(&[NextArticle]);
    desk.settle();
    assert_eq!((desk.name(), beside(&desk)), ("c.txt", Some("b.txt")));
    assert_eq!(in_memory(&desk), ["b.txt", "c.txt"]);
    desk.run(Command::OpenBeside("a.txt".into()));
    desk.settle();
    assert_eq!((desk.name(), beside(&desk)), ("a.txt", Some("c.txt")));
    assert!(
        desk.state
            .beside
            .as_ref()
            .is_some_and(|other| other.is_left)
    );
}

#[test]
fn either_of_the_two_can_be_closed() {
    let mut desk = two();
    desk.run(Command::CloseBeside("one.txt".into()));
    assert_eq!((desk.name(), beside(&desk)), ("two.txt", None));
    let mut desk = two();
    desk.run(Command::CloseBeside("two.txt".into()));
    assert_eq!((desk.name(), beside(&desk)), ("one.txt", None));
    assert!(resolve(OtherArticle, &desk.state).is_err());
}

#[test]
fn what_is_closed_and_not_saved_is_saved_all_the_same() {
    let mut desk = two();
    desk.keys(&[OtherArticle]);
    desk.tag(Layer::Claim, COST);
    desk.run(Command::CloseBeside("two.txt".into()));
    assert_eq!(desk.state.unsaved().len(), 1);
    desk.settle();
    assert_eq!(desk.on_disk("two.txt").count(Layer::Claim), 1);
}

#[test]
fn closing_the_window_waits_for_both() {
    let mut desk = two();
    desk.tag(Layer::Claim, CLAIM);
    desk.keys(&[OtherArticle]);
    desk.tag(Layer::Claim, COST);
    desk.keys(&[Quit]);
    assert_eq!(desk.state.unsaved().len(), 2);
    assert_ne!(desk.state.closing, Closing::Now);
    desk.settle();
    assert_eq!(desk.state.closing, Closing::Now);
}

#[test]
fn what_cannot_be_saved_of_either_is_offered_at_the_next_start() {
    let mut desk = two();
    desk.tag(Layer::Claim, CLAIM);
    desk.keys(&[OtherArticle]);
    desk.tag(Layer::Claim, COST);
    desk.settle();
    let protect = |desk: &Desk, is_protected: bool| {
        for name in ["one.txt.ann.json", "two.txt.ann.json"] {
            let path = desk.path("here").join(name);
            let mut permissions = fs::metadata(&path).expect("it is there").permissions();
            permissions.set_readonly(is_protected);
            fs::set_permissions(&path, permissions).expect("they are set");
        }
    };
    protect(&desk, true);
    desk.tag(Layer::Claim, "Nobody should worry");
    desk.keys(&[OtherArticle]);
    desk.tag(Layer::Claim, "Reuter will speak again today");
    desk.settle();
    assert!(desk.state.is_all_kept());
    protect(&desk, false);
    let mut desk = desk.start_again();
    assert_eq!(desk.state.rescued.len(), 2);
    desk.run(Command::BringBack);
    desk.settle();
    for key in ["one.txt", "two.txt"] {
        assert_eq!(desk.on_disk(key).count(Layer::Claim), 2, "{key}");
    }
}

#[test]
fn what_others_write_comes_into_the_article_beside() {
    let mut desk = two();
    desk.keys(&[OtherArticle]);
    let id = desk.tag(Layer::Claim, COST);
    desk.keys(&[OtherArticle]);
    desk.settle();
    desk.run(Command::InViewBeside(Span::new(20, 60)));
    desk.somebody_else_edits("two.txt", |sidecar| {
        let claim = sidecar.annotations.get_mut(&id);
        claim.expect("it was saved").note = "theirs".into();
    });
    desk.keys(&[Refresh]);
    desk.settle();
    assert_eq!((desk.name(), beside(&desk)), ("one.txt", Some("two.txt")));
    let other = desk.state.other_article().expect("it is in memory");
    assert_eq!(other.annotation(&id).expect("it is there").note, "theirs");
    assert_eq!(other.reread.1, 20, "its reader stays where it was");
}

#[test]
fn an_article_beside_that_is_removed_stays_and_says_so() {
    let mut desk = two();
    desk.keys(&[OtherArticle]);
    desk.tag(Layer::Claim, COST);
    desk.keys(&[OtherArticle]);
    desk.settle();
    desk.remove("here/two.txt");
    desk.keys(&[Refresh]);
    desk.settle();
    assert_eq!((desk.name(), beside(&desk)), ("one.txt", Some("two.txt")));
    let other = desk.state.other_article().expect("it is in memory");
    assert_eq!(other.readonly.as_deref(), Some(MISSING));
    assert_eq!(other.sidecar.count(Layer::Claim), 1);
}

#[test]
fn an_article_that_cannot_be_read_does_not_stand_beside() {
    let mut desk = Desk::new();
    desk.keys(&[Beside]);
    desk.remove("here/two.txt");
    desk.settle();
    assert_eq!((desk.name(), beside(&desk)), ("one.txt", None));
    assert!(desk.state.loading.is_none());
}

#[test]
fn a_search_goes_with_the_keys() {
    let mut desk = two();
    desk.run(Command::SetQuery(Query {
        words: "said".into(),
        ..Default::default()
    }));
    desk.keys(&[Find]);
    desk.settle();
    let hits = |desk: &Desk, key: &str| {
        let shown = desk.state.find.shown(&desk.state.articles[key]);
        shown.map_or(0, |hits| hits.spans.len())
    };
    assert_eq!((hits(&desk, "one.txt"), hits(&desk, "two.txt")), (2, 0));
    desk.keys(&[OtherArticle]);
    desk.settle();
    assert_eq!((hits(&desk, "one.txt"), hits(&desk, "two.txt")), (0, 2));
}

#[test]
fn a_window_too_narrow_for_two_says_why() {
    let mut desk = Desk::new();
    desk.run(Command::Narrow(true));
    let why = resolve(Beside, &desk.state).expect_err("there is no room");
    assert!(why.contains("wider window"), "{why}");
    desk.run(Command::OpenBeside("two.txt".into()));
    assert_eq!((desk.name(), beside(&desk)), ("one.txt", None));
}

#[test]
fn an_article_that_comes_late_stands_beside_and_takes_nothing_over() {
    let mut desk = Desk::with(&[("a.txt", STORY), ("b.txt", BRIDGE), ("c.txt", STORY)]);
    desk.keys(&[Beside]);
    let late = desk.hold(Job::Load);
    // Meanwhile the person goes on to another article.
    desk.run(Command::OpenArticle("c.txt".into()));
    desk.settle();
    desk.take_all(late);
    desk.settle();
    assert_eq!((desk.name(), beside(&desk)), ("c.txt", Some("b.txt")));
    assert!(desk.state.other_article().is_some());
}

#[test]
fn what_was_being_opened_beside_is_opened_when_another_folder_turns_out_not_to_be() {
    let mut desk = Desk::new();
    desk.state.beside = Some(pressmark::app::Beside {
        key: "two.txt".into(),
        is_left: false,
        in_view: None,
    });
    let nowhere = desk.path("nowhere");
    desk.run(Command::Open(nowhere));
    desk.settle();
    assert_eq!((desk.name(), beside(&desk)), ("one.txt", Some("two.txt")));
    assert!(desk.state.other_article().is_some());
}
