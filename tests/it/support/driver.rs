//! The window without a screen: opens a folder, presses keys, waits for the jobs.
//!
//! Keys go through the window's own code, in the shape in which the platform sends them (the key, and the text that it
//! types, in one frame), and are counted. What the files then hold is for the tests to read.

use std::cell::{Ref, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, HarnessBuilder};
use pressmark::app::{Desktop, Env, NoDialog, Progress, State};
use pressmark::store::Settings;
use pressmark::ui::Shell;

/// Longer than any job of a test takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

type Slot = Rc<RefCell<Option<Shell>>>;

/// Answers what the test put in, and nothing else.
#[derive(Default)]
pub struct FakeDesktop {
    /// The next answer; `None` inside is Cancel, none at all is a desktop without dialogs.
    pub answer: Mutex<Option<Option<PathBuf>>>,
    /// Whether the desktop is dark, as the test has it.
    themes: Mutex<Option<Receiver<bool>>>,
}

impl Desktop for FakeDesktop {
    fn pick_folder(&self, _title: &str) -> Result<Option<PathBuf>, NoDialog> {
        self.answer
            .lock()
            .expect("no test panics while it answers")
            .take()
            .ok_or(NoDialog)
    }

    fn follow_theme(&self, tell: &dyn Fn(bool)) {
        let themes = self.themes.lock().expect("nobody else asks").take();
        themes.into_iter().flatten().for_each(tell);
    }
}

/// The settings of somebody who has given a name.
fn usual() -> Settings {
    Settings {
        coder: "am".to_owned(),
        ..Settings::default()
    }
}

/// A window that is driven by keys.
pub struct Driver {
    pub harness: Harness<'static, Slot>,
    pub desktop: Arc<FakeDesktop>,
    presses: usize,
}

impl Driver {
    /// A window without a folder.
    pub fn start() -> Self {
        Self::with(None, egui::vec2(1280.0, 800.0))
    }

    /// A window on a folder or file, once everything in it is read.
    pub fn open(target: &Path) -> Self {
        let mut driver = Self::with(Some(target.to_owned()), egui::vec2(1280.0, 800.0));
        driver.settle();
        driver
    }

    /// The same, with a folder for the user's state, as at home.
    pub fn open_keeping(target: &Path, state: &Path) -> Self {
        let builder = Harness::builder().with_size(egui::vec2(1280.0, 800.0));
        let (target, state) = (Some(target.to_owned()), Some(state.to_owned()));
        let mut driver = Self::build(target, builder, state, usual());
        driver.settle();
        driver
    }

    /// A window of another size.
    pub fn with(target: Option<PathBuf>, size: egui::Vec2) -> Self {
        Self::build(target, Harness::builder().with_size(size), None, usual())
    }

    /// A window that was used before: on its last folder, with the settings that it left.
    pub fn with_settings(settings: Settings, size: egui::Vec2) -> Self {
        let mut driver = Self::build(None, Harness::builder().with_size(size), None, settings);
        driver.settle();
        driver
    }

    /// A window on a desktop that is dark or light as it is told.
    pub fn on_desktop(themes: Receiver<bool>) -> Self {
        let builder = Harness::builder().with_size(egui::vec2(1280.0, 800.0));
        let desktop = FakeDesktop {
            themes: Mutex::new(Some(themes)),
            ..FakeDesktop::default()
        };
        Self::build_on(desktop, None, builder, None, usual())
    }

    /// A window on a folder whose articles may hold what no bundled font can draw.
    pub fn with_any_script(target: PathBuf) -> Self {
        let builder = Harness::builder().with_size(egui::vec2(1280.0, 800.0));
        Self::build(Some(target), builder.allow_missing_glyphs(), None, usual())
    }

    fn build(
        target: Option<PathBuf>,
        builder: HarnessBuilder<Slot>,
        state: Option<PathBuf>,
        settings: Settings,
    ) -> Self {
        Self::build_on(FakeDesktop::default(), target, builder, state, settings)
    }

    fn build_on(
        desktop: FakeDesktop,
        target: Option<PathBuf>,
        builder: HarnessBuilder<Slot>,
        state: Option<PathBuf>,
        settings: Settings,
    ) -> Self {
        let slot = Slot::default();
        let desktop = Arc::new(desktop);
        let (made, asks) = (slot.clone(), desktop.clone());
        let harness = builder
            .with_context_setup(move |ctx| {
                let mut shell = Shell::new(ctx, settings, target, asks, Env::fixed(7), state);
                shell.forget_settings();
                *made.borrow_mut() = Some(shell);
            })
            .build_ui_state(
                |ui, slot: &mut Slot| {
                    if let Some(shell) = slot.borrow_mut().as_mut() {
                        shell.show(ui);
                    }
                },
                slot,
            );
        Self {
            harness,
            desktop,
            presses: 0,
        }
    }

    /// The state of the window.
    pub fn state(&self) -> Ref<'_, State> {
        Ref::map(self.harness.state().borrow(), |shell| {
            &shell.as_ref().expect("made at the start").state
        })
    }

    /// How many keys were pressed so far. A key with its modifiers is one.
    pub fn presses(&self) -> usize {
        self.presses
    }

    /// Presses keys, written as in the catalogue or with arrows, with spaces between: `"→ → C Shift+Q Ctrl+Z 1"`.
    #[track_caller]
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.press(key);
        }
        self
    }

    /// Types a text, a press for each character.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            let key = egui::Key::from_name(&character.to_uppercase().to_string());
            self.send(key, egui::Modifiers::NONE, Some(character.to_string()));
        }
        self
    }

    #[track_caller]
    fn press(&mut self, name: &str) {
        let mut modifiers = egui::Modifiers::NONE;
        let mut rest = name;
        while let Some((modifier, after)) =
            rest.split_once('+').filter(|(_, after)| !after.is_empty())
        {
            modifiers |= match modifier {
                "Ctrl" => egui::Modifiers::COMMAND | egui::Modifiers::CTRL,
                "Shift" => egui::Modifiers::SHIFT,
                "Alt" => egui::Modifiers::ALT,
                _ => panic!("{name}: no such modifier"),
            };
            rest = after;
        }
        let rest = match rest {
            "→" => "ArrowRight",
            "←" => "ArrowLeft",
            "↑" => "ArrowUp",
            "↓" => "ArrowDown",
            "Esc" => "Escape",
            "Del" => "Delete",
            other => other,
        };
        if modifiers.command && !modifiers.shift && rest == "C" {
            self.presses += 1;
            self.frame(vec![egui::Event::Copy]);
            return;
        }
        let mut characters = rest.chars();
        let text = match (characters.next(), characters.next()) {
            _ if modifiers.command => None,
            (Some(only), None) if modifiers.shift => Some(only.to_uppercase().to_string()),
            (Some(only), None) => Some(only.to_lowercase().to_string()),
            _ if rest == "Space" => Some(" ".to_owned()),
            _ => None,
        };
        let key = match rest {
            "*" => Some(egui::Key::Num8),
            other => egui::Key::from_name(other),
        };
        assert!(key.is_some() || text.is_some(), "{name}: no such key");
        if rest == "*" {
            modifiers |= egui::Modifiers::SHIFT;
        }
        self.send(key, modifiers, text);
    }

    /// One press as the platform reports it: down with its text in one frame, up in the next.
    fn send(&mut self, key: Option<egui::Key>, modifiers: egui::Modifiers, text: Option<String>) {
        self.presses += 1;
        let event = |pressed: bool| {
            key.map(|key| egui::Event::Key {
                key,
                physical_key: Some(key),
                pressed,
                repeat: false,
                modifiers,
            })
        };
        let mut down = vec![egui::Event::ModifiersChanged(modifiers)];
        down.extend(event(true));
        down.extend(text.map(egui::Event::Text));
        self.frame(down);
        let mut up: Vec<_> = event(false).into_iter().collect();
        up.push(egui::Event::ModifiersChanged(egui::Modifiers::NONE));
        self.frame(up);
        // What a region asked for while drawing is shown in the frame after.
        self.frame(Vec::new());
    }

    /// One frame with some input.
    pub fn frame(&mut self, events: Vec<egui::Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.run_steps(1);
    }

    /// Sends a command as a panel would, for what has no key.
    pub fn send_command(&mut self, command: pressmark::app::Command) {
        let slot = self.harness.state().clone();
        let ctx = self.harness.ctx.clone();
        if let Some(shell) = slot.borrow_mut().as_mut() {
            shell.run(&ctx, command);
        }
        self.frame(Vec::new());
    }

    /// Waits until everything is read, found and saved.
    #[track_caller]
    pub fn settle(&mut self) -> &mut Self {
        let since = Instant::now();
        self.frame(Vec::new());
        while !self.is_settled() {
            assert!(
                since.elapsed() < PATIENCE,
                "still busy: {:?} {:?}",
                self.state().work,
                self.state().unsaved()
            );
            std::thread::sleep(Duration::from_millis(2));
            self.frame(Vec::new());
        }
        self.frame(Vec::new());
        self
    }

    /// Waits until something is so: what other programs do to the folder is noticed in its own time.
    #[track_caller]
    pub fn until(&mut self, what: &str, mut is_so: impl FnMut(&State) -> bool) -> &mut Self {
        let since = Instant::now();
        while !is_so(&self.state()) {
            let summaries = |s: &State| -> Vec<String> {
                s.notices.iter().map(|n| n.summary.clone()).collect()
            };
            assert!(
                since.elapsed() < PATIENCE,
                "waited for {what}; it said {:?}",
                summaries(&self.state())
            );
            std::thread::sleep(Duration::from_millis(2));
            self.frame(Vec::new());
        }
        self.frame(Vec::new());
        self
    }

    fn is_settled(&self) -> bool {
        let state = self.state();
        let is_found = state.articles.values().all(|a| a.awaits.is_none())
            && state
                .beside
                .as_ref()
                .is_none_or(|beside| state.articles.contains_key(&beside.key));
        let has_article = state
            .folder
            .as_ref()
            .is_none_or(|folder| folder.rows.is_empty())
            || state.current.is_some();
        let everywhere = state.everywhere.as_ref();
        let is_found_everywhere = everywhere.is_none_or(|e| e.progress == Progress::Choosing);
        state.work.is_none()
            && !state.find.is_searching()
            && is_found_everywhere
            && state.loading.is_none()
            && state.unsaved().is_empty()
            && is_found
            && has_article
    }

    /// Clicks what has this label.
    #[track_caller]
    pub fn click(&mut self, label: &str) -> &mut Self {
        // What has just come up finds its place in its second frame.
        self.frame(Vec::new());
        self.frame(Vec::new());
        self.harness.get_by_label(label).click();
        self.harness.step();
        self.frame(Vec::new());
        self
    }

    /// Whether something with this label is on the screen.
    pub fn shows(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    /// Whether some label on the screen contains these words.
    pub fn says(&self, words: &str) -> bool {
        self.harness
            .query_all_by_label_contains(words)
            .next()
            .is_some()
    }
}
