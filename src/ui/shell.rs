//! The window's loop: keys and regions ask, `app` decides, jobs carry out, events come back.
//!
//! The same `show` runs in the real window and in tests without one. Where the regions stand is `layout`'s.
//!
//! *Limitations*: on desktops that do not tell their theme, "system" means light.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, Id, Key, PointerButton, Popup, Ui, ViewportCommand};

use super::keys::Keys;
use super::layout::{self, Layout};
use super::place::Place;
use super::readers::{self, Readers};
use super::start::StartView;
use super::theme::Look;
use super::toasts::{self, Toasts};
use super::{library, pages, panel, reader, strip, taught, theme, widgets};
use crate::app::{
    self, Closing, Command, CommandKind, Desktop, Effect, Env, Jobs, Notice, Outbox, Region,
    Setting, Severity, State,
};
use crate::store::Settings;

/// The window's content: the state and everything that dies with the window.
pub struct Shell {
    /// What is shown.
    pub state: State,
    env: Env,
    jobs: Jobs,
    keeps_settings: bool,
    keys: Keys,
    out: Outbox,
    pub(super) views: Views,
    layout: Layout,
    title: String,
    look: Option<Look>,
    /// Whether the window fills the screen because there is only the text.
    is_alone: bool,
    /// The widget that a region's keys go to, as of the last frame.
    home: Option<Id>,
    /// Frames in which a field was wished for and no field had the keyboard.
    wish_unmet: u8,
    place: Place,
}

/// What the regions remember.
#[derive(Default)]
pub(super) struct Views {
    pub(super) readers: Readers,
    pub(super) library: library::LibraryView,
    pub(super) panel: panel::PanelView,
    pub(super) pages: pages::PagesView,
    pub(super) start: StartView,
    pub(super) find: strip::FindBar,
    pub(super) toasts: Toasts,
}

impl Shell {
    /// Dresses the window and opens what is asked for, or else the last folder.
    ///
    /// `state` is the folder for backups and for what could not be saved.
    pub fn new(
        ctx: &Context,
        settings: Settings,
        target: Option<PathBuf>,
        desktop: Arc<dyn Desktop>,
        mut env: Env,
        state: Option<PathBuf>,
    ) -> Self {
        ctx.options_mut(|options| {
            // Zoom is a command like any other, and remembered.
            options.zoom_with_keyboard = false;
        });
        let waker = ctx.clone();
        let jobs = Jobs::new(Arc::new(move || waker.request_repaint()), desktop, state);
        let target = target.or_else(|| settings.last_folder.clone());
        let place = Place::new(&settings.window);
        let mut shell = Self {
            state: app::begin(settings, &mut env),
            env,
            jobs,
            keeps_settings: true,
            keys: Keys::default(),
            out: Outbox::default(),
            views: Views::default(),
            layout: Layout::default(),
            title: String::new(),
            look: None,
            is_alone: false,
            home: None,
            wish_unmet: 0,
            place,
        };
        shell.dress(ctx);
        shell.jobs.follow_theme();
        if let Some(path) = target {
            shell.run(ctx, Command::Open(path));
        }
        shell
    }

    /// Leaves the settings on the disk as they are: for tests.
    pub fn forget_settings(&mut self) {
        self.keeps_settings = false;
    }

    /// Says that the last run ended with a crash.
    pub fn report_crash(&mut self, note: String) {
        let id = self.state.notices.last().map_or(1, |notice| notice.id + 1);
        self.state.notices.push(Notice {
            id,
            severity: Severity::Problem,
            summary: "Pressmark ended unexpectedly the last time.".to_owned(),
            details: note,
            hint: "What was called saved is saved. The details can be copied into a report."
                .to_owned(),
            action: None,
            at: self.env.wall_clock(),
            dismissed: false,
        });
    }

    /// One frame.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.take_events(&ctx);
        self.take_window_input(&ctx);
        self.take_keys(&ctx);
        self.dress(&ctx);

        layout::show(
            ui,
            &self.state,
            &mut self.layout,
            &mut self.views,
            &mut self.out,
        );
        match self.layout.notices(&self.state) {
            toasts::Place::UnderText => {}
            place => {
                let toasts = &mut self.views.toasts;
                toasts.show(&ctx, &self.state, place, &mut self.out);
            }
        }
        self.views.pages.show(ui, &self.state, &mut self.out);
        layout::drop_overlay(&ctx);
        self.state.wants_menu = false;
        widgets::ring_of_field(&ctx);

        self.give_focus(&ctx);
        let asked = self.out.take();
        if !asked.is_empty() {
            // What was asked for while drawing shows in the next frame.
            ctx.request_repaint();
        }
        for command in asked {
            self.run(&ctx, command);
        }
        self.entitle(&ctx);
        self.remember_window(&ctx);
        self.keys.end(&ctx, &regions());
        if self.state.closing == Closing::Now {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Carries out what was asked for, from here or from a test.
    pub fn run(&mut self, ctx: &Context, command: Command) {
        let command = match command {
            // What is dark now: the settings may say "as the system".
            Command::Run(CommandKind::ToggleTheme) => {
                let look = Look::of(&self.state.settings);
                let is_dark = ctx.theme() == egui::Theme::Dark;
                let theme = match (look.contrast, is_dark) {
                    (false, true) => "light",
                    (false, false) => "dark",
                    (true, true) => "contrast-light",
                    (true, false) => "contrast-dark",
                };
                Command::Set(Setting::Theme(theme.to_owned()))
            }
            other => other,
        };
        let Some(command) = self.layout.fitted(command, &self.state) else {
            return;
        };
        let effects = app::update(&mut self.state, command, &mut self.env);
        self.carry_out(ctx, effects);
    }

    fn take_events(&mut self, ctx: &Context) {
        for event in self.jobs.poll() {
            if matches!(event, app::Event::NoDialog) && self.state.page.is_none() {
                self.layout.asks_path = self.state.folder.is_some();
                self.views.start.ask_path();
            }
            let effects = app::handle(&mut self.state, event, &mut self.env);
            self.carry_out(ctx, effects);
        }
    }

    fn carry_out(&mut self, ctx: &Context, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Copy(text) => ctx.copy_text(text),
                Effect::SaveSettings(_) if !self.keeps_settings => {}
                effect => self.jobs.start(effect, self.state.generation),
            }
        }
    }

    /// Each key is carried out before the next one is read: what it means depends on what the first one did.
    fn take_keys(&mut self, ctx: &Context) {
        self.keys.begin(ctx, &self.state.keymap);
        taught::teach(&self.state.keymap);
        let regions = regions();
        while let Some(command) = self.keys.next(ctx, &self.state, &regions) {
            let (page, wish) = (self.state.page, self.state.wants_field);
            self.run(ctx, command);
            let opens = self.state.page != page
                || (self.state.wants_field.is_some() && self.state.wants_field != wish);
            if opens {
                self.keys.hold(ctx);
                break;
            }
        }
    }

    /// Closing, files that are dropped on the window, and the mouse’s buttons for back and forward.
    fn take_window_input(&mut self, ctx: &Context) {
        for (button, kind) in [
            (PointerButton::Extra1, CommandKind::PlaceBack),
            (PointerButton::Extra2, CommandKind::PlaceForward),
        ] {
            let is_pressed = ctx.input(|input| input.pointer.button_pressed(button));
            if is_pressed && self.state.page.is_none() {
                self.run(ctx, Command::Run(kind));
            }
        }
        let (closes, dropped) = ctx.input(|input| {
            let dropped = input
                .raw
                .dropped_files
                .first()
                .map(|file| file.path().to_owned());
            (input.viewport().close_requested(), dropped)
        });
        if let Some(path) = dropped.filter(|path| !path.as_os_str().is_empty()) {
            self.run(ctx, Command::Open(path));
        }
        if closes && self.state.closing != Closing::Now {
            self.run(ctx, Command::Run(CommandKind::Quit));
            if self.state.closing != Closing::Now {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            }
        }
    }

    /// Theme and zoom as the settings say.
    fn dress(&mut self, ctx: &Context) {
        let settings = &self.state.settings;
        let look = Look::of(settings);
        if self.look != Some(look) {
            theme::install(ctx, look, self.look);
            self.look = Some(look);
        }
        if self.is_alone != self.state.only_text {
            self.is_alone = self.state.only_text;
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(self.is_alone));
        }
        // Where the window system does not tell its theme, the desktop may.
        let fallback = match self.state.is_desktop_dark {
            true => egui::Theme::Dark,
            false => egui::Theme::Light,
        };
        if ctx.options(|options| options.fallback_theme) != fallback {
            ctx.options_mut(|options| options.fallback_theme = fallback);
            ctx.request_repaint();
        }
        if (ctx.zoom_factor() - settings.zoom).abs() > 0.001 {
            ctx.set_zoom_factor(settings.zoom);
        }
    }

    /// The region that owns the keys also has egui's focus, unless a field, a menu or a page has it.
    fn give_focus(&mut self, ctx: &Context) {
        let in_field = ctx.text_edit_focused();
        // A wish for a field lasts until the field has had the keyboard and lost it, or nobody fulfils it.
        self.wish_unmet = if in_field || self.state.wants_field.is_none() {
            0
        } else {
            self.wish_unmet + 1
        };
        let wishes = self.state.wants_field.is_some();
        if self.wish_unmet > 1 {
            self.state.wants_field = None;
        }
        let id = focus_id(&self.state);
        if in_field {
            // Whoever comes into a region by one of its fields goes on from there.
            self.home = Some(id);
        }
        let is_new = self.home != Some(id);
        let no_regions = self.state.folder.is_none();
        if no_regions
            || self.state.page.is_some()
            || Popup::is_any_open(ctx)
            || (wishes && self.wish_unmet <= 1)
        {
            if wishes && !in_field {
                ctx.request_repaint();
            }
            return;
        }
        self.home = Some(id);
        let focused = ctx.memory(egui::Memory::focused);
        let is_tab = ctx.input(|input| input.key_pressed(Key::Tab));
        if is_tab && !is_new && focused != Some(id) {
            self.follow_tab(ctx, focused);
        }
        if focused.is_none() || (is_new && !in_field && focused != Some(id)) {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }

    /// Tab left a region by its last control and came to another one: the keys are that one's now.
    fn follow_tab(&mut self, ctx: &Context, focused: Option<Id>) {
        let at = regions().iter().position(|id| Some(*id) == focused);
        let region = match at {
            Some(0) => Region::List,
            Some(1 | 2) => Region::Reader,
            Some(_) => Region::Panel,
            None => return,
        };
        self.run(ctx, Command::Focus(region));
        if region == Region::Reader && Some(focus_id(&self.state)) != focused {
            self.run(ctx, Command::OtherArticle);
        }
        self.home = Some(focus_id(&self.state));
    }

    /// "• Article – Folder – Pressmark"; the point while something is not saved.
    fn entitle(&mut self, ctx: &Context) {
        let mut parts: Vec<String> = self
            .state
            .article()
            .map(app::OpenArticle::title)
            .into_iter()
            .collect();
        parts.extend(self.state.folder.as_ref().map(app::Folder::name));
        parts.push("Pressmark".to_owned());
        let mark = if self.state.unsaved().is_empty() {
            ""
        } else {
            "• "
        };
        let title = format!("{mark}{}", parts.join(" – "));
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Keeps the window's size and place for the next start.
    fn remember_window(&mut self, ctx: &Context) {
        let closes = self.state.closing != Closing::Open;
        let kept = self.state.settings.window;
        if let Some(place) = self.place.follow(ctx, kept, closes) {
            self.run(ctx, Command::Set(Setting::Window(place)));
        }
    }
}

/// The widgets of all regions.
fn regions() -> [Id; 4] {
    let [left, right] = reader::FOCUS_IDS;
    [library::FOCUS_ID, left, right, panel::FOCUS_ID].map(Id::unique)
}

/// The widget that has egui's focus while the region owns the keys.
pub(super) fn focus_id(state: &State) -> Id {
    match state.region {
        Region::List => Id::unique(library::FOCUS_ID),
        Region::Reader => readers::focus_id(state),
        Region::Panel => Id::unique(panel::FOCUS_ID),
    }
}

impl eframe::App for Shell {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        // Also while the window is hidden: what was typed is saved all the same.
        self.take_events(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
