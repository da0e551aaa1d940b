//! A: all mentions of a person or organisation in the article, as one step.

use super::Cx;
use crate::app::article::{OpenArticle, shorten};
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
        let all = PickItem {
            label: format!("all {}", spans.len()),
            detail: names.join(", "),
            choice: Choice::All,
        };
        let each = spans.iter().map(|span| PickItem {
            label: around(article, *span),
            detail: format!("¶{}", article.block_at(span.start()) + 1),
            choice: Choice::Span(*span, None),
        });
        let items = std::iter::once(all).chain(each).collect();
        self.state.pick = Some(Pick {
            purpose: Purpose::Occurrences(id.clone(), spans),
            items,
            zero: None,
            filter: String::new(),
        });
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

    pub(super) fn tag_occurrences(&mut self, id: &Id, spans: &[Span]) {
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
