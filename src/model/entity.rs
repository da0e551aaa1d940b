//! Records: persons and organisations over the whole folder, and what they are in one article.

use super::{Attrs, ById, Extra, Id};

/// Whether a record is one human being.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum EntityKind {
    /// One human being.
    #[default]
    Person,
    /// An outlet, a government, a company, any body that speaks.
    Organisation,
}

impl EntityKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Person, Self::Organisation];

    /// The word in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}

/// One office that somebody holds or held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntityRole {
    /// What: "spokesperson".
    pub role: String,
    /// Where: "Ministry of Harbours".
    pub affiliation: String,
    /// Since when, as far as known.
    pub from: String,
    /// Until when.
    pub to: String,
    /// Fields of newer versions.
    pub extra: Extra,
}

/// One record of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its id, which annotations point to.
    pub id: Id,
    /// The fullest name.
    pub name: String,
    /// Other names that articles use.
    pub aliases: Vec<String>,
    /// Person or organisation.
    pub kind: EntityKind,
    /// Offices.
    pub roles: Vec<EntityRole>,
    /// A remark.
    pub note: String,
    /// The record that took this one in; this one stays as a tombstone.
    pub merged_into: Option<Id>,
    /// Fields of newer versions.
    pub extra: Extra,
}

/// The folder's records (`pressmark.entities.json`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entities {
    /// By id.
    pub by_id: ById<Entity>,
    /// Fields of newer versions at the top of the file.
    pub extra: Extra,
    /// Entries that could not be understood, as raw JSON; written back as they were.
    pub unread: Vec<String>,
}

impl Entities {
    /// The record, tombstones followed (at most 64 steps, so a circle ends).
    pub fn resolve(&self, id: &Id) -> Option<&Entity> {
        let mut entity = self.by_id.get(id)?;
        for _ in 0..64 {
            match entity
                .merged_into
                .as_ref()
                .and_then(|to| self.by_id.get(to))
            {
                Some(next) => entity = next,
                None => break,
            }
        }
        Some(entity)
    }
}

/// What a record is in one article: its source axes, set once and inherited by its mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CastEntry {
    /// The record's id; an unnamed source has an entry here and no record.
    pub id: Id,
    /// A copy of the record's name, or the description of an unnamed source.
    pub name: String,
    /// The axes: who, affiliation, identification …
    pub attrs: Attrs,
    /// Fields of newer versions.
    pub extra: Extra,
}
