//! Going to places by number and name, back and forward, to what is still to be done; copying with the source, and
//! clearing an article.

use std::fs;
use std::path::Path;

use pressmark::app::{Command, Effect, OpenArticle, update};
use pressmark::model::Layer;
use tempfile::TempDir;

use crate::support::desk::Desk;
use crate::support::driver::Driver;

const FERRY: &str = "The ferry stays in port\n\
    The harbour office said the ferry will stay.\n\
    “The ferry is safe,” said Ana Lund.\n\
    A café in the port closed.\n\
    It rained.\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in [
        ("a.txt", FERRY),
        ("b.txt", "Second\nNo ferry.\n"),
        ("c.txt", "Third\nRain.\n"),
    ] {
        fs::write(folder.path().join(name), text).expect("an article");
    }
    folder
}

fn open(folder: &Path) -> Driver {
    let mut window = Driver::open(folder);
    // Only tags count here.
    window.keys("Ctrl+3 Ctrl+4 Ctrl+5");
    window
}

/// The article that is shown and the words that have the focus.
fn here(window: &Driver) -> (String, String) {
    let state = window.state();
    let article = state.article().expect("an article");
    let words = article.source.slice(article.focus.span);
    (article.key.to_string(), words.to_owned())
}

fn paragraph(window: &Driver) -> usize {
    let state = window.state();
    let article = state.article().expect("an article");
    article.block_at(article.focus.span.start()) + 1
}

#[test]
fn a_paragraph_is_reached_by_its_number_or_a_percentage() {
    let folder = folder();
    let mut window = open(folder.path());
    window.keys("Ctrl+G").type_text("4").keys("Enter");
    assert_eq!(paragraph(&window), 4);
    window.keys("Ctrl+G").type_text("100%").keys("Enter");
    assert_eq!(paragraph(&window), 5);
    window.keys("Ctrl+P").type_text("¶2").keys("Enter");
    assert_eq!(paragraph(&window), 2);
    window.keys("Ctrl+G").type_text("99").keys("Enter");
    assert_eq!(paragraph(&window), 5, "the last one");
    assert!(window.state().page.is_none());
}

#[test]
fn a_tag_is_reached_by_its_words() {
    let folder = folder();
    let mut window = open(folder.path());
    window.keys("↓ ↓ ↓ C Home").settle();
    window.keys("Ctrl+P").type_text("café").keys("Enter");
    let state = window.state();
    let article = state.article().expect("an article");
    assert_eq!(article.active().map(|a| a.layer), Some(Layer::Claim));
    assert_eq!(
        article.focus.annotation,
        article.active().map(|a| a.id.clone())
    );
}

#[test]
fn keys_pressed_while_an_article_is_being_opened_are_meant_for_that_one() {
    let folder = folder();
    let mut window = open(folder.path());
    // No frame lies between the presses: the second article cannot be there yet.
    window.keys("↓ Ctrl+PageDown ↓ C").settle();
    let claims = |window: &Driver| {
        let state = window.state();
        let article = state.article().expect("an article");
        (article.key.to_string(), article.marks.count(Layer::Claim))
    };
    assert_eq!(claims(&window), ("b.txt".to_owned(), 1));
    assert_eq!(paragraph(&window), 2, "the arrow as well");
    window.keys("Ctrl+PageUp").settle();
    assert_eq!(claims(&window), ("a.txt".to_owned(), 0));
}

#[test]
fn back_and_forward_go_through_jumps_and_not_through_steps() {
    let folder = folder();
    let mut window = open(folder.path());
    window.keys("↓ Ctrl+G").type_text("4").keys("Enter ↓");
    assert_eq!(paragraph(&window), 5);
    window.keys("Ctrl+PageDown").settle();
    assert_eq!(here(&window).0, "b.txt");
    window.keys("Alt+←").settle();
    assert_eq!((here(&window).0.as_str(), paragraph(&window)), ("a.txt", 5));
    window.keys("Alt+←");
    assert_eq!(paragraph(&window), 2);
    assert!(!window.state().visits.has_behind());
    window.keys("Alt+← Alt+→");
    assert_eq!(paragraph(&window), 5);
    window.keys("Alt+→").settle();
    assert_eq!(here(&window).0, "b.txt");
}

#[test]
fn the_place_before_a_search_is_a_place_and_its_hits_are_not() {
    let folder = folder();
    let mut window = open(folder.path());
    window.keys("↓ ↓ Ctrl+F").type_text("port").settle();
    window.keys("Enter Enter Esc");
    window.keys("Alt+←");
    assert_eq!(paragraph(&window), 3);
    assert!(!window.state().visits.has_behind());
}

#[test]
fn the_mouse_has_buttons_for_back_and_forward() {
    let folder = folder();
    let mut window = open(folder.path());
    window.keys("Ctrl+G").type_text("4").keys("Enter");
    let mut press = |button| {
        let event = |pressed| egui::Event::PointerButton {
            pos: egui::pos2(500.0, 300.0),
            button,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        window.frame(vec![event(true)]);
        window.frame(vec![event(false)]);
        paragraph(&window)
    };
    assert_eq!(press(egui::PointerButton::Extra1), 1);
    assert_eq!(press(egui::PointerButton::Extra2), 4);
}

#[test]
fn the_next_paragraph_without_a_tag_is_found_round_the_article() {
    let folder = folder();
    let mut window = open(folder.path());
    window.keys("↓ ↓ C ↓ ↓ C Home").settle();
    window.keys("Ctrl+↓");
    assert_eq!(paragraph(&window), 2);
    window.keys("Ctrl+↓");
    assert_eq!(paragraph(&window), 4, "3 is tagged");
    window.keys("Ctrl+↓");
    assert_eq!(
        paragraph(&window),
        2,
        "5 is tagged, and the headline is no paragraph"
    );
}

#[test]
fn the_next_unfinished_article_leaves_this_one_as_it_is() {
    let folder = folder();
    let mut window = open(folder.path());
    window.keys("Ctrl+PageDown").settle();
    window.keys("M").settle();
    assert_eq!(here(&window).0, "c.txt");
    window.keys("Ctrl+Shift+PageDown").settle();
    assert_eq!(here(&window).0, "a.txt");
    window.keys("Ctrl+Shift+PageDown").settle();
    assert_eq!(here(&window).0, "c.txt", "b is done");
    let state = window.state();
    let done = state
        .folder
        .as_ref()
        .map(|f| f.count(pressmark::model::Status::Done));
    assert_eq!(done, Some(1));
}

/// What a key puts on the clipboard.
fn copied(desk: &mut Desk) -> String {
    let command = Command::Run(pressmark::app::CommandKind::CopyCited);
    let effects = update(&mut desk.state, command, &mut pressmark::app::Env::fixed(1));
    match effects.as_slice() {
        [Effect::Copy(text)] => text.clone(),
        other => panic!("no copy: {other:?}"),
    }
}

#[test]
fn words_are_copied_with_their_speaker_article_and_paragraph() {
    let mut desk = Desk::with(&[("ferry.txt", FERRY)]);
    desk.select("A café in the port");
    assert_eq!(
        copied(&mut desk),
        "“A café in the port” – “The ferry stays in port”, ferry.txt, ¶4"
    );
    let quote = desk.tag(Layer::Quote, "“The ferry is safe,”");
    desk.run(Command::FocusAnnotation(quote));
    let speaker = desk.find("Ana Lund");
    desk.run(Command::TagSpeaker(vec![speaker]));
    desk.select("ferry is safe");
    assert_eq!(
        copied(&mut desk),
        "“ferry is safe” – Ana Lund, “The ferry stays in port”, ferry.txt, ¶3"
    );
}

#[test]
fn all_tags_of_an_article_go_and_come_back_as_one_step() {
    let folder = folder();
    let mut window = open(folder.path());
    window.keys("↓ ↓ → Q ↓ C P").settle();
    let count = |window: &Driver| {
        let state = window.state();
        let article: &OpenArticle = state.article().expect("an article");
        (article.marks.total(), article.sidecar.relations.len())
    };
    let before = count(&window);
    assert!(before.0 >= 3 && before.1 >= 1, "{before:?}");
    window.send_command(Command::Run(pressmark::app::CommandKind::ClearTags));
    assert_eq!(count(&window), (0, 0));
    assert!(window.says("tags of this article are cleared."));
    window.settle();
    window.click("Undo").settle();
    assert_eq!(count(&window), before);
    assert!(!window.shows("Undo"), "the offer is gone");
    window.send_command(Command::Run(pressmark::app::CommandKind::ClearTags));
    window.keys("C").settle();
    window.click("Undo").settle();
    assert_eq!(
        count(&window),
        (1, 0),
        "what was done since is not taken back instead"
    );
}
