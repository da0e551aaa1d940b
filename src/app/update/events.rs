//! What came back from the world.

use std::path::PathBuf;
use std::sync::Arc;

use super::Cx;
use super::overruling::segment;
use crate::app::article::{ArticleKey, Awaited, DocId, OpenArticle};
use crate::app::effect::{Effect, Event, ExportOutcome};
use crate::app::notice::Message;
use crate::app::rows::Rows;
use crate::app::state::{Folder, Page, PendingExport};
use crate::model::{Anchoring, Span};
use crate::store::{self, Listing, StoreError};

impl Cx<'_> {
    pub(super) fn take(&mut self, event: Event) {
        let generation = self.state.generation;
        match event {
            Event::FolderPicked(Some(path)) => self.open(path),
            Event::DesktopTheme { is_dark } => self.state.is_desktop_dark = is_dark,
            Event::FolderPicked(None) | Event::ExportFolderPicked(_, None) => {}
            Event::ExportFolderPicked(format, Some(to)) => self.export(format, to, false),
            Event::NoDialog => self.notify(Message::no_dialog()),
            Event::ScanProgress(of, seen) if of == generation => {
                if let Some(work) = &mut self.state.work {
                    work.done = seen;
                }
            }
            Event::Scanned {
                generation: of,
                listing,
                entities,
                codebook,
                file,
                kept,
                limits,
                is_shared,
                history,
            } if of == generation => {
                self.state.work = None;
                match *listing {
                    Ok(listing) => {
                        let same = self
                            .state
                            .folder
                            .as_ref()
                            .is_some_and(|f| f.root == listing.root);
                        if !same && !self.state.unsaved().is_empty() {
                            // Somebody went on tagging while the other folder was read: that is saved first.
                            let path = file.map_or(listing.root.clone(), |f| listing.root.join(f));
                            return self.open(path);
                        }
                        self.take_codebook(*codebook, same);
                        self.take_records(*entities, same);
                        self.take_listing(listing, same, file);
                        if !same {
                            self.take_history(*history);
                        }
                        self.take_kept(kept);
                        if !same {
                            self.offer_tour();
                        }
                        if let Some(why) = limits.filter(|_| !same) {
                            self.notify(Message::not_watched(&why));
                        }
                        if is_shared {
                            self.notify(Message::shared_folder());
                        }
                    }
                    Err(error) => {
                        self.resume();
                        if !matches!(error, StoreError::Cancelled { .. }) {
                            self.notify(Message::folder_failed(&error));
                        }
                    }
                }
            }
            Event::Rows(of, rows) if of == generation => {
                let keys: Vec<ArticleKey> = rows.iter().map(|(key, _)| key.clone()).collect();
                if let Some(folder) = &mut self.state.folder {
                    folder.take_rows(rows);
                }
                for key in keys {
                    // Of an open article we know more than the disk.
                    self.row_changed(&DocId::Article(key));
                }
            }
            Event::Loaded(of, key, loaded) if of == generation => self.take_article(key, *loaded),
            Event::Hashed(of, key) if of == generation => self.take_hashed(&key),
            Event::Segmented(of, key, decided, segments) if of == generation => {
                self.take_segments(&key, &decided, *segments);
            }
            Event::Analysed(of, key, segments, analysis) if of == generation => {
                // Spans of another decoding of the article would lie anywhere.
                if let Some(article) = self.state.articles.get_mut(&key)
                    && Arc::ptr_eq(&article.segments, &segments)
                {
                    article.awaits.take_if(|it| *it == Awaited::Analysis);
                    let before = article.take_analysis(*analysis);
                    self.effects.push(Effect::Discard(Arc::new(before)));
                }
                // Records that came meanwhile teach the rules new names.
                self.analyse(&key);
            }
            Event::Outside(of, noticed) if of == generation => self.take_outside(noticed),
            Event::Shared {
                generation: of,
                revision,
                entities,
                codebook,
            } if of == generation => self.take_shared(revision, *entities, *codebook),
            Event::FoundRenamed(of, news, found) if of == generation => {
                self.take_renamed(&news, found);
            }
            Event::TagsMoved(of, renamed, moved) if of == generation => {
                self.tags_moved(renamed, moved);
            }
            Event::CopyRead(of, copy, bytes) if of == generation => self.merge_copy(copy, bytes),
            Event::ScanProgress(..)
            | Event::Scanned { .. }
            | Event::Outside(..)
            | Event::Shared { .. }
            | Event::FoundRenamed(..)
            | Event::TagsMoved(..)
            | Event::CopyRead(..)
            | Event::Rows(..)
            | Event::Loaded(..)
            | Event::Hashed(..)
            | Event::Segmented(..)
            | Event::Analysed(..) => {}
            Event::Saved {
                doc,
                revision,
                outcome,
                kept,
            } => self.take_saved(doc, revision, outcome, kept),
            Event::Found(ticket, hits) => self.take_hits(ticket, hits),
            Event::FolderProgress(ticket, done) => self.everywhere_progress(ticket, done),
            Event::FolderSearched(ticket, searched) => self.take_searched(ticket, searched),
            Event::SeveralLoaded(ticket, loaded) => self.take_opened(ticket, loaded),
            Event::TryAgain => self.try_again(),
            Event::SettingsFailed(error) => self.notify(Message::problem(
                "Your settings could not be kept.",
                error.to_string(),
                "They hold until you close the window.",
            )),
            Event::SampleWritten(Ok(path)) => self.open(path),
            Event::SampleWritten(Err(error)) => self.notify(Message::folder_failed(&error)),
            Event::ExportProgress(done, total) => {
                if let Some(work) = &mut self.state.work {
                    work.done = done;
                    work.total = Some(total);
                }
            }
            Event::Exported(outcome) => self.take_export(outcome),
            Event::JobFailed(what, why) => {
                self.state.work = None;
                for article in self.state.articles.values_mut() {
                    article.awaits = None;
                }
                self.state.find.aim = None;
                self.notify(Message::job_failed(what, &why));
                if what == "Saving" {
                    self.saver_failed(&why);
                }
            }
        }
    }

    /// An article that cannot be opened is listed apart; at the start, the next one is opened in its place.
    fn article_failed(&mut self, key: &ArticleKey, error: &StoreError) {
        self.state.history.waits = None;
        if self.state.current.is_some() {
            self.notify(Message::article_failed(key, error));
        }
        if self.state.articles.contains_key(key) {
            return;
        }
        self.state.beside.take_if(|beside| beside.key == *key);
        if let Some(folder) = &mut self.state.folder {
            folder.set_apart(vec![(key.clone(), error.reason())]);
            let next = folder.shown.first().and_then(|row| folder.rows.key(*row));
            if let Some(next) = next.filter(|_| self.state.current.is_none()) {
                self.open_article(next);
            }
        }
    }

    /// The folder stays open: what its jobs had in hand when another one was asked for is asked for again.
    fn resume(&mut self) {
        let Some(folder) = &self.state.folder else {
            return;
        };
        let is_unread = |name: &str| folder.row(name).is_some_and(|row| row.info.is_none());
        let unread = folder.rows.articles().only(is_unread);
        if !unread.is_empty() {
            self.effects.push(Effect::ReadRows(unread));
        }
        let mut bare = Vec::new();
        for article in self.state.articles.values_mut() {
            match article.awaits {
                Some(Awaited::Segments) => self.effects.push(segment(article)),
                Some(Awaited::Analysis) => {
                    article.awaits = None;
                    bare.push(article.key.clone());
                }
                None => {}
            }
        }
        for key in bare {
            self.analyse(&key);
        }
        self.load_beside();
        if let Some(key) = self.state.loading.take() {
            self.open_article(key);
        }
    }

    fn take_listing(&mut self, listing: Listing, same: bool, file: Option<String>) {
        let (mut articles, missing) = (listing.articles, listing.missing);
        let mut among: Vec<PathBuf> = Vec::new();
        if !missing.is_empty() {
            among.extend(articles.entries().map(|entry| entry.path));
            articles.append(&missing);
            articles.sort();
        }
        let gone: Vec<_> = missing.entries().map(|e| (e.path, None)).collect();
        let before = self.state.folder.take().filter(|_| same);
        let (known, filter) = before.map_or_else(Default::default, |f| (f.rows, f.filter));
        let mut rows = Rows::new(articles, &known);
        drop(known);
        for name in missing.iter() {
            if let Some(at) = rows.at(name) {
                rows.set_missing(at);
            }
        }
        let mut folder = Folder {
            root: listing.root.clone(),
            rows,
            unreadable: listing.unreadable,
            others: listing.others,
            filter,
            shown: Vec::new(),
            is_alone: file.is_some() && !same,
            copies: self.undecided(listing.copies, &listing.root),
            renamed: Vec::new(),
        };
        folder.refilter();
        let to_read = folder.rows.articles().clone();
        self.state.folder = Some(folder);
        if !same {
            // What the old folder's jobs still send belongs to the old folder.
            self.state.generation += 1;
            self.state.loading = None;
            self.state.pick = None;
            self.state.proposal = None;
        }
        self.effects.push(Effect::ReadRows(to_read));
        self.effects.push(Effect::Watch);
        if !gone.is_empty() {
            self.effects.push(Effect::FindRenamed {
                gone,
                among,
                news: Vec::new(),
            });
        }
        self.remember_folder(&listing.root);
        if let Some(wanted) = file.as_deref().filter(|_| same) {
            return self.open_article(wanted.into());
        }
        if same {
            // Open articles may have been edited, or their sidecars written, by another program.
            let open: Vec<ArticleKey> = self.state.articles.keys().cloned().collect();
            open.iter().for_each(|key| self.read_again(key));
            return;
        }
        self.state.stale.clear();
        self.state.reload.clear();
        self.state.articles.clear();
        self.state.history.clear();
        self.state.current = None;
        self.state.beside = None;
        self.state.came_from = None;
        self.state.visits = Default::default();
        self.state.saved_at = None;
        let folder = self.state.folder.as_ref();
        let is_whole = file.is_none();
        let wanted = file.or_else(|| {
            self.state
                .settings
                .places
                .get(&listing.root)
                .map(|p| p.article.clone())
        });
        let wanted = wanted.and_then(|w| folder?.rows.at(&w));
        let first = folder.and_then(|f| f.rows.key(wanted.unwrap_or(0)));
        if let Some(key) = first {
            self.open_article(key);
        }
        if is_whole {
            self.stand_beside(&listing.root);
        }
    }

    fn take_article(&mut self, key: ArticleKey, loaded: Result<OpenArticle, StoreError>) {
        let wanted = self.state.loading.as_ref() == Some(&key);
        if wanted {
            self.state.loading = None;
        }
        let mut article = match loaded {
            Ok(article) => article,
            Err(error) if self.state.reload.remove(&key).is_some() => {
                return self.reread_failed(&key, &error);
            }
            Err(error) => return self.article_failed(&key, &error),
        };
        if let Some(old) = self.state.articles.get(&key) {
            let (was, is) = (&old.sidecar.article, &article.sidecar.article);
            let unchanged = (&was.sha256, &was.encoding) == (&is.sha256, &is.encoding)
                && old.save.disk == article.save.disk;
            // What was read before our last save came back is older than what is here.
            let asked = self.state.reload.remove(&key);
            let (is_asked, is_newer) = (asked.is_some(), asked == Some(old.save.revision));
            if !is_asked {
                return;
            }
            if !is_newer || !old.save.is_saved() {
                // Once what is here is saved.
                self.state.stale.insert(key);
                return self.reread_stale();
            }
            let is_missing = article.readonly.as_deref() == Some(store::MISSING);
            if unchanged || is_missing || self.sidecar_removed(&key, &article) {
                return self.presence_changed(&key, article.readonly);
            }
            self.forget_steps(&[DocId::Article(key.clone())]);
            if self.state.current.as_ref() == Some(&key) {
                self.state.pick = None;
                self.state.proposal = None;
                self.state.came_from = None;
            }
        }
        let reordering = article.reordering;
        let before = self.state.articles.remove(&key);
        if let Some(before) = &before {
            let view = self.state.view_of(&key);
            let top = view.map_or(before.reread.1, Span::start);
            article.stand_as(before, top);
        } else {
            self.stand_again(&mut article);
        }
        // Counted only where something can have changed.
        let is_edited = article.is_edited;
        let counts = if is_edited {
            article.anchoring()
        } else {
            Anchoring::default()
        };
        let orphans = article.marks.orphans().len();
        let lost = article.sidecar.overrides.iter();
        let lost = lost.filter(|o| o.at.span().is_none()).count();
        let readonly = article.readonly.clone();
        let replaced = article.replaced;
        if let Some(hash) = article
            .save
            .disk
            .clone()
            .filter(|hash| hash.known().is_none())
        {
            self.effects.push(Effect::TakeHash(key.clone(), hash));
        }
        self.state.articles.insert(key.clone(), article);
        self.bring_back_into(&key);
        self.analyse(&key);
        if wanted {
            self.show_article(key.clone());
        }
        let before = before.map(Arc::new);
        self.effects
            .extend(before.clone().map(|before| Effect::Discard(before)));
        self.check_history(&key);
        if let Some(before) = before.filter(|b| readonly.is_none() && b.is_same_text(self.state)) {
            self.reread_tags(&before);
        } else if let Some(why) = readonly {
            // That an article is missing stands in the list and under its text.
            if why != store::MISSING {
                self.notify(Message::read_only(&key, why));
            }
        } else if is_edited && counts != Anchoring::default() {
            self.notify(Message::article_edited(&key, counts));
        } else if orphans > 0 {
            self.notify(Message::problem(
                format!("{orphans} annotations of “{key}” have no certain place."),
                "The article was changed since they were made. They are kept, under More in the panel.",
                "“Next problem” walks them: “Accept” takes the place that is suggested, “Attach here” puts a tag on the words that you select.",
            ));
        }
        if lost > 0 {
            self.notify(Message::decisions_lost(&key, lost));
        }
        if replaced > 0 {
            self.notify(Message::problem(
                format!("{replaced} characters of “{key}” could not be read."),
                "They are shown as \u{fffd}.",
                "Choose another encoding in the status bar.",
            ));
        }
        if reordering > 0 {
            self.notify(Message::problem(
                format!("“{key}” holds characters that turn the direction of the text."),
                format!(
                    "{reordering} of them. Here the text stands in the order in which it is stored."
                ),
                "Other programs may show its words in another order. They are marked ◊.",
            ));
        }
    }

    fn take_export(&mut self, outcome: ExportOutcome) {
        self.state.work = None;
        match outcome {
            ExportOutcome::Written { to, files, skipped } if skipped.is_empty() => {
                self.notify(Message::info(format!(
                    "Exported {} to {}.",
                    counted(files, "file"),
                    to.display()
                )));
            }
            ExportOutcome::Written { to, files, skipped } => self.notify(Message::problem(
                format!(
                    "Exported {} to {}; {} left out.",
                    counted(files, "file"),
                    to.display(),
                    counted(skipped.len(), "article")
                ),
                skipped.join("\n"),
                "Mend or remove those articles and export again.",
            )),
            ExportOutcome::Exists {
                format,
                to,
                existing,
            } => {
                self.state.pending_export = Some(PendingExport {
                    format,
                    to,
                    existing,
                });
                self.state.page = Some(Page::ReplaceExport);
            }
            ExportOutcome::Failed(why) => self.notify(Message::problem(
                "The export did not work.",
                why,
                "Nothing was changed in your folder. Choose another place and try again.",
            )),
        }
    }
}

/// "1 file", "14 files".
fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
