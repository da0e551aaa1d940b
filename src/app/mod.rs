//! State and commands, without a window.
//!
//! Four vocabularies, four directions: a [`Command`] is what a person asks for, an `Edit` what changes data, an
//! [`Effect`] what the app wants from the world, an [`Event`] what comes back. [`update`] turns the first and the last
//! into the two in the middle. Knows nothing of egui; the disk is `store`'s, reached through `jobs` alone.

mod alike;
mod article;
mod beside;
mod catalogue;
mod cite;
mod codes;
mod command;
mod effect;
mod exporting;
mod find;
mod focus;
mod fuzzy;
mod historian;
mod history;
mod jobs;
mod keymap;
mod marks;
mod merge;
mod notice;
mod occurrences;
mod overrule;
mod pick;
mod ports;
mod problems;
mod ranked;
mod reread;
mod resolve;
mod rows;
mod saver;
mod saving;
mod state;
mod suggestion;
mod tour;
mod update;
mod visits;
mod wording;

pub use alike::InTurn;
pub use article::{ArticleKey, Awaited, DocId, OpenArticle, SaveFailure, SaveState};
pub use beside::Beside;
pub use catalogue::{CommandKind, Group};
pub use codes::{CODE, CodeChange, Codes};
pub use command::{Command, Outbox, Setting, Subject};
pub use effect::{Effect, Event, ExportOutcome, SaveContent};
pub use find::{Aim, Find, Found};
pub use focus::{Direction, Focus, Level, Selection, extend};
pub use fuzzy::{Fit, fit};
pub use history::{History, Steps, Transaction, to_be_kept};
pub use jobs::Jobs;
pub use keymap::{Keymap, Rebinding, Stage, canonical, kept_back, key_name};
pub use marks::{Mark, MarkIndex, Mentions, TextPlace, place_of};
pub use merge::{Merged, Twice, merge_sidecars};
pub use notice::{Message, Notice, Severity};
pub use occurrences::{Everywhere, Like, Passage, Passages, Progress, Searched};
pub use pick::{Choice, Pick, PickItem, Purpose};
pub use ports::{Desktop, Env, NoDialog, Waker};
pub use problems::{Conflicts, Problem};
pub use ranked::Ranked;
pub use resolve::resolve;
pub use rows::{Info, Row, Rows};
pub use saver::{Retry, Saver};
pub use saving::SavingLine;
pub use state::{
    Burst, Closing, Field, Folder, Page, PendingExport, Proposal, Records, Region, State, Tab, Work,
};
pub use suggestion::{Analysis, SUGGESTED, Suggestion, SuggestionIndex};
pub use tour::{TOUR, TourStep};
pub use update::{LEADINGS, MEASURES, SIZES, begin, handle, update};
pub use visits::{Place, Visits};
pub use wording::{in_marks, shorten};
