//! From a command of the catalogue to what it means now, or to the sentence why it cannot be done.
//!
//! The sentence greys the button and explains itself.

use super::article::OpenArticle;
use super::beside::open_or_close;
use super::catalogue::CommandKind as Kind;
use super::cite::cited;
use super::command::Command;
use super::find::Find;
use super::focus::{Direction, Level, Selection};
use super::overrule::overrule;
use super::pick::{Pick, Purpose};
use super::problems::settle;
use super::state::{Field, Page, Region, State};
use crate::model::{Annotation, Id, Layer, RelationKind, Span, Status};
use crate::suggest::Confidence;

const NO_FOLDER: &str = "No folder is open.";
pub(super) const NO_ARTICLE: &str = "No article is open.";
const NOTHING_HERE: &str = "Nothing is selected and nothing has the focus.";

/// What a command means in this state, or why it means nothing.
pub fn resolve(kind: Kind, state: &State) -> Result<Command, &'static str> {
    use Direction::{Back, Forward};
    Ok(match kind {
        Kind::OpenFolder => Command::AskFolder,
        Kind::OpenSample => Command::OpenSample,
        Kind::Tour => Command::StartTour,
        Kind::Refresh => state
            .folder
            .as_ref()
            .map(|_| Command::Refresh)
            .ok_or(NO_FOLDER)?,
        Kind::Export => state
            .folder
            .as_ref()
            .map(|_| Command::Show(Some(Page::Export)))
            .ok_or(NO_FOLDER)?,
        Kind::SaveNow => Command::SaveNow,
        Kind::Codebook => state
            .folder
            .as_ref()
            .map(|_| Command::Show(Some(Page::Codebook)))
            .ok_or("The codebook belongs to a folder: open one first.")?,
        Kind::Settings => Command::Show(Some(Page::Settings)),
        Kind::Quit => Command::Quit,
        Kind::Palette => Command::Show(Some(Page::Palette)),
        Kind::Help => Command::Show(Some(Page::Help)),
        Kind::Outside => Command::Show(Some(Page::Outside)),
        Kind::Notices => Command::Show(Some(Page::Notices)),
        Kind::About => Command::Show(Some(Page::About)),
        Kind::FilterArticles => state
            .folder
            .as_ref()
            .map(|_| Command::FocusField(Field::Filter))
            .ok_or(NO_FOLDER)?,
        Kind::NextRegion => Command::StepRegion(Forward),
        Kind::PreviousRegion => Command::StepRegion(Back),
        Kind::ToggleList => Command::ToggleList,
        Kind::TogglePanel => Command::TogglePanel,
        Kind::ZoomIn => Command::Zoom((state.settings.zoom * 1.1).min(3.0)),
        Kind::ZoomOut => Command::Zoom((state.settings.zoom / 1.1).max(0.5)),
        Kind::ZoomReset => Command::Zoom(1.0),
        Kind::Beside => return open_or_close(state),
        Kind::OtherArticle => match state.beside {
            Some(_) => Command::OtherArticle,
            None => return Err("Only one article is open."),
        },
        Kind::OnlyText => {
            state.article().ok_or(NO_ARTICLE)?;
            Command::OnlyText
        }
        Kind::SuggestQuotes => Command::ToggleSuggestions(Layer::Quote),
        Kind::SuggestPeople => Command::ToggleSuggestions(Layer::Person),
        Kind::SuggestClaims => Command::ToggleSuggestions(Layer::Claim),
        Kind::ToggleTheme => Command::ToggleTheme,
        Kind::Back => Command::Back,
        Kind::Undo => state
            .history
            .next_undo()
            .map(|_| Command::Undo)
            .ok_or("There is nothing to undo.")?,
        Kind::Redo => state
            .history
            .next_redo()
            .map(|_| Command::Redo)
            .ok_or("There is nothing to redo.")?,
        Kind::NextArticle => state
            .folder
            .as_ref()
            .map(|_| Command::StepArticle(Forward))
            .ok_or(NO_FOLDER)?,
        Kind::PreviousArticle => state
            .folder
            .as_ref()
            .map(|_| Command::StepArticle(Back))
            .ok_or(NO_FOLDER)?,
        Kind::NextUnfinished => state
            .folder
            .as_ref()
            .map(|_| Command::NextUnfinished)
            .ok_or(NO_FOLDER)?,
        Kind::PlaceBack if !state.visits.has_behind() => {
            return Err("There is no place to go back to.");
        }
        Kind::PlaceForward if !state.visits.has_ahead() => {
            return Err("There is no place to go forward to.");
        }
        Kind::Accept if state.pick.as_ref().is_some_and(Pick::is_several) => Command::PickAll,
        Kind::Accept | Kind::Reject if state.pick.is_some() => match kind {
            Kind::Accept => Command::Pick(first_shown(state).ok_or("Nothing in the list fits.")?),
            _ => Command::ClosePick,
        },
        _ => return in_article(kind, state, state.article().ok_or(NO_ARTICLE)?),
    })
}

fn first_shown(state: &State) -> Option<usize> {
    state
        .pick
        .as_ref()?
        .shown()
        .first()
        .map(|(index, _)| *index)
}

fn in_article(kind: Kind, state: &State, article: &OpenArticle) -> Result<Command, &'static str> {
    use Direction::{Back, Forward};
    let level = article.focus.level;
    Ok(match kind {
        Kind::ParagraphDown => Command::Step(Level::Paragraph, Forward),
        Kind::ParagraphUp => Command::Step(Level::Paragraph, Back),
        // From a paragraph, → goes down to its first sentence and ← to the last sentence before it.
        Kind::Right if level == Level::Paragraph => {
            Command::FocusAt(article.focus.span.start(), Level::Sentence)
        }
        Kind::Right => Command::Step(level, Forward),
        Kind::Left => Command::Step(
            if level == Level::Paragraph {
                Level::Sentence
            } else {
                level
            },
            Back,
        ),
        Kind::ExtendRight | Kind::ExtendLeft => {
            let way = if kind == Kind::ExtendRight {
                Forward
            } else {
                Back
            };
            match article.active().filter(|_| article.selection.is_none()) {
                Some(a) if level == Level::Annotation => Command::Nudge(a.id.clone(), way),
                _ => Command::Extend(
                    if level == Level::Paragraph {
                        Level::Sentence
                    } else {
                        level
                    },
                    way,
                ),
            }
        }
        Kind::ExtendDown => Command::Extend(Level::Paragraph, Forward),
        Kind::ExtendUp => Command::Extend(Level::Paragraph, Back),
        Kind::ExtendToEnd => Command::ExtendTo(Forward),
        Kind::ExtendToStart => Command::ExtendTo(Back),
        Kind::Finer => Command::Finer,
        Kind::NextQuote => Command::StepQuote(Forward),
        Kind::PreviousQuote => Command::StepQuote(Back),
        Kind::NextAnnotation => Command::StepAnnotation(Forward),
        Kind::PreviousAnnotation => Command::StepAnnotation(Back),
        Kind::Cycle => Command::Cycle,
        Kind::GoRecord => Command::GoRecord,
        Kind::NextProblem => Command::NextProblem,
        Kind::PageDown => Command::Page(Forward),
        Kind::PageUp => Command::Page(Back),
        Kind::GoTo => Command::Show(Some(Page::GoTo)),
        Kind::PlaceBack => Command::Visit(Back),
        Kind::PlaceForward => Command::Visit(Forward),
        Kind::NextUntagged => Command::NextUntagged,
        Kind::CopyCited => Command::Copy(cited(state, article).ok_or(NOTHING_HERE)?),
        Kind::Find => Command::OpenFind,
        Kind::FindNext => Command::StepHit(Forward),
        Kind::FindPrevious => Command::StepHit(Back),
        Kind::FindWord | Kind::FindCase | Kind::FindAccents | Kind::FindRegex => {
            return switched(kind, &state.find);
        }
        Kind::Start => Command::FocusAt(0, Level::Paragraph),
        Kind::End => Command::FocusAt(article.source.len(), Level::Paragraph),
        Kind::OtherEdge => Command::OtherEdge,
        Kind::Copy => {
            let selected = article
                .selection
                .map(Selection::span)
                .filter(|s| !s.is_empty());
            let spans = selected.map_or_else(|| article.target(), |s| vec![s]);
            let parts: Vec<&str> = spans.iter().map(|s| article.source.slice(*s)).collect();
            if parts.is_empty() {
                return Err(NOTHING_HERE);
            }
            Command::Copy(parts.join(" … "))
        }
        _ => {
            if article.readonly.is_some() {
                return Err("This article is read only.");
            }
            // The person means the hit that is about to be selected.
            if state.find.is_searching() {
                return Err("The search is still going on.");
            }
            return change(kind, state, article);
        }
    })
}

/// The query with one of its options switched.
fn switched(kind: Kind, find: &Find) -> Result<Command, &'static str> {
    if !find.is_open {
        return Err("This is an option of the find bar, which is not open.");
    }
    let mut query = find.query.clone();
    let option = match kind {
        Kind::FindWord => &mut query.whole_words,
        Kind::FindCase => &mut query.match_case,
        Kind::FindAccents => &mut query.match_accents,
        _ => &mut query.is_regex,
    };
    *option = !*option;
    Ok(Command::SetQuery(query))
}

fn change(kind: Kind, state: &State, article: &OpenArticle) -> Result<Command, &'static str> {
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
            // After accepting, the focus is on the next suggestion: what was accepted last is meant.
            let last = article.last.as_ref().filter(|_| suggested.is_some());
            let last = last.and_then(|id| article.annotation(id));
            let source = active.or(last).and_then(|a| match a.layer {
                Layer::Quote => article
                    .linked(&a.id, &RelationKind::SaidBy)
                    .first()
                    .copied(),
                _ => Some(a),
            });
            let record = source.and_then(|a| a.entity.clone());
            Command::Describe(record.ok_or(
                "Only a source can be described: go to one, or to a quote with a speaker.",
            )?)
        }
        Kind::AboutWhom => {
            let claim = active.filter(|a| a.layer == Layer::Claim);
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
            let claim = active.filter(|a| a.layer == Layer::Claim);
            let claim = claim.ok_or("Evidence belongs to a claim: go to the claim first.")?;
            Command::AddEvidence(claim.id.clone())
        }
        Kind::Code if let Some(claim) = active.filter(|a| a.layer == Layer::Claim && !selected) => {
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

/// The sure suggestions in view that are still to be decided, quotes first: their speakers are persons too.
pub(super) fn sure_in_view<'a>(
    state: &'a State,
    article: &'a OpenArticle,
) -> impl Iterator<Item = usize> + 'a {
    let whole = Span::new(0, article.source.len());
    let view = state.in_view.unwrap_or(whole);
    let sure = move |layer: Layer| {
        let from = article.suggestions.first_from(view.start());
        let here = article.suggestions.iter().skip(from);
        here.take_while(move |(_, s)| s.hull.start() < view.end())
            .filter(move |(_, s)| s.layer == layer && s.confidence == Confidence::Sure)
            .filter(|(_, s)| state.shows(s))
            .map(|(at, _)| at)
    };
    super::suggestion::SUGGESTED.into_iter().flat_map(sure)
}

/// The next suggestion to decide: the first that begins at the focus or behind it, else the first of all.
fn next_open(state: &State, article: &OpenArticle) -> Option<usize> {
    let from = article.suggestions.first_from(article.focus.span.start());
    let next = |from| state.next_suggestion(from, Direction::Forward);
    next(from).or_else(|| next(0))
}

/// The quote that cue, relay and speaker belong to: the active one, else the one that last had the focus.
pub fn open_quote(article: &OpenArticle) -> Option<&Annotation> {
    let last = article.last.as_ref().and_then(|id| article.annotation(id));
    article
        .active()
        .filter(|a| a.layer == Layer::Quote)
        .or(last.filter(|a| a.layer == Layer::Quote))
}

/// How much of what has the focus is looked through for a quote, in bytes: an endless paragraph must not cost every
/// frame, since buttons ask whether they can do something.
const NEAR: usize = 16 << 10;

/// The first quote without a speaker that begins in a span, else the first that does.
pub fn quote_in(article: &OpenArticle, span: Span) -> Option<&Annotation> {
    let near = Span::new(span.start(), span.end().min(span.start() + NEAR));
    let quotes = article.marks.touching(near);
    let quotes = quotes.filter(|m| m.layer == Layer::Quote && !m.is_cue);
    quotes
        .filter_map(|m| article.annotation(&m.id))
        .min_by_key(|quote| (!lacks_speaker(article, quote), quote.start()))
}

/// Whether nobody said yet who says this quote.
pub fn lacks_speaker(article: &OpenArticle, quote: &Annotation) -> bool {
    article.marks.lacks_speaker(quote, &article.sidecar)
}

/// The status that M sets.
pub fn toggled(status: Status) -> Status {
    if status == Status::Done {
        Status::InWork
    } else {
        Status::Done
    }
}
