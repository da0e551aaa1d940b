//! Which bytes are no article at all, said so that a person knows what to do.

/// Beginnings of files that are no plain text, and what to tell about them.
const SIGNATURES: &[(&[u8], &str)] = &[
    (
        b"%PDF-",
        "This is a PDF document, not plain text. Save its text as .txt first.",
    ),
    (
        b"PK\x03\x04",
        "This is a ZIP archive or an office document, not plain text. Save its text as .txt first.",
    ),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "This is an older Office document, not plain text. Save its text as .txt first.",
    ),
    (
        b"{\\rtf",
        "This is a rich text document, not plain text. Save its text as .txt first.",
    ),
    (b"\x89PNG\r\n\x1A\n", "This is a PNG picture, not text."),
    (b"\xFF\xD8\xFF", "This is a JPEG picture, not text."),
    (b"GIF87a", "This is a GIF picture, not text."),
    (b"GIF89a", "This is a GIF picture, not text."),
    (
        b"\x1F\x8B\x08",
        "This is a compressed file, not text. Unpack it first.",
    ),
    (
        b"BZh9",
        "This is a compressed file, not text. Unpack it first.",
    ),
    (
        b"\xFD7zXZ\0",
        "This is a compressed file, not text. Unpack it first.",
    ),
    (
        b"7z\xBC\xAF\x27\x1C",
        "This is a compressed file, not text. Unpack it first.",
    ),
    (
        b"Rar!\x1A\x07",
        "This is a compressed file, not text. Unpack it first.",
    ),
    (b"\x7FELF", "This is a program, not text."),
    (b"SQLite format 3\0", "This is a database, not text."),
    (b"OggS\0", "This is a sound or video file, not text."),
    (b"ID3\x03", "This is a sound file, not text."),
    (b"ID3\x04", "This is a sound file, not text."),
    (
        b"\xFF\xFE\0\0",
        "This text is in UTF-32, which hardly any program writes. Save it as UTF-8 first.",
    ),
    (
        b"\0\0\xFE\xFF",
        "This text is in UTF-32, which hardly any program writes. Save it as UTF-8 first.",
    ),
];

/// How many characters a file must have for each control character where its encoding is a guess: any bytes are text
/// in some encoding.
const PER_CONTROL_GUESSED: usize = 32;

/// The same where the bytes are UTF-8, which no program or picture is by chance: recordings of terminals are full of
/// them, old formats leave a stray one.
const PER_CONTROL: usize = 4;

/// Why bytes that begin like this are no article.
pub(super) fn by_signature(bytes: &[u8]) -> Option<&'static str> {
    let found = SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature));
    found.map(|&(_, reason)| reason)
}

/// Why characters like these are no article.
pub(super) fn by_characters(text: &str, guessed: bool) -> Option<&'static str> {
    if guessed && text.contains('\0') {
        return Some("This is not text: it holds zero bytes, as programs and pictures do.");
    }
    let start = &text[..super::index::floor_char(text, 65_536)];
    let odd = start.chars().filter(|&c| is_odd_control(c)).count();
    let all = start.chars().count();
    let per = if guessed {
        PER_CONTROL_GUESSED
    } else {
        PER_CONTROL
    };
    (odd >= 4 && odd * per > all).then_some("This is not text: much of it is control characters.")
}

/// Whether a character is a control character that no text has.
pub(super) fn is_odd_control(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0B' | '\x0C')
}
