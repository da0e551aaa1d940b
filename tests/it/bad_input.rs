//! Hostile folders, one by one: `check`, then the window without a screen opens, tags and saves, then every export.
//!
//! The collection is not part of the project. Where its generator lies beside the checkout, all of it is run and a
//! table is printed (`-- bad_input --nocapture`); elsewhere the test says that it was skipped. What was mended for a
//! case has a small test of its own elsewhere.
//!
//! Cases that are no files but something that happens are driven by what `dynamic` names for each.

mod dynamic;
mod expected;
mod exports;
mod snapshot;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Output};
use std::time::{Duration, Instant};

use pressmark::app::{ArticleKey, Command, SavingLine};
use pressmark::store::sidecar_path;
use serde_json::Value;

use self::dynamic::Drivers;
use self::exports::exports;
use self::snapshot::{changes, snapshot};
use crate::support::driver::Driver;

/// The generator of the collection, seen from the checkout.
const GENERATOR: &str = "../shared/reliability/bad_inputs.py";

/// How much memory a command may have, in KiB of address space: more than enough, and far less than a huge file.
const MEMORY: &str = "524288";

/// How many articles of a folder are opened and tagged.
const ARTICLES: usize = 12;

/// Longer than any step takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Cases that must be seen by somebody whom permissions bind.
const ORDINARY_USER: [&str; 2] = ["f15_unreadable_0000", "f18_readonly_dir_0555"];

/// Articles that open for reading alone in cases that are fine: protection is respected, and where there is no article
/// any more its tags are shown.
const SHOWN_ONLY: [(&str, &str); 2] = [
    ("f17_readonly_sidecar_0444", "a.txt"),
    ("s41_sidecar_without_article", "gone.txt"),
];

/// Cases of which the collection allows a refusal with a clear message too.
const REFUSED: [&str; 2] = ["t08_utf32le_bom", "f34_deep_tree_path_4k"];

/// What a case consists of.
enum Is {
    Folder,
    /// Something that happens.
    Dynamic,
    /// The generator could not make its files, for want of rights.
    NotMade,
}

struct Case {
    id: String,
    is: Is,
    folder: PathBuf,
    open: String,
}

/// What went wrong with a case; empty when nothing did.
type Faults = Vec<String>;

#[test]
fn every_hostile_folder_is_met_as_expected() {
    if let Some(place) = std::env::var_os("BAD_INPUT_AS_ORDINARY_USER") {
        return as_ordinary_user(Path::new(&place));
    }
    let elsewhere = std::env::var_os("BAD_INPUT_GENERATOR").map(PathBuf::from);
    let generator =
        elsewhere.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(GENERATOR));
    if !generator.is_file() {
        println!("skipped: {} is not there", generator.display());
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    let made = Process::new("python3")
        .arg(&generator)
        .arg(place.path())
        .output();
    if !made.as_ref().is_ok_and(|output| output.status.success()) {
        println!("skipped: {GENERATOR} did not run: {made:?}");
        return;
    }
    let only = std::env::var("BAD_INPUT_ONLY").unwrap_or_default();
    let outside = snapshot(&place.path().join("outside"));
    let mut drivers = Drivers::default();
    let cases = cases(place.path());
    let is_asked = |case: &&Case| only.split(',').any(|start| case.id.starts_with(start));
    let (mut passed, mut all) = (0, 0);
    for case in cases.iter().filter(is_asked) {
        let since = Instant::now();
        let (mut faults, by) = match case.is {
            Is::Folder if ORDINARY_USER.contains(&case.id.as_str()) => {
                (rerun_as_ordinary_user(place.path(), case), String::new())
            }
            Is::Folder => (examine(case), String::new()),
            Is::Dynamic => drivers.examine(&case.id),
            Is::NotMade => (vec!["it could not be made here".to_owned()], String::new()),
        };
        if snapshot(&place.path().join("outside")) != outside {
            faults.push("a file outside the folder was changed".to_owned());
        }
        let verdict = if faults.is_empty() { "pass" } else { "FAIL" };
        let (id, open, took) = (&case.id, &case.open, since.elapsed().as_millis());
        let why = faults.join("; ");
        println!("{verdict} {id:<32} {open:<12} {took:>6} ms {by}{why}");
        all += 1;
        passed += usize::from(faults.is_empty());
    }
    println!("{passed} of {all}");
    assert_eq!(passed, all, "see the table");
}

fn cases(place: &Path) -> Vec<Case> {
    let expected = fs::read(place.join("expected.json")).expect("the list of cases");
    let expected: Value = serde_json::from_slice(&expected).expect("JSON");
    let all = expected["cases"].as_array().expect("a list");
    all.iter()
        .map(|case| {
            let text = |key: &str| case[key].as_str().unwrap_or_default().to_owned();
            let id = text("id");
            Case {
                is: match &case["created"] {
                    Value::Bool(true) => Is::Folder,
                    Value::Null => Is::Dynamic,
                    _ => Is::NotMade,
                },
                folder: place.join("cases").join(&id),
                open: match text("open") {
                    _ if REFUSED.contains(&id.as_str()) => "refuse".to_owned(),
                    open => open,
                },
                id,
            }
        })
        .collect()
}

fn rerun_as_ordinary_user(place: &Path, case: &Case) -> Faults {
    if !may_do_anything(&case.folder) {
        return examine(case);
    }
    let itself = std::env::current_exe().expect("this test");
    let ids = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let test = "bad_input::every_hostile_folder_is_met_as_expected";
    let state = tempfile::tempdir().expect("a folder");
    open_to_all(state.path(), 0o777);
    open_to_all(place, 0o755);
    let output = Process::new("setpriv")
        .args(ids)
        .arg(itself)
        .args([test, "--exact", "--nocapture"])
        .env("BAD_INPUT_AS_ORDINARY_USER", place)
        .env("BAD_INPUT_ONLY", &case.id)
        .env("HOME", state.path())
        .env("XDG_STATE_HOME", state.path())
        .output();
    match output {
        Ok(output) if output.status.success() => Vec::new(),
        Ok(output) => vec![format!(
            "as an ordinary user: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )],
        Err(error) => vec![format!("no setpriv: {error}")],
    }
}

#[cfg(unix)]
fn open_to_all(folder: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).expect("our folder");
}

/// Whether permissions do not bind us: something below the folder forbids what we can do.
fn may_do_anything(folder: &Path) -> bool {
    let is_written = fs::write(folder.join(".probe"), "").is_ok();
    let _ = fs::remove_file(folder.join(".probe"));
    is_written
}

fn as_ordinary_user(place: &Path) {
    let only = std::env::var("BAD_INPUT_ONLY").unwrap_or_default();
    let case = cases(place).into_iter().find(|case| case.id == only);
    let faults = examine(&case.expect("a case"));
    assert!(faults.is_empty(), "{faults:?}");
}

/// Runs one case through everything.
fn examine(case: &Case) -> Faults {
    let looked = catch_unwind(AssertUnwindSafe(|| {
        let mut faults = Faults::new();
        let before = snapshot(&case.folder);
        let findings = check(case, &mut faults);
        let touched = changes(&before, &snapshot(&case.folder), false);
        if !touched.is_empty() {
            faults.push(format!("check touched {touched:?}"));
        }
        window(case, findings, &mut faults);
        let touched = changes(&before, &snapshot(&case.folder), may_write(case));
        if !touched.is_empty() {
            faults.push(format!("touched {touched:?}"));
        }
        exports(case, &mut faults);
        faults
    }));
    looked.unwrap_or_else(|panic| {
        let why = panic.downcast_ref::<String>().cloned();
        vec![format!("panic: {}", why.unwrap_or_default())]
    })
}

fn may_write(case: &Case) -> bool {
    matches!(case.open.as_str(), "ok" | "ok_warn")
}

/// Runs a command with little memory.
fn pressmark(words: &[&str], paths: &[&Path], faults: &mut Faults) -> Output {
    let since = Instant::now();
    let output = Process::new("sh")
        .args(["-c", "ulimit -v \"$0\"; exec \"$@\"", MEMORY])
        .arg(env!("CARGO_BIN_EXE_pressmark"))
        .args(words)
        .args(paths)
        .output()
        .expect("a shell");
    if since.elapsed() > PATIENCE {
        faults.push(format!("{words:?} took {:?}", since.elapsed()));
    }
    if !matches!(output.status.code(), Some(0..=2)) {
        let err = String::from_utf8_lossy(&output.stderr);
        faults.push(format!("{words:?} ended with {}: {err}", output.status));
    }
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let text = String::from_utf8_lossy(bytes);
        let is_bad = |c: char| c != '\n' && pressmark::text::is_unsafe(c);
        if let Some(c) = text.chars().find(|&c| is_bad(c)) {
            faults.push(format!("{words:?}: {c:?} on {name}"));
        }
    }
    output
}

/// Returns how many things `check` found.
fn check(case: &Case, faults: &mut Faults) -> usize {
    let output = pressmark(&["check"], &[&case.folder], faults);
    let text = String::from_utf8_lossy(&output.stdout);
    let findings: Vec<Value> = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    if findings.len() != text.lines().count() {
        faults.push("check printed a line that is not JSON".to_owned());
    }
    let codes: BTreeSet<&str> = findings.iter().filter_map(|f| f["code"].as_str()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let is_odd = case.open == "ok_warn" && codes.is_empty();
    if is_odd || codes != expected::findings(&case.id) {
        faults.push(format!("check found {codes:?}"));
    }
    findings.len()
}

/// Opens, tags and saves the articles of the folder.
fn window(case: &Case, findings: usize, faults: &mut Faults) {
    let mut window = Driver::with_any_script(case.folder.clone());
    if let Err(why) = rest(&mut window) {
        return faults.push(why);
    }
    let articles: Vec<(ArticleKey, PathBuf)> = {
        let state = window.state();
        let listed = state.folder.iter();
        let entries = listed.flat_map(|folder| folder.rows.articles().entries());
        entries.map(|e| (e.rel.into(), e.path)).collect()
    };
    let skipped = matches!(case.open.as_str(), "skip" | "refuse");
    // The headline is read later than the list; what is no text leaves it then.
    let shown = window.state().article().map(|article| article.key.clone());
    match (skipped, &shown) {
        (true, Some(key)) => faults.push(format!("{key} was opened")),
        (false, None) => faults.push("no article was opened".to_owned()),
        _ => {}
    }
    if articles.is_empty() != skipped {
        faults.push(format!("{} articles in the list", articles.len()));
    }
    for (key, path) in articles.iter().take(ARTICLES).filter(|_| !skipped) {
        article(case, &mut window, key, path, faults);
    }
    let state = window.state();
    let crash = state
        .notices
        .iter()
        .find(|n| n.summary.contains("failed unexpectedly"));
    if let Some(notice) = crash {
        faults.push(format!("{} {}", notice.summary, notice.details));
    }
    if case.open == "ok" && findings == 0 && case.id.starts_with('t') {
        let problem = state.notices.iter().find(|n| !n.hint.is_empty());
        if let Some(notice) = problem {
            faults.push(format!(
                "a fine text is complained about: {}",
                notice.summary
            ));
        }
    }
}

/// Opens one article, tags what has the focus, and looks at what was saved.
fn article(case: &Case, window: &mut Driver, key: &ArticleKey, path: &Path, faults: &mut Faults) {
    window.send_command(Command::OpenArticle(key.clone()));
    if let Err(why) = rest(window) {
        return faults.push(format!("{key}: {why}"));
    }
    let is_shown = window
        .state()
        .article()
        .is_some_and(|open| open.key == *key);
    if !is_shown {
        return faults.push(format!("{key} could not be opened"));
    }
    let (can_tag, readonly) = {
        let state = window.state();
        let open = state.article().expect("it is shown");
        (!open.segments.sentences.is_empty(), open.readonly.clone())
    };
    let is_readonly = matches!(case.open.as_str(), "readonly" | "refuse_save");
    let is_shown_only = SHOWN_ONLY.contains(&(case.id.as_str(), &**key));
    if readonly.is_some() != (is_readonly || is_shown_only) {
        faults.push(format!("{key}: read only: {readonly:?}"));
    }
    let sidecar = sidecar_path(path);
    let before = read(&sidecar);
    window.keys("C");
    if let Err(why) = rest(window) {
        return faults.push(format!("{key}: after a tag: {why}"));
    }
    let after = read(&sidecar);
    if case.id == "f18_readonly_dir_0555" {
        let saving = window.state().saving();
        if !matches!(saving, SavingLine::Failed(_)) || window.state().unsaved().is_empty() {
            faults.push(format!("{key}: {saving:?}"));
        }
        return;
    }
    if readonly.is_some() || !can_tag {
        if before != after {
            faults.push(format!("{key}: the sidecar was changed"));
        }
        return;
    }
    let before = before.map(|bytes| annotations(&bytes)).unwrap_or_default();
    let after = after.map(|bytes| annotations(&bytes)).unwrap_or_default();
    if after.len() != before.len() + 1 {
        let saving = window.state().saving();
        let said = window.state().said.clone();
        faults.push(format!(
            "{key}: {} annotations before, {} after ({saving:?}, {said})",
            before.len(),
            after.len()
        ));
    }
    faults.extend(lost(&before, &after));
}

/// The bytes of an ordinary file; a pipe would have us wait.
fn read(path: &Path) -> Option<Vec<u8>> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    is_file.then(|| fs::read(path).ok()).flatten()
}

/// The annotations of a sidecar, as they stand there.
fn annotations(bytes: &[u8]) -> Vec<Value> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    // Half of a surrogate pair is not JSON that any value could hold.
    let value: Value = serde_json::from_str(&text.replace("\\ud83d", "?")).unwrap_or_default();
    value["annotations"].as_array().cloned().unwrap_or_default()
}

/// An annotation of `before` that does not stand in `after` with all that its author wrote.
fn lost(before: &[Value], after: &[Value]) -> Option<String> {
    // Positions are put right, and what is empty is left out.
    const OURS: [&str; 5] = ["at", "attrs", "note", "origin", "id"];
    let mut by_id: HashMap<String, Vec<&Value>> = HashMap::new();
    for new in after {
        by_id.entry(new["id"].to_string()).or_default().push(new);
    }
    let words = |value: &Value| -> Vec<Value> {
        let at = value["at"].as_array().cloned().unwrap_or_default();
        at.into_iter().map(|part| part["exact"].clone()).collect()
    };
    let is_same = |old: &Value, new: &Value| {
        let mut others = old.as_object().into_iter().flatten();
        words(old) == words(new)
            && others.all(|(key, value)| OURS.contains(&key.as_str()) || new[key] == *value)
            && (old["note"] == "" || old["note"] == new["note"])
    };
    let is_there = |old: &&Value| {
        let same_id = by_id.get(&old["id"].to_string());
        same_id.is_some_and(|all| all.iter().any(|new| is_same(old, new)))
    };
    let lost = before.iter().find(|old| !is_there(old))?;
    Some(format!("lost {:.200}", lost.to_string()))
}

/// Waits until nothing is being read or written; what could not be saved has said so.
fn rest(window: &mut Driver) -> Result<(), String> {
    let since = Instant::now();
    let mut calm = 0;
    while calm < 3 {
        window.frame(Vec::new());
        let busy = {
            let state = window.state();
            let is_failed = matches!(state.saving(), SavingLine::Failed(_));
            let in_flight = state.articles.values().any(|a| a.save.in_flight.is_some());
            let is_analysed = state.article().is_none_or(|a| a.analysis.is_some());
            let unread = state
                .folder
                .iter()
                .flat_map(|f| f.rows.iter())
                .any(|r| r.info.is_none());
            state.folder.is_none()
                || state.work.is_some()
                || state.loading.is_some()
                || unread
                || !is_analysed
                || in_flight
                || !(state.unsaved().is_empty() || is_failed)
        };
        calm = if busy { 0 } else { calm + 1 };
        if since.elapsed() > PATIENCE {
            return Err("it never came to rest".to_owned());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}
