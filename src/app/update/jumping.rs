//! Jumps: to a place by its number, to what is still to be done, and back and forward through places visited.

use super::Cx;
use crate::app::command::Command;
use crate::app::focus::{Direction, Focus, Level};
use crate::app::state::Region;
use crate::app::visits::Place;
use crate::model::{BlockKind, Id};

/// Whether a command leaves a place that one may want to come back to.
pub(super) fn is_jump(command: &Command) -> bool {
    matches!(
        command,
        Command::GoTo(_)
            | Command::GoToAnnotation(_)
            | Command::GoRecord
            | Command::NextProblem
            | Command::NextUntagged
            | Command::NextUnfinished
            | Command::MarkDone
            | Command::OpenArticle(_)
            | Command::StepArticle(_)
    )
}

impl Cx<'_> {
    /// After a jump: the place is remembered if it was left.
    pub(super) fn left(&mut self, from: Place) {
        if self.state.loading.is_some() || self.state.place().as_ref() != Some(&from) {
            self.state.visits.leave(from);
        }
    }

    /// To the paragraph at an offset.
    pub(super) fn go_to(&mut self, offset: usize) {
        let Some(article) = self.state.article() else {
            return;
        };
        if let Some(span) = Focus::unit_at(article, Level::Paragraph, offset) {
            self.set_focus(Focus::paragraph(span));
            self.state.region = Region::Reader;
        }
    }

    pub(super) fn go_to_annotation(&mut self, id: &Id) {
        self.focus_annotation(id);
        self.state.region = Region::Reader;
    }

    /// Back or forward through the places that were left by jumps.
    pub(super) fn visit(&mut self, way: Direction) {
        let Some(here) = self.state.place() else {
            return;
        };
        let visits = &mut self.state.visits;
        let place = match way {
            Direction::Back => visits.back(here),
            Direction::Forward => visits.forward(here),
        };
        let Some(place) = place else {
            return self.say("There is no further place that way.");
        };
        self.state.region = Region::Reader;
        self.show_place(place.key.clone(), place.offset);
        if self.state.current.as_ref() == Some(&place.key) {
            return;
        }
        if self.state.loading.as_ref() == Some(&place.key) {
            self.state.visits.arriving = Some(place);
        } else {
            self.say(format!("“{}” is not in this folder any more.", place.key));
        }
    }

    /// An article is shown: if it was opened to get to a place, that has the focus.
    pub(super) fn arrive(&mut self) {
        if let Some(place) = self.state.visits.arriving.take()
            && self.state.current.as_ref() == Some(&place.key)
        {
            self.show_place(place.key, place.offset);
        }
    }

    /// To the next paragraph of running text in which nothing is tagged; from the end, the first again.
    pub(super) fn next_untagged(&mut self) {
        let Some(article) = self.state.article() else {
            return;
        };
        let blocks = &article.segments.blocks;
        let here = article.block_at(article.focus.span.start());
        let order = (here + 1..blocks.len()).chain(0..here);
        let is_bare = |at: &usize| {
            let is_text = matches!(
                blocks[*at].kind,
                BlockKind::Paragraph | BlockKind::List | BlockKind::Caption
            );
            is_text && article.marks_in(*at).next().is_none()
        };
        let next = order.into_iter().find(is_bare).map(|at| blocks[at].span);
        match next {
            Some(span) => self.set_focus(Focus::paragraph(span)),
            None => self.say("No other paragraph is without a tag."),
        }
    }

    pub(super) fn next_unfinished(&mut self) {
        if !self.step_unfinished() {
            self.say("Every other article in the list is done.");
        }
    }
}
