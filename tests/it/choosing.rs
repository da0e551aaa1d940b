//! Choosing several rows of the panel's lists, and what is done to all of them.

use egui_kittest::kittest::Queryable;
use pressmark::app::{Command, Region};
use pressmark::model::{Id, Layer};

use crate::coding::{BOOK, Room};

/// Three passages with codes, and the keyboard in their list.
fn in_the_list() -> Room {
    let mut room = Room::with(Some(BOOK));
    room.window.keys("↓ → 1 → 1 → 2 F6 Home").settle();
    assert_eq!(room.coded().len(), 3);
    room
}

fn chosen(room: &Room) -> usize {
    room.window.state().article().expect("open").chosen.len()
}

#[test]
fn several_rows_are_chosen_by_keys_and_get_a_code_as_one_step() {
    let mut room = in_the_list();
    room.window.keys("Shift+↓");
    assert_eq!(chosen(&room), 2);
    assert!(room.window.shows("2 chosen"));
    room.window
        .keys("T")
        .type_text("mood")
        .keys("Enter")
        .settle();
    let codes =
        |room: &Room| -> Vec<String> { room.coded().iter().map(|c| c[..2].to_owned()).collect() };
    assert_eq!(codes(&room), ["c3", "c3", "c2"]);
    assert!(
        room.said().contains("2 as “public mood”"),
        "{}",
        room.said()
    );
    room.window.keys("Ctrl+Z").settle();
    assert_eq!(codes(&room), ["c1", "c1", "c2"]);
}

#[test]
fn all_rows_are_chosen_and_removed_as_one_step() {
    let mut room = in_the_list();
    room.window.keys("Ctrl+A");
    assert_eq!(chosen(&room), 3);
    room.window.keys("Esc");
    assert_eq!(chosen(&room), 0);
    assert_eq!(room.window.state().region, Region::Panel, "one step back");
    room.window.keys("Ctrl+A Delete").settle();
    assert_eq!(room.coded().len(), 0);
    room.window.keys("Ctrl+Z").settle();
    assert_eq!(room.coded().len(), 3);
}

#[test]
fn several_of_different_layers_become_one_and_none_is_there_twice() {
    let mut room = Room::with(Some(BOOK));
    room.window.keys("↓ → 1 → 2 C").settle();
    let ids: Vec<Id> = {
        let state = room.window.state();
        let annotations = &state.article().expect("open").sidecar.annotations;
        annotations.keys().cloned().collect()
    };
    room.window.send_command(Command::Retag(ids, Layer::Claim));
    room.window.settle();
    let state = room.window.state();
    let article = state.article().expect("open");
    assert_eq!(
        article.marks.count(Layer::Claim),
        2,
        "two passages, two claims"
    );
    assert_eq!(
        article.marks.count(Layer::Code),
        1,
        "whose words are a claim already"
    );
}

#[test]
fn rows_are_chosen_by_clicks_with_ctrl_and_with_shift() {
    let mut room = in_the_list();
    let click = |room: &mut Room, label: &str, held: egui::Modifiers| {
        let row = room.window.harness.get_by_label_contains(label);
        row.click_modifiers(held);
        room.window.harness.step();
        room.window.frame(Vec::new());
        chosen(room)
    };
    let (ctrl, shift) = (egui::Modifiers::COMMAND, egui::Modifiers::SHIFT);
    let last = "Code labour: Nobody asked";
    assert_eq!(
        click(&mut room, last, ctrl),
        2,
        "with the one that had the cursor"
    );
    assert_eq!(click(&mut room, last, ctrl), 1);
    assert_eq!(click(&mut room, last, egui::Modifiers::NONE), 0);
    assert_eq!(click(&mut room, "Code money: The town", shift), 3);
}

#[test]
fn a_right_click_on_a_row_brings_the_focus_there_and_offers_what_can_be_done() {
    let mut room = in_the_list();
    let words = room.coded()[1].clone();
    let words = words.split_once(' ').map_or("", |(_, words)| words);
    // The text says it as well, in nodes without a place of their own.
    let is_row = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == egui::accesskit::Role::ListBoxOption
            && node.label().is_some_and(|label| label.contains(words))
    };
    let at = room.window.harness.get_by(is_row).rect().center();
    for pressed in [true, false] {
        room.window.frame(vec![
            egui::Event::PointerMoved(at),
            egui::Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Secondary,
                pressed,
                modifiers: egui::Modifiers::NONE,
            },
        ]);
    }
    room.window.frame(Vec::new());
    let before = room.coded();
    room.window.click("Remove Delete").settle();
    let left = room.coded();
    assert_eq!(left, [before[0].clone(), before[2].clone()]);
}
