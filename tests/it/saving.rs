//! Saving: whole files, never somebody else's work, never through a link, and nothing but what was meant.

use std::fs;
use std::path::{Path, PathBuf};

use pressmark::model::{
    Anchoring, Annotation, Attrs, Extra, Id, Layer, Origin, Place, Sidecar, Target,
};
use pressmark::store::{
    Backups, SaveOutcome, StoreError, be_present, hash, load_article, save_file, serialise_sidecar,
    sidecar_path, text_to_embed,
};
use pressmark::text::{SourceText, describe, find_all};
use tempfile::TempDir;

fn place() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("a.txt.ann.json");
    (dir, path)
}

fn saved(path: &Path, bytes: &[u8], expected: Option<[u8; 32]>) -> [u8; 32] {
    match save_file(path, bytes, expected) {
        Ok(SaveOutcome::Saved { hash }) => hash,
        other => panic!("not saved: {other:?}"),
    }
}

fn entries(dir: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(dir.path()).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_made_then_replaced_and_nothing_else_stays_behind() {
    let (dir, path) = place();
    let first = saved(&path, b"one", None);
    let second = saved(&path, b"two", Some(first));
    assert_ne!(first, second);
    assert_eq!(fs::read(&path).ok().as_deref(), Some(&b"two"[..]));
    assert_eq!(entries(&dir), ["a.txt.ann.json"]);
}

#[test]
fn what_somebody_else_wrote_is_handed_back_and_stays() {
    let (_dir, path) = place();
    let ours = saved(&path, b"ours", None);
    fs::write(&path, "theirs").expect("it is written");
    for expected in [Some(ours), None] {
        let outcome = save_file(&path, b"newer", expected).expect("there is an outcome");
        let theirs = b"theirs".to_vec();
        assert_eq!(outcome, SaveOutcome::Conflict { theirs });
    }
    assert_eq!(fs::read(&path).ok().as_deref(), Some(&b"theirs"[..]));
}

#[test]
fn our_own_bytes_are_no_conflict_and_a_vanished_file_is_written_anew() {
    let (_dir, path) = place();
    let ours = saved(&path, b"ours", None);
    assert_eq!(saved(&path, b"ours", None), ours);
    fs::remove_file(&path).expect("it is removed");
    assert_eq!(saved(&path, b"ours", Some(ours)), ours);
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let (_dir, path) = place();
    let hash = saved(&path, b"one", None);
    let error = save_file(&path, &vec![b' '; (64 << 20) + 1], Some(hash)).expect_err("too large");
    assert!(matches!(error, StoreError::TooLarge { .. }), "{error}");
    assert_eq!(fs::read(&path).ok().as_deref(), Some(&b"one"[..]));
}

#[test]
fn a_folder_that_is_gone_is_not_made_again() {
    let (dir, path) = place();
    let path = dir
        .path()
        .join("gone")
        .join(path.file_name().expect("it has a name"));
    let error = save_file(&path, b"x", None).expect_err("there is no folder");
    assert!(matches!(error, StoreError::FolderGone { .. }), "{error}");
    assert!(entries(&dir).is_empty());
}

#[test]
fn what_is_no_ordinary_file_or_is_protected_is_left_alone() {
    let (dir, path) = place();
    fs::create_dir(&path).expect("a folder is made");
    let error = save_file(&path, b"x", None).expect_err("a folder is in the way");
    assert!(
        matches!(
            error,
            StoreError::NotAFile {
                what: "a folder",
                ..
            }
        ),
        "{error}"
    );

    let path = dir.path().join("b.txt.ann.json");
    let hash = saved(&path, b"old", None);
    let mut permissions = fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("it is protected");
    let error = save_file(&path, b"new", Some(hash)).expect_err("it is protected");
    assert!(matches!(error, StoreError::Protected { .. }), "{error}");
    assert_eq!(fs::read(&path).ok().as_deref(), Some(&b"old"[..]));
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_sidecar_is_neither_read_nor_replaced() {
    let (dir, path) = place();
    let target = dir.path().join("passwords");
    fs::write(&target, "secret").expect("it is written");
    std::os::unix::fs::symlink(&target, &path).expect("a link is made");
    let error = save_file(&path, b"x", None).expect_err("a link is in the way");
    assert!(matches!(error, StoreError::Link { .. }), "{error}");
    let article = dir.path().join("a.txt");
    fs::write(&article, "A\n").expect("it is written");
    let opened = load_article(&article, None).expect("the article opens");
    assert!(
        opened
            .readonly
            .is_some_and(|reason| reason.contains("link"))
    );
    assert!(matches!(
        Backups::default().keep(&article, dir.path()),
        Err(StoreError::Link { .. })
    ));
    assert_eq!(fs::read(&target).ok().as_deref(), Some(&b"secret"[..]));
    assert!(fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()));
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, path) = place();
    let hash = saved(&path, b"one", None);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("they are set");
    saved(&path, b"two", Some(hash));
    let mode = fs::metadata(&path)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn what_only_its_owner_may_read_is_never_open_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, path) = place();
    let mut hash = saved(&path, b"0", None);
    for mode in [0o600, 0o644, 0o660, 0o777] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("they are set");
        hash = saved(&path, format!("{mode}").as_bytes(), Some(hash));
        let found = fs::metadata(&path).expect("it is there").permissions();
        assert_eq!(found.mode() & 0o777, mode);
    }
}

#[test]
fn the_sidecar_of_the_beginning_is_kept_once_a_run() {
    let (dir, path) = place();
    let state = tempfile::tempdir().expect("a temporary folder");
    let article = dir.path().join("a.txt");
    let keep = || {
        let mut run = Backups::default();
        run.keep(&article, state.path()).expect("it is kept")
    };
    assert_eq!(keep(), None);
    let hash = saved(&path, b"notes", None);
    let mut run = Backups::default();
    let copy = run.keep(&article, state.path()).expect("it is kept");
    let copy = copy.expect("there is a sidecar now");
    saved(&path, b"more notes", Some(hash));
    assert_eq!(run.keep(&article, state.path()).expect("no error"), None);
    assert_eq!(fs::read(copy).ok().as_deref(), Some(&b"notes"[..]));
}

#[test]
fn old_leftovers_of_our_own_files_go() {
    let (dir, path) = place();
    let ours = [
        ".a.txt.ann.json.Ab12Cd",
        ".b.txt.ann.json.0aaaaa",
        ".pressmark.entities.json.123456",
    ];
    let others = [
        ".a.txt.ann.json.Zz99Zz",
        ".a.txt.swp",
        ".notes.json.abcdef",
        "a.txt.ann.json",
    ];
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    for name in ours.iter().chain(&others) {
        let file = fs::File::create(dir.path().join(name)).expect("it is made");
        if *name != others[0] {
            file.set_modified(long_ago).expect("it is dated back");
        }
    }
    Backups::default().sweep_beside(&path);
    let mut left = others.to_vec();
    left.sort_unstable();
    assert_eq!(entries(&dir), left);
}

#[test]
fn two_who_save_at_the_same_time_lose_nothing() {
    const EACH: usize = 60;
    let (_dir, path) = place();
    let work = |name: &str| {
        for number in 0..EACH {
            let mut found = fs::read(&path).ok();
            loop {
                let expected = found.as_deref().map(hash);
                let mut bytes = found.clone().unwrap_or_default();
                bytes.extend(format!("{name}{number}\n").bytes());
                match save_file(&path, &bytes, expected).expect("there is an outcome") {
                    SaveOutcome::Saved { .. } => break,
                    SaveOutcome::Conflict { theirs } => found = Some(theirs),
                }
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| work("a"));
        scope.spawn(|| work("b"));
    });
    let lines = fs::read_to_string(&path).expect("it is text");
    let lines: std::collections::BTreeSet<&str> = lines.lines().collect();
    assert_eq!(lines.len(), 2 * EACH);
}

#[test]
fn whoever_opens_a_folder_sees_who_has_it_open() {
    let (dir, _) = place();
    let state = tempfile::tempdir().expect("a temporary folder");
    let open = || be_present(state.path(), dir.path()).expect("folders can be locked here");
    let first = open();
    let second = open();
    assert_eq!((first.is_shared, second.is_shared), (false, true));
    drop(first);
    assert!(open().is_shared, "the second is still there");
    drop(second);
    assert!(!open().is_shared);
}

/// A tag on the first place where `words` stand.
fn tag(id: &str, source: &SourceText, words: &str) -> Annotation {
    let span = *find_all(source.as_str(), words)
        .first()
        .expect("the words are there");
    Annotation {
        id: Id::from(id),
        layer: Layer::Person,
        at: vec![Target {
            selector: describe(source, span),
            place: Place::Placed(span),
        }],
        cue: Vec::new(),
        entity: None,
        attrs: Attrs::default(),
        note: String::new(),
        origin: Origin::Hand,
        by: "am".into(),
        created: "2026-11-22T10:00:00Z".into(),
        modified: "2026-11-22T10:00:00Z".into(),
        extra: Extra::default(),
    }
}

#[test]
fn a_session_of_tagging_comes_back_and_the_article_is_never_touched() {
    let texts: [&[u8]; 4] = [
        "The 🚢 is late, said Zoë Quill.\n".as_bytes(),
        b"\xef\xbb\xbfThe ship is late,\r\nsaid Ada Quill.\r\n",
        b"\xff\xfeA\0d\0a\0 \0Q\0u\0i\0l\0l\0 \0l\0e\0f\0t\0.\0\n\0",
        "Zoe\u{301} Quill met Ada Quill.\rNobody else came.\r".as_bytes(),
    ];
    for bytes in texts {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("a.txt");
        fs::write(&path, bytes).expect("it is written");
        let before = fs::metadata(&path)
            .and_then(|found| found.modified())
            .expect("it has a time");
        let mut article = load_article(&path, None).expect("it opens");
        let annotation = tag("a1", &article.source, "Quill");
        article
            .sidecar
            .annotations
            .insert(Id::from("a1"), annotation.clone());
        let text = text_to_embed(&article.source, &article.info, article.replaced, true);
        let bytes_of_sidecar = serialise_sidecar(&article.sidecar, text);
        let hash = saved(
            &sidecar_path(&path),
            &bytes_of_sidecar,
            article.sidecar_hash.map(|hash| hash.get()),
        );

        let again = load_article(&path, None).expect("it opens");
        assert_eq!(
            (again.orphans, again.is_changed, again.readonly),
            (0, false, None)
        );
        assert_eq!(again.sidecar_hash, Some(hash.into()));
        assert_eq!(again.sidecar.annotations[&Id::from("a1")], annotation);
        assert_eq!(fs::read(&path).ok().as_deref(), Some(bytes));
        let after = fs::metadata(&path)
            .and_then(|found| found.modified())
            .expect("it has a time");
        assert_eq!(before, after);
    }
}

#[test]
fn other_line_ends_do_not_make_another_text() {
    let (dir, path) = place();
    let article = dir.path().join("a.txt");
    fs::write(&article, "The pier fell.\r\nAda Quill left the pier.\r\n").expect("it is written");
    let mut opened = load_article(&article, None).expect("it opens");
    let annotation = tag("a1", &opened.source, "Ada Quill");
    opened
        .sidecar
        .annotations
        .insert(Id::from("a1"), annotation);
    // Without the text in it, only the hash can say that nothing changed.
    saved(&path, &serialise_sidecar(&opened.sidecar, None), None);
    let open_as = |text: &str| {
        fs::write(&article, text).expect("it is written");
        let loaded = load_article(&article, None).expect("it opens");
        (loaded.is_changed, loaded.orphans)
    };
    assert_eq!(
        open_as("The pier fell.\nAda Quill left the pier.\n"),
        (false, 0)
    );
    assert_eq!(
        open_as("\u{feff}The pier fell.\nAda Quill left the pier.\n"),
        (false, 0)
    );
    assert_eq!(
        open_as("The pier fell.\nAda Quill left the ship.\n"),
        (true, 1)
    );
}

#[test]
fn what_an_edit_did_not_touch_is_described_anew_and_the_rest_stays_as_the_file_has_it() {
    let (dir, path) = place();
    let article = dir.path().join("a.txt");
    let old = "The harbour board met on Sunday. Ada Quill left the pier with the others at dusk.\n";
    fs::write(&article, old).expect("it is written");
    let mut opened = load_article(&article, None).expect("it opens");
    for (id, words) in [("a1", "Ada Quill"), ("a2", "harbour board")] {
        let annotation = tag(id, &opened.source, words);
        opened.sidecar.annotations.insert(Id::from(id), annotation);
    }
    let before = opened.sidecar.clone();
    saved(&path, &serialise_sidecar(&before, Some(old)), None);
    fs::write(
        &article,
        old.replace("The harbour board", "Later the whole board"),
    )
    .expect("it is written");
    let edited = load_article(&article, None).expect("it opens");
    let first = |sidecar: &Sidecar, id: &str| sidecar.annotations[&Id::from(id)].at[0].clone();
    let (untouched, touched) = (first(&edited.sidecar, "a1"), first(&edited.sidecar, "a2"));
    assert_eq!(
        untouched.selector,
        describe(&edited.source, untouched.span().expect("a place"))
    );
    assert_ne!(
        untouched.selector.start,
        first(&before, "a1").selector.start
    );
    assert_eq!(touched.selector, first(&before, "a2").selector);
    let counts = Anchoring::of(&edited.sidecar);
    assert_eq!((counts.exact, counts.unsettled()), (1, 1));
    // Written again with the new text, it is found as it was found now.
    let bytes = serialise_sidecar(&edited.sidecar, Some(edited.source.as_str()));
    saved(&path, &bytes, edited.sidecar_hash.map(|hash| hash.get()));
    let again = load_article(&article, None).expect("it opens");
    assert_eq!((again.is_changed, again.orphans), (false, 1));
    assert_eq!(first(&again.sidecar, "a1"), untouched);
}

#[test]
fn tags_on_an_article_that_was_edited_outside_are_kept() {
    let (dir, path) = place();
    let article = dir.path().join("a.txt");
    fs::write(&article, "Ada Quill left.\n\nThe ship came back.\n").expect("it is written");
    let mut opened = load_article(&article, None).expect("it opens");
    for (id, words) in [("a1", "Ada Quill"), ("a2", "ship")] {
        let annotation = tag(id, &opened.source, words);
        opened.sidecar.annotations.insert(Id::from(id), annotation);
    }
    let bytes = serialise_sidecar(&opened.sidecar, Some(opened.source.as_str()));
    saved(&path, &bytes, None);
    fs::write(
        &article,
        "Yesterday Ada Quill left.\n\nNothing came back.\n",
    )
    .expect("it is written");
    let edited = load_article(&article, None).expect("it opens");
    assert!(edited.is_changed);
    assert_eq!((edited.sidecar.annotations.len(), edited.orphans), (2, 1));
    let place = |id: &str| edited.sidecar.annotations[&Id::from(id)].at[0].place;
    assert!(matches!(place("a1"), Place::Placed(span) if span.start() == 10));
    assert_eq!(place("a2"), Place::Orphan);
    assert_eq!(fs::read(&path).ok(), Some(bytes), "opening writes nothing");
}
