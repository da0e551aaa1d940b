//! The steps that can be taken back or done again, kept for the next start: one file for each folder, in the state folder.
//!
//! With them stand the hashes of the sidecars and articles that they were made on. Whether they still fit is looked at
//! here, when the folder is opened, and again by `app`, when an article is: a step is never applied to anything else.
//!
//! *Limitations*: a folder that was moved or renamed has another history. Steps that set a whole sidecar (a copy was
//! merged) are not kept, nor are those before them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use super::codebook_file::{self, codebook_path};
use super::disk::{self, hash, hex};
use super::durable::{self, Failure};
use super::entities_file::{self, entities_path};
use super::error::StoreError;
use super::json::{attrs, list, text};
use super::json_cursor::Cursor;
use super::json_write::{pairs, quoted};
use super::names::sidecar_path;
use super::places::make_private;
use super::sidecar_read as read;
use super::sidecar_write as write;
use crate::model::{Edit, Id, Place, Span, Status, Target};

const FORMAT: &str = "pressmark-history";

/// The most steps that are kept, the newest ones.
const MOST_STEPS: usize = 500;

/// The most that they may take, in bytes.
const MOST_BYTES: usize = 8 << 20;

/// Histories of so many folders are kept; the one that was not written for the longest time goes first.
const MOST_FOLDERS: usize = 64;

/// A document of the folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Document {
    /// The records.
    Records,
    /// The codebook.
    Codebook,
    /// An article's sidecar, by the article's name.
    Article(String),
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptStep {
    /// What it did.
    pub name: String,
    /// What takes it back, or does it again, in this order.
    pub edits: Vec<(Document, Edit)>,
    /// Where the person was: the article and a byte offset.
    pub place: Option<(String, usize)>,
}

/// What a document was when the last of the steps was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MadeOn {
    /// The hash of its file; `None` when there was none.
    pub file: Option<[u8; 32]>,
    /// The SHA-256 of the article, in hexadecimal; empty for what is no article.
    pub article: String,
}

/// The history of a folder.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KeptHistory {
    /// The folder, or the file that was opened alone.
    pub of: PathBuf,
    /// Steps that can be taken back, the newest last.
    pub undo: Vec<KeptStep>,
    /// Steps that can be done again, the next one last.
    pub redo: Vec<KeptStep>,
    /// What they were made on.
    pub made_on: BTreeMap<Document, MadeOn>,
    /// Documents that are not any more what they were then.
    pub stale: BTreeSet<Document>,
    /// Whether there was a file that could not be understood.
    pub is_damaged: bool,
}

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u32,
    documents: Vec<DocumentForm>,
    undo: Vec<Box<RawValue>>,
    redo: Vec<Box<RawValue>>,
}

#[derive(Serialize, Deserialize)]
struct DocumentForm {
    document: Document,
    file: Option<String>,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
struct StepForm {
    name: String,
    place: Option<(String, usize)>,
    edits: Vec<EditForm>,
}

#[derive(Serialize, Deserialize)]
struct EditForm {
    document: Document,
    sets: String,
    id: Option<String>,
    value: Option<Box<RawValue>>,
    /// Where the fragments of the value are: how certain, first and last byte.
    places: Vec<Option<(u8, usize, usize)>>,
}

fn file_of(state: &Path, of: &Path) -> PathBuf {
    let settled = fs::canonicalize(of).unwrap_or_else(|_| of.to_owned());
    let name = &hex(&hash(settled.as_os_str().as_encoded_bytes()))[..16];
    state.join("history").join(format!("{name}.json"))
}

/// Keeps a history; an empty one takes the file away.
///
/// # Errors
/// When the state folder cannot be written.
pub fn keep_history(state: &Path, history: &KeptHistory) -> Result<(), StoreError> {
    let path = file_of(state, &history.of);
    let failed = |error| StoreError::io(&path, error);
    let mut room = Room {
        steps: MOST_STEPS,
        bytes: MOST_BYTES,
    };
    let undo = room.newest(&history.undo);
    let redo = room.newest(&history.redo);
    if undo.is_empty() && redo.is_empty() {
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(error)),
            _ => Ok(()),
        };
    }
    let documents = history.made_on.iter().map(|(document, made)| DocumentForm {
        document: document.clone(),
        file: made.file.map(|hash| hex(&hash)),
        sha256: made.article.clone(),
    });
    let file = File {
        format: FORMAT.to_owned(),
        version: 1,
        documents: documents.collect(),
        undo,
        redo,
    };
    let bytes = serde_json::to_vec(&file).map_err(|error| failed(error.into()))?;
    let folder = durable::folder_of(&path);
    make_private(folder).map_err(failed)?;
    sweep(folder, &path);
    match durable::replace(&path, &bytes) {
        Ok(()) | Err(Failure::Unconfirmed(_)) => Ok(()),
        Err(Failure::NotWritten(error)) => Err(failed(error)),
    }
}

/// Makes room for one more folder's history.
fn sweep(folder: &Path, but: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let others = entries.filter(|entry| entry.path() != but);
    let mut files: Vec<_> = others
        .map(|entry| {
            (
                entry.metadata().and_then(|m| m.modified()).ok(),
                entry.path(),
            )
        })
        .collect();
    files.sort();
    let too_many = files.len().saturating_sub(MOST_FOLDERS - 1);
    for (_, path) in &files[..too_many] {
        // One that stays is found again the next time.
        let _ = fs::remove_file(path);
    }
}

/// What may still be kept.
struct Room {
    steps: usize,
    bytes: usize,
}

impl Room {
    /// The newest steps for which there is room, in their order. Behind one that cannot be kept, none is.
    fn newest(&mut self, steps: &[KeptStep]) -> Vec<Box<RawValue>> {
        let mut kept = Vec::new();
        for step in steps.iter().rev() {
            let Some(raw) = form(step).and_then(|form| to_raw_value(&form).ok()) else {
                break;
            };
            let size = raw.get().len();
            if self.steps == 0 || size > self.bytes {
                break;
            }
            self.steps -= 1;
            self.bytes -= size;
            kept.push(raw);
        }
        kept.reverse();
        kept
    }
}

/// The history of a folder, or of a file that is opened alone, with what of it does not fit any more.
pub fn kept_history(state: Option<&Path>, root: &Path, of: &Path) -> KeptHistory {
    let mut history = KeptHistory {
        of: of.to_owned(),
        ..KeptHistory::default()
    };
    let Some(Ok(Some(bytes))) = state.map(|state| disk::read_own(&file_of(state, of))) else {
        return history;
    };
    match parse(&bytes) {
        Some((undo, redo, made_on)) => {
            let is_stale = |(doc, made): &(&Document, &MadeOn)| !is_as_it_was(root, doc, made);
            let stale = made_on.iter().filter(is_stale);
            history.stale = stale.map(|(doc, _)| doc.clone()).collect();
            (history.undo, history.redo, history.made_on) = (undo, redo, made_on);
        }
        None => history.is_damaged = true,
    }
    history
}

type Parsed = (Vec<KeptStep>, Vec<KeptStep>, BTreeMap<Document, MadeOn>);

fn parse(bytes: &[u8]) -> Option<Parsed> {
    let file: File = serde_json::from_slice(bytes).ok()?;
    if file.format != FORMAT || file.version != 1 {
        return None;
    }
    let documents = file.documents.into_iter().map(|document| {
        let made = MadeOn {
            file: match document.file {
                Some(text) => Some(unhex(&text)?),
                None => None,
            },
            article: document.sha256,
        };
        Some((document.document, made))
    });
    let made_on: BTreeMap<Document, MadeOn> = documents.collect::<Option<_>>()?;
    let steps = |raw: Vec<Box<RawValue>>| -> Option<Vec<KeptStep>> {
        raw.iter().map(|raw| step(raw)).collect()
    };
    let (undo, redo) = (steps(file.undo)?, steps(file.redo)?);
    let mut touched = undo.iter().chain(&redo).flat_map(|step| &step.edits);
    let is_whole = touched.all(|(document, _)| made_on.contains_key(document));
    is_whole.then_some((undo, redo, made_on))
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if text.len() != 2 * out.len() {
        return None;
    }
    for (at, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(out)
}

/// Whether a document, and the article that it is about, are what they were.
fn is_as_it_was(root: &Path, document: &Document, made: &MadeOn) -> bool {
    let of_file = |path: &Path| disk::read_own(path).map(|bytes| bytes.map(|b| hash(&b)));
    match document {
        Document::Records => of_file(&entities_path(root)).is_ok_and(|now| now == made.file),
        Document::Codebook => of_file(&codebook_path(root)).is_ok_and(|now| now == made.file),
        Document::Article(name) => {
            let article = root.join(name);
            of_file(&sidecar_path(&article)).is_ok_and(|now| now == made.file)
                && disk::read(&article).is_ok_and(|bytes| hex(&hash(&bytes)) == made.article)
        }
    }
}

/// A step as it is kept; `None` when it cannot be.
fn form(step: &KeptStep) -> Option<StepForm> {
    let edits = step.edits.iter().map(|(document, edit)| {
        let (sets, id, value) = written(edit)?;
        Some(EditForm {
            document: document.clone(),
            sets: sets.to_owned(),
            id: id.map(Id::to_string),
            value: match value {
                Some(json) => Some(RawValue::from_string(json).ok()?),
                None => None,
            },
            places: targets(edit)
                .into_iter()
                .map(|t| place_form(t.place))
                .collect(),
        })
    });
    Some(StepForm {
        name: step.name.clone(),
        place: step.place.clone(),
        edits: edits.collect::<Option<_>>()?,
    })
}

/// What an edit sets, on which id, to what.
fn written(edit: &Edit) -> Option<(&'static str, Option<&Id>, Option<String>)> {
    let list = |entries: Vec<String>| Some(format!("[{}]", entries.join(",")));
    Some(match edit {
        Edit::Annotation(id, value) => (
            "annotation",
            Some(id),
            value.as_deref().map(write::annotation),
        ),
        Edit::Relation(id, value) => ("relation", Some(id), value.as_ref().map(write::relation)),
        Edit::Cast(id, value) => ("cast", Some(id), value.as_ref().map(write::cast)),
        Edit::Status(status) => ("status", None, Some(quoted(status.name()))),
        Edit::Variables(all) => {
            let all = all.iter().map(|(key, value)| (key.as_str(), value));
            ("variables", None, Some(pairs(all)))
        }
        Edit::Overrides(all) => (
            "segments",
            None,
            list(all.iter().map(write::override_).collect()),
        ),
        Edit::Rejections(all) => (
            "rejected",
            None,
            list(all.iter().map(write::rejection).collect()),
        ),
        Edit::Entity(id, value) => ("entity", Some(id), value.as_ref().map(entities_file::write)),
        Edit::Codes(all) => (
            "codes",
            None,
            list(all.iter().map(codebook_file::write).collect()),
        ),
        Edit::Sidecar(_) => return None,
    })
}

fn step(raw: &RawValue) -> Option<KeptStep> {
    let form: StepForm = serde_json::from_str(raw.get()).ok()?;
    let edits = form.edits.into_iter().map(|form| {
        let document = form.document.clone();
        Some((document, edit(form)?))
    });
    Some(KeptStep {
        name: form.name,
        place: form.place,
        edits: edits.collect::<Option<_>>()?,
    })
}

fn edit(form: EditForm) -> Option<Edit> {
    let value = form.value.as_deref();
    let id = form.id.map(Id::new);
    /// Reads a value that may be nothing.
    fn maybe<T>(
        value: Option<&RawValue>,
        read: impl Fn(&RawValue) -> Option<T>,
    ) -> Option<Option<T>> {
        match value {
            Some(raw) => read(raw).map(Some),
            None => Some(None),
        }
    }
    let mut edit = match form.sets.as_str() {
        "annotation" => Edit::Annotation(
            id?,
            maybe(value, |raw| Cursor::read(raw, read::annotation))?.map(Box::new),
        ),
        "relation" => Edit::Relation(id?, maybe(value, |raw| Cursor::read(raw, read::relation))?),
        "cast" => Edit::Cast(id?, maybe(value, |raw| Cursor::read(raw, read::cast))?),
        "entity" => Edit::Entity(id?, maybe(value, entities_file::entity)?),
        "status" => {
            let name = text(value?)?;
            Edit::Status(
                Status::ALL
                    .into_iter()
                    .find(|status| status.name() == name)?,
            )
        }
        "variables" => {
            let all = attrs(value?)?;
            let pairs = all
                .iter()
                .map(|(key, value)| (key.to_owned(), value.clone()));
            Edit::Variables(pairs.collect())
        }
        "segments" => {
            let all = list(value?)?
                .into_iter()
                .map(|raw| Cursor::read(raw, read::override_));
            Edit::Overrides(all.collect::<Option<_>>()?)
        }
        "rejected" => {
            let all = list(value?)?
                .into_iter()
                .map(|raw| Cursor::read(raw, read::rejection));
            Edit::Rejections(all.collect::<Option<_>>()?)
        }
        "codes" => {
            let all = list(value?)?.into_iter().map(codebook_file::code);
            Edit::Codes(all.collect::<Option<_>>()?)
        }
        _ => return None,
    };
    let targets = targets_mut(&mut edit);
    if targets.len() != form.places.len() {
        return None;
    }
    for (target, place) in targets.into_iter().zip(form.places) {
        target.place = place_of(place)?;
    }
    Some(edit)
}

fn place_form(place: Place) -> Option<(u8, usize, usize)> {
    let with = |how, span: Span| Some((how, span.start(), span.end()));
    match place {
        Place::Placed(span) => with(0, span),
        Place::Moved(span) => with(1, span),
        Place::Changed(span) => with(2, span),
        Place::Orphan => None,
    }
}

fn place_of(form: Option<(u8, usize, usize)>) -> Option<Place> {
    let Some((how, start, end)) = form else {
        return Some(Place::Orphan);
    };
    let span = Span::new(start, end);
    match how {
        0 => Some(Place::Placed(span)),
        1 => Some(Place::Moved(span)),
        2 => Some(Place::Changed(span)),
        _ => None,
    }
}

/// The fragments that an edit sets, always in the same order.
pub fn targets(edit: &Edit) -> Vec<&Target> {
    match edit {
        Edit::Annotation(_, Some(annotation)) => {
            annotation.at.iter().chain(&annotation.cue).collect()
        }
        Edit::Overrides(all) => all.iter().map(|decision| &decision.at).collect(),
        Edit::Rejections(all) => all.iter().flat_map(|rejection| &rejection.at).collect(),
        _ => Vec::new(),
    }
}

fn targets_mut(edit: &mut Edit) -> Vec<&mut Target> {
    match edit {
        Edit::Annotation(_, Some(annotation)) => annotation
            .at
            .iter_mut()
            .chain(&mut annotation.cue)
            .collect(),
        Edit::Overrides(all) => all.iter_mut().map(|decision| &mut decision.at).collect(),
        Edit::Rejections(all) => {
            let all = all.iter_mut();
            all.flat_map(|rejection| &mut rejection.at).collect()
        }
        _ => Vec::new(),
    }
}
