//! Suggestions in the window: shown, walked, accepted, rejected, switched off, counted.

use std::fs;
use std::path::{Path, PathBuf};

use pressmark::app::{Level, Region, Tab};
use pressmark::model::Layer;
use tempfile::TempDir;

use crate::support::driver::Driver;

const ARTICLE: &str = "Bridge stays shut\n\
    The council has named Pavel Orlin, 52, a mechanic from Averil, as its new inspector.\n\
    “We continue to look for cracks,” said Nora Vellen, the town’s engineer.\n\
    “Nobody asked the ferrymen,” said Pavel Orlin.\n\
    It rained.\n";

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let article = folder.path().join("bridge.txt");
    fs::write(&article, ARTICLE).expect("the article is written");
    (folder, article)
}

fn sidecar(article: &Path) -> String {
    fs::read_to_string(format!("{}.ann.json", article.display())).unwrap_or_default()
}

/// A window on the article in which suggestions of one kind alone are shown.
fn window(folder: &Path, layer: Layer) -> Driver {
    let mut window = Driver::open(folder);
    for (other, key) in [
        (Layer::Quote, "Ctrl+3"),
        (Layer::Person, "Ctrl+4"),
        (Layer::Claim, "Ctrl+5"),
    ] {
        if other != layer {
            window.keys(key);
        }
    }
    assert!(window.state().suggests(layer));
    window
}

/// The words of the suggestion that has the focus.
fn focused(window: &Driver) -> Option<String> {
    let state = window.state();
    let article = state.article()?;
    let suggestion = article.suggestion()?;
    Some(article.source.slice(suggestion.spans[0]).to_owned())
}

fn open(window: &Driver, layer: Layer) -> usize {
    let state = window.state();
    state.article().expect("an article").suggestions.open(layer)
}

#[test]
fn tab_walks_the_suggestions_and_enter_accepts_with_the_speaker() {
    let (folder, article) = folder();
    let mut window = window(folder.path(), Layer::Quote);
    assert_eq!(open(&window, Layer::Quote), 2);
    assert!(window.says("Tab walks 2 suggestions"));
    assert!(window.shows("2 suggestions left"));
    window.keys("Tab");
    assert_eq!(
        focused(&window).as_deref(),
        Some("“We continue to look for cracks,”")
    );
    assert!(window.says("1 of 2"));
    assert!(window.shows("said this (direct)"));
    window.keys("Enter").settle();
    assert_eq!(
        focused(&window).as_deref(),
        Some("“Nobody asked the ferrymen,”"),
        "on to the next one"
    );
    assert!(window.shows("1 suggestion left"));
    assert!(window.shows("1 attribution, 1 suggested"));
    assert!(sidecar(&article).contains(r#""origin":"accepted""#));
    assert!(sidecar(&article).contains(r#""type":"said by""#));
    window.keys("Enter");
    assert!(window.says("All 2 suggestions decided"));
    assert!(!window.says("suggestions left"));
}

#[test]
fn what_is_rejected_goes_and_stays_away() {
    let (folder, article) = folder();
    let mut window = window(folder.path(), Layer::Quote);
    window.keys("Tab X").settle();
    assert_eq!(open(&window, Layer::Quote), 1);
    assert_eq!(
        focused(&window).as_deref(),
        Some("“Nobody asked the ferrymen,”")
    );
    assert!(sidecar(&article).contains(r#""rejected":["#));
    assert!(
        !sidecar(&article).contains(r#""origin":"#),
        "nothing is tagged"
    );
    let window = Driver::open(folder.path());
    assert_eq!(open(&window, Layer::Quote), 1, "also after a restart");
}

#[test]
fn the_button_of_the_panel_accepts() {
    let (folder, _) = folder();
    let mut window = window(folder.path(), Layer::Quote);
    assert!(!window.shows("Accept (Enter)"));
    window.keys("Tab").click("Accept (Enter)");
    assert_eq!(open(&window, Layer::Quote), 1);
    window.click("Reject (X)");
    assert_eq!(open(&window, Layer::Quote), 0);
    assert_eq!(window.state().history.depth(), 2);
}

#[test]
fn another_speaker_is_picked_by_a_digit() {
    let (folder, article) = folder();
    let mut window = window(folder.path(), Layer::Quote);
    window.keys("Tab").click("Other speaker (S)").settle();
    assert!(window.shows("Who says this?"));
    window.keys("0").settle();
    assert_eq!(open(&window, Layer::Quote), 1);
    assert!(sidecar(&article).contains(r#""stated":"none""#));
}

#[test]
fn the_list_shows_what_waits_in_the_order_of_the_text() {
    let (folder, _) = folder();
    let mut window = window(folder.path(), Layer::Quote);
    assert!(window.shows("Quotes 0, 2 suggested"));
    window.keys("Tab Enter");
    assert!(window.shows("Quotes 1, 1 suggested"));
    let label = "Suggested quote, sure: “Nobody asked the ferrymen,”, said by Pavel Orlin";
    window.keys("Home").click(label);
    assert_eq!(
        focused(&window).as_deref(),
        Some("“Nobody asked the ferrymen,”")
    );
    assert_eq!(
        window.state().article().unwrap().focus.level,
        Level::Suggestion
    );
    assert!(
        window.shows("Suggested quote · direct, sure"),
        "the editor shows it"
    );
    // The keys of the list: Enter accepts what has the focus, X rejects it.
    window.keys("Ctrl+Z F6");
    assert_eq!(window.state().region, Region::Panel);
    window.keys("Home Enter");
    assert_eq!(open(&window, Layer::Quote), 1);
    window.keys("X");
    assert_eq!(open(&window, Layer::Quote), 0);
}

#[test]
fn mentions_of_one_person_are_one_row() {
    let (folder, _) = folder();
    let mut window = window(folder.path(), Layer::Person);
    window.keys("Tab");
    assert_eq!(window.state().tab, Tab::People);
    assert!(window.says("Pavel Orlin, 2 mentions"));
    assert!(window.shows("a person?"));
    // Accepting one of them makes no second row of the same person.
    let before = focused(&window);
    window.keys("Enter");
    assert_ne!(focused(&window), before, "the next one has the focus");
    assert!(window.says("Pavel Orlin, 1 mention, 1 suggested"));
    assert!(!window.says("Suggested person: Pavel Orlin"));
    // A click goes to what is tagged, another one to what is suggested, and a third one back.
    let mut walked = || {
        window.click("Pavel Orlin, 1 mention, 1 suggested");
        focused(&window).is_some()
    };
    assert_eq!([walked(), walked(), walked()], [false, true, false]);
}

#[test]
fn a_kind_that_is_switched_off_is_not_shown_walked_or_counted() {
    let (folder, _) = folder();
    let mut window = window(folder.path(), Layer::Quote);
    window.keys("Ctrl+3");
    assert_eq!(window.state().open_suggestions(), 0);
    assert!(window.shows("0 attributions"));
    assert!(window.shows("Quotes 0"));
    window.keys("Tab");
    assert_eq!(focused(&window), None);
    window.click("Menu");
    window.click("View");
    window.click("Suggest quotes");
    assert!(
        window.state().suggests(Layer::Quote),
        "the menu has the switch"
    );
    assert!(window.shows("0 attributions, 2 suggested"));
}

#[test]
fn a_screen_reader_hears_the_suggestion_that_has_the_focus() {
    let (folder, _) = folder();
    let mut window = window(folder.path(), Layer::Quote);
    window.keys("Tab");
    let heard =
        "Suggested quote, sure. “We continue to look for cracks,” Said by Nora Vellen. 1 of 2.";
    assert!(window.shows(heard));
    window.harness.check_accessibility();
}

#[test]
fn nothing_is_drawn_while_suggestions_wait() {
    let (folder, _) = folder();
    let mut window = window(folder.path(), Layer::Quote);
    window.keys("Tab").settle();
    window.harness.run_steps(4);
    let output = window.harness.output();
    let viewport = &output.viewport_output[&egui::ViewportId::ROOT];
    assert!(viewport.repaint_delay.as_secs() >= 1);
    assert!(
        window.state().in_view.is_some(),
        "the reader said what is in view"
    );
}

#[test]
fn an_article_without_suggestions_says_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("rain.txt"), "It rained.\n").expect("the article is written");
    let window = Driver::open(folder.path());
    assert!(window.says("No suggestions: the rules found nothing here."));
}
