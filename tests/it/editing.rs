//! Editing: what the keys do to an article, step by step.

use std::path::PathBuf;

use pressmark::app::{
    Analysis, Command, CommandKind, Env, OpenArticle, State, Tab, resolve, update,
};
use pressmark::model::{Layer, RelationKind, Sidecar, Span, Status};
use pressmark::store::Article;
use pressmark::suggest;
use pressmark::text::{SourceText, segment};

/// Our own little article: two named people, an outlet, a quote, an unnamed source.
pub const STORY: &str = "Ferries stop at dusk\n\
    The harbour board of Nordhaven will close the ferry line at dusk, Mara Lind said on Monday.\n\
    “We cannot pay for the night boats,” Lind told the Nordhaven Courier. “The money is gone.”\n\
    According to Tomas Reuter, the line lost 4.2 million crowns last year. One official said the decision was made in secret.\n\
    Reuter will speak again today. So will Lind.";

/// A state with one article open, without a folder: nothing is saved.
pub fn state_with(text: &str) -> State {
    let source = SourceText::new(text);
    let segments = segment(source.as_str());
    let found = suggest::suggest(source.as_str(), &segments, &suggest::Learnt::default());
    let loaded = Article {
        path: PathBuf::from("story.txt"),
        source,
        segments,
        info: Default::default(),
        guessed: false,
        replaced: 0,
        reordering: 0,
        is_rewritten: false,
        sidecar: Sidecar::default(),
        sidecar_hash: None,
        readonly: None,
        refusal: None,
        is_changed: false,
        orphans: 0,
    };
    let key: std::sync::Arc<str> = "story.txt".into();
    let mut article = OpenArticle::new(key.clone(), loaded);
    let analysis = Analysis::of(found, &article.sidecar, article.save.revision);
    article.take_analysis(analysis);
    let mut state = State::default();
    state.articles.insert(key.clone(), article);
    state.current = Some(key);
    state
}

/// Does what the keys' commands mean, one after the other.
fn run(state: &mut State, env: &mut Env, kinds: &[CommandKind]) {
    for kind in kinds {
        update(state, Command::Run(*kind), env);
    }
}

/// The words of every annotation of a layer, in the order of the text.
pub fn texts(state: &State, layer: Layer) -> Vec<String> {
    let article = state.article().expect("an article");
    article.in_order(layer).iter().map(|a| a.exact()).collect()
}

/// The words that have the focus, or are selected.
pub fn focused(state: &State) -> String {
    let article = state.article().expect("an article");
    let spans = article.target();
    spans
        .iter()
        .map(|s| article.source.slice(*s))
        .collect::<Vec<_>>()
        .join(" … ")
}

#[test]
fn arrows_walk_sentences_and_w_goes_down_to_words_and_letters() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    assert_eq!(focused(&state), "Ferries stop at dusk");
    run(&mut state, &mut env, &[ParagraphDown]);
    assert!(focused(&state).starts_with("The harbour board"));
    run(&mut state, &mut env, &[Right]);
    assert!(
        focused(&state).ends_with("on Monday."),
        "a paragraph's first sentence"
    );
    run(&mut state, &mut env, &[Finer]);
    assert_eq!(focused(&state), "The");
    run(&mut state, &mut env, &[Right, Right]);
    assert_eq!(focused(&state), "board");
    run(&mut state, &mut env, &[Finer]);
    assert_eq!(focused(&state), "b");
    run(&mut state, &mut env, &[Right, Right]);
    assert_eq!(focused(&state), "a");
    run(&mut state, &mut env, &[Back]);
    assert_eq!(focused(&state), "board");
    run(&mut state, &mut env, &[Back, ParagraphDown]);
    assert!(
        focused(&state).starts_with("“We cannot"),
        "↓ keeps the rung"
    );
}

#[test]
fn shift_and_arrows_select_whole_words_and_b_moves_the_other_edge() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(
        &mut state,
        &mut env,
        &[ParagraphDown, Right, Finer, ExtendRight, ExtendRight],
    );
    assert_eq!(focused(&state), "The harbour board");
    run(&mut state, &mut env, &[ExtendLeft]);
    assert_eq!(focused(&state), "The harbour");
    run(&mut state, &mut env, &[ExtendRight, OtherEdge, ExtendRight]);
    assert_eq!(focused(&state), "harbour board");
    run(&mut state, &mut env, &[ExtendLeft]);
    assert_eq!(focused(&state), "The harbour board");
}

#[test]
fn shift_end_leaves_the_full_stop_out() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(
        &mut state,
        &mut env,
        &[ParagraphDown, Right, Finer, Right, ExtendToEnd],
    );
    assert!(focused(&state).starts_with("harbour board") && focused(&state).ends_with("on Monday"));
}

#[test]
fn c_tags_the_sentence_and_undo_takes_it_back() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(&mut state, &mut env, &[ParagraphDown, Right, Claim]);
    assert_eq!(texts(&state, Layer::Claim).len(), 1);
    assert_eq!(
        state.article().expect("open").sidecar.status,
        Status::InWork
    );
    run(&mut state, &mut env, &[Undo]);
    assert!(texts(&state, Layer::Claim).is_empty());
    assert_eq!(state.article().expect("open").sidecar.status, Status::New);
    run(&mut state, &mut env, &[Redo]);
    assert_eq!(texts(&state, Layer::Claim).len(), 1);
}

#[test]
fn the_same_words_are_not_tagged_twice() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(&mut state, &mut env, &[ParagraphDown, Right, Claim, Claim]);
    assert_eq!(texts(&state, Layer::Claim).len(), 1);
    assert_eq!(state.history.depth(), 1);
}

#[test]
fn p_on_a_sentence_with_one_name_tags_it_and_a_finds_the_others() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(&mut state, &mut env, &[ParagraphDown, Right, Person]);
    assert_eq!(texts(&state, Layer::Person), ["Mara Lind"]);
    run(&mut state, &mut env, &[AllOccurrences]);
    assert!(state.pick.is_some(), "a preview");
    run(&mut state, &mut env, &[Accept]);
    assert_eq!(texts(&state, Layer::Person), ["Mara Lind", "Lind", "Lind"]);
    let article = state.article().expect("open");
    let records: std::collections::BTreeSet<_> = article
        .sidecar
        .annotations
        .values()
        .map(|a| a.entity.clone())
        .collect();
    assert_eq!(records.len(), 1, "one record");
    run(&mut state, &mut env, &[Undo]);
    assert_eq!(
        texts(&state, Layer::Person),
        ["Mara Lind"],
        "all occurrences are one step"
    );
}

#[test]
fn a_name_tagged_a_second_time_finds_its_record() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(
        &mut state,
        &mut env,
        &[ParagraphDown, Right, Person, ParagraphDown],
    );
    run(&mut state, &mut env, &[Person]);
    assert_eq!(state.records.entities.by_id.len(), 1);
    let article = state.article().expect("open");
    assert_eq!(article.sidecar.annotations.len(), 2);
}

#[test]
fn q_on_a_sentence_tags_content_cue_and_speaker_and_again_the_whole_sentence() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(&mut state, &mut env, &[ParagraphDown, Right, Quote]);
    let article = state.article().expect("open");
    let quote = article.in_order(Layer::Quote)[0];
    assert_eq!(
        quote.exact(),
        "The harbour board of Nordhaven will close the ferry line at dusk"
    );
    let cue: Vec<&str> = quote.cue_spans().map(|s| article.source.slice(s)).collect();
    assert_eq!(cue, ["said"]);
    let speakers = article.linked(&quote.id, &RelationKind::SaidBy);
    assert_eq!(
        speakers.iter().map(|s| s.exact()).collect::<Vec<_>>(),
        ["Mara Lind"]
    );
    run(&mut state, &mut env, &[Quote]);
    assert!(texts(&state, Layer::Quote)[0].ends_with("on Monday"));
    run(&mut state, &mut env, &[Undo, Undo]);
    assert!(
        state
            .article()
            .expect("open")
            .sidecar
            .annotations
            .is_empty()
    );
    assert!(
        state.records.entities.by_id.is_empty(),
        "the record goes with the step that made it"
    );
}

#[test]
fn s_on_a_quote_lists_this_paragraph_first_and_zero_means_no_source() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(
        &mut state,
        &mut env,
        &[
            ParagraphDown,
            ParagraphDown,
            ParagraphDown,
            Right,
            Quote,
            Source,
        ],
    );
    let pick = state.pick.clone().expect("a pick list");
    assert_eq!(pick.question(), "Who says this?");
    assert!(
        pick.items.iter().any(|i| i.label.contains("Lind")),
        "{:?}",
        pick.items
    );
    update(&mut state, Command::PickZero, &mut env);
    let article = state.article().expect("open");
    let quote = article.in_order(Layer::Quote)[0];
    assert_eq!(quote.attrs.text("stated"), Some("none"));
    assert!(article.linked(&quote.id, &RelationKind::SaidBy).is_empty());
}

#[test]
fn s_on_selected_words_beside_an_open_quote_makes_them_its_speaker() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    let find = |words: &str| STORY.find(words).expect("in the story");
    let quote = find("the decision was made");
    update(
        &mut state,
        Command::Select {
            anchor: quote,
            head: quote + 33,
        },
        &mut env,
    );
    run(&mut state, &mut env, &[Quote]);
    let who = find("One official");
    update(
        &mut state,
        Command::Select {
            anchor: who,
            head: who + 12,
        },
        &mut env,
    );
    run(&mut state, &mut env, &[Source]);
    let article = state.article().expect("open");
    let quote = article.in_order(Layer::Quote)[0];
    let speaker = article.linked(&quote.id, &RelationKind::SaidBy)[0];
    assert_eq!(speaker.exact(), "One official");
    let record = speaker.entity.clone().expect("a cast entry");
    let identification = article.sidecar.cast[&record]
        .attrs
        .text("identification")
        .map(str::to_owned);
    assert!(identification.is_some_and(|i| i.contains("unnamed")));
    assert!(
        state.records.entities.by_id.is_empty(),
        "an unnamed source has no record in the folder"
    );
}

#[test]
fn shift_and_a_letter_adds_a_fragment() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    let first = STORY.find("“We cannot").expect("in the story");
    update(
        &mut state,
        Command::Select {
            anchor: first,
            head: first + "“We cannot pay for the night boats,”".len(),
        },
        &mut env,
    );
    run(&mut state, &mut env, &[Quote]);
    let second = STORY.find("“The money").expect("in the story");
    update(
        &mut state,
        Command::Select {
            anchor: second,
            head: second + "“The money is gone.”".len(),
        },
        &mut env,
    );
    run(&mut state, &mut env, &[AddFragment]);
    assert_eq!(
        texts(&state, Layer::Quote),
        ["“We cannot pay for the night boats,” … “The money is gone.”"]
    );
}

#[test]
fn a_read_only_article_says_so_and_changes_nothing() {
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    state.article_mut().expect("open").readonly = Some("it is newer".to_owned());
    assert!(resolve(CommandKind::Claim, &state).is_err());
    let span = Span::new(0, 7);
    update(&mut state, Command::Tag(Layer::Claim, vec![span]), &mut env);
    assert!(
        state
            .article()
            .expect("open")
            .sidecar
            .annotations
            .is_empty()
    );
    assert!(state.said.contains("newer"), "{}", state.said);
}

#[test]
fn four_letters_in_a_row_look_like_typing_and_are_one_step() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(&mut state, &mut env, &[ParagraphDown, Right]);
    run(&mut state, &mut env, &[Claim, Person, Quote, Quote]);
    assert!(state.said.contains("typing"), "{}", state.said);
    run(&mut state, &mut env, &[Undo]);
    assert!(
        state
            .article()
            .expect("open")
            .sidecar
            .annotations
            .is_empty()
    );
}

#[test]
fn a_note_typed_in_two_goes_is_one_step() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(&mut state, &mut env, &[ParagraphDown, Right, Claim]);
    let id = state
        .article()
        .expect("open")
        .active
        .clone()
        .expect("the claim");
    update(
        &mut state,
        Command::SetNote(id.clone(), "ask".into()),
        &mut env,
    );
    update(
        &mut state,
        Command::SetNote(id.clone(), "ask the board".into()),
        &mut env,
    );
    run(&mut state, &mut env, &[Undo]);
    assert_eq!(
        state
            .article()
            .expect("open")
            .annotation(&id)
            .expect("still there")
            .note,
        ""
    );
}

#[test]
fn a_claim_gets_verdict_claimant_and_person_from_pick_lists() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(
        &mut state,
        &mut env,
        &[
            ParagraphDown,
            ParagraphDown,
            ParagraphDown,
            Right,
            Claim,
            Verdict,
        ],
    );
    update(&mut state, Command::Pick(2), &mut env);
    run(&mut state, &mut env, &[Source, Accept, AboutWhom, Accept]);
    let article = state.article().expect("open");
    let claim = article.in_order(Layer::Claim)[0];
    assert_eq!(claim.attrs.text("verdict"), Some("half true"));
    assert_eq!(article.linked(&claim.id, &RelationKind::ClaimedBy).len(), 1);
    assert_eq!(article.linked(&claim.id, &RelationKind::About).len(), 1);
    assert_eq!(state.tab, Tab::Claims);
}

#[test]
fn a_tag_carries_no_white_space_at_its_ends() {
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    let words = STORY.find(" the line lost").expect("in the story");
    let (anchor, head) = (words, words + " the line lost ".len());
    update(&mut state, Command::Select { anchor, head }, &mut env);
    run(&mut state, &mut env, &[CommandKind::Claim]);
    assert_eq!(texts(&state, Layer::Claim), ["the line lost"]);
}

#[test]
fn q_on_a_tagged_quote_shows_it_and_again_takes_the_whole_sentence() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(
        &mut state,
        &mut env,
        &[ParagraphDown, Right, Quote, Right, Left, Quote],
    );
    assert_eq!(texts(&state, Layer::Quote).len(), 1, "not a second one");
    run(&mut state, &mut env, &[Quote]);
    assert!(texts(&state, Layer::Quote)[0].ends_with("on Monday"));
}

#[test]
fn a_passage_that_is_tagged_shows_its_annotation() {
    use CommandKind::*;
    let (mut state, mut env) = (state_with(STORY), Env::fixed(1));
    run(&mut state, &mut env, &[NextQuote, Quote, Start, NextQuote]);
    let article = state.article().expect("open");
    assert_eq!(article.active().map(|a| a.layer), Some(Layer::Quote));
}
