//! One sentence as the families read it.

use super::SHORTEST;
use crate::suggest::attribution::Unit;
use crate::suggest::lexicon::Class;
use crate::suggest::token::Token;

/// A statement: its tokens, and all classes that occur among them.
pub(super) struct Reading<'a> {
    pub(super) unit: Unit<'a>,
    classes: Class,
}

impl<'a> Reading<'a> {
    /// Reads a sentence; questions and scraps claim nothing.
    pub(super) fn of(unit: &Unit<'a>) -> Option<Self> {
        let mut classes = Class::default();
        let (mut words, mut asks) = (0, false);
        for token in unit.tokens {
            classes = classes.and(token.class);
            words += usize::from(token.is_word());
            asks |= token.is_mark(&['?', '？']);
        }
        (words >= SHORTEST && !asks).then_some(Self {
            unit: *unit,
            classes,
        })
    }

    /// Whether a word of the class occurs; most families can stop here.
    pub(super) fn has(&self, class: Class) -> bool {
        self.classes.is(class)
    }

    /// How many words of the class occur.
    pub(super) fn count(&self, class: Class) -> usize {
        self.places(class).count()
    }

    /// Where words of the class stand.
    pub(super) fn places(&self, class: Class) -> impl Iterator<Item = usize> + '_ {
        let tokens: &[Token] = self.unit.tokens;
        (0..tokens.len()).filter(move |at| tokens[*at].is(class))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_question_claims_nothing() {
        check(
            "Did the ferry carry 4,200 people? ⟦The ferry carried 4,200 people.⟧ “Was it 300?” she asked.",
        );
    }
}
