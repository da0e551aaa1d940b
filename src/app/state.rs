//! Everything the window shows and a command may change.
//!
//! Plain data: panels read it, `update` changes it, jobs answer to it by events.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::article::{ArticleKey, OpenArticle, SaveState};
use super::beside::Beside;
use super::codes::Codes;
use super::find::Find;
use super::history::History;
use super::keymap::{Keymap, Rebinding};
use super::notice::Notice;
use super::occurrences::Everywhere;
use super::pick::Pick;
use super::rows::{Row, Rows};
use super::saver::Retry;
use super::visits::Visits;
use crate::exchange::Format;
use crate::model::{Entities, EntityKind, Id, Layer, Span, Status};
use crate::store::{Copy, Kept, Renamed, Settings, Unreadable};
use crate::suggest::Learnt;

/// The whole state.
#[derive(Debug, Default)]
pub struct State {
    /// The open folder.
    pub folder: Option<Folder>,
    /// Articles that are in memory: those that are shown, and those with something to save or to undo.
    pub articles: HashMap<ArticleKey, OpenArticle>,
    /// The article that is shown; of two, the one that keys and panel are about.
    pub current: Option<ArticleKey>,
    /// The other one of two.
    pub beside: Option<Beside>,
    /// Whether the window has no room for two.
    pub is_narrow: bool,
    /// Whether it was said that letters have no font.
    pub knows_undrawn: bool,
    /// Whether the desktop says that it is dark.
    pub is_desktop_dark: bool,
    /// The article that is being loaded to be shown.
    pub loading: Option<ArticleKey>,
    /// The folder's persons and organisations.
    pub records: Records,
    /// The folder's codebook.
    pub codes: Codes,
    /// What can be undone.
    pub history: History,
    /// Settings.
    pub settings: Settings,
    /// The keys that they leave to the commands.
    pub keymap: Keymap,
    /// Which region the keys go to.
    pub region: Region,
    /// The panel's list.
    pub tab: Tab,
    /// The open pick list.
    pub pick: Option<Pick>,
    /// Find in the article.
    pub find: Find,
    /// A for the whole folder.
    pub everywhere: Option<Everywhere>,
    /// How many searches of the folder were asked for.
    pub tickets: u64,
    /// What the last Q made, until the focus leaves it.
    pub proposal: Option<Proposal>,
    /// A page over the window.
    pub page: Option<Page>,
    /// The key that is being given to a command, on the settings page.
    pub rebinding: Option<Rebinding>,
    /// Whether nothing but the text is shown.
    pub only_text: bool,
    /// Long work that is going on.
    pub work: Option<Work>,
    /// An export that found files in its place and waits for an answer.
    pub pending_export: Option<PendingExport>,
    /// Messages of this run, oldest first.
    pub notices: Vec<Notice>,
    /// What the last command did, for the status bar: "Undid: tag a claim".
    pub said: String,
    /// What is to be said once the article that is being opened is there.
    pub said_on_arrival: String,
    /// When everything was last saved, as the clock on the wall says.
    pub saved_at: Option<String>,
    /// The last tag, for Repeat.
    pub last_tag: Option<Layer>,
    /// Places visited.
    pub visits: Visits,
    /// Where G came from.
    pub came_from: Option<(ArticleKey, super::focus::Focus)>,
    /// A field of the editor that asks for the keyboard.
    pub wants_field: Option<Field>,
    /// The region that has the keys is to open the menu of what has the focus, in the next frame.
    pub wants_menu: bool,
    /// Grows whenever the reader should bring the focus into view.
    pub reveal: u64,
    /// Pages to scroll by that the reader has not done yet.
    pub scroll_pages: i32,
    /// Whether the window may close.
    pub closing: Closing,
    /// What waits until everything is saved: another folder.
    pub pending: Option<super::command::Command>,
    /// The generation of the open folder; events of an older one are dropped.
    pub generation: u64,
    /// Open articles that are read again, with their revisions when that was asked for.
    pub reload: HashMap<ArticleKey, u64>,
    /// Open articles that other programs changed; they are read again once what is here is saved.
    pub stale: BTreeSet<ArticleKey>,
    /// The records' revision when the folder was last read.
    pub records_at_scan: u64,
    /// What of the current article's text is shown.
    pub in_view: Option<Span>,
    /// Letter commands in a row, to notice somebody typing.
    pub burst: Burst,
    /// Failed saves and when they are tried again.
    pub retry: Retry,
    /// What an earlier run could not save in this folder and a person has not decided about.
    pub rescued: Vec<Kept>,
    /// What is to be brought back, until its article is loaded.
    pub bringing_back: Vec<Kept>,
    /// The step of the tour that is shown.
    pub tour: Option<usize>,
    /// The tour was asked for and waits for the sample.
    pub wants_tour: bool,
}

/// The open folder.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Where it is.
    pub root: PathBuf,
    /// Its articles in the order of names.
    pub rows: Rows,
    /// Files that look like articles and are not readable text.
    pub unreadable: Vec<Unreadable>,
    /// How many other files were left alone.
    pub others: usize,
    /// What narrows the list.
    pub filter: String,
    /// The rows that pass the filter.
    pub shown: Vec<usize>,
    /// Whether it is a file that was opened, not its folder: other files of the folder are nobody's business.
    pub is_alone: bool,
    /// Copies of sidecars and records that nobody has decided about.
    pub copies: Vec<Copy>,
    /// Articles that are not there and seem to have another name now.
    pub renamed: Vec<Renamed>,
}

impl Folder {
    /// The folder's own name.
    pub fn name(&self) -> String {
        self.root.file_name().map_or_else(
            || self.root.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// The row of an article.
    pub fn row(&self, key: &str) -> Option<Row<'_>> {
        self.rows.get(self.rows.at(key)?)
    }

    /// The file of an article of the list.
    pub fn path(&self, key: &str) -> Option<PathBuf> {
        self.rows.at(key)?;
        Some(self.rows.articles().path(key))
    }

    /// The article of the list whose file this is.
    pub fn article_at(&self, path: &Path) -> Option<ArticleKey> {
        let name = self.rows.articles().name_of(path)?;
        let is_it = self.path(&name).is_some_and(|other| other == path);
        is_it.then(|| name.into())
    }

    /// How many articles have a status.
    pub fn count(&self, status: Status) -> usize {
        self.rows
            .iter()
            .filter(|row| row.info.is_some_and(|info| info.status == status))
            .count()
    }
}

/// The folder's records and how far they are saved.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// The records.
    pub entities: Entities,
    /// Why they may not be changed, if so.
    pub readonly: Option<String>,
    /// How far their changes are on the disk.
    pub save: SaveState,
    /// The records as they are on the disk, as far as we know.
    pub base: Arc<Entities>,
    /// The records that the saver has now.
    pub sending: Option<Arc<Entities>>,
    /// What the rules learn, with the revision of the records and the cues that it was made of.
    pub learnt: Option<(u64, BTreeSet<String>, Arc<Learnt>)>,
}

impl Records {
    /// What the rules learn from this folder: the names of its records, and the verbs tagged as cues.
    fn learnt(&mut self, cues: BTreeSet<String>) -> Arc<Learnt> {
        let revision = self.save.revision;
        match &self.learnt {
            Some((of, with, learnt)) if *of == revision && *with == cues => learnt.clone(),
            _ => {
                let learnt = Learnt::from_records(&self.entities).with_cues(cues.iter().cloned());
                let learnt = Arc::new(learnt);
                self.learnt = Some((revision, cues, learnt.clone()));
                learnt
            }
        }
    }
}

/// A region of the window that keys can go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Region {
    /// The list of articles.
    List,
    /// The text.
    #[default]
    Reader,
    /// The panel of annotations.
    Panel,
}

/// The panel's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Tab {
    /// Quotes with their speakers.
    #[default]
    Quotes,
    /// Sources.
    Sources,
    /// Persons.
    People,
    /// Claims.
    Claims,
    /// Passages with a code.
    Codes,
    /// Notes, and annotations without a place.
    More,
}

impl Tab {
    /// All lists in their order.
    pub const ALL: [Self; 6] = [
        Self::Quotes,
        Self::Sources,
        Self::People,
        Self::Claims,
        Self::Codes,
        Self::More,
    ];

    /// Its name in the settings file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Quotes => "quotes",
            Self::Sources => "sources",
            Self::People => "people",
            Self::Claims => "claims",
            Self::Codes => "codes",
            Self::More => "more",
        }
    }

    /// The list that shows a layer.
    pub const fn of(layer: Layer) -> Self {
        match layer {
            Layer::Quote => Self::Quotes,
            Layer::Source => Self::Sources,
            Layer::Person => Self::People,
            Layer::Claim => Self::Claims,
            Layer::Code => Self::Codes,
            Layer::Note => Self::More,
        }
    }
}

/// A page over the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    /// Commands, articles and people by a few letters.
    Palette,
    /// Places of the article by number or words.
    GoTo,
    /// Help and keys.
    Help,
    /// Settings.
    Settings,
    /// The folder's codebook.
    Codebook,
    /// Export.
    Export,
    /// What happened.
    Notices,
    /// Version and licences.
    About,
    /// Files of the folder that are not readable.
    Unreadable,
    /// Articles that are not there, and copies of files with tags.
    Outside,
    /// Other places of a tag's words in the whole folder.
    Everywhere,
    /// "Some of it is not saved": stay, or close all the same.
    CloseUnsaved,
    /// "These files are there": replace them, or not.
    ReplaceExport,
    /// "Some of it could not be saved the last time": bring it back, or not.
    Rescued,
}

impl Page {
    /// Whether it waits for a decision: nothing but an answer or Escape puts it away.
    pub const fn is_question(self) -> bool {
        matches!(
            self,
            Self::CloseUnsaved | Self::ReplaceExport | Self::Rescued | Self::Everywhere
        )
    }

    /// Whether it has fields among other things: Escape leaves the field first.
    pub const fn is_form(self) -> bool {
        matches!(self, Self::Settings | Self::Codebook | Self::Export)
    }
}

/// What the last Q made and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The quotes it made.
    pub quotes: Vec<Id>,
    /// The sentence or quotation it was asked for.
    pub asked: Vec<Span>,
    /// Why, in words.
    pub why: String,
    /// Whether it was made the whole sentence since.
    pub whole: bool,
    /// How many steps could be taken back once it was made.
    pub depth: usize,
}

/// Long work that is going on.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// What is being done.
    pub label: String,
    /// How far.
    pub done: usize,
    /// Of how much, if known.
    pub total: Option<usize>,
}

/// A field of the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The note.
    Note,
    /// The record's name.
    Name,
    /// The first control of the editor.
    First,
    /// What the newest evidence is.
    Evidence,
    /// The filter over the list.
    Filter,
    /// The find bar's.
    Find,
}

/// Whether the window may close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Closing {
    /// It stays.
    #[default]
    Open,
    /// As soon as everything is saved.
    WhenSaved,
    /// Now.
    Now,
}

/// Letter commands that came in a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Burst {
    /// Undo depth before each of them, oldest first, with the time in seconds.
    pub keys: Vec<(f64, usize)>,
}

/// A finished or refused export that waits for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingExport {
    /// As what.
    pub format: Format,
    /// Into which folder.
    pub to: PathBuf,
    /// What is there already.
    pub existing: Vec<String>,
}

impl State {
    /// The current article.
    pub fn article(&self) -> Option<&OpenArticle> {
        self.articles.get(self.current.as_ref()?)
    }

    /// The current article, to move its focus.
    pub fn article_mut(&mut self) -> Option<&mut OpenArticle> {
        self.articles.get_mut(self.current.as_ref()?)
    }

    /// How many different persons the open article mentions, also as sources.
    pub fn people(&self) -> usize {
        let records = self
            .article()
            .into_iter()
            .flat_map(|article| article.marks.records());
        let persons: BTreeSet<&Id> = records
            .filter_map(|id| self.records.entities.resolve(id))
            .filter(|entity| entity.kind == EntityKind::Person)
            .map(|entity| &entity.id)
            .collect();
        persons.len()
    }

    /// What the rules learn from this folder, as far as its records and the open articles tell.
    pub fn learnt(&mut self) -> Arc<Learnt> {
        let open = self.articles.values();
        let cues = open.flat_map(|article| article.marks.cues().cloned());
        let cues = cues.collect();
        self.records.learnt(cues)
    }

    /// A record's name: as the folder has it, or as the open article has it.
    pub fn record_name(&self, id: &Id) -> Option<&str> {
        let folder = self.records.entities.resolve(id).map(|e| e.name.as_str());
        folder.or_else(|| self.article()?.cast_name(id))
    }
}
