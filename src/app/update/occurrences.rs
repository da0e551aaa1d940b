//! A: all other places of a tag's words in the article, as one step, but for those that are left out.

use super::Cx;
use crate::app::article::ArticleKey;
use crate::app::focus::{Direction, Selection};
use crate::app::occurrences::{Like, in_short};
use crate::app::pick::{Choice, Pick, PickItem, Purpose};
use crate::model::{Edit, Id, Origin, Span};

impl Cx<'_> {
    /// Shows what would be tagged; Enter tags it.
    pub(super) fn all_occurrences(&mut self, id: &Id) {
        let Some(article) = self.state.article() else {
            return;
        };
        let Some(like) = Like::of(self.state, id) else {
            return;
        };
        let spans = like.untagged(article);
        if spans.is_empty() {
            return self.say(format!(
                "“{}” has no other place in this article without a tag. Ctrl+Shift+A looks in the folder.",
                like.words
            ));
        }
        let each = spans.iter().map(|span| PickItem {
            label: in_short(article, *span),
            detail: format!("¶{}", article.block_at(span.start()) + 1),
            choice: Choice::Span(*span, None),
        });
        self.state.pick = Some(Pick {
            about: None,
            items: each.collect(),
            purpose: Purpose::Occurrences(Box::new(like)),
            zero: None,
            filter: String::new(),
            left_out: Default::default(),
            at: None,
            waits: None,
        });
    }

    /// Leaves a mention out, or takes it in again, and looks at it.
    pub(super) fn leave_out(&mut self, at: usize) {
        let Some(pick) = self.state.pick.as_mut().filter(|p| at < p.items.len()) else {
            return;
        };
        if !pick.left_out.remove(&at) {
            pick.left_out.insert(at);
        }
        self.look_at(at);
    }

    /// Looks at the next or previous mention, round the article's ends.
    pub(super) fn walk_pick(&mut self, way: Direction) {
        let Some(pick) = self.state.pick.as_ref().filter(|p| p.is_several()) else {
            return;
        };
        let count = pick.items.len();
        let next = match (pick.at, way) {
            (None, Direction::Forward) => 0,
            (None, Direction::Back) => count - 1,
            (Some(at), Direction::Forward) => (at + 1) % count,
            (Some(at), Direction::Back) => (at + count - 1) % count,
        };
        self.look_at(next);
    }

    /// Shows a mention in the text; the focus stays where it is.
    fn look_at(&mut self, at: usize) {
        let Some(pick) = &mut self.state.pick else {
            return;
        };
        pick.at = Some(at);
        let span = pick.looked_at();
        if let (Some(span), Some(article)) = (span, self.state.article_mut()) {
            article.selection = Some(Selection {
                anchor: span.start(),
                head: span.end(),
            });
        }
        self.state.reveal += 1;
    }

    /// Closes the pick list; what was only looked at is not selected any more.
    pub(super) fn close_pick(&mut self) -> Option<Pick> {
        let pick = self.state.pick.take()?;
        if pick.at.is_some() {
            if let Some(article) = self.state.article_mut() {
                article.selection = None;
            }
            self.state.reveal += 1;
        }
        self.take_up(pick.waits.clone());
        Some(pick)
    }

    /// Tags all that are not left out.
    pub(super) fn pick_all(&mut self) {
        let Some(pick) = self.close_pick() else {
            return;
        };
        let spans = pick.meant();
        match pick.purpose {
            Purpose::Occurrences(_) if spans.is_empty() => {
                self.say("All were left out: nothing is tagged.");
            }
            Purpose::Occurrences(like) => self.tag_occurrences(&like, &spans),
            _ => {}
        }
    }

    fn tag_occurrences(&mut self, like: &Like, spans: &[Span]) {
        let Some(key) = self.state.current.clone() else {
            return;
        };
        let new = spans
            .iter()
            .filter_map(|span| self.one_more(&key, like, *span));
        let edits: Vec<Edit> = new.collect();
        let name = format!("tag {}", like.counted(edits.len()));
        if self.commit(&name, edits) {
            self.after_tag(&like.id, like.layer);
        }
    }

    /// Another annotation of the kind, on a passage of an open article.
    pub(super) fn one_more(&mut self, key: &ArticleKey, like: &Like, span: Span) -> Option<Edit> {
        let mut annotation = self.annotation_in(key, like.layer, &[span], Origin::Propagated)?;
        annotation.entity.clone_from(&like.entity);
        annotation.attrs = like.attrs.clone();
        Some(Edit::Annotation(
            annotation.id.clone(),
            Some(Box::new(annotation)),
        ))
    }
}
