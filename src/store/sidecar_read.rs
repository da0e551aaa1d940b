//! Reads a sidecar: lenient about what is missing or unknown, strict about what could destroy something.
//!
//! An entry that cannot be understood is kept raw and written back; a field that cannot be used stays with its entry.
//! Where the fragments lie in the text at hand is for `article_file` to find out: here they are all orphans.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::error::StoreError;
use super::header::{open, open_walking, section};
use super::json::{Fields, attrs, count, flag, list, not_text, one_line, text};
use super::json_cursor::Cursor;
use super::own::{self, Read};
use crate::model::{
    Annotation, ArticleInfo, Attrs, ById, CastEntry, Extra, Id, Layer, Newline, Origin, Override,
    OverrideKind, Place, Rejection, Relation, RelationKind, Selector, Sidecar, Status, Target,
    Words,
};

/// The name of the format.
pub(super) const FORMAT: &str = "pressmark-sidecar";

/// Parses a sidecar that we may write again; its targets come out as orphans until they are anchored.
///
/// # Errors
/// [`StoreError::Json`] with line and column, or [`StoreError::Newer`]; the path is left empty.
pub fn parse_sidecar(bytes: &[u8]) -> Result<Sidecar, StoreError> {
    let text = str::from_utf8(bytes).map_err(|_| StoreError::json(not_text(bytes)))?;
    own::writable(read_sidecar(&Arc::new(text.to_owned()))?)
}

/// The lists whose entries are read one after the other.
const LISTS: [&str; 5] = ["annotations", "cast", "relations", "segments", "rejected"];

/// Parses a sidecar for showing, also one that is too new to be written. Its words stay parts of the file's.
pub(super) fn read_sidecar(whole: &Arc<String>) -> Result<Read<Sidecar>, StoreError> {
    let mut sidecar = Sidecar::default();
    let (mut top, newer) = open_walking(whole, FORMAT, |key, value| {
        let unread = &mut sidecar.unread;
        match key {
            "annotations" => {
                let map = &mut sidecar.annotations;
                entries(
                    key,
                    value,
                    annotation,
                    |a| keep(map, a.id.clone(), a),
                    unread,
                )
            }
            "cast" => {
                let map = &mut sidecar.cast;
                entries(key, value, cast, |c| keep(map, c.id.clone(), c), unread)
            }
            "relations" => {
                let map = &mut sidecar.relations;
                entries(key, value, relation, |r| keep(map, r.id.clone(), r), unread)
            }
            "segments" => {
                let all = &mut sidecar.overrides;
                entries(key, value, override_, |o| add(all, o), unread)
            }
            "rejected" => {
                let all = &mut sidecar.rejected;
                entries(key, value, rejection, |r| add(all, r), unread)
            }
            _ => None,
        }
    })?;
    let top = &mut top;
    sidecar.article = section(top, "article", "an object", article)?.unwrap_or_default();
    sidecar.status = top.take("status", status).unwrap_or_default();
    if let Some(read) = section(top, "variables", "an object", attrs)? {
        let pairs = read.iter().map(|(k, v)| (k.to_owned(), v.clone()));
        sidecar.variables = pairs.collect();
    }
    for key in LISTS {
        // A list was read on the way.
        section(top, key, "a list", |_| None::<()>)?;
    }
    let rank = |key: &str| LISTS.iter().position(|list| *list == key);
    sidecar.unread.sort_by_key(|(key, _)| rank(key));
    sidecar.overrides.sort_by_key(override_order);
    sidecar.rejected.sort_by_key(rejection_order);
    sidecar.text = section(top, "text", "a string", text)?.map(Into::into);
    sidecar.extra = std::mem::take(top).extra();
    Ok((sidecar, newer))
}

/// What a row of the article list shows of a sidecar: its status and how many annotations it lists.
pub(super) fn glance(bytes: &[u8]) -> Result<Glance, StoreError> {
    let (mut top, _) = open(bytes, FORMAT, &LISTS)?;
    let top = &mut top;
    let annotations = section(top, "annotations", "a list", list)?.unwrap_or_default();
    let mut codes = BTreeMap::new();
    for code in annotations.iter().filter_map(|raw| code_of(raw)) {
        *codes.entry(code).or_default() += 1;
    }
    let article = section(top, "article", "an object", article)?.unwrap_or_default();
    let encoding = (!article.encoding.is_empty()).then_some(article.encoding);
    let status = top.take("status", status).unwrap_or_default();
    Ok(Glance {
        status,
        tags: annotations.len(),
        codes,
        encoding,
    })
}

/// What stands in a sidecar, without its annotations.
pub(super) struct Glance {
    pub status: Status,
    pub tags: usize,
    /// How often each code is given, as the annotations name it.
    pub codes: BTreeMap<String, usize>,
    pub encoding: Option<String>,
}

/// The code that an entry gives, if it is a code's.
fn code_of(raw: &RawValue) -> Option<String> {
    // Most are not; looking for the word is quicker than reading them.
    if !raw.get().contains("\"code\"") {
        return None;
    }
    let mut fields = Fields::read(raw)?;
    let is_code = fields.take_text("layer")? == Layer::Code.name();
    let mut attrs = fields.take("attrs", Fields::read)?;
    attrs.take_text("code").filter(|_| is_code)
}

/// The order of decisions in the file: by start.
pub(super) fn override_order(decision: &Override) -> usize {
    decision.at.selector.start
}

/// The order of rejections in the file: by start.
pub(super) fn rejection_order(rejection: &Rejection) -> usize {
    rejection
        .at
        .first()
        .map_or(0, |target| target.selector.start)
}

/// Reads the entries of a list. Those that are not understood, or not accepted, are kept as they stand.
fn entries<'a, T>(
    key: &str,
    list: &mut Cursor<'a>,
    read: impl Fn(&mut Cursor<'a>) -> Option<T>,
    mut accept: impl FnMut(T) -> bool,
    unread: &mut Vec<(String, String)>,
) -> Option<()> {
    list.list(|entry| {
        let is_taken = |entry: &mut _| accept(read(entry)?).then_some(());
        if let Err(raw) = entry.or_raw(is_taken) {
            unread.push((key.to_owned(), one_line(raw)));
        }
        Some(())
    })
}

fn add<T>(all: &mut Vec<T>, value: T) -> bool {
    all.push(value);
    true
}

/// Sets an entry, unless one of that id is there already: then the first stays and the second is kept raw.
fn keep<T: Clone>(map: &mut ById<T>, id: Id, value: T) -> bool {
    let is_new = !map.contains_key(&id);
    if is_new {
        map.insert(id, value);
    }
    is_new
}

fn article(raw: &RawValue) -> Option<ArticleInfo> {
    let mut fields = Fields::read(raw)?;
    let newline = fields.take("newline", |raw| {
        let name = text(raw)?;
        Newline::ALL.into_iter().find(|n| n.name() == name)
    });
    Some(ArticleInfo {
        file: fields.take_text("file").unwrap_or_default(),
        sha256: fields.take_text("sha256").unwrap_or_default(),
        encoding: fields.take_text("encoding").unwrap_or_default(),
        bom: fields.take("bom", flag).unwrap_or_default(),
        newline: newline.unwrap_or_default(),
        length: fields.take("length", count).unwrap_or_default(),
        extra: fields.extra(),
    })
}

fn status(raw: &RawValue) -> Option<Status> {
    let name = text(raw)?;
    Status::ALL.into_iter().find(|status| status.name() == name)
}

/// Keeps a field that is understood.
fn set<T>(field: &mut T, value: Option<T>) -> Option<()> {
    *field = value?;
    Some(())
}

fn owned(value: &mut Cursor<'_>) -> Option<String> {
    value.text().map(Cow::into_owned)
}

fn id(value: &mut Cursor<'_>) -> Option<Id> {
    value.words().map(Id::from)
}

/// A fragment. A position that is no place at all (negative, a fraction) counts as missing: the quotation decides.
fn target(value: &mut Cursor<'_>) -> Option<Target> {
    let mut selector = Selector::default();
    let mut is_quoted = true;
    let mut quotation = |part: &mut Words, value: &mut Cursor<'_>| {
        let is_text = set(part, value.words());
        is_quoted &= is_text.is_some();
        is_text
    };
    selector.extra = value.object(|key, value| match key {
        "start" => set(&mut selector.start, value.count().or(Some(0))),
        "end" => set(&mut selector.end, value.count().or(Some(0))),
        "exact" => quotation(&mut selector.exact, value),
        "prefix" => quotation(&mut selector.prefix, value),
        "suffix" => quotation(&mut selector.suffix, value),
        _ => None,
    })?;
    is_quoted.then_some(Target {
        selector,
        place: Place::Orphan,
    })
}

fn targets(value: &mut Cursor<'_>) -> Option<Vec<Target>> {
    let mut all = Vec::with_capacity(1);
    value.list(|value| {
        all.push(target(value)?);
        Some(())
    })?;
    Some(all)
}

/// A list of fragments that may not be empty.
fn some_targets(value: &mut Cursor<'_>) -> Option<Vec<Target>> {
    targets(value).filter(|targets| !targets.is_empty())
}

fn layer(value: &mut Cursor<'_>) -> Option<Layer> {
    Layer::from_name(&value.text()?)
}

fn origin(value: &mut Cursor<'_>) -> Option<Origin> {
    let name = value.text()?;
    Origin::ALL.into_iter().find(|origin| origin.name() == name)
}

pub(super) fn annotation(value: &mut Cursor<'_>) -> Option<Annotation> {
    let (mut own_id, mut own_layer) = (None, None);
    let mut read = Annotation {
        id: Id::new(""),
        layer: Layer::Note,
        at: Vec::new(),
        cue: Vec::new(),
        entity: None,
        attrs: Attrs::default(),
        note: String::new(),
        origin: Origin::default(),
        by: Words::default(),
        created: Words::default(),
        modified: Words::default(),
        extra: Extra::default(),
    };
    read.extra = value.object(|key, value| match key {
        "id" => set(&mut own_id, id(value).map(Some)),
        "layer" => set(&mut own_layer, layer(value).map(Some)),
        "at" => set(&mut read.at, some_targets(value)),
        "cue" => set(&mut read.cue, targets(value)),
        "entity" => set(&mut read.entity, id(value).map(Some)),
        "attrs" => set(&mut read.attrs, value.attrs()),
        "note" => set(&mut read.note, owned(value)),
        "origin" => set(&mut read.origin, origin(value)),
        "by" => set(&mut read.by, value.words()),
        "created" => set(&mut read.created, value.words()),
        "modified" => set(&mut read.modified, value.words()),
        _ => None,
    })?;
    (read.id, read.layer) = (own_id?, own_layer?);
    (!read.at.is_empty()).then_some(read)
}

pub(super) fn cast(value: &mut Cursor<'_>) -> Option<CastEntry> {
    let (mut own_id, mut name, mut attrs) = (None, String::new(), Attrs::default());
    let extra = value.object(|key, value| match key {
        "id" => set(&mut own_id, id(value).map(Some)),
        "name" => set(&mut name, owned(value)),
        "attrs" => set(&mut attrs, value.attrs()),
        _ => None,
    })?;
    Some(CastEntry {
        id: own_id?,
        name,
        attrs,
        extra,
    })
}

pub(super) fn relation(value: &mut Cursor<'_>) -> Option<Relation> {
    let (mut own_id, mut kind, mut from, mut to) = (None, None, None, None);
    let extra = value.object(|key, value| match key {
        "id" => set(&mut own_id, id(value).map(Some)),
        "type" => set(&mut kind, value.text().map(Some)),
        "from" => set(&mut from, id(value).map(Some)),
        "to" => set(&mut to, id(value).map(Some)),
        _ => None,
    })?;
    Some(Relation {
        id: own_id?,
        kind: RelationKind::from_name(&kind?),
        from: from?,
        to: to?,
        extra,
    })
}

pub(super) fn override_(value: &mut Cursor<'_>) -> Option<Override> {
    let (mut at, mut make) = (None, None);
    let extra = value.object(|key, value| match key {
        "at" => set(&mut at, target(value).map(Some)),
        "make" => set(&mut make, value.text().map(Some)),
        _ => None,
    })?;
    Some(Override {
        at: at?,
        make: OverrideKind::from_name(&make?),
        extra,
    })
}

pub(super) fn rejection(value: &mut Cursor<'_>) -> Option<Rejection> {
    let (mut by, mut own_layer, mut at) = (None, None, Vec::new());
    let extra = value.object(|key, value| match key {
        "by" => set(&mut by, owned(value).map(Some)),
        "layer" => set(&mut own_layer, layer(value).map(Some)),
        "at" => set(&mut at, some_targets(value)),
        _ => None,
    })?;
    let (by, layer) = (by?, own_layer?);
    (!at.is_empty()).then_some(Rejection {
        by,
        layer,
        at,
        extra,
    })
}
