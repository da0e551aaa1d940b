//! What an earlier run could not save: offered when its folder is opened, and brought back by a merge.
//!
//! It stays in the recovery store until it is saved where it belongs, or thrown away by a person.

use super::Cx;
use super::saved::Both;
use crate::app::article::{ArticleKey, DocId};
use crate::app::effect::Effect;
use crate::app::merge::{merge_codebooks, merge_entities, merge_sidecars};
use crate::app::notice::Message;
use crate::app::state::Page;
use crate::model::Edit;
use crate::store::{self, Kept};

impl Cx<'_> {
    /// Something is kept for this folder: a person is asked, unless it is this run's own.
    pub(super) fn take_kept(&mut self, mut kept: Vec<Kept>) {
        let own: Vec<_> = self.state.saves().flat_map(|s| &s.kept).collect();
        kept.retain(|k| !own.contains(&&k.file) && !self.state.bringing_back.contains(k));
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            kept.into_iter().partition(|k| self.doc_at(k).is_some());
        if let Some(first) = elsewhere.first() {
            self.notify(Message::problem(
                "Unsaved changes are kept for articles that are not here any more.",
                first.path.display().to_string(),
                format!(
                    "Put the articles back and press F5. Until then they stay in {}.",
                    first.file.display()
                ),
            ));
        }
        if !here.is_empty() && self.state.page.is_none() {
            self.state.page = Some(Page::Rescued);
        }
        self.state.rescued = here;
    }

    /// The document that something was kept for.
    fn doc_at(&self, kept: &Kept) -> Option<DocId> {
        let folder = self.state.folder.as_ref()?;
        if kept.path == store::entities_path(&folder.root) {
            return Some(DocId::Entities);
        }
        if kept.path == store::codebook_path(&folder.root) {
            return Some(DocId::Codebook);
        }
        folder.article_of_file(&kept.path).map(DocId::Article)
    }

    pub(super) fn bring_back(&mut self) {
        self.state.page = None;
        let rescued = std::mem::take(&mut self.state.rescued);
        let mut articles = Vec::new();
        for kept in rescued {
            match self.doc_at(&kept) {
                Some(DocId::Article(key)) => {
                    self.state.bringing_back.push(kept);
                    articles.push(key);
                }
                Some(doc) => {
                    let merged = match doc {
                        DocId::Codebook => self.merge_kept_codes(&kept),
                        _ => self.merge_kept_records(&kept),
                    };
                    self.brought_back(&doc, kept, merged);
                }
                None => {}
            }
        }
        articles.dedup();
        for key in articles {
            if self.state.articles.contains_key(&key) {
                self.bring_back_into(&key);
            } else if let Some(path) = self.state.folder.as_ref().and_then(|f| f.path(&key)) {
                let encoding = None;
                self.effects.push(Effect::Load {
                    is_compared: self.is_remembered(&key),
                    key,
                    path,
                    encoding,
                });
            }
        }
    }

    /// An article is there: what is to be brought back into it is.
    pub(super) fn bring_back_into(&mut self, key: &ArticleKey) {
        let doc = DocId::Article(key.clone());
        let waiting = std::mem::take(&mut self.state.bringing_back);
        let (mine, others): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|k| self.doc_at(k).as_ref() == Some(&doc));
        self.state.bringing_back = others;
        for kept in mine {
            let merged = self.merge_kept_article(key, &kept);
            self.brought_back(&doc, kept, merged);
        }
    }

    fn merge_kept_article(&mut self, key: &ArticleKey, kept: &Kept) -> Result<Both, String> {
        let Some(article) = self.state.articles.get_mut(key) else {
            return Ok(Both::default());
        };
        if let Some(why) = &article.readonly {
            return Err(why.clone());
        }
        let parse = |bytes: &[u8]| {
            store::parse_sidecar(bytes).map_err(|e| e.in_file(&kept.file).to_string())
        };
        let (mut base, mut ours) = (parse(&kept.base)?, parse(&kept.bytes)?);
        for sidecar in [&mut base, &mut ours] {
            store::anchor(sidecar, &article.source, &article.sidecar.article);
        }
        ours.article = article.sidecar.article.clone();
        ours.text = article.sidecar.text.clone();
        let merged = merge_sidecars(&base, &ours, &article.sidecar, || self.env.id());
        // A whole sidecar fits any article.
        let _ = article.apply(Edit::Sidecar(Box::new(merged.value)));
        article.conflicts.add(&merged.twice, &merged.settled);
        Ok((merged.twice, merged.settled))
    }

    fn merge_kept_records(&mut self, kept: &Kept) -> Result<Both, String> {
        let records = &mut self.state.records;
        if let Some(why) = &records.readonly {
            return Err(why.clone());
        }
        let parse = |bytes: &[u8]| {
            store::parse_entities(bytes).map_err(|e| e.in_file(&kept.file).to_string())
        };
        let (base, ours) = (parse(&kept.base)?, parse(&kept.bytes)?);
        let merged = merge_entities(&base, &ours, &records.entities);
        records.entities = merged.value;
        records.save.revision += 1;
        Ok((merged.twice, merged.settled))
    }

    fn merge_kept_codes(&mut self, kept: &Kept) -> Result<Both, String> {
        let codes = &mut self.state.codes;
        if let Some(why) = &codes.readonly {
            return Err(why.clone());
        }
        let parse = |bytes: &[u8]| {
            store::parse_codebook(bytes).map_err(|e| e.in_file(&kept.file).to_string())
        };
        let (base, ours) = (parse(&kept.base)?, parse(&kept.bytes)?);
        let merged = merge_codebooks(&base, &ours, &codes.book);
        codes.book = merged.value;
        codes.save.revision += 1;
        Ok((merged.twice, merged.settled))
    }

    /// Says so, and saves it where it belongs; until that has worked it stays in the recovery store as well.
    fn brought_back(&mut self, doc: &DocId, kept: Kept, merged: Result<Both, String>) {
        let what = self.what(doc);
        match merged {
            Ok((twice, settled)) => {
                if let Some(save) = self.save_state(doc) {
                    save.kept.push(kept.file);
                    save.kept_revision = save.revision;
                }
                self.forget_steps(std::slice::from_ref(doc));
                self.notify(Message::brought_back(&what, &twice, &settled));
                self.follow_overrides(doc);
                self.row_changed(doc);
                self.save(doc);
            }
            Err(error) => {
                self.notify(Message::problem(
                    format!("The unsaved changes of {what} could not be brought back."),
                    error,
                    format!(
                        "They stay in {}, and are offered again.",
                        kept.file.display()
                    ),
                ));
            }
        }
    }

    pub(super) fn drop_rescued(&mut self) {
        self.state.page = None;
        let rescued = std::mem::take(&mut self.state.rescued);
        let files = rescued.into_iter().map(|kept| kept.file).collect();
        self.effects.push(Effect::DropKept(files));
        self.say("Thrown away.");
    }
}
