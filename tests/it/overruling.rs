//! A person overrules the segmenter: keys, what the sidecar then holds, and what the sentences and quotes then are.
//!
//! What decisions do to segments at odd places is for `segmenting` and `segment_laws`.

use std::fs;
use std::path::{Path, PathBuf};

use pressmark::app::{Command, CommandKind, Level, State, resolve};
use pressmark::model::{Layer, Override, OverrideKind, Place, Sidecar, Span};
use pressmark::store::load_article;
use tempfile::TempDir;

use crate::support::desk::{Desk, Job};
use crate::support::driver::Driver;
use crate::support::marks::mark;
use CommandKind::*;

const STORY: &str = "Pier reopens\n\
    The crane fell it rained all day. He met Vol. Baker there. She left.\n\
    “We closed early,” Lind said. The “magic” pier is shut. Nobody knows.";

/// The second paragraph as it is found.
const FOUND: &str = "⟦The crane fell it rained all day.⟧ ⟦He met Vol.⟧ ⟦Baker there.⟧ ⟦She left.⟧";

fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let article = folder.path().join("pier.txt");
    fs::write(&article, STORY).expect("an article");
    (folder, article)
}

/// A paragraph with its sentences marked.
fn paragraph(state: &State, at: usize) -> String {
    let article = state.article().expect("an article is open");
    let block = article.segments.blocks[at].span;
    let text = article.source.slice(block);
    let inside = article
        .segments
        .sentences
        .iter()
        .filter(|s| block.covers(**s));
    let moved: Vec<Span> = inside
        .map(|s| Span::new(s.start() - block.start(), s.end() - block.start()))
        .collect();
    mark(text, &moved)
}

fn quotes(state: &State) -> Vec<&str> {
    let article = state.article().expect("an article is open");
    let runs = article.segments.quotes.iter();
    runs.map(|run| article.source.slice(run.span)).collect()
}

fn focused(state: &State) -> (Level, &str) {
    let article = state.article().expect("an article is open");
    (
        article.focus.level,
        article.source.slice(article.focus.span),
    )
}

/// What was decided: the words and the decision.
fn decided(sidecar: &Sidecar) -> Vec<(&str, &str)> {
    let all = sidecar.overrides.iter();
    all.map(|o| (o.at.selector.exact.as_str(), o.make.name()))
        .collect()
}

/// The decisions that the file holds.
#[track_caller]
fn on_disk(article: &Path) -> Sidecar {
    load_article(article, None)
        .expect("a readable article")
        .sidecar
}

#[test]
fn a_word_begins_a_new_sentence_and_ctrl_z_takes_it_back() {
    let (folder, article) = folder();
    let mut window = Driver::open(folder.path());
    assert_eq!(paragraph(&window.state(), 1), FOUND);
    window.keys("↓ → W → → → /").settle();
    let split = "⟦The crane fell⟧ ⟦it rained all day.⟧ ⟦He met Vol.⟧ ⟦Baker there.⟧ ⟦She left.⟧";
    assert_eq!(paragraph(&window.state(), 1), split);
    assert_eq!(
        focused(&window.state()),
        (Level::Sentence, "it rained all day.")
    );
    assert_eq!(
        window.state().said,
        "Split the sentence. Ctrl+Z takes it back."
    );
    assert!(window.says("Split the sentence. Ctrl+Z takes it back."));
    assert_eq!(decided(&on_disk(&article)), [("fell", "split")]);
    window.keys("Ctrl+Z").settle();
    assert_eq!(paragraph(&window.state(), 1), FOUND);
    assert_eq!(
        focused(&window.state()).1,
        "The crane fell it rained all day."
    );
    assert_eq!(window.state().said, "Undid: split the sentence");
    assert_eq!(decided(&on_disk(&article)), []);
    window.keys("Ctrl+Y").settle();
    assert_eq!(paragraph(&window.state(), 1), split);
    drop(window);
    let window = Driver::open(folder.path());
    assert_eq!(paragraph(&window.state(), 1), split, "also after a restart");
}

#[test]
fn a_sentence_goes_on_in_the_next() {
    let (folder, article) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("↓ → → +").settle();
    let joined = "⟦The crane fell it rained all day.⟧ ⟦He met Vol. Baker there.⟧ ⟦She left.⟧";
    assert_eq!(paragraph(&window.state(), 1), joined);
    assert_eq!(
        focused(&window.state()),
        (Level::Sentence, "He met Vol. Baker there.")
    );
    assert!(window.says("Joined the sentences. Ctrl+Z takes it back."));
    assert_eq!(decided(&on_disk(&article)), [("Vol. Baker", "join")]);
    window.keys("→").settle();
    assert_eq!(
        focused(&window.state()).1,
        "She left.",
        "arrows go by the new sentences"
    );
    window.keys("Ctrl+Z").settle();
    assert_eq!(paragraph(&window.state(), 1), FOUND);
}

#[test]
fn keys_that_come_faster_than_the_segmenter_mean_what_they_will_see() {
    let (folder, _) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("↓ → + + +").settle();
    let text = STORY.lines().nth(1).unwrap_or_default();
    assert_eq!(paragraph(&window.state(), 1), format!("⟦{text}⟧"));
    window.keys("Ctrl+Z Ctrl+Z Ctrl+Z").settle();
    assert_eq!(paragraph(&window.state(), 1), FOUND);
}

#[test]
fn marks_that_hold_no_quote_and_words_that_are_one() {
    let (folder, article) = folder();
    let mut window = Driver::open(folder.path());
    assert_eq!(quotes(&window.state()), ["“We closed early,”", "“magic”"]);
    window.keys("J J \"").settle();
    assert_eq!(quotes(&window.state()), ["“We closed early,”"]);
    assert_eq!(
        focused(&window.state()),
        (Level::Sentence, "The “magic” pier is shut.")
    );
    assert!(window.says("Marked as no quote. Ctrl+Z takes it back."));
    assert_eq!(decided(&on_disk(&article)), [("“magic”", "not a quote")]);
    window.keys("→ \"").settle();
    assert_eq!(
        quotes(&window.state()),
        ["“We closed early,”", "Nobody knows."]
    );
    assert_eq!(focused(&window.state()), (Level::Quote, "Nobody knows."));
    let both = [("“magic”", "not a quote"), ("Nobody knows.", "a quote")];
    assert_eq!(decided(&on_disk(&article)), both);
    drop(window);
    let window = Driver::open(folder.path());
    assert_eq!(
        quotes(&window.state()),
        ["“We closed early,”", "Nobody knows."]
    );
}

/// Does keys on the article and shows the decisions after each.
fn decisions_after(desk: &mut Desk, kinds: &[CommandKind]) -> Vec<(String, String)> {
    desk.keys(kinds);
    desk.settle();
    let all = decided(&desk.shown().sidecar).into_iter();
    all.map(|(words, make)| (words.to_owned(), make.to_owned()))
        .collect()
}

fn desk() -> Desk {
    Desk::with(&[("one.txt", STORY)])
}

#[test]
fn a_decision_that_takes_back_another_removes_it() {
    let mut desk = desk();
    desk.select("it rained");
    let one = decisions_after(&mut desk, &[SplitSentence]);
    assert_eq!(one, [("fell".to_owned(), "split".to_owned())]);
    assert_eq!(decisions_after(&mut desk, &[Left, JoinSentences]), []);
    assert_eq!(paragraph(&desk.state, 1), FOUND);

    desk.select("met Vol");
    let one = decisions_after(&mut desk, &[JoinSentences]);
    assert_eq!(one, [("Vol. Baker".to_owned(), "join".to_owned())]);
    desk.select("Baker");
    assert_eq!(decisions_after(&mut desk, &[SplitSentence]), []);
    assert_eq!(paragraph(&desk.state, 1), FOUND);

    let found = quotes(&desk.state).len();
    desk.select("Nobody");
    assert_eq!(decisions_after(&mut desk, &[QuoteOrNot]).len(), 1);
    assert_eq!(decisions_after(&mut desk, &[QuoteOrNot]), []);
    assert_eq!(quotes(&desk.state).len(), found);
    desk.select("magic");
    assert_eq!(decisions_after(&mut desk, &[QuoteOrNot]).len(), 1);
    assert_eq!(quotes(&desk.state).len(), found - 1);
    assert_eq!(
        decisions_after(&mut desk, &[QuoteOrNot]).len(),
        0,
        "on the sentence around it"
    );
    assert_eq!(quotes(&desk.state).len(), found);
    assert_eq!(focused(&desk.state), (Level::Quote, "“magic”"));
}

#[test]
fn a_selection_inside_a_quote_that_reaches_too_far_is_the_quote_instead() {
    let mut desk = Desk::with(&[(
        "one.txt",
        "Pier\nHe said: “We closed. Lind left the pier on Monday.",
    )]);
    assert_eq!(
        quotes(&desk.state),
        ["“We closed. Lind left the pier on Monday."]
    );
    desk.select("“We closed.");
    let decisions = decisions_after(&mut desk, &[QuoteOrNot]);
    assert_eq!(
        decisions,
        [("“We closed.".to_owned(), "a quote".to_owned())]
    );
    assert_eq!(quotes(&desk.state), ["“We closed."]);
    desk.select("“We closed. Lind");
    assert_eq!(
        decisions_after(&mut desk, &[QuoteOrNot]).len(),
        1,
        "the newer one alone"
    );
    assert_eq!(quotes(&desk.state), ["“We closed. Lind"]);
}

#[test]
fn marks_and_brackets_go_with_the_word_that_begins_a_sentence() {
    let text = "Pier\nHe left “so there” and she (the mayor) stayed.";
    let mut desk = Desk::with(&[("one.txt", text)]);
    desk.select("so");
    desk.keys(&[SplitSentence]);
    desk.settle();
    let exact = "⟦He left “⟧ ⟦so there” and she (the mayor) stayed.⟧";
    assert_eq!(
        paragraph(&desk.state, 1).replace("“⟧⟦", "“⟧ ⟦"),
        exact,
        "a selection is exact"
    );
    desk.keys(&[Undo]);
    desk.settle();
    for (word, expected) in [
        ("so", "⟦He left⟧ ⟦“so there” and she (the mayor) stayed.⟧"),
        (
            "the mayor",
            "⟦He left “so there” and she⟧ ⟦(the mayor) stayed.⟧",
        ),
    ] {
        let at = desk.find(word).start();
        desk.run(Command::FocusAt(at, Level::Word));
        desk.keys(&[SplitSentence]);
        desk.settle();
        assert_eq!(paragraph(&desk.state, 1), expected);
        desk.keys(&[Undo]);
        desk.settle();
    }
}

#[test]
fn what_cannot_be_overruled_says_why() {
    let mut desk = desk();
    let why = |desk: &Desk, kind| resolve(kind, &desk.state).expect_err("not now");
    desk.keys(&[ParagraphDown]);
    assert!(why(&desk, SplitSentence).contains("Go to the word"));
    assert!(why(&desk, JoinSentences).contains("Go to the sentence"));
    desk.keys(&[Right, Finer]);
    assert!(
        why(&desk, SplitSentence).contains("Go to the word"),
        "it begins there already"
    );
    desk.select("She left");
    assert!(why(&desk, JoinSentences).contains("last sentence of its paragraph"));
    let at = desk.find("pier is shut").start();
    desk.run(Command::FocusAt(at, Level::Sentence));
    assert!(why(&desk, QuoteOrNot).contains("part of this is a quote"));
    assert_eq!(desk.shown().sidecar.overrides, []);
}

#[test]
fn the_segmenter_s_late_answer_does_not_undo_a_newer_decision() {
    let mut desk = desk();
    desk.select("it rained");
    desk.keys(&[SplitSentence]);
    let late = desk.hold(Job::Segment);
    assert_eq!(late.len(), 1);
    desk.select("Vol");
    desk.keys(&[JoinSentences]);
    desk.settle();
    let both = "⟦The crane fell⟧ ⟦it rained all day.⟧ ⟦He met Vol. Baker there.⟧ ⟦She left.⟧";
    assert_eq!(paragraph(&desk.state, 1), both);
    desk.take_all(late);
    desk.settle();
    assert_eq!(paragraph(&desk.state, 1), both);
    assert_eq!(desk.shown().awaits, None);
}

#[test]
fn names_and_quotes_are_looked_for_again_in_the_new_segments() {
    let mut desk = desk();
    let before = desk.hold(Job::Analyse);
    assert!(before.is_empty());
    desk.select("it rained");
    desk.keys(&[SplitSentence]);
    desk.settle_only(Job::Segment);
    let late = desk.hold(Job::Analyse);
    assert_eq!(late.len(), 1);
    desk.keys(&[Undo]);
    desk.settle_only(Job::Segment);
    let old = desk.shown().analysis.clone();
    desk.take_all(late);
    assert_eq!(desk.shown().analysis, old, "they are of other segments");
    desk.settle();
    assert_eq!(desk.shown().awaits, None);
}

#[test]
fn a_folder_that_could_not_be_opened_does_not_stop_the_segmenter() {
    let mut desk = desk();
    desk.select("it rained");
    desk.keys(&[SplitSentence]);
    desk.lose(Job::Segment);
    desk.run(Command::Open(desk.path("nowhere")));
    desk.settle();
    assert!(paragraph(&desk.state, 1).starts_with("⟦The crane fell⟧"));
}

#[test]
fn what_two_people_decided_stays() {
    let mut desk = desk();
    desk.select("it rained");
    desk.keys(&[SplitSentence]);
    desk.settle();
    // Somebody else starts from our file, takes our decision back and makes another.
    let ours = desk.on_disk("one.txt").overrides;
    desk.somebody_else_edits("one.txt", |sidecar| {
        sidecar.overrides[0].make = OverrideKind::Other("merge".to_owned());
    });
    desk.select("Vol");
    desk.keys(&[JoinSentences]);
    desk.settle();
    let after = decided(&desk.shown().sidecar);
    assert_eq!(after, [("fell", "merge"), ("Vol. Baker", "join")]);
    let all = "⟦The crane fell it rained all day.⟧ ⟦He met Vol. Baker there.⟧ ⟦She left.⟧";
    assert_eq!(paragraph(&desk.state, 1), all);
    assert_eq!(ours.len(), 1);
    assert_eq!(decided(&desk.on_disk("one.txt")), after);
}

#[test]
fn a_decision_that_lost_its_place_is_kept_and_reported() {
    let (folder, article) = folder();
    let mut window = Driver::open(folder.path());
    window.keys("↓ → W → → → / J J \"").settle();
    assert_eq!(on_disk(&article).overrides.len(), 2);
    drop(window);
    // One lost its word, the other went elsewhere with its sentence.
    let moved = " The “magic” pier is shut. Nobody knows.";
    let edited = STORY.replace(moved, "").replace("fell", "sank");
    let edited = edited.replacen('\n', &format!("\n{moved}\n"), 1);
    fs::write(&article, edited).expect("an edited article");
    let mut window = Driver::open(folder.path());
    let lost = "2 decisions on the sentences or quotes of “pier.txt” have lost their places.";
    let said = |window: &Driver| window.state().notices.iter().any(|n| n.summary == lost);
    assert!(said(&window), "{:?}", window.state().notices);
    assert_eq!(quotes(&window.state()).len(), 2, "nothing follows them");
    window.keys("↓ → C").settle();
    let kept = on_disk(&article);
    assert_eq!(
        decided(&kept),
        [("fell", "split"), ("“magic”", "not a quote")]
    );
    // To decide the same again makes the place certain.
    window.keys("J \"").settle();
    let kept = on_disk(&article);
    assert_eq!(kept.overrides.len(), 2);
    let is_placed = |o: &Override| matches!(o.at.place, Place::Placed(_));
    assert_eq!(kept.overrides.iter().filter(|o| is_placed(o)).count(), 1);
}

#[test]
fn overruling_changes_no_annotation() {
    let mut desk = desk();
    let claim = desk.tag(Layer::Claim, "it rained all day");
    let before = desk.shown().annotation(&claim).cloned();
    desk.select("it rained");
    desk.keys(&[SplitSentence, JoinSentences, QuoteOrNot]);
    desk.settle();
    assert_eq!(desk.shown().annotation(&claim).cloned(), before);
    assert_eq!(desk.shown().marks.total(), 1);
}
