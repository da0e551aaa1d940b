//! The evidence of a claim in its editor: a line for each piece, one of them unfolded to be written.

use egui::{Label, RichText, Sense, Ui, WidgetInfo, vec2};

use super::field::{BEHIND_WORDS, Desk, ROW, cross, key_button_named, row, row_of};
use crate::app::{Command, CommandKind, Field, Subject};
use crate::model::{Annotation, Attrs, EVIDENCE_AXES, Id};
use crate::store::{EVIDENCE, read_evidence};
use crate::ui::library::{line, sign};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{self, key_of};

const LABEL: &str = "Evidence";
/// Room for the triangle.
const FOLD: f32 = 16.0;

/// Draws the list. `is_open`: the claim and the rank of the piece that is unfolded.
pub fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    claim: &Annotation,
    is_open: &mut Option<(Id, usize)>,
) {
    let Some(pieces) = read_evidence(&claim.attrs) else {
        let raw = claim.attrs.text(EVIDENCE).unwrap_or_default();
        row(ui, LABEL, |ui| ui.add(Label::new(raw).truncate()));
        return;
    };
    if desk.wanted == Some(Field::Evidence) {
        *is_open = pieces
            .len()
            .checked_sub(1)
            .map(|last| (claim.id.clone(), last));
    }
    for (at, piece) in pieces.iter().enumerate() {
        let here = (claim.id.clone(), at);
        let mut is_unfolded = is_open.as_ref() == Some(&here);
        row_of(ui, LABEL, at, |ui| {
            head(ui, desk, claim, piece, at, &mut is_unfolded)
        });
        if is_unfolded {
            for axis in EVIDENCE_AXES {
                desk.axis(ui, axis, piece, &Subject::Evidence(claim.id.clone(), at));
            }
            *is_open = Some(here);
        } else if is_open.as_ref() == Some(&here) {
            *is_open = None;
        }
    }
    row_of(ui, LABEL, pieces.len(), |ui| {
        if pieces.is_empty() {
            ui.label(RichText::new("none").color(theme(ui).muted));
        }
        let key = key_of(CommandKind::Code);
        let adds = key_button_named(
            ui,
            &key,
            CommandKind::Evidence,
            "Add evidence",
            desk.can_edit(),
        );
        if adds.clicked() {
            desk.out.send(Command::AddEvidence(claim.id.clone()));
        }
        let adds = RichText::new("adds evidence").text_style(theme::small());
        ui.label(adds.color(theme(ui).muted));
    });
}

/// One piece in a line: what it says and what it is.
fn head(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    claim: &Annotation,
    piece: &Attrs,
    at: usize,
    is_open: &mut bool,
) {
    let colours = theme(ui);
    let told = told(piece);
    let size = vec2(ui.max_rect().width() - BEHIND_WORDS, ROW - 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    widgets::ground(ui, rect, &response, false);
    let triangle = egui::pos2(rect.left() + 6.0, rect.center().y);
    sign::fold(ui.painter(), triangle, *is_open, colours.muted);
    let words = rect.with_min_x(rect.left() + FOLD);
    line::left(ui, words, &told, &theme::body(), colours.ink);
    let name = format!("Evidence {}: {told}", at + 1);
    response.widget_info(|| {
        WidgetInfo::selected(
            egui::accesskit::Role::DisclosureTriangle,
            true,
            *is_open,
            &name,
        )
    });
    if response.clicked() {
        *is_open = !*is_open;
    }
    response.on_hover_text(&told);
    if desk.can_edit() && cross(ui, "Remove this evidence").clicked() {
        desk.out.send(Command::RemoveEvidence(claim.id.clone(), at));
    }
}

/// "supports · Stage book, p. 12".
fn told(piece: &Attrs) -> String {
    let what = match (piece.text("ref"), piece.text("locator")) {
        (Some(what), Some(place)) => format!("{what}, {place}"),
        (Some(what), None) => what.to_owned(),
        (None, Some(place)) => place.to_owned(),
        (None, None) => "not described yet".to_owned(),
    };
    match piece.text("stance") {
        Some(stance) => format!("{stance} · {what}"),
        None => what,
    }
}
