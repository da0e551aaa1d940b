//! The first line of our own files: which format, which version, and who may write it.
//!
//! Shared by the sidecar, the records and the codebook; what follows is theirs.

use std::sync::Arc;

use serde_json::value::RawValue;

use super::error::StoreError;
use super::json::{Fault, Fields, count, is_null, parse, parse_walking, text};
use super::json_cursor::Cursor;
use super::json_write::{ObjectWriter, quoted};

/// The version that we write, and the newest that we may write over.
const VERSION: usize = 1;

/// The fields of a file's top object without the header, and the oldest reader it allows where that is newer than we are.
type Opened<'a> = (Fields<'a>, Option<usize>);

/// Opens one of our files. Lists under `skimmed` are not looked into, see [`parse`].
pub(super) fn open<'a>(
    bytes: &'a [u8],
    format: &str,
    skimmed: &[&str],
) -> Result<Opened<'a>, StoreError> {
    let top = parse(bytes, skimmed);
    top.and_then(|top| headed(top, format))
        .map_err(StoreError::json)
}

/// Opens one of our files and reads some of its fields on the way. What was read of a file that does not open is no use.
pub(super) fn open_walking<'a>(
    whole: &'a Arc<String>,
    format: &str,
    field: impl FnMut(&str, &mut Cursor<'a>) -> Option<()>,
) -> Result<Opened<'a>, StoreError> {
    let top = parse_walking(whole, field);
    top.and_then(|top| headed(top, format))
        .map_err(StoreError::json)
}

fn headed<'a>(top: Option<Fields<'a>>, format: &str) -> Result<Opened<'a>, Fault> {
    let mut fields = top
        .ok_or_else(|| Fault::whole(format!("the file holds no object of the format {format}")))?;
    match fields.get("format").map(text) {
        Some(Some(found)) if found == format => fields.discard("format"),
        Some(Some(found)) => {
            let message = format!("the file's format is {found:?}, not {format:?}");
            return Err(Fault::whole(message));
        }
        _ => {
            return Err(Fault::whole(format!(
                "the file does not name its format, {format:?}"
            )));
        }
    }
    version(&mut fields, "version")?;
    let reader_min = version(&mut fields, "reader_min")?;
    Ok((fields, reader_min.filter(|min| *min > VERSION)))
}

/// Takes a version out when it is ours. Another stays among the unknown fields, to be written back.
fn version(fields: &mut Fields<'_>, key: &str) -> Result<Option<usize>, Fault> {
    let Some(raw) = fields.get(key) else {
        return Ok(None);
    };
    let found = count(raw)
        .filter(|version| *version > 0)
        .ok_or_else(|| Fault::whole(format!("`{key}` is {}, not a version number", raw.get())))?;
    if found == VERSION {
        fields.discard(key);
    }
    Ok(Some(found))
}

/// Writes the header.
pub(super) fn write(writer: &mut ObjectWriter<'_>, format: &str) {
    writer.always("format", &quoted(format), false);
    writer.always("version", "1", true);
    writer.always("reader_min", "1", true);
}

/// Takes a value of the top object out. One of the wrong kind makes the file unreadable: writing would destroy it.
pub(super) fn section<'a, T>(
    fields: &mut Fields<'a>,
    key: &str,
    what: &str,
    read: impl FnOnce(&'a RawValue) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    if fields.get(key).is_some_and(is_null) {
        fields.discard(key);
    }
    if fields.get(key).is_none() {
        return Ok(None);
    }
    let value = fields.take(key, read);
    let fault = || StoreError::json(Fault::whole(format!("`{key}` is not {what}")));
    value.map(Some).ok_or_else(fault)
}
