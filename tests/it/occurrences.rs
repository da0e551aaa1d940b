//! A: every other place of a tag's words, in the article and in the folder, shown first, with exceptions, tagged as one
//! step.

use std::fs;

use pressmark::app::Page;
use pressmark::model::Layer;
use pressmark::store::load_article;
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
    assert!(window.says("All were left out"));
    assert_eq!(tagged(&window), [first()]);
}

#[test]
fn a_coded_passage_is_found_again_and_coded_alike() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let article = folder.path().join("rain.txt");
    let text = "Rain\nThe heavy rain came. After heavy rain, the Heavy rain stopped.\n";
    fs::write(&article, text).expect("an article");
    let mut window = Driver::open(&article);
    window.keys("↓ → W → Shift+→ E").type_text("weather");
    window.keys("Enter A").settle();
    assert!(window.says("1 passage"), "capitals count");
    window.keys("Enter").settle();
    let state = window.state();
    let article = state.article().expect("an article");
    let codes = article.in_order(Layer::Code);
    let starts: Vec<_> = codes.iter().filter_map(|a| a.start()).collect();
    let places: Vec<usize> = text.match_indices("heavy rain").map(|m| m.0).collect();
    assert_eq!(starts, places);
    let names: Vec<_> = codes
        .iter()
        .map(|a| state.codes.of(a).map(|c| c.name.clone()))
        .collect();
    assert_eq!(
        names,
        [Some("weather".to_owned()), Some("weather".to_owned())]
    );
}

#[test]
fn words_that_are_no_name_are_to_be_tagged_first() {
    let (_folder, mut window) = window();
    window.keys("Esc Esc ↓ → W → Shift+→ A");
    assert!(window.says("Tag these words first"));
}

/// Three articles with a person and one with another of the same surname; the first mention of the first is tagged.
fn folder() -> (TempDir, Driver) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write =
        |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    write("a.txt", STORY);
    write(
        "b.txt",
        "Street\nMara Lind came.\nNobody else did.\nMara Lind left.\n",
    );
    write(
        "c.txt",
        "Weather\nIt rained. Lindgren was out.\nOla Lind stayed in. “It is wet,” Lind said.\n",
    );
    write(
        "d.txt",
        "Queue\nThey asked Mara Lind. Lind had no answer.\n",
    );
    let mut window = Driver::open(folder.path());
    window.keys("↓ → P").settle();
    (folder, window)
}

/// How many persons each sidecar of the folder holds.
fn saved(folder: &TempDir) -> Vec<usize> {
    let count = |name: &str| {
        let article = load_article(&folder.path().join(name), None).expect("an article");
        let all = article.sidecar.annotations.values();
        all.filter(|a| a.layer == Layer::Person).count()
    };
    ["a.txt", "b.txt", "c.txt", "d.txt"].map(count).to_vec()
}

#[test]
fn the_folder_is_tagged_as_one_step_but_for_what_is_left_out() {
    let (folder, mut window) = folder();
    window.keys("A").settle();
    window.keys("A").settle();
    assert_eq!(window.state().page, Some(Page::Everywhere));
    assert!(window.says("7 mentions without a tag, in 3 articles"));
    assert!(window.says("Tag 7 mentions in 3 articles"));
    // The second mention of the first article, then all of the last.
    window.keys("↓ ↓ Space End ↑ ↑ Space");
    assert!(window.says("Tag 4 mentions in 2 articles"));
    window.keys("Enter").settle();
    assert_eq!(window.state().page, None);
    assert_eq!(saved(&folder), [3, 2, 0, 0]);
    assert!(window.says("Tagged 4 mentions in 2 articles."));
    let record = |window: &Driver| {
        let state = window.state();
        let all = state
            .articles
            .values()
            .flat_map(|a| a.sidecar.annotations.values());
        let records: std::collections::BTreeSet<_> = all.filter_map(|a| a.entity.clone()).collect();
        records.len()
    };
    assert_eq!(record(&window), 1, "all lead to one record");
    window.keys("Ctrl+Z").settle();
    assert_eq!(saved(&folder), [1, 0, 0, 0]);
    window.keys("Ctrl+Shift+Z").settle();
    assert_eq!(saved(&folder), [3, 2, 0, 0]);
}

#[test]
fn what_changed_since_it_was_shown_is_left_out_and_said() {
    let (folder, mut window) = folder();
    window.keys("Ctrl+Shift+A").settle();
    fs::write(
        folder.path().join("d.txt"),
        "Queue\nNobody was asked at all.\n",
    )
    .expect("written");
    window.keys("Enter").settle();
    assert_eq!(saved(&folder), [4, 2, 0, 0]);
    assert!(window.says("2 mentions left out"));
}

#[test]
fn escape_tags_nothing_anywhere() {
    let (folder, mut window) = folder();
    window.keys("Ctrl+Shift+A").settle();
    window.keys("Space Esc").settle();
    assert_eq!(window.state().page, None);
    assert!(window.state().everywhere.is_none());
    assert_eq!(saved(&folder), [1, 0, 0, 0]);
}

#[test]
fn where_the_folder_has_no_other_it_is_said() {
    let (_folder, mut window) = window();
    window.keys("Enter").settle();
    window.keys("Ctrl+Shift+A").settle();
    assert!(window.says("stands nowhere else in this folder"));
    assert_eq!(window.state().page, None);
}
