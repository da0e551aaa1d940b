//! Settling what an edit of the article or a merge left open: places confirmed, tags attached again or let go.
//!
//! Each is one step that can be taken back, but for what is only told, which changes nothing. After each, the next one
//! has the focus.

use super::Cx;
use super::tagging::{target, targets};
use crate::app::article::OpenArticle;
use crate::app::focus::{Focus, Level};
use crate::app::problems::Problem;
use crate::app::state::Tab;
use crate::model::{Annotation, CHECKED_WORDS, Edit, Id, Place, Span, Standing, Target};

impl Cx<'_> {
    /// Puts an annotation on these words: what of it has a certain place stays, what has none is what they are.
    pub(super) fn reattach(&mut self, id: &Id, spans: &[Span]) {
        let edit = self.changed(id, |annotation, article| {
            let checked = checked_words(annotation);
            let fresh = targets(article, spans);
            let is_lost = |target: &Target| target.span().is_none();
            if annotation.at.iter().any(is_lost) {
                annotation.at.retain(|t| !is_lost(t));
                // Words that it has already are not had twice.
                let had: Vec<Span> = annotation.spans().collect();
                let is_new =
                    |t: &Target| !had.iter().any(|h| t.span().is_some_and(|s| s.overlaps(*h)));
                annotation.at.extend(fresh.into_iter().filter(is_new));
                annotation.at.sort_by_key(Target::span);
            } else {
                annotation.cue = fresh;
            }
            keep_checked(annotation, checked);
        });
        if let Some(edit) = edit
            && self.commit("attach to the selection", vec![edit])
        {
            self.focus_annotation(id);
            let left = self.open_places();
            self.say(match left {
                0 => "Attached. Every tag has its place.".to_owned(),
                n => format!("Attached. {n} left."),
            });
        }
    }

    pub(super) fn confirm_place(&mut self, id: &Id) {
        let mut dropped = 0;
        let edit = self.changed(id, |annotation, article| {
            dropped = confirm(annotation, article);
        });
        if let Some(edit) = edit
            && self.commit("confirm the new place", vec![edit])
        {
            if dropped > 0 {
                let said = format!("{} without the part that is gone", self.state.said);
                self.say(said);
            }
            self.next_open_place(Some(id));
        }
    }

    pub(super) fn confirm_moved(&mut self) {
        let Some(article) = self.state.article() else {
            return;
        };
        let annotations = article.sidecar.annotations.values();
        let moved = annotations.filter(|a| a.standing() == Standing::Moved);
        let moved: Vec<Id> = moved.map(|a| a.id.clone()).collect();
        let edits = moved.iter().filter_map(|id| {
            self.changed(id, |annotation, article| {
                confirm(annotation, article);
            })
        });
        let edits: Vec<Edit> = edits.collect();
        let name = match edits.len() {
            1 => "confirm 1 tag that moved".to_owned(),
            n => format!("confirm {n} tags that moved"),
        };
        if self.commit(&name, edits) {
            let here = self.state.article().and_then(|a| a.active.clone());
            self.next_open_place(here.as_ref());
        }
    }

    pub(super) fn keep_both(&mut self, id: &Id) {
        if let Some(article) = self.state.article_mut() {
            article.conflicts.twice.retain(|(_, theirs)| theirs != id);
        }
        self.say("Both stay");
        self.next_open_place(Some(id));
    }

    pub(super) fn confirm_decision(&mut self, at: usize) {
        let Some(article) = self.state.article() else {
            return;
        };
        let mut decisions = article.sidecar.overrides.clone();
        let Some(decision) = decisions.get_mut(at) else {
            return;
        };
        let Some(span) = decision.at.place.suggestion() else {
            return;
        };
        decision.at = target(article, span);
        decisions.sort_by_key(|decision| decision.at.selector.start);
        if self.commit("confirm the decision", vec![Edit::Overrides(decisions)]) {
            self.next_open_place(None);
        }
    }

    pub(super) fn drop_decision(&mut self, at: usize) {
        let Some(article) = self.state.article() else {
            return;
        };
        let mut decisions = article.sidecar.overrides.clone();
        if at >= decisions.len() {
            return;
        }
        decisions.remove(at);
        if self.commit("let go of the decision", vec![Edit::Overrides(decisions)]) {
            self.next_open_place(None);
        }
    }

    pub(super) fn put_away(&mut self, at: usize) {
        let Some(article) = self.state.article_mut() else {
            return;
        };
        if at < article.conflicts.told.len() {
            article.conflicts.told.remove(at);
        }
        article.stand = None;
        self.say("Put away");
        self.next_open_place(None);
    }

    /// After one is settled: to the next one that an edit or a merge left open, or to stay with the settled one.
    pub(super) fn next_open_place(&mut self, settled: Option<&Id>) {
        let said = std::mem::take(&mut self.state.said);
        let Some(article) = self.state.article() else {
            return;
        };
        let here = article.focus.span.start();
        let open = article.open_places();
        // What may have a place comes before what stands nowhere.
        let ahead = open.iter().find(|(at, _)| at.is_some_and(|at| at >= here));
        let next = ahead.or(open.first()).map(|(_, problem)| problem.clone());
        match (next, settled) {
            (Some(problem), _) => {
                let left = open.len();
                self.focus_problem(&problem);
                self.say(format!("{said}. {left} left: {}", self.about(&problem)));
            }
            (None, Some(id)) => {
                self.focus_annotation(id);
                self.say(format!("{said}. Every tag has its place."));
            }
            (None, None) => {
                if let Some(article) = self.state.article_mut() {
                    article.stand = None;
                }
                self.say(format!("{said}. Every tag has its place."));
            }
        }
    }

    /// How many things are left that an edit or a merge left open.
    fn open_places(&self) -> usize {
        let open = self.state.article().map(OpenArticle::open_places);
        open.map_or(0, |open| open.len())
    }

    /// F8: the next thing that a person should look at; from the end, the first again.
    pub(super) fn next_problem(&mut self) {
        let Some(article) = self.state.article() else {
            return;
        };
        let problems = article.problems();
        let active = article.active.as_ref();
        let current = problems.iter().position(|(_, p)| match p.annotation() {
            Some(id) => article.stand.is_none() && active == Some(id),
            None => article.stand.as_ref() == Some(p),
        });
        let here = article.focus.span.start();
        let ahead = || {
            let mut places = problems.iter().map(|(at, _)| at);
            places.position(|at| at.is_none_or(|at| at >= here))
        };
        let next = match current {
            Some(at) => (at + 1) % problems.len(),
            None => ahead().unwrap_or(0),
        };
        match problems.get(next) {
            Some((_, problem)) => {
                let about = self.about(problem);
                self.focus_problem(problem);
                self.say(format!(
                    "Problem {} of {}: {about}",
                    next + 1,
                    problems.len()
                ));
            }
            None => {
                self.say("Nothing is open: no quote without a speaker, no tag without its place.")
            }
        }
    }

    /// Gives a problem the focus, and the panel the list that has it.
    pub(super) fn focus_problem(&mut self, problem: &Problem) {
        if let Some(id) = problem.annotation() {
            return self.focus_annotation(id);
        }
        let Some(article) = self.state.article() else {
            return;
        };
        let mut focus = Focus::text(Level::Sentence, article.focus.span);
        if let Problem::Decision(at) = problem {
            let decision = article.sidecar.overrides.get(*at);
            let place = decision.and_then(|decision| decision.at.place.suggestion());
            let sentence = place.and_then(|span| article.sentence_at(span.start()));
            focus.span = sentence.unwrap_or(focus.span);
        }
        self.set_focus(focus);
        self.state.tab = Tab::More;
        if let Some(article) = self.state.article_mut() {
            article.stand = Some(problem.clone());
        }
    }

    /// What the matter is, and the keys that settle it.
    fn about(&self, problem: &Problem) -> &'static str {
        let article = self.state.article();
        let standing = |id| {
            article
                .and_then(|a| a.annotation(id))
                .map(Annotation::standing)
        };
        match problem {
            Problem::Place(id) => match standing(id) {
                Some(Standing::Moved) => {
                    "moved. “Accept” takes the new place, “Reject” removes the tag."
                }
                Some(Standing::Changed) => {
                    "changed. “Accept” takes the words as they are now, “Reject” removes the tag."
                }
                _ => "orphaned. Select the right words, then “Accept”; “Reject” removes the tag.",
            },
            Problem::Twice(_) => {
                "stands twice after a merge. “Accept” keeps both, “Reject” removes this one."
            }
            Problem::Recheck(_) => "check again: the words that were checked are others now.",
            Problem::Speaker(_) => "a quote without a speaker.",
            Problem::Decision(_) => {
                "a decision that lost its place. “Accept” takes the new one, “Reject” lets it go."
            }
            Problem::Told(_) => "changed by both sides of a merge. “Accept” puts it away.",
        }
    }
}

/// Takes the places that are suggested, and lets go of parts that have none. Returns how many those are.
fn confirm(annotation: &mut Annotation, article: &OpenArticle) -> usize {
    let checked = checked_words(annotation);
    let before = annotation.at.len() + annotation.cue.len();
    for targets in [&mut annotation.at, &mut annotation.cue] {
        targets.retain(|t| t.place != Place::Orphan);
        for t in targets.iter_mut() {
            if let Some(span) = t.place.suggestion() {
                *t = target(article, span);
            }
        }
        targets.sort_by_key(Target::span);
    }
    keep_checked(annotation, checked);
    before - annotation.at.len() - annotation.cue.len()
}

/// The words with which a claim was checked, if it was.
fn checked_words(claim: &Annotation) -> Option<String> {
    let earlier = claim.attrs.text(CHECKED_WORDS).map(str::to_owned);
    claim
        .is_checked()
        .then(|| earlier.unwrap_or_else(|| claim.exact()))
}

/// Keeps the words that were checked where the claim has others now.
fn keep_checked(claim: &mut Annotation, checked: Option<String>) {
    let others = checked.filter(|words| *words != claim.exact());
    let value = others.map(|words| words.as_str().into());
    claim.attrs.set(CHECKED_WORDS, value);
}
