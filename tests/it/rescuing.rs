//! Saves that fail: tried again, kept elsewhere, offered at the next start, brought back without losing anybody's work.

use std::fs;
use std::path::PathBuf;

use pressmark::app::{Command, DocId, Event, Page, SavingLine};
use pressmark::model::{Layer, Override, OverrideKind, Place, Rejection, Target};
use pressmark::store::{self, StoreError};
use pressmark::text::describe;

use crate::support::desk::{Desk, Job};

const CLAIM: &str = "the line lost 4.2 million crowns";

/// Sidecar or records of the desk's folder may be written or not.
fn protect(desk: &Desk, name: &str, is_protected: bool) {
    let path = desk.path("here").join(name);
    let mut permissions = fs::metadata(&path).expect("it is there").permissions();
    // What was writable by its owner alone is so again.
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(
        &mut permissions,
        if is_protected { 0o400 } else { 0o600 },
    );
    #[cfg(not(unix))]
    permissions.set_readonly(is_protected);
    fs::set_permissions(&path, permissions).expect("they are set");
}

/// What the recovery store holds.
fn kept(desk: &Desk) -> Vec<PathBuf> {
    let entries = fs::read_dir(desk.path("state/recovery"))
        .into_iter()
        .flatten();
    entries.flatten().map(|entry| entry.path()).collect()
}

/// A desk with a saved claim, whose sidecar has been protected against writing since, and an unsaved person.
fn stuck() -> Desk {
    let mut desk = Desk::new();
    desk.tag(Layer::Claim, CLAIM);
    desk.settle();
    protect(&desk, "one.txt.ann.json", true);
    desk.tag(Layer::Source, "Tomas Reuter");
    desk.settle();
    desk
}

fn open_again(desk: Desk) -> Desk {
    let mut desk = desk.start_again();
    let here = desk.path("here");
    desk.run(Command::Open(here));
    desk.settle();
    desk
}

#[test]
fn what_cannot_be_saved_is_kept_and_tried_again_until_it_can() {
    let mut desk = stuck();
    assert!(matches!(desk.state.saving(), SavingLine::Failed(why) if why.contains("protected")));
    assert!(desk.state.is_all_kept());
    assert_eq!(kept(&desk).len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let folder = fs::metadata(desk.path("state/recovery")).expect("it is there");
        assert_eq!(folder.mode() & 0o77, 0, "nobody else looks into it");
    }
    let notices = desk.state.notices.len();
    for _ in 0..3 {
        desk.settle_only(Job::Pause);
        desk.settle();
    }
    assert_eq!(
        desk.state.notices.len(),
        notices,
        "trying in vain is no news"
    );
    assert!(desk.asks_for(Job::Pause), "it is tried for ever");
    desk.tag(Layer::Claim, "Reuter will speak again today");
    assert!(!desk.state.is_all_kept(), "the newest is not kept yet");
    desk.settle();
    assert!(desk.state.is_all_kept());
    assert_eq!(kept(&desk).len(), 1, "the newest is enough");

    protect(&desk, "one.txt.ann.json", false);
    let pauses = desk.hold(Job::Pause);
    assert_eq!(pauses.len(), 1, "there is one pause at a time");
    desk.take_all(pauses);
    desk.settle();
    assert!(matches!(desk.state.saving(), SavingLine::Saved(_)));
    assert_eq!(desk.on_disk("one.txt").annotations.len(), 3);
    assert!(kept(&desk).is_empty());
    assert!(!desk.asks_for(Job::Pause));
}

#[test]
fn what_was_kept_is_offered_at_the_next_start_and_merged_with_what_came_since() {
    let desk = stuck();
    protect(&desk, "one.txt.ann.json", false);
    desk.somebody_else_edits("one.txt", |sidecar| {
        let claim = sidecar.annotations.values().next().expect("it was saved");
        let note = pressmark::model::Annotation {
            id: "their-note".into(),
            layer: Layer::Note,
            ..claim.clone()
        };
        sidecar.annotations.insert(note.id.clone(), note);
    });
    let mut desk = open_again(desk);
    assert_eq!(desk.state.page, Some(Page::Rescued));
    assert_eq!(desk.state.rescued.len(), 1);
    assert_eq!(
        desk.on_disk("one.txt").annotations.len(),
        2,
        "nothing is written before the answer"
    );
    desk.run(Command::BringBack);
    desk.settle();
    let layers: Vec<Layer> = desk
        .on_disk("one.txt")
        .annotations
        .values()
        .map(|a| a.layer)
        .collect();
    for layer in [Layer::Claim, Layer::Source, Layer::Note] {
        assert!(layers.contains(&layer), "{layers:?}");
    }
    assert_eq!(layers.len(), 3);
    assert!(kept(&desk).is_empty(), "it is saved where it belongs");
    assert_eq!(open_again(desk).state.page, None);
}

#[test]
fn records_and_articles_that_are_not_open_are_brought_back_too() {
    let mut desk = Desk::new();
    desk.tag(Layer::Person, "Tomas Reuter");
    desk.settle();
    protect(&desk, "pressmark.entities.json", true);
    let folder = desk.state.folder.as_ref().expect("a folder");
    let two = folder.rows.key(1).expect("two articles");
    desk.run(Command::OpenArticle(two));
    desk.settle();
    desk.tag(Layer::Person, "Nadia Orlow");
    desk.settle();
    protect(&desk, "two.txt.ann.json", true);
    desk.tag(Layer::Claim, "the bridge is safe");
    desk.settle();
    assert_eq!(kept(&desk).len(), 2);
    protect(&desk, "pressmark.entities.json", false);
    protect(&desk, "two.txt.ann.json", false);

    let mut desk = open_again(desk);
    assert_eq!(desk.name(), "one.txt");
    desk.run(Command::BringBack);
    desk.settle();
    assert!(kept(&desk).is_empty());
    assert_eq!(desk.on_disk("two.txt").annotations.len(), 2);
    let records = store::load_entities(&desk.path("here")).expect("they are readable");
    assert_eq!(records.entities.by_id.len(), 2);
}

#[test]
fn what_still_cannot_be_saved_stays_kept_and_what_is_thrown_away_goes() {
    let mut desk = open_again(stuck());
    desk.run(Command::BringBack);
    desk.settle();
    assert_eq!(
        kept(&desk).len(),
        1,
        "a protected sidecar takes nothing back"
    );
    let mut desk = open_again(desk);
    desk.run(Command::Show(None));
    assert_eq!(kept(&desk).len(), 1, "no answer is an answer for later");
    let mut desk = open_again(desk);
    desk.run(Command::DropRescued);
    assert!(kept(&desk).is_empty());
    assert_eq!(desk.state.page, None);
}

#[test]
fn closing_says_whether_the_last_changes_are_kept() {
    let mut desk = stuck();
    desk.keys(&[pressmark::app::CommandKind::Quit]);
    desk.settle();
    assert_eq!(desk.state.page, Some(Page::CloseUnsaved));
    assert!(desk.state.is_all_kept());
    fs::remove_dir_all(desk.path("state")).expect("it was there");
    desk.write("state", "in the way");
    desk.tag(Layer::Claim, "Reuter will speak again today");
    desk.settle();
    assert!(!desk.state.is_all_kept());
}

#[test]
fn written_but_not_confirmed_is_not_saved_and_is_written_again() {
    let mut desk = Desk::new();
    desk.tag(Layer::Claim, CLAIM);
    let answers = desk.hold(Job::Save);
    let unsure = answers.into_iter().map(|answer| match answer {
        Event::Saved {
            doc,
            revision,
            outcome,
            kept,
        } => {
            let Ok(store::SaveOutcome::Saved { hash }) = outcome else {
                panic!("not saved");
            };
            let path = desk.path("here/one.txt.ann.json");
            let source = std::io::Error::other("the cable was pulled");
            let outcome = Err(StoreError::Unconfirmed { path, hash, source });
            Event::Saved {
                doc,
                revision,
                outcome,
                kept,
            }
        }
        other => other,
    });
    let unsure: Vec<Event> = unsure.collect();
    desk.take_all(unsure);
    assert!(matches!(desk.state.saving(), SavingLine::Unconfirmed(why) if why.contains("cable")));
    assert!(!desk.state.unsaved().is_empty());
    let pauses = desk.hold(Job::Pause);
    desk.take_all(pauses);
    desk.settle();
    assert!(matches!(desk.state.saving(), SavingLine::Saved(_)));
    assert_eq!(desk.state.unsaved(), Vec::<DocId>::new());
}

#[test]
fn decisions_of_both_sides_are_merged_one_by_one() {
    let mut desk = Desk::new();
    desk.tag(Layer::Claim, CLAIM);
    desk.settle();
    let source = desk.shown().source.clone();
    let at = |words: &str| {
        let span = desk.find(words);
        let selector = describe(&source, span);
        Target {
            selector,
            place: Place::Placed(span),
        }
    };
    let no_quote = |words| Override {
        at: at(words),
        make: OverrideKind::NotAQuote,
        extra: Default::default(),
    };
    let rejection = |words| Rejection {
        by: "attribution".into(),
        layer: Layer::Quote,
        at: vec![at(words)],
        extra: Default::default(),
    };
    let (ours, theirs) = ("Tomas Reuter", CLAIM);
    let (our, their) = (no_quote(ours), no_quote(theirs));
    let (our_no, their_no) = (rejection(ours), rejection(theirs));
    desk.somebody_else_edits("one.txt", |sidecar| {
        sidecar.overrides.push(their);
        sidecar.rejected.push(their_no);
    });
    let key = desk.shown().key.clone();
    let article = desk.state.articles.get_mut(&key).expect("it is open");
    for edit in [
        pressmark::model::Edit::Overrides(vec![our]),
        pressmark::model::Edit::Rejections(vec![our_no]),
    ] {
        article.apply(edit).expect("it fits");
    }
    desk.run(Command::SaveNow);
    desk.settle();
    let merged = desk.on_disk("one.txt");
    assert_eq!((merged.overrides.len(), merged.rejected.len()), (2, 2));
}
