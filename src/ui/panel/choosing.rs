//! Choosing several rows of a list, as lists everywhere do it: Ctrl and a click, Shift and a click, Shift and the arrows,
//! Ctrl+A. What is then done to all of them is a command.

use egui::{Key, Modifiers, RichText, Ui};

use super::PanelView;
use super::head::LINE;
use super::lists::{Item, Row};
use crate::app::{Command, CommandKind, OpenArticle, Outbox, Region, State};
use crate::model::{Id, Layer};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{counted, tooltip_of, with_key};

impl PanelView {
    /// What is chosen belongs to the list: it is over when the keys are another region's.
    pub(super) fn end_choice(&self, state: &State, article: &OpenArticle, out: &mut Outbox) {
        if state.region != Region::Panel && !article.chosen.is_empty() {
            out.send(Command::Choose(Vec::new()));
        }
    }

    /// Ctrl+A, and Shift with an arrow. Whether the keys of this frame chose something.
    pub(super) fn choose_by_keys(
        &mut self,
        ui: &Ui,
        state: &State,
        article: &OpenArticle,
        out: &mut Outbox,
    ) {
        let count = self.lists.len(state, article, state.tab);
        let (all, by) = ui.input_mut(|input| {
            let mut pressed = |modifiers, key| input.consume_key(modifiers, key);
            let all = pressed(Modifiers::COMMAND, Key::A);
            let down = isize::from(pressed(Modifiers::SHIFT, Key::ArrowDown));
            (
                all,
                down - isize::from(pressed(Modifiers::SHIFT, Key::ArrowUp)),
            )
        });
        if all {
            out.send(Command::Choose(self.ids(
                state,
                article,
                0..=count.saturating_sub(1),
            )));
        } else if let (Some(here), true) = (self.place(state, article), by != 0) {
            let to = here.saturating_add_signed(by).min(count.saturating_sub(1));
            self.choose_to(state, article, to, out);
            self.scroll.reveal(to);
        }
    }

    /// A row was clicked with Ctrl or Shift held.
    pub(super) fn choose_by_click(
        &mut self,
        held: Modifiers,
        at: usize,
        state: &State,
        article: &OpenArticle,
        out: &mut Outbox,
    ) {
        if held.shift {
            return self.choose_to(state, article, at, out);
        }
        let clicked = self.ids(state, article, at..=at);
        let mut chosen = article.chosen.clone();
        if chosen.is_empty()
            && let Some(here) = self.place(state, article)
        {
            chosen.extend(self.ids(state, article, here..=here));
        }
        if clicked.iter().all(|id| chosen.contains(id)) {
            chosen.retain(|id| !clicked.contains(id));
        } else {
            chosen.extend(clicked);
        }
        out.send(Command::Choose(chosen.into_iter().collect()));
        self.anchor = None;
        self.cursor = self.item(state, article, at);
    }

    /// Chooses from the row where that was begun to this one.
    fn choose_to(&mut self, state: &State, article: &OpenArticle, to: usize, out: &mut Outbox) {
        if article.chosen.is_empty() || self.anchor.is_none() {
            self.anchor.clone_from(&self.cursor);
        }
        let place = |item: &Item| self.lists.place(state, article, state.tab, item);
        let from = self.anchor.as_ref().and_then(place).unwrap_or(to);
        let rows = from.min(to)..=from.max(to);
        out.send(Command::Choose(self.ids(state, article, rows)));
        self.cursor = self.item(state, article, to);
    }

    fn item(&self, state: &State, article: &OpenArticle, at: usize) -> Option<Item> {
        let row = self.lists.row(state, article, state.tab, at);
        row.map(|row| row.first())
    }

    /// What is tagged in these rows.
    fn ids(
        &self,
        state: &State,
        article: &OpenArticle,
        rows: std::ops::RangeInclusive<usize>,
    ) -> Vec<Id> {
        let rows = rows.filter_map(|at| self.lists.row(state, article, state.tab, at));
        let tagged = rows.flat_map(|row| match row {
            Row::Tagged(entry) if entry.count > 1 => entry.ids(article).cloned().collect(),
            Row::Tagged(entry) => vec![entry.first],
            Row::Suggested(_) | Row::Open(_) => Vec::new(),
        });
        tagged.collect()
    }
}

/// In place of the editor: what is chosen, and what can be done with all of it.
pub fn editor(ui: &mut Ui, article: &OpenArticle, out: &mut Outbox) {
    let count = article.chosen.len();
    ui.spacing_mut().item_spacing.y = 6.0;
    let title = RichText::new(format!("{count} chosen")).text_style(theme::strong());
    ui.label(title);
    let chosen = || {
        article
            .chosen
            .iter()
            .filter_map(|id| article.annotation(id))
    };
    let parts = Layer::ALL.map(|layer| (layer, chosen().filter(|a| a.layer == layer).count()));
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(layer, count)| counted(*count, layer.name()))
        .collect();
    let ink = theme(ui).muted;
    ui.label(RichText::new(parts.join(", ")).color(ink));
    ui.add_enabled_ui(article.readonly.is_none(), |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.set_min_height(LINE);
            for kind in [CommandKind::Retag, CommandKind::Delete] {
                let button = ui.button(with_key(kind.name(), kind));
                if button.on_hover_text(tooltip_of(kind)).clicked() {
                    out.run(kind);
                }
            }
            if ui.button("None (Esc)").clicked() {
                out.send(Command::Choose(Vec::new()));
            }
        });
    });
}
