//! When what was told is delivered: once a burst is over. Knows the clock as its caller has it, and starts no thread.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use notify::EventKind;
use notify::event::{AccessKind, AccessMode};

use super::{Noticed, Shared};

/// A burst is over when nothing has happened for so long.
const QUIET: Duration = Duration::from_millis(300);

/// Where something happens all the time, it is told at least so often.
const LONGEST: Duration = Duration::from_secs(2);

/// When something was lost again so soon after it was said, it is said later.
const REST: Duration = Duration::from_secs(60);

/// From so many paths on, reading the whole folder again is less work than looking at each.
const MANY: usize = 2_000;

/// What was told and not delivered yet.
#[derive(Default)]
pub(super) struct Burst {
    paths: BTreeSet<PathBuf>,
    /// When the first and the last of them were told.
    told: Option<(Instant, Instant)>,
    /// Since when it is known that something was lost.
    lost: Option<Instant>,
    /// When that was last said.
    said_lost: Option<Instant>,
}

impl Burst {
    pub(super) fn take(
        &mut self,
        shared: &Shared,
        event: notify::Result<notify::Event>,
        now: Instant,
    ) {
        match event {
            Ok(event) => {
                if event.need_rescan() {
                    self.lost.get_or_insert(now);
                }
                let named = event.paths.iter().filter_map(|path| shared.rebased(path));
                let before = self.paths.len();
                self.paths
                    .extend(named.filter(|path| shared.below(path).is_some()));
                if self.paths.len() > before || self.told.is_some() {
                    let (first, _) = self.told.unwrap_or((now, now));
                    self.told = Some((first, now));
                }
            }
            // The service says of a folder that is gone that it cannot watch it.
            Err(error) => match error.kind {
                notify::ErrorKind::PathNotFound | notify::ErrorKind::WatchNotFound => {}
                _ => {
                    self.lost.get_or_insert(now);
                }
            },
        }
    }

    /// When the burst is over.
    fn over(&self) -> Option<Instant> {
        let (first, last) = self.told?;
        Some((last + QUIET).min(first + LONGEST))
    }

    /// When it is to be said that something was lost. Reading a large folder again is itself much that happens: it must
    /// not come of itself again and again.
    fn says_lost(&self) -> Option<Instant> {
        let due = self.lost? + QUIET;
        Some(self.said_lost.map_or(due, |said| due.max(said + REST)))
    }

    /// When there is something to deliver.
    pub(super) fn due(&self) -> Option<Instant> {
        self.over().into_iter().chain(self.says_lost()).min()
    }

    /// What is to be delivered now.
    pub(super) fn deliver(&mut self, shared: &Shared, now: Instant) -> Option<Noticed> {
        let is_lost = self.says_lost().is_some_and(|due| due <= now);
        if !is_lost && self.over().is_none_or(|over| over > now) {
            return None;
        }
        let paths = std::mem::take(&mut self.paths);
        self.told = None;
        if is_lost {
            (self.lost, self.said_lost) = (None, Some(now));
        }
        if is_lost || paths.len() > MANY {
            return Some(Noticed::Lost);
        }
        let look = || shared.look(&paths);
        Some(catch_unwind(AssertUnwindSafe(look)).unwrap_or(Noticed::Lost))
    }
}

/// Whether an event may have changed anything: that a file was opened or read has not.
pub(super) fn tells(event: &notify::Result<notify::Event>) -> bool {
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    event.as_ref().map_or(true, |event| {
        event.need_rescan() || event.kind == written || !event.kind.is_access()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::store::watch::{Change, Watch};

    #[test]
    fn a_burst_is_told_once_and_a_loss_not_again_and_again() {
        use notify::event::{CreateKind, Flag};
        let disk = tempfile::tempdir().expect("a temporary folder");
        let shared = Arc::clone(&Watch::new(disk.path()).shared);
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let mut burst = Burst::default();
        let write = |name: &str| {
            let path = disk.path().join(name);
            Ok(notify::Event::new(EventKind::Create(CreateKind::File)).add_path(path))
        };
        burst.take(&shared, write("a.txt"), at(0));
        burst.take(&shared, write("a.txt"), at(200));
        burst.take(&shared, write(".hidden/b.txt"), at(250));
        assert_eq!(burst.deliver(&shared, at(450)), None, "not quiet yet");
        let gone = Change::Gone {
            rel: "a.txt".to_owned(),
            has_sidecar: false,
        };
        let told = burst.deliver(&shared, at(560));
        assert_eq!(told, Some(Noticed::Changes(vec![gone])));
        assert_eq!(burst.due(), None);
        for ms in (1_000..4_000).step_by(100) {
            burst.take(&shared, write("a.txt"), at(ms));
        }
        assert_eq!(
            burst.due(),
            Some(at(3_000)),
            "what never ends is told all the same"
        );
        let lost = || Ok(notify::Event::new(EventKind::Other).set_flag(Flag::Rescan));
        burst.take(&shared, lost(), at(4_000));
        assert_eq!(burst.deliver(&shared, at(4_300)), Some(Noticed::Lost));
        burst.take(&shared, lost(), at(5_000));
        assert_eq!(burst.due(), Some(at(64_300)));
    }

    #[test]
    fn reading_a_file_changes_nothing_and_writing_it_does() {
        use notify::event::{CreateKind, Flag, ModifyKind};
        let event = |kind| notify::Event::new(kind);
        let access = |kind| event(EventKind::Access(kind));
        let opened = access(AccessKind::Open(AccessMode::Any));
        assert!(tells(&Ok(opened.clone().set_flag(Flag::Rescan))));
        assert!(!tells(&Ok(opened)));
        assert!(!tells(&Ok(access(AccessKind::Read))));
        assert!(tells(&Ok(access(AccessKind::Close(AccessMode::Write)))));
        assert!(tells(&Ok(event(EventKind::Create(CreateKind::File)))));
        assert!(tells(&Ok(event(EventKind::Modify(ModifyKind::Any)))));
        assert!(tells(&Err(notify::Error::generic("it broke"))));
    }
}
