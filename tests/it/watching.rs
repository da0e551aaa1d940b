//! What other programs do to the folder while it is open: with real files, the real service and the window's own code.
//!
//! *Limitations*: how the services of other systems than this one behave is theirs to test.

use std::fs;
use std::path::PathBuf;

use pressmark::app::{Command, Page, State};
use pressmark::model::{Layer, Sidecar};
use pressmark::store;
use tempfile::TempDir;

use crate::support::driver::Driver;

const BRIDGE: &str = "Bridge stays shut\n\n\
    The old bridge at Averil will stay shut for 12 weeks.\n\n\
    “We continue to look for cracks,” said Nora Vellen, the town’s engineer. Traders want a ferry.\n";

const FERRY: &str = "A ferry comes\n\nIt comes on Monday, the town says.\n";

/// A folder with two articles, open in a window that shows the first.
struct Desk {
    disk: TempDir,
    window: Driver,
}

impl Desk {
    fn new() -> Self {
        let disk = tempfile::tempdir().expect("a temporary folder");
        fs::write(disk.path().join("bridge.txt"), BRIDGE).expect("an article");
        fs::write(disk.path().join("ferry.txt"), FERRY).expect("an article");
        let window = Driver::open(disk.path());
        Self { disk, window }
    }

    /// The same, with a claim tagged on the second sentence of the first article, and saved.
    fn tagged() -> Self {
        let mut desk = Self::new();
        desk.window.keys("↓ C").settle();
        assert_eq!(desk.sidecar("bridge.txt").count(Layer::Claim), 1);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.disk.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).expect("a file");
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).expect("it has another name");
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("it was there");
    }

    /// A sidecar as it is on the disk.
    fn sidecar(&self, article: &str) -> Sidecar {
        let bytes = fs::read(self.path(&format!("{article}.ann.json"))).expect("a sidecar");
        store::parse_sidecar(&bytes).expect("readable")
    }

    /// Somebody else changes the first claim of a sidecar, and where it is written.
    fn somebody_notes(&self, article: &str, note: &str, to: &str) {
        let mut sidecar = self.sidecar(article);
        let claim = sidecar.annotations.values_mut().next().expect("a tag");
        note.clone_into(&mut claim.note);
        let text = sidecar.text.clone();
        self.write(to, store::serialise_sidecar(&sidecar, text.as_deref()));
    }

    /// Waits for a message that begins so.
    #[track_caller]
    fn hears(&mut self, beginning: &str) {
        self.window.until(beginning, |state| said(state, beginning));
    }
}

fn said(state: &State, beginning: &str) -> bool {
    state
        .notices
        .iter()
        .any(|n| n.summary.starts_with(beginning))
}

fn names(state: &State) -> Vec<String> {
    let rows = state.folder.iter().flat_map(|folder| folder.rows.iter());
    rows.map(|row| row.key.to_string()).collect()
}

fn is_missing(state: &State, name: &str) -> bool {
    let folder = state.folder.as_ref().expect("a folder is open");
    folder.row(name).is_some_and(|row| row.is_missing())
}

/// The note of the only tag of the open article.
fn note(state: &State) -> String {
    let article = state.article().expect("an article is open");
    let mut notes = article.sidecar.annotations.values().map(|a| a.note.clone());
    notes.next().unwrap_or_default()
}

#[test]
fn an_edited_article_is_read_again_and_its_tags_are_found_again() {
    let mut desk = Desk::tagged();
    let edited = BRIDGE.replacen("\n\n", "\n\nUpdated at noon by the desk.\n\n", 1);
    desk.write("bridge.txt", &edited);
    desk.hears("The article was edited: 1 tag untouched.");
    let state = desk.window.state();
    let article = state.article().expect("it is open");
    assert_eq!(article.source.as_str(), edited);
    let claim = article.sidecar.annotations.values().next().expect("kept");
    assert_eq!(
        claim.exact(),
        "The old bridge at Averil will stay shut for 12 weeks."
    );
    let focused = article.source.slice(article.focus.span);
    assert_eq!(focused, claim.exact(), "the focus stays on its words");
}

#[test]
fn tags_whose_words_were_edited_wait_for_a_person() {
    let mut desk = Desk::tagged();
    desk.write("bridge.txt", BRIDGE.replace("12 weeks", "14 long weeks"));
    desk.hears("The article was edited: 0 tags untouched, 1 changed.");
    assert!(
        desk.window.shows("Go to the next"),
        "the message leads there"
    );
    let state = desk.window.state();
    assert_eq!(state.article().expect("open").anchoring().unsettled(), 1);
    assert_eq!(desk.sidecar("bridge.txt").count(Layer::Claim), 1);
}

#[test]
fn a_sidecar_that_another_program_wrote_is_read_again_and_the_focus_stays() {
    let mut desk = Desk::tagged();
    let before = desk.window.state().article().expect("open").focus.clone();
    desk.somebody_notes("bridge.txt", "checked by Mx Orr", "bridge.txt.ann.json");
    desk.hears("Another program changed the tags of “bridge.txt”: 1 tag changed.");
    assert_eq!(note(&desk.window.state()), "checked by Mx Orr");
    assert_eq!(desk.window.state().article().expect("open").focus, before);
    desk.window.keys("↓ C").settle();
    let claims = desk.sidecar("bridge.txt");
    assert_eq!(claims.count(Layer::Claim), 2);
    let notes: Vec<_> = claims
        .annotations
        .values()
        .map(|a| a.note.as_str())
        .collect();
    assert!(notes.contains(&"checked by Mx Orr"), "{notes:?}");
}

#[test]
fn our_own_saves_are_not_taken_for_anybody_elses() {
    let mut desk = Desk::tagged();
    desk.window.keys("↓ C Ctrl+Z Ctrl+Shift+Z").settle();
    // What is noticed after our own file was noticed too.
    desk.write("third.txt", "A third one.\n");
    desk.window.until("the third", |s| names(s).len() == 3);
    desk.window.settle();
    let state = desk.window.state();
    assert_eq!(state.notices, [], "nothing to be told");
    assert_eq!(state.history.depth(), 2, "everything can be undone");
}

#[test]
fn articles_that_are_added_and_removed_come_and_go_in_the_list() {
    let mut desk = Desk::new();
    desk.write("canal.txt", "A canal opens\n\nIt is long.\n");
    fs::create_dir_all(desk.path("new/deeper")).expect("a folder");
    desk.write("new/deeper/a.txt", "Deep\n\nDown.\n");
    desk.write(".hidden.txt", "Not for people.");
    desk.window.until("the new ones", |state| {
        names(state) == ["bridge.txt", "canal.txt", "ferry.txt", "new/deeper/a.txt"]
    });
    desk.window.until("their headlines", |state| {
        let rows = &state.folder.as_ref().expect("open").rows;
        rows.iter().all(|row| row.info.is_some())
    });
    assert!(desk.window.says("A canal opens"));
    // A folder that came later is watched, too.
    desk.write("new/deeper/b.txt", "Deeper\n\nDown.\n");
    desk.window
        .until("one more", |state| names(state).len() == 5);
    fs::remove_dir_all(desk.path("new")).expect("it was there");
    desk.remove("canal.txt");
    desk.window.until("they are gone", |state| {
        names(state) == ["bridge.txt", "ferry.txt"]
    });
    let state = desk.window.state();
    let folder = state.folder.as_ref().expect("open");
    for (at, row) in folder.rows.iter().enumerate() {
        assert_eq!(folder.rows.at(row.key), Some(at));
    }
}

#[test]
fn an_article_that_is_removed_is_missing_and_its_tags_are_kept() {
    let mut desk = Desk::tagged();
    let tags = fs::read(desk.path("bridge.txt.ann.json")).expect("a sidecar");
    desk.remove("bridge.txt");
    desk.hears("“bridge.txt” is not there any more.");
    desk.window.until("it is only shown", |state| {
        state.article().is_some_and(|a| a.readonly.is_some())
    });
    assert!(is_missing(&desk.window.state(), "bridge.txt"));
    assert!(desk.window.says("the article is not there any more"));
    desk.window.keys("↓ C").settle();
    let kept = fs::read(desk.path("bridge.txt.ann.json")).expect("still there");
    assert_eq!(kept, tags, "nothing is saved over");
    // Also a window that is opened now shows it, from the text that was kept.
    let mut other = Driver::open(desk.disk.path());
    other.settle();
    assert!(is_missing(&other.state(), "bridge.txt"));
    assert_eq!(
        other.state().article().expect("shown").source.as_str(),
        BRIDGE
    );
    desk.write("bridge.txt", BRIDGE);
    desk.hears("“bridge.txt” is there again.");
    desk.window.keys("↓ C").settle();
    assert_eq!(desk.sidecar("bridge.txt").count(Layer::Claim), 2);
}

#[test]
fn a_renamed_article_is_found_by_its_bytes_and_its_tags_follow_when_a_person_says_so() {
    let mut desk = Desk::tagged();
    desk.rename("bridge.txt", "bridge (final).txt");
    desk.hears("“bridge.txt” seems to be called “bridge (final).txt” now.");
    assert!(is_missing(&desk.window.state(), "bridge.txt"));
    assert!(desk.path("bridge.txt.ann.json").exists(), "not by itself");
    desk.window.click("Move the tags");
    desk.hears("The tags of “bridge.txt” are with “bridge (final).txt” now.");
    desk.window.settle();
    assert!(!desk.path("bridge.txt.ann.json").exists());
    assert_eq!(
        names(&desk.window.state()),
        ["bridge (final).txt", "ferry.txt"]
    );
    assert_eq!(desk.sidecar("bridge (final).txt").count(Layer::Claim), 1);
    assert_eq!(
        desk.window.state().current.as_deref(),
        Some("bridge (final).txt"),
        "it goes on where it was"
    );

    // It is one step, like everything else.
    let moved = "move the tags of “bridge.txt” to “bridge (final).txt”";
    let says = |desk: &mut Desk, what: String| {
        desk.window.until("it is said", |state| state.said == what);
        desk.window.settle();
    };
    desk.window.keys("Ctrl+Z");
    says(&mut desk, format!("Undid: {moved}"));
    assert_eq!(desk.sidecar("bridge.txt").count(Layer::Claim), 1);
    assert!(!desk.path("bridge (final).txt.ann.json").exists());
    assert!(is_missing(&desk.window.state(), "bridge.txt"));
    assert_eq!(names(&desk.window.state()).len(), 3);
    assert_eq!(
        desk.window
            .state()
            .folder
            .as_ref()
            .map_or(0, |f| f.renamed.len()),
        1,
        "it is offered again"
    );
    desk.window.keys("Ctrl+Shift+Z");
    says(&mut desk, format!("Did again: {moved}"));
    assert_eq!(desk.sidecar("bridge (final).txt").count(Layer::Claim), 1);
    assert_eq!(
        names(&desk.window.state()),
        ["bridge (final).txt", "ferry.txt"]
    );
    desk.window.keys("↓ C").settle();
    assert_eq!(desk.sidecar("bridge (final).txt").count(Layer::Claim), 2);
}

#[test]
fn an_article_that_is_edited_and_then_renamed_is_found_by_what_it_was_last() {
    let mut desk = Desk::tagged();
    let edited = BRIDGE.replace("Traders", "The traders");
    desk.write("bridge.txt", &edited);
    desk.hears("The article was edited: 1 tag untouched.");
    desk.rename("bridge.txt", "quay.txt");
    desk.hears("“bridge.txt” seems to be called “quay.txt” now.");
    let state = desk.window.state();
    let article = state.article().expect("still shown");
    assert_eq!(article.source.as_str(), edited, "as it was last");
    drop(state);
    desk.window.click("Move the tags");
    desk.hears("The tags of “bridge.txt” are with “quay.txt” now.");
    desk.window.settle();
    assert_eq!(desk.window.state().current.as_deref(), Some("quay.txt"));
    let waiting = |state: &State| {
        state
            .notices
            .iter()
            .any(|n| !n.dismissed && n.action.is_some())
    };
    assert!(!waiting(&desk.window.state()), "the offer is put away");
    desk.window.keys("↓ C").settle();
    assert_eq!(desk.sidecar("quay.txt").count(Layer::Claim), 2);
}

#[test]
fn an_article_that_is_renamed_with_its_sidecar_goes_on_under_the_new_name() {
    let mut desk = Desk::tagged();
    desk.rename("bridge.txt", "zoo.txt");
    desk.rename("bridge.txt.ann.json", "zoo.txt.ann.json");
    desk.window.until("the new name", |state| {
        state.current.as_deref() == Some("zoo.txt") && names(state) == ["ferry.txt", "zoo.txt"]
    });
    desk.window.settle();
    assert_eq!(
        desk.window.state().notices,
        [],
        "there is nothing to decide"
    );
    desk.window.keys("↓ C").settle();
    assert_eq!(desk.sidecar("zoo.txt").count(Layer::Claim), 2);
    desk.window.keys("Ctrl+Z Ctrl+Z").settle();
    let left = desk.sidecar("zoo.txt").count(Layer::Claim);
    assert_eq!(left, 0, "undo goes along");
    assert!(!desk.path("bridge.txt.ann.json").exists());
}

#[test]
fn a_sidecar_that_is_removed_takes_no_tags_out_of_the_window() {
    let mut desk = Desk::tagged();
    desk.remove("bridge.txt.ann.json");
    desk.hears("“bridge.txt”: another program removed the file");
    assert_eq!(
        desk.window.state().article().expect("open").marks.total(),
        1
    );
    assert!(!desk.path("bridge.txt.ann.json").exists(), "not by itself");
    desk.window.click("Write it again").settle();
    assert_eq!(desk.sidecar("bridge.txt").count(Layer::Claim), 1);
}

#[test]
fn records_and_codebook_of_another_program_are_read_again() {
    let mut desk = Desk::new();
    let records = r#"{"format":"pressmark-entities","version":1,"reader_min":1,
        "entities":[{"id":"h7c2m4kq1z","name":"Nora Vellen","kind":"person"}]}"#;
    desk.write("pressmark.entities.json", records);
    desk.hears("Another program changed the folder’s list of people");
    assert_eq!(desk.window.state().records.entities.by_id.len(), 1);
    let codebook =
        r#"{"format":"pressmark-codebook","version":1,"reader_min":1,"embed_text":false}"#;
    desk.write("pressmark.codebook.json", codebook);
    desk.hears("Another program changed the folder’s codebook");
    assert!(!desk.window.state().codes.book.embed_text);
    desk.remove("pressmark.entities.json");
    desk.hears("The folder’s list of people: another program removed the file");
    assert_eq!(desk.window.state().records.entities.by_id.len(), 1);
}

#[test]
fn a_conflict_copy_is_offered_and_merged_when_a_person_says_so() {
    let mut desk = Desk::tagged();
    let copy = "bridge.txt.ann (Mx Orr's conflicted copy 2026-11-22).json";
    desk.somebody_notes("bridge.txt", "from the other desk", copy);
    desk.hears("There is a copy of a file with tags.");
    assert_eq!(note(&desk.window.state()), "", "not by itself");
    desk.window.click("Show");
    assert_eq!(desk.window.state().page, Some(Page::Outside));
    // A sheet measures itself before it is seen.
    desk.window.frame(Vec::new());
    desk.window.click(&format!("Merge: {copy}"));
    let merged = format!("“{copy}” was merged.");
    desk.hears(&merged);
    desk.window.settle();
    let notes = |desk: &Desk| -> Vec<String> {
        let sidecar = desk.sidecar("bridge.txt");
        let mut notes: Vec<_> = sidecar
            .annotations
            .values()
            .map(|a| a.note.clone())
            .collect();
        notes.sort();
        notes
    };
    assert_eq!(notes(&desk), ["", "from the other desk"], "both stand");
    assert!(desk.path(copy).exists(), "the copy stays where it is");
    let copies = |state: &State| state.folder.as_ref().map(|f| f.copies.clone());
    assert_eq!(copies(&desk.window.state()), Some(Vec::new()));
    desk.window.keys("F5").settle();
    assert_eq!(copies(&desk.window.state()), Some(Vec::new()), "decided");
    // Once more: there is nothing new in it.
    let path = desk.path(copy);
    let of = store::sidecar_path(&desk.path("bridge.txt"));
    let rel = copy.to_owned();
    desk.window
        .send_command(Command::MergeCopy(store::Copy { rel, path, of }));
    desk.hears(&format!("“{copy}” holds nothing that is not here already."));
    desk.window.keys("Ctrl+Z").settle();
    assert_eq!(notes(&desk), [""], "the merge can be undone");
}

#[test]
fn copies_and_missing_articles_are_found_when_the_folder_is_opened() {
    let desk = Desk::tagged();
    desk.somebody_notes("bridge.txt", "theirs", "bridge.txt.ann-DESKTOP-7D2K.json");
    desk.somebody_notes(
        "bridge.txt",
        "theirs",
        "bridge.txt.ann.sync-conflict-20261122-101502-K3.json",
    );
    desk.rename("bridge.txt", "quay.txt");
    let mut window = Driver::open(desk.disk.path());
    window.until("the new name", |state| {
        state.folder.as_ref().is_some_and(|f| f.renamed.len() == 1)
    });
    let state = window.state();
    let folder = state.folder.as_ref().expect("open");
    assert_eq!(folder.copies.len(), 2);
    assert!(
        folder
            .copies
            .iter()
            .all(|c| c.of == store::sidecar_path(&desk.path("bridge.txt")))
    );
    assert_eq!(names(&state), ["bridge.txt", "ferry.txt", "quay.txt"]);
    drop(state);
    assert!(window.shows("3 files to decide about"));
}

#[test]
fn a_file_that_is_opened_alone_stays_alone() {
    let desk = Desk::new();
    let mut window = Driver::open(&desk.path("ferry.txt"));
    desk.write("canal.txt", "A canal opens\n");
    desk.write("ferry.txt", FERRY.replace("Monday", "Tuesday"));
    window.until("the edit", |state| {
        state
            .article()
            .is_some_and(|a| a.source.as_str().contains("Tuesday"))
    });
    assert_eq!(names(&window.state()), ["ferry.txt"]);
}

#[test]
fn a_flood_of_files_is_read_as_a_folder() {
    let mut desk = Desk::tagged();
    for n in 0..2_100 {
        desk.write(&format!("flood-{n}.txt"), "Water.\n");
    }
    desk.window
        .until("all of them", |state| names(state).len() == 2_102);
    desk.window.settle();
    assert_eq!(note(&desk.window.state()), "");
    desk.write("last.txt", "The last.\n");
    desk.window
        .until("it is still watched", |state| names(state).len() == 2_103);
}

#[test]
fn what_is_not_saved_yet_is_merged_with_what_another_program_wrote() {
    let mut desk = Desk::tagged();
    // Ours goes to the saver in this frame, and finds theirs.
    desk.somebody_notes("bridge.txt", "theirs", "bridge.txt.ann.json");
    desk.window.keys("↓ C").settle();
    desk.window.until("both", |state| {
        let article = state.article().expect("open");
        article.sidecar.count(Layer::Claim) == 2
            && article
                .sidecar
                .annotations
                .values()
                .any(|a| a.note == "theirs")
    });
    desk.window.settle();
    let sidecar = desk.sidecar("bridge.txt");
    assert_eq!(sidecar.count(Layer::Claim), 2);
    assert!(sidecar.annotations.values().any(|a| a.note == "theirs"));
}

#[test]
fn links_and_hidden_folders_are_not_followed() {
    let disk = tempfile::tempdir().expect("a temporary folder");
    let elsewhere = tempfile::tempdir().expect("another one");
    fs::write(disk.path().join("ferry.txt"), FERRY).expect("an article");
    fs::create_dir(disk.path().join(".git")).expect("a folder");
    #[cfg(unix)]
    for (target, name) in [(disk.path(), "loop"), (elsewhere.path(), "away")] {
        std::os::unix::fs::symlink(target, disk.path().join(name)).expect("a link");
    }
    let mut window = Driver::open(disk.path());
    fs::write(disk.path().join(".git/config.txt"), "no").expect("a file");
    fs::write(elsewhere.path().join("other.txt"), "no").expect("a file");
    fs::write(disk.path().join("last.txt"), "The last.\n").expect("a file");
    window.until("the last", |state| names(state).len() > 1);
    assert_eq!(names(&window.state()), ["ferry.txt", "last.txt"]);
}
