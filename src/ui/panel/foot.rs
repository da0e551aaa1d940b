//! The foot of the panel: how far the work on this article is.

use egui::accesskit::Role;
use egui::{Align, Id, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::app::{Command, CommandKind, OpenArticle, Outbox};
use crate::model::Status;
use crate::ui::library::{line, sign};
use crate::ui::theme::{self, theme};
use crate::ui::widgets::tooltip_of;

/// Height of the foot.
pub const HEIGHT: f32 = 36.0;
const INSET: f32 = 12.0;
const BUTTON: f32 = 26.0;

/// Draws the three states an article's work can be in, the present one filled.
pub fn show(ui: &mut Ui, within: Rect, article: &OpenArticle, out: &mut Outbox) {
    let colours = theme(ui);
    ui.painter()
        .hline(within.x_range(), within.top() + 0.5, colours.hairline());
    let inner = within.shrink2(vec2(INSET, 0.0));
    let label = line::left(ui, inner, "Article", &theme::small(), colours.muted);
    let can_edit = article.readonly.is_none();
    let width = ((inner.right() - label.right() - 16.0) / 3.0).min(88.0);
    let mut x = inner.right() - 3.0 * width;
    let whole = Rect::from_min_size(
        pos2(x, inner.center().y - BUTTON / 2.0),
        vec2(3.0 * width, BUTTON),
    );
    ui.painter().rect(
        whole,
        f32::from(theme::RADIUS),
        colours.paper,
        colours.hairline(),
        StrokeKind::Inside,
    );
    for status in Status::ALL {
        let button = Rect::from_min_size(pos2(x, whole.top()), vec2(width, BUTTON));
        x += width;
        let is_now = article.sidecar.status == status;
        let sense = if can_edit {
            Sense::click()
        } else {
            Sense::hover()
        };
        let response = ui.interact(button, Id::unique(("article status", status)), sense);
        if is_now || response.hovered() && can_edit {
            ui.painter()
                .rect_filled(button.shrink(1.0), f32::from(theme::RADIUS), colours.row);
        }
        if is_now || response.has_focus() {
            let ring = if response.has_focus() {
                Stroke::new(2.0, colours.ring)
            } else {
                Stroke::new(1.0, colours.edge)
            };
            ui.painter()
                .rect_stroke(button, f32::from(theme::RADIUS), ring, StrokeKind::Inside);
        }
        let ink = if is_now { colours.ink } else { colours.muted };
        let style = if is_now {
            theme::strong()
        } else {
            theme::body()
        };
        let galley = line::lay(ui, status.name(), &style, ink, width - 20.0);
        let wide = galley.size().x + 15.0;
        let left = button.center().x - wide / 2.0;
        sign::status(
            ui.painter(),
            pos2(left + 4.5, button.center().y),
            status,
            ink,
        );
        line::paint(ui, galley, button.with_min_x(left + 15.0), Align::Min);
        let name = format!("Article is {}", status.name());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, can_edit, is_now, &name));
        let hint = match status {
            Status::Done => tooltip_of(CommandKind::MarkDone),
            Status::New | Status::InWork => format!("Marks the article as {}", status.name()),
        };
        if response.on_hover_text(hint).clicked() {
            out.send(Command::SetStatus(status));
        }
    }
}
