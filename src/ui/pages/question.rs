//! The two questions that only a person can answer: close with unsaved work, and replace files by an export.

use egui::{Align, Button, Layout, RichText, ScrollArea, Ui, vec2};

use super::sheet::{Sheet, aside, scroll_height};
use crate::app::{Command, CommandKind, DocId, Outbox, Page, SavingLine, State};
use crate::ui::taught;
use crate::ui::theme::{self, theme};

const WIDTH: f32 = 480.0;
/// So many names are enough to know what a question is about.
const NAMES: usize = 12;

/// "Some of it is not saved": what would be lost, and why it could not be saved.
pub fn close_unsaved(ui: &Ui, state: &State, is_new: bool, out: &mut Outbox) {
    let sheet = Sheet {
        page: Page::CloseUnsaved,
        title: "Not everything is saved",
        width: WIDTH,
        is_bare: false,
    };
    sheet.show(ui, out, |ui, out| {
        let lost: Vec<String> = state.unsaved().iter().map(|doc| name(doc, state)).collect();
        ui.label(if state.is_all_kept() {
            "If you close now, a copy of your last changes to these is kept and offered when the folder is opened again:"
        } else {
            "If you close now, your last changes to these are lost:"
        });
        names(ui, &lost);
        if let SavingLine::Failed(why) | SavingLine::Unconfirmed(why) = state.saving() {
            let ink = theme(ui).warning;
            ui.add(egui::Label::new(RichText::new(format!("▲ {why}")).color(ink)).wrap());
        }
        aside(
            ui,
            format!(
                "Keep the window open, mend the cause, and press {} to try again.",
                taught::in_words(CommandKind::SaveNow)
            ),
        );
        answers(
            ui,
            is_new,
            ("Keep open", Command::Show(None)),
            ("Close anyway", Command::QuitAnyway),
            out,
        );
    });
}

/// "Some of it could not be saved the last time": bring it back, decide later, or throw it away.
pub fn rescued(ui: &Ui, state: &State, is_new: bool, out: &mut Outbox) {
    let sheet = Sheet {
        page: Page::Rescued,
        title: "Unsaved changes were kept",
        width: WIDTH,
        is_bare: false,
    };
    sheet.show(ui, out, |ui, out| {
        ui.label("The last time, changes to these could not be saved where they belong. A copy was kept:");
        let files = state.rescued.iter().map(|kept| {
            let name = kept.path.file_name().unwrap_or_default().to_string_lossy();
            let article = name.strip_suffix(".ann.json").unwrap_or(&name);
            article.to_owned()
        });
        names(ui, &files.collect::<Vec<_>>());
        aside(
            ui,
            "Brought back, they are merged with what is in the files now. Escape leaves them where they are, and asks again \
             the next time.",
        );
        answers(
            ui,
            is_new,
            ("Bring back", Command::BringBack),
            ("Throw away", Command::DropRescued),
            out,
        );
    });
}

/// "These files are there": replace them, or choose another place.
pub fn replace_export(ui: &Ui, state: &State, is_new: bool, out: &mut Outbox) {
    let Some(pending) = &state.pending_export else {
        out.send(Command::Show(None));
        return;
    };
    let sheet = Sheet {
        page: Page::ReplaceExport,
        title: "Replace these files?",
        width: WIDTH,
        is_bare: false,
    };
    sheet.show(ui, out, |ui, out| {
        let count = pending.existing.len();
        let there = if count == 1 {
            "file is there already"
        } else {
            "files are there already"
        };
        ui.label(format!("{count} {there}, in {}:", pending.to.display()));
        names(ui, &pending.existing);
        let replace = Command::Export {
            format: pending.format,
            to: pending.to.clone(),
            replace: true,
        };
        answers(
            ui,
            is_new,
            ("Choose another place", Command::Show(Some(Page::Export))),
            ("Replace", replace),
            out,
        );
    });
}

fn name(doc: &DocId, state: &State) -> String {
    match doc {
        DocId::Entities => "the records of persons and organisations".to_owned(),
        DocId::Codebook => "the codebook".to_owned(),
        DocId::Article(key) => match state.articles.get(key) {
            Some(article) => format!("“{}” ({key})", article.title()),
            None => key.to_string(),
        },
    }
}

fn names(ui: &mut Ui, names: &[String]) {
    let ink = theme(ui).ink;
    ScrollArea::vertical()
        .max_height(scroll_height(ui).min(240.0))
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for name in names.iter().take(NAMES) {
                ui.add(egui::Label::new(RichText::new(format!("•  {name}")).color(ink)).truncate());
            }
            if names.len() > NAMES {
                aside(ui, format!("and {} more", names.len() - NAMES));
            }
        });
}

/// The safe answer first from the right, and with the keyboard.
fn answers(
    ui: &mut Ui,
    is_new: bool,
    safe: (&str, Command),
    other: (&str, Command),
    out: &mut Outbox,
) {
    ui.add_space(4.0);
    let row = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let keep = ui.add(Button::new(
            RichText::new(safe.0).text_style(theme::strong()),
        ));
        if is_new {
            keep.request_focus();
        }
        if keep.clicked() {
            out.send(safe.1);
        }
        if ui.button(other.0).clicked() {
            out.send(other.1);
        }
    });
}
