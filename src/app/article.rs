//! An article that is open: its text, what was said about it, and where its reader stands.
//!
//! Loading and saving are `store`'s; what a key does is `update`'s. Here is the state they share, and the one door
//! through which an [`Edit`] reaches a sidecar, so that the index of marks is never stale.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::focus::{Focus, Level, Selection};
use super::marks::{Mark, MarkIndex};
use super::problems::{Conflicts, Problem};
use super::suggestion::{Analysis, Suggestion, SuggestionIndex};
use super::wording::shorten;
use crate::model::{
    Anchoring, Annotation, Edit, EditError, Form, Id, Layer, Override, RelationKind, Segments,
    Sidecar, Span, Status,
};
use crate::suggest::Suggestions;
use crate::text::{self, SourceText};

/// An article's name inside its folder: the relative path with `/`.
pub type ArticleKey = Arc<str>;

/// A document that edits belong to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocId {
    /// The folder's records. First, because they are written before the sidecars that point to them.
    Entities,
    /// The folder's codebook.
    Codebook,
    /// An article's sidecar.
    Article(ArticleKey),
}

/// How far a document's changes are on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SaveState {
    /// Grows by one with every change.
    pub revision: u64,
    /// The revision that is durably on the disk.
    pub written: u64,
    /// The revision that the saver has now.
    pub in_flight: Option<u64>,
    /// Hash of the file as we last read or wrote it; `None` when there is none.
    pub disk: Option<crate::store::FileHash>,
    /// Why the last save failed, if it did.
    pub failure: Option<SaveFailure>,
    /// Files of the recovery store that hold what is not saved here.
    pub kept: Vec<PathBuf>,
    /// The newest revision that is kept there.
    pub kept_revision: u64,
}

/// Why a save failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveFailure {
    /// In a sentence.
    pub why: String,
    /// Whether it was written all the same, and only not confirmed to last.
    pub is_written: bool,
}

impl SaveState {
    /// Whether everything is durably on the disk.
    pub fn is_saved(&self) -> bool {
        self.revision == self.written
    }

    /// Whether what is not saved would be offered again at the next start.
    pub fn is_kept(&self) -> bool {
        !self.kept.is_empty() && self.kept_revision == self.revision
    }
}

/// What an article waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// The segments by its newest decisions; what the rules find in them comes after.
    Segments,
    /// What the rules find.
    Analysis,
}

/// An article that is open.
#[derive(Debug, Clone)]
pub struct OpenArticle {
    /// Its name in the folder.
    pub key: ArticleKey,
    /// Its file.
    pub path: PathBuf,
    /// Its text.
    pub source: SourceText,
    /// Its blocks, sentences and quotes.
    pub segments: Arc<Segments>,
    /// The decisions that the segments follow, or will once the segmenter has answered.
    pub decided: Arc<Vec<Override>>,
    /// What a job has still to answer.
    pub awaits: Option<Awaited>,
    /// Whether the encoding is a guess.
    pub guessed: bool,
    /// How many bytes could not be decoded.
    pub replaced: usize,
    /// Whether it was another text that was annotated, when it was opened.
    pub is_edited: bool,
    /// How many characters in it change the order in which others are read.
    pub reordering: usize,
    /// What was said about it. Changed through [`OpenArticle::apply`] alone.
    pub sidecar: Sidecar,
    /// Why nothing may be changed, if so.
    pub readonly: Option<String>,
    /// Where the marks are.
    pub marks: MarkIndex,
    /// What has the focus.
    pub focus: Focus,
    /// What is selected.
    pub selection: Option<Selection>,
    /// The annotation that the editor shows.
    pub active: Option<Id>,
    /// The annotation that last had the focus; further fragments go to it.
    pub last: Option<Id>,
    /// Annotations chosen in the panel's list, for what is done to several at once.
    pub chosen: BTreeSet<Id>,
    /// Whether Shift + arrows move the first edge of the annotation (else its last).
    pub start_edge: bool,
    /// Whether the focus goes through what overlaps: the others stand back until it leaves.
    pub is_cycling: bool,
    /// What the rules found, once they are through.
    pub analysis: Option<Arc<Suggestions>>,
    /// The same in text order, with what is still to be decided. Kept true by [`OpenArticle::apply`].
    pub suggestions: SuggestionIndex,
    /// Where annotations changed since the rules were last asked; `None` when everything did.
    pub(super) touched: Option<Vec<Span>>,
    /// The records' revision that the rules knew, once they were asked.
    pub analysed_with: Option<u64>,
    /// How far its changes are on the disk.
    pub save: SaveState,
    /// The sidecar as it is on the disk, as far as we know: what a merge compares with.
    pub base: Arc<Sidecar>,
    /// The sidecar that the saver has now.
    pub sending: Option<Arc<Sidecar>>,
    /// How often it was read again, and which offset its upper edge on the screen had then or when it was left.
    pub reread: (u64, usize),
    /// What both sides of a merge had changed, until a person has looked at it.
    pub conflicts: Conflicts,
    /// The problem that is looked at, where it is none of an annotation.
    pub stand: Option<Problem>,
}

impl OpenArticle {
    /// Takes over an article that `store` has loaded.
    pub fn new(key: ArticleKey, loaded: crate::store::Article) -> Self {
        let segments = Arc::new(loaded.segments);
        let marks = MarkIndex::build(&loaded.sidecar);
        let focus = Focus::at_start(&segments);
        Self {
            key,
            path: loaded.path,
            source: loaded.source,
            segments,
            decided: Arc::new(loaded.sidecar.overrides.clone()),
            awaits: None,
            base: Arc::new(loaded.sidecar.clone()),
            sending: None,
            reread: (0, 0),
            conflicts: Conflicts::default(),
            stand: None,
            guessed: loaded.guessed,
            replaced: loaded.replaced,
            reordering: loaded.reordering,
            is_edited: loaded.is_changed,
            sidecar: loaded.sidecar,
            readonly: loaded.readonly,
            marks,
            focus,
            selection: None,
            active: None,
            last: None,
            chosen: BTreeSet::new(),
            start_edge: false,
            is_cycling: false,
            analysis: None,
            suggestions: SuggestionIndex::default(),
            touched: Some(Vec::new()),
            analysed_with: None,
            save: SaveState {
                disk: loaded.sidecar_hash,
                ..SaveState::default()
            },
        }
    }

    /// Applies an edit to the sidecar, keeps the index true, and returns the inverse.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        let inverse = match edit {
            Edit::Annotation(id, value) => {
                let mut touched: Vec<Span> = Vec::new();
                if let Some(old) = self.sidecar.annotations.get(&id) {
                    self.marks.remove(old);
                    touched.extend(old.spans());
                }
                let inverse = self.sidecar.apply(Edit::Annotation(id.clone(), value));
                if let Some(now) = self.sidecar.annotations.get(&id) {
                    self.marks.insert(now);
                    touched.extend(now.spans());
                }
                self.marks.review(&id, &self.sidecar);
                if let (Some(_), Some(all)) = (self.awaits, &mut self.touched) {
                    all.extend(&touched);
                }
                if let Some(found) = self.analysis.clone() {
                    for span in touched {
                        self.suggestions
                            .refresh(span, &found, &self.sidecar, &self.marks);
                    }
                }
                inverse?
            }
            Edit::Relation(id, value) => {
                let mut ends = Vec::new();
                if let Some(old) = self.sidecar.relations.get(&id) {
                    self.marks.unlink(old);
                    ends.push(old.from.clone());
                }
                let inverse = self.sidecar.apply(Edit::Relation(id.clone(), value));
                if let Some(now) = self.sidecar.relations.get(&id) {
                    self.marks.link(now);
                    ends.push(now.from.clone());
                }
                for end in ends {
                    self.marks.review(&end, &self.sidecar);
                }
                inverse?
            }
            Edit::Sidecar(_) => {
                self.stand = None;
                let inverse = self.sidecar.apply(edit)?;
                self.marks = MarkIndex::build(&self.sidecar);
                self.touched = None;
                self.refresh_suggestions();
                inverse
            }
            Edit::Rejections(_) => {
                let inverse = self.sidecar.apply(edit)?;
                if let Some(found) = self.analysis.clone() {
                    self.suggestions.reject(&found, &self.sidecar, &self.marks);
                }
                inverse
            }
            Edit::Overrides(_) => {
                // Decisions are known by their rank.
                self.stand = None;
                self.sidecar.apply(edit)?
            }
            other => self.sidecar.apply(other)?,
        };
        self.save.revision += 1;
        for slot in [&mut self.active, &mut self.last] {
            if slot
                .as_ref()
                .is_some_and(|id| !self.sidecar.annotations.contains_key(id))
            {
                *slot = None;
            }
        }
        let there = &self.sidecar.annotations;
        self.chosen.retain(|id| there.contains_key(id));
        Ok(inverse)
    }

    /// Puts a focus that the segments do not know any more on the sentence with the same letters.
    pub fn refocus(&mut self) {
        let (span, segments) = (self.focus.span, &self.segments);
        let is_there = match self.focus.level {
            Level::Sentence => segments.sentences.binary_search(&span).is_ok(),
            Level::Quote => {
                let at = segments.quotes.binary_search_by_key(&span, |run| run.span);
                at.is_ok()
            }
            _ => true,
        };
        if !is_there && let Some(sentence) = self.sentence_at(span.start()) {
            self.focus = Focus::text(Level::Sentence, sentence);
        }
    }

    fn refresh_suggestions(&mut self) {
        if let Some(found) = self.analysis.clone() {
            self.suggestions
                .refresh_all(&found, &self.sidecar, &self.marks);
        }
    }

    /// The rules are asked: what changes from now on they do not know.
    pub fn await_analysis(&mut self) {
        self.awaits = Some(Awaited::Analysis);
        self.touched = Some(Vec::new());
    }

    /// Takes in what the rules found, and returns what they had found before. The focus stays on the suggestion that it
    /// is on, or on its words.
    pub fn take_analysis(
        &mut self,
        analysis: Analysis,
    ) -> (Option<Arc<Suggestions>>, SuggestionIndex) {
        let focused = self
            .focus
            .suggestion
            .and_then(|at| self.suggestions.get(at));
        let focused = focused.map(|s| (s.layer, s.spans.clone()));
        let Analysis {
            found,
            mut index,
            revision,
        } = analysis;
        if revision != self.save.revision {
            match self.touched.take() {
                Some(touched) => {
                    for span in touched {
                        index.refresh(span, &found, &self.sidecar, &self.marks);
                    }
                    index.reject(&found, &self.sidecar, &self.marks);
                }
                None => index.refresh_all(&found, &self.sidecar, &self.marks),
            }
        }
        let before = std::mem::replace(&mut self.suggestions, index);
        let found_before = self.analysis.replace(found);
        if let Some((layer, spans)) = focused {
            self.focus.suggestion = self.suggestions.find(layer, &spans);
            if self.focus.suggestion.is_none() {
                self.focus = Focus::text(Level::Sentence, self.focus.span);
            }
        }
        (found_before, before)
    }

    /// The names of whoever would say a suggested quote: the record's, and the words that stand for it here.
    pub fn speaker_names(&self, suggestion: &Suggestion) -> Vec<String> {
        let Some(found) = self
            .analysis
            .as_ref()
            .filter(|_| suggestion.layer == Layer::Quote)
        else {
            return Vec::new();
        };
        let Some(rule) = found.attributions.get(suggestion.rank) else {
            return Vec::new();
        };
        let record = rule.entity.and_then(|at| found.people.names.get(at));
        let words = rule.source.map(|span| self.source.slice(span).to_owned());
        record.cloned().into_iter().chain(words).collect()
    }

    /// The suggestion that has the focus.
    pub fn suggestion(&self) -> Option<&Suggestion> {
        self.suggestions.get(self.focus.suggestion?)
    }

    /// The article's headline, or its first words, or its file name.
    pub fn title(&self) -> String {
        let first = self.segments.blocks.first();
        match first {
            Some(block) => shorten(self.source.slice(block.span), 90),
            None => self.key.to_string(),
        }
    }

    /// An annotation by id.
    pub fn annotation(&self, id: &Id) -> Option<&Annotation> {
        self.sidecar.annotations.get(id)
    }

    /// The annotation that the editor shows.
    pub fn active(&self) -> Option<&Annotation> {
        self.active.as_ref().and_then(|id| self.annotation(id))
    }

    /// Annotations of a layer in text order, orphans last.
    pub fn in_order(&self, layer: Layer) -> Vec<&Annotation> {
        let placed = self.marks.of_layer(layer).iter().map(|(_, _, id)| id);
        let orphans = self.marks.orphans().iter();
        let orphans = orphans.filter_map(|(_, id)| self.annotation(id));
        placed
            .filter_map(|id| self.annotation(id))
            .chain(orphans.filter(|a| a.layer == layer))
            .collect()
    }

    /// The fragments that touch a block.
    pub fn marks_in(&self, block: usize) -> impl Iterator<Item = &Mark> + Clone {
        let span = self.segments.blocks.get(block).map(|b| b.span);
        span.into_iter().flat_map(|span| self.marks.touching(span))
    }

    /// How many annotations came through an edit of the text in which way, as they stand now.
    ///
    /// [`OpenArticle::is_edited`] says whether there was one; without one, too, places may be uncertain.
    pub fn anchoring(&self) -> Anchoring {
        self.marks.anchoring()
    }

    /// Whether a quote stands in quotation marks, wholly or in part.
    pub fn form(&self, quote: &Annotation) -> Form {
        let spans: Vec<Span> = quote.spans().collect();
        text::form_in(self.source.as_str(), &spans, &self.segments)
    }

    /// Whom a quote is attributed to by relations of a kind, in the order of their ids.
    pub fn linked(&self, from: &Id, kind: &RelationKind) -> Vec<&Annotation> {
        self.marks
            .relations_from(from)
            .filter_map(|id| self.sidecar.relations.get(id))
            .filter(|r| r.kind == *kind)
            .filter_map(|r| self.annotation(&r.to))
            .collect()
    }

    /// What is attributed to an annotation: the ends from which relations come.
    pub fn linking(&self, to: &Id) -> Vec<(&RelationKind, &Annotation)> {
        self.marks
            .relations_to(to)
            .filter_map(|id| self.sidecar.relations.get(id))
            .filter_map(|r| Some((&r.kind, self.annotation(&r.from)?)))
            .collect()
    }

    /// What is selected, without white space at its ends, or else what has the focus: what a tag would cover.
    pub fn target(&self) -> Vec<Span> {
        let Some(selected) = self
            .selection
            .map(Selection::span)
            .filter(|s| !s.is_empty())
        else {
            return self.focus.spans(self);
        };
        let span = self.source.snap(selected);
        self.source.trimmed(span).into_iter().collect()
    }

    /// Index of the block at or before an offset.
    pub fn block_at(&self, offset: usize) -> usize {
        let after = self
            .segments
            .blocks
            .partition_point(|b| b.span.start() <= offset);
        after.saturating_sub(1)
    }

    /// The sentence at an offset; in white space, the one before.
    pub fn sentence_at(&self, offset: usize) -> Option<Span> {
        let after = self
            .segments
            .sentences
            .partition_point(|s| s.start() <= offset);
        self.segments
            .sentences
            .get(after.saturating_sub(1))
            .copied()
    }

    /// Whether anything was said about the article, so that its status should be "in work".
    pub fn is_untouched(&self) -> bool {
        self.sidecar.status == Status::New && self.sidecar.annotations.is_empty()
    }

    /// A record's name as this article knows it.
    pub fn cast_name(&self, id: &Id) -> Option<&str> {
        self.sidecar.cast.get(id).map(|entry| entry.name.as_str())
    }
}
