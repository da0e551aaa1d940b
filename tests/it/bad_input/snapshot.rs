//! What lies below a folder, so that a test can tell whether anything was touched.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use pressmark::store::hash;

/// Larger files are known by their size and time alone, in bytes.
const READ_UP_TO: u64 = 70 << 20;

/// Everything below a folder, links not followed.
pub type Snapshot = BTreeMap<PathBuf, Thing>;

/// What stood at a path.
#[derive(Debug, Clone, PartialEq)]
pub enum Thing {
    /// A file.
    File {
        size: u64,
        modified: SystemTime,
        hash: Option<[u8; 32]>,
    },
    /// A link and where it leads.
    Link(PathBuf),
    /// A folder, a pipe, a socket, a device.
    Other,
}

/// Looks at everything below a folder.
pub fn snapshot(root: &Path) -> Snapshot {
    let mut all = Snapshot::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        // What may not be looked into is not ours to change either.
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(metadata) = fs::symlink_metadata(&path) else {
                continue;
            };
            let thing = if metadata.is_symlink() {
                Thing::Link(fs::read_link(&path).unwrap_or_default())
            } else if metadata.is_file() {
                let is_small = metadata.len() <= READ_UP_TO;
                let bytes = is_small.then(|| fs::read(&path).ok()).flatten();
                Thing::File {
                    size: metadata.len(),
                    modified: metadata.modified().expect("a time"),
                    hash: bytes.map(|bytes| hash(&bytes)),
                }
            } else {
                Thing::Other
            };
            if metadata.is_dir() {
                folders.push(path.clone());
            }
            all.insert(path, thing);
        }
    }
    all
}

/// Paths at which two looks at a folder differ, sidecars and files of ours left out where they may be written.
pub fn changes(before: &Snapshot, after: &Snapshot, may_write: bool) -> Vec<String> {
    let paths = before.keys().chain(after.keys());
    let mut changed: Vec<String> = paths
        .filter(|path| before.get(*path) != after.get(*path))
        .filter(|path| !(may_write && is_ours(path)))
        .map(|path| path.display().to_string())
        .collect();
    changed.sort();
    changed.dedup();
    changed
}

fn is_ours(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".ann.json") || name == "pressmark.entities.json"
}
