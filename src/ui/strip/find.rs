//! The find bar in the strip's place: what is searched for, how, how many hits there are, and the way from one to
//! the next.
//!
//! Enter and Shift+Enter walk the hits, ↑ and ↓ bring back earlier searches, Esc goes back to the text and leaves the
//! bar where it is. Searching is `app`'s.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align2, EventFilter, Id, Key, Modifiers, Response, RichText, Role, Sense, Stroke, StrokeKind,
    TextEdit, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::super::theme;
use super::super::widgets::{self, Sign};
use crate::app::{Command, CommandKind, Direction, Find, OpenArticle, Outbox, Region, State};

/// Width of the field, in points: always the same, so that nothing moves when keys come beside it.
const FIELD: f32 = 180.0;
/// Height of the field.
const HEIGHT: f32 = 28.0;

/// What the bar remembers.
#[derive(Debug, Default)]
pub struct FindBar {
    /// The last time that the field was asked for and got the keyboard.
    opened: u64,
}

impl FindBar {
    /// Draws the bar from the left end of the strip.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        state: &State,
        article: &OpenArticle,
        out: &mut Outbox,
    ) {
        let find = &state.find;
        widgets::sign(ui, Sign::Search, theme::theme(ui).muted);
        self.field(ui, find, out);
        ui.spacing_mut().item_spacing.x = 2.0;
        let query = &find.query;
        for (kind, sign, is_on) in [
            (CommandKind::FindCase, "Aa", query.match_case),
            (CommandKind::FindWord, "ab", query.whole_words),
            (CommandKind::FindAccents, "é", query.match_accents),
            (CommandKind::FindRegex, ".*", query.is_regex),
        ] {
            if switch(ui, kind, sign, is_on).clicked() {
                out.run(kind);
            }
        }
        ui.add_space(4.0);
        for (kind, sign) in [
            (CommandKind::FindPrevious, Sign::Left),
            (CommandKind::FindNext, Sign::Right),
        ] {
            let button = widgets::sign_button(ui, sign, kind.name(), true);
            widgets::ask(button, kind, None, out);
        }
        ui.spacing_mut().item_spacing.x = 6.0;
        let close = widgets::sign_button(ui, Sign::Close, "Close the find bar", true);
        if close.clicked() {
            out.send(Command::CloseFind);
            out.send(Command::Focus(Region::Reader));
        }
        close.on_hover_text("Close the find bar (Esc)");
        count(ui, find, article);
    }

    fn field(&mut self, ui: &mut Ui, find: &Find, out: &mut Outbox) {
        let id = Id::unique("find field");
        let mut query = find.query.clone();
        if ui.memory(|memory| memory.has_focus(id)) {
            query.words = keys(ui, find, out).unwrap_or(query.words);
        }
        let keep = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            tab: false,
        };
        let field = TextEdit::singleline(&mut query.words)
            .id(id)
            .hint_text("Find in the article")
            .align(Align2::LEFT_CENTER)
            .event_filter(keep)
            .desired_width(FIELD - 16.0)
            .min_size(vec2(FIELD, HEIGHT));
        let response = ui.add(field).accessible_name("Find in the article");
        if self.opened != find.opened {
            self.opened = find.opened;
            response.request_focus();
            select_all(ui, id, &query.words);
        }
        if query != find.query {
            out.send(Command::SetQuery(query));
        }
    }
}

/// The keys that are the bar's own while its field has the keyboard. Returns the earlier search that was asked for.
fn keys(ui: &Ui, find: &Find, out: &mut Outbox) -> Option<String> {
    let take = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if take(Modifiers::SHIFT, Key::Enter) {
        out.send(Command::StepHit(Direction::Back));
    }
    if take(Modifiers::NONE, Key::Enter) {
        out.send(Command::StepHit(Direction::Forward));
    }
    if take(Modifiers::NONE, Key::Escape) {
        ui.memory_mut(|memory| memory.surrender_focus(Id::unique("find field")));
        out.send(Command::Focus(Region::Reader));
    }
    let older = take(Modifiers::NONE, Key::ArrowUp);
    let newer = take(Modifiers::NONE, Key::ArrowDown);
    let at = find
        .recent
        .iter()
        .position(|words| *words == find.query.words);
    let wanted = match at {
        Some(at) if older => at + 1,
        Some(at) if newer => at.checked_sub(1)?,
        None if older => 0,
        _ => return None,
    };
    find.recent.get(wanted).cloned()
}

fn select_all(ui: &Ui, id: Id, words: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let whole = CCursorRange::two(CCursor::new(0), CCursor::new(words.chars().count()));
    state.cursor.set_char_range(Some(whole));
    state.store(ui.ctx(), id);
}

/// An option: pressed in, and framed, while it is on.
fn switch(ui: &mut Ui, kind: CommandKind, sign: &str, is_on: bool) -> Response {
    let colours = theme::theme(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(HEIGHT), Sense::click());
    let info = || WidgetInfo::selected(Role::CheckBox, true, is_on, kind.name());
    response.widget_info(info);
    if ui.is_rect_visible(rect) {
        let inner = rect.shrink(1.0);
        if is_on || response.hovered() {
            ui.painter().rect_filled(inner, theme::RADIUS, colours.row);
        }
        if is_on || response.has_focus() {
            let width = if response.has_focus() { 2.0 } else { 1.0 };
            let stroke = Stroke::new(width, colours.ring);
            let kind = StrokeKind::Inside;
            ui.painter().rect_stroke(inner, theme::RADIUS, stroke, kind);
        }
        let ink = if is_on { colours.ring } else { colours.muted };
        widgets::centred(ui, rect, sign, &theme::body(), ink);
        if kind == CommandKind::FindWord {
            let (left, right, y) = (rect.left() + 7.0, rect.right() - 7.0, rect.bottom() - 7.0);
            let foot = [
                pos2(left, y - 2.0),
                pos2(left, y),
                pos2(right, y),
                pos2(right, y - 2.0),
            ];
            ui.painter().line(foot.to_vec(), Stroke::new(1.0, ink));
        }
    }
    response.on_hover_text(widgets::tooltip_of(kind))
}

/// "3 of 17", or why there is nothing to count.
fn count(ui: &mut Ui, find: &Find, article: &OpenArticle) {
    if let Some(why) = &find.error {
        widgets::warning(ui, why).on_hover_text(why);
        return;
    }
    let words = match find.shown(article) {
        _ if find.query.is_empty() => return,
        None => "Searching…".to_owned(),
        Some(hits) => {
            let total = hits.spans.len();
            let all = match (total, hits.is_cut) {
                (0, _) => "No hit".to_owned(),
                (n, true) => format!("more than {}", grouped(n)),
                (n, false) => grouped(n),
            };
            match find.current(article) {
                Some((at, _)) => format!("{} of {all}", grouped(at + 1)),
                None if total == 1 => "1 hit".to_owned(),
                None if total > 1 => format!("{all} hits"),
                None => all,
            }
        }
    };
    let colours = theme::theme(ui);
    let text = RichText::new(words).text_style(theme::small());
    widgets::clipped(ui, text.color(colours.ink));
}

/// A number with its thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
