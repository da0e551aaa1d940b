//! An article on the desk, marked by its words, and exported.

use std::collections::BTreeMap;

use pressmark::exchange::{Doc, Format, export};
use pressmark::model::{
    Annotation, Attrs, CastEntry, Codebook, Entities, Entity, EntityKind, Extra, Id, Layer, Origin,
    Place, Relation, RelationKind, Segments, Selector, Sidecar, Span, Target,
};
use pressmark::text::{SourceText, segment};

use super::reading::read_csv;

/// An article on the desk, marked by its words.
pub struct Desk {
    source: SourceText,
    segments: Segments,
    sidecar: Sidecar,
    entities: Entities,
    codebook: Codebook,
}

impl Desk {
    pub fn new(text: &str) -> Self {
        Self {
            source: SourceText::new(text),
            segments: segment(text),
            sidecar: Sidecar::default(),
            entities: Entities::default(),
            codebook: Codebook::default(),
        }
    }

    /// Marks the first place of each of the words; words that are not there become an orphan.
    pub fn mark(self, id: &str, layer: Layer, words: &[&str]) -> Self {
        let at = words
            .iter()
            .map(|words| match self.source.as_str().find(words) {
                Some(start) => placed(words, Span::new(start, start + words.len())),
                None => Target {
                    selector: Selector {
                        exact: (*words).into(),
                        ..Selector::default()
                    },
                    place: Place::Orphan,
                },
            })
            .collect();
        self.mark_at(id, layer, at)
    }

    pub fn mark_at(mut self, id: &str, layer: Layer, at: Vec<Target>) -> Self {
        let annotation = Annotation {
            id: id.into(),
            layer,
            at,
            cue: Vec::new(),
            entity: None,
            attrs: Attrs::default(),
            note: String::new(),
            origin: Origin::Hand,
            by: "mk".into(),
            created: "2026-11-22T10:00:00Z".into(),
            modified: "2026-11-22T10:00:00Z".into(),
            extra: Extra::default(),
        };
        self.sidecar.annotations.insert(id.into(), annotation);
        self
    }

    pub fn cue(mut self, id: &str, words: &str) -> Self {
        let start = self
            .source
            .as_str()
            .find(words)
            .expect("the cue is in the text");
        let cue = placed(words, Span::new(start, start + words.len()));
        self.annotation(id).cue.push(cue);
        self
    }

    pub fn note(mut self, id: &str, note: &str) -> Self {
        self.annotation(id).note = note.to_owned();
        self
    }

    pub fn attr(mut self, id: &str, key: &str, value: &str) -> Self {
        self.annotation(id).attrs.set(key, Some(value.into()));
        self
    }

    pub fn record(mut self, id: &str, record: &str, name: &str, identification: &str) -> Self {
        let entity = Id::from(record);
        self.annotation(id).entity = Some(entity.clone());
        let mut attrs = Attrs::default();
        attrs.set("identification", Some(identification.into()));
        self.sidecar.cast.insert(
            entity.clone(),
            CastEntry {
                id: entity.clone(),
                name: name.to_owned(),
                attrs,
                extra: Extra::default(),
            },
        );
        self.entities.by_id.insert(
            entity.clone(),
            Entity {
                id: entity,
                name: name.to_owned(),
                aliases: Vec::new(),
                kind: EntityKind::Person,
                roles: Vec::new(),
                note: String::new(),
                merged_into: None,
                extra: Extra::default(),
            },
        );
        self
    }

    pub fn link(mut self, kind: RelationKind, from: &str, to: &str) -> Self {
        let id = Id::new(format!("r-{from}-{to}"));
        self.sidecar.relations.insert(
            id.clone(),
            Relation {
                id,
                kind,
                from: from.into(),
                to: to.into(),
                extra: Extra::default(),
            },
        );
        self
    }

    pub fn annotation(&mut self, id: &str) -> &mut Annotation {
        let annotation = self.sidecar.annotations.get_mut(&Id::from(id));
        annotation.expect("marked before")
    }

    pub fn doc<'a>(&'a self, name: &'a str) -> Doc<'a> {
        Doc {
            name,
            title: name,
            source: &self.source,
            segments: &self.segments,
            sidecar: &self.sidecar,
            entities: &self.entities,
            codebook: &self.codebook,
        }
    }

    pub fn export(&self, format: Format) -> BTreeMap<String, String> {
        export(format, &[self.doc("a/story.txt")])
            .into_iter()
            .map(|file| (file.name, String::from_utf8(file.bytes).expect("UTF-8")))
            .collect()
    }

    pub fn page(&self) -> String {
        self.export(Format::Html)["a__story.html"].clone()
    }

    pub fn line(&self) -> serde_json::Value {
        serde_json::from_str(&self.export(Format::Jsonl)["annotations.jsonl"]).expect("JSON")
    }

    pub fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        read_csv(&self.export(Format::Csv)[name])
    }
}

pub fn placed(words: &str, span: Span) -> Target {
    Target {
        selector: Selector {
            exact: words.into(),
            ..Selector::default()
        },
        place: Place::Placed(span),
    }
}
