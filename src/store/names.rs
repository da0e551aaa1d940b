//! Names of files: how they are shown without loss, in which order, and what the sidecar of an article is called.

use std::cmp::Ordering;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::disk::{hash, hex};

/// What a sidecar's name adds to that of its article.
pub(super) const SIDECAR_SUFFIX: &str = ".ann.json";

/// The longest name that we give a file, in bytes.
///
/// File systems take 255; the temporary file of a save has eight more than the file it becomes.
const MAX_NAME: usize = 255 - 8;

/// What is kept of a name that is too long for its sidecar, in bytes.
const SHORT_NAME: usize = 180;

/// Whether the sidecar of an article of this name takes a short form.
pub(super) fn is_too_long(name: &str) -> bool {
    name.len() + SIDECAR_SUFFIX.len() > MAX_NAME
}

/// The sidecar of an article: `story.txt` → `story.txt.ann.json`.
///
/// A name that would become too long for the file system is cut and takes a piece of its hash.
pub fn sidecar_path(article: &Path) -> PathBuf {
    let name = article.file_name().unwrap_or_default();
    article.with_file_name(shortened(name, SIDECAR_SUFFIX))
}

/// The name of the file of ours that this is a copy of, as programs which sync folders name what they could not merge,
/// and people what they set aside: `story.txt.ann (Maria's conflicted copy).json` → `story.txt.ann.json`.
///
/// They put their words before the last ending, some before all of them. Whether that file is there is for the caller.
pub fn copied_from(name: &str) -> Option<String> {
    let stem = name.strip_suffix(".json")?;
    if let Some(base) = stem.strip_suffix(".ann") {
        return Some(format!("{}{SIDECAR_SUFFIX}", without_sign(base)?));
    }
    let kept = ["pressmark.entities", ".ann"]
        .iter()
        .find_map(|mark| Some(stem.rfind(mark)? + mark.len()))?;
    let (kept, added) = stem.split_at(kept);
    let is_added = [" ", "-", "_", "(", SYNCTHING]
        .iter()
        .any(|sign| added.starts_with(sign));
    is_added.then(|| format!("{kept}.json"))
}

/// What one program puts into a name; a time and a device follow.
const SYNCTHING: &str = ".sync-conflict-";

/// A name without the words that say that it is a conflict's.
fn without_sign(base: &str) -> Option<String> {
    let lower = base.to_ascii_lowercase();
    let (from, to) = if let Some(at) = lower.find(SYNCTHING) {
        let behind = at + SYNCTHING.len();
        (
            at,
            base[behind..]
                .find('.')
                .map_or(base.len(), |dot| behind + dot),
        )
    } else {
        let signs = ["conflicted copy", "(conflict", "(case conflict"];
        let sign = signs.iter().find_map(|sign| lower.find(sign))?;
        let end = base[sign..].find(')').map(|close| sign + close + 1)?;
        // The sign may itself begin with the bracket.
        let open = base[..=sign].rfind('(')?;
        (base[..open].trim_end().len(), end)
    };
    Some(format!("{}{}", &base[..from], &base[to..]))
}

/// A name with an ending, cut and marked with its hash where it would be too long.
pub(super) fn shortened(name: &OsStr, ending: &str) -> OsString {
    if name.len() + ending.len() <= MAX_NAME {
        let mut whole = name.to_owned();
        whole.push(ending);
        return whole;
    }
    let shown = shown(name);
    let mut cut = shown.len().min(SHORT_NAME);
    while !shown.is_char_boundary(cut) {
        cut -= 1;
    }
    let mark = &hex(&hash(name.as_encoded_bytes()))[..12];
    format!("{}~{mark}{ending}", &shown[..cut]).into()
}

/// A name as text, bytes that are not text percent-encoded, so that two names never look the same.
pub(super) fn shown(name: &OsStr) -> String {
    if let Some(text) = name.to_str() {
        return text.to_owned();
    }
    use std::fmt::Write as _;
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        out.push_str(&chunk.valid().replace('%', "%25"));
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The order in which people expect names: `a2` before `a10`, capitals beside small letters, folder by folder.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        return match (left.next(), right.next()) {
            (Some(x), Some(y)) => match natural_part(x, y) {
                Ordering::Equal => continue,
                order => order,
            },
            (Some(_), None) => Ordering::Greater,
            (None, Some(_)) => Ordering::Less,
            (None, None) => a.cmp(b),
        };
    }
}

fn natural_part(mut a: &str, mut b: &str) -> Ordering {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    loop {
        let (m, n) = (digits(a), digits(b));
        if m > 0 && n > 0 {
            let (x, y) = (
                a[..m].trim_start_matches('0'),
                b[..n].trim_start_matches('0'),
            );
            match x.len().cmp(&y.len()).then_with(|| x.cmp(y)) {
                Ordering::Equal => (a, b) = (&a[m..], &b[n..]),
                order => return order,
            }
            continue;
        }
        let (mut left, mut right) = (a.chars(), b.chars());
        match (left.next(), right.next()) {
            (Some(x), Some(y)) => match x.to_lowercase().cmp(y.to_lowercase()) {
                Ordering::Equal => (a, b) = (left.as_str(), right.as_str()),
                order => return order,
            },
            (x, y) => return x.is_some().cmp(&y.is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = [
            "b.txt",
            "a10.txt",
            "A2.txt",
            "a/z.txt",
            "a02.txt",
            "a-1/1.txt",
        ];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(
            names,
            [
                "a/z.txt",
                "a-1/1.txt",
                "A2.txt",
                "a02.txt",
                "a10.txt",
                "b.txt"
            ]
        );
    }

    #[test]
    fn a_copy_is_known_by_the_words_that_programs_put_into_its_name() {
        let copies = [
            "story.txt.ann (Maria's conflicted copy 2026-11-22).json",
            "story.txt.ann (conflicted copy 2026-11-22 101502).json",
            "story.txt.ann.sync-conflict-20261122-101502-K3V9Q2M.json",
            "story.txt.ann-DESKTOP-7D2K.json",
            "story.txt.ann_conflict-20261122-101502.json",
            "story.txt.ann (1).json",
            "story.txt.ann - Copy.json",
            "story.txt (Maria's conflicted copy 2026-11-22).ann.json",
            "story.txt (Case Conflict).ann.json",
            "story.sync-conflict-20261122-101502-K3V9Q2M.txt.ann.json",
        ];
        for name in copies {
            assert_eq!(
                copied_from(name).as_deref(),
                Some("story.txt.ann.json"),
                "{name}"
            );
        }
        assert_eq!(
            copied_from("pressmark.entities.sync-conflict-20261122-1-K3.json").as_deref(),
            Some("pressmark.entities.json")
        );
        for name in [
            "story.txt.ann.json",
            "story.txt.maria.ann.json",
            "story.txt.annex.json",
            "pressmark.entities.json",
            "(conflict.ann.json",
            "conflicted copy).ann.json",
            "other.json",
        ] {
            assert_eq!(copied_from(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_that_is_too_long_takes_a_short_form_of_its_own() {
        let path = |tail: &str| format!("{}{tail}.txt", "n".repeat(240));
        let (one, two) = (
            sidecar_path(path("a").as_ref()),
            sidecar_path(path("b").as_ref()),
        );
        assert_ne!(one, two);
        assert!(one.as_os_str().len() <= MAX_NAME && one.to_string_lossy().ends_with(".ann.json"));
        assert_eq!(
            sidecar_path("x/story.txt".as_ref()),
            Path::new("x/story.txt.ann.json")
        );
    }
}
