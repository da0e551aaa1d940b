//! The pick list in the strip: a handful of numbered answers to one question, or several that are meant together and
//! may each be left out.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::command::Subject;
use super::fuzzy::fit;
use super::occurrences::Like;
use crate::model::{Id, Layer, Span, Vocabulary};

/// So many answers need no narrowing: each has its digit.
const FEW: usize = 9;

/// The question.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// Who says this quote?
    SaidBy(Id),
    /// Who says this suggested quote? By its rank in the text.
    Suggested(usize),
    /// Who passed this quote on?
    RelayedBy(Id),
    /// Which words say that it is said?
    Cue(Id),
    /// Who claims this?
    ClaimedBy(Id),
    /// Whom is this claim about?
    About(Id),
    /// Which of these names is meant?
    Tag(Layer),
    /// What is the verdict on this claim?
    Verdict(Id),
    /// What is this record in this article, or this claim, on one axis?
    Axis(Subject, &'static Vocabulary),
    /// Which code should these words have?
    Code,
    /// Which layer, or which code, should these annotations have?
    Retag(Vec<Id>),
    /// Which of these shall be tagged alike? All but those that are left out.
    Occurrences(Box<Like>),
    /// Which record is this mention of?
    Record(Id),
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct PickItem {
    /// What it says.
    pub label: String,
    /// A word more, in muted ink.
    pub detail: String,
    /// What it does.
    pub choice: Choice,
}

impl PickItem {
    /// Whether it makes a record or a code of what was typed.
    pub const fn is_new(&self) -> bool {
        matches!(self.choice, Choice::NewRecord(_) | Choice::NewCode(_))
    }

    /// The words of the text that it stands for.
    fn span(&self) -> Option<Span> {
        match self.choice {
            Choice::Span(span, _) => Some(span),
            _ => None,
        }
    }
}

/// What an answer stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// An annotation that is there.
    Annotation(Id),
    /// Words of the text that become one, with the record they belong to, if it is known.
    Span(Span, Option<Id>),
    /// A word of a vocabulary.
    Value(&'static str),
    /// A layer.
    Layer(Layer),
    /// No source stated, no cue, no record: the answer under 0.
    Nothing,
    /// All of them.
    All,
    /// A record of the folder.
    Record(Id),
    /// A new record of this name.
    NewRecord(String),
    /// A code of the codebook, with its digit where the list goes by digits.
    Code(Id, Option<u8>),
    /// A new code of this name.
    NewCode(String),
}

/// An open pick list.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// The question.
    pub purpose: Purpose,
    /// Whom or what it is about, where that is not what has the focus.
    pub about: Option<String>,
    /// All answers, best first; the first nine have digits.
    pub items: Vec<PickItem>,
    /// What 0 does, if anything.
    pub zero: Option<PickItem>,
    /// What was typed to narrow the list.
    pub filter: String,
    /// Of several that are meant together, those that are left out.
    pub left_out: BTreeSet<usize>,
    /// Of several that are meant together, the one that is looked at.
    pub at: Option<usize>,
    /// The suggestion that had the focus: it waits, and gets the focus back when all is answered.
    pub waits: Option<(Layer, Vec<Span>)>,
}

impl Pick {
    /// The question in words.
    pub fn question(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self.purpose {
            Purpose::SaidBy(_) | Purpose::Suggested(_) => "Who says this?",
            Purpose::RelayedBy(_) => "Relayed by whom?",
            Purpose::Cue(_) => "Which words say it?",
            Purpose::ClaimedBy(_) => "Who claims this?",
            Purpose::About(_) => "About whom?",
            Purpose::Tag(Layer::Source) => "Which source?",
            Purpose::Tag(_) => "Which name?",
            Purpose::Verdict(_) => "Verdict?",
            Purpose::Axis(_, axis) => {
                return match &self.about {
                    Some(about) => Cow::Owned(format!("{about}: {}", lowered(axis.asks))),
                    None => Cow::Borrowed(axis.asks),
                };
            }
            Purpose::Code => "Which code?",
            Purpose::Retag(_) => "Retag as what?",
            Purpose::Occurrences(ref like) => return Cow::Owned(self.how_many(like)),
            Purpose::Record(_) => "Whose record?",
        })
    }

    /// "14 mentions", "12 of 14 mentions".
    fn how_many(&self, like: &Like) -> String {
        let (all, meant) = (self.items.len(), self.items.len() - self.left_out.len());
        if all == meant {
            like.counted(all)
        } else {
            format!("{meant} of {}", like.counted(all))
        }
    }

    /// Whether the answers are meant together, but for those that are left out.
    pub const fn is_several(&self) -> bool {
        matches!(self.purpose, Purpose::Occurrences(_))
    }

    /// The words that are meant together, in text order.
    pub fn meant(&self) -> Vec<Span> {
        let items = self.items.iter().enumerate().filter(|_| self.is_several());
        let meant = items.filter(|(at, _)| !self.left_out.contains(at));
        meant.filter_map(|(_, item)| item.span()).collect()
    }

    /// The words that are looked at.
    pub fn looked_at(&self) -> Option<Span> {
        self.items.get(self.at?)?.span()
    }

    /// What can be typed, in words.
    pub fn hint(&self) -> &'static str {
        match self.purpose {
            Purpose::Code if self.items.is_empty() => {
                "No codes yet: type a name, Enter makes the first one."
            }
            Purpose::Code => "… type to narrow, or a new name",
            _ if self.is_several() => "Enter tags, → shows, X leaves out, A in the whole folder",
            _ if self.items.len() <= FEW => "",
            _ => "… type to narrow",
        }
    }

    /// The answers that match what was typed, with their index: the best first, and what would be new last.
    pub fn shown(&self) -> Vec<(usize, &PickItem)> {
        let all = self.items.iter().enumerate();
        if self.filter.is_empty() {
            return all.collect();
        }
        let fits = all.filter_map(|at| Some((fit(&self.filter, &at.1.label)?.score, at)));
        let mut fits: Vec<_> = fits.collect();
        fits.sort_by_key(|(score, (_, item))| (item.is_new(), std::cmp::Reverse(*score)));
        fits.into_iter().map(|(_, at)| at).collect()
    }

    /// The digits of the answers that are shown: codes have their own, the others those that are left, in order.
    pub fn digits(&self) -> Vec<Option<u8>> {
        let own = |item: &PickItem| match item.choice {
            Choice::Code(_, key) => key,
            _ => None,
        };
        let shown = self.shown();
        let taken: Vec<u8> = shown.iter().filter_map(|(_, item)| own(item)).collect();
        let mut free = (1..=9).filter(|digit| !taken.contains(digit));
        let digits = shown
            .iter()
            .map(|(_, item)| own(item).or_else(|| free.next()));
        digits.collect()
    }
}

/// As a part of a longer sentence.
fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}
