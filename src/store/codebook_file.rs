//! The folder's codebook, `pressmark.codebook.json`: read leniently, written in canonical form.
//!
//! Same manners as the sidecar. A code that cannot be understood makes the file read-only, because coders rely on the
//! whole list.

use std::path::{Path, PathBuf};

use serde_json::value::RawValue;

use super::error::StoreError;
use super::header::{self, section};
use super::json::{self, Fault, Fields, list};
use super::json_write::{ObjectWriter, lines, quoted};
use super::own;
use crate::model::{Code, Codebook, Id};

const FORMAT: &str = "pressmark-codebook";

/// The file's name in a folder.
const FILE: &str = "pressmark.codebook.json";

/// The folder's codebook as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CodebookFile {
    /// Codes and settings.
    pub codebook: Codebook,
    /// The hash of the file's bytes; `None` when there is none yet.
    pub hash: Option<[u8; 32]>,
    /// Why nothing may be saved, as a sentence.
    pub readonly: Option<String>,
}

/// Where a folder keeps its codebook.
pub fn codebook_path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Reads the folder's codebook; a folder without the file has an empty one.
///
/// # Errors
/// When the folder cannot be looked into. A file that cannot be understood is no error, see
/// [`CodebookFile::readonly`].
pub fn load_codebook(folder: &Path) -> Result<CodebookFile, StoreError> {
    let loaded = own::load_below(folder, FILE, |text| read(text.as_bytes()))?;
    Ok(CodebookFile {
        codebook: loaded.value.unwrap_or_default(),
        hash: loaded.hash.map(|hash| hash.get()),
        readonly: loaded.readonly,
    })
}

/// Parses a codebook.
///
/// # Errors
/// [`StoreError::Json`] or [`StoreError::Newer`], with an empty path.
pub fn parse_codebook(bytes: &[u8]) -> Result<Codebook, StoreError> {
    own::writable(read(bytes)?)
}

fn read(bytes: &[u8]) -> Result<own::Read<Codebook>, StoreError> {
    let (mut top, newer) = header::open(bytes, FORMAT, &[])?;
    let embed_text = section(&mut top, "embed_text", "true or false", json::flag)?;
    let mut codes: Vec<Code> = Vec::new();
    for raw in section(&mut top, "codes", "a list", list)?.unwrap_or_default() {
        let code = code(raw).filter(|code| codes.iter().all(|other| other.id != code.id));
        let fault = || {
            let message = format!("code {} has no id and name of its own", codes.len() + 1);
            StoreError::json(Fault::whole(message))
        };
        let code = code.ok_or_else(fault)?;
        codes.push(code);
    }
    let codebook = Codebook {
        codes,
        embed_text: embed_text.unwrap_or(true),
        extra: top.extra(),
    };
    Ok((codebook, newer))
}

pub(super) fn code(raw: &RawValue) -> Option<Code> {
    let mut fields = Fields::read(raw)?;
    let key = |raw| json::count(raw).and_then(|key| u8::try_from(key).ok());
    Some(Code {
        id: Id::new(fields.take_text("id")?),
        name: fields.take_text("name")?,
        definition: fields.take_text("definition").unwrap_or_default(),
        include: fields.take_text("include").unwrap_or_default(),
        exclude: fields.take_text("exclude").unwrap_or_default(),
        colour: fields.take_text("colour").unwrap_or_default(),
        key: fields.take("key", key),
        parent: fields.take_text("parent").map(Id::new),
        removed: fields.take("removed", json::flag).unwrap_or_default(),
        extra: fields.extra(),
    })
}

/// Serialises a codebook in canonical form; codes keep their order, which is part of what coders learn.
pub fn serialise_codebook(codebook: &Codebook) -> Vec<u8> {
    let mut writer = ObjectWriter::new(&codebook.extra);
    header::write(&mut writer, FORMAT);
    writer.on_lines();
    let embed_text = if codebook.embed_text { "true" } else { "false" };
    writer.always("embed_text", embed_text, false);
    let codes: Vec<String> = codebook.codes.iter().map(write).collect();
    writer.always("codes", &lines(&codes), false);
    let mut out = writer.finish().into_bytes();
    out.push(b'\n');
    out
}

pub(super) fn write(code: &Code) -> String {
    let mut writer = ObjectWriter::new(&code.extra);
    writer.always("id", &quoted(code.id.as_str()), false);
    writer.always("name", &quoted(&code.name), false);
    writer.text("definition", &code.definition);
    writer.text("include", &code.include);
    writer.text("exclude", &code.exclude);
    writer.text("colour", &code.colour);
    let key = code.key.map(|key| key.to_string());
    writer.unless_empty("key", key.as_deref());
    let parent = code.parent.as_ref().map(|id| quoted(id.as_str()));
    writer.unless_empty("parent", parent.as_deref());
    writer.unless_empty("removed", code.removed.then_some("true"));
    writer.finish()
}
