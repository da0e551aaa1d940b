//! Notices what other programs do to the files of a folder while it is open.
//!
//! The platform's own service tells (`notify`); a thread waits until a burst is over, looks once at each path that was
//! named, and delivers what stands there now. What that means is for `app` to decide. The folders that are watched are
//! those that the walk reads, so no link and no hidden folder is followed, and one file that changes costs one look.
//!
//! *Limitations*: a file system of another machine tells only what this one does; [`Watch::limits`] says so.

mod burst;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Instant;

use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher as _};

use self::burst::Burst;
use super::codebook_file::codebook_path;
use super::disk::{self, hash};
use super::entities_file::entities_path;
use super::folder::{
    Copy, FolderEntry, Step, Unreadable, Walk, as_copy, is_article_name, is_hidden,
};
use super::names::{SIDECAR_SUFFIX, shown, sidecar_path};

/// What was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noticed {
    /// These files are others than before, or may be.
    Changes(Vec<Change>),
    /// So much happened, or the service lost so much, that the folder is to be read again.
    Lost,
}

/// What stands at a path now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// An article: a new one, or one that was written again.
    Article(FolderEntry),
    /// Something that should be an article and cannot be opened.
    Unreadable(Unreadable),
    /// A sidecar, by its path below the folder.
    Sidecar(String, Seen),
    /// A copy of a sidecar or of the records.
    Copy(Copy),
    /// The folder's records.
    Records(Seen),
    /// The folder's codebook.
    Codebook,
    /// Nothing: what stood there, a file or a folder, is gone.
    Gone {
        /// Path below the folder.
        rel: String,
        /// Whether the sidecar of an article of that name is there.
        has_sidecar: bool,
    },
}

/// A file of ours as it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// With bytes of this hash.
    Hash([u8; 32]),
    /// It is there and cannot be read.
    Unreadable,
    /// It is not there.
    Nothing,
}

/// What reaches the thread.
enum Told {
    Event(notify::Result<notify::Event>),
    End,
}

/// A folder that is watched, until this is dropped.
pub struct Watch {
    shared: Arc<Shared>,
    told: Sender<Told>,
    /// Taken when delivery begins.
    waiting: Option<Receiver<Told>>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Watch({})", self.shared.root.display())
    }
}

struct Shared {
    root: PathBuf,
    /// The same without links, as some services name it.
    real: Option<PathBuf>,
    service: Mutex<Result<RecommendedWatcher, String>>,
    /// Why a folder is not watched, if one is not.
    refused: Mutex<Option<String>>,
}

impl Watch {
    /// Prepares to watch a folder; which folders of it, [`Watch::add`] says. Nothing is delivered yet.
    pub fn new(root: &Path) -> Self {
        let (told, waiting) = channel();
        let teller = told.clone();
        let handler = move |event| {
            // A folder that is read is as many events as it has files: they need not wake the thread.
            if burst::tells(&event) {
                // The thread ends only with the watch.
                let _ = teller.send(Told::Event(event));
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let service = RecommendedWatcher::new(handler, config);
        let shared = Shared {
            root: root.to_owned(),
            real: fs::canonicalize(root).ok(),
            service: Mutex::new(service.map_err(|error| in_words(&error))),
            refused: Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
            told,
            waiting: Some(waiting),
            thread: None,
        }
    }

    /// Watches a folder, before it is read.
    pub fn add(&self, folder: &Path) {
        self.shared.add(folder);
    }

    /// Begins to deliver, also what happened since the folders were added.
    pub fn begin(&mut self, deliver: impl Fn(Noticed) + Send + 'static) {
        let Some(waiting) = self.waiting.take() else {
            return;
        };
        let shared = Arc::clone(&self.shared);
        let work = move || listen(&shared, &waiting, &deliver);
        self.thread = Builder::new().name("Watching".to_owned()).spawn(work).ok();
    }

    /// Why not everything that other programs do is noticed, if so.
    pub fn limits(&self) -> Option<String> {
        let of = |lock: &Mutex<Option<String>>| {
            lock.lock().unwrap_or_else(PoisonError::into_inner).clone()
        };
        if let Err(why) = &*self
            .shared
            .service
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
        {
            return Some(why.clone());
        }
        of(&self.shared.refused).or_else(|| {
            let kind = file_system(&self.shared.root)?;
            is_remote(&kind).then(|| format!("the folder lies on another computer ({kind})"))
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.told.send(Told::End);
        if let Some(thread) = self.thread.take() {
            // It may be in the middle of a delivery that waits for whoever drops this: it is not waited for.
            drop(thread);
        }
    }
}

impl Shared {
    fn add(&self, folder: &Path) {
        // Where the service watches whole trees, it is asked once.
        let by_folder = cfg!(any(target_os = "linux", target_os = "android"));
        if !by_folder && folder != self.root {
            return;
        }
        let mode = if by_folder {
            RecursiveMode::NonRecursive
        } else {
            RecursiveMode::Recursive
        };
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(service) = &mut *service else {
            return;
        };
        // The service panics where it cannot wake its own thread: then the folder is read all the same.
        let watched = catch_unwind(AssertUnwindSafe(|| service.watch(folder, mode)));
        let why = match watched {
            Ok(Ok(())) => return,
            Ok(Err(error)) => in_words(&error),
            Err(_) => "the service that tells of changes does not answer".to_owned(),
        };
        // A folder that is gone again needs no watching.
        if folder.is_dir() {
            let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
            refused.get_or_insert(why);
        }
    }

    /// What stands now at the paths that were named.
    fn look(&self, paths: &BTreeSet<PathBuf>) -> Noticed {
        let mut changes = Vec::new();
        for path in paths {
            if !self.look_at(path, &mut changes) {
                return Noticed::Lost;
            }
        }
        Noticed::Changes(changes)
    }

    /// Looks at one path; `false` when what is there is too much to tell.
    fn look_at(&self, path: &Path, changes: &mut Vec<Change>) -> bool {
        let Some(rel) = self.below(path) else {
            return true;
        };
        if rel.is_empty() {
            // The folder itself was moved, removed or unmounted; its files are told one by one.
            return path.is_dir();
        }
        if *path == entities_path(&self.root) {
            changes.push(Change::Records(seen(path)));
            return true;
        }
        if *path == codebook_path(&self.root) {
            changes.push(Change::Codebook);
            return true;
        }
        let mut visit = |step: Step<'_>| {
            if let Step::Into(folder) = step {
                self.add(folder);
            }
            true
        };
        let mut walk = Walk::new(&self.root, &mut visit);
        match fs::symlink_metadata(path) {
            Ok(metadata) => walk.found(rel, path.to_owned(), metadata.file_type()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                changes.push(gone(rel, path));
                return true;
            }
            Err(_) => return true,
        }
        if walk.run().is_err() {
            return false;
        }
        let (listing, sidecars) = (walk.listing, walk.sidecars);
        changes.extend(listing.articles.entries().map(Change::Article));
        changes.extend(listing.unreadable.into_iter().map(Change::Unreadable));
        changes.extend(listing.copies.into_iter().map(Change::Copy));
        for (rel, path) in sidecars {
            // A name with a conflict's words in it may be either: the sidecar of an article of that name, or a copy.
            changes.extend(as_copy(&rel, &path).map(Change::Copy));
            let seen = seen(&path);
            changes.push(Change::Sidecar(rel, seen));
        }
        true
    }

    /// A path as the walk names it.
    fn rebased(&self, path: &Path) -> Option<PathBuf> {
        let real = || path.strip_prefix(self.real.as_ref()?).ok();
        let rel = path.strip_prefix(&self.root).ok().or_else(real)?;
        Some(self.root.join(rel))
    }

    /// A path as the list has it: below the folder, with `/`; `None` for what the walk does not read.
    fn below(&self, path: &Path) -> Option<String> {
        let rel = path.strip_prefix(&self.root).ok()?;
        let mut parts = Vec::new();
        for part in rel.components() {
            let Component::Normal(name) = part else {
                return None;
            };
            let name = shown(name);
            if is_hidden(&name) {
                return None;
            }
            parts.push(name);
        }
        Some(parts.join("/"))
    }
}

fn gone(rel: String, path: &Path) -> Change {
    if rel.ends_with(SIDECAR_SUFFIX) {
        return Change::Sidecar(rel, Seen::Nothing);
    }
    let has_sidecar = is_article_name(path) && sidecar_path(path).symlink_metadata().is_ok();
    Change::Gone { rel, has_sidecar }
}

fn seen(path: &Path) -> Seen {
    match disk::read_own(path) {
        Ok(Some(bytes)) => Seen::Hash(hash(&bytes)),
        Ok(None) => Seen::Nothing,
        Err(_) => Seen::Unreadable,
    }
}

/// Gathers what is told until a burst is over, and delivers it.
fn listen(shared: &Shared, waiting: &Receiver<Told>, deliver: &dyn Fn(Noticed)) {
    let mut burst = Burst::default();
    loop {
        let told = match burst.due() {
            None => waiting.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(due) => waiting.recv_timeout(due.saturating_duration_since(Instant::now())),
        };
        let now = Instant::now();
        match told {
            Ok(Told::Event(event)) => burst.take(shared, event, now),
            Ok(Told::End) | Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let Some(noticed) = burst.deliver(shared, now) {
            deliver(noticed);
        }
    }
}

fn in_words(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system’s limit of watched folders is reached".to_owned()
        }
        notify::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}

/// The kind of file system that a folder lies on, where the system tells.
fn file_system(folder: &Path) -> Option<String> {
    let folder = fs::canonicalize(folder).ok()?;
    let mounts = fs::read_to_string("/proc/self/mounts").ok()?;
    let mounted = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ');
        let (place, kind) = (fields.nth(1)?, fields.next()?);
        folder.starts_with(place).then_some((place.len(), kind))
    });
    // Of two mounted at one place, the later one lies above.
    let nearest = mounted.max_by_key(|(length, _)| *length);
    nearest.map(|(_, kind)| kind.to_owned())
}

/// Whether a file system is served by another computer.
fn is_remote(kind: &str) -> bool {
    const SERVED: [&str; 10] = [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "fuse.sshfs",
        "fuse.rclone",
    ];
    SERVED.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_other_computers_are_known_by_their_file_system() {
        assert!(is_remote("nfs4") && is_remote("cifs") && !is_remote("ext4"));
        if cfg!(target_os = "linux") {
            assert_eq!(
                file_system(Path::new("/proc/self")).as_deref(),
                Some("proc")
            );
        }
    }
}
