//! Lists whose rows are single annotations and suggestions, read off the article's own order, row by visible row.

use super::groups::{Entry, Offers};
use super::lists::{Item, Row};
use crate::app::{InTurn, OpenArticle, Ranked, SUGGESTED, State, Tab, TextPlace, place_of};
use crate::model::{Id, Layer};

/// The annotations that a list shows one by one, in text order.
pub fn tagged(article: &OpenArticle, tab: Tab) -> &Ranked<TextPlace> {
    match tab {
        Tab::Quotes => article.marks.of_layer(Layer::Quote),
        Tab::Sources => article.marks.of_layer(Layer::Source),
        Tab::People => article.marks.of_layer(Layer::Person),
        Tab::Claims => article.marks.of_layer(Layer::Claim),
        Tab::Codes => article.marks.of_layer(Layer::Code),
        Tab::More => article.marks.of_layer(Layer::Note),
    }
}

/// A list whose rows are single annotations and suggestions, both kinds in the order of the text.
pub struct InOrder<'a> {
    tagged: InTurn<'a>,
    suggested: Option<&'a Ranked<(usize, usize)>>,
}

impl<'a> InOrder<'a> {
    /// The list of a tab.
    pub fn of(state: &'a State, article: &'a OpenArticle, tab: Tab) -> Self {
        let own = SUGGESTED.into_iter().find(|layer| Tab::of(*layer) == tab);
        let shown = own.filter(|layer| article.readonly.is_none() && state.suggests(*layer));
        Self {
            tagged: InTurn {
                set: tagged(article, tab),
                article,
                codes: &state.codes,
            },
            suggested: shown.and_then(|layer| article.suggestions.listed(layer)),
        }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.tagged.set.len() + self.suggested.map_or(0, Ranked::len)
    }

    /// How many suggestions begin before an offset.
    fn suggested_before(&self, offset: usize) -> usize {
        self.suggested.map_or(0, |set| set.rank(&(offset, 0)))
    }

    /// The row at a rank.
    pub fn row(&self, at: usize) -> Option<Row> {
        // How many annotations have their row at this one or before it; where both begin together, they come first.
        let (mut least, mut most) = (0, self.tagged.set.len().min(at + 1));
        while least < most {
            let middle = (least + most).div_ceil(2);
            let start = self.tagged.set.get(middle - 1)?.0;
            if middle - 1 + self.suggested_before(start) <= at {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        let last = least.checked_sub(1).and_then(|last| self.tagged.get(last));
        if let Some((start, _, id)) = last
            && least - 1 + self.suggested_before(*start) == at
        {
            return Some(Row::Tagged(Entry::of_one(id)));
        }
        let (_, first) = self.suggested?.get(at - least)?;
        Some(Row::Suggested(Offers {
            first: *first,
            count: 1,
            person: None,
        }))
    }

    /// The rank of what a row leads to.
    pub fn place(&self, article: &OpenArticle, item: &Item) -> Option<usize> {
        match item {
            Item::Annotation(id) => {
                let place = article.annotation(id).and_then(place_of)?;
                let rank = self.tagged.rank(&place)?;
                Some(rank + self.suggested_before(place.0))
            }
            Item::Suggestion(at) => {
                let suggested = self.suggested?;
                let start = article.suggestions.get(*at)?.start();
                let rank = suggested.rank(&(start, *at));
                let is_there = suggested.get(rank) == Some(&(start, *at));
                let tagged = self.tagged.set.rank(&(start + 1, 0, Id::new("")));
                is_there.then_some(rank + tagged)
            }
            Item::Open(_) => None,
        }
    }
}
