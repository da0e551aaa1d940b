//! What is shown: pages, regions, zoom, theme, settings, closing.

use super::Cx;
use crate::app::catalogue::CommandKind;
use crate::app::command::{Command, Setting};
use crate::app::focus::Direction;
use crate::app::keymap::{Rebinding, Stage};
use crate::app::notice::Message;
use crate::app::state::{Closing, Field, Page, Region};

impl Cx<'_> {
    pub(super) fn run_view(&mut self, command: Command) {
        match command {
            Command::Show(page) => {
                if page != Some(Page::ReplaceExport) {
                    self.state.pending_export = None;
                }
                if page.is_none() && self.state.closing == Closing::WhenSaved {
                    self.state.closing = Closing::Open;
                }
                self.state.rebinding = None;
                self.state.page = page;
            }
            Command::Tab(tab) => self.state.tab = tab,
            Command::Focus(region) => {
                self.state.region = region;
                self.open_region(region);
            }
            Command::FocusField(field) => {
                let region = match field {
                    Field::Filter => Region::List,
                    Field::First | Field::Name | Field::Note | Field::Evidence => Region::Panel,
                    Field::Find => Region::Reader,
                };
                self.state.region = region;
                self.state.wants_field = Some(field);
                self.open_region(region);
            }
            Command::StepRegion(way) => self.step_region(way),
            Command::OpenMenu => {
                self.state.pick = None;
                self.state.wants_menu = true;
            }
            Command::ToggleList => {
                self.state.settings.list_open ^= true;
                self.save_settings();
            }
            Command::TogglePanel => {
                self.state.settings.panel_open ^= true;
                self.save_settings();
            }
            Command::Zoom(zoom) => {
                self.state.settings.zoom = zoom;
                self.say(format!("{:.0} %", zoom * 100.0));
                self.save_settings();
            }
            Command::InView(span) => self.state.in_view = Some(span),
            Command::InViewBeside(span) => {
                if let Some(beside) = &mut self.state.beside {
                    beside.in_view = Some(span);
                }
            }
            Command::Narrow(is_narrow) => self.state.is_narrow = is_narrow,
            Command::Undrawn if !self.state.knows_undrawn => {
                self.state.knows_undrawn = true;
                self.notify(Message::undrawn());
            }
            Command::Undrawn => {}
            Command::ToggleSuggestions(layer) => self.toggle_suggestions(layer),
            Command::ToggleTheme => {
                let dark = self.state.settings.theme == "dark";
                self.set(Setting::Theme(
                    if dark { "light" } else { "dark" }.to_owned(),
                ));
            }
            Command::OnlyText => {
                self.state.only_text ^= true;
                self.state.region = Region::Reader;
                let way = if self.state.only_text {
                    "Only the text"
                } else {
                    "Everything is back"
                };
                self.say(format!(
                    "{way}. {} changes it.",
                    self.state.keymap.taught(CommandKind::OnlyText)
                ));
            }
            Command::Set(setting) => self.set(setting),
            Command::AskKey(kind) => {
                let stage = Stage::Waiting;
                self.state.rebinding = kind.map(|kind| Rebinding { kind, stage });
            }
            Command::TakeKey(key) => self.take_key(key),
            Command::Dismiss(id) => {
                if let Some(notice) = self.state.notices.iter_mut().find(|n| n.id == id) {
                    notice.dismissed = true;
                }
            }
            Command::Quit => {
                self.remember_views();
                self.remember_place();
                if self.state.unsaved().is_empty() {
                    self.state.closing = Closing::Now;
                } else {
                    self.state.closing = Closing::WhenSaved;
                    for doc in self.state.unsaved() {
                        self.save(&doc);
                    }
                }
            }
            Command::QuitAnyway => self.state.closing = Closing::Now,
            // Every other command has its arm in `run`.
            _ => {}
        }
    }

    pub(super) fn step_region(&mut self, way: Direction) {
        if self.steps_beside(way) {
            return self.other_article();
        }
        const ORDER: [Region; 3] = [Region::List, Region::Reader, Region::Panel];
        let at = ORDER
            .iter()
            .position(|r| *r == self.state.region)
            .unwrap_or(1);
        let next = match way {
            Direction::Forward => ORDER[(at + 1) % ORDER.len()],
            Direction::Back => ORDER[(at + ORDER.len() - 1) % ORDER.len()],
        };
        self.state.region = next;
        self.open_region(next);
    }

    /// A region that gets the focus is shown.
    fn open_region(&mut self, region: Region) {
        match region {
            Region::List => self.state.settings.list_open = true,
            Region::Panel => self.state.settings.panel_open = true,
            Region::Reader => {}
        }
    }
}
