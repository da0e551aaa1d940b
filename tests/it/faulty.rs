//! The app with its real threads on a real folder, for `tests/faults/run.py`, which breaks the system under it.
//!
//! Not a test by itself: ignored unless it is asked for, and told by variables what to do. Tells on standard output
//! what was tagged, what the status bar called saved, and how it ended. It fails by panicking alone (and panics where it is told to): what the disk
//! refuses is told, and for the script to judge.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pressmark::app::{
    Command, Desktop, Direction, Effect, Env, Event, Jobs, NoDialog, Page, SavingLine, State,
    handle, update,
};
use pressmark::exchange::Format;
use pressmark::model::{Layer, Span};

/// Every so many annotations one is a person, so that the folder's records are written too.
const PERSON_EVERY: usize = 5;

struct Nobody;

impl Desktop for Nobody {
    fn pick_folder(&self, _title: &str) -> Result<Option<PathBuf>, NoDialog> {
        Err(NoDialog)
    }
}

struct Run {
    state: State,
    env: Env,
    jobs: Jobs,
    told: std::collections::BTreeSet<String>,
    /// The pause that follows a failed save here, so that thousands of runs end.
    pause: Duration,
    patience: Duration,
}

/// A line for the script. Where even that fails, the script knows no more than it did.
fn tell(line: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(format!("{line}\n").as_bytes());
    let _ = out.flush();
}

impl Run {
    fn command(&mut self, command: Command) {
        let effects = update(&mut self.state, command, &mut self.env);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::SaveSettings(_) => {}
                Effect::TryAgain(_) => self.jobs.start(Effect::TryAgain(self.pause), 0),
                effect => self.jobs.start(effect, self.state.generation),
            }
        }
    }

    /// Takes what came back, and tells what is called saved now.
    fn poll(&mut self) -> Vec<String> {
        let mut seen = Vec::new();
        for event in self.jobs.poll() {
            if let Event::Exported(outcome) = &event {
                seen.push(format!("exported {outcome:?}"));
            }
            if let Event::JobFailed(what, _) = &event {
                seen.push(format!("failed {what}"));
            }
            let effects = handle(&mut self.state, event, &mut self.env);
            self.carry_out(effects);
        }
        if matches!(self.state.saving(), SavingLine::Saved(_)) {
            let open = self.state.articles.values();
            let ids = open.flat_map(|a| a.sidecar.annotations.keys());
            let new: Vec<String> = ids.map(ToString::to_string).collect();
            for id in new {
                if self.told.insert(id.clone()) {
                    tell(&format!("saved {id}"));
                }
            }
        }
        seen
    }

    /// Waits for something, not for ever. Whether it came.
    fn wait(&mut self, done: impl Fn(&State, &[String]) -> bool) -> bool {
        let start = Instant::now();
        let mut seen = Vec::new();
        loop {
            seen.extend(self.poll());
            if done(&self.state, &seen) {
                return true;
            }
            if start.elapsed() > self.patience {
                return false;
            }
            std::thread::sleep(Duration::from_micros(300));
        }
    }

    /// Tags the words of the open article from one number on, one after the other, each once the one before is saved.
    fn tag_words(&mut self, first: usize, count: usize, step: usize) {
        let Some(article) = self.state.article() else {
            return;
        };
        let words: Vec<usize> = article
            .source
            .as_str()
            .match_indices("word")
            .map(|(at, _)| at)
            .collect();
        for number in (0..count).map(|n| first + n * step) {
            let Some(start) = words.get(number) else {
                return;
            };
            // word0123
            let span = Span::new(*start, start + 8);
            let layer = if number % PERSON_EVERY == 0 {
                Layer::Person
            } else {
                Layer::Claim
            };
            let (anchor, head) = (span.start(), span.end());
            self.command(Command::Select { anchor, head });
            self.command(Command::Tag(layer, vec![span]));
            let active = self.state.article().and_then(|a| a.active.clone());
            if let Some(id) = active {
                tell(&format!("tagged {id}"));
            }
            self.wait(|state, _| state.unsaved().is_empty() || has_failed(state));
        }
    }
}

fn has_failed(state: &State) -> bool {
    matches!(
        state.saving(),
        SavingLine::Failed(_) | SavingLine::Unconfirmed(_)
    )
}

fn variable(name: &str) -> Option<String> {
    env::var(format!("PRESSMARK_FAULTS_{name}")).ok()
}

fn number(name: &str, otherwise: usize) -> usize {
    variable(name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

#[test]
#[ignore = "driven by tests/faults/run.py"]
fn drive() {
    let folder = PathBuf::from(variable("FOLDER").expect("PRESSMARK_FAULTS_FOLDER"));
    let state = variable("STATE").map(PathBuf::from);
    let millis = |name, otherwise| Duration::from_millis(number(name, otherwise) as u64);
    let mut run = Run {
        state: State::default(),
        env: Env::real(),
        jobs: Jobs::new(Arc::new(|| {}), Arc::new(Nobody), state),
        told: Default::default(),
        pause: millis("PAUSE", 10),
        patience: millis("PATIENCE", 3000),
    };
    run.command(Command::Open(folder));
    let opened = run.wait(|state, seen| {
        let is_idle = state.work.is_none() && state.loading.is_none();
        let is_over = seen.iter().any(|line| line.starts_with("failed"));
        state.current.is_some() || (is_idle && state.notices.len() > 1) || is_over
    });
    if !opened || run.state.current.is_none() {
        let why: Vec<_> = run
            .state
            .notices
            .iter()
            .map(|n| n.details.clone())
            .collect();
        return tell(&format!(
            "end not opened: {}",
            why.join("; ").replace('\n', " ")
        ));
    }
    if run.state.page == Some(Page::Rescued) {
        tell(&format!("offered {}", run.state.rescued.len()));
        run.command(Command::BringBack);
        run.wait(|state, _| state.bringing_back.is_empty() && state.unsaved().is_empty());
    }
    let (first, count, step) = (number("FIRST", 0), number("COUNT", 3), number("STEP", 1));
    run.tag_words(first, count, step);
    if number("ARTICLES", 1) > 1 {
        let before = run.state.current.clone();
        run.command(Command::StepArticle(Direction::Forward));
        run.wait(|state, _| state.current != before);
        run.tag_words(first, count, step);
    }
    assert!(variable("PANIC").is_none(), "the window breaks down");
    if let Some(to) = variable("EXPORT") {
        run.command(Command::Export {
            format: Format::Csv,
            to: PathBuf::from(to),
            replace: true,
        });
        run.wait(|_, seen| !seen.is_empty());
    }
    run.wait(|state, _| state.unsaved().is_empty());
    tell(&match run.state.saving() {
        SavingLine::Saved(_) => "end saved".to_owned(),
        other if run.state.is_all_kept() => format!("end kept {other:?}"),
        other => format!("end unsaved {other:?}"),
    });
}
