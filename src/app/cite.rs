//! A passage with its attribution, as one line of plain text: the words, who says them, the article, the paragraph.
//!
//! `“The ferry is safe.” – Ana Lund, “The ferry stays in port”, ferry.txt, ¶3`

use super::article::OpenArticle;
use super::state::State;
use super::wording::in_marks;
use crate::model::{Annotation, Layer, RelationKind, Span};

/// The line for what is selected or has the focus; nothing where that is nothing.
pub fn cited(state: &State, article: &OpenArticle) -> Option<String> {
    let spans = article.target();
    let first = *spans.first()?;
    let hull = spans.iter().copied().reduce(Span::hull)?;
    let words = spans
        .iter()
        .map(|span| on_one_line(article.source.slice(*span)));
    let words = words.collect::<Vec<_>>().join(" … ");
    let mut parts = speakers(state, article, hull);
    parts.push(in_marks(&article.title()));
    parts.push(article.key.to_string());
    parts.push(format!("¶{}", article.block_at(first.start()) + 1));
    Some(format!("{} – {}", in_marks(&words), parts.join(", ")))
}

/// Who says it: the speakers of the quote that has the focus, or of the innermost one around the words.
fn speakers(state: &State, article: &OpenArticle, hull: Span) -> Vec<String> {
    let active = article.active().filter(|a| a.layer == Layer::Quote);
    let around = || {
        let marks = article.marks.touching(hull);
        let quotes = marks.filter(|m| m.layer == Layer::Quote && !m.is_cue);
        let innermost = quotes.min_by_key(|m| (!m.span.covers(hull), m.span.len()));
        innermost.and_then(|m| article.annotation(&m.id))
    };
    let Some(quote) = active.or_else(around) else {
        return Vec::new();
    };
    let name = |source: &&Annotation| {
        let record = source.entity.as_ref().and_then(|id| state.record_name(id));
        record.map_or_else(|| on_one_line(&source.exact()), str::to_owned)
    };
    let linked = article.linked(&quote.id, &RelationKind::SaidBy);
    linked.iter().map(name).collect()
}

fn on_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
