//! E on a claim: evidence for and against it, written in the panel, kept in the sidecar, undone step by step.

use std::fs;

use egui_kittest::kittest::{NodeT, Queryable};

use pressmark::app::{Command, CommandKind, Env, Subject};
use pressmark::model::{AttrValue, Attrs, Layer};
use pressmark::store::{load_article, read_evidence};
use tempfile::TempDir;

use crate::support::driver::Driver;

const STORY: &str =
    "Clinic\n\nThe clinic treated 4,000 people last year.\n\nIt rained on the street.\n";

/// A window in which the second paragraph's sentence is a claim.
fn window() -> (TempDir, Driver) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let article = folder.path().join("clinic.txt");
    fs::write(&article, STORY).expect("an article");
    let mut window = Driver::open(&article);
    window.keys("↓ → C").settle();
    (folder, window)
}

/// What the sidecar says of the claim.
fn saved(folder: &TempDir) -> Attrs {
    let article = load_article(&folder.path().join("clinic.txt"), None).expect("an article");
    let mut all = article.sidecar.annotations.values();
    let claim = all.find(|a| a.layer == Layer::Claim);
    claim.expect("a claim").attrs.clone()
}

#[test]
fn evidence_is_typed_at_once_and_kept() {
    let (folder, mut window) = window();
    window.keys("E").type_text("annual report");
    window.keys("Enter").settle();
    let pieces = read_evidence(&saved(&folder)).expect("a list");
    assert_eq!(pieces.len(), 1);
    assert_eq!(pieces[0].text("ref"), Some("annual report"));
    let today = Env::fixed(7).today();
    assert_eq!(pieces[0].text("accessed"), Some(today.as_str()));
    let adds = || Command::Run(CommandKind::Evidence);
    window.send_command(adds());
    window.keys("Esc").send_command(adds());
    window.type_text("a letter");
    window.keys("Enter").settle();
    let pieces = read_evidence(&saved(&folder)).expect("a list");
    let names: Vec<_> = pieces.iter().map(|p| p.text("ref")).collect();
    assert_eq!(
        names,
        [Some("annual report"), Some("a letter")],
        "an empty one is used first"
    );
    window.keys("Ctrl+Z Ctrl+Z Ctrl+Z Ctrl+Z").settle();
    assert_eq!(saved(&folder).get("evidence"), None);
}

#[test]
fn a_piece_is_described_folded_and_removed() {
    let (folder, mut window) = window();
    window.keys("E").type_text("report");
    window.keys("Enter").settle();
    let claim = window.state().article().and_then(|a| a.active.clone());
    let subject = Subject::Evidence(claim.expect("the claim"), 0);
    let stance = Some(AttrValue::from("refutes"));
    window.send_command(Command::SetAttr(subject, "stance", stance));
    window.settle();
    assert!(window.shows("Evidence 1: refutes · report"));
    assert!(window.shows("Where in it"), "it is unfolded");
    window.click("Evidence 1: refutes · report");
    assert!(!window.shows("Where in it"));
    window.click("Remove this evidence").settle();
    assert_eq!(saved(&folder).get("evidence"), None);
}

#[test]
fn evidence_that_nobody_understands_stays_as_it_is() {
    let (folder, mut window) = window();
    let claim = window.state().article().and_then(|a| a.active.clone());
    let subject = Subject::Annotation(claim.expect("the claim"));
    let foreign = Some(AttrValue::Json("{\"see\":[1,2]}".to_owned()));
    window.send_command(Command::SetAttr(subject, "evidence", foreign.clone()));
    window.keys("E").settle();
    assert!(window.says("a form that this version does not know"));
    assert_eq!(saved(&folder).get("evidence"), foreign.as_ref());
}

#[test]
fn e_on_anything_else_is_a_code() {
    let (_folder, mut window) = window();
    window.keys("↓ → E");
    assert!(window.state().pick.is_some());
}

#[test]
fn tab_goes_on_to_the_next_field_of_the_evidence() {
    let (_folder, mut window) = window();
    window.keys("E").type_text("report");
    window.keys("Tab");
    window.settle();
    let focused = window
        .harness
        .query_by(|node| node.is_focused() && !node.is_hidden());
    assert_eq!(
        focused
            .and_then(|node| node.accesskit_node().label())
            .as_deref(),
        Some("Stance")
    );
}
