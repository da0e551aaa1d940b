//! Articles that have another name now: found again by their hash, and given their tags when a person says so. Where the
//! sidecar was renamed with its article, there is nothing to decide.

use std::path::Path;

use super::Cx;
use crate::app::Command;
use crate::app::article::{ArticleKey, DocId};
use crate::app::effect::Effect;
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

    pub(super) fn move_tags(&mut self, renamed: Renamed) {
        let doc = self.key_of(&renamed.from).map(DocId::Article);
        if doc.is_some_and(|doc| self.save_state(&doc).is_some_and(|save| !save.is_saved())) {
            return self.say("Saving first: move the tags in a moment.");
        }
        self.effects.push(Effect::MoveTags(renamed));
    }

    pub(super) fn tags_moved(&mut self, renamed: Renamed, moved: Result<(), StoreError>) {
        let (from, to) = (self.key_of(&renamed.from), self.key_of(&renamed.to));
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        if let Err(error) = moved {
            return self.notify(Message::problem(
                format!("The tags of “{from}” could not be moved."),
                error.to_string(),
                "They are where they were. F5 reads the folder again.",
            ));
        }
        let offer = Command::MoveTags(renamed.clone());
        self.withdraw(|notice| {
            notice
                .action
                .as_ref()
                .is_some_and(|(_, does)| *does == offer)
        });
        if let Some(folder) = &mut self.state.folder {
            folder.renamed.retain(|other| *other != renamed);
            let added = Articles::new(&folder.root);
            folder.change_rows(&added, std::slice::from_ref(&from));
        }
        self.follow(&renamed);
        self.read_again(&to);
        let folder = self.state.folder.as_ref();
        let rows = folder.map(|folder| folder.rows.articles().only(|name| *name == *to));
        self.effects.extend(rows.map(Effect::ReadRows));
        self.notify(Message::info(format!(
            "The tags of “{from}” are with “{to}” now."
        )));
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
