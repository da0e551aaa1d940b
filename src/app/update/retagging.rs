//! What is done to one annotation or to several at once, as one step: another layer, another code, or none at all.

use std::collections::{BTreeSet, HashMap};

use super::Cx;
use crate::app::article::OpenArticle;
use crate::app::codes::CODE;
use crate::app::focus::Level;
use crate::app::wording::quoted;
use crate::model::{Annotation, AttrValue, Code, Edit, Id, Layer, RelationKind, Span};

impl Cx<'_> {
    /// Chooses annotations in the panel's list.
    pub(super) fn choose(&mut self, ids: Vec<Id>) {
        let count = ids.len();
        if let Some(article) = self.state.article_mut() {
            article.chosen = ids.into_iter().collect();
        }
        if count > 1 {
            self.say(format!(
                "{count} chosen. T retags them, Delete removes them."
            ));
        }
    }

    /// Gives annotations another layer, and a code where that is the layer of codes. Those that would say what another
    /// annotation of the same words says already stay as they are. `edits` come first.
    pub(super) fn retag(
        &mut self,
        ids: &[Id],
        layer: Layer,
        code: Option<&Code>,
        mut edits: Vec<Edit>,
    ) {
        let mut done: Vec<(Id, Vec<Span>)> = Vec::new();
        let mut cut: BTreeSet<Id> = BTreeSet::new();
        let mut is_there = false;
        for id in ids {
            let Some(article) = self.state.article() else {
                return;
            };
            let Some(old) = article.annotation(id) else {
                continue;
            };
            let named = code.map(|code| code.id.as_str());
            if old.layer == layer && old.attrs.text(CODE) == named {
                continue;
            }
            let spans: Vec<Span> = old.spans().collect();
            let same = match code {
                Some(code) => self.same_code(code, &spans),
                None => self.same(layer, &spans).filter(|other| other != id),
            };
            if same.is_some() || done.iter().any(|(_, other)| *other == spans) {
                is_there = true;
                continue;
            }
            cut.extend(loosened(article, old, layer));
            let record = match spans.first() {
                Some(span) if is_named(layer) && old.entity.is_none() => {
                    Some(self.record_for(*span, layer, None, &edits))
                }
                _ => None,
            };
            let record_id = record.as_ref().map(|r| r.id.clone());
            edits.extend(record.into_iter().flat_map(|r| r.edits));
            edits.extend(self.changed(id, |annotation, _| {
                annotation.layer = layer;
                if layer != Layer::Quote {
                    annotation.cue.clear();
                }
                if !is_named(layer) {
                    annotation.entity = None;
                } else if let Some(record) = record_id {
                    annotation.entity = Some(record);
                }
                annotation.attrs.set(CODE, named.map(AttrValue::from));
            }));
            done.push((id.clone(), spans));
        }
        let what = match code {
            Some(code) => quoted(&code.name),
            None => layer.name().to_owned(),
        };
        let Some((first, _)) = done.first().cloned() else {
            if is_there {
                self.say(format!("These words are tagged as {what} already."));
            }
            return;
        };
        let cut = cut.into_iter().map(|r| Edit::Relation(r, None));
        edits.splice(0..0, cut);
        let name = match done.len() {
            1 => format!("retag as {what}"),
            count => format!("retag {count} as {what}"),
        };
        if self.commit(&name, edits) {
            self.after_tag(&first, layer);
        }
    }

    /// Removes annotations with their relations.
    pub(super) fn delete(&mut self, ids: &[Id]) {
        let Some(article) = self.state.article() else {
            return;
        };
        let found: Vec<&Annotation> = ids.iter().filter_map(|id| article.annotation(id)).collect();
        let name = match found.as_slice() {
            [] => return,
            [one] => format!("remove {} {}", one.layer.name(), quoted(&one.exact())),
            more => format!("remove {} annotations", more.len()),
        };
        let start = found.first().and_then(|a| a.start());
        let problems = found.iter().filter_map(|a| article.problem_of(a));
        let was_open = problems.into_iter().any(|problem| problem.is_of_place());
        let relations: BTreeSet<&Id> = found
            .iter()
            .flat_map(|a| {
                let from = article.marks.relations_from(&a.id);
                from.chain(article.marks.relations_to(&a.id))
            })
            .collect();
        let mut edits: Vec<Edit> = relations
            .into_iter()
            .map(|r| Edit::Relation(r.clone(), None))
            .collect();
        let mut gone: HashMap<&Id, usize> = HashMap::new();
        for record in found.iter().filter_map(|a| a.entity.as_ref()) {
            *gone.entry(record).or_default() += 1;
        }
        // A cast entry that says nothing goes with its last mention.
        for (record, count) in gone {
            let entry = article.sidecar.cast.get(record);
            if entry.is_some_and(|c| c.attrs.is_empty() && c.extra.is_empty())
                && article.marks.mentions(record) <= count
            {
                edits.push(Edit::Cast(record.clone(), None));
            }
        }
        edits.extend(found.iter().map(|a| Edit::Annotation(a.id.clone(), None)));
        if self.commit(&name, edits) {
            self.state.pick = None;
            self.state.proposal = None;
            if was_open {
                return self.next_open_place(None);
            }
            let key = self.state.current.clone();
            if let (Some(key), Some(start)) = (key, start) {
                let at_annotation = self
                    .state
                    .article()
                    .is_some_and(|a| a.focus.level == Level::Annotation);
                if at_annotation {
                    self.show_place(key, start);
                }
            }
        }
    }
}

const fn is_named(layer: Layer) -> bool {
    matches!(layer, Layer::Person | Layer::Source)
}

/// The relations that an annotation of another layer does not have any more.
fn loosened(article: &OpenArticle, old: &Annotation, layer: Layer) -> Vec<Id> {
    let from = article.marks.relations_from(&old.id);
    let all = from.chain(article.marks.relations_to(&old.id));
    // Whoever is not a source any more says nothing; a person that becomes one stays what claims are about.
    let says = |id: &&Id| {
        let relation = article.sidecar.relations.get(*id);
        relation.is_some_and(|r| r.kind != RelationKind::About)
    };
    match (is_named(old.layer) && is_named(layer), layer) {
        _ if old.layer == layer => Vec::new(),
        (true, Layer::Source) => Vec::new(),
        (true, _) => all.filter(says).cloned().collect(),
        (false, _) => all.cloned().collect(),
    }
}
