//! Writes a sidecar in its canonical form: one record a line, sorted, so that two people's work merges in git.
//!
//! Strict where reading is lenient. Decides nothing about the disk; see `save`.

use super::header;
use super::json::id_of;
use super::json_write::{ObjectWriter, in_order_of_ids, lines, pairs, quoted};
use super::sidecar_read::{FORMAT, override_order, rejection_order};
use crate::model::{
    Annotation, ArticleInfo, CastEntry, Id, Newline, Origin, Override, Rejection, Relation,
    Sidecar, Status, Target,
};

/// Serialises a sidecar in canonical form; `embed_text` is the text that its offsets address.
///
/// Whether the text is to be embedded, [`text_to_embed`](super::text_to_embed) says.
pub fn serialise_sidecar(sidecar: &Sidecar, embed_text: Option<&str>) -> Vec<u8> {
    let mut writer = ObjectWriter::new(&sidecar.extra);
    header::write(&mut writer, FORMAT);
    writer.on_lines();
    writer.always("article", &article(&sidecar.article), false);
    let status = quoted(sidecar.status.name());
    writer.always("status", &status, sidecar.status == Status::default());
    writer.on_one_line();
    let variables = sidecar.variables.iter().map(|(k, v)| (k.as_str(), v));
    let variables = (!sidecar.variables.is_empty()).then(|| pairs(variables));
    writer.unless_empty("variables", variables.as_deref());
    writer.on_lines();

    let records = sidecar
        .annotations
        .iter()
        .map(|(id, a)| (id, annotation(a)));
    let records = by_id(records, sidecar, "annotations");
    // Always there, also when empty: every reader begins with this list.
    writer.always("annotations", &lines(&records), false);
    let records = sidecar.cast.iter().map(|(id, c)| (id, cast(c)));
    writer.records("cast", &by_id(records, sidecar, "cast"));
    let records = sidecar.relations.iter().map(|(id, r)| (id, relation(r)));
    writer.records("relations", &by_id(records, sidecar, "relations"));

    let mut overrides: Vec<&Override> = sidecar.overrides.iter().collect();
    overrides.sort_by_key(|decision| override_order(decision));
    let records = overrides.into_iter().map(override_);
    let unread_too = unread(sidecar, "segments").cloned();
    writer.records("segments", &records.chain(unread_too).collect::<Vec<_>>());
    let mut rejected: Vec<&Rejection> = sidecar.rejected.iter().collect();
    rejected.sort_by_key(|rejection| rejection_order(rejection));
    let records = rejected.into_iter().map(rejection);
    let unread_too = unread(sidecar, "rejected").cloned();
    writer.records("rejected", &records.chain(unread_too).collect::<Vec<_>>());

    let text = embed_text.map(quoted);
    writer.unless_empty("text", text.as_deref());
    let mut out = writer.finish().into_bytes();
    out.push(b'\n');
    out
}

/// Entries of a list that could not be understood.
fn unread<'a>(sidecar: &'a Sidecar, key: &'a str) -> impl Iterator<Item = &'a String> {
    let of_list = sidecar.unread.iter().filter(move |(list, _)| list == key);
    of_list.map(|(_, raw)| raw)
}

/// Records and entries not understood in one order.
fn by_id<'a>(
    records: impl Iterator<Item = (&'a Id, String)>,
    sidecar: &'a Sidecar,
    key: &'a str,
) -> Vec<String> {
    let mut foreign = unread(sidecar, key).peekable();
    if foreign.peek().is_none() {
        return records.map(|(_, line)| line).collect();
    }
    let known = records.map(|(id, line)| (Some(id.to_string()), line));
    in_order_of_ids(known.chain(foreign.map(|raw| (id_of(raw), raw.clone()))))
}

fn article(info: &ArticleInfo) -> String {
    let mut writer = ObjectWriter::new(&info.extra);
    let mut text = |key, value: &str| writer.always(key, &quoted(value), value.is_empty());
    text("file", &info.file);
    text("sha256", &info.sha256);
    text("encoding", &info.encoding);
    let newline = info.newline;
    writer.always("bom", if info.bom { "true" } else { "false" }, !info.bom);
    writer.always(
        "newline",
        &quoted(newline.name()),
        newline == Newline::default(),
    );
    writer.always("length", &info.length.to_string(), info.length == 0);
    writer.finish()
}

fn target(target: &Target) -> String {
    let selector = &target.selector;
    let mut writer = ObjectWriter::new(&selector.extra);
    writer.always("start", &selector.start.to_string(), false);
    writer.always("end", &selector.end.to_string(), false);
    writer.always("exact", &quoted(&selector.exact), false);
    writer.always("prefix", &quoted(&selector.prefix), false);
    writer.always("suffix", &quoted(&selector.suffix), false);
    writer.finish()
}

fn targets(targets: &[Target]) -> String {
    let fragments: Vec<String> = targets.iter().map(target).collect();
    format!("[{}]", fragments.join(","))
}

pub(super) fn annotation(annotation: &Annotation) -> String {
    let mut writer = ObjectWriter::new(&annotation.extra);
    writer.always("id", &quoted(annotation.id.as_str()), false);
    writer.always("layer", &quoted(annotation.layer.name()), false);
    writer.always("at", &targets(&annotation.at), false);
    let cue: Vec<String> = annotation.cue.iter().map(target).collect();
    writer.list("cue", &cue);
    let entity = annotation.entity.as_ref().map(|id| quoted(id.as_str()));
    writer.unless_empty("entity", entity.as_deref());
    writer.attrs("attrs", &annotation.attrs);
    writer.text("note", &annotation.note);
    let origin = annotation.origin;
    writer.always(
        "origin",
        &quoted(origin.name()),
        origin == Origin::default(),
    );
    writer.text("by", &annotation.by);
    writer.text("created", &annotation.created);
    writer.text("modified", &annotation.modified);
    writer.finish()
}

pub(super) fn cast(entry: &CastEntry) -> String {
    let mut writer = ObjectWriter::new(&entry.extra);
    writer.always("id", &quoted(entry.id.as_str()), false);
    writer.always("name", &quoted(&entry.name), entry.name.is_empty());
    writer.attrs("attrs", &entry.attrs);
    writer.finish()
}

pub(super) fn relation(relation: &Relation) -> String {
    let mut writer = ObjectWriter::new(&relation.extra);
    writer.always("id", &quoted(relation.id.as_str()), false);
    writer.always("type", &quoted(relation.kind.name()), false);
    writer.always("from", &quoted(relation.from.as_str()), false);
    writer.always("to", &quoted(relation.to.as_str()), false);
    writer.finish()
}

pub(super) fn override_(decision: &Override) -> String {
    let mut writer = ObjectWriter::new(&decision.extra);
    writer.always("at", &target(&decision.at), false);
    writer.always("make", &quoted(decision.make.name()), false);
    writer.finish()
}

pub(super) fn rejection(rejection: &Rejection) -> String {
    let mut writer = ObjectWriter::new(&rejection.extra);
    writer.always("by", &quoted(&rejection.by), false);
    writer.always("layer", &quoted(rejection.layer.name()), false);
    writer.always("at", &targets(&rejection.at), false);
    writer.finish()
}
