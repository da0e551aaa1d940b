//! The one way in which data changes: a named transaction, all or nothing, with its inverse remembered.

use std::sync::Arc;

use super::Cx;
use crate::app::article::{ArticleKey, DocId, OpenArticle};
use crate::app::effect::{Effect, SaveContent};
use crate::app::history::Transaction;
use crate::model::{Edit, EditError, Id, Status};
use crate::store;

/// What is said until it is known how saving went.
pub(super) const SAVING: &str = "Saving…";

impl Cx<'_> {
    /// Applies edits to the open article, the records and the codebook as one named step.
    ///
    /// What articles share comes first, as it does on the disk. Returns whether it was done.
    pub(super) fn commit(&mut self, name: &str, edits: Vec<Edit>) -> bool {
        self.commit_merging(name, edits, None)
    }

    /// The same, as one step with those before that have the same key.
    pub(super) fn commit_merging(
        &mut self,
        name: &str,
        edits: Vec<Edit>,
        merges: Option<String>,
    ) -> bool {
        if edits.is_empty() {
            return false;
        }
        let article = self.state.article();
        let place = article.map(|a| (a.key.clone(), a.focus.span.start()));
        let mut all: Vec<(DocId, Edit)> = Vec::with_capacity(edits.len() + 1);
        let starts_work = article.is_some_and(OpenArticle::is_untouched)
            && edits
                .iter()
                .any(|e| matches!(e, Edit::Annotation(_, Some(_))));
        for edit in edits {
            let doc = match (&edit, &place) {
                (Edit::Entity(..), _) => DocId::Entities,
                (Edit::Codes(..), _) => DocId::Codebook,
                (_, Some((key, _))) => DocId::Article(key.clone()),
                (_, None) => return false,
            };
            all.push((doc, edit));
        }
        if let (true, Some((key, _))) = (starts_work, &place) {
            all.push((DocId::Article(key.clone()), Edit::Status(Status::InWork)));
        }
        all.sort_by_key(|(doc, _)| matches!(doc, DocId::Article(_)));
        self.commit_all(name, all, merges)
    }

    /// Applies edits to documents that are in memory, in this order, as one named step.
    pub(super) fn commit_all(
        &mut self,
        name: &str,
        edits: Vec<(DocId, Edit)>,
        merges: Option<String>,
    ) -> bool {
        let article = self.state.article();
        let place = article.map(|a| (a.key.clone(), a.focus.span.start()));
        match self.apply_all(edits) {
            Ok(inverse) => {
                self.state.history.push(Transaction {
                    name: name.to_owned(),
                    edits: inverse,
                    place,
                    merges,
                    moves: None,
                });
                self.say(told(name));
                true
            }
            Err(why) => {
                self.say(why);
                false
            }
        }
    }

    /// Takes back a step, or does it again.
    pub(super) fn undo_or_redo(&mut self, undo: bool) {
        if self.state.history.moving.is_some() || self.loads_first(undo) || self.moves_back(undo) {
            return;
        }
        let Some(step) = self.state.history.take(undo) else {
            return;
        };
        self.state.pick = None;
        self.state.proposal = None;
        let open = self.state.open_suggestions();
        match self.apply_all(step.edits.clone()) {
            Ok(inverse) => {
                self.say(format!(
                    "{} {}",
                    if undo { "Undid:" } else { "Did again:" },
                    step.name
                ));
                if let Some((key, offset)) = &step.place {
                    self.show_place(key.clone(), *offset);
                    self.show_reopened(open, *offset);
                }
                let back = Transaction {
                    edits: inverse,
                    merges: None,
                    ..step
                };
                self.state.history.put(undo, back);
            }
            Err(why) => {
                self.state.history.put(!undo, step);
                self.say(why);
            }
        }
    }

    /// Applies edits in order; on a failure those before are taken back. Returns the inverses, ready to be applied in
    /// their order, and asks for the saves.
    fn apply_all(&mut self, edits: Vec<(DocId, Edit)>) -> Result<Vec<(DocId, Edit)>, String> {
        for (doc, _) in &edits {
            if let Some(why) = self.locked(doc) {
                return Err(why);
            }
        }
        let mut touched: Vec<DocId> = edits.iter().map(|(doc, _)| doc.clone()).collect();
        touched.sort();
        touched.dedup();
        let mut inverse = Vec::with_capacity(edits.len());
        for (doc, edit) in edits {
            match self.apply(&doc, edit) {
                Ok(back) => inverse.push((doc, back)),
                Err(error) => {
                    for (doc, back) in inverse.into_iter().rev() {
                        // An inverse of what was just applied cannot fail.
                        let _ = self.apply(&doc, back);
                    }
                    return Err(error.to_string());
                }
            }
        }
        inverse.reverse();
        if touched.contains(&DocId::Entities) {
            self.analyse_shown();
        }
        for doc in &touched {
            self.follow_overrides(doc);
            self.row_changed(doc);
            self.save(doc);
        }
        Ok(inverse)
    }

    fn apply(&mut self, doc: &DocId, edit: Edit) -> Result<Edit, EditError> {
        match doc {
            DocId::Article(key) => {
                let article = self
                    .state
                    .articles
                    .get_mut(key)
                    .ok_or(EditError::WrongDocument)?;
                article.apply(edit)
            }
            DocId::Entities => {
                let inverse = self.state.records.entities.apply(edit)?;
                self.state.records.save.revision += 1;
                Ok(inverse)
            }
            DocId::Codebook => {
                let inverse = self.state.codes.book.apply(edit)?;
                self.state.codes.save.revision += 1;
                Ok(inverse)
            }
        }
    }

    /// Why a document may not be changed, if so.
    fn locked(&self, doc: &DocId) -> Option<String> {
        match doc {
            DocId::Article(key) => match self.state.articles.get(key) {
                Some(article) => article
                    .readonly
                    .as_ref()
                    .map(|why| format!("Read only: {why}")),
                None => Some("That article is not open any more.".to_owned()),
            },
            DocId::Entities => {
                let why = self.state.records.readonly.as_ref();
                why.map(|why| format!("The folder’s records are read only: {why}"))
            }
            DocId::Codebook => {
                let why = self.state.codes.readonly.as_ref();
                why.map(|why| format!("The codebook is read only: {why}"))
            }
        }
    }

    /// Asks for a document to be written, unless the saver has it: then it is asked for again when that is through.
    pub(super) fn save(&mut self, doc: &DocId) {
        let Some(folder) = &self.state.folder else {
            return;
        };
        match doc {
            DocId::Article(key) => {
                let embed = self.state.codes.book.embed_text;
                let Some(article) = self.state.articles.get_mut(key) else {
                    return;
                };
                // The records are written before the sidecars that point to them.
                let waits = self
                    .state
                    .records
                    .save
                    .in_flight
                    .is_some_and(|sent| sent != self.state.records.save.revision);
                if waits
                    || article.save.in_flight.is_some()
                    || article.save.is_saved()
                    || article.readonly.is_some()
                {
                    return;
                }
                article.save.in_flight = Some(article.save.revision);
                let sidecar = Arc::new(article.sidecar.clone());
                article.sending = Some(sidecar.clone());
                self.effects.push(Effect::Save {
                    doc: doc.clone(),
                    revision: article.save.revision,
                    path: store::sidecar_path(&article.path),
                    expected: article.save.disk.clone(),
                    content: SaveContent::Sidecar {
                        sidecar,
                        base: article.base.clone(),
                        text: store::text_to_embed(
                            &article.source,
                            &article.sidecar.article,
                            article.replaced,
                            embed,
                        )
                        .map(|_| article.source.clone()),
                        article: article.path.clone(),
                    },
                });
            }
            DocId::Entities => {
                let records = &mut self.state.records;
                if records.save.in_flight.is_some()
                    || records.save.is_saved()
                    || records.readonly.is_some()
                {
                    return;
                }
                records.save.in_flight = Some(records.save.revision);
                let entities = Arc::new(records.entities.clone());
                records.sending = Some(entities.clone());
                self.effects.push(Effect::Save {
                    doc: doc.clone(),
                    revision: records.save.revision,
                    path: store::entities_path(&folder.root),
                    expected: records.save.disk.clone(),
                    content: SaveContent::Entities {
                        entities,
                        base: records.base.clone(),
                    },
                });
            }
            DocId::Codebook => {
                let codes = &mut self.state.codes;
                if codes.save.in_flight.is_some()
                    || codes.save.is_saved()
                    || codes.readonly.is_some()
                {
                    return;
                }
                codes.save.in_flight = Some(codes.save.revision);
                let codebook = Arc::new(codes.book.clone());
                codes.sending = Some(codebook.clone());
                self.effects.push(Effect::Save {
                    doc: doc.clone(),
                    revision: codes.save.revision,
                    path: store::codebook_path(&folder.root),
                    expected: codes.save.disk.clone(),
                    content: SaveContent::Codebook {
                        codebook,
                        base: codes.base.clone(),
                    },
                });
            }
        }
    }

    /// Saves what failed before, and says where things stand.
    pub(super) fn save_now(&mut self) {
        for doc in self.state.unsaved() {
            self.save(&doc);
        }
        let line = match (self.state.unsaved().is_empty(), &self.state.saved_at) {
            (true, Some(at)) => format!("Everything is saved, last at {at}."),
            (true, None) => "Nothing was changed yet; there is nothing to save.".to_owned(),
            (false, _) => SAVING.to_owned(),
        };
        self.say(line);
    }

    /// A new id that the article that is shown does not have.
    pub(super) fn mint(&mut self) -> Id {
        let current = self.state.current.clone();
        self.mint_in(current.as_ref())
    }

    /// A new id that an article does not have, nor what all articles share.
    pub(super) fn mint_in(&mut self, key: Option<&ArticleKey>) -> Id {
        loop {
            let id = self.env.id();
            let article = key.and_then(|key| self.state.articles.get(key));
            let taken = article.is_some_and(|a| {
                a.sidecar.annotations.contains_key(&id)
                    || a.sidecar.relations.contains_key(&id)
                    || a.sidecar.cast.contains_key(&id)
            });
            if !taken
                && !self.state.records.entities.by_id.contains_key(&id)
                && self.state.codes.book.get(&id).is_none()
            {
                return id;
            }
        }
    }
}

/// What the verb that begins a step's name is called once it is done.
const DONE: [(&str, &str); 26] = [
    ("accept", "Accepted"),
    ("add", "Added"),
    ("attach", "Attached"),
    ("choose", "Chose"),
    ("clear", "Cleared"),
    ("code", "Coded"),
    ("colour", "Coloured"),
    ("confirm", "Confirmed"),
    ("describe", "Described"),
    ("give", "Gave"),
    ("join", "Joined"),
    ("make", "Made"),
    ("mark", "Marked"),
    ("merge", "Merged"),
    ("move", "Moved"),
    ("quote", "Quoted"),
    ("reject", "Rejected"),
    ("remove", "Removed"),
    ("rename", "Renamed"),
    ("retag", "Retagged"),
    ("split", "Split"),
    ("tag", "Tagged"),
    ("take", "Took"),
    ("undo", "Undid"),
    ("unlink", "Unlinked"),
    ("write", "Wrote"),
];

/// A step's name as something that was done: "tag claim “…”" is "Tagged claim “…”".
fn told(name: &str) -> String {
    let end = name.find(' ').unwrap_or(name.len());
    let (verb, rest) = name.split_at(end);
    if let Some((_, done)) = DONE.iter().find(|(now, _)| *now == verb) {
        return format!("{done}{rest}");
    }
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
