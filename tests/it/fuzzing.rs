//! The fuzzer's laws, tried on random bytes at every run, with what fuzzing once found.
//!
//! `tests/fuzz/run` looks for more with coverage, for as long as it is given.

use proptest::prelude::*;

#[path = "../fuzz/targets.rs"]
mod targets;

/// Sidecars are not found by chance: these begin as one, and have something wrong in the middle.
fn broken_sidecar() -> impl Strategy<Value = Vec<u8>> {
    let whole = r#"{"format":"pressmark-sidecar","version":1,"annotations":[{"id":"a","layer":"quote","at":[{"start":0,"end":2,"exact":"No"}],"cue":[],"attrs":{"stated":"none"}}],"relations":[{"id":"r","type":"said by","from":"a","to":"b"}],"segments":[],"text":"No."}"#;
    let bytes = proptest::collection::vec((0..whole.len(), any::<u8>()), 0..4);
    bytes.prop_map(move |changes| {
        let mut bytes = whole.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        bytes
    })
}

#[test]
fn what_fuzzing_found_holds() {
    // A space and the accent on it are one character, which no sentence cuts.
    targets::segment_bytes(" \u{311}".as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn no_bytes_break_a_law_of_the_text(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        targets::decode(&bytes);
        targets::segment_bytes(&bytes);
        targets::suggest(&bytes);
    }

    #[test]
    fn no_bytes_break_a_law_of_what_is_said_about_it(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        targets::round_trip(&bytes);
        targets::edits(&bytes);
        targets::merge(&bytes);
        targets::reanchor(&bytes);
    }

    #[test]
    fn no_bytes_break_a_law_of_the_exports(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        targets::export_csv(&bytes);
        targets::export_jsonl(&bytes);
        targets::export_html(&bytes);
    }

    #[test]
    fn a_broken_sidecar_is_read_as_far_as_it_can_be_or_refused(bytes in broken_sidecar()) {
        targets::sidecar(&bytes);
    }
}
