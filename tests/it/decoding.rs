//! From bytes to text, and from one unit of offsets to another.

use pressmark::model::{CpSpan, Newline, Span};
use pressmark::text::{DecodeError, ENCODINGS, SourceText, decode};
use proptest::prelude::*;

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[track_caller]
fn check(bytes: &[u8], encoding: &str, bom: bool, text: &str) {
    let decoded = decode(bytes, None).expect("it is text");
    assert_eq!(
        (decoded.encoding, decoded.bom, &*decoded.text),
        (encoding, bom, text)
    );
    assert_eq!(decoded.replaced, 0);
}

#[test]
fn a_byte_order_mark_decides_and_is_dropped() {
    let text = "Zoë’s pier 🌊";
    check(text.as_bytes(), "utf-8", false, text);
    check(format!("\u{feff}{text}").as_bytes(), "utf-8", true, text);
    check(
        &utf16(&format!("\u{feff}{text}"), u16::to_le_bytes),
        "utf-16-le",
        true,
        text,
    );
    check(
        &utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
        "utf-16-be",
        true,
        text,
    );
}

#[test]
fn utf_16_without_a_mark_is_told_by_its_zeros() {
    for text in [
        "The pier is closed.\n",
        "Причал закрыт, сказал он. Все ушли.\n",
        "他说：hello, world\n",
    ] {
        check(&utf16(text, u16::to_le_bytes), "utf-16-le", false, text);
        check(&utf16(text, u16::to_be_bytes), "utf-16-be", false, text);
    }
}

#[test]
fn old_encodings_are_guessed_and_said_to_be_a_guess() {
    let western = b"Die B\xfcrgermeisterin sagte: \x84Nein\x93 \x96 und ging. Sie l\xe4chelte \xfcber den Hafen.";
    let decoded = decode(western, None).expect("it is text");
    assert_eq!(
        decoded.text,
        "Die Bürgermeisterin sagte: „Nein“ – und ging. Sie lächelte über den Hafen."
    );
    assert_eq!((decoded.encoding, decoded.guessed), ("cp1252", true));
    let russian = b"\xcf\xf0\xe8\xf7\xe0\xeb \xe7\xe0\xea\xf0\xfb\xf2, \xf1\xea\xe0\xe7\xe0\xeb \xee\xed \xe2 \xef\xff\xf2\xed\xe8\xf6\xf3.";
    let decoded = decode(russian, None).expect("it is text");
    assert_eq!(
        (decoded.encoding, &*decoded.text),
        ("cp1251", "Причал закрыт, сказал он в пятницу.")
    );
}

#[test]
fn one_bad_byte_is_replaced_and_counted() {
    let mut bytes = "“Schön”, sagte Zoë über die Möwen.".as_bytes().to_vec();
    bytes.extend(b" Ende\xff.");
    let decoded = decode(&bytes, None).expect("it is text");
    assert_eq!(
        decoded.text,
        "“Schön”, sagte Zoë über die Möwen. Ende\u{fffd}."
    );
    assert_eq!(
        (decoded.encoding, decoded.replaced, decoded.guessed),
        ("utf-8", 1, true)
    );
}

#[test]
fn what_has_the_shape_of_utf_8_is_damaged_utf_8_and_no_other_encoding() {
    let cases: [(&[u8], &str); 4] = [
        (b"Zo\xc3\xab met Zo\xeb", "Zoë met Zo\u{fffd}"),
        (b"the pier\xe2\x82", "the pier\u{fffd}"),
        (b"a\xc0\xaf..", "a\u{fffd}\u{fffd}.."),
        (b"x \xed\xa0\xbd", "x \u{fffd}\u{fffd}\u{fffd}"),
    ];
    for (bytes, text) in cases {
        let decoded = decode(bytes, None).expect("it is text");
        assert_eq!((decoded.encoding, &*decoded.text), ("utf-8", text));
    }
}

#[test]
fn zeros_and_recordings_of_terminals_are_text_and_programs_are_not() {
    for text in [
        "Varn\0said\0no.\n",
        "\u{1b}]0;a title\u{7}\u{1b}[31mno\u{1b}[0m, she said\n",
    ] {
        check(text.as_bytes(), "utf-8", false, text);
    }
    let program = b"\x01\0\0\0code\0\0\0\x02\0\x03\0\0data\0\0\0\0\x07";
    assert!(decode(program, None).is_err());
}

#[test]
fn bytes_that_a_code_page_leaves_undefined_are_replaced() {
    let decoded = decode(b"a\x81b", Some("cp1252")).expect("it is text");
    assert_eq!((&*decoded.text, decoded.replaced), ("a\u{fffd}b", 1));
}

#[test]
fn lines_end_with_lf_whatever_the_file_has() {
    let cases: [(&[u8], &str, Newline); 5] = [
        (b"a\nb\n", "a\nb\n", Newline::Lf),
        (b"a\r\nb\r\n", "a\nb\n", Newline::CrLf),
        (b"a\rb\r", "a\nb\n", Newline::Cr),
        (b"a\r\nb\nc\rd", "a\nb\nc\nd", Newline::Mixed),
        (b"", "", Newline::Lf),
    ];
    for (bytes, text, newline) in cases {
        let decoded = decode(bytes, None).expect("it is text");
        assert_eq!((&*decoded.text, decoded.newline), (text, newline));
    }
}

#[test]
fn a_person_may_choose_the_encoding() {
    let decoded = decode(b"\xcf\xf0", Some("cp1251")).expect("it is text");
    assert_eq!((&*decoded.text, decoded.guessed), ("Пр", false));
    assert_eq!(
        decode(b"", Some("klingon")),
        Err(DecodeError::UnknownEncoding("klingon".into()))
    );
    for name in ENCODINGS {
        assert_eq!(decode(b"pier", Some(name)).expect(name).encoding, *name);
    }
}

#[test]
fn what_is_no_text_is_refused_with_a_sentence() {
    let files: [&[u8]; 5] = [
        b"%PDF-1.7\n",
        b"PK\x03\x04\x14\0",
        b"{\\rtf1\\ansi",
        b"MZ\x90\0\x03\0\0\0\x04",
        &[1, 2, 3, 4, 5, 6, 7, 8, 14, 15],
    ];
    for bytes in files {
        let error = decode(bytes, None).expect_err("it is no text").to_string();
        assert!(
            error.starts_with("This is ") && error.ends_with('.'),
            "{error}"
        );
    }
}

#[test]
fn offsets_are_converted_between_bytes_code_points_and_utf_16() {
    let text = SourceText::new("aé🌊b");
    assert_eq!(
        (text.len(), text.code_points(), text.to_utf16(8)),
        (8, 4, 5)
    );
    assert_eq!(text.cp_span(Span::new(3, 7)), CpSpan { start: 2, end: 3 });
    assert_eq!(
        text.span(CpSpan { start: 2, end: 3 }),
        Some(Span::new(3, 7))
    );
    assert_eq!(text.span(CpSpan { start: 3, end: 2 }), None);
    assert_eq!(text.to_byte(5), None);
    assert_eq!(text.slice(Span::new(4, 7)), "");
}

#[test]
fn a_step_is_a_grapheme() {
    let text = SourceText::new("e\u{301}👩\u{200d}🚀🇩🇪x");
    let mut steps = vec![0];
    while steps[steps.len() - 1] < text.len() {
        steps.push(text.next_grapheme(steps[steps.len() - 1]));
    }
    assert_eq!(steps, [0, 3, 14, 22, 23]);
    assert_eq!(text.prev_grapheme(22), 14);
    assert_eq!(text.snap(Span::new(1, 18)), Span::new(0, 22));
}

#[test]
fn words_are_found_around_and_beside_an_offset() {
    let text = SourceText::new("Varn’s “old-pier” 3.5 he");
    let word = |span: Span| text.slice(span).to_owned();
    assert_eq!(word(text.word_at(1)), "Varn");
    assert_eq!(word(text.word_at(4)), "’s");
    assert_eq!(word(text.word_at(9)), "“");
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(span) = text.next_word(at) {
        words.push(word(span));
        at = span.end();
    }
    assert_eq!(words, ["Varn", "’s", "old", "pier", "3.5", "he"]);
    let mut back = Vec::new();
    let mut at = text.len();
    while let Some(span) = text.prev_word(at) {
        back.push(word(span));
        at = span.start();
    }
    back.reverse();
    assert_eq!(back, words);
}

/// One line of ten megabytes: every step must cost what it costs in a short text.
#[test]
fn steps_in_a_huge_line_are_quick() {
    let rows = [
        "the pier is closed ",
        "пирс ",
        "码头关了",
        "a\u{301}",
        "🇩🇪🇩🇪🇩🇪a",
    ];
    for row in rows {
        let text = SourceText::new(row.repeat(10_000_000 / row.len()));
        let started = std::time::Instant::now();
        let middle = text.len() / 2;
        let mut at = middle;
        for _ in 0..200 {
            at = text.next_grapheme(at);
            text.prev_grapheme(at);
            text.word_at(at);
            text.next_word(at);
            text.to_byte(text.to_cp(at));
        }
        assert!(
            // Steps that read the whole line would take minutes.
            started.elapsed().as_secs() < 60,
            "{row}: {:?}",
            started.elapsed()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decoding_never_panics(bytes in any::<Vec<u8>>(), choice in prop::option::of(prop::sample::select(ENCODINGS))) {
        let _ = decode(&bytes, choice);
    }

    #[test]
    fn utf_8_is_kept_as_it_is(text in "[^\\x00-\\x08\\x0e-\\x1f\\r\u{feff}%PG{I7]*") {
        let decoded = decode(text.as_bytes(), Some("utf-8")).expect("it is text");
        prop_assert_eq!(decoded.text.as_ref(), &text);
    }

    #[test]
    fn offsets_go_there_and_back(text in any::<String>(), long in 0_usize..40) {
        let text = SourceText::new(text.repeat(long));
        let all = text.as_str().char_indices().map(|(at, _)| at).chain([text.len()]);
        let mut units = 0;
        for (cp, byte) in all.enumerate() {
            prop_assert_eq!(text.to_cp(byte), cp);
            prop_assert_eq!(text.to_byte(cp), Some(byte));
            prop_assert_eq!(text.to_utf16(byte), units);
            units += text.as_str()[byte..].chars().next().map_or(0, char::len_utf16);
        }
        prop_assert_eq!(text.to_byte(text.code_points() + 1), None);
    }

    #[test]
    fn words_and_graphemes_move_on_for_any_text(text in any::<String>(), at in 0_usize..64) {
        let text = SourceText::new(text);
        let at = at.min(text.len());
        let (next, previous) = (text.next_grapheme(at), text.prev_grapheme(at));
        prop_assert!((next > at || at == text.len()) && (previous < at || at == 0));
        let word = text.word_at(at);
        prop_assert_eq!(text.snap(word), word);
        prop_assert!(text.next_word(at).is_none_or(|word| word.start() >= at && !word.is_empty()));
        prop_assert!(text.prev_word(at).is_none_or(|word| word.end() <= at && !word.is_empty()));
    }
}
