//! What happens to files and folders while they are open: moved, edited, replaced by something else, out of room.
//!
//! *Limitations*: a full and a protected file system need the right to mount one; without it those tests say that they
//! were skipped. Faults of single system calls are for `tests/faults`.

use std::fs;
use std::path::{Path, PathBuf};

use pressmark::app::{Command, CommandKind, SavingLine};
use pressmark::model::{Annotation, Layer};
use pressmark::store::{load_article, sidecar_path, write_files};

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
