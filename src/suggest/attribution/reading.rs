//! One unit read by all rule families, the outermost attribution first.
//!
//! To add a family: give it a file with a `read(&Unit, …) -> Option<Draft>` and its marked lines, and call it here at
//! its place. What one family has covered the next does not read again.

use super::cue;
use super::draft::Draft;
use super::phrase::Phrase;
use super::unit::Unit;
use super::{according, after, ahead, announce, colon, german, loose, passive, polled, unsourced};
use crate::model::BlockKind;
use crate::suggest::lexicon::{Class, Language};

/// All attributions of one unit.
pub(super) fn read(unit: &Unit<'_>, kind: BlockKind) -> Vec<Draft> {
    if let Some(draft) = colon::read(unit) {
        return vec![draft];
    }
    let mut drafts: Vec<Draft> = Vec::new();
    let mut covered = vec![false; unit.tokens.len()];
    let keep = |draft: Draft, drafts: &mut Vec<Draft>, covered: &mut [bool]| {
        for (first, end) in &draft.covers {
            covered[*first..(*end).min(unit.tokens.len())].fill(true);
        }
        drafts.push(draft);
    };
    let cues: Vec<cue::Cue> = (0..unit.tokens.len())
        .filter(|at| unit.is(*at, Class::CUE))
        .filter_map(|at| cue::at(unit, at))
        .collect();
    if !matches!(kind, BlockKind::Headline | BlockKind::Heading) {
        if let Some(draft) = unsourced::read(unit) {
            keep(draft, &mut drafts, &mut covered);
        }
        if let Some(draft) = according::read(unit) {
            keep(draft, &mut drafts, &mut covered);
        }
        if unit.lexicon.language == Language::German
            && let Some(draft) = german::read(unit).filter(|_| drafts.is_empty())
        {
            keep(draft, &mut drafts, &mut covered);
        }
        if let Some(draft) = polled::read(unit).filter(|_| drafts.is_empty()) {
            keep(draft, &mut drafts, &mut covered);
        }
    }
    // What stands at the unit's end attributes all before it, other cues included.
    for cue in cues.iter().rev() {
        if covered[cue.verb] {
            continue;
        }
        if let Some(draft) = after::read(unit, cue, 0) {
            keep(draft, &mut drafts, &mut covered);
            break;
        }
    }
    let mut shared: Option<Phrase> = drafts.last().and_then(|draft| draft.source);
    for cue in &cues {
        if covered[cue.verb] {
            continue;
        }
        if let Some(draft) = passive::read(unit, cue) {
            keep(draft, &mut drafts, &mut covered);
            continue;
        }
        if let Some(draft) = ahead::read(unit, cue, shared) {
            shared = draft.source.or(shared);
            keep(draft, &mut drafts, &mut covered);
        }
    }
    if let Some(draft) = according::citing(unit, &drafts) {
        keep(draft, &mut drafts, &mut covered);
    }
    if let Some(draft) = loose::read(unit, &covered, &cues) {
        keep(draft, &mut drafts, &mut covered);
    }
    if drafts.is_empty() && matches!(kind, BlockKind::Headline | BlockKind::Heading) {
        drafts.extend(colon::headline(unit));
    }
    if drafts.is_empty() {
        drafts.extend(announce::read(unit, &cues));
    }
    drafts
}
