//! The folder's codebook (`pressmark.codebook.json`).
//!
//! An annotation names its code by id, so that a code can be renamed; files from elsewhere may name it in words.

use super::{Extra, Id};

/// One code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its id.
    pub id: Id,
    /// What coders see.
    pub name: String,
    /// What it means.
    pub definition: String,
    /// When to use it.
    pub include: String,
    /// When not to.
    pub exclude: String,
    /// `#rrggbb`.
    pub colour: String,
    /// The digit that tags with it.
    pub key: Option<u8>,
    /// The code it belongs under.
    pub parent: Option<Id>,
    /// Whether it was taken out of the codebook. Its name stays, for annotations that still have it.
    pub removed: bool,
    /// Fields of newer versions.
    pub extra: Extra,
}

impl Code {
    /// A code of which nothing but the name is said.
    pub fn new(id: Id, name: String) -> Self {
        Self {
            id,
            name,
            definition: String::new(),
            include: String::new(),
            exclude: String::new(),
            colour: String::new(),
            key: None,
            parent: None,
            removed: false,
            extra: Extra::default(),
        }
    }
}

/// Codes and settings that all coders of a folder share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// Codes in the order of the file, removed ones too.
    pub codes: Vec<Code>,
    /// Whether sidecars carry the article's text.
    pub embed_text: bool,
    /// Variables, scale and fields of newer versions.
    pub extra: Extra,
}

impl Default for Codebook {
    fn default() -> Self {
        Self {
            codes: Vec::new(),
            embed_text: true,
            extra: Extra::default(),
        }
    }
}

impl Codebook {
    /// The codes that can be given, in their order.
    pub fn current(&self) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter(|code| !code.removed)
    }

    /// The code with an id, removed or not.
    pub fn get(&self, id: &Id) -> Option<&Code> {
        self.codes.iter().find(|code| code.id == *id)
    }

    /// The code that an annotation names: by its id, or else in words.
    pub fn find(&self, named: &str) -> Option<&Code> {
        let by_id = self.codes.iter().find(|code| code.id.as_str() == named);
        by_id
            .or_else(|| self.current().find(|code| code.name == named))
            .or_else(|| self.codes.iter().find(|code| code.name == named))
    }

    /// The code of a digit.
    pub fn of_key(&self, key: u8) -> Option<&Code> {
        self.current().find(|code| code.key == Some(key))
    }

    /// The lowest digit from 1 to 9 that no code has.
    pub fn free_key(&self) -> Option<u8> {
        (1..=9).find(|key| self.of_key(*key).is_none())
    }

    /// How deep a code lies under others. Codes that lie under each other in a circle lie at the top.
    pub fn depth(&self, code: &Code) -> usize {
        let mut depth = 0;
        let mut at = code;
        while let Some(parent) = at.parent.as_ref().and_then(|id| self.get(id)) {
            depth += 1;
            if depth > self.codes.len() {
                return 0;
            }
            at = parent;
        }
        depth
    }

    /// Whether a code may be put under another one: not under itself, nor under what lies under it.
    pub fn may_lie_under(&self, code: &Id, parent: &Id) -> bool {
        let mut at = Some(parent);
        for _ in 0..=self.codes.len() {
            match at {
                None => return true,
                Some(id) if id == code => return false,
                Some(id) => at = self.get(id).and_then(|code| code.parent.as_ref()),
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes written as "id" or "id<parent".
    fn book(codes: &[&str]) -> Codebook {
        let code = |written: &&str| {
            let (id, parent) = written.split_once('<').unwrap_or((written, ""));
            Code {
                parent: (!parent.is_empty()).then(|| Id::from(parent)),
                ..Code::new(Id::from(id), id.to_uppercase())
            }
        };
        Codebook {
            codes: codes.iter().map(code).collect(),
            ..Codebook::default()
        }
    }

    #[test]
    fn a_code_is_found_by_its_id_and_else_by_its_name() {
        let book = book(&["a", "b"]);
        assert_eq!(book.find("b").map(|c| c.id.as_str()), Some("b"));
        assert_eq!(book.find("B").map(|c| c.id.as_str()), Some("b"));
        assert_eq!(book.find("c"), None);
    }

    #[test]
    fn no_code_lies_under_itself() {
        let book = book(&["a", "b<a", "c<b"]);
        assert!(!book.may_lie_under(&"a".into(), &"c".into()));
        assert!(book.may_lie_under(&"c".into(), &"a".into()));
        assert_eq!(book.depth(&book.codes[2]), 2);
    }

    #[test]
    fn a_circle_of_codes_that_a_file_brings_ends_nothing() {
        let book = book(&["a<b", "b<a", "c"]);
        assert_eq!(book.depth(&book.codes[0]), 0);
        assert!(!book.may_lie_under(&"c".into(), &"a".into()));
    }
}
