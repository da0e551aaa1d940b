//! Whole flows through the window's own code: what happens to files that are newer, foreign, edited or in the way, and
//! how many keys the daily moves take.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use pressmark::app::{Closing, Command, Page};
use pressmark::exchange::Format;
use pressmark::model::{Layer, RelationKind, Status};
use pressmark::store::{load_article, sidecar_path};
use tempfile::TempDir;

use crate::editing::STORY;
use crate::support::driver::Driver;

fn folder_with(text: &[u8]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let article = folder.path().join("story.txt");
    fs::write(&article, text).expect("an article");
    (folder, article)
}

fn sidecar(article: &Path) -> String {
    fs::read_to_string(sidecar_path(article)).unwrap_or_default()
}

/// Goes on until the window says something, or for ten seconds.
#[track_caller]
fn until(window: &mut Driver, mut is_so: impl FnMut(&Driver) -> bool) {
    for _ in 0..2000 {
        window.frame(Vec::new());
        if is_so(window) {
            return;
        }
        sleep(Duration::from_millis(5));
    }
    panic!("it never came: {:?}", window.state().notices);
}

#[test]
fn the_daily_moves_cost_the_keys_that_were_promised() {
    let (folder, _) = folder_with(STORY.as_bytes());
    let mut window = Driver::open(folder.path());
    let cost = |window: &mut Driver, keys: &str| {
        let before = window.presses();
        window.keys(keys);
        window.presses() - before
    };
    window.keys("↓ →");
    let tags = |window: &Driver, layer| window.state().article().expect("open").marks.count(layer);
    assert_eq!(
        (cost(&mut window, "C"), tags(&window, Layer::Claim)),
        (1, 1),
        "what has the focus"
    );
    assert_eq!(cost(&mut window, "V 2"), 2, "a verdict");
    let verdict = |window: &Driver| -> Option<String> {
        let state = window.state();
        let claims = state.article().expect("open").in_order(Layer::Claim);
        claims[0].attrs.text("verdict").map(str::to_owned)
    };
    assert_eq!(verdict(&window).as_deref(), Some("mostly true"));
    assert_eq!(cost(&mut window, "Ctrl+Z"), 1, "undo anything");
    assert_eq!(verdict(&window), None);
    assert_eq!(
        (cost(&mut window, "P"), tags(&window, Layer::Person)),
        (1, 1),
        "the only name of a sentence"
    );
    assert_eq!(
        (cost(&mut window, "A Enter"), tags(&window, Layer::Person)),
        (2, 3),
        "all its occurrences"
    );
    assert_eq!(
        (cost(&mut window, "Q"), tags(&window, Layer::Quote)),
        (1, 1),
        "content, cue and speaker"
    );
    let said_by = |window: &Driver| -> String {
        let state = window.state();
        let article = state.article().expect("open");
        let quotes = article.in_order(Layer::Quote);
        let speakers = article.linked(&quotes[0].id, &RelationKind::SaidBy);
        speakers.iter().map(|speaker| speaker.exact()).collect()
    };
    assert_eq!(said_by(&window), "Mara Lind");
    assert_eq!(cost(&mut window, "S 1"), 2, "to right the speaker");
    assert_ne!(said_by(&window), "Mara Lind");
    window.keys("→ W Shift+→");
    assert_eq!(
        (cost(&mut window, "C"), tags(&window, Layer::Claim)),
        (1, 2),
        "a selection"
    );
}

#[test]
fn a_newer_sidecar_opens_read_only_and_keeps_its_bytes() {
    let (folder, article) = folder_with(STORY.as_bytes());
    let newer =
        "{\"format\":\"pressmark-sidecar\",\"version\":9,\"reader_min\":9,\"annotations\":[]}\n";
    fs::write(sidecar_path(&article), newer).expect("a sidecar");
    let mut window = Driver::open(folder.path());
    assert!(window.says("ead only"), "it says so");
    window.keys("↓ → C Q P Delete").settle();
    window.keys("Ctrl+S").settle();
    assert_eq!(sidecar(&article), newer);
    assert!(
        window
            .state()
            .article()
            .expect("open")
            .sidecar
            .annotations
            .is_empty()
    );
}

#[test]
fn a_broken_sidecar_is_left_as_it_is() {
    let (folder, article) = folder_with(STORY.as_bytes());
    let broken = "{\"format\":\"pressmark-sidecar\",\"annotations\":[],\"annotations\":[]}";
    fs::write(sidecar_path(&article), broken).expect("a sidecar");
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C").settle();
    assert_eq!(sidecar(&article), broken);
    assert!(window.says("ead only"));
    let state = window.state();
    let row = state.folder.as_ref().and_then(|folder| folder.rows.get(0));
    let info = row.and_then(|row| row.info).expect("it was read");
    assert!(info.problem().is_some_and(|why| why.contains("twice")));
}

#[test]
fn fields_of_other_programs_survive_work_in_the_window() {
    let (folder, article) = folder_with(STORY.as_bytes());
    let foreign = concat!(
        "{\"format\":\"pressmark-sidecar\",\"version\":1,\"reader_min\":1,\"desk\":{\"n\":12345678901234567890123},",
        "\"annotations\":[{\"id\":\"zz\",\"layer\":\"claim\",\"at\":[{\"start\":0,\"end\":7,\"exact\":\"Ferries\",",
        "\"colour\":\"#fff\"}],\"attrs\":{\"own\":[1,2]},\"score\":1.50}]}"
    );
    fs::write(sidecar_path(&article), foreign).expect("a sidecar");
    let mut window = Driver::open(folder.path());
    // Without text and hash nothing is certain: the claim waits for its place to be confirmed.
    window.keys("↓ → C").settle();
    let now = sidecar(&article);
    for kept in [
        "12345678901234567890123",
        "\"colour\":\"#fff\"",
        "\"own\":[1,2]",
        "\"score\":1.50",
        "\"id\":\"zz\"",
    ] {
        assert!(now.contains(kept), "{kept} is gone from {now}");
    }
}

#[test]
fn what_another_program_wrote_meanwhile_is_taken_in_and_nothing_is_lost() {
    let (folder, article) = folder_with(STORY.as_bytes());
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C").settle();
    // A second window tags something else and saves.
    let mut other = Driver::open(folder.path());
    other.keys("↓ ↓ → C").settle();
    drop(other);
    window.keys("↓ ↓ C").settle();
    let loaded = load_article(&article, None).expect("an article");
    assert_eq!(
        loaded.sidecar.annotations.len(),
        3,
        "{:?}",
        loaded.sidecar.annotations
    );
    assert!(window.says("was changed by another program"));
}

#[test]
fn an_edited_article_keeps_every_annotation_through_further_work() {
    let (folder, article) = folder_with(STORY.as_bytes());
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C ↓ C ↓ C").settle();
    drop(window);
    let edited = STORY.replace(
        "The harbour board of Nordhaven will close",
        "Nordhaven's board closes",
    );
    fs::write(&article, &edited).expect("edited");
    let before = fs::read(sidecar_path(&article)).expect("the sidecar");
    let mut window = Driver::open(folder.path());
    assert!(window.says("The article was edited: 2 tags untouched, 1 changed."));
    let on_disk = sidecar_path(&article);
    assert_eq!(
        fs::read(&on_disk).ok(),
        Some(before),
        "opening writes nothing"
    );
    let count = |window: &Driver| {
        let state = window.state();
        let article = state.article().expect("open");
        (
            article.sidecar.annotations.len(),
            article.marks.orphans().len(),
        )
    };
    // What the edit did not touch stands where it stood; what it changed is suggested and does not count as placed.
    assert_eq!(count(&window), (3, 1));
    window.keys("↓ ↓ ↓ ↓ → C").settle();
    assert_eq!(count(&window), (4, 1));
    drop(window);
    let loaded = load_article(&article, None).expect("an article");
    assert_eq!(loaded.sidecar.annotations.len(), 4);
    assert_eq!(
        (loaded.orphans, loaded.is_changed),
        (1, false),
        "nothing was silently placed"
    );
    let changed = loaded.sidecar.annotations.values().find(|a| a.is_orphan());
    let kept = changed.map(pressmark::model::Annotation::exact);
    assert!(kept.is_some_and(|words| words.starts_with("The harbour board")));
    for annotation in loaded.sidecar.annotations.values() {
        for span in annotation.spans() {
            assert_eq!(loaded.source.slice(span), annotation.exact());
        }
    }
}

#[test]
fn a_place_that_was_suggested_is_confirmed_by_a_person() {
    let (folder, article) = folder_with(STORY.as_bytes());
    let mut window = Driver::open(folder.path());
    window.keys("↓ ↓ → C").settle();
    drop(window);
    fs::write(&article, STORY.replace("night boats", "night ferries")).expect("edited");
    let mut window = Driver::open(folder.path());
    let id = window
        .state()
        .article()
        .expect("open")
        .sidecar
        .annotations
        .keys()
        .next()
        .cloned()
        .expect("the claim");
    window.send_command(Command::ConfirmPlace(id));
    window.settle();
    let loaded = load_article(&article, None).expect("an article");
    assert_eq!(loaded.orphans, 0);
    let claim = loaded
        .sidecar
        .annotations
        .values()
        .next()
        .expect("the claim");
    assert_eq!(
        claim
            .spans()
            .map(|s| loaded.source.slice(s))
            .collect::<String>(),
        claim.exact()
    );
    window.keys("Ctrl+Z").settle();
    assert_eq!(
        load_article(&article, None).expect("an article").orphans,
        1,
        "confirming is undone like anything"
    );
}

#[test]
fn a_save_that_fails_says_so_keeps_the_marks_and_works_again_when_the_cause_is_gone() {
    let (folder, article) = folder_with(STORY.as_bytes());
    let mut window = Driver::open(folder.path());
    // A folder where the sidecar should be.
    fs::create_dir(sidecar_path(&article)).expect("in the way");
    window.keys("↓ → C");
    until(&mut window, |w| w.says("Not saved"));
    assert_eq!(
        window
            .state()
            .article()
            .expect("open")
            .sidecar
            .annotations
            .len(),
        1
    );
    fs::remove_dir(sidecar_path(&article)).expect("out of the way");
    window.keys("Ctrl+S").settle();
    assert!(sidecar(&article).contains("\"layer\":\"claim\""));
    assert!(window.says("Saved "));
}

#[test]
fn an_export_from_the_window_asks_before_it_writes_over() {
    let (folder, _) = folder_with(STORY.as_bytes());
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C").settle();
    let to = folder.path().join("out");
    let export = |replace| Command::Export {
        format: Format::Csv,
        to: to.clone(),
        replace,
    };
    window.send_command(export(false));
    window.settle();
    let spans = fs::read_to_string(to.join("spans.csv")).expect("the table");
    assert!(spans.contains("Claim"));
    fs::write(to.join("spans.csv"), "mine").expect("changed");
    window.send_command(export(false));
    until(&mut window, |w| w.state().pending_export.is_some());
    assert_eq!(
        fs::read_to_string(to.join("spans.csv")).expect("there"),
        "mine"
    );
    window.send_command(export(true));
    window.settle();
    assert_eq!(
        fs::read_to_string(to.join("spans.csv")).expect("there"),
        spans
    );
}

#[test]
fn a_guessed_encoding_can_be_changed() {
    let (folder, _) = folder_with(
        &encoding_rs::WINDOWS_1252
            .encode("Crème brûlée für alle, sagte Zoë Müller am Montag.\n")
            .0,
    );
    let mut window = Driver::open(folder.path());
    let text = |window: &Driver| {
        window
            .state()
            .article()
            .expect("open")
            .source
            .as_str()
            .to_owned()
    };
    assert!(text(&window).contains("Müller"));
    assert!(window.state().article().expect("open").guessed);
    window.send_command(Command::Reread {
        encoding: "cp1251".to_owned(),
    });
    window.settle();
    assert!(!text(&window).contains("Müller"));
    window.send_command(Command::Reread {
        encoding: "cp1252".to_owned(),
    });
    window.settle();
    assert!(text(&window).contains("Müller"));
}

#[test]
fn done_leads_to_the_next_article_that_is_not() {
    let (folder, _) = folder_with(STORY.as_bytes());
    for name in ["a.txt", "z.txt"] {
        fs::write(folder.path().join(name), STORY).expect("an article");
    }
    let mut window = Driver::open(folder.path());
    assert_eq!(window.state().current.as_deref(), Some("a.txt"));
    window.keys("M").settle();
    assert_eq!(window.state().current.as_deref(), Some("story.txt"));
    let first = load_article(&folder.path().join("a.txt"), None).expect("an article");
    assert_eq!(first.sidecar.status, Status::Done);
    assert!(window.says("is done. This is the next."));
    // Undo leads back to where it was done.
    window.keys("Ctrl+Z").settle();
    assert_eq!(window.state().current.as_deref(), Some("a.txt"));
}

#[test]
fn article_bytes_and_times_stay_as_they_were() {
    let (folder, article) = folder_with(STORY.replace('\n', "\r\n").as_bytes());
    let before = (
        fs::read(&article).expect("bytes"),
        fs::metadata(&article)
            .and_then(|m| m.modified())
            .expect("a time"),
    );
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C Q P N").settle();
    window.keys("Esc M").settle();
    drop(window);
    let after = (
        fs::read(&article).expect("bytes"),
        fs::metadata(&article)
            .and_then(|m| m.modified())
            .expect("a time"),
    );
    assert_eq!(before, after);
}

#[test]
fn closing_with_something_unsaved_asks_every_time() {
    let (folder, article) = folder_with(STORY.as_bytes());
    let mut window = Driver::open(folder.path());
    fs::create_dir(sidecar_path(&article)).expect("in the way");
    window.keys("↓ → C");
    until(&mut window, |w| w.says("Not saved"));
    for _ in 0..2 {
        window.keys("Ctrl+Q");
        until(&mut window, |w| w.state().page == Some(Page::CloseUnsaved));
        window.keys("Esc");
        assert_eq!(window.state().page, None);
        assert_eq!(window.state().closing, Closing::Open);
    }
    fs::remove_dir(sidecar_path(&article)).expect("out of the way");
    window.keys("Ctrl+Q");
    until(&mut window, |w| w.state().closing == Closing::Now);
    assert!(sidecar(&article).contains("\"layer\":\"claim\""));
}

#[test]
fn files_that_are_no_text_are_listed_apart_and_the_next_article_opens() {
    let (folder, _) = folder_with(STORY.as_bytes());
    fs::write(
        folder.path().join("0-picture.txt"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
    )
    .expect("a file");
    let mut window = Driver::open(folder.path());
    window.settle();
    until(&mut window, |w| {
        w.state()
            .folder
            .as_ref()
            .is_some_and(|f| f.unreadable.len() == 1)
    });
    assert_eq!(window.state().current.as_deref(), Some("story.txt"));
    let state = window.state();
    let folder = state.folder.as_ref().expect("open");
    assert_eq!(folder.rows.len(), 1);
    assert!(!folder.unreadable[0].reason.is_empty());
}

#[test]
fn f5_takes_in_an_article_that_was_edited_meanwhile() {
    let (folder, article) = folder_with(STORY.as_bytes());
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C F5").settle();
    assert!(
        window.state().history.depth() > 0,
        "nothing changed, nothing is forgotten"
    );
    fs::write(&article, STORY.replace("dusk", "dawn")).expect("edited");
    window.keys("F5");
    until(&mut window, |w| {
        w.state()
            .article()
            .is_some_and(|a| a.source.as_str().contains("dawn"))
    });
    let state = window.state();
    let open = state.article().expect("open");
    assert_eq!(
        (open.sidecar.annotations.len(), open.marks.orphans().len()),
        (1, 1)
    );
    assert_eq!(
        state.history.depth(),
        0,
        "steps on the old text are not applied to the new one"
    );
}
