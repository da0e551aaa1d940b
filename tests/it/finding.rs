//! Find in the article, through the window's keys: typing, walking the hits, tagging one, leaving step by step.

use std::fs;
use std::path::PathBuf;

use pressmark::model::{Layer, Span};
use tempfile::TempDir;

use crate::support::driver::Driver;

const FERRY: &str = "The ferry stays in port\n\
    The harbour office said the ferry will stay in Łódź Dock.\n\
    “The ferry is safe,” said Ana Lund. Ferrymen disagree.\n\
    A café in the port closed. The Ferry is rusty.\n";

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let article = folder.path().join("ferry.txt");
    fs::write(&article, FERRY).expect("an article");
    fs::write(
        folder.path().join("second.txt"),
        "Second\nNo ferry, one ferry.\n",
    )
    .expect("another");
    (folder, article)
}

fn window() -> (TempDir, Driver) {
    let (folder, article) = folder();
    let window = Driver::open(&article);
    (folder, window)
}

fn folder_window() -> (TempDir, Driver) {
    let (folder, _) = folder();
    let window = Driver::open(folder.path());
    (folder, window)
}

/// What is selected, and where.
fn selected(window: &Driver) -> Option<(usize, String)> {
    let state = window.state();
    let article = state.article()?;
    let span = article.selection?.span();
    Some((span.start(), article.source.slice(span).to_owned()))
}

fn place(words: &str, nth: usize) -> usize {
    let mut found = FERRY.match_indices(words);
    found.nth(nth).expect("words of the article").0
}

#[test]
fn a_word_is_found_and_tagged_with_few_keys() {
    let (_folder, mut window) = window();
    window.keys("Ctrl+F").type_text("café").settle();
    assert!(window.shows("1 of 1"));
    assert!(window.shows("leaves the field") && !window.shows("paragraph"));
    let before = window.presses();
    window.keys("Esc C").settle();
    assert_eq!(window.presses() - before, 2);
    let state = window.state();
    let article = state.article().expect("an article");
    let claims: Vec<String> = article
        .in_order(Layer::Claim)
        .iter()
        .map(|a| a.exact())
        .collect();
    assert_eq!(claims, ["café"]);
}

#[test]
fn enter_and_f3_walk_the_hits_round_the_article() {
    let (_folder, mut window) = window();
    window.keys("Ctrl+F").type_text("ferry").settle();
    assert!(window.shows("1 of 5"), "Ferrymen counts as well");
    assert_eq!(selected(&window), Some((4, "ferry".to_owned())));
    window.keys("Enter");
    assert!(window.shows("2 of 5"));
    window.keys("F3 F3");
    assert_eq!(
        selected(&window),
        Some((place("Ferrymen", 0), "Ferry".to_owned()))
    );
    window.keys("Shift+Enter Shift+F3 Shift+F3 Shift+F3");
    assert!(window.shows("5 of 5"));
    assert!(window.says("On from the end of the article."));
    window.keys("Enter");
    assert!(window.shows("1 of 5"));
    assert!(window.says("On from the start of the article."));
}

#[test]
fn tagging_and_f3_go_from_hit_to_hit() {
    let (_folder, mut window) = window();
    window.keys("Ctrl+F").type_text("ferry").settle();
    window.keys("Esc C F3 C F3 C").settle();
    let state = window.state();
    let article = state.article().expect("an article");
    let starts: Vec<Option<usize>> = article
        .in_order(Layer::Claim)
        .iter()
        .map(|a| a.start())
        .collect();
    let hits = [place("ferry", 0), place("ferry", 1), place("ferry", 2)];
    assert_eq!(starts, hits.map(Some));
}

#[test]
fn escape_leaves_one_step_at_a_time_and_keeps_the_place() {
    let (_folder, mut window) = window();
    window.keys("Ctrl+F").type_text("port").settle();
    window.keys("Enter");
    let there = selected(&window);
    assert_eq!(there, Some((place("port", 1), "port".to_owned())));
    window.keys("Esc");
    assert!(
        window.shows("2 of 2"),
        "the bar stays, the text has the keyboard"
    );
    assert_eq!(selected(&window), there);
    window.keys("Esc");
    assert!(!window.shows("2 of 2"));
    assert_eq!(selected(&window), there);
    window.keys("Esc");
    assert_eq!(selected(&window), None);
    let state = window.state();
    let focus = state.article().expect("an article").focus.span;
    assert!(focus.contains(place("port", 1)));
}

#[test]
fn the_options_have_keys_and_search_again() {
    let (_folder, mut window) = window();
    window.keys("Ctrl+F").type_text("ferry").settle();
    window.keys("Alt+W").settle();
    assert!(window.shows("1 of 4"));
    window.keys("Alt+C").settle();
    assert!(window.shows("1 of 3"));
    window.keys("Alt+W Alt+C Ctrl+F").type_text("cafe").settle();
    assert!(window.shows("1 of 1"));
    window.keys("Alt+A").settle();
    assert!(window.shows("No hit"));
    window.click("Match accents").settle();
    assert!(window.shows("1 of 1"));
    window.keys("Alt+R Ctrl+F").type_text("^[AT]\\w+").settle();
    assert!(window.shows("1 of 2"));
}

#[test]
fn a_pattern_that_cannot_be_read_is_explained_in_the_bar() {
    let (_folder, mut window) = window();
    window.keys("Ctrl+F Alt+R").type_text("(ferry").settle();
    assert!(window.says("No pattern: unclosed group."));
    window.type_text(")").settle();
    assert!(window.shows("1 of 5"));
}

#[test]
fn f3_finds_what_is_selected() {
    let (_folder, mut window) = window();
    let at = place("ferry", 1);
    window.send_command(pressmark::app::Command::Select {
        anchor: at,
        head: at + 5,
    });
    window.keys("F3").settle();
    assert_eq!(
        selected(&window),
        Some((place("ferry", 2), "ferry".to_owned()))
    );
    assert!(window.shows("3 of 5"));
    assert!(
        !window.harness.ctx.text_edit_focused(),
        "the text keeps the keyboard"
    );
}

#[test]
fn the_bar_takes_what_is_selected_and_remembers_earlier_searches() {
    let (_folder, mut window) = window();
    window.keys("Ctrl+F").type_text("port").settle();
    window.keys("Enter Esc Esc Esc");
    let at = place("Ana", 0);
    window.send_command(pressmark::app::Command::Select {
        anchor: at,
        head: at + 8,
    });
    window.keys("Ctrl+F").settle();
    assert_eq!(window.state().find.query.words, "Ana Lund");
    assert!(window.shows("1 of 1"));
    window.keys("↑").settle();
    assert_eq!(window.state().find.query.words, "port");
    window.keys("↓").settle();
    assert_eq!(window.state().find.query.words, "Ana Lund");
}

#[test]
fn words_that_are_nowhere_leave_the_place_and_are_not_taken_for_a_selection() {
    let (_folder, mut window) = window();
    window.keys("Ctrl+F").type_text("portx").settle();
    assert!(window.shows("No hit"));
    window.keys("Enter").settle();
    assert_eq!(window.state().find.query.words, "portx");
    assert_eq!(selected(&window), None);
}

#[test]
fn another_article_is_searched_for_the_same_words() {
    let (_folder, mut window) = folder_window();
    window.keys("Ctrl+F").type_text("ferry").settle();
    assert!(window.shows("1 of 5"));
    window.keys("Esc Ctrl+PageDown").settle();
    assert!(window.shows("2 hits"));
    window.keys("F3");
    assert_eq!(selected(&window), Some((10, "ferry".to_owned())));
}

#[test]
fn a_late_answer_to_an_older_search_counts_for_nothing() {
    use crate::support::desk::{Desk, Job};
    use pressmark::app::{Command, CommandKind, Selection};
    use pressmark::text::Query;
    let mut desk = Desk::with(&[("one.txt", FERRY)]);
    let query = |words: &str| {
        Command::SetQuery(Query {
            words: words.to_owned(),
            ..Query::default()
        })
    };
    desk.run(Command::OpenFind);
    desk.run(query("port"));
    let late = desk.hold(Job::Search);
    desk.run(query("café"));
    desk.keys(&[CommandKind::Claim]);
    assert_eq!(
        desk.shown().marks.total(),
        0,
        "the hit is meant, not the sentence"
    );
    desk.take_all(late);
    assert_eq!(desk.shown().selection, None);
    desk.settle();
    let cafe = desk.find("café");
    assert_eq!(desk.shown().selection.map(Selection::span), Some(cafe));
    assert_eq!(cafe, Span::new(place("café", 0), place("café", 0) + 5));
}
