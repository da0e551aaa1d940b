//! What an edit of an article or a merge left open, settled by keys: places confirmed, tags attached again or let go.
//!
//! How places are found again is for `reanchoring`.

use std::fs;

use pressmark::app::{Command, CommandKind, Problem, Subject, Tab, resolve};
use pressmark::model::{Anchoring, Annotation, CHECKED_WORDS, Id, Layer, Standing};
use pressmark::store::load_article;
use tempfile::TempDir;

use crate::editing::STORY;
use crate::support::desk::Desk;
use crate::support::driver::Driver;
use CommandKind::*;

const LOST: &str = "the line lost 4.2 million crowns last year";
const GONE: &str = "One official said the decision was made in secret.";
const SPEAK: &str = "Reuter will speak again today. So will Lind.";

/// The story after an editor had it: a paragraph went to the front, a figure is another, a sentence is out.
fn edited() -> String {
    let text = STORY.replace("4.2 million", "4.3 million");
    let text = text.replace(&format!(" {GONE}"), "");
    let text = text.replace(&format!("\n{SPEAK}"), "");
    text.replace("dusk\nThe", &format!("dusk\n{SPEAK}\nThe"))
}

/// Five claims, then the edit: two untouched, and one each that moved, changed and is orphaned.
fn desk() -> Desk {
    let desk = Desk::with(&[("one.txt", STORY)]);
    let mut desk = desk.without_suggestions();
    for words in [
        "Mara Lind said on Monday",
        LOST,
        GONE,
        SPEAK,
        "We cannot pay",
    ] {
        desk.tag(Layer::Claim, words);
    }
    let id = claim(&desk, LOST);
    desk.run(verdict(&id, "true"));
    desk.settle();
    desk.write("here/one.txt", edited());
    desk.start_again().without_suggestions()
}

fn verdict(id: &Id, value: &str) -> Command {
    let subject = Subject::Annotation(id.clone());
    Command::SetAttr(subject, "verdict", Some(value.into()))
}

fn claim(desk: &Desk, words: &str) -> Id {
    let mut all = desk.shown().sidecar.annotations.values();
    let found = all.find(|a| a.exact() == words);
    found.expect("a claim with these words").id.clone()
}

fn get(desk: &Desk, id: &Id) -> Annotation {
    desk.shown().annotation(id).expect("it is kept").clone()
}

fn counts(desk: &Desk) -> [usize; 4] {
    let Anchoring {
        exact,
        moved,
        changed,
        orphaned,
    } = desk.shown().anchoring();
    [exact, moved, changed, orphaned]
}

#[test]
fn f8_walks_what_an_edit_left_open_and_enter_takes_the_new_places() {
    let mut desk = desk();
    assert_eq!(counts(&desk), [2, 1, 1, 1]);
    let [moved, changed, gone] = [SPEAK, LOST, GONE].map(|words| claim(&desk, words));
    desk.keys(&[NextProblem]);
    assert_eq!((desk.active(), desk.state.tab), (moved.clone(), Tab::More));
    assert!(
        desk.state.said.contains("moved. “Accept”"),
        "{}",
        desk.state.said
    );
    let place = desk.shown().focus.span;
    assert_eq!(
        desk.shown().source.slice(place),
        SPEAK,
        "it is shown where it may be"
    );
    desk.keys(&[Accept]);
    assert_eq!(counts(&desk), [3, 0, 1, 1]);
    assert_eq!(desk.active(), changed, "on to the next");
    desk.keys(&[Accept]);
    assert_eq!(get(&desk, &changed).exact(), LOST.replace("4.2", "4.3"));
    assert_eq!(desk.active(), gone);
    assert!(
        resolve(Accept, &desk.state).is_err(),
        "there is no place to take"
    );
    desk.settle();
    let on_disk = desk.on_disk("one.txt");
    assert_eq!(on_disk.annotations[&moved].standing(), Standing::Exact);
    assert_eq!(on_disk.annotations[&changed].standing(), Standing::Exact);
    desk.keys(&[Undo, Undo]);
    assert_eq!(counts(&desk), [2, 1, 1, 1]);
    assert_eq!(get(&desk, &changed).exact(), LOST);
    desk.keys(&[Redo]);
    assert_eq!(counts(&desk), [3, 0, 1, 1]);
}

#[test]
fn an_orphan_goes_on_the_selected_words_by_enter_or_by_its_own_key() {
    for key in [Accept, Attach] {
        let mut desk = desk();
        let gone = claim(&desk, GONE);
        desk.run(Command::FocusAnnotation(gone.clone()));
        assert!(resolve(Attach, &desk.state).is_err() || desk.shown().active.is_some());
        desk.select("The money is gone");
        desk.keys(&[key]);
        assert_eq!(counts(&desk), [3, 1, 1, 0], "{key:?}");
        assert_eq!(
            (get(&desk, &gone).exact().as_str(), desk.active()),
            ("The money is gone", gone)
        );
        desk.keys(&[Undo]);
        assert_eq!(counts(&desk), [2, 1, 1, 1]);
    }
}

#[test]
fn a_tag_that_has_its_place_is_attached_to_nothing_else() {
    let mut desk = desk();
    let whole = claim(&desk, "We cannot pay");
    desk.run(Command::FocusAnnotation(whole));
    assert!(resolve(Attach, &desk.state).is_err());
    desk.select("The money is gone");
    assert!(resolve(Attach, &desk.state).is_err());
    assert_eq!(
        resolve(Accept, &desk.state).ok(),
        Some(Command::StepAnnotation(pressmark::app::Direction::Forward))
    );
}

#[test]
fn of_several_fragments_only_the_lost_one_is_put_elsewhere() {
    let mut desk = Desk::with(&[("one.txt", STORY)]).without_suggestions();
    let id = desk.tag(Layer::Quote, "“We cannot pay for the night boats,”");
    let more = desk.find("“The money is gone.”");
    desk.run(Command::AddFragment(id.clone(), vec![more]));
    desk.settle();
    desk.write(
        "here/one.txt",
        STORY.replace("“The money is gone.”", "“Nothing is left,” she added."),
    );
    let mut desk = desk.start_again().without_suggestions();
    assert_eq!(get(&desk, &id).standing(), Standing::Changed);
    desk.run(Command::FocusAnnotation(id.clone()));
    desk.select("“Nothing is left,”");
    desk.keys(&[Attach]);
    let exact = get(&desk, &id).exact();
    assert_eq!(
        exact,
        "“We cannot pay for the night boats,” … “Nothing is left,”"
    );
    assert_eq!(get(&desk, &id).standing(), Standing::Exact);
}

#[test]
fn x_lets_go_of_what_lost_its_place_and_ctrl_z_brings_it_back() {
    for key in [Reject, Delete] {
        let mut desk = desk();
        let gone = claim(&desk, GONE);
        desk.run(Command::FocusAnnotation(gone.clone()));
        desk.keys(&[key]);
        assert_eq!(counts(&desk), [2, 1, 1, 0]);
        assert_eq!(desk.active(), claim(&desk, SPEAK), "on to what is left");
        desk.keys(&[Undo]);
        assert_eq!(counts(&desk), [2, 1, 1, 1]);
        assert_eq!(get(&desk, &gone).exact(), GONE);
    }
}

#[test]
fn all_that_moved_are_confirmed_as_one_step() {
    let mut desk = desk();
    let depth = desk.state.history.depth();
    desk.keys(&[ConfirmMoved]);
    assert_eq!(counts(&desk), [3, 0, 1, 1]);
    assert_eq!(desk.state.history.depth(), depth + 1);
    assert!(resolve(ConfirmMoved, &desk.state).is_err());
    desk.keys(&[Undo]);
    assert_eq!(counts(&desk), [2, 1, 1, 1]);
}

#[test]
fn a_check_whose_words_changed_is_marked_until_it_is_made_again() {
    let mut desk = desk();
    let id = claim(&desk, LOST);
    assert!(get(&desk, &id).needs_recheck());
    desk.run(Command::ConfirmPlace(id.clone()));
    let claim = get(&desk, &id);
    assert!(claim.needs_recheck(), "it was not checked with these words");
    assert_eq!(claim.attrs.text(CHECKED_WORDS), Some(LOST));
    assert_eq!(
        desk.shown().problem_of(&claim),
        Some(Problem::Recheck(id.clone()))
    );
    desk.settle();
    let mut desk = desk.start_again().without_suggestions();
    assert!(get(&desk, &id).needs_recheck(), "the sidecar remembers it");
    desk.run(verdict(&id, "true"));
    assert!(!get(&desk, &id).needs_recheck());
    desk.keys(&[Undo]);
    assert!(get(&desk, &id).needs_recheck());
}

#[test]
fn a_claim_that_nobody_checked_or_that_only_moved_needs_no_other_check() {
    let mut desk = desk();
    let [moved, gone] = [SPEAK, GONE].map(|words| claim(&desk, words));
    assert!(!get(&desk, &gone).needs_recheck());
    desk.run(verdict(&moved, "false"));
    assert!(!get(&desk, &moved).needs_recheck());
    desk.run(Command::ConfirmPlace(moved.clone()));
    assert!(!get(&desk, &moved).needs_recheck());
}

#[test]
fn f8_walks_decisions_that_lost_their_place() {
    let mut desk = Desk::with(&[("one.txt", STORY)]).without_suggestions();
    let at = desk.find("decision was").start();
    desk.run(Command::SplitSentence(at));
    desk.settle();
    desk.write("here/one.txt", edited());
    let mut desk = desk.start_again().without_suggestions();
    desk.keys(&[NextProblem]);
    assert_eq!(desk.shown().stand, Some(Problem::Decision(0)));
    desk.keys(&[Reject]);
    assert!(desk.shown().sidecar.overrides.is_empty());
    desk.keys(&[Undo]);
    assert_eq!(desk.shown().sidecar.overrides.len(), 1);
    desk.settle();
    assert_eq!(desk.on_disk("one.txt").overrides.len(), 1);
}

/// Both sides wrote a note on one claim, differently.
fn merged() -> (Desk, Id) {
    let mut desk = Desk::with(&[("one.txt", STORY)]).without_suggestions();
    let id = desk.tag(Layer::Claim, LOST);
    desk.settle();
    desk.somebody_else_edits("one.txt", |sidecar| {
        let claim = sidecar.annotations.get_mut(&id).expect("the claim");
        claim.note = "theirs".to_owned();
    });
    desk.run(Command::SetNote(id.clone(), "ours".to_owned()));
    desk.settle();
    (desk, id)
}

#[test]
fn f8_walks_what_both_sides_of_a_merge_had_changed() {
    let (mut desk, ours) = merged();
    assert_eq!(desk.shown().sidecar.annotations.len(), 2);
    desk.keys(&[NextProblem]);
    let theirs = desk.active();
    assert_ne!(theirs, ours);
    assert_eq!(get(&desk, &theirs).note, "theirs");
    desk.keys(&[Accept]);
    assert!(desk.shown().problems().is_empty(), "both stay");
    assert_eq!(desk.shown().sidecar.annotations.len(), 2);

    let (mut desk, ours) = merged();
    desk.keys(&[NextProblem, Reject]);
    let left: Vec<&Id> = desk.shown().sidecar.annotations.keys().collect();
    assert_eq!(left, [&ours]);
    assert!(desk.shown().problems().is_empty());
    desk.keys(&[Undo]);
    assert_eq!(desk.shown().problems().len(), 1, "it stands twice again");
}

#[test]
fn values_that_both_sides_had_changed_are_told_until_they_are_put_away() {
    let mut desk = Desk::with(&[("one.txt", STORY)]).without_suggestions();
    desk.tag(Layer::Claim, LOST);
    desk.settle();
    desk.somebody_else_edits("one.txt", |sidecar| {
        sidecar.status = pressmark::model::Status::New;
    });
    desk.run(Command::SetStatus(pressmark::model::Status::Done));
    desk.settle();
    desk.keys(&[NextProblem]);
    assert_eq!(desk.shown().stand, Some(Problem::Told(0)));
    desk.keys(&[Accept]);
    assert!(desk.shown().problems().is_empty());
    assert_eq!(desk.shown().stand, None);
}

#[test]
fn an_article_that_is_edited_while_it_is_open_is_settled_alike() {
    let mut desk = Desk::with(&[("one.txt", STORY)]).without_suggestions();
    for words in [LOST, GONE, SPEAK] {
        desk.tag(Layer::Claim, words);
    }
    desk.settle();
    desk.write("here/one.txt", edited());
    desk.keys(&[Refresh]);
    desk.settle();
    assert_eq!(counts(&desk), [0, 1, 1, 1]);
    desk.keys(&[NextProblem, Accept, Accept]);
    assert_eq!(counts(&desk), [2, 0, 0, 1]);
}

#[test]
fn the_panel_counts_lists_and_shows_old_beside_new() {
    let folder = TempDir::new().expect("a folder");
    let article = folder.path().join("one.txt");
    fs::write(&article, STORY).expect("an article");
    let mut window = Driver::open(folder.path());
    window.keys("Ctrl+3 Ctrl+4 Ctrl+5 ↓ → C ↓ ↓ ↓ C").settle();
    drop(window);
    let text = STORY.replace("close the ferry line", "shut the ferry line");
    fs::write(&article, text).expect("edited");
    let mut window = Driver::open(folder.path());
    window.keys("Ctrl+3 Ctrl+4 Ctrl+5").settle();
    let counts = window
        .state()
        .article()
        .map(pressmark::app::OpenArticle::anchoring);
    assert!(window.says("1 untouched, 1 changed"), "{counts:?}");
    window.keys("F8");
    assert!(window.says("▲ Changed"));
    assert!(window.says("was: The harbour board of Nordhaven will close"));
    assert!(window.says("now: The harbour board of Nordhaven will shut"));
    assert!(window.says("claim, changed: The harbour board"));
    window.keys("Enter").settle();
    assert!(!window.says("1 untouched"), "nothing is open any more");
    let loaded = load_article(&article, None).expect("an article");
    assert_eq!(loaded.orphans, 0);
    window.keys("Ctrl+Z").settle();
    assert!(window.shows("▲ 1 untouched, 1 changed"));
    window
        .keys("F8")
        .click("Take it as it is now (Enter)")
        .settle();
    assert!(!window.says("1 untouched"));
}
