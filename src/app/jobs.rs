//! Threads: carries effects out and answers with events.
//!
//! The window's thread hands over and goes on. One thread writes, so that saves of one file never cross; one loads what
//! a person waits for; one reads headlines and another runs the rules, which nobody waits for. What happens once in a
//! while (a dialog, an export) has a thread of its own. A panic in a job becomes [`Event::JobFailed`].

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};

use super::article::{ArticleKey, OpenArticle};
use super::effect::{Effect, Event};
use super::exporting::export;
use super::historian::Historian;
use super::occurrences;
use super::ports::{Desktop, NoDialog, Waker};
use super::saver::Saver;
use super::suggestion::Analysis;
use crate::store::{Articles, Step};
use crate::{store, suggest, text};

/// How many answers may wait for the window before jobs wait with them.
const EVENTS: usize = 1024;

/// How many headlines are told at once.
const ROWS_AT_ONCE: usize = 200;

type Task = Box<dyn FnOnce(&Reply) + Send>;

/// The folder that is watched, and the one that was listed last and is not watched yet.
#[derive(Default)]
struct Watches {
    open: Option<store::Watch>,
    listed: Option<store::Watch>,
}

/// Answers to the window and wakes it.
#[derive(Clone)]
struct Reply {
    events: SyncSender<Event>,
    waker: Waker,
}

impl Reply {
    /// Sends an event. When the window is gone, nobody is there to hear it.
    fn send(&self, event: Event) {
        let _ = self.events.send(event);
        (self.waker)();
    }
}

/// The job threads.
pub struct Jobs {
    reply: Reply,
    events: Receiver<Event>,
    saver: Worker,
    /// Used by the saver's thread alone.
    writer: Arc<Mutex<Saver>>,
    /// Where this user's state goes, if anywhere.
    state: Option<PathBuf>,
    /// Says that the folder is open here.
    presence: Arc<Mutex<Option<(PathBuf, store::Presence)>>>,
    /// Tells what other programs do to the open folder; the other one is to replace it.
    watch: Arc<Mutex<Watches>>,
    loader: Worker,
    rows: Worker,
    analyst: Worker,
    /// Keeps the history, and its thread.
    historian: (Arc<Historian>, Worker),
    desktop: Arc<dyn Desktop>,
    /// The newest folder; work for an older one stops.
    generation: Arc<AtomicU64>,
    /// Grows to stop a scan.
    scan: Arc<AtomicU64>,
    /// The newest search; older ones stop.
    search: Arc<AtomicU64>,
    /// The newest search of the folder, or none; others stop.
    everywhere: Arc<AtomicU64>,
}

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Jobs")
    }
}

/// A named thread that does one task after the other.
struct Worker {
    tasks: Option<Sender<Task>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    fn start(name: &'static str, reply: &Reply) -> Self {
        let (tasks, queue) = channel::<Task>();
        let reply = reply.clone();
        let thread = Builder::new().name(name.to_owned()).spawn(move || {
            for task in queue {
                guarded(name, &reply, || task(&reply));
            }
        });
        Self {
            tasks: Some(tasks),
            thread: thread.ok(),
        }
    }

    fn run(&self, task: Task) {
        if let Some(tasks) = &self.tasks {
            // The thread ends only with us.
            let _ = tasks.send(task);
        }
    }

    /// Lets the thread do what it has and end.
    fn finish(&mut self) {
        self.tasks = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What a lock holds; what a thread that panicked left there is still true.
fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a task; a panic becomes an event.
fn guarded(what: &'static str, reply: &Reply, task: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(task)) {
        let why = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
            .unwrap_or_default();
        reply.send(Event::JobFailed(what, why));
    }
}

impl Jobs {
    /// Starts the threads. `waker` is called whenever there is something to poll; `state` is the folder for backups and
    /// for what could not be saved.
    pub fn new(waker: Waker, desktop: Arc<dyn Desktop>, state: Option<PathBuf>) -> Self {
        let (sender, events) = sync_channel(EVENTS);
        let reply = Reply {
            events: sender,
            waker,
        };
        Self {
            saver: Worker::start("Saving", &reply),
            loader: Worker::start("Opening an article", &reply),
            rows: Worker::start("Reading headlines", &reply),
            analyst: Worker::start("Finding names and quotes", &reply),
            historian: (
                Arc::new(Historian::new(state.clone())),
                Worker::start("Keeping the history", &reply),
            ),
            writer: Arc::new(Mutex::new(Saver::new(state.clone()))),
            state,
            presence: Arc::default(),
            watch: Arc::default(),
            reply,
            events,
            desktop,
            generation: Arc::default(),
            scan: Arc::default(),
            search: Arc::default(),
            everywhere: Arc::default(),
        }
    }

    /// What came back since the last time.
    pub fn poll(&self) -> Vec<Event> {
        self.events.try_iter().collect()
    }

    /// Carries out an effect for the folder of a generation. [`Effect::Copy`] is the window's own.
    pub fn start(&self, effect: Effect, generation: u64) {
        match effect {
            Effect::AskFolder => self.ask("Open a folder of articles", |path| {
                path.map_or(Event::NoDialog, Event::FolderPicked)
            }),
            Effect::AskExportFolder(format) => self.ask("Export into this folder", move |path| {
                path.map_or(Event::NoDialog, |path| {
                    Event::ExportFolderPicked(format, path)
                })
            }),
            Effect::Scan(path) => self.scan(path, generation),
            Effect::CancelScan => {
                self.scan.fetch_add(1, Ordering::Relaxed);
            }
            Effect::Watch => self.watch(generation),
            Effect::ReadShared { root, revision } => self.loader.run(Box::new(move |reply| {
                reply.send(Event::Shared {
                    generation,
                    revision,
                    entities: Box::new(store::load_entities(&root)),
                    codebook: Box::new(store::load_codebook(&root)),
                });
            })),
            Effect::FindRenamed { gone, among, news } => {
                self.once("Looking for articles", move |reply| {
                    let found = store::find_renamed(&gone, &among);
                    reply.send(Event::FoundRenamed(generation, news, found));
                });
            }
            // By the saver, so that no save of the sidecar crosses it.
            Effect::MoveTags(renamed) => self.saver.run(Box::new(move |reply| {
                let moved = store::move_sidecar(&renamed.from, &renamed.to);
                reply.send(Event::TagsMoved(generation, renamed, moved));
            })),
            // Behind the article, which is asked for first.
            Effect::ReadCopy(copy) => self.loader.run(Box::new(move |reply| {
                let bytes = store::read_copy(&copy);
                reply.send(Event::CopyRead(generation, copy, bytes));
            })),
            Effect::ReadRows(articles) => self.read_rows(articles, generation),
            Effect::Load {
                key,
                path,
                encoding,
                is_compared,
            } => self.loader.run(Box::new(move |reply| {
                let loaded = store::load_article_or_kept(&path, encoding.as_deref());
                let loaded = loaded.map(|article| OpenArticle::new(key.clone(), article));
                if is_compared {
                    loaded.iter().for_each(OpenArticle::take_hash);
                }
                reply.send(Event::Loaded(generation, key, Box::new(loaded)));
            })),
            Effect::TakeHash(key, hash) => self.loader.run(Box::new(move |reply| {
                hash.get();
                reply.send(Event::Hashed(generation, key));
            })),
            Effect::Segment {
                key,
                source,
                decided,
            } => self.analyst.run(Box::new(move |reply| {
                let segments = Box::new(text::segment_with(&source, &decided));
                reply.send(Event::Segmented(generation, key, decided, segments));
            })),
            Effect::Analyse {
                key,
                source,
                segments,
                learnt,
                sidecar,
                revision,
            } => self.analyst.run(Box::new(move |reply| {
                let found = suggest::suggest(source.as_str(), &segments, &learnt);
                let analysis = Box::new(Analysis::of(found, &sidecar, revision));
                reply.send(Event::Analysed(generation, key, segments, analysis));
            })),
            Effect::Search {
                ticket,
                source,
                search,
            } => {
                self.search.store(ticket, Ordering::Relaxed);
                let newest = Arc::clone(&self.search);
                self.once("Searching", move |reply| {
                    let is_wanted = || newest.load(Ordering::Relaxed) == ticket;
                    let hits = search.run(source.as_str(), &is_wanted);
                    reply.send(Event::Found(ticket, hits));
                });
            }
            Effect::SearchFolder {
                ticket,
                like,
                learnt,
                articles,
            } => {
                let is_wanted = self.only_newest(ticket);
                self.once("Searching the folder", move |reply| {
                    let tell = |done| reply.send(Event::FolderProgress(ticket, done));
                    let found = occurrences::search(&like, &learnt, &articles, is_wanted, tell);
                    reply.send(Event::FolderSearched(ticket, found));
                });
            }
            Effect::LoadSeveral { ticket, articles } => {
                let is_wanted = self.only_newest(ticket);
                self.once("Opening articles", move |reply| {
                    let mut loaded = Vec::new();
                    for (done, (key, path)) in articles.into_iter().enumerate() {
                        if !is_wanted() {
                            return;
                        }
                        reply.send(Event::FolderProgress(ticket, done));
                        let article = store::load_article(&path, None);
                        let article = article.map(|article| OpenArticle::new(key.clone(), article));
                        article.iter().for_each(OpenArticle::take_hash);
                        loaded.push((key, article));
                    }
                    reply.send(Event::SeveralLoaded(ticket, loaded));
                });
            }
            Effect::StopSearch => self.everywhere.store(0, Ordering::Relaxed),
            Effect::Discard(thing) => self.analyst.run(Box::new(move |_| drop(thing))),
            Effect::Save {
                doc,
                revision,
                path,
                content,
                expected,
            } => {
                let writer = Arc::clone(&self.writer);
                self.saver.run(Box::new(move |reply| {
                    let mut writer = locked(&writer);
                    reply.send(writer.save(doc, revision, &path, &content, expected));
                    // Reading a folder can panic where the disk fails; the save above stands.
                    let _ = catch_unwind(AssertUnwindSafe(|| writer.tidy(&path)));
                }));
            }
            Effect::TryAgain(after) => self.once("Trying again", move |reply| {
                std::thread::sleep(after);
                reply.send(Event::TryAgain);
            }),
            // By the saver, so that what it keeps next is not what is dropped here.
            Effect::DropKept(files) => {
                self.saver.run(Box::new(move |_| store::drop_kept(&files)));
            }
            history @ Effect::KeepHistory { .. } => {
                let (historian, worker) = &self.historian;
                if historian.take_in(history) {
                    let historian = Arc::clone(historian);
                    worker.run(Box::new(move |_| historian.write()));
                }
            }
            Effect::SaveSettings(settings) => self.saver.run(Box::new(move |reply| {
                if let Err(error) = store::save_settings(&settings) {
                    reply.send(Event::SettingsFailed(error));
                }
            })),
            Effect::WriteSample => self.loader.run(Box::new(|reply| {
                let dir = store::sample_dir();
                reply.send(Event::SampleWritten(store::write_sample(&dir).map(|_| dir)));
            })),
            Effect::Export {
                format,
                to,
                replace,
                articles,
                entities,
                codebook,
            } => {
                let shared = (entities, codebook);
                let work = move |reply: &Reply| {
                    let progress = |done, total| reply.send(Event::ExportProgress(done, total));
                    let outcome = export(format, to, replace, &articles, &shared, progress);
                    reply.send(Event::Exported(outcome));
                };
                self.once("Exporting", work);
            }
            Effect::Copy(_) => {}
        }
    }

    /// Waits until everything that was handed over is written.
    pub fn finish(&mut self) {
        self.saver.finish();
        self.historian.1.finish();
    }

    /// Whether a search of the folder is still wanted: until the next one, or until it is stopped.
    fn only_newest(&self, ticket: u64) -> impl Fn() -> bool + Send + 'static {
        self.everywhere.store(ticket, Ordering::Relaxed);
        let newest = Arc::clone(&self.everywhere);
        move || newest.load(Ordering::Relaxed) == ticket
    }

    fn once(&self, name: &'static str, work: impl FnOnce(&Reply) + Send + 'static) {
        let reply = self.reply.clone();
        let spawned = Builder::new()
            .name(name.to_owned())
            .spawn(move || guarded(name, &reply, || work(&reply)));
        if let Err(error) = spawned {
            let reply = self.reply.clone();
            reply.send(Event::JobFailed(name, error.to_string()));
        }
    }

    /// Tells, for as long as the window lives, whether the desktop is dark.
    pub fn follow_theme(&self) {
        let desktop = Arc::clone(&self.desktop);
        self.once("Following the theme", move |reply| {
            desktop.follow_theme(&|is_dark| reply.send(Event::DesktopTheme { is_dark }));
        });
    }

    fn ask(
        &self,
        title: &'static str,
        event: impl FnOnce(Result<Option<PathBuf>, NoDialog>) -> Event + Send + 'static,
    ) {
        let desktop = Arc::clone(&self.desktop);
        self.once("The folder dialog", move |reply| {
            reply.send(event(desktop.pick_folder(title)))
        });
    }

    fn scan(&self, path: PathBuf, generation: u64) {
        self.generation.store(generation, Ordering::Relaxed);
        let ticket = self.scan.fetch_add(1, Ordering::Relaxed) + 1;
        let newest = Arc::clone(&self.scan);
        let state = self.state.clone();
        let presence = Arc::clone(&self.presence);
        let watches = Arc::clone(&self.watch);
        self.once("Reading the folder", move |reply| {
            let watch = store::Watch::new(store::root_of(&path));
            let mut visit = |step: Step<'_>| {
                match step {
                    Step::Seen(count) => reply.send(Event::ScanProgress(generation, count)),
                    // Before it is read, so that nothing that happens meanwhile is missed.
                    Step::Into(folder) => watch.add(folder),
                }
                newest.load(Ordering::Relaxed) == ticket
            };
            let listing = store::scan(&path, &mut visit);
            let root = listing
                .as_ref()
                .map_or_else(|_| path.clone(), |l| l.root.clone());
            // A file lists itself alone, in its folder.
            let file = listing.as_ref().ok().filter(|l| l.root != path);
            let file = file.and_then(|l| l.articles.get(0)).map(str::to_owned);
            if file.is_some() {
                watch.add(&root);
            }
            let limits = watch.limits();
            if newest.load(Ordering::Relaxed) == ticket {
                locked(&watches).listed = Some(watch);
            }
            let entities = Box::new(store::load_entities(&root));
            let codebook = Box::new(store::load_codebook(&root));
            let state = state.as_deref();
            let history = Box::new(store::kept_history(state, &root, &path));
            let kept = state.map(|state| store::kept_below(state, &root));
            let mut presence = locked(&presence);
            let is_new = presence.as_ref().is_none_or(|(open, _)| *open != root);
            if is_new && listing.is_ok() {
                let here = state.and_then(|state| store::be_present(state, &root));
                *presence = here.map(|here| (root.clone(), here));
            }
            reply.send(Event::Scanned {
                generation,
                listing: Box::new(listing),
                entities,
                codebook,
                file,
                kept: kept.unwrap_or_default(),
                limits,
                is_shared: is_new && presence.as_ref().is_some_and(|(_, here)| here.is_shared),
                history,
            });
        });
    }

    /// The folder that was listed last is watched from now on, for events of this generation.
    fn watch(&self, generation: u64) {
        let mut watches = locked(&self.watch);
        let Some(mut watch) = watches.listed.take() else {
            return;
        };
        let reply = self.reply.clone();
        watch.begin(move |noticed| reply.send(Event::Outside(generation, noticed)));
        watches.open = Some(watch);
    }

    fn read_rows(&self, articles: Articles, generation: u64) {
        self.generation.fetch_max(generation, Ordering::Relaxed);
        let newest = Arc::clone(&self.generation);
        self.rows.run(Box::new(move |reply| {
            let mut names = articles.iter().peekable();
            while names.peek().is_some() {
                if newest.load(Ordering::Relaxed) != generation {
                    return;
                }
                let read = |name| {
                    (
                        ArticleKey::from(name),
                        store::row_info(&articles.path(name)),
                    )
                };
                let infos = names.by_ref().take(ROWS_AT_ONCE).map(read).collect();
                reply.send(Event::Rows(generation, infos));
            }
        }));
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.finish();
    }
}
