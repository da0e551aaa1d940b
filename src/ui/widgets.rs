//! Small pieces that every region uses: key caps, command buttons, signs, hints.
//!
//! They draw and ask; what a command does is `app`'s, how things look is `theme`'s. Signs are painted, not typed, so
//! they look the same whatever fonts the platform has.

use egui::accesskit::{Action, ActionRequest, Live, TreeId};
use egui::{
    Align, Align2, Button, Color32, Event, EventFilter, Id, Key, Layout, Modifiers, Pos2, Rect,
    Response, RichText, Role, Sense, Stroke, StrokeKind, TextWrapMode, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

pub use super::taught::{key_of, keys_of, tooltip_of, with_key};
use super::theme;
use crate::app::{CommandKind, Outbox, State, resolve};

/// Height of a key cap, in points.
const CAP: f32 = 18.0;

/// A button for a command: greyed with the reason when it cannot be done now.
pub fn command_button(ui: &mut Ui, state: &State, kind: CommandKind, out: &mut Outbox) -> Response {
    command_button_named(ui, state, kind, kind.name(), out)
}

/// The same under another name.
pub fn command_button_named(
    ui: &mut Ui,
    state: &State,
    kind: CommandKind,
    name: &str,
    out: &mut Outbox,
) -> Response {
    let possible = resolve(kind, state);
    let response = ui.add_enabled(possible.is_ok(), Button::new(name));
    ask(response, kind, possible.err(), out)
}

/// Sends the command of a button that was pressed, and explains it to the pointer.
pub fn ask(
    response: Response,
    kind: CommandKind,
    reason: Option<&str>,
    out: &mut Outbox,
) -> Response {
    if response.clicked() {
        out.run(kind);
    }
    match reason {
        Some(reason) => response.on_disabled_hover_text(reason),
        None => response.on_hover_text(tooltip_of(kind)),
    }
}

/// A key as it stands on a keyboard.
pub fn key_cap(ui: &mut Ui, key: &str) -> Response {
    let colours = theme::theme(ui);
    let text = ui.painter().layout_no_wrap(
        key.to_owned(),
        theme::label().resolve(ui.style()),
        colours.ink,
    );
    let size = vec2((text.size().x + 10.0).max(CAP), CAP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::empty());
    if ui.is_rect_visible(rect) {
        let cap = rect.shrink(0.5);
        ui.painter().rect(
            cap,
            3.0,
            colours.paper,
            Stroke::new(1.0, colours.edge),
            StrokeKind::Middle,
        );
        ui.painter()
            .galley(rect.center() - text.size() / 2.0, text, colours.ink);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, key));
    response
}

/// A key cap with a word behind it.
pub fn key_hint(ui: &mut Ui, key: &str, does: &str) {
    ui.spacing_mut().item_spacing.x = 6.0;
    key_cap(ui, key);
    ui.label(
        RichText::new(does)
            .text_style(theme::small())
            .color(theme::theme(ui).muted),
    );
}

/// Draws what belongs to the left end of a bar and what to its right end; the left gives way where it gets tight.
pub fn sides<T>(
    ui: &mut Ui,
    height: f32,
    shared: &mut T,
    left: impl FnOnce(&mut Ui, &mut T),
    right: impl FnOnce(&mut Ui, &mut T),
) {
    let mut rect = ui.available_rect_before_wrap();
    rect.max.y = rect.min.y + height;
    let in_rect = |rect: Rect, layout: Layout| UiBuilder::new().max_rect(rect).layout(layout);
    let mut end = ui.new_child(in_rect(rect, Layout::right_to_left(Align::Center)));
    right(&mut end, shared);
    let edge = (end.min_rect().left() - 12.0).clamp(rect.left(), rect.right());
    let mut start = ui.new_child(in_rect(
        rect.with_max_x(edge),
        Layout::left_to_right(Align::Center),
    ));
    start.style_mut().wrap_mode = Some(TextWrapMode::Truncate);
    start.set_clip_rect(start.clip_rect().intersect(rect.with_max_x(edge)));
    left(&mut start, shared);
    ui.advance_cursor_after_rect(rect);
}

/// Frames the field that has the keyboard like every other control that has it: egui leaves it to the caret to tell.
pub fn ring_of_field(ctx: &egui::Context) {
    let focused = ctx.memory(egui::Memory::focused);
    let field = focused.filter(|_| ctx.text_edit_focused());
    let Some(field) = field.and_then(|id| ctx.read_response(id)) else {
        return;
    };
    let ring = Stroke::new(2.0, theme::theme_of(ctx).ring);
    let painter = ctx.layer_painter(field.layer_id);
    painter
        .with_clip_rect(field.interact_rect.expand(1.0))
        .rect_stroke(field.rect, theme::RADIUS, ring, StrokeKind::Inside);
}

/// The ground of a control that stands on no button: lit under the pointer and where it `is_marked`, ringed where it has
/// the keyboard.
pub fn ground(ui: &Ui, rect: Rect, response: &Response, is_marked: bool) {
    let colours = theme::theme(ui);
    if is_marked || response.enabled() && response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, theme::RADIUS, colours.row);
    }
    if response.has_focus() {
        ring(ui, rect);
    }
}

/// The ring of what has the keyboard.
pub fn ring(ui: &Ui, rect: Rect) {
    let ring = Stroke::new(2.0, theme::theme(ui).ring);
    ui.painter()
        .rect_stroke(rect, theme::RADIUS, ring, StrokeKind::Inside);
}

/// Text of second rank.
pub fn muted(ui: &mut Ui, text: impl Into<String>) -> Response {
    let colour = theme::theme(ui).muted;
    ui.label(RichText::new(text).text_style(theme::small()).color(colour))
}

/// A warning: always with its sign.
pub fn warning(ui: &mut Ui, text: &str) -> Response {
    let colour = theme::theme(ui).warning;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        sign(ui, Sign::Warning, colour);
        ui.label(RichText::new(text).text_style(theme::small()).color(colour))
    })
    .inner
}

/// A sign that is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Three lines.
    Menu,
    /// An arrow that bends back.
    Undo,
    /// An arrow that bends forward.
    Redo,
    /// A magnifying glass.
    Search,
    /// A cross.
    Close,
    /// An angle to the right.
    Right,
    /// An angle to the left.
    Left,
    /// An angle downwards.
    Down,
    /// A triangle.
    Warning,
    /// A circle with a point and a stroke.
    Info,
    /// A folder.
    Folder,
}

/// Draws a sign in running text.
pub fn sign(ui: &mut Ui, sign: Sign, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(14.0), Sense::empty());
    paint_sign(ui, sign, rect.center(), colour);
}

/// A square button with a sign; `name` is for screen readers.
pub fn sign_button(ui: &mut Ui, shape: Sign, name: &str, enabled: bool) -> Response {
    let colours = theme::theme(ui);
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(28.0), sense);
    if ui.is_rect_visible(rect) {
        let is_lit = enabled && (response.hovered() || response.is_pointer_button_down_on());
        ground(ui, rect, &response, is_lit);
        paint_sign(
            ui,
            shape,
            rect.center(),
            if enabled { colours.ink } else { colours.edge },
        );
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    response
}

/// Draws a sign round a point, about 12 points wide.
pub fn paint_sign(ui: &Ui, sign: Sign, centre: Pos2, colour: Color32) {
    let painter = ui.painter();
    let stroke = Stroke::new(1.5, colour);
    let at = |x: f32, y: f32| pos2(centre.x + x, centre.y + y);
    let line = |points: &[(f32, f32)]| {
        let points = points.iter().map(|(x, y)| at(*x, *y)).collect();
        painter.add(egui::Shape::line(points, stroke));
    };
    match sign {
        Sign::Menu => {
            for y in [-4.0, 0.0, 4.0] {
                line(&[(-6.0, y), (6.0, y)]);
            }
        }
        Sign::Undo | Sign::Redo => {
            let side = if sign == Sign::Undo { 1.0 } else { -1.0 };
            let bow = (0..=10).map(|step| {
                let angle = std::f32::consts::PI * (-0.5 + step as f32 / 10.0);
                (side * (1.5 + 3.5 * angle.cos()), 1.5 + 3.5 * angle.sin())
            });
            let mut points = vec![(side * -5.0, -2.0)];
            points.extend(bow);
            points.push((side * -1.5, 5.0));
            line(&points);
            line(&[(side * -2.0, -5.0), (side * -5.0, -2.0), (side * -2.0, 1.0)]);
        }
        Sign::Search => {
            painter.circle_stroke(at(-1.0, -1.0), 4.0, stroke);
            line(&[(2.0, 2.0), (5.5, 5.5)]);
        }
        Sign::Close => {
            line(&[(-4.0, -4.0), (4.0, 4.0)]);
            line(&[(-4.0, 4.0), (4.0, -4.0)]);
        }
        Sign::Right => line(&[(-2.0, -4.0), (2.0, 0.0), (-2.0, 4.0)]),
        Sign::Left => line(&[(2.0, -4.0), (-2.0, 0.0), (2.0, 4.0)]),
        Sign::Down => line(&[(-4.0, -2.0), (0.0, 2.0), (4.0, -2.0)]),
        Sign::Warning => {
            let corners = vec![at(0.0, -5.5), at(6.0, 5.0), at(-6.0, 5.0)];
            painter.add(egui::Shape::convex_polygon(corners, colour, Stroke::NONE));
        }
        Sign::Info => {
            painter.circle_stroke(centre, 6.0, stroke);
            painter.circle_filled(at(0.0, -3.0), 1.0, colour);
            line(&[(0.0, -0.5), (0.0, 3.5)]);
        }
        Sign::Folder => {
            line(&[
                (-6.0, 4.5),
                (-6.0, -4.5),
                (-2.0, -4.5),
                (0.0, -2.5),
                (6.0, -2.5),
                (6.0, 4.5),
                (-6.0, 4.5),
                (-6.0, 3.8),
            ]);
        }
    }
}

/// A number with its noun: "1 suggestion", "6 suggestions".
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// One line of text that is cut with "…" where it does not fit, painted at its left end.
pub fn clipped(ui: &mut Ui, text: impl Into<RichText>) -> Response {
    ui.add(egui::Label::new(text.into()).truncate())
}

/// Width of small text on one line, in points.
pub fn small_width(ui: &Ui, text: &str) -> f32 {
    width_in(ui, text, &theme::small())
}

/// Width of text of a style on one line, in points.
pub fn width_in(ui: &Ui, text: &str, style: &egui::TextStyle) -> f32 {
    let font = style.resolve(ui.style());
    ui.painter()
        .layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER)
        .size()
        .x
}

/// Paints a word in the middle of a rectangle.
pub fn centred(ui: &Ui, rect: Rect, text: &str, style: &egui::TextStyle, colour: Color32) {
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        text,
        style.resolve(ui.style()),
        colour,
    );
}

/// What is shown above and below a control that came into view, in points: at the very edge it would look cut off.
const AROUND: f32 = 30.0;

/// Brings the control that has just got the keyboard into view; to be called last inside a scroll area.
pub fn follow_tab(ui: &Ui) {
    let here = ui.unique_id().with("follow tab");
    let now = ui.memory(egui::Memory::focused);
    let before = ui.data_mut(|data| {
        let slot = data.get_temp_mut_or_default::<Option<Id>>(here);
        std::mem::replace(slot, now)
    });
    let control = now.and_then(|id| ui.ctx().read_response(id));
    if let Some(control) =
        control.filter(|it| before != now && ui.min_rect().contains_rect(it.rect))
    {
        ui.scroll_to_rect(control.rect.expand2(vec2(0.0, AROUND)), None);
    }
}

/// Has a screen reader say these words when they come or change.
pub fn announce(words: &Response, how: Live) {
    let tell = |node: &mut egui::accesskit::Node| node.set_live(how);
    words.ctx.accesskit_node_builder(words.id, tell);
}

/// Lets the arrows move the edge of a panel while that edge has the keyboard; to be called before the panel is shown.
///
/// egui moves it for screen readers alone, so they are what is asked in the name of.
pub fn steer_edge(ui: &Ui, panel: &'static str, smaller: Key, larger: Key) {
    let edge = ui.scope_id().with(panel).with("__resize");
    if ui.memory(egui::Memory::focused) != Some(edge) {
        return;
    }
    hold_arrows(ui, edge);
    for (key, action) in [(smaller, Action::Decrement), (larger, Action::Increment)] {
        ui.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, key) {
                input
                    .events
                    .push(Event::AccessKitActionRequest(ActionRequest {
                        action,
                        target_tree: TreeId::ROOT,
                        target_node: edge.accesskit_id(),
                        data: None,
                    }));
            }
        });
    }
}

/// Names the edge of a panel for whoever hears it; to be called behind the panel, which egui calls what all are called.
pub fn name_edge(ui: &Ui, panel: &'static str, name: &str) {
    let edge = ui.scope_id().with(panel).with("__resize");
    ui.ctx()
        .accesskit_node_builder(edge, |node| node.set_label(name));
}

/// The arrows stay with a control that has the keyboard.
pub fn hold_arrows(ui: &Ui, control: Id) {
    let arrows = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(control, arrows));
}
