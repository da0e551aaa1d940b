//! A: all mentions of a person or organisation in the article, as one step, but for those that are left out.

use super::Cx;
use crate::app::article::{OpenArticle, shorten};
use crate::app::focus::{Direction, Selection};
use crate::app::pick::{Choice, Pick, PickItem, Purpose};
use crate::model::{Edit, Id, Layer, Origin, Span};
use crate::text;

impl Cx<'_> {
    /// Shows what would be tagged; Enter tags it.
    pub(super) fn all_occurrences(&mut self, id: &Id) {
        let Some(article) = self.state.article() else {
            return;
        };
        let Some(annotation) = article.annotation(id) else {
            return;
        };
        let names = self.names_of(article, id);
        let spans = untagged(article, &names);
        if spans.is_empty() {
            let words = shorten(&annotation.exact(), 40);
            return self.say(format!(
                "Every other mention of “{words}” is tagged already."
            ));
        }
        let each = spans.iter().map(|span| PickItem {
            label: around(article, *span),
            detail: format!("¶{}", article.block_at(span.start()) + 1),
            choice: Choice::Span(*span, None),
        });
        self.state.pick = Some(Pick {
            purpose: Purpose::Occurrences(id.clone()),
            items: each.collect(),
            zero: None,
            filter: String::new(),
            left_out: Default::default(),
            at: None,
        });
    }

    /// Leaves a mention out, or takes it in again, and looks at it.
    pub(super) fn leave_out(&mut self, at: usize) {
        let Some(pick) = self.state.pick.as_mut().filter(|p| at < p.items.len()) else {
            return;
        };
        if !pick.left_out.remove(&at) {
            pick.left_out.insert(at);
        }
        self.look_at(at);
    }

    /// Looks at the next or previous mention, round the article's ends.
    pub(super) fn walk_pick(&mut self, way: Direction) {
        let Some(pick) = self.state.pick.as_ref().filter(|p| p.is_several()) else {
            return;
        };
        let count = pick.items.len();
        let next = match (pick.at, way) {
            (None, Direction::Forward) => 0,
            (None, Direction::Back) => count - 1,
            (Some(at), Direction::Forward) => (at + 1) % count,
            (Some(at), Direction::Back) => (at + count - 1) % count,
        };
        self.look_at(next);
    }

    /// Shows a mention in the text; the focus stays where it is.
    fn look_at(&mut self, at: usize) {
        let Some(pick) = &mut self.state.pick else {
            return;
        };
        pick.at = Some(at);
        let span = pick.looked_at();
        if let (Some(span), Some(article)) = (span, self.state.article_mut()) {
            article.selection = Some(Selection {
                anchor: span.start(),
                head: span.end(),
            });
        }
        self.state.reveal += 1;
    }

    /// Closes the pick list; what was only looked at is not selected any more.
    pub(super) fn close_pick(&mut self) -> Option<Pick> {
        let pick = self.state.pick.take()?;
        if pick.at.is_some() {
            if let Some(article) = self.state.article_mut() {
                article.selection = None;
            }
            self.state.reveal += 1;
        }
        Some(pick)
    }

    /// Tags all that are not left out.
    pub(super) fn pick_all(&mut self) {
        let Some(pick) = self.close_pick() else {
            return;
        };
        let spans = pick.meant();
        match pick.purpose {
            Purpose::Occurrences(_) if spans.is_empty() => {
                self.say("All mentions were left out: nothing is tagged.");
            }
            Purpose::Occurrences(id) => self.tag_occurrences(&id, &spans),
            _ => {}
        }
    }

    /// The names under which a mention's record goes in this article: its whole name, its aliases, and the forms that
    /// the rules take for the same person.
    fn names_of(&self, article: &OpenArticle, id: &Id) -> Vec<String> {
        let Some(annotation) = article.annotation(id) else {
            return Vec::new();
        };
        let mut names: Vec<String> = Vec::new();
        if let Some(record) = &annotation.entity {
            if let Some(entity) = self.state.records.entities.resolve(record) {
                names.push(entity.name.clone());
                names.extend(entity.aliases.iter().cloned());
            }
            let mentions = article
                .sidecar
                .annotations
                .values()
                .filter(|a| a.entity.as_ref() == Some(record));
            names.extend(
                mentions
                    .filter(|a| a.layer == Layer::Person)
                    .map(crate::model::Annotation::exact),
            );
        }
        if let (Some(analysis), Some(hull)) = (&article.analysis, annotation.hull()) {
            let people = &analysis.people;
            let same = people
                .mentions
                .iter()
                .find(|m| m.span.overlaps(hull))
                .map(|m| m.person);
            let forms = people.mentions.iter().filter(|m| Some(m.person) == same);
            names.extend(forms.map(|m| article.source.slice(m.span).to_owned()));
        }
        // A pronoun is no name.
        names.retain(|name| name.starts_with(char::is_uppercase) && name.chars().count() > 2);
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    fn tag_occurrences(&mut self, id: &Id, spans: &[Span]) {
        let Some(article) = self.state.article() else {
            return;
        };
        let entity = article.annotation(id).and_then(|a| a.entity.clone());
        let is_person = entity.as_ref().is_some_and(|e| {
            let record = self.state.records.entities.resolve(e);
            record.is_some_and(|r| r.kind == crate::model::EntityKind::Person)
        });
        let layer = if is_person {
            Layer::Person
        } else {
            Layer::Source
        };
        let mut edits = Vec::new();
        for span in spans {
            if let Some(mut mention) = self.new_annotation(layer, &[*span], Origin::Propagated) {
                mention.entity.clone_from(&entity);
                edits.push(Edit::Annotation(
                    mention.id.clone(),
                    Some(Box::new(mention)),
                ));
            }
        }
        let name = match edits.len() {
            1 => "tag 1 mention".to_owned(),
            n => format!("tag {n} mentions"),
        };
        if self.commit(&name, edits) {
            self.after_tag(id, layer);
        }
    }
}

/// Where these names stand and no mention is tagged; the longest name wins where two overlap.
fn untagged(article: &OpenArticle, names: &[String]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for name in names {
        for span in text::find_all(article.source.as_str(), name) {
            let at = found.partition_point(|s| s.start() < span.start());
            let clashes = found[..at].last().is_some_and(|s| s.overlaps(span))
                || found.get(at).is_some_and(|s| s.overlaps(span));
            if !clashes {
                found.insert(at, span);
            }
        }
    }
    found.retain(|span| {
        let mut marks = article.marks.touching(*span);
        !marks.any(|m| matches!(m.layer, Layer::Person | Layer::Source))
    });
    found
}

/// A mention with the words on either side of it, as they stand in its sentence.
fn around(article: &OpenArticle, span: Span) -> String {
    let sentence = article.sentence_at(span.start()).unwrap_or(span).hull(span);
    let before = article
        .source
        .slice(Span::new(sentence.start(), span.start()));
    let after = article.source.slice(Span::new(span.end(), sentence.end()));
    let from = before
        .trim_end()
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + 1);
    let gap = after.len() - after.trim_start().len();
    let to = after[gap..]
        .find(char::is_whitespace)
        .map_or(after.len(), |at| gap + at);
    let whole = Span::new(sentence.start() + from, span.end() + to);
    shorten(article.source.slice(whole), 32)
}
