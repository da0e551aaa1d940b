//! The real `show` in a window without a screen: what the pointer asks for, what is laid out, what is said aloud.

use egui::accesskit::{self, Role};
use egui::{Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, vec2};

use super::Reader;
use super::page::Page;
use super::scene::{Emphasis, Scene, Zones};
use super::view::in_view;
use crate::app::{Analysis, ArticleKey, Command, Level, OpenArticle, Outbox, Selection, State};
use crate::model::{
    Annotation, ArticleInfo, Attrs, Edit, Extra, Id, Layer, Origin, Place, Selector, Sidecar, Span,
    Target,
};
use crate::text::{self, SourceText};
use crate::ui::theme;
use crate::{store, suggest};

const SIZE: [f32; 2] = [736.0, 692.0];

/// A reader on an article, with a pointer.
struct Bench {
    ctx: Context,
    state: State,
    reader: Reader,
    now: f64,
    said: Vec<(accesskit::NodeId, accesskit::Node)>,
}

impl Bench {
    fn new(words: &str) -> Self {
        let loaded = store::Article {
            path: "story.txt".into(),
            source: SourceText::new(words),
            segments: text::segment(words),
            info: ArticleInfo::default(),
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
        let key = ArticleKey::from("story.txt");
        let mut state = State {
            current: Some(key.clone()),
            knows_undrawn: true,
            ..State::default()
        };
        let article = OpenArticle::new(key.clone(), loaded);
        state.articles.insert(key, article);
        let ctx = Context::default();
        theme::install(&ctx, theme::Look::of(&store::Settings::default()), None);
        let mut bench = Self {
            ctx,
            state,
            reader: Reader::default(),
            now: 10.0,
            said: Vec::new(),
        };
        for _ in 0..3 {
            bench.frame(Vec::new());
        }
        bench
    }

    /// One frame; returns what was asked for.
    fn frame(&mut self, events: Vec<Event>) -> Vec<Command> {
        self.now += 0.016;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE.into())),
            time: Some(self.now),
            events,
            ..RawInput::default()
        };
        let mut out = Outbox::default();
        let (reader, state) = (&mut self.reader, &self.state);
        let mut output = self.ctx.run_ui(input, |ui| {
            reader.show(ui, state, super::Stage::alone(state), &mut out);
        });
        output.textures_delta.clear();
        if let Some(update) = output.platform_output.accesskit_update {
            self.said = update.nodes;
        }
        let mut asked = out.take();
        asked.retain(|command| match command {
            Command::InView(span) => {
                self.state.in_view = Some(*span);
                false
            }
            _ => true,
        });
        asked
    }

    /// Waits until a movement has ended.
    fn rest(&mut self) {
        for _ in 0..20 {
            self.frame(Vec::new());
        }
    }

    fn article(&mut self) -> &mut OpenArticle {
        self.state.article_mut().expect("an open article")
    }

    fn source(&mut self) -> SourceText {
        self.article().source.clone()
    }

    /// What is in view, as the last frame had it.
    fn look<T>(&mut self, at: impl FnOnce(&Scene<'_>) -> T) -> T {
        let (ctx, codes) = (self.ctx.clone(), &self.state.codes);
        let article = self.state.article().expect("an open article");
        let view = self.reader.view.as_mut().expect("an article in the reader");
        let rect = Rect::from_min_size(Pos2::ZERO, SIZE.into());
        let zones = Zones::new(rect, super::TextStyle::of(&self.state.settings));
        let here = view.anchor();
        let mut page = Page::new(&ctx, article, view.stock());
        let marks = &mut self.reader.marks;
        at(&Scene {
            article,
            theme: theme::Theme::light(),
            zones,
            placed: in_view(&mut page, marks, article, codes, &zones, here),
            emphasis: Emphasis::default(),
            offers: Vec::new(),
            codes,
            found: Default::default(),
        })
    }

    /// The point on the screen between two characters.
    fn spot(&mut self, offset: usize) -> Pos2 {
        self.look(|scene| scene.caret(offset).expect("a place in view").rect.center())
    }

    fn press(&mut self, at: Pos2) -> Vec<Command> {
        let mut asked = self.frame(vec![Event::PointerMoved(at)]);
        asked.extend(self.frame(vec![button(at, true)]));
        asked
    }

    fn release(&mut self, at: Pos2) -> Vec<Command> {
        self.frame(vec![button(at, false)])
    }

    fn click(&mut self, at: Pos2) -> Vec<Command> {
        let mut asked = self.press(at);
        asked.extend(self.release(at));
        asked
    }

    fn mark(&mut self, id: &str, layer: Layer, words: &str) {
        let source = self.source();
        let start = source.as_str().find(words).expect("the words");
        let span = Span::new(start, start + words.len());
        let annotation = Annotation {
            id: Id::from(id),
            layer,
            at: vec![Target {
                selector: Selector {
                    exact: words.into(),
                    ..Selector::default()
                },
                place: Place::Placed(span),
            }],
            cue: Vec::new(),
            entity: None,
            attrs: Attrs::default(),
            note: String::new(),
            origin: Origin::Hand,
            by: "".into(),
            created: "".into(),
            modified: "".into(),
            extra: Extra::default(),
        };
        let edit = Edit::Annotation(annotation.id.clone(), Some(Box::new(annotation)));
        self.article().apply(edit).expect("a new annotation");
    }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

/// A marked line without its marks, and what stood between them.
fn marked(line: &str) -> (String, Span) {
    let start = line.find('⟦').expect("⟦");
    let end = line.find('⟧').expect("⟧") - '⟦'.len_utf8();
    (line.replace(['⟦', '⟧'], ""), Span::new(start, end))
}

fn selected(asked: &[Command]) -> Option<Span> {
    asked.iter().rev().find_map(|command| match command {
        Command::Select { anchor, head } => Some(Span::new(*anchor, *head)),
        _ => None,
    })
}

/// Drags over what is marked, forwards and backwards.
#[track_caller]
fn check_drag(line: &str) {
    let (text, span) = marked(line);
    let mut bench = Bench::new(&text);
    let (from, to) = (bench.spot(span.start()), bench.spot(span.end()));
    for (from, to) in [(from, to), (to, from)] {
        bench.press(from);
        let halfway = from.lerp(to, 0.5);
        let mut asked = Vec::new();
        for at in [halfway, to] {
            let in_frame = bench.frame(vec![Event::PointerMoved(at)]);
            assert!(in_frame.len() <= 1, "one command a frame, not {in_frame:?}");
            asked.extend(in_frame);
        }
        bench.release(to);
        let got = selected(&asked).map(|s| bench.source().slice(s).to_owned());
        assert_eq!(got.as_deref(), Some(&text[span.range()]));
        assert_eq!(selected(&asked), Some(span));
        bench.now += 2.0;
    }
}

#[test]
fn a_drag_selects_what_lies_between_its_ends() {
    check_drag("The harbour was closed. ⟦“No ship”⟧ came in that night.");
}

#[test]
fn offsets_stay_true_behind_emoji_and_combining_marks() {
    check_drag("Zoe\u{308} sent 👩‍🔬🇩🇪 and ⟦a cafe\u{301} 🦀⟧ menu to the editor.");
    check_drag("A letter ⟦👩‍🔬⟧ stands alone.");
}

#[test]
fn a_hard_wrapped_line_end_counts_as_one_byte() {
    let line = "The ferry left the quay at six and nobody was there to see it go, not\n\
                even the man ⟦who had\nsold⟧ the tickets for thirty years and more.\n\n\
                Next day the quay was empty and the gulls had it to themselves again.\n";
    check_drag(line);
}

#[test]
fn the_end_of_a_ligature_can_be_told_from_its_middle() {
    check_drag("The o⟦f⟧fice of the chief officer offered nothing.");
}

#[test]
fn a_whole_drag_between_two_frames_still_selects() {
    let mut bench = Bench::new("Nobody came. The captain waited. It rained.");
    let (from, to) = (bench.spot(13), bench.spot(31));
    bench.frame(vec![Event::PointerMoved(from)]);
    let asked = bench.frame(vec![
        button(from, true),
        Event::PointerMoved(to),
        button(to, false),
    ]);
    assert_eq!(selected(&asked), Some(Span::new(13, 31)));
}

#[test]
fn a_double_click_selects_a_word_and_a_triple_click_its_sentence() {
    let mut bench = Bench::new("Nobody came. The captain waited. It rained.");
    let spot = bench.spot(20);
    bench.click(spot);
    let asked = bench.click(spot);
    assert_eq!(selected(&asked), Some(Span::new(17, 24)));
    let asked = bench.click(spot);
    assert_eq!(selected(&asked), Some(Span::new(13, 32)));
}

#[test]
fn shift_and_a_click_extend_from_the_anchor() {
    let mut bench = Bench::new("Nobody came. The captain waited. It rained.");
    bench.article().selection = Some(Selection {
        anchor: 17,
        head: 24,
    });
    let spot = bench.spot(31);
    bench.frame(vec![Event::ModifiersChanged(Modifiers::SHIFT)]);
    let asked = bench.press(spot);
    let extended = Command::Select {
        anchor: 17,
        head: 31,
    };
    assert!(asked.contains(&extended), "{asked:?}");
}

#[test]
fn a_click_goes_to_the_innermost_annotation_and_else_to_the_sentence() {
    let mut bench = Bench::new("“We sail,” said Captain Ruta Vey of the ferry. It rained.");
    bench.mark("outer", Layer::Source, "Captain Ruta Vey of the ferry");
    bench.mark("inner", Layer::Person, "Ruta Vey");
    let text = bench.source().as_str().to_owned();
    let at = |words: &str| text.find(words).expect("the words") + 1;
    let spot = bench.spot(at("Ruta")) + vec2(1.0, 0.0);
    assert_eq!(
        bench.click(spot),
        [Command::FocusAnnotation(Id::from("inner"))]
    );
    let spot = bench.spot(at("Captain")) + vec2(1.0, 0.0);
    bench.now += 2.0;
    assert_eq!(
        bench.click(spot),
        [Command::FocusAnnotation(Id::from("outer"))]
    );
    bench.now += 2.0;
    let spot = bench.spot(at("rained")) + vec2(1.0, 0.0);
    assert_eq!(
        bench.click(spot),
        [Command::FocusAt(at("rained"), Level::Sentence)]
    );
}

#[test]
fn text_that_runs_backwards_is_taken_as_a_whole() {
    let text = "First words.\n\nשלום עולם, זה טקסט.\n\nLast words.";
    let mut bench = Bench::new(text);
    let block = bench.article().segments.blocks[1].span;
    let rect = bench.look(|scene| scene.placed[1].rect(scene.zones.column));
    bench.press(rect.left_center() + vec2(20.0, 0.0));
    let asked = bench.frame(vec![Event::PointerMoved(
        rect.left_center() + vec2(60.0, 0.0),
    )]);
    assert_eq!(selected(&asked), Some(block));
    bench.release(rect.center());
    bench.now += 2.0;
    assert_eq!(
        bench.click(rect.left_center() + vec2(20.0, 0.0)),
        [Command::FocusAt(block.start(), Level::Paragraph)]
    );
}

#[test]
fn frames_cost_the_same_however_long_the_article_is() {
    let paragraph = "The tide went out and nobody said why, though “it was plain,” said one. ";
    let text = format!("{}\n", paragraph.repeat(4)).repeat(17_000);
    assert!(text.len() > 4_800_000);
    let mut bench = Bench::new(&text);
    assert!(bench.reader.laid_out() < 40, "{}", bench.reader.laid_out());
    // To the end, by keyboard.
    let last = *bench
        .article()
        .segments
        .sentences
        .last()
        .expect("a sentence");
    bench.article().focus = crate::app::Focus::text(Level::Sentence, last);
    bench.state.reveal += 1;
    bench.frame(Vec::new());
    let laid = bench.reader.laid_out();
    assert!(laid < 60, "{laid}");
    let middle = bench.spot(last.start());
    assert!(middle.y > 0.0 && middle.y < SIZE[1]);
    // To the middle, by the thumb.
    bench.press(Pos2::new(SIZE[0] - 4.0, SIZE[1] * 0.5));
    bench.frame(Vec::new());
    assert!(bench.reader.laid_out() < 60, "{}", bench.reader.laid_out());
    let first = bench.look(|scene| scene.placed[0].laid.unit.block);
    assert!((6_000..11_000).contains(&first), "block {first}");
}

#[test]
fn one_endless_paragraph_is_no_dearer() {
    let text = "The tide went out and nobody said why. ".repeat(130_000);
    let mut bench = Bench::new(&text);
    assert!(bench.reader.laid_out() < 8, "{}", bench.reader.laid_out());
    let source = bench.source();
    let last = source.len() - 20;
    bench.article().focus = crate::app::Focus::text(Level::Word, source.word_at(last));
    bench.state.reveal += 1;
    bench.frame(Vec::new());
    assert!(bench.reader.laid_out() < 8, "{}", bench.reader.laid_out());
    assert!(bench.look(|scene| scene.caret(last).is_some()));
}

#[test]
fn what_has_the_focus_comes_to_one_third_of_the_height() {
    let text = "The tide went out.\n\n".repeat(120);
    let mut bench = Bench::new(&text);
    let focus = bench.article().segments.sentences[60];
    bench.article().focus = crate::app::Focus::text(Level::Sentence, focus);
    bench.state.reveal += 1;
    bench.rest();
    let y = bench.spot(focus.start()).y;
    assert!((y - SIZE[1] / 3.0).abs() < 20.0, "{y}");
    // The next one is in the middle of the view: nothing moves.
    let next = bench.article().segments.sentences[61];
    let before = bench.spot(next.start());
    bench.article().focus = crate::app::Focus::text(Level::Sentence, next);
    bench.state.reveal += 1;
    bench.rest();
    assert_eq!(bench.spot(next.start()), before);
}

#[test]
fn a_click_near_the_edge_moves_nothing() {
    let mut bench = Bench::new(&"The tide went out.\n\n".repeat(120));
    let last = bench.look(|scene| {
        let placed = &scene.placed[scene.placed.len() - 2];
        placed.laid.unit.span
    });
    let spot = bench.spot(last.start()) + vec2(3.0, 0.0);
    bench.click(spot);
    bench.article().focus = crate::app::Focus::text(Level::Sentence, last);
    bench.state.reveal += 1;
    bench.rest();
    assert_eq!(bench.spot(last.start()) + vec2(3.0, 0.0), spot);
}

#[test]
fn another_size_of_letters_keeps_the_place() {
    let text = "The tide went out and nobody said why. Nobody asked.\n\n".repeat(200);
    let mut bench = Bench::new(&text);
    bench.state.scroll_pages += 7;
    bench.rest();
    let first = bench.look(|scene| scene.placed[0].laid.unit.block);
    bench.state.settings.reading_size = 26.0;
    bench.rest();
    assert_eq!(bench.look(|scene| scene.placed[0].laid.unit.block), first);
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let mut bench = Bench::new("The tide went out.\n\nNobody said why.");
    bench.rest();
    assert!(!bench.ctx.has_requested_repaint());
}

#[test]
fn a_screen_reader_hears_paragraphs_and_annotations() {
    let mut bench = Bench::new("A headline without a stop\n\n“We sail,” said Ruta Vey. It rained.");
    bench.mark("k1", Layer::Quote, "“We sail,”");
    bench.ctx.enable_accesskit();
    bench.rest();
    let labels = |role: Role| -> Vec<String> {
        let nodes = bench.said.iter().filter(|(_, node)| node.role() == role);
        nodes
            .filter_map(|(_, node)| node.label().map(str::to_owned))
            .collect()
    };
    assert_eq!(labels(Role::Document), ["Article text"]);
    assert_eq!(labels(Role::Mark), ["Quote, direct. “We sail,”"]);
    let runs: Vec<&str> = bench
        .said
        .iter()
        .filter(|(_, node)| node.role() == Role::TextRun)
        .filter_map(|(_, node)| node.value())
        .collect();
    assert!(
        runs.contains(&"“We sail,” said Ruta Vey. It rained."),
        "{runs:?}"
    );
    let paragraphs = bench
        .said
        .iter()
        .filter(|(_, node)| matches!(node.role(), Role::Paragraph | Role::Heading));
    assert_eq!(paragraphs.count(), 3, "two, and the one that has the focus");
}

#[test]
fn a_click_focuses_the_suggestion_under_it_and_the_next_click_what_holds_it() {
    let mut bench = Bench::new("“We sail with Ruta Vey,” said Captain Ilse Morn. It rained.");
    let (source, segments) = (bench.source(), bench.article().segments.clone());
    let found = suggest::suggest(source.as_str(), &segments, &Default::default());
    let analysis = Analysis::of(found, &bench.article().sidecar, 0);
    bench.article().take_analysis(analysis);
    bench.state.settings.suggest_claims = false;
    bench.frame(Vec::new());
    let at = source.as_str().find("Ruta").expect("the name");
    let spot = bench.spot(at) + vec2(3.0, 0.0);
    let article = bench.state.article().expect("an article");
    let find = |layer: Layer, words: &str| {
        let start = source.as_str().find(words).expect("the words");
        let span = Span::new(start, start + words.len());
        article.suggestions.find(layer, &[span]).expect("suggested")
    };
    let name = find(Layer::Person, "Ruta Vey");
    let quote = find(Layer::Quote, "“We sail with Ruta Vey,”");
    assert_eq!(bench.click(spot), [Command::FocusSuggestion(name)]);
    bench.article().focus.suggestion = Some(name);
    bench.now += 2.0;
    assert_eq!(bench.click(spot), [Command::FocusSuggestion(quote)]);
    bench.article().focus.suggestion = Some(quote);
    bench.now += 2.0;
    let asked = bench.click(spot);
    assert!(
        matches!(asked[..], [Command::FocusAt(_, Level::Sentence)]),
        "{asked:?}"
    );
}
