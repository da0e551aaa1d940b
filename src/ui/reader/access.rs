//! What a screen reader is told: a document, its paragraphs with their text, each annotation by name, and what has the
//! focus: an annotation, a suggestion, or the words themselves.
//!
//! *Limitations*: only what is in view has nodes, so offsets that a screen reader counts begin with the first
//! paragraph in view; commands lead further. The ids of a paragraph's text runs are egui's own scheme.

use egui::accesskit::{Role, TextPosition, TextSelection};
use egui::emath::TSTransform;
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::{Context, Id, Rect, Sense, Ui, UiBuilder};

use super::super::suggestion;
use super::layout::Laid;
use super::scene::{Placed, Scene};
use super::suggested::Stress;
use super::tip;
use crate::app::{Level, Selection, State};
use crate::model::{BlockKind, Span};

/// So many annotations of a paragraph have nodes; a word may carry any number.
const MARKS: usize = 200;
/// Characters in one text run of egui's.
const RUN: usize = 255;

/// Names the document. Returns whether anybody listens.
pub(super) fn document(ctx: &Context, id: Id, name: &str, title: &str) -> bool {
    let told = ctx.accesskit_node_builder(id, |node| {
        node.set_role(Role::Document);
        node.set_label(name);
        node.set_description(title);
        node.set_read_only();
    });
    told.is_some()
}

/// Makes the nodes of what is in view.
pub(super) fn contents(ui: &mut Ui, id: Id, scene: &Scene<'_>, state: &State) {
    let mut child = UiBuilder::new().max_rect(scene.zones.view);
    child.accessibility_parent = Some(id);
    child = child.scope_id(id.with("contents"));
    let mut active = None;
    ui.scope_builder(child, |ui| {
        for placed in &scene.placed {
            paragraph(ui, id, scene, placed);
            let begins = || placed.marks.iter().filter(|mark| mark.is_start);
            let more = begins().count().saturating_sub(MARKS);
            if more > 0 {
                let node = paragraph_id(id, &placed.laid).with("more");
                let label = format!("and {more} more annotations in this paragraph");
                named(ui, node, placed.rect(scene.zones.column), Role::Mark, label);
            }
            let focused = scene.emphasis.focused.as_ref();
            let marks = begins().enumerate();
            let marks = marks.filter(|(at, mark)| *at < MARKS || focused == Some(&mark.id));
            for (_, mark) in marks {
                let node = mark_id(id, &mark.id);
                let rows = placed.laid.boxes(&scene.article.source, mark.span);
                let bounds = rows
                    .iter()
                    .map(|row| row.translated(placed.origin.to_vec2()).letters())
                    .fold(Rect::NOTHING, Rect::union);
                if bounds.is_negative() {
                    continue;
                }
                let annotation = scene.article.annotation(&mark.id);
                let label = annotation.map(|a| tip::spoken(state, scene.article, a));
                named(ui, node, bounds, Role::Mark, label.unwrap_or_default());
                if focused == Some(&mark.id) {
                    active = Some(node);
                }
            }
        }
        let focused = |stress| stress == Stress::Focused;
        for offer in scene.offers.iter().filter(|o| focused(o.stress)) {
            let node = id.with(("suggestion", offer.at));
            let rows = offer.spans.iter().flat_map(|span| scene.rows(*span));
            let bounds = rows.fold(Rect::NOTHING, |all, row| all.union(row.letters()));
            if bounds.is_negative() {
                continue;
            }
            let label = suggestion::spoken(state, scene.article, offer.at);
            named(ui, node, bounds, Role::Mark, label.unwrap_or_default());
            active = Some(node);
        }
        let is_text = scene.article.focus.level != Level::Annotation;
        if is_text && (active.is_none() || scene.article.selection.is_some()) {
            active = standing(ui, id, scene);
        }
    });
    let selection = selection(id, scene);
    ui.ctx().accesskit_node_builder(id, |node| {
        if let Some(active) = active {
            node.set_active_descendant(active.accesskit_id());
        }
        if let Some(selection) = selection {
            node.set_text_selection(selection);
        }
    });
}

/// What has the focus in the text, or is selected: a node of its own, another one wherever the focus goes, so that going
/// there is heard.
fn standing(ui: &Ui, id: Id, scene: &Scene<'_>) -> Option<Id> {
    let (focus, selection) = (&scene.article.focus, scene.article.selection);
    let span = selection.map_or(focus.span, Selection::span);
    let rows = scene.rows(span).into_iter();
    let bounds = rows.fold(Rect::NOTHING, |all, row| all.union(row.letters()));
    if bounds.is_negative() {
        return None;
    }
    let kind = scene
        .placed_at(span.start())
        .map(|placed| placed.laid.unit.kind);
    let is_heading = matches!(kind, Some(BlockKind::Headline | BlockKind::Heading));
    let role = match focus.level {
        Level::Paragraph if is_heading => Role::Heading,
        _ => Role::Paragraph,
    };
    let node = id.with(("standing", focus.level, span));
    named(ui, node, bounds, role, tip::standing(scene.article));
    Some(node)
}

/// A node with a name and nothing else.
fn named(ui: &Ui, node: Id, bounds: Rect, role: Role, name: String) {
    ui.interact(bounds, node, Sense::empty());
    ui.ctx().accesskit_node_builder(node, |builder| {
        builder.set_role(role);
        builder.set_label(name);
    });
}

fn paragraph(ui: &Ui, id: Id, scene: &Scene<'_>, placed: &Placed) {
    let node = paragraph_id(id, &placed.laid);
    ui.interact(placed.rect(scene.zones.column), node, Sense::empty());
    ui.ctx().accesskit_node_builder(node, |builder| {
        builder.set_role(match placed.laid.unit.kind {
            BlockKind::Headline | BlockKind::Heading => Role::Heading,
            BlockKind::List => Role::ListItem,
            _ => Role::Paragraph,
        });
    });
    for (rank, part) in placed.laid.parts.iter().enumerate() {
        let run_of = part_id(node, rank);
        if rank > 0 {
            ui.interact(placed.rect(scene.zones.column), run_of, Sense::empty());
            ui.ctx().accesskit_node_builder(run_of, |builder| {
                builder.set_role(Role::GenericContainer);
            });
        }
        let place = TSTransform::from_translation((placed.origin + part.at).to_vec2());
        update_accesskit_for_text_widget(ui.ctx(), run_of, None, place, &part.galley);
    }
}

/// The selection, or the letter that the focus begins with, as far as its ends are in view.
fn selection(id: Id, scene: &Scene<'_>) -> Option<TextSelection> {
    let (anchor, head) = match scene.article.selection {
        Some(selection) => (selection.anchor, selection.head),
        None => {
            let start = scene.article.focus.span.start();
            (start, start)
        }
    };
    Some(TextSelection {
        anchor: position(id, scene, anchor)?,
        focus: position(id, scene, head)?,
    })
}

fn position(id: Id, scene: &Scene<'_>, offset: usize) -> Option<TextPosition> {
    let placed = scene.placed.iter().find(|p| {
        let span = p.laid.unit.span;
        span.start() <= offset && offset <= span.end()
    })?;
    if !placed.laid.is_sound {
        return None;
    }
    let (rank, row, start) = placed.laid.row_of(offset)?;
    let words = scene.article.source.slice(Span::new(start, offset));
    let column = words.chars().count();
    let run = match column {
        0 => 0,
        _ if column.is_multiple_of(RUN) => column / RUN - 1,
        _ => column / RUN,
    };
    let parent = part_id(paragraph_id(id, &placed.laid), rank);
    Some(TextPosition {
        node: parent.with(row).with(run).accesskit_id(),
        character_index: column - run * RUN,
    })
}

fn paragraph_id(id: Id, laid: &Laid) -> Id {
    id.with(("unit", laid.unit.span.start()))
}

fn part_id(paragraph: Id, rank: usize) -> Id {
    if rank == 0 {
        paragraph
    } else {
        paragraph.with(("part", rank))
    }
}

fn mark_id(id: Id, annotation: &crate::model::Id) -> Id {
    id.with(("mark", annotation.as_str()))
}
