//! Suggestions: walking, accepting, rejecting. Nothing is accepted by itself.

use std::sync::Arc;

use super::Cx;
use super::quoting::link;
use super::tagging::targets;
use crate::app::article::{ArticleKey, OpenArticle};
use crate::app::effect::Effect;
use crate::app::focus::{Direction, Focus, Level};
use crate::app::pick::Choice;
use crate::app::resolve::sure_in_view;
use crate::app::state::Tab;
use crate::app::suggestion::Suggestion;
use crate::app::wording::quoted;
use crate::model::{Edit, Extra, Id, Layer, Origin, Rejection, RelationKind, Span};

impl Cx<'_> {
    /// Asks the rules about an article, unless they are at work on it or knew all that they could know.
    pub(super) fn analyse(&mut self, key: &ArticleKey) {
        let revision = self.state.records.save.revision;
        let Some(article) = self.state.articles.get_mut(key) else {
            return;
        };
        if article.analysed_with == Some(revision) || article.awaits.is_some() {
            return;
        }
        article.await_analysis();
        article.analysed_with = Some(revision);
        let (source, segments) = (article.source.clone(), article.segments.clone());
        let sidecar = Arc::new(article.sidecar.clone());
        let revision = article.save.revision;
        self.effects.push(Effect::Analyse {
            key: key.clone(),
            source,
            segments,
            learnt: self.state.learnt(),
            sidecar,
            revision,
        });
    }

    pub(super) fn focus_suggestion(&mut self, at: usize) {
        let Some(article) = self.state.article() else {
            return;
        };
        let Some(suggestion) = article.suggestions.get(at) else {
            return;
        };
        let hull = suggestion.spans.iter().copied().reduce(Span::hull);
        let layer = suggestion.layer;
        let Some(span) = hull else {
            return;
        };
        self.set_focus(Focus {
            level: Level::Suggestion,
            span,
            annotation: None,
            suggestion: Some(at),
        });
        self.state.tab = Tab::of(layer);
    }

    pub(super) fn accept_suggestion(&mut self, at: usize) {
        if self.accept(at, None).is_some() {
            self.go_on(at + 1);
        }
    }

    /// The layer's own key on a suggestion: accepted, and there is more to say about it.
    pub(super) fn accept_here(&mut self, at: usize) {
        if let Some(id) = self.accept(at, None) {
            self.focus_annotation(&id);
        }
    }

    /// Accepts a suggested quote with the speaker that was picked.
    pub(super) fn accept_with_speaker(&mut self, at: usize, choice: &Choice) {
        if self.accept(at, Some(choice)).is_some() {
            self.go_on(at + 1);
        }
    }

    /// All sure ones in view, as one step: quotes first, so that a speaker is a source and not a person as well.
    pub(super) fn accept_sure(&mut self) {
        let Some(article) = self.state.article() else {
            return;
        };
        let sure: Vec<usize> = sure_in_view(self.state, article).collect();
        let depth = self.state.history.depth();
        for at in sure {
            // An earlier one may have decided this one.
            let is_open = |a: &OpenArticle| a.suggestions.get(at).is_some_and(|s| s.is_open);
            if self.state.article().is_some_and(is_open) {
                self.accept(at, None);
            }
        }
        let done = self.state.history.depth() - depth;
        if done == 0 {
            return;
        }
        let name = match done {
            1 => "accept 1 sure suggestion".to_owned(),
            n => format!("accept {n} sure suggestions"),
        };
        self.state.history.join(done, &name);
        // What is left in view comes next: it needs a look.
        let top = self.state.in_view.map_or(0, Span::start);
        let first = self.state.article().map(|a| a.suggestions.first_from(top));
        self.go_on(first.unwrap_or_default());
        let undo = self
            .state
            .keymap
            .taught(crate::app::catalogue::CommandKind::Undo);
        // How many are left the bar counts by itself: the names that were just learnt may still change it.
        self.say(match done {
            1 => format!("1 accepted. {undo} takes it back."),
            n => format!("{n} accepted. {undo} takes all {n} back."),
        });
    }

    /// Makes a suggestion an annotation with its links. Returns the annotation.
    fn accept(&mut self, at: usize, answer: Option<&Choice>) -> Option<Id> {
        let article = self.state.article()?;
        let suggestion = article.suggestions.get(at)?.clone();
        let found = article.analysis.clone()?;
        if !suggestion.is_open {
            self.say("This is decided already.");
            return None;
        }
        let mut edits = Vec::new();
        let id = match suggestion.layer {
            Layer::Quote => {
                let rule = found.attributions.get(suggestion.rank)?;
                let relay = suggestion.relay.and_then(|r| found.attributions.get(r));
                self.quote_by_rule(rule, relay, answer, &mut edits)?
            }
            Layer::Person => self.person_by_rule(&suggestion.spans, &mut edits)?,
            _ => {
                let claim = found.claims.get(suggestion.rank)?;
                self.claim_by_rule(&suggestion.spans, claim.class, claim.kind, &mut edits)?
            }
        };
        let words = quoted(&self.words(&suggestion.spans));
        let name = format!("accept {} {words}", suggestion.layer.name());
        if !self.commit(&name, edits) {
            return None;
        }
        self.state.last_tag = Some(suggestion.layer);
        if let Some(article) = self.state.article_mut() {
            article.last = Some(id.clone());
        }
        Some(id)
    }

    fn person_by_rule(&mut self, spans: &[Span], edits: &mut Vec<Edit>) -> Option<Id> {
        let mut person = self.new_annotation(Layer::Person, spans, Origin::Accepted)?;
        let record = self.record_for(*spans.first()?, Layer::Person, None, &[]);
        edits.extend(record.edits);
        person.entity = Some(record.id);
        let id = person.id.clone();
        edits.push(Edit::Annotation(id.clone(), Some(Box::new(person))));
        Some(id)
    }

    /// A claim inside a tagged quote is claimed by whoever is quoted.
    fn claim_by_rule(
        &mut self,
        spans: &[Span],
        class: &str,
        kind: &str,
        edits: &mut Vec<Edit>,
    ) -> Option<Id> {
        let mut claim = self.new_annotation(Layer::Claim, spans, Origin::Accepted)?;
        for (key, value) in [("class", class), ("type", kind)] {
            if !value.is_empty() {
                claim.attrs.set(key, Some(value.into()));
            }
        }
        let id = claim.id.clone();
        edits.push(Edit::Annotation(id.clone(), Some(Box::new(claim))));
        let article = self.state.article()?;
        let span = *spans.first()?;
        let quote = article
            .marks
            .touching(span)
            .find(|m| m.layer == Layer::Quote && !m.is_cue && m.span.covers(span));
        if let Some(quote) = quote.map(|m| m.id.clone()) {
            let relation = self.mint();
            edits.push(link(relation, RelationKind::ClaimedBy, &id, &quote));
        }
        Some(id)
    }

    /// Remembers in the sidecar that a suggestion is wrong. Of a name, every mention in the same words is meant.
    pub(super) fn reject_suggestion(&mut self, at: usize) {
        let Some(article) = self.state.article() else {
            return;
        };
        let Some(suggestion) = article.suggestions.get(at).filter(|s| s.is_open) else {
            return;
        };
        let words = |s: &Suggestion| s.spans.first().map(|span| article.source.slice(*span));
        let same = |s: &&Suggestion| {
            s.layer == Layer::Person && s.is_open && words(s) == words(suggestion)
        };
        let wrong: Vec<&Suggestion> = match suggestion.layer {
            Layer::Person => article
                .suggestions
                .iter()
                .map(|(_, s)| s)
                .filter(same)
                .collect(),
            _ => vec![suggestion],
        };
        let mut rejected = article.sidecar.rejected.clone();
        rejected.extend(wrong.iter().map(|s| Rejection {
            by: family(s.layer).to_owned(),
            layer: s.layer,
            at: targets(article, &s.spans),
            extra: Extra::default(),
        }));
        rejected.sort_by_key(|r| r.at.first().map(|t| t.selector.start));
        let text = quoted(&self.words(&suggestion.spans));
        let name = match (suggestion.layer, wrong.len()) {
            (Layer::Person, 1) => format!("reject person {text}"),
            (Layer::Person, n) => format!("reject {n} mentions of {text}"),
            (layer, _) => format!("reject {} {text}", layer.name()),
        };
        if self.commit(&name, vec![Edit::Rejections(rejected)]) {
            self.go_on(at + 1);
        }
    }

    /// Goes to the first suggestion that is still to be decided, from a rank on; from the end, to the first of all.
    pub(super) fn go_on(&mut self, from: usize) {
        let Some(article) = self.state.article() else {
            return;
        };
        let ahead = |from| self.state.next_suggestion(from, Direction::Forward);
        let next = ahead(from).or_else(|| ahead(0));
        let sentence = article.sentence_at(article.focus.span.start());
        let said = std::mem::take(&mut self.state.said);
        match (next, sentence) {
            (Some(next), _) => self.focus_suggestion(next),
            // What was decided last stays in view, on its sentence.
            (None, Some(span)) => self.set_focus(Focus::text(Level::Sentence, span)),
            (None, None) => {}
        }
        self.state.said = match next {
            Some(_) => said,
            None => format!("{said}. Every suggestion is decided."),
        };
    }

    /// A step was taken back, and with it a decision: the suggestion that began there has the focus again.
    pub(super) fn show_reopened(&mut self, open_before: usize, offset: usize) {
        let Some(article) = self.state.article() else {
            return;
        };
        let begins = |s: &Suggestion| s.spans.first().is_some_and(|s| s.start() == offset);
        let here: Vec<(usize, &Suggestion)> = article
            .suggestions
            .touching(Span::new(offset, offset + 1))
            .collect();
        let again = here.iter().find(|(_, s)| self.state.shows(s) && begins(s));
        let again = again.map(|(at, _)| *at);
        if let Some(at) = again.filter(|_| self.state.open_suggestions() > open_before) {
            let said = std::mem::take(&mut self.state.said);
            self.focus_suggestion(at);
            self.state.said = said;
        }
    }

    pub(super) fn toggle_suggestions(&mut self, layer: Layer) {
        let settings = &mut self.state.settings;
        let (switch, what) = match layer {
            Layer::Quote => (&mut settings.suggest_quotes, "quotes"),
            Layer::Person => (&mut settings.suggest_people, "people"),
            _ => (&mut settings.suggest_claims, "claims"),
        };
        *switch ^= true;
        let shown = *switch;
        self.say(if shown {
            format!("Suggested {what} are shown.")
        } else {
            format!("Suggested {what} are hidden.")
        });
        self.save_settings();
        // The focus does not stay on what is not shown.
        if let Some(article) = self.state.article_mut()
            && article.suggestion().is_some_and(|s| s.layer == layer)
            && !shown
        {
            article.focus = Focus::text(Level::Sentence, article.focus.span);
        }
    }
}

/// Which family of rules makes suggestions of a layer, in the sidecar's words.
fn family(layer: Layer) -> &'static str {
    match layer {
        Layer::Quote => "attribution",
        Layer::Person => "people",
        _ => "claims",
    }
}
