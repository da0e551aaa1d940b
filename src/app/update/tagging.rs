//! Tags on spans: making, extending, moving, changing and removing annotations.

use super::Cx;
use crate::app::article::{ArticleKey, DocId, OpenArticle};
use crate::app::focus::{self, Direction, Level, Selection};
use crate::app::notice::Message;
use crate::app::pick::Purpose;
use crate::app::state::Tab;
use crate::app::wording::quoted;
use crate::model::{Annotation, Attrs, Edit, Extra, Id, Layer, Origin, Place, Span, Target};
use crate::text;

impl Cx<'_> {
    pub(super) fn tag(&mut self, layer: Layer, spans: &[Span]) {
        let Some(article) = self.state.article() else {
            return;
        };
        let selected = article.selection.is_some_and(|s| !s.span().is_empty());
        let coarse = matches!(
            article.focus.level,
            Level::Paragraph | Level::Sentence | Level::Quote
        ) && !selected;
        if coarse && layer == Layer::Person {
            return self.open_pick(Purpose::Tag(layer));
        }
        let spans = match (layer, article.focus.level, spans) {
            // P on a word of a longer name takes the whole name.
            (Layer::Person, Level::Word, [word]) if !selected => vec![whole_name(article, *word)],
            (Layer::Person | Layer::Source, _, [span]) => vec![without_possessive(article, *span)],
            _ => spans.to_vec(),
        };
        self.tag_exactly(layer, &spans);
    }

    /// Tags just these spans. Returns the annotation, new or found.
    pub(super) fn tag_exactly(&mut self, layer: Layer, spans: &[Span]) -> Option<Id> {
        self.state.last_tag = Some(layer);
        if let Some(there) = self.same(layer, spans) {
            self.show_active(&there, layer);
            self.say(format!("This {} is tagged already.", layer.name()));
            return Some(there);
        }
        let mut edits = Vec::new();
        let mut annotation = self.new_annotation(layer, spans, Origin::Hand)?;
        if matches!(layer, Layer::Person | Layer::Source) {
            let record = self.record_for(spans[0], layer, None, &[]);
            annotation.entity = Some(record.id);
            edits.extend(record.edits);
        }
        let id = annotation.id.clone();
        let words = quoted(&annotation.exact());
        edits.push(Edit::Annotation(id.clone(), Some(Box::new(annotation))));
        if self.commit(&format!("tag {} {words}", layer.name()), edits) {
            self.after_tag(&id, layer);
            return Some(id);
        }
        None
    }

    /// Shows a fresh annotation in the panel; the focus stays where it is, so that the next arrow goes on from there.
    pub(super) fn after_tag(&mut self, id: &Id, layer: Layer) {
        self.state.pick = None;
        self.state.last_tag = Some(layer);
        self.show_active(id, layer);
        if let Some(article) = self.state.article_mut()
            && let Some(selection) = article.selection.take()
        {
            // The caret stays behind what was selected, on the rung where it was.
            let offset = selection.span().start();
            if let Some(span) = focus::Focus::unit_at(article, article.focus.level, offset) {
                article.focus = focus::Focus::text(article.focus.level, span);
            }
        }
    }

    fn show_active(&mut self, id: &Id, layer: Layer) {
        self.state.tab = Tab::of(layer);
        if let Some(article) = self.state.article_mut() {
            article.active = Some(id.clone());
            article.last = Some(id.clone());
        }
    }

    /// An annotation of that layer on exactly these spans.
    pub(super) fn same(&self, layer: Layer, spans: &[Span]) -> Option<Id> {
        let article = self.state.article()?;
        let found = article
            .marks
            .touching(*spans.first()?)
            .filter(|m| m.layer == layer && !m.is_cue);
        found
            .filter_map(|m| article.annotation(&m.id))
            .find(|a| a.spans().eq(spans.iter().copied()))
            .map(|a| a.id.clone())
    }

    /// A new annotation, not yet in the article that is shown.
    pub(super) fn new_annotation(
        &mut self,
        layer: Layer,
        spans: &[Span],
        origin: Origin,
    ) -> Option<Annotation> {
        let key = self.state.current.clone()?;
        self.annotation_in(&key, layer, spans, origin)
    }

    /// A new annotation, not yet in an article that is in memory.
    pub(super) fn annotation_in(
        &mut self,
        key: &ArticleKey,
        layer: Layer,
        spans: &[Span],
        origin: Origin,
    ) -> Option<Annotation> {
        let id = self.mint_in(Some(key));
        let now = self.env.now();
        let by = self.state.settings.coder.clone();
        if by.is_empty() {
            self.ask_name();
        }
        let article = self.state.articles.get(key)?;
        let at = targets(article, spans);
        if at.is_empty() {
            return None;
        }
        Some(Annotation {
            id,
            layer,
            at,
            cue: Vec::new(),
            entity: None,
            attrs: Attrs::default(),
            note: String::new(),
            origin,
            by: by.into(),
            created: now.as_str().into(),
            modified: now.into(),
            extra: Extra::default(),
        })
    }

    /// A changed copy of an annotation, with its time.
    pub(super) fn changed(
        &self,
        id: &Id,
        change: impl FnOnce(&mut Annotation, &OpenArticle),
    ) -> Option<Edit> {
        let article = self.state.article()?;
        let mut annotation = article.annotation(id)?.clone();
        change(&mut annotation, article);
        annotation.modified = self.env.now().into();
        if annotation.origin == Origin::Accepted {
            annotation.origin = Origin::Edited;
        }
        Some(Edit::Annotation(id.clone(), Some(Box::new(annotation))))
    }

    pub(super) fn add_fragment(&mut self, id: &Id, spans: &[Span]) {
        let mut overlapping = false;
        let edit = self.changed(id, |annotation, article| {
            let mut all: Vec<Span> = annotation.spans().chain(spans.iter().copied()).collect();
            all.sort();
            overlapping = all.windows(2).any(|pair| pair[0].overlaps(pair[1]));
            annotation.at.extend(targets(article, spans));
            annotation
                .at
                .sort_by_key(|t| t.span().map_or(usize::MAX, Span::start));
        });
        if overlapping {
            return self.say("These words are part of the annotation already.");
        }
        if let Some(edit) = edit {
            let layer = self
                .state
                .article()
                .and_then(|a| a.annotation(id))
                .map(|a| a.layer);
            if self.commit("add a fragment", vec![edit]) {
                self.after_tag(id, layer.unwrap_or(Layer::Quote));
            }
        }
    }

    pub(super) fn set_cue(&mut self, id: &Id, spans: &[Span]) {
        let name = if spans.is_empty() {
            "remove the cue"
        } else {
            "set the cue"
        };
        let edit = self.changed(id, |annotation, article| {
            annotation.cue = targets(article, spans)
        });
        if let Some(edit) = edit
            && self.commit(name, vec![edit])
        {
            self.after_tag(id, Layer::Quote);
        }
    }

    pub(super) fn nudge(&mut self, id: &Id, way: Direction) {
        let Some(article) = self.state.article() else {
            return;
        };
        let start_edge = article.start_edge;
        let mut is_moved = false;
        let edit = self.changed(id, |annotation, article| {
            let mut placed: Vec<usize> = (0..annotation.at.len())
                .filter(|i| annotation.at[*i].span().is_some())
                .collect();
            placed.sort_by_key(|i| annotation.at[*i].span());
            let which = if start_edge {
                placed.first()
            } else {
                placed.last()
            };
            let Some((index, span)) = which.and_then(|i| Some((*i, annotation.at[*i].span()?)))
            else {
                return;
            };
            let from = if start_edge {
                Selection {
                    anchor: span.end(),
                    head: span.start(),
                }
            } else {
                Selection {
                    anchor: span.start(),
                    head: span.end(),
                }
            };
            let moved = focus::extend(article, Level::Word, from, way).span();
            let others = placed
                .iter()
                .filter(|i| **i != index)
                .filter_map(|i| annotation.at[*i].span());
            is_moved = moved != span
                && !moved.is_empty()
                && others.into_iter().all(|other| !other.overlaps(moved));
            if is_moved {
                annotation.at[index] = target(article, moved);
            }
        });
        let Some(edit) = edit.filter(|_| is_moved) else {
            return self.say("This edge goes no further that way.");
        };
        if self.commit_merging("move an edge", vec![edit], Some(format!("nudge {id}")))
            && let Some(article) = self.state.article_mut()
            && let Some(hull) = article.annotation(id).and_then(Annotation::hull)
        {
            article.focus.span = hull;
            self.state.reveal += 1;
        }
    }

    /// Removes every annotation of the article, with what hangs on it.
    pub(super) fn clear_tags(&mut self) {
        let Some(article) = self.state.article() else {
            return;
        };
        let sidecar = &article.sidecar;
        let relations = sidecar.relations.keys().cloned();
        let mut edits: Vec<Edit> = relations.map(|id| Edit::Relation(id, None)).collect();
        let idle = sidecar.cast.values();
        let idle = idle.filter(|entry| entry.attrs.is_empty() && entry.extra.is_empty());
        edits.extend(idle.map(|entry| Edit::Cast(entry.id.clone(), None)));
        let annotations = sidecar.annotations.keys().cloned();
        edits.extend(annotations.map(|id| Edit::Annotation(id, None)));
        let count = sidecar.annotations.len();
        let name = match count {
            1 => "clear the tag of this article".to_owned(),
            _ => format!("clear all {count} tags of this article"),
        };
        let start = article.focus.span.start();
        let key = article.key.clone();
        if self.commit(&name, edits) {
            self.state.pick = None;
            self.state.proposal = None;
            self.show_place(key, start);
            let depth = self.state.history.depth();
            self.notify(Message::cleared(count, depth));
        }
    }

    pub(super) fn repeat(&mut self) {
        let Some(layer) = self.state.last_tag else {
            return self.say("Nothing was tagged yet.");
        };
        let spans = self
            .state
            .article()
            .map(OpenArticle::target)
            .unwrap_or_default();
        if layer == Layer::Code {
            return self.repeat_code();
        }
        if layer == Layer::Quote && self.state.article().is_some_and(|a| a.selection.is_none()) {
            self.propose_quote(spans);
        } else if !spans.is_empty() {
            self.tag(layer, &spans);
        }
    }

    /// The row of the list and the status, after an article changed.
    pub(super) fn row_changed(&mut self, doc: &DocId) {
        let DocId::Article(key) = doc else {
            return;
        };
        let Some(article) = self.state.articles.get(key) else {
            return;
        };
        let (status, tags) = (article.sidecar.status, article.marks.total());
        if let Some(folder) = &mut self.state.folder
            && let Some(at) = folder.rows.at(key)
        {
            folder.rows.set_work(at, status, tags);
        }
    }
}

/// A target on a span of the open text.
pub(super) fn target(article: &OpenArticle, span: Span) -> Target {
    let span = article.source.snap(span);
    Target {
        selector: text::describe(&article.source, span),
        place: Place::Placed(span),
    }
}

/// Targets on spans, empty ones left out, in text order.
pub(super) fn targets(article: &OpenArticle, spans: &[Span]) -> Vec<Target> {
    let mut spans: Vec<Span> = spans.iter().copied().filter(|s| !s.is_empty()).collect();
    spans.sort();
    spans
        .into_iter()
        .map(|span| target(article, span))
        .collect()
}

/// The whole name that a word is part of, as far as the rules know it.
fn whole_name(article: &OpenArticle, word: Span) -> Span {
    let known = article.analysis.as_ref().and_then(|analysis| {
        let mut mentions = analysis.people.touching(word);
        mentions.next().map(|mention| mention.span)
    });
    known.unwrap_or_else(|| without_possessive(article, word))
}

/// A name without the ’s behind it.
pub(super) fn without_possessive(article: &OpenArticle, span: Span) -> Span {
    let words = article.source.slice(span);
    let bare = ["’s", "'s", "‘s"]
        .iter()
        .find_map(|ending| words.strip_suffix(ending));
    // "the workers’" loses its mark; ‘the boss’ in quotation marks keeps both.
    let plural = || {
        let bare = words.strip_suffix(['’', '\''])?;
        (bare.ends_with('s') && !words.starts_with(['‘', '\''])).then_some(bare)
    };
    let bare = bare.or_else(plural);
    match bare {
        Some(bare) if !bare.is_empty() && !bare.ends_with(char::is_whitespace) => {
            Span::new(span.start(), span.start() + bare.len())
        }
        _ => span,
    }
}
