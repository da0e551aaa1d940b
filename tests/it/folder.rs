//! Folders and what is in them: listing, rows, opening articles, records, codebook, settings, the bundled sample.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pressmark::model::{
    ById, Code, Codebook, Entities, Entity, EntityKind, EntityRole, Extra, Id, Newline, Status,
};
use pressmark::store::{
    Listing, Refusal, Settings, Step, StoreError, entities_path, load_article, load_codebook,
    load_entities, load_settings_from, parse_codebook, parse_entities, row_info, sample_files,
    save_settings_to, scan, serialise_codebook, serialise_entities, sidecar_path, stray_sidecars,
    text_to_embed, write_sample,
};
use tempfile::TempDir;

/// A folder with these files; a name that ends in `/` is a folder.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = dir.path().join(name);
        if name.ends_with('/') {
            fs::create_dir_all(&path).expect("a folder is made");
        } else {
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder is made");
            fs::write(&path, text).expect("a file is written");
        }
    }
    dir
}

fn listed(root: &Path) -> Listing {
    scan(root, &mut |_| true).expect("the folder is listed")
}

fn names(listing: &Listing) -> Vec<&str> {
    listing.articles.iter().collect()
}

#[test]
fn articles_are_listed_in_the_order_people_expect() {
    let dir = folder(&[
        ("b.md", ""),
        ("a10.txt", "ten"),
        ("A2.TXT", ""),
        ("desk/one.text", ""),
        ("desk/.hidden/two.txt", ""),
        (".a.txt", ""),
        ("a2.txt.ann.json", "{}"),
        ("pressmark.entities.json", "{}"),
        ("photo.jpg", ""),
        ("README", ""),
        ("folder.txt/", ""),
    ]);
    let listing = listed(dir.path());
    assert_eq!(
        names(&listing),
        ["A2.TXT", "a10.txt", "b.md", "desk/one.text"]
    );
    assert_eq!((listing.others, listing.unreadable.len()), (2, 0));
}

#[test]
fn a_file_is_listed_alone_with_its_folder_as_root() {
    let dir = folder(&[("a.txt", ""), ("b.txt", "")]);
    let listing = listed(&dir.path().join("b.txt"));
    assert_eq!(names(&listing), ["b.txt"]);
    assert_eq!(listing.root, dir.path());
    let nowhere = scan(&dir.path().join("c.txt"), &mut |_| true);
    assert!(matches!(nowhere, Err(StoreError::Missing { .. })));
}

#[test]
fn a_long_walk_tells_how_far_it_is_and_can_be_stopped() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for i in 0..600 {
        fs::write(dir.path().join(format!("{i}.txt")), "").expect("a file is written");
    }
    let mut seen = Vec::new();
    let whole = scan(dir.path(), &mut |step| {
        if let Step::Seen(count) = step {
            seen.push(count);
        }
        true
    });
    assert_eq!(whole.expect("the folder is listed").articles.len(), 600);
    assert_eq!(seen, [256, 512]);
    let stopped = scan(dir.path(), &mut |_| false);
    assert!(matches!(stopped, Err(StoreError::Cancelled { .. })));
}

#[test]
fn folders_without_end_and_odd_names_do_not_stop_the_walk() {
    let dir = folder(&[("..notes.txt", "A"), ("b.txt ", "B"), (".c.txt", "C")]);
    let deep: PathBuf = vec!["d"; 80].into_iter().collect();
    fs::create_dir_all(dir.path().join(&deep)).expect("a deep folder");
    fs::write(dir.path().join(deep).join("deep.txt"), "D").expect("an article");
    let listing = listed(dir.path());
    assert_eq!(names(&listing), ["..notes.txt", "b.txt "]);
    assert_eq!(listing.unreadable.len(), 1);
    assert!(listing.unreadable[0].reason.contains("deeper"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_and_never_to_folders() {
    use std::os::unix::fs::symlink;
    let dir = folder(&[("a.txt", "A\n"), ("desk/b.txt", "B\n")]);
    let link = |to: &str, name: &str| symlink(to, dir.path().join(name)).expect("a link is made");
    link(".", "self");
    link("a.txt", "link.txt");
    link("nowhere.txt", "gone.txt");
    link("loop.txt", "loop.txt");
    let listing = listed(dir.path());
    assert_eq!(names(&listing), ["a.txt", "desk/b.txt", "link.txt"]);
    let unreadable: Vec<&str> = listing.unreadable.iter().map(|u| u.rel.as_str()).collect();
    assert_eq!(unreadable, ["gone.txt", "loop.txt"]);
    let inside = load_article(&dir.path().join("link.txt"), None).expect("it opens");
    assert_eq!(inside.readonly, None);

    let other = tempfile::tempdir().expect("a temporary folder");
    let out = other.path().join("out.txt");
    symlink(dir.path().join("a.txt"), &out).expect("a link is made");
    let outside = load_article(&out, None).expect("it opens");
    assert_eq!(outside.refusal, Some(Refusal::Elsewhere));
    assert!(
        outside
            .readonly
            .is_some_and(|reason| reason.contains("a.txt"))
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_text_are_shown_without_loss_and_open() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let dir = folder(&[("new\nline.txt", "N\n")]);
    for name in [&b"bad\xff.txt"[..], b"bad\xfe.txt"] {
        fs::write(dir.path().join(OsStr::from_bytes(name)), "B\n").expect("a file is written");
    }
    let listing = listed(dir.path());
    assert_eq!(
        names(&listing),
        ["bad%FE.txt", "bad%FF.txt", "new\nline.txt"]
    );
    for entry in listing.articles.entries() {
        let article = load_article(&entry.path, None).expect("it opens");
        assert_eq!(article.info.file, entry.rel);
    }
}

#[test]
fn a_row_shows_headline_status_and_count_without_reading_all() {
    let long = format!(
        "Ferry\tto  run again\n\nThe ferry will run.\n\n{}",
        "Ünder way. ".repeat(4000)
    );
    let sidecar = r#"{"format":"pressmark-sidecar","status":"done","annotations":[{},7]}"#;
    let dir = folder(&[
        ("a.txt", &long),
        ("a.txt.ann.json", sidecar),
        ("b.txt", "B\n"),
        ("b.txt.ann.json", "oops"),
        ("c.txt", "%PDF-1.7 and so on"),
        ("d.txt", ""),
    ]);
    let row = |name: &str| row_info(&dir.path().join(name));
    let a = row("a.txt");
    assert_eq!(a.title, "Ferry to run again");
    assert_eq!((a.status, a.tags, a.problem), (Status::Done, 2, None));
    assert!(
        row("b.txt")
            .problem
            .is_some_and(|problem| problem.contains("line 1"))
    );
    assert!(
        row("c.txt")
            .unreadable
            .is_some_and(|problem| problem.contains("PDF"))
    );
    let d = row("d.txt");
    assert_eq!((d.title.as_str(), d.problem), ("", None));
}

#[test]
fn an_article_opens_with_its_text_as_python_would_read_it() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("a.txt");
    fs::write(
        &path,
        b"\xef\xbb\xbfHarbour \xf0\x9f\x9a\xa2\r\n\r\nNo.\r\n",
    )
    .expect("it is written");
    let article = load_article(&path, None).expect("it opens");
    assert_eq!(article.source.as_str(), "Harbour 🚢\n\nNo.\n");
    assert_eq!(
        (article.info.bom, article.info.newline),
        (true, Newline::CrLf)
    );
    assert_eq!(
        (article.info.length, article.info.encoding.as_str()),
        (15, "utf-8")
    );
    assert_eq!(article.sidecar.article, article.info);
    assert_eq!((article.sidecar_hash, article.is_changed), (None, false));
    assert!(!sidecar_path(&path).exists(), "opening writes nothing");
}

#[test]
fn the_encoding_of_the_sidecar_counts_until_another_is_asked_for() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("a.txt");
    fs::write(&path, b"caf\xe9 \xa4\n").expect("it is written");
    let sidecar = r#"{"format":"pressmark-sidecar","article":{"encoding":"iso8859-15"}}"#;
    fs::write(sidecar_path(&path), sidecar).expect("it is written");
    let text = |encoding| {
        let article = load_article(&path, encoding).expect("it opens");
        article.source.as_str().to_owned()
    };
    assert_eq!(text(None), "café €\n");
    assert_eq!(text(Some("cp1252")), "café ¤\n");
    let unknown = load_article(&path, Some("klingon"));
    assert!(matches!(unknown, Err(StoreError::NotText { .. })));
}

#[test]
fn a_broken_sidecar_opens_its_article_for_reading_only() {
    let newer = r#"{"format":"pressmark-sidecar","version":9,"reader_min":9,
        "annotations":[{"id":"a1","layer":"note","at":[{"start":0,"end":1,"exact":"A"}]}],"text":"A\n"}"#;
    let dir = folder(&[
        ("a.txt", "A\n"),
        ("a.txt.ann.json", "{\"format\""),
        ("b.txt", "A\n"),
        ("b.txt.ann.json", newer),
        ("c.txt", "A\n"),
        ("c.txt.ann.json/", ""),
    ]);
    let open = |name: &str| load_article(&dir.path().join(name), None).expect("it opens");
    let a = open("a.txt");
    assert_eq!(a.refusal, Some(Refusal::Unreadable));
    assert!(
        a.readonly
            .is_some_and(|reason| reason.contains("line 1, column"))
    );
    assert!(a.sidecar_hash.is_some());
    let b = open("b.txt");
    assert_eq!(
        (b.refusal, b.sidecar.annotations.len(), b.orphans),
        (Some(Refusal::Newer), 1, 0)
    );
    assert_eq!(open("c.txt").refusal, Some(Refusal::Unreadable));
}

#[test]
fn what_cannot_be_an_article_is_refused_with_its_reason() {
    let dir = folder(&[("a.txt/", "")]);
    let refused = |path: PathBuf| match load_article(&path, None) {
        Ok(_) => panic!("{} opened", path.display()),
        Err(error) => error,
    };
    assert!(matches!(
        refused(dir.path().join("a.txt")),
        StoreError::NotAFile { .. }
    ));
    assert!(matches!(
        refused(dir.path().join("b.txt")),
        StoreError::Missing { .. }
    ));
    let large = dir.path().join("large.txt");
    let file = fs::File::create(&large).expect("it is made");
    file.set_len(65 << 20).expect("it is made large");
    assert!(matches!(refused(large), StoreError::TooLarge { .. }));
    let listing = listed(dir.path());
    assert_eq!((listing.articles.len(), listing.unreadable.len()), (0, 1));
    assert!(
        listing.unreadable[0].reason.contains("64 MiB"),
        "{:?}",
        listing.unreadable
    );
}

#[test]
fn the_text_goes_along_when_it_is_wanted_and_always_when_python_would_read_another() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let embeds = |bytes: &[u8], encoding, wanted| {
        let path = dir.path().join("a.txt");
        fs::write(&path, bytes).expect("it is written");
        let a = load_article(&path, encoding).expect("it opens");
        text_to_embed(&a.source, &a.info, a.replaced, wanted).is_some()
    };
    let large = "The ferry ran. ".repeat(80_000);
    assert!(embeds(b"No.\n", None, true));
    assert!(!embeds(b"No.\n", None, false));
    assert!(!embeds(large.as_bytes(), None, true));
    assert!(embeds(b"No \xff.\n", Some("utf-8"), false));
    assert!(embeds(b"No.\n", Some("big5"), false));
    assert!(!embeds(b"caf\xe9\n", Some("cp1252"), false));
}

#[test]
fn a_sidecar_without_article_is_found_and_another_coders_is_not_one() {
    let dir = folder(&[
        ("a.txt", ""),
        ("a.txt.ann.json", ""),
        ("a.txt.maria.ann.json", ""),
        ("desk/gone.txt.ann.json", ""),
        ("b.txt.ann.json", ""),
    ]);
    let strays = stray_sidecars(dir.path()).expect("the folder is listed");
    assert_eq!(strays, ["b.txt.ann.json", "desk/gone.txt.ann.json"]);
}

#[test]
fn records_are_written_in_their_form_and_read_back_whole() {
    let extra = |key: &str| Extra::from(vec![(key.to_owned(), String::from("[1.10]"))]);
    let id = Id::from("h7c2m4kq1z");
    let entity = Entity {
        id: id.clone(),
        name: String::from("Ada Quill"),
        aliases: vec![String::from("Quill")],
        kind: EntityKind::Person,
        roles: vec![EntityRole {
            role: String::from("harbour master"),
            extra: extra("x_role"),
            ..EntityRole::default()
        }],
        note: String::new(),
        merged_into: None,
        extra: extra("x_entity"),
    };
    let entities = Entities {
        by_id: ById::from_iter([(id, entity)]),
        extra: extra("x_top"),
        unread: vec![String::from("17")],
    };
    let bytes = serialise_entities(&entities);
    let expected = concat!(
        r#"{"format":"pressmark-entities","version":1,"reader_min":1,"#,
        "\n",
        r#" "entities":["#,
        "\n",
        r#"  {"id":"h7c2m4kq1z","name":"Ada Quill","aliases":["Quill"],"kind":"person","roles":[{"role":"harbour master","x_role":[1.10]}],"x_entity":[1.10]},"#,
        "\n",
        "  17],\n",
        r#" "x_top":[1.10]}"#,
        "\n",
    );
    assert_eq!(String::from_utf8_lossy(&bytes), expected);
    assert_eq!(
        parse_entities(&bytes).expect("what we write we read"),
        entities
    );
}

#[test]
fn records_and_codebook_have_the_same_manners_as_sidecars() {
    let dir = folder(&[]);
    let none = load_entities(dir.path()).expect("the folder is there");
    assert_eq!(
        (none.entities, none.hash, none.readonly),
        (Entities::default(), None, None)
    );
    assert!(load_entities(&dir.path().join("gone")).is_err());
    fs::write(entities_path(dir.path()), "{\"entities\":[]}").expect("it is written");
    let broken = load_entities(dir.path()).expect("the folder is there");
    assert!(broken.hash.is_some());
    assert!(
        broken
            .readonly
            .is_some_and(|reason| reason.contains("format"))
    );
    let newer = "{\"format\":\"pressmark-codebook\",\"reader_min\":3,\"embed_text\":false}";
    fs::write(dir.path().join("pressmark.codebook.json"), newer).expect("it is written");
    let newer = load_codebook(dir.path()).expect("the folder is there");
    assert!(newer.readonly.is_some() && !newer.codebook.embed_text);
}

#[test]
fn a_codebook_keeps_its_order_and_what_we_do_not_know() {
    let code = |id: &str, key| Code {
        id: Id::from(id),
        name: format!("code {id}"),
        definition: String::from("when the ferry is late"),
        include: String::new(),
        exclude: String::new(),
        colour: String::from("#0a5a45"),
        key,
        parent: None,
        removed: key.is_none(),
        extra: Extra::from(vec![(String::from("x"), String::from("null"))]),
    };
    let codebook = Codebook {
        codes: vec![code("z", Some(1)), code("a", None)],
        embed_text: false,
        extra: Extra::from(vec![(
            String::from("scale"),
            String::from("[\"yes\", \"no\"]"),
        )]),
    };
    let bytes = serialise_codebook(&codebook);
    assert_eq!(
        parse_codebook(&bytes).expect("what we write we read"),
        codebook
    );
    let nameless = "{\"format\":\"pressmark-codebook\",\"codes\":[{\"id\":\"a\"}]}";
    assert!(parse_codebook(nameless.as_bytes()).is_err());
}

#[test]
fn settings_keep_what_other_versions_wrote_and_broken_ones_are_set_aside() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("config/settings.json");
    assert_eq!(load_settings_from(&path), Settings::default());
    fs::create_dir_all(dir.path().join("config")).expect("a folder is made");
    fs::write(
        &path,
        r#"{"coder":"am","x_future":{"a":[1]},"places":{"/n":{"article":"a.txt"}}}"#,
    )
    .expect("it is written");
    let mut settings = load_settings_from(&path);
    assert_eq!(
        (settings.coder.as_str(), settings.theme.as_str()),
        ("am", "system")
    );
    settings.theme = String::from("dark");
    save_settings_to(&path, &settings).expect("it is saved");
    assert!(fs::read_to_string(&path).is_ok_and(|text| text.contains("x_future")));
    assert_eq!(load_settings_from(&path), settings);
    fs::write(&path, "{oops").expect("it is written");
    let mut settings = load_settings_from(&path);
    assert!(std::mem::take(&mut settings.unreadable)[0].contains("line 1"));
    assert_eq!(settings, Settings::default());
    let kept = fs::read_to_string(dir.path().join("config/settings.json.broken"));
    assert_eq!(kept.ok().as_deref(), Some("{oops"));
}

#[test]
fn every_file_of_the_sample_is_bundled() {
    fn files(folder: &Path, root: &Path, all: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                files(&path, root, all);
            } else if let Ok(rel) = path.strip_prefix(root) {
                all.insert(rel.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
    let mut on_disk = BTreeSet::new();
    files(&root, &root, &mut on_disk);
    assert_eq!(
        sample_files().map(str::to_owned).collect::<BTreeSet<_>>(),
        on_disk
    );
}

#[test]
fn the_sample_is_copied_where_it_is_not_there_yet() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let to = dir.path().join("new/sample");
    let written = write_sample(&to).expect("it is copied");
    assert_eq!(written.len(), sample_files().count());
    fs::write(&written[0], "mine").expect("it is written");
    fs::remove_file(&written[1]).expect("it is removed");
    assert_eq!(
        write_sample(&to).expect("it is copied"),
        [written[1].clone()]
    );
    assert_eq!(
        fs::read_to_string(&written[0]).ok().as_deref(),
        Some("mine")
    );
}
