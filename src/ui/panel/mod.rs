//! The panel of annotations: what is tagged in this article, and the editor of the one that has the focus.
//!
//! Shows and asks; every change is a command. The lists are worked out once a revision and drawn row by visible row,
//! so 50,000 annotations cost a frame no more than five. What is being typed lives in `draft` until it is kept.

mod cast;
mod choosing;
mod claim;
mod code;
mod draft;
mod edited;
mod evidence;
mod field;
mod foot;
mod groups;
mod head;
mod in_order;
mod lists;
mod open;
mod quote;
mod rows;
mod settling;
mod suggested;
mod tabs;
#[cfg(test)]
mod tests;

use egui::accesskit::Role;
use egui::{
    Frame, Id as WidgetId, Key, Modifiers, Panel, Popup, Rect, RichText, ScrollArea, Sense, Ui,
    UiBuilder, WidgetInfo, vec2,
};

use self::draft::Drafts;
use self::field::Desk;
use self::lists::{Item, Lists};
use crate::app::{
    Closing, Command, CommandKind, Field, OpenArticle, Outbox, Region, Setting, State, Tab,
};
use crate::model::{Annotation, Id, Layer};
use crate::ui::library::list::{List, Shape};
use crate::ui::menus::{self, ByKey};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{self, follow_tab, steer_edge};

/// The id that takes the keyboard for the panel's list.
pub const FOCUS_ID: &str = "panel";

/// As high as the editor of a claim.
const EDITOR: f32 = 452.0;
/// In a low window the list keeps its part.
const EDITOR_SHARE: f32 = 0.69;
const EDITOR_LEAST: f32 = 120.0;
const LIST_LEAST: f32 = 110.0;
const INSET: i8 = 12;

/// What of the editor is unfolded.
#[derive(Debug, Default)]
struct Folds {
    /// What a source is in the article.
    card: bool,
    /// A piece of a claim's evidence, by its rank.
    evidence: Option<(Id, usize)>,
}

/// What the panel remembers while the window is open.
#[derive(Debug, Default)]
pub struct PanelView {
    lists: Lists,
    scroll: List,
    cursor: Option<Item>,
    /// Where choosing several rows was begun.
    anchor: Option<Item>,
    shown: Option<(Tab, Option<Item>)>,
    drafts: Drafts,
    seen_field: Option<Field>,
    wanted: Option<Field>,
    folds: Folds,
    /// How high the editor was in the last frame.
    editor_height: Option<f32>,
    is_editor_dragged: bool,
    menu: ByKey,
}

impl PanelView {
    /// Draws the panel and sends what was asked for.
    pub fn show(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        self.note_wishes(state);
        ui.take_available_space();
        ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
        let Some(article) = state.article() else {
            let text = if state.loading.is_some() {
                "Opening…"
            } else {
                "No article is open."
            };
            let shown = hint(ui, text);
            return stand_in(ui, shown, text);
        };
        self.lists.refresh(article, state);
        self.follow_focus(state, article);
        self.end_choice(state, article, out);

        let area = ui.available_rect_before_wrap();
        let (above, below) = area.split_top_bottom_at_y(area.bottom() - foot::HEIGHT);
        ui.scope_builder(UiBuilder::new().max_rect(above), |ui| {
            tabs::show(ui, state, article, &self.lists, out);
            edited::show(ui, state, &self.lists.open, out);
            if article.marks.total() == 0 && state.open_suggestions() == 0 {
                empty_article(ui);
            } else {
                self.split(ui, state, article, out);
            }
        });
        foot::show(ui, below, article, out);

        for typed in self.drafts.abandoned() {
            field::keep_draft(typed, out);
        }
        if state.closing != Closing::Open && !self.drafts.is_empty() {
            for typed in self.drafts.take_all() {
                field::keep_draft(typed, out);
            }
        }
    }

    /// A wish for the keyboard counts once. It is over when the keys are another region's again.
    fn note_wishes(&mut self, state: &State) {
        if state.region != Region::Panel {
            self.seen_field = None;
            self.wanted = None;
            return;
        }
        if state.wants_field != self.seen_field {
            self.seen_field = state.wants_field;
            self.wanted = state.wants_field;
        }
    }

    /// Brings what has the focus into view, once.
    fn follow_focus(&mut self, state: &State, article: &OpenArticle) {
        let now = (state.tab, Item::focused(article));
        if self.shown.as_ref() == Some(&now) {
            return;
        }
        if let Some(at) = now
            .1
            .as_ref()
            .and_then(|item| self.lists.place(state, article, state.tab, item))
        {
            self.scroll.reveal(at);
            self.cursor.clone_from(&now.1);
        }
        self.shown = Some(now);
    }

    fn split(&mut self, ui: &mut Ui, state: &State, article: &OpenArticle, out: &mut Outbox) {
        let area = ui.available_rect_before_wrap();
        let most = (area.height() - LIST_LEAST).max(EDITOR_LEAST);
        let usual = EDITOR.min(area.height() * EDITOR_SHARE).min(most);
        let kept = state.settings.editor_height;
        let usual = kept.map_or(usual, |kept| kept.clamp(EDITOR_LEAST, most));
        let height = self.editor_height.unwrap_or(usual).min(most);
        if takes_keys(ui, state) {
            self.keys(ui, state, article, out);
        }
        // The list comes first, so that Tab goes from it into the editor.
        let above = area.with_max_y(area.bottom() - height);
        let mut list = ui.new_child(UiBuilder::new().id_salt("list").max_rect(above));
        list.shrink_clip_rect(above);
        self.list(&mut list, state, article, out);
        steer_edge(ui, "annotation editor", Key::ArrowDown, Key::ArrowUp);
        let shown = Panel::bottom("annotation editor")
            .resizable(true)
            .default_size(usual)
            .size_range(EDITOR_LEAST..=most)
            .frame(Frame::new())
            .show(ui, |ui| {
                ui.take_available_space();
                self.editor(ui, state, article, out);
            });
        widgets::name_edge(ui, "annotation editor", "Edge of the editor");
        let height = shown.response.rect.height();
        // A drag is kept when it ends; what a low window takes away is not.
        let is_dragged = self
            .editor_height
            .is_some_and(|before| (height - before).abs() >= 1.0);
        self.is_editor_dragged |= is_dragged && ui.input(|input| input.pointer.any_down());
        if self.is_editor_dragged && !ui.input(|input| input.pointer.any_down()) {
            self.is_editor_dragged = false;
            out.send(Command::Set(Setting::EditorHeight(height)));
        }
        self.editor_height = Some(height);
    }

    /// Where the cursor stands in the list that is shown.
    fn place(&self, state: &State, article: &OpenArticle) -> Option<usize> {
        let cursor = self.cursor.as_ref()?;
        self.lists.place(state, article, state.tab, cursor)
    }

    fn keys(&mut self, ui: &Ui, state: &State, article: &OpenArticle, out: &mut Outbox) {
        self.choose_by_keys(ui, state, article, out);
        let count = self.lists.len(state, article, state.tab);
        let here = self.place(state, article);
        if let Some(step) = self.scroll.steer(ui, rows::HEIGHT)
            && let Some(to) = step.from(here, count)
            && let Some(row) = self.lists.row(state, article, state.tab, to)
        {
            let item = row.first();
            choose_one(&item, state, article, out);
            self.cursor = Some(item);
            self.scroll.reveal(to);
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
            && let Some(item) = self.cursor.clone()
        {
            // On the one that the editor shows, Enter accepts it, or goes on into the editor.
            match &item {
                _ if Item::focused(article).as_ref() != Some(&item) => {
                    go_to(&item, state, article, out);
                }
                Item::Suggestion(at) => out.send(Command::AcceptSuggestion(*at)),
                _ if article.problem_at_hand().is_some_and(|p| p.is_of_place()) => {
                    out.run(CommandKind::Accept);
                }
                Item::Open(_) => {}
                Item::Annotation(_) => {
                    self.wanted = Some(Field::First);
                    ui.request_repaint();
                }
            }
        }
    }

    fn list(&mut self, ui: &mut Ui, state: &State, article: &OpenArticle, out: &mut Outbox) {
        let lists = &self.lists;
        let count = lists.len(state, article, state.tab);
        let row = |at| lists.row(state, article, state.tab, at);
        if count == 0 {
            let text = nothing(state.tab);
            let shown = hint(ui, text);
            return stand_in(ui, shown, text);
        }
        let here = self.place(state, article);
        let focused = Item::focused(article);
        let active = focused
            .as_ref()
            .and_then(|item| self.lists.place(state, article, state.tab, item));
        let shape = Shape {
            id: WidgetId::unique(FOCUS_ID),
            name: tabs::name(state.tab),
            row: rows::HEIGHT,
            count,
            cursor: here.and_then(row).as_ref().map(rows::id),
        };
        let has_keys =
            state.region == Region::Panel && ui.memory(|memory| memory.has_focus(shape.id));
        let (mut clicked, mut chosen) = (None, None);
        let asks_menu = ByKey::asks(state, Region::Panel);
        if let Some(here) = here.filter(|_| asks_menu) {
            self.scroll.reveal(here);
        }
        let menu = &mut self.menu;
        self.scroll.show(ui, shape, |ui, at, within| {
            let Some(row) = row(at) else {
                return;
            };
            let marks = rows::Marks {
                is_active: active == Some(at),
                has_cursor: has_keys && here == Some(at),
                is_chosen: row.is_chosen(article),
            };
            let held = ui.input(|input| input.modifiers);
            let response = rows::show(ui, within, state.tab, &row, state, article, marks);
            let place = (asks_menu && here == Some(at)).then(|| menus::below(within));
            let is_menu = response.secondary_clicked() || place.is_some();
            menu.context(&response, place, state, menus::ANNOTATION, out);
            // The menu is about what has the focus: it is brought there.
            if is_menu && !marks.is_active && !marks.is_chosen {
                clicked = Some(row.first());
            }
            if !response.clicked() {
                return;
            }
            if held.shift || held.command {
                chosen = Some((held, at));
            } else {
                // A second click on the same record goes on to its next mention.
                clicked = Some(match &focused {
                    Some(focused) if marks.is_active => row.after(article, focused),
                    _ => row.first(),
                });
            }
        });
        if let Some(item) = clicked {
            choose_one(&item, state, article, out);
            self.cursor = Some(item);
        }
        if let Some((held, at)) = chosen {
            out.send(Command::Focus(Region::Panel));
            self.choose_by_click(held, at, state, article, out);
        }
    }

    fn editor(&mut self, ui: &mut Ui, state: &State, article: &OpenArticle, out: &mut Outbox) {
        if article.chosen.len() > 1 {
            return inset(ui, |ui| choosing::editor(ui, article, out));
        }
        if let Some(offer) = article.suggestion() {
            let salt = ("suggestion", article.focus.suggestion);
            let height = ui.available_height();
            ScrollArea::vertical()
                .id_salt(salt)
                .auto_shrink(false)
                .show(ui, |ui| {
                    inset(ui, |ui| {
                        suggested::editor(ui, height, state, article, offer, out)
                    });
                });
            return;
        }
        let annotation = article.active().or_else(|| state.wants_place());
        if annotation.is_none() && article.stand.is_none() {
            hint(
                ui,
                "Nothing that is tagged or suggested has the focus. Tab goes to the next, a click to any.",
            );
            return;
        }
        let Self {
            lists,
            drafts,
            wanted,
            folds,
            ..
        } = self;
        let mut desk = Desk {
            state,
            article,
            lists,
            drafts,
            out,
            wanted: wanted.take(),
        };
        let salt = (
            "editor",
            annotation.map(|annotation| annotation.id.as_str()),
        );
        ScrollArea::vertical()
            .id_salt(salt)
            .auto_shrink(false)
            .show(ui, |ui| {
                inset(ui, |ui| match (&article.stand, annotation) {
                    (Some(problem), _) => settling::open(ui, &mut desk, problem),
                    (None, Some(it)) => annotation_editor(ui, &mut desk, it, folds),
                    (None, None) => {}
                });
                follow_tab(ui);
            });
    }
}

/// What the editor's content keeps from its edges.
fn inset(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let margin = egui::Margin::symmetric(INSET, 6);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui);
    });
}

/// Goes to one row's annotation or suggestion; what was chosen besides is not any more.
fn choose_one(item: &Item, state: &State, article: &OpenArticle, out: &mut Outbox) {
    if !article.chosen.is_empty() {
        out.send(Command::Choose(Vec::new()));
    }
    go_to(item, state, article, out);
}

/// Goes to an annotation or a suggestion without leaving the list that it was chosen from.
fn go_to(item: &Item, state: &State, article: &OpenArticle, out: &mut Outbox) {
    let id = match item {
        Item::Suggestion(at) => {
            out.send(Command::FocusSuggestion(*at));
            return;
        }
        Item::Open(problem) => {
            out.send(Command::FocusProblem(problem.clone()));
            return;
        }
        Item::Annotation(id) => id,
    };
    out.send(Command::FocusAnnotation(id.clone()));
    let own = article
        .annotation(id)
        .map(|annotation| Tab::of(annotation.layer));
    if own != Some(state.tab) && state.tab == Tab::People {
        out.send(Command::Tab(state.tab));
    }
}

fn annotation_editor(ui: &mut Ui, desk: &mut Desk<'_>, annotation: &Annotation, folds: &mut Folds) {
    head::show(ui, desk, annotation);
    settling::show(ui, desk, annotation);
    if annotation.is_orphan() {
        quote::note(ui, desk, annotation);
        head::foot(ui, desk, annotation);
        return;
    }
    match annotation.layer {
        Layer::Quote => quote::show(ui, desk, annotation),
        Layer::Person | Layer::Source => cast::show(ui, desk, annotation, &mut folds.card),
        Layer::Claim => claim::show(ui, desk, annotation, &mut folds.evidence),
        Layer::Code => code::show(ui, desk, annotation),
        Layer::Note => quote::note(ui, desk, annotation),
    }
    head::foot(ui, desk, annotation);
}

/// Whether the keys of this frame are meant for the list.
fn takes_keys(ui: &Ui, state: &State) -> bool {
    let focused = ui.memory(egui::Memory::focused);
    state.region == Region::Panel
        && state.page.is_none()
        && state.pick.is_none()
        && focused.is_none_or(|id| id == WidgetId::unique(FOCUS_ID))
        && !Popup::is_any_open(ui.ctx())
}

/// What a list without entries says: what is missing, and the key that changes it.
const fn nothing(tab: Tab) -> &'static str {
    match tab {
        Tab::Quotes => "No quotes yet. Q on a sentence proposes one, with its speaker.",
        Tab::Sources => "No sources yet. S on a sentence or a quote says who speaks.",
        Tab::People => "No people yet. P on a name, or on a sentence that holds one.",
        Tab::Claims => "No claims yet. C on a sentence.",
        Tab::Codes => "No codes yet. A digit, or E with a name, codes what has the focus.",
        Tab::More => "No notes, and no tag has lost its place. N writes a note.",
    }
}

fn empty_article(ui: &mut Ui) {
    let shown = Frame::new().inner_margin(16).show(ui, |ui| {
        let colours = theme(ui);
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.label(RichText::new("Nothing tagged yet.").text_style(theme::strong()));
        let keys = [
            (CommandKind::Right, "walks the sentences"),
            (CommandKind::Claim, "marks a claim"),
            (CommandKind::Quote, "a quote, with cue and speaker"),
            (CommandKind::Person, "a person"),
            (CommandKind::Source, "a source: who says this?"),
        ];
        for (kind, does) in keys {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                widgets::key_cap(ui, &crate::ui::taught::in_words(kind));
                ui.label(RichText::new(does).color(colours.muted));
            });
        }
    });
    stand_in(ui, shown.response.rect, "Nothing tagged yet.");
}

fn hint(ui: &mut Ui, text: &str) -> Rect {
    let shown = Frame::new().inner_margin(16).show(ui, |ui| {
        ui.label(RichText::new(text).color(theme(ui).muted));
    });
    shown.response.rect
}

/// Takes the keyboard in the place of a list that is not there: who comes here by keys sees and hears it.
fn stand_in(ui: &Ui, within: Rect, says: &str) {
    let id = WidgetId::unique(FOCUS_ID);
    let response = ui.interact(within, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, says));
    if response.has_focus() {
        widgets::hold_arrows(ui, id);
        widgets::ring(ui, within.shrink(4.0));
    }
}
