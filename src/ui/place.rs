//! Where the window stands: as it stood the last time, in sight, and kept for the next time.
//!
//! A place is in points of the screen. Of a maximised window only that it is one is kept, so that it has its own size
//! again when it is none any more.
//!
//! *Limitations*: Wayland tells no place and takes none.

use std::time::Duration;

use eframe::CreationContext;
use egui::{Context, Pos2, Rect, Vec2, ViewportBuilder, ViewportCommand, ViewportInfo, pos2, vec2};

use crate::store::WindowPlace;

/// Smallest size of the window, in points.
const SMALLEST: [f32; 2] = [720.0, 480.0];
/// Changes are kept when the window has been still for so long, in seconds.
const STILL: f64 = 1.0;
/// So much of the window's upper edge must be in sight, in points: enough to take hold of it.
const HANDLE: Vec2 = vec2(160.0, 24.0);

/// A window with the size and place that were kept.
pub(super) fn placed(builder: ViewportBuilder, kept: &WindowPlace) -> ViewportBuilder {
    let size = vec2(kept.width.max(SMALLEST[0]), kept.height.max(SMALLEST[1]));
    let builder = builder
        .with_inner_size(size)
        .with_min_inner_size(SMALLEST)
        .with_maximized(kept.maximised);
    match (kept.x, kept.y) {
        (Some(x), Some(y)) => builder.with_position([x, y]),
        _ => builder,
    }
}

/// Moves a window that would stand where no screen is any more to the middle of one.
pub(super) fn bring_into_sight(creation: &CreationContext<'_>, kept: &WindowPlace) {
    let (Some(window), Some(x), Some(y)) = (creation.winit_window(), kept.x, kept.y) else {
        return;
    };
    let scale = window.scale_factor() as f32;
    let size = window.inner_size();
    let size = vec2(size.width as f32, size.height as f32);
    let corner = pos2(x * scale, y * scale);
    let first = window.primary_monitor();
    let screens: Vec<Rect> = first
        .into_iter()
        .chain(window.available_monitors())
        .map(|screen| {
            let (corner, size) = (screen.position(), screen.size());
            let corner = pos2(corner.x as f32, corner.y as f32);
            Rect::from_min_size(corner, vec2(size.width as f32, size.height as f32))
        })
        .collect();
    if let Some(seen) = moved_into_sight(corner, size, &screens, HANDLE * scale)
        && let Ok(mut place) = window.outer_position()
    {
        (place.x, place.y) = (seen.x as i32, seen.y as i32);
        window.set_outer_position(place);
    }
}

/// Where a window goes that cannot be taken hold of where it stands: to the middle of the first screen.
fn moved_into_sight(corner: Pos2, size: Vec2, screens: &[Rect], handle: Vec2) -> Option<Pos2> {
    let edge = Rect::from_min_size(corner, vec2(size.x, handle.y));
    let is_seen = |screen: &Rect| {
        let seen = screen.intersect(edge);
        seen.width() >= handle.x && seen.height() >= handle.y
    };
    let screen = screens.first()?;
    let room = (screen.size() - size).max(Vec2::ZERO);
    (!screens.iter().any(is_seen)).then(|| screen.min + room / 2.0)
}

/// Follows the window's size and place.
#[derive(Debug)]
pub(super) struct Place {
    /// It was maximised, and is to be so again: some systems forget it before the window is shown.
    wants_maximised: bool,
    moved: Option<(WindowPlace, f64)>,
}

impl Place {
    /// Of a window that has just been opened.
    pub(super) fn new(kept: &WindowPlace) -> Self {
        Self {
            wants_maximised: kept.maximised,
            moved: None,
        }
    }

    /// Says what is to be kept instead of what is, once the window has been still for a moment or closes.
    pub(super) fn follow(
        &mut self,
        ctx: &Context,
        kept: WindowPlace,
        closes: bool,
    ) -> Option<WindowPlace> {
        let zoom = ctx.zoom_factor();
        let (place, maximised, now) = ctx.input(|input| {
            let viewport = input.viewport();
            let place = place_of(viewport, kept, zoom);
            (place, viewport.maximized, input.time)
        });
        if std::mem::take(&mut self.wants_maximised) && maximised == Some(false) {
            ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
        }
        let place = place?;
        if place == kept {
            self.moved = None;
            return None;
        }
        match self.moved {
            Some((last, since)) if last == place && (closes || now - since >= STILL) => {
                self.moved = None;
                Some(place)
            }
            Some((last, _)) if last == place => None,
            _ => {
                self.moved = Some((place, now));
                ctx.request_repaint_after(Duration::from_secs_f64(STILL + 0.05));
                None
            }
        }
    }
}

/// Where the window stands; nothing while it is out of sight or fills the screen for the text alone.
fn place_of(viewport: &ViewportInfo, kept: WindowPlace, zoom: f32) -> Option<WindowPlace> {
    let inner = viewport.inner_rect.filter(Rect::is_positive)?;
    if viewport.minimized == Some(true) || viewport.fullscreen == Some(true) {
        return None;
    }
    if viewport.maximized == Some(true) {
        return Some(WindowPlace {
            maximised: true,
            ..kept
        });
    }
    let size = (inner.size() * zoom).round();
    let corner = viewport
        .outer_rect
        .map(|outer| (outer.min.to_vec2() * zoom).round());
    Some(WindowPlace {
        width: size.x,
        height: size.y,
        x: corner.map(|corner| corner.x),
        y: corner.map(|corner| corner.y),
        maximised: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(left: f32, top: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(left, top), vec2(width, height))
    }

    #[test]
    fn a_window_on_a_screen_that_is_gone_comes_to_the_middle_of_one_that_is_there() {
        let screens = [screen(0.0, 0.0, 1280.0, 800.0)];
        let size = vec2(900.0, 600.0);
        for (left, top) in [(2600.0, 100.0), (-880.0, 50.0), (50.0, 790.0), (1e9, 20.0)] {
            let seen = moved_into_sight(pos2(left, top), size, &screens, HANDLE);
            assert_eq!(seen, Some(pos2(190.0, 100.0)), "{left} {top}");
        }
        let (corner, large) = (pos2(3000.0, 0.0), vec2(2000.0, 1200.0));
        let seen = moved_into_sight(corner, large, &screens, HANDLE);
        assert_eq!(seen, Some(pos2(0.0, 0.0)));
    }

    #[test]
    fn a_window_that_can_be_taken_hold_of_stays() {
        let screens = [
            screen(0.0, 0.0, 1280.0, 800.0),
            screen(-1920.0, 0.0, 1920.0, 1080.0),
        ];
        let size = vec2(900.0, 600.0);
        for (left, top) in [(0.0, 0.0), (1000.0, 700.0), (-1900.0, 40.0), (-600.0, 10.0)] {
            let seen = moved_into_sight(pos2(left, top), size, &screens, HANDLE);
            assert_eq!(seen, None, "{left} {top}");
        }
        let nowhere = pos2(9000.0, 0.0);
        assert_eq!(moved_into_sight(nowhere, size, &[], HANDLE), None);
    }

    #[test]
    fn a_maximised_window_keeps_the_size_it_had() {
        let kept = WindowPlace {
            width: 900.0,
            height: 600.0,
            x: Some(60.0),
            y: Some(50.0),
            maximised: false,
        };
        let viewport = ViewportInfo {
            inner_rect: Some(screen(0.0, 20.0, 2560.0, 1420.0)),
            outer_rect: Some(screen(0.0, 0.0, 2560.0, 1440.0)),
            maximized: Some(true),
            ..ViewportInfo::default()
        };
        let place = place_of(&viewport, kept, 1.0);
        let maximised = true;
        assert_eq!(place, Some(WindowPlace { maximised, ..kept }));
    }
}
