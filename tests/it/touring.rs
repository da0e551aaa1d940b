//! The tour of the sample, step by step, as somebody new to it would go.

use egui_kittest::kittest::Queryable;
use pressmark::app::TOUR;
use pressmark::store::write_sample;

use crate::support::driver::Driver;

fn sample() -> (tempfile::TempDir, Driver) {
    let folder = tempfile::tempdir().expect("a folder");
    write_sample(folder.path()).expect("the sample is written");
    // One of its articles is about a goat, and has its picture in the headline.
    let mut window = Driver::with_any_script(folder.path().to_owned());
    window.settle();
    (folder, window)
}

fn step(window: &Driver) -> Option<&'static str> {
    window.state().tour.map(|at| TOUR[at].title)
}

#[test]
fn each_step_is_done_by_doing_it() {
    let (_folder, mut window) = sample();
    assert_eq!(step(&window), Some("Walk"));
    assert!(window.harness.query_by_label("1 of 6").is_some());
    window.keys("Tab");
    assert_eq!(step(&window), Some("Follow a name"));
    window.keys("→ Tab G");
    assert_eq!(
        step(&window),
        Some("Follow a name"),
        "the record is looked at first"
    );
    window.keys("G");
    assert_eq!(step(&window), Some("Look at suggestions"));
    window.settle();
    let shown = window.state().current.clone();
    assert_eq!(shown, Some("river/flood-inquiry.txt".to_owned().into()));
    window.keys("Tab");
    assert_eq!(step(&window), Some("Decide"));
    window.keys("Enter");
    assert_eq!(step(&window), Some("Tag by hand"));
    let tagged = |window: &Driver| {
        let state = window.state();
        let article = state.article().expect("an article");
        article.sidecar.annotations.len()
    };
    let accepted = tagged(&window);
    assert!(accepted > 0, "the suggestion was accepted");
    window.keys("↓ ↓ → C");
    assert_eq!(step(&window), Some("Nothing is final"));
    assert_eq!(tagged(&window), accepted + 1);
    window.keys("Ctrl+Z");
    assert_eq!(step(&window), None);
    assert_eq!(tagged(&window), accepted);
    assert!(window.state().settings.tour_seen);
}

#[test]
fn a_step_that_is_not_done_can_be_gone_by() {
    let (_folder, mut window) = sample();
    for _ in 0..TOUR.len() {
        assert!(step(&window).is_some());
        let last = window.state().tour == Some(TOUR.len() - 1);
        window.click(if last { "Done" } else { "Next" });
        window.settle();
    }
    assert_eq!(step(&window), None);
}

#[test]
fn it_is_offered_once_and_only_over_the_sample() {
    let (_folder, mut window) = sample();
    window.keys("→ Esc");
    assert_eq!(step(&window), None);
    assert!(window.state().article().is_some(), "only the tour ends");

    let other = tempfile::tempdir().expect("a folder");
    std::fs::write(other.path().join("a.txt"), "It rains.\n").expect("an article");
    let window = Driver::open(other.path());
    assert_eq!(step(&window), None);
}

#[test]
fn the_articles_it_is_about_are_in_the_sample() {
    let names: Vec<_> = pressmark::store::sample_files().collect();
    for article in TOUR.iter().filter_map(|step| step.article) {
        assert!(names.contains(&article), "{article}");
    }
}
