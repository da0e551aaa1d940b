//! What happens to files and folders while they are open: moved, edited, replaced by something else, out of room.
//!
//! *Limitations*: a full and a protected file system need the right to mount one; without it those tests say that they
//! were skipped. Faults of single system calls are for `tests/faults`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use pressmark::app::{Command, CommandKind, SavingLine};
use pressmark::model::{Annotation, Layer, Place};
use pressmark::store::{
    be_present, kept_below, load_article, parse_sidecar, sidecar_path, write_files,
};
use pressmark::text::describe;

use crate::editing::STORY;
use crate::support::desk::Desk;

const CLAIM: &str = "the line lost 4.2 million crowns last year";

/// A desk whose shown article has one saved claim.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.tag(Layer::Claim, CLAIM);
    desk.settle();
    assert!(desk.state.unsaved().is_empty());
    desk
}

fn has_failed(desk: &Desk) -> bool {
    matches!(desk.state.saving(), SavingLine::Failed(_)) && !desk.state.unsaved().is_empty()
}

fn annotations(article: &Path) -> usize {
    let loaded = load_article(article, None).expect("the article opens");
    assert_eq!(loaded.readonly, None);
    loaded.sidecar.annotations.len()
}

#[test]
fn a_folder_that_goes_away_is_not_made_again_and_its_tags_are_saved_when_it_is_back() {
    let mut desk = desk();
    let (here, away) = (desk.path("here"), desk.path("away"));
    fs::rename(&here, &away).expect("it is moved");
    desk.tag(Layer::Person, "Tomas Reuter");
    desk.settle();
    assert!(has_failed(&desk), "{:?}", desk.state.saving());
    assert!(!here.exists());
    assert_eq!(annotations(&away.join("one.txt")), 1);
    fs::rename(&away, &here).expect("it comes back");
    desk.keys(&[CommandKind::SaveNow]);
    desk.settle();
    assert!(desk.state.unsaved().is_empty());
    assert_eq!(annotations(&here.join("one.txt")), 2);
}

#[test]
fn an_article_that_is_edited_while_it_is_open_keeps_the_text_that_was_annotated() {
    let mut desk = desk();
    let edited = STORY.replace("Ferries stop", "All ferries stop");
    desk.write("here/one.txt", &edited);
    desk.tag(Layer::Person, "Tomas Reuter");
    desk.settle();
    let sidecar = fs::read_to_string(sidecar_path(&desk.path("here/one.txt"))).expect("saved");
    assert!(sidecar.contains("\"text\":\"Ferries stop"), "{sidecar}");
    let opened = load_article(&desk.path("here/one.txt"), None).expect("it opens");
    assert!(opened.is_changed);
    assert_eq!(opened.sidecar.annotations.len(), 2);
    for span in opened
        .sidecar
        .annotations
        .values()
        .flat_map(Annotation::spans)
    {
        let words = opened.source.slice(span);
        assert!([CLAIM, "Tomas Reuter"].contains(&words), "{words}");
    }
    assert_eq!(
        fs::read(desk.path("here/one.txt")).ok(),
        Some(edited.into_bytes())
    );
}

#[cfg(unix)]
#[test]
fn what_takes_the_sidecars_place_is_neither_followed_nor_replaced() {
    type Put = fn(&Path, &Path);
    let link: Put = |place, decoy| std::os::unix::fs::symlink(decoy, place).expect("a link");
    let folder: Put = |place, _| fs::create_dir(place).expect("a folder");
    let pipe: Put = |place, _| {
        let made = std::process::Command::new("mkfifo").arg(place).status();
        assert!(made.is_ok_and(|status| status.success()));
    };
    for put in [link, folder, pipe] {
        let mut desk = desk();
        desk.write("decoy", "theirs");
        let place = sidecar_path(&desk.path("here/one.txt"));
        fs::remove_file(&place).expect("it was there");
        put(&place, &desk.path("decoy"));
        let before = fs::symlink_metadata(&place)
            .expect("it is there")
            .file_type();
        desk.tag(Layer::Person, "Tomas Reuter");
        desk.settle();
        assert!(has_failed(&desk), "{before:?}: {:?}", desk.state.saving());
        assert_eq!(
            fs::symlink_metadata(&place).map(|m| m.file_type()).ok(),
            Some(before)
        );
        assert_eq!(
            fs::read(desk.path("decoy")).ok().as_deref(),
            Some(&b"theirs"[..])
        );
    }
}

#[test]
fn an_article_that_is_replaced_by_a_folder_is_told_and_the_open_one_stays() {
    let mut desk = desk();
    desk.remove("here/one.txt");
    fs::create_dir(desk.path("here/one.txt")).expect("a folder");
    desk.run(Command::Refresh);
    desk.settle();
    assert_eq!(desk.name(), "one.txt");
    assert_eq!(desk.shown().sidecar.annotations.len(), 1);
    desk.tag(Layer::Person, "Tomas Reuter");
    desk.settle();
    let sidecar = fs::read_to_string(sidecar_path(&desk.path("here/one.txt"))).expect("saved");
    assert!(sidecar.contains("Tomas Reuter"));
}

#[cfg(unix)]
#[test]
fn an_export_writes_through_no_link() {
    let desk = Desk::new();
    desk.write("decoy", "theirs");
    let out = desk.path("out");
    fs::create_dir(&out).expect("a folder");
    let part = format!(".spans.csv.{}.part", std::process::id());
    for name in ["spans.csv", part.as_str()] {
        std::os::unix::fs::symlink(desk.path("decoy"), out.join(name)).expect("a link");
    }
    write_files(&out, [("spans.csv", &b"ours"[..])]).expect("it is written");
    assert_eq!(
        fs::read(desk.path("decoy")).ok().as_deref(),
        Some(&b"theirs"[..])
    );
    let written = out.join("spans.csv");
    assert!(fs::symlink_metadata(&written).is_ok_and(|found| found.is_file()));
    assert_eq!(fs::read(written).ok().as_deref(), Some(&b"ours"[..]));
}

#[test]
fn what_was_tagged_in_a_folder_that_is_removed_is_kept() {
    let mut desk = desk();
    let here = desk.path("here");
    fs::remove_dir_all(&here).expect("it is removed");
    desk.tag(Layer::Person, "Tomas Reuter");
    desk.settle();
    assert!(has_failed(&desk), "{:?}", desk.state.saving());
    assert!(desk.state.is_all_kept());
    assert!(!here.exists(), "it is not made again");
    let kept = kept_below(&desk.path("state"), &here);
    let sidecar = sidecar_path(&here.join("one.txt"));
    let kept = kept.iter().find(|kept| kept.path == sidecar);
    let kept = parse_sidecar(&kept.expect("it is kept").bytes).expect("a sidecar");
    assert_eq!(kept.annotations.len(), 2);
}

#[test]
fn what_was_kept_for_a_folder_is_offered_where_it_was_renamed_to() {
    let mut desk = desk();
    let away = desk.path("elsewhere/away");
    fs::create_dir(desk.path("elsewhere")).expect("a folder");
    fs::rename(desk.path("here"), &away).expect("it is moved");
    desk.tag(Layer::Person, "Tomas Reuter");
    desk.settle();
    assert!(desk.state.is_all_kept());
    let mut desk = desk.start_again();
    desk.write("other/three.txt", "Another article.");
    for (folder, offered) in [("other", 0), ("elsewhere/away", 2)] {
        desk.run(Command::Open(desk.path(folder)));
        desk.settle();
        // The sidecar, and the records of the folder.
        assert_eq!(desk.state.rescued.len(), offered, "{folder}");
    }
    desk.run(Command::BringBack);
    desk.settle();
    assert_eq!(annotations(&away.join("one.txt")), 2);
    assert!(desk.state.unsaved().is_empty());
    assert!(!desk.path("here").exists());
}

#[test]
fn a_clock_that_goes_back_hides_no_change_and_makes_none() {
    let set = |path: &Path, seconds: u64| {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let file = fs::File::options().append(true).open(path).expect("a file");
        file.set_modified(time).expect("its time");
    };
    let mut desk = desk();
    let (article, years) = (desk.path("here/one.txt"), 365 * 24 * 60 * 60);
    let sidecar = sidecar_path(&article);
    // The next century, then the first year of all, under the same bytes.
    for (time, words) in [(130 * years, "Tomas"), (1, "Reuter")] {
        set(&sidecar, time);
        set(&article, time);
        desk.tag(Layer::Person, words);
        desk.settle();
        assert!(desk.state.unsaved().is_empty(), "{:?}", desk.state.saving());
    }
    assert_eq!(annotations(&article), 3);
    // And somebody else's words under an older time.
    let theirs = desk.find("Mara Lind");
    let source = desk.shown().source.clone();
    desk.somebody_else_edits("one.txt", |sidecar| {
        let mut annotation = sidecar.annotations.values().next().expect("one").clone();
        annotation.id = "theirs".into();
        annotation.at[0].selector = describe(&source, theirs);
        annotation.at[0].place = Place::Placed(theirs);
        sidecar
            .annotations
            .insert(annotation.id.clone(), annotation);
    });
    set(&sidecar, 2);
    desk.tag(Layer::Person, "Tomas Reuter");
    desk.settle();
    assert!(desk.state.unsaved().is_empty());
    assert_eq!(annotations(&article), 5);
}

#[test]
fn the_lock_of_a_window_that_crashed_holds_up_nobody() {
    let desk = desk();
    let (state, here) = (desk.path("state"), desk.path("here"));
    drop(be_present(&state, &here).expect("folders can be locked here"));
    let locks = fs::read_dir(state.join("locks")).expect("locks").flatten();
    // As left by a crash: the file is there, whatever it says, and nobody holds it.
    let left = locks.inspect(|lock| fs::write(lock.path(), "pid 1").expect("a lock"));
    assert_eq!(left.count(), 1);
    let present = be_present(&state, &here).expect("it can be locked");
    assert!(!present.is_shared);
}

#[test]
fn an_export_never_takes_an_articles_place() {
    let desk = desk();
    let (here, article) = (desk.path("here"), desk.path("here/one.txt"));
    let before = fs::read(&article).expect("the article");
    // The article itself, a link to it, and its folder, where only the export's own names are taken.
    let targets = [article.clone(), desk.path("link"), here.clone()];
    #[cfg(unix)]
    std::os::unix::fs::symlink(&article, &targets[1]).expect("a link");
    for target in targets {
        for format in ["csv", "jsonl", "html"] {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_pressmark"));
            command.args(["export", "--force", "--format", format]);
            let output = command.arg(&article).arg("--out").arg(&target).output();
            let code = output.expect("it runs").status.code();
            assert_eq!(code, Some(if target == here { 0 } else { 2 }), "{format}");
            assert_eq!(fs::read(&article).ok().as_ref(), Some(&before));
        }
    }
}

/// A small file system of our own, as long as it lives.
#[cfg(target_os = "linux")]
struct Disk(PathBuf);

#[cfg(target_os = "linux")]
impl Disk {
    /// `None` where we may not have one.
    fn mount(place: PathBuf) -> Option<Self> {
        fs::create_dir(&place).expect("a folder");
        let options = ["-t", "tmpfs", "-o", "size=128k", "none"];
        let disk = Self(place);
        disk.call("mount", &options).then_some(disk)
    }

    fn call(&self, program: &str, options: &[&str]) -> bool {
        let mut call = std::process::Command::new(program);
        let output = call.args(options).arg(&self.0).output();
        output.is_ok_and(|output| output.status.success())
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk {
    fn drop(&mut self) {
        self.call("umount", &["-l"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_or_protected_disk_keeps_the_old_file_and_takes_the_new_one_when_it_can() {
    let mut desk = Desk::new();
    let Some(disk) = Disk::mount(desk.path("small")) else {
        println!("skipped: no file system may be mounted here");
        return;
    };
    desk.write("small/one.txt", STORY);
    desk.run(Command::Open(desk.path("small")));
    desk.settle();
    desk.tag(Layer::Claim, CLAIM);
    desk.settle();
    let article = desk.path("small/one.txt");
    assert_eq!(annotations(&article), 1);

    // Fails, and takes what was left.
    fs::write(desk.path("small/filler"), vec![0; 1 << 18]).expect_err("it is full");
    desk.tag(Layer::Person, "Tomas Reuter");
    desk.settle();
    assert!(has_failed(&desk), "{:?}", desk.state.saving());
    assert_eq!(annotations(&article), 1);
    desk.remove("small/filler");
    desk.keys(&[CommandKind::SaveNow]);
    desk.settle();
    assert!(desk.state.unsaved().is_empty());
    assert_eq!(annotations(&article), 2);

    assert!(disk.call("mount", &["-o", "remount,ro"]));
    desk.tag(Layer::Person, "Mara Lind");
    desk.settle();
    assert!(has_failed(&desk), "{:?}", desk.state.saving());
    assert!(disk.call("mount", &["-o", "remount,rw"]));
    desk.keys(&[CommandKind::SaveNow]);
    desk.settle();
    assert_eq!(annotations(&article), 3);
    let names: Vec<_> = fs::read_dir(desk.path("small"))
        .expect("a folder")
        .flatten()
        .collect();
    assert!(names.len() <= 3, "nothing is left behind: {names:?}");
}
