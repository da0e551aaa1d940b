//! Which record a mention belongs to: persons and organisations over the folder, unnamed sources in the article.

use super::Cx;
use crate::app::article::OpenArticle;
use crate::model::{Attrs, CastEntry, Edit, Entity, EntityKind, Extra, Id, Layer, Span};
use crate::suggest::{Attribution, Traits, traits};

/// A record for a mention, and the edits that make it where it was not there.
pub(super) struct RecordFor {
    pub(super) id: Id,
    pub(super) edits: Vec<Edit>,
}

/// What a mention's words say about its record.
enum Mention {
    /// A person or organisation with a name.
    Named { name: String, kind: EntityKind },
    /// "he", "she": whoever spoke last.
    Pronoun,
    /// "one source", "officials familiar with the talks".
    Unnamed {
        description: String,
        identification: &'static str,
    },
}

impl Cx<'_> {
    /// The record of a mention: the one that this step, the article or the folder has for this name, else a new one.
    pub(super) fn record_for(
        &mut self,
        span: Span,
        layer: Layer,
        rule: Option<&Attribution>,
        planned: &[Edit],
    ) -> RecordFor {
        let Some(article) = self.state.article() else {
            return RecordFor {
                id: self.mint(),
                edits: Vec::new(),
            };
        };
        let mention = read_mention(article, span, layer, rule);
        let words = article.source.slice(span).to_owned();
        let identification = rule.map(|r| r.identification).unwrap_or_default();
        match mention {
            Mention::Pronoun => match last_person_before(article, span.start()) {
                Some(id) => RecordFor {
                    id,
                    edits: Vec::new(),
                },
                None => self.unnamed(words, Attrs::default(), planned),
            },
            Mention::Unnamed {
                description,
                identification,
            } => {
                let attrs = described(identification, traits(&words, false));
                self.unnamed(description, attrs, planned)
            }
            Mention::Named { name, kind } => {
                let attrs = match layer {
                    Layer::Source => {
                        described(identification, traits(&words, kind == EntityKind::Person))
                    }
                    _ => Attrs::default(),
                };
                self.named(name, kind, attrs, planned)
            }
        }
    }

    fn unnamed(&mut self, description: String, attrs: Attrs, planned: &[Edit]) -> RecordFor {
        let same = |c: &&CastEntry| c.name.to_lowercase() == description.to_lowercase();
        let cast = self
            .state
            .article()
            .into_iter()
            .flat_map(|a| a.sidecar.cast.values());
        let planned = planned.iter().filter_map(|edit| match edit {
            Edit::Cast(_, entry) => entry.as_ref(),
            _ => None,
        });
        let known = cast.chain(planned).find(same).map(|entry| entry.id.clone());
        if let Some(id) = known {
            return RecordFor {
                id,
                edits: Vec::new(),
            };
        }
        let id = self.mint();
        let entry = CastEntry {
            id: id.clone(),
            name: description,
            attrs,
            extra: Extra::default(),
        };
        RecordFor {
            edits: vec![Edit::Cast(id.clone(), Some(entry))],
            id,
        }
    }

    fn named(
        &mut self,
        name: String,
        kind: EntityKind,
        attrs: Attrs,
        planned: &[Edit],
    ) -> RecordFor {
        let known = planned_record(&name, planned).or_else(|| self.find_record(&name, kind));
        let mut edits = Vec::new();
        let (id, name) = match known {
            Some(found) => found,
            None => {
                let id = self.mint();
                let entity = Entity {
                    id: id.clone(),
                    name: name.clone(),
                    aliases: Vec::new(),
                    kind,
                    roles: Vec::new(),
                    note: String::new(),
                    merged_into: None,
                    extra: Extra::default(),
                };
                edits.push(Edit::Entity(id.clone(), Some(entity)));
                (id, name)
            }
        };
        let is_planned = planned
            .iter()
            .any(|e| matches!(e, Edit::Cast(c, _) if *c == id));
        let entry = self.state.article().and_then(|a| a.sidecar.cast.get(&id));
        match entry.cloned() {
            _ if is_planned => {}
            // A name that was only mentioned so far speaks now: what its words tell is taken in.
            Some(mut entry) if entry.attrs.is_empty() && !attrs.is_empty() => {
                entry.attrs = attrs;
                edits.push(Edit::Cast(id.clone(), Some(entry)));
            }
            Some(_) => {}
            None => {
                let entry = CastEntry {
                    id: id.clone(),
                    name,
                    attrs,
                    extra: Extra::default(),
                };
                edits.push(Edit::Cast(id.clone(), Some(entry)));
            }
        }
        RecordFor { id, edits }
    }

    /// A record by name: in this article's cast first (a surname is enough there), then over the folder by its whole
    /// name or an alias.
    fn find_record(&self, name: &str, kind: EntityKind) -> Option<(Id, String)> {
        let article = self.state.article()?;
        let wanted = name.to_lowercase();
        let entities = &self.state.records.entities;
        let is_unnamed = |entry: &CastEntry| entities.resolve(&entry.id).is_none();
        let mut by_surname = None;
        for entry in article.sidecar.cast.values().filter(|e| !is_unnamed(e)) {
            let has = entry.name.to_lowercase();
            if has == wanted {
                return Some((entry.id.clone(), entry.name.clone()));
            }
            let single = !wanted.contains(' ');
            if kind == EntityKind::Person && single && has.split(' ').next_back() == Some(&wanted) {
                by_surname = Some((entry.id.clone(), entry.name.clone()));
            }
        }
        let over_folder = entities
            .by_id
            .values()
            .filter(|e| e.merged_into.is_none())
            .find(|e| {
                e.name.to_lowercase() == wanted
                    || e.aliases.iter().any(|alias| alias.to_lowercase() == wanted)
            });
        by_surname.or_else(|| over_folder.map(|e| (e.id.clone(), e.name.clone())))
    }

    pub(super) fn set_record(&mut self, id: &Id, record: Option<Id>) {
        let name = record
            .as_ref()
            .and_then(|r| self.state.record_name(r))
            .map(str::to_owned);
        let mut edits = Vec::new();
        if let (Some(record), Some(name), Some(article)) = (&record, name, self.state.article())
            && !article.sidecar.cast.contains_key(record)
        {
            let entry = CastEntry {
                id: record.clone(),
                name,
                attrs: Attrs::default(),
                extra: Extra::default(),
            };
            edits.push(Edit::Cast(record.clone(), Some(entry)));
        }
        edits.extend(self.changed(id, |annotation, _| annotation.entity = record));
        let layer = self
            .state
            .article()
            .and_then(|a| a.annotation(id))
            .map(|a| a.layer);
        if self.commit("choose the record", edits) {
            self.after_tag(id, layer.unwrap_or(Layer::Person));
        }
    }

    /// A new record of a name for a mention.
    pub(super) fn new_record(&mut self, id: &Id, name: String) {
        let layer = self
            .state
            .article()
            .and_then(|a| a.annotation(id))
            .map(|a| a.layer);
        let kind = if layer == Some(Layer::Person) {
            EntityKind::Person
        } else {
            EntityKind::Organisation
        };
        let record = self.named(name, kind, Attrs::default(), &[]);
        let mut edits = record.edits;
        let record_id = record.id;
        edits.extend(self.changed(id, |annotation, _| annotation.entity = Some(record_id)));
        if self.commit("make a record", edits) {
            self.after_tag(id, layer.unwrap_or(Layer::Person));
        }
    }

    pub(super) fn rename_record(&mut self, id: &Id, name: &str) {
        let name = name.trim();
        if name.is_empty() || self.state.record_name(id) == Some(name) {
            return;
        }
        let mut edits = Vec::new();
        if let Some(old) = self.state.records.entities.by_id.get(id) {
            let mut entity = old.clone();
            // The old name stays known, so that later articles still find the record.
            let former = std::mem::replace(&mut entity.name, name.to_owned());
            entity.aliases.retain(|alias| alias != name);
            if !entity.aliases.contains(&former) {
                entity.aliases.push(former);
            }
            edits.push(Edit::Entity(id.clone(), Some(entity)));
        }
        if let Some(entry) = self.state.article().and_then(|a| a.sidecar.cast.get(id)) {
            let mut entry = entry.clone();
            name.clone_into(&mut entry.name);
            edits.push(Edit::Cast(id.clone(), Some(entry)));
        }
        self.commit("rename the record", edits);
    }
}

/// A record that an earlier part of the same step makes.
fn planned_record(name: &str, planned: &[Edit]) -> Option<(Id, String)> {
    let wanted = name.to_lowercase();
    planned.iter().find_map(|edit| match edit {
        Edit::Entity(id, Some(e)) if e.name.to_lowercase() == wanted => {
            Some((id.clone(), e.name.clone()))
        }
        _ => None,
    })
}

/// The axes that the words themselves tell; the rest is left open.
fn described(identification: &str, traits: Traits) -> Attrs {
    let mut attrs = Attrs::default();
    let told = [
        ("identification", identification),
        ("who", traits.who),
        ("affiliation", traits.affiliation),
    ];
    for (key, value) in told.into_iter().filter(|(_, value)| !value.is_empty()) {
        attrs.set(key, Some(value.into()));
    }
    attrs
}

fn read_mention(
    article: &OpenArticle,
    span: Span,
    layer: Layer,
    rule: Option<&Attribution>,
) -> Mention {
    let words = article.source.slice(span).trim();
    let people = article.analysis.as_ref().map(|a| &a.people);
    let by_rule = rule
        .and_then(|r| r.entity)
        .and_then(|person| people?.names.get(person));
    let inside = people.and_then(|people| {
        let mut inside = people.touching(span);
        let first = inside.next()?;
        // "Putin’s spokesman Dmitry P." speaks of the last one, "Ana B., a friend of Carl’s" of the first.
        let possessive = article
            .source
            .as_str()
            .get(first.span.end()..)
            .is_some_and(|behind| behind.starts_with(['’', '\'']));
        let chosen = if possessive {
            inside.next_back().unwrap_or(first)
        } else {
            first
        };
        people.names.get(chosen.person)
    });
    if let Some(name) = by_rule.or(inside) {
        return Mention::Named {
            name: name.clone(),
            kind: EntityKind::Person,
        };
    }
    if layer == Layer::Person {
        return Mention::Named {
            name: words.to_owned(),
            kind: EntityKind::Person,
        };
    }
    let lower = words.to_lowercase();
    const PRONOUNS: &[&str] = &[
        "he", "she", "they", "his", "her", "their", "er", "sie", "il", "elle", "i", "we",
    ];
    if PRONOUNS.contains(&lower.as_str()) {
        return Mention::Pronoun;
    }
    if let Some(identification) = rule
        .map(|r| r.identification)
        .filter(|i| i.ends_with("unnamed"))
    {
        return Mention::Unnamed {
            description: words.to_owned(),
            identification,
        };
    }
    let bare = ["the ", "The ", "a ", "A ", "an ", "An "]
        .iter()
        .find_map(|d| words.strip_prefix(d))
        .unwrap_or(words);
    // "Harbour Post’s report" is cited as the Harbour Post.
    let owner = bare
        .find("’s ")
        .or_else(|| bare.find("'s "))
        .or_else(|| bare.find("‘s "));
    let name = owner.map_or(bare, |at| &bare[..at]);
    let named = name.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let ends_named = name
        .split(' ')
        .next_back()
        .is_some_and(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    if named && ends_named {
        Mention::Named {
            name: name.to_owned(),
            kind: EntityKind::Organisation,
        }
    } else {
        let identification = if name.contains(' ') {
            "described but unnamed"
        } else {
            "bare unnamed"
        };
        Mention::Unnamed {
            description: words.to_owned(),
            identification,
        }
    }
}

/// The record of the last person or source before an offset.
fn last_person_before(article: &OpenArticle, offset: usize) -> Option<Id> {
    let key = (offset, 0, Id::new(""));
    article
        .marks
        .before(&key)
        .filter_map(|(_, _, id)| article.annotation(id))
        .find(|a| matches!(a.layer, Layer::Source | Layer::Person) && a.entity.is_some())
        .and_then(|a| a.entity.clone())
}
