//! What a screen reader hears: each thing that the focus goes to has a name that says what it is.

use std::fs;

use egui::accesskit::Live;
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;

use crate::support::driver::Driver;

const STORY: &str = "Clinic stays open\n\n\
    Mara Lind runs the clinic. Lind was born here.\n\n\
    “We are full,” Lind said. It rained.\n";

fn window() -> (TempDir, Driver) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let article = folder.path().join("clinic.txt");
    fs::write(&article, STORY).expect("an article");
    let window = Driver::open(&article);
    (folder, window)
}

/// The name of what has the focus.
fn heard(window: &mut Driver) -> String {
    // Scrolling to it glides.
    for _ in 0..30 {
        window.frame(Vec::new());
    }
    let focused = window
        .harness
        .query_by(|node| node.is_focused() && !node.is_hidden());
    let label = focused.and_then(|node| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value())
    });
    label.unwrap_or_default()
}

#[test]
fn the_text_is_heard_on_every_rung() {
    let (_folder, mut window) = window();
    assert_eq!(heard(&mut window), "Paragraph 1: Clinic stays open");
    window.keys("↓");
    let second = "Paragraph 2: Mara Lind runs the clinic. Lind was born here.";
    assert_eq!(heard(&mut window), second);
    window.keys("→");
    assert_eq!(heard(&mut window), "Mara Lind runs the clinic.");
    window.keys("→");
    assert_eq!(heard(&mut window), "Lind was born here.");
    window.keys("W →");
    assert_eq!(heard(&mut window), "was");
    window.keys("Shift+→");
    assert_eq!(heard(&mut window), "Selected: was born");
    window.keys("Esc W");
    assert_eq!(heard(&mut window), "w");
}

#[test]
fn what_was_done_is_announced_and_where_the_focus_is_is_not_said_twice() {
    let (_folder, mut window) = window();
    let live = |window: &Driver| -> Vec<String> {
        let all = window.harness.query_all_by(|node| node.live() != Live::Off);
        all.filter_map(|node| node.accesskit_node().value())
            .collect()
    };
    window.keys("↓ →");
    assert_eq!(live(&window), [""; 0]);
    window.keys("C").settle();
    assert_eq!(live(&window), ["Tagged claim “Mara Lind runs the clinic.”"]);
}

#[test]
fn a_page_is_heard_by_its_title_and_the_palette_by_what_the_arrows_go_to() {
    let (_folder, mut window) = window();
    window.keys("F1");
    assert_eq!(heard(&mut window), "Help and keys");
    window.keys("Esc Ctrl+P").type_text("quit");
    assert_eq!(heard(&mut window), "Go to anything, do anything");
    window.keys("↓ ↑");
    assert_eq!(heard(&mut window), "Quit, Ctrl+Q");
}

#[test]
fn a_tag_is_heard_once_by_its_name_and_where_it_lies() {
    let (_folder, mut window) = window();
    window.keys("↓ → P").settle();
    assert_eq!(
        heard(&mut window),
        "Mara Lind runs the clinic. – tagged: person"
    );
    window.send_command(pressmark::app::Command::Run(
        pressmark::app::CommandKind::SuggestPeople,
    ));
    window.keys("Tab");
    assert_eq!(heard(&mut window), "Person. Mara Lind");
}
