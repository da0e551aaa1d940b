//! What holds for the segments of any text, however odd, and however long.

use pressmark::model::{Extra, Override, OverrideKind, Place, Segments, Selector, Span, Target};
use pressmark::text::{SourceText, segment, segment_with};
use proptest::prelude::*;

/// What the segmenter looks at, and what makes clusters with it.
const PIECES: &[&str] = &[
    "\n",
    "\n",
    " ",
    " ",
    "\"",
    "'",
    "“",
    "”",
    "‘",
    "’",
    "„",
    "«",
    "»",
    "「",
    "」",
    ".",
    ". ",
    "!",
    "?",
    "…",
    "。",
    "a",
    "Mr",
    "U.S",
    "said",
    "The",
    "1",
    "90s",
    "\u{301}",
    "\u{200d}",
    "👩",
    "🇩🇪",
    "\u{a0}",
    "\t",
    "\r",
    "- ",
    "# ",
    "[1]",
    "(",
    ")",
    ":",
    "–",
    "북",
    "न्",
    "\u{600}",
    "\u{0}",
    "=",
    "the quick brown fox jumps over the lazy dog and runs home again",
    "By Ann Lee",
    "14:32",
];

/// Text full of it.
fn tricky() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|parts| parts.concat())
}

/// Whether a cluster that is nothing but white space stands at an end.
fn has_blank_end(source: &SourceText, span: Span) -> bool {
    let is_blank = |from: usize, to: usize| source.as_str()[from..to].trim().is_empty();
    is_blank(span.start(), source.next_grapheme(span.start()))
        || is_blank(source.prev_grapheme(span.end()), span.end())
}

fn check_laws(text: &str) -> Result<(), TestCaseError> {
    let source = SourceText::new(text);
    let Segments {
        blocks,
        sentences,
        quotes,
    } = segment(text);
    let blocks: Vec<Span> = blocks.iter().map(|block| block.span).collect();
    for spans in [&blocks, &sentences] {
        let mut covered = 0;
        for &span in spans {
            prop_assert!(
                span.start() >= covered && !span.is_empty(),
                "in order: {span:?}"
            );
            prop_assert!(
                text[covered..span.start()].trim().is_empty(),
                "left out before {span:?}"
            );
            prop_assert!(
                !has_blank_end(&source, span),
                "white space at the ends of {span:?}"
            );
            prop_assert_eq!(source.snap(span), span, "on grapheme boundaries");
            covered = span.end();
        }
        prop_assert!(text[covered..].trim().is_empty(), "left out at the end");
    }
    for sentence in &sentences {
        prop_assert!(
            blocks.iter().any(|block| block.covers(*sentence)),
            "a sentence in a block"
        );
    }
    let mut end = 0;
    for quote in &quotes {
        prop_assert!(quote.span.start() >= end, "quotes in order");
        prop_assert_eq!(
            quote.fragments.iter().copied().reduce(Span::hull),
            Some(quote.span)
        );
        for &fragment in &quote.fragments {
            prop_assert!(
                fragment.start() >= end && !fragment.is_empty(),
                "fragments in order"
            );
            prop_assert!(
                blocks.iter().any(|block| block.covers(fragment)),
                "a fragment in a block"
            );
            prop_assert_eq!(source.snap(fragment), fragment);
            end = fragment.end();
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn every_character_lies_in_one_block_and_one_sentence(text in any::<String>()) {
        check_laws(&text)?;
    }

    #[test]
    fn the_laws_hold_for_tricky_text(text in tricky()) {
        check_laws(&text)?;
    }

    #[test]
    fn any_decisions_leave_the_laws_intact(text in tricky(), cuts in prop::collection::vec((0_usize..200, 0_usize..200, 0_usize..4), 0..6)) {
        let source = SourceText::new(text.as_str());
        let makes = [OverrideKind::NotAQuote, OverrideKind::Quote, OverrideKind::Split, OverrideKind::Join];
        let decisions: Vec<Override> = cuts.iter().map(|&(a, b, make)| {
            let at = |cp: usize| source.to_byte(cp % (source.code_points() + 1)).unwrap_or(0);
            let place = Place::Placed(Span::new(at(a), at(b)));
            Override { at: Target { selector: Selector::default(), place }, make: makes[make].clone(), extra: Extra::default() }
        }).collect();
        let segments = segment_with(&source, &decisions);
        let mut end = 0;
        for &sentence in &segments.sentences {
            prop_assert!(sentence.start() >= end && !sentence.is_empty());
            prop_assert!(segments.blocks.iter().any(|block| block.span.covers(sentence)));
            prop_assert_eq!(source.snap(sentence), sentence);
            prop_assert!(text[end..sentence.start()].trim().is_empty());
            end = sentence.end();
        }
        prop_assert!(text[end..].trim().is_empty());
        prop_assert!(segments.quotes.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()));
        let fragments: Vec<Span> = segments.quotes.iter().flat_map(|run| run.fragments.clone()).collect();
        prop_assert!(fragments.iter().all(|f| !f.is_empty() && source.snap(*f) == *f));
        let backwards: Vec<Override> = decisions.into_iter().rev().collect();
        prop_assert_eq!(segment_with(&source, &backwards), segments, "their order changes nothing");
    }
}

/// Text of one sort, over and over, in one line: where a careless rule would take the square of its length.
#[test]
fn long_rows_of_anything_take_linear_time() {
    let rows = [
        "a", " ", "\"", "'", "‘", "“", "„", "'a ", "“a ", "\"a ", ". ", "A. ", "? ", ".-", "?” A ",
        "... ", "’s ", "\u{301}", "🇩🇪", "。", "。”", "[1]", "- ", "\n", "\n\n", "a\n", "“a\n", "(",
        ") ", "Mr. ", "'' ", "«a ", "”a", "1. A\n", "\u{600}", "a/Getty ", "\t\n",
    ];
    let started = std::time::Instant::now();
    for row in rows {
        let text = row.repeat(100_000 / row.len());
        segment(&text);
    }
    // Linear, all of them take seconds, or more where much else goes on; squared, many minutes.
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}
