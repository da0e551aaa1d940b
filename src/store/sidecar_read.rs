//! Reads a sidecar: lenient about what is missing or unknown, strict about what could destroy something.
//!
//! An entry that cannot be understood is kept raw and written back; a field that cannot be used stays with its entry.
//! Where the fragments lie in the text at hand is for `article_file` to find out: here they are all orphans.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::error::StoreError;
use super::header::{open, section};
use super::json::{Fields, attrs, count, flag, list, one_line};
use super::own::{self, Read};
use crate::model::{
    Annotation, ArticleInfo, ById, CastEntry, Id, Layer, Newline, Origin, Override, OverrideKind,
    Place, Rejection, Relation, RelationKind, Selector, Sidecar, Status, Target,
};

/// The name of the format.
pub(super) const FORMAT: &str = "pressmark-sidecar";

/// Parses a sidecar that we may write again; its targets come out as orphans until they are anchored.
///
/// # Errors
/// [`StoreError::Json`] with line and column, or [`StoreError::Newer`]; the path is left empty.
pub fn parse_sidecar(bytes: &[u8]) -> Result<Sidecar, StoreError> {
    own::writable(read_sidecar(bytes)?)
}

/// Parses a sidecar for showing, also one that is too new to be written.
pub(super) fn read_sidecar(bytes: &[u8]) -> Result<Read<Sidecar>, StoreError> {
    let (mut top, newer) = open(bytes, FORMAT)?;
    let mut sidecar = Sidecar::default();
    let top = &mut top;
    sidecar.article = section(top, "article", "an object", article)?.unwrap_or_default();
    sidecar.status = top.take("status", status).unwrap_or_default();
    if let Some(read) = section(top, "variables", "an object", attrs)? {
        let pairs = read.iter().map(|(k, v)| (k.to_owned(), v.clone()));
        sidecar.variables = pairs.collect();
    }
    let unread = &mut sidecar.unread;
    let map = &mut sidecar.annotations;
    entries(top, "annotations", unread, annotation, |a: Annotation| {
        keep(map, a.id.clone(), a)
    })?;
    let map = &mut sidecar.cast;
    entries(top, "cast", unread, cast, |c: CastEntry| {
        keep(map, c.id.clone(), c)
    })?;
    let map = &mut sidecar.relations;
    entries(top, "relations", unread, relation, |r: Relation| {
        keep(map, r.id.clone(), r)
    })?;
    let overrides = &mut sidecar.overrides;
    entries(top, "segments", unread, override_, |o| {
        overrides.push(o);
        true
    })?;
    let rejected = &mut sidecar.rejected;
    entries(top, "rejected", unread, rejection, |r| {
        rejected.push(r);
        true
    })?;
    sidecar.overrides.sort_by_key(override_order);
    sidecar.rejected.sort_by_key(rejection_order);
    sidecar.text = section(top, "text", "a string", super::json::text)?.map(Into::into);
    sidecar.extra = std::mem::take(top).extra();
    Ok((sidecar, newer))
}

/// What a row of the article list shows of a sidecar: its status and how many annotations it lists.
pub(super) fn glance(bytes: &[u8]) -> Result<Glance, StoreError> {
    let (mut top, _) = open(bytes, FORMAT)?;
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

/// Reads the entries of a list. One that is not understood, or not accepted, is kept raw.
fn entries<'a, T>(
    top: &mut Fields<'a>,
    key: &str,
    unread: &mut Vec<(String, String)>,
    read: impl Fn(&'a RawValue) -> Option<T>,
    mut accept: impl FnMut(T) -> bool,
) -> Result<(), StoreError> {
    for raw in section(top, key, "a list", list)?.unwrap_or_default() {
        let is_read = read(raw).is_some_and(&mut accept);
        if !is_read {
            unread.push((key.to_owned(), one_line(raw.get())));
        }
    }
    Ok(())
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
        let name = super::json::text(raw)?;
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
    let name = super::json::text(raw)?;
    Status::ALL.into_iter().find(|status| status.name() == name)
}

fn layer(raw: &RawValue) -> Option<Layer> {
    Layer::from_name(&super::json::text(raw)?)
}

fn origin(raw: &RawValue) -> Option<Origin> {
    let name = super::json::text(raw)?;
    Origin::ALL.into_iter().find(|origin| origin.name() == name)
}

/// A fragment. A position that is no place at all (negative, a fraction) counts as missing: the quotation decides.
fn target(raw: &RawValue) -> Option<Target> {
    let mut fields = Fields::read(raw)?;
    let mut position = |key: &str| {
        let found = fields.take(key, count);
        fields.discard(key);
        found.unwrap_or_default()
    };
    let (start, end) = (position("start"), position("end"));
    let mut quotation = |key: &str| match fields.get(key) {
        None => Some(String::new()),
        Some(_) => fields.take_text(key),
    };
    let (exact, prefix, suffix) = (
        quotation("exact")?,
        quotation("prefix")?,
        quotation("suffix")?,
    );
    Some(Target {
        selector: Selector {
            start,
            end,
            exact,
            prefix,
            suffix,
            extra: fields.extra(),
        },
        place: Place::Orphan,
    })
}

fn targets(raw: &RawValue) -> Option<Vec<Target>> {
    list(raw)?.into_iter().map(target).collect()
}

/// A list of fragments that may not be empty.
fn some_targets(raw: &RawValue) -> Option<Vec<Target>> {
    targets(raw).filter(|targets| !targets.is_empty())
}

pub(super) fn annotation(raw: &RawValue) -> Option<Annotation> {
    let mut fields = Fields::read(raw)?;
    Some(Annotation {
        id: Id::new(fields.take_text("id")?),
        layer: fields.take("layer", layer)?,
        at: fields.take("at", some_targets)?,
        cue: fields.take("cue", targets).unwrap_or_default(),
        entity: fields.take_text("entity").map(Id::new),
        attrs: fields.take("attrs", attrs).unwrap_or_default(),
        note: fields.take_text("note").unwrap_or_default(),
        origin: fields.take("origin", origin).unwrap_or_default(),
        by: fields.take_text("by").unwrap_or_default(),
        created: fields.take_text("created").unwrap_or_default(),
        modified: fields.take_text("modified").unwrap_or_default(),
        extra: fields.extra(),
    })
}

pub(super) fn cast(raw: &RawValue) -> Option<CastEntry> {
    let mut fields = Fields::read(raw)?;
    Some(CastEntry {
        id: Id::new(fields.take_text("id")?),
        name: fields.take_text("name").unwrap_or_default(),
        attrs: fields.take("attrs", attrs).unwrap_or_default(),
        extra: fields.extra(),
    })
}

pub(super) fn relation(raw: &RawValue) -> Option<Relation> {
    let mut fields = Fields::read(raw)?;
    Some(Relation {
        id: Id::new(fields.take_text("id")?),
        kind: RelationKind::from_name(&fields.take_text("type")?),
        from: Id::new(fields.take_text("from")?),
        to: Id::new(fields.take_text("to")?),
        extra: fields.extra(),
    })
}

pub(super) fn override_(raw: &RawValue) -> Option<Override> {
    let mut fields = Fields::read(raw)?;
    Some(Override {
        at: fields.take("at", target)?,
        make: OverrideKind::from_name(&fields.take_text("make")?),
        extra: fields.extra(),
    })
}

pub(super) fn rejection(raw: &RawValue) -> Option<Rejection> {
    let mut fields = Fields::read(raw)?;
    Some(Rejection {
        by: fields.take_text("by")?,
        layer: fields.take("layer", layer)?,
        at: fields.take("at", some_targets)?,
        extra: fields.extra(),
    })
}
