//! Walking from thing to thing: quotes, annotations and suggestions, records, what overlaps.

use super::Cx;
use crate::app::alike::InTurn;
use crate::app::focus::{Direction, Focus, Level};
use crate::app::marks::Mark;
use crate::app::state::Region;
use crate::model::{Id, Layer, Span};

impl Cx<'_> {
    pub(super) fn step_quote(&mut self, way: Direction) {
        let Some(article) = self.state.article() else {
            return;
        };
        let quotes = &article.segments.quotes;
        let from = article.focus.span;
        let at_quote = article.focus.level == Level::Quote;
        let next = match way {
            Direction::Forward => {
                let at = quotes
                    .partition_point(|q| q.span.start() < from.start() + usize::from(at_quote));
                quotes.get(at)
            }
            Direction::Back => {
                let at = quotes.partition_point(|q| q.span.start() < from.start());
                at.checked_sub(1).map(|i| &quotes[i])
            }
        };
        match next.map(|q| q.span) {
            Some(span) => {
                self.set_focus(Focus::text(Level::Quote, span));
                // A passage that is tagged shows its annotation.
                let tagged = self.state.article().and_then(|article| {
                    let mut marks = article.marks.touching(span);
                    let of =
                        |m: &&Mark| m.layer == Layer::Quote && !m.is_cue && span.covers(m.span);
                    marks.find(of).map(|m| m.id.clone())
                });
                if let Some(article) = self.state.article_mut()
                    && tagged.is_some()
                {
                    article.active.clone_from(&tagged);
                    article.last = tagged;
                }
            }
            None if quotes.is_empty() => self.say("No quotation marks in this article."),
            None => self.say("No further quote that way."),
        }
    }

    /// To the next annotation, or suggestion that is still to be decided, whichever is nearer.
    pub(super) fn step_annotation(&mut self, way: Direction) {
        let Some(article) = self.state.article() else {
            return;
        };
        let focused = article.focus.annotation.as_ref();
        let focused = focused.and_then(|id| article.annotation(id));
        let place = |span: Span| (span.start(), usize::MAX - span.end());
        // Where an annotation and a suggestion begin and end alike, the annotation comes first.
        let (here, from) = match (
            focused.and_then(|a| Some((a, a.hull()?))),
            article.focus.suggestion,
        ) {
            (Some((a, hull)), _) => {
                let (start, end) = place(hull);
                let behind = article.suggestions.first_at((start, end));
                ((start, end, a.id.clone()), behind)
            }
            (None, Some(at)) => {
                let hull = article
                    .suggestions
                    .get(at)
                    .map_or(article.focus.span, |s| s.hull);
                let (start, end) = place(hull);
                let next = at + usize::from(way == Direction::Forward);
                ((start, end, Id::new("\u{10FFFF}")), next)
            }
            // Text that has the focus: what begins with it counts as ahead.
            (None, None) => {
                let start = article.focus.span.start();
                (
                    (start, 0, Id::new("")),
                    article.suggestions.first_at((start, 0)),
                )
            }
        };
        let placed = |at: usize| Some((place(article.suggestions.get(at)?.hull), at));
        let readonly = article.readonly.is_some();
        let in_turn = InTurn {
            set: article.marks.order(),
            article,
            codes: &self.state.codes,
        };
        let annotation = in_turn.next(&here, way);
        let suggestion = self.state.next_suggestion(from, way).and_then(placed);
        let annotation = annotation.map(|(start, end, id)| ((*start, *end), id.clone()));
        let suggestion = suggestion.filter(|_| !readonly);
        let is_nearer = match (&annotation, &suggestion) {
            (Some((a, _)), Some((s, _))) if way == Direction::Forward => s < a,
            (Some((a, _)), Some((s, _))) => s >= a,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        match (annotation, suggestion) {
            (_, Some((_, at))) if is_nearer => self.focus_suggestion(at),
            (Some((_, id)), _) => self.focus_annotation(&id),
            _ => {
                let is_bare = article.marks.total() == 0;
                self.step_region(way);
                if is_bare {
                    self.say("Nothing is tagged yet. C marks a claim, Q a quote.");
                }
            }
        }
    }

    pub(super) fn cycle(&mut self) {
        let Some(article) = self.state.article() else {
            return;
        };
        let at = article.focus.span;
        let touching = article.marks.touching(at).filter(|m| !m.is_cue);
        let mut here: Vec<_> = touching
            .filter_map(|m| {
                let turn = self.state.codes.turn_of(article.annotation(&m.id)?);
                Some((m.span.start(), usize::MAX - m.span.end(), turn, &m.id))
            })
            .collect();
        here.sort_unstable();
        here.dedup_by_key(|one| one.3);
        if here.is_empty() {
            return self.say("No annotation lies here.");
        }
        let current = article
            .active
            .as_ref()
            .and_then(|id| here.iter().position(|one| one.3 == id));
        let next = current.map_or(0, |i| (i + 1) % here.len());
        let (id, count) = (here[next].3.clone(), here.len());
        // The focus keeps the extent it had, so that the circle stays the same.
        self.focus_annotation(&id);
        if let Some(article) = self.state.article_mut() {
            article.focus.span = at;
            article.is_cycling = count > 1;
        }
        self.say(format!("{} of {count} that overlap here.", next + 1));
    }

    pub(super) fn go_record(&mut self) {
        if let Some((key, focus)) = self.state.came_from.take() {
            self.state.region = Region::Reader;
            if self.state.current.as_ref() != Some(&key) {
                self.open_article(key);
                return;
            }
            match focus.annotation.clone() {
                Some(id) => self.focus_annotation(&id),
                None => self.set_focus(focus),
            }
            return;
        }
        let Some(article) = self.state.article() else {
            return;
        };
        let here = (article.key.clone(), article.focus.clone());
        let of_active = article.active().map(|a| match a.layer {
            Layer::Quote => article
                .linked(&a.id, &crate::model::RelationKind::SaidBy)
                .first()
                .map(|s| s.id.clone()),
            Layer::Person | Layer::Source => Some(a.id.clone()),
            _ => None,
        });
        match of_active.flatten() {
            Some(id) => {
                self.focus_annotation(&id);
                self.state.came_from = Some(here);
                self.state.region = Region::Panel;
                self.state.wants_field = Some(crate::app::state::Field::Name);
            }
            None => self
                .say("Persons, sources and quotes with a speaker have a record: go to one first."),
        }
    }
}
