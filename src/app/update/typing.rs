//! Somebody who types prose into the reader, where letters are commands.

use super::Cx;
use crate::app::catalogue::CommandKind as Kind;

impl Cx<'_> {
    /// Notices somebody who types prose into the reader: four letter commands within little more than a second.
    pub(super) fn watch_typing(&mut self, kind: Kind, depth_before: usize) {
        const KEYS: usize = 4;
        const SECONDS: f64 = 1.2;
        let is_letter = self
            .state
            .keymap
            .keys(kind)
            .first()
            .is_some_and(|key| key.chars().count() == 1);
        // Deciding one suggestion after the other, or one quote, is quick work and no prose.
        if matches!(
            kind,
            Kind::Reject | Kind::NextQuote | Kind::PreviousQuote | Kind::QuoteOrNot
        ) {
            return;
        }
        let now = self.env.seconds();
        let burst = &mut self.state.burst.keys;
        if !is_letter {
            burst.clear();
            return;
        }
        burst.retain(|(at, _)| now - at < SECONDS);
        burst.push((now, depth_before));
        if burst.len() < KEYS {
            return;
        }
        let first_depth = burst[0].1;
        burst.clear();
        let steps = self.state.history.depth().saturating_sub(first_depth);
        if steps > 1 {
            self.state.history.join(steps, "what was typed");
            let undo = self.state.keymap.taught(Kind::Undo);
            self.say(format!(
                "That looked like typing. {undo} takes all {steps} back."
            ));
        }
    }
}
