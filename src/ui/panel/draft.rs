//! What is being typed in the editor's fields, until it is asked to be kept.
//!
//! A draft is sent when its field is left, after a second's rest, when its field is not shown any more, and when Ctrl
//! goes down (a command may follow that takes the article away). So nothing that was typed is lost, and one thought is
//! one step to undo.

use std::collections::HashMap;

use crate::app::ArticleKey;
use crate::model::Id;

/// How long a person rests before what was typed is kept, in seconds.
pub const REST: f64 = 1.0;

/// A field of the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The remark.
    Note,
    /// The record's name.
    Name,
    /// A free-text axis of an annotation.
    Axis(&'static str),
    /// A free-text axis of a record in this article.
    Cast(&'static str),
    /// A free-text axis of a piece of a claim's evidence, by its rank.
    Evidence(usize, &'static str),
}

/// Which field of which thing.
pub type Key = (Slot, Id);

/// What was typed, to be kept in the article that it was typed for.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    /// The article.
    pub article: ArticleKey,
    /// The field.
    pub key: Key,
    /// The text.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq)]
struct Draft {
    article: ArticleKey,
    text: String,
    typed_at: f64,
    is_shown: bool,
}

impl Draft {
    fn typed(self, key: Key) -> Typed {
        Typed {
            article: self.article,
            key,
            text: self.text,
        }
    }
}

/// All drafts.
#[derive(Debug, Default)]
pub struct Drafts {
    open: HashMap<Key, Draft>,
}

impl Drafts {
    /// What a field shows: what was typed, or else the value; and that it is shown in this frame.
    pub fn text(&mut self, key: &Key, value: &str) -> String {
        match self.open.get_mut(key) {
            Some(draft) => {
                draft.is_shown = true;
                draft.text.clone()
            }
            None => value.to_owned(),
        }
    }

    /// Takes what was typed.
    pub fn typed(&mut self, key: &Key, article: &ArticleKey, text: String, now: f64) {
        let draft = Draft {
            article: article.clone(),
            text,
            typed_at: now,
            is_shown: true,
        };
        self.open.insert(key.clone(), draft);
    }

    /// Seconds until a draft has rested long enough, if there is one.
    pub fn rest_left(&self, key: &Key, now: f64) -> Option<f64> {
        let draft = self.open.get(key)?;
        Some(REST - (now - draft.typed_at))
    }

    /// Hands a draft over to be kept.
    pub fn take(&mut self, key: &Key) -> Option<Typed> {
        let (key, draft) = self.open.remove_entry(key)?;
        Some(draft.typed(key))
    }

    /// Hands over the drafts whose fields were not shown since the last call.
    pub fn abandoned(&mut self) -> Vec<Typed> {
        let gone: Vec<Key> = self
            .open
            .iter_mut()
            .filter_map(|(key, draft)| {
                let was_shown = std::mem::take(&mut draft.is_shown);
                (!was_shown).then(|| key.clone())
            })
            .collect();
        gone.iter().filter_map(|key| self.take(key)).collect()
    }

    /// Hands over all drafts.
    pub fn take_all(&mut self) -> Vec<Typed> {
        let all = self.open.drain();
        all.map(|(key, draft)| draft.typed(key)).collect()
    }

    /// Whether anything was typed that is not kept yet.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_whose_field_is_gone_is_handed_over_once() {
        let mut drafts = Drafts::default();
        let (key, article) = ((Slot::Note, Id::new("a")), ArticleKey::from("one.txt"));
        drafts.typed(&key, &article, "half a thought".to_owned(), 0.0);
        assert!(drafts.abandoned().is_empty(), "it was shown in this frame");
        let typed = Typed {
            article,
            key,
            text: "half a thought".to_owned(),
        };
        assert_eq!(
            drafts.abandoned(),
            [typed],
            "with the article that it is about"
        );
        assert!(drafts.abandoned().is_empty());
    }
}
