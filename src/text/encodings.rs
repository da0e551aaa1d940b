//! Names of encodings: those that Python knows, for the ones that we can decode.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Encodings that the window offers, under Python's names, commonest first.
pub const ENCODINGS: &[&str] = &[
    "utf-8",
    "cp1252",
    "utf-16-le",
    "utf-16-be",
    "cp1250",
    "cp1251",
    "iso8859-2",
    "koi8-u",
    "koi8-r",
    "gb18030",
    "big5hkscs",
    "cp932",
    "euc_jp",
    "iso2022_jp",
    "cp949",
    "cp1253",
    "iso8859-7",
    "cp1254",
    "cp1255",
    "iso8859-8",
    "cp1256",
    "iso8859-6",
    "cp1257",
    "iso8859-4",
    "iso8859-13",
    "iso8859-15",
    "cp1258",
    "cp874",
    "cp866",
    "iso8859-5",
    "mac_roman",
    "mac_cyrillic",
    "iso8859-3",
    "iso8859-10",
    "iso8859-14",
    "iso8859-16",
];

/// The WHATWG name, which `encoding_rs` uses, and the name of the Python codec that reads the same bytes so.
const NAMES: &[(&str, &str)] = &[
    ("UTF-8", "utf-8"),
    ("UTF-16LE", "utf-16-le"),
    ("UTF-16BE", "utf-16-be"),
    ("windows-1250", "cp1250"),
    ("windows-1251", "cp1251"),
    ("windows-1252", "cp1252"),
    ("windows-1253", "cp1253"),
    ("windows-1254", "cp1254"),
    ("windows-1255", "cp1255"),
    ("windows-1256", "cp1256"),
    ("windows-1257", "cp1257"),
    ("windows-1258", "cp1258"),
    ("windows-874", "cp874"),
    ("ISO-8859-2", "iso8859-2"),
    ("ISO-8859-3", "iso8859-3"),
    ("ISO-8859-4", "iso8859-4"),
    ("ISO-8859-5", "iso8859-5"),
    ("ISO-8859-6", "iso8859-6"),
    ("ISO-8859-7", "iso8859-7"),
    ("ISO-8859-8", "iso8859-8"),
    ("ISO-8859-8-I", "iso8859-8"),
    ("ISO-8859-10", "iso8859-10"),
    ("ISO-8859-13", "iso8859-13"),
    ("ISO-8859-14", "iso8859-14"),
    ("ISO-8859-15", "iso8859-15"),
    ("ISO-8859-16", "iso8859-16"),
    ("KOI8-R", "koi8-r"),
    ("KOI8-U", "koi8-u"),
    ("IBM866", "cp866"),
    ("macintosh", "mac_roman"),
    ("x-mac-cyrillic", "mac_cyrillic"),
    ("GBK", "gb18030"),
    ("gb18030", "gb18030"),
    ("Big5", "big5hkscs"),
    ("EUC-JP", "euc_jp"),
    ("ISO-2022-JP", "iso2022_jp"),
    ("Shift_JIS", "cp932"),
    ("EUC-KR", "cp949"),
];

/// Python's name of an encoding.
pub(super) fn python_name(encoding: &'static Encoding) -> &'static str {
    let pair = NAMES.iter().find(|(name, _)| *name == encoding.name());
    pair.map_or("utf-8", |&(_, python)| python)
}

/// The encoding of a name: Python's, or any label that browsers know. Plain "utf-16" goes by the mark.
pub(super) fn find(label: &str, bytes: &[u8]) -> Option<&'static Encoding> {
    let label = label.trim().to_ascii_lowercase();
    match label.as_str() {
        "utf-8-sig" | "utf_8" => return Some(UTF_8),
        "utf-16" | "utf_16" => {
            return Some(match Encoding::for_bom(bytes) {
                Some((marked, _)) if marked == UTF_16BE => UTF_16BE,
                _ => UTF_16LE,
            });
        }
        _ => {}
    }
    let by_python = NAMES.iter().find(|(_, python)| *python == label);
    let name = by_python.map_or(label.as_str(), |(name, _)| name);
    let found = Encoding::for_label(name.as_bytes())?;
    NAMES
        .iter()
        .any(|(name, _)| *name == found.name())
        .then_some(found)
}
