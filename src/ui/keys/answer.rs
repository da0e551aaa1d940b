//! What a press means while a pick list asks: digits and Enter answer, letters narrow, arrows walk.

use egui::Key;

use super::Verdict;
use crate::app::{Command, CommandKind, Direction, Pick, State};
use crate::ui::bindings::{Press, digit_of};

/// What a press means while a pick list is open; nothing, where it has its ordinary meaning.
pub(super) fn answer(press: &Press, state: &State) -> Option<Verdict> {
    let pick = state.pick.as_ref()?;
    if press.modifiers.alt || press.modifiers.ctrl || press.modifiers.command {
        return None;
    }
    if let Some(digit) = press.physical.or(press.key).and_then(digit_of) {
        if press.repeat {
            return Some(Verdict::Swallow);
        }
        let answer = match digit {
            0 => pick.zero.as_ref().map(|_| Command::PickZero),
            _ => pick
                .digits()
                .iter()
                .position(|own| *own == Some(digit))
                .and_then(|at| Some(Command::Pick(pick.shown().get(at)?.0))),
        };
        return Some(answer.map_or(Verdict::Swallow, Verdict::Run));
    }
    // By whatever other keys the command is called that Enter usually means, Enter answers the list.
    if press.key == Some(Key::Enter) && press.modifiers.is_none() {
        let accepts = Verdict::Run(Command::Run(CommandKind::Accept));
        return Some(if press.repeat {
            Verdict::Swallow
        } else {
            accepts
        });
    }
    if pick.is_several() {
        return several(press, pick);
    }
    match press.key {
        Some(Key::Backspace) => {
            let mut filter = pick.filter.clone();
            let shorter = filter
                .pop()
                .map(|_| Verdict::Run(Command::FilterPick(filter)));
            return Some(shorter.unwrap_or(Verdict::Swallow));
        }
        Some(Key::Delete) => return Some(Verdict::Swallow),
        Some(Key::Space) if pick.filter.is_empty() => return Some(Verdict::Swallow),
        _ => {}
    }
    let text = press.text.as_ref()?;
    Some(Verdict::Run(Command::FilterPick(format!(
        "{}{text}",
        pick.filter
    ))))
}

/// What a press means where the answers are meant together: walking them, and leaving out the one that is looked at.
fn several(press: &Press, pick: &Pick) -> Option<Verdict> {
    let walk = |way| Some(Verdict::Run(Command::WalkPick(way)));
    match press.key {
        Some(Key::Tab) if press.modifiers.shift => return walk(Direction::Back),
        Some(Key::ArrowRight | Key::ArrowDown | Key::Tab) => return walk(Direction::Forward),
        Some(Key::ArrowLeft | Key::ArrowUp) => return walk(Direction::Back),
        Some(Key::Delete | Key::Backspace) => {}
        _ if press
            .text
            .as_deref()
            .is_some_and(|text| text.eq_ignore_ascii_case("x")) => {}
        _ if press
            .text
            .as_deref()
            .is_some_and(|text| text.eq_ignore_ascii_case("a")) =>
        {
            let wider = Verdict::Run(Command::Run(CommandKind::AllInFolder));
            return Some(if press.repeat {
                Verdict::Swallow
            } else {
                wider
            });
        }
        _ => return press.text.as_ref().map(|_| Verdict::Swallow),
    }
    if press.repeat {
        return Some(Verdict::Swallow);
    }
    Some(
        pick.at
            .map_or(Verdict::Swallow, |at| Verdict::Run(Command::Pick(at))),
    )
}
