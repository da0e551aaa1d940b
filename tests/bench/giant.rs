//! Articles of any size with any number of tags, written by rule: always the same for the same figures.
//!
//! Invented people in an invented town, paragraph by paragraph, so that names, quotes and sentences keep the density of
//! news however long the article is. *Limitations*: of use for speed alone; nobody would want to read it.

use std::fs;
use std::path::{Path, PathBuf};

use pressmark::model::{
    Annotation, ArticleInfo, Attrs, CastEntry, Entities, Entity, EntityKind, Extra, Id, Layer,
    Origin, Place, Relation, RelationKind, Selector, Sidecar, Span, Status, Target,
};
use pressmark::store;
use pressmark::text::SourceText;

/// Code points of surroundings that a tag is described with.
const CONTEXT: usize = 32;

/// How many people an article tells of, whatever its size.
const PEOPLE: usize = 30;

const FIRST: [&str; 6] = ["Ada", "Jonas", "Mirela", "Tove", "Óscar", "Priska"];
const LAST: [&str; 10] = [
    "Marlow", "Perl", "Quist", "Hedvall", "Brandt", "Sorley", "Tamm", "Vance", "Ibarra", "Lund",
];
const SAYS: [&str; 4] = ["said", "told the council", "warned", "recalled"];
const PLACES: [&str; 5] = [
    "harbour",
    "old bridge",
    "ferry line",
    "tram depot",
    "fish market",
];
const EVENTS: [&str; 5] = [
    "cost {n} million crowns more than planned",
    "was closed for {n} days after the storm",
    "carried {n} passengers on its best day",
    "lost every {n}th customer in a year",
    "will be rebuilt within {n} months",
];
const WORDS: [&str; 5] = [
    "Nobody asked the people who live by the {p}",
    "We will open the {p} again before the winter",
    "The {p} was safe on the day it was inspected",
    "They have known about the {p} for {n} years",
    "I would take my own children over the {p}",
];

/// One thing that could be tagged.
#[derive(Debug, Clone, Copy)]
enum Found {
    Claim(Span),
    Person(Span, usize),
    /// The words, and whoever says them.
    Quote(Span, Span, usize),
}

/// A text and what could be tagged in it, in text order.
struct Draft {
    text: String,
    found: Vec<Found>,
}

impl Draft {
    fn add(&mut self, words: &str) -> Span {
        let from = self.text.len();
        self.text.push_str(words);
        Span::new(from, self.text.len())
    }
}

fn name(person: usize) -> String {
    format!(
        "{} {}",
        FIRST[person % FIRST.len()],
        LAST[person % LAST.len()]
    )
}

fn filled(pattern: &str, round: usize) -> String {
    let place = PLACES[round % PLACES.len()];
    pattern
        .replace("{p}", place)
        .replace("{n}", &(round % 97 + 3).to_string())
}

/// About `size` bytes, in paragraphs with a line end behind each.
fn news(size: usize) -> Draft {
    let mut draft = Draft {
        text: String::with_capacity(size + 1024),
        found: Vec::new(),
    };
    draft.add("A long year for Sandholm\n");
    let mut round = 0;
    while draft.text.len() < size {
        round += 1;
        let (speaker, other) = (round * 7 % PEOPLE, round * 11 % PEOPLE);
        let claim = format!("The {} ", PLACES[round % PLACES.len()]);
        let event = filled(EVENTS[round / 3 % EVENTS.len()], round);
        let sentence = draft.add(&format!("{claim}{event}."));
        draft.found.push(Found::Claim(sentence));
        draft.add(" ");
        let words = draft.add(&format!(
            "“{},”",
            filled(WORDS[round % WORDS.len()], round / 2)
        ));
        draft.add(" ");
        let source = draft.add(&name(speaker));
        draft.add(&format!(
            " {} in meeting {round}.",
            SAYS[round % SAYS.len()]
        ));
        draft.found.push(Found::Quote(words, source, speaker));
        draft.add(" A letter to ");
        let person = draft.add(&name(other));
        draft.found.push(Found::Person(person, other));
        draft.add(&format!(
            " of {} March went unanswered, as did {round} others.\n",
            round % 28 + 1
        ));
    }
    draft
}

/// How an article is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// News of so many bytes.
    News(usize),
    /// So many lines of a few words.
    Lines(usize),
    /// So many bytes without a line end.
    OneLine(usize),
    /// A letter with so many accents on it, in a short article.
    Accents(usize),
}

/// Writes a folder with one article in this shape and about so many tags, and returns the article's path.
pub fn write(folder: &Path, shape: Shape, tags: usize) -> PathBuf {
    let draft = match shape {
        Shape::News(size) => news(size),
        Shape::OneLine(size) => {
            let mut draft = news(size);
            // A character for a character: places stay where they are.
            draft.text = draft.text.replace('\n', " ");
            draft
        }
        Shape::Lines(count) => Draft {
            text: (0..count)
                .map(|n| format!("Berth {n} is free.\n"))
                .collect(),
            found: Vec::new(),
        },
        Shape::Accents(count) => {
            let mut draft = news(2048);
            draft.add(&format!(
                "The sign read E{} and nothing else.\n",
                "\u{301}".repeat(count)
            ));
            draft
        }
    };
    let article = folder.join("long-year.txt");
    fs::write(&article, &draft.text).expect("an article");
    if tags > 0 {
        let source = SourceText::new(draft.text.as_str());
        let bytes = store::serialise_sidecar(&sidecar(&source, &draft.found, tags), None);
        fs::write(store::sidecar_path(&article), bytes).expect("a sidecar");
        let bytes = store::serialise_entities(&records());
        fs::write(store::entities_path(folder), bytes).expect("records");
    }
    article
}

fn records() -> Entities {
    let entity = |person: usize| Entity {
        id: record(person),
        name: name(person),
        aliases: Vec::new(),
        kind: EntityKind::Person,
        roles: Vec::new(),
        note: String::new(),
        merged_into: None,
        extra: Extra::default(),
    };
    Entities {
        by_id: (0..PEOPLE)
            .map(|person| (record(person), entity(person)))
            .collect(),
        ..Entities::default()
    }
}

fn record(person: usize) -> Id {
    Id::new(format!("record{person:04}"))
}

/// The first so many tags, evenly spread: a quote counts with its speaker.
fn sidecar(source: &SourceText, found: &[Found], tags: usize) -> Sidecar {
    let mut sidecar = Sidecar {
        article: ArticleInfo {
            file: "long-year.txt".to_owned(),
            sha256: store::hash(source.as_str().as_bytes())
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect(),
            encoding: "utf-8".to_owned(),
            length: source.code_points(),
            ..ArticleInfo::default()
        },
        status: Status::InWork,
        ..Sidecar::default()
    };
    let possible = found.len() / 3 * 4;
    let mut taken = 0;
    for (at, found) in found.iter().enumerate() {
        // As many as there should be by here, if they are spread over the whole.
        if taken >= tags || taken * possible > at * 4 / 3 * tags {
            continue;
        }
        let mut add = |layer: Layer, span: Span, person: Option<usize>| {
            // Ids in the order of chance, as minted ones are.
            let id = Id::new(format!("t{:09x}", taken as u64 * 2_654_435_761 % (1 << 36)));
            taken += 1;
            let entity = person.map(record);
            if let Some(id) = &entity {
                sidecar.cast.insert(
                    id.clone(),
                    CastEntry {
                        id: id.clone(),
                        name: name(person.unwrap_or_default()),
                        attrs: Attrs::default(),
                        extra: Extra::default(),
                    },
                );
            }
            sidecar.annotations.insert(
                id.clone(),
                annotation(source, id.clone(), layer, span, entity),
            );
            id
        };
        match *found {
            Found::Claim(span) => {
                add(Layer::Claim, span, None);
            }
            Found::Person(span, person) => {
                add(Layer::Person, span, Some(person));
            }
            Found::Quote(words, speaker, person) => {
                let from = add(Layer::Quote, words, None);
                let to = add(Layer::Source, speaker, Some(person));
                let id = Id::new(format!("r{from}"));
                let relation = Relation {
                    id: id.clone(),
                    kind: RelationKind::SaidBy,
                    from,
                    to,
                    extra: Extra::default(),
                };
                sidecar.relations.insert(id, relation);
            }
        }
    }
    sidecar
}

fn annotation(
    source: &SourceText,
    id: Id,
    layer: Layer,
    span: Span,
    entity: Option<Id>,
) -> Annotation {
    let cp = source.cp_span(span);
    let from = source
        .to_byte(cp.start.saturating_sub(CONTEXT))
        .unwrap_or(0);
    let to = source.to_byte(cp.end + CONTEXT).unwrap_or(source.len());
    let slice = |from: usize, to: usize| source.slice(Span::new(from, to)).into();
    let selector = Selector {
        start: cp.start,
        end: cp.end,
        exact: slice(span.start(), span.end()),
        prefix: slice(from, span.start()),
        suffix: slice(span.end(), to),
        extra: Extra::default(),
    };
    Annotation {
        id,
        layer,
        at: vec![Target {
            selector,
            place: Place::Placed(span),
        }],
        cue: Vec::new(),
        entity,
        attrs: Attrs::default(),
        note: String::new(),
        origin: Origin::Hand,
        by: "am".into(),
        created: "2026-03-01T09:00:00Z".into(),
        modified: "2026-03-01T09:00:00Z".into(),
        extra: Extra::default(),
    }
}
