//! From a command of the catalogue to what it means now, or to the sentence why it cannot be done.
//!
//! The sentence greys the button and explains itself.

mod change;

use self::change::change;
use super::article::OpenArticle;
use super::beside::open_or_close;
use super::catalogue::CommandKind as Kind;
use super::cite::cited;
use super::command::Command;
use super::find::Find;
use super::focus::{Direction, Level, Selection};
use super::pick::Pick;
use super::state::{Field, Page, State};
use crate::model::{Annotation, Layer, Span, Status};
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
        Kind::OpenMenu => state
            .folder
            .as_ref()
            .map(|_| Command::OpenMenu)
            .ok_or(NO_FOLDER)?,
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
