//! The pages over the window: palette, help, settings, export, messages, and the questions that need an answer.
//!
//! Which one is shown is `state.page`; here they are drawn, one at a time, on a sheet that keeps the keyboard inside.
//! Escape closes them and is read by `ui::keys`; the region that had the keyboard gets it back.

mod about;
mod codebook;
mod everywhere;
mod export;
mod help;
mod key_list;
mod notices;
mod outside;
mod palette;
mod places;
mod preview;
mod question;
mod settings;
mod sheet;
mod unreadable;

use egui::Ui;

use crate::app::{Outbox, Page, State};

/// What the pages remember while the window is open.
#[derive(Debug, Default)]
pub struct PagesView {
    palette: palette::Palette,
    help: help::Help,
    settings: settings::SettingsPage,
    codebook: codebook::CodebookPage,
    export: export::ExportPage,
    everywhere: everywhere::EverywherePage,
    shown: Option<Page>,
}

impl PagesView {
    /// Draws the page that is open, if any, over everything.
    pub fn show(&mut self, ui: &mut Ui, state: &State, out: &mut Outbox) {
        let is_new = self.shown != state.page;
        if is_new && state.page.is_none() {
            give_back(ui, state);
        }
        if !matches!(state.page, Some(Page::Palette | Page::GoTo)) {
            self.palette.close();
        }
        if state.page != Some(Page::Settings) {
            self.settings.close(state, out);
        }
        if state.page != Some(Page::Codebook) {
            self.codebook.close(state, out);
        }
        self.shown = state.page;
        let Some(page) = state.page else {
            return;
        };
        match page {
            Page::Palette | Page::GoTo => self.palette.show(ui, state, page, out),
            Page::Help => self.help.show(ui, state, out),
            Page::Settings => self.settings.show(ui, state, out),
            Page::Codebook => self.codebook.show(ui, state, is_new, out),
            Page::Export => self.export.show(ui, state, is_new, out),
            Page::Notices => notices::show(ui, state, out),
            Page::About => about::show(ui, out),
            Page::Unreadable => unreadable::show(ui, state, out),
            Page::Outside => outside::show(ui, state, out),
            Page::Everywhere => self.everywhere.show(ui, state, out),
            Page::CloseUnsaved => question::close_unsaved(ui, state, is_new, out),
            Page::Rescued => question::rescued(ui, state, is_new, out),
            Page::ReplaceExport => question::replace_export(ui, state, is_new, out),
        }
    }
}

/// Gives the keyboard back to the region that keys go to.
fn give_back(ui: &Ui, state: &State) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let id = crate::ui::shell::focus_id(state);
    ui.memory_mut(|memory| memory.request_focus(id));
}
