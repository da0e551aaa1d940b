//! A for the whole folder: looks for the words of a tag in every article, shows what would be tagged, and tags all that
//! is not left out as one step.
//!
//! What is tagged is what was shown: a passage that another program changed meanwhile is left out, and said.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Cx;
use crate::app::article::{ArticleKey, DocId, OpenArticle};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::notice::Message;
use crate::app::occurrences::{Everywhere, Like, MOST_ARTICLES, Passages, Progress, Searched};
use crate::app::state::Page;
use crate::model::{Edit, Id, Span};
use crate::store::StoreError;

impl Cx<'_> {
    /// Looks through the folder for other places of an annotation's words.
    pub(super) fn look_everywhere(&mut self, id: &Id) {
        let (Some(like), Some(folder)) = (Like::of(self.state, id), &self.state.folder) else {
            return;
        };
        // Of an open article we know more than the disk; one that is not there cannot be tagged.
        let articles = folder.there(|name| !self.state.articles.contains_key(name));
        self.close_pick();
        self.state.tickets += 1;
        let ticket = self.state.tickets;
        self.state.everywhere = Some(Everywhere {
            ticket,
            like: like.clone(),
            progress: Progress::Searching,
            done: (0, articles.len()),
            found: Vec::new(),
            unread: 0,
            more: 0,
            left_out: BTreeSet::new(),
        });
        self.state.page = Some(Page::Everywhere);
        self.effects.push(Effect::SearchFolder {
            ticket,
            like: Box::new(like),
            learnt: self.state.learnt(),
            articles,
        });
    }

    /// When the page is gone, however it went, what is under way for it stops.
    pub(super) fn follow_page(&mut self) {
        if self.state.everywhere.is_some() && self.state.page != Some(Page::Everywhere) {
            self.leave_everywhere();
        }
    }

    fn leave_everywhere(&mut self) {
        if self.state.everywhere.take().is_some() {
            self.effects.push(Effect::StopSearch);
        }
        self.state.page = self.state.page.filter(|page| *page != Page::Everywhere);
    }

    fn awaited(&mut self, ticket: u64, progress: Progress) -> Option<&mut Everywhere> {
        let everywhere = self.state.everywhere.as_mut();
        everywhere.filter(|e| e.ticket == ticket && e.progress == progress)
    }

    /// So many articles are through.
    pub(super) fn everywhere_progress(&mut self, ticket: u64, done: usize) {
        let everywhere = self.state.everywhere.as_mut();
        if let Some(everywhere) = everywhere.filter(|e| e.ticket == ticket) {
            everywhere.done.0 = done;
        }
    }

    pub(super) fn take_searched(&mut self, ticket: u64, searched: Searched) {
        let Some(everywhere) = self.awaited(ticket, Progress::Searching) else {
            return;
        };
        let like = everywhere.like.clone();
        let open = self.state.articles.values();
        let mut found: Vec<Passages> = open.filter_map(|a| like.found_in(a)).collect();
        found.extend(searched.found);
        if let Some(folder) = &self.state.folder {
            found.sort_by_key(|f| folder.rows.at(&f.key));
        }
        if found.is_empty() {
            self.leave_everywhere();
            let unread = match searched.unread {
                0 => String::new(),
                1 => " One article could not be read.".to_owned(),
                n => format!(" {n} articles could not be read."),
            };
            return self.say(format!(
                "“{}” stands nowhere else in this folder without a tag.{unread}",
                like.words
            ));
        }
        if let Some(everywhere) = &mut self.state.everywhere {
            everywhere.more = found.len().saturating_sub(MOST_ARTICLES);
            found.truncate(MOST_ARTICLES);
            everywhere.found = found;
            everywhere.unread = searched.unread;
            everywhere.progress = Progress::Choosing;
        }
    }

    /// Leaves a passage out or takes it in again; without one, a whole article.
    pub(super) fn leave_out_everywhere(&mut self, article: usize, passage: Option<usize>) {
        if let Some(everywhere) = &mut self.state.everywhere {
            everywhere.toggle(article, passage);
        }
    }

    /// Tags what is meant, once all of its articles are in memory.
    pub(super) fn tag_everywhere(&mut self) {
        let Some(everywhere) = &mut self.state.everywhere else {
            return;
        };
        if everywhere.progress != Progress::Choosing {
            return;
        }
        if everywhere.meant().0 == 0 {
            self.leave_everywhere();
            return self.say("All were left out: nothing is tagged.");
        }
        let meant = (0..everywhere.found.len()).filter(|at| everywhere.meant_in(*at).count() > 0);
        let meant = meant.map(|at| &everywhere.found[at]);
        let closed = meant.filter(|found| !self.state.articles.contains_key(&found.key));
        let articles: Vec<_> = closed.map(|f| (f.key.clone(), f.path.clone())).collect();
        everywhere.progress = Progress::Opening;
        everywhere.done = (0, articles.len());
        let ticket = everywhere.ticket;
        if articles.is_empty() {
            return self.take_opened(ticket, Vec::new());
        }
        self.effects.push(Effect::LoadSeveral { ticket, articles });
    }

    /// The articles are there.
    pub(super) fn take_opened(
        &mut self,
        ticket: u64,
        opened: Vec<(ArticleKey, Result<OpenArticle, StoreError>)>,
    ) {
        if self.awaited(ticket, Progress::Opening).is_none() {
            self.effects.push(Effect::Discard(Arc::new(opened)));
            return;
        }
        let mut failed = Vec::new();
        for (key, article) in opened {
            match article {
                Ok(article) if !self.state.articles.contains_key(&key) => {
                    self.state.articles.insert(key.clone(), article);
                    self.check_history(&key);
                }
                Ok(_) => {}
                Err(error) => failed.push(error.to_string()),
            }
        }
        let Some(everywhere) = self.state.everywhere.clone() else {
            return;
        };
        self.leave_everywhere();
        let like = &everywhere.like;
        let (mut edits, mut articles, mut changed) = (Vec::new(), 0, 0);
        for (at, found) in everywhere.found.iter().enumerate() {
            let before = edits.len();
            for passage in everywhere.meant_in(at) {
                match self.still(&found.key, like, passage.span, &passage.words) {
                    Some(edit) => edits.push((DocId::Article(found.key.clone()), edit)),
                    None => changed += 1,
                }
            }
            articles += usize::from(edits.len() > before);
        }
        let what = like.counted(edits.len());
        let places = match articles {
            1 => "in 1 article".to_owned(),
            n => format!("in {n} articles"),
        };
        let is_done =
            !edits.is_empty() && self.commit_all(&format!("tag {what} {places}"), edits, None);
        if changed > 0 || !failed.is_empty() {
            let mut why = failed;
            if changed > 0 {
                why.push(format!(
                    "{} changed while you were looking, or cannot be changed.",
                    like.counted(changed)
                ));
            }
            let done = if is_done {
                format!("Tagged {what} {places}.")
            } else {
                "Nothing was tagged.".to_owned()
            };
            self.notify(Message::problem(
                format!("{done} {} left out.", like.counted(changed)),
                why.join("\n"),
                "Ctrl+Shift+A on the tag looks again.",
            ));
        } else if is_done {
            let done = format!("Tagged {what} {places}.");
            let depth = self.state.history.depth();
            self.notify(Message::info(done).offering("Undo", Command::UndoStep(depth)));
        }
    }

    /// A new annotation on a passage that is still as it was shown.
    fn still(&mut self, key: &ArticleKey, like: &Like, span: Span, words: &str) -> Option<Edit> {
        let article = self.state.articles.get(key)?;
        let is_same = article.source.as_str().get(span.range()) == Some(words);
        let may = is_same && article.readonly.is_none() && like.is_free(article, span);
        if may {
            self.one_more(key, like, span)
        } else {
            None
        }
    }
}
