//! The editor of a claim: how it is to be checked, who claims it, about whom, and what came out.

use egui::Ui;

use super::evidence;
use super::field::{Desk, subject};
use super::quote::{note, parts};
use crate::app::{Command, CommandKind, Purpose};
use crate::model::{Annotation, CLAIM_AXES, Id, RelationKind};

/// Draws the editor of a claim. `is_open`: which piece of its evidence is unfolded.
pub fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    claim: &Annotation,
    is_open: &mut Option<(Id, usize)>,
) {
    let claims = (
        CommandKind::Source,
        Command::OpenPick(Purpose::ClaimedBy(claim.id.clone())),
    );
    desk.links(ui, claim, &RelationKind::ClaimedBy, "Claimed by", claims);
    let about = (
        CommandKind::AboutWhom,
        Command::OpenPick(Purpose::About(claim.id.clone())),
    );
    desk.links(ui, claim, &RelationKind::About, "About", about);
    for axis in CLAIM_AXES {
        desk.axis(ui, axis, &claim.attrs, &subject(claim));
    }
    evidence::show(ui, desk, claim, is_open);
    if claim.at.len() > 1 {
        parts(ui, desk, claim);
    }
    note(ui, desk, claim);
}
