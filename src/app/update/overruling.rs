//! Decisions against the segmenter, and the segments that follow them.
//!
//! A decision that takes back an earlier one removes that; one that was written down before its place became uncertain
//! is replaced when it is made again. The segmenter runs in a job, and until it answers the old segments stand; only
//! the focus goes ahead.

use std::sync::Arc;

use super::Cx;
use crate::app::article::{ArticleKey, Awaited, DocId, OpenArticle};
use crate::app::effect::Effect;
use crate::app::focus::{Focus, Level};
use crate::model::{Edit, Extra, Override, OverrideKind, Place, Segments, Span, Target};
use crate::text;

impl Cx<'_> {
    pub(super) fn split_sentence(&mut self, at: usize) {
        let Some(article) = self.state.article() else {
            return;
        };
        let source = &article.source;
        let Some(sentence) = article.sentence_at(at) else {
            return;
        };
        let Some((place, tail)) = text::split_place(source, sentence, at) else {
            return;
        };
        let head = Span::new(sentence.start(), place.end());
        let joined = text::join_place(source, head, tail);
        let decisions = decide(article, OverrideKind::Split, &[place], |o, _| {
            o.make == OverrideKind::Join && o.at.span() == Some(joined)
        });
        let focus = Focus::text(Level::Sentence, tail);
        self.overrule("split the sentence", decisions, focus);
    }

    pub(super) fn join_sentences(&mut self, first: Span, next: Span) {
        let Some(article) = self.state.article() else {
            return;
        };
        let place = text::join_place(&article.source, first, next);
        let decisions = decide(article, OverrideKind::Join, &[place], |o, _| {
            let cut = o.at.span().map(Span::end);
            o.make == OverrideKind::Split && cut == Some(first.end())
        });
        let focus = Focus::text(Level::Sentence, first.hull(next));
        self.overrule("join the sentences", decisions, focus);
    }

    pub(super) fn make_quote(&mut self, spans: &[Span]) {
        let Some(article) = self.state.article() else {
            return;
        };
        let focus = &article.focus;
        let selected = article.selection.is_some_and(|s| !s.span().is_empty());
        let here = |o: &Override, make| o.make == make && spans.iter().any(|s| overlaps(o, *s));
        let refused: Vec<Span> = article
            .sidecar
            .overrides
            .iter()
            .filter(|o| here(o, OverrideKind::NotAQuote))
            .filter_map(|o| o.at.span())
            .collect();
        let on = |span: Span| match focus.level {
            Level::Annotation if !selected => focus.clone(),
            _ => Focus::text(Level::Quote, span),
        };
        let mut kept = article.sidecar.overrides.clone();
        kept.retain(|o| !here(o, OverrideKind::NotAQuote));
        if let ([first, ..], false) = (&refused[..], selected) {
            let focus = on(*first);
            return self.overrule("mark as a quote again", kept, focus);
        }
        kept.retain(|o| !here(o, OverrideKind::Quote));
        let focus = spans
            .iter()
            .copied()
            .reduce(Span::hull)
            .map_or_else(|| focus.clone(), on);
        let decisions = with(article, kept, OverrideKind::Quote, spans);
        self.overrule("mark as a quote", decisions, focus);
    }

    pub(super) fn unmake_quote(&mut self, runs: &[Span]) {
        let Some(article) = self.state.article() else {
            return;
        };
        let decisions = decide(article, OverrideKind::NotAQuote, runs, |o, run| {
            o.make == OverrideKind::Quote && overlaps(o, run)
        });
        let focus = &article.focus;
        let selected = article.selection.is_some_and(|s| !s.span().is_empty());
        let sentence = runs
            .first()
            .and_then(|run| article.sentence_at(run.start()));
        let focus = match sentence {
            Some(sentence) if selected || focus.level == Level::Quote => {
                Focus::text(Level::Sentence, sentence)
            }
            _ => focus.clone(),
        };
        self.overrule("mark as no quote", decisions, focus);
    }

    /// Writes decisions down as one step; the focus goes where they lead.
    fn overrule(&mut self, name: &str, decisions: Vec<Override>, focus: Focus) {
        let is_new = |a: &OpenArticle| a.sidecar.overrides != decisions;
        if !self.state.article().is_some_and(is_new) {
            return self.say("That is decided already.");
        }
        if !self.commit(name, vec![Edit::Overrides(decisions)]) {
            return;
        }
        let said = std::mem::take(&mut self.state.said);
        if self.state.article().is_some_and(|a| a.focus != focus) {
            self.set_focus(focus);
        } else if let Some(article) = self.state.article_mut() {
            article.selection = None;
        }
        let undo = self
            .state
            .keymap
            .taught(crate::app::catalogue::CommandKind::Undo);
        self.say(format!("{said}. {undo} takes it back."));
    }

    /// Asks for the segments of an article again where its decisions have changed.
    pub(super) fn follow_overrides(&mut self, doc: &DocId) {
        let DocId::Article(key) = doc else {
            return;
        };
        if let Some(article) = self.state.articles.get_mut(key)
            && *article.decided != article.sidecar.overrides
        {
            article.decided = Arc::new(article.sidecar.overrides.clone());
            article.awaits = Some(Awaited::Segments);
            self.effects.push(segment(article));
        }
    }

    /// Takes over what the segmenter found, unless something else was decided since.
    pub(super) fn take_segments(
        &mut self,
        key: &ArticleKey,
        decided: &Arc<Vec<Override>>,
        segments: Segments,
    ) {
        let Some(article) = self.state.articles.get_mut(key) else {
            return;
        };
        if !Arc::ptr_eq(&article.decided, decided) {
            return;
        }
        // Blocks are as they were, and so is the index of marks, which is kept by block.
        article.segments = Arc::new(segments);
        article.refocus();
        article.awaits = None;
        article.analysed_with = None;
        self.analyse(key);
        if self.state.current.as_ref() == Some(key) {
            self.state.reveal += 1;
        }
    }
}

/// The job that finds the segments of an article by its newest decisions.
pub(super) fn segment(article: &OpenArticle) -> Effect {
    Effect::Segment {
        key: article.key.clone(),
        source: article.source.clone(),
        decided: article.decided.clone(),
    }
}

fn overlaps(decision: &Override, span: Span) -> bool {
    decision.at.span().is_some_and(|at| at.overlaps(span))
}

/// The decisions of an article, and one more for each place, or less those that it takes back.
fn decide(
    article: &OpenArticle,
    make: OverrideKind,
    places: &[Span],
    is_opposite: impl Fn(&Override, Span) -> bool,
) -> Vec<Override> {
    let mut decisions = article.sidecar.overrides.clone();
    let mut fresh = Vec::new();
    for &place in places {
        let before = decisions.len();
        decisions.retain(|o| !is_opposite(o, place));
        if decisions.len() == before {
            fresh.push(place);
        }
    }
    with(article, decisions, make, &fresh)
}

/// Decisions with one more for each place that has none yet, by start, as they stand in the file.
fn with(
    article: &OpenArticle,
    mut decisions: Vec<Override>,
    make: OverrideKind,
    places: &[Span],
) -> Vec<Override> {
    for &span in places {
        let place = Place::Placed(span);
        if decisions
            .iter()
            .any(|o| o.make == make && o.at.place == place)
        {
            continue;
        }
        // The same decision on words that were edited: now its place is certain.
        decisions.retain(|o| o.make != make || o.at.place.suggestion() != Some(span));
        decisions.push(Override {
            at: Target {
                selector: text::describe(&article.source, span),
                place,
            },
            make: make.clone(),
            extra: Extra::default(),
        });
    }
    decisions.sort_by_key(|o| o.at.selector.start);
    decisions
}
