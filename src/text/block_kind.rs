//! What each block of an article is: headline, byline, credit and so on, told by its words, its form and its place.
//!
//! *Limitations*: a caption without a credit looks like a paragraph or a heading, and is taken for one.

use crate::model::{Block, BlockKind, Span};

use super::block_pattern::{CAPTION, DATELINE, TIME, is_byline, is_credit, is_furniture};
use super::index::{ceil_char, floor_char};
use super::item::starts_item;
use super::letters::{has_letter, is_longer};

/// The longest headline, in characters.
const MAX_HEADLINE: usize = 160;

/// The longest heading inside an article, in characters and in words.
const MAX_HEADING: usize = 80;
const MAX_HEADING_WORDS: usize = 12;

/// Blocks at the top among which the headline, the byline and the dateline stand.
const TOP: usize = 6;

/// Gives each block its kind.
pub(super) fn classify(text: &str, spans: &[Span]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(spans.len());
    for (index, &span) in spans.iter().enumerate() {
        let block = Candidate {
            words: &text[span.range()],
            index,
            is_last: index + 1 == spans.len(),
            next: spans.get(index + 1).map(|next| &text[next.range()]),
            previous: index.checked_sub(1).map(|i| &text[spans[i].range()]),
            has_headline: blocks
                .iter()
                .take(TOP)
                .any(|b| b.kind == BlockKind::Headline),
            at_top: blocks.iter().take(TOP).all(|b| is_front_matter(b.kind)) && index < TOP,
        };
        let kind = block.kind();
        blocks.push(Block { span, kind });
    }
    blocks
}

fn is_front_matter(kind: BlockKind) -> bool {
    !matches!(
        kind,
        BlockKind::Paragraph | BlockKind::List | BlockKind::Heading
    )
}

struct Candidate<'a> {
    words: &'a str,
    index: usize,
    is_last: bool,
    next: Option<&'a str>,
    previous: Option<&'a str>,
    has_headline: bool,
    at_top: bool,
}

impl Candidate<'_> {
    fn kind(&self) -> BlockKind {
        if is_markdown_heading(self.words) {
            return if self.at_top && !self.has_headline {
                BlockKind::Headline
            } else {
                BlockKind::Heading
            };
        }
        if !has_letter(self.words) {
            return BlockKind::Furniture;
        }
        if starts_item(self.words) || self.is_numbered() {
            return BlockKind::List;
        }
        // Everything below is short; this spares long paragraphs the patterns.
        if is_longer(self.words, 2 * MAX_HEADLINE) {
            return BlockKind::Paragraph;
        }
        self.small_print().unwrap_or_else(|| {
            if self.is_headline() {
                BlockKind::Headline
            } else if self.is_heading() {
                BlockKind::Heading
            } else {
                BlockKind::Paragraph
            }
        })
    }

    /// Tries the patterns, each only on blocks that it could fit: most blocks are running text, and patterns are slow.
    fn small_print(&self) -> Option<BlockKind> {
        let words = self.words;
        let is_sentence = ends_sentence(words);
        let has_digit = words.len() <= 120 && words.bytes().any(|b| b.is_ascii_digit());
        let is_near_edge = self.index < TOP || self.is_last;
        if words.len() <= 60 && has_digit && TIME.is_match(words) {
            Some(BlockKind::Time)
        } else if words.len() <= if is_sentence { 60 } else { 180 } && is_furniture(words) {
            Some(BlockKind::Furniture)
        } else if words.len() <= 120
            && (has_digit || words.ends_with(['–', '—', '-']))
            && DATELINE.is_match(words)
        {
            Some(BlockKind::Dateline)
        } else if is_near_edge && !is_sentence && words.len() <= 160 && is_byline(words) {
            Some(BlockKind::Byline)
        } else if !is_sentence && words.len() <= 200 && count_words(words) <= 14 && is_credit(words)
        {
            Some(BlockKind::Credit)
        } else if has_caption_cue(words) && CAPTION.is_match(words) {
            Some(BlockKind::Caption)
        } else {
            None
        }
    }

    fn is_headline(&self) -> bool {
        self.index < TOP
            && self.at_top
            && !self.has_headline
            && !self.is_last
            && !self.words.contains('\n')
            && !is_longer(self.words, MAX_HEADLINE)
            && !ends_open(self.words)
            && !ends_with_stop(self.words)
            && count_words(self.words) >= 2
    }

    fn is_heading(&self) -> bool {
        let words = self.words;
        !self.is_last
            && words.len() <= 4 * MAX_HEADING
            && !ends_sentence(words)
            && !ends_open(words)
            && !is_longer(words, MAX_HEADING)
            && !words.contains('\n')
            && count_words(words) <= MAX_HEADING_WORDS
            && words
                .chars()
                .find(|c| c.is_alphanumeric())
                .is_some_and(|c| !c.is_lowercase())
            && words.contains(char::is_alphabetic)
    }

    /// A number with a full stop begins an item only beside another one: "3. May" begins a sentence in German.
    fn is_numbered(&self) -> bool {
        number(self.words).is_some_and(|own| {
            let is_near = |other: Option<&str>, wanted| other.and_then(number) == Some(wanted);
            is_near(self.next, own + 1) || (own > 0 && is_near(self.previous, own - 1))
        })
    }
}

/// Whether a block has one of the words, near one of its ends, without which it is no caption.
fn has_caption_cue(words: &str) -> bool {
    let head = &words[..floor_char(words, 16)];
    if head.contains(':') {
        return true;
    }
    let tail = &words[ceil_char(words, words.len().saturating_sub(90))..];
    // A name in brackets at the end, "Photo: …" or "photo by …": this spares most blocks the search for each cue.
    let is_possible = tail.ends_with(')') || tail.contains(':') || tail.contains("by");
    let cues = [
        "hoto", "oto:", "mage", "icture", "ild:", "etty", "AFP", "euters", "dpa",
    ];
    is_possible && cues.iter().any(|cue| tail.contains(cue))
}

fn number(words: &str) -> Option<u32> {
    let digits = words.find(|c: char| !c.is_ascii_digit())?;
    let mut rest = words[digits..].chars();
    let has_sign =
        matches!(rest.next(), Some('.' | ')')) && rest.next().is_some_and(char::is_whitespace);
    if has_sign && (1..=3).contains(&digits) {
        words[..digits].parse().ok()
    } else {
        None
    }
}

fn is_markdown_heading(words: &str) -> bool {
    let rest = words.trim_start_matches('#');
    (1..=6).contains(&(words.len() - rest.len())) && rest.starts_with(' ') && !words.contains('\n')
}

fn count_words(words: &str) -> usize {
    words.split_whitespace().count()
}

/// Whether a block ends as a sentence does.
fn ends_sentence(words: &str) -> bool {
    ends_with_stop(words) || bare_end(words).ends_with(['!', '?', '！', '？'])
}

fn ends_with_stop(words: &str) -> bool {
    let bare = bare_end(words);
    bare.ends_with(['.', '。', '…', '।', '۔']) && !ends_abbreviated(bare)
}

/// Whether the last full stop belongs to an initial or an abbreviation: "Lund Jr.", "Okafor & Co.", "9 a.m."
fn ends_abbreviated(words: &str) -> bool {
    let Some(head) = words.strip_suffix('.') else {
        return false;
    };
    let mut parts = head
        .rsplit(|c: char| c == '.' || c.is_whitespace())
        .map(|part| (part, part.chars().next()));
    let (last, Some(letter)) = parts.next().unwrap_or_default() else {
        return false;
    };
    if letter.len_utf8() < last.len() {
        return matches!(last, "Jr" | "Sr" | "Inc" | "Co" | "Corp" | "Ltd");
    }
    let mut is_pair = || {
        let before = head[..head.len() - last.len()].ends_with('.');
        let (other, first) = parts.next().unwrap_or_default();
        before && other.len() == 1 && first.is_some_and(|c| c.is_ascii_alphabetic())
    };
    letter.is_uppercase() || letter.is_ascii_alphabetic() && is_pair()
}

/// Whether something must follow: a colon, a comma, a dash.
fn ends_open(words: &str) -> bool {
    words.ends_with([':', ',', ';', '：', '，', '；', '、', '–', '—', '-'])
}

fn bare_end(words: &str) -> &str {
    words.trim_end_matches(['"', '\'', '”', '’', '“', '»', '«', ')', ']', '」', '』'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(article: &str) -> Vec<&'static str> {
        let feeds: Vec<usize> = article.match_indices('\n').map(|(at, _)| at).collect();
        let spans = super::super::paragraph::paragraphs(article, &feeds);
        classify(article, &spans)
            .iter()
            .map(|block| block.kind.name())
            .collect()
    }

    #[test]
    fn the_top_of_an_article_is_told_apart() {
        let article = "Harbour crews walk out\nBy Ines Okafor and Tom Reed\nSunday, 3 May 2026\nPORT ELLIN – Cranes stood still.\n\
                       Lena Brandt/Getty Images\nWhat it means\nShips wait.";
        let expected = [
            "headline",
            "byline",
            "dateline",
            "paragraph",
            "credit",
            "heading",
            "paragraph",
        ];
        assert_eq!(kinds(article), expected);
    }

    #[test]
    fn a_first_sentence_is_no_headline() {
        assert_eq!(
            kinds("The pier is closed.\nIt rains."),
            ["paragraph", "paragraph"]
        );
    }

    #[test]
    fn a_live_blog_has_times_and_furniture() {
        let article = "14:32\nThe vote begins.\n2.15pm BST\nIt ends.\nAdvertisement\nRead more: Who voted\n* * *\nNight falls.";
        let expected = [
            "time",
            "paragraph",
            "time",
            "paragraph",
            "furniture",
            "furniture",
            "furniture",
            "paragraph",
        ];
        assert_eq!(kinds(article), expected);
    }

    #[test]
    fn a_headline_that_begins_like_a_byline_is_a_headline() {
        for line in [
            "By Monday the ships were gone",
            "Words Matter Most",
            "Von Karlsmoor nach Ellin",
            "Comments on the deal",
        ] {
            assert_eq!(
                kinds(&format!("{line}\nIt rains."))[0],
                "headline",
                "{line}"
            );
        }
    }

    #[test]
    fn items_of_lists_are_told_from_dates() {
        assert_eq!(
            kinds("- Bread\n- Salt\nDone."),
            ["list", "list", "paragraph"]
        );
        assert_eq!(
            kinds("1. Bread\n2. Salt\nDone."),
            ["list", "list", "paragraph"]
        );
        assert_eq!(
            kinds("Es regnet.\n3. Mai war ein Feiertag."),
            ["paragraph", "paragraph"]
        );
    }
}
