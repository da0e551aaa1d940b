//! Answers of a pick list, collected best first: each record, or each name, once.

use std::collections::HashSet;

use super::Cx;
use crate::app::article::OpenArticle;
use crate::app::pick::{Choice, PickItem};
use crate::app::wording::shorten;

/// A list in which each record, or each name, stands once.
#[derive(Default)]
pub(super) struct Candidates {
    pub(super) items: Vec<PickItem>,
    seen: HashSet<String>,
}

impl Candidates {
    pub(super) fn add(&mut self, label: String, detail: String, choice: Choice) {
        if self.seen.insert(key(&label)) {
            self.items.push(PickItem {
                label,
                detail,
                choice,
            });
        }
    }

    pub(super) fn leave_out(
        &mut self,
        cx: &Cx<'_>,
        article: &OpenArticle,
        annotation: &crate::model::Annotation,
    ) {
        self.seen.insert(key(&label(cx, article, annotation)));
    }

    pub(super) fn leave_out_name(&mut self, name: &str) {
        self.seen.insert(key(name));
    }

    pub(super) fn add_annotation(
        &mut self,
        cx: &Cx<'_>,
        article: &OpenArticle,
        annotation: &crate::model::Annotation,
    ) {
        let block = annotation.start().map_or(0, |s| article.block_at(s) + 1);
        self.add(
            label(cx, article, annotation),
            format!("¶{block}"),
            Choice::Annotation(annotation.id.clone()),
        );
    }
}

/// What makes two answers the same: "The Harbour Office" and "Harbour Office" are one.
fn key(label: &str) -> String {
    let lower = label.to_lowercase();
    lower
        .strip_prefix("the ")
        .map_or(lower.clone(), str::to_owned)
}

/// The record's name, or the words themselves.
fn label(cx: &Cx<'_>, article: &OpenArticle, annotation: &crate::model::Annotation) -> String {
    let record = annotation.entity.as_ref();
    let name = record.and_then(|r| cx.state.record_name(r).or_else(|| article.cast_name(r)));
    name.map_or_else(|| shorten(&annotation.exact(), 48), str::to_owned)
}
