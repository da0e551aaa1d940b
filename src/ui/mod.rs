//! The window: egui alone, nothing of files, rules or undo.
//!
//! Each region reads `app::State`, draws it, and asks for commands; `shell` puts the regions together and carries
//! commands and events to and fro. All colours and sizes are `theme`'s, all keys `keys`'s.

mod bindings;
mod choices;
pub mod desktop;
mod fonts;
pub mod keys;
mod layout;
pub mod library;
mod menus;
pub mod pages;
pub mod panel;
mod place;
#[cfg(target_os = "linux")]
mod portal;
pub mod reader;
mod readers;
mod shell;
pub mod start;
pub mod status;
pub mod strip;
mod suggestion;
mod taught;
pub mod theme;
mod toasts;
pub mod topbar;
mod tour;
mod typed_path;
pub mod widgets;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use egui::{IconData, ViewportBuilder};

pub use shell::Shell;

use crate::app::Env;
use crate::model::{Layer, Palette, Rgb};
use crate::store::{self, Settings};

/// Opens the window, on a folder or file if one is given, and returns when it is closed.
pub fn run(target: Option<PathBuf>) -> ExitCode {
    leave_a_note_when_crashing();
    let settings = store::load_settings();
    let options = eframe::NativeOptions {
        viewport: viewport(&settings),
        renderer: eframe::Renderer::Glow,
        persist_window: false,
        ..eframe::NativeOptions::default()
    };
    let opened = eframe::run_native(
        "Pressmark",
        options,
        Box::new(move |creation| {
            let desktop = Arc::new(desktop::Native);
            place::bring_into_sight(creation, &settings.window);
            let ctx = &creation.egui_ctx;
            let state = store::state_dir();
            let mut shell = Shell::new(ctx, settings, target, desktop, Env::real(), state);
            if let Some(note) = store::take_crash_note() {
                shell.report_crash(note);
            }
            Ok(Box::new(shell))
        }),
    );
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pressmark: the window could not be opened: {error}");
            eprintln!("hint: `pressmark --help` lists what works without a window");
            ExitCode::from(2)
        }
    }
}

fn viewport(settings: &Settings) -> ViewportBuilder {
    let builder = ViewportBuilder::default()
        .with_title("Pressmark")
        .with_app_id("pressmark")
        .with_icon(icon())
        .with_drag_and_drop(true);
    place::placed(builder, &settings.window)
}

/// A panic in a job becomes a notice; one in the window's own thread can only be told at the next start.
fn leave_a_note_when_crashing() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() == Some("main") {
            let version = env!("CARGO_PKG_VERSION");
            let at = jiff::Timestamp::now();
            let trace = std::backtrace::Backtrace::force_capture();
            store::write_crash_note(&format!("Pressmark {version}, {at}\n{panic}\n\n{trace}\n"));
        }
        before(panic);
    }));
}

/// The program's mark: a passage with a bar, a claim, a person and a source, in the layers' own colours.
fn icon() -> IconData {
    const SIZE: usize = 64;
    let palette = Palette::LIGHT;
    let mut rgba = vec![0; SIZE * SIZE * 4];
    let mut fill = |x: usize, y: usize, width: usize, height: usize, Rgb(r, g, b): Rgb| {
        for row in y..y + height {
            for column in x..x + width {
                let at = (row * SIZE + column) * 4;
                rgba[at..at + 4].copy_from_slice(&[r, g, b, 255]);
            }
        }
    };
    fill(2, 4, 60, 56, palette.paper);
    fill(4, 2, 56, 60, palette.paper);
    fill(10, 12, 6, 40, palette.layer(Layer::Quote).line);
    fill(22, 14, 32, 10, palette.layer(Layer::Claim).fill);
    fill(22, 24, 32, 2, palette.layer(Layer::Claim).line);
    fill(22, 33, 20, 4, palette.layer(Layer::Person).line);
    fill(22, 44, 28, 3, palette.layer(Layer::Source).line);
    fill(22, 49, 28, 3, palette.layer(Layer::Source).line);
    IconData {
        rgba,
        width: SIZE as u32,
        height: SIZE as u32,
    }
}
