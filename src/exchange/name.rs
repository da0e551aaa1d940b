//! File names of exports that write one file per article.
//!
//! Folders are flattened (`a/b.txt` → `a__b.html`), so that one folder holds everything. The article's extension is
//! left out while the name says enough without it, and kept (`b.txt.html`, `b.md.html`) where two articles would
//! otherwise share a name.

use std::collections::{HashMap, HashSet};

use crate::text::is_unsafe;

/// The file names of articles in their order, all different, also where capitals do not count.
pub fn file_names(articles: &[&str], extension: &str) -> Vec<String> {
    let flat: Vec<String> = articles.iter().map(|name| flatten(name)).collect();
    let mut stems: HashMap<String, usize> = HashMap::new();
    for name in &flat {
        *stems.entry(fold(stem(name))).or_default() += 1;
    }
    let mut taken = HashSet::new();
    flat.iter()
        .map(|name| {
            let short = stem(name);
            let base = if stems[&fold(short)] == 1 {
                short
            } else {
                name
            };
            let mut candidate = format!("{base}.{extension}");
            let mut nth = 2;
            while !taken.insert(fold(&candidate)) {
                candidate = format!("{base}__{nth}.{extension}");
                nth += 1;
            }
            candidate
        })
        .collect()
}

fn fold(name: &str) -> String {
    name.to_lowercase()
}

fn stem(name: &str) -> &str {
    match name.rfind('.') {
        Some(at) if at > 0 => &name[..at],
        _ => name,
    }
}

/// Names no longer than this in bytes leave room for an extension and a number in the 255 of common file systems.
const LONGEST: usize = 200;

/// Whether Windows keeps a file's name for a device, whatever its extension.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_ascii_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || port.is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']))
}

/// One safe name from a path: no separators, no characters that Windows refuses, no leading dot.
fn flatten(path: &str) -> String {
    let mut name = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '/' | '\\' => name.push_str("__"),
            ':' | '*' | '?' | '"' | '<' | '>' | '|' => name.push('_'),
            c if is_unsafe(c) => name.push('_'),
            c => name.push(c),
        }
    }
    // A leading dot hides a file, a leading dash is an option of whatever opens it; Windows keeps some names for devices.
    if name.starts_with(['.', '-']) || name.is_empty() || is_device(&name) {
        name.insert(0, '_');
    }
    if name.len() > LONGEST {
        let mut cut = LONGEST;
        while !name.is_char_boundary(cut) {
            cut -= 1;
        }
        name.truncate(cut);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::file_names;

    #[test]
    fn an_extension_is_kept_only_where_it_tells_two_articles_apart() {
        assert_eq!(
            file_names(&["a/b.txt", "c.md", "c.txt", "d.txt"], "html"),
            ["a__b.html", "c.md.html", "c.txt.html", "d.html"],
        );
    }

    #[test]
    fn no_two_articles_share_a_name() {
        let names = [
            "a/b.txt",
            "a__b.txt",
            "A/b.txt",
            "x.html.txt",
            "x.html",
            "x",
        ];
        let mut files: Vec<String> = file_names(&names, "html")
            .into_iter()
            .map(|name| name.to_lowercase())
            .collect();
        files.sort();
        files.dedup();
        assert_eq!(files.len(), names.len());
    }

    #[test]
    fn a_name_is_safe_on_every_file_system() {
        let long = "é".repeat(400) + ".txt";
        for name in [
            "../x.txt",
            "C:\\x.txt",
            ".hidden.txt",
            "a\nb.txt",
            "a\u{202e}b.txt",
            "-rf.txt",
            long.as_str(),
        ] {
            let file = &file_names(&[name], "html")[0];
            assert!(!file.starts_with(['.', '-']) && file.len() < 255, "{file}");
            assert!(!file.contains(['/', '\\', ':', '\n', '\u{202e}']), "{file}");
        }
        let devices = [
            "CON.txt",
            "aux.d.txt",
            "nul .txt",
            "lpt9.txt",
            "console.txt",
        ];
        assert_eq!(
            file_names(&devices, "html"),
            [
                "_CON.html",
                "_aux.d.html",
                "_nul .html",
                "_lpt9.html",
                "console.html"
            ]
        );
    }
}
