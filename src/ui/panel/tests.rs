//! The panel on a small article: what it lists, and what its fields ask for.

use std::path::PathBuf;

use egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::PanelView;
use crate::app::{ArticleKey, Command, Field, OpenArticle, Outbox, Region, State, Tab};
use crate::model::{
    Annotation, ArticleInfo, AttrValue, Attrs, CastEntry, Edit, Extra, Id, Layer, Origin, Place,
    Relation, RelationKind, Selector, Sidecar, Span, Target,
};
use crate::store::Article;
use crate::text::{self, SourceText};
use crate::ui::theme;

const TEXT: &str = "The harbour is shut, said Ines Varga. “We wait,” a pilot said. Varga nodded.";

struct Window {
    view: PanelView,
    state: State,
    asked: Vec<Command>,
}

fn annotation(id: &str, layer: Layer, words: &str, entity: Option<&str>) -> Annotation {
    let start = TEXT.find(words).expect("the words are in the text");
    Annotation {
        id: id.into(),
        layer,
        at: vec![Target {
            selector: Selector {
                exact: words.into(),
                ..Selector::default()
            },
            place: Place::Placed(Span::new(start, start + words.len())),
        }],
        cue: Vec::new(),
        entity: entity.map(Id::from),
        attrs: Attrs::default(),
        note: String::new(),
        origin: Origin::Hand,
        by: "am".into(),
        created: "2026-11-22T10:00:00Z".into(),
        modified: "2026-11-22T10:00:00Z".into(),
        extra: Extra::default(),
    }
}

fn article(annotations: Vec<Annotation>) -> OpenArticle {
    let mut sidecar = Sidecar::default();
    for annotation in annotations {
        sidecar
            .annotations
            .insert(annotation.id.clone(), annotation);
    }
    let said = Relation {
        id: "r1".into(),
        kind: RelationKind::SaidBy,
        from: "q1".into(),
        to: "s1".into(),
        extra: Extra::default(),
    };
    sidecar.relations.insert(said.id.clone(), said);
    let source = SourceText::new(TEXT);
    let loaded = Article {
        path: PathBuf::from("story.txt"),
        segments: text::segment(TEXT),
        source,
        info: ArticleInfo::default(),
        guessed: false,
        replaced: 0,
        reordering: 0,
        is_rewritten: false,
        sidecar,
        sidecar_hash: None,
        readonly: None,
        refusal: None,
        is_changed: false,
        orphans: 0,
    };
    OpenArticle::new(ArticleKey::from("story.txt"), loaded)
}

fn window(change: impl FnOnce(&mut State)) -> Harness<'static, Window> {
    window_of(320.0, change)
}

fn window_of(width: f32, change: impl FnOnce(&mut State)) -> Harness<'static, Window> {
    let open = article(vec![
        annotation("q1", Layer::Quote, "The harbour is shut", None),
        annotation("q2", Layer::Quote, "“We wait,”", None),
        annotation("s1", Layer::Source, "Ines Varga", Some("varga")),
        annotation("p1", Layer::Person, "Ines Varga", Some("varga")),
        annotation("p2", Layer::Person, "Varga nodded", Some("varga")),
    ]);
    let key = open.key.clone();
    let mut state = State {
        current: Some(key.clone()),
        ..State::default()
    };
    state.articles.insert(key, open);
    change(&mut state);
    let window = Window {
        view: PanelView::default(),
        state,
        asked: Vec::new(),
    };
    let mut harness = Harness::builder()
        .with_size(vec2(width, 736.0))
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

fn go_to(state: &mut State, id: &str) {
    if let Some(article) = state.article_mut() {
        article.active = Some(id.into());
    }
}

#[test]
fn a_quote_without_a_speaker_says_so_and_one_with_a_speaker_names_it() {
    let harness = window(|_| {});
    harness.get_by_label("Quotes 2");
    harness.get_by_label("paraphrase quote: The harbour is shut, said by Ines Varga");
    harness.get_by_label("direct quote: “We wait,”, no speaker yet");
}

#[test]
fn no_tab_is_cut_off_however_many_there_are() {
    for width in [280.0, 320.0, 440.0] {
        for chosen in Tab::ALL {
            let harness = window_of(width, |state| {
                let article = state.article_mut().expect("an open article");
                let more = (10..60).map(|at| (format!("q{at}"), Layer::Quote));
                let more = more.chain([("n1".into(), Layer::Note), ("c1".into(), Layer::Code)]);
                for (id, layer) in more {
                    let tag = annotation(&id, layer, "a pilot", None);
                    let edit = Edit::Annotation(tag.id.clone(), Some(Box::new(tag)));
                    article.apply(edit).expect("it fits");
                }
                state.tab = chosen;
            });
            let mut end = 0.0;
            for name in [
                "Quotes 52",
                "Sources 1",
                "People 1",
                "Claims 0",
                "Codes 1",
                "More 1",
            ] {
                let tab = harness.get_by_label(name).rect();
                assert!(tab.left() >= end, "{name} at {width}, {chosen:?}");
                end = tab.right();
            }
            assert!(end <= width, "{end} of {width}, {chosen:?}");
        }
    }
}

#[test]
fn mentions_of_one_record_are_one_row_and_a_second_click_goes_on() {
    let mut harness = window(|state| {
        state.tab = Tab::People;
        go_to(state, "p1");
    });
    harness.get_by_label("People 1");
    harness.get_by_label("Ines Varga, 2 mentions").click();
    harness.run_steps(2);
    assert_eq!(
        harness.state().asked,
        [Command::FocusAnnotation("p2".into())]
    );
}

/// A note on the first quote of this very article.
fn note(text: &str) -> Command {
    let note = Command::SetNote("q1".into(), text.to_owned());
    Command::Within("story.txt".into(), Box::new(note))
}

#[test]
fn a_note_is_kept_after_a_rest_and_when_its_field_is_left() {
    let mut harness = window(|state| {
        go_to(state, "q1");
        state.region = Region::Panel;
        state.wants_field = Some(Field::Note);
    });
    harness.event(egui::Event::Text("by letter".to_owned()));
    harness.run_steps(2);
    assert!(
        harness.state().asked.is_empty(),
        "not while somebody is typing"
    );
    harness.run_steps(8);
    let kept = note("by letter");
    assert_eq!(
        harness.state().asked,
        [kept],
        "a step of the harness is a quarter of a second"
    );

    harness.state_mut().asked.clear();
    harness.event(egui::Event::Text(", unsigned".to_owned()));
    harness.run_steps(1);
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    let asked = &harness.state().asked;
    let left = Command::Focus(Region::Reader);
    assert_eq!(asked[..], [left, note(", unsigned")]);
}

#[test]
fn what_was_typed_is_kept_when_another_annotation_gets_the_focus() {
    let mut harness = window(|state| {
        go_to(state, "q1");
        state.region = Region::Panel;
        state.wants_field = Some(Field::Note);
    });
    harness.event(egui::Event::Text("half a thou".to_owned()));
    harness.run_steps(1);
    go_to(&mut harness.state_mut().state, "q2");
    harness.run_steps(2);
    let kept = note("half a thou");
    assert_eq!(harness.state().asked, [kept]);
}

/// A window on a claim with one piece of evidence, not described yet.
fn window_on_claim(change: impl FnOnce(&mut State)) -> Harness<'static, Window> {
    let mut claim = annotation("c1", Layer::Claim, "The harbour is shut", None);
    claim
        .attrs
        .set("evidence", Some(AttrValue::Json("[{}]".to_owned())));
    window(|state| {
        let edit = Edit::Annotation("c1".into(), Some(Box::new(claim)));
        let article = state.article_mut().expect("an open article");
        article.apply(edit).expect("it fits");
        go_to(state, "c1");
        change(state);
    })
}

#[test]
fn fields_stand_at_one_distance_whatever_their_height() {
    let harness = window_on_claim(|_| {});
    let [class, kind, verdict, sentence] = ["Class", "Type", "Verdict", "In one sentence"]
        .map(|label| harness.get_by_label(label).rect());
    let usual = kind.top() - class.bottom();
    assert!(sentence.height() > verdict.height());
    assert!((sentence.top() - verdict.bottom() - usual).abs() < 1.0);
}

#[test]
fn a_field_that_gets_the_keyboard_is_seen_whole_with_what_comes_next() {
    let harness = window_on_claim(|state| {
        state.region = Region::Panel;
        state.wants_field = Some(Field::Evidence);
        state.settings.editor_height = Some(300.0);
    });
    let bottom = 736.0 - super::foot::HEIGHT;
    let what = harness.get_by_label("What").rect();
    assert!(what.bottom() + 20.0 < bottom, "{what:?}");
}

#[test]
fn a_long_name_is_read_to_its_end() {
    let long = "Maximiliana Featherstonehaugh-Quillington of Lower Tolm";
    let harness = window(|state| {
        let article = state.article_mut().expect("an open article");
        let entry = CastEntry {
            id: "varga".into(),
            name: long.to_owned(),
            attrs: Attrs::default(),
            extra: Extra::default(),
        };
        let edit = Edit::Cast(entry.id.clone(), Some(entry));
        article.apply(edit).expect("it fits");
        go_to(state, "q1");
    });
    let name = harness.get_by_label(long).rect();
    assert!(name.height() > 30.0, "in several lines: {name:?}");
    assert!(
        name.right() < 320.0 - 52.0,
        "with room for its buttons: {name:?}"
    );
}

/// That one thing was asked for: this value of an axis.
fn assert_set(asked: &[Command], key: &str, value: &str) {
    let is_it = matches!(asked, [Command::SetAttr(_, axis, Some(set))] if *axis == key && set.as_str() == value);
    assert!(is_it, "{asked:?}");
}

#[test]
fn an_answer_whose_value_is_a_number_is_read_in_words() {
    let mut claim = annotation("c1", Layer::Claim, "The harbour is shut", None);
    claim.attrs.set("priority", Some("1".into()));
    let mut harness = window(|state| {
        let edit = Edit::Annotation("c1".into(), Some(Box::new(claim)));
        let article = state.article_mut().expect("an open article");
        article.apply(edit).expect("it fits");
        go_to(state, "c1");
    });
    let shown = harness.get_by_label("Priority");
    assert_eq!(shown.value().as_deref(), Some("first"));
    shown.click();
    harness.run_steps(3);
    harness.get_by_label("when there is time").click();
    harness.run_steps(2);
    assert_set(&harness.state().asked, "priority", "3");
}

#[test]
fn an_axis_is_set_by_choosing_a_word() {
    let mut harness = window(|state| go_to(state, "q1"));
    harness.get_by_label("Channel").click();
    harness.run_steps(3);
    harness.get_by_label("interview").click();
    harness.run_steps(2);
    assert_set(&harness.state().asked, "channel", "interview");
}
