//! What the app needs from the platform, as traits that tests replace.

use std::path::PathBuf;

use jiff::{Timestamp, Zoned};

use crate::model::Id;

/// What the desktop offers. Blocking: called in a job, never on the window's thread.
pub trait Desktop: Send + Sync {
    /// Asks for a folder; `Err` where no dialog can be shown at all.
    fn pick_folder(&self, title: &str) -> Result<Option<PathBuf>, NoDialog>;

    /// Tells whether the desktop is dark, now and whenever that changes. Returns at once where the window system tells
    /// by itself, or nobody does.
    fn follow_theme(&self, _tell: &dyn Fn(bool)) {}
}

/// No desktop portal and no other dialog answers here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDialog;

/// Wakes the window, so that it looks for events.
pub type Waker = std::sync::Arc<dyn Fn() + Send + Sync>;

/// Clock and chance.
pub struct Env {
    clock: Box<dyn Fn() -> Timestamp + Send>,
    random: fastrand::Rng,
}

impl std::fmt::Debug for Env {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Env")
    }
}

impl Env {
    /// The real ones.
    pub fn real() -> Self {
        Self {
            clock: Box::new(Timestamp::now),
            random: fastrand::Rng::new(),
        }
    }

    /// A clock that stands still and chance from a seed, for tests.
    pub fn fixed(seed: u64) -> Self {
        Self {
            clock: Box::new(|| Timestamp::UNIX_EPOCH),
            random: fastrand::Rng::with_seed(seed),
        }
    }

    /// A new id.
    pub fn id(&mut self) -> Id {
        Id::mint(|below| self.random.usize(..below))
    }

    /// Now, as sidecars write it: RFC 3339, UTC, in seconds.
    pub fn now(&self) -> String {
        (self.clock)().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Now, as the clock on the wall says.
    pub fn wall_clock(&self) -> String {
        Zoned::new((self.clock)(), jiff::tz::TimeZone::system())
            .strftime("%H:%M:%S")
            .to_string()
    }

    /// Today, as the calendar on the wall says.
    pub fn today(&self) -> String {
        Zoned::new((self.clock)(), jiff::tz::TimeZone::system())
            .strftime("%Y-%m-%d")
            .to_string()
    }

    /// Seconds since some moment, for typing bursts.
    pub fn seconds(&self) -> f64 {
        (self.clock)().as_millisecond() as f64 / 1000.0
    }
}
