//! Opens an article: its text, its segments, its sidecar, and where every fragment lies.
//!
//! Opens read-only, never locks, never touches. A sidecar that cannot be read does not fail the article: the article
//! opens read-only and says why, and the sidecar's bytes stay as they are.
//!
//! *Limitations*: where the text has changed and the sidecar does not hold the old one, places are found by their words
//! and surroundings alone, and none is certain; see `text::Resolver`.

use std::borrow::Cow;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use super::disk::{self, hash, hex};
use super::error::StoreError;
use super::file_hash::FileHash;
use super::names::{shown, sidecar_path};
use super::own::{self, Refusal};
use super::sidecar_read::read_sidecar;
use crate::model::{ArticleInfo, Newline, Place, Segments, Sidecar, Target};
use crate::text::{
    Decoded, Resolver, SourceText, count_reordering, decode, decode_utf8, overrule, redescribe,
    segment,
};

/// Texts above this size are not copied into the sidecar unless they must be, in bytes.
const MAX_EMBEDDED: usize = 1 << 20;

/// Articles of this size are read by two threads, in bytes; for shorter ones it would not pay.
const LONG: u64 = 1 << 18;

/// Encodings whose tables differ between Python and browsers in a few characters, so that the text goes along.
const READ_OTHERWISE: &[&str] = &[
    "big5hkscs",
    "cp932",
    "cp949",
    "euc_jp",
    "gb18030",
    "iso2022_jp",
    "koi8-u",
];

/// An article that is open.
#[derive(Debug, Clone)]
pub struct Article {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub source: SourceText,
    /// Its blocks, sentences and quotes, with the person's decisions.
    pub segments: Segments,
    /// What the file is now; the sidecar's own is set to the same, as the next save will say.
    pub info: ArticleInfo,
    /// Whether its encoding was guessed.
    pub guessed: bool,
    /// How many characters could not be decoded.
    pub replaced: usize,
    /// How many characters in it change the order in which others are read.
    pub reordering: usize,
    /// What was said about it, with every fragment looked up.
    pub sidecar: Sidecar,
    /// The hash of the sidecar's bytes; `None` when there is none yet.
    pub sidecar_hash: Option<FileHash>,
    /// Why nothing may be saved, as a sentence.
    pub readonly: Option<String>,
    /// The same for programs.
    pub refusal: Option<Refusal>,
    /// Whether the text is another one than the sidecar's offsets address.
    pub is_changed: bool,
    /// Whether the file's bytes are others than those that were annotated.
    pub is_rewritten: bool,
    /// How many annotations have no certain place.
    pub orphans: usize,
}

/// Opens an article; `encoding` overrules the sidecar's, which overrules the guess.
///
/// # Errors
/// When the article itself cannot be read or is not text. A broken sidecar is no error, see [`Article::readonly`].
pub fn load_article(path: &Path, encoding: Option<&str>) -> Result<Article, StoreError> {
    let (text, found) = read_both(path, encoding);
    let FileText {
        sha256,
        bytes,
        ready,
    } = text?;
    let is_new = found.value.is_none();
    let mut sidecar = found.value.unwrap_or_default();
    let Ready {
        source,
        segments,
        encoding,
        bom,
        newline,
        replaced,
        guessed,
    } = match ready {
        Some(ready) if ready.is_as(encoding, &sidecar.article.encoding) => ready,
        ready => {
            let text = ready.as_ref().map(|ready| ready.source.as_str());
            let bytes = bytes.as_deref().or(text.map(str::as_bytes));
            let bytes = bytes.unwrap_or_default();
            let decoded = decode_as(bytes, encoding, &sidecar, &sha256);
            Ready::new(decoded.map_err(|source| {
                let path = path.to_owned();
                StoreError::NotText { path, source }
            })?)
        }
    };
    let info = ArticleInfo {
        file: shown(path.file_name().unwrap_or_default()),
        sha256,
        encoding: encoding.to_owned(),
        bom,
        newline,
        length: source.code_points(),
        extra: sidecar.article.extra.clone(),
    };
    let annotated = &sidecar.article.sha256;
    let is_rewritten = !annotated.is_empty() && !annotated.eq_ignore_ascii_case(&info.sha256);
    let is_changed = !is_new && !is_same_text(&sidecar, &source, &info);
    let orphans = anchor(&mut sidecar, &source, &info);
    sidecar.article = info.clone();
    let (mut readonly, mut refusal) = (found.readonly, found.refusal);
    if readonly.is_none()
        && let Some(reason) = leads_elsewhere(path)
    {
        (readonly, refusal) = (Some(reason), Some(Refusal::Elsewhere));
    }
    let segments = overrule(segments, &source, &sidecar.overrides);
    Ok(Article {
        path: path.to_owned(),
        segments,
        info,
        guessed,
        replaced,
        reordering: count_reordering(source.as_str()),
        sidecar,
        sidecar_hash: found.hash,
        readonly,
        refusal,
        is_changed,
        is_rewritten,
        orphans,
        source,
    })
}

/// The text of an article that is UTF-8, as most are, and nothing else about it; `None` for another encoding.
///
/// # Errors
/// When it cannot be read.
pub fn read_utf8(path: &Path) -> Result<Option<String>, StoreError> {
    Ok(String::from_utf8(disk::read(path)?).ok())
}

/// What an article's file is without its sidecar.
struct FileText {
    sha256: String,
    /// `None` where they are those of its text.
    bytes: Option<Vec<u8>>,
    /// Its text, where it was read before the sidecar was.
    ready: Option<Ready>,
}

/// A text in one encoding.
struct Ready {
    source: SourceText,
    segments: Segments,
    encoding: &'static str,
    bom: bool,
    newline: Newline,
    replaced: usize,
    guessed: bool,
}

impl Ready {
    fn new(decoded: Decoded<'_>) -> Self {
        let source = SourceText::new(decoded.text);
        Self {
            segments: segment(source.as_str()),
            source,
            encoding: decoded.encoding,
            bom: decoded.bom,
            newline: decoded.newline,
            replaced: decoded.replaced,
            guessed: decoded.guessed,
        }
    }

    /// Decodes a file, without a copy of bytes that are its text.
    fn read(bytes: Vec<u8>, encoding: Option<&str>) -> (Option<Vec<u8>>, Option<Self>) {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let bytes = error.into_bytes();
                let ready = decode(&bytes, encoding).ok().map(Self::new);
                return (Some(bytes), ready);
            }
        };
        let decoded = match decode_utf8(&text, encoding) {
            Ok(decoded) => decoded,
            Err(_) => return (Some(text.into_bytes()), None),
        };
        if !matches!(decoded.text, Cow::Borrowed(all) if all.len() == text.len()) {
            let ready = Self::new(decoded);
            return (Some(text.into_bytes()), Some(ready));
        }
        let found = Decoded {
            text: Cow::Borrowed(""),
            ..decoded
        };
        let text = Cow::Owned(text);
        (None, Some(Self::new(Decoded { text, ..found })))
    }

    /// Whether it is what a sidecar with a remembered encoding makes of it, too.
    fn is_as(&self, forced: Option<&str>, remembered: &str) -> bool {
        let is_known = !self.guessed && self.encoding == remembered;
        forced.is_some() || remembered.is_empty() || is_known
    }
}

/// Reads an article's file and its sidecar; side by side where both may take a while.
fn read_both(
    path: &Path,
    encoding: Option<&str>,
) -> (Result<FileText, StoreError>, own::Loaded<Sidecar>) {
    let sidecar = || own::load(&sidecar_path(path), read_sidecar);
    let text = |is_long: bool| {
        let bytes = disk::read(path)?;
        let sha256 = hex(&hash(&bytes));
        let (bytes, ready) = if is_long {
            Ready::read(bytes, encoding)
        } else {
            (Some(bytes), None)
        };
        Ok(FileText {
            sha256,
            bytes,
            ready,
        })
    };
    if fs::metadata(path).is_ok_and(|metadata| metadata.len() >= LONG) {
        thread::scope(|scope| {
            // The sidecar becomes a great many small things, for which a thread of its own would get memory page by page.
            let text = scope.spawn(|| text(true));
            let sidecar = sidecar();
            // A panic goes on to where it is caught.
            (
                text.join().unwrap_or_else(|panic| resume_unwind(panic)),
                sidecar,
            )
        })
    } else {
        (text(false), sidecar())
    }
}

/// Decodes with the encoding asked for, else with the sidecar's as long as it fits, else with the guess.
fn decode_as<'a>(
    bytes: &'a [u8],
    forced: Option<&str>,
    sidecar: &Sidecar,
    sha256: &str,
) -> Result<Decoded<'a>, crate::text::DecodeError> {
    let remembered = Some(sidecar.article.encoding.as_str()).filter(|name| !name.is_empty());
    let Some(remembered) = remembered.filter(|_| forced.is_none()) else {
        return decode(bytes, forced);
    };
    let Ok(decoded) = decode(bytes, Some(remembered)) else {
        return decode(bytes, None);
    };
    // A person may have chosen it for these very bytes. Other bytes may have another encoding.
    if sidecar.article.sha256 != sha256
        && let Ok(fresh) = decode(bytes, None)
        && (fresh.bom && !decoded.bom || fresh.replaced < decoded.replaced)
    {
        return Ok(fresh);
    }
    Ok(decoded)
}

/// Why an article that is a link out of its folder is only shown.
fn leads_elsewhere(path: &Path) -> Option<String> {
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) {
        return None;
    }
    let target = fs::canonicalize(path).ok()?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let is_inside = fs::canonicalize(folder).is_ok_and(|folder| target.starts_with(folder));
    (!is_inside).then(|| {
        format!(
            "This article is a link to {}. It is only shown here; open it in its own folder to work on it.",
            target.display()
        )
    })
}

/// Whether the offsets of a sidecar address this very text.
pub fn is_same_text(sidecar: &Sidecar, source: &SourceText, info: &ArticleInfo) -> bool {
    let plain = |name: &str| name.to_ascii_lowercase().replace('_', "-");
    match &sidecar.text {
        Some(text) => **text == *source.as_str(),
        None => {
            let was = &sidecar.article;
            let is_hash = |hash: &str| !hash.is_empty() && was.sha256.eq_ignore_ascii_case(hash);
            plain(&was.encoding) == plain(&info.encoding)
                && (is_hash(&info.sha256)
                    || rewritten(source, was).is_some_and(|hash| is_hash(&hash)))
        }
    }
}

/// The hash that an article of this text had, if only its line ends or its byte order mark were others; version control
/// changes both.
fn rewritten(source: &SourceText, was: &ArticleInfo) -> Option<String> {
    let newline = match was.newline {
        Newline::Lf => "\n",
        Newline::CrLf => "\r\n",
        Newline::Cr => "\r",
        Newline::Mixed => return None,
    };
    if !was.encoding.eq_ignore_ascii_case("utf-8") || was.length != source.code_points() {
        return None;
    }
    let bom = if was.bom { "\u{feff}" } else { "" };
    let bytes = [bom, &source.as_str().replace('\n', newline)].concat();
    Some(hex(&hash(bytes.as_bytes())))
}

/// Looks up every fragment in the text at hand and returns how many annotations have no certain place.
///
/// Where the text is another one, fragments that are certain are described anew, since the next save writes the text
/// that they are in now; the others keep what the file says until a person confirms or changes them.
pub fn anchor(sidecar: &mut Sidecar, source: &SourceText, info: &ArticleInfo) -> usize {
    let same_text = is_same_text(sidecar, source, info);
    let old = sidecar.text.as_deref().filter(|_| !same_text);
    let old = old.map(SourceText::new);
    let resolver = if same_text {
        Resolver::same(source)
    } else {
        Resolver::edited(source, old.as_ref())
    };
    let place = |target: &mut Target| {
        // A fragment without words has nothing by which its place could be told from any other.
        target.place = if target.selector.exact.is_empty() {
            Place::Orphan
        } else {
            resolver.place(&target.selector)
        };
        if let Place::Placed(span) = target.place
            && !same_text
        {
            redescribe(&mut target.selector, source, span);
        }
    };
    let mut orphans = 0;
    for annotation in sidecar.annotations.values_mut() {
        annotation
            .at
            .iter_mut()
            .chain(&mut annotation.cue)
            .for_each(place);
        orphans += usize::from(annotation.is_orphan());
    }
    sidecar
        .overrides
        .iter_mut()
        .map(|o| &mut o.at)
        .for_each(place);
    sidecar
        .rejected
        .iter_mut()
        .flat_map(|r| &mut r.at)
        .for_each(place);
    orphans
}

/// The text to be embedded in an article's sidecar, if it is to be.
///
/// `embed_text` is the folder's wish. Where Python would not read the same text from the file, it always goes along.
pub fn text_to_embed<'a>(
    source: &'a SourceText,
    info: &ArticleInfo,
    replaced: usize,
    embed_text: bool,
) -> Option<&'a str> {
    let must = replaced > 0
        || READ_OTHERWISE.contains(&info.encoding.as_str())
        || !crate::text::ENCODINGS.contains(&info.encoding.as_str());
    let may = embed_text && source.len() <= MAX_EMBEDDED;
    (must || may).then(|| source.as_str())
}
