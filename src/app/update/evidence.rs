//! The evidence of a claim: adding, changing and removing its pieces, each a step to undo.

use super::Cx;
use crate::app::state::Field;
use crate::model::{AttrValue, Attrs, Id};
use crate::store::{EVIDENCE, evidence_value, read_evidence};

impl Cx<'_> {
    /// Adds a piece and goes to its field; where the last one is still empty, goes to that.
    pub(super) fn add_evidence(&mut self, claim: &Id) {
        let Some(mut pieces) = self.evidence(claim) else {
            return;
        };
        let is_open = pieces
            .last()
            .is_some_and(|piece| piece.get("ref").is_none());
        if !is_open {
            let mut piece = Attrs::default();
            piece.set("accessed", Some(AttrValue::from(self.env.today().as_str())));
            pieces.push(piece);
            self.keep_evidence("add evidence", claim, &pieces);
        }
        self.state.settings.panel_open = true;
        self.state.region = crate::app::state::Region::Panel;
        self.state.wants_field = Some(Field::Evidence);
    }

    pub(super) fn remove_evidence(&mut self, claim: &Id, at: usize) {
        if let Some(mut pieces) = self.evidence(claim).filter(|pieces| at < pieces.len()) {
            pieces.remove(at);
            self.keep_evidence("remove evidence", claim, &pieces);
        }
    }

    /// Sets or clears what is said of a piece.
    pub(super) fn set_evidence(
        &mut self,
        claim: &Id,
        at: usize,
        key: &str,
        value: Option<AttrValue>,
    ) {
        let Some(mut pieces) = self.evidence(claim) else {
            return;
        };
        if let Some(piece) = pieces.get_mut(at)
            && piece.get(key) != value.as_ref()
        {
            piece.set(key, value);
            self.keep_evidence("describe the evidence", claim, &pieces);
        }
    }

    /// The pieces of a claim, unless they stand there in a form that we would spoil.
    fn evidence(&mut self, claim: &Id) -> Option<Vec<Attrs>> {
        let annotation = self.state.article()?.annotation(claim)?;
        let pieces = read_evidence(&annotation.attrs);
        if pieces.is_none() {
            self.say("The evidence of this claim is written in a form that this version does not know: it stays as it is.");
        }
        pieces
    }

    fn keep_evidence(&mut self, name: &str, claim: &Id, pieces: &[Attrs]) {
        let value = evidence_value(pieces);
        let edit = self.changed(claim, |annotation, _| annotation.attrs.set(EVIDENCE, value));
        self.commit(name, edit.into_iter().collect());
    }
}
