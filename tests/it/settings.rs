//! Settings through the window: keys that are changed, how the text is set, the text alone.

use std::fs;
use std::sync::mpsc::channel;

use egui_kittest::kittest::Queryable;
use pressmark::app::{Command, CommandKind, Page, Setting};
use pressmark::store::{KeyNames, Settings, load_settings_from, save_settings_to};
use tempfile::TempDir;

use crate::support::driver::Driver;

const ARTICLE: &str = "Bridge stays shut\n\
    The old bridge at Averil will stay shut for 12 weeks.\n\
    “We continue to look for cracks,” said Nora Vellen, the town’s engineer. Traders want a ferry.\n";

fn window() -> (TempDir, Driver) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("bridge.txt"), ARTICLE).expect("the article is written");
    let window = Driver::open(&folder.path().join("bridge.txt"));
    (folder, window)
}

fn count(window: &Driver) -> usize {
    window
        .state()
        .article()
        .map_or(0, |a| a.sidecar.annotations.len())
}

fn settings_page(part: &str) -> (TempDir, Driver) {
    let (folder, mut window) = window();
    window.keys("Ctrl+,");
    window.click(part);
    (folder, window)
}

/// Presses a button wherever the list has been scrolled to.
fn press(window: &mut Driver, label: &str) {
    window.harness.get_by_label(label).click_accesskit();
    window.frame(Vec::new());
    window.frame(Vec::new());
}

#[test]
fn a_command_takes_the_key_that_is_pressed_and_teaches_it() {
    let (_folder, mut window) = settings_page("Keys");
    press(&mut window, "Change: Claim");
    window.keys("F9");
    assert_eq!(window.state().keymap.keys(CommandKind::Claim), ["F9", "C"]);
    press(&mut window, "Without C");
    let expected = KeyNames::Several(vec!["F9".to_owned()]);
    assert_eq!(window.state().settings.keys.get("Claim"), Some(&expected));
    window.keys("Esc → → C");
    assert_eq!(count(&window), 0, "C is nobody's any more");
    window.keys("F9");
    assert_eq!(count(&window), 1);
    window.keys("F1");
    assert!(window.says("You changed some keys"));
}

#[test]
fn a_key_that_another_command_has_is_taken_only_when_one_says_so() {
    let (_folder, mut window) = settings_page("Keys");
    press(&mut window, "Change: Claim");
    window.keys("P");
    assert!(window.says("P is the key of “Person”"));
    assert_eq!(window.state().keymap.holder("P"), Some(CommandKind::Person));
    press(&mut window, "Take it");
    assert_eq!(window.state().keymap.keys(CommandKind::Claim), ["P", "C"]);
    assert!(window.state().keymap.keys(CommandKind::Person).is_empty());
    // Its own key back: the other one loses it.
    window.send_command(Command::Set(Setting::Keys(CommandKind::Person, None)));
    assert_eq!(window.state().keymap.keys(CommandKind::Claim), ["C"]);
    assert!(window.state().settings.keys.is_empty(), "all is as usual");
}

#[test]
fn some_keys_cannot_be_had_and_escape_ends_the_asking() {
    let (_folder, mut window) = settings_page("Keys");
    press(&mut window, "Change: Claim");
    window.keys("7");
    assert!(window.says("The digits answer pick lists"));
    press(&mut window, "Press a key…");
    window.keys("Esc");
    assert_eq!(window.state().page, Some(Page::Settings), "the page stays");
    assert_eq!(window.state().rebinding, None);
    press(&mut window, "Press a key…");
    window.keys("Ctrl+Q");
    assert!(
        window.says("Ctrl+Q is the key of “Quit”"),
        "and nothing was closed"
    );
    window.keys("Esc");
    assert_eq!(window.state().page, None);
    assert!(!window.state().keymap.is_changed(CommandKind::Claim));
}

#[test]
fn tab_brings_what_it_goes_to_into_view() {
    let (_folder, mut window) = settings_page("Keys");
    for _ in 0..40 {
        window.keys("Tab");
    }
    for _ in 0..30 {
        window.frame(Vec::new());
    }
    let focused = window
        .harness
        .query_by(|node| node.is_focused() && !node.is_hidden());
    let button = focused.expect("a button far down the list");
    assert!(button.rect().bottom() < 740.0, "{:?}", button.rect());
}

#[test]
fn all_keys_can_be_reset() {
    let (_folder, mut window) = settings_page("Keys");
    press(&mut window, "Change: Claim");
    window.keys("F9");
    press(&mut window, "Change: Undo");
    window.keys("F10");
    assert_eq!(window.state().settings.keys.len(), 2);
    press(&mut window, "Reset all keys");
    assert!(window.state().settings.keys.is_empty());
    assert_eq!(window.state().keymap.keys(CommandKind::Claim), ["C"]);
}

#[test]
fn the_list_of_keys_is_filtered_by_name_and_by_key() {
    let (_folder, mut window) = settings_page("Keys");
    window.harness.get_by_label("Filter commands").focus();
    window.frame(Vec::new());
    window.type_text("ctrl+z");
    assert!(window.shows("Change: Undo") && !window.shows("Change: Claim"));
    assert!(!window.shows("Change: Zoom"));
}

#[test]
fn letters_can_be_switched_off_and_everything_else_still_acts() {
    let (_folder, mut window) = window();
    window.send_command(Command::Set(Setting::LetterKeys(false)));
    window.keys("→ → C Q Shift+Q *");
    assert_eq!(count(&window), 0);
    assert!(!window.shows("C"), "no letter is taught");
    let keys = Some(vec!["Alt+1".to_owned()]);
    window.send_command(Command::Set(Setting::Keys(CommandKind::Claim, keys)));
    window.keys("Alt+1");
    assert_eq!(count(&window), 1);
}

#[test]
fn the_pick_list_is_answered_with_enter_whatever_accepts_otherwise() {
    let (_folder, mut window) = window();
    let keys = Some(vec!["F9".to_owned()]);
    window.send_command(Command::Set(Setting::Keys(CommandKind::Accept, keys)));
    window.keys("→ → C T");
    assert!(window.state().pick.is_some());
    window.keys("Enter");
    assert!(window.state().pick.is_none());
}

#[test]
fn the_theme_follows_the_desktop_unless_one_was_chosen() {
    let (desktop, themes) = channel();
    let mut window = Driver::on_desktop(themes);
    // The harness asks for its own; this is what the settings ask for at a start.
    window.harness.ctx.set_theme(egui::ThemePreference::System);
    let is_dark_after = |window: &mut Driver, told: bool| {
        desktop.send(told).expect("it is listened to");
        window.until("the desktop was heard", |state| {
            state.is_desktop_dark == told
        });
        window.frame(Vec::new());
        window.harness.ctx.theme() == egui::Theme::Dark
    };
    assert!(is_dark_after(&mut window, true));
    assert!(!is_dark_after(&mut window, false));
    window.send_command(Command::Set(Setting::Theme("light".to_owned())));
    window.frame(Vec::new());
    assert!(!is_dark_after(&mut window, true));
}

#[test]
fn how_the_text_is_set_changes_at_once_and_can_be_reset() {
    let (_folder, mut window) = settings_page("General");
    assert!(!window.shows("Reset: measure"));
    for setting in [
        Setting::MeasureWidth(48.0),
        Setting::Leading(9.0),
        Setting::ReadingSize(24.0),
        Setting::Face("inter".to_owned()),
        Setting::Theme("contrast-dark".to_owned()),
        Setting::ReducedMotion(true),
    ] {
        window.send_command(Command::Set(setting));
        window.frame(Vec::new());
    }
    {
        let state = window.state();
        assert_eq!(
            (state.settings.measure, state.settings.leading),
            (48.0, 2.2)
        );
    }
    let style = window.harness.ctx.global_style();
    assert!(style.visuals.dark_mode && style.animation_time == 0.0);
    assert_eq!(
        style.visuals.panel_fill,
        pressmark::ui::theme::Theme::contrast_dark().panel
    );
    for name in ["measure", "leading", "size", "reading face", "theme"] {
        press(&mut window, &format!("Reset: {name}"));
    }
    let kept = window.state().settings.clone();
    let usual = Settings {
        reduced_motion: true,
        coder: "am".to_owned(),
        ..Settings::default()
    };
    assert_eq!(
        (kept.measure, kept.leading, kept.reading_size),
        (66.0, 1.6, 18.0)
    );
    assert_eq!(
        (kept.theme, kept.reading_face),
        (usual.theme, usual.reading_face)
    );
}

#[test]
fn alone_with_the_text_nothing_else_is_there_and_escape_brings_it_back() {
    let (_folder, mut window) = window();
    assert!(window.shows("Menu") && window.shows("Filter articles"));
    window.keys("F11");
    assert!(window.state().only_text);
    assert!(!window.shows("Menu") && !window.shows("Filter articles"));
    window.keys("→ → C");
    assert_eq!(count(&window), 1, "one can tag all the same");
    window.keys("T");
    assert!(window.says("person"), "what asks is shown");
    window.keys("Esc Esc");
    assert!(!window.state().only_text);
    assert!(window.shows("Menu") && window.shows("Filter articles"));
}

#[test]
fn a_bad_entry_of_the_file_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("settings.json");
    let written =
        r#"{"coder":"am","zoom":"big","keys":{"Claim":["D"],"Person":"F9","Quote":["Hyper+Q"]}}"#;
    fs::write(&path, written).expect("the settings are written");
    let settings = load_settings_from(&path);
    assert_eq!((settings.coder.as_str(), settings.zoom), ("am", 1.0));
    assert!(settings.unreadable[0].contains("zoom"));
    assert_eq!(
        fs::read_to_string(folder.path().join("settings.json.broken")).unwrap(),
        written
    );
    let state = pressmark::app::begin(settings, &mut pressmark::app::Env::fixed(7));
    let told: Vec<&str> = state.notices.iter().map(|n| n.details.as_str()).collect();
    assert!(told[0].contains("zoom") && told[1].contains("“Quote”: “Hyper+Q” is no key."));
    assert_eq!(state.keymap.keys(CommandKind::Claim), ["D"]);
    assert_eq!(state.keymap.keys(CommandKind::Person), ["F9"]);
    assert_eq!(state.keymap.keys(CommandKind::Quote), ["Q"]);
}

#[test]
fn the_file_holds_only_the_keys_that_differ() {
    let (_folder, mut window) = window();
    let keys = Some(vec!["D".to_owned()]);
    window.send_command(Command::Set(Setting::Keys(CommandKind::Claim, keys)));
    let usual = Some(vec!["Q".to_owned()]);
    window.send_command(Command::Set(Setting::Keys(CommandKind::Quote, usual)));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("settings.json");
    save_settings_to(&path, &window.state().settings).expect("the settings are written");
    let json: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(json["keys"], serde_json::json!({"Claim": ["D"]}));
}

#[test]
fn whose_tags_these_are_is_asked_once() {
    let (_folder, mut window) = window();
    window.send_command(Command::Set(Setting::Coder(String::new())));
    let asked = |window: &Driver| {
        let state = window.state();
        let asks = state
            .notices
            .iter()
            .filter(|n| n.summary == "Whose tags are these?");
        asks.count()
    };
    assert_eq!(asked(&window), 0);
    window.keys("→ → C");
    assert_eq!(asked(&window), 1);
    window.click("Give a name…");
    assert_eq!(window.state().page, Some(Page::Settings));
    window.keys("Esc → P");
    assert_eq!(asked(&window), 1);
}
