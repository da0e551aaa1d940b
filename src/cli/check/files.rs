//! What `pressmark check` finds in files before anybody marks anything: encodings, hidden characters, names, permissions.
//!
//! What sidecars say is for `findings`.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;

use super::findings::{Finding, Severity};
use crate::exchange::is_device;
use crate::store::{Article, FolderEntry, sidecar_path};
use crate::text::is_unsafe;

/// Findings in an article's bytes and in what its sidecar is as a file.
pub fn of_file(article: &Article) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |code, severity, message: String| {
        found.push(Finding::new(code, severity, message));
    };
    let encoding = &article.info.encoding;
    if article.guessed {
        let message = format!("the encoding is a guess: {encoding}");
        add("guessed-encoding", Severity::Warning, message);
    } else if encoding != "utf-8" {
        let message = format!("the encoding is {encoding}, not utf-8");
        add("encoding", Severity::Info, message);
    }
    if article.replaced > 0 {
        let are = if article.replaced == 1 { "is" } else { "are" };
        let message = format!(
            "{} in the file {are} not {encoding} and {are} shown as \u{fffd}",
            count(article.replaced, "place")
        );
        add("undecodable-bytes", Severity::Warning, message);
    }
    let text = article.source.as_str();
    if article.reordering > 0 {
        let message = format!(
            "{} could make the text read otherwise than it is stored",
            count(article.reordering, "control character of direction")
        );
        add("reordering-characters", Severity::Warning, message);
    }
    let controls = text
        .chars()
        .filter(|c| c.is_control() && !c.is_whitespace());
    let controls = controls.count();
    if controls > 0 {
        let message = format!(
            "{} that no text needs",
            count(controls, "control character")
        );
        add("control-characters", Severity::Warning, message);
    }
    let invisible = text.chars().filter(|&c| is_invisible(c)).count();
    if invisible > 0 {
        let message = format!(
            "{} inside the text, which a search for the words would trip over",
            count(invisible, "invisible character")
        );
        add("invisible-characters", Severity::Info, message);
    }
    if article.is_rewritten && !article.is_changed {
        let message = "the file was written anew since it was annotated; its text is the same";
        add("rewritten-article", Severity::Info, message.to_owned());
    }
    of_sidecar_file(&article.path, &mut add);
    found
}

/// Characters of no width that are not part of any script's spelling. Joiners are: emoji and Persian need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

fn of_sidecar_file(article: &Path, add: &mut impl FnMut(&'static str, Severity, String)) {
    let sidecar = sidecar_path(article);
    let name = |path: &Path| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    if !name(&sidecar).starts_with(&name(article)) {
        let message = format!(
            "the name is too long for a sidecar beside it, which is called {}",
            name(&sidecar)
        );
        add("long-name", Severity::Info, message);
    }
    if other_names(&sidecar) > 0 {
        let message = "the sidecar has a second name (a hard link), which will keep what it holds now: saving replaces \
                       the file under this name alone";
        add("linked-sidecar", Severity::Warning, message.to_owned());
    }
    let folder = article.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = fs::metadata(folder.unwrap_or(Path::new(".")));
    if folder.is_ok_and(|folder| folder.permissions().readonly()) {
        let message = "its folder is protected against writing, so nothing can be saved beside it";
        add("protected-folder", Severity::Warning, message.to_owned());
    }
}

/// How many more names an ordinary file has.
#[cfg(unix)]
fn other_names(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    let file = fs::symlink_metadata(path)
        .ok()
        .filter(fs::Metadata::is_file);
    file.map_or(0, |file| file.nlink().saturating_sub(1))
}

#[cfg(not(unix))]
fn other_names(_: &Path) -> u64 {
    0
}

/// Findings in the names of a folder's articles.
pub fn of_names(articles: &[FolderEntry]) -> Vec<(String, Vec<Finding>)> {
    let letters = |rel: &str| rel.to_lowercase().nfc().collect::<String>();
    let mut by_letters: HashMap<String, Vec<&str>> = HashMap::new();
    for entry in articles {
        let same = by_letters.entry(letters(&entry.rel)).or_default();
        same.push(&entry.rel);
    }
    let of_entry = |entry: &FolderEntry| {
        let mut found: Vec<Finding> = of_name(&entry.rel).into_iter().collect();
        let same = &by_letters[&letters(&entry.rel)];
        found.extend(same.iter().find(|other| **other != entry.rel).map(|other| {
            let message = format!(
                "on systems where capitals, or the two ways to write an accent, do not count it has the same name as {other}"
            );
            Finding::new("colliding-name", Severity::Warning, message)
        }));
        (!found.is_empty()).then(|| (entry.rel.clone(), found))
    };
    articles.iter().filter_map(of_entry).collect()
}

/// What is wrong with a name, the worst thing first.
fn of_name(rel: &str) -> Option<Finding> {
    if rel.contains(is_unsafe) {
        let message =
            "its name holds characters that are not seen, or that turn the direction of others";
        return Some(Finding::new(
            "hidden-characters-in-name",
            Severity::Warning,
            message,
        ));
    }
    let refused = |part: &str| {
        is_device(part)
            || part.ends_with([' ', '.'])
            || part.contains(['<', '>', ':', '"', '|', '?', '*', '\\'])
    };
    rel.split('/').any(refused).then(|| {
        let message = "Windows refuses its name; exports write another one";
        Finding::new("unportable-name", Severity::Info, message)
    })
}

fn count(n: usize, noun: &str) -> String {
    // “control character of direction” takes its s inside.
    match (n, noun.split_once(" of ")) {
        (1, _) => format!("1 {noun}"),
        (_, Some((head, tail))) => format!("{n} {head}s of {tail}"),
        (_, None) => format!("{n} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::load_article;

    fn codes(found: &[Finding]) -> Vec<&str> {
        found.iter().map(|finding| finding.code).collect()
    }

    /// Checks that an article of these bytes gives exactly these findings.
    fn check(bytes: &[u8], expected: &[&str]) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.txt");
        fs::write(&path, bytes).expect("the article is written");
        let article = load_article(&path, None).expect("the article opens");
        assert_eq!(codes(&of_file(&article)), expected);
    }

    #[test]
    fn bytes_and_characters_that_need_a_look_are_found() {
        check("The mayor said “no”. 👩‍🔬\n".as_bytes(), &[]);
        check(b"\xff\xfeN\0o\0", &["encoding"]);
        check(b"caf\xe9 closed, said Zo\xeb", &["guessed-encoding"]);
        check("Zoë\u{202e} said".as_bytes(), &["reordering-characters"]);
        check(
            b"the harbour \x1b[31m is closed\0, she said",
            &["control-characters"],
        );
        check("ma\u{200b}yor".as_bytes(), &["invisible-characters"]);
        check(
            b"Zo\xc3\xab and Zo\xff",
            &["guessed-encoding", "undecodable-bytes"],
        );
    }

    #[test]
    fn names_that_other_systems_refuse_or_mix_up_are_found() {
        let named = |names: &[&str]| {
            let entry = |name: &&str| FolderEntry {
                rel: (*name).to_owned(),
                path: (*name).into(),
            };
            let entries: Vec<FolderEntry> = names.iter().map(entry).collect();
            let found = of_names(&entries);
            let found = found.iter().flat_map(|(_, found)| codes(found));
            found.map(str::to_owned).collect::<Vec<_>>()
        };
        assert!(named(&["a/con text.txt", "b.md", "com10.txt"]).is_empty());
        assert_eq!(named(&["com1.txt"]), ["unportable-name"]);
        assert_eq!(named(&["a/Nul/b.txt"]), ["unportable-name"]);
        assert_eq!(named(&["what?.txt"]), ["unportable-name"]);
        assert_eq!(named(&["a\u{202e}b.txt"]), ["hidden-characters-in-name"]);
        assert_eq!(named(&["A.txt", "a.txt"]), ["colliding-name"; 2]);
        let accents = ["Caf\u{e9}.txt", "cafe\u{301}.txt", "cafe.txt"];
        assert_eq!(named(&accents), ["colliding-name"; 2]);
    }

    #[cfg(unix)]
    #[test]
    fn a_sidecar_with_a_second_name_and_a_protected_folder_are_told() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.txt");
        fs::write(&path, "No.").expect("the article is written");
        let sidecar = r#"{"format":"pressmark-sidecar"}"#;
        fs::write(sidecar_path(&path), sidecar).expect("the sidecar is written");
        fs::hard_link(sidecar_path(&path), folder.path().join("copy")).expect("a second name");
        let mode = |mode| {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).expect("ours");
        };
        mode(0o555);
        let article = load_article(&path, None).expect("the article opens");
        let found = of_file(&article);
        mode(0o755);
        assert_eq!(codes(&found), ["linked-sidecar", "protected-folder"]);
    }
}
