//! Undo and redo after a restart: what was done is taken back, on what it was done on, and on nothing else.

use std::fs;

use pressmark::app::{CodeChange, Command, CommandKind, State, Subject, resolve};
use pressmark::model::{Id, Layer, Sidecar, Status};
use pressmark::store;
use tempfile::TempDir;

use crate::editing::STORY;
use crate::support::desk::{BRIDGE, Desk, Job};
use crate::support::driver::Driver;
use CommandKind::*;

const LOST: &str = "the line lost 4.2 million crowns last year";

fn desk() -> Desk {
    Desk::with(&[("one.txt", STORY), ("two.txt", BRIDGE)]).without_suggestions()
}

fn restarted(mut desk: Desk) -> Desk {
    desk.settle();
    desk.start_again().without_suggestions()
}

/// The sidecar of the article that is shown, whether or not its file carries the text.
fn sidecar(desk: &Desk) -> Sidecar {
    Sidecar {
        text: None,
        ..desk.shown().sidecar.clone()
    }
}

/// Whether some notice says this.
fn is_told(desk: &Desk, words: &str) -> bool {
    let mut notices = desk.state.notices.iter();
    notices.any(|notice| notice.summary.contains(words))
}

#[test]
fn a_step_is_taken_back_and_done_again_after_restarts() {
    let mut desk = desk();
    desk.tag(Layer::Claim, LOST);
    let mut desk = restarted(desk);
    assert_eq!(desk.shown().sidecar.annotations.len(), 1);
    desk.keys(&[Undo]);
    assert!(
        desk.state.said.starts_with("Undid: tag"),
        "{}",
        desk.state.said
    );
    assert!(desk.shown().sidecar.annotations.is_empty());
    let mut desk = restarted(desk);
    assert!(desk.on_disk("one.txt").annotations.is_empty());
    desk.keys(&[Redo]);
    desk.settle();
    assert_eq!(desk.on_disk("one.txt").annotations.len(), 1);
}

#[test]
fn every_kind_of_step_survives_a_restart() {
    let mut desk = desk();
    let before = sidecar(&desk);
    let claim = desk.tag(Layer::Claim, LOST);
    let verdict = Some("false".into());
    desk.run(Command::SetAttr(
        Subject::Annotation(claim.clone()),
        "verdict",
        verdict,
    ));
    desk.run(Command::SetNote(
        claim.clone(),
        "Ask the line: “is it so?”\nTwice.".to_owned(),
    ));
    let quote = desk.tag(Layer::Quote, "“We cannot pay for the night boats,”");
    let more = desk.find("“The money is gone.”");
    desk.run(Command::AddFragment(quote.clone(), vec![more]));
    let cue = desk.find("told");
    desk.run(Command::SetCue(quote, vec![cue]));
    let person = desk.tag(Layer::Person, "Mara Lind");
    let record = desk
        .shown()
        .annotation(&person)
        .and_then(|a| a.entity.clone());
    let record: Id = record.expect("a record");
    let who = Some("individual".into());
    desk.run(Command::SetAttr(Subject::Cast(record), "who", who));
    let at = desk.find("decision was").start();
    desk.run(Command::SplitSentence(at));
    desk.run(Command::SetStatus(Status::Done));
    desk.run(Command::ChangeCodes(CodeChange::New("mood".to_owned())));
    desk.run(Command::Delete(vec![claim]));
    desk.settle();
    let (after, people) = (sidecar(&desk), desk.state.records.entities.clone());
    let codes = desk.state.codes.book.clone();
    assert_eq!(codes.codes.len(), 1);
    let steps = desk.state.history.depth();
    assert!(steps >= 10 && people.by_id.len() == 1);

    let mut desk = restarted(desk);
    assert_eq!(desk.state.history.depth(), steps);
    desk.undo_all();
    assert_eq!(sidecar(&desk), before);
    assert!(desk.state.records.entities.by_id.is_empty());
    assert!(desk.state.codes.book.codes.is_empty());
    let mut desk = restarted(desk);
    while resolve(Redo, &desk.state).is_ok() {
        desk.keys(&[Redo]);
    }
    assert_eq!(sidecar(&desk), after);
    assert_eq!(desk.state.records.entities, people);
    assert_eq!(desk.state.codes.book, codes);
}

#[test]
fn what_was_rejected_comes_back_after_a_restart() {
    let mut desk = Desk::with(&[("one.txt", STORY)]);
    desk.keys(&[NextAnnotation, Reject]);
    desk.settle();
    assert_eq!(desk.on_disk("one.txt").rejected.len(), 1);
    let mut desk = desk.start_again();
    desk.keys(&[Undo]);
    desk.settle();
    assert!(desk.on_disk("one.txt").rejected.is_empty());
}

#[test]
fn steps_on_a_sidecar_that_was_changed_outside_are_dropped_and_counted() {
    let mut desk = desk();
    let claim = desk.tag(Layer::Claim, LOST);
    desk.tag(Layer::Claim, "The money is gone");
    desk.settle();
    desk.somebody_else_edits("one.txt", |sidecar| {
        let claim = sidecar.annotations.get_mut(&claim).expect("the claim");
        claim.note = "theirs".to_owned();
    });
    let desk = restarted(desk);
    assert!(is_told(
        &desk,
        "2 steps cannot be undone any more: “one.txt” was changed"
    ));
    assert!(resolve(Undo, &desk.state).is_err());
    let desk = restarted(desk);
    assert!(!is_told(&desk, "cannot be undone"), "it is told once");
}

#[test]
fn steps_on_an_article_that_was_edited_are_dropped() {
    let mut desk = desk();
    desk.tag(Layer::Claim, LOST);
    desk.settle();
    desk.write("here/one.txt", STORY.replace("Ferries", "All ferries"));
    let desk = restarted(desk);
    assert!(is_told(&desk, "1 step cannot be undone any more"));
    assert!(resolve(Undo, &desk.state).is_err());
    assert_eq!(desk.shown().sidecar.annotations.len(), 1);
}

/// A new start on the first article; the step that can be taken back is in the second.
fn restarted_beside_a_step() -> Desk {
    let mut desk = desk();
    desk.run(Command::OpenArticle("two.txt".into()));
    desk.settle();
    desk.tag(Layer::Claim, "the work cost 3 million crowns");
    desk.run(Command::OpenArticle("one.txt".into()));
    restarted(desk)
}

#[test]
fn an_article_that_changes_between_the_start_and_its_opening_takes_no_step() {
    let mut desk = restarted_beside_a_step();
    assert!(resolve(Undo, &desk.state).is_ok());
    desk.write("here/two.txt", BRIDGE.replace("3 million", "30 million"));
    desk.keys(&[Undo]);
    desk.settle();
    assert!(is_told(
        &desk,
        "1 step cannot be undone any more: “two.txt”"
    ));
    assert_eq!(desk.on_disk("two.txt").annotations.len(), 1);
}

#[test]
fn an_article_that_is_not_open_is_loaded_before_a_step_on_it_is_taken_back() {
    let mut desk = restarted_beside_a_step();
    assert_eq!(desk.name(), "one.txt");
    desk.keys(&[Undo]);
    assert!(desk.asks_for(Job::Load));
    desk.settle();
    assert_eq!(desk.name(), "two.txt", "it is shown");
    assert!(
        desk.state.said.starts_with("Undid: tag"),
        "{}",
        desk.state.said
    );
    assert!(desk.on_disk("two.txt").annotations.is_empty());
}

/// A new start on the article with the step, shown while its sidecar's hash is still being taken.
fn restarted_amid_the_opening() -> Desk {
    let mut desk = desk();
    desk.tag(Layer::Claim, LOST);
    let mut desk = restarted(desk);
    desk.state = State::default();
    desk.run(Command::Open(desk.path("here")));
    desk.settle_only(Job::Scan);
    desk.settle_only(Job::Load);
    assert!(desk.asks_for(Job::Hash), "the loader's thread takes it");
    desk
}

#[test]
fn a_step_waits_for_the_hash_of_what_it_was_made_on() {
    let mut desk = restarted_amid_the_opening();
    desk.keys(&[Undo]);
    assert_eq!(desk.shown().sidecar.annotations.len(), 1, "nobody waits");
    desk.settle();
    assert!(desk.shown().sidecar.annotations.is_empty());
    assert!(desk.on_disk("one.txt").annotations.is_empty());
}

#[test]
fn what_is_done_before_the_hash_is_taken_is_saved_and_kept_to_be_undone() {
    let mut desk = restarted_amid_the_opening();
    desk.tag(Layer::Claim, "Ferries");
    desk.settle();
    assert_eq!(desk.on_disk("one.txt").annotations.len(), 2);
    let mut desk = restarted(desk);
    desk.keys(&[Undo, Undo]);
    desk.settle();
    assert!(desk.on_disk("one.txt").annotations.is_empty());
}

#[test]
fn only_a_sidecar_that_is_compared_has_its_hash_taken_before_it_is_shown() {
    let mut desk = restarted_beside_a_step();
    desk.run(Command::OpenArticle("two.txt".into()));
    assert_eq!(desk.compares(), Some(true), "a step was made on it");
    desk.settle();
    assert!(resolve(Undo, &desk.state).is_ok(), "nobody changed it");
    desk.run(Command::Reread {
        encoding: "utf-8".to_owned(),
    });
    assert_eq!(desk.compares(), Some(true), "it is read again");
    desk.settle();

    let mut desk = self::desk();
    desk.run(Command::OpenArticle("two.txt".into()));
    assert_eq!(desk.compares(), Some(false), "nothing was made on it");
}

#[test]
fn a_kill_before_the_history_was_kept_leaves_none_that_does_not_fit() {
    for saved in [true, false] {
        let mut desk = desk();
        desk.tag(Layer::Claim, LOST);
        desk.settle();
        desk.keeps_history = false;
        desk.tag(Layer::Claim, "The money is gone");
        if saved {
            desk.settle();
        }
        let mut desk = desk.start_again().without_suggestions();
        if saved {
            // The sidecar went ahead of the history: nothing of that fits.
            assert!(is_told(&desk, "1 step cannot be undone any more"));
            assert!(resolve(Undo, &desk.state).is_err());
            assert_eq!(desk.shown().sidecar.annotations.len(), 2);
        } else {
            desk.keys(&[Undo]);
            assert!(desk.shown().sidecar.annotations.is_empty());
        }
    }
}

#[test]
fn records_that_were_changed_outside_take_no_step_of_an_earlier_run() {
    let mut desk = desk();
    desk.tag(Layer::Person, "Mara Lind");
    desk.settle();
    desk.somebody_else_edits_records(|entities| {
        for id in entities.by_id.keys().cloned().collect::<Vec<_>>() {
            entities.by_id.get_mut(&id).expect("a record").note = "theirs".to_owned();
        }
    });
    let desk = restarted(desk);
    assert!(is_told(&desk, "The folder’s list of people was changed"));
    assert!(resolve(Undo, &desk.state).is_err());
}

#[test]
fn a_folder_that_was_moved_begins_a_new_history() {
    let folder = TempDir::new().expect("a folder");
    let state = TempDir::new().expect("a state folder");
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    fs::create_dir(&here).expect("a folder");
    fs::write(here.join("one.txt"), STORY).expect("an article");
    let mut window = Driver::open_keeping(&here, state.path());
    window.keys("↓ → C").settle();
    drop(window);
    fs::rename(&here, &there).expect("moved");
    let window = Driver::open_keeping(&there, state.path());
    assert!(resolve(Undo, &window.state()).is_err());
    assert!(
        window.state().notices.is_empty(),
        "nothing to say: {:?}",
        window.state().notices
    );
}

#[test]
fn the_window_takes_back_after_a_restart_what_was_tagged_before() {
    let folder = TempDir::new().expect("a folder");
    let state = TempDir::new().expect("a state folder");
    let article = folder.path().join("one.txt");
    fs::write(&article, STORY).expect("an article");
    let mut window = Driver::open_keeping(folder.path(), state.path());
    window.keys("↓ → C ↓ C").settle();
    drop(window);
    let mut window = Driver::open_keeping(folder.path(), state.path());
    window.keys("Ctrl+Z");
    assert!(window.says("Undid: tag"));
    window.settle();
    drop(window);
    let loaded = store::load_article(&article, None).expect("an article");
    assert_eq!(loaded.sidecar.annotations.len(), 1);
    let mut window = Driver::open_keeping(folder.path(), state.path());
    window.keys("Ctrl+Shift+Z Ctrl+Z Ctrl+Z").settle();
    let loaded = store::load_article(&article, None).expect("an article");
    assert!(loaded.sidecar.annotations.is_empty());
}

#[test]
fn a_history_that_cannot_be_read_is_told_and_harms_nothing() {
    for bytes in [
        "",
        "{",
        "[1]",
        "\u{0}\u{0}",
        r#"{"format":"pressmark-history","version":1,"documents":[],"undo":[{"name":"x","place":null,"edits":[{"document":{"article":"one.txt"},"sets":"status","id":null,"value":"done","places":[]}]}],"redo":[]}"#,
    ] {
        let mut desk = desk();
        desk.tag(Layer::Claim, LOST);
        desk.settle();
        let kept = fs::read_dir(desk.path("state/history"))
            .expect("a folder")
            .next();
        let kept = kept.expect("a history").expect("a file").path();
        fs::write(kept, bytes).expect("damaged");
        let desk = restarted(desk);
        assert!(is_told(&desk, "could not be read"), "{bytes}");
        assert!(resolve(Undo, &desk.state).is_err());
        assert_eq!(desk.shown().sidecar.annotations.len(), 1);
    }
}

#[test]
fn places_that_do_not_fit_the_text_are_never_used() {
    let mut desk = desk();
    desk.tag(Layer::Claim, LOST);
    let id = desk.active();
    desk.run(Command::Delete(vec![id]));
    desk.settle();
    let kept = fs::read_dir(desk.path("state/history"))
        .expect("a folder")
        .next();
    let kept = kept.expect("a history").expect("a file").path();
    let text = fs::read_to_string(&kept).expect("a history");
    let start = desk.find(LOST).start();
    let other = text.replace(&format!("[[0,{start},"), "[[0,3,");
    assert_ne!(text, other);
    fs::write(kept, other).expect("tampered with");
    let desk = restarted(desk);
    assert!(is_told(&desk, "cannot be undone any more"));
    assert!(resolve(Undo, &desk.state).is_err());
}

#[test]
fn the_newest_steps_are_kept_and_not_without_end() {
    let mut desk = desk();
    let id = desk.tag(Layer::Claim, LOST);
    for at in 0..600 {
        let priority = Some(["1", "2", "3"][at % 3].into());
        desk.run(Command::SetAttr(
            Subject::Annotation(id.clone()),
            "priority",
            priority,
        ));
    }
    let mut desk = restarted(desk);
    assert_eq!(desk.state.history.depth(), 500);
    desk.undo_all();
    let left = desk.shown().annotation(&id).expect("it was tagged before");
    assert_eq!(left.attrs.text("priority"), Some("1"));
}
