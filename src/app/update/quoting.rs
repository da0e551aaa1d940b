//! Q: quotes with cue and speaker, as the rules find them in a sentence.

use super::Cx;
use super::moving::without_stop;
use super::tagging::targets;
use crate::app::article::OpenArticle;
use crate::app::focus::Level;
use crate::app::marks::Mark;
use crate::app::pick::Choice;
use crate::app::state::Proposal;
use crate::app::suggestion::with_relays;
use crate::app::wording::quoted;
use crate::model::{BlockKind, Edit, Extra, Id, Layer, Origin, Relation, RelationKind, Span};
use crate::suggest::{self, Attribution, Confidence, People};

/// Blocks in which somebody may be quoted without a rule's telling so.
const SPEAKS: [BlockKind; 4] = [
    BlockKind::Paragraph,
    BlockKind::List,
    BlockKind::Caption,
    BlockKind::Headline,
];

impl Cx<'_> {
    /// Tags what the rules find in the given spans; where they find nothing, the words themselves.
    pub(super) fn propose_quote(&mut self, spans: Vec<Span>) {
        let Some(article) = self.state.article() else {
            return;
        };
        let Some(hull) = spans.iter().copied().reduce(Span::hull) else {
            return;
        };
        if article.focus.level == Level::Annotation {
            self.tag_exactly(Layer::Quote, &spans);
            return;
        }
        let found = found_in(article, hull);
        if found.is_empty() {
            return match tagged_in(article, hull) {
                Some(quote) => self.stand_on(quote, spans),
                None => self.quote_words(spans),
            };
        }
        let mut edits: Vec<Edit> = Vec::new();
        let mut quotes = Vec::new();
        for (rule, relay) in with_relays(&found) {
            let relay = relay.map(|at| &found[at]);
            quotes.extend(self.quote_by_rule(&found[rule], relay, None, &mut edits));
        }
        let Some(first) = quotes.first().cloned() else {
            return;
        };
        let why = found
            .first()
            .map(|rule| rule.why.clone())
            .unwrap_or_default();
        let name = match quotes.len() {
            1 => format!("tag quote {}", quoted(&self.words(&found[0].content))),
            n => format!("tag {n} quotes"),
        };
        if self.commit(&name, edits) {
            self.after_tag(&first, Layer::Quote);
            self.state.proposal = Some(Proposal {
                quotes,
                asked: spans,
                why,
                whole: false,
                depth: self.state.history.depth(),
            });
        }
    }

    /// The edits that make a quote as a rule found it, with cue, speaker and whoever passed it on. A person may have
    /// answered who says it.
    pub(super) fn quote_by_rule(
        &mut self,
        rule: &Attribution,
        relay: Option<&Attribution>,
        answer: Option<&Choice>,
        edits: &mut Vec<Edit>,
    ) -> Option<Id> {
        let mut quote = self.new_annotation(Layer::Quote, &rule.content, Origin::Accepted)?;
        if answer.is_some() {
            quote.origin = Origin::Edited;
        }
        let cues: Vec<Span> = relay
            .into_iter()
            .chain([rule])
            .filter_map(|r| r.cue)
            .collect();
        if let Some(article) = self.state.article() {
            quote.cue = targets(article, &cues);
        }
        let told_none = matches!(answer, Some(Choice::Nothing));
        let found_none =
            rule.source.is_none() && rule.cue.is_some() && rule.confidence != Confidence::Hint;
        if told_none || (answer.is_none() && found_none) {
            quote.attrs.set("stated", Some("none".into()));
        }
        let id = quote.id.clone();
        edits.push(Edit::Annotation(id.clone(), Some(Box::new(quote))));
        let speaker = match answer {
            None => rule
                .source
                .and_then(|span| self.speaker_at(span, Some(rule), edits)),
            Some(choice) => self.chosen_mention(choice, false, edits),
        };
        let relayer = relay.and_then(|relay| self.speaker_at(relay.source?, Some(relay), edits));
        for (kind, speaker) in [
            (RelationKind::SaidBy, speaker),
            (RelationKind::RelayedBy, relayer),
        ] {
            if let Some(speaker) = speaker {
                let relation = self.mint();
                edits.push(link(relation, kind, &id, &speaker));
            }
        }
        Some(id)
    }

    /// On a quote that is tagged already, Q shows it; again, it takes the whole sentence.
    fn stand_on(&mut self, quote: Id, asked: Vec<Span>) {
        self.after_tag(&quote, Layer::Quote);
        self.state.proposal = Some(Proposal {
            quotes: vec![quote],
            asked,
            why: "tagged already".to_owned(),
            whole: false,
            // No step made it: X removes it.
            depth: usize::MAX,
        });
        self.say("This quote is tagged already. Q again takes the whole sentence.");
    }

    /// Without a rule: the focused words, a sentence without its full stop.
    fn quote_words(&mut self, spans: Vec<Span>) {
        let Some(article) = self.state.article() else {
            return;
        };
        let kind = spans
            .first()
            .and_then(|s| article.segments.blocks.get(article.block_at(s.start())))
            .map(|block| block.kind);
        let coarse = matches!(article.focus.level, Level::Paragraph | Level::Sentence);
        if coarse && let Some(kind) = kind.filter(|kind| !SPEAKS.contains(kind)) {
            let name = kind.name();
            return self.say(format!(
                "Nobody speaks in a {name}. Select words to quote them all the same."
            ));
        }
        let trimmed: Vec<Span> = spans.iter().map(|s| trimmed(article, *s)).collect();
        if let Some(id) = self.tag_exactly(Layer::Quote, &trimmed) {
            let why = "No speaker found here: S says who.".to_owned();
            self.state.proposal = Some(Proposal {
                quotes: vec![id],
                asked: spans,
                why,
                whole: true,
                depth: self.state.history.depth(),
            });
        }
    }

    /// Q again: the whole sentence, with the first speaker and cue.
    pub(super) fn whole_sentence(&mut self) {
        let Some(proposal) = self.state.proposal.clone() else {
            return;
        };
        let Some(article) = self.state.article() else {
            return;
        };
        let whole: Vec<Span> = proposal
            .asked
            .iter()
            .map(|s| trimmed(article, *s))
            .collect();
        let Some((first, others)) = proposal.quotes.split_first() else {
            return;
        };
        let mut edits: Vec<Edit> = Vec::new();
        for other in others {
            let relations = article
                .marks
                .relations_from(other)
                .chain(article.marks.relations_to(other));
            edits.extend(relations.cloned().map(|r| Edit::Relation(r, None)));
            edits.push(Edit::Annotation(other.clone(), None));
        }
        edits.extend(self.changed(first, |quote, article| quote.at = targets(article, &whole)));
        if self.commit("quote the whole sentence", edits) {
            self.after_tag(first, Layer::Quote);
            self.state.proposal = Some(Proposal {
                quotes: vec![first.clone()],
                whole: true,
                depth: self.state.history.depth(),
                ..proposal
            });
        }
    }

    /// S on a selection: a source, and the speaker of the open quote beside it.
    pub(super) fn tag_speaker(&mut self, spans: &[Span]) {
        let Some(article) = self.state.article() else {
            return;
        };
        let Some(span) = spans
            .first()
            .map(|s| super::tagging::without_possessive(article, *s))
        else {
            return;
        };
        let block = article.block_at(span.start());
        let open = super::super::resolve::open_quote(article)
            .filter(|q| super::super::resolve::lacks_speaker(article, q))
            .filter(|q| {
                q.start()
                    .is_some_and(|s| article.block_at(s).abs_diff(block) <= 1)
            })
            .map(|q| q.id.clone());
        let mut edits = Vec::new();
        let Some(speaker) = self.speaker_at(span, None, &mut edits) else {
            return;
        };
        if let Some(quote) = &open {
            let relation = self.mint();
            edits.push(link(relation, RelationKind::SaidBy, quote, &speaker));
        }
        if edits.is_empty() {
            return self.tag(Layer::Source, spans);
        }
        let name = format!("tag source {}", quoted(&self.words(&[span])));
        if self.commit(&name, edits) {
            self.after_tag(&speaker, Layer::Source);
            if open.is_some() {
                self.say("Source tagged, and linked to the open quote.");
            }
        }
    }

    /// The source annotation on a span, made where there is none; a person's mention there becomes one.
    pub(super) fn speaker_at(
        &mut self,
        span: Span,
        rule: Option<&Attribution>,
        edits: &mut Vec<Edit>,
    ) -> Option<Id> {
        // One of this very transaction, or of the article.
        let planned = edits.iter().find_map(|e| match e {
            Edit::Annotation(id, Some(a))
                if a.layer == Layer::Source && a.spans().any(|s| s == span) =>
            {
                Some(id.clone())
            }
            _ => None,
        });
        if planned.is_some() {
            return planned;
        }
        let article = self.state.article()?;
        let find = |is: &dyn Fn(&&Mark) -> bool| {
            let found = article.marks.touching(span).find(is);
            found.map(|mark| mark.id.clone())
        };
        let there = find(&|m| m.layer == Layer::Source);
        if there.is_some() {
            return there;
        }
        let person = find(&|m| m.layer == Layer::Person && m.span == span);
        if let Some(person) = person {
            edits.extend(self.changed(&person, |annotation, _| annotation.layer = Layer::Source));
            return Some(person);
        }
        let origin = if rule.is_some() {
            Origin::Accepted
        } else {
            Origin::Hand
        };
        let mut source = self.new_annotation(Layer::Source, &[span], origin)?;
        let record = self.record_for(span, Layer::Source, rule, edits);
        edits.extend(record.edits);
        source.entity = Some(record.id);
        let id = source.id.clone();
        edits.push(Edit::Annotation(id.clone(), Some(Box::new(source))));
        Some(id)
    }

    pub(super) fn words(&self, spans: &[Span]) -> String {
        let Some(article) = self.state.article() else {
            return String::new();
        };
        let parts: Vec<&str> = spans.iter().map(|s| article.source.slice(*s)).collect();
        parts.join(" … ")
    }
}

/// A relation to be made.
pub(super) fn link(id: Id, kind: RelationKind, from: &Id, to: &Id) -> Edit {
    let relation = Relation {
        id: id.clone(),
        kind,
        from: from.clone(),
        to: to.clone(),
        extra: Extra::default(),
    };
    Edit::Relation(id, Some(relation))
}

/// What the rules find whose content touches a span and is not tagged yet.
fn found_in(article: &OpenArticle, hull: Span) -> Vec<Attribution> {
    let text = article.source.as_str();
    let sentences: Vec<Span> = {
        let all = &article.segments.sentences;
        let from = all.partition_point(|s| s.end() <= hull.start());
        all[from..]
            .iter()
            .copied()
            .take_while(|s| s.start() < hull.end())
            .collect()
    };
    let mut found: Vec<Attribution> = match &article.analysis {
        Some(analysis) => {
            let quotes = article.suggestions.touching(hull);
            let quotes = quotes.filter(|(_, s)| s.layer == Layer::Quote);
            let mut ranks: Vec<usize> = quotes
                .flat_map(|(_, s)| std::iter::once(s.rank).chain(s.relay))
                .collect();
            ranks.sort_unstable();
            let touches = |a: &&Attribution| a.content.iter().any(|c| c.overlaps(hull));
            let rules = ranks.iter().filter_map(|at| analysis.attributions.get(*at));
            rules.filter(touches).cloned().collect()
        }
        None => sentences
            .into_iter()
            .flat_map(|s| suggest::attributions_in(text, &article.segments, &People::default(), s))
            .collect(),
    };
    let block = article.block_at(hull.start());
    let tagged: Vec<Span> = article
        .marks_in(block)
        .filter(|m| m.layer == Layer::Quote && !m.is_cue)
        .map(|m| m.span)
        .collect();
    found.retain(|a| {
        a.content
            .iter()
            .all(|c| !c.is_empty() && !tagged.contains(c))
    });
    found
}

/// The first quote that is tagged in a span.
fn tagged_in(article: &OpenArticle, hull: Span) -> Option<Id> {
    let quotes = article
        .marks
        .touching(hull)
        .filter(|m| m.layer == Layer::Quote && !m.is_cue);
    let first = quotes
        .filter(|m| hull.covers(m.span))
        .min_by_key(|m| m.span.start());
    first.map(|m| m.id.clone())
}

/// A sentence without its full stop; words in quotation marks keep theirs.
fn trimmed(article: &OpenArticle, span: Span) -> Span {
    let words = article.source.slice(span);
    Span::new(span.start(), span.start() + without_stop(words))
}
