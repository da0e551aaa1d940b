//! What is shown: pages, regions, zoom, theme, settings, closing.

use super::Cx;
use crate::app::command::{Command, Setting};
use crate::app::focus::Direction;
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
                    Field::First | Field::Name | Field::Note => Region::Panel,
                    Field::Find => Region::Reader,
                };
                self.state.region = region;
                self.state.wants_field = Some(field);
                self.open_region(region);
            }
            Command::StepRegion(way) => self.step_region(way),
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
            Command::ToggleSuggestions(layer) => self.toggle_suggestions(layer),
            Command::ToggleTheme => {
                let dark = self.state.settings.theme == "dark";
                self.set(Setting::Theme(
                    if dark { "light" } else { "dark" }.to_owned(),
                ));
            }
            Command::Set(setting) => self.set(setting),
            Command::Dismiss(id) => {
                if let Some(notice) = self.state.notices.iter_mut().find(|n| n.id == id) {
                    notice.dismissed = true;
                }
            }
            Command::Quit => {
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

    fn set(&mut self, setting: Setting) {
        let settings = &mut self.state.settings;
        match setting {
            Setting::Coder(name) => settings.coder = name,
            Setting::Theme(theme) => settings.theme = theme,
            Setting::ReadingSize(size) => settings.reading_size = size.clamp(12.0, 32.0),
            Setting::ListWidth(width) => settings.left_width = width,
            Setting::PanelWidth(width) => settings.right_width = width,
            Setting::Window {
                width,
                height,
                x,
                y,
                maximised,
            } => {
                settings.window = crate::store::WindowPlace {
                    width,
                    height,
                    x,
                    y,
                    maximised,
                };
            }
        }
        self.save_settings();
    }

    pub(super) fn step_region(&mut self, way: Direction) {
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
