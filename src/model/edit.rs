//! Edits: the only way in which annotations and records change, and all there is to undo.
//!
//! Every edit sets one thing to a value, or to nothing, and hands back the edit that restores what was there. So
//! `apply` followed by its result is the identity, whatever came before.

use thiserror::Error;

use super::{
    Annotation, AttrValue, ById, CastEntry, Code, Codebook, Entities, Entity, Id, Override,
    Rejection, Relation, Sidecar, Status,
};

/// One change of a sidecar, of the folder's records, or of its codebook.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Sets or removes an annotation.
    Annotation(Id, Option<Box<Annotation>>),
    /// Sets or removes a relation.
    Relation(Id, Option<Relation>),
    /// Sets or removes a cast entry.
    Cast(Id, Option<CastEntry>),
    /// Sets how far the work is.
    Status(Status),
    /// Sets all variables of the article.
    Variables(Vec<(String, AttrValue)>),
    /// Sets all decisions against the segmenter.
    Overrides(Vec<Override>),
    /// Sets all rejections.
    Rejections(Vec<Rejection>),
    /// Sets the whole sidecar: another decoding of the article, a merge from outside.
    Sidecar(Box<Sidecar>),
    /// Sets or removes a record of the folder.
    Entity(Id, Option<Entity>),
    /// Sets all codes of the codebook.
    Codes(Vec<Code>),
}

/// Why an edit cannot be applied. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The value carries another id than the place it is set at.
    #[error("the value under {0} carries another id")]
    IdMismatch(Id),
    /// The edit belongs to another kind of document.
    #[error("this edit does not belong to this document")]
    WrongDocument,
}

impl Sidecar {
    /// Applies an edit and returns its inverse.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        Ok(match edit {
            Edit::Annotation(id, value) => {
                check(&id, value.as_deref().map(|a| &a.id))?;
                let old = put(&mut self.annotations, id.clone(), value.map(|a| *a));
                Edit::Annotation(id, old.map(Box::new))
            }
            Edit::Relation(id, value) => {
                check(&id, value.as_ref().map(|r| &r.id))?;
                Edit::Relation(id.clone(), put(&mut self.relations, id, value))
            }
            Edit::Cast(id, value) => {
                check(&id, value.as_ref().map(|c| &c.id))?;
                Edit::Cast(id.clone(), put(&mut self.cast, id, value))
            }
            Edit::Status(status) => Edit::Status(std::mem::replace(&mut self.status, status)),
            Edit::Variables(value) => {
                Edit::Variables(std::mem::replace(&mut self.variables, value))
            }
            Edit::Overrides(value) => {
                Edit::Overrides(std::mem::replace(&mut self.overrides, value))
            }
            Edit::Rejections(value) => {
                Edit::Rejections(std::mem::replace(&mut self.rejected, value))
            }
            Edit::Sidecar(value) => Edit::Sidecar(Box::new(std::mem::replace(self, *value))),
            Edit::Entity(..) | Edit::Codes(..) => return Err(EditError::WrongDocument),
        })
    }
}

impl Entities {
    /// Applies an edit and returns its inverse.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Entity(id, value) => {
                check(&id, value.as_ref().map(|e| &e.id))?;
                Ok(Edit::Entity(id.clone(), put(&mut self.by_id, id, value)))
            }
            _ => Err(EditError::WrongDocument),
        }
    }
}

impl Codebook {
    /// Applies an edit and returns its inverse.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Codes(codes) => Ok(Edit::Codes(std::mem::replace(&mut self.codes, codes))),
            _ => Err(EditError::WrongDocument),
        }
    }
}

fn check(id: &Id, inside: Option<&Id>) -> Result<(), EditError> {
    match inside {
        Some(other) if other != id => Err(EditError::IdMismatch(id.clone())),
        _ => Ok(()),
    }
}

fn put<T: Clone>(map: &mut ById<T>, id: Id, value: Option<T>) -> Option<T> {
    match value {
        Some(value) => map.insert(id, value),
        None => map.remove(&id),
    }
}
