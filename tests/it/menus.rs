//! Context menus by keys: the menu key opens the menu of what has the focus, beneath it, and arrows, Enter and Esc do
//! the rest.

use std::fs;

use egui_kittest::kittest::{NodeT, Queryable};
use pressmark::app::Region;
use pressmark::model::Layer;
use tempfile::TempDir;

use crate::editing::STORY;
use crate::support::desk::BRIDGE;
use crate::support::driver::Driver;

/// A window on two articles, without suggestions.
fn window() -> (TempDir, Driver) {
    let disk = tempfile::tempdir().expect("a place for tests");
    for (name, text) in [("one.txt", STORY), ("two.txt", BRIDGE)] {
        fs::write(disk.path().join(name), text).expect("an article");
    }
    let mut window = Driver::open(disk.path());
    window.keys("Ctrl+3 Ctrl+4 Ctrl+5");
    (disk, window)
}

fn count(window: &Driver, layer: Layer) -> usize {
    let state = window.state();
    state
        .article()
        .map_or(0, |article| article.sidecar.count(layer))
}

/// The line of the menu that has the keyboard.
fn line(window: &Driver) -> Option<String> {
    let all = window.harness.root().children_recursive();
    let mut focused = all.filter(|node| node.accesskit_node().is_focused());
    focused.next()?.accesskit_node().label()
}

fn top_of(window: &Driver, label: &str) -> f32 {
    window.harness.get_by_label_contains(label).rect().top()
}

fn headline(window: &Driver) -> egui::Rect {
    let text = window.harness.get_by_label("Article text").rect();
    let all = window.harness.query_all_by_value("Ferries stop at dusk");
    let mut lines = all
        .map(|node| node.rect())
        .filter(|line| text.contains(line.center()));
    lines.next().expect("it is in view")
}

#[test]
fn the_menu_of_the_focused_words_opens_beneath_them_and_takes_the_arrows() {
    for key in ["Shift+F10", "Menu"] {
        let (_disk, mut window) = window();
        window.keys("→").keys(key).frame(Vec::new());
        assert_eq!(line(&window).as_deref(), Some("Claim C"), "{key}");
        let sentence = headline(&window);
        let menu = top_of(&window, "Claim C");
        assert!(
            (0.0..24.0).contains(&(menu - sentence.bottom())),
            "{menu} {sentence}"
        );
        window
            .keys("Esc ↓ →")
            .keys(key)
            .keys("↓ Enter")
            .frame(Vec::new());
        assert_eq!(
            count(&window, Layer::Person),
            1,
            "the second line is Person"
        );
        assert!(!window.says("Claim C"), "the menu is closed");
        window.keys("↓ → C");
        assert_eq!(
            count(&window, Layer::Claim),
            1,
            "the text has the keys again"
        );
    }
}

#[test]
fn escape_closes_the_menu_and_nothing_else() {
    let (_disk, mut window) = window();
    window.keys("↓ → W Shift+F10").frame(Vec::new());
    let focus = window.state().article().expect("open").focus.clone();
    window.keys("Esc").frame(Vec::new());
    assert!(!window.says("Claim C"));
    assert_eq!(window.state().article().expect("open").focus, focus);
    window.keys("→ C");
    assert_eq!(count(&window, Layer::Claim), 1);
}

#[test]
fn the_menu_of_a_row_of_the_list_is_about_that_row() {
    let (_disk, mut window) = window();
    window.keys("Shift+F6 ↓ Shift+F10").frame(Vec::new());
    assert_eq!(line(&window).as_deref(), Some("Open Enter"));
    let row = window
        .harness
        .get_by_label_contains("Bridge opens again, two.txt")
        .rect();
    let menu = top_of(&window, "Open Enter");
    assert!((0.0..16.0).contains(&(menu - row.bottom())), "{menu} {row}");
    assert_eq!(&**window.state().current.as_ref().expect("open"), "one.txt");
    window.keys("↓ Enter").settle();
    let state = window.state();
    let beside = state.beside.as_ref().map(|beside| &*beside.key);
    assert_eq!(state.current.as_deref(), Some("two.txt"), "“Open beside”");
    assert_eq!(beside, Some("one.txt"));
}

#[test]
fn the_menu_of_a_row_of_the_panel_is_about_that_row() {
    let (_disk, mut window) = window();
    window.keys("↓ → C → C F6").frame(Vec::new());
    assert_eq!(window.state().region, Region::Panel);
    window.keys("↑ Shift+F10").frame(Vec::new());
    // The first line that can be chosen; the last one removes.
    assert!(line(&window).is_some());
    window.keys("↑").frame(Vec::new());
    assert!(
        line(&window).is_some_and(|line| line.starts_with("Remove")),
        "{:?}",
        line(&window)
    );
    window.keys("Enter").settle();
    assert_eq!(count(&window, Layer::Claim), 1);
    let state = window.state();
    let left = state.article().expect("open").in_order(Layer::Claim);
    assert!(
        !left[0].exact().starts_with("The harbour board"),
        "the first one is gone"
    );
}
