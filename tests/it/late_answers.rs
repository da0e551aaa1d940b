//! What jobs answer late: another folder, the folder read again, saves, merges. Nothing that a person did is lost, and
//! nothing comes up where nobody asked for it.
//!
//! *Limitations*: what the answers hold is for the tests of `store`.

use pressmark::app::{Command, CommandKind, Event};
use pressmark::model::{Layer, RelationKind, Status};
use pressmark::store;

use crate::editing::{STORY, texts};
use crate::support::desk::{BRIDGE, Desk, Job, add_claimant, is_of_records, link};
use CommandKind::*;

/// Our folder beside another one, `there`, which was asked for and is not listed yet.
fn leaving() -> Desk {
    let mut desk = Desk::new();
    desk.write("there/one.txt", BRIDGE);
    desk.run(Command::Open(desk.path("there")));
    desk
}

fn root(desk: &Desk) -> &std::path::Path {
    let folder = desk.state.folder.as_ref();
    &folder.expect("a folder is open").root
}

#[test]
fn what_is_tagged_while_another_folder_is_read_is_saved_before_that_opens() {
    let mut desk = leaving();
    desk.keys(&[ParagraphDown, Right, Claim]);
    desk.settle_only(Job::Scan);
    assert_eq!(root(&desk), desk.path("here"), "it waits for the save");
    desk.settle();
    assert_eq!(root(&desk), desk.path("there"));
    assert_eq!(desk.on_disk("one.txt").count(Layer::Claim), 1);
    assert!(desk.state.unsaved().is_empty());
    let theirs = store::sidecar_path(&desk.path("there/one.txt"));
    assert!(!theirs.exists(), "nobody tagged anything there");
}

#[test]
fn an_article_of_the_folder_that_was_left_is_not_shown_in_the_new_one() {
    let mut desk = leaving();
    desk.keys(&[NextArticle]);
    let late = desk.hold(Job::Load);
    assert!(!late.is_empty(), "two.txt was asked for");
    desk.settle();
    desk.take_all(late);
    assert!(!desk.state.articles.contains_key("two.txt"));
    assert_eq!(desk.shown().source.as_str(), BRIDGE);
}

#[test]
fn a_folder_without_articles_waits_for_none() {
    let mut desk = Desk::new();
    desk.write("empty/picture.png", b"\x89PNG");
    desk.keys(&[NextArticle]);
    desk.run(Command::Open(desk.path("empty")));
    desk.settle();
    assert_eq!(root(&desk), desk.path("empty"));
    assert_eq!(desk.state.loading, None);
    assert!(desk.state.article().is_none());
}

#[test]
fn the_codebook_of_the_folder_that_was_left_does_not_stay() {
    let mut desk = leaving();
    desk.state.codes.book.embed_text = false;
    let theirs = store::codebook_path(&desk.path("there"));
    std::fs::write(theirs, "{ this is no codebook").expect("a file");
    desk.settle();
    assert_eq!(root(&desk), desk.path("there"));
    assert!(
        desk.state.codes.book.embed_text,
        "as it is without a codebook"
    );
}

#[test]
fn a_folder_that_cannot_be_read_leaves_the_open_one_at_work() {
    let mut desk = Desk::new();
    desk.keys(&[NextArticle]);
    desk.settle_only(Job::Load);
    let mut late = desk.hold(Job::Analyse);
    desk.keys(&[PreviousArticle]);
    late.extend(desk.hold(Job::Load));
    assert_eq!(late.len(), 2, "names of one article, text of the other");
    desk.run(Command::Open(desk.path("nowhere")));
    desk.take_all(late);
    desk.settle();
    assert_eq!(root(&desk), desk.path("here"));
    assert_eq!((desk.name(), &desk.state.loading), ("one.txt", &None));
    assert!(
        desk.shown().analysis.is_some(),
        "names are found all the same"
    );
}

#[test]
fn a_file_of_the_open_folder_is_shown_and_the_folder_stays() {
    let mut desk = Desk::new();
    desk.run(Command::Open(desk.path("here/two.txt")));
    desk.settle();
    assert_eq!(desk.name(), "two.txt");
    let folder = desk.state.folder.as_ref().expect("a folder is open");
    assert_eq!(folder.rows.len(), 2);
}

#[test]
fn going_back_to_the_article_that_is_shown_takes_back_the_wish_for_the_next() {
    let mut desk = Desk::new();
    desk.keys(&[NextArticle, PreviousArticle]);
    desk.settle();
    assert_eq!(desk.name(), "one.txt");
}

#[test]
fn an_article_that_cannot_be_opened_does_not_bar_the_way_to_the_next() {
    let mut desk = Desk::with(&[("one.txt", STORY), ("two.txt", BRIDGE), ("zoo.txt", BRIDGE)]);
    desk.remove("here/two.txt");
    desk.keys(&[NextArticle]);
    desk.settle();
    assert_eq!(desk.name(), "one.txt");
    desk.keys(&[NextArticle]);
    desk.settle();
    assert_eq!(desk.name(), "zoo.txt");
}

#[test]
fn an_article_that_was_read_before_a_tag_does_not_replace_it() {
    let mut desk = Desk::new();
    desk.keys(&[Refresh]);
    desk.settle_only(Job::Scan);
    let late = desk.hold(Job::Load);
    assert_eq!(late.len(), 1, "the open article is read again");
    desk.keys(&[ParagraphDown, Right, Claim]);
    desk.settle();
    desk.take_all(late);
    assert_eq!(texts(&desk.state, Layer::Claim).len(), 1);
    desk.keys(&[Undo]);
    assert!(texts(&desk.state, Layer::Claim).is_empty(), "undo is there");
}

#[test]
fn reading_the_folder_again_keeps_undo_where_nothing_was_changed_outside() {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, Right, Person]);
    desk.settle();
    desk.keys(&[Refresh]);
    desk.settle();
    desk.keys(&[Undo]);
    assert!(texts(&desk.state, Layer::Person).is_empty());
    assert!(desk.state.records.entities.by_id.is_empty());
}

#[test]
fn a_record_that_is_made_while_the_folder_is_read_again_is_kept() {
    let mut desk = Desk::new();
    desk.keys(&[Refresh]);
    let late = desk.hold(Job::Scan);
    desk.keys(&[ParagraphDown, Right, Person]);
    desk.settle();
    desk.take_all(late);
    desk.settle();
    let names = desk.state.records.entities.by_id.values();
    let names: Vec<&str> = names.map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["Mara Lind"]);
    assert_eq!(texts(&desk.state, Layer::Person), ["Mara Lind"]);
}

#[test]
fn undo_after_records_were_changed_outside_leaves_no_link_without_ends() {
    let mut desk = Desk::new();
    desk.select("the line lost 4.2 million crowns");
    desk.keys(&[Claim, Source, Accept]);
    desk.settle();
    assert_eq!(desk.shown().sidecar.relations.len(), 1, "Reuter claims it");
    desk.somebody_else_edits_records(|entities| {
        let records = entities.by_id.values_mut();
        records.for_each(|record| record.note = "a clerk of the harbour".into());
    });
    desk.keys(&[Refresh]);
    desk.settle();
    desk.undo_all();
    desk.links_have_ends();
    let mut records = desk.state.records.entities.by_id.values();
    assert!(records.all(|record| record.note == "a clerk of the harbour"));
}

#[test]
fn undo_after_an_article_was_read_again_leaves_the_records_that_it_mentions() {
    let brief = "Harbour\nMara Lind spoke.\nMara Lind left.";
    let mut desk = Desk::with(&[("one.txt", STORY), ("two.txt", brief)]);
    desk.select("Mara Lind");
    desk.keys(&[Person, NextArticle]);
    desk.settle();
    desk.select("Mara Lind");
    desk.keys(&[Person]);
    desk.settle();
    assert_eq!(desk.state.records.entities.by_id.len(), 1, "one woman");
    let encoding = "cp1252".to_owned();
    desk.run(Command::Reread { encoding });
    desk.settle();
    desk.undo_all();
    desk.settle();
    let records = &desk.state.records.entities.by_id;
    let mention = &desk.on_disk("two.txt").annotations;
    let mention = mention.values().next().expect("it was not taken back");
    let record = mention.entity.as_ref().expect("a record");
    assert!(records.contains_key(record), "its record is there");
}

#[test]
fn names_that_were_found_in_another_decoding_are_not_taken() {
    let mut desk = Desk::new();
    desk.keys(&[NextArticle]);
    desk.settle_only(Job::Load);
    let late = desk.hold(Job::Analyse);
    let encoding = "cp1252".to_owned();
    desk.run(Command::Reread { encoding });
    desk.settle_only(Job::Load);
    assert!(desk.shown().source.as_str().contains("â€œNobody"));
    desk.take_all(late);
    assert!(desk.shown().analysis.is_none(), "they would lie anywhere");
    desk.settle();
    assert!(desk.shown().analysis.is_some());
}

#[test]
fn headlines_that_were_read_before_a_tag_do_not_take_it_off_the_list() {
    let mut desk = Desk::new();
    desk.keys(&[Refresh]);
    desk.settle_only(Job::Scan);
    let late = desk.hold(Job::Rows);
    desk.keys(&[ParagraphDown, Right, Claim]);
    desk.settle();
    desk.take_all(late);
    let folder = desk.state.folder.as_ref().expect("a folder is open");
    let row = folder.row("one.txt").expect("its row");
    let info = row.info.expect("it was read");
    assert_eq!((info.tags, info.status), (1, Status::InWork));
}

#[test]
fn what_was_lost_with_the_saver_is_written_at_the_next_save() {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, Right, Claim]);
    desk.lose(Job::Save);
    desk.take(Event::JobFailed("Saving", "it broke off".into()));
    assert!(
        !desk.state.unsaved().is_empty(),
        "it does not count as saved"
    );
    desk.keys(&[SaveNow]);
    desk.settle();
    assert_eq!(desk.on_disk("one.txt").count(Layer::Claim), 1);
    assert!(desk.state.unsaved().is_empty());
}

#[test]
fn a_sidecar_is_not_written_before_the_record_that_it_points_to() {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, Right, Person]);
    let (records, sidecar): (Vec<_>, Vec<_>) =
        desk.hold(Job::Save).into_iter().partition(is_of_records);
    desk.take_all(sidecar);
    desk.select("Tomas Reuter");
    desk.keys(&[Person]);
    assert!(
        !desk.asks_for(Job::Save),
        "the records are still being written"
    );
    desk.take_all(records);
    let order: Vec<bool> = desk.hold(Job::Save).iter().map(is_of_records).collect();
    assert_eq!(order, [true, false], "the records, then the sidecar");
}

#[test]
fn undo_after_a_merge_does_not_take_back_what_somebody_else_wrote() {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, Right, Claim]);
    let id = desk.active();
    desk.run(Command::SetNote(id.clone(), "ours".into()));
    desk.settle();
    desk.somebody_else_edits("one.txt", |sidecar| {
        let claim = sidecar.annotations.get_mut(&id);
        claim.expect("it was saved").note = "theirs".into();
    });
    desk.keys(&[ParagraphDown, Claim]);
    desk.settle();
    assert_eq!(texts(&desk.state, Layer::Claim).len(), 2, "both are there");
    desk.undo_all();
    desk.settle();
    let note = |note: &str| desk.on_disk("one.txt").annotations[&id].note == note;
    assert!(note("theirs"));
}

#[test]
fn undo_after_a_merge_leaves_no_link_without_ends() {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, Right, Claim]);
    let id = desk.active();
    desk.settle();
    desk.somebody_else_edits("one.txt", |sidecar| add_claimant(sidecar, &id));
    desk.keys(&[ParagraphDown, Claim]);
    desk.settle();
    desk.undo_all();
    desk.links_have_ends();
    let linked = desk.shown().linked(&id, &RelationKind::ClaimedBy);
    assert_eq!(linked.len(), 1, "their link is kept");
}

#[test]
fn a_claim_that_somebody_else_linked_while_it_was_removed_here_stays() {
    let mut desk = Desk::new();
    desk.keys(&[ParagraphDown, Right, Claim]);
    let id = desk.active();
    desk.settle();
    desk.somebody_else_edits("one.txt", |sidecar| add_claimant(sidecar, &id));
    desk.keys(&[Delete]);
    desk.settle();
    desk.links_have_ends();
    let linked = desk.shown().linked(&id, &RelationKind::ClaimedBy);
    assert_eq!(linked.len(), 1, "nothing of theirs is dropped");
}

#[test]
fn two_people_who_make_the_same_link_make_one() {
    let mut desk = Desk::new();
    let claim = desk.tag(Layer::Claim, "the line lost 4.2 million crowns");
    let source = desk.tag(Layer::Source, "Tomas Reuter");
    desk.settle();
    desk.somebody_else_edits("one.txt", |sidecar| {
        let theirs = link("their-link", RelationKind::ClaimedBy, &claim, &source);
        sidecar.relations.insert(theirs.id.clone(), theirs);
    });
    desk.run(Command::FocusAnnotation(claim.clone()));
    desk.keys(&[Source, Accept]);
    desk.settle();
    assert_eq!(desk.shown().sidecar.relations.len(), 1);
    assert_eq!(desk.on_disk("one.txt").relations.len(), 1);
}
