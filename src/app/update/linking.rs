//! Links: who says a quote, who claims a claim, and whom it is about.

use super::Cx;
use super::quoting::link;
use crate::app::pick::{Choice, Purpose};
use crate::model::{AttrValue, Edit, Id, Layer, RelationKind, Span};

impl Cx<'_> {
    /// Links an annotation to what was picked, in place of what it was linked to before.
    pub(super) fn link_to(&mut self, from: &Id, kind: RelationKind, choice: &Choice) {
        let picked = match choice {
            Choice::Annotation(id) => Some(id),
            _ => None,
        };
        if [Some(from), picked]
            .into_iter()
            .flatten()
            .any(|id| self.layer_of(id).is_none())
        {
            return self.say("That annotation is not there any more.");
        }
        let mut edits: Vec<Edit> = self.old_links(from, &kind);
        let named = matches!(kind, RelationKind::About);
        let Some(to) = self.chosen_mention(choice, named, &mut edits) else {
            return;
        };
        if kind == RelationKind::SaidBy {
            edits.extend(self.without_stated(from));
        }
        let relation = self.mint();
        edits.push(link(relation, kind.clone(), from, &to));
        let layer = self.layer_of(from).unwrap_or(Layer::Quote);
        let who = self.name_of_choice(choice);
        if self.commit(&format!("{} {who}", kind.name()), edits) {
            let proposal = self.state.proposal.take();
            self.after_tag(from, layer);
            self.state.proposal = proposal;
        }
    }

    /// The annotation that was chosen, or the one that the chosen words become.
    pub(super) fn chosen_mention(
        &mut self,
        choice: &Choice,
        named: bool,
        edits: &mut Vec<Edit>,
    ) -> Option<Id> {
        match choice {
            Choice::Annotation(id) => {
                let is_person = self.layer_of(id) == Some(Layer::Person);
                if is_person && !named {
                    // Whoever speaks is a source; as a person it still counts as a mention of its record.
                    edits.extend(self.changed(id, |a, _| a.layer = Layer::Source));
                }
                Some(id.clone())
            }
            Choice::Span(span, record) => self.mention_at(*span, record.clone(), named, edits),
            _ => None,
        }
    }

    fn mention_at(
        &mut self,
        span: Span,
        record: Option<Id>,
        named: bool,
        edits: &mut Vec<Edit>,
    ) -> Option<Id> {
        if !named {
            let before = edits.len();
            let id = self.speaker_at(span, None, edits)?;
            if let Some(record) = record {
                for edit in &mut edits[before..] {
                    if let Edit::Annotation(made, Some(a)) = edit
                        && *made == id
                    {
                        a.entity = Some(record.clone());
                    }
                }
            }
            return Some(id);
        }
        if let Some(there) = self.same(Layer::Person, &[span]) {
            return Some(there);
        }
        let mut person = self.new_annotation(Layer::Person, &[span], crate::model::Origin::Hand)?;
        let found = self.record_for(span, Layer::Person, None, edits);
        edits.extend(found.edits);
        person.entity = Some(record.unwrap_or(found.id));
        let id = person.id.clone();
        edits.push(Edit::Annotation(id.clone(), Some(Box::new(person))));
        Some(id)
    }

    /// The edits that remove the links of a kind.
    fn old_links(&self, from: &Id, kind: &RelationKind) -> Vec<Edit> {
        let Some(article) = self.state.article() else {
            return Vec::new();
        };
        let relations = article.marks.relations_from(from);
        let old = relations.filter(|r| {
            article
                .sidecar
                .relations
                .get(*r)
                .is_some_and(|r| r.kind == *kind)
        });
        old.cloned().map(|r| Edit::Relation(r, None)).collect()
    }

    fn without_stated(&self, id: &Id) -> Option<Edit> {
        let stated = self
            .state
            .article()?
            .annotation(id)?
            .attrs
            .get("stated")
            .is_some();
        stated.then(|| self.changed(id, |a, _| a.attrs.set("stated", None)))?
    }

    /// "No source stated": excludes a speaker.
    pub(super) fn no_source(&mut self, id: &Id) {
        let kind = match self.layer_of(id) {
            Some(Layer::Claim) => RelationKind::ClaimedBy,
            _ => RelationKind::SaidBy,
        };
        let mut edits = self.old_links(id, &kind);
        edits.extend(self.changed(id, |a, _| {
            a.attrs.set("stated", Some(AttrValue::from("none")))
        }));
        let layer = self.layer_of(id).unwrap_or(Layer::Quote);
        if self.commit("no source stated", edits) {
            self.after_tag(id, layer);
        }
    }

    /// Removes all links of a kind: the answer under 0 where the article need not say.
    pub(super) fn unlink_all(&mut self, id: &Id, kind: &RelationKind) {
        let edits = self.old_links(id, kind);
        if edits.is_empty() {
            return self.say("There was no such link.");
        }
        let layer = self.layer_of(id).unwrap_or(Layer::Quote);
        if self.commit(&format!("remove “{}”", kind.name()), edits) {
            self.after_tag(id, layer);
        }
    }

    pub(super) fn unlink(&mut self, from: &Id, kind: &RelationKind, to: &Id) {
        let Some(article) = self.state.article() else {
            return;
        };
        let found = article.marks.relations_from(from).find(|r| {
            let relation = article.sidecar.relations.get(*r);
            relation.is_some_and(|r| r.kind == *kind && r.to == *to)
        });
        if let Some(id) = found.cloned() {
            self.commit(
                &format!("remove “{}”", kind.name()),
                vec![Edit::Relation(id, None)],
            );
        }
    }

    pub(super) fn layer_of(&self, id: &Id) -> Option<Layer> {
        Some(self.state.article()?.annotation(id)?.layer)
    }

    fn name_of_choice(&self, choice: &Choice) -> String {
        let record = match choice {
            Choice::Annotation(id) => self
                .state
                .article()
                .and_then(|a| a.annotation(id)?.entity.clone()),
            Choice::Span(_, record) => record.clone(),
            _ => None,
        };
        let name = record.and_then(|r| self.state.record_name(&r).map(str::to_owned));
        name.unwrap_or_else(|| match choice {
            Choice::Span(span, _) => self.words(&[*span]),
            Choice::Annotation(id) => {
                let article = self.state.article();
                article
                    .and_then(|a| a.annotation(id))
                    .map_or_else(String::new, crate::model::Annotation::exact)
            }
            _ => String::new(),
        })
    }

    /// Carries out the chosen answer.
    pub(super) fn answer(&mut self, purpose: Purpose, choice: Choice) {
        match (purpose, choice) {
            (Purpose::Suggested(at), choice) => self.accept_with_speaker(at, &choice),
            (Purpose::SaidBy(id) | Purpose::ClaimedBy(id), Choice::Nothing) => self.no_source(&id),
            (Purpose::RelayedBy(id), Choice::Nothing) => {
                self.unlink_all(&id, &RelationKind::RelayedBy)
            }
            (Purpose::About(id), Choice::Nothing) => self.unlink_all(&id, &RelationKind::About),
            (Purpose::Cue(id), Choice::Nothing) => self.set_cue(&id, &[]),
            (Purpose::Record(id), Choice::Nothing) => self.set_record(&id, None),
            (Purpose::SaidBy(id), choice) => self.link_to(&id, RelationKind::SaidBy, &choice),
            (Purpose::RelayedBy(id), choice) => self.link_to(&id, RelationKind::RelayedBy, &choice),
            (Purpose::ClaimedBy(id), choice) => self.link_to(&id, RelationKind::ClaimedBy, &choice),
            (Purpose::About(id), choice) => self.link_to(&id, RelationKind::About, &choice),
            (Purpose::Cue(id), Choice::Span(span, _)) => self.set_cue(&id, &[span]),
            (Purpose::Tag(Layer::Source), Choice::Span(span, _)) => self.tag_speaker(&[span]),
            (Purpose::Tag(layer), Choice::Span(span, _)) => {
                self.tag_exactly(layer, &[span]);
            }
            (Purpose::Tag(layer), Choice::All) => self.tag_all(layer),
            (Purpose::Tag(_), Choice::Annotation(id)) => self.focus_annotation(&id),
            (Purpose::Verdict(id), Choice::Value(value)) => {
                let subject = crate::app::command::Subject::Annotation(id);
                self.set_attr(&subject, "verdict", Some(AttrValue::from(value)));
            }
            (Purpose::Axis(subject, axis), choice) => {
                let value = match choice {
                    Choice::Value(value) => Some(AttrValue::from(value)),
                    _ => None,
                };
                let answered = value.is_some();
                self.set_attr(&subject, axis.key, value);
                if answered {
                    self.describe_after(&subject, axis.key);
                }
            }
            (Purpose::Code, Choice::Code(code, _)) => self.tag_code(&code),
            (Purpose::Code, Choice::NewCode(name)) => self.tag_new_code(&name),
            (Purpose::Retag(ids), Choice::Layer(layer)) => {
                self.retag(&ids, layer, None, Vec::new());
            }
            (Purpose::Retag(ids), Choice::Code(code, _)) => self.recode(&ids, &code),
            (Purpose::Retag(ids), Choice::NewCode(name)) => self.recode_new(&ids, &name),
            (Purpose::Record(id), Choice::Record(record)) => self.set_record(&id, Some(record)),
            (Purpose::Record(id), Choice::NewRecord(name)) => self.new_record(&id, name),
            _ => {}
        }
    }
}
