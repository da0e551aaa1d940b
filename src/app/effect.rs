//! What the app wants from the world, and what comes back.
//!
//! `update` returns effects and does no I/O itself; `jobs` carries them out and answers with events, each with the
//! generation of the folder it belongs to.

use std::any::Any;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::article::{ArticleKey, DocId, OpenArticle};
use super::history::Steps;
use super::occurrences::{Like, Searched};
use super::suggestion::Analysis;
use crate::exchange::Format;
use crate::model::{Codebook, Entities, Override, Segments, Sidecar};
use crate::store::{
    Articles, CodebookFile, Copy, EntitiesFile, FileHash, Kept, KeptHistory, Listing, MadeOn,
    Noticed, Renamed, RowInfo, SaveOutcome, Settings, StoreError,
};
use crate::suggest::Learnt;
use crate::text::{Hits, Search, SourceText};

/// Wanted I/O.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Ask for a folder to open.
    AskFolder,
    /// Ask for a folder to export to.
    AskExportFolder(Format),
    /// List a folder, and read its records and codebook.
    Scan(PathBuf),
    /// Stop listing.
    CancelScan,
    /// From now on tell what other programs do to the folder that was listed last.
    Watch,
    /// Read the folder's records and codebook again.
    ReadShared {
        /// The folder.
        root: PathBuf,
        /// The records' revision when that was asked for.
        revision: u64,
    },
    /// Look for articles that are not there among these.
    FindRenamed {
        /// Their old paths, and the hashes of those whose sidecars are not there either.
        gone: Vec<(PathBuf, Option<String>)>,
        /// Where they may be.
        among: Vec<PathBuf>,
        /// Those that were there a moment ago.
        news: Vec<ArticleKey>,
    },
    /// Give an article the sidecar that it had under another name.
    MoveTags(Renamed),
    /// Read a copy of a file of ours.
    ReadCopy(Copy),
    /// Read headlines and statuses, in this order.
    ReadRows(Articles),
    /// Load an article.
    Load {
        /// Its name in the folder.
        key: ArticleKey,
        /// Its file.
        path: PathBuf,
        /// In which encoding, if a person chose one.
        encoding: Option<String>,
        /// Whether its sidecar is compared with what was there before, as soon as it is here.
        is_compared: bool,
    },
    /// Take the hash of a sidecar that was just read.
    TakeHash(ArticleKey, FileHash),
    /// Find blocks, sentences and quotes again.
    Segment {
        /// Which article.
        key: ArticleKey,
        /// Its text.
        source: SourceText,
        /// What a person decided against the segmenter.
        decided: Arc<Vec<Override>>,
    },
    /// Find people, attributions and claims.
    Analyse {
        /// Which article.
        key: ArticleKey,
        /// Its text.
        source: SourceText,
        /// Its segments.
        segments: Arc<Segments>,
        /// What the folder's records know already.
        learnt: Arc<Learnt>,
        /// What was said about it.
        sidecar: Arc<Sidecar>,
        /// The sidecar's revision.
        revision: u64,
    },
    /// Search a text.
    Search {
        /// The number of the search.
        ticket: u64,
        /// The text.
        source: SourceText,
        /// What for.
        search: Box<Search>,
    },
    /// Look for the words of a tag in articles.
    SearchFolder {
        /// The number of the search.
        ticket: u64,
        /// What for.
        like: Box<Like>,
        /// What tells persons of one name apart.
        learnt: Arc<Learnt>,
        /// Where, in the order of the list.
        articles: Articles,
    },
    /// Stop looking, and opening what was found.
    StopSearch,
    /// Load articles that are tagged together.
    LoadSeveral {
        /// The number of the search that found them.
        ticket: u64,
        /// Their names and files.
        articles: Vec<(ArticleKey, PathBuf)>,
    },
    /// Write a document durably.
    Save {
        /// Which.
        doc: DocId,
        /// Which revision this is.
        revision: u64,
        /// Where.
        path: PathBuf,
        /// What.
        content: SaveContent,
        /// Hash of the file as we know it; whoever saves waits until it is taken.
        expected: Option<FileHash>,
    },
    /// Ask again in a while for what could not be saved.
    TryAgain(Duration),
    /// Remove what is kept in the recovery store: it is saved, or nobody wants it.
    DropKept(Vec<PathBuf>),
    /// Keep the history for the next start.
    KeepHistory {
        /// Of which folder or file.
        of: PathBuf,
        /// What can be taken back.
        undo: Steps,
        /// What can be done again.
        redo: Steps,
        /// What the documents are that it was made on.
        made_on: BTreeMap<DocId, MadeOn>,
    },
    /// Write the settings.
    SaveSettings(Box<Settings>),
    /// Write the sample where it is not there yet, and open it.
    WriteSample,
    /// Export the folder.
    Export {
        /// As what.
        format: Format,
        /// Where.
        to: PathBuf,
        /// Whether files may be replaced.
        replace: bool,
        /// The articles, in the order of names.
        articles: Articles,
        /// The records.
        entities: Entities,
        /// The codes.
        codebook: Codebook,
    },
    /// Let go of something large that nobody needs any more: freeing it takes longer than a frame.
    Discard(Arc<dyn Any + Send + Sync>),
    /// Put text on the clipboard.
    Copy(String),
}

/// What a save writes. Serialised in the saver's thread.
#[derive(Debug, Clone)]
pub enum SaveContent {
    /// A sidecar, with the text if it is to be embedded.
    Sidecar {
        /// The sidecar.
        sidecar: Arc<Sidecar>,
        /// The sidecar as it is on the disk, as far as we know.
        base: Arc<Sidecar>,
        /// The article's text.
        text: Option<SourceText>,
        /// The article's file, whose sidecar of the session's start is kept.
        article: PathBuf,
    },
    /// The folder's records.
    Entities {
        /// The records.
        entities: Arc<Entities>,
        /// The records as they are on the disk, as far as we know.
        base: Arc<Entities>,
    },
    /// The folder's codebook.
    Codebook {
        /// The codebook.
        codebook: Arc<Codebook>,
        /// The codebook as it is on the disk, as far as we know.
        base: Arc<Codebook>,
    },
}

/// What came back.
#[derive(Debug)]
pub enum Event {
    /// A folder was chosen; `None`: cancelled.
    FolderPicked(Option<PathBuf>),
    /// The desktop is dark, or light.
    DesktopTheme {
        /// Whether it is dark.
        is_dark: bool,
    },
    /// A folder to export to was chosen.
    ExportFolderPicked(Format, Option<PathBuf>),
    /// No dialog could be shown.
    NoDialog,
    /// So many files were seen.
    ScanProgress(u64, usize),
    /// A folder was listed.
    Scanned {
        /// The generation it was asked in.
        generation: u64,
        /// What is in it.
        listing: Box<Result<Listing, StoreError>>,
        /// Its records.
        entities: Box<Result<EntitiesFile, StoreError>>,
        /// Its codebook.
        codebook: Box<Result<CodebookFile, StoreError>>,
        /// The file that was asked for, when it was a file.
        file: Option<String>,
        /// What could not be saved in this folder and was kept.
        kept: Vec<Kept>,
        /// Why not everything that other programs do will be noticed, if so.
        limits: Option<String>,
        /// Whether another window has the folder open.
        is_shared: bool,
        /// The history of its last run.
        history: Box<KeptHistory>,
    },
    /// Other programs did something to the folder.
    Outside(u64, Noticed),
    /// The folder's records and codebook were read again.
    Shared {
        /// The generation it was asked in.
        generation: u64,
        /// The records' revision when it was asked for.
        revision: u64,
        /// Its records.
        entities: Box<Result<EntitiesFile, StoreError>>,
        /// Its codebook.
        codebook: Box<Result<CodebookFile, StoreError>>,
    },
    /// Articles that were not there were looked for: those that were there a moment ago, and what was found.
    FoundRenamed(u64, Vec<ArticleKey>, Vec<Renamed>),
    /// An article has the sidecar that it had under another name, or not.
    TagsMoved(u64, Renamed, Result<(), StoreError>),
    /// A copy of a file of ours was read.
    CopyRead(u64, Copy, Result<Vec<u8>, StoreError>),
    /// Headlines and statuses.
    Rows(u64, Vec<(ArticleKey, RowInfo)>),
    /// An article was loaded.
    Loaded(u64, ArticleKey, Box<Result<OpenArticle, StoreError>>),
    /// The hash of an article's sidecar is taken.
    Hashed(u64, ArticleKey),
    /// The segmenter is through an article, with these decisions.
    Segmented(u64, ArticleKey, Arc<Vec<Override>>, Box<Segments>),
    /// The rules are through an article.
    Analysed(u64, ArticleKey, Arc<Segments>, Box<Analysis>),
    /// A search is through.
    Found(u64, Hits),
    /// A search of the folder, or the loading of what it found, has done so many articles.
    FolderProgress(u64, usize),
    /// A search of the folder is through.
    FolderSearched(u64, Searched),
    /// Articles that are tagged together were loaded, or not.
    SeveralLoaded(u64, Vec<(ArticleKey, Result<OpenArticle, StoreError>)>),
    /// A document was written, or not.
    Saved {
        /// Which.
        doc: DocId,
        /// Which revision.
        revision: u64,
        /// How it went.
        outcome: Result<SaveOutcome, StoreError>,
        /// Where it is kept, if it could not be saved.
        kept: Option<PathBuf>,
    },
    /// Time to try again what could not be saved.
    TryAgain,
    /// The settings could not be written.
    SettingsFailed(StoreError),
    /// The sample is there.
    SampleWritten(Result<PathBuf, StoreError>),
    /// So many articles were exported.
    ExportProgress(usize, usize),
    /// An export is through.
    Exported(ExportOutcome),
    /// A job failed unexpectedly.
    JobFailed(&'static str, String),
}

/// How an export went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportOutcome {
    /// These files were written.
    Written {
        /// Where.
        to: PathBuf,
        /// How many.
        files: usize,
        /// Articles that could not be read, with the reason.
        skipped: Vec<String>,
    },
    /// These are there already; nothing was written.
    Exists {
        /// As what.
        format: Format,
        /// Where.
        to: PathBuf,
        /// Which.
        existing: Vec<String>,
    },
    /// It could not be done.
    Failed(String),
}
