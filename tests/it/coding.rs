//! Codes and the folder's codebook, through the window's own code: keys go in, and the sidecar and the codebook's file
//! are read.

use std::fs;
use std::path::PathBuf;

use egui_kittest::kittest::Queryable;
use pressmark::app::{CodeChange, Command, Page};
use pressmark::exchange::Format;
use pressmark::model::{Annotation, Code, Codebook, Id, Layer};
use pressmark::store;
use tempfile::TempDir;

use crate::support::driver::Driver;

const TRAM: &str = "Trams return to Ostrel\n\n\
    The town will pay 4 million crowns for two lines. Riders cheered on Monday.\n\n\
    Nobody asked the bus drivers. They may strike.\n";

/// A codebook as another program may have written it.
pub const BOOK: &str = r##"{"format":"pressmark-codebook","version":1,"reader_min":1,
 "embed_text":true,
 "codes":[
  {"id":"c1","name":"money","definition":"Who pays, and how much","colour":"#1b65ff","key":1,"weight":2},
  {"id":"c2","name":"labour","colour":"#db6271","key":2},
  {"id":"c3","name":"public mood"}],
 "scale":["yes","no"]}
"##;

/// A folder with an article and, where it is given, a codebook, open in a window.
pub struct Room {
    disk: TempDir,
    pub window: Driver,
}

impl Room {
    pub fn with(book: Option<&str>) -> Self {
        let disk = tempfile::tempdir().expect("a temporary folder");
        fs::write(disk.path().join("tram.txt"), TRAM).expect("an article");
        if let Some(book) = book {
            fs::write(disk.path().join("pressmark.codebook.json"), book).expect("a codebook");
        }
        let window = Driver::open(disk.path());
        Self { disk, window }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.disk.path().join(name)
    }

    /// The coded passages of the article as they are on the disk: "code: words".
    pub fn coded(&self) -> Vec<String> {
        let bytes = fs::read(self.path("tram.txt.ann.json")).unwrap_or_default();
        let Ok(sidecar) = store::parse_sidecar(&bytes) else {
            return Vec::new();
        };
        let mut of_codes: Vec<&Annotation> = sidecar
            .annotations
            .values()
            .filter(|a| a.layer == Layer::Code)
            .collect();
        of_codes.sort_by_key(|a| (a.at[0].selector.start, a.attrs.text("code")));
        let shown = of_codes.iter().map(|a| {
            let code = a.attrs.text("code").unwrap_or("none");
            format!("{code}: {}", a.exact())
        });
        shown.collect()
    }

    /// The codebook as it is on the disk.
    fn book(&self) -> Codebook {
        let bytes = fs::read(self.path("pressmark.codebook.json")).expect("a codebook");
        store::parse_codebook(&bytes).expect("readable")
    }

    /// The codes on the disk: "name/digit", removed ones with a minus.
    fn codes(&self) -> Vec<String> {
        let book = self.book();
        let shown = book.codes.iter().map(|code| {
            let digit = code.key.map(|key| format!("/{key}")).unwrap_or_default();
            let sign = if code.removed { "-" } else { "" };
            format!("{}{digit}{sign}", code.name)
        });
        shown.collect()
    }

    pub fn said(&self) -> String {
        self.window.state().said.clone()
    }

    fn change(&mut self, change: CodeChange) {
        self.window.send_command(Command::ChangeCodes(change));
        self.window.settle();
    }
}

const SECOND: &str = "Riders cheered on Monday.";

#[test]
fn a_digit_codes_what_has_the_focus_with_one_key_and_undo_takes_it_back() {
    let mut room = Room::with(Some(BOOK));
    room.window.keys("↓ → →");
    let before = room.window.presses();
    room.window.keys("2");
    assert_eq!(room.window.presses() - before, 1);
    room.window.settle();
    assert_eq!(room.coded(), [format!("c2: {SECOND}")]);
    room.window.keys("1").settle();
    assert_eq!(
        room.coded(),
        [format!("c1: {SECOND}"), format!("c2: {SECOND}")],
        "one passage may have several codes"
    );
    room.window.keys("1").settle();
    assert_eq!(room.coded().len(), 2, "but none of them twice");
    room.window.keys("Ctrl+Z Ctrl+Z").settle();
    assert_eq!(room.coded(), Vec::<String>::new());
}

#[test]
fn a_digit_codes_a_selection() {
    let mut room = Room::with(Some(BOOK));
    room.window.keys("↓ → W → → Shift+→ 1").settle();
    assert_eq!(room.coded(), ["c1: will pay"]);
}

#[test]
fn a_digit_without_a_code_says_which_there_are_and_how_to_make_one() {
    let mut room = Room::with(Some(BOOK));
    room.window.keys("↓ → 7").settle();
    assert_eq!(
        room.said(),
        "No code has the digit 7. Codes: 1 money, 2 labour. E makes one, Ctrl+B shows the codebook."
    );
    assert_eq!(room.coded(), Vec::<String>::new());
    let mut bare = Room::with(None);
    bare.window.keys("↓ → 1");
    assert!(bare.said().starts_with("No digit has a code yet."));
}

#[test]
fn a_code_is_found_by_a_few_letters_and_repeated_by_a_point() {
    let mut room = Room::with(Some(BOOK));
    room.window
        .keys("↓ → E")
        .type_text("pm")
        .keys("Enter → .")
        .settle();
    let first = "c3: The town will pay 4 million crowns for two lines.";
    assert_eq!(room.coded(), [first.to_owned(), format!("c3: {SECOND}")]);
}

#[test]
fn in_the_list_of_codes_each_keeps_its_own_digit() {
    let book = BOOK.replace("\"key\":2", "\"key\":3");
    let mut room = Room::with(Some(&book));
    room.window.keys("↓ → → E 3").settle();
    assert_eq!(room.coded(), [format!("c2: {SECOND}")]);
}

#[test]
fn a_new_name_makes_a_code_and_tags_with_it_as_one_step() {
    let mut room = Room::with(None);
    room.window.keys("↓ → → E").type_text("mood");
    assert!(room.window.says("New code “mood”"));
    room.window.keys("Enter").settle();
    let book = room.book();
    assert_eq!(room.codes(), ["mood/1"]);
    assert_eq!(book.codes[0].colour, "#1b65ff", "it has a colour");
    assert_eq!(room.coded(), [format!("{}: {SECOND}", book.codes[0].id)]);
    room.window.keys("← 1").settle();
    assert_eq!(room.coded().len(), 2, "its digit works at once");
    room.window.keys("Ctrl+Z Ctrl+Z").settle();
    assert_eq!((room.coded().len(), room.codes().len()), (0, 0));
}

#[test]
fn t_gives_a_passage_another_code_and_a_claim_a_code() {
    let mut room = Room::with(Some(BOOK));
    room.window.keys("↓ → → 1 T 2").settle();
    assert_eq!(room.coded(), [format!("c2: {SECOND}")]);
    room.window
        .keys("← C T")
        .type_text("money")
        .keys("Enter")
        .settle();
    assert_eq!(room.coded().len(), 2);
    assert!(room.coded()[0].starts_with("c1: The town will pay"));
    let state = room.window.state();
    assert_eq!(state.article().expect("open").marks.count(Layer::Claim), 0);
}

#[test]
fn every_change_of_the_codebook_is_a_step_and_what_we_do_not_know_stays() {
    let mut room = Room::with(Some(BOOK));
    let money = room.book().codes[0].clone();
    let renamed = Code {
        name: "budget".to_owned(),
        exclude: "wages".to_owned(),
        ..money
    };
    room.change(CodeChange::Set(Box::new(renamed)));
    assert_eq!(room.codes(), ["budget/1", "labour/2", "public mood"]);
    room.change(CodeChange::Key(Id::from("c3"), Some(1)));
    assert_eq!(room.codes(), ["budget", "labour/2", "public mood/1"]);
    room.change(CodeChange::Key(Id::from("c2"), Some(1)));
    assert_eq!(
        room.codes(),
        ["budget", "labour/1", "public mood/2"],
        "they swap"
    );
    room.change(CodeChange::New("weather".to_owned()));
    room.change(CodeChange::Remove(Id::from("c1")));
    assert_eq!(
        room.codes(),
        ["budget-", "labour/1", "public mood/2", "weather/3"]
    );
    let text = fs::read_to_string(room.path("pressmark.codebook.json")).expect("a codebook");
    assert!(
        text.contains("\"weight\":2") && text.contains("\"scale\":[\"yes\",\"no\"]"),
        "{text}"
    );
    for _ in 0..5 {
        room.window.keys("Ctrl+Z");
    }
    room.window.settle();
    assert_eq!(
        room.book(),
        store::parse_codebook(BOOK.as_bytes()).expect("ours")
    );
}

#[test]
fn no_two_codes_have_one_name() {
    let mut room = Room::with(Some(BOOK));
    room.change(CodeChange::New(" Money".to_owned()));
    assert_eq!(room.said(), "There is a code “Money” already.");
    let labour = room.book().codes[1].clone();
    let money = Code {
        name: "money".to_owned(),
        ..labour
    };
    room.change(CodeChange::Set(Box::new(money)));
    assert!(room.said().starts_with("“labour” keeps its name"));
    assert_eq!(room.codes(), ["money/1", "labour/2", "public mood"]);
}

#[test]
fn what_has_a_code_that_was_taken_out_stays_and_says_so() {
    let mut room = Room::with(Some(BOOK));
    room.window.keys("↓ → → 2").settle();
    {
        let state = room.window.state();
        let labour = state.codes.book.codes[1].clone();
        assert_eq!(state.uses(&labour), (1, 1));
    }
    room.change(CodeChange::Remove(Id::from("c2")));
    assert_eq!(room.coded(), [format!("c2: {SECOND}")]);
    assert!(room.window.says("labour (not in the codebook)"));
    room.window.keys("← 2");
    assert!(room.said().starts_with("No code has the digit 2."));
    room.change(CodeChange::New("labour".to_owned()));
    assert_eq!(
        room.codes(),
        ["money/1", "labour/2", "public mood"],
        "it comes back"
    );
    assert!(!room.window.says("not in the codebook"));
}

#[test]
fn uses_are_counted_over_the_folder_without_opening_its_articles() {
    let mut room = Room::with(Some(BOOK));
    room.window.keys("↓ → 1 → 1").settle();
    let sidecar = fs::read_to_string(room.path("tram.txt.ann.json")).expect("a sidecar");
    let disk = tempfile::tempdir().expect("a temporary folder");
    for name in ["a.txt", "b.txt", "c.txt"] {
        fs::write(disk.path().join(name), TRAM).expect("an article");
    }
    fs::write(
        disk.path().join("b.txt.ann.json"),
        sidecar.replace("tram.txt", "b.txt"),
    )
    .expect("ok");
    fs::write(disk.path().join("pressmark.codebook.json"), BOOK).expect("a codebook");
    let mut window = Driver::open(disk.path());
    window.until("all rows", |state| {
        let rows = &state.folder.as_ref().expect("open").rows;
        rows.iter().all(|row| row.info.is_some())
    });
    let state = window.state();
    assert!(!state.articles.contains_key("b.txt"));
    let [money, labour] = [0, 1].map(|at| state.codes.book.codes[at].clone());
    assert_eq!((state.uses(&money), state.uses(&labour)), ((2, 1), (0, 0)));
}

#[test]
fn exports_have_the_name_of_the_code() {
    for format in [Format::Csv, Format::Html, Format::Jsonl] {
        let mut room = Room::with(Some(BOOK));
        room.window
            .keys("↓ → → E")
            .type_text("mood")
            .keys("Enter")
            .settle();
        let to = tempfile::tempdir().expect("a temporary folder");
        let (to, replace) = (to.path().join("out"), true);
        room.window.send_command(Command::Export {
            format,
            to: to.clone(),
            replace,
        });
        room.window.settle();
        let files = fs::read_dir(&to).expect("an export").flatten();
        let texts = files.map(|file| fs::read_to_string(file.path()).unwrap_or_default());
        let named = texts.filter(|text| text.contains("public mood")).count();
        assert_eq!(named, 1, "{format:?}");
    }
}

#[test]
fn what_another_program_does_to_the_codebook_is_merged_with_what_is_done_here() {
    let mut room = Room::with(Some(BOOK));
    let theirs = BOOK.replace("\"labour\"", "\"work\"");
    fs::write(room.path("pressmark.codebook.json"), theirs).expect("it is written");
    room.window.until("the other name", |state| {
        state.codes.book.codes[1].name == "work"
    });
    assert!(room.window.state().notices.iter().any(|n| {
        n.summary == "Another program changed the folder’s codebook; it was read again."
    }));
    // Before it is noticed, a change is made here: the save finds the other file.
    let theirs = BOOK.replace("\"public mood\"", "\"mood\"");
    fs::write(room.path("pressmark.codebook.json"), theirs).expect("it is written");
    room.window
        .send_command(Command::ChangeCodes(CodeChange::New("weather".to_owned())));
    room.window.settle();
    room.window.until("both", |state| {
        let names = state.codes.book.codes.iter().map(|c| c.name.as_str());
        names.eq(["money", "labour", "mood", "weather"])
    });
    room.window.settle();
    assert_eq!(room.codes(), ["money/1", "labour/2", "mood", "weather/3"]);
}

#[test]
fn our_own_saves_are_no_news_and_undo_goes_on() {
    let mut room = Room::with(Some(BOOK));
    for name in ["one", "two", "three"] {
        room.change(CodeChange::New(name.to_owned()));
    }
    std::thread::sleep(std::time::Duration::from_millis(700));
    room.window.settle();
    assert!(room.window.state().notices.is_empty());
    room.window.keys("Ctrl+Z Ctrl+Z Ctrl+Z").settle();
    assert_eq!(room.codes(), ["money/1", "labour/2", "public mood"]);
}

#[test]
fn a_codebook_that_cannot_be_read_is_never_written_over() {
    let mut room = Room::with(Some("{ this is no codebook"));
    room.change(CodeChange::New("money".to_owned()));
    assert!(room.said().contains("read only"), "{}", room.said());
    room.window.keys("↓ → E").type_text("money");
    assert!(!room.window.says("New code"));
    let bytes = fs::read(room.path("pressmark.codebook.json")).expect("a file");
    assert_eq!(bytes, b"{ this is no codebook");
}

#[test]
fn the_codebook_is_written_by_keys_alone() {
    let mut room = Room::with(None);
    room.window.keys("Ctrl+B");
    assert_eq!(room.window.state().page, Some(Page::Codebook));
    assert!(room.window.shows("No codes yet"));
    room.window
        .click("Name of a new code")
        .type_text("money")
        .keys("Enter");
    room.window.type_text("labour").keys("Enter").settle();
    assert_eq!(room.codes(), ["money/1", "labour/2"]);
    room.window
        .click("Meaning")
        .type_text("wages and strikes")
        .keys("Tab")
        .settle();
    assert_eq!(room.book().codes[1].definition, "wages and strikes");
    room.window.click("Digit 1, money has it");
    assert_eq!(room.codes(), ["money/1", "labour/2"], "it asks first");
    room.window.click("Swap").settle();
    assert_eq!(room.codes(), ["money/2", "labour/1"]);
    room.window.click("Colour green").settle();
    assert_eq!(room.book().codes[1].colour, "#26a500");
    room.window.click("Take out…");
    room.window.click("Take it out").settle();
    assert_eq!(room.codes(), ["money/2", "labour-"]);
    room.window.keys("Ctrl+Z").settle();
    assert_eq!(
        room.codes(),
        ["money/2", "labour/1"],
        "undone over the page"
    );
    room.window.harness.check_accessibility();
    room.window.keys("Esc ↓ → 1").settle();
    assert_eq!(room.coded().len(), 1);
}

/// A code on the second sentence, by the id of its annotation and of its code.
fn coded_second(id: &str, code: &str, created: &str) -> String {
    let start = TRAM.find(SECOND).expect("it is in the article");
    let end = start + SECOND.len();
    format!(
        r#"{{"id":"{id}","layer":"code","at":[{{"start":{start},"end":{end},"exact":"{SECOND}","prefix":"","suffix":""}}],"attrs":{{"code":"{code}"}},"created":"{created}"}}"#
    )
}

#[test]
fn codes_on_the_same_words_stand_as_the_codebook_has_them() {
    let (early, late) = ("2026-11-20T09:00:00Z", "2026-11-21T09:00:00Z");
    let tags = [
        coded_second("a", "gone", late),
        coded_second("b", "gone", early),
        coded_second("c", "c3", early),
        coded_second("d", "c2", early),
        coded_second("e", "c1", late),
    ];
    let (tags, text) = (tags.join(","), TRAM.replace('\n', "\\n"));
    let sidecar = format!(
        r#"{{"format":"pressmark-sidecar","version":1,"reader_min":1,"annotations":[{tags}],"text":"{text}"}}"#
    );
    let disk = tempfile::tempdir().expect("a temporary folder");
    fs::write(disk.path().join("tram.txt"), TRAM).expect("an article");
    fs::write(disk.path().join("tram.txt.ann.json"), sidecar).expect("a sidecar");
    fs::write(disk.path().join("pressmark.codebook.json"), BOOK).expect("a codebook");
    let window = Driver::open(disk.path());
    let mut room = Room { disk, window };
    room.window.keys("↓ → →").settle();

    // By digit, then as listed; those without a code by their age.
    let by_o = walk(&mut room, "O");
    assert_eq!(by_o, ["e", "d", "c", "b", "a"]);
    room.window.keys("Esc Esc Esc Esc ↓ ↓ → →");
    let by_tab = walk(&mut room, "Shift+Tab");
    assert_eq!(by_tab, ["a", "b", "c", "d", "e"], "and back");
    let rows = |room: &Room| {
        let mut rows: Vec<(f32, String)> = ["money", "labour", "public mood"]
            .into_iter()
            .map(|name| {
                let row = format!("Code {name}: {SECOND}");
                (
                    room.window.harness.get_by_label(&row).rect().top(),
                    name.to_owned(),
                )
            })
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    room.window.keys("O");
    assert_eq!(rows(&room), ["money", "labour", "public mood"]);

    room.change(CodeChange::Key(Id::new("c3"), Some(1)));
    assert_eq!(
        rows(&room),
        ["public mood", "labour", "money"],
        "a digit moves them"
    );
}

/// Where five presses of a key lead.
fn walk(room: &mut Room, key: &str) -> Vec<String> {
    let steps = (0..5).map(|_| {
        room.window.keys(key).settle();
        let state = room.window.state();
        let article = state.article().expect("open");
        article
            .active
            .as_ref()
            .map_or_else(String::new, Id::to_string)
    });
    steps.collect()
}
