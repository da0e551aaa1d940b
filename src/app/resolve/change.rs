//! What the commands mean that change something in the open article.

use super::{NOTHING_HERE, open_quote, quote_in, sure_in_view};
use crate::app::article::OpenArticle;
use crate::app::catalogue::CommandKind as Kind;
use crate::app::command::{Command, Subject};
use crate::app::focus::{Direction, Level, Selection};
use crate::app::overrule::overrule;
use crate::app::pick::Purpose;
use crate::app::problems::settle;
use crate::app::state::{Field, Region, State};
use crate::model::{Id, Layer, RelationKind, Span};

/// What a command means in this article, or why it means nothing.
pub(super) fn change(
    kind: Kind,
    state: &State,
    article: &OpenArticle,
) -> Result<Command, &'static str> {
    let target = article.target();
    let here = || {
        if target.is_empty() {
            Err(NOTHING_HERE)
        } else {
            Ok(target.clone())
        }
    };
    let active = article.active();
    let selected = article
        .selection
        .is_some_and(|s: Selection| !s.span().is_empty());
    let suggested = article.focus.suggestion.filter(|_| !selected);
    let claim = active.filter(|a| a.layer == Layer::Claim);
    let offer = article.suggestion().filter(|s| s.is_open);
    let offer = offer.and_then(|s| Some((s.layer, suggested?)));
    if let Some(settles) = settle(kind, state, article, &target, selected) {
        return settles;
    }
    Ok(match kind {
        Kind::Accept if let Some(at) = suggested => Command::AcceptSuggestion(at),
        Kind::Reject if let Some(at) = suggested => Command::RejectSuggestion(at),
        Kind::Source if let Some(at) = suggested => return source_of_suggestion(article, at),
        Kind::AcceptSure => match sure_in_view(state, article).next() {
            Some(_) => Command::AcceptSure,
            None => return Err("No suggestion in view is sure."),
        },
        Kind::Claim if let Some((Layer::Claim, at)) = offer => Command::AcceptHere(at),
        Kind::Person if let Some((Layer::Person, at)) = offer => Command::AcceptHere(at),
        Kind::Claim => Command::Tag(Layer::Claim, here()?),
        Kind::Person => Command::Tag(Layer::Person, here()?),
        Kind::Source => return source(article, selected, here()),
        Kind::Quote => match &state.proposal {
            Some(proposal) if !proposal.whole && !selected => Command::WholeSentence,
            _ if selected => Command::Tag(Layer::Quote, here()?),
            _ => Command::ProposeQuote(here()?),
        },
        Kind::Cue => {
            let quote =
                open_quote(article).ok_or("A cue belongs to a quote: tag the quote first.")?;
            let words = matches!(article.focus.level, Level::Word | Level::Letter);
            if selected || words {
                Command::SetCue(quote.id.clone(), here()?)
            } else {
                Command::OpenPick(Purpose::Cue(quote.id.clone()))
            }
        }
        Kind::Relay => {
            let quote = open_quote(article)
                .ok_or("Somebody may have passed a quote on: go to the quote first.")?;
            Command::OpenPick(Purpose::RelayedBy(quote.id.clone()))
        }
        Kind::Describe => {
            // After accepting, the focus is on the next suggestion: what was accepted last is meant, and asked there.
            let last = article.last.as_ref().filter(|_| suggested.is_some());
            let last = last.and_then(|id| article.annotation(id));
            let at_hand = active.or(last);
            if let Some(claim) = at_hand.filter(|a| a.layer == Layer::Claim) {
                let of = Subject::Annotation(claim.id.clone());
                return Ok(Command::Describe(of, claim.id.clone()));
            }
            let source = at_hand.and_then(|a| match a.layer {
                Layer::Quote => article
                    .linked(&a.id, &RelationKind::SaidBy)
                    .first()
                    .copied(),
                _ => Some(a),
            });
            let of = source.and_then(|a| Some((Subject::Cast(a.entity.clone()?), a.id.clone())));
            let (of, at) = of.ok_or(
                "Only claims and sources can be described: go to one, or to a quote with a speaker.",
            )?;
            Command::Describe(of, at)
        }
        Kind::AboutWhom => {
            let claim = claim.ok_or("Only a claim is about somebody: go to the claim first.")?;
            Command::OpenPick(Purpose::About(claim.id.clone()))
        }
        Kind::AddFragment => {
            let last = article
                .last
                .clone()
                .ok_or("Fragments go to the annotation that last had the focus: there is none.")?;
            Command::AddFragment(last, here()?)
        }
        Kind::AllOccurrences => match active.filter(|a| a.layer != Layer::Note) {
            _ if selected && !is_name(article) => {
                return Err("Tag these words first (C, S, E or a digit): A then finds the others.");
            }
            Some(a) if !selected => Command::AllOccurrences(a.id.clone()),
            _ => Command::Tag(Layer::Person, here()?),
        },
        Kind::AllInFolder => {
            let of_pick = state.pick.as_ref().and_then(|pick| match &pick.purpose {
                Purpose::Occurrences(like) => Some(&like.id),
                _ => None,
            });
            let of_active = active.filter(|a| a.layer != Layer::Note).map(|a| &a.id);
            let id = of_pick.or(of_active).ok_or(
                "Tag the words first: then this finds them in every article of the folder.",
            )?;
            Command::Everywhere(id.clone())
        }
        Kind::Evidence => {
            let claim = claim.ok_or("Evidence belongs to a claim: go to the claim first.")?;
            Command::AddEvidence(claim.id.clone())
        }
        Kind::Code if let Some(claim) = claim.filter(|_| !selected) => {
            Command::AddEvidence(claim.id.clone())
        }
        Kind::Code | Kind::CodeByDigit => {
            here()?;
            Command::OpenPick(Purpose::Code)
        }
        Kind::Repeat => Command::Repeat,
        Kind::Accept => match active {
            Some(_) => Command::FocusField(Field::First),
            None if state.open_suggestions() > 0 => {
                Command::FocusSuggestion(next_open(state, article).ok_or("No suggestion is left.")?)
            }
            None => Command::StepAnnotation(Direction::Forward),
        },
        Kind::Reject => match (&state.proposal, active) {
            // Only the proposal itself: what was done since is Ctrl+Z's.
            (Some(p), _) if p.depth == state.history.depth() => Command::Undo,
            (Some(p), _) if p.quotes.len() == 1 => Command::Delete(p.quotes.clone()),
            (Some(_), _) => {
                return Err("Something was done since: Undo takes back step by step.");
            }
            (None, Some(a)) => match article.linked(&a.id, &RelationKind::SaidBy).first() {
                Some(source) => {
                    Command::Unlink(a.id.clone(), RelationKind::SaidBy, source.id.clone())
                }
                None => {
                    return Err(
                        "Reject takes back a proposal or a speaker; Remove removes the annotation.",
                    );
                }
            },
            (None, None) => return Err("Nothing is proposed here."),
        },
        Kind::Delete => Command::Delete(meant(state, article)?),
        Kind::Note => Command::EditNote,
        Kind::Verdict => {
            let claim = active.filter(|a| a.layer == Layer::Claim);
            Command::OpenPick(Purpose::Verdict(
                claim
                    .map(|a| a.id.clone())
                    .ok_or("A verdict belongs to a claim: go to one first.")?,
            ))
        }
        Kind::Retag => Command::OpenPick(Purpose::Retag(meant(state, article)?)),
        Kind::MarkDone => Command::MarkDone,
        Kind::ClearTags if article.sidecar.annotations.is_empty() => {
            return Err("Nothing is tagged in this article.");
        }
        Kind::ClearTags => Command::ClearTags,
        Kind::SplitSentence | Kind::JoinSentences | Kind::QuoteOrNot => {
            return overrule(kind, article, &target, selected);
        }
        _ => return Err("This cannot be done here."),
    })
}

/// The annotations that T and Delete mean: those that were chosen in the panel's list, else the active one.
fn meant(state: &State, article: &OpenArticle) -> Result<Vec<Id>, &'static str> {
    if state.region == Region::Panel && article.chosen.len() > 1 {
        return Ok(article.chosen.iter().cloned().collect());
    }
    let active = article.active().map(|a| vec![a.id.clone()]);
    active.ok_or("Go to an annotation first: Tab.")
}

/// Whether the selection begins as a name does.
fn is_name(article: &OpenArticle) -> bool {
    let words = article.selection.map(|s| article.source.slice(s.span()));
    words.is_some_and(|words| words.trim_start().starts_with(char::is_uppercase))
}

/// What S means: it links the open quote or claim to a speaker, or tags a source.
fn source(
    article: &OpenArticle,
    selected: bool,
    here: Result<Vec<Span>, &'static str>,
) -> Result<Command, &'static str> {
    if selected {
        return Ok(Command::TagSpeaker(here?));
    }
    if let Some(a) = article.active() {
        match a.layer {
            Layer::Quote => return Ok(Command::OpenPick(Purpose::SaidBy(a.id.clone()))),
            Layer::Claim => return Ok(Command::OpenPick(Purpose::ClaimedBy(a.id.clone()))),
            Layer::Person => return Ok(Command::Retag(vec![a.id.clone()], Layer::Source)),
            _ => {}
        }
    }
    if matches!(article.focus.level, Level::Word | Level::Letter) {
        return Ok(Command::TagSpeaker(here?));
    }
    let under_focus = here?.first().and_then(|span| quote_in(article, *span));
    Ok(match under_focus {
        Some(quote) => Command::OpenPick(Purpose::SaidBy(quote.id.clone())),
        None => Command::OpenPick(Purpose::Tag(Layer::Source)),
    })
}

/// What S means on a suggestion: another speaker for a quote, a source instead of a person.
fn source_of_suggestion(article: &OpenArticle, at: usize) -> Result<Command, &'static str> {
    let suggestion = article.suggestions.get(at).ok_or(NOTHING_HERE)?;
    Ok(match suggestion.layer {
        Layer::Quote => Command::OpenPick(Purpose::Suggested(at)),
        Layer::Person => Command::TagSpeaker(suggestion.spans.clone()),
        _ => return Err("Accept the claim first; then say who claims it."),
    })
}

/// The next suggestion to decide: the first that begins at the focus or behind it, else the first of all.
fn next_open(state: &State, article: &OpenArticle) -> Option<usize> {
    let from = article.suggestions.first_from(article.focus.span.start());
    let next = |from| state.next_suggestion(from, Direction::Forward);
    next(from).or_else(|| next(0))
}
