//! The list of articles under the keyboard, and with more rows than anybody has.

use egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::LibraryView;
use crate::app::{Command, Folder, Outbox, Region, Rows, State};
use crate::model::Status;
use crate::store::{Articles, RowInfo};
use crate::ui::theme;

struct Window {
    view: LibraryView,
    state: State,
    asked: Vec<Command>,
}

fn row(at: usize) -> RowInfo {
    RowInfo {
        title: format!("{} in Port Averil", ["Strike", "Flood", "Vote"][at % 3]),
        status: Status::ALL[at % 3],
        tags: at % 5,
        ..RowInfo::default()
    }
}

fn window(count: usize) -> Harness<'static, Window> {
    let mut articles = Articles::default();
    (0..count).for_each(|at| articles.add(&format!("story-{at:06}.txt")));
    let mut rows = Rows::new(articles, &Rows::default());
    (0..count).for_each(|at| rows.set(at, row(at)));
    let folder = Folder {
        shown: (0..count).collect(),
        rows,
        ..Folder::default()
    };
    let state = State {
        folder: Some(folder),
        region: Region::List,
        ..State::default()
    };
    let window = Window {
        view: LibraryView::default(),
        state,
        asked: Vec::new(),
    };
    let mut harness = Harness::builder()
        .with_size(vec2(224.0, 600.0))
        .with_context_setup(|ctx| {
            theme::install(
                ctx,
                theme::Look::of(&crate::store::Settings::default()),
                None,
            )
        })
        .build_ui_state(
            |ui, window: &mut Window| {
                let mut out = Outbox::default();
                window.view.show(ui, &window.state, &mut out);
                window.asked.extend(out.take());
            },
            window,
        );
    harness.run_steps(3);
    harness
}

fn opened(harness: &Harness<'_, Window>) -> Option<String> {
    harness
        .state()
        .asked
        .iter()
        .rev()
        .find_map(|command| match command {
            Command::OpenArticle(key) => Some(key.to_string()),
            _ => None,
        })
}

#[test]
fn of_a_hundred_thousand_rows_only_those_in_view_are_drawn() {
    let harness = window(100_000);
    let rows = harness
        .query_all_by_label_contains("in Port Averil")
        .count();
    assert!((10..20).contains(&rows), "{rows} rows were drawn");
    harness.get_by_label("33333 of 100000 done");
}

#[test]
fn the_arrows_walk_and_enter_opens() {
    let mut harness = window(12);
    for _ in 0..3 {
        harness.key_press(Key::ArrowDown);
        harness.run_steps(1);
    }
    harness.key_press(Key::Enter);
    harness.run_steps(1);
    assert_eq!(opened(&harness).as_deref(), Some("story-000002.txt"));
}

#[test]
fn letters_go_to_the_next_title_that_begins_with_them() {
    let mut harness = window(12);
    harness.event(egui::Event::Text("f".to_owned()));
    harness.run_steps(1);
    harness.event(egui::Event::Text("l".to_owned()));
    harness.run_steps(1);
    harness.key_press(Key::Enter);
    harness.run_steps(1);
    assert_eq!(opened(&harness).as_deref(), Some("story-000001.txt"));
}

#[test]
fn a_click_opens_the_article_and_gives_the_text_the_keys() {
    let mut harness = window(3);
    harness
        .get_by_label("Vote in Port Averil, story-000002.txt, done, 2 tags")
        .click();
    harness.run_steps(2);
    assert_eq!(opened(&harness).as_deref(), Some("story-000002.txt"));
    assert_eq!(
        harness.state().asked.last(),
        Some(&Command::Focus(Region::Reader))
    );
}
