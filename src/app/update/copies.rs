//! Copies of sidecars and of the records that programs which sync folders leave beside them: listed, offered, and merged
//! when a person says so. The copy stays where it is.
//!
//! *Limitations*: nobody knows what a copy was based on, so what either side removed comes back with a merge.

use std::collections::BTreeMap;
use std::path::Path;

use super::Cx;
use crate::app::Command;
use crate::app::article::{ArticleKey, DocId};
use crate::app::effect::Effect;
use crate::app::merge::{merge_entities, merge_sidecars};
use crate::app::notice::Message;
use crate::app::state::Page;
use crate::model::{Annotation, Edit, Entities, Entity, Id, Sidecar};
use crate::store::{self, Copy, StoreError};

impl Cx<'_> {
    /// The document that a file of ours holds.
    pub(super) fn doc_of_file(&self, path: &Path) -> Option<DocId> {
        let folder = self.state.folder.as_ref()?;
        if path == store::entities_path(&folder.root) {
            return Some(DocId::Entities);
        }
        folder.article_of_file(path).map(DocId::Article)
    }

    /// A copy is offered, also one that was decided about before it was written again.
    pub(super) fn offer_copy(&mut self, copy: Copy) {
        let Some(folder) = &mut self.state.folder else {
            return;
        };
        if let Some(place) = self.state.settings.places.get_mut(&folder.root) {
            place.settled.remove(&copy.rel);
        }
        folder.copies.retain(|other| other.rel != copy.rel);
        folder.copies.push(copy);
    }

    /// Copies that nobody has decided about.
    pub(super) fn undecided(&self, mut copies: Vec<Copy>, root: &Path) -> Vec<Copy> {
        if let Some(place) = self.state.settings.places.get(root) {
            copies.retain(|copy| !place.settled.contains(&copy.rel));
        }
        copies
    }

    fn withdraw_copies(&mut self) {
        let page = Command::Show(Some(Page::Outside));
        self.withdraw(|notice| {
            notice
                .action
                .as_ref()
                .is_some_and(|(_, does)| *does == page)
        });
    }

    /// Says how many copies wait, in place of what was said before.
    pub(super) fn tell_copies(&mut self) {
        self.withdraw_copies();
        let copies = self.state.folder.as_ref().map_or(&[][..], |f| &f.copies);
        if let Some(last) = copies.last() {
            let message = Message::copies(copies.len(), &last.rel);
            self.notify(message);
        }
    }

    /// Merges a copy: its article is opened, so that the person sees what comes of it.
    pub(super) fn take_copy(&mut self, copy: Copy) {
        self.state.page = None;
        if let Some(DocId::Article(key)) = self.doc_of_file(&copy.of) {
            self.open_article(key);
        }
        self.effects.push(Effect::ReadCopy(copy));
    }

    /// A copy is not offered any more. It stays where it is.
    pub(super) fn leave_copy(&mut self, copy: &Copy) {
        if let Some(folder) = &mut self.state.folder {
            folder.copies.retain(|other| other.rel != copy.rel);
            let place = self.state.settings.places.entry(folder.root.clone());
            place.or_default().settled.insert(copy.rel.clone());
        }
        self.withdraw_copies();
        self.save_settings();
    }

    pub(super) fn merge_copy(&mut self, copy: Copy, bytes: Result<Vec<u8>, StoreError>) {
        let merged = bytes.map_err(|error| error.to_string()).and_then(|bytes| {
            match self.doc_of_file(&copy.of) {
                Some(DocId::Entities) => self.merge_copied_records(&copy, &bytes),
                Some(DocId::Article(key)) => self.merge_copied_tags(&key, &copy, &bytes),
                _ => Err("what it is a copy of is not there any more".to_owned()),
            }
        });
        match merged {
            Ok(message) => {
                self.leave_copy(&copy);
                self.notify(message);
            }
            Err(why) => self.notify(Message::problem(
                format!("“{}” could not be merged.", copy.rel),
                why,
                "It stays where it is.",
            )),
        }
    }

    fn merge_copied_tags(
        &mut self,
        key: &ArticleKey,
        copy: &Copy,
        bytes: &[u8],
    ) -> Result<Message, String> {
        let theirs = store::parse_sidecar(bytes);
        let mut theirs = theirs.map_err(|error| error.in_file(&copy.path).to_string())?;
        let article = self.state.article().filter(|article| article.key == *key);
        let article = article.ok_or("its article is not open; open it and try again")?;
        if let Some(why) = &article.readonly {
            return Err(why.clone());
        }
        store::anchor(&mut theirs, &article.source, &article.sidecar.article);
        let ours = article.sidecar.clone();
        drop_twins(&ours, &mut theirs);
        let merged = merge_sidecars(&Sidecar::default(), &ours, &theirs, || self.env.id());
        let (twice, settled) = (merged.twice, merged.settled);
        if merged.value == ours {
            return Ok(Message::nothing_new(&copy.rel));
        }
        if !self.commit("merge a copy", vec![Edit::Sidecar(Box::new(merged.value))]) {
            return Err(self.state.said.clone());
        }
        if let Some(article) = self.state.article_mut() {
            article.conflicts.add(&twice, &settled);
        }
        Ok(Message::merged_copy(&copy.rel, &twice, &settled))
    }

    fn merge_copied_records(&mut self, copy: &Copy, bytes: &[u8]) -> Result<Message, String> {
        let theirs = store::parse_entities(bytes);
        let theirs = theirs.map_err(|error| error.in_file(&copy.path).to_string())?;
        let records = &self.state.records.entities;
        let merged = merge_entities(&Entities::default(), records, &theirs);
        let is_new = |(id, entity): &(&Id, &Entity)| records.by_id.get(id) != Some(entity);
        let edits: Vec<Edit> = merged
            .value
            .by_id
            .iter()
            .filter(is_new)
            .map(|(id, entity)| Edit::Entity(id.clone(), Some(entity.clone())))
            .collect();
        if edits.is_empty() {
            return Ok(Message::nothing_new(&copy.rel));
        }
        if !self.commit("merge a copy of the records", edits) {
            return Err("open an article and try again".to_owned());
        }
        Ok(Message::merged_copy(
            &copy.rel,
            &merged.twice,
            &merged.settled,
        ))
    }
}

/// Takes out of a copy what is here already under another id: from a merge before this one, in which both sides had
/// changed it.
fn drop_twins(ours: &Sidecar, theirs: &mut Sidecar) {
    let mut twins: BTreeMap<Id, Id> = BTreeMap::new();
    for (id, annotation) in theirs.annotations.iter() {
        let is_twin = |other: &&Annotation| {
            let renamed = Annotation {
                id: id.clone(),
                ..(*other).clone()
            };
            other.id != *id && renamed == *annotation
        };
        if let Some(twin) = ours.annotations.values().find(is_twin) {
            twins.insert(id.clone(), twin.id.clone());
        }
    }
    theirs.annotations.retain(|id, _| !twins.contains_key(id));
    for relation in theirs.relations.values_mut() {
        for end in [&mut relation.from, &mut relation.to] {
            if let Some(twin) = twins.get(end)
                && !ours.annotations.contains_key(end)
            {
                *end = twin.clone();
            }
        }
    }
}
