//! Two articles side by side in the window: where they stand, what pointer and keys reach, what the next start brings.

use std::fs;

use egui::{Event, Modifiers, PointerButton, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use pressmark::app::{Level, Page, Region};
use pressmark::model::Layer;
use tempfile::TempDir;

use crate::editing::STORY;
use crate::support::desk::BRIDGE;
use crate::support::driver::Driver;

const LAMPS: &str = "Lamps go out\n\nThe harbour was dark on Friday.\n";

/// A folder with the two articles, in a window of a size, both open.
fn window(size: egui::Vec2) -> (TempDir, Driver) {
    let disk = tempfile::tempdir().expect("a place for tests");
    for (name, text) in [("one.txt", STORY), ("two.txt", BRIDGE)] {
        fs::write(disk.path().join(name), text).expect("an article");
    }
    let mut window = Driver::with(Some(disk.path().to_owned()), size);
    window.settle();
    window.keys("Ctrl+D").settle();
    (disk, window)
}

const WIDE: egui::Vec2 = vec2(1280.0, 800.0);

fn names(window: &Driver) -> (String, Option<String>) {
    let state = window.state();
    let beside = state.beside.as_ref().map(|beside| beside.key.to_string());
    let current = state.current.as_ref().map(ToString::to_string);
    (current.unwrap_or_default(), beside)
}

fn is_at(window: &Driver, current: &str, beside: &str) -> bool {
    names(window) == (current.to_owned(), Some(beside.to_owned()))
}

/// Where something with this label stands on the screen.
fn place(window: &Driver, label: &str) -> egui::Rect {
    window.harness.get_by_label_contains(label).rect()
}

/// Where the headline of `STORY` stands in its text.
fn headline(window: &Driver) -> egui::Rect {
    let all = window.harness.query_all_by_value("Ferries stop at dusk");
    let text = place(window, "Article text, left");
    let mut lines = all
        .map(|node| node.rect())
        .filter(|rect| text.contains(rect.center()));
    lines.next().expect("it is on the left")
}

fn click_at(window: &mut Driver, at: egui::Pos2) {
    window.frame(vec![Event::PointerMoved(at)]);
    for pressed in [true, false] {
        window.frame(vec![Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }]);
    }
    window.frame(Vec::new());
}

#[test]
fn both_texts_stand_side_by_side_and_the_head_tells_which_has_the_keys() {
    let (_disk, window) = window(WIDE);
    let (left, right) = (
        place(&window, "Article text, left"),
        place(&window, "Article text, right"),
    );
    assert!(left.right() <= right.left());
    assert!(
        left.width() > 390.0 && right.width() > 390.0,
        "{left} {right}"
    );
    window
        .harness
        .get_by_label("Left article: Ferries stop at dusk, one.txt");
    let head = window
        .harness
        .get_by_label("Right article: Bridge opens again, two.txt");
    assert_eq!(head.accesskit_node().is_selected(), Some(true));
}

#[test]
fn a_click_in_the_other_text_makes_it_current_there_and_then() {
    let (_disk, mut window) = window(WIDE);
    assert!(is_at(&window, "two.txt", "one.txt"));
    let text = place(&window, "Article text, left");
    let line = headline(&window);
    assert!(text.contains(line.center()));
    click_at(&mut window, line.center());
    assert!(is_at(&window, "one.txt", "two.txt"));
    assert_eq!(
        window.state().article().expect("open").focus.level,
        Level::Sentence
    );
    window.keys("C").settle();
    let state = window.state();
    assert_eq!(state.articles["one.txt"].sidecar.count(Layer::Claim), 1);
    assert_eq!(state.articles["two.txt"].sidecar.count(Layer::Claim), 0);
}

#[test]
fn the_regions_are_walked_from_left_to_right_with_both_texts_among_them() {
    let (_disk, mut window) = window(WIDE);
    window.keys("Ctrl+Tab");
    assert!(is_at(&window, "one.txt", "two.txt"), "by one key");
    window.keys("F6");
    assert!(is_at(&window, "two.txt", "one.txt"));
    window.keys("F6");
    assert_eq!(window.state().region, Region::Panel);
    window.keys("Shift+F6 Shift+F6");
    assert!(is_at(&window, "one.txt", "two.txt"));
    window.keys("Shift+F6");
    assert_eq!(window.state().region, Region::List);
    window.keys("F6 →");
    assert_eq!(names(&window).0, "one.txt");
    let state = window.state();
    let article = state.article().expect("open");
    assert_eq!(article.focus.level, Level::Sentence, "its keys are its own");
}

#[test]
fn the_crosses_close_and_escape_does_not() {
    let (_disk, mut window) = window(WIDE);
    window.keys("Esc Esc Esc");
    assert!(is_at(&window, "two.txt", "one.txt"));
    window.click("Close two.txt");
    assert_eq!(names(&window), ("one.txt".to_owned(), None));
    assert!(window.shows("Article text"));
    assert!(!window.says("Left article"));
    window.keys("→");
    let state = window.state();
    assert_eq!(state.article().expect("open").focus.level, Level::Sentence);
}

#[test]
fn a_row_of_the_list_and_of_the_palette_opens_beside_by_one_key() {
    let disk = tempfile::tempdir().expect("a place for tests");
    for (name, text) in [("a.txt", STORY), ("b.txt", LAMPS), ("c.txt", BRIDGE)] {
        fs::write(disk.path().join(name), text).expect("an article");
    }
    let mut window = Driver::open(disk.path());
    window.keys("Shift+F6 ↓ ↓ Ctrl+Enter").settle();
    assert!(is_at(&window, "c.txt", "a.txt"));
    window.keys("Ctrl+P").type_text("Lamps go");
    assert_eq!(window.state().page, Some(Page::Palette));
    window.keys("Ctrl+Enter").settle();
    assert!(is_at(&window, "b.txt", "c.txt"));
    assert_eq!(window.state().page, None);
}

#[test]
fn a_window_that_became_narrow_shows_the_current_one_and_names_the_other() {
    let (_disk, mut window) = window(WIDE);
    window.harness.set_size(vec2(760.0, 600.0));
    window.harness.run_steps(3);
    let text = place(&window, "Article text, right");
    assert!(text.left() < 60.0 && text.width() > 300.0, "{text}");
    assert!(!window.shows("Article text, left"));
    window.click("Left article: Ferries stop at dusk, one.txt");
    assert!(is_at(&window, "one.txt", "two.txt"));
    window.harness.set_size(WIDE);
    window.harness.run_steps(3);
    assert!(window.shows("Article text, left") && window.shows("Article text, right"));
}

#[test]
fn the_list_folds_where_two_texts_need_its_room() {
    let (_disk, mut window) = window(WIDE);
    assert!(!window.shows("Articles"), "the list is a rail");
    window.keys("Ctrl+D").frame(Vec::new());
    assert!(window.shows("Articles"));
}

#[test]
fn the_divider_is_dragged_and_kept() {
    let (_disk, mut window) = window(vec2(1600.0, 800.0));
    let grip = place(&window, "Divider between the articles").center();
    let before = place(&window, "Article text, left").width();
    window.frame(vec![Event::PointerMoved(grip)]);
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.frame(vec![button(grip, true)]);
    let to = grip + vec2(-60.0, 0.0);
    window.frame(vec![Event::PointerMoved(to)]);
    window.frame(vec![button(to, false)]);
    window.frame(Vec::new());
    let after = place(&window, "Article text, left").width();
    assert!((before - after - 60.0).abs() < 2.0, "{before} {after}");
    let split = window.state().settings.split;
    assert!((0.3..0.5).contains(&split), "{split}");
    // Neither becomes narrower than a text can be read in.
    let grip = place(&window, "Divider between the articles").center();
    window.frame(vec![Event::PointerMoved(grip), button(grip, true)]);
    window.frame(vec![Event::PointerMoved(pos2(300.0, 400.0))]);
    window.frame(vec![button(pos2(300.0, 400.0), false)]);
    window.frame(Vec::new());
    assert!(place(&window, "Article text, left").width() > 390.0);
}

#[test]
fn tab_reaches_the_heads_and_the_divider_and_the_arrows_move_it() {
    let (_disk, mut window) = window(vec2(1600.0, 800.0));
    let has = |window: &Driver, label: &str| {
        let focused = window
            .harness
            .query_by(|node| node.is_focused() && !node.is_hidden());
        let heard = focused.and_then(|node| node.accesskit_node().label());
        heard.is_some_and(|heard| heard.contains(label))
    };
    let mut seen = Vec::new();
    for _ in 0..60 {
        window.keys("Tab");
        for label in [
            "Left article",
            "Right article",
            "Close one.txt",
            "Divider between",
        ] {
            if has(&window, label) && !seen.contains(&label) {
                seen.push(label);
            }
        }
        if seen.len() == 4 {
            break;
        }
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
    while !has(&window, "Divider between") {
        window.keys("Tab");
    }
    let before = place(&window, "Article text, left").width();
    window.keys("← ←").settle();
    let after = place(&window, "Article text, left").width();
    assert!(after < before - 20.0, "{before} {after}");
    assert!(window.state().settings.split < 0.5);
    assert!(has(&window, "Divider between"), "the arrows stay with it");
    // On the way round Tab comes through both texts, the right one last.
    while !has(&window, "Left article") {
        window.keys("Tab");
    }
    assert!(is_at(&window, "two.txt", "one.txt"));
    window.keys("Enter").settle();
    assert!(is_at(&window, "one.txt", "two.txt"));
}

#[test]
fn two_articles_are_there_again_at_the_next_start() {
    let (disk, mut window) = window(WIDE);
    window.keys("Ctrl+Tab");
    let left = window.state().settings.clone();
    drop(window);
    let mut window = Driver::with_settings(left.clone(), WIDE);
    assert!(is_at(&window, "one.txt", "two.txt"));
    let (text, line) = (place(&window, "Article text, left"), headline(&window));
    assert!(text.contains(line.center()), "each on its side");
    window.keys("Ctrl+Tab");
    let settings = window.state().settings.clone();
    let window = Driver::with_settings(settings, WIDE);
    assert!(is_at(&window, "two.txt", "one.txt"));
    assert!(
        window
            .state()
            .beside
            .as_ref()
            .is_some_and(|other| other.is_left)
    );
    drop(window);
    // One that is gone since does not keep the other from being opened.
    fs::remove_file(disk.path().join("two.txt")).expect("it was there");
    let window = Driver::with_settings(left, WIDE);
    assert_eq!(names(&window), ("one.txt".to_owned(), None));
}

#[test]
fn a_renamed_article_goes_on_beside_under_its_new_name() {
    let (disk, mut window) = window(WIDE);
    window.keys("↓ C").settle();
    window.keys("Ctrl+Tab");
    let path = |name: &str| disk.path().join(name);
    fs::rename(path("two.txt.ann.json"), path("three.txt.ann.json")).expect("renamed");
    fs::rename(path("two.txt"), path("three.txt")).expect("renamed");
    window.until("the new name", |state| {
        state
            .beside
            .as_ref()
            .is_some_and(|beside| &*beside.key == "three.txt")
    });
    assert!(is_at(&window, "one.txt", "three.txt"));
    window.settle();
    let state = window.state();
    let other = state.other_article().expect("it is in memory");
    assert_eq!(other.sidecar.count(Layer::Claim), 1);
}

#[test]
fn going_to_the_other_scrolls_neither() {
    let disk = tempfile::tempdir().expect("a place for tests");
    let long = |name: &str| -> String {
        let lines = (0..120).map(|n| format!("{name} {n} is a sentence of some length.\n\n"));
        lines.collect()
    };
    fs::write(disk.path().join("one.txt"), long("Ferry")).expect("an article");
    fs::write(disk.path().join("two.txt"), long("Bridge")).expect("an article");
    let mut window = Driver::open(disk.path());
    window.keys("Ctrl+D").settle();
    window.keys("Space Space");
    window.harness.run_steps(20);
    let view = |window: &Driver| {
        let state = window.state();
        (state.in_view, state.beside.as_ref().and_then(|b| b.in_view))
    };
    let (current, other) = view(&window);
    assert!(current.expect("shown").start() > 500);
    window.keys("Ctrl+Tab");
    window.harness.run_steps(20);
    assert_eq!(view(&window), (other, current));
    window.keys("Ctrl+Tab");
    window.harness.run_steps(20);
    assert_eq!(view(&window), (current, other));
}

#[test]
fn a_note_that_is_being_typed_stays_with_its_article_when_the_other_is_clicked() {
    // With the panel at its side, and as a sheet over the texts.
    for width in [1280.0, 1100.0] {
        let (_disk, mut window) = window(vec2(width, 800.0));
        window.keys("Ctrl+Tab ↓ C N").type_text("ask them");
        let text = place(&window, "Article text, right");
        click_at(&mut window, text.left_top() + vec2(60.0, 300.0));
        assert!(is_at(&window, "two.txt", "one.txt"), "{width}");
        window.frame(Vec::new());
        window.settle();
        let state = window.state();
        let claims = state.articles["one.txt"].in_order(Layer::Claim);
        assert_eq!(claims[0].note, "ask them", "{width}");
    }
}

#[test]
fn opening_another_beside_it_leaves_the_view_where_it_was() {
    let disk = tempfile::tempdir().expect("a place for tests");
    let lines = (0..150).map(|n| format!("Ferry {n} left the harbour late.\n\n"));
    fs::write(disk.path().join("one.txt"), lines.collect::<String>()).expect("an article");
    fs::write(disk.path().join("two.txt"), BRIDGE).expect("an article");
    let mut window = Driver::open(disk.path());
    window.keys("↓ Space Space Space");
    window.harness.run_steps(30);
    let before = window.state().in_view.expect("something is shown").start();
    assert!(before > 1000);
    window.keys("Ctrl+D").settle();
    window.harness.run_steps(30);
    let state = window.state();
    let view = state.beside.as_ref().and_then(|beside| beside.in_view);
    let after = view.expect("it is shown").start();
    assert!(after.abs_diff(before) < 60, "{before} {after}");
}

#[test]
fn nothing_is_drawn_for_two_articles_while_nothing_changes() {
    let (_disk, mut window) = window(WIDE);
    window.harness.run_steps(30);
    let output = window.harness.output();
    let viewport = &output.viewport_output[&egui::ViewportId::ROOT];
    let delay = viewport.repaint_delay;
    assert!(delay.as_secs() >= 1, "{delay:?}");
    window.harness.check_accessibility();
}
