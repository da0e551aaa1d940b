//! The folder's records, `pressmark.entities.json`: read leniently, written in canonical form.
//!
//! Same manners as the sidecar: unknown fields and entries survive, a file that cannot be read is never written over.

use std::path::{Path, PathBuf};

use serde_json::value::RawValue;

use super::error::StoreError;
use super::header::{self, section};
use super::json::{self, Fields, list, one_line};
use super::json_write::{ObjectWriter, in_order_of_ids, lines, quoted};
use super::own;
use crate::model::{Entities, Entity, EntityKind, EntityRole, Id};

const FORMAT: &str = "pressmark-entities";

/// The file's name in a folder.
const FILE: &str = "pressmark.entities.json";

/// The folder's records as they were read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EntitiesFile {
    /// The records.
    pub entities: Entities,
    /// The hash of the file's bytes; `None` when there is none yet.
    pub hash: Option<[u8; 32]>,
    /// Why nothing may be saved, as a sentence.
    pub readonly: Option<String>,
}

/// Where a folder keeps its records.
pub fn entities_path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Reads the folder's records; a folder without the file has none.
///
/// # Errors
/// When the folder cannot be looked into. A file that cannot be understood is no error, see
/// [`EntitiesFile::readonly`].
pub fn load_entities(folder: &Path) -> Result<EntitiesFile, StoreError> {
    let loaded = own::load_below(folder, FILE, |text| read(text.as_bytes()))?;
    Ok(EntitiesFile {
        entities: loaded.value.unwrap_or_default(),
        hash: loaded.hash.map(|hash| hash.get()),
        readonly: loaded.readonly,
    })
}

/// Parses the folder's records.
///
/// # Errors
/// [`StoreError::Json`] or [`StoreError::Newer`], with an empty path.
pub fn parse_entities(bytes: &[u8]) -> Result<Entities, StoreError> {
    own::writable(read(bytes)?)
}

fn read(bytes: &[u8]) -> Result<(Entities, Option<usize>), StoreError> {
    let (mut top, newer) = header::open(bytes, FORMAT, &[])?;
    let mut entities = Entities::default();
    for raw in section(&mut top, "entities", "a list", list)?.unwrap_or_default() {
        match entity(raw) {
            Some(entity) if !entities.by_id.contains_key(&entity.id) => {
                entities.by_id.insert(entity.id.clone(), entity);
            }
            _ => entities.unread.push(one_line(raw.get())),
        }
    }
    entities.extra = top.extra();
    Ok((entities, newer))
}

fn kind(raw: &RawValue) -> Option<EntityKind> {
    let name = json::text(raw)?;
    EntityKind::ALL.into_iter().find(|kind| kind.name() == name)
}

pub(super) fn entity(raw: &RawValue) -> Option<Entity> {
    let mut fields = Fields::read(raw)?;
    let roles = |raw| list(raw)?.into_iter().map(role).collect();
    Some(Entity {
        id: Id::new(fields.take_text("id")?),
        name: fields.take_text("name").unwrap_or_default(),
        aliases: fields.take("aliases", json::texts).unwrap_or_default(),
        kind: fields.take("kind", kind).unwrap_or_default(),
        roles: fields.take("roles", roles).unwrap_or_default(),
        note: fields.take_text("note").unwrap_or_default(),
        merged_into: fields.take_text("merged_into").map(Id::new),
        extra: fields.extra(),
    })
}

fn role(raw: &RawValue) -> Option<EntityRole> {
    let mut fields = Fields::read(raw)?;
    let mut text = |key| fields.take_text(key).unwrap_or_default();
    Some(EntityRole {
        role: text("role"),
        affiliation: text("affiliation"),
        from: text("from"),
        to: text("to"),
        extra: fields.extra(),
    })
}

/// Serialises the folder's records in canonical form.
pub fn serialise_entities(entities: &Entities) -> Vec<u8> {
    let mut writer = ObjectWriter::new(&entities.extra);
    header::write(&mut writer, FORMAT);
    writer.on_lines();
    let known = entities
        .by_id
        .iter()
        .map(|(id, entity)| (Some(id.to_string()), write(entity)));
    let unread = entities
        .unread
        .iter()
        .map(|raw| (json::id_of(raw), raw.clone()));
    let records = in_order_of_ids(known.chain(unread));
    writer.always("entities", &lines(&records), false);
    let mut out = writer.finish().into_bytes();
    out.push(b'\n');
    out
}

pub(super) fn write(entity: &Entity) -> String {
    let mut writer = ObjectWriter::new(&entity.extra);
    writer.always("id", &quoted(entity.id.as_str()), false);
    writer.always("name", &quoted(&entity.name), entity.name.is_empty());
    let aliases: Vec<String> = entity.aliases.iter().map(|alias| quoted(alias)).collect();
    writer.list("aliases", &aliases);
    let kind = entity.kind;
    writer.always("kind", &quoted(kind.name()), kind == EntityKind::default());
    let roles: Vec<String> = entity.roles.iter().map(write_role).collect();
    writer.list("roles", &roles);
    writer.text("note", &entity.note);
    let merged_into = entity.merged_into.as_ref().map(|id| quoted(id.as_str()));
    writer.unless_empty("merged_into", merged_into.as_deref());
    writer.finish()
}

fn write_role(role: &EntityRole) -> String {
    let mut writer = ObjectWriter::new(&role.extra);
    writer.text("role", &role.role);
    writer.text("affiliation", &role.affiliation);
    writer.text("from", &role.from);
    writer.text("to", &role.to);
    writer.finish()
}
