//! What a frame of the whole window costs in articles of very different size: CPU time of the window's thread.
//!
//! The real `Shell::show` with tessellation, without a screen. After each figure of criterion stand the median and the
//! slowest of a hundred; at the end, how the median grows with the article (the slope of log time on log size).
//!
//! *Limitations*: what the graphics driver does is not in it. Where the kernel does not tell a thread's CPU time, the
//! time on the wall is taken.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::Criterion;
use egui::{Event, Key, Modifiers, Pos2, RawInput, Rect, vec2};
use pressmark::app::{Command, Desktop, Env, Level, NoDialog, State, Tab};
use pressmark::store::Settings;
use pressmark::ui::Shell;

use crate::giant::{self, Shape};

/// Sizes of articles with the tags in them, three decades: a tag in 200 bytes, as in news that is tagged through.
const SIZES: [(&str, usize, usize); 4] = [
    ("10 kB", 10_000, 50),
    ("100 kB", 100_000, 500),
    ("1 MB", 1_000_000, 5_000),
    ("10 MB", 10_000_000, 50_000),
];

/// CPU time of this thread, as the scheduler counts it.
struct Clock {
    file: Option<File>,
    since: Instant,
}

impl Clock {
    fn new() -> Self {
        Self {
            file: File::open("/proc/thread-self/schedstat").ok(),
            since: Instant::now(),
        }
    }

    fn now(&mut self) -> Duration {
        // The scheduler brings the figure up to date when the thread offers to yield.
        std::thread::yield_now();
        let mut told = String::new();
        let nanoseconds = self.file.as_mut().and_then(|file| {
            file.rewind().ok()?;
            file.read_to_string(&mut told).ok()?;
            told.split(' ').next()?.parse().ok()
        });
        nanoseconds.map_or_else(|| self.since.elapsed(), Duration::from_nanos)
    }
}

struct NoDesktop;

impl Desktop for NoDesktop {
    fn pick_folder(&self, _title: &str) -> Result<Option<PathBuf>, NoDialog> {
        Err(NoDialog)
    }
}

/// The window without a screen, on a folder of its own.
pub struct Window {
    ctx: egui::Context,
    shell: Shell,
    clock: Clock,
    /// Seconds since the window opened, sixty frames each.
    time: f64,
    /// How often a scenario has run.
    step: usize,
    /// The slowest frame until everything was there.
    pub slowest_opening: Duration,
    _folder: tempfile::TempDir,
}

impl Window {
    /// Opens an article and waits until everything about it is found.
    pub fn open(shape: Shape, tags: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        giant::write(folder.path(), shape, tags);
        let ctx = egui::Context::default();
        let settings = Settings {
            coder: "am".to_owned(),
            ..Settings::default()
        };
        let target = Some(folder.path().to_owned());
        let mut shell = Shell::new(
            &ctx,
            settings,
            target,
            Arc::new(NoDesktop),
            Env::real(),
            None,
        );
        shell.forget_settings();
        let mut window = Self {
            ctx,
            shell,
            clock: Clock::new(),
            time: 0.0,
            step: 0,
            slowest_opening: Duration::ZERO,
            _folder: folder,
        };
        // The first frame of all makes fonts: no article is to blame for it.
        window.frame(Vec::new());
        while !window.is_settled() {
            let cost = window.frame(Vec::new());
            window.slowest_opening = window.slowest_opening.max(cost);
            std::thread::sleep(Duration::from_millis(1));
        }
        window.rest();
        window
    }

    fn state(&self) -> &State {
        &self.shell.state
    }

    fn is_settled(&self) -> bool {
        let state = self.state();
        let has_found =
            |a: &pressmark::app::OpenArticle| a.awaits.is_none() && a.analysis.is_some();
        state.article().is_some_and(has_found) && state.unsaved().is_empty()
    }

    /// Frames without input until nothing moves any more.
    fn rest(&mut self) {
        for _ in 0..30 {
            self.frame(Vec::new());
        }
    }

    /// One frame with some input, and what it took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.frame_after(events, None)
    }

    /// One frame in which something was asked for, and what both took.
    fn frame_after(&mut self, events: Vec<Event>, command: Option<Command>) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let began = self.clock.now();
        if let Some(command) = command {
            self.shell.run(&self.ctx, command);
        }
        let mut output = self.ctx.run_ui(input, |ui| self.shell.show(ui));
        output.textures_delta.clear();
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(meshes);
        self.clock.now() - began
    }

    fn press(&mut self, key: Key, modifiers: Modifiers) -> Duration {
        let event = |pressed| Event::Key {
            key,
            physical_key: Some(key),
            pressed,
            repeat: false,
            modifiers,
        };
        let mut events = vec![event(true)];
        if modifiers.is_none() && key.name().len() == 1 {
            events.push(Event::Text(key.name().to_lowercase()));
        }
        let down = self.frame(events);
        down.max(self.frame(vec![event(false)]))
    }

    fn ask(&mut self, command: Command) -> Duration {
        let asked = self.frame_after(Vec::new(), Some(command));
        asked.max(self.frame(Vec::new()))
    }

    /// A place of the text, another one each time.
    fn somewhere(&self) -> usize {
        let length = self.state().article().map_or(1, |a| a.source.len());
        self.step.wrapping_mul(2_654_435_761) % length
    }
}

/// What is done again and again.
type Scenario = (&'static str, fn(&mut Window) -> Duration);

const SCENARIOS: [Scenario; 15] = [
    ("at rest", |w| w.frame(Vec::new())),
    ("scrolling by the wheel", |w| {
        let wheel = Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, if w.step % 400 < 200 { -60.0 } else { 60.0 }),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        w.frame(vec![Event::PointerMoved(Pos2::new(600.0, 400.0)), wheel])
    }),
    ("dragging the scroll bar", |w| {
        // The bar is the last column of the reader, left of the panel.
        // Nearly half of the bar at a time: every frame shows text that the one before did not, also in a small article.
        let y = 60.0 + (w.step * 251 % 600) as f32;
        let at = Pos2::new(956.0, y);
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let events = match w.step % 64 {
            0 => vec![Event::PointerMoved(at), button(true)],
            63 => vec![button(false)],
            _ => vec![Event::PointerMoved(at)],
        };
        w.frame(events)
    }),
    ("turning pages", |w| {
        // From another place every few pages: at its end a small article has none left to turn.
        if w.step.is_multiple_of(3) {
            w.ask(Command::FocusAt(w.somewhere(), Level::Sentence));
        }
        w.press(Key::PageDown, Modifiers::NONE)
    }),
    ("to the end and to the start", |w| {
        let key = if w.step.is_multiple_of(2) {
            Key::End
        } else {
            Key::Home
        };
        w.press(key, Modifiers::CTRL | Modifiers::COMMAND)
    }),
    ("jumping anywhere", |w| {
        w.ask(Command::FocusAt(w.somewhere(), Level::Sentence))
    }),
    ("selecting with Shift and arrows", |w| {
        if w.step.is_multiple_of(100) {
            w.ask(Command::FocusAt(w.somewhere(), Level::Word));
        }
        w.press(Key::ArrowRight, Modifiers::SHIFT)
    }),
    ("walking what is tagged and suggested", |w| {
        // From another place now and then: behind the last one Tab leaves the text.
        if w.step.is_multiple_of(8) {
            w.ask(Command::FocusAt(w.somewhere(), Level::Sentence));
        }
        w.press(Key::Tab, Modifiers::NONE)
    }),
    ("tagging a claim and what follows", |w| {
        w.ask(Command::FocusAt(w.somewhere(), Level::Sentence));
        w.press(Key::C, Modifiers::NONE)
    }),
    ("tagging a person and what follows", |w| {
        w.ask(Command::FocusAt(w.somewhere(), Level::Word));
        w.press(Key::P, Modifiers::NONE)
    }),
    ("undoing and what follows", |w| {
        w.ask(Command::FocusAt(w.somewhere(), Level::Sentence));
        w.press(Key::C, Modifiers::NONE);
        w.press(Key::Z, Modifiers::CTRL | Modifiers::COMMAND)
    }),
    ("typing a note", |w| {
        let last = w
            .state()
            .article()
            .and_then(|a| a.marks.in_order().next().cloned());
        let Some(id) = last else {
            return w.frame(Vec::new());
        };
        w.ask(Command::SetNote(id, "x".repeat(w.step % 200)))
    }),
    ("accepting a suggestion", |w| {
        let at = w.state().article().and_then(|a| {
            let from = a.suggestions.first_from(w.somewhere());
            a.suggestions
                .iter()
                .skip(from)
                .find(|(_, s)| s.is_open)
                .map(|(at, _)| at)
        });
        let Some(at) = at else {
            return w.frame(Vec::new());
        };
        w.ask(Command::AcceptSuggestion(at))
    }),
    ("changing the panel's list", |w| {
        w.ask(Command::Tab(Tab::ALL[w.step % Tab::ALL.len()]))
    }),
    ("to the next problem", |w| w.ask(Command::NextProblem)),
];

/// Medians by scenario and size.
type Medians = BTreeMap<&'static str, Vec<(usize, f64)>>;

/// Every scenario in every article.
pub fn frames(c: &mut Criterion) {
    let mut medians = Medians::new();
    for (name, size, tags) in SIZES {
        in_article(
            c,
            &format!("{name} with {tags} tags"),
            (Shape::News(size), tags),
            size,
            &mut medians,
        );
    }
    slopes(&medians);
    let mut none = Medians::new();
    for (name, shape, tags) in [
        ("a million lines", Shape::Lines(1_000_000), 0),
        ("a line of 1 MB", Shape::OneLine(1_000_000), 5_000),
        ("500 accents on a letter", Shape::Accents(500), 10),
    ] {
        in_article(c, name, (shape, tags), 1, &mut none);
    }
}

fn in_article(
    c: &mut Criterion,
    name: &str,
    (shape, tags): (Shape, usize),
    size: usize,
    medians: &mut Medians,
) {
    let window: RefCell<Option<Window>> = RefCell::new(None);
    let mut group = c.benchmark_group(format!("a frame, {name}"));
    group.sample_size(10);
    group.warm_up_time(Duration::from_millis(100));
    group.measurement_time(Duration::from_millis(500));
    for (scenario, act) in SCENARIOS {
        let costs = RefCell::new(Vec::new());
        group.bench_function(scenario, |b| {
            let mut window = window.borrow_mut();
            let window = window.get_or_insert_with(|| Window::open(shape, tags));
            b.iter_custom(|times| {
                let mut sum = Duration::ZERO;
                for _ in 0..times {
                    window.step += 1;
                    let cost = act(window);
                    costs.borrow_mut().push(cost);
                    sum += cost;
                }
                sum
            });
            window.rest();
        });
        let mut costs = costs.into_inner();
        costs.sort();
        if let (Some(median), Some(slow)) = (
            costs.get(costs.len() / 2),
            costs.get(costs.len() * 99 / 100),
        ) {
            println!(
                "    median {median:.2?}, slowest of a hundred {slow:.2?}, {} times",
                costs.len()
            );
            medians
                .entry(scenario)
                .or_default()
                .push((size, median.as_secs_f64()));
        }
    }
    group.finish();
    if let Some(window) = window.into_inner() {
        println!(
            "{name}: slowest frame while it opened {:.2?}\n",
            window.slowest_opening
        );
    }
}

/// How each median grows: the slope of the line through the logarithms.
fn slopes(medians: &Medians) {
    for (scenario, points) in medians.iter().filter(|(_, points)| points.len() > 1) {
        let logs: Vec<(f64, f64)> = points
            .iter()
            .map(|(n, t)| ((*n as f64).ln(), t.ln()))
            .collect();
        let count = logs.len() as f64;
        let (x, y) = logs
            .iter()
            .fold((0.0, 0.0), |(x, y), (a, b)| (x + a / count, y + b / count));
        let above: f64 = logs.iter().map(|(a, b)| (a - x) * (b - y)).sum();
        let below: f64 = logs.iter().map(|(a, _)| (a - x).powi(2)).sum();
        println!("slope {:+.3}  {scenario}", above / below);
    }
}
