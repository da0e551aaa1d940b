//! About: the version, what the program is, and the licences of the faces that come with it.

use egui::{RichText, ScrollArea, Ui};

use super::sheet::{Sheet, aside, scroll_height, section};
use crate::app::{Outbox, Page};
use crate::ui::theme::{self, theme};

const WIDTH: f32 = 600.0;
const LICENCES: [(&str, &str); 3] = [
    ("Pressmark", include_str!("../../../LICENSE")),
    (
        "Literata, the face you read in",
        include_str!("../../../assets/fonts/Literata-LICENSE.txt"),
    ),
    (
        "Inter, the face of the window",
        include_str!("../../../assets/fonts/Inter-LICENSE.txt"),
    ),
];

/// Draws the page.
pub fn show(ui: &Ui, out: &mut Outbox) {
    let sheet = Sheet {
        page: Page::About,
        title: "About Pressmark",
        width: WIDTH,
        is_bare: false,
    };
    sheet.show(ui, out, |ui, _| {
        ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
        aside(
            ui,
            "Reads and annotates news text: claims, people, sources and quotes. It works offline, keeps everything in \
             files beside your articles, and never changes an article.",
        );
        section(ui, "Licences");
        let height = scroll_height(ui).min(380.0);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for (name, text) in LICENCES {
                egui::CollapsingHeader::new(name).id_salt(name).show(ui, |ui| {
                    let words = RichText::new(text).text_style(theme::small()).color(theme(ui).muted);
                    ui.add(egui::Label::new(words).wrap().selectable(true));
                });
            }
        });
    });
}
