//! What a person should look at in an article, in the order in which F8 walks it, and what Enter and X mean there.
//!
//! Tags and decisions without a certain place, tags that a merge left twice, claims whose check lost its ground, quotes
//! without a speaker. Settling them is `update::settling`'s.

use super::article::OpenArticle;
use super::catalogue::CommandKind as Kind;
use super::command::Command;
use super::merge::Twice;
use super::resolve::lacks_speaker;
use super::state::{State, Tab};
use crate::model::{Annotation, Id, Override, Place, Span, Standing};

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// An annotation without a certain place.
    Place(Id),
    /// The other side's version of an annotation that both sides of a merge had changed.
    Twice(Id),
    /// A claim whose check was made with other words.
    Recheck(Id),
    /// A quote without a speaker.
    Speaker(Id),
    /// A decision against the segmenter without a certain place, by its rank.
    Decision(usize),
    /// A value that both sides of a merge had changed, by its rank in [`Conflicts::told`].
    Told(usize),
}

impl Problem {
    /// The annotation that has the problem.
    pub const fn annotation(&self) -> Option<&Id> {
        match self {
            Self::Place(id) | Self::Twice(id) | Self::Recheck(id) | Self::Speaker(id) => Some(id),
            Self::Decision(_) | Self::Told(_) => None,
        }
    }

    /// Whether it came of an edit of the text or of a merge, and one key settles it.
    pub const fn is_of_place(&self) -> bool {
        !matches!(self, Self::Recheck(_) | Self::Speaker(_))
    }
}

/// What both sides of a merge had changed, until a person has looked at it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conflicts {
    /// Annotations that stand twice: ours, and the other side's.
    pub twice: Vec<(Id, Id)>,
    /// Values of which ours stands, in words.
    pub told: Vec<String>,
}

impl Conflicts {
    /// Takes in what came of a merge.
    pub fn add(&mut self, twice: &[Twice], told: &[String]) {
        let pairs = twice.iter().map(|t| (t.ours.clone(), t.theirs.clone()));
        self.twice.extend(pairs);
        self.told.extend_from_slice(told);
    }
}

impl OpenArticle {
    /// What is the matter with an annotation; of several things, that which the others hang on.
    pub fn problem_of(&self, annotation: &Annotation) -> Option<Problem> {
        let id = || annotation.id.clone();
        let is_pair =
            |(ours, theirs): &(Id, Id)| *theirs == annotation.id && self.annotation(ours).is_some();
        if annotation.is_unsettled() {
            Some(Problem::Place(id()))
        } else if self.conflicts.twice.iter().any(is_pair) {
            Some(Problem::Twice(id()))
        } else if annotation.needs_recheck() {
            Some(Problem::Recheck(id()))
        } else if lacks_speaker(self, annotation) {
            Some(Problem::Speaker(id()))
        } else {
            None
        }
    }

    /// Decisions against the segmenter without a certain place, with their ranks.
    pub fn lost_decisions(&self) -> impl Iterator<Item = (usize, &Override)> {
        let all = self.sidecar.overrides.iter().enumerate();
        all.filter(|(_, decision)| decision.at.span().is_none())
    }

    /// Everything that a person should look at with where it is or may be, in the order of the text; behind it what
    /// stands nowhere, by the place that it had.
    pub fn problems(&self) -> Vec<(Option<usize>, Problem)> {
        let placed = self.marks.problems().iter().map(|(_, _, id)| id);
        self.sorted(placed)
    }

    /// The same of what came of an edit of the text or of a merge, without what one key does not settle.
    pub fn open_places(&self) -> Vec<(Option<usize>, Problem)> {
        let placed = self.marks.unsettled().iter().map(|(_, _, id)| id);
        let mut open = self.sorted(placed);
        open.retain(|(_, problem)| problem.is_of_place());
        open
    }

    /// The problems of these annotations, and all that no index has by its place.
    fn sorted<'a>(&'a self, placed: impl Iterator<Item = &'a Id>) -> Vec<(Option<usize>, Problem)> {
        let lost = self.marks.orphans().iter().map(|(_, id)| id);
        let twice = self.conflicts.twice.iter().map(|(_, theirs)| theirs);
        let annotations = placed.chain(lost).chain(twice);
        let annotations = annotations.filter_map(|id| {
            let annotation = self.annotation(id)?;
            let problem = self.problem_of(annotation)?;
            let here = annotation.at.iter().filter_map(|t| t.place.span());
            let was = annotation.at.first().map(|t| t.selector.start);
            Some((here.map(Span::start).min(), was, problem))
        });
        let decisions = self.lost_decisions().map(|(at, decision)| {
            let here = decision.at.place.suggestion().map(Span::start);
            (
                here,
                Some(decision.at.selector.start),
                Problem::Decision(at),
            )
        });
        let mut all: Vec<_> = annotations.chain(decisions).collect();
        all.sort_by(|a, b| {
            let key = |(here, was, _): &(Option<usize>, Option<usize>, Problem)| {
                (here.is_none(), *here, *was)
            };
            let ids = a.2.annotation().cmp(&b.2.annotation());
            key(a).cmp(&key(b)).then(ids)
        });
        all.dedup_by(|a, b| a.2 == b.2);
        let told = (0..self.conflicts.told.len()).map(|at| (None, Problem::Told(at)));
        let all = all.into_iter().map(|(here, _, problem)| (here, problem));
        all.chain(told).collect()
    }

    /// The problem that is looked at: that of the annotation in the editor, or one that is none of an annotation.
    pub fn problem_at_hand(&self) -> Option<Problem> {
        let stand = self.stand.clone();
        stand.or_else(|| self.problem_of(self.active()?))
    }
}

impl State {
    /// The annotation for which a place is wanted: the open one, or, while words are selected for it, the last one.
    pub fn wants_place(&self) -> Option<&Annotation> {
        let article = self.article()?;
        let last = || article.last.as_ref().and_then(|id| article.annotation(id));
        let waiting = || last().filter(|_| self.tab == Tab::More && article.stand.is_none());
        let wants = article.active().or_else(waiting);
        wants.filter(|annotation| annotation.is_unsettled())
    }
}

/// What a key means for what has no certain place, or came twice from a merge; `None` where nothing of that is at hand.
pub(super) fn settle(
    kind: Kind,
    state: &State,
    article: &OpenArticle,
    target: &[Span],
    selected: bool,
) -> Option<Result<Command, &'static str>> {
    match kind {
        Kind::Attach => Some(attach(state, target, selected)),
        Kind::ConfirmMoved => Some(confirm_moved(article)),
        Kind::Accept if selected => {
            let waiting = state.wants_place()?;
            Some(Ok(Command::Reattach(waiting.id.clone(), target.to_vec())))
        }
        Kind::Accept => accept(article),
        Kind::Reject | Kind::Delete => match article.problem_at_hand()? {
            Problem::Decision(at) => Some(Ok(Command::DropDecision(at))),
            Problem::Told(at) => Some(Ok(Command::PutAway(at))),
            Problem::Place(id) | Problem::Twice(id) if kind == Kind::Reject => {
                Some(Ok(Command::Delete(vec![id])))
            }
            // Of annotations, Delete removes all that are chosen.
            Problem::Place(_) | Problem::Twice(_) => None,
            Problem::Recheck(_) | Problem::Speaker(_) => None,
        },
        _ => None,
    }
}

fn accept(article: &OpenArticle) -> Option<Result<Command, &'static str>> {
    Some(match article.problem_at_hand()? {
        Problem::Place(id) => {
            let annotation = article.annotation(&id)?;
            if annotation.standing() == Standing::Orphan {
                Err(
                    "Its words stand nowhere now: select the right ones, then “Accept”. “Reject” removes it.",
                )
            } else {
                Ok(Command::ConfirmPlace(id))
            }
        }
        Problem::Twice(id) => Ok(Command::KeepBoth(id)),
        Problem::Told(at) => Ok(Command::PutAway(at)),
        Problem::Decision(at) => {
            let place = article.sidecar.overrides.get(at)?.at.place;
            if place == Place::Orphan {
                Err(
                    "Its words stand nowhere now: decide again where it is needed. “Reject” lets it go.",
                )
            } else {
                Ok(Command::ConfirmDecision(at))
            }
        }
        Problem::Recheck(_) | Problem::Speaker(_) => return None,
    })
}

fn attach(state: &State, target: &[Span], selected: bool) -> Result<Command, &'static str> {
    let waiting = state
        .wants_place()
        .ok_or("Only a tag that lost its place can be attached: “Next problem” goes to one.")?;
    let article = state.article().ok_or("No article is open.")?;
    let is_on_itself = article.focus.annotation.as_ref() == Some(&waiting.id);
    if target.is_empty() || (is_on_itself && !selected) {
        return Err("Select the words that it belongs to first.");
    }
    Ok(Command::Reattach(waiting.id.clone(), target.to_vec()))
}

fn confirm_moved(article: &OpenArticle) -> Result<Command, &'static str> {
    let mut all = article.sidecar.annotations.values();
    let has_moved = |annotation: &Annotation| annotation.standing() == Standing::Moved;
    if all.any(has_moved) {
        Ok(Command::ConfirmMoved)
    } else {
        Err("No tag has moved.")
    }
}
