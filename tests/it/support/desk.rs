//! A desk without a window: commands go in, and jobs answer when the test says so.
//!
//! Folders, articles, sidecars and records are real files in a folder of the test's own, so that what another program
//! writes meanwhile is written there too. A job can be done and its answer held back, as a slow disk would.
//!
//! *Limitations*: settings, exports and dialogs are not carried out.

use std::fs;
use std::path::PathBuf;

use pressmark::app::{
    Analysis, Command, CommandKind, DocId, Effect, Env, Event, OpenArticle, Saver, State, handle,
    resolve, to_be_kept, update,
};
use pressmark::model::{Annotation, Entities, Id, Layer, Relation, RelationKind, Sidecar, Span};
use pressmark::store;
use pressmark::suggest;
use pressmark::text::segment_with;
use tempfile::TempDir;

use crate::editing::STORY;

/// A second article, of other people.
pub const BRIDGE: &str = "Bridge opens again\n\
    Nadia Orlow, the mayor of Sandholm, said the bridge is safe. “Nobody should worry,” Orlow added.\n\
    Officials said the work cost 3 million crowns. Orlow’s deputy Jon Perl declined to comment.";

/// Kinds of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    Scan,
    Rows,
    Load,
    Hash,
    Segment,
    Analyse,
    Search,
    Save,
    /// The pause before a failed save is tried again.
    Pause,
}

impl Job {
    fn of(effect: &Effect) -> Option<Self> {
        match effect {
            Effect::Scan(_) => Some(Self::Scan),
            Effect::ReadRows(_) => Some(Self::Rows),
            Effect::Load { .. } => Some(Self::Load),
            Effect::TakeHash(..) => Some(Self::Hash),
            Effect::Segment { .. } => Some(Self::Segment),
            Effect::Analyse { .. } => Some(Self::Analyse),
            Effect::Search { .. } => Some(Self::Search),
            Effect::Save { .. } => Some(Self::Save),
            Effect::TryAgain(_) => Some(Self::Pause),
            _ => None,
        }
    }
}

/// The app, the files it works on, and the jobs that nobody has done yet.
pub struct Desk {
    pub state: State,
    env: Env,
    disk: TempDir,
    saver: Saver,
    /// Whether the history is kept: else it is as if the program were killed before that.
    pub keeps_history: bool,
    /// What was asked for, oldest first, with the generation it was asked in.
    asked: Vec<(Job, u64, Effect)>,
}

impl Desk {
    /// `STORY` is shown, as one.txt of the folder `here`; `BRIDGE` is its two.txt.
    pub fn new() -> Self {
        Self::with(&[("one.txt", STORY), ("two.txt", BRIDGE)])
    }

    /// The first of these articles is shown, and everything is read.
    pub fn with(articles: &[(&str, &str)]) -> Self {
        Self::on(tempfile::tempdir().expect("a place for tests"), articles)
    }

    /// Closes the window, saved or not, and opens another one on the same disk.
    pub fn start_again(self) -> Self {
        let mut desk = Self::on(self.disk, &[]);
        desk.env = Env::fixed(4);
        desk
    }

    fn on(disk: TempDir, articles: &[(&str, &str)]) -> Self {
        let mut desk = Self {
            state: State::default(),
            env: Env::fixed(3),
            saver: Saver::new(Some(disk.path().join("state"))),
            disk,
            keeps_history: true,
            asked: Vec::new(),
        };
        for (name, text) in articles {
            desk.write(&format!("here/{name}"), text);
        }
        desk.run(Command::Open(desk.path("here")));
        desk.settle();
        desk
    }

    /// The same desk with every kind of suggestion switched off: Tab goes from annotation to annotation.
    pub fn without_suggestions(mut self) -> Self {
        use CommandKind::{SuggestClaims, SuggestPeople, SuggestQuotes};
        self.keys(&[SuggestQuotes, SuggestPeople, SuggestClaims]);
        self
    }

    /// A file or folder of this desk.
    pub fn path(&self, rel: &str) -> PathBuf {
        self.disk.path().join(rel)
    }

    /// Writes a file, as another program would.
    pub fn write(&self, rel: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(rel);
        fs::create_dir_all(path.parent().expect("inside the disk")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// Removes a file, as another program would.
    pub fn remove(&self, rel: &str) {
        fs::remove_file(self.path(rel)).expect("it was there");
    }

    /// The sidecar of an article of `here` as it is on the disk.
    pub fn on_disk(&self, key: &str) -> Sidecar {
        let path = self.path("here").join(key);
        let loaded = store::load_article(&path, None).expect("a readable article");
        loaded.sidecar
    }

    /// Somebody else changes the sidecar of an article of `here`.
    pub fn somebody_else_edits(&self, key: &str, change: impl FnOnce(&mut Sidecar)) {
        let mut sidecar = self.on_disk(key);
        change(&mut sidecar);
        let path = store::sidecar_path(&self.path("here").join(key));
        fs::write(path, store::serialise_sidecar(&sidecar, None)).expect("a sidecar");
    }

    /// Somebody else changes the records of `here`.
    pub fn somebody_else_edits_records(&self, change: impl FnOnce(&mut Entities)) {
        let file = store::load_entities(&self.path("here"));
        let mut entities = file.expect("readable records").entities;
        change(&mut entities);
        let path = store::entities_path(&self.path("here"));
        fs::write(path, store::serialise_entities(&entities)).expect("records");
    }

    /// Presses keys, with time to think between them.
    pub fn keys(&mut self, kinds: &[CommandKind]) {
        for kind in kinds {
            self.state.burst.keys.clear();
            self.run(Command::Run(*kind));
        }
    }

    /// Does one thing.
    pub fn run(&mut self, command: Command) {
        let effects = update(&mut self.state, command, &mut self.env);
        self.ask(effects);
    }

    /// An answer comes.
    pub fn take(&mut self, event: Event) {
        let effects = handle(&mut self.state, event, &mut self.env);
        self.ask(effects);
    }

    fn ask(&mut self, effects: Vec<Effect>) {
        let of = self.state.generation;
        for effect in &effects {
            match effect {
                Effect::DropKept(files) => store::drop_kept(files),
                Effect::KeepHistory { .. } if self.keeps_history => {
                    let history = to_be_kept(effect.clone()).expect("a history");
                    store::keep_history(&self.path("state"), &history).expect("it is kept");
                }
                _ => {}
            }
        }
        let jobs = effects.into_iter();
        let jobs = jobs.filter_map(|effect| Some((Job::of(&effect)?, of, effect)));
        self.asked.extend(jobs);
    }

    /// Whether a job of this kind waits to be done.
    pub fn asks_for(&self, job: Job) -> bool {
        self.asked.iter().any(|(kind, ..)| *kind == job)
    }

    /// Whether the sidecar of the article that is to be loaded is compared with what was there before.
    pub fn compares(&self) -> Option<bool> {
        self.asked.iter().find_map(|(.., effect)| match effect {
            Effect::Load { is_compared, .. } => Some(*is_compared),
            _ => None,
        })
    }

    /// Does the jobs of a kind that were asked for, and holds their answers back.
    pub fn hold(&mut self, job: Job) -> Vec<Event> {
        let held: Vec<_> = self
            .asked
            .extract_if(.., |(kind, ..)| *kind == job)
            .collect();
        held.into_iter()
            .map(|(_, of, effect)| self.done(effect, of))
            .collect()
    }

    /// The jobs of a kind that were asked for are lost with their thread.
    pub fn lose(&mut self, job: Job) {
        self.asked.retain(|(kind, ..)| *kind != job);
    }

    /// Answers that were held back come.
    pub fn take_all(&mut self, events: Vec<Event>) {
        events.into_iter().for_each(|event| self.take(event));
    }

    /// Does the jobs of one kind, and those of that kind that come of them.
    pub fn settle_only(&mut self, job: Job) {
        while self.asks_for(job) {
            let answers = self.hold(job);
            self.take_all(answers);
        }
    }

    /// Does all jobs until none is left but pauses.
    pub fn settle(&mut self) {
        while let Some(at) = self.asked.iter().position(|(kind, ..)| *kind != Job::Pause) {
            let (_, of, effect) = self.asked.remove(at);
            let answer = self.done(effect, of);
            self.take(answer);
        }
    }

    /// Selects words of the article that is shown, where they stand first.
    pub fn select(&mut self, words: &str) {
        let span = self.find(words);
        let (anchor, head) = (span.start(), span.end());
        self.run(Command::Select { anchor, head });
    }

    /// Tags words of the article that is shown, and returns the annotation.
    pub fn tag(&mut self, layer: Layer, words: &str) -> Id {
        self.select(words);
        let spans = vec![self.find(words)];
        self.run(Command::Tag(layer, spans));
        self.active()
    }

    /// Where words stand first in the article that is shown.
    pub fn find(&self, words: &str) -> Span {
        let start = self.shown().source.as_str().find(words);
        let start = start.expect("words of the article");
        Span::new(start, start + words.len())
    }

    /// The article that is shown.
    pub fn shown(&self) -> &OpenArticle {
        self.state.article().expect("an article is shown")
    }

    /// The name of the article that is shown.
    pub fn name(&self) -> &str {
        &self.shown().key
    }

    /// The annotation that the editor shows.
    pub fn active(&self) -> Id {
        let active = self.shown().active.clone();
        active.expect("an annotation is shown")
    }

    /// Takes back whatever can be taken back.
    pub fn undo_all(&mut self) {
        while resolve(CommandKind::Undo, &self.state).is_ok() {
            self.keys(&[CommandKind::Undo]);
        }
    }

    /// Every link of the article that is shown points from an annotation to an annotation.
    #[track_caller]
    pub fn links_have_ends(&self) {
        let article = self.shown();
        for link in article.sidecar.relations.values() {
            let ends = [&link.from, &link.to].map(|id| article.annotation(id).is_some());
            assert_eq!(ends, [true, true], "{} has both ends", link.kind.name());
        }
    }
}

/// Somebody else says who made a claim: adds a source on the same words, and the link to it.
pub fn add_claimant(sidecar: &mut Sidecar, claim: &Id) {
    let source = Annotation {
        id: "their-source".into(),
        layer: Layer::Source,
        ..sidecar.annotations[claim].clone()
    };
    let link = link("their-link", RelationKind::ClaimedBy, claim, &source.id);
    sidecar.annotations.insert(source.id.clone(), source);
    sidecar.relations.insert(link.id.clone(), link);
}

/// A link.
pub fn link(id: &str, kind: RelationKind, from: &Id, to: &Id) -> Relation {
    Relation {
        id: id.into(),
        kind,
        from: from.clone(),
        to: to.clone(),
        extra: Default::default(),
    }
}

impl Desk {
    /// Does a job as the threads do it.
    fn done(&mut self, effect: Effect, generation: u64) -> Event {
        match effect {
            Effect::Scan(path) => {
                let listing = store::scan(&path, &mut |_| true);
                let found = listing.as_ref().ok();
                let root = found.map_or_else(|| path.clone(), |l| l.root.clone());
                let file = found.filter(|l| l.root != path);
                let file = file.and_then(|l| l.articles.get(0));
                Event::Scanned {
                    generation,
                    file: file.map(str::to_owned),
                    listing: Box::new(listing),
                    entities: Box::new(store::load_entities(&root)),
                    codebook: Box::new(store::load_codebook(&root)),
                    kept: store::kept_below(&self.path("state"), &root),
                    limits: None,
                    is_shared: false,
                    history: Box::new(store::kept_history(Some(&self.path("state")), &root, &path)),
                }
            }
            Effect::ReadRows(articles) => {
                let infos = articles.entries();
                let infos = infos.map(|e| (e.rel.into(), store::row_info(&e.path)));
                Event::Rows(generation, infos.collect())
            }
            Effect::TakeHash(key, hash) => {
                hash.get();
                Event::Hashed(generation, key)
            }
            Effect::Load {
                key,
                path,
                encoding,
                is_compared,
            } => {
                let loaded = store::load_article_or_kept(&path, encoding.as_deref());
                let loaded = loaded.map(|article| OpenArticle::new(key.clone(), article));
                if is_compared {
                    loaded.iter().for_each(OpenArticle::take_hash);
                }
                Event::Loaded(generation, key, Box::new(loaded))
            }
            Effect::Segment {
                key,
                source,
                decided,
            } => {
                let segments = segment_with(&source, &decided);
                Event::Segmented(generation, key, decided, Box::new(segments))
            }
            Effect::Analyse {
                key,
                source,
                segments,
                learnt,
                sidecar,
                revision,
            } => {
                let found = suggest::suggest(source.as_str(), &segments, &learnt);
                let analysis = Analysis::of(found, &sidecar, revision);
                Event::Analysed(generation, key, segments, Box::new(analysis))
            }
            Effect::Search {
                ticket,
                source,
                search,
            } => Event::Found(ticket, search.run(source.as_str(), &|| true)),
            Effect::Save {
                doc,
                revision,
                path,
                content,
                expected,
            } => self.saver.save(doc, revision, &path, &content, expected),
            Effect::TryAgain(_) => Event::TryAgain,
            other => unreachable!("not a job: {other:?}"),
        }
    }
}

/// Whether an answer is that of the saver about the records.
pub fn is_of_records(event: &Event) -> bool {
    matches!(event, Event::Saved { doc, .. } if *doc == DocId::Entities)
}
