//! Moving the focus and the selection.

use super::Cx;
use crate::app::article::{ArticleKey, OpenArticle};
use crate::app::focus::{self, Direction, Focus, Level, Selection};
use crate::app::state::{Region, Tab};
use crate::model::{Id, Span};

impl Cx<'_> {
    /// Sets the focus on text: what was proposed or picked from is left behind.
    pub(super) fn set_focus(&mut self, focus: Focus) {
        self.state.pick = None;
        self.state.proposal = None;
        self.state.came_from = None;
        self.state.reveal += 1;
        self.state.said.clear();
        if let Some(article) = self.state.article_mut() {
            article.focus = focus;
            article.selection = None;
            article.active = None;
            article.stand = None;
            article.start_edge = false;
            article.is_cycling = false;
        }
    }

    pub(super) fn step(&mut self, level: Level, way: Direction) {
        let Some(article) = self.state.article() else {
            return;
        };
        if let Some(next) = stepped(article, level, way) {
            self.set_focus(next);
        }
    }

    pub(super) fn focus_at(&mut self, offset: usize, level: Level) {
        let Some(article) = self.state.article() else {
            return;
        };
        if let Some(span) = Focus::unit_at(article, level, offset) {
            self.set_focus(Focus::text(level, span));
            self.state.region = Region::Reader;
        }
    }

    pub(super) fn focus_annotation(&mut self, id: &Id) {
        let Some(article) = self.state.article() else {
            return;
        };
        let Some(annotation) = article.annotation(id) else {
            return;
        };
        // Where it may have gone is worth a look as well.
        let places = annotation.at.iter().filter_map(|t| t.place.span());
        let hull = annotation.hull().or_else(|| places.reduce(Span::hull));
        let here = article.focus.span;
        let tab = if annotation.is_unsettled() {
            Tab::More
        } else {
            Tab::of(annotation.layer)
        };
        let keep_proposal = self
            .state
            .proposal
            .as_ref()
            .is_some_and(|p| p.quotes.contains(id));
        let proposal = self.state.proposal.take().filter(|_| keep_proposal);
        match hull {
            Some(span) => self.set_focus(Focus {
                level: Level::Annotation,
                span,
                annotation: Some(id.clone()),
                suggestion: None,
            }),
            // It stands nowhere; the focus leaves whatever else it is on.
            None => self.set_focus(Focus::text(Level::Sentence, here)),
        }
        self.state.proposal = proposal;
        self.state.tab = tab;
        if let Some(article) = self.state.article_mut() {
            article.active = Some(id.clone());
            article.last = Some(id.clone());
        }
    }

    pub(super) fn select(&mut self, anchor: usize, head: usize) {
        self.state.pick = None;
        self.state.proposal = None;
        let Some(article) = self.state.article_mut() else {
            return;
        };
        let limit = article.source.len();
        let snapped = article
            .source
            .snap(Span::new(anchor.min(limit), head.min(limit)));
        let (anchor, head) = if anchor <= head {
            (snapped.start(), snapped.end())
        } else {
            (snapped.end(), snapped.start())
        };
        article.selection = Some(Selection { anchor, head });
        article.active = None;
        article.stand = None;
        let at = Focus::unit_at(article, Level::Sentence, snapped.start());
        if let Some(span) = at
            && matches!(
                article.focus.level,
                Level::Annotation | Level::Suggestion | Level::Quote | Level::Paragraph
            )
        {
            article.focus = Focus::text(Level::Sentence, span);
        }
        self.state.region = Region::Reader;
    }

    pub(super) fn extend(&mut self, level: Level, way: Direction) {
        let Some(article) = self.state.article_mut() else {
            return;
        };
        // From the focus, the selection starts at its near edge and covers it whole.
        let from = article.selection.unwrap_or_else(|| {
            let span = article.focus.span;
            match way {
                Direction::Forward => Selection {
                    anchor: span.start(),
                    head: span.end(),
                },
                Direction::Back => Selection {
                    anchor: span.end(),
                    head: span.start(),
                },
            }
        });
        let level = match level {
            Level::Quote | Level::Annotation | Level::Suggestion => Level::Word,
            other => other,
        };
        article.selection = Some(focus::extend(article, level, from, way));
        self.state.reveal += 1;
    }

    /// To the end of the sentence without its closing mark, or to its start.
    pub(super) fn extend_to(&mut self, way: Direction) {
        let Some(article) = self.state.article_mut() else {
            return;
        };
        let from = article
            .selection
            .map_or(article.focus.span.start(), |s| s.anchor);
        let at = article
            .selection
            .map_or(article.focus.span.start(), |s| s.head);
        let Some(sentence) = article.sentence_at(at) else {
            return;
        };
        let head = match way {
            Direction::Forward => without_stop(article.source.slice(sentence)) + sentence.start(),
            Direction::Back => sentence.start(),
        };
        let anchor = match (way, article.selection) {
            (Direction::Back, None) => article.focus.span.end(),
            _ => from,
        };
        article.selection = Some(Selection { anchor, head });
        self.state.reveal += 1;
    }

    pub(super) fn finer(&mut self) {
        let Some(article) = self.state.article() else {
            return;
        };
        let start = article.focus.span.start();
        let level = match article.focus.level {
            Level::Paragraph => Level::Sentence,
            Level::Sentence | Level::Quote | Level::Annotation | Level::Suggestion => Level::Word,
            Level::Word => Level::Letter,
            Level::Letter => return self.say("There is nothing finer than a letter."),
        };
        let span = match level {
            Level::Word => article.source.next_word(start),
            _ => Focus::unit_at(article, level, start),
        };
        if let Some(span) = span {
            self.set_focus(Focus::text(level, span));
        }
    }

    /// One step back: never destroys, never leaves the article.
    pub(super) fn back(&mut self) {
        if self.state.page.take().is_some() || self.close_pick().is_some() {
            return;
        }
        if let Some(article) = self.state.article_mut()
            && !article.chosen.is_empty()
        {
            article.chosen.clear();
            return;
        }
        if self.state.region != Region::Reader {
            self.state.region = Region::Reader;
            return;
        }
        if self.state.find.is_open {
            return self.close_find();
        }
        if std::mem::take(&mut self.state.only_text) {
            return;
        }
        if self.state.tour.take().is_some() {
            return self.say("The tour waits in the menu Help.");
        }
        let Some(article) = self.state.article_mut() else {
            return;
        };
        if article.selection.take().is_some() {
            return;
        }
        let start = article.focus.span.start();
        let up = match article.focus.level {
            Level::Letter => Level::Word,
            Level::Word | Level::Quote | Level::Annotation | Level::Suggestion => Level::Sentence,
            Level::Sentence | Level::Paragraph => Level::Paragraph,
        };
        if let Some(span) = Focus::unit_at(article, up, start) {
            self.set_focus(Focus::text(up, span));
        }
    }

    pub(super) fn other_edge(&mut self) {
        let Some(article) = self.state.article_mut() else {
            return;
        };
        if let Some(selection) = &mut article.selection {
            std::mem::swap(&mut selection.anchor, &mut selection.head);
            let edge = if selection.head < selection.anchor {
                "first"
            } else {
                "last"
            };
            self.state.said = format!("Shift and the arrows move the {edge} edge.");
        } else if article.focus.level == Level::Annotation {
            article.start_edge = !article.start_edge;
            let edge = if article.start_edge { "first" } else { "last" };
            self.state.said = format!("Shift and the arrows move the {edge} edge.");
        }
        self.state.reveal += 1;
    }

    /// Shows a place of an article, opening it if need be.
    pub(super) fn show_place(&mut self, key: ArticleKey, offset: usize) {
        if self.state.current.as_ref() != Some(&key) {
            let said = std::mem::take(&mut self.state.said);
            self.open_article(key.clone());
            self.state.said = said;
        }
        if self.state.current != Some(key) {
            // It is being loaded; it opens where its reader stood.
            return;
        }
        let Some(article) = self.state.article_mut() else {
            return;
        };
        // It opens where it was left, but for what one wants to see.
        article.reread.1 = 0;
        let article = &*article;
        let level = match article.focus.level {
            Level::Annotation | Level::Suggestion | Level::Quote => Level::Sentence,
            other => other,
        };
        if let Some(span) = Focus::unit_at(article, level, offset) {
            let said = std::mem::take(&mut self.state.said);
            let stands = self
                .state
                .article()
                .is_some_and(|a| a.focus.span.contains(offset) && a.focus.annotation.is_none());
            if !stands {
                self.set_focus(Focus::text(level, span));
            }
            self.state.said = said;
            self.state.reveal += 1;
        }
    }
}

/// Where a step leads.
fn stepped(article: &OpenArticle, level: Level, way: Direction) -> Option<Focus> {
    let from = article.focus.span;
    let at = article.focus.level;
    let rung = match at {
        Level::Quote | Level::Annotation | Level::Suggestion => Level::Sentence,
        other => other,
    };
    // With a selection, an arrow leaves it at the end that it points to.
    if let Some(selection) = article.selection
        && level != Level::Paragraph
    {
        let span = selection.span();
        let offset = match way {
            Direction::Forward => article.source.prev_grapheme(span.end()).max(span.start()),
            Direction::Back => span.start(),
        };
        return Focus::unit_at(article, rung, offset).map(|s| Focus::text(rung, s));
    }
    if level == Level::Paragraph && at != Level::Paragraph {
        // ↓ from a sentence goes to the first sentence of the next paragraph, and so on for words and letters.
        let block = article.block_at(from.start());
        let next = match way {
            Direction::Forward => article.segments.blocks.get(block + 1)?,
            Direction::Back => {
                let here = article.segments.blocks.get(block)?;
                let first = Focus::unit_at(article, rung, here.span.start())?;
                if first.end() <= from.start() {
                    here
                } else {
                    article.segments.blocks.get(block.checked_sub(1)?)?
                }
            }
        };
        let span = match rung {
            Level::Word => article.source.next_word(next.span.start())?,
            _ => Focus::unit_at(article, rung, next.span.start())?,
        };
        return Some(Focus::text(rung, span));
    }
    Focus::step(article, level, from, way).map(|span| {
        let level = match level {
            Level::Quote | Level::Annotation | Level::Suggestion => Level::Sentence,
            other => other,
        };
        Focus::text(level, span)
    })
}

/// Length of a sentence without the mark that closes it.
pub(super) fn without_stop(sentence: &str) -> usize {
    sentence
        .trim_end_matches(['.', '!', '?', '…', '。', '！', '？', ',', ';'])
        .len()
}
