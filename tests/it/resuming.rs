//! What the next start finds as it was left: the place in each article, the panel's list, which panels are open.

use std::fs;

use egui::accesskit::Role;
use egui::{Event, Modifiers, PointerButton, vec2};
use egui_kittest::kittest::Queryable;
use pressmark::app::{Level, Tab};
use tempfile::TempDir;

use crate::support::driver::Driver;

/// A folder with two long articles, open in a window.
fn window() -> (TempDir, Driver) {
    let disk = tempfile::tempdir().expect("a place for tests");
    for name in ["one", "two"] {
        let lines = (0..150).map(|n| format!("Ferry {n} of {name} left the harbour late.\n\n"));
        let text: String = lines.collect();
        fs::write(disk.path().join(format!("{name}.txt")), text).expect("an article");
    }
    let window = Driver::open(disk.path());
    (disk, window)
}

/// Where the view's upper edge is in the text.
fn top(window: &Driver) -> usize {
    window.state().in_view.expect("something is shown").start()
}

fn restarted(mut window: Driver) -> Driver {
    window.keys("Ctrl+Q");
    let settings = window.state().settings.clone();
    drop(window);
    Driver::with_settings(settings, vec2(1280.0, 800.0))
}

#[test]
fn an_article_opens_where_the_view_was_left_and_where_the_focus_was() {
    let (_disk, mut window) = window();
    window.keys("↓ ↓ ↓ Space Space Space");
    window.harness.run_steps(30);
    let left = top(&window);
    assert!(left > 1000, "{left}");
    let mut window = restarted(window);
    window.harness.run_steps(3);
    assert_eq!(top(&window), left);
    let focus = window.state().article().expect("open").focus.clone();
    assert_eq!(focus.level, Level::Paragraph);
    assert!(focus.span.start() < 200, "the focus is where it was");
    // What moves the focus brings it into view.
    window.keys("↓");
    window.harness.run_steps(30);
    assert!(top(&window) < 200);
}

#[test]
fn going_to_another_article_and_back_moves_no_view() {
    let (_disk, mut window) = window();
    window.keys("Space Space");
    window.harness.run_steps(30);
    let left = top(&window);
    window.keys("Ctrl+PageDown").settle();
    window.harness.run_steps(3);
    assert_eq!(top(&window), 0);
    window.keys("Ctrl+PageUp").settle();
    window.harness.run_steps(3);
    assert_eq!(top(&window), left);
}

#[test]
fn back_leads_to_the_place_that_was_left_not_to_the_view() {
    let (_disk, mut window) = window();
    // Tagged, so that the article stays in memory.
    window.keys("↓ → C Ctrl+PageDown").settle();
    window.keys("Ctrl+PageUp").settle();
    window.keys("Space Space Space Space");
    window.harness.run_steps(30);
    assert!(top(&window) > 1000);
    window.keys("Ctrl+PageDown").settle();
    window.keys("Alt+←").settle();
    window.harness.run_steps(30);
    assert_eq!(&**window.state().current.as_ref().expect("open"), "one.txt");
    assert!(top(&window) < 100, "the focus is in view: {}", top(&window));
}

/// Where the panel's list of claims ends and its editor begins.
fn edge(window: &Driver) -> egui::Rect {
    let all = window.harness.query_all_by_role(Role::ListBox);
    let mut lists = all.filter(|node| node.rect().left() > 900.0);
    lists.next().expect("the panel's list").rect()
}

#[test]
fn the_panels_editor_is_as_high_as_it_was_made() {
    let (_disk, mut window) = window();
    window.keys("↓ → C").settle();
    let before = edge(&window);
    let grip = before.center_bottom();
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.frame(vec![Event::PointerMoved(grip)]);
    window.frame(vec![button(grip, true)]);
    let to = grip + vec2(0.0, 60.0);
    window.frame(vec![Event::PointerMoved(to)]);
    window.frame(Vec::new());
    window.frame(vec![button(to, false)]);
    window.frame(Vec::new());
    let made = edge(&window);
    assert!(
        (made.bottom() - before.bottom() - 60.0).abs() < 2.0,
        "{before} {made}"
    );
    let mut window = restarted(window);
    window.keys("Tab").settle();
    assert!((edge(&window).bottom() - made.bottom()).abs() < 2.0);
}

#[test]
fn the_panels_list_and_the_open_panels_are_as_they_were() {
    let (_disk, mut window) = window();
    window.send_command(pressmark::app::Command::Tab(Tab::Claims));
    window.keys("Ctrl+1");
    let window = restarted(window);
    let state = window.state();
    assert_eq!(state.tab, Tab::Claims);
    assert!(!state.settings.list_open && state.settings.panel_open);
}
