//! The first look round: when it begins, goes on and ends.

use super::Cx;
use crate::app::catalogue::CommandKind;
use crate::app::tour::{TOUR, is_sample};

impl Cx<'_> {
    /// The sample is open: whoever has not been shown round is asked along.
    pub(super) fn offer_tour(&mut self) {
        self.state.tour = None;
        let folder = self.state.folder.as_ref();
        if self.state.wants_tour || !self.state.settings.tour_seen {
            self.state.wants_tour = false;
            if folder.is_some_and(is_sample) {
                self.go_to_step(0);
            }
        }
    }

    /// Begins the tour; another folder than the sample gives way to it.
    pub(super) fn start_tour(&mut self) {
        self.state.page = None;
        if self.state.folder.as_ref().is_some_and(is_sample) {
            self.go_to_step(0);
        } else {
            self.state.wants_tour = true;
            self.effects.push(crate::app::Effect::WriteSample);
        }
    }

    /// A step is done when the person did what it is about.
    pub(super) fn follow_tour(&mut self, kind: CommandKind) {
        if let Some(step) = self.state.tour
            && TOUR[step].done_by.contains(&kind)
            && self.state.loading.is_none()
            // Whoever went to a record comes back first.
            && self.state.came_from.is_none()
        {
            self.next_step();
        }
    }

    pub(super) fn next_step(&mut self) {
        if let Some(step) = self.state.tour {
            self.go_to_step(step + 1);
        }
    }

    fn go_to_step(&mut self, step: usize) {
        // Seen is what was begun: a tour that comes again and again is a nuisance.
        if !self.state.settings.tour_seen {
            self.state.settings.tour_seen = true;
            self.save_settings();
        }
        self.state.tour = TOUR.get(step).map(|_| step);
        let article = TOUR.get(step).and_then(|step| step.article);
        if let Some(name) = article {
            self.open_article(name.into());
        }
    }

    pub(super) fn end_tour(&mut self) {
        self.state.tour = None;
    }
}
