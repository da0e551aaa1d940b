//! A list of rows of one height, of which only the visible ones are drawn.
//!
//! Knows nothing of what a row shows. Whoever uses it paints each row into the box it is given, and names it to screen
//! readers; the list takes the keyboard as a whole and says which row has the cursor.
//!
//! *Limitations*: egui scrolls in `f32`, so rows of a list above some 200,000 may sit half a pixel off.

use std::ops::Range;

use egui::accesskit::Role;
use egui::{EventFilter, Id, Key, Modifiers, Rect, Response, ScrollArea, Sense, Ui, WidgetInfo};
use egui::{pos2, vec2};

/// Where a list stands.
#[derive(Debug, Default)]
pub struct List {
    offset: f32,
    height: f32,
    reveal: Option<usize>,
}

/// What a list is called and how long it is.
#[derive(Debug, Clone, Copy)]
pub struct Shape<'a> {
    /// Id of the list, which takes the keyboard.
    pub id: Id,
    /// What screen readers call it.
    pub name: &'a str,
    /// Height of a row in points.
    pub row: f32,
    /// How many rows there are.
    pub count: usize,
    /// Id of the row that has the cursor.
    pub cursor: Option<Id>,
}

/// Where the keyboard moves a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// By so many rows.
    By(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Move {
    /// The row that a cursor is on after the move; from nowhere, the first or the last.
    pub fn from(self, cursor: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match (self, cursor) {
            (Self::First, _) => 0,
            (Self::Last, _) => last,
            (Self::By(by), Some(at)) => at.saturating_add_signed(by).min(last),
            (Self::By(by), None) if by < 0 => last,
            (Self::By(_), None) => 0,
        })
    }
}

impl List {
    /// Brings a row into view in the next frame that shows the list.
    pub fn reveal(&mut self, row: usize) {
        self.reveal = Some(row);
    }

    /// How the keys of this frame move the cursor, if they do. Takes the keys.
    pub fn steer(&self, ui: &Ui, row: f32) -> Option<Move> {
        let page = ((self.height / row) as isize - 1).max(1);
        let keys = [
            (Key::ArrowDown, Move::By(1)),
            (Key::ArrowUp, Move::By(-1)),
            (Key::PageDown, Move::By(page)),
            (Key::PageUp, Move::By(-page)),
            (Key::Home, Move::First),
            (Key::End, Move::Last),
        ];
        ui.input_mut(|input| {
            keys.into_iter()
                .filter(|(key, _)| input.consume_key(Modifiers::NONE, *key))
                .map(|(_, step)| step)
                .last()
        })
    }

    /// Shows the rows that are visible; `draw` gets each one's number and box.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        shape: Shape<'_>,
        mut draw: impl FnMut(&mut Ui, usize, Rect),
    ) -> Response {
        let area = ui.available_rect_before_wrap();
        let response = ui.interact(area, shape.id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, shape.name));
        if response.has_focus() {
            let keep = EventFilter {
                vertical_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(shape.id, keep));
        }
        if let Some(cursor) = shape.cursor {
            ui.ctx().accesskit_node_builder(shape.id, |node| {
                node.set_active_descendant(cursor.accesskit_id());
            });
        }

        let mut scroll = ScrollArea::vertical()
            .id_salt(shape.id)
            .auto_shrink(false)
            .animated(false)
            .min_scrolled_height(0.0)
            .content_margin(0);
        if let Some(row) = self.reveal.take() {
            scroll = scroll.vertical_scroll_offset(self.offset_for(row, shape.row, area.height()));
        }
        let output = scroll.show_viewport(ui, |ui, viewport| {
            ui.set_height(shape.row * shape.count as f32);
            ui.set_width(ui.available_width());
            let (left, top, width) = (
                ui.max_rect().left(),
                ui.max_rect().top(),
                ui.max_rect().width(),
            );
            for index in visible(viewport.min.y, viewport.max.y, shape.row, shape.count) {
                let corner = pos2(left, top + index as f32 * shape.row);
                draw(
                    ui,
                    index,
                    Rect::from_min_size(corner, vec2(width, shape.row)),
                );
            }
        });
        self.offset = output.state.clamped_offset().y;
        self.height = output.inner_rect.height();
        response
    }

    /// The nearest offset at which a row is wholly in view, with a row of air above and below where there is one: the edges fade.
    fn offset_for(&self, row: usize, height: f32, view: f32) -> f32 {
        let (top, bottom) = (row as f32 * height, (row + 1) as f32 * height);
        if view < 2.0 * height {
            return top;
        }
        // The area itself stops at its last row.
        let least = bottom + height - view;
        self.offset.min((top - height).max(0.0)).max(least)
    }
}

fn visible(from: f32, to: f32, row: f32, count: usize) -> Range<usize> {
    let first = (from.max(0.0) / row).floor() as usize;
    let last = (to.max(0.0) / row).ceil() as usize;
    first.min(count)..last.min(count)
}

#[cfg(test)]
mod tests {
    use super::{List, Move, visible};

    #[test]
    fn only_rows_in_view_are_drawn() {
        assert_eq!(visible(0.0, 100.0, 44.0, 100_000), 0..3);
        assert_eq!(visible(44.0, 88.0, 44.0, 100_000), 1..2);
        assert_eq!(visible(0.0, 500.0, 44.0, 2), 0..2);
    }

    #[test]
    fn a_row_in_view_is_not_scrolled_to() {
        let list = List {
            offset: 100.0,
            height: 200.0,
            reveal: None,
        };
        assert_eq!(list.offset_for(4, 40.0, 200.0), 100.0);
        assert_eq!(list.offset_for(0, 40.0, 200.0), 0.0);
        assert_eq!(list.offset_for(9, 40.0, 200.0), 240.0, "a row of air below");
    }

    #[test]
    fn a_cursor_stays_on_the_list() {
        assert_eq!(Move::By(-1).from(Some(0), 3), Some(0));
        assert_eq!(Move::By(5).from(Some(1), 3), Some(2));
        assert_eq!(Move::By(1).from(None, 3), Some(0));
        assert_eq!(Move::Last.from(None, 0), None);
    }
}
