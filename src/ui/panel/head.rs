//! Head and foot of the editor: what it is, its words, who made it and when, and the ways to change or remove it.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Rect, RichText, Sense, Ui, vec2};

use super::field::Desk;
use crate::app::{Command, CommandKind, Purpose};
use crate::model::{Annotation, Layer, Origin, Standing};
use crate::ui::library::{line, sign};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::{self, tooltip_of, with_key};

/// Height of the line that says what it is.
pub const LINE: f32 = 30.0;
/// How many rows of its words an annotation shows above its axes.
const QUOTED_ROWS: usize = 2;

/// What an annotation is, with its sign: "Quote · partial".
pub fn show(ui: &mut Ui, desk: &Desk<'_>, annotation: &Annotation) {
    let colours = theme(ui);
    let ink = colours.layer(annotation.layer).line;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::empty());
    let at = egui::pos2(rect.left() + 6.0, rect.center().y);
    let painter = ui.painter();
    let what = match annotation.layer {
        _ if annotation.is_unsettled() => {
            sign::warning(painter, at, colours.warning);
            let fate = match annotation.standing() {
                Standing::Moved => "moved",
                Standing::Changed => "changed",
                _ => "orphaned",
            };
            format!("{} · {fate}", title(annotation.layer))
        }
        Layer::Claim if annotation.needs_recheck() => {
            sign::warning(painter, at, colours.warning);
            "Claim · check again".to_owned()
        }
        Layer::Quote => {
            let form = desk.article.form(annotation);
            sign::form(painter, at, form, ink);
            format!("Quote · {}", form.label())
        }
        Layer::Claim => {
            let status = annotation.attrs.text("status");
            sign::checking(painter, at, status, ink);
            status.map_or_else(|| "Claim".to_owned(), |status| format!("Claim · {status}"))
        }
        Layer::Person | Layer::Source => {
            let is_known =
                annotation.entity.is_some() && !super::rows::is_unnamed(annotation, desk.article);
            sign::head(painter, at, is_known, ink);
            title(annotation.layer).to_owned()
        }
        Layer::Code => {
            super::code::sign(ui, at, annotation, desk.state);
            "Code".to_owned()
        }
        Layer::Note => {
            sign::note(painter, at, ink);
            title(annotation.layer).to_owned()
        }
    };
    let rest = rect.with_min_x(rect.left() + 20.0);
    let covered = line::right(
        ui,
        rest,
        origin(annotation.origin),
        &theme::small(),
        colours.muted,
    );
    let left = rest.with_max_x(covered.left() - 8.0);
    line::left(ui, left, &what, &theme::strong(), colours.ink);
    let name = format!("{what}, {}", origin(annotation.origin));
    let response = ui.interact(
        rect,
        ui.scope_id().with(("head", annotation.id.as_str())),
        Sense::empty(),
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &name));
    // Of what has no certain place, old and new stand beside each other below.
    if !annotation.is_unsettled() {
        quotation(ui, &annotation.exact(), QUOTED_ROWS);
    }
}

/// Words of the article in the reading face, in so many rows at most.
pub fn quotation(ui: &mut Ui, words: &str, rows: usize) {
    let colours = theme(ui);
    let size = theme::excerpt().resolve(ui.style()).size;
    let font = egui::FontId::new(size, theme::reading_italic());
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let galley = quoted(ui, &words, font, colours.ink, rows);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y), Sense::hover());
    ui.painter().galley(rect.min, galley.clone(), colours.ink);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &words));
    if galley.elided {
        response.on_hover_text(RichText::new(&words).text_style(theme::excerpt()));
    }
    ui.add_space(6.0);
}

fn quoted(
    ui: &Ui,
    words: &str,
    font: egui::FontId,
    ink: Color32,
    rows: usize,
) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob {
        wrap: TextWrapping {
            max_width: ui.available_width(),
            max_rows: rows,
            ..TextWrapping::default()
        },
        ..LayoutJob::default()
    };
    job.append(words, 0.0, TextFormat::simple(font, ink));
    ui.painter().layout_job(job)
}

/// Who made it and when, and the two ways to be rid of it.
pub fn foot(ui: &mut Ui, desk: &mut Desk<'_>, annotation: &Annotation) {
    let colours = theme(ui);
    ui.add_space(8.0);
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), 1.0));
    ui.painter()
        .hline(rect.x_range(), rect.top(), colours.hairline());
    ui.add_space(6.0);
    let by = match annotation.by.as_str() {
        "" => "coder unnamed".to_owned(),
        name => format!("by {name}"),
    };
    widgets::sides(
        ui,
        LINE,
        desk,
        |ui, _| {
            // The day gives way to the buttons: it stands in the tooltip.
            let told = RichText::new(&by);
            let hint = format!(
                "Created {}, {by}; changed {}",
                annotation.created, annotation.modified
            );
            widgets::clipped(ui, told.text_style(theme::small()).color(colours.muted))
                .on_hover_text(hint);
        },
        |ui, desk| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.add_enabled_ui(desk.can_edit(), |ui| {
                let remove = with_key("Remove", CommandKind::Delete);
                if ui
                    .button(remove)
                    .on_hover_text(tooltip_of(CommandKind::Delete))
                    .clicked()
                {
                    desk.out.send(Command::Delete(vec![annotation.id.clone()]));
                }
                let retag = with_key("Retag", CommandKind::Retag);
                if ui
                    .button(retag)
                    .on_hover_text(tooltip_of(CommandKind::Retag))
                    .clicked()
                {
                    desk.out.send(Command::OpenPick(Purpose::Retag(vec![
                        annotation.id.clone(),
                    ])));
                }
            });
        },
    );
}

const fn title(layer: Layer) -> &'static str {
    match layer {
        Layer::Claim => "Claim",
        Layer::Person => "Person",
        Layer::Source => "Source",
        Layer::Quote => "Quote",
        Layer::Code => "Code",
        Layer::Note => "Note",
    }
}

const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Hand => "by hand",
        Origin::Accepted => "accepted",
        Origin::Edited => "accepted, changed",
        Origin::Propagated => "by all occurrences",
        Origin::Imported => "imported",
    }
}
