//! The pick list: making its answers, narrowing it, choosing.

use std::collections::HashSet;

use super::Cx;
use super::candidates::Candidates;
use crate::app::article::OpenArticle;
use crate::app::command::Subject;
use crate::app::pick::{Choice, Pick, PickItem, Purpose};
use crate::app::wording::shorten;
use crate::model::{CLAIM_AXES, Edit, Id, Layer, Origin, RelationKind, Span, Vocabulary, axis};
use crate::suggest::{self, People};

/// How many tags and names before and behind a place are looked at for somebody who may speak there.
const NEAR: usize = 1000;

impl Cx<'_> {
    pub(super) fn open_pick(&mut self, purpose: Purpose) {
        let Some(article) = self.state.article() else {
            return;
        };
        let nothing = |label: &str| PickItem {
            label: label.to_owned(),
            detail: String::new(),
            choice: Choice::Nothing,
        };
        let (items, zero) = match &purpose {
            Purpose::SaidBy(id) => (
                self.speakers_of(article, id, &RelationKind::SaidBy),
                Some(nothing("no source stated")),
            ),
            Purpose::Suggested(at) => (
                self.other_speakers(article, *at),
                Some(nothing("no source stated")),
            ),
            Purpose::ClaimedBy(id) => (
                self.speakers_of(article, id, &RelationKind::ClaimedBy),
                Some(nothing("no source stated")),
            ),
            Purpose::RelayedBy(id) => (
                self.speakers_of(article, id, &RelationKind::RelayedBy),
                Some(nothing("nobody")),
            ),
            Purpose::About(id) => (self.persons(article, id), Some(nothing("nobody"))),
            Purpose::Tag(layer) => (self.names_here(article, *layer), None),
            Purpose::Cue(id) => (cues(article, id), Some(nothing("no cue"))),
            Purpose::Verdict(_) => {
                axis(CLAIM_AXES, "verdict").map_or_else(Default::default, values)
            }
            Purpose::Axis(_, axis) => values(axis),
            Purpose::Code => (self.code_items(true), None),
            Purpose::Retag(ids) => (self.retag_items(ids), None),
            Purpose::Record(id) => (self.records(article, id), Some(nothing("no record"))),
            Purpose::Occurrences(like) => return self.all_occurrences(&like.id.clone()),
        };
        let about = match &purpose {
            Purpose::Axis(Subject::Cast(record), _) => {
                let cast = article.sidecar.cast.get(record);
                cast.map(|cast| shorten(&cast.name, 32))
            }
            _ => None,
        };
        match (&purpose, items.as_slice()) {
            (Purpose::Tag(layer), []) => {
                let is_tagged = self.state.article().is_some_and(|a| has_mention(a, *layer));
                self.say(if is_tagged {
                    "Every name found here is tagged already."
                } else {
                    "No name found here. W goes to the words, Shift + arrows select."
                });
            }
            // One name only: it is meant.
            (Purpose::Tag(_), [only]) => {
                let choice = only.choice.clone();
                self.answer(purpose, choice);
            }
            _ => {
                self.state.pick = Some(Pick {
                    about,
                    purpose,
                    items,
                    zero,
                    filter: String::new(),
                    left_out: Default::default(),
                    at: None,
                    waits: None,
                });
            }
        }
    }

    /// Who else may say a tagged quote; whoever is linked already is no answer, under any of its mentions.
    fn speakers_of(&self, article: &OpenArticle, id: &Id, kind: &RelationKind) -> Vec<PickItem> {
        let annotation = article.annotation(id);
        let Some(hull) = annotation.and_then(crate::model::Annotation::hull) else {
            return Vec::new();
        };
        let mut list = Candidates::default();
        for speaker in article.linked(id, kind) {
            list.leave_out(self, article, speaker);
        }
        self.speakers(article, hull, list)
    }

    /// Who else may say a suggested quote; the one that is suggested is no answer.
    fn other_speakers(&self, article: &OpenArticle, at: usize) -> Vec<PickItem> {
        let suggestion = article.suggestions.get(at);
        let Some(hull) = suggestion.and_then(|s| s.spans.iter().copied().reduce(Span::hull)) else {
            return Vec::new();
        };
        let mut list = Candidates::default();
        for name in suggestion
            .into_iter()
            .flat_map(|s| article.speaker_names(s))
        {
            list.leave_out_name(&name);
        }
        self.speakers(article, hull, list)
    }

    /// Who may be meant as a speaker: this paragraph first, then those around it, then whoever spoke before.
    fn speakers(&self, article: &OpenArticle, hull: Span, mut list: Candidates) -> Vec<PickItem> {
        let block = article.block_at(hull.start());
        for distance in [0, 1, 2] {
            let mut near = vec![block.checked_sub(distance)];
            if distance == 1 {
                near.push(Some(block + 1));
            }
            for at in near.into_iter().flatten() {
                self.marked(article, at, hull, &mut list);
                self.found(article, at, hull, &mut list);
            }
        }
        // Everybody else who is tagged, the latest before this place first.
        let key = (hull.start(), 0, Id::new(""));
        for (_, _, other) in article
            .marks
            .before(&key)
            .chain(article.marks.after(&key))
            .take(NEAR)
        {
            if let Some(a) = article.annotation(other)
                && matches!(a.layer, Layer::Source | Layer::Person)
            {
                list.add_annotation(self, article, a);
            }
        }
        // At last, those whom the rules know by name.
        if let Some(analysis) = &article.analysis {
            let all = &analysis.people.mentions;
            let here = all.partition_point(|m| m.span.start() < hull.start());
            let near = here.saturating_sub(NEAR)..(here + NEAR).min(all.len());
            let mut mentions: Vec<_> = all[near].iter().collect();
            mentions.sort_by_key(|m| gap(m.span, hull));
            for mention in mentions.into_iter().filter(|m| !hull.covers(m.span)) {
                let name = analysis.people.names.get(mention.person);
                let detail = format!("¶{}", article.block_at(mention.span.start()) + 1);
                list.add(
                    name.cloned().unwrap_or_default(),
                    detail,
                    Choice::Span(mention.span, None),
                );
            }
        }
        list.items
    }

    /// Tagged sources and persons of a block, outside the words themselves, nearest first.
    fn marked(&self, article: &OpenArticle, block: usize, hull: Span, list: &mut Candidates) {
        let mut marks: Vec<_> = article
            .marks_in(block)
            .filter(|m| matches!(m.layer, Layer::Source | Layer::Person) && !hull.covers(m.span))
            .collect();
        marks.sort_by_key(|m| (m.layer != Layer::Source, gap(m.span, hull)));
        for mark in marks {
            if let Some(annotation) = article.annotation(&mark.id) {
                list.add_annotation(self, article, annotation);
            }
        }
    }

    /// Names and unnamed sources that the rules find in a block.
    fn found(&self, article: &OpenArticle, block: usize, hull: Span, list: &mut Candidates) {
        let Some(within) = article.segments.blocks.get(block).map(|b| b.span) else {
            return;
        };
        let nobody = People::default();
        let people = article.analysis.as_ref().map_or(&nobody, |a| &a.people);
        let text = article.source.as_str();
        let found = suggest::source_candidates(text, &article.segments, people, within);
        for candidate in found.into_iter().filter(|c| !hull.covers(c.span)) {
            list.add(
                candidate.name,
                format!("¶{}", block + 1),
                Choice::Span(candidate.span, None),
            );
        }
    }

    /// Persons that a claim may be about: those named in it, then those near.
    fn persons(&self, article: &OpenArticle, id: &Id) -> Vec<PickItem> {
        let Some(hull) = article
            .annotation(id)
            .and_then(crate::model::Annotation::hull)
        else {
            return Vec::new();
        };
        let mut list = Candidates::default();
        let block = article.block_at(hull.start());
        let mut tagged: Vec<_> = article
            .marks_in(block)
            .filter(|m| m.layer == Layer::Person)
            .collect();
        tagged.sort_by_key(|m| (!hull.overlaps(m.span), m.span.start()));
        for mark in tagged {
            if let Some(annotation) = article.annotation(&mark.id) {
                list.add_annotation(self, article, annotation);
            }
        }
        if let (Some(analysis), Some(within)) =
            (&article.analysis, article.segments.blocks.get(block))
        {
            let mut inside: Vec<_> = analysis.people.within(within.span).collect();
            inside.sort_by_key(|m| (!hull.overlaps(m.span), m.span.start()));
            for mention in inside {
                let name = analysis
                    .people
                    .names
                    .get(mention.person)
                    .cloned()
                    .unwrap_or_default();
                list.add(name, String::new(), Choice::Span(mention.span, None));
            }
        }
        list.items
    }

    /// Names in what has the focus that are not tagged yet.
    fn names_here(&self, article: &OpenArticle, layer: Layer) -> Vec<PickItem> {
        let Some(within) = article.target().into_iter().reduce(Span::hull) else {
            return Vec::new();
        };
        let tagged = |span: Span| {
            let mut marks = article.marks.touching(span);
            marks.any(|m| matches!(m.layer, Layer::Person | Layer::Source))
        };
        let nobody = People::default();
        let people = article.analysis.as_ref().map_or(&nobody, |a| &a.people);
        let mut items: Vec<PickItem> = Vec::new();
        if layer == Layer::Person {
            for mention in people.within(within).filter(|m| !tagged(m.span)) {
                items.push(PickItem {
                    label: article.source.slice(mention.span).to_owned(),
                    detail: String::new(),
                    choice: Choice::Span(mention.span, None),
                });
            }
            if items.len() > 1 {
                let all = PickItem {
                    label: format!("all {}", items.len()),
                    detail: String::new(),
                    choice: Choice::All,
                };
                items.push(all);
            }
            return items;
        }
        let text = article.source.as_str();
        let found = suggest::source_candidates(text, &article.segments, people, within);
        for candidate in found.into_iter().filter(|c| !tagged(c.span)) {
            items.push(PickItem {
                label: candidate.name,
                detail: String::new(),
                choice: Choice::Span(candidate.span, None),
            });
        }
        items
    }

    /// All names of the open pick list, each a mention of its own, as one step.
    pub(super) fn tag_all(&mut self, layer: Layer) {
        let Some(article) = self.state.article() else {
            return;
        };
        let spans: Vec<Span> = self
            .names_here(article, layer)
            .into_iter()
            .filter_map(|item| match item.choice {
                Choice::Span(span, _) => Some(span),
                _ => None,
            })
            .collect();
        let mut edits = Vec::new();
        let mut made: Vec<Id> = Vec::new();
        for span in spans {
            let Some(mut mention) = self.new_annotation(layer, &[span], Origin::Hand) else {
                continue;
            };
            let record = self.record_for(span, layer, None, &edits);
            edits.extend(record.edits);
            mention.entity = Some(record.id);
            made.push(mention.id.clone());
            edits.push(Edit::Annotation(
                mention.id.clone(),
                Some(Box::new(mention)),
            ));
        }
        let name = format!("tag {} mentions", made.len());
        if let Some(first) = made.first().cloned()
            && self.commit(&name, edits)
        {
            self.after_tag(&first, layer);
        }
    }

    /// Records that a mention may belong to: those of the article, then those of the folder.
    fn records(&self, article: &OpenArticle, id: &Id) -> Vec<PickItem> {
        let current = article.annotation(id).and_then(|a| a.entity.clone());
        let mut seen: HashSet<Id> = current.into_iter().collect();
        let mut items = Vec::new();
        let mut add = |record: &Id, name: &str, detail: &str| {
            if seen.insert(record.clone()) {
                items.push(PickItem {
                    label: name.to_owned(),
                    detail: detail.to_owned(),
                    choice: Choice::Record(record.clone()),
                });
            }
        };
        for entry in article.sidecar.cast.values() {
            add(&entry.id, &entry.name, "in this article");
        }
        for entity in self
            .state
            .records
            .entities
            .by_id
            .values()
            .filter(|e| e.merged_into.is_none())
        {
            add(&entity.id, &entity.name, entity.kind.name());
        }
        let words = article
            .annotation(id)
            .map(crate::model::Annotation::exact)
            .unwrap_or_default();
        items.push(PickItem {
            label: format!("new record “{}”", shorten(&words, 40)),
            detail: String::new(),
            choice: Choice::NewRecord(words),
        });
        items
    }

    /// Chooses an answer; `None` is the one under 0. An answer that is not there leaves the list open.
    pub(super) fn pick(&mut self, index: Option<usize>) {
        let Some(pick) = &self.state.pick else {
            return;
        };
        if pick.is_several() {
            return index.into_iter().for_each(|at| self.leave_out(at));
        }
        let item = match index {
            Some(index) => pick.items.get(index),
            None => pick.zero.as_ref(),
        };
        if let Some(choice) = item.map(|item| item.choice.clone())
            && let Some(pick) = self.state.pick.take()
        {
            self.answer(pick.purpose, choice);
            self.take_up(pick.waits);
        }
    }

    /// Goes on to the suggestion that waited, or lets it wait for one more answer.
    pub(super) fn take_up(&mut self, waits: Option<(Layer, Vec<Span>)>) {
        if let Some(next) = &mut self.state.pick {
            next.waits = waits;
        } else if let (Some((layer, spans)), Some(article)) = (waits, self.state.article()) {
            // The answer may have taught the rules something else about these words.
            let same = article.suggestions.find(layer, &spans);
            let start = spans.first().map_or(0, |span| span.start());
            let next = same.unwrap_or_else(|| article.suggestions.first_from(start));
            self.scrolling_no_further(|cx| cx.go_on(next));
        }
    }

    /// Moves the focus, and the text only where what has the focus then is out of view.
    pub(super) fn scrolling_no_further(&mut self, go: impl FnOnce(&mut Self)) {
        let (reveal, in_view) = (self.state.reveal, self.state.in_view);
        go(self);
        let here = self.state.article().map(|article| article.focus.span);
        if let (Some(in_view), Some(here)) = (in_view, here)
            && in_view.covers(here)
        {
            self.state.reveal = reveal;
        }
    }

    /// Narrows the list; what was typed may itself be the name of something new.
    pub(super) fn filter_pick(&mut self, text: String) {
        let name = text.trim();
        let new = match self.state.pick.as_ref().map(|pick| &pick.purpose) {
            Some(Purpose::Record(_)) if !name.is_empty() => Some(PickItem {
                label: format!("new record “{name}”"),
                detail: String::new(),
                choice: Choice::NewRecord(name.to_owned()),
            }),
            Some(Purpose::Code | Purpose::Retag(_)) => self.new_code_item(name),
            _ => None,
        };
        if let Some(pick) = &mut self.state.pick {
            if !text.is_empty() {
                let is_new = |c: &Choice| matches!(c, Choice::NewRecord(_) | Choice::NewCode(_));
                pick.items.retain(|item| !is_new(&item.choice));
            }
            pick.items.extend(new);
            pick.filter = text;
        }
    }
}

/// Whether a person or source is tagged in what has the focus.
fn has_mention(article: &OpenArticle, layer: Layer) -> bool {
    let within = article.target().into_iter().reduce(Span::hull);
    within.is_some_and(|within| {
        let named = |l| l == layer || matches!(l, Layer::Person | Layer::Source);
        article.marks.touching(within).any(|m| named(m.layer))
    })
}

/// Bytes between two spans.
fn gap(a: Span, b: Span) -> usize {
    b.start()
        .saturating_sub(a.end())
        .max(a.start().saturating_sub(b.end()))
}

/// Cues that the rules see beside a quote.
fn cues(article: &OpenArticle, id: &Id) -> Vec<PickItem> {
    let Some(hull) = article
        .annotation(id)
        .and_then(crate::model::Annotation::hull)
    else {
        return Vec::new();
    };
    let Some(block) = article.segments.blocks.get(article.block_at(hull.start())) else {
        return Vec::new();
    };
    let rules = article
        .analysis
        .as_ref()
        .map(|a| a.attributions.as_slice())
        .unwrap_or_default();
    let mut spans: Vec<Span> = rules
        .iter()
        .filter_map(|a| a.cue)
        .filter(|cue| block.span.covers(*cue))
        .collect();
    spans.sort_by_key(|cue| gap(*cue, hull));
    spans.dedup();
    let items = spans.into_iter().map(|span| PickItem {
        label: article.source.slice(span).to_owned(),
        detail: String::new(),
        choice: Choice::Span(span, None),
    });
    items.collect()
}

/// The values of an axis; "cannot determine", which ends every list, stands under 0.
fn values(axis: &'static Vocabulary) -> (Vec<PickItem>, Option<PickItem>) {
    let item = |value: &&'static str| PickItem {
        label: axis.label_of(value).to_owned(),
        detail: String::new(),
        choice: Choice::Value(value),
    };
    let (unsure, sure): (Vec<_>, Vec<_>) = axis
        .values
        .iter()
        .partition(|value| **value == "cannot determine");
    (
        sure.into_iter().map(item).collect(),
        unsure.first().map(|value| item(value)),
    )
}
