//! The window, headless: what keys and clicks do to the files, through the window's own code.

use std::fs;
use std::path::{Path, PathBuf};

use egui_kittest::kittest::Queryable;
use tempfile::TempDir;

use crate::support::driver::Driver;

const ARTICLE: &str = "Bridge stays shut\n\
    The old bridge at Averil will stay shut for 12 weeks.\n\
    “We continue to look for cracks,” said Nora Vellen, the town’s engineer. Traders want a ferry.\n";

/// A folder with one article.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let article = folder.path().join("bridge.txt");
    fs::write(&article, ARTICLE).expect("the article is written");
    (folder, article)
}

/// The sidecar as it stands on the disk, or nothing.
fn sidecar(article: &Path) -> String {
    fs::read_to_string(format!("{}.ann.json", article.display())).unwrap_or_default()
}

#[test]
fn the_start_page_opens_what_the_dialog_answers() {
    let (folder, _) = folder();
    let mut window = Driver::start();
    assert!(window.shows("Open a folder of articles."));
    *window.desktop.answer.lock().unwrap() = Some(Some(folder.path().to_owned()));
    window.click("Open folder");
    while window.state().folder.is_none() {
        window.frame(Vec::new());
    }
    window.settle();
    assert_eq!(
        window.state().article().unwrap().title(),
        "Bridge stays shut"
    );
    assert!(!window.shows("Open a folder of articles."));
}

#[test]
fn a_desktop_without_dialogs_says_what_to_do_instead() {
    let mut window = Driver::start();
    window.keys("Ctrl+O");
    while window.state().notices.is_empty() {
        window.frame(Vec::new());
    }
    window.frame(Vec::new());
    assert!(window.says("no folder dialog"));
    window.type_text("/nowhere");
    assert!(
        window.harness.query_all_by_value("/nowhere").count() > 0,
        "the field has the keyboard"
    );
}

#[test]
fn without_dialogs_another_folder_is_opened_by_its_path() {
    let (first, _) = folder();
    let second = tempfile::tempdir().expect("a temporary folder");
    fs::write(
        second.path().join("ferry.txt"),
        "A ferry comes\n\nIt comes on Monday.\n",
    )
    .unwrap();
    let mut window = Driver::open(first.path());
    window.keys("Ctrl+O");
    while !window.shows("Path of a folder or an article") {
        window.frame(Vec::new());
    }
    window.frame(Vec::new());
    window.keys("→ C");
    assert_eq!(
        window.state().history.depth(),
        0,
        "nothing is tagged behind the page"
    );
    window.keys("Esc").frame(Vec::new());
    assert!(
        !window.shows("Path of a folder or an article"),
        "Esc goes back to the articles"
    );
    window.keys("Ctrl+O");
    while !window.shows("Path of a folder or an article") {
        window.frame(Vec::new());
    }
    window.frame(Vec::new());
    window
        .type_text(&second.path().display().to_string())
        .keys("Enter");
    while window
        .state()
        .folder
        .as_ref()
        .is_none_or(|folder| folder.root != second.path())
    {
        window.frame(Vec::new());
    }
    window.settle();
    assert_eq!(window.state().article().unwrap().title(), "A ferry comes");
}

#[test]
fn a_claim_is_tagged_taken_back_and_tagged_again() {
    let (folder, article) = folder();
    let mut window = Driver::open(folder.path());
    assert_eq!(sidecar(&article), "", "opening writes nothing");
    window.keys("↓ → C").settle();
    assert!(sidecar(&article).contains(r#""layer":"claim""#));
    assert!(
        sidecar(&article)
            .contains(r#""exact":"The old bridge at Averil will stay shut for 12 weeks.""#)
    );
    assert!(window.says("Saved "));
    window.keys("Ctrl+Z").settle();
    assert!(!sidecar(&article).contains(r#""layer":"claim""#));
    window.keys("Ctrl+Shift+Z").settle();
    assert!(sidecar(&article).contains(r#""layer":"claim""#));
    assert_eq!(window.presses(), 5);
    assert_eq!(
        fs::read_to_string(&article).unwrap(),
        ARTICLE,
        "the article is never changed"
    );
}

#[test]
fn a_quote_finds_its_speaker_by_a_digit() {
    let (folder, article) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("J Q").settle();
    assert!(sidecar(&article).contains(r#""layer":"quote""#));
    window.keys("S");
    assert!(
        window.shows("Who says this?"),
        "S opens the pick list in the strip"
    );
    assert!(window.state().pick.is_some());
    window.keys("Esc");
    assert!(window.state().pick.is_none());
    window.keys("S 0").settle();
    assert!(
        sidecar(&article).contains(r#""stated":"none""#),
        "{}",
        sidecar(&article)
    );
}

#[test]
fn letters_narrow_an_open_pick_list_instead_of_tagging() {
    let (folder, _) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("J Q S");
    let depth = window.state().history.depth();
    window.keys("c x");
    assert_eq!(window.state().pick.as_ref().unwrap().filter, "cx");
    window.keys("Backspace");
    assert_eq!(window.state().pick.as_ref().unwrap().filter, "c");
    assert_eq!(window.state().history.depth(), depth);
}

#[test]
fn the_key_that_opens_a_note_does_not_type_into_it() {
    let (folder, article) = folder();
    let mut window = Driver::open(folder.path());
    window
        .keys("↓ → C N")
        .type_text("check twice")
        .keys("Esc")
        .settle();
    assert!(
        sidecar(&article).contains(r#""note":"check twice""#),
        "{}",
        sidecar(&article)
    );
}

#[test]
fn keys_that_come_in_one_frame_go_where_the_first_one_leads() {
    let (folder, article) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C");
    let press = |key: egui::Key, text: &str| {
        let down = egui::Event::Key {
            key,
            physical_key: Some(key),
            pressed: true,
            repeat: false,
            modifiers: egui::Modifiers::NONE,
        };
        vec![down, egui::Event::Text(text.to_owned())]
    };
    let typed = [
        press(egui::Key::N, "n"),
        press(egui::Key::C, "c"),
        press(egui::Key::P, "p"),
    ]
    .concat();
    window.frame(typed);
    window.frame(Vec::new());
    window.frame(Vec::new());
    window.keys("Esc").settle();
    assert!(
        sidecar(&article).contains(r#""note":"cp""#),
        "{}",
        sidecar(&article)
    );
}

#[test]
fn letters_rest_in_a_text_field() {
    let (folder, _) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("Ctrl+Shift+L").type_text("cpsq");
    assert_eq!(window.state().folder.as_ref().unwrap().filter, "cpsq");
    assert_eq!(window.state().history.depth(), 0);
}

#[test]
fn escape_leaves_the_note_and_the_text_has_the_keys_again() {
    let (folder, article) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C N").type_text("x").keys("Esc");
    assert_eq!(window.state().region, pressmark::app::Region::Reader);
    window.keys("↓ → C").settle();
    assert_eq!(sidecar(&article).matches(r#""layer":"claim""#).count(), 2);
}

#[test]
fn a_key_that_is_held_down_tags_once() {
    let (folder, _) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("↓ →");
    for _ in 0..3 {
        // Down without up: the platform repeats it.
        window.frame(vec![
            egui::Event::Key {
                key: egui::Key::C,
                physical_key: Some(egui::Key::C),
                pressed: true,
                repeat: false,
                modifiers: egui::Modifiers::NONE,
            },
            egui::Event::Text("c".to_owned()),
        ]);
    }
    assert_eq!(window.state().history.depth(), 1);
}

#[test]
fn the_counters_lead_to_their_lists() {
    let (folder, _) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C").settle();
    window.click("0 people, 1 suggested");
    assert_eq!(window.state().tab, pressmark::app::Tab::People);
    window.click("1 claim");
    assert_eq!(window.state().tab, pressmark::app::Tab::Claims);
    window.keys("↓ → C");
    assert_eq!(window.state().history.depth(), 2, "the text keeps the keys");
}

#[test]
fn the_panel_stands_beside_the_text_as_long_as_thirty_characters_fit() {
    let (folder, _) = folder();
    let mut window = Driver::with(Some(folder.path().to_owned()), egui::vec2(800.0, 600.0));
    window.settle();
    let text = window.harness.get_by_label("Article text").rect();
    let tab = window.harness.get_by_label_contains("Sources ").rect();
    assert!(text.right() <= tab.left(), "{text:?} {tab:?}");
}

#[test]
fn a_notice_never_covers_the_text() {
    let (folder, _) = folder();
    fs::write(folder.path().join("pressmark.codebook.json"), "{").expect("a broken file");
    for size in [egui::vec2(1280.0, 760.0), egui::vec2(800.0, 600.0)] {
        let mut window = Driver::with(Some(folder.path().to_owned()), size);
        window.settle();
        window.frame(Vec::new());
        let notice = window.harness.get_by_label_contains("codebook").rect();
        let text = window.harness.get_by_label("Article text").rect();
        assert!(!notice.intersects(text), "{notice:?} {text:?}");
        assert!(egui::Rect::from_min_size(egui::Pos2::ZERO, size).contains_rect(notice));
    }
}

#[test]
fn a_narrow_window_brings_list_and_panel_as_sheets() {
    let (folder, _) = folder();
    let mut window = Driver::with(Some(folder.path().to_owned()), egui::vec2(660.0, 600.0));
    window.settle();
    assert!(window.shows("Show the articles"));
    assert!(!window.shows("Filter articles"));
    window.keys("Ctrl+1");
    assert!(window.shows("Filter articles"));
    window.keys("Ctrl+1");
    assert!(!window.shows("Filter articles"));
    window.keys("F6");
    assert_eq!(window.state().region, pressmark::app::Region::Panel);
    assert!(window.says("Quotes"));
    window.keys("Esc");
    assert_eq!(window.state().region, pressmark::app::Region::Reader);
    assert!(!window.says("Quotes"));
    window.keys("F6");
    let beside = egui::pos2(120.0, 300.0);
    window.frame(vec![egui::Event::PointerMoved(beside)]);
    for pressed in [true, false] {
        window.frame(vec![egui::Event::PointerButton {
            pos: beside,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        }]);
    }
    window.settle();
    assert_eq!(window.state().region, pressmark::app::Region::Reader);
    assert!(!window.says("Quotes"), "a click beside it puts it away");
}

/// A file that is dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window asks for the path alone".to_owned())
    }
}

#[test]
fn a_folder_that_is_dropped_on_the_window_opens() {
    let (folder, _) = folder();
    let mut window = Driver::start();
    let dropped = std::sync::Arc::new(Dropped(folder.path().to_owned()));
    window.harness.input_mut().dropped_files.push(dropped);
    window.frame(Vec::new());
    while window.state().folder.is_none() {
        window.frame(Vec::new());
    }
    window.settle();
    assert_eq!(
        window.state().article().unwrap().title(),
        "Bridge stays shut"
    );
}

#[test]
fn the_window_closes_when_everything_is_saved() {
    let (folder, article) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C");
    let viewports = &mut window.harness.input_mut().viewports;
    let viewport = viewports.entry(egui::ViewportId::ROOT).or_default();
    viewport.events.push(egui::ViewportEvent::Close);
    window.frame(Vec::new());
    while window.state().closing != pressmark::app::Closing::Now {
        window.frame(Vec::new());
    }
    assert!(
        sidecar(&article).contains(r#""layer":"claim""#),
        "what was tagged is on the disk before it closes"
    );
}

#[test]
fn nothing_is_drawn_while_nothing_changes() {
    let (folder, _) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C").settle();
    window.harness.run_steps(4);
    let output = window.harness.output();
    let viewport = &output.viewport_output[&egui::ViewportId::ROOT];
    assert!(
        viewport.repaint_delay.as_secs() >= 1,
        "{:?}",
        viewport.repaint_delay
    );
}

#[test]
fn every_control_has_a_name() {
    let (folder, _) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("↓ → C J Q S").settle();
    window.harness.check_accessibility();
    assert!(window.harness.query_by_label("Menu").is_some());
}

#[test]
fn letters_without_a_font_are_told_of_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("a.txt", "Café closed\n\nThe naïve “owner” left.\n");
    write("b.txt", "港口关闭了\n\n渡轮停运。\n");
    write("c.txt", "渡轮\n\n停运。\n");
    let mut window = Driver::with_any_script(folder.path().to_owned());
    window.settle();
    let told = |window: &Driver| {
        let state = window.state();
        let about = |n: &&pressmark::app::Notice| n.summary.contains("no font");
        state.notices.iter().filter(about).count()
    };
    assert_eq!(told(&window), 0);
    for _ in 0..2 {
        window.keys("Ctrl+PageDown").settle();
        window.frame(Vec::new());
        assert_eq!(told(&window), 1);
    }
}
