//! What is worth checking: sentences scored by what a fact-checker looks for, each with its reasons.
//!
//! A sentence is read by the rule families, one a file; what each finds adds to the score or takes away from it, and the
//! reasons become the *why*. Classes after ClaimBuster (Arslan et al. 2020), types after Konstantinovskiy et al. 2020.
//! The weights were set by hand. *Limitations*: the words are English and, more thinly, German.

mod causes;
mod comparing;
mod courtesy;
mod events;
mod extremes;
mod figures;
mod law;
mod names;
mod opinion;
mod personal;
mod reading;
mod reason;
mod trends;
mod wishes;

use reading::Reading;
use reason::Reason;

use super::Confidence;
use super::attribution::{Attribution, Unit};
use super::lexicon::{Language, Lexicon};
use super::token::Words;
use crate::model::{BlockKind, Segments, Span};
use crate::text::body_of;

/// A passage that may be worth checking.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimSuggestion {
    /// The sentence, or what it says without the words that say who says it.
    pub span: Span,
    /// How much it is worth checking, from 0 to 1.
    pub score: f32,
    /// How far to trust that.
    pub confidence: Confidence,
    /// Proposal for the axis "class" of claims.
    pub class: &'static str,
    /// Proposal for the axis "type" of claims.
    pub kind: &'static str,
    /// Why, in a sentence for the reader.
    pub why: String,
}

/// From here on a sentence is proposed, its truth worth knowing to somebody.
const WORTH: f32 = 2.0;

/// From here on it is proposed as check-worthy.
const CHECK: f32 = 3.0;

/// From here on more proposals are right than wrong.
const LIKELY: f32 = 4.0;

/// Sentences of fewer words claim too little.
const SHORTEST: usize = 4;

type Family = fn(&Reading<'_>) -> Option<Reason>;

/// All rule families: to add one, give it a file with a `read` and its marked line, and name it here.
const FAMILIES: &[Family] = &[
    figures::read,
    comparing::read,
    extremes::read,
    trends::read,
    causes::read,
    law::read,
    events::read,
    names::read,
    opinion::read,
    wishes::read,
    personal::read,
    courtesy::read,
];

/// Finds what is worth checking in running text and lists, by start.
pub(super) fn claims(
    text: &str,
    language: Language,
    segments: &Segments,
    words: &Words,
    attributions: &[Attribution],
) -> Vec<ClaimSuggestion> {
    let mut out = Vec::new();
    let mut sentence = 0;
    for (index, block) in segments.blocks.iter().enumerate() {
        let mut tokens = words.of_block(index);
        let read = matches!(block.kind, BlockKind::Paragraph | BlockKind::List);
        let body = body_of(text, block);
        while let Some(span) = segments.sentences.get(sentence)
            && span.start() < block.span.end()
        {
            sentence += 1;
            let end = tokens.partition_point(|token| token.span.start() < span.end());
            let (here, rest) = tokens.split_at(end);
            tokens = rest;
            if !read {
                continue;
            }
            let unit = Unit {
                text,
                tokens: here,
                lexicon: Lexicon::of(language),
            };
            let first = span.start().max(body.start()).min(span.end());
            let words = Span::new(first, span.end());
            out.extend(weigh(&unit, words, attributions));
        }
    }
    out
}

/// Adds up what the families find in one sentence.
fn weigh(unit: &Unit<'_>, sentence: Span, attributions: &[Attribution]) -> Option<ClaimSuggestion> {
    let reading = Reading::of(unit)?;
    let mut reasons: Vec<Reason> = FAMILIES
        .iter()
        .filter_map(|family| family(&reading))
        .collect();
    let total: f32 = reasons.iter().map(|reason| reason.weight).sum();
    if total < WORTH {
        return None;
    }
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    Some(ClaimSuggestion {
        span: without_attribution(sentence, attributions),
        score: reason::score(total),
        confidence: if total >= LIKELY {
            Confidence::Likely
        } else {
            Confidence::Hint
        },
        class: if total >= CHECK {
            "check-worthy factual"
        } else {
            "unimportant factual"
        },
        kind: reasons
            .iter()
            .find_map(|reason| reason.kind)
            .unwrap_or("other"),
        why: reason::why(&reasons),
    })
}

/// A sentence without ", she said" at its end, when the words before are the most of it.
///
/// What stands before the words stays ("The ministry claims that …"): it is part of what can be checked.
fn without_attribution(sentence: Span, attributions: &[Attribution]) -> Span {
    let after = attributions.partition_point(|attribution| {
        attribution
            .content
            .first()
            .is_some_and(|first| first.start() < sentence.end())
    });
    attributions[..after]
        .iter()
        .rev()
        .take(8)
        .filter(|attribution| attribution.cue.is_some_and(|cue| sentence.covers(cue)))
        .filter_map(|attribution| attribution.content.first().copied())
        .find(|content| {
            content.start() == sentence.start()
                && sentence.covers(*content)
                && content.len() * 2 > sentence.len()
        })
        .unwrap_or(sentence)
}

#[cfg(test)]
mod tests {
    use crate::suggest::{Learnt, suggest};
    use crate::text::segment;

    /// Checks a paragraph in which every proposed claim is marked ⟦so⟧.
    #[track_caller]
    pub(super) fn check(marked: &str) {
        let text: String = marked.chars().filter(|c| !matches!(c, '⟦' | '⟧')).collect();
        let found = suggest(&text, &segment(&text), &Learnt::default()).claims;
        let (mut shown, mut at) = (String::new(), 0);
        for claim in &found {
            let span = claim.span;
            shown += &format!("{}⟦{}⟧", &text[at..span.start()], &text[span.range()]);
            at = span.end();
        }
        shown += &text[at..];
        assert_eq!(shown, marked, "{found:#?}");
    }

    #[test]
    fn the_mark_of_a_list_item_stays_outside() {
        check("- ⟦The bridge cost 4 million crowns in 2019.⟧\n- Bring a coat.\n");
    }

    #[test]
    fn who_said_it_stays_outside_when_it_comes_last() {
        check("The bridge is old. ⟦The bridge cost 4 million crowns⟧, Orla Venn said.");
        check("The bridge is old. ⟦“The bridge cost 4 million crowns,”⟧ Orla Venn said.");
    }
}
