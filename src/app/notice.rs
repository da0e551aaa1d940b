//! What went well or wrong, in words a person can act on.
//!
//! The only place where errors become sentences for the window.

use super::catalogue::CommandKind;
use super::command::Command;
use super::merge::Twice;
use super::state::Page;
use crate::model::Anchoring;
use crate::store::{Renamed, StoreError};

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Good to know; goes away by itself.
    Info,
    /// Something did not work; stays until it is put away.
    Problem,
}

/// A message: what happened, what exactly, what to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Its number in this run.
    pub id: u64,
    /// How much it matters.
    pub severity: Severity,
    /// What happened, in a sentence.
    pub summary: String,
    /// What exactly: path, line.
    pub details: String,
    /// What to do.
    pub hint: String,
    /// What can be done about it at once: what it is called, and what it does.
    pub action: Option<(&'static str, Command)>,
    /// When, as the clock on the wall says.
    pub at: String,
    /// Whether it was put away (it stays in the list).
    pub dismissed: bool,
}

/// A notice that has not been given its number yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// How much it matters.
    pub severity: Severity,
    /// What happened.
    pub summary: String,
    /// What exactly.
    pub details: String,
    /// What to do.
    pub hint: String,
    /// What can be done about it at once: what it is called, and what it does.
    pub action: Option<(&'static str, Command)>,
}

impl Message {
    /// Something good to know.
    pub fn info(summary: impl Into<String>) -> Self {
        Self {
            severity: Severity::Info,
            summary: summary.into(),
            details: String::new(),
            hint: String::new(),
            action: None,
        }
    }

    /// Something that did not work, and what to do about it.
    pub fn problem(
        summary: impl Into<String>,
        details: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Problem,
            summary: summary.into(),
            details: details.into(),
            hint: hint.into(),
            action: None,
        }
    }

    /// The same, with something that can be done about it at once.
    pub(super) fn offering(self, name: &'static str, command: Command) -> Self {
        Self {
            action: Some((name, command)),
            ..self
        }
    }

    /// All tags of an article were removed, by the step that is the last of so many.
    pub fn cleared(count: usize, depth: usize) -> Self {
        let summary = match count {
            1 => "The tag of this article is cleared.".to_owned(),
            count => format!("All {count} tags of this article are cleared."),
        };
        Self::info(summary).offering("Undo", Command::UndoStep(depth))
    }

    /// A folder could not be opened.
    pub fn folder_failed(error: &StoreError) -> Self {
        Self::problem(
            "The folder could not be opened.",
            error.to_string(),
            "Check that it is still there and that you may read it, or open another one.",
        )
    }

    /// An article could not be opened.
    pub fn article_failed(name: &str, error: &StoreError) -> Self {
        Self::problem(
            format!("“{name}” could not be opened."),
            error.to_string(),
            "The file was left as it is. F5 reads the folder again.",
        )
    }

    /// An article is not the text any more that was annotated.
    pub fn article_edited(name: &str, counts: Anchoring) -> Self {
        let tags = |count: usize| if count == 1 { "tag" } else { "tags" };
        let untouched = format!("{} {} untouched", counts.exact, tags(counts.exact));
        let mut parts = vec![untouched];
        let rest = [
            (counts.moved, "moved"),
            (counts.changed, "changed"),
            (counts.orphaned, "orphaned"),
        ];
        let rest = rest.into_iter().filter(|(count, _)| *count > 0);
        parts.extend(rest.map(|(count, what)| format!("{count} {what}")));
        let summary = format!("The article was edited: {}.", parts.join(", "));
        if counts.unsettled() == 0 {
            return Self::info(summary);
        }
        Self::problem(
            summary,
            format!(
                "“{name}” is not the text any more that was tagged. All tags are kept; those that moved, changed or \
                 are orphaned (their words are nowhere now) are under More in the panel."
            ),
            "“Next problem” walks them: “Accept” takes the place that is suggested, “Attach here” puts a tag on the words that you select.",
        )
        .offering("Go to the next", Command::Run(CommandKind::NextProblem))
    }

    /// An article may not be changed.
    pub fn read_only(name: &str, why: String) -> Self {
        Self::problem(
            format!("“{name}” is read only."),
            why,
            "Its notes are shown as far as they could be read, and their file is left as it is.",
        )
    }

    /// Not everything that other programs do to the folder is noticed.
    pub fn not_watched(why: &str) -> Self {
        Self::problem(
            "What other programs change in this folder is not all noticed.",
            format!("Watching it is limited: {why}."),
            "F5 reads the folder again. Before each save the file on the disk is looked at, as always.",
        )
    }

    /// Articles are not there any more; `what` says which and how many, with its verb.
    pub fn missing(what: &str) -> Self {
        Self::problem(
            format!("{what} not there any more."),
            "Another program removed or renamed what was there.",
            "The tags are kept. When the article comes back, they are there again.",
        )
    }

    /// An article seems to have another name now.
    pub fn renamed(from: &str, to: &str, renamed: Renamed) -> Self {
        Self::problem(
            format!("“{from}” seems to be called “{to}” now."),
            "The article under the new name is the very same, byte for byte. Its tags stay with the old name until you \
             move them.",
            "Move the tags to go on with them under the new name.",
        )
        .offering("Move the tags", Command::MoveTags(renamed))
    }

    /// Another program removed a file of ours.
    pub fn file_removed(what: &str) -> Self {
        Self::problem(
            format!("{what}: another program removed the file that it was saved in."),
            "Everything that it held is still in this window.",
            "It is written again with your next change, and when the window closes.",
        )
        .offering("Write it again", Command::Run(CommandKind::SaveNow))
    }

    /// Copies that programs which sync folders have left.
    pub fn copies(count: usize, last: &str) -> Self {
        let summary = match count {
            1 => "There is a copy of a file with tags.".to_owned(),
            n => format!("There are {n} copies of files with tags."),
        };
        Self::problem(
            summary,
            last,
            "A program that syncs folders makes one when two people saved at the same time. Nothing is merged by itself.",
        )
        .offering("Show", Command::Show(Some(Page::Outside)))
    }

    /// A copy was merged.
    pub fn merged_copy(copy: &str, twice: &[Twice], settled: &[String]) -> Self {
        let mut message = Self::conflict(copy, twice, settled);
        message.summary = format!("“{copy}” was merged. The copy stays where it is.");
        if twice.is_empty() && settled.is_empty() {
            return Self::info(message.summary);
        }
        message
    }

    /// A copy holds nothing that is not here.
    pub fn nothing_new(copy: &str) -> Self {
        Self::info(format!("“{copy}” holds nothing that is not here already."))
    }

    /// Steps were forgotten, because what they were made on is not there any more.
    pub fn steps_dropped(count: usize, what: &[String]) -> Self {
        let steps = if count == 1 { "step" } else { "steps" };
        let (what, was) = match what {
            [one] => (one.clone(), "was"),
            several => (several.join(" and "), "were"),
        };
        Self::info(format!(
            "{count} {steps} cannot be undone any more: {what} {was} changed elsewhere since."
        ))
    }

    /// Something could not be saved; `is_kept`: a copy of it is in the recovery store.
    pub fn save_failed(what: &str, why: &str, is_kept: bool) -> Self {
        let hint = if is_kept {
            "Your marks are safe in this window, and a copy is offered when the folder is opened again. Saving is tried \
             again by itself; Ctrl+S tries at once."
        } else {
            "Your marks are safe in this window, but only there: no copy of them could be kept. Saving is tried again by \
             itself; Ctrl+S tries at once."
        };
        Self::problem(format!("{what} could not be saved."), why, hint)
    }

    /// Something was written, and the disk did not say that it will last.
    pub fn unconfirmed(what: &str, why: &str) -> Self {
        Self::problem(
            format!("{what} was written, but the disk did not confirm it."),
            why,
            "A power cut could still lose it. It is written again by itself until the disk confirms it.",
        )
    }

    /// A file was changed by another program since we read it, and merged: `twice` are annotations that both
    /// sides changed, `settled` single values that both did.
    pub fn conflict(what: &str, twice: &[Twice], settled: &[String]) -> Self {
        let mut details = vec!["It was merged with your changes.".to_owned()];
        if !twice.is_empty() {
            details.push(format!(
                "Changed by both, so it stands twice: {}",
                twice
                    .iter()
                    .map(|both| both.words.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            ));
        }
        details.extend(
            settled
                .iter()
                .map(|line| format!("Changed by both: {line}")),
        );
        let hint = if twice.is_empty() && settled.is_empty() {
            "Both sides’ changes are kept."
        } else {
            "Both sides’ changes are kept. “Next problem” walks what both changed: “Accept” keeps it, “Reject” removes what is not wanted."
        };
        Self::problem(
            format!("{what} was changed by another program."),
            details.join("\n"),
            hint,
        )
    }

    /// Decisions against the segmenter have no certain place in an article that was edited.
    pub fn decisions_lost(name: &str, count: usize) -> Self {
        let summary = match count {
            1 => format!("A decision on the sentences or quotes of “{name}” has lost its place."),
            n => format!(
                "{n} decisions on the sentences or quotes of “{name}” have lost their places."
            ),
        };
        Self::problem(
            summary,
            "The article was changed since. They are kept with the annotations and change nothing.",
            "“Next problem” leads to them. Decide again where it is still needed: / splits a sentence, + joins two, \" says what is a quote.",
        )
    }

    /// Another window of this user has the folder open.
    pub fn shared_folder() -> Self {
        Self::problem(
            "This folder is open in another window of Pressmark.",
            "Both can go on working. Before each save the file on the disk is looked at, and what the other window wrote \
             is merged with yours.",
            "What the other window changes shows here at the next save, or with F5.",
        )
    }

    /// What an earlier run could not save is back.
    pub fn brought_back(what: &str, twice: &[Twice], settled: &[String]) -> Self {
        let mut message = Self::conflict(what, twice, settled);
        message.summary = format!("{what} has its unsaved changes back.");
        if twice.is_empty() && settled.is_empty() {
            return Self::info(message.summary);
        }
        message
    }

    /// Boxes stand for letters.
    pub fn undrawn() -> Self {
        Self::info(
            "Some letters have no font on this computer: boxes stand for them. With a font for the script (Noto has one \
             for nearly all) they are seen at the next start.",
        )
    }

    /// No dialog could be shown.
    pub fn no_dialog() -> Self {
        Self::problem(
            "This desktop offers no folder dialog.",
            "No desktop portal and no zenity answered.",
            "Drop a folder on this window, type its path on the start page, or start with: pressmark FOLDER",
        )
    }

    /// A part of the program failed.
    pub fn job_failed(what: &str, why: &str) -> Self {
        Self::problem(
            format!("{what} failed unexpectedly."),
            why.to_owned(),
            "Your marks are safe. Try again; if it happens twice, please report it.",
        )
    }
}
