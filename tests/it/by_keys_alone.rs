//! Pages begin where the keys are wanted, and no way to a page or out of it needs the mouse.

use std::fs;

use egui_kittest::kittest::{NodeT, Queryable};
use pressmark::app::Page;

use crate::support::driver::Driver;

const FERRY: &str =
    "Fares rise in May\n\nFares rise by 4 per cent in May, Ferdinand Roux told the council.\n";

fn folder() -> tempfile::TempDir {
    let parent = tempfile::tempdir().expect("a folder");
    fs::create_dir(parent.path().join("news")).expect("a folder in it");
    for (name, text) in [
        ("bridge.txt", "The bridge closes\n\nIt rains.\n"),
        ("ferry.txt", FERRY),
    ] {
        fs::write(parent.path().join("news").join(name), text).expect("an article");
    }
    parent
}

#[test]
fn a_folder_is_opened_by_its_path_from_the_start_page() {
    let parent = folder();
    let mut window = Driver::start();
    window.frame(Vec::new());
    window.keys("Tab Tab");
    let path = parent.path().join("news");
    window.type_text(&path.display().to_string());
    window.keys("Enter").settle();
    let root = window
        .state()
        .folder
        .as_ref()
        .map(|folder| folder.root.clone());
    assert_eq!(root, Some(path));
}

#[test]
fn an_article_is_found_by_the_name_of_its_file() {
    let parent = folder();
    let mut window = Driver::open(&parent.path().join("news"));
    window.keys("Ctrl+P");
    window.type_text("ferry");
    window.keys("Enter").settle();
    assert_eq!(window.state().current.as_deref(), Some("ferry.txt"));
}

#[test]
fn escape_leaves_a_field_of_the_codebook_before_the_page() {
    let parent = folder();
    let mut window = Driver::open(&parent.path().join("news"));
    window.keys("Ctrl+B");
    window.frame(Vec::new());
    window.type_text("harm");
    window.keys("Enter").settle();
    let codes = window.state().codes.book.current().count();
    assert_eq!(codes, 1, "the field for new codes had the keyboard");
    window.keys("Esc");
    assert_eq!(window.state().page, Some(Page::Codebook));
    window.keys("Esc");
    assert_eq!(window.state().page, None);
}

#[test]
fn an_export_is_an_arrow_for_the_format_and_enter() {
    let parent = folder();
    let mut window = Driver::open(&parent.path().join("news"));
    window.keys("↓ → C").settle();
    window.keys("Ctrl+E");
    window.frame(Vec::new());
    window.keys("↓ ↓ Enter").settle();
    let there = fs::read_dir(parent.path().join("news-export")).expect("beside the folder");
    let names: Vec<_> = there.flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names, ["bridge.html"]);
}

/// What is heard while Tab goes once round the window.
fn round(window: &mut Driver) -> Vec<String> {
    let heard = (0..70).map(|_| {
        window.keys("Tab");
        let focused = window
            .harness
            .query_by(|node| node.is_focused() && !node.is_hidden());
        let label = focused.and_then(|node| node.accesskit_node().label());
        label.unwrap_or_default()
    });
    heard.collect()
}

#[test]
fn tab_is_caught_nowhere() {
    let parent = folder();
    let mut window = Driver::open(&parent.path().join("news"));
    for two in [false, true] {
        let heard = round(&mut window);
        let times = |name: &str| heard.iter().filter(|label| label.starts_with(name)).count();
        assert!(
            times("Article is new") > 1,
            "{two}: the panel, again and again: {heard:?}"
        );
        assert!(
            times("Paragraph 1: The bridge closes") > 1,
            "{two}: {heard:?}"
        );
        let silent = heard.iter().filter(|label| label.is_empty()).count();
        assert_eq!(silent, 0, "{two}: every stop has a name: {heard:?}");
        window.keys("Ctrl+D").settle();
    }
}

#[test]
fn the_edge_of_a_panel_moves_by_the_arrows() {
    let parent = folder();
    let mut window = Driver::open(&parent.path().join("news"));
    let width = |window: &Driver| window.state().settings.left_width;
    let before = width(&window);
    window.keys("Shift+F6");
    // From the list to its edge.
    for _ in 0..20 {
        window.keys("Tab");
        window.keys("→");
        for _ in 0..3 {
            window.frame(Vec::new());
        }
        if width(&window) > before {
            let focused = window
                .harness
                .query_by(|node| node.is_focused() && !node.is_hidden());
            let label = focused.and_then(|node| node.accesskit_node().label());
            assert_eq!(label.as_deref(), Some("Edge of the articles"));
            return;
        }
    }
    panic!("it stayed at {before}");
}
