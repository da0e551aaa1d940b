//! Attributes, notes and the status of the work.

use super::Cx;
use crate::app::article::ArticleKey;
use crate::app::command::Subject;
use crate::app::focus::{Direction, Level};
use crate::app::pick::Purpose;
use crate::app::resolve::toggled;
use crate::app::state::{Field, Region};
use crate::app::wording::quoted;
use crate::model::{
    AttrValue, Attrs, CAST_AXES, CHECKED_WORDS, CastEntry, EVIDENCE_AXES, Edit, Extra, Id, Layer,
    Status, Vocabulary, axes_of, axis,
};

/// The axes that I asks for of a source, in this order; the others are set in the panel.
const OF_SOURCE: &[&str] = &["identification", "who", "affiliation"];
/// What it asks for, once those are known, of a source without a name.
const OF_UNNAMED: &[&str] = &["anonymity_reason", "terms"];
/// What it asks for of a claim.
const OF_CLAIM: &[&str] = &["type", "priority", "status"];

impl Cx<'_> {
    pub(super) fn set_attr(
        &mut self,
        subject: &Subject,
        key: &'static str,
        value: Option<AttrValue>,
    ) {
        // The one axis whose words are numbers, and numbers in the file.
        let value = value.map(|value| match key {
            "priority" => AttrValue::Json(value.as_str().to_owned()),
            _ => value,
        });
        let what = key.replace('_', " ");
        let name = match value.as_ref().map(AttrValue::as_str) {
            Some(value) => {
                let axis = axis(self.axes_of(subject), key);
                let label = axis.map_or(value, |axis| axis.label_of(value));
                format!("set {what} to {label}")
            }
            None => format!("clear {what}"),
        };
        let edit = match subject {
            Subject::Annotation(id)
                if key == "stated" && value.as_ref().is_some_and(|v| v.as_str() == "none") =>
            {
                return self.no_source(id);
            }
            Subject::Annotation(id) => self.changed(id, |a, _| {
                a.attrs.set(key, value);
                if matches!(key, "verdict" | "status") {
                    // Whoever says this now has the words of now before them.
                    a.attrs.set(CHECKED_WORDS, None);
                }
            }),
            Subject::Evidence(id, at) => return self.set_evidence(id, *at, key, value),
            Subject::Cast(id) => {
                let known = self.state.article().and_then(|a| a.sidecar.cast.get(id));
                // A sidecar from elsewhere may point to a record without saying what it is here.
                let mut entry = known.cloned().unwrap_or_else(|| CastEntry {
                    id: id.clone(),
                    name: self.state.record_name(id).unwrap_or_default().to_owned(),
                    attrs: Attrs::default(),
                    extra: Extra::default(),
                });
                entry.attrs.set(key, value);
                Some(Edit::Cast(id.clone(), Some(entry)))
            }
        };
        if let Some(edit) = edit {
            self.commit(&name, vec![edit]);
        }
    }

    /// Asks for the first axis that is still open; where none is, for the first one again.
    ///
    /// `at`: the annotation that it is asked at. Where the focus has gone on to a suggestion, that waits meanwhile.
    pub(super) fn describe(&mut self, subject: &Subject, at: &Id) {
        let article = self.state.article();
        let offer = article.and_then(|article| article.suggestion());
        let waits = offer.map(|offer| (offer.layer, offer.spans.clone()));
        if waits.is_some() {
            let last = article.and_then(|article| article.last.clone());
            self.scrolling_no_further(|cx| cx.focus_annotation(at));
            if let Some(article) = self.state.article_mut() {
                article.last = last;
            }
        }
        let all = self.asked_of(subject);
        let open = all.iter().find(|key| self.is_open(subject, key));
        if let Some(key) = open.or(all.first()) {
            self.ask_axis(subject, key);
        }
        self.take_up(waits);
    }

    /// After one answer: the next open axis, or done. Why a source has no name is asked when I is pressed again.
    pub(super) fn describe_after(&mut self, subject: &Subject, answered: &str) {
        let groups = [OF_SOURCE, OF_UNNAMED, OF_CLAIM];
        let group = groups.into_iter().find(|group| group.contains(&answered));
        let behind = group.unwrap_or_default().iter();
        let mut behind = behind.skip_while(|key| **key != answered).skip(1);
        if let Some(key) = behind.find(|key| self.is_open(subject, key)) {
            self.ask_axis(subject, key);
        }
    }

    fn ask_axis(&mut self, subject: &Subject, key: &str) {
        if let Some(axis) = axis(self.axes_of(subject), key) {
            self.open_pick(Purpose::Axis(subject.clone(), axis));
        }
    }

    fn axes_of(&self, subject: &Subject) -> &'static [Vocabulary] {
        match subject {
            Subject::Annotation(id) => {
                let annotation = self.state.article().and_then(|a| a.annotation(id));
                annotation.map_or(&[], |annotation| axes_of(annotation.layer))
            }
            Subject::Cast(_) => CAST_AXES,
            Subject::Evidence(..) => EVIDENCE_AXES,
        }
    }

    fn asked_of(&self, subject: &Subject) -> Vec<&'static str> {
        let Subject::Cast(_) = subject else {
            return OF_CLAIM.to_vec();
        };
        let identified = self
            .attrs_of(subject)
            .and_then(|a| a.text("identification"));
        let is_unnamed = identified.is_some_and(|word| word.contains("unnamed"));
        let behind = if is_unnamed { OF_UNNAMED } else { &[] };
        [OF_SOURCE, behind].concat()
    }

    fn is_open(&self, subject: &Subject, key: &str) -> bool {
        self.attrs_of(subject)
            .is_none_or(|attrs| attrs.get(key).is_none())
    }

    fn attrs_of(&self, subject: &Subject) -> Option<&Attrs> {
        let article = self.state.article()?;
        match subject {
            Subject::Annotation(id) => Some(&article.annotation(id)?.attrs),
            Subject::Cast(id) => Some(&article.sidecar.cast.get(id)?.attrs),
            // Its axes are the panel's.
            Subject::Evidence(..) => None,
        }
    }

    pub(super) fn set_note(&mut self, id: &Id, text: String) {
        let Some(annotation) = self.state.article().and_then(|a| a.annotation(id)) else {
            return;
        };
        if annotation.note == text {
            return;
        }
        let edit = self.changed(id, |a, _| a.note = text);
        if let Some(edit) = edit {
            self.commit_merging("write a note", vec![edit], Some(format!("note {id}")));
        }
    }

    /// N: the note of the annotation at hand, else a note on what has the focus.
    pub(super) fn edit_note(&mut self) {
        let Some(article) = self.state.article() else {
            return;
        };
        if article.active().is_none() {
            let spans = article.target();
            if spans.is_empty() || self.tag_exactly(Layer::Note, &spans).is_none() {
                return;
            }
        }
        self.state.settings.panel_open = true;
        self.state.region = Region::Panel;
        self.state.wants_field = Some(Field::Note);
    }

    pub(super) fn set_status(&mut self, status: Status) {
        let unchanged = self
            .state
            .article()
            .is_none_or(|a| a.sidecar.status == status);
        if !unchanged {
            self.commit(
                &format!("mark as {}", status.name()),
                vec![Edit::Status(status)],
            );
        }
    }

    /// M: done and on to the next article that is not; on a done one, in work again.
    pub(super) fn mark_done(&mut self) {
        let Some(article) = self.state.article() else {
            return;
        };
        let status = toggled(article.sidecar.status);
        let done = quoted(&article.title());
        self.set_status(status);
        if status == Status::Done {
            if self.step_unfinished() {
                let said = format!("{done} is done. This is the next.");
                // What has to be read first comes without a word.
                match self.state.loading {
                    Some(_) => self.state.said_on_arrival = said,
                    None => self.say(said),
                }
            } else {
                self.say("Done, and so are all the others.");
            }
        }
    }

    /// Opens the next article that is not done; returns whether there is one.
    pub(super) fn step_unfinished(&mut self) -> bool {
        let Some(folder) = &self.state.folder else {
            return false;
        };
        let Some(here) = self
            .state
            .current
            .as_ref()
            .and_then(|key| folder.rows.at(key))
        else {
            return false;
        };
        // Those that the filter shows, from here on and round again.
        let (before, behind): (Vec<usize>, Vec<usize>) =
            folder.shown.iter().partition(|row| **row < here);
        let order = behind.into_iter().filter(|row| *row != here).chain(before);
        let next = order
            .filter_map(|row| folder.rows.get(row))
            .find(|row| row.info.is_none_or(|i| i.status != Status::Done));
        let next = next.map(|row| ArticleKey::from(row.key));
        let is_there = next.is_some();
        next.into_iter().for_each(|key| self.open_article(key));
        is_there
    }

    pub(super) fn page(&mut self, way: Direction) {
        self.state.scroll_pages += match way {
            Direction::Forward => 1,
            Direction::Back => -1,
        };
        // The level of the focus stays; the reader moves it into view when a key needs it.
        if let Some(article) = self.state.article_mut()
            && article.focus.level == Level::Quote
        {
            article.focus.level = Level::Sentence;
        }
    }
}
