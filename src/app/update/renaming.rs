//! Articles that have another name now: found again by their hash, and given their tags when a person says so. Where the
//! sidecar was renamed with its article, there is nothing to decide.

use std::path::Path;

use super::Cx;
use crate::app::Command;
use crate::app::article::{ArticleKey, DocId};
use crate::app::effect::Effect;
use crate::app::history::Transaction;
use crate::app::notice::Message;
use crate::store::{self, Articles, Copy, MISSING, Renamed, StoreError};

impl Cx<'_> {
    /// Articles that were not there were looked for; `news` are those whose absence nobody was told of.
    pub(super) fn take_renamed(&mut self, news: &[ArticleKey], found: Vec<Renamed>) {
        let mut lost = news.to_vec();
        for renamed in found {
            let (from, to) = (self.key_of(&renamed.from), self.key_of(&renamed.to));
            let Some(to) = to else {
                continue;
            };
            let Some(from) = from else {
                // The sidecar went along, if there was one: nothing to decide.
                self.follow(&renamed);
                continue;
            };
            lost.retain(|key| *key != from);
            if renamed.has_sidecar {
                // Tags under both names: the old ones are like a copy of the new ones.
                let path = store::sidecar_path(&renamed.from);
                let rel = format!("{from}.ann.json");
                let of = store::sidecar_path(&renamed.to);
                self.offer_copy(Copy { rel, path, of });
                self.tell_copies();
            } else if let Some(folder) = &mut self.state.folder {
                folder.renamed.retain(|other| other.from != renamed.from);
                folder.renamed.push(renamed.clone());
                self.notify(Message::renamed(&from, &to, renamed));
            }
        }
        self.tell_missing(&lost);
    }

    fn key_of(&self, path: &Path) -> Option<ArticleKey> {
        self.state.folder.as_ref()?.article_at(path)
    }

    /// Asks for a sidecar to be moved; not before it is saved.
    pub(super) fn move_tags(&mut self, renamed: Renamed) -> bool {
        let doc = self.key_of(&renamed.from).map(DocId::Article);
        if doc.is_some_and(|doc| self.save_state(&doc).is_some_and(|save| !save.is_saved())) {
            self.say("Saving first: move the tags in a moment.");
            return false;
        }
        self.effects.push(Effect::MoveTags(renamed));
        true
    }

    /// Whether the next step to be taken back (or done again) moves a sidecar; then it is asked for.
    pub(super) fn moves_back(&mut self, undo: bool) -> bool {
        let history = &self.state.history;
        let step = if undo {
            history.next_undo()
        } else {
            history.next_redo()
        };
        let Some(renamed) = step.and_then(|step| step.moves.clone()) else {
            return false;
        };
        if self.move_tags(renamed) {
            self.state.history.moving = Some(undo);
        }
        true
    }

    pub(super) fn tags_moved(&mut self, renamed: Renamed, moved: Result<(), StoreError>) {
        let names = [&renamed.from, &renamed.to].map(|path| self.name_of(path));
        let [Some(from), Some(to)] = names else {
            return;
        };
        let by = self.state.history.moving;
        if let Err(error) = moved {
            self.state.history.moving = None;
            return self.notify(Message::problem(
                format!("The tags of “{from}” could not be moved."),
                error.to_string(),
                "They are where they were. F5 reads the folder again.",
            ));
        }
        let back = Renamed {
            from: renamed.to.clone(),
            to: renamed.from.clone(),
            has_sidecar: false,
        };
        let is_back = by == Some(true);
        let offered = if is_back { &back } else { &renamed };
        let offer = Command::MoveTags(offered.clone());
        self.withdraw(|notice| {
            notice
                .action
                .as_ref()
                .is_some_and(|(_, does)| *does == offer)
        });
        if let Some(folder) = &mut self.state.folder {
            folder.renamed.retain(|other| other != offered);
            let mut added = Articles::new(&folder.root);
            if is_back {
                // It stands under the name again that no article has.
                folder.renamed.push(offered.clone());
                added.add_at(&to, &renamed.to);
                folder.change_rows(&added, &[]);
                if let Some(at) = folder.rows.at(&to) {
                    folder.rows.set_missing(at);
                }
            } else {
                folder.change_rows(&added, std::slice::from_ref(&from));
            }
        }
        self.follow(&renamed);
        self.read_again(&to);
        let folder = self.state.folder.as_ref();
        let is_either = |name: &str| *name == *from || *name == *to;
        let rows = folder.map(|folder| folder.rows.articles().only(is_either));
        self.effects.extend(rows.map(Effect::ReadRows));
        let name = match is_back {
            true => format!("move the tags of “{to}” to “{from}”"),
            false => format!("move the tags of “{from}” to “{to}”"),
        };
        match by {
            Some(true) => self.say(format!("Undid: {name}")),
            Some(false) => self.say(format!("Did again: {name}")),
            None => self.notify(Message::info(format!(
                "The tags of “{from}” are with “{to}” now."
            ))),
        }
        let step = Transaction {
            name,
            edits: Vec::new(),
            place: None,
            merges: None,
            moves: Some(back),
        };
        self.state.history.moved(&renamed, step);
    }

    /// What an article at a path is called, be it there or not.
    fn name_of(&self, path: &Path) -> Option<ArticleKey> {
        let folder = self.state.folder.as_ref()?;
        let name = folder.rows.articles().name_of(path)?;
        Some(name.as_str().into())
    }

    /// An article that is in memory goes on under its new name, with everything that can be undone.
    fn follow(&mut self, renamed: &Renamed) {
        let is_it = |article: &&crate::app::OpenArticle| article.path == renamed.from;
        let Some(from) = self
            .state
            .articles
            .values()
            .find(is_it)
            .map(|a| a.key.clone())
        else {
            return;
        };
        let Some(to) = self.key_of(&renamed.to) else {
            return;
        };
        let Some(mut article) = self.state.articles.remove(&from) else {
            return;
        };
        article.key = to.clone();
        article.path = renamed.to.clone();
        article.readonly.take_if(|why| why == MISSING);
        self.state.articles.insert(to.clone(), article);
        self.state.history.rename(&from, &to);
        let beside = self.state.beside.as_mut().map(|beside| &mut beside.key);
        let places = [
            self.state.current.as_mut(),
            self.state.loading.as_mut(),
            beside,
        ];
        for place in places.into_iter().flatten().filter(|key| **key == from) {
            *place = to.clone();
        }
        if let Some((key, _)) = &mut self.state.came_from
            && *key == from
        {
            *key = to.clone();
        }
        self.remember_place();
        self.read_again(&to);
        self.say(format!("“{from}” is called “{to}” now."));
    }
}
