//! Places of the open article by a few letters or a number: paragraphs, headings, tags.

use crate::app::{OpenArticle, fit, shorten};
use crate::model::{BlockKind, Id};

/// So many tags are listed at the most.
const TAGS: usize = 100;
/// Above every name: who types a number means the paragraph.
const NUMBER: i32 = 1000;
/// Characters of a tag's or a paragraph's words.
const WORDS: usize = 72;

/// Where a place is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Goal {
    /// The paragraph at an offset.
    Offset(usize),
    /// A tag.
    Tag(Id),
}

/// A place and how well it fits what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where it is.
    pub goal: Goal,
    /// Its words.
    pub name: String,
    /// What it is.
    pub detail: String,
    /// Which characters of its words were typed.
    pub found: Vec<usize>,
    /// The more the better.
    pub score: i32,
}

/// The places that a query means: `12` and `¶12` a paragraph, `40%` a share of the way, letters headings and tags.
pub fn places(query: &str, article: &OpenArticle) -> Vec<Place> {
    let query = query.trim();
    let mut places: Vec<Place> = numbered(query, article).into_iter().collect();
    places.extend(headings(query, article));
    places.extend(tags(query, article));
    places
}

fn numbered(query: &str, article: &OpenArticle) -> Option<Place> {
    let blocks = &article.segments.blocks;
    let last = blocks.len().checked_sub(1)?;
    let (block, detail) = if let Some(share) = query.strip_suffix('%') {
        let share: f64 = share.trim().parse().ok()?;
        let share = share.clamp(0.0, 100.0);
        let offset = (article.source.len() as f64 * share / 100.0) as usize;
        (article.block_at(offset), format!("at {share} %"))
    } else {
        let number: usize = query.trim_start_matches(['¶', '#', ' ']).parse().ok()?;
        let block = number.saturating_sub(1).min(last);
        (block, format!("of {} paragraphs", last + 1))
    };
    let span = blocks[block].span;
    Some(Place {
        goal: Goal::Offset(span.start()),
        name: format!(
            "¶{} {}",
            block + 1,
            shorten(article.source.slice(span), WORDS)
        ),
        detail,
        found: Vec::new(),
        score: NUMBER,
    })
}

fn headings(query: &str, article: &OpenArticle) -> Vec<Place> {
    let blocks = article.segments.blocks.iter().enumerate();
    let headings =
        blocks.filter(|(_, b)| matches!(b.kind, BlockKind::Headline | BlockKind::Heading));
    let fitting = headings.filter_map(|(at, block)| {
        let name = shorten(article.source.slice(block.span), WORDS);
        let fit = fit(query, &name)?;
        Some(Place {
            goal: Goal::Offset(block.span.start()),
            name,
            detail: format!("heading, ¶{}", at + 1),
            found: fit.at,
            score: fit.score,
        })
    });
    fitting.take(TAGS).collect()
}

/// Tags whose words contain what was typed, in text order.
fn tags(query: &str, article: &OpenArticle) -> Vec<Place> {
    let needle = query.to_lowercase();
    let all = article
        .marks
        .in_order()
        .filter_map(|id| article.annotation(id));
    let fitting = all.filter_map(|annotation| {
        let words = annotation.exact();
        if !words.to_lowercase().contains(&needle) {
            return None;
        }
        let name = shorten(&words, WORDS);
        let fit = fit(query, &name).unwrap_or_default();
        let block = article.block_at(annotation.start()?);
        Some(Place {
            goal: Goal::Tag(annotation.id.clone()),
            name,
            detail: format!("{}, ¶{}", annotation.layer.name(), block + 1),
            found: fit.at,
            score: fit.score,
        })
    });
    fitting.take(TAGS).collect()
}
