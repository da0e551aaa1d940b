//! The editor of a person or source: its record, what it is in this article, and what it said.

use egui::{Align, RichText, Sense, Ui, WidgetInfo, vec2};

use super::draft::Slot;
use super::field::{BEHIND_WORDS, Desk, Extent, ROW, cross, key_button, link, row};
use super::quote::{note, parts};
use crate::app::{Command, CommandKind, Purpose, Subject, in_marks};
use crate::model::{Annotation, Attrs, CAST_AXES, EntityKind, Id, Layer, RelationKind, Vocabulary};
use crate::ui::library::{line, sign};
use crate::ui::theme::{self, theme};
use crate::ui::widgets;

/// So many quotes are listed; the rest are counted.
const SAID: usize = 12;
/// Mentions whose links are looked at: a name that stands everywhere must not cost every frame.
const LOOKED_AT: usize = 200;
const WORDS: usize = 40;
const CHOOSE: f32 = 28.0;

/// Draws the editor of a person or source. `is_open`: whether the card of axes is unfolded.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, mention: &Annotation, is_open: &mut bool) {
    record(ui, desk, mention);
    if let Some(id) = &mention.entity {
        card(ui, desk, mention, id, is_open);
    }
    said(ui, desk, mention);
    if mention.at.len() > 1 {
        parts(ui, desk, mention);
    }
    note(ui, desk, mention);
}

fn record(ui: &mut Ui, desk: &mut Desk<'_>, mention: &Annotation) {
    let can_edit = desk.can_edit();
    let pick = || Command::OpenPick(Purpose::Record(mention.id.clone()));
    const CHOOSES: &str = "Chooses another record, or makes a new one";
    let Some(id) = &mention.entity else {
        row(ui, "Record", |ui| {
            ui.label(RichText::new("none").color(theme(ui).muted));
            let button = egui::Button::new("Choose…");
            let response = ui.add_enabled(can_edit, button).on_hover_text(CHOOSES);
            if response.clicked() {
                desk.out.send(pick());
            }
            desk.offer(&response, crate::app::Field::Name);
            desk.offer(&response, crate::app::Field::First);
        });
        return;
    };
    let name = desk.state.record_name(id).unwrap_or("").to_owned();
    row(ui, "Record", |ui| {
        let key = (Slot::Name, id.clone());
        let room = ui.available_width() - CHOOSE - ui.spacing().item_spacing.x;
        ui.scope(|ui| {
            ui.set_max_width(room);
            let response = desk.text(
                ui,
                &key,
                &name,
                "Name of the record",
                "name or description",
                Extent::Line,
            );
            desk.offer(&response, crate::app::Field::First);
        });
        let button = egui::Button::new("…").min_size(vec2(CHOOSE, ROW - 4.0));
        let response = ui.add_enabled(can_edit, button).on_hover_text(CHOOSES);
        if response.clicked() {
            desk.out.send(pick());
        }
        response.accessible_name("Other record…");
    });
    row(ui, "", |ui| {
        let words = RichText::new(record_line(desk, mention, id))
            .text_style(theme::small())
            .color(theme(ui).muted);
        ui.label(words);
    });
}

/// "mention 3 of 8 · organisation".
fn record_line(desk: &Desk<'_>, mention: &Annotation, id: &Id) -> String {
    let entry = desk.lists.entry(desk.state, desk.article, mention);
    let at = entry.and_then(|entry| entry.rank(desk.article, mention));
    let count = entry.map_or(1, |entry| entry.count);
    let kind = desk
        .state
        .records
        .entities
        .resolve(id)
        .map(|entity| entity.kind);
    let kind = match kind {
        Some(EntityKind::Person) => "person",
        Some(EntityKind::Organisation) => "organisation",
        None => "unnamed",
    };
    match at {
        Some(at) if count > 1 => format!("mention {} of {count} · {kind}", at + 1),
        _ => format!("one mention · {kind}"),
    }
}

fn card(ui: &mut Ui, desk: &mut Desk<'_>, mention: &Annotation, id: &Id, is_open: &mut bool) {
    let colours = theme(ui);
    let attrs = desk
        .article
        .sidecar
        .cast
        .get(id)
        .map(|cast| cast.attrs.clone())
        .unwrap_or_default();
    let (rect, response) = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let size = vec2(ui.available_width() - BEHIND_WORDS, ROW);
            let card = ui.allocate_exact_size(size, Sense::click());
            let describe = CommandKind::Describe;
            if key_button(ui, describe, describe.name(), desk.can_edit()).clicked() {
                desk.out.run(describe);
            }
            card
        })
        .inner;
    widgets::ground(ui, rect.expand2(vec2(2.0, 0.0)), &response, false);
    sign::fold(
        ui.painter(),
        egui::pos2(rect.left() + 6.0, rect.center().y),
        *is_open,
        colours.muted,
    );
    let rest = rect.with_min_x(rect.left() + 20.0);
    let covered = line::left(ui, rest, "In this article", &theme::strong(), colours.ink);
    let summary = summary(&attrs);
    let told = rest.with_min_x(covered.right() + 8.0);
    let galley = line::lay(ui, &summary, &theme::small(), colours.muted, told.width());
    if !*is_open {
        line::paint(ui, galley, told, Align::Max);
    }
    let name = format!("In this article: {summary}");
    response.widget_info(|| {
        WidgetInfo::selected(
            egui::accesskit::Role::DisclosureTriangle,
            true,
            *is_open,
            &name,
        )
    });
    let response = response
        .on_hover_text("What this source is in this article; set once for all its mentions");
    if response.clicked() {
        *is_open = !*is_open;
    }
    if !*is_open {
        return;
    }
    let is_unnamed = matches!(
        attrs.text("identification"),
        Some("described but unnamed" | "bare unnamed")
    );
    let is_human = is_human(desk, id, &attrs);
    for axis in CAST_AXES
        .iter()
        .filter(|axis| makes_sense(axis, &attrs, is_unnamed, is_human))
    {
        desk.axis(ui, axis, &attrs, &Subject::Cast(id.clone()));
    }
    if mention.layer == Layer::Person {
        ui.label(
            RichText::new("Set once for the article; every mention of this record inherits it.")
                .text_style(theme::small())
                .color(colours.muted),
        );
    }
    ui.add_space(4.0);
}

/// "government · spokesperson · full".
fn summary(attrs: &Attrs) -> String {
    let told: Vec<&str> = ["affiliation", "function", "identification"]
        .into_iter()
        .filter_map(|key| attrs.text(key))
        .collect();
    if told.is_empty() {
        "nothing set yet".to_owned()
    } else {
        told.join(" · ")
    }
}

fn is_human(desk: &Desk<'_>, id: &Id, attrs: &Attrs) -> bool {
    if let Some(who) = attrs.text("who") {
        return who == "individual";
    }
    let entity = desk.state.records.entities.resolve(id);
    entity.is_none_or(|entity| entity.kind == EntityKind::Person)
}

/// Whether an axis can be answered for such a source. One that has a value is always shown.
fn makes_sense(axis: &Vocabulary, attrs: &Attrs, is_unnamed: bool, is_human: bool) -> bool {
    attrs.get(axis.key).is_some()
        || match axis.key {
            "anonymity_reason" | "terms" | "whose" => is_unnamed,
            "gender" | "status" => is_human,
            _ => true,
        }
}

/// The quotes and claims that point to any mention of this record.
fn said(ui: &mut Ui, desk: &mut Desk<'_>, mention: &Annotation) {
    let article = desk.article;
    let entry = desk.lists.entry(desk.state, article, mention);
    let is_long = entry.is_some_and(|entry| entry.count > LOOKED_AT);
    let ids: Vec<&Id> = match entry {
        Some(entry) => entry.ids(article).take(LOOKED_AT).collect(),
        None => vec![&mention.id],
    };
    let mut linking: Vec<(&RelationKind, &Annotation, &Id)> = ids
        .into_iter()
        .flat_map(|id| {
            article
                .linking(id)
                .into_iter()
                .map(move |(kind, from)| (kind, from, id))
        })
        .collect();
    linking.sort_by_key(|(_, from, _)| from.start());
    let kinds = [
        (RelationKind::SaidBy, "Said"),
        (RelationKind::RelayedBy, "Relayed"),
        (RelationKind::ClaimedBy, "Claimed"),
        (RelationKind::About, "Claims about"),
    ];
    for (kind, label) in kinds {
        let these: Vec<_> = linking
            .iter()
            .filter(|(other, ..)| **other == kind)
            .collect();
        if these.is_empty() {
            continue;
        }
        row(ui, label, |ui| {
            for (_, from, to) in these.iter().take(SAID) {
                let words = in_marks(&crate::app::shorten(&from.exact(), WORDS));
                if link(ui, &words, &theme::excerpt(), BEHIND_WORDS)
                    .on_hover_text("Goes there")
                    .clicked()
                {
                    desk.out.send(Command::FocusAnnotation(from.id.clone()));
                }
                if desk.can_edit() && cross(ui, &format!("Unlink {words}")).clicked() {
                    desk.out.send(Command::Unlink(
                        from.id.clone(),
                        kind.clone(),
                        (*to).clone(),
                    ));
                }
                ui.end_row();
            }
            if these.len() > SAID {
                let more = these.len() - SAID;
                ui.label(match is_long {
                    true => format!("and {more} more in the first {LOOKED_AT} mentions"),
                    false => format!("and {more} more"),
                });
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::axis;

    #[test]
    fn the_reason_for_anonymity_is_asked_of_unnamed_sources_only() {
        let Some(reason) = axis(CAST_AXES, "anonymity_reason") else {
            panic!("the axis is gone");
        };
        assert!(makes_sense(reason, &Attrs::default(), true, true));
        assert!(!makes_sense(reason, &Attrs::default(), false, true));
        let mut set = Attrs::default();
        set.set("anonymity_reason", Some("privacy".into()));
        assert!(
            makes_sense(reason, &set, false, true),
            "a value is never hidden"
        );
    }
}
