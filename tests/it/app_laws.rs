//! Laws of the whole app under random commands over two articles: the index of marks is what the sidecar says, links
//! have ends, places hold their words, what the saver got is what is shown, and undo and redo restore exactly.
//!
//! The disk is a map here and the jobs answer when the test says so.
//!
//! *Limitations*: nobody else writes the files, and no other folder is opened.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use pressmark::app::{
    Analysis, ArticleKey, Command, CommandKind, DocId, Effect, Env, Event, Group, MarkIndex,
    OpenArticle, SaveContent, State, handle, resolve, update,
};
use pressmark::model::{Entities, Id, Layer, Sidecar, Span};
use pressmark::store::{Article, Articles, CodebookFile, EntitiesFile, Listing, SaveOutcome};
use pressmark::suggest;
use pressmark::text::{SourceText, segment_with};
use proptest::prelude::*;

use crate::editing::STORY;

/// Names, a surname, a possessive, letters of several bytes and code points, two quotes in one paragraph.
const OTHER: &str = "Crane étude 👩‍👩‍👧 opens\n\
    Mara Lind, the mayor of Sandholm, said the bridge is safe. “Nobody should worry,” Lind added. “It’s done.”\n\
    Officials said the work cost 3 million crowns. Lind’s deputy Jon Pérl declined to comment.\n\
    E\u{301}lan Voss said: “Wait.” “No,” Mara Lind said.";

const KEYS: [&str; 2] = ["one.txt", "two.txt"];

/// What random keys may do: everything that moves, tags, links and takes back.
fn kinds() -> impl Iterator<Item = CommandKind> {
    let groups = [Group::Edit, Group::Tag, Group::Go];
    let all = CommandKind::ALL.iter().copied();
    all.filter(move |kind| groups.contains(&kind.group()) && *kind != CommandKind::Copy)
}

struct World {
    state: State,
    env: Env,
    disk: BTreeMap<DocId, ([u8; 32], SaveContent)>,
    saves: Vec<(DocId, u64, SaveContent)>,
    loads: Vec<ArticleKey>,
    segmenter: Vec<Event>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut world = Self {
            state: State::default(),
            env: Env::fixed(seed),
            disk: BTreeMap::new(),
            saves: Vec::new(),
            loads: Vec::new(),
            segmenter: Vec::new(),
        };
        world.run(Command::Open(PathBuf::from("/news")));
        let mut articles = Articles::new(Path::new("/news"));
        KEYS.iter().for_each(|name| articles.add(name));
        world.take(Event::Scanned {
            generation: world.state.generation,
            listing: Box::new(Ok(Listing {
                root: PathBuf::from("/news"),
                articles,
                ..Listing::default()
            })),
            entities: Box::new(Ok(EntitiesFile::default())),
            codebook: Box::new(Ok(CodebookFile::default())),
            file: None,
            kept: Vec::new(),
            limits: None,
            is_shared: false,
            history: Box::default(),
        });
        world.load_all();
        world
    }

    fn run(&mut self, command: Command) {
        let effects = update(&mut self.state, command, &mut self.env);
        self.note(effects);
    }

    fn take(&mut self, event: Event) {
        let effects = handle(&mut self.state, event, &mut self.env);
        self.note(effects);
    }

    fn note(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Save {
                    doc,
                    revision,
                    content,
                    expected,
                    ..
                } => {
                    let there = self.disk.get(&doc).map(|(hash, _)| *hash);
                    let expected = expected.map(|hash| hash.get());
                    assert_eq!(expected, there, "it knows what stands on the disk");
                    self.saves.push((doc, revision, content));
                }
                Effect::Load { key, .. } => self.loads.push(key),
                Effect::Segment {
                    key,
                    source,
                    decided,
                } => {
                    let found = Box::new(segment_with(&source, &decided));
                    let of = self.state.generation;
                    self.segmenter
                        .push(Event::Segmented(of, key, decided, found));
                }
                _ => {}
            }
        }
    }

    /// The oldest save comes back.
    fn save_one(&mut self) {
        if !self.saves.is_empty() {
            let (doc, revision, content) = self.saves.remove(0);
            let hash = [revision.to_le_bytes()[0]; 32];
            self.disk.insert(doc.clone(), (hash, content));
            let outcome = Ok(SaveOutcome::Saved { hash });
            self.take(Event::Saved {
                doc,
                revision,
                outcome,
                kept: None,
            });
        }
    }

    fn load_all(&mut self) {
        for found in std::mem::take(&mut self.segmenter) {
            self.take(found);
        }
        while let Some(key) = (!self.loads.is_empty()).then(|| self.loads.remove(0)) {
            let source = SourceText::new(if &*key == KEYS[0] { STORY } else { OTHER });
            let segments = segment_with(&source, &self.on_disk(&key).overrides);
            let found = suggest::suggest(source.as_str(), &segments, &self.state.learnt());
            let kept = self.disk.get(&DocId::Article(key.clone()));
            let path = PathBuf::from(&*key);
            let article = Article {
                path,
                source,
                segments,
                info: Default::default(),
                guessed: false,
                replaced: 0,
                reordering: 0,
                is_rewritten: false,
                sidecar: self.on_disk(&key),
                sidecar_hash: kept.map(|(hash, _)| (*hash).into()),
                readonly: None,
                refusal: None,
                is_changed: false,
                orphans: 0,
            };
            let article = OpenArticle::new(key.clone(), article);
            let (of, loaded) = (self.state.generation, Box::new(Ok(article)));
            self.take(Event::Loaded(of, key.clone(), loaded));
            if let Some(open) = self.state.articles.get(&key) {
                let segments = open.segments.clone();
                let found = Analysis::of(found, &open.sidecar, open.save.revision);
                self.take(Event::Analysed(of, key, segments, Box::new(found)));
            }
        }
    }

    fn on_disk(&self, key: &ArticleKey) -> Sidecar {
        match self.disk.get(&DocId::Article(key.clone())) {
            Some((_, SaveContent::Sidecar { sidecar, .. })) => (**sidecar).clone(),
            _ => Sidecar::default(),
        }
    }

    /// Everything that people said, in memory or, of articles that were let go, on the disk.
    fn said(&self) -> (Vec<Sidecar>, Entities) {
        let sidecar = |key| match self.state.articles.get(&key) {
            Some(open) => open.sidecar.clone(),
            None => self.on_disk(&key),
        };
        let sidecars = KEYS.map(ArticleKey::from).into_iter().map(sidecar);
        (sidecars.collect(), self.state.records.entities.clone())
    }

    /// Does a thing as long as it can be done.
    fn exhaust(&mut self, kind: CommandKind) {
        while resolve(kind, &self.state).is_ok() {
            self.run(Command::Run(kind));
            self.state.articles.values().for_each(holds);
        }
    }

    /// One random act; `at` and `n` choose what it acts on.
    fn act(&mut self, what: u8, at: usize, n: usize) {
        let article = self.state.article();
        let annotations = article.map(|a| &a.sidecar.annotations);
        let ids: Vec<Id> = annotations.map_or_else(Vec::new, |a| a.keys().cloned().collect());
        let id = ids.get(at % ids.len().max(1)).cloned();
        let command = match (what, id, article) {
            (0..=5, ..) => Some(Command::Pick(at % 4)),
            (6, ..) => Some(Command::PickZero),
            (7, Some(id), _) => Some(Command::SetNote(id, "ask ".repeat(n % 3))),
            (8, Some(id), _) => Some(Command::Retag(vec![id], Layer::ALL[n % Layer::ALL.len()])),
            (9, Some(id), _) => Some(Command::Delete(vec![id])),
            (10, Some(id), _) => Some(Command::FocusAnnotation(id)),
            (11, Some(id), Some(a)) => Some(Command::AddFragment(id, a.target())),
            (12, Some(id), Some(a)) => {
                let link = a.sidecar.relations_from(&id).next().cloned();
                link.map(|r| Command::Unlink(r.from, r.kind, r.to))
            }
            (13, Some(id), Some(a)) => {
                let record = a.annotation(&id).and_then(|a| a.entity.clone());
                record.map(|r| Command::RenameRecord(r, format!("Name {n}")))
            }
            (14..=17, _, Some(a)) => {
                let (anchor, length) = (at * a.source.len() / 255, n / 4);
                let head = anchor + length;
                Some(Command::Select { anchor, head })
            }
            (18 | 19, ..) => Some(Command::Undo),
            (20, ..) => Some(Command::OpenArticle(KEYS[at % 2].into())),
            (21, ..) => return self.load_all(),
            (22 | 23, ..) => return self.save_one(),
            _ => kinds().nth(at % kinds().count()).map(Command::Run),
        };
        if let Some(command) = command {
            self.run(command);
        }
    }
}

/// What an index knows, as lines, whatever order its fragments came in.
fn shown(index: &MarkIndex, article: &OpenArticle) -> Vec<String> {
    let mut lines = vec![format!("{:?}", Layer::ALL.map(|layer| index.count(layer)))];
    for id in index
        .in_order()
        .chain(index.orphans().iter().map(|(_, id)| id))
    {
        let from: Vec<&Id> = index.relations_from(id).collect();
        let to: Vec<&Id> = index.relations_to(id).collect();
        lines.push(format!("{id} {from:?} {to:?}"));
    }
    lines.extend(
        index
            .records()
            .map(|r| format!("{r} {}", index.mentions(r))),
    );
    for block in 0..article.segments.blocks.len() {
        let marks = index.touching(article.segments.blocks[block].span);
        let mut marks: Vec<String> = marks.map(|mark| format!("{block} {mark:?}")).collect();
        marks.sort();
        lines.extend(marks);
    }
    lines
}

fn holds(article: &OpenArticle) {
    let (sidecar, source) = (&article.sidecar, &article.source);
    let fresh = MarkIndex::build(sidecar);
    assert_eq!(shown(&article.marks, article), shown(&fresh, article));
    let mut links = HashSet::new();
    for relation in sidecar.relations.values() {
        let ends = [&relation.from, &relation.to].map(|id| sidecar.annotations.contains_key(id));
        assert_eq!(ends, [true, true], "{} has both ends", relation.kind.name());
        let link = (&relation.kind, &relation.from, &relation.to);
        assert!(links.insert(link), "{} stands once", relation.kind.name());
    }
    for annotation in sidecar.annotations.values() {
        assert!(!annotation.at.is_empty(), "it is somewhere");
        for target in annotation.at.iter().chain(&annotation.cue) {
            let span = target.span().expect("what is tagged here is placed");
            assert!(!span.is_empty() && source.snap(span) == span);
            assert_eq!(source.slice(span), target.selector.exact);
            assert_eq!(source.cp_span(span).start, target.selector.start);
        }
        let spans: Vec<Span> = annotation.spans().collect();
        let apart = spans
            .windows(2)
            .all(|pair| pair[0].end() <= pair[1].start());
        assert!(apart, "fragments stand in order and apart: {spans:?}");
        if let Some(record) = &annotation.entity {
            assert!(sidecar.cast.contains_key(record), "its record is cast");
        }
    }
    if let Some(selection) = article.selection {
        let span = selection.span();
        assert_eq!(source.snap(span), span, "a selection cuts no letter");
    }
    let exists = |id: &Id| sidecar.annotations.contains_key(id);
    assert!(article.active.as_ref().is_none_or(exists) && article.last.as_ref().is_none_or(exists));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_done_the_state_holds_together_and_undo_restores_it(
        acts in prop::collection::vec((0u8..60, 0usize..256, 0usize..256), 0..90), seed in any::<u64>()
    ) {
        let mut world = World::new(seed);
        for (what, pick, more) in acts {
            world.act(what, pick, more);
            world.state.articles.values().for_each(holds);
        }
        world.load_all();
        world.exhaust(CommandKind::Redo);
        let end = world.said();
        world.exhaust(CommandKind::Undo);
        world.load_all();
        let nothing = (vec![Sidecar::default(), Sidecar::default()], Entities::default());
        prop_assert_eq!(world.said(), nothing);
        world.exhaust(CommandKind::Redo);
        prop_assert_eq!(world.said(), end);
        (0..9).for_each(|_| world.save_one());
        prop_assert_eq!(world.state.unsaved(), Vec::new());
        for article in world.state.articles.values() {
            prop_assert_eq!(&article.sidecar, &world.on_disk(&article.key));
        }
    }
}
