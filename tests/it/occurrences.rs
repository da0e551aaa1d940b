//! A: every other mention of a person, shown first, with exceptions, tagged as one step.

use std::fs;

use pressmark::model::Layer;
use tempfile::TempDir;

use crate::support::driver::Driver;

const STORY: &str = "Clinic\n\
    Mara Lind runs the clinic. Lind was born here.\n\
    The street is named for another Lind.\n\
    “We are full,” Lind said. It rained.\n";

/// A window in which the first mention is tagged, and A was pressed.
fn window() -> (TempDir, Driver) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let article = folder.path().join("clinic.txt");
    fs::write(&article, STORY).expect("an article");
    let mut window = Driver::open(&article);
    window.keys("↓ → P A").settle();
    (folder, window)
}

fn tagged(window: &Driver) -> Vec<usize> {
    let state = window.state();
    let article = state.article().expect("an article");
    article
        .in_order(Layer::Person)
        .iter()
        .filter_map(|a| a.start())
        .collect()
}

fn place(nth: usize) -> usize {
    STORY.match_indices("Lind").nth(nth).expect("a mention").0
}

fn first() -> usize {
    STORY.find("Mara").expect("the first mention")
}

#[test]
fn a_digit_leaves_one_out_and_enter_tags_the_rest_as_one_step() {
    let (_folder, mut window) = window();
    assert!(window.says("3 mentions"));
    window.keys("2");
    assert!(window.says("2 of 3 mentions"));
    assert!(window.says(", left out"));
    window.keys("Enter").settle();
    assert_eq!(tagged(&window), [first(), place(1), place(3)]);
    window.keys("Ctrl+Z").settle();
    assert_eq!(tagged(&window), [first()]);
}

#[test]
fn arrows_look_at_the_mentions_and_x_leaves_out_the_one_looked_at() {
    let (_folder, mut window) = window();
    let looked_at = |window: &Driver| {
        let state = window.state();
        state
            .article()
            .and_then(|a| a.selection)
            .map(|s| s.span().start())
    };
    window.keys("X");
    assert!(window.says("3 mentions"), "none is looked at yet");
    window.keys("→ →");
    assert_eq!(looked_at(&window), Some(place(2)));
    window.keys("X");
    assert!(window.says("2 of 3 mentions"));
    window.keys("X → X ← ←");
    assert_eq!(looked_at(&window), Some(place(1)));
    window.keys("Enter").settle();
    assert_eq!(tagged(&window), [first(), place(1), place(2)]);
    assert_eq!(looked_at(&window), None);
}

#[test]
fn escape_tags_nothing_and_goes_back_to_the_mention() {
    let (_folder, mut window) = window();
    let focus = |window: &Driver| {
        let state = window.state();
        state.article().expect("an article").focus.clone()
    };
    let before = focus(&window);
    window.keys("→ → C 9 Esc").settle();
    assert!(window.state().pick.is_none());
    assert_eq!(tagged(&window), [first()]);
    let state = window.state();
    let article = state.article().expect("an article");
    assert_eq!(article.selection, None);
    assert_eq!(
        article.marks.count(Layer::Claim),
        0,
        "letters do not tag meanwhile"
    );
    drop(state);
    assert_eq!(focus(&window), before);
}

#[test]
fn when_all_are_left_out_nothing_is_tagged() {
    let (_folder, mut window) = window();
    window.keys("1 2 3 Enter");
    assert!(window.says("All mentions were left out"));
    assert_eq!(tagged(&window), [first()]);
}
