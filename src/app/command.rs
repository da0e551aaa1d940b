//! What a person asks for, with its target.
//!
//! A [`CommandKind`] of the catalogue becomes a [`Command`] by `resolve`, or the sentence why it cannot be done now.
//! Panels send either kind through their [`Outbox`] and change nothing themselves.

use std::path::PathBuf;

use super::article::ArticleKey;
use super::catalogue::CommandKind;
use super::codes::CodeChange;
use super::focus::{Direction, Level};
use super::problems::Problem;
use super::state::{Field, Page, Region};
use crate::model::{AttrValue, Id, Layer, RelationKind, Span, Status};
use crate::text::Query;

/// What an axis is set on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An annotation of the open article.
    Annotation(Id),
    /// A record, as it is in the open article.
    Cast(Id),
    /// A piece of evidence of a claim, by its rank.
    Evidence(Id, usize),
}

/// Everything that can be asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Whatever the catalogue's command means now.
    Run(CommandKind),

    /// Asks for a folder.
    AskFolder,
    /// Opens a folder, or the folder of a file and that file.
    Open(PathBuf),
    /// Writes the sample where it is not there yet, and opens it.
    OpenSample,
    /// Shows the sample round, from the first step.
    StartTour,
    /// Goes to the tour's next step, or ends it behind the last.
    NextTourStep,
    /// Ends the tour.
    EndTour,
    /// Reads the folder again.
    Refresh,
    /// Opens an article of the folder.
    OpenArticle(ArticleKey),
    /// Does something in an article that need not be the current one, as long as it is in memory.
    Within(ArticleKey, Box<Command>),
    /// Opens an article beside the current one.
    OpenBeside(ArticleKey),
    /// Goes to the article beside.
    OtherArticle,
    /// Takes one of two articles away.
    CloseBeside(ArticleKey),
    /// Opens the next or previous article of the list.
    StepArticle(Direction),
    /// Narrows the list of articles.
    Filter(String),
    /// Stops the long work that is going on.
    CancelWork,
    /// Reads the open article in another encoding.
    Reread {
        /// The encoding's name.
        encoding: String,
    },

    /// Moves the focus on its level.
    Step(Level, Direction),
    /// Moves the focus to an offset, on a level.
    FocusAt(usize, Level),
    /// Moves the focus to an annotation, and shows it.
    FocusAnnotation(Id),
    /// Moves the focus to a suggestion, by its rank in the text.
    FocusSuggestion(usize),
    /// Goes to a quote that the segmenter found.
    StepQuote(Direction),
    /// Goes to an annotation, or a suggestion that nobody has decided yet.
    StepAnnotation(Direction),
    /// Sets the selection.
    Select {
        /// The end that stays.
        anchor: usize,
        /// The end that moves.
        head: usize,
    },
    /// Moves the head of the selection by a unit.
    Extend(Level, Direction),
    /// Moves the head of the selection to an end of the sentence.
    ExtendTo(Direction),
    /// Moves an edge of an annotation by a word.
    Nudge(Id, Direction),
    /// One rung down.
    Finer,
    /// One step back.
    Back,
    /// Swaps the ends of the selection, or the edge of the annotation.
    OtherEdge,
    /// Goes through what overlaps.
    Cycle,
    /// To the record, or back.
    GoRecord,
    /// To the next thing that a person should look at.
    NextProblem,
    /// Scrolls by pages.
    Page(Direction),

    /// Opens the find bar and gives it the keyboard.
    OpenFind,
    /// Closes the find bar.
    CloseFind,
    /// Searches the article, and goes to the first hit from where the person stood.
    SetQuery(Query),
    /// Goes to the next or previous hit.
    StepHit(Direction),
    /// Goes to the paragraph at an offset.
    GoTo(usize),
    /// Goes to an annotation from elsewhere.
    GoToAnnotation(Id),
    /// Goes back or forward through the places visited.
    Visit(Direction),
    /// Goes to the next paragraph in which nothing is tagged.
    NextUntagged,
    /// Opens the next article that is not done.
    NextUnfinished,

    /// Tags spans.
    Tag(Layer, Vec<Span>),
    /// Tags what is selected or has the focus with a code.
    TagCode(Id),
    /// Tags it with the code of a digit.
    TagDigit(u8),
    /// Changes the codebook.
    ChangeCodes(CodeChange),
    /// Tags the quotes that the rules find in a sentence or quotation.
    ProposeQuote(Vec<Span>),
    /// Makes the just proposed quote the whole sentence.
    WholeSentence,
    /// Tags a source and links the open quote to it.
    TagSpeaker(Vec<Span>),
    /// Makes a suggestion an annotation, and goes on to the next one.
    AcceptSuggestion(usize),
    /// Makes a suggestion an annotation, and stays on it.
    AcceptHere(usize),
    /// Remembers that a suggestion is wrong, and goes on to the next one.
    RejectSuggestion(usize),
    /// Accepts every sure suggestion in view as one step.
    AcceptSure,
    /// Adds fragments.
    AddFragment(Id, Vec<Span>),
    /// Sets the cue of a quote; nothing removes it.
    SetCue(Id, Vec<Span>),
    /// Opens the pick list.
    OpenPick(super::pick::Purpose),
    /// Asks for the axes of a record in this article, or of a claim, one after the other, at an annotation.
    Describe(Subject, Id),
    /// Chooses from the pick list; of several that are meant together, leaves one out or takes it in again.
    Pick(usize),
    /// Of several that are meant together, looks at the next or previous one.
    WalkPick(Direction),
    /// Takes all that are not left out.
    PickAll,
    /// Chooses what stands under 0: no source stated, no cue, nobody.
    PickZero,
    /// Narrows the pick list.
    FilterPick(String),
    /// Closes the pick list.
    ClosePick,
    /// Says that the article states no source.
    NoSource(Id),
    /// Changes the layer.
    Retag(Vec<Id>, Layer),
    /// Sets or removes an attribute.
    SetAttr(Subject, &'static str, Option<AttrValue>),
    /// Adds a piece of evidence to a claim and goes to its field, or to that of an empty one.
    AddEvidence(Id),
    /// Removes a piece of evidence, by its rank.
    RemoveEvidence(Id, usize),
    /// Sets the note.
    SetNote(Id, String),
    /// Goes to the note's field; a note is made where there is no annotation.
    EditNote,
    /// Renames a record.
    RenameRecord(Id, String),
    /// Links an annotation to a record, made from its text where there is none.
    SetRecord(Id, Option<Id>),
    /// Removes annotations and their relations.
    Delete(Vec<Id>),
    /// Chooses annotations in the panel's list, for what is done to several.
    Choose(Vec<Id>),
    /// Removes a link.
    Unlink(Id, RelationKind, Id),
    /// Shows all occurrences of a tag's words in the article, to be tagged by Enter.
    AllOccurrences(Id),
    /// Looks for them in the whole folder.
    Everywhere(Id),
    /// Leaves one of those out or takes it in again: the article, and the passage or all of it, by their rank.
    LeaveOutEverywhere(usize, Option<usize>),
    /// Tags all of those that are not left out.
    TagEverywhere,
    /// Tags as the last time.
    Repeat,
    /// Sets how far the work is.
    SetStatus(Status),
    /// Done and next, or in work again.
    MarkDone,
    /// Puts an orphan back, on the given spans.
    Reattach(Id, Vec<Span>),
    /// Accepts the place that was suggested for an annotation, lets go of parts that have none, and goes on.
    ConfirmPlace(Id),
    /// Accepts the places of all annotations whose very words were found elsewhere, as one step.
    ConfirmMoved,
    /// Says that both versions of an annotation that a merge left twice are wanted, and goes on.
    KeepBoth(Id),
    /// Accepts the place that was suggested for a decision against the segmenter, by its rank, and goes on.
    ConfirmDecision(usize),
    /// Lets go of a decision against the segmenter, by its rank, and goes on.
    DropDecision(usize),
    /// Puts away what is told of a merge, by its rank, and goes on.
    PutAway(usize),
    /// Goes to a problem.
    FocusProblem(Problem),

    /// Begins a new sentence at an offset.
    SplitSentence(usize),
    /// Makes one of a sentence and the next.
    JoinSentences(Span, Span),
    /// Makes a quote of words that the segmenter does not take for one.
    MakeQuote(Vec<Span>),
    /// Says of quotes that they are none.
    UnmakeQuote(Vec<Span>),

    /// Removes all annotations of the article.
    ClearTags,

    /// Takes back a step.
    Undo,
    /// Takes back the step that is the last of so many, if nothing was done since.
    UndoStep(usize),
    /// Does it again.
    Redo,
    /// Saves what is not saved.
    SaveNow,
    /// Gives an article the tags that it had under another name.
    MoveTags(crate::store::Renamed),
    /// Merges a copy into what it is a copy of.
    MergeCopy(crate::store::Copy),
    /// Leaves a copy alone, and offers it no more.
    LeaveCopy(crate::store::Copy),
    /// Brings back what an earlier run could not save.
    BringBack,
    /// Throws away what an earlier run could not save.
    DropRescued,
    /// Copies some text.
    Copy(String),
    /// Asks for a place and exports there.
    AskExport(crate::exchange::Format),
    /// Exports.
    Export {
        /// As what.
        format: crate::exchange::Format,
        /// Into which folder.
        to: PathBuf,
        /// Whether existing files may be replaced.
        replace: bool,
    },

    /// Shows a page over the window, or none.
    Show(Option<Page>),
    /// Chooses the panel's list.
    Tab(super::state::Tab),
    /// Gives a region the focus.
    Focus(Region),
    /// Gives a field the keyboard, and its region the focus.
    FocusField(Field),
    /// Gives the next or previous region the focus.
    StepRegion(Direction),
    /// Opens the context menu of what has the focus.
    OpenMenu,
    /// Shows or hides the list.
    ToggleList,
    /// Shows or hides the panel.
    TogglePanel,
    /// Sets the zoom factor.
    Zoom(f32),
    /// Shows or hides the suggestions of a layer.
    ToggleSuggestions(Layer),
    /// What of the current article's text is shown now.
    InView(Span),
    /// What is shown of the one beside it.
    InViewBeside(Span),
    /// Whether the window has no room for two articles.
    Narrow(bool),
    /// Letters are in view for which there is no font.
    Undrawn,
    /// Changes between light and dark.
    ToggleTheme,
    /// Shows nothing but the text, or everything again.
    OnlyText,
    /// Changes a setting.
    Set(Setting),
    /// Makes the next press a key of a command; nothing ends that.
    AskKey(Option<CommandKind>),
    /// Gives that command a key, by its name.
    TakeKey(String),
    /// Puts a notice away.
    Dismiss(u64),
    /// Closes the window when everything is saved.
    Quit,
    /// Closes the window, saved or not.
    QuitAnyway,
}

/// A setting and its new value.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// The coder's name.
    Coder(String),
    /// `system`, `light`, `dark`, `contrast-light` or `contrast-dark`.
    Theme(String),
    /// The face of the article: `literata` or `inter`.
    Face(String),
    /// Size of the reading text in points.
    ReadingSize(f32),
    /// Width of the article's column in characters.
    MeasureWidth(f32),
    /// From line to line, in sizes of the letters.
    Leading(f32),
    /// Whether nothing glides or fades.
    ReducedMotion(bool),
    /// Whether single letters and signs are commands.
    LetterKeys(bool),
    /// The keys of a command, taken away from whoever has them; none for its usual ones.
    Keys(CommandKind, Option<Vec<String>>),
    /// All commands get their usual keys back.
    UsualKeys,
    /// Width of the list in points.
    ListWidth(f32),
    /// Width of the panel in points.
    PanelWidth(f32),
    /// Height of the panel's editor in points.
    EditorHeight(f32),
    /// Part of the room that the left one of two articles has.
    Split(f32),
    /// Size and place of the window.
    Window(crate::store::WindowPlace),
}

/// Where panels put what a person asked for in this frame.
#[derive(Debug, Default)]
pub struct Outbox {
    commands: Vec<Command>,
}

impl Outbox {
    /// Asks for a command.
    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Asks for a command of the catalogue.
    pub fn run(&mut self, kind: CommandKind) {
        self.commands.push(Command::Run(kind));
    }

    /// What was asked for, in order.
    pub fn take(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.commands)
    }
}
