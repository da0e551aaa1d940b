//! Places: described, found again, cut into runs, and never put where they do not belong.

use pressmark::model::{Form, Place, Selector, Span};
use pressmark::text::{
    Resolver, SourceText, describe, display_safe, find_all, form_in, form_of, runs, segment,
};
use proptest::prelude::*;

use crate::support::marks::unmark;

/// Looks a selector up in the text that it addresses, or in one of which nothing more is known.
fn resolve(selector: &Selector, text: &SourceText, same: bool) -> Place {
    let resolver = if same {
        Resolver::same(text)
    } else {
        Resolver::edited(text, None)
    };
    resolver.place(selector)
}

/// Describes the marked place of one text and resolves it in another; shows where it landed.
#[track_caller]
fn check(old: &str, new: &str, same: bool) -> (String, &'static str) {
    let (old, spans) = unmark(old);
    let selector = describe(&SourceText::new(old), spans[0]);
    let new = SourceText::new(new);
    match resolve(&selector, &new, same) {
        Place::Placed(span) => (new.slice(span).to_owned(), "placed"),
        Place::Moved(span) => (new.slice(span).to_owned(), "moved"),
        Place::Changed(span) => (new.slice(span).to_owned(), "changed"),
        Place::Orphan => (String::new(), "orphan"),
    }
}

#[test]
fn a_place_in_the_same_text_is_certain() {
    let found = check("She said ⟦“No.”⟧ He left.", "She said “No.” He left.", true);
    assert_eq!(found, ("“No.”".into(), "placed"));
}

#[test]
fn a_place_in_another_text_is_never_certain() {
    let found = check(
        "She said ⟦“No.”⟧ He left.",
        "She said “No.” He left.",
        false,
    );
    assert_eq!(found, ("“No.”".into(), "moved"));
    // A word that stands once may be what an edit left of two; little speaks for it.
    let found = check(
        "The ⟦pier⟧ fell.",
        "On Sunday the old pier fell down.",
        false,
    );
    assert_eq!(found, ("pier".into(), "changed"));
}

#[test]
fn a_place_that_could_be_two_is_an_orphan() {
    assert_eq!(
        check("A ⟦pier⟧ fell.", "One pier, two pier.", false).1,
        "orphan"
    );
    assert_eq!(
        check("A ⟦pier⟧ fell.", "Nothing stands.", false).1,
        "orphan"
    );
}

#[test]
fn the_same_offset_with_other_words_is_never_certain() {
    let selector = Selector {
        start: 0,
        end: 4,
        exact: "pier".into(),
        ..Selector::default()
    };
    assert_eq!(
        resolve(&selector, &SourceText::new("ship and pier"), true),
        Place::Moved(Span::new(9, 13))
    );
    let backwards = Selector {
        start: 9,
        end: 2,
        exact: "pier".into(),
        ..Selector::default()
    };
    assert_eq!(
        resolve(&backwards, &SourceText::new("ship"), true),
        Place::Orphan
    );
}

#[test]
fn context_grows_until_a_place_is_unique() {
    let line = "He said no. ";
    let text = SourceText::new(format!("Ann: {}Ben: {}", line.repeat(8), line.repeat(8)));
    let at = text.as_str().find("Ben").expect("it is there") + 5 + 12 * 3;
    let selector = describe(&text, Span::new(at, at + 7));
    assert_eq!(&*selector.exact, "He said");
    assert!(
        selector.prefix.contains("Ben") && selector.prefix.chars().count() == 64,
        "{selector:?}"
    );
    assert!(matches!(resolve(&selector, &text, false), Place::Moved(span) if span.start() == at));
}

#[test]
fn context_is_shorter_at_the_ends_of_a_text() {
    let selector = describe(&SourceText::new("Zoë fell."), Span::new(0, 4));
    assert_eq!((selector.start, selector.end), (0, 3));
    assert_eq!(
        (
            selector.prefix.as_str(),
            selector.exact.as_str(),
            selector.suffix.as_str()
        ),
        ("", "Zoë", " fell.")
    );
}

#[test]
fn describing_a_place_in_a_huge_text_is_quick() {
    let text = SourceText::new("The pier is closed, he said. ".repeat(350_000));
    let started = std::time::Instant::now();
    for at in [0, 5_000_000, 10_000_000] {
        describe(&text, text.word_at(at));
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn marks_make_a_form() {
    let cases = [
        ("⟦“We came at dawn,”⟧ she said.", Form::Direct),
        ("⟦“We came,”⟧ she said. ⟦“We left”⟧.", Form::Direct),
        ("She said ⟦they “came at dawn” and left⟧.", Form::Mixed),
        ("She said ⟦they came⟧.", Form::Indirect),
        ("She said ⟦“We came at dawn.”⟧", Form::Direct),
        (
            "She said she had read ⟦the book “The Night Ferry”⟧.",
            Form::Indirect,
        ),
    ];
    for (line, form) in cases {
        let (text, content) = unmark(line);
        let segments = segment(&text);
        assert_eq!(form_of(&content, &segments), form, "{line}");
        assert_eq!(form_in(&text, &content, &segments), form, "{line}");
    }
}

#[test]
fn terminals_get_no_control_characters() {
    assert_eq!(display_safe("a\u{7}\nb\u{2066}"), "a\\u{7}\\nb\\u{2066}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_described_is_found_at_its_place(text in "[ab \u{e9}\n🌊]{0,80}", a in 0_usize..80, b in 0_usize..80) {
        let text = SourceText::new(text);
        let at = |cp: usize| text.to_byte(cp.min(text.code_points())).unwrap_or(0);
        let span = Span::new(at(a), at(b));
        let selector = describe(&text, span);
        prop_assert_eq!(resolve(&selector, &text, true), Place::Placed(span));
        // Without being sure of the text, only the right place or none.
        match resolve(&selector, &text, false) {
            Place::Moved(found) | Place::Changed(found) => prop_assert_eq!(text.slice(found), text.slice(text.snap(span))),
            Place::Orphan => {}
            Place::Placed(_) => prop_assert!(false, "certain without reason"),
        }
    }

    #[test]
    fn any_selector_resolves_without_panic(text in any::<String>(), start in 0_usize..50, end in 0_usize..50, exact in ".{0,3}", prefix in ".{0,3}") {
        let selector = Selector { start, end, exact: exact.into(), prefix: prefix.into(), ..Selector::default() };
        let text = SourceText::new(text);
        if let Place::Placed(span) = resolve(&selector, &text, true) {
            prop_assert_eq!(text.slice(span), selector.exact);
        }
    }

    #[test]
    fn runs_cover_what_they_cut(ends in prop::collection::vec((0_usize..30, 0_usize..30), 0..12), a in 0_usize..30, b in 0_usize..30) {
        let marks: Vec<Span> = ends.iter().map(|&(a, b)| Span::new(a, b)).collect();
        let within = Span::new(a, b);
        let runs = runs(&marks, within);
        let mut at = within.start();
        for run in &runs {
            prop_assert_eq!(run.span.start(), at);
            for byte in run.span.range() {
                let here: Vec<usize> = (0..marks.len()).filter(|&i| marks[i].contains(byte)).collect();
                prop_assert_eq!(&run.marks, &here);
            }
            at = run.span.end();
        }
        prop_assert_eq!(at, within.end());
    }

    #[test]
    fn names_are_found_in_any_text(text in any::<String>(), name in "\\PC{0,4}") {
        let found = find_all(&text, &name);
        prop_assert!(found.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
        prop_assert!(found.iter().all(|span| text.get(span.range()).is_some_and(|word| !word.is_empty())));
    }
}

#[test]
fn the_same_words_at_the_same_offsets_among_others_are_only_suggested() {
    let old = SourceText::new("He said no. Then he left.");
    let selector = describe(&old, Span::new(8, 10));
    let new = SourceText::new("It is a no. She left too.");
    assert_eq!(
        resolve(&selector, &new, true),
        Place::Changed(Span::new(8, 10))
    );
    assert_eq!(
        resolve(&selector, &old, true),
        Place::Placed(Span::new(8, 10))
    );
}
